"""The text layer of a page: its words in order, where they are seen, and whether they are the page's text at all."""

import io
import re

import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from components.confined.layer_check import images_of, is_the_text
from components.confined.text_layer import TextLayer, text_layer_of
from tests.documents.made_pdfs import page_pdf, pdf_of, stream
from tests.page_reading.made_papers import ACTION, FONT_FILE, Lines, picture_of, scan_pdf, text_pdf, write_lines

STAMP = "Case 1:20-cv-00001-ABC Document 12-3 Filed 03/04/20 Page 1 of 20 PageID 123"
WORDS = " ".join(ACTION).split()


def page_of(pdf: bytes) -> pypdfium2.PdfPage:
    """Open the first page."""
    paper = pypdfium2.PdfDocument(pdf)
    paper.init_forms()
    return paper[0]


def layer_of(pdf: bytes) -> TextLayer:
    """Return the text layer of the first page."""
    return text_layer_of(page_of(pdf))


def texts(layer: TextLayer) -> list[str]:
    """Return its words."""
    return [word.text for word in layer.words]


def is_real(pdf: bytes) -> bool:
    """Return whether the text layer of the first page is taken for its text."""
    page = page_of(pdf)
    return is_the_text(page, text_layer_of(page), images_of(page))


def canvas_pdf(*, angle: float = 0, lines: Lines = ACTION, font: str = "Helvetica") -> bytes:
    """Return a page with lines that run at an angle, in degrees counter-clockwise."""
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=LETTER, invariant=1)
    canvas.translate(306, 396)
    canvas.rotate(angle)
    text = canvas.beginText(-180, 60)
    text.setFont(font, 12)
    text.textLines(list(lines))
    canvas.drawText(text)
    canvas.showPage()
    canvas.save()
    return written.getvalue()


def changed(pdf: bytes, *, rotate: int = 0, crop: tuple[float, float, float, float] | None = None) -> bytes:
    """Return the PDF with its first page turned to be shown, or cropped to left, bottom, right and top."""
    writer = PdfWriter(PdfReader(io.BytesIO(pdf)))
    writer.pages[0].rotation = rotate
    if crop is not None:
        writer.pages[0].cropbox.lower_left, writer.pages[0].cropbox.upper_right = crop[:2], crop[2:]
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def assert_words_lie_on_their_ink(pdf: bytes) -> None:
    """Each word's box holds its ink and little besides, in the page as PDFium draws it; no ink lies elsewhere."""
    page = page_of(pdf)
    picture = page.render(scale=3, grayscale=True).to_pil().point(lambda shade: 255 if shade < 128 else 0)
    for word in text_layer_of(page).words:
        left, top, right, bottom = (
            share * side for share, side in zip(word.box, (picture.width, picture.height) * 2, strict=True)
        )
        box = round(left) - 2, round(top) - 2, round(right) + 2, round(bottom) + 2
        ink = picture.crop(box).getbbox()
        assert ink is not None, word.text
        spare = [ink[0], ink[1], box[2] - box[0] - ink[2], box[3] - box[1] - ink[3]]
        assert max(spare) <= 5, (word.text, spare)
        picture.paste(0, box)
    assert picture.getbbox() is None


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_words_lie_where_they_are_seen_on_a_turned_and_cropped_page(rotate: int) -> None:
    """Whatever /Rotate and the crop box say; the words keep their order."""
    pdf = changed(text_pdf(ACTION), rotate=rotate, crop=(50, 100, 600, 780))
    assert_words_lie_on_their_ink(pdf)
    layer = layer_of(pdf)
    assert texts(layer) == WORDS
    assert layer.turned == (360 - rotate) % 360


@pytest.mark.parametrize(("angle", "turned"), [(0, 0), (90, 90), (180, 180), (270, 270), (4, 0), (-4, 0)])
def test_text_that_runs_up_or_askew_is_read_along_its_lines(angle: int, turned: int) -> None:
    """Words and lines stay whole; the page says by how much it is to be turned."""
    layer = layer_of(canvas_pdf(angle=angle))
    assert texts(layer) == WORDS
    assert [word.line for word in layer.words] == [n for n, line in enumerate(ACTION) for _ in line.split()]
    assert layer.turned == turned
    if not angle % 90:
        assert_words_lie_on_their_ink(canvas_pdf(angle=angle))


def test_two_columns_are_read_one_after_the_other() -> None:
    """As the PDF has them."""
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=LETTER, invariant=1)
    for column in range(2):
        text = canvas.beginText(72 + 260 * column, 700)
        text.textLines([f"column {column} line {line}" for line in range(30)])
        canvas.drawText(text)
    canvas.showPage()
    canvas.save()
    lines = [f"column {column} line {line}" for column in range(2) for line in range(30)]
    assert texts(layer_of(written.getvalue())) == " ".join(lines).split()


def test_lines_in_no_order_are_sorted() -> None:
    """Some programs write a page's lines from its foot to its head."""
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=LETTER, invariant=1)
    lines = [f"line number {line}" for line in range(30)]
    for line in (*range(29, -1, -2), *range(28, -1, -2)):
        canvas.drawString(72, 720 - 20 * line, lines[line])
    canvas.showPage()
    canvas.save()
    assert texts(layer_of(written.getvalue())) == " ".join(lines).split()


def test_what_cannot_be_searched_for_is_written_plainly() -> None:
    """Ligatures become letters; a soft hyphen goes within a line and is a hyphen at its end; marks stay at words."""
    pdfmetrics.registerFont(TTFont("Vera", FONT_FILE))
    lines = [
        "of\ufb01ce re\ufb02ector co\u00adoperation semi\u00ad",
        "conductor inter-",
        "face \u201cquoted\u201d \u00a7 103, x\u2013y",
    ]
    layer = layer_of(canvas_pdf(lines=lines, font="Vera"))
    assert texts(layer) == ["office", "reflector", "cooperation", "semi-", "conductor", "inter-", "face",
                            "\u201cquoted\u201d", "\u00a7", "103,", "x\u2013y"]  # fmt: skip
    assert layer.garbage == 0


def test_a_page_of_text_is_read_by_its_text() -> None:
    """Also one of three words, and one with a form's typed field only."""
    assert is_real(text_pdf(ACTION))
    assert is_real(text_pdf(["Notice of Allowance"]))


def test_a_stamp_on_a_scan_is_not_its_text() -> None:
    """Nor a page number, nor nothing; a figure's label on drawn lines is not either."""
    assert not is_real(scan_pdf(ACTION, stamp=STAMP))
    assert not is_real(scan_pdf(ACTION, stamp="Page 3 of 12"))
    assert not is_real(scan_pdf(ACTION))
    assert not is_real(scan_pdf(ACTION, stamp=STAMP, rotate=90))


def test_a_drawing_keeps_its_words() -> None:
    """Its lines are ink that no text tells; a stamp in its margin alone is not its text."""
    labels = b"BT /F 10 Tf 1 0 0 1 %d %d Tm (%s) Tj ET "
    lines = b"".join(b"3 w 50 %d m 560 %d l S " % (y, y + 40) for y in range(90, 700, 12))
    fonts = b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
    words = labels % (300, 400, b"FIG. 1") + labels % (200, 300, b"10") + labels % (400, 500, b"12")
    assert is_real(page_pdf(lines + words, resources=fonts))
    assert not is_real(page_pdf(lines + labels % (200, 770, b"Sheet 1 of 3"), resources=fonts))


def test_a_long_stamp_on_a_scan_is_not_its_text() -> None:
    """It has as many words as a short page, in the midst of the page, and the ink lies elsewhere."""
    assert not is_real(with_text_over(picture_of([*ACTION, *ACTION, *ACTION]), [" ".join(WORDS[:40])], at=100))


def with_text_over(image: Image.Image, lines: Lines, *, at: float, part: float = 1) -> bytes:
    """Return a page that an image fills from its head down to a part of it, with small text at a height over it."""
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=LETTER, invariant=1)
    width, height = LETTER
    canvas.drawImage(ImageReader(image), 0, height * (1 - part), width, height * part)
    text = canvas.beginText(36, at)
    text.setFont("Helvetica", 4 if part == 1 else 11)
    text.textLines(list(lines))
    canvas.drawText(text)
    canvas.showPage()
    canvas.save()
    return written.getvalue()


def test_hidden_text_behind_a_scan_is_taken_where_it_lies_on_the_ink() -> None:
    """Somebody else's engine has read it; a layer that holds one line of eight is not taken."""
    assert is_real(scan_pdf(ACTION, hidden=ACTION))
    assert is_real(scan_pdf(ACTION, hidden=ACTION, rotate=270))
    assert not is_real(scan_pdf(ACTION, hidden=ACTION[2:3]))


def test_a_page_with_a_large_figure_keeps_its_text() -> None:
    """The figure has ink of its own, and the text is elsewhere."""
    figure = Image.new("L", (600, 500), 255)
    figure.paste(0, (100, 100, 500, 400))
    assert is_real(with_text_over(figure, ACTION, at=250, part=0.6))


def test_a_letterhead_behind_text_does_not_hide_it() -> None:
    """An image of paper that fills the page, with text upon it."""
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=LETTER, invariant=1)
    canvas.drawImage(ImageReader(Image.new("RGB", (612, 792), (245, 240, 225))), 0, 0, *LETTER)
    write_lines(canvas, ACTION)
    canvas.showPage()
    canvas.save()
    assert is_real(written.getvalue())


def test_an_image_within_forms_is_found() -> None:
    """Some programs wrap a scan in a form that enlarges it."""
    image = stream(b"\0", b"/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray")
    form = stream(b"/I Do", b"/Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</I 6 0 R>>>>")
    pdf = pdf_of([
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</XObject<</F 5 0 R>>>>/Contents 4 0 R>>",
        stream(b"612 0 0 396 0 0 cm /F Do"), form, image,
    ])  # fmt: skip
    assert images_of(page_of(pdf)).cover == pytest.approx(0.5, abs=0.02)


def test_signs_that_stand_for_nothing_are_not_text() -> None:
    """A font whose signs are numbers of shapes alone, and one that maps them to characters for private use."""
    shapes = "".join(f"{ord(letter) - 29:04x}" for letter in " ".join(ACTION))
    unmapped = pdf_of([
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>",
        stream(b"BT /F 12 Tf 72 700 Td <%s> Tj ET" % shapes.encode()),
        b"<</Type/Font/Subtype/Type0/BaseFont/Arial/Encoding/Identity-H/DescendantFonts[6 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Arial/FontDescriptor 7 0 R/CIDSystemInfo 8 0 R>>",
        b"<</Type/FontDescriptor/FontName/Arial/Flags 4/FontBBox[0 0 1000 1000]/Ascent 800/Descent -200>>",
        b"<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>",
    ])  # fmt: skip
    assert not is_real(unmapped)
    assert not is_real(mapped_to(0xE000))


def test_letters_of_a_wrong_alphabet_are_not_text() -> None:
    """A map that is shifted by three letters gives words of no language; the right one gives the text."""
    assert is_real(mapped_to(0))
    assert not is_real(mapped_to(3))


def mapped_to(shift: int) -> bytes:
    """Return a page whose font says that each letter stands for the one so many places further on."""
    writer = PdfWriter(PdfReader(io.BytesIO(canvas_pdf(lines=[line.lower() for line in ACTION], font="Vera"))))
    fonts = writer.pages[0]["/Resources"]["/Font"].values()
    for font in (each.get_object() for each in fonts):
        if "/ToUnicode" in font:
            font[NameObject("/ToUnicode")] = writer._add_object(shifted(font["/ToUnicode"].get_data().decode(), shift))
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def shifted(table: str, shift: int) -> DecodedStreamObject:
    """Return a table of characters with each letter moved on."""

    def moved(found: re.Match[str]) -> str:
        code = int(found[1], 16)
        return f"<{code + shift * chr(code).isalpha():04X}>"

    new = DecodedStreamObject()
    new.set_data(re.sub(r"<([0-9A-F]{4})>", moved, table).encode())
    return new


@pytest.fixture(scope="module", autouse=True)
def _fonts() -> None:
    pdfmetrics.registerFont(TTFont("Vera", FONT_FILE))
