"""A review on paper: number, status, milestones, timeline and the whole table, and nothing that is only clicked."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.conftest import ARTIFACTS, calm, open_review
from tests.conftest import App

PATENT = {"patents": "US10765880B2"}
LONG_TITLE = "Information Disclosure Statement (IDS) Form (SB08)"
ON_SCREEN_ALONE = (
    "Sandbox",
    "Add numbers",
    "Refresh",
    "All documents",
    "Copy link",
    "Document codes",
    "Previous",
    "CSV",
)
_FIGURE = """() => {
    const chart = document.querySelector(".js-plotly-plot .main-svg").getBoundingClientRect();
    return [chart.left, chart.right, document.documentElement.clientWidth];
}"""


def printed(page: Page, name: str, *, paper: str, landscape: bool) -> list[str]:
    """Return the text of each sheet, with every run of white space as one blank; the PDF is kept as an artefact."""
    ARTIFACTS.mkdir(exist_ok=True)
    path = Path(ARTIFACTS / f"{name}.pdf")
    page.pdf(path=path, format=paper, landscape=landscape, print_background=True)
    # Fonts join `ff` to one character, which PDF readers give back as such.
    return [re.sub(r"\s+", " ", sheet.extract_text()).replace("ﬀ", "ff") for sheet in PdfReader(path).pages]


@pytest.mark.parametrize(("paper", "landscape"), [("A4", False), pytest.param("Letter", True, marks=pytest.mark.slow)])
def test_a_review_is_printed_without_what_is_clicked(tab: Page, app: App, paper: str, landscape: bool) -> None:
    """With and without a paper in the reader, in a window of a few rows: all 184 documents, whole, no sheet empty."""
    tab.set_viewport_size({"width": 1280, "height": 900})
    open_review(tab, app, PATENT | ({"doc": "US14/412875 20190412-CTNF-1"} if paper == "A4" else {}))
    expect(tab.locator(".st-key-reader")).to_have_count(int(paper == "A4"))
    calm(tab)
    sheets = printed(tab, f"print-{paper}", paper=paper, landscape=landscape)
    text = " ".join(sheets)
    assert "US 10,765,880 B2 · 14/412,875 Granted" in sheets[0]
    for milestone in ("5 Jan 2015", "25 Oct 2016", "27 Apr 2020", "19 Aug 2020", "42.1 months"):
        assert milestone in sheets[0]
    for word in ("Office actions", "Petitions and extensions", "Non-final rejection"):  # a lane, and the legend
        assert word in sheets[0]
    assert "OFFICE" in sheets[0]  # at the right edge of the figure: nothing of it is cut
    assert "184 documents listed" in text
    assert LONG_TITLE in text
    rows = re.findall(r"\b\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} (?=[A-Z0-9]+\S* )", text)
    assert len(rows) >= 184
    last = "5 Jan 2015 N417 Electronic Filing System Acknowledgment Receipt Office 3"
    assert text.rindex(last) > text.index("Transmittal of New Application")
    assert all(sheet.strip() for sheet in sheets)
    assert [word for word in ON_SCREEN_ALONE if word in text] == []
    expect(tab.locator(".printed-documents")).to_have_count(0)  # it is gone afterwards


@pytest.mark.slow
def test_the_figure_is_not_cut_on_paper(tab: Page, app: App) -> None:
    """On the print medium, 190 mm wide at 96 pixels an inch, it ends within the sheet; the screen keeps its own."""
    tab.set_viewport_size({"width": 1280, "height": 900})
    open_review(tab, app, PATENT)
    calm(tab)
    before = tab.evaluate(_FIGURE)
    tab.emulate_media(media="print")
    tab.set_viewport_size({"width": 718, "height": 900})
    expect(tab.locator(".printed-documents tbody tr")).to_have_count(184)
    left, right, sheet = tab.evaluate(_FIGURE)
    assert left >= 0
    assert right <= sheet + 1
    tab.emulate_media(media="screen")
    tab.set_viewport_size({"width": 1280, "height": 900})
    expect(tab.locator(".printed-documents")).to_have_count(0)
    calm(tab)
    assert tab.evaluate(_FIGURE) == before
