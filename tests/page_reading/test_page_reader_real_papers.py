"""Real papers: every one of the shared folder has its pages, read by the Tesseract that this machine has."""

import csv
import re
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from components.page_reading import PageReader
from components.page_reading.engines import find_engine
from components.page_texts import PageText
from components.settings import Settings
from tests.page_reading.made_papers import text_pdf

PATIENCE = 60.0
"""Seconds that a page may take on a machine that is busy with other tests."""
SAYS = {
    "15332415_2018-09-26_CTFR": (4, "35 U.S.C."),
    "15599191_2018-09-18_CTNF": (3, "35 U.S.C."),
    "95508_16807146_03-02-2020_CLM": (1, "claim 1"),
    "95508_16807146_09-13-2022_CLM": (1, "claim 1"),
    "95508_16807146_09-13-2022_REM": (1, "rejected"),
    "95508_16807146_09-29-2021_CTNF": (3, "35 U.S.C."),
    "95508_16807146_11-03-2022_CTFR": (4, "35 U.S.C."),
}
"""Of each scanned paper a page and what a person reads on it."""


@pytest.fixture(scope="module")
def reader() -> Iterator[PageReader]:
    """Reads with this machine's own engine."""
    engine = find_engine(Settings())
    if engine is None:
        pytest.skip("no Tesseract is installed")
    reader = PageReader(engine, page_seconds=PATIENCE, engine_seconds=PATIENCE)
    yield reader
    reader.close()


def scans(shared_data: Path) -> list[Path]:
    """Return the scanned papers."""
    files = sorted(file for file in (shared_data / "papers").glob("us_*/*") if file.suffix.lower() == ".pdf")
    assert {file.stem for file in files} == set(SAYS)
    return files


def read(reader: PageReader, file: Path, page: int) -> PageText:
    """Read a page of a paper."""
    return reader.read(str(file), file.read_bytes, page, languages=("eng",))


def test_a_page_of_a_scanned_paper_is_read(reader: PageReader, shared_data: Path) -> None:
    """By the engine, with confidence, and what a person reads there."""
    expect_pages_of(reader, scans(shared_data)[:1])


@pytest.mark.slow
def test_a_page_of_every_scanned_paper_is_read(reader: PageReader, shared_data: Path) -> None:
    """Like that of the first one."""
    expect_pages_of(reader, scans(shared_data))


def expect_pages_of(reader: PageReader, files: list[Path]) -> None:
    """Read a page of each paper and compare it with what a person reads on it."""
    with ThreadPoolExecutor(2) as pool:
        texts = list(pool.map(lambda file: read(reader, file, SAYS[file.stem][0]), files))
    for file, text in zip(files, texts, strict=True):
        assert (text.outcome, text.languages) == ("read", "eng"), file.name
        assert text.engine.startswith("Tesseract "), file.name
        assert text.confidence is not None
        assert text.confidence > 70, file.name
        assert SAYS[file.stem][1].lower() in " ".join(text.lines).lower(), file.name


@pytest.mark.slow
def test_every_scanned_paper_has_its_pages(reader: PageReader, shared_data: Path) -> None:
    """As many as the index of the folder says, each with words."""
    with (shared_data / "papers" / "index.csv").open(newline="") as table:
        pages = {Path(row["file"]).name: row["pages"] for row in csv.DictReader(table)}
    for file in scans(shared_data):
        count = reader.pages(str(file), file.read_bytes)
        assert str(count) == pages[file.name]
        with ThreadPoolExecutor(2) as pool:
            texts = list(pool.map(lambda page, file=file: read(reader, file, page), range(1, count + 1)))
        assert [text.outcome for text in texts] == ["read"] * count, file.name


def test_a_modern_paper_comes_back_from_a_pdf_of_text(shared_data: Path) -> None:
    """The words of a Word file, printed as pages of text, in order."""
    (file,) = (shared_data / "papers").glob("us_*/*.DOCX")
    with zipfile.ZipFile(file) as opened:
        document = opened.read("word/document.xml").decode()
    paragraphs = [" ".join(re.findall(r"<w:t[^>]*>([^<&]+)</w:t>", part)) for part in document.split("</w:p>")]
    plain = " ".join(paragraphs).encode("latin-1", "ignore").decode("latin-1").replace("\xad", "")
    words = [word for word in plain.split() if word.isprintable() and len(word) < 60]
    lines = [" ".join(words[at : at + 8]) for at in range(0, len(words), 8)]
    reader = PageReader(None, at_once=1, page_seconds=PATIENCE)
    try:
        printed = [lines[at : at + 40] for at in range(0, len(lines), 40)]
        pdf = text_pdf(*printed, size=6)
        texts = [reader.read("docx", lambda: pdf, page + 1, languages=()) for page in range(len(printed))]
    finally:
        reader.close()
    assert len(words) > 1_000
    assert [word.text for text in texts for word in text.words] == words
