"""Ticks and clicks in the table: positions for the grid, documents for everybody else."""

import pytest
from streamlit.testing.v1 import AppTest

from components.desk import Desk
from components.histories import PaperRef
from components.prosecution import Tables, read_history
from components.ui.review.arrangement import ArrangedDocuments, arrange_documents
from components.ui.review.filters import FilterChoices, documents_passing
from components.ui.review.paper_refs import refs_of
from components.ui.review.table_rows import fold_versions
from components.ui.review.table_selection import cells_to_highlight, paper_to_open, positions_of, ticked_after
from components.ui.state import SHOWN_COLUMNS
from tests.seeding import history_of
from tests.ui.conftest import open_app, options_of, recording_of
from tests.ui.test_explore import desk_with_history, listed

__all__ = ["desk_with_history"]

KEY, NUMBER = "US14/412875", "US10765880B2"
FIRST, SECOND = (KEY, "20161025-CTNF-1"), (KEY, "20190412-CTNF-1")


def newest_first(file: Tables, **choices: object) -> list[PaperRef]:
    """The documents that pass, as the table lists them by default."""
    rows = documents_passing(file.documents, FilterChoices(**choices))  # type: ignore[arg-type]
    found: ArrangedDocuments = arrange_documents(
        rows, group="none", oldest_first=False, submissions=file.submissions, rounds=file.rounds
    )
    return refs_of(found.documents)


def test_ticks_stand_where_their_documents_stand(file: Tables) -> None:
    """In the whole file, in two rejections, and nowhere in a list without them."""
    whole, two, none = newest_first(file), newest_first(file, codes=["CTNF"]), newest_first(file, codes=["CTFR"])
    assert [whole[row] for row in positions_of(whole, {FIRST, SECOND})] == [SECOND, FIRST]
    assert positions_of(two, {FIRST, SECOND}) == [0, 1]
    assert positions_of(two, {FIRST}) == [1]
    assert positions_of(none, {FIRST, SECOND}) == []
    assert positions_of(whole, frozenset()) == []


def test_a_tick_outlasts_a_list_without_it(file: Tables) -> None:
    """Ticking and unticking in a filtered table changes what it lists and nothing else."""
    elsewhere = {(KEY, "20170809-CTFR-1"), ("EP99203729", "19990416-1001-1")}
    two = newest_first(file, codes=["CTNF"])
    ticks = ticked_after(elsewhere, two, [0])
    assert ticks == elsewhere | {SECOND}
    ticks = ticked_after(ticks, two, [0, 1])
    assert ticks == elsewhere | {FIRST, SECOND}
    assert ticked_after(ticks, two, []) == elsewhere


def test_a_row_that_is_gone_ticks_nothing(file: Tables) -> None:
    """A click may overtake the shorter table that is on its way to the browser."""
    assert ticked_after((), newest_first(file, codes=["CTNF"]), [1, 2, 183]) == {FIRST}


def test_a_click_opens_the_document_of_its_row(file: Tables) -> None:
    """On any cell but a link, which opens a tab, and the mark, where a keyboard enters the table."""
    two = newest_first(file, codes=["CTNF"])
    for column in ("No.", "Description", "Code", "Date (sent/received)", "Read", "Note"):
        assert paper_to_open(two, [(1, column)]) == FIRST
    for column in ("Open", "PDF", "Original"):
        assert paper_to_open(two, [(1, column)]) is None
    assert paper_to_open(two, [(2, "Code")]) is None
    assert paper_to_open(two, []) is None


@pytest.mark.parametrize(
    ("cells", "chosen", "wanted"),
    [
        ([], None, []),
        ([], 3, [(3, "Description")]),
        ([(3, "Code")], 3, [(3, "Code")]),
        ([(3, "Code")], 7, [(7, "Description")]),
        ([(3, "Code")], None, []),
        ([(0, "Open")], None, [(0, "Open")]),
        ([(0, "Open")], 3, [(3, "Description")]),
    ],
    ids=[
        "nothing", "opened elsewhere", "clicked there", "another is read", "closed", "entered by keyboard",
        "read from the keyboard",
    ],
)  # fmt: skip
def test_the_mark_follows_the_paper_that_is_read(
    cells: list[tuple[int, str]], chosen: int | None, wanted: list[tuple[int, str]]
) -> None:
    """A cell on its row stays as it was clicked; a keyboard that stands in the table is not moved away."""
    assert cells_to_highlight(cells, open_row=chosen, columns=["Open", "Code", "Description"]) == wanted


def test_the_mark_stands_on_a_column_that_is_shown() -> None:
    """Where descriptions are hidden, on the first; where no column is left, nowhere."""
    assert cells_to_highlight([], open_row=2, columns=["No.", "Code"]) == [(2, "No.")]
    assert cells_to_highlight([], open_row=2, columns=[]) == []


def test_a_translation_and_its_original_are_one_row() -> None:
    """JP 6768620 B2 lists twelve papers in two languages each: twelve rows, each with the link of its original."""
    recording = recording_of("JP2017187096")
    documents = read_history(history_of(recording)).documents
    documents = documents.assign(link="/documents/" + documents["id"])
    papers, originals = fold_versions(documents)
    translated = [document.code for document in recording.documents if "(TRANSLATED)" in document.description]
    assert len(translated) == 12
    assert sorted(papers["code"]) == sorted(translated)
    assert originals is not None
    assert [link.rsplit("-", 1)[0].removesuffix("-JP") for link in originals] == [
        link.rsplit("-", 1)[0] for link in papers["link"]
    ]


def test_an_original_without_its_translation_keeps_its_row() -> None:
    """A filter that hides the translation hides no paper."""
    documents = read_history(history_of(recording_of("JP2017187096"))).documents
    alone = documents[documents["code"].str.endswith("-JP")].assign(link="/x")
    papers, originals = fold_versions(alone)
    assert len(papers) == len(alone) == 12
    assert originals is not None
    assert originals.isna().all()


# The same on the page.


def test_documents_are_ordered_and_grouped(desk_with_history: Desk) -> None:
    """Newest first or as one reads a file; by submission or by round, each group named once."""
    del desk_with_history
    app = open_app(patents=NUMBER)
    days = listed(app)["Date (sent/received)"].tolist()
    assert days == sorted(days, reverse=True)
    options_of(app, "oldest_first").set_value(True).run()
    assert app.query_params["order"] == "oldest"
    days = listed(app)["Date (sent/received)"].tolist()
    assert days == sorted(days)
    assert f"{days[0]:%Y-%m-%d}" == "2015-01-05"
    named: dict[str, list[str]] = {}
    for name, first in (("round", "1 · Non-final rejection, 25 Oct 2016"), ("submission", "5 Jan 2015 · ")):
        options_of(app, "group").set_value(name).run()
        assert app.query_params["group"] == name
        groups = listed(app)["Group"].tolist()
        assert groups[0].startswith(first)
        assert len(groups) == 184
        named[name] = [group for group in groups if group]
    assert len(named["round"]) == len(set(named["round"])) == 7  # six rounds, and what is outside them
    assert len(named["submission"]) > 7


def test_a_column_is_hidden_and_comes_back(desk_with_history: Desk) -> None:
    """What is hidden is not drawn and is named in the address."""
    del desk_with_history
    app = open_app(patents=NUMBER)
    shown = drawn(app)
    assert {"Side", "Pages"} <= set(shown)
    options_of(app, SHOWN_COLUMNS).set_value([name for name in hideable(shown) if name != "Side"]).run()
    assert app.query_params["hide"] == "Side"
    assert "Side" not in drawn(app)
    options_of(app, SHOWN_COLUMNS).set_value([*hideable(drawn(app)), "Side"]).run()
    assert not {"hide", "with"} & set(app.query_params)
    assert drawn(app) == shown


def test_a_column_without_room_is_shown_for_who_asks_for_it(desk_with_history: Desk) -> None:
    """Categories at 1,280 pixels: named in the address, and taken back without a trace."""
    del desk_with_history
    app = open_app(patents=NUMBER)
    shown = drawn(app)
    assert "Category" not in shown
    options_of(app, SHOWN_COLUMNS).set_value([*hideable(shown), "Category"]).run()
    assert app.query_params["with"] == "Category"
    assert {"Category", "Description", "Code", "Date (sent/received)"} <= set(drawn(app))
    assert "Category" in drawn(open_app(patents=NUMBER, **{"with": "Category"}))
    options_of(app, SHOWN_COLUMNS).set_value([name for name in hideable(drawn(app)) if name != "Category"]).run()
    assert "with" not in app.query_params
    assert "Category" not in drawn(app)


def drawn(app: AppTest) -> list[str]:
    """The columns of the table of documents, from left to right."""
    return list(next(element for element in app.dataframe if "PDF" in element.value.columns).proto.column_order)


def hideable(columns: list[str]) -> list[str]:
    """Those that can be hidden."""
    return [name for name in columns if name != "Open"]
