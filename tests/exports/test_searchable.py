"""The one PDF with text behind its scanned pages, read back by pypdf and by PDFium as viewers do."""

import ctypes
import hashlib
import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import Image, ImageChops, ImageDraw
from pypdf import PdfReader, PdfWriter
from pypdf.generic import RectangleObject

from components.exports.one_pdf import pdf_of
from components.exports.selection import Selection
from components.histories import PaperRef
from components.page_texts import Box, PageText, ReadPaper, Word
from tests.exports.pdfs import by_hand, outline, stream, written
from tests.exports.test_one_pdf import one_history, single

ENGINE: Final = "Tesseract 5.3.0"
SIZE: Final = (850, 1100)
"""Pixels of a made scan: a letter page at 100 dpi."""
FRONT: Final = 2
"""Pages of the cover and the contents."""
Block = tuple[int, int, int, int]
BLOCKS: Final[list[Block]] = [(100, 100, 220, 125), (240, 100, 400, 125), (100, 150, 300, 175), (560, 900, 700, 930)]
"""Where words stand on a made scan, in pixels."""
NAMES: Final = ["Claims", "rejected", "anticipated", "Examiner"]
LINES: Final = [0, 0, 1, 2]


def scan() -> bytes:
    """Make a scan on which a black block stands for each word."""
    picture = Image.new("L", SIZE, 255)
    for block in BLOCKS:
        ImageDraw.Draw(picture).rectangle(block, fill=0)
    buffer = io.BytesIO()
    picture.convert("1").save(buffer, "PDF", resolution=100)
    return buffer.getvalue()


def changed(pdf: bytes, change: Callable[[PdfWriter], object]) -> bytes:
    """Change a PDF."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    change(writer)
    return written(writer)


def shown(pdf: bytes, page: int = 0) -> Image.Image:
    """Draw a page as a viewer shows it, a thousand pixels high."""
    document = pypdfium2.PdfDocument(pdf)
    height = document[page].get_height()
    picture: Image.Image = document[page].render(scale=1000 / height, grayscale=True).to_pil()
    return picture


def ink(pdf: bytes) -> list[Box]:
    """Find the blocks on a page as it is shown, as an engine finds words: row by row, from the left."""
    picture = shown(pdf).point(lambda value: 255 * (value < 128))
    found: list[Box] = []
    while (all_ink := picture.getbbox()) is not None:
        row = picture.crop((0, all_ink[1], picture.width, all_ink[1] + 1)).getbbox()
        assert row is not None
        rest = picture.copy()
        ImageDraw.floodfill(rest, (row[0], all_ink[1]), 0)
        left, top, right, bottom = ImageChops.difference(picture, rest).getbbox() or (0, 0, 0, 0)
        found.append(Box(left / picture.width, top / picture.height, right / picture.width, bottom / picture.height))
        picture = rest
    return found


def words(boxes: Sequence[Box], texts: Sequence[str], lines: Sequence[int]) -> tuple[Word, ...]:
    """Give words their places."""
    return tuple(Word(text, box, line, 90) for text, box, line in zip(texts, boxes, lines, strict=True))


def read_page(*found: Word, page: int = 1, turned: int = 0, engine: str = ENGINE) -> PageText:
    """Make what was read on a page."""
    return PageText(page, "read" if found else "empty", engine, "eng", found, turned)


def with_text(selection: Selection, part: bytes, pages: Sequence[PageText], *, sha256: str = "") -> bytes:
    """Write one PDF of a selection of one document, with what was read in it."""
    rows = selection.documents
    ref = PaperRef(rows["history"][0], rows["id"][0])
    engines = tuple(dict.fromkeys(page.engine for page in pages))
    paper = ReadPaper(
        sha256 or hashlib.sha256(part).hexdigest(),
        len(pages),
        read=sum(bool(page.words) for page in pages),
        engines=engines,
    )
    buffer = io.BytesIO()
    pdf_of(replace(selection, papers_read={ref: paper}), [part], into=buffer, texts=lambda *_: pages)
    return buffer.getvalue()


def found_at(pdf: bytes, text: str, page: int = FRONT) -> Box | None:
    """Find a text on a page as a viewer does, and return where it is marked on the page as it is shown."""
    document = pypdfium2.PdfDocument(pdf)
    seen = document[page]
    text_page = seen.get_textpage()
    match = text_page.search(text, match_case=True).get_next()
    if match is None:
        return None
    start, count = match
    boxes = [text_page.get_charbox(index, loose=True) for index in range(start, start + count)]
    side = 100_000
    corners = []
    for left, bottom, right, top in boxes:
        for x, y in ((left, bottom), (right, top)):
            device_x, device_y = ctypes.c_int(), ctypes.c_int()
            pdfium.FPDF_PageToDevice(seen.raw, 0, 0, side, side, 0, x, y, device_x, device_y)
            corners.append((device_x.value / side, device_y.value / side))
    xs, ys = zip(*corners, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def assert_same_place(found: Box | None, expected: Box, *, within: float = 0.006) -> None:
    """Check that a text is marked where it stands: to within some six thousandths of the page."""
    assert found is not None
    assert found == pytest.approx(expected, abs=within)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_words_are_found_where_they_stand_however_the_page_is_turned(turn: int) -> None:
    """The page is shown turned; the engine read it as it is shown, turned by itself to where the text is upright."""
    upright = ink(scan())
    assert len(upright) == len(NAMES)
    part = changed(scan(), lambda writer: writer.pages[0].rotate(turn))
    places = [turned_box(box, turn) for box in upright]
    for place, seen in zip(sorted(places), sorted(ink(part)), strict=True):
        assert_same_place(place, seen)
    made = with_text(single(), part, [read_page(*words(places, NAMES, LINES), turned=-turn % 360)])
    for name, place in zip(NAMES, places, strict=True):
        assert_same_place(found_at(made, name), place)
    document = pypdfium2.PdfDocument(made)
    lines = document[FRONT].get_textpage().get_text_range().split("\r\n")
    # What lies upside down PDFium copies word by word from the left of the page; a word is found all the same.
    first = "rejected Claims" if turn == 180 else "Claims rejected"
    assert [line.strip() for line in lines] == [first, "anticipated", "Examiner"]


def turned_box(box: Box, turn: int) -> Box:
    """Say where a place is when the page is turned clockwise."""
    left, top, right, bottom = box
    return {
        0: box,
        90: Box(1 - bottom, left, 1 - top, right),
        180: Box(1 - right, 1 - bottom, 1 - left, 1 - top),
        270: Box(top, 1 - right, bottom, 1 - left),
    }[turn]


@pytest.mark.parametrize("turn", [0, 90])
def test_words_are_found_where_they_stand_on_a_cropped_page(turn: int) -> None:
    """A crop box that reaches over the paper, and sides given in any order; PDFium says what is shown of it."""

    def crop(writer: PdfWriter) -> None:
        page = writer.pages[0]
        page.mediabox = RectangleObject((-20, 10, 630, 802))
        page.cropbox = RectangleObject((700, 760, 50, 30))
        page.rotate(turn)

    part = changed(scan(), crop)
    places = ink(part)
    found = words(places, NAMES[: len(places)], range(len(places)))
    made = with_text(single(), part, [read_page(*found, turned=-turn % 360)])
    assert len(places) >= 3
    for name, place in zip(NAMES, places, strict=False):
        assert_same_place(found_at(made, name), place)


def test_a_skewed_line_is_one_line() -> None:
    """Five words of a page that lay aslant by two degrees: copied as one line, each where it stands."""
    boxes = [Box(0.1 + 0.15 * n, 0.3 - 0.004 * n, 0.2 + 0.15 * n, 0.3225 - 0.004 * n) for n in range(5)]
    texts = ["The", "claims", "are", "now", "allowed"]
    made = with_text(single(), scan(), [read_page(*words(boxes, texts, [0] * 5))])
    assert PdfReader(io.BytesIO(made)).pages[FRONT].extract_text().strip() == "The claims are now allowed"
    for text, box in zip(texts, boxes, strict=True):
        assert_same_place(found_at(made, text), box)


def test_small_marks_and_single_letters_do_not_break_a_line() -> None:
    """A dash stands at half height and a comma low; "a" alone is a word: all are in their place in the line."""
    boxes = [Box(0.1, 0.1, 0.2, 0.112), Box(0.21, 0.105, 0.22, 0.107), Box(0.23, 0.1035, 0.24, 0.112),
             Box(0.25, 0.11, 0.253, 0.114), Box(0.26, 0.1, 0.36, 0.115), Box(0.37, 0.1, 0.38, 0.112)]  # fmt: skip
    made = with_text(single(), scan(), [read_page(*words(boxes, ["Claims", "-", "a", ",", "page", "4"], [0] * 6))])
    whole = "Claims - a , page 4"
    assert PdfReader(io.BytesIO(made)).pages[FRONT].extract_text().strip() == whole
    assert pypdfium2.PdfDocument(made)[FRONT].get_textpage().get_text_range().strip() == whole


@pytest.mark.parametrize(
    "texts",
    [
        ["Prüfungsbescheid", "gemäß", "§", "12", "„Größe“"],
        ["Procédure", "œuvre", "n°", "«", "déjà", "»"],
        ["出願人", "は", "補正書", "を", "提出した。"],
        ["거절이유통지서", "특허법", "제29조"],
        ["審査", "𠮷野家", "😀", "αβγ", "Ж"],
    ],
    ids=["German", "French", "Japanese", "Korean", "rare"],
)
def test_every_script_can_be_found_and_copied(texts: list[str]) -> None:
    """Words of Chinese and Japanese stand together without blanks, as they are written."""
    boxes = [Box(0.1 + 0.1 * n, 0.2, 0.195 + 0.1 * n, 0.22) for n in range(len(texts))]
    made = with_text(single(), scan(), [read_page(*words(boxes, texts, [0] * len(texts)))])
    written_so = " ".join(texts).replace("は 補", "は補").replace("人 は", "人は").replace("書 を", "書を")
    written_so = written_so.replace("を 提", "を提").replace("査 𠮷", "査𠮷")
    assert PdfReader(io.BytesIO(made)).pages[FRONT].extract_text().strip() == written_so
    assert pypdfium2.PdfDocument(made)[FRONT].get_textpage().get_text_range().strip() == written_so
    place = found_at(made, texts[-1])
    assert place is not None
    assert place.right == pytest.approx(boxes[-1].right, abs=0.003)


def test_nothing_of_the_text_can_be_seen() -> None:
    """With and without it the page is drawn alike, pixel by pixel; and whoever draws it all the same draws nothing."""
    page = read_page(*words(ink(scan()), NAMES, LINES))
    made = with_text(single(), scan(), [page])
    assert shown(made, FRONT).tobytes() == shown(scan()).tobytes()
    visible = changed(made, lambda writer: _drawn_visibly(writer, FRONT))
    assert "Claims" in PdfReader(io.BytesIO(visible)).pages[FRONT].extract_text()
    assert shown(visible, FRONT).tobytes() == shown(scan()).tobytes()


def _drawn_visibly(writer: PdfWriter, number: int) -> None:
    page = writer.pages[number]
    text = page["/Contents"][0].get_object()
    data = text.get_data()
    assert b" 3 Tr" in data
    text.set_data(data.replace(b" 3 Tr", b" 0 Tr"))


def test_the_font_is_embedded_and_small() -> None:
    """One font for the whole file; without text there is none, and not a byte is different."""
    part = scan()
    buffer = io.BytesIO()
    pdf_of(single(), [part], into=buffer)
    made = with_text(single(), part, [read_page(*words(ink(part), NAMES, LINES))])
    assert len(made) - len(buffer.getvalue()) < 3_500
    assert made.count(b"/Type0") == 1
    reader = PdfReader(io.BytesIO(made), strict=True)
    font = reader.pages[FRONT]["/Resources"]["/Font"]["/ReadText"]["/DescendantFonts"][0].get_object()
    assert font["/FontDescriptor"]["/FontFile2"].get_object().get_data()[:4] == b"\0\1\0\0"
    for pages in ([], [read_page()], [read_page(*words(ink(part), NAMES, LINES), engine="text layer")]):
        assert with_text(single(), part, pages) == buffer.getvalue()


def test_text_of_another_pdf_is_not_laid_behind_this_one() -> None:
    """A refresh has brought another file since: what was read may stand elsewhere. The cover says so."""
    made = with_text(single(), scan(), [read_page(*words(ink(scan()), NAMES, LINES))], sha256="0" * 64)
    reader = PdfReader(io.BytesIO(made))
    assert "Claims" not in reader.pages[FRONT].extract_text()
    assert "1 document changed since" in reader.pages[0].extract_text()


def test_the_cover_says_behind_how_many_pages_text_stands() -> None:
    """And that words may be misread; bookmarks and contents stay."""
    made = with_text(single(), scan(), [read_page(*words(ink(scan()), NAMES, LINES))])
    reader = PdfReader(io.BytesIO(made), strict=True)
    text = " ".join(reader.pages[0].extract_text().split())
    assert f"Text behind 1 scanned page of 1 document, read by {ENGINE}; words may be misread" in text
    assert [title for _, title, _ in outline(reader)][-1] == "3 Jan 2017 · CLM · Claims"


def test_a_page_keeps_its_own_fonts_and_contents() -> None:
    """A page with a font, and contents in an array that stands apart; text goes before all of it."""
    part = by_hand(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 300 400] /Resources 6 0 R >>",
        "<< /Type /Page /Parent 2 0 R /Contents 8 0 R >>",
        stream("BT /F1 12 Tf 50 300 Td"),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Font 7 0 R >>",
        "<< /F1 5 0 R >>",
        "[4 0 R 9 0 R]",
        stream("(Stamped) Tj ET"),
    )
    made = with_text(single(), part, [read_page(Word("Behind", Box(0.1, 0.5, 0.3, 0.52), 0, 90))])
    reader = PdfReader(io.BytesIO(made), strict=True)
    assert len(reader.pages[FRONT]["/Contents"]) == 3
    assert pypdfium2.PdfDocument(made)[FRONT].get_textpage().get_text_range().split() == ["Behind", "Stamped"]


def test_what_is_no_place_or_no_character_is_left_out() -> None:
    """Words beside the page, without extent, or of unseen characters; pages that the PDF lacks. Nothing acts."""
    nan = float("nan")
    page = read_page(
        Word("flat", Box(0.1, 0.1, 0.1, 0.2), 0, 9),
        Word("nowhere", Box(nan, 0.1, 0.2, 0.2), 0, 9),
        Word("outside", Box(3.0, 0.1, 4.0, 0.2), 0, 9),
        Word("\u202e\u200b\x00", Box(0.1, 0.1, 0.2, 0.2), 1, 9),
        Word("a\u202eb\ud800) Tj ET Q /JS", Box(0.1, 0.3, 0.9, 0.32), 2, 9),
    )
    made = with_text(one_history([(20170103, "CLM", "Claims", 1)]), scan(), [page, replace(page, page=7)])
    assert PdfReader(io.BytesIO(made), strict=True).pages[FRONT].extract_text().strip() == "ab) Tj ET Q /JS"


def test_pages_of_no_size_are_left_alone() -> None:
    """A page whose boxes are flat is taken for a letter page, as viewers do."""
    part = by_hand(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 0 0] >>",
    )
    box = Box(0.1, 0.5, 0.3, 0.52)
    assert_same_place(found_at(with_text(single(), part, [read_page(Word("Behind", box, 0, 90))]), "Behind"), box)


@pytest.mark.parametrize("rotate", ["45", "1e400", "/Name", "(90)", "-90", "null"])
def test_a_turn_that_is_none_costs_no_page(rotate: str) -> None:
    """Whatever stands there, the document is taken; what no viewer can place is left without text."""
    part = by_hand(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] /Rotate {rotate} >>",
    )
    made = with_text(single(), part, [read_page(Word("Behind", Box(0.1, 0.5, 0.3, 0.52), 0, 90))])
    assert len(pypdfium2.PdfDocument(made)) == FRONT + 1
    assert "Missing" not in pypdfium2.PdfDocument(made)[1].get_textpage().get_text_range()
