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
from itertools import accumulate
from pathlib import Path

from sqlalchemy import insert

from components.histories import PaperRef
from components.page_texts import Box, PageText, Word, parse_query, tokens_of
from components.store import FoundPages, Store, page_index, page_words
from components.store.page_texts import id_of
from components.store.schema import page_texts, paper_files, read_papers
from tests.store.made import history
from tests.store.postgres import running_server

PAGES = 50_000
PAGES_OF_A_PAPER = 10
WORDS_OF_A_PAGE = 420
COMMON = [
    "the",
    "of",
    "a",
    "to",
    "and",
    "in",
    "is",
    "claim",
    "for",
    "that",
    "as",
    "said",
    "by",
    "with",
    "are",
    "be",
    "or",
    "wherein",
    "claims",
    "an",
    "on",
    "at",
    "first",
    "from",
    "under",
    "second",
    "art",
    "rejected",
    "applicant",
    "prior",
    "device",
    "which",
    "reference",
    "not",
    "it",
    "invention",
    "method",
    "data",
    "system",
    "comprising",
]
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


def pages(count: int) -> Iterator[PageText]:
    """Make pages as an engine gives them; one in five hundred holds a rare word."""
    chance = random.Random(16)
    words, weights = vocabulary(chance)
    for number in range(count):
        texts = chance.choices(words, cum_weights=weights, k=WORDS_OF_A_PAGE)
        if number % 500 == 0:
            texts[chance.randrange(WORDS_OF_A_PAGE)] = RARE[number // 500 % len(RARE)]
        yield PageText(
            number % PAGES_OF_A_PAPER + 1,
            "read",
            "Tesseract 5.3.0",
            "eng",
            tuple(
                Word(text, Box(0.1 + place % 12 * 0.06, 0.05 + line * 0.02, 0.15 + place % 12 * 0.06, 0.065 + line * 0.02),
                     line, 80 + place % 20)
                for place, text in enumerate(texts)
                for line in (place // 12,)
            ),
        )  # fmt: skip


def fill(store: Store, count: int) -> list[PaperRef]:
    """Put pages into the store, past its own interface, which keeps one at a time; return the papers."""
    key = store.save(history())
    papers = [PaperRef(key, f"20200101-CTNF-{number + 1}") for number in range(-(-count // PAGES_OF_A_PAPER))]
    rows: list[dict[str, object]] = []
    with store._write() as tx:
        for number, page in enumerate(pages(count)):
            paper = number // PAGES_OF_A_PAPER + 1
            if page.page == 1:
                told = {"source": tx.source, "sha256": f"{paper:064x}", "pages": PAGES_OF_A_PAPER, "problem": ""}
                made = insert(read_papers).values(summary="{}", **told).returning(read_papers.c.id)
                paper_id = tx.execute(made).scalar_one()
                ref = papers[paper - 1]
                of = {"source": tx.source, "history": ref.history, "document": ref.document, "paper": paper_id}
                tx.execute(insert(paper_files).values(**of))
            rows.append(
                {"id": id_of(paper_id, page.page), "outcome": "read", "engine": page.engine, "languages": "eng",
                 "confidence": page.confidence, "turned": 0, "problem": "",
                 "tokens": " ".join(token.text for token in tokens_of(page.words)),
                 "words": page_words.pack(page.words)}
            )  # fmt: skip
            if len(rows) == 500:
                tx.execute(insert(page_texts), rows)
                rows = []
        if rows:
            tx.execute(insert(page_texts), rows)
    return papers


def seconds(work: Callable[[], object]) -> float:
    """Return how long something takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def measure(name: str, store: Store, count: int) -> None:
    """Print what one database takes."""
    filling = seconds(lambda: fill(store, count))
    papers = list(store.texts.papers())
    with store._write() as tx:
        indexing = seconds(lambda: page_index.prepare(tx))
    print(f"\n{name}: {count:,} pages put in {filling:.0f} s, of which the index is made in {indexing:.1f} s")
    new = list(pages(200))
    store.texts.begin(papers[0].history, "new", "new", pages=5_000)
    kept = [
        seconds(lambda page=page, number=number: store.texts.keep("new", as_page(page, number)))
        for number, page in enumerate(new, start=1)
    ]
    print(f"a page kept: median {statistics.median(kept) * 1000:.1f} ms, longest {max(kept) * 1000:.1f} ms")
    chosen = papers[:: max(1, len(papers) // 2_000)][:2_000]
    print("| query | pages | all, ms: least | median | of 2,000 papers: pages | least | median |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for label, typed in QUERIES.items():
        query = parse_query(typed)
        cells = []
        for within in (None, chosen):
            found: list[FoundPages] = []
            took = [seconds(lambda: found.append(store.texts.search(query, papers=within))) for _ in range(REPEATS)]
            many = f"{len(found[-1].pages):,}{' or more' if found[-1].at_least else ''}"
            cells += [many, f"{min(took) * 1000:.1f}", f"{statistics.median(took) * 1000:.1f}"]
        print(f"| {label}: `{typed}` | {' | '.join(cells)} |")


def as_page(page: PageText, number: int) -> PageText:
    """Return a page under another number."""
    return PageText(number, page.outcome, page.engine, page.languages, page.words)


def main() -> None:
    """Measure what the arguments say."""
    counts = [int(word) for word in sys.argv[1:] if word.isdigit()]
    count = counts[0] if counts else PAGES
    kinds = [kind for kind in ("sqlite", "postgresql") if kind in sys.argv] or ["sqlite", "postgresql"]
    print(f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, load {os.getloadavg()}")
    with ExitStack() as stack:
        if "sqlite" in kinds:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            measure("SQLite", stack.enter_context(Store.open(f"sqlite:///{folder / 'store.db'}", source="a")), count)
            size = sum(file.stat().st_size for file in folder.iterdir())
            print(f"the file takes {size / 1024 / 1024:.0f} MB")
        if "postgresql" in kinds:
            server = stack.enter_context(running_server())
            measure("PostgreSQL", stack.enter_context(Store.open(server.url(server.schema()), source="a")), count)
    print(f"load {os.getloadavg()}")


if __name__ == "__main__":
    main()
