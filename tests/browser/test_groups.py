"""Several files: groups that stand together on the timeline, and what must be done next in the open ones."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from components.histories import DocumentList, FileHistory
from components.store import Store
from tests.browser.conftest import (
    calm,
    click_row,
    expect_address,
    keep_screenshot,
    open_review,
    press,
    settled,
    table_rows,
    wait_until,
)
from tests.conftest import App

FACTS, DATES, ROUNDS = "Headline facts", "Open dates", "Rounds of the examination"
THREE = "US10765880B2,EP1000000B1,JP6768620B2"
_TEXTS = """() => {
    const texts = [".annotation-text", ".ytick text", ".legendtext"].map((part) => `.js-plotly-plot ${part}`).join();
    return [...document.querySelectorAll(texts)].map((node) => {
        const { left, top, right, bottom } = node.getBoundingClientRect();
        return { text: node.textContent, left, top, right, bottom };
    });
}"""
_BAR = """colour => {
    const bar = [...document.querySelectorAll(".js-plotly-plot .shapelayer path")]
        .find((path) => getComputedStyle(path).fill === colour);
    const { left, top, right, bottom } = bar.getBoundingClientRect();
    return { left, top, right, bottom };
}"""
_ORANGE = "rgb(194, 87, 0)"


@pytest.mark.slow
def test_files_of_a_group_stand_together_under_its_name(tab: Page, app: App) -> None:
    """A link with a group: its files first, its bar left of all their names, its name over nothing else."""
    tab.set_viewport_size({"width": 1280, "height": 1400})
    open_review(tab, app, {"patents": THREE, "families": "Widget family,orange,JP2017-187096,EP99203729"})
    rows = table_rows(tab, FACTS)
    assert [(row["Patent"], row["Group"]) for row in rows] == [
        ("EP 1 000 000 B1", "Widget family"),
        ("JP 6768620 B2", "Widget family"),
        ("US 10,765,880 B2", ""),
    ]
    tab.locator(".js-plotly-plot").scroll_into_view_if_needed()
    drawn = {each["text"]: each for each in tab.evaluate(_TEXTS)}
    bar, name = tab.evaluate(_BAR, _ORANGE), drawn["Widget family"]
    heights = [drawn[title]["top"] for title in ("EP 1 000 000 B1", "JP 6768620 B2", "US 10,765,880 B2")]
    assert bar["top"] <= name["top"] < heights[0] < heights[1] < bar["bottom"] < heights[2]
    assert bar["right"] < min(each["left"] for each in drawn.values() if bar["top"] < each["top"] < bar["bottom"])
    others = [each for text, each in drawn.items() if text != "Widget family"]
    assert not [each["text"] for each in others if _overlap(each, name)]
    keep_screenshot(tab, "groups")


def _overlap(one: dict[str, float], other: dict[str, float]) -> bool:
    return (
        one["left"] < other["right"] and other["left"] < one["right"]
        and one["top"] < other["bottom"] and other["top"] < one["bottom"]
    )  # fmt: skip


@pytest.mark.slow  # on a busy machine the grid takes keys late
def test_groups_are_typed_and_kept_in_the_address(tab: Page, app: App) -> None:
    """A name for one file, a colour, and all gone again; a name of somebody else's making is only text."""
    open_review(tab, app, {"patents": THREE})
    expect(tab.get_by_text("Widgets")).to_have_count(0)
    tab.get_by_role("button", name="Groups").click()
    popover = tab.get_by_test_id("stPopoverBody")
    editor = popover.get_by_test_id("stDataFrame")
    expect(editor).to_be_visible()
    wait_until(tab, lambda: editor.locator("canvas table tbody tr").count() == 3, editor.inner_text)
    calm(tab)
    frame = editor.bounding_box()
    assert frame is not None
    press(tab, frame["x"] + 260, frame["y"] + 52)
    expect(editor.get_by_test_id("glide-cell-1-0")).to_have_attribute("aria-selected", "true")
    tab.keyboard.press("Enter")
    expect(tab.locator("textarea.gdg-input")).to_be_focused()  # keys that come before it opens are lost
    tab.keyboard.type("**Widgets** <b>$1$</b>")
    tab.keyboard.press("Enter")
    wait_until(tab, lambda: "Widgets" in (editor.locator("canvas table").text_content() or ""), editor.inner_html)
    popover.get_by_role("button", name="Apply").click()
    expect_address(tab, families="**Widgets** <b>$1$</b>,blue,US14/412875")
    expect(popover.get_by_text("Colour of **Widgets** <b>$1$</b>")).to_be_visible()
    popover.get_by_label(re.compile("^Selected .*|Colour of")).last.click()
    tab.get_by_role("option", name="Purple").click()
    expect_address(tab, families="**Widgets** <b>$1$</b>,purple,US14/412875")
    keep_screenshot(tab, "groups-popover")
    popover.get_by_role("button", name="Remove all groups").click()
    expect_address(tab, families=None)


@pytest.fixture(scope="module")
def open_files(app: App) -> App:
    """The app with three open files: a fee that is due next, a reply later, and one that waits for the Office."""
    today = datetime.now(UTC).date()
    with Store.open(f"sqlite:///{app.store}", source="sandbox") as store:
        for number, papers in (("1", [(30, "CTNF")]), ("2", [(60, "NOA")]), ("3", [(200, "CTNF"), (120, "A...")])):
            store.save(_file(f"US18/40000{number}", today, papers))
    return app


def _file(apno: str, today: date, papers: list[tuple[int, str]]) -> FileHistory:
    """Return an application filed two years ago, with papers of so many days ago."""
    listed = [(730, "SPEC"), (730, "CLM"), *papers]
    days = [int(f"{today - timedelta(days=ago):%Y%m%d}") for ago, _ in listed]
    codes = [code for _, code in listed]
    documents = DocumentList(days, codes, codes, [1] * len(listed))
    return FileHistory(
        apno=apno, patent_number="", patent_id="", documents=documents, documents_reported=len(listed), complete=True,
        retrieved=datetime.now(UTC),
    )  # fmt: skip


def test_what_must_be_done_next_is_told_without_a_click_and_leads_to_its_paper(tab: Page, open_files: App) -> None:
    """In sight at 1,280 pixels: the next day and the interviews; in the tab: by when, and a click opens the action."""
    tab.set_viewport_size({"width": 1280, "height": 1400})
    open_review(tab, open_files, {"patents": "US18/400001,US18/400002,US18/400003"})
    facts = table_rows(tab, FACTS)
    due = {row["Patent"]: row["What is due"] for row in facts}
    assert due == {"18/400,001": "Reply", "18/400,002": "Issue fee", "18/400,003": ""}
    # The grid names the columns that are in sight; the last of them may be cut.
    in_sight = list(facts[0])
    assert "Course" not in in_sight
    assert {"Next due", "Interviews before allowance"} <= set(in_sight[:-1])
    tab.get_by_role("tab", name="Open dates").click()
    settled(tab)
    rows = table_rows(tab, DATES)
    assert [row["Patent"] for row in rows] == ["18/400,002", "18/400,001"]
    # Three months are 89 to 92 days, and a last day on a weekend or a holiday moves on by four at most.
    assert 29 <= int(rows[0]["Days left"]) <= 36
    assert 59 <= int(rows[1]["Days left"]) <= 66
    expect(tab.get_by_text("Without a computed date: 1 open file")).to_be_visible()
    waiting = table_rows(tab, "Open files without a computed date")
    assert [(row["Patent"], row["Who must act"]) for row in waiting] == [("18/400,003", "Office")]
    keep_screenshot(tab, "open-dates")
    calm(tab)
    click_row(tab, 1, across=350, name=DATES)
    asked = datetime.now(UTC).date() - timedelta(days=30)
    wait_until(tab, lambda: f"{asked:%Y%m%d}-CTNF-1" in tab.url.replace("+", " "), lambda: tab.url)


@pytest.mark.slow
def test_an_action_and_an_answer_open_from_the_table_of_rounds(tab: Page, app: App) -> None:
    """Round 1 of US 10,765,880 B2: rejection of 25 Oct 2016, amendment of 25 Apr 2017."""
    tab.set_viewport_size({"width": 1280, "height": 1400})
    open_review(tab, app, {"patents": "US10765880B2"})
    tab.get_by_role("tab", name="Rounds").click()
    settled(tab)
    assert table_rows(tab, ROUNDS)[0]["Action"] == "Non-final rejection"
    click_row(tab, 0, across=120, name=ROUNDS)
    expect_address(tab, doc="US14/412875 20161025-CTNF-1")
    click_row(tab, 0, across=420, name=ROUNDS)
    expect_address(tab, doc="US14/412875 20170425-A...-1")
