"""The answers that are still owed. Days are those of 35 USC 133, 37 CFR 1.7 and 1.136(a), found with a calendar."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.prosecution import read_histories, read_history
from components.prosecution.examination.open_periods import open_periods
from tests.prosecution.conftest import Paper, make_history
from tests.prosecution.test_summary import PAPERS

FILED: list[Paper] = [(20160104, "TRNA"), (20160104, "SPEC"), (20160104, "CLM")]


def open_of(papers: list[Paper], today: date, apno: str = "US15/000001") -> pd.DataFrame:
    """Return the open periods of a hand-made list, its filing included."""
    return open_periods(read_history(make_history([*FILED, *papers], apno=apno)).rounds, today)


def test_an_open_rejection_is_listed_with_its_days_and_how_far_they_can_be_extended():
    """Three months from Friday 12 Apr 2019; six months end on Saturday 12 Oct, and Monday the 14th is Columbus Day."""
    found = open_of([(20190412, "CTNF")], date(2019, 7, 2))
    assert len(found) == 1
    row = found.iloc[0]
    assert (row["action"], row["label"], row["round"]) == ("20190412-CTNF-1", "Non-final rejection", 1)
    assert (row["due"], row["last"]) == (pd.Timestamp("2019-07-12"), pd.Timestamp("2019-10-15"))
    assert (row["days_left"], row["days_left_last"]) == (10, 105)
    assert "37 CFR 1.134" in row["authority"]
    assert row["words"] == (
        "Reply due 12 Jul 2019; with 3 months of extension until 15 Oct 2019; "
        "computed from document dates; not legal advice"
    )


@pytest.mark.parametrize(
    ("today", "left", "words"),
    [
        (date(2019, 7, 12), 0, "Reply due 12 Jul 2019; with 3 months of extension until 15 Oct 2019; "),
        (date(2019, 7, 13), -1, "Reply was due 12 Jul 2019; with 3 months of extension until 15 Oct 2019; "),
        (date(2019, 10, 15), -95, "Reply was due 12 Jul 2019; with 3 months of extension until 15 Oct 2019; "),
        (date(2019, 10, 16), -96, "Reply was due 12 Jul 2019; the last day with extensions, 15 Oct 2019, has passed; "),
    ],
)
def test_days_left_turn_negative_and_the_words_say_what_is_past(today, left, words):
    """The due day and the last day themselves are still in time."""
    row = open_of([(20190412, "CTNF")], today).iloc[0]
    assert row["days_left"] == left
    assert row["words"].startswith(words)


@pytest.mark.parametrize(
    ("papers", "words"),
    [
        ([(20230103, "NOA")], "Issue fee due 3 Apr 2023; not extendable; "),
        ([(20180314, "CTRS")], "Reply due 14 May 2018; with 4 months of extension until 14 Sep 2018; "),
        ([(20180314, "CTEQ")], "Reply due 14 May 2018; with 4 months of extension until 14 Sep 2018; "),
        (
            [(20170301, "CTFR"), (20170601, "N/AP")],
            "Appeal brief due 1 Aug 2017; with 5 months of extension until 2 Jan 2018; ",
        ),
        (
            [(20170301, "CTFR"), (20170601, "N/AP"), (20170801, "AP.B"), (20171101, "APEA")],
            "Appeal forwarding fee (and reply brief, if any) due 2 Jan 2018; not extendable; ",
        ),
    ],
)
def test_each_kind_of_paper_says_what_is_due(papers, words):
    """Fees and reply briefs cannot be extended; 1 Jan 2018 is a holiday."""
    found = open_of(papers, date(2017, 1, 1))
    assert len(found) == 1
    assert found.iloc[0]["words"].startswith(words)


def test_a_fee_day_that_passed_is_said_to_have_passed():
    """Nothing extends the three months for the issue fee (35 USC 151)."""
    row = open_of([(20230103, "NOA")], date(2023, 4, 4)).iloc[0]
    assert row["words"].startswith("Issue fee was due 3 Apr 2023; not extendable, and the day has passed; ")


def test_an_advisory_action_moves_the_day_and_the_words_follow():
    """First reply within two months, advisory action after three: the period ends with it (MPEP 706.07(f))."""
    row = open_of([(20190201, "CTFR"), (20190325, "A.NE"), (20190603, "CTAV")], date(2019, 6, 1)).iloc[0]
    assert row["due"] == pd.Timestamp("2019-06-03")
    assert row["last"] == pd.Timestamp("2019-08-01")
    assert row["words"].startswith("Reply due 3 Jun 2019; with 2 months of extension until 1 Aug 2019; ")


@pytest.mark.parametrize(
    "papers",
    [
        [(20190412, "CTNF"), (20190712, "A...")],
        [(20190412, "CTNF"), (20191101, "ABN")],
        [(20170301, "CTFR"), (20170601, "N/AP"), (20170801, "AP.B")],
        [(20230103, "NOA"), (20230330, "IFEE"), (20230419, "ISSUE.NTF")],
        [],
    ],
)
def test_what_is_answered_ended_or_the_offices_turn_is_not_listed(papers):
    """Only what an applicant still owes is."""
    assert open_of(papers, date(2019, 6, 1)).empty


def test_a_japanese_notice_has_no_date_and_a_european_one_only_the_usual():
    """60 days or three months in Japan; four months from 22 Apr 2019 at the EPO, which is the tenth day after."""
    european = [(20160104, "1001"), (20160104, "CLMS"), (20160104, "DESC"), (20190412, "2001")]
    tables = read_histories(
        [
            make_history(european, apno="EP16000001"),
            make_history([(20160104, "A63"), (20170104, "A621"), (20190412, "A131")], apno="JP2016-000001"),
        ]
    )
    assert (tables.rounds["outcome"].astype("str") == "open").sum() == 2
    found = open_periods(tables.rounds, date(2019, 6, 1))
    assert found[["history", "usual"]].to_numpy().tolist() == [["EP16000001", True]]
    assert (
        found["words"]
        .item()
        .startswith(
            "Reply due 22 Aug 2019; usual, not computed from the paper; extendable only under Rule 132(2) EPC; "
        )
    )
    japanese = tables.rounds.set_index("history").loc["JP2016-000001", "undated"]
    assert "three months for those abroad" in list(japanese)[-1]


def test_the_most_urgent_comes_first_and_the_types_stay():
    """Several histories in one table; an empty one has the same columns and types."""
    histories = [
        make_history([*FILED, (20190412, "CTNF")], apno="US15/000001"),
        make_history([*FILED, (20190301, "NOA")], apno="US15/000002"),
    ]
    found = open_periods(read_histories(histories).rounds, date(2019, 6, 1))
    assert found["history"].tolist() == ["US15/000002", "US15/000001"]
    assert found["days_left"].tolist() == [2, 41]  # 1 Jun 2019 is a Saturday
    none = open_periods(read_histories(()).rounds, date(2019, 6, 1))
    assert none.empty
    assert none.dtypes.equals(found.dtypes)


@given(papers=PAPERS, today=st.dates(date(1990, 1, 1), date(2040, 1, 1)))
def test_any_rounds_can_be_asked(papers, today):
    """Whatever the rounds: `last` is never before `due`, and the days agree with the dates."""
    found = open_periods(read_history(make_history(papers, apno="US15/000001")).rounds, today)
    assert (found["last"] >= found["due"]).all()
    assert (found["days_left_last"] >= found["days_left"]).all()
    for row in found.itertuples():
        assert row.days_left == (row.due.date() - today).days
        assert row.words.endswith("computed from document dates; not legal advice")
