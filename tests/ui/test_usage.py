"""The Usage page: what was spent and saved, what may have been spent and how it is closed, and for whose eyes."""

import csv
import io
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from streamlit.testing.v1 import AppTest

from components.desk import Desk, close_desk
from components.desk import desk as desk_of_process
from components.lookups.unsaved import UnsavedAnswer
from components.numbers import parse
from components.patsnap import Call
from components.settings import Price
from components.store import LedgerRow, LookUpRecord, Store
from components.ui.usage.by_day import charges_by_day, days_in_words
from components.ui.usage.csv_files import ledger_csv, look_ups_csv
from components.ui.usage.look_up_facts import look_up_facts
from components.ui.zone import clock_time, zone_label
from tests.store.made import history, reservations
from tests.ui.conftest import open_app
from tests.ui.test_pages import words

NO_ANSWER = "no answer arrived within 30 s"
NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
EURO = Price.parse("0.85 EUR")


@pytest.fixture
def set_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, desk: Desk) -> Iterator[object]:
    """Open the desk of this process anew, with settings of the test's own."""
    del desk

    def opened(**settings: str) -> Desk:
        close_desk()
        # A moment's wait for a lock is enough: nothing here keeps a lock that is given back.
        monkeypatch.setenv("REVIEW_STORE_URL", f"sqlite:///{tmp_path / 'set' / 'store.db'}?timeout=0.2")
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        return desk_of_process()

    yield opened
    close_desk()


def look_up(desk: Desk, text: str) -> None:
    """Look numbers up as the worker does, to the end."""
    assert desk.lookups.start(desk.lookups.plan(parse(text))).wait(30).state == "finished"


def may_charge(store: Store, request_id: str, *numbers: str, user: str = "local", run: str = "run-1") -> None:
    """Make a call after which nobody knows whether these numbers were charged."""
    store.reserve(reservations(request_id, *numbers, user=user, run=run))
    store.settle(request_id, billed=[], rest="uncertain", note=NO_ANSWER)


def charge(store: Store, request_id: str, *numbers: str, user: str = "local", run: str = "run-1") -> None:
    """Make a call that charges these numbers."""
    store.reserve(reservations(request_id, *numbers, user=user, run=run))
    store.settle(request_id, billed=numbers, rest="released")


def usage_of(name: str) -> AppTest:
    """Open the page as a person who may spend."""

    def page(name: str) -> None:
        from components.desk import desk
        from components.ui.usage.page import draw_usage
        from tests.people import spender

        draw_usage(desk(), spender(name))

    app = AppTest.from_function(page, default_timeout=30, args=(name,)).run()
    assert not app.exception
    return app


def sums(app: AppTest) -> dict[str, str]:
    """The sums at the top of the page, by their labels."""
    return {metric.label: metric.value for metric in app.metric}


def shown(app: AppTest, column: str) -> list[object]:
    """Read a column of the first table that has it."""
    tables = [element.value for element in app.dataframe if column in element.value.columns]
    return tables[0][column].tolist() if tables else []


def select(app: AppTest, column: str, *rows: int) -> AppTest:
    """Select rows of the table that has this column."""
    table = next(element for element in app.dataframe if column in element.value.columns)
    app.session_state[table.proto.id.rpartition("-")[2]] = {"selection": {"rows": list(rows), "columns": []}}
    return app.run()


def read_csv(data: bytes) -> list[dict[str, str]]:
    """Read a file as a program would."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


# Sums, caps and money


def test_sums_say_what_was_spent_and_saved(desk: Desk) -> None:
    """Two charged, one not covered and not charged; asked for once more, the two held ones are free."""
    look_up(desk, "US10765880B2 JP6768620B2 US10999999B2")
    look_up(desk, "US10765880B2 JP6768620B2")
    app = open_app("usage")
    assert sums(app) == {
        "Charged today": "2",
        "Charged this month": "2",
        "Charged ever": "2",
        "May have been charged": "0",
        "Under way": "0",
        "Saved by what was held": "2",
    }
    assert shown(app, "Charged") == [0, 2]
    assert shown(app, "Held") == [2, 0]
    assert shown(app, "Numbers") == [2, 3]
    assert shown(app, "Outcome") == ["finished", "finished"]
    assert "EUR" not in words(app)
    assert "yours:" not in words(app)


def test_caps_show_what_is_left(set_desk) -> None:
    """Charged and uncertain count; the day's end is named in the person's time, UTC where the browser says none."""
    desk = set_desk(REVIEW_CAP_RUN="50", REVIEW_CAP_DAY="10", REVIEW_PRICE="2 EUR")
    charge(desk.store, "call-1", "US1", "US2")
    may_charge(desk.store, "call-2", "US3")
    app = open_app("usage")
    (bar,) = app.get("progress")
    assert bar.proto.value == 30
    assert bar.proto.text.startswith("Today (UTC): 3 of 10 used, **7** (14 EUR) left, until ")
    assert bar.proto.text.endswith(", 00:00 your time")
    assert "One look-up: at most **50** (100 EUR)." in words(app)


def test_without_caps_it_says_how_to_set_them(desk: Desk) -> None:
    """Names of the settings."""
    del desk
    assert "REVIEW_CAP_DAY" in words(open_app("usage"))


def test_with_a_price_every_amount_is_shown_in_money(set_desk) -> None:
    """Beside its count: sums, look-ups, what may have been charged."""
    desk = set_desk(REVIEW_PRICE="0,85 EUR")
    charge(desk.store, "call-1", "US1", "US2")
    may_charge(desk.store, "call-2", "US3")
    app = open_app("usage")
    assert sums(app)["Charged ever"] == "2 · 1.70 EUR"
    assert sums(app)["May have been charged"] == "1 · 0.85 EUR"
    assert shown(app, "Charged in money") == [1.7]
    assert "2 (1.70 EUR) charged, 1 (0.85 EUR) may have been charged" in words(app)


def test_a_wrong_price_is_told_as_a_setting(set_desk) -> None:
    """Instead of a page."""
    app = AppTest.from_string(
        "from components.access import LOCAL_PERSON\n"
        "from components.ui.app.page_desk import desk_or_stop\n"
        "desk_or_stop(LOCAL_PERSON)"
    )
    with pytest.raises(ValueError, match="REVIEW_PRICE"):
        set_desk(REVIEW_PRICE="cheap")
    app.run()
    assert "REVIEW\\_PRICE is the price of one look\\-up" in app.error[0].value


# One's own rows


def test_others_numbers_are_not_shown_but_sums_are(desk: Desk) -> None:
    """Theirs count in the sums of everybody; no number, look-up or request id of theirs stands anywhere."""
    charge(desk.store, "call-1", "US1", user="bob@example.com")
    may_charge(desk.store, "secret-call", "US7777777B2", user="ada@example.com", run="secret-run")
    desk.store.begin_look_up("secret-run", user="ada@example.com", numbers=[("US 7777777", "US7777777B2")], held=9)
    app = usage_of("bob@example.com")
    assert sums(app)["May have been charged"] == "1"
    assert sums(app)["Saved by what was held"] == "0"
    assert "yours: 0" in words(app)
    assert "everybody's, with yours below" in words(app)
    drawn = words(app) + "".join(element.value.to_csv() for element in app.dataframe)
    assert "777" not in drawn
    assert "secret" not in drawn
    assert [button for button in app.button if str(button.key).startswith("close_")] == []


# Look-ups


def test_a_selected_look_up_shows_its_numbers_calls_and_rows(desk: Desk) -> None:
    """As typed and as read; each change of state with its request id; why it ended and what to do."""
    desk.store.begin_look_up("run-1", user="local", numbers=[("1 and 2", "US1"), ("<b>", "US2")], held=3)
    charge(desk.store, "call-1", "US1")
    may_charge(desk.store, "call-2", "US2")
    desk.store.end_look_up("run-1", state="halted", message="The balance is used up. Top *it* up.", calls=2)
    app = select(open_app("usage"), "Outcome", 0)
    assert "The balance is used up\\. Top \\*it\\* up\\." in words(app)
    assert "1 charged · 1 may have been charged · 3 held and free · 2 calls" in words(app)
    assert shown(app, "Typed") == ["1 and 2", "<b>"]
    table = next(element.value for element in app.dataframe if "State" in element.value.columns)
    assert list(zip(table["Number"], table["State"], table["Request id"], table["Note"], strict=True)) == [
        ("US2", "may have been charged", "call-2", NO_ANSWER),
        ("US2", "under way", "call-2", ""),
        ("US1", "charged", "call-1", ""),
        ("US1", "under way", "call-1", ""),
    ]


def row(number: str, state: str, *, at: datetime = NOON, run: str = "run-1", call: str = "call-1") -> LedgerRow:
    """Make a row of the ledger."""
    return LedgerRow(
        at=at + timedelta(seconds=2), user="ada", source="sandbox", run=run, request_id=call, number=number,
        state=state, note="", reserved_at=at,
    )  # fmt: skip


def record(run: str, *, state: str = "finished", begun: datetime = NOON, calls: int = 0) -> LookUpRecord:
    """Make the record of a look-up of one number."""
    return LookUpRecord(
        run=run, user="ada", begun_at=begun, ended_at=None, state=state, message="", refresh=False,
        numbers=(("us 1", "US1"),), held=0, calls=calls,
    )  # fmt: skip


def test_a_look_up_from_before_look_ups_were_recorded_is_known_by_its_rows() -> None:
    """It stands among the others, in the order of their time."""
    earlier = NOON - timedelta(days=3)
    facts = look_up_facts(
        [record("run-1", calls=1)],
        [
            row("US1", "billed"),
            row("US8", "billed", at=earlier, run="old"),
            row("US9", "released", at=earlier, run="old"),
        ],
    )
    assert [(each.run, each.outcome, each.charged, each.calls) for each in facts] == [
        ("run-1", "finished", 1, 1),
        ("old", "not recorded", 1, 1),
    ]
    assert {number for number, _ in facts[1].numbers} == {"US8", "US9"}


def test_what_a_look_up_did_not_bring_has_its_reason() -> None:
    """The most frequent first; what was refused and then charged needs none, and a message of its own goes before."""
    rows = [
        replace(row("US1", "released", call="c1"), note="Refused."),
        replace(row("US2", "uncertain", call="c1"), note="PatSnap failed (HTTP 500)"),
        replace(row("US3", "uncertain", call="c2"), note="PatSnap failed (HTTP 500)"),
        replace(row("US4", "released", call="c2"), note="Asked too often."),
        row("US4", "billed", call="c3"),
    ]
    (facts,) = look_up_facts([record("run-1")], rows)
    assert facts.message == "2 × PatSnap failed (HTTP 500). 1 × Refused."
    (facts,) = look_up_facts([replace(record("run-1", state="halted"), message="Top it up.")], rows)
    assert facts.message == "Top it up."


@pytest.mark.parametrize("state", ["running", "finished", "stopped", "halted", "interrupted"])
def test_each_outcome_is_put_in_words(state: str) -> None:
    """None is shown by the name that the store has for it, except where that is a word; an interruption has advice."""
    (facts,) = look_up_facts([record("run-1", state=state)], [row("US1", "uncertain"), row("US1", "billed", call="c2")])
    assert facts.outcome in {"under way", "finished", "stopped", "ended early", "interrupted"}
    assert bool(facts.message) is (state in {"stopped", "interrupted"})
    assert (facts.charged, facts.uncertain, facts.calls) == (1, 1, 2)


# Uncertain charges


def test_uncertain_charges_are_closed_with_a_note(desk: Desk) -> None:
    """Two of three as not charged: the buttons say how many, the sum goes down, the ledger says who and by what."""
    may_charge(desk.store, "call-1", "US1", "US2")
    may_charge(desk.store, "call-2", "US3", run="run-2")
    app = open_app("usage")
    assert shown(app, "Why") == [NO_ANSWER] * 3
    assert app.button(key="close_charged").disabled
    listed = shown(app, "Asked") and shown(app, "Number")
    app = select(app, "Why", 1, 2)
    assert app.button(key="close_charged").label == "2 were charged"
    app.button(key="close_not_charged").click().run()
    assert "**This cannot be undone**" in words(app)
    assert app.button(key="confirm_closing").label == "Close 2 as not charged"
    app.text_input(key="closing_note").set_value("statement of 30 Nov, p. 2")
    app.button(key="confirm_closing").click().run()
    assert not app.exception
    assert app.success[0].value.startswith("2 numbers closed as not charged")
    assert sums(app)["May have been charged"] == "1"
    closed = {each.number: each.note for each in desk.store.ledger(current=True) if each.state == "released"}
    assert closed == dict.fromkeys(listed[1:], "closed as not charged: local: statement of 30 Nov, p. 2")
    assert shown(app, "Why") == [NO_ANSWER]


def test_who_is_logged_in_closes_their_own_alone(desk: Desk) -> None:
    """Of two in doubt Ada sees hers; the ledger names her."""
    may_charge(desk.store, "call-1", "US1")
    may_charge(desk.store, "call-2", "US2", user="ada@example.com")
    app = usage_of("ada@example.com")
    assert shown(app, "Number") == ["US2"]
    app = select(app, "Why", 0)
    app.button(key="close_not_charged").click().run()
    app.text_input(key="closing_note").set_value("statement")
    app.button(key="confirm_closing").click().run()
    notes = {row.number: row.note for row in desk.store.ledger(current=True)}
    assert notes == {"US1": NO_ANSWER, "US2": "closed as not charged: ada@example.com: statement"}


def test_closed_as_charged_they_are_spent(desk: Desk) -> None:
    """They move from one sum to the other."""
    may_charge(desk.store, "call-1", "US1")
    app = select(open_app("usage"), "Why", 0)
    app.button(key="close_charged").click().run()
    app.text_input(key="closing_note").set_value("invoice 7")
    app.button(key="confirm_closing").click().run()
    assert sums(app)["Charged ever"] == "1"
    assert sums(app)["May have been charged"] == "0"
    assert "Nothing of yours is open any more." in words(app)
    assert "What may have been charged" not in words(app.run())


@pytest.mark.parametrize("note", ["", "   "])
def test_without_a_note_nothing_is_closed(desk: Desk, note: str) -> None:
    """Whoever checks the ledger later needs it."""
    may_charge(desk.store, "call-1", "US1")
    app = select(open_app("usage"), "Why", 0)
    app.button(key="close_charged").click().run()
    app.text_input(key="closing_note").set_value(note)
    app.button(key="confirm_closing").click().run()
    assert "Nothing was closed yet" in app.error[0].value
    assert desk.store.totals().ever.uncertain == 1


def test_what_somebody_else_closed_meanwhile_stays_as_it_is(desk: Desk) -> None:
    """The question was drawn for two; one of them is decided by now."""
    may_charge(desk.store, "call-1", "US1", "US2")
    app = select(open_app("usage"), "Why", 0, 1)
    app.button(key="close_not_charged").click().run()
    desk.store.close_uncertain([("call-1", "US1")], charged=True, note="ada: invoice 7")
    app.text_input(key="closing_note").set_value("statement")
    app.button(key="confirm_closing").click().run()
    assert "1 number closed as not charged" in app.success[0].value
    assert "1 had been decided before" in app.success[0].value
    assert {each.number: each.state for each in desk.store.ledger(current=True)} == {"US1": "billed", "US2": "released"}


def test_a_failing_store_closes_nothing_and_says_so(set_desk, tmp_path: Path) -> None:
    """Locked by another program: the message stands there, the charge is still open and can be closed later."""
    desk = set_desk()
    may_charge(desk.store, "call-1", "US1")
    app = select(open_app("usage"), "Why", 0)
    app.button(key="close_not_charged").click().run()
    with closing(sqlite3.connect(tmp_path / "set" / "store.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        app.text_input(key="closing_note").set_value("statement")
        app.button(key="confirm_closing").click().run()
        assert not app.exception
        assert app.error[0].value.startswith("Nothing was closed\\.")
        assert sums(app)["May have been charged"] == "1"
        other.execute("ROLLBACK")
    app = select(app, "Why", 0)
    app.button(key="close_not_charged").click().run()
    app.text_input(key="closing_note").set_value("statement")
    app.button(key="confirm_closing").click().run()
    assert sums(app)["May have been charged"] == "0"


def test_a_store_that_cannot_be_read_is_told_of_in_a_line(desk: Desk, tmp_path: Path) -> None:
    """Its file is damaged while the app runs: the message, and the offer to take back a file; the page is whole."""
    charge(desk.store, "call-1", *(f"US{number}" for number in range(500)))
    app = open_app("usage")
    file = tmp_path / "data" / "store.db"
    with closing(sqlite3.connect(file)) as other:  # a change by another program, so that nothing is read from memory
        other.execute("INSERT INTO facts VALUES ('other', 'program', '')")
        other.commit()
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with file.open("r+b") as opened:
        opened.seek(4096)
        opened.write(b"\xa5" * (file.stat().st_size - 4096))
    app.run()
    assert not app.exception
    assert len(app.error) == 1
    assert [expander.label for expander in app.expander] == ["Take back a file of unsaved answers"]


# Files


def test_the_ledger_as_csv_has_every_row_in_utc_and_no_formula() -> None:
    """A number, a person and a note that a spreadsheet would run stand behind an apostrophe."""
    noted = LedgerRow(
        at=NOON.astimezone(ZoneInfo("Asia/Tokyo")), user="@ada", source="sandbox", run="run-1", request_id="call-1",
        number="=1+1", state="billed", note="-2; =3", reserved_at=NOON - timedelta(seconds=2),
    )  # fmt: skip
    (read,) = read_csv(ledger_csv([noted], price=EURO))
    assert read == {
        "time_utc": "2026-11-25 12:00:00",
        "reserved_utc": "2026-11-25 11:59:58",
        "number": "'=1+1",
        "state": "billed",
        "user": "'@ada",
        "look_up": "run-1",
        "request_id": "call-1",
        "note": "'-2;' =3",
        "amount": "0.85",
        "currency": "EUR",
    }
    assert "amount" not in read_csv(ledger_csv([noted], price=None))[0]


def test_look_ups_as_csv_count_and_pay() -> None:
    """A row for each, with its calls; money only where a price is set."""
    facts = look_up_facts([record("run-1", calls=2)], [row("US1", "billed"), row("US1", "uncertain", call="call-2")])
    (read,) = read_csv(look_ups_csv(facts, price=EURO))
    assert (read["begun_utc"], read["ended_utc"], read["outcome"]) == ("2026-11-25 12:00:00", "", "finished")
    assert (read["charged"], read["uncertain"], read["calls"], read["numbers"]) == ("1", "1", "2", "1")
    assert (read["charged_amount"], read["uncertain_amount"], read["held_amount"]) == ("0.85", "0.85", "0.00")
    assert sorted(read["request_ids"].split()) == ["call-1", "call-2"]
    assert "currency" not in read_csv(look_ups_csv(facts, price=None))[0]


def test_a_file_of_unsaved_answers_is_taken_back_without_a_charge(desk: Desk) -> None:
    """Kept while the store failed; taken back, its histories are held and linked. A changed file is refused."""
    answer = UnsavedAnswer(
        call=Call(("US11205304B2",), "patent_number", 0, 1000, "call-1"), run="run-1", user="local",
        billed=("US11205304B2",), rest="released", histories={"US11205304B2": history()}, holder="1:1",
        on_saved=print,
    )  # fmt: skip
    file = desk.lookups._answer_files.write([answer])
    app = open_app("usage")
    app.file_uploader(key="usage_answer_file").set_value(("answers.txt", file, "text/plain")).run()
    app.button(key="take_back").click().run()
    assert not app.exception
    assert app.success[0].value == "1 history was taken back without a charge."
    (link,) = [
        element.proto for element in app.get("page_link") if "11,205,304" in element.proto.label.replace("\\", "")
    ]
    assert link.query_string == "patents=US11205304B2"
    assert sums(app.run())["Charged ever"] == "1"
    assert desk.sandbox is not None
    assert desk.sandbox.billing.calls == 0
    app.file_uploader(key="usage_answer_file").set_value(("answers.txt", file[:-9] + b"x" * 9, "text/plain")).run()
    app.button(key="take_back").click().run()
    assert "Nothing was taken in and nothing was charged" in app.error[0].value


# Days and zones


def test_a_charge_counts_for_the_utc_day_of_its_reservation() -> None:
    """As for the caps: shortly before midnight UTC it is this day's, whenever its answer came."""
    late = datetime(2026, 11, 24, 23, 59, 59, tzinfo=UTC)
    rows = [row("US1", "billed", at=late), row("US2", "uncertain"), row("US3", "released"), row("US4", "reserved")]
    days = charges_by_day(rows, last=date(2026, 11, 26), days=3, price=EURO)
    assert days["day"].tolist() == [date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 26)]
    assert days["charged"].tolist() == [1, 0, 0]
    assert days["uncertain"].tolist() == [0, 1, 0]
    assert days["words"].tolist()[1] == "25 Nov 2026: 0 (0.00 EUR) charged, 1 (0.85 EUR) may have been charged"
    assert days_in_words(days, price=None) == (
        "From 24 Nov 2026 to 26 Nov 2026: 1 charged, 1 may have been charged, on 24 Nov 2026 (1) and 25 Nov 2026 (1)."
    )


def test_many_days_are_summed_up() -> None:
    """The words of the picture name the three dearest of them."""
    rows = [
        row(f"US{each}", "billed", at=NOON - timedelta(days=each % 9), call=f"call-{each}") for each in range(9 + 2)
    ]
    days = charges_by_day(rows, last=NOON.date(), days=30, price=None)
    assert "11 charged, on 9 days; most on " in days_in_words(days, price=None)
    assert days_in_words(charges_by_day([], last=NOON.date(), days=2, price=None), price=None) == (
        "From 24 Nov 2026 to 25 Nov 2026 nothing was charged."
    )


def test_times_say_their_zone() -> None:
    """By its place; midnight UTC by the clock there."""
    midnight = datetime(2026, 11, 26, tzinfo=UTC)
    assert (zone_label(UTC), clock_time(midnight, UTC)) == ("UTC", "00:00")
    zurich = ZoneInfo("Europe/Zurich")
    assert (zone_label(zurich), clock_time(midnight, zurich)) == ("Zurich time", "01:00")
    assert zone_label(ZoneInfo("America/Argentina/Buenos_Aires")) == "Buenos Aires time"


def test_today_is_the_day_of_the_caps(desk: Desk) -> None:
    """What was charged yesterday (UTC) counts for the month alone."""
    with time_machine.travel(datetime.now(UTC) - timedelta(days=1), tick=False):
        charge(desk.store, "call-1", "US1")
    app = open_app("usage")
    assert (sums(app)["Charged today"], sums(app)["Charged ever"]) == ("0", "1")
    assert "UTC day, until 00:00 your time" in words(app)
