"""When the appeal brief is due after a pre-appeal review request, and on what that depends.

MPEP 1204.02: one month from the decision or the rest of the two months from receipt of the notice of appeal, whichever
ends later, extendable under 37 CFR 1.136(a) by five months; no brief where the decision reopens prosecution or allows.
Days were found with a calendar (37 CFR 1.7): 3 Oct and 14 Nov 2021 are Sundays.
"""

from datetime import date

import pandas as pd
import pytest
from icalendar import Calendar

from components.exports.calendar import ics_of
from components.prosecution import Tables, open_periods, read_history, summary_of
from components.prosecution.law.categories import Category
from components.prosecution.law.verdicts import verdict_of
from tests.exports.conftest import make_selection
from tests.prosecution.conftest import Paper, make_history

BEFORE: list[Paper] = [(20180103, "TRNA"), (20180103, "SPEC"), (20180103, "CLM"), (20201014, "CTFR")]
ASKED: list[Paper] = [*BEFORE, (20210414, "N/AP"), (20210414, "AP.PRE.REQ")]
APNO = "US16/000001"


def read(papers: list[Paper]) -> Tables:
    """Read a hand-made list."""
    return read_history(make_history(papers, apno=APNO))


def brief_of(tables: Tables) -> dict[str, object]:
    """Return the round of the notice of appeal."""
    rounds = tables.rounds
    return rounds[rounds["kind"] == "notice_of_appeal"].to_dict("records")[-1]


def story_of(tables: Tables) -> str:
    """Return the summary as one text."""
    return " ".join(sentence.text for sentence in summary_of(tables, APNO))


@pytest.mark.parametrize(
    ("decided", "due", "last"),
    [
        pytest.param((20210614, "AP.PRE.DEC"), "2021-07-14", "2021-12-14", id="the day on which the two months end"),
        pytest.param((20210503, "AP.PRE.DEC"), "2021-06-14", "2021-11-15", id="the rest of the two months is longer"),
        pytest.param((20210514, "AP.PRE.DEC"), "2021-06-14", "2021-11-15", id="both end that day"),
        pytest.param((20210903, "AP.PRE.DEC"), "2021-10-04", "2022-03-03", id="long after the two months"),
        pytest.param(
            (20210614, "AP.PRE.DEC", "Pre-Appeal Conference Decision - Proceed to BPAI"),
            "2021-07-14",
            "2021-12-14",
            id="it says that the appeal goes on",
        ),
        pytest.param(
            (20210614, "AP.PRE.DEC", "Pre-Appeal Brief Conference Decision - Request improper"),
            "2021-06-14",
            "2021-11-15",
            id="the request was improper: nothing is reset",
        ),
        pytest.param((20210614, "AP.PRE.DEF"), "2021-06-14", "2021-11-15", id="a defective request"),
    ],
)  # fmt: skip
def test_the_brief_has_its_date_before_it_is_listed(decided: Paper, due: str, last: str):
    """In the rounds, among the open periods, in the calendar and in the summary."""
    tables = read([*ASKED, decided])
    row = brief_of(tables)
    assert (row["outcome"], row["due"], row["last"]) == ("open", pd.Timestamp(due), pd.Timestamp(last))
    owed = open_periods(tables.rounds, date(2021, 6, 1)).iloc[0]
    assert owed["words"].startswith(f"Appeal brief due {pd.Timestamp(due).day} ")
    assert "with 5 months of extension" in owed["words"]
    events = Calendar.from_ical(ics_of(make_selection(tables), today=date(2021, 6, 1))).walk("VEVENT")
    assert [str(event["DTSTART"].dt) for event in events] == [due, last]
    assert "the appeal brief is due " in story_of(tables)


def test_a_date_that_depends_on_the_decision_says_so():
    """The title of the form does not show which box was ticked."""
    tables = read([*ASKED, (20210614, "AP.PRE.DEC")])
    condition = (
        "if the pre-appeal decision of 14 Jun 2021 lets the appeal go on; nothing is due if it reopens prosecution or "
        "allows the application, and if it dismisses the request as improper, the two months of the notice of appeal "
        "count, to 14 Jun 2021 (MPEP 1204.02)"
    )
    row = brief_of(tables)
    assert row["condition"] == condition
    assert condition in str(row["explanation"])
    assert condition in open_periods(tables.rounds, date(2021, 6, 1)).loc[0, "words"]
    assert f"the appeal brief is due 14 Jul 2021 (computed), {condition}" in story_of(tables)
    first, second = Calendar.from_ical(ics_of(make_selection(tables), today=date(2021, 6, 1))).walk("VEVENT")
    assert first["SUMMARY"].endswith("due (computed, conditional)")
    assert second["SUMMARY"].endswith("(computed, conditional)")
    assert "reopens prosecution" in first["DESCRIPTION"]


@pytest.mark.parametrize(
    "decided",
    [
        (20210614, "AP.PRE.DEC", "Pre-Appeal Conference Decision - Proceed to BPAI"),
        (20210614, "AP.PRE.DEF"),
    ],
)
def test_a_decision_that_says_what_it_decided_leaves_nothing_open(decided: Paper):
    """The date stands without a condition."""
    assert brief_of(read([*ASKED, decided]))["condition"] == ""


@pytest.mark.parametrize(
    "words",
    [
        "Pre-Appeals Conference Decision - Reopen Prosecution",
        "Pre-Appeal Conference Decision - Rejection Withdrawn",
        "Pre-Appeals Conference Decision - Allowed",
        "Notice of Panel Decision from Pre-Appeal Brief Review (Allowable application)",
    ],
)
def test_no_brief_is_due_where_the_decision_reopens_or_allows(words: str):
    """The round ends with the decision."""
    tables = read([*ASKED, (20210614, "AP.PRE.DEC", words)])
    row = brief_of(tables)
    assert (row["outcome"], row["ended"]) == ("superseded", pd.Timestamp("2021-06-14"))
    assert "no brief was due" in str(row["explanation"])
    assert pd.isna(row["due"])
    assert open_periods(tables.rounds, date(2021, 6, 20)).empty
    history = tables.histories.loc[0]
    assert (history["status"], history["appeal_outcome"]) == ("Awaiting office", "ended by the pre-appeal decision")
    assert "ended with the pre-appeal decision of 14 Jun 2021" in story_of(tables)


@pytest.mark.parametrize("words", ["Decision: Proceed to Board", "Request is improper", "Pre-Brief decision"])
def test_an_appeal_that_goes_on_is_on_appeal(words: str):
    """MPEP 1204.02: also where the title does not say what was decided."""
    tables = read([*ASKED, (20210614, "AP.PRE.DEC", words)])
    assert tables.histories.loc[0, "status"] == "On appeal"
    assert "its end is not listed" in story_of(tables)


@pytest.mark.parametrize(
    ("papers", "outcome", "due", "months"),
    [
        pytest.param([*ASKED, (20210614, "AP.PRE.DEC"), (20210714, "AP.B"), (20210714, "N417")],
                     "on time", "2021-07-14", 0, id="a brief on the last day"),
        pytest.param([*ASKED, (20210614, "AP.PRE.DEC"), (20210804, "AP.B"), (20210804, "N417")],
                     "extended", "2021-07-14", 1, id="a brief in the month after it"),
        pytest.param([*ASKED, (20210614, "AP.PRE.DEC"), (20211215, "AP.B"), (20211215, "N417")],
                     "late", "2021-07-14", None, id="a brief after five months of extension"),
        pytest.param([*ASKED, (20210614, "AP.PRE.DEC"), (20210701, "RCEX")],
                     "on time", "2021-07-14", 0, id="an RCE instead of the brief"),
        pytest.param([*ASKED, (20210601, "AP.B"), (20210601, "N417")],
                     "on time", None, 0, id="a brief within the two months, without a decision"),
        pytest.param([*ASKED, (20210801, "AP.B"), (20210801, "N417")],
                     "answered", None, None, id="a later brief without a decision"),
        pytest.param([*ASKED, (20210601, "AP.B"), (20210601, "N417"), (20210614, "AP.PRE.DEC")],
                     "on time", None, 0, id="a decision after the brief moves nothing"),
        pytest.param([*ASKED, (20210614, "AP.PRE.DEC"), (20220301, "ABN")],
                     "abandoned", "2021-07-14", None, id="no brief, and a notice of abandonment"),
        pytest.param([*ASKED, (20210614, "AP.PRE.DEC"), (20220301, "APDS")],
                     "superseded", "2021-07-14", None, id="no brief, and the appeal dismissed"),
        pytest.param([*ASKED, (20210614, "AP.PRE.DEC"), (20210901, "CTNF")],
                     "superseded", None, None, id="prosecution reopened with an action"),
        pytest.param([*ASKED, (20210614, "AP.PRE.DEC"), (20210901, "NOA")],
                     "superseded", None, None, id="allowed"),
    ],
)  # fmt: skip
def test_what_became_of_the_brief(papers: list[Paper], outcome: str, due: str | None, months: int | None):
    """Each way in which an appeal goes on after the request."""
    row = brief_of(read(papers))
    assert row["outcome"] == outcome
    assert (None if pd.isna(row["due"]) else str(row["due"].date())) == due
    assert (None if pd.isna(row["extension_months"]) else row["extension_months"]) == months
    assert row["condition"] == ""


def test_without_a_decision_the_period_rests_and_that_is_said():
    """No date is computed before the decision."""
    tables = read(ASKED)
    row = brief_of(tables)
    assert pd.isna(row["due"])
    resting = "the period rests until the decision on the pre-appeal request (MPEP 1204.02)"
    assert resting in str(row["explanation"])
    assert resting in story_of(tables)


def test_a_request_that_did_not_come_with_the_notice_moves_nothing():
    """It must be filed with the notice of appeal (MPEP 1204.02); the two months are shown, with the doubt."""
    tables = read([*BEFORE, (20210414, "N/AP"), (20210503, "AP.PRE.REQ")])
    row = brief_of(tables)
    assert row["due"] == pd.Timestamp("2021-06-14")
    assert "the pre-appeal request of 3 May 2021, which did not come with the notice of appeal" in str(row["condition"])


@pytest.mark.parametrize(
    ("code", "description", "verdict"),
    [
        ("AP.PRE.DEC", "Pre-Brief Appeal Conference decision", None),
        ("AP.PRE.DEC", "", None),
        ("AP.PRE.DEC", "Pre-Appeal Conference Decision - Proceed to BPAI", "goes on"),
        ("AP.PRE.DEC", "PRE-APPEAL CONFERENCE DECISION - REOPEN PROSECUTION", "ends"),
        ("AP.PRE.DEC", "Decision: Proceed to Board, Reopen or Allowed", None),
        ("AP.PRE.DEF", "", "dismissed"),
    ],
)
def test_a_description_says_what_was_decided_or_nothing(code: str, description: str, verdict: str | None):
    """Words for two decisions, as on the form itself, decide nothing."""
    assert verdict_of("US", Category.PRE_APPEAL_DECISION, code, description) == verdict
    assert verdict_of("EP", Category.PRE_APPEAL_DECISION, code, description) is None
