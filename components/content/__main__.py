"""Read the papers of a folder, and compare that with what a person read: `python -m components.content FOLDER`.

With `--json` what each paper says is written instead, one JSON object a line.
"""

import argparse
import io
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pydantic import ValidationError

from components.content.folder.folder import ENDINGS, LIST_OF_PAPERS, FileProblem, papers_in
from components.content.folder.folder_reading import FolderPaper, read_folder
from components.content.folder.lines import record_of
from components.content.folder.truth import TRUTH, ReadPaperOf, Row, compare, rendered, truth_of
from components.page_reading import PageReader, find_engine
from components.rule_tables import RuleTableBroken
from components.settings import Settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Write what the papers say, or the comparison; return the exit status: 0, or 2 if nothing was read."""
    parser = argparse.ArgumentParser(
        prog="python -m components.content",
        description="Read what US papers say, and compare it with what a person read in them.",
        epilog=f"The folder holds papers ({', '.join(ENDINGS)}); {LIST_OF_PAPERS} says what each is, {TRUTH} what a "
        "person read. How far it is is told on the error output.",
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="folder of papers")
    parser.add_argument("--json", action="store_true", help="write what each paper says, one a line")
    chosen = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        files = papers_in(chosen.folder)
        rows = [] if chosen.json else truth_of(chosen.folder)
        at_once = os.cpu_count() or 1
        reader = PageReader(find_engine(Settings()), at_once=at_once)
        try:
            papers = read_folder(files, reader, at_once=at_once, progress=_tell)
            for text in _lines(papers) if chosen.json else _comparison(papers, rows):
                sys.stdout.write(text)
                sys.stdout.flush()
        finally:
            reader.close()
    except (FileProblem, RuleTableBroken) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except ValidationError as error:
        sys.stderr.write(f"A setting cannot be read: {error.errors()[0]['loc']}\n")
        return 2
    except BrokenPipeError:  # the reader had enough; what Python still holds goes nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _tell(name: str) -> None:
    sys.stderr.write(f"{name}\n")
    sys.stderr.flush()


def _lines(papers: Iterable[FolderPaper]) -> Iterator[str]:
    """Yield each paper as a line of JSON; one that cannot be read with the problem."""
    for paper in papers:
        if paper.content is None:
            record = {"file": paper.file.name, "problem": paper.problem}
        else:
            record = record_of(paper.file.name, paper.content, paper.changes)
        yield json.dumps(record, ensure_ascii=False, allow_nan=False) + "\n"


def _comparison(papers: Iterable[FolderPaper], rows: Sequence[Row]) -> Iterator[str]:
    """Yield the papers that cannot be read, each difference, and the totals."""
    read: dict[str, ReadPaperOf] = {}
    for paper in papers:
        if paper.content is None:
            yield f"{paper.file.name}: {paper.problem}\n"
            continue
        added = {change.number: " ".join(change.words("added")) for change in paper.changes}
        struck = {change.number: " ".join(change.words("struck")) for change in paper.changes}
        read[paper.file.name] = ReadPaperOf(paper.content, paper.pages, added, struck)
    yield from rendered(compare(read, rows))


if __name__ == "__main__":
    sys.exit(main())
