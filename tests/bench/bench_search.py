"""How long pages take to keep and queries to answer, on both databases. Run: `python -m tests.bench.bench_search`.

Give a number of pages to measure with others than 50,000, and `sqlite` or `postgresql` to measure one database alone.
"""

import os
import platform
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from itertools import accumulate
from pathlib import Path

from sqlalchemy import insert

from components.histories import PaperRef
from components.page_texts import Box, PageText, Word, parse_query
from components.store import KeptTexts, Store, page_index, page_words
from components.store.page_texts import id_of
from components.store.schema import page_texts, paper_files, read_papers
from tests.store.made import history
from tests.store.postgres import running_server

PAGES = 50_000
PAGES_OF_A_PAPER = 10
WORDS_OF_A_PAGE = 420
COMMON = (
    *("the", "of", "a", "to", "and", "in", "is", "claim", "for", "that", "as", "said", "by", "with", "are", "be", "or"),
    *("wherein", "claims", "an", "on", "at", "first", "from", "under", "second", "art", "rejected", "applicant"),
    *("prior", "device", "which", "reference", "not", "it", "invention", "method", "data", "system", "comprising"),
)
RARE = ("murthy", "unforeseeable", "spheroid")
REPEATS = 9
QUERIES = {
    "rare word": "murthy",
    "common word": "the",
    "two words, one rare": "rejected spheroid",
    "word with many readings": "invention",
    "phrase of common words": '"of the"',
    "phrase of three common words": '"as said by"',
    "phrase of five words": '"the method of claim first"',
    "phrase that is nowhere": '"spheroid murthy unforeseeable"',
    "near, common": "rejected NEAR/5 claims",
    "near, rare": "murthy NEAR/10 claims",
    "beginning": "compri*",
    "beginning of three letters": "rej*",
    "without": "rejected -applicant",
    "without a phrase": 'rejected -"prior art"',
    "either": "spheroid OR unforeseeable OR murthy",
    "nothing": "zyzzyva",
}


def vocabulary(chance: random.Random) -> tuple[list[str], list[float]]:
    """Return words and the sums of their weights, which fall as in a language."""
    syllables = [a + b for a in "bcdfglmnprstv" for b in ("a", "e", "i", "o", "u", "ar", "en", "is", "ol", "ut")]
    made = dict.fromkeys("".join(chance.choices(syllables, k=chance.randint(2, 5))) for _ in range(30_000))
    words = [*COMMON, *made]
    return words, list(accumulate(1 / (rank + 3) for rank in range(len(words))))


def texts_of_pages(count: int) -> Iterator[list[str]]:
    """Make the words of pages; one in five hundred holds a rare word."""
    chance = random.Random(16)  # noqa: S311 - the same pages each time
    words, weights = vocabulary(chance)
    for number in range(count):
        texts = chance.choices(words, cum_weights=weights, k=WORDS_OF_A_PAGE)
        if number % 500 == 0:
            texts[chance.randrange(WORDS_OF_A_PAGE)] = RARE[number // 500 % len(RARE)]
        yield texts


def as_read(texts: list[str], number: int) -> PageText:
    """Return a page as an engine gives it."""
    words = []
    for place, text in enumerate(texts):
        line, left = place // 12, 0.1 + place % 12 * 0.06
        words.append(Word(text, Box(left, 0.05 + line * 0.02, left + 0.05, 0.065 + line * 0.02), line, 80 + place % 20))
    return PageText(number, "read", "Tesseract 5.3.0", "eng", tuple(words))


def fill(store: Store, count: int) -> list[PaperRef]:
    """Put pages into the store, past its own interface, which keeps one at a time; all have the places of one page."""
    key = store.save(history())
    places = page_words.pack(as_read(next(texts_of_pages(1)), 1).words)
    rows: list[dict[str, object]] = []
    papers: list[PaperRef] = []
    paper_id = 0
    with store._write() as tx:
        for number, texts in enumerate(texts_of_pages(count)):
            if number % PAGES_OF_A_PAPER == 0:
                papers.append(PaperRef(key, f"20200101-CTNF-{len(papers) + 1}"))
                told = {"sha256": f"{number:064x}", "pages": PAGES_OF_A_PAPER, "problem": "", "summary": "{}"}
                made = insert(read_papers).values(source=tx.source, **told).returning(read_papers.c.id)
                paper_id = tx.execute(made).scalar_one()
                of = {"history": key, "document": papers[-1].document, "paper": paper_id}
                tx.execute(insert(paper_files).values(source=tx.source, **of))
            told = {"outcome": "read", "engine": "Tesseract 5.3.0", "languages": "eng", "confidence": 90, "turned": 0}
            page_id = id_of(paper_id, number % PAGES_OF_A_PAPER + 1)
            rows.append({"id": page_id, **told, "problem": "", "tokens": " ".join(texts), "words": places})
            if len(rows) == 500 or number == count - 1:
                tx.execute(insert(page_texts), rows)
                rows = []
    return papers


def seconds(work: Callable[[], object]) -> float:
    """Return how long something takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def measure(name: str, store: Store, count: int) -> None:
    """Print what one database takes."""
    papers = fill(store, count)
    with store._write() as tx:
        indexing = seconds(lambda: page_index.prepare(tx))
    print(f"\n{name}: the index of {count:,} pages is made in {indexing:.1f} s")  # noqa: T201
    texts = store.texts
    texts.begin(papers[0].history, "new", "new", pages=5_000)
    new = [as_read(words, number) for number, words in enumerate(texts_of_pages(200), start=1)]
    kept = [seconds(partial(texts.keep, "new", page)) * 1000 for page in new]
    print(f"a page kept: median {statistics.median(kept):.1f} ms, longest {max(kept):.1f} ms")  # noqa: T201
    chosen = papers[:: max(1, len(papers) // 2_000)][:2_000]
    print("| query | pages | all, ms: least | median | of 2,000 papers: pages | least | median |")  # noqa: T201
    print("| --- | --- | --- | --- | --- | --- | --- |")  # noqa: T201
    for label, typed in QUERIES.items():
        cells = [*asked(texts, typed, None), *asked(texts, typed, chosen)]
        print(f"| {label}: `{typed}` | {' | '.join(cells)} |")  # noqa: T201


def asked(texts: KeptTexts, typed: str, papers: list[PaperRef] | None) -> list[str]:
    """Return how many pages a query finds, and the least and the median time that it takes."""
    search = partial(texts.search, parse_query(typed), papers=papers)
    found = search()
    took = [seconds(search) * 1000 for _ in range(REPEATS)]
    many = f"{len(found.pages):,}{' or more' if found.at_least else ''}"
    return [many, f"{min(took):.1f}", f"{statistics.median(took):.1f}"]


def main() -> None:
    """Measure what the arguments say."""
    counts = [int(word) for word in sys.argv[1:] if word.isdigit()]
    count = counts[0] if counts else PAGES
    kinds = [kind for kind in ("sqlite", "postgresql") if kind in sys.argv] or ["sqlite", "postgresql"]
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    print(f"{machine}, load {os.getloadavg()}")  # noqa: T201
    with ExitStack() as stack:
        if "sqlite" in kinds:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            measure("SQLite", stack.enter_context(Store.open(f"sqlite:///{folder / 'store.db'}", source="a")), count)
            size = sum(file.stat().st_size for file in folder.iterdir())
            print(f"the file takes {size / 1024 / 1024:.0f} MB")  # noqa: T201
        if "postgresql" in kinds:
            server = stack.enter_context(running_server())
            measure("PostgreSQL", stack.enter_context(Store.open(server.url(server.schema()), source="a")), count)
    print(f"load {os.getloadavg()}")  # noqa: T201


if __name__ == "__main__":
    main()
