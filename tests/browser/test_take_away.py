"""Taking away: every format of what is selected, made on a click, read back with other libraries; nothing charged."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.conftest import (
    charged_ever,
    download,
    expect_selection,
    keep_screenshot,
    open_review,
    saved,
)
from tests.conftest import App

PATENT = "US10765880B2"
COLUMNS = [
    "patent_number", "application_number", "date", "doc_code", "description", "category", "side", "pages", "round",
    "link",
]  # fmt: skip
NAME = re.compile(rf"{PATENT}_(\d{{4}}-\d\d-\d\d)_(\d{{3}})_([A-Za-z0-9.-]+)_([a-z0-9-]+)\.pdf")


@pytest.fixture
def review(tab: Page, app: App) -> Iterator[Page]:
    """Its two non-final rejections; whatever is taken away there, nothing is charged."""
    open_review(tab, app, {"patents": PATENT, "codes": "CTNF"})
    expect_selection(tab, "2 documents listed")
    yield tab
    assert charged_ever(app) == 0


@pytest.fixture
def whole(tab: Page, app: App) -> Iterator[Page]:
    """The review of US 10,765,880 B2; whatever is taken away there, nothing is charged."""
    open_review(tab, app, {"patents": PATENT})
    expect_selection(tab, "184 documents listed")
    yield tab
    assert charged_ever(app) == 0


def pack(page: Page, label: str) -> Path:
    """Have a file of many documents made, and save it."""
    page.get_by_role("button", name=label, exact=True).click()
    link = page.get_by_role("link", name=re.compile(r"^Save .+ MB$"))
    expect(link).to_be_visible(timeout=90_000)
    keep_screenshot(page, f"take-away-{label.split(maxsplit=1)[0].lower()}")
    with page.expect_download() as found:
        link.click()
    file = saved(found.value)
    page.get_by_role("button", name="Dismiss").last.click()
    expect(link).to_have_count(0)
    return file


def test_csv_excel_and_report_hold_what_is_listed(review: Page, app: App) -> None:
    """CSV with its columns and links of this host; Excel with typed dates, links, frozen heads and no formula.

    The report is HTML that names the patent and the two papers listed, and asks nobody for anything.
    """
    file = download(review, "CSV")
    assert file.name == f"{PATENT}_prosecution.csv"
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline="")))
    assert list(rows[0]) == COLUMNS
    assert [row["date"] for row in rows] == ["2019-04-12", "2016-10-25"]
    assert {row["application_number"] for row in rows} == {"US14/412875"}
    for row in rows:
        assert row["link"].startswith(f"{app.url}/documents/")
        assert review.request.get(row["link"]).body().startswith(b"%PDF-")
    file = download(review, "Excel")
    assert file.name == f"{PATENT}_prosecution.xlsx"
    book = load_workbook(file)
    assert book.sheetnames == ["Documents", "Rounds", "Metrics", "Findings", "About"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    sheet = book["Documents"]
    assert sheet.freeze_panes
    assert sheet.auto_filter.ref
    dates = [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, datetime)]
    assert [day.date().isoformat() for day in dates] == ["2019-04-12", "2016-10-25"]
    links = [cell.hyperlink.target for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert links == [row["link"] for row in rows]
    assert book["Rounds"].max_row > 8

    file = download(review, "Report")
    assert file.name == f"{PATENT}_prosecution.html"
    text = file.read_text(encoding="utf-8")
    assert "US 10,765,880 B2" in text
    assert "12 Apr 2019" in text
    assert "2 documents" in text
    assert "q-sign" not in text
    assert re.findall(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=[\"']?https?://", text) == []


def test_all_pdfs_come_as_zip_and_as_one_pdf(whole: Page) -> None:
    """184 files in reading order with their list; in one PDF each has a bookmark, and no page is lost or added."""
    file = pack(whole, "PDFs (zip)")
    assert file.name == f"{PATENT}_prosecution.zip"
    pages = {}
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        names = [name for name in archive.namelist() if name.endswith(".pdf")]
        for name in names:
            pages[name] = len(PdfReader(io.BytesIO(archive.read(name))).pages)
        table = list(csv.DictReader(io.StringIO(archive.read("contents.csv").decode("utf-8-sig"), newline="")))
        assert "184 of 184 documents included" in archive.read("README.txt").decode("utf-8-sig")
    parts = [NAME.fullmatch(name) for name in names]
    assert len(names) == 184
    assert all(parts)
    assert [part[2] for part in parts if part] == [f"{number:03}" for number in range(1, 185)]
    days = [part[1] for part in parts if part]
    assert days == sorted(days)
    assert [row["file_name"] for row in table] == names

    file = pack(whole, "One PDF")
    assert file.name == f"{PATENT}_prosecution.pdf"
    pdf = PdfReader(file)
    sections = [(str(title), leaves) for title, leaves in sections_of(pdf)]
    leaves = [leaf for _, inside in sections for leaf in inside]
    assert len(leaves) == 184
    rounds = [re.match(r"Round (\d+)", title) for title, _ in sections]
    # Rounds 4 and 5, the petition decisions, are answered by papers of the round that follows and hold none.
    assert {int(found[1]) for found in rounds if found} >= {1, 2, 3, 6, 7, 8}
    front = min(leaf for leaf in leaves if leaf is not None)
    assert front >= 2
    assert len(pdf.pages) == front + sum(pages.values())
    assert "184" in pdf.pages[0].extract_text()
    assert "Contents" in pdf.pages[1].extract_text()
    assert sorted(set(leaves)) == leaves


def sections_of(pdf: PdfReader) -> Iterator[tuple[str, list[int | None]]]:
    """Yield each bookmark that has others below it, with the pages to which those lead."""
    title = ""
    for bookmark in pdf.outline:
        if isinstance(bookmark, list):
            yield title, [pdf.get_destination_page_number(leaf) for leaf in flat(bookmark)]
        else:
            title = str(bookmark.title)


def flat(bookmarks: list[Any]) -> Iterator[Any]:
    """Yield the bookmarks of a tree, however deep."""
    for bookmark in bookmarks:
        if isinstance(bookmark, list):
            yield from flat(bookmark)
        else:
            yield bookmark
