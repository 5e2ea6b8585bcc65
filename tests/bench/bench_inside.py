"""Ten papers of the sandbox from click to search. Run: `python -m tests.bench.bench_inside`.

The made-up application is looked up, ten of its papers are read as "Read inside" reads them, and one word is searched
for. Everything is new: store, processes, engine.
"""

import os
import tempfile
import time
from pathlib import Path

from components.desk import open_desk
from components.fulltext import PaperToRead
from components.histories import PaperRef
from components.numbers import parse
from components.sandbox import MADE_UP
from components.settings import Settings

PAPERS = 10
WORD = "rejected"


def main() -> None:
    """Print the numbers."""
    with tempfile.TemporaryDirectory() as folder:
        desk = open_desk(Settings(review_store_url=f"sqlite:///{Path(folder) / 'data' / 'store.db'}"))
        try:
            began = time.perf_counter()
            desk.lookups.start(desk.lookups.plan(parse(MADE_UP))).wait(60)
            looked_up = time.perf_counter()
            (headline,) = desk.store.headlines()
            documents = desk.tables.of([headline]).tables.documents.head(PAPERS)
            papers = [
                PaperToRead(PaperRef(headline.key, row.id), int(row.pages), "US") for row in documents.itertuples()
            ]
            offer = desk.fulltext.offer(papers)
            clicked = time.perf_counter()
            progress = desk.fulltext.start(papers, user="bench").wait(600)
            read = time.perf_counter()
            found = desk.fulltext.search(WORD)
            searched = time.perf_counter()
            engines = sorted({name for paper in desk.fulltext.papers().values() for name in paper.engines})
        finally:
            desk.close()
    lines = (
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; {', '.join(engines)}",
        f"look-up                                {looked_up - began:6.2f} s",
        f"told before: {offer.pages} pages, about           {offer.seconds:6.2f} s",
        f"click until {progress.papers_done} papers, {progress.pages_done} pages are read {read - clicked:6.2f} s",
        f"search: {found.pages} pages of {found.searched} papers          {(searched - read) * 1000:6.1f} ms",
        *(f"  {paper.document}: {problem}" for paper, problem in progress.problems),
    )
    print("\n".join(lines))  # noqa: T201


if __name__ == "__main__":
    main()
