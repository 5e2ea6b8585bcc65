"""The text in the reader: read on a click, marked on the picture, selected, and copied with its citation."""

import hashlib
import io
import re
from collections.abc import Iterable

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
"""A final rejection that no other test reads."""
ALLOWANCE = "20200615-NOA-1"
"""A notice of allowance likewise."""
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


def in_sight(page: Page, selector: str) -> bool:
    """Whether a part of the sheet is in sight."""
    part, view = box(page, selector), box(page, ".pages-view")
    return view["y"] <= part["y"] <= view["y"] + view["height"] - part["height"]


def copied(page: Page) -> str:
    """What is in the clipboard after a click on the button."""
    page.get_by_role("button", name="Copy with citation").click()
    expect(page.locator(".pages-said")).to_contain_text("Copied")
    return str(page.evaluate("navigator.clipboard.readText()"))


def words_of(lines: list[str]) -> tuple[Word, ...]:
    """The words of a page with their places by the metrics of its font."""
    words = []
    for number, line in enumerate(lines):
        for text in line.split():
            left, right, base = place_of(line, text)
            base += 20 * number / A4[1]
            words.append(Word(text, Box(left, base - 12 / A4[1], right, base + 3 / A4[1]), number, 100))
    return tuple(words)


def keep(app: App, document: str, pages: Iterable[PageText]) -> None:
    """Keep the paper as this document, of which these pages are read."""
    data = made_pdf() + b"\n" + document.encode()
    sha256 = hashlib.sha256(data).hexdigest()
    with Store.open(f"sqlite:///{app.store}", source="sandbox") as store:
        store.keep_pdf(KEY, document, data)
        store.texts.begin(KEY, document, sha256, pages=len(PAGES))
        for page in pages:
            store.texts.keep(sha256, page)


def badly_read(number: int) -> PageText:
    """A page that an engine could hardly read."""
    words = tuple(word._replace(confidence=54) for word in words_of(PAGES[number - 1]))
    return PageText(number, "read", "Tesseract 5.3.0", "eng", words)


def test_a_paper_is_read_searched_and_cited_in_the_reader(tab: Page, app: App) -> None:
    """What is not read says so; then the words are marked where they stand, over all pages, and can be taken along."""
    keep(app, REJECTION, [badly_read(2)])
    tab.set_viewport_size({"width": 1440, "height": 900})
    open_review(tab, app, {"patents": PATENT, "doc": f"{KEY} {REJECTION}", "inside": "flange", "page": "1"})
    note, said = tab.locator(".pages-note"), tab.locator(".pages-said")
    count = tab.locator(".pages-find-count")
    expect(note).to_have_text("This page is not read yet.")
    expect(said).to_have_text("Not found. Read so far: 1 of 3 pages.")
    tab.get_by_role("button", name="Read the rest of this paper (2 pages, free)").click()

    # Marked where the word stands in the PDF; the letters stay legible.
    expect(note).to_have_text("The text is the PDF's own.")
    expect(count).to_have_text("2 found")
    tab.get_by_role("button", name="Following match").click()
    expect(count).to_have_text("1 of 2")
    expect(tab.locator(MARK)).to_have_count(1)
    mark, sheet = box(tab, MARK), box(tab, ".pages-sheet")
    left, right, base = place_of(PAGES[0][0], "flange")
    shares = [(mark["x"] - sheet["x"]) / sheet["width"], (mark["x"] + mark["width"] - sheet["x"]) / sheet["width"]]
    assert shares == pytest.approx([left, right], abs=0.006)
    assert mark["y"] < sheet["y"] + base * sheet["height"] < mark["y"] + mark["height"] + 2
    assert mark["height"] / sheet["height"] < 2 * SIZE / A4[1]
    wait_until(tab, lambda: in_sight(tab, MARK), lambda: box(tab, MARK))
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


def test_matches_are_walked_through_and_words_selected_on_the_picture(tab: Page, app: App) -> None:
    """Over all pages, by the rules of the search; a page that is badly legible says so."""
    pages = [PageText(number, "read", "text layer", words=words_of(PAGES[number - 1])) for number in (1, 3)]
    keep(app, ALLOWANCE, [*pages, badly_read(2)])
    tab.set_viewport_size({"width": 1440, "height": 900})
    open_review(tab, app, {"patents": PATENT, "doc": f"{KEY} {ALLOWANCE}", "inside": "flange", "page": "3"})
    note, said = tab.locator(".pages-note"), tab.locator(".pages-said")
    count, number = tab.locator(".pages-find-count"), tab.get_by_label("Page", exact=True)
    find = tab.get_by_label("Find in this paper")

    # It opens at its page; Enter leads to the match of another one, and Shift back.
    expect(count).to_have_text("2 of 2")
    expect(number).to_have_value("3")
    for key, at, page in (("Enter", "1 of 2", "1"), ("Shift+Enter", "2 of 2", "3")):
        find.press(key)
        expect(count).to_have_text(at)
        expect(number).to_have_value(page)

    # Words are selected on the picture itself.
    expect(tab.locator(MARK)).to_be_visible()
    words = tab.locator(".pages-layer .pages-word")
    expect(words.filter(has_text="flange")).to_be_visible()
    wait_until(tab, lambda: in_sight(tab, MARK), lambda: box(tab, MARK))
    first, last = words.filter(has_text="flange").bounding_box(), words.filter(has_text="spring").bounding_box()
    assert first is not None
    assert last is not None
    tab.mouse.move(first["x"] + 1, first["y"] + first["height"] / 2)
    tab.mouse.down()
    tab.mouse.move(last["x"] + last["width"] - 1, last["y"] + last["height"] / 2, steps=3)
    tab.mouse.up()
    assert copied(tab) == ("flange and the spring (Notice of Allowance and Fees Due (PTOL-85) of 15 Jun 2020, p. 3)")

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
