"""What was read inside papers as a text: read back line by line, and compared with what the pages say."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from components.exports.selection import Selection
from components.exports.text_file import text_of
from components.histories import PaperRef
from components.page_texts import Box, PageText, ReadPaper, Word
from components.prosecution import read_histories
from tests.exports.conftest import make_history, make_selection

PAPERS = [
    (20170103, "CLM", "Claims", 2),
    (20180301, "CTNF", "Non-Final Rejection", 3),
    (20180531, "A...", "Amendment", 3),
    (20180831, "CTFR", "Final Rejection", 4),
]
KEY = "US15/397000"
CLAIMS, REJECTION, AMENDMENT, FINAL = (PaperRef(KEY, name) for name in (
    "20170103-CLM-1", "20180301-CTNF-1", "20180531-A...-1", "20180831-CTFR-1"))  # fmt: skip
SPOT = Box(0.1, 0.1, 0.2, 0.2)
READ_AT = datetime(2026, 1, 1, 12, tzinfo=UTC)


def page(number: int, *lines: str, confidence: int = 91, problem: str = "") -> PageText:
    """A page with these lines; a page without any is empty, or could not be read."""
    words = tuple(Word(word, SPOT, line, confidence) for line, text in enumerate(lines) for word in text.split(" "))
    outcome = "read" if words else "failed" if problem else "empty"
    return PageText(number, outcome, "Tesseract 5.3.0", "eng", words, problem=problem)  # type: ignore[arg-type]


PAGES = {
    CLAIMS: [page(1, "1. A display", "comprising a panel."), page(2)],
    REJECTION: [page(1, "Claims 1-3 are", "rejected", confidence=54), page(3, problem="it took too long")],
}
READ = {
    CLAIMS: ReadPaper("a", 2, read=1, empty=1, engines=("Tesseract 5.3.0",), languages=("eng",), confidence=91,
                      read_at=READ_AT),
    REJECTION: ReadPaper("b", 3, read=1, failed=1, engines=("Tesseract 5.3.0",), languages=("eng",), confidence=54,
                         bad_pages=(1,), read_at=READ_AT),
    AMENDMENT: ReadPaper("c", 0, problem="A password protects the file."),
}  # fmt: skip


@pytest.fixture
def selection() -> Selection:
    """Four papers: read, read in part, locked, and not looked at."""
    tables = read_histories([make_history(PAPERS, apno=KEY, patent_number="US9000000B2")])
    return replace(make_selection(tables), papers_read=READ)


def lines_of(selection: Selection, pages: dict[PaperRef, list[PageText]] | None = None) -> list[str]:
    """Make the text and give its lines."""
    texts = PAGES if pages is None else pages
    data = text_of(selection, lambda history, document: texts[PaperRef(history, document)])
    return data.decode("utf-8-sig").split("\r\n")


def after(lines: Sequence[str], line: str) -> Iterator[str]:
    """Give the lines after one."""
    return iter(lines[list(lines).index(line) + 1 :])


def test_the_text_of_each_page_follows_its_mark(selection: Selection) -> None:
    """Line by line, below a heading that says which paper it is, how it was read and how surely."""
    lines = lines_of(selection)
    heading = after(lines, "3 Jan 2017 · CLM · Claims")
    assert next(heading) == "2 pages; read by Tesseract 5.3.0 (eng), confidence 91 %, on 1 Jan 2026"
    first = lines.index("--- p. 1 ---")
    assert lines[first : first + 6] == [
        "--- p. 1 ---", "1. A display", "comprising a panel.", "", "--- p. 2 ---", "[no text on this page]",
    ]  # fmt: skip
    assert "US 9,000,000 B2 (US15/397000)" in lines


def test_pages_without_text_say_why(selection: Selection) -> None:
    """Badly legible, not read so far, could not be read."""
    rest = list(after(lines_of(selection), "1 Mar 2018 · CTNF · Non-Final Rejection"))
    marked = [line for line in rest if line.startswith(("---", "["))]
    assert marked == [
        "--- p. 1 ---", "[badly legible: confidence 54 %]",
        "--- p. 2 ---", "[not read so far]",
        "--- p. 3 ---", "[could not be read: it took too long]",
    ]  # fmt: skip


def test_what_was_not_read_stands_at_the_top(selection: Selection) -> None:
    """Each of the selected papers that is not there as a whole, with the reason, before the first text."""
    lines = lines_of(selection)
    top = lines[: lines.index("=" * 72)]
    assert "Made 2 Jan 2026, 15:04 UTC of 4 selected documents." in top
    assert (
        "Read inside: 2 of 4 documents, 3 of their 5 pages, by Tesseract 5.3.0, last on 1 Jan 2026; "
        "1 page could not be read; 1 page badly legible."
    ) in top
    name = "US 9,000,000 B2 (US15/397000)"
    assert list(after(top, "Not read, or not to the end"))[1:4] == [
        f"{name} · 1 Mar 2018 · CTNF · Non-Final Rejection: 1 page of 3 not read so far; 1 page of 3 could not be read",
        f"{name} · 31 May 2018 · A... · Amendment: not read: A password protects the file.",
        f"{name} · 31 Aug 2018 · CTFR · Final Rejection: not read so far",
    ]


def test_nothing_read_is_said(selection: Selection) -> None:
    """No paper follows, and none is left out in silence."""
    lines = lines_of(replace(selection, papers_read={}))
    assert "Read inside: None of 4 documents." in lines
    assert sum(line.endswith(": not read so far") for line in lines) == 4
    assert "=" * 72 not in lines


def test_hostile_text_makes_no_mark_and_acts_on_nothing(selection: Selection) -> None:
    """Control characters, turned writing, surrogates; lines that pretend to be another page or paper."""
    hostile = page(1, "--- p. 2 ---", "=" * 72, "[no text on this page]", "a\x1b[31mb\u202ec\x00\ud800\u2028d\re")
    lines = lines_of(selection, {**PAGES, CLAIMS: [hostile, page(2)]})
    first = lines.index("--- p. 1 ---")
    assert lines[first + 1 : first + 5] == [
        " --- p. 2 ---", f" {'=' * 72}", " [no text on this page]", "a [31mbc d e",
    ]  # fmt: skip


def test_long_lines_and_other_scripts_are_whole(selection: Selection) -> None:
    """Nothing is cut, in any script."""
    texts = ("[0001] The present disclosure", "x" * 5_000, "拒絶理由通知書 거절이유통지서 Prüfungsbescheid 𠮷")
    lines = lines_of(selection, {**PAGES, CLAIMS: [page(1, *texts)]})
    assert set(texts) <= set(lines)


def test_a_papers_own_text_is_not_said_to_be_read_from_a_picture(selection: Selection) -> None:
    """Where the PDF has text of its own, that is what stands there."""
    own = ReadPaper("a", 2, read=2, engines=("text layer",), read_at=READ_AT)
    lines = lines_of(replace(selection, papers_read={CLAIMS: own}))
    assert "2 pages; the PDF's own text, on 1 Jan 2026" in lines
    assert "Read inside: 1 of 4 documents, 2 pages, from the PDFs' own text, last on 1 Jan 2026." in lines


def test_one_paper_is_asked_for_after_the_other(selection: Selection) -> None:
    """Those that were looked at, each once, in the order of the selection."""
    asked: list[str] = []

    def pages(history: str, document: str) -> list[PageText]:
        asked.append(document)
        return PAGES[PaperRef(history, document)]

    text_of(selection, pages)
    assert asked == [CLAIMS.document, REJECTION.document]
