"""The headline facts of a history: status, milestones, days of each side, summary, and what its list lacks."""

import json
import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import keep_screenshot, open_review, settled, table_rows
from tests.conftest import ROOT, App

RECORDINGS = ROOT / "components" / "sandbox" / "recordings"


def open_tab(page: Page, name: str) -> str:
    """Open the tab whose label begins so, and return its label."""
    label = page.get_by_role("tab", name=re.compile(f"^{name}"))
    label.click()
    expect(label).to_have_attribute("aria-selected", "true")
    settled(page)
    return label.inner_text()


def test_one_history_is_told_at_a_glance(tab: Page, app: App) -> None:
    """US 10,765,880 B2: numbers, status, milestones, whose days, counts, completeness, age; sentences with papers."""
    open_review(tab, app, {"patents": "US10765880B2"})
    main = tab.get_by_test_id("stMain")
    expect(main.get_by_role("heading", name="US 10,765,880 B2 · 14/412,875")).to_be_visible()
    expect(main.get_by_text("Granted", exact=True)).to_be_visible()
    expect(main.get_by_text(re.compile(r"^as of 22 Nov 2022 · retrieved (just now|\d+ \w+ ago) \("))).to_be_visible()
    milestones = tab.get_by_role("list", name="Milestones").get_by_role("listitem")
    assert [" ".join(text.split()) for text in milestones.all_inner_texts()] == [
        "Filed 5 Jan 2015",
        "First action 25 Oct 2016",
        "Allowed 27 Apr 2020",
        "Issue notification 19 Aug 2020",
    ]
    documents = json.loads((RECORDINGS / "US14412875.json").read_text())["documents"]
    pages = sum(document[2] or 0 for document in documents)
    counts = main.get_by_text("Office actions ·").first.inner_text()
    # Its PAIR list: rejections of 2016 and 2019, final ones of 2017 and 2020, one RCE, three IDSs.
    assert counts.startswith("4 Office actions · 2 finals · 1 RCE · 1 interview · 3 IDSs · 0 appeals")
    assert counts.endswith(f"{len(documents):,} documents · {pages:,} pages")
    expect(main.get_by_role("button", name="Refresh · 1 charged")).to_be_visible()
    keep_screenshot(tab, "glance")
    assert open_tab(tab, "Findings") == "Findings 1"
    found = tab.get_by_role("tabpanel", name="Findings")
    expect(found.get_by_text(f"{len(documents)} of {len(documents)} documents")).to_be_visible()
    lengths = sum(document[2] is None for document in documents)
    expect(found.get_by_text(f"{lengths} documents without a number of pages")).to_be_visible()
    open_tab(tab, "Measures")
    # Each day from filing to the issue belongs to the Office or to the applicant.
    words = tab.get_by_role("img", name="days with the applicant").get_attribute("aria-label") or ""
    office, applicant = (int(figure.replace(",", "")) for figure in re.findall(r"[\d,]*\d", words))
    assert office + applicant == (date(2020, 8, 19) - date(2015, 1, 5)).days

    # As many sentences as the tab says; every one has links into the documents, and they lead to PDFs.
    label = open_tab(tab, "Summary")
    sentences = tab.get_by_test_id("stMarkdownContainer").locator("ol > li")
    expect(sentences.filter(has_text="The non-final rejection of 25 Oct 2016 was answered")).to_have_count(1)
    expect(sentences.last).to_be_visible()
    assert label == f"Summary {sentences.count()}"
    for sentence in sentences.all():
        links = [link.get_attribute("href") or "" for link in sentence.get_by_role("link").all()]
        assert links, sentence.inner_text()
        assert all(link.startswith("/documents/") for link in links)
    rejected = sentences.filter(has_text="The non-final rejection of 25 Oct 2016").get_by_role("link", name="CTNF")
    answer = tab.request.get(f"{app.url}{rejected.get_attribute('href')}")
    assert answer.body().startswith(b"%PDF-")


def test_what_a_list_lacks_is_said_with_a_way_to_the_paper(tab: Page, app: App) -> None:
    """15/123,456 has a decision on a terminal disclaimer and no terminal disclaimer before it."""
    open_review(tab, app, {"patents": "US20170071586A1"})
    assert open_tab(tab, "Findings") == "Findings 1"
    finding = tab.get_by_role("listitem").filter(has_text="but before it no terminal disclaimer")
    expect(finding).to_be_visible()
    expect(finding.get_by_role("link", name="Open")).to_have_attribute("href", re.compile("^/documents/"))
    expect(tab.get_by_text("Abandoned", exact=True).first).to_be_visible()


@pytest.mark.slow
def test_several_histories_stand_in_one_table(tab: Page, app: App) -> None:
    """US, EP and JP under each other, each with its status and its dates; the summaries stand in their tab."""
    open_review(tab, app, {"patents": "US10000000B2,EP1000000B1,JP6768620B2"})
    rows = table_rows(tab, "Headline facts")
    assert [row["Patent"] for row in rows] == ["US 10,000,000 B2", "EP 1 000 000 B1", "JP 6768620 B2"]
    # From the offices' own lists: filed in 2015, 1999 and 2017; all granted or on their way to it.
    assert [row["Filed"][:4] for row in rows] == ["2015", "1999", "2017"]
    assert all(row["Documents"] for row in rows)
    open_tab(tab, "Summary")
    expect(tab.get_by_text("EP 1 000 000 B1 · EP 99203729").first).to_be_visible()
    keep_screenshot(tab, "glance-several")
