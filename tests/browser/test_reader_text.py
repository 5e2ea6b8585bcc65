"""The text in the reader: read on a click, marked on the picture, walked through, selected, and copied with its citation."""

import hashlib
import io
import re

import pytest
from playwright.sync_api import Page, expect
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from components.page_texts import Box, PageText, Word
from components.store import Store
from tests.browser.conftest import keep_screenshot, open_review, wait_until
from tests.conftest import App

PATENT, KEY, REJECTION = "US10765880B2", "US14/412875", "20170809-CTFR-1"
"""A final rejection that no other test reads; the list says that it has 14 pages."""
SIZE, LEFT = 14, 72
PAGES = [
    ["Claims 1-4 are rejected over the flange of Smith.", "<img src=x onerror=document.title=1> & <b>bold</b>"],
    ["Nothing on this page is looked for."],
    ["As to claim 5, the flange and the spring", "are not taught."],
]
BASE = 120
"""Height of the first line above the lower end of the page, far below what the reader shows first."""
MARK = ".pages-mark"


def made_pdf() -> bytes:
    """The paper: each page with its lines at its lower end."""
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=A4, invariant=1)
    for lines in PAGES:
        canvas.setFont("Times-Roman", SIZE)
        for position, line in enumerate(lines):
            canvas.drawString(LEFT, BASE - 20 * position, line)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def place_of(line: str, word: str) -> tuple[float, float, float]:
    """Where a word stands by the metrics of its font: left, right and base line, in shares of the page."""
    before = stringWidth(line[: line.index(word)], "Times-Roman", SIZE)
    width = stringWidth(word, "Times-Roman", SIZE)
    return (LEFT + before) / A4[0], (LEFT + before + width) / A4[0], 1 - BASE / A4[1]


def box(page: Page, selector: str) -> dict[str, float]:
    """Where a part stands in the window."""
    found = page.locator(selector).bounding_box()
    assert found is not None
    return dict(found)


def copied(page: Page) -> str:
    """What is in the clipboard after a click on the button."""
    page.get_by_role("button", name="Copy with citation").click()
    expect(page.locator(".pages-said")).to_contain_text("Copied")
    return str(page.evaluate("navigator.clipboard.readText()"))


@pytest.fixture
def paper(app: App) -> None:
    """The paper, whose second page was read before by an engine, badly."""
    data = made_pdf()
    sha256 = hashlib.sha256(data).hexdigest()
    words = tuple(
        Word(text, Box(0.1 + 0.1 * place, 0.8, 0.18 + 0.1 * place, 0.82), 0, 54)
        for place, text in enumerate(("Nothing", "on", "this", "page"))
    )
    with Store.open(f"sqlite:///{app.store}", source="sandbox") as store:
        store.keep_pdf(KEY, REJECTION, data)
        store.texts.begin(KEY, REJECTION, sha256, pages=len(PAGES))
        store.texts.keep(sha256, PageText(2, "read", "Tesseract 5.3.0", "eng", words))


@pytest.mark.usefixtures("paper")
def test_a_paper_is_read_searched_and_cited_in_the_reader(tab: Page, app: App) -> None:
    """What is not read says so; then the words are marked where they stand, over all pages, and can be taken along."""
    tab.set_viewport_size({"width": 1440, "height": 900})
    open_review(tab, app, {"patents": PATENT, "doc": f"{KEY} {REJECTION}", "inside": "flange", "page": "1"})
    note, said = tab.locator(".pages-note"), tab.locator(".pages-said")
    count, number = tab.locator(".pages-find-count"), tab.get_by_label("Page", exact=True)
    expect(note).to_have_text("This page is not read yet.")
    expect(said).to_have_text("Not found. Read so far: 1 of 3 pages.")
    tab.get_by_role("button", name="Read the rest of this paper (2 pages, free)").click()

    # Marked where the word stands in the PDF; the letters stay legible.
    expect(note).to_have_text("The text is the PDF's own.")
    expect(count).to_have_text("2 found")
    tab.get_by_role("button", name="Following match").click()
    expect(count).to_have_text("1 of 2")
    expect(tab.locator(MARK)).to_have_count(1)
    mark, sheet, view = box(tab, MARK), box(tab, ".pages-sheet"), box(tab, ".pages-view")
    left, right, base = place_of(PAGES[0][0], "flange")
    shares = [(mark["x"] - sheet["x"]) / sheet["width"], (mark["x"] + mark["width"] - sheet["x"]) / sheet["width"]]
    assert shares == pytest.approx([left, right], abs=0.006)
    assert mark["y"] < sheet["y"] + base * sheet["height"] < mark["y"] + mark["height"] + 2
    assert mark["height"] / sheet["height"] < 2 * SIZE / A4[1]
    assert view["y"] <= mark["y"] <= view["y"] + view["height"]
    assert tab.locator(MARK).evaluate("mark => getComputedStyle(mark).mixBlendMode") == "multiply"

    # What the paper says stays text, beside the picture and over it.
    tab.get_by_role("button", name="Text", exact=True).click()
    text = tab.get_by_role("region", name="Text of this page")
    expect(text.locator("p")).to_have_text(PAGES[0])
    expect(text.locator(".pages-hit")).to_have_text("flange")
    assert tab.locator(".pages-text img, .pages-text b, .pages-layer img, .pages-layer b, .pages-text a").count() == 0
    assert tab.title() != "1"
    assert copied(tab) == "\n".join([*PAGES[0], "(Final Rejection of 9 Aug 2017, p. 1)"])
    keep_screenshot(tab, "reader-text")

    # By Enter to the match of another page, and on to the first again; Shift goes back.
    find = tab.get_by_label("Find in this paper")
    for key, at, page in (("Enter", "2 of 2", "3"), ("Enter", "1 of 2", "1"), ("Shift+Enter", "2 of 2", "3")):
        find.press(key)
        expect(count).to_have_text(at)
        expect(number).to_have_value(page)
    expect(text.locator("p")).to_have_text(PAGES[2])

    # Words are selected on the picture itself.
    tab.get_by_role("button", name="Text", exact=True).click()
    expect(tab.locator(MARK)).to_be_visible()
    words = tab.locator(".pages-layer .pages-word")
    expect(words.filter(has_text="flange")).to_be_visible()
    first, last = words.filter(has_text="flange").bounding_box(), words.filter(has_text="spring").bounding_box()
    assert first is not None
    assert last is not None
    tab.mouse.move(first["x"] + 1, first["y"] + first["height"] / 2)
    tab.mouse.down()
    tab.mouse.move(last["x"] + last["width"] - 1, last["y"] + last["height"] / 2, steps=3)
    tab.mouse.up()
    assert copied(tab) == "flange and the spring (Final Rejection of 9 Aug 2017, p. 3)"

    # Other words, by the rules of the search; refused, not there, and none.
    find.fill('"claim 5"')
    find.press("Enter")
    expect(count).to_have_text("1 of 1")
    find.fill("-flange")
    find.press("Enter")
    expect(said).to_have_text(re.compile("."))
    expect(tab.locator(MARK)).to_have_count(0)
    find.fill("turbine")
    find.press("Enter")
    expect(said).to_have_text("Not found.")
    find.press("Escape")
    expect(find).to_have_value("")
    expect(said).to_be_hidden()

    # A page that is badly legible says so.
    number.fill("2")
    number.press("Enter")
    expect(note).to_have_text(
        "Badly legible: read with 54 % confidence by Tesseract 5.3.0 (English); check against the picture."
    )
    expect(tab.get_by_role("button", name=re.compile("^Read the"))).to_have_count(0)
    wait_until(tab, lambda: box(tab, ".pages-note")["height"] > 0, lambda: note.inner_text())
