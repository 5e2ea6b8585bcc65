"""The appeal forwarding fee after an examiner's answer (37 CFR 41.45; MPEP 1208.01).

Two months from the examiner's answer or, if later, from a decision refusing a petition under 37 CFR 1.181 to designate
a new ground of rejection; 37 CFR 1.136(a) does not apply; unpaid, the appeal stands dismissed. Days were found with a
calendar (37 CFR 1.7).
"""

from datetime import date

import pandas as pd
import pytest
from icalendar import Calendar

from components.exports.calendar import ics_of
from components.prosecution import Tables, open_periods, read_history, summary_of
from components.prosecution.law.categories import Category
from components.prosecution.law.periods import period_for
from tests.exports.conftest import make_selection
from tests.prosecution.conftest import Paper, make_history

APNO = "US16/000001"
ANSWERED: list[Paper] = [
    (20180103, "TRNA"), (20180103, "CLM"), (20200303, "CTFR"), (20200602, "N/AP"), (20200803, "AP.B"),
    (20201103, "APEA"),
]  # fmt: skip


def read(papers: list[Paper], apno: str = APNO) -> Tables:
    """Read a hand-made list."""
    return read_history(make_history(papers, apno=apno))


def answer_of(tables: Tables) -> dict[str, object]:
    """Return the round of the last examiner's answer."""
    rounds = tables.rounds
    return rounds[rounds["kind"] == "examiners_answer"].to_dict("records")[-1]


def story_of(tables: Tables) -> str:
    """Return the summary as one text."""
    return " ".join(sentence.text for sentence in summary_of(tables, APNO))


def test_the_fee_is_due_in_two_months_that_nothing_extends():
    """3 Jan 2021 is a Sunday. The fee is due whether or not a reply brief is filed."""
    tables = read(ANSWERED)
    row = answer_of(tables)
    assert (row["outcome"], row["due"], row["last"]) == ("open", pd.Timestamp("2021-01-04"), pd.Timestamp("2021-01-04"))
    assert "41.45" in str(row["authority"])
    words = open_periods(tables.rounds, date(2020, 12, 1)).loc[0, "words"]
    assert words == (
        "Appeal forwarding fee (and reply brief, if any) due 4 Jan 2021; not extendable; unpaid, the appeal stands "
        "dismissed, and the application is abandoned unless a claim was allowed (37 CFR 41.45(b); MPEP 1215.04); "
        "computed from document dates; not legal advice"
    )
    (event,) = Calendar.from_ical(ics_of(make_selection(tables), today=date(2020, 12, 1))).walk("VEVENT")
    assert event["DTSTART"].dt == date(2021, 1, 4)
    owed = "appeal forwarding fee (and reply brief, if any)"
    assert f"{owed} after the examiner's answer of 3 Nov 2020 due (computed)" in event["SUMMARY"]
    story = story_of(tables)
    assert f"the {owed} is due 4 Jan 2021 (computed)" in story
    assert "unpaid, the appeal stands dismissed, and the application is abandoned unless a claim was allowed" in story
    assert row["condition"] == ""
    assert tables.histories.loc[0, "status"] == "On appeal"


@pytest.mark.parametrize(
    ("later", "outcome", "answer", "explained"),
    [
        pytest.param([(20210104, "WFEE.APPEAL")], "on time", "20210104-WFEE.APPEAL-1", "", id="paid on the last day"),
        pytest.param([(20210104, "WFEE.APPEAL"), (20210104, "APRB")], "on time", "20210104-WFEE.APPEAL-1", "",
                     id="paid with the reply brief"),
        pytest.param([(20201215, "APRB"), (20210104, "WFEE.APPEAL")], "on time", "20210104-WFEE.APPEAL-1", "",
                     id="paid after the reply brief"),
        pytest.param([(20210201, "WFEE.APPEAL"), (20210201, "N417")], "late", "20210201-WFEE.APPEAL-1",
                     "after the last day", id="paid too late"),
        pytest.param([(20210104, "APRB")], "open", "",
                     "with the reply brief of 4 Jan 2021 listed, but no payment of the fee",
                     id="a reply brief shows no payment"),
        pytest.param([(20210104, "APRB"), (20210104, "WFEE")], "open", "",
                     "the fee paper of 4 Jan 2021 may show its payment",
                     id="a fee worksheet may be it"),
        pytest.param([(20210104, "APRB"), (20210201, "AP_DK_M")], "on time", "20210104-APRB-1", "",
                     id="a reply brief, and the appeal is docketed"),
        pytest.param([(20210201, "AP_DK_M")], "superseded", "",
                     "The appeal docketing notice of 1 Feb 2021 shows that the appeal forwarding fee was paid; "
                     "no reply brief is listed", id="docketed without a reply brief"),
        pytest.param([(20220601, "APDA")], "superseded", "", "shows that the appeal forwarding fee was paid",
                     id="decided without a docketing notice"),
        pytest.param([(20210104, "APRB"), (20220601, "APDA")], "on time", "20210104-APRB-1", "",
                     id="a reply brief, and the Board decides"),
        pytest.param([(20210301, "APDS")], "superseded", "",
                     "No docketing of the appeal is listed before "
                     "the dismissal of the appeal of 1 Mar 2021",
                     id="the appeal was dismissed"),
        pytest.param([(20210104, "APRB"), (20210301, "ABN")], "abandoned", "",
                     "No docketing of the appeal is listed before the notice of abandonment of "
                     "1 Mar 2021; the reply brief of 4 Jan 2021 is listed", id="held abandoned"),
        pytest.param([(20201215, "RCEX")], "on time", "20201215-RCEX-1", "", id="an RCE instead"),
        pytest.param([(20201215, "CTNF")], "superseded", "", "before the non-final rejection of 15 Dec 2020",
                     id="the examiner reopens"),
    ],
)  # fmt: skip
def test_what_a_list_shows_of_the_payment(later: list[Paper], outcome: str, answer: str, explained: str):
    """Only a transmittal of the fee, the docketing and a decision of the Board show that it was paid."""
    row = answer_of(read([*ANSWERED, *later]))
    assert (row["outcome"], row["answer"]) == (outcome, answer)
    assert explained in str(row["explanation"])


@pytest.mark.parametrize(
    ("later", "due", "condition"),
    [
        pytest.param([(20201201, "PET.OP")], "2021-01-04",
                     "if the petition of 1 Dec 2020 asks to designate a new ground of rejection, two months from a "
                     "decision that refuses it", id="a petition without its decision"),
        pytest.param([(20201201, "PET.OP"), (20210215, "PETDEC")], "2021-04-15",
                     "if the petition decision of 15 Feb 2021 refuses to designate a new ground of rejection "
                     "(37 CFR 1.181, 41.45(a)), else due 4 Jan 2021", id="two months from the decision"),
        pytest.param([(20201105, "PET.OP"), (20201110, "PETDEC")], "2021-01-11",
                     "else due 4 Jan 2021", id="a decision of the next week; 10 Jan 2021 is a Sunday"),
        pytest.param([(20210105, "PET.OP"), (20210215, "PETDEC")], "2021-01-04",
                     "", id="a petition after two months (37 CFR 41.40(a))"),
        pytest.param([(20201110, "APRB"), (20201201, "PET.OP"), (20210215, "PETDEC")], "2021-01-04",
                     "but no payment of the fee", id="a petition after the reply brief (37 CFR 41.40(a))"),
        pytest.param([(20210215, "PETDEC")], "2021-01-04", "", id="a decision without a petition"),
    ],
)  # fmt: skip
def test_a_refused_petition_for_a_new_ground_moves_the_day(later: list[Paper], due: str, condition: str):
    """The list does not show what a petition asks for, so both days are told."""
    row = answer_of(read([*ANSWERED, *later]))
    assert row["due"] == pd.Timestamp(due)
    assert condition in str(row["condition"])
    assert bool(row["condition"]) == bool(condition)
    assert row["outcome"] == "open"


def test_an_answer_before_the_fee_existed_asks_for_a_reply_brief_only():
    """Until 18 Mar 2013 (78 FR 4212)."""
    papers: list[Paper] = [(20120103, "CTFR"), (20120402, "N/AP"), (20120601, "AP.B"), (20130318, "APEA")]
    tables = read(papers, "US12/000001")
    row = answer_of(tables)
    assert row["owed"] == "Reply brief, if any,"
    assert row["condition"] == ""
    assert answer_of(read([*papers, (20130501, "APRB")], "US12/000001"))["outcome"] == "on time"


def test_a_fee_for_the_brief_paid_before_counts():
    """No forwarding fee where the fee for the brief in effect on 18 Mar 2013 was paid (MPEP 1208.01)."""
    tables = read([(20120103, "CTFR"), (20120402, "N/AP"), (20120601, "AP.B"), (20130319, "APEA")], "US12/000001")
    row = answer_of(tables)
    assert "unless the fee for the appeal brief was paid before 19 Mar 2013" in str(row["condition"])


@pytest.mark.parametrize(("opened", "says"), [(date(2013, 3, 18), False), (date(2013, 3, 19), True)])
def test_the_rule_itself_says_what_silence_does(opened: date, says: bool):
    """The note of the period, which people read in the glossary."""
    period = period_for("US", Category.EXAMINERS_ANSWER, "APEA", opened)
    assert period is not None
    assert ("the appeal stands dismissed" in period.note) == says
    assert ("silence does not abandon" in period.note) != says


def test_the_fee_has_its_name():
    """The transmittal and the docketing notice are told by their own names."""
    tables = read([*ANSWERED, (20210104, "WFEE.APPEAL"), (20210201, "AP_DK_M")])
    assert tables.submissions["label"].tolist()[-2:] == ["Appeal forwarding fee", "Appeal docketing notice"]
    story = story_of(tables)
    assert "the appeal forwarding fee of 4 Jan 2021" in story
    assert "the appeal docketing notice of 1 Feb 2021" in story


@pytest.mark.parametrize("shown", [(20201215, "WFEE.APPEAL"), (20201215, "AP_DK_M")])
def test_a_second_answer_says_that_the_fee_came_after_the_first(shown: Paper):
    """The fee for forwarding the appeal is paid once; whether it must be paid again the list does not show."""
    row = answer_of(read([*ANSWERED, shown, (20210301, "APE2")]))
    assert row["due"] == pd.Timestamp("2021-05-03")
    assert "of 15 Dec 2020)" in str(row["condition"])


@pytest.mark.parametrize(
    ("later", "told"),
    [
        pytest.param([(20210104, "APRB"), (20210601, "NOA")], True, id="allowed after a reply brief"),
        pytest.param([(20210104, "APRB"), (20210601, "CTNF")], True, id="an action after a reply brief"),
        pytest.param([(20210601, "NOA")], True, id="allowed without any answer"),
        pytest.param([(20210301, "ABN")], True, id="held abandoned"),
        pytest.param([(20210104, "APRB"), (20210201, "AP_DK_M"), (20210601, "NOA")], False, id="docketed"),
        pytest.param([(20210104, "APRB"), (20220601, "APDA")], False, id="decided"),
        pytest.param([(20210104, "WFEE.APPEAL"), (20210601, "NOA")], False, id="paid"),
        pytest.param([(20201215, "NOA")], False, id="allowed before the last day"),
        pytest.param([(20201201, "APRB"), (20201215, "CTNF")], False, id="reopened before the last day"),
        pytest.param([(20201215, "RCEX")], False, id="an RCE within the two months"),
    ],
)  # fmt: skip
def test_where_a_list_goes_on_without_docketing_a_dismissal_is_possible(later: list[Paper], told: bool):
    """It is told as a possibility, in the round and in the summary, and is no status."""
    tables = read([*ANSWERED, *later])
    words = "no payment of the appeal forwarding fee is listed; unpaid, the appeal stood dismissed (37 CFR 41.45(b))"
    assert (words in str(answer_of(tables)["explanation"])) == told
    assert (words in story_of(tables)) == told
