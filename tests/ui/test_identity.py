"""One name for a history in every room: what is drawn, taken away, ticked and linked is what the store keeps."""

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import httpx
import pytest
import uvicorn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette

from components.desk import Desk, open_desk
from components.exports import Selection, csv_of, html_of, ics_of, xlsx_of
from components.histories import DocumentList, FileHistory
from components.settings import Settings
from components.store import Mark
from components.ui.history_names import short_title
from components.ui.review.reviewed import (
    ReviewedHistories,
    all_findings,
    history_in_words,
    reviewed_histories,
    summaries_of,
)
from components.ui.review.timeline_view import TimelineSettings
from components.ui.state import OPEN_PAPER, SELECTED_EVENTS, TICKED
from tests.documents.visitors import routes_of
from tests.serving import serve
from tests.store.made import linked
from tests.ui.conftest import open_app
from tests.ui.test_explore import listed
from tests.ui.test_pages import words

pytestmark = pytest.mark.usefixtures("served")

PATENT_ID = "718ead9c-4f3c-4674-8f5a-24e126827269"
PAPERS = (
    (20140508, "TRNA", "Transmittal of New Application", 2),
    (20180831, "CTNF", "Non-Final Rejection", 17),
    (20181130, "A...", "Amendment/Req. Reconsideration-After Non-Final Reject", 9),
    (20190201, "NOA", "Notice of Allowance and Fees Due (PTOL-85)", 8),
)
NUMBERS = itertools.count(100_001)
"""An application of its own for each example."""
REJECTION = "20180831-CTNF-1"


def reported_history(apno: str, patent_number: str, patent_id: str, *, days: int) -> FileHistory:
    """What the service says of an application, retrieved so many days after the first time."""
    return FileHistory(
        apno=apno,
        patent_number=patent_number,
        patent_id=patent_id,
        documents=DocumentList(*(tuple(column) for column in zip(*PAPERS, strict=True))),
        documents_reported=len(PAPERS),
        complete=True,
        retrieved=datetime.now(UTC) - timedelta(days=30 - days),
    )


def keep(desk: Desk, history: FileHistory, *, asked: str) -> str:
    """Keep a history as a look-up does, with links that live, and give its key."""
    return desk.store.save(linked(history, datetime.now(UTC) + timedelta(hours=1)), names=[asked])


def taken_away(desk: Desk, reviewed: ReviewedHistories) -> Selection:
    """Make the selection that the files are made of, as the Review page does."""
    return Selection(
        documents=reviewed.tables.documents.assign(read=False, note=""),
        histories=reviewed.tables.histories,
        rounds=reviewed.tables.rounds,
        titles={line.key: short_title(line) for line in reviewed.headlines},
        findings=all_findings(desk.tables, reviewed.headlines),
        stories=summaries_of(desk.tables, reviewed.headlines),
        made=datetime.now(UTC),
        base_url="https://review.example.com",
    )


@pytest.fixture(scope="module")
def shared_desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk whose store every example fills anew."""
    folder: Path = tmp_path_factory.mktemp("desk")
    opened = open_desk(Settings(review_store_url=f"sqlite:///{folder / 'store.db'}"))
    yield opened
    opened.close()


names_left_in = st.tuples(st.booleans(), st.sampled_from((0, 1, 2)), st.booleans())


# Each example makes every file that can be taken away, so a third of the usual number will do.
@settings(max_examples=settings.default.max_examples // 3, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sequence=st.lists(names_left_in, min_size=1, max_size=4))
def test_every_room_calls_a_history_by_its_key(shared_desk: Desk, sequence: list[tuple[bool, int, bool]]) -> None:
    """Tables, timeline, summary, exports, links and ticks agree, whatever the service leaves out and when."""
    number = next(NUMBERS)
    apno, numbers = f"US15/{number}", ("", f"US20180{number}A1", f"US{number}B2")
    given_out = []
    for days, (has_apno, which, has_id) in enumerate(sequence):
        history = reported_history(
            apno if has_apno else "", numbers[which], f"id {number}" if has_id else "", days=days
        )
        key = keep(shared_desk, history, asked=numbers[1])
        shared_desk.store.mark("ada", key, [REJECTION], note=f"note {days}")
        given_out.append(key)
    keys = sorted(set(shared_desk.store.resolve(given_out).values()))
    assert len(keys) == 1
    assert (keys == [apno]) is any(has_apno for has_apno, *_ in sequence)
    reviewed = reviewed_histories(
        shared_desk.tables, shared_desk.documents.tokens, shared_desk.tables.of(shared_desk.store.headlines(keys))
    )
    tables = reviewed.tables
    for table in (tables.documents, tables.submissions, tables.rounds, tables.histories, tables.turns):
        assert set(table["history"]) == set(keys)
    assert [line.key for line in reviewed.headlines] == keys
    assert all(
        history_in_words(shared_desk.tables, shared_desk.documents.tokens, line).sentences
        for line in reviewed.headlines
    )
    figure = TimelineSettings(all_documents=False, axis="calendar", today=date(2026, 3, 2)).figure(
        reviewed, tables.documents, dark=False
    )
    assert [trace for trace in figure["data"] if REJECTION in str(trace.get("customdata"))]
    selection = taken_away(shared_desk, reviewed)
    assert csv_of(selection).count(b"CTNF") == 1
    assert xlsx_of(selection)
    assert b"Non-Final Rejection" in html_of(selection, figure=figure)
    assert ics_of(selection, today=date(2018, 9, 1))
    tokens = shared_desk.documents.tokens
    for link, history_key, document in zip(
        tables.documents["link"], tables.documents["history"], tables.documents["id"], strict=True
    ):
        assert tokens.read_document(link.rpartition("/")[2]) == (history_key, document, "")
        assert shared_desk.store.link(history_key, document) is not None
    for key in given_out:
        assert set(shared_desk.store.marks("ada", [key])) == {(keys[0], REJECTION)}


def test_what_was_open_follows_an_application_number_learned_later(desk: Desk) -> None:
    """A page and an address from before hold the old key; ticks, the open paper and the selection are still there."""
    old = keep(desk, reported_history("", "EP1000000A1", PATENT_ID, days=0), asked="EP1000000A1")
    app = open_app(patents="EP1000000A1", doc=f"{old} {REJECTION}", events=f"{old} {REJECTION}")
    app.session_state[TICKED] = frozenset({(old, REJECTION)})
    app.checkbox(key=f"read_{old}_{REJECTION}").check().run()
    new = keep(desk, reported_history("EP99203729", "EP1000000B1", PATENT_ID, days=1), asked="EP1000000B1")
    assert (old, new) == ("EP1000000A1", "EP99203729")
    app.run()
    assert not app.exception
    assert app.session_state[OPEN_PAPER] == (new, REJECTION)
    assert app.session_state[SELECTED_EVENTS] == ((new, REJECTION),)
    assert app.session_state[TICKED] == frozenset({(new, REJECTION)})
    assert "**1 ticked**" in words(app)
    assert app.query_params["doc"] == f"{new} {REJECTION}"
    again = open_app(patents="EP1000000A1", doc=f"{old} {REJECTION}")
    assert again.session_state[OPEN_PAPER] == (new, REJECTION)
    assert listed(again)["Read"].sum() == 1
    assert len(again.get("plotly_chart")) == 1


def test_no_note_is_lost_on_a_page_that_was_left_open(desk: Desk) -> None:
    """Its first click after the change draws it anew; a tick changes the tick alone, whatever note the page shows."""
    old = keep(desk, reported_history("", "EP1000000A1", PATENT_ID, days=0), asked="EP1000000A1")
    desk.store.mark("local", old, [REJECTION], note="ask the client before 3 May")
    app = open_app(patents="EP1000000A1", doc=f"{old} {REJECTION}")
    new = keep(desk, reported_history("EP99203729", "EP1000000B1", PATENT_ID, days=1), asked="EP1000000B1")
    app.checkbox(key=f"read_{old}_{REJECTION}").check().run()
    held = {(new, REJECTION): Mark(read=True, note="ask the client before 3 May")}
    assert desk.store.marks("local", [new]) == held
    assert app.text_input(key=f"note_{new}_{REJECTION}").value == "ask the client before 3 May"
    assert app.checkbox(key=f"read_{new}_{REJECTION}").value is True


def test_a_tick_leaves_a_note_that_was_written_elsewhere_meanwhile(desk: Desk) -> None:
    """Two windows of one person: the note of the one survives a tick in the other."""
    key = keep(desk, reported_history("EP99203729", "EP1000000A1", PATENT_ID, days=0), asked="EP1000000A1")
    app = open_app(patents="EP1000000A1", doc=f"{key} {REJECTION}")
    desk.store.mark("local", key, [REJECTION], note="written in another window")
    app.checkbox(key=f"read_{key}_{REJECTION}").check().run()
    assert desk.store.marks("local", [key]) == {(key, REJECTION): Mark(read=True, note="written in another window")}


def test_a_copied_link_follows_it_too(desk: Desk) -> None:
    """The token of the old key opens the paper; the file name is that of the history as it is called now."""
    old = keep(desk, reported_history("", "EP1000000A1", PATENT_ID, days=0), asked="EP1000000A1")
    path = desk.documents.tokens.document_path(old, REJECTION)
    keep(desk, replace(reported_history("EP99203729", "EP1000000B1", PATENT_ID, days=1)), asked="EP1000000B1")
    desk.store.keep_pdf(old, REJECTION, b"%PDF-1.7 the paper")
    app = Starlette(routes=routes_of(desk))
    with serve(uvicorn.Config(app, log_level="warning")) as url:
        answer = httpx.get(url + path)
        with desk.store._database.write("sandbox") as connection:
            connection.exec_driver_sql("DELETE FROM links")
        expired = httpx.get(url + desk.documents.tokens.document_path(old, "20181130-A...-1"))
    assert answer.content == b"%PDF-1.7 the paper"
    assert 'filename="EP1000000B1_2018-08-31_002_CTNF_non-final-rejection.pdf"' in answer.headers["content-disposition"]
    assert "has expired" in expired.text
    assert "Refresh the links · 1 charged" in expired.text


def test_a_history_known_by_an_id_alone_is_shown(desk: Desk) -> None:
    """It is called by what it was asked by, in the tables as on the page, and can be refreshed by that."""
    key = keep(desk, reported_history("", "", PATENT_ID, days=0), asked="EP1000000A1")
    app = open_app(patents="EP1000000A1")
    assert not app.exception
    assert set(desk.tables.of(desk.store.headlines([key])).tables.histories["history"]) == {"EP1000000A1"}
    assert len(listed(app)) == len(PAPERS)
    (item,) = desk.lookups.plan_refresh([key]).items
    assert item.number.reading.request_forms == ("EP1000000A1",)
