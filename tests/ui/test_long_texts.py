"""Texts of a megabyte from the service: kept whole, and cut on their way to the screen and into reports."""

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import openpyxl
import pytest
from streamlit.testing.v1.element_tree import Block, Element

from components.desk import Desk
from components.exports import Selection, csv_of, html_of, xlsx_of
from components.histories import PaperRef
from components.history_tables import HeldTables
from components.ui.history_names import short_title, title
from components.ui.review.reviewed import all_findings, history_in_words, reviewed_histories, summaries_of
from components.ui.review.timeline_view import TimelineSettings
from tests.store.made import history, linked
from tests.ui.conftest import open_app

MEGABYTE = 1_000_000
LONG = "Non-Final Rejection of everything " * (MEGABYTE // 34)
CODES = ("TRNA", "CTNF", "892", "拒絶理由", "A" * MEGABYTE, "A" * MEGABYTE)
KEY = "US14/706838"


@pytest.fixture
def held(desk: Desk) -> HeldTables:
    """A history of six papers: descriptions of a megabyte, codes of a megabyte, and such a finding."""
    made = history(findings=(LONG, "Short."))
    listed = replace(made.documents, code=CODES, description=(LONG,) * len(CODES))
    whole = replace(made, documents=listed)
    assert desk.store.save(linked(whole, datetime.now(UTC) + timedelta(hours=1)), names=["US11205304B2"]) == KEY
    return desk.tables.of(desk.store.headlines([KEY]))


def elements(block: Block) -> Iterator[Element]:
    """Yield all elements that a page has drawn."""
    for child in block.children.values():
        if isinstance(child, Block):
            yield from elements(child)
        else:
            yield child


def selection_of(desk: Desk, held: HeldTables) -> tuple[Selection, dict[str, Any]]:
    """Return what is downloaded of all papers, and the figure of the report."""
    reviewed = reviewed_histories(desk.tables, desk.documents.tokens, held)
    selection = Selection(
        documents=reviewed.tables.documents.assign(read=False, note=""),
        histories=reviewed.tables.histories,
        rounds=reviewed.tables.rounds,
        titles=reviewed.numbers,
        findings=all_findings(desk.tables, reviewed.headlines),
        stories=summaries_of(desk.tables, reviewed.headlines),
        made=datetime.now(UTC),
        base_url="https://review.example.com",
    )
    figure = TimelineSettings(all_documents=True, axis="calendar", today=date(2026, 3, 2)).figure(
        reviewed, reviewed.tables.documents, dark=False
    )
    return selection, figure


@pytest.mark.usefixtures("held")
def test_the_page_with_a_paper_open_stays_small() -> None:
    """Table, filters, summary, findings, timeline and reader together send less than a tenth of one such text."""
    app = open_app(patents="US11205304B2", doc=f"{KEY} 20180831-CTNF-1", show="all")
    sizes = [element.proto.ByteSize() for element in elements(app.main) if hasattr(element.proto, "ByteSize")]
    assert sum(sizes) < MEGABYTE / 10
    assert [markdown for markdown in app.markdown if "Rejection of everything" in markdown.value]
    assert not [markdown for markdown in app.markdown if len(markdown.value) > 10_000]


def test_tables_timeline_and_report_stay_small(desk: Desk, held: HeldTables) -> None:
    """No cell is long; the figure and the report's own part are far smaller than one such text."""
    for table in (held.tables.documents, held.tables.submissions, held.tables.rounds, held.tables.histories):
        for column in table.select_dtypes("str"):
            assert table[column].str.len().max() <= 500, column
    words = history_in_words(desk.tables, desk.documents.tokens, held.headlines[0])
    assert max(map(len, (*words.sentences, *words.missing, *words.oddities))) < 5_000
    selection, figure = selection_of(desk, held)
    assert len(json.dumps(figure, default=str)) < MEGABYTE / 10
    short = history("US15/000001", "US10000001B2", "another id", findings=("Short.",))
    desk.store.save(linked(short, datetime.now(UTC) + timedelta(hours=1)), names=["US10000001B2"])
    usual_selection, usual_figure = selection_of(desk, desk.tables.of(desk.store.headlines(["US15/000001"])))
    usual = html_of(usual_selection, figure=usual_figure)
    assert len(html_of(selection, figure=figure)) - len(usual) < MEGABYTE / 10


def test_files_of_data_have_the_whole_texts(desk: Desk, held: HeldTables) -> None:
    """CSV has them all, Excel as many characters as a cell can hold."""
    selection, _ = selection_of(desk, held)
    whole = replace(selection, documents=held.with_whole_texts(selection.documents))
    text = csv_of(whole).decode("utf-8-sig")
    assert text.count(LONG) == len(CODES)
    assert text.count("A" * MEGABYTE) == 2
    book = openpyxl.load_workbook(io.BytesIO(xlsx_of(whole)))
    texts = [str(cell) for row in book.worksheets[0].iter_rows(values_only=True) for cell in row]
    assert max(map(len, texts)) == 32_767


def test_papers_keep_their_ids_and_the_store_the_texts(desk: Desk, held: HeldTables) -> None:
    """What is cut on the screen still leads to its link, its PDF and its notes; nothing is cut in the store."""
    kept = desk.store.load([KEY])[KEY]
    assert set(kept.documents.description) == {LONG}
    assert held.tables.documents["id"].str.len().max() < 100
    for document in held.tables.documents["id"]:
        assert desk.store.link(KEY, document) is not None
    assert {paper.history for paper in held.whole_texts} == {KEY}
    assert PaperRef(KEY, "20180831-CTNF-1") in held.whole_texts


def test_a_number_of_a_megabyte_is_cut_in_titles(held: HeldTables) -> None:
    """Whatever the service calls a history, the page calls it by a short name."""
    odd = replace(held.headlines[0], apno="US" + "1" * MEGABYTE, patent_number="US" + "2" * MEGABYTE)
    assert max(len(short_title(odd)), len(title(odd))) < 250
