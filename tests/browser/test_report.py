"""The report as whoever gets it opens it: from a file, without a network, light or dark."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pypdf import PdfReader

from components.charts import timeline
from components.exports.report import html_of
from components.prosecution import read_histories
from tests.browser.conftest import keep_screenshot
from tests.browser.test_axe import TAGS
from tests.exports.conftest import make_history, make_selection

EVIL = "https://evil.example"
PAPERS = [
    (20200106, "SPEC", "Specification", 31),
    (20200106, "CLM", "Claims", 4),
    (20200106, "IDS", "Information Disclosure Statement (IDS) Form (SB08)", 3),
    (20210301, "CTNF", "Non-Final Rejection", 1_017),
    (20210301, "892", f"<img src={EVIL}/a.png onerror=alert(1)>", 1),
    (20210901, "A...", f"Amendment</script><script src={EVIL}/b.js></script>", 12),
    (20210901, "XT/", f"<a href={EVIL}>Extension of Time</a>", 2),
    (20220110, "NOA", "Notice of Allowance and Fees Due (PTOL-85)", 8),
    (20220325, "IFEE", "Issue Fee Payment (PTO-85B)", 1),
    (20220413, "ISSUE.NTF", f"Issue Notification ![x]({EVIL}/c.png) {{{{ 7 }}}}", 1),
]


@dataclass(frozen=True)
class Opened:
    """A report in a browser, and what went on there."""

    page: Page
    address: str
    asked: list[str]
    said: list[str]


def path_of(folder: Path, *, rows: tuple[str, ...] = ()) -> Path:
    """Write a report of a hand-made history, of the rows with these codes if any are named."""
    tables = read_histories([make_history(PAPERS, "US16/700001", "US11300001B2")])
    selection = make_selection(tables, rows=tables.documents["code"].isin(rows) if rows else None)
    order = tables.histories["history"].tolist()
    # The figure shows all events, whatever the table lists.
    figure = timeline(tables.documents, order=order, titles=selection.titles, dark=False, rounds=tables.rounds)
    path = folder / "report.html"
    path.write_bytes(html_of(selection, figure=figure))
    return path


def open_file(context: BrowserContext, page: Page, path: Path) -> Opened:
    """Open a report from its file with the network switched off."""
    context.set_offline(True)
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.goto(path.as_uri())
    expect(page.locator("#timeline .scatterlayer .point").first).to_be_attached()
    return Opened(page, path.as_uri(), asked, said)


@pytest.fixture(scope="module")
def opened(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """The report of the whole history, for the tests that read it; what they type into it, they take out again."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield open_file(context, context.new_page(), path_of(tmp_path_factory.mktemp("report")))
    context.close()


@pytest.fixture
def fresh(context: BrowserContext, page: Page, tmp_path: Path) -> Opened:
    """The same report for one test alone."""
    return open_file(context, page, path_of(tmp_path))


def click_point(page: Page, label: str) -> None:
    """Click the event of this name, in the middle of its marker."""
    position = page.evaluate(
        """label => {
            const panel = document.getElementById("timeline");
            const trace = panel.data.findIndex((each) => each.name === label);
            const { x, y } = panel.calcdata[trace][0];
            const box = panel.getBoundingClientRect();
            const { xaxis, yaxis } = panel._fullLayout;
            return [box.left + xaxis._offset + xaxis.c2p(x), box.top + yaxis._offset + yaxis.c2p(y)];
        }""",
        label,
    )
    page.mouse.move(position[0] - 2, position[1])
    page.mouse.click(*position)


def test_it_opens_from_a_file_without_a_network(opened: Opened) -> None:
    """The timeline is drawn, and neither our scripts nor hostile descriptions ask for anything or fail."""
    expect(opened.page.locator("#timeline .legend")).to_be_attached()
    expect(opened.page.get_by_text("The timeline is drawn by a script")).to_have_count(0)
    opened.page.evaluate("dispatchEvent(new Event('beforeprint')); dispatchEvent(new Event('afterprint'))")
    expect(opened.page.locator("#timeline .scatterlayer .point").first).to_be_attached()
    assert [url for url in opened.asked if not url.startswith("data:")] == [opened.address]
    assert opened.said == []
    assert opened.page.locator("script").count() == 4
    assert opened.page.locator(f"[src], a[href^='{EVIL}']").count() == 0
    expect(opened.page.get_by_role("rowheader", name=f"<img src={EVIL}/a.png onerror=alert(1)>")).to_be_visible()


@pytest.mark.slow
def test_a_script_that_slipped_in_would_not_run(fresh: Opened) -> None:
    """The policy stops scripts, requests and pictures that are not the report's own."""
    found = fresh.page.evaluate(
        """async () => {
            const stopped = [];
            document.addEventListener("securitypolicyviolation", (event) => stopped.push(event.effectiveDirective));
            const script = document.createElement("script");
            script.textContent = "window.ran = true";
            document.body.append(script);
            new Image().src = "https://evil.example/a.png";
            await fetch("https://evil.example/").catch(() => {});
            await new Promise((go) => setTimeout(go, 200));
            return [window.ran === undefined, stopped.sort()];
        }"""
    )
    assert found == [True, ["connect-src", "img-src", "script-src-elem"]]


@pytest.mark.slow
def test_the_table_is_filtered_and_put_in_order(opened: Opened) -> None:
    """Words are found in all columns, totals follow, and a click on a head sorts either way."""
    page = opened.page
    rows = page.locator("#papers tbody tr:visible")
    totals = page.locator("#totals")
    expect(totals).to_have_text("10 documents, 1,080 pages")
    page.get_by_label("Find in all columns").fill("mar 2021 REJECTION")
    expect(rows).to_have_count(1)
    expect(totals).to_have_text("1 of 10 documents found, 1,017 pages")
    page.get_by_label("Find in all columns").fill("")
    expect(rows).to_have_count(10)
    expect(totals).to_have_text("10 documents, 1,080 pages")

    def column(position: int) -> list[str]:
        return page.locator(f"#papers tbody tr > :nth-child({position})").all_inner_texts()

    pages = page.get_by_role("button", name="Pages")
    pages.click()
    assert column(7) == ["1", "1", "1", "2", "3", "4", "8", "12", "31", "1,017"]
    pages.click()
    assert column(7)[:3] == ["1,017", "31", "12"]
    expect(page.get_by_role("columnheader", name="Pages")).to_have_attribute("aria-sort", "descending")
    page.get_by_role("button", name="Date").click()
    page.get_by_role("button", name="Date").click()
    assert column(1)[0] == "13 Apr 2022"
    assert column(1)[-1] == "6 Jan 2020"
    # Nothing is computed for the round of a paper that has none: it stands last either way.
    page.get_by_role("button", name="Round").click()
    assert column(6)[-1] == ""
    page.get_by_role("button", name="Round").click()
    assert column(6)[-1] == ""


def test_a_click_on_an_event_marks_its_row(opened: Opened) -> None:
    """The row is brought into view and marked, even if the filter hid it."""
    page = opened.page
    page.get_by_label("Find in all columns").fill("allowance")
    expect(page.locator("#papers tbody tr:visible")).to_have_count(1)
    page.locator("#timeline").scroll_into_view_if_needed()
    click_point(page, "Non-final rejection")
    row = page.locator("#papers tr:target")
    expect(row).to_contain_text("1 Mar 2021")
    expect(row).to_contain_text("CTNF")
    expect(row).to_be_in_viewport()
    expect(row).to_be_focused()
    # A link in the summary leads to a row in the same way, and Back to the one before.
    page.locator(".summary a", has_text="NOA").first.click()
    expect(row).to_contain_text("NOA")
    expect(row).to_be_in_viewport()
    page.go_back()
    expect(row).to_contain_text("CTNF")
    page.get_by_label("Find in all columns").fill("")


@pytest.mark.slow
def test_an_event_whose_paper_is_not_listed_says_so(context: BrowserContext, page: Page, tmp_path: Path) -> None:
    """A filtered report draws more events than it lists documents."""
    opened = open_file(context, page, path_of(tmp_path, rows=("NOA", "CLM")))
    page.locator("#timeline").scroll_into_view_if_needed()
    click_point(page, "Non-final rejection")
    expect(page.locator("#event")).to_have_text("This document is not among those listed in this report.")
    # Two quick clicks are a double click, wherever they fall, until plotly's own time for it is over.
    page.wait_for_function("() => Date.now() - timeline._mouseDownTime > timeline._context.doubleClickDelay")
    click_point(page, "Allowance")
    expect(page.locator("#papers tr:target")).to_contain_text("NOA")
    expect(page.locator("#event")).to_have_text("")
    assert opened.said == []


@pytest.mark.parametrize(("scheme", "width"), [("light", 420), pytest.param("dark", 1280, marks=pytest.mark.slow)])
def test_nobody_is_shut_out(fresh: Opened, scheme: Literal["light", "dark"], width: int) -> None:
    """No finding of axe by WCAG 2.2 A and AA, on a phone or a laptop, light or dark; nothing is cut off."""
    page = fresh.page
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    expect(page.locator("body")).to_have_css("color-scheme", "light dark")
    answer = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response
    assert answer["passes"]
    assert [(violation["id"], violation["nodes"][0]["html"]) for violation in answer["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    keep_screenshot(page, f"report-{scheme}-{width}")


def test_without_scripts_all_but_the_timeline_can_be_read(browser: Browser, tmp_path: Path) -> None:
    """Summary and tables stand there, words stand in for the timeline, and no control is shown that would not work."""
    path = path_of(tmp_path)
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(path.as_uri())
    expect(page.get_by_text("The timeline is drawn by a script")).to_be_visible()
    expect(page.locator("#papers tbody tr")).to_have_count(10)
    expect(page.get_by_label("Find in all columns")).to_be_hidden()
    expect(page.locator(".summary li").first).to_be_visible()
    context.close()


def test_it_prints_whole(opened: Opened, tmp_path: Path) -> None:
    """On paper the timeline is as wide as the page, tables are not cut off, and no address is written."""
    path = tmp_path / "report.pdf"
    opened.page.pdf(path=path, prefer_css_page_size=True, print_background=True)
    sheets = PdfReader(path).pages
    text = unicodedata.normalize(
        "NFKC", "\n".join(sheet.extract_text() for sheet in sheets)
    )  # fi and ffi are ligatures
    assert sheets[0].mediabox.width > sheets[0].mediabox.height
    for words in ("US 11,300,001 B2", "Office actions", "Date (sent/received)", "Issue Notification", "SHA-256"):
        assert words in text
    assert "review.example" not in text
    assert "Find in all columns" not in text
