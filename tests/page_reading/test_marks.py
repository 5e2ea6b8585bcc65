"""Lines under words and through them, read from pictures in which they are known from the drawing."""

import io
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter
from reportlab.pdfgen.canvas import Canvas

from components.page_reading import PageReader, find_engine
from components.page_reading.engines.engine import Scan
from components.page_reading.marks import marks_on
from components.page_texts import Box, PageText, Word, WordMark
from components.settings import Settings
from tests.page_reading.made_papers import FONT_FILE, joined_pdf, text_pdf
from tests.page_reading.marked_pages import MarkedPage, marked_page

PATIENCE = 60.0
BOLD = str(Path(FONT_FILE).with_name("VeraBd.ttf"))
AMENDED = (
    "12. (Currently amended) A lantern comprising:",
    "a housing <u>of glass</u>, at least <u>one pair of</u> lamp<u>s coupled</u> to",
    "<s>each of</s> the reflectors, and a <s>tilted</s> <u>gypsum plate</u>;",
    "wherein the <s>second</s> <u>first</u> switch is mounted on a <u>by</u>pass",
    "<u>and the whole of this last line was put in as new.</u>",
    "(10) The lantern of claim 1, wherein supply and/or memory apply.",
)


def close_to(found: Iterable[WordMark], page: MarkedPage) -> bool:
    """Return whether marks are those of a page: of the same words, and to half a letter of the same part of them."""
    found = list(found)
    return [mark[:2] for mark in found] == [mark[:2] for mark in page.marks] and all(
        abs(one - other) <= 0.5 / len(page.words[mark.word].text)
        for mark, expected in zip(found, page.marks, strict=True)
        for one, other in zip(mark[2:], expected[2:], strict=True)
    )


@pytest.mark.parametrize(
    "drawn",
    [{}, {"dpi": 200}, {"slant": 1.5}, {"slant": -1.5}, {"font": BOLD}, {"tones": (215, 70)},
     {"fax": 196}, {"turned": 90}, {"turned": 180}, {"turned": 270, "slant": 1.0}, {"double": True}],
    ids=str,
)  # fmt: skip
def test_what_is_marked_is_found_and_nothing_else(drawn: dict[str, object]) -> None:
    """Whole words, parts of words and whole lines; struck and underlined; whichever way the page lies."""
    page = marked_page(*AMENDED, **drawn)
    assert close_to(marks_on(page.scan, page.words), page)


@pytest.mark.parametrize(("thick", "falls", "is_mark"), [(6, 4, True), (10, 0, False), (11, 4, False)])
def test_a_long_line_that_is_not_level_is_no_thicker(thick: int, falls: int, is_mark: bool) -> None:
    """It reaches over more rows than it is thick; a bar of the same height is none."""
    page = marked_page("a lantern with a housing made of glass panes")
    pixels = np.frombuffer(page.scan.pixels, np.uint8).reshape(page.scan.height, page.scan.width).copy()
    left, right = (round(box * page.scan.width) for box in (page.words[1].box.left, page.words[-1].box.right))
    base = round(max(word.box.bottom for word in page.words if word.text == "lantern") * page.scan.height)
    for column in range(left, right):
        top = base + 4 + (column - left) * falls // (right - left)
        pixels[top : top + thick, column] = 0
    drawn = Scan(pixels.tobytes(), page.scan.width, page.scan.height, 300)
    assert [mark.word for mark in marks_on(drawn, page.words)] == ([*range(1, len(page.words))] if is_mark else [])


def test_a_line_that_a_fax_has_broken_is_one() -> None:
    """A few dots of it are lost over and over."""
    page = marked_page(*AMENDED)
    pixels = np.frombuffer(page.scan.pixels, np.uint8).reshape(page.scan.height, page.scan.width).copy()
    for column in range(0, page.scan.width, 70):
        pixels[:, column : column + 2] = 255
    broken = Scan(pixels.tobytes(), page.scan.width, page.scan.height, 300)
    assert close_to(marks_on(broken, page.words), page)


def test_a_coarse_fax_adds_no_mark() -> None:
    """Of its lines some are gone, and what is found is right."""
    page = marked_page(*AMENDED, fax=98)
    found = marks_on(page.scan, page.words)
    assert {mark[:2] for mark in found} <= {mark[:2] for mark in page.marks}
    assert found


@pytest.mark.parametrize("dpi", [200, 300])
@pytest.mark.parametrize("font", [FONT_FILE, BOLD])
def test_strokes_of_letters_and_dashes_are_no_marks(font: str, dpi: int) -> None:
    """Bars of letters that stand side by side, tails, dashes, hyphens, signs."""
    page = marked_page(
        "EFFETE LITTLE HEEL THE FEET staff better eerie coefficient == ____ ---- —— –",
        "re-entrant non-volatile e-e tee-off 1-4 2-7 eggs gypsy buggy happy jogging",
        "settee sweetened attribute immemorial commitment fizzle puzzle illicit nineteen",
        "A — dash – and a minus - and [[brackets]] and {1 - 2 = 3} or a/b",
        dpi=dpi,
        font=font,
    )
    assert marks_on(page.scan, page.words) == ()


def test_letters_of_a_dark_copy_that_touch_are_no_marks() -> None:
    """Each dot has grown to nine, so that bars of neighbours run together; what is marked is found all the same."""
    page = marked_page(*AMENDED, dpi=200)
    image = Image.frombytes("L", (page.scan.width, page.scan.height), page.scan.pixels)
    dark = Scan(image.filter(ImageFilter.MinFilter(3)).tobytes(), image.width, image.height, 200)
    found = {mark[:2] for mark in marks_on(dark, page.words)}
    assert found <= {mark[:2] for mark in page.marks}
    assert len(found) >= len(page.marks) // 2


@pytest.mark.parametrize("gap", [0.2, 0.3, 0.45])
def test_rules_of_tables_and_forms_are_no_marks(gap: float) -> None:
    """Lines below cells, framed or not, and lines of forms on which something is written."""
    lines = ("Claim Status Reference", "1-4 rejected Quillfeather", "Date: 3 May 2020", "Signature: Ambleside")
    page = marked_page(*lines)
    image = Image.frombytes("L", (page.scan.width, page.scan.height), page.scan.pixels)
    draw = ImageDraw.Draw(image)
    dot, em = 300 / 72, 11 * 300 / 72
    left, right = 50 * dot, 420 * dot
    for number in range(4):
        row = (54 + number * 20) * dot + gap * em
        begin = left if number < 2 else left + 2.2 * em
        draw.rectangle((begin, row, right, row + 3), fill=0)
    draw.rectangle((left, 40 * dot, left + 3, 74 * dot + gap * em), fill=0)
    draw.rectangle((right, 40 * dot, right + 3, 74 * dot + gap * em), fill=0)
    scan = Scan(image.tobytes(), image.width, image.height, 300)
    assert marks_on(scan, page.words) == ()


def test_a_cell_as_wide_as_its_word_is_no_mark() -> None:
    """Upright lines meet the line below the word."""
    page = marked_page("Reference")
    image = Image.frombytes("L", (page.scan.width, page.scan.height), page.scan.pixels)
    left, _, right, bottom = page.words[0].box
    frame = (left * image.width - 6, 54 * 300 / 72 - 52, right * image.width + 6, bottom * image.height + 8)
    ImageDraw.Draw(image).rectangle(frame, outline=0, width=3)
    assert marks_on(Scan(image.tobytes(), image.width, image.height, 300), page.words) == ()


def test_what_is_struck_and_was_not_read_is_told_between_the_words_that_were() -> None:
    """By a mark without width: at the end of the word before, or at the beginning of the first word of the line."""
    page = marked_page(
        "the lamp of <s>each of these</s> housings is lit and warm", "<s>wherein said</s> switch is on a plate of glass"
    )
    lost = {mark.word for mark in page.marks}
    left = [word for index, word in enumerate(page.words) if index not in lost]
    texts = [word.text for word in left]
    assert marks_on(page.scan, left) == (
        WordMark(texts.index("of"), "struck", 1.0, 1.0),
        WordMark(texts.index("switch"), "struck", 0.0, 0.0),
    )


def test_a_line_under_no_word_is_none() -> None:
    """Nor is one far from the words beside it."""
    page = marked_page("the lamp", "the <u>                    </u> of glass")
    assert marks_on(page.scan, page.words) == ()


@pytest.mark.parametrize("pixels", ["black", "white", "noise", "stripes"])
@pytest.mark.parametrize("size", [(1, 1), (7, 300), (300, 7), (640, 480)])
def test_any_picture_with_any_words_has_an_answer(pixels: str, size: tuple[int, int]) -> None:
    """However small, whatever is on it, and wherever the words are said to be."""
    width, height = size
    rows = np.arange(height)[:, None] + np.zeros(width, int)
    tones = {
        "black": np.zeros((height, width)),
        "white": np.full((height, width), 255),
        "noise": np.random.default_rng(7).integers(0, 256, (height, width)),
        "stripes": 255 * (rows % 5 > 1),
    }[pixels]
    boxes = (Box(0, 0, 1, 1), Box(0, 0, 0, 0), Box(0.2, 0.9, 0.4, 1), Box(0.5, 0, 0.9, 0.05), Box(0.3, 0.4, 0.6, 0.5))
    words = [Word(text, box, line, 0) for line in range(2) for text in ("gyp", "", "—", "WORD") for box in boxes]
    marks = marks_on(Scan(tones.astype(np.uint8).tobytes(), width, height, 300), words)
    assert all(0 <= mark.word < len(words) and 0 <= mark.left <= mark.right <= 1 for mark in marks)
    assert marks_on(Scan(tones.astype(np.uint8).tobytes(), width, height, 300), []) == ()


def test_a_page_of_words_that_lie_on_one_another_is_looked_at_in_part() -> None:
    """What a text layer says of its words is not to be believed; as many as are kept of a page, each page-wide."""
    scan = marked_page(*AMENDED, dpi=100).scan
    words = [Word("nonsense", Box(0, row % 90 / 100, 1, row % 90 / 100 + 0.02), row, 100) for row in range(20_000)]
    assert len(marks_on(scan, words)) < len(words)


def amended_pdf(*pages: str) -> bytes:
    """Return a PDF with text of its own; what stands between bars is underlined by a thin box, as programs do."""
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=(612, 792), invariant=1)
    for page in pages:
        x = 72.0
        canvas.setFont("Helvetica", 12)
        for number, piece in enumerate(page.split("|")):
            canvas.drawString(x, 700, piece)
            wide = canvas.stringWidth(piece, "Helvetica", 12)
            if number % 2:
                canvas.rect(x, 698.4, wide, 0.6, stroke=0, fill=1)
            x += wide
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def test_pages_with_text_of_their_own_are_looked_at_where_claims_are_amended() -> None:
    """On the page itself and on the one behind it; elsewhere nobody looks, unless there is nothing to see."""
    far = "a page on |which| nobody looks for lines"
    pdf = joined_pdf(
        amended_pdf("1. (Currently amended) A lamp with |a long| cell|s|", "that |shines| on", far, far),
        text_pdf(["no line stands on this page"]),
    )
    reader = PageReader(None, at_once=1, page_seconds=PATIENCE)
    try:
        texts = [reader.read("amended", lambda: pdf, page, languages=()) for page in (1, 2, 4, 5)]
    finally:
        reader.close()
    assert [marked_words(text) for text in texts] == [["a", "long", "cells"], ["shines"], None, []]
    assert texts[0].marks is not None
    assert texts[0].marks[-1].left == pytest.approx(0.8, abs=0.05)


def marked_words(text: PageText) -> list[str] | None:
    """Return the marked words of a page."""
    return None if text.marks is None else [text.words[mark.word].text for mark in text.marks]


def test_the_marks_of_a_real_page_are_those_that_a_person_sees(shared_data: Path) -> None:
    """Inserted words and a part of one, two struck ones, and the heading; as the truth of the folder has them."""
    engine = find_engine(Settings())
    if engine is None:
        pytest.skip("no Tesseract is installed")
    file = shared_data / "papers" / "us_16807146" / "95508_16807146_09-13-2022_CLM.PDF"
    reader = PageReader(engine, page_seconds=PATIENCE, engine_seconds=PATIENCE)
    try:
        text = reader.read("claims", file.read_bytes, 1, languages=("eng",))
    finally:
        reader.close()
    assert text.marks is not None
    underlined = [text.words[mark.word].text for mark in text.marks if mark.kind == "underlined"]
    assert " ".join(underlined) == (
        "AMENDMENTS TO THE CLAIMS at least one bus tube; pair of cells coupled to each other and"
        " at the at least one bus tube;"
    )
    cells = next(mark for mark in text.marks if text.words[mark.word].text == "cells")
    assert cells.left == pytest.approx(0.8, abs=0.05)
    assert cells.right == 1
    struck = "".join(text.words[mark.word].text for mark in text.marks if mark.kind == "struck")
    assert struck.replace("-", "").replace(" ", "") == "eachof"
