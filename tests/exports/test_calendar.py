"""The calendar of computed dates: read back with the library, and held against RFC 5545 as plain text."""

import dataclasses
from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar, Event

from components.exports.calendar import has_open_dates, ics_of
from components.exports.selection import Selection
from components.histories import SetPeriod
from components.prosecution import open_periods, read_histories, read_history
from tests.exports.conftest import Paper, make_history, make_selection

TODAY = date(2018, 9, 10)
APNO = "US14/706838"
REJECTED: list[Paper] = [(20180831, "CTNF", "Non-Final Rejection", 17)]


def selected(*papers: Paper, apno: str = APNO, patent_number: str = "") -> Selection:
    """Select one history with these papers."""
    return make_selection(read_histories([make_history(list(papers), apno=apno, patent_number=patent_number)]))


def events_in(selection: Selection, today: date = TODAY) -> list[Event]:
    """Write a calendar and read it back."""
    return list(Calendar.from_ical(ics_of(selection, today=today)).walk("VEVENT"))


def lines_in(data: bytes) -> list[str]:
    """Unfold the lines of a calendar by the rule of RFC 5545, 3.1."""
    return data.decode().replace("\r\n ", "").split("\r\n")


def test_an_open_rejection_is_due_after_three_months_and_barred_after_six() -> None:
    """35 USC 133 and 37 CFR 1.134, 1.136(a): 30 Nov 2018 is a Friday, 28 Feb 2019 the end of its month."""
    due, last = events_in(selected(*REJECTED))
    assert due["DTSTART"].dt == date(2018, 11, 30)
    assert due["SUMMARY"] == "US 14/706,838: reply to the non-final rejection of 31 Aug 2018 due (computed)"
    assert last["DTSTART"].dt == date(2019, 2, 28)
    assert last["SUMMARY"] == (
        "US 14/706,838: last day with extensions for the reply to the non-final rejection of 31 Aug 2018, "
        "also the statutory bar (computed)"
    )


def test_a_period_that_the_paper_sets_is_named_in_the_title_and_the_bar_is_the_statutes() -> None:
    """Two months from 31 Aug 2018; what bars is 35 USC 133, whatever the paper says."""
    history = make_history(REJECTED, apno=APNO)
    selection = make_selection(read_history(history, set_periods={"20180831-CTNF-1": SetPeriod(2, None, 1)}))
    due, last = events_in(selection)
    words = "as set in the paper, page 1 (2 months, not the usual 3 months)"
    assert due["DTSTART"].dt == date(2018, 10, 31)
    assert due["SUMMARY"] == f"US 14/706,838: reply to the non-final rejection of 31 Aug 2018 due (computed, {words})"
    assert last["DTSTART"].dt == date(2019, 2, 28)
    assert f"Authority: {words}; 35 USC 133; " in due["DESCRIPTION"]
    rounds = selection.rounds.copy()
    rounds["last"] = rounds["due"]
    bar = events_in(dataclasses.replace(selection, rounds=rounds))[-1]
    assert bar["SUMMARY"].endswith("(computed)")


def test_an_issue_fee_has_one_date() -> None:
    """35 USC 151: three months from the notice of allowance, which no extension moves."""
    papers = [*REJECTED, (20180903, "A...", "Amendment", 9), (20181004, "NOA", "Notice of Allowance", 5)]
    (fee,) = events_in(selected(*papers, patent_number="US20190012345A1"), date(2018, 10, 5))
    assert fee["DTSTART"].dt == date(2019, 1, 4)
    assert fee["SUMMARY"] == "US 2019/0012345 A1: issue fee after the notice of allowance of 4 Oct 2018 due (computed)"


def test_a_statutory_bar_of_its_own_has_an_event() -> None:
    """Where the bar is neither the due date nor the last day with extensions, it stands as a third."""
    selection = selected(*REJECTED)
    rounds = selection.rounds.copy()
    rounds["last"] = rounds["last"] - rounds["last"].sub(rounds["due"]) / 2
    kinds = {
        event["DTSTART"].dt: event["SUMMARY"] for event in events_in(dataclasses.replace(selection, rounds=rounds))
    }
    assert len(kinds) == 3
    assert kinds[date(2019, 2, 28)].endswith(
        ": statutory bar for the reply to the non-final rejection of 31 Aug 2018 (computed)"
    )


def test_events_take_a_day_and_claim_nothing() -> None:
    """An event of one whole day, tentative, that leaves the day free and rings no bell."""
    events = events_in(selected(*REJECTED))
    assert len(events) == 2
    for event in events:
        assert (event["DTEND"].dt - event["DTSTART"].dt).days == 1
        assert event["DTSTART"].params["VALUE"] == "DATE"
        assert (event["STATUS"], event["TRANSP"]) == ("TENTATIVE", "TRANSPARENT")
        assert not event.subcomponents
        assert not {"ORGANIZER", "ATTENDEE"} & event.keys()


def test_an_event_says_on_what_it_rests() -> None:
    """Its description has the rule, the words of every computed date, how old the list is, and a way back."""
    events = events_in(selected(*REJECTED, patent_number="US20190012345A1"))
    assert len(events) == 2
    for event in events:
        description = str(event["DESCRIPTION"])
        assert "37 CFR 1.134, 1.136(a)" in description
        assert "computed from document dates; not legal advice" in description
        assert "retrieved 1 Jun 2025; newer papers may exist" in description
        assert description.endswith("https://review.example/?patents=US20190012345A1")
        assert event["URL"] == "https://review.example/?patents=US20190012345A1"


def test_without_the_apps_address_there_is_no_link() -> None:
    """A relative address would lead nowhere from a calendar."""
    tables = read_histories([make_history(REJECTED, apno=APNO)])
    event = events_in(make_selection(tables, base_url=""))[0]
    assert "URL" not in event
    assert "patents=" not in event["DESCRIPTION"]


def test_a_date_keeps_its_name_when_it_is_made_again() -> None:
    """A later file of a history names its events as before, though an older paper was found."""
    before = selected(*REJECTED)
    after = selected((20180301, "CTRS", "Restriction Requirement"), (20180402, "ELC.", "Election"), *REJECTED)
    after = dataclasses.replace(after, made=datetime(2026, 2, 1, tzinfo=UTC))
    names = [str(event["UID"]) for event in events_in(before)]
    assert [str(event["UID"]) for event in events_in(after)] == names
    assert len(set(names)) == 2


def test_dates_of_two_histories_have_names_of_their_own() -> None:
    """Two applications rejected on the same day are four events."""
    tables = read_histories([make_history(REJECTED, apno=apno) for apno in (APNO, "US14/706839")])
    assert len({str(event["UID"]) for event in events_in(make_selection(tables))}) == 4


def test_the_stamp_is_the_time_of_making_in_utc() -> None:
    """A calendar program takes the event with the later stamp (RFC 5546, 2.1.5)."""
    tables = read_histories([make_history(REJECTED, apno=APNO)])
    selection = make_selection(tables, made=datetime.fromisoformat("2026-01-02T23:30:00.123+09:00"))
    assert b"\r\nDTSTAMP:20260102T143000Z\r\n" in ics_of(selection, today=TODAY)


@pytest.mark.parametrize(
    ("today", "dates", "verb"),
    [
        (date(2018, 11, 30), 2, "2018 due"),
        (date(2018, 12, 1), 2, "2018 was due"),
        (date(2019, 2, 28), 2, "2018 was due"),
        (date(2019, 3, 1), 0, ""),
    ],
)
def test_a_passed_date_stays_only_beside_one_that_is_ahead(today: date, dates: int, verb: str) -> None:
    """The day itself is ahead; once the last has passed nothing is left to put into a calendar."""
    selection = selected(*REJECTED)
    events = events_in(selection, today)
    assert len(events) == dates
    assert [f"{verb} (computed)" in event["SUMMARY"] for event in events[:1]] == [True] * bool(dates)
    assert has_open_dates(selection, today) is bool(dates)


def test_nothing_open_is_a_calendar_all_the_same(real_selection: Selection) -> None:
    """Closed files give a calendar without events, which a calendar program takes without a word."""
    today = date(2025, 6, 1)
    data = ics_of(real_selection, today=today)
    assert not has_open_dates(real_selection, today)
    assert lines_in(data) == [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Prosecution Review//Computed dates//EN", "END:VCALENDAR", "",
    ]  # fmt: skip


def test_the_dates_are_those_of_the_open_periods() -> None:
    """Each open round of each history is there with the dates that the screen shows, and no other."""
    open_files = [
        make_history([(20180801 + day, "CTNF", "Non-Final Rejection"), (20180820 + day, "N/AP", "Notice of Appeal")]
                     if day % 2 else [(20180801 + day, "CTFR", "Final Rejection")], apno=f"US14/70683{day}")
        for day in range(8)
    ]  # fmt: skip
    selection = make_selection(read_histories(open_files))
    periods = open_periods(selection.rounds, TODAY)
    assert len(periods) == 8
    wanted = sorted({(row.history, day.date()) for row in periods.itertuples() for day in (row.due, row.last)})
    found = sorted(
        (f"US{event['SUMMARY'][3:13].replace(',', '')}", event["DTSTART"].dt) for event in events_in(selection)
    )
    assert found == wanted


def hostile_title() -> Selection:
    """A history whose name and title try to end a line, a property and a component."""
    apno = 'US14/1\r\nEND:VEVENT\r\nBEGIN:VALARM;x="y",z\\n\x00 ' + "特許庁😀" * 40
    selection = selected(*REJECTED, apno=apno)
    return dataclasses.replace(selection, titles={apno: apno})


@pytest.mark.parametrize("selection", [selected(*REJECTED), hostile_title()], ids=["plain", "hostile"])
def test_the_file_keeps_to_rfc_5545(selection: Selection) -> None:
    """Lines end in CRLF and have at most 75 octets (3.1); each property is there as often as 3.6.1 wants it."""
    data = ics_of(selection, today=TODAY)
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert data.count(b"\n") == data.count(b"\r") == data.count(b"\r\n")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    for line in data.split(b"\r\n"):
        line.decode()  # no fold parts a character
    names = [line.partition(":")[0].partition(";")[0] for line in lines_in(data) if line]
    event = names[names.index("PRODID") + 1 :]
    assert names[:3] == ["BEGIN", "VERSION", "PRODID"]
    assert event.count("BEGIN") == 2
    for name in ("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "STATUS", "TRANSP", "URL"):
        assert event.count(name) == 2, name
    assert set(event) <= {"BEGIN", "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "STATUS", "TRANSP",
                          "URL", "END"}  # fmt: skip


def test_hostile_text_stays_within_its_property() -> None:
    """A title says what it says, and is never a component or a property of its own."""
    events = events_in(hostile_title())
    assert len(events) == 2
    for event in events:
        assert str(event["SUMMARY"]).startswith('US14/1\nEND:VEVENT\nBEGIN:VALARM;x="y",z\\n')
        assert "\r" not in str(event["URL"])
        assert " " not in str(event["URL"])


EUROPEAN: list[Paper] = [(20160104, "1001", "Request for grant", 8), (20180402, "2001", "Communication", 5)]


def test_a_usual_date_says_so_in_the_title_of_its_event() -> None:
    """Four months from 12 Apr 2018, the tenth day after the paper (Rule 126(2) EPC), end on a Sunday."""
    (due,) = events_in(selected(*EUROPEAN, apno="EP16000001"), date(2018, 5, 1))
    assert due["DTSTART"].dt == date(2018, 8, 13)
    assert due["SUMMARY"].endswith("of 2 Apr 2018 due (usual, not computed from the paper)")
    assert "Rule 132(2) EPC" in due["DESCRIPTION"]
    assert "computed from document dates; not legal advice" in due["DESCRIPTION"]


def test_no_date_of_another_office_stands_there_without_that_mark() -> None:
    """An intention to grant, a refusal and a loss of rights."""
    for code in ("2004", "2007", "1205N"):
        papers: list[Paper] = [EUROPEAN[0], (20180402, code, "", 5)]
        (due,) = events_in(selected(*papers, apno="EP16000001"), date(2018, 5, 1))
        assert due["SUMMARY"].endswith("(usual, not computed from the paper)")
