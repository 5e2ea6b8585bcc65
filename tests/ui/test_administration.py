"""What administrators see and do on the Usage page: everybody's ledger, caps, sessions, deletion; and nobody else."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from unittest.mock import ANY

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Element

from components.access import LOCAL_PERSON
from components.desk import Desk
from components.documents import OfferedFile
from components.settings import Price
from components.store import CapReached, SessionRecord, Store
from components.ui.usage.everybody import WALLED_OFF
from components.ui.usage.whole_ledger import _whole_csv
from tests.people import administrator, spender
from tests.store.made import reservations
from tests.ui.conftest import open_app
from tests.ui.test_pages import words
from tests.ui.test_roles import click_as, open_page
from tests.ui.test_usage import charge, may_charge, read_csv, select

ROOT = administrator("root@example.com")
ROOT_INSIDE = administrator("root@example.com", workspace="merger")
ROOT_NO_MORE = spender("root@example.com")
NOW = datetime.now(UTC)


@pytest.fixture
def firm(desk: Desk) -> Desk:
    """A desk after spending by Ada and Bob, and by Mia behind a wall."""
    charge(desk.store, "call-1", "US1111111B2", "US2222222B2", user="ada@example.com", run="run-ada")
    may_charge(desk.store, "call-2", "US3333333B2", user="bob@example.com", run="run-bob")
    merger = desk.store.for_workspace("merger")
    charge(merger, "call-3", "US7777777B2", user="mia@example.com", run="run-mia")
    may_charge(merger, "call-4", "US7777778B2", user="mia@example.com", run="run-mia")
    return desk


def told(elements: Iterable[Element]) -> str:
    """What messages say, without the signs that keep their words from being read as markdown."""
    return re.sub(r"[\\\u200d\u2060]", "", "\n".join(str(each.value) for each in elements))


def part(app: AppTest, name: str) -> AppTest:
    """Turn to a part of the administration."""
    app.session_state["administration"] = name
    app.run()
    assert not app.exception
    return app


def table(app: AppTest, column: str) -> list[dict[str, object]]:
    """Read the first table that has this column, row by row."""
    return next(each.value for each in app.dataframe if column in each.value.columns).to_dict("records")


def everybodys(app: AppTest) -> list[tuple[object, object, object]]:
    """Person, number and state of the rows that are shown."""
    return [(row["Person"], row["Number"], row["State"]) for row in table(app, "Reserved")]


def everything_drawn(app: AppTest) -> str:
    """All words and tables of a page."""
    return words(app) + "".join(each.value.to_csv() for each in app.dataframe)


def session(name: str, person: str, *, hours: float = 1, workspace: str = "") -> SessionRecord:
    """Make the record of a session that began so many hours ago."""
    begun = NOW - timedelta(hours=hours)
    return SessionRecord(id=name, person=person, email=person, workspace=workspace, begun_at=begun)


# Who sees it


def test_nobody_else_sees_it(firm: Desk) -> None:
    """Who may spend reads neither the heading, nor a name, nor a number of others."""
    del firm
    drawn = everything_drawn(open_page(spender("ada@example.com"), "usage"))
    assert "US1111111B2" not in drawn  # her look-up is known by its rows alone, and not selected
    for others in ("Administration", "bob@", "mia@", "US3333333B2", "US7777777B2", "merger"):
        assert others not in drawn


def test_where_nobody_logs_in_it_stands_only_if_there_is_somebody_else(desk: Desk) -> None:
    """One person's page is whole without it; who is in is never told there."""
    charge(desk.store, "call-1", "US1")
    assert [each.value for each in open_app("usage").header if each.value == "Administration"] == []
    charge(desk.store, "call-2", "US2", user="ada@example.com")
    app = open_app("usage")
    assert [each.value for each in app.header if each.value == "Administration"] == ["Administration"]
    assert "Who is in" not in next(each for each in app.button_group if each.key == "administration").options


# The ledger of everybody


def test_it_says_who_has_spent_what_and_where(firm: Desk) -> None:
    """By person and by workspace, in counts; what is in doubt stands by itself."""
    del firm
    app = open_page(ROOT, "usage")
    sums = {"Today": 0, "This month": 0, "Ever": 0, "Uncertain": 0, "Under way": 0}
    of_two = {"Today": 2, "This month": 2, "Ever": 2}
    of_one = {"Today": 1, "This month": 1, "Ever": 1}
    people, workspaces = (each.value.to_dict("records") for each in app.dataframe if "Ever" in each.value.columns)
    assert people == [
        {"Person": "ada@example.com", **sums, **of_two},
        {"Person": "mia@example.com", **sums, **of_one, "Uncertain": 1},
        {"Person": "bob@example.com", **sums, "Uncertain": 1},
    ]
    assert workspaces == [
        {"Workspace": "shared by all", **sums, **of_two, "Uncertain": 1},
        {"Workspace": "merger", **sums, **of_one, "Uncertain": 1},
    ]


def test_numbers_are_those_of_the_administrators_own_workspace(firm: Desk) -> None:
    """Of the others the rows stand without number and note: on the screen and in the file, from both sides."""
    app = open_page(ROOT, "usage")
    assert everybodys(app) == [
        ("mia@example.com", WALLED_OFF, "may have been charged"),
        ("mia@example.com", WALLED_OFF, "charged"),
        ("bob@example.com", "US3333333B2", "may have been charged"),
        ("ada@example.com", "US2222222B2", "charged"),
        ("ada@example.com", "US1111111B2", "charged"),
    ]
    inside = firm.store.for_workspace("merger")
    for store, person, own, others in (
        (firm.store, ROOT, {"US1111111B2", "US2222222B2", "US3333333B2"}, "77777"),
        (inside, ROOT_INSIDE, {"US7777777B2", "US7777778B2"}, "US3333333B2"),
    ):
        data = _whole_csv(store, person, Price.parse("0.85 EUR"))
        assert others.encode() not in data
        read = read_csv(data)
        assert {row["number"] for row in read} == own | {WALLED_OFF}
        assert {row["workspace"] for row in read} == {"", "merger"}
        assert {row["note"] for row in read if row["number"] == WALLED_OFF} == {""}
        assert sum(float(row["amount"] or 0) for row in read) == pytest.approx(3 * 0.85)
    assert "77777" not in everything_drawn(app)


@pytest.mark.parametrize(
    ("key", "value", "shown"),
    [
        ("ledger_people", ["bob@example.com"], [("bob@example.com", "US3333333B2")]),
        ("ledger_states", ["billed"], [("mia@example.com", ANY), ("ada@example.com", ANY), ("ada@example.com", ANY)]),
        ("ledger_workspaces", ["merger"], [("mia@example.com", WALLED_OFF), ("mia@example.com", WALLED_OFF)]),
        ("ledger_text", "2222", [("ada@example.com", "US2222222B2")]),
        ("ledger_text", "RUN-BOB", [("bob@example.com", "US3333333B2")]),
        ("ledger_text", "call-3", [("mia@example.com", WALLED_OFF)]),
        ("ledger_text", "7777777", []),
        ("ledger_days", (NOW.date() - timedelta(days=9), NOW.date() - timedelta(days=8)), []),
    ],
)
def test_rows_are_filtered(firm: Desk, key: str, value: object, shown: list[object]) -> None:
    """By person, state, workspace, number, look-up, call and day; no filter finds a number that is walled off."""
    del firm
    app = open_page(ROOT, "usage")
    app.session_state[key] = value
    app.run()
    assert [(person, number) for person, number, _ in everybodys(app)] == shown


def test_the_file_is_not_for_a_page_whose_session_has_ended(firm: Desk) -> None:
    """A download button left open in a tab of somebody who was logged out brings nothing."""
    person = replace(ROOT, session="s-root")
    assert b"ada@example.com" in _whole_csv(firm.store, person, None)
    firm.store.end_session("s-root", how="logged out")
    assert _whole_csv(firm.store, person, None) == b""


def test_the_file_is_not_for_who_administers_no_more() -> None:
    """The link was drawn while the right was there; what was offered to others is theirs as before."""
    offered = OfferedFile("whole-ledger.csv", "text/csv", lambda: b"", ROOT)
    assert offered.is_for(ROOT)
    assert not offered.is_for(ROOT_NO_MORE)
    assert replace(offered, person=ROOT_NO_MORE).is_for(ROOT)


# What an administrator changes


def set_cap(app: AppTest, person: str, per_day: int) -> AppTest:
    """Fill in the form of a cap."""
    part(app, "Caps by person")
    app.selectbox(key="cap_of_person").set_value(person)
    app.number_input(key="cap_per_day").set_value(per_day)
    return app.run()


def test_a_cap_holds_from_the_next_call_on(firm: Desk) -> None:
    """Set, shown with its use, changed, removed; another person is not held by it."""
    app = set_cap(open_page(ROOT, "usage"), "ada@example.com", 3)
    app.button(key="set_cap").click().run()
    assert "ada@example.com may be charged for 3 patents a day" in told(app.success)
    assert table(app, "Left today") == [{"Person": "ada@example.com", "Cap a day": 3, "Used today": 2, "Left today": 1}]
    with pytest.raises(CapReached):
        firm.store.reserve(reservations("call-8", "US8", "US9", user="ada@example.com"))
    firm.store.reserve(reservations("call-9", "US8", "US9", user="bob@example.com"))
    set_cap(app, "ada@example.com", 5).button(key="set_cap").click().run()
    firm.store.reserve(reservations("call-10", "US8", "US9", user="ada@example.com"))
    app.selectbox(key="cap_of_person").set_value("ada@example.com").run()
    app.button(key="remove_cap").click().run()
    assert firm.store.person_caps() == {}


def test_ones_own_cap_stands_among_the_caps(firm: Desk) -> None:
    """With what is left of it, for the person whom it holds."""
    firm.store.set_person_cap("ada@example.com", 10)
    (bar,) = open_page(spender("ada@example.com"), "usage").get("progress")
    assert bar.proto.text.startswith("You today (UTC): 2 of 10 used, **8** left")
    assert open_page(spender("bob@example.com"), "usage").get("progress") == []


def test_a_session_is_ended_at_once(firm: Desk) -> None:
    """It is listed with its state; the one that ended keeps how, one that ran out cannot be ended."""
    firm.store.begin_session(session("s-ada", "ada@example.com"))
    firm.store.begin_session(session("s-old", "old@example.com", hours=13))
    firm.store.begin_session(session("s-gone", "gone@example.com"))
    firm.store.end_session("s-gone", how="logged out")
    app = part(open_page(ROOT, "usage"), "Who is in")
    states = {row["Person"]: row["State"] for row in table(app, "Last seen")}
    assert states == {
        "ada@example.com": "in",
        "old@example.com": "ended by itself",
        "gone@example.com": "ended: logged out",
    }
    assert "**1** person is in now" in words(app)
    app = select(app, "Last seen", [row["Person"] for row in table(app, "Last seen")].index("ada@example.com"))
    assert app.button(key="end_sessions").label == "End 1 session"
    app.button(key="end_sessions").click().run()
    assert "1 session of ada@example.com ended" in told(app.success)
    assert firm.store.session_ended("s-ada") is not None
    states = {row["Person"]: row["State"] for row in table(app, "Last seen")}
    assert states["ada@example.com"] == "ended: by root@example.com"


def test_others_charges_in_doubt_are_decided_by_their_numbers(firm: Desk) -> None:
    """Bob's is listed with his name; that behind a wall is told of and left to who is inside."""
    app = part(open_page(ROOT, "usage"), "May have been charged")
    assert [(row["Person"], row["Number"]) for row in table(app, "Why")] == [("bob@example.com", "US3333333B2")]
    assert "1 more in workspaces that you are not in" in words(app)
    app = select(app, "Why", 0)
    app.button(key="others_close_charged").click().run()
    app.text_input(key="closing_note").set_value("invoice 7")
    app.button(key="confirm_closing").click().run()
    assert "1 number closed as charged" in told(app.success)
    notes = {row.user: row.note for row in firm.store.ledger(current=True) if row.user == "bob@example.com"}
    assert notes == {"bob@example.com": "closed as charged: root@example.com: invoice 7"}


def deletion(app: AppTest, what: str, name: str, typed: str) -> AppTest:
    """Fill in the form of a deletion."""
    part(app, "Deletion")
    app.selectbox(key="deletion_what").set_value(what).run()
    app.selectbox(key=f"deletion_name_{what}").set_value(name).run()
    app.text_input(key="deletion_typed").set_value(typed).run()
    return app


def kept_numbers(store: Store) -> dict[str, str]:
    """A number or a sign of each person in the ledger."""
    return {row.user: row.number for row in store.whole_ledger()}


@pytest.mark.parametrize(
    ("what", "name", "gone", "kept"),
    [
        ("person", "ada@example.com", "ada@example.com", "mia@example.com"),
        ("workspace", "merger", "mia@example.com", "ada@example.com"),
    ],
)
def test_a_deletion_needs_the_name_once_more(firm: Desk, what: str, name: str, gone: str, kept: str) -> None:
    """What is typed must be the name; then the numbers are gone, and the rows stay."""
    app = deletion(open_page(ROOT, "usage"), what, name, "something else")
    assert "**What goes:**" in words(app)
    assert "**What stays:**" in words(app)
    app.button(key="delete").click().run()
    assert "Nothing was deleted" in told(app.error)
    assert kept_numbers(firm.store)[gone].startswith("US")
    rows = len(firm.store.whole_ledger())
    app = deletion(app, what, name, name)
    app.button(key="delete").click().run()
    assert f"The {what} {name} was deleted." in told(app.success)
    assert kept_numbers(firm.store)[gone].startswith("deleted ")
    assert kept_numbers(firm.store)[kept].startswith("US")
    assert len(firm.store.whole_ledger()) == rows


def caps_form(app: AppTest) -> str:
    """Prepare the setting of a cap, and return the key of its button."""
    set_cap(app, "ada@example.com", 3)
    return "set_cap"


def sessions_form(app: AppTest) -> str:
    """Prepare the ending of a session."""
    select(part(app, "Who is in"), "Last seen", 0)
    return "end_sessions"


def deletion_form(app: AppTest) -> str:
    """Prepare a deletion."""
    deletion(app, "person", "ada@example.com", "ada@example.com")
    return "delete"


@pytest.mark.parametrize("prepare", [caps_form, sessions_form, deletion_form])
def test_who_administers_no_more_changes_nothing(firm: Desk, prepare: Callable[[AppTest], str]) -> None:
    """The page was drawn while the right was there; the click finds that it is not, and says so."""
    firm.store.begin_session(session("s-ada", "ada@example.com"))
    app = open_page(ROOT, "usage")
    key = prepare(app)
    click_as(app, key, ROOT_NO_MORE)
    assert "Only an administrator" in told(app.error)
    assert firm.store.person_caps() == {}
    assert firm.store.session_ended("s-ada") is None
    assert kept_numbers(firm.store)["ada@example.com"].startswith("US")


def test_a_question_about_others_is_not_answered_by_who_administers_no_more(firm: Desk) -> None:
    """The dialog was left open; the charge stays in doubt."""
    app = select(part(open_page(ROOT, "usage"), "May have been charged"), "Why", 0)
    app.button(key="others_close_charged").click().run()
    app.text_input(key="closing_note").set_value("invoice 7")
    click_as(app, "confirm_closing", ROOT_NO_MORE)
    assert "Nothing was changed" in told(app.error)
    assert firm.store.totals(user="bob@example.com").ever.uncertain == 1


def test_the_local_person_administers() -> None:
    """Where nobody logs in, whoever sits there does; there is nobody else to ask."""
    assert LOCAL_PERSON.may_administer
