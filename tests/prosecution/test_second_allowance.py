"""A second notice of allowance without a reopening in between: a corrected one, or a new one with a new period.

35 USC 151 and MPEP 1306: a new notice sets three months that nothing extends, and a fee paid before can be applied to
it on request. MPEP 1303: a corrected notice of allowability restarts nothing. Most lists name both alike, so both days
are told. Days were found with a calendar (37 CFR 1.7).
"""

from datetime import date

import pandas as pd
import pytest
from icalendar import Calendar

from components.exports.calendar import ics_of
from components.prosecution import Tables, open_periods, read_history, summary_of
from tests.exports.conftest import make_selection
from tests.prosecution.conftest import Paper, make_history

APNO = "US16/000001"
FILED: list[Paper] = [(20190103, "TRNA"), (20190103, "SPEC"), (20190103, "CLM")]
FIRST: list[Paper] = [*FILED, (20210111, "NOA")]  # three months end on Monday 12 Apr 2021
SECOND: Paper = (20210216, "NOA")  # three months end on Monday 17 May 2021
IF_NEW = "if this further notice is a new notice of allowance and not a corrected one (35 USC 151; MPEP 1303, 1306)"
UNLESS_NEW = (
    "unless the further notice of allowance of 16 Feb 2021 is a new one, with a period until 17 May 2021 "
    "(35 USC 151; MPEP 1303, 1306)"
)
APPLIED = "the issue fee of 27 Jan 2021 may be applied to it on request (MPEP 1306)"


def read(papers: list[Paper]) -> Tables:
    """Read a hand-made list."""
    return read_history(make_history(papers, apno=APNO))


def story_of(tables: Tables) -> str:
    """Return the summary as one text."""
    return " ".join(sentence.text for sentence in summary_of(tables, APNO))


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        pytest.param([(20210127, "IFEE"), SECOND],
                     [("allowance", "on time", "20210127-IFEE-1"), ("further_allowance", "open", "")],
                     id="a fee for the first only"),
        pytest.param([(20210127, "IFEE"), SECOND, (20210601, "ABN")],
                     [("allowance", "on time", "20210127-IFEE-1"), ("further_allowance", "abandoned", "")],
                     id="the Office held it abandoned"),
        pytest.param([(20210127, "IFEE"), SECOND, (20210514, "IFEE")],
                     [("allowance", "on time", "20210127-IFEE-1"), ("further_allowance", "on time", "20210514-IFEE-1")],
                     id="a fee for each"),
        pytest.param([(20210127, "IFEE"), SECOND, (20210601, "ISSUE.NTF")],
                     [("allowance", "on time", "20210127-IFEE-1")],
                     id="the fee counted for both: it issued"),
        pytest.param([SECOND, (20210302, "IFEE")],
                     [("allowance", "on time", "20210302-IFEE-1")],
                     id="one fee in time for both"),
        pytest.param([SECOND, (20210412, "IFEE"), (20210412, "N417")],
                     [("allowance", "on time", "20210412-IFEE-1")],
                     id="on the last day of the first period"),
        pytest.param([SECOND, (20210510, "IFEE"), (20210510, "N417")],
                     [("allowance", "answered", "20210510-IFEE-1"),
                      ("further_allowance", "on time", "20210510-IFEE-1")],
                     id="after the first period, within the second"),
        pytest.param([SECOND, (20210518, "IFEE"), (20210518, "N417")],
                     [("allowance", "late", "20210518-IFEE-1"), ("further_allowance", "late", "20210518-IFEE-1")],
                     id="after both"),
        pytest.param([SECOND],
                     [("allowance", "open", ""), ("further_allowance", "open", "")],
                     id="no fee yet"),
        pytest.param([SECOND, (20210601, "ABN")],
                     [("allowance", "abandoned", ""), ("further_allowance", "abandoned", "")],
                     id="no fee, and a notice of abandonment"),
        pytest.param([SECOND, (20210301, "NOA")],
                     [("allowance", "open", ""), ("further_allowance", "open", ""), ("further_allowance", "open", "")],
                     id="a third notice: any of them may be new"),
        pytest.param([SECOND, (20210302, "RCEX")], [("allowance", "superseded", "")], id="an RCE ends both"),
        pytest.param([(20210127, "IFEE"), SECOND, (20210302, "PETWDISS")],
                     [("allowance", "on time", "20210127-IFEE-1")], id="withdrawn from issue"),
        pytest.param([(20210127, "IFEE"), (20210203, "RCEX"), SECOND],
                     [("allowance", "on time", "20210127-IFEE-1"), ("allowance", "open", "")],
                     id="after an RCE the notice is a new one"),
        pytest.param([(20210127, "IFEE"), (20210210, "ISSUE.NTF"), SECOND],
                     [("allowance", "on time", "20210127-IFEE-1")], id="after the issue nothing is asked for"),
        pytest.param([(20210127, "IFEE"), (20210216, "CNOA")],
                     [("allowance", "on time", "20210127-IFEE-1")], id="a corrected notice by its code"),
        pytest.param([(20210127, "IFEE"), (20210216, "NOA", "Corrected Notice of Allowability")],
                     [("allowance", "on time", "20210127-IFEE-1")], id="a corrected notice by its title"),
        pytest.param([(20210127, "IFEE"), (20210216, "NOA", "Supplemental Notice of Allowability")],
                     [("allowance", "on time", "20210127-IFEE-1")], id="a supplemental notice"),
        pytest.param([(20210127, "IFEE"), (20210216, "NOA", "Notice of Allowability (PTOL-37)")],
                     [("allowance", "on time", "20210127-IFEE-1")], id="a notice that asks for no fee"),
        pytest.param([(20210127, "IFEE"), (20210216, "NOA", "Allowance (PTOL-85), Allowability (PTOL-37)")],
                     [("allowance", "on time", "20210127-IFEE-1"), ("further_allowance", "open", "")],
                     id="its title names both forms"),
        pytest.param([(20210127, "IFEE"), (20210216, "NOA", "Notice of Allowance and Fees Due (PTOL-85)")],
                     [("allowance", "on time", "20210127-IFEE-1"), ("further_allowance", "open", "")],
                     id="its title asks for fees"),
        pytest.param([(20210111, "NOA")], [("allowance", "open", "")], id="two copies of one day"),
    ],
)  # fmt: skip
def test_what_became_of_each_notice(later: list[Paper], expected: list[tuple[str, str, str]]):
    """A missing second fee is a doubt; a fee within the second period is not late."""
    rounds = read([*FIRST, *later]).rounds
    found = list(
        zip(rounds["kind"].astype("str"), rounds["outcome"].astype("str"), rounds["answer"].astype("str"), strict=True)
    )
    assert [row for row in found if "allowance" in row[0]] == expected


def test_a_fee_paid_before_leaves_a_doubt_with_a_date():
    """The Office counted to 17 May 2021 and held the application abandoned; the list alone shows a doubt."""
    tables = read([*FIRST, (20210127, "IFEE"), SECOND])
    row = tables.rounds.to_dict("records")[-1]
    assert (row["due"], row["last"]) == (pd.Timestamp("2021-05-17"), pd.Timestamp("2021-05-17"))
    assert row["condition"] == f"{IF_NEW}; {APPLIED}"
    assert row["label"] == "Further notice of allowance"
    assert "151" in row["authority"]
    assert tables.histories.loc[0, "status"] == "Allowed"
    (words,) = open_periods(tables.rounds, date(2021, 3, 1))["words"]
    assert words.startswith(f"Issue fee due 17 May 2021; not extendable; {IF_NEW}; {APPLIED}; computed")
    (event,) = Calendar.from_ical(ics_of(make_selection(tables), today=date(2021, 3, 1))).walk("VEVENT")
    assert event["DTSTART"].dt == date(2021, 5, 17)
    assert "after the further notice of allowance of 16 Feb 2021 due (computed, conditional)" in event["SUMMARY"]
    told = (
        f"after the further notice of allowance of 16 Feb 2021, the issue fee is due 17 May 2021 (computed), {IF_NEW}"
    )
    assert told in story_of(tables)
    assert APPLIED in story_of(tables)


def test_both_days_are_told_while_no_fee_is_listed():
    """The first period's end, and the second's if it is a new notice: in the periods, the calendar and the summary."""
    tables = read([*FIRST, SECOND])
    found = open_periods(tables.rounds, date(2021, 4, 1))
    assert found["due"].tolist() == [pd.Timestamp("2021-04-12"), pd.Timestamp("2021-05-17")]
    assert UNLESS_NEW in found.loc[0, "words"]
    assert IF_NEW in found.loc[1, "words"]
    events = Calendar.from_ical(ics_of(make_selection(tables), today=date(2021, 4, 1))).walk("VEVENT")
    assert [event["DTSTART"].dt for event in events] == [date(2021, 4, 12), date(2021, 5, 17)]
    assert f"the issue fee is due 12 Apr 2021 (computed), {UNLESS_NEW}" in story_of(tables)


def test_a_fee_within_the_second_period_is_told_with_both_days():
    """It came after the first period, which is late only if the second notice was a corrected one."""
    tables = read([*FIRST, SECOND, (20210510, "IFEE"), (20210510, "N417")])
    first = tables.rounds.to_dict("records")[0]
    assert first["explanation"] == f"Received after the last day of this notice; {UNLESS_NEW}"
    assert f"the fee came after the last day of that notice, 12 Apr 2021 (computed), {UNLESS_NEW}" in story_of(tables)


def test_of_several_notices_each_day_is_told():
    """Three months from 16 Feb and 1 Mar 2021 end on Monday 17 May and on Tuesday 1 Jun 2021."""
    tables = read([*FIRST, SECOND, (20210301, "NOA")])
    found = open_periods(tables.rounds, date(2021, 4, 1))
    assert [str(day.date()) for day in found["due"]] == ["2021-04-12", "2021-05-17", "2021-06-01"]
    assert "17 May 2021 or the further notice of allowance of 1 Mar 2021" in found.loc[0, "words"]


def test_a_second_notice_is_not_called_a_corrected_one_unless_it_says_so():
    """The list does not show which it is."""
    tables = read([*FIRST, SECOND])
    assert "Corrected" not in " ".join(tables.submissions["label"])
    named = read([*FIRST, (20210216, "CNOA")])
    assert "Corrected notice of allowability" in named.submissions["label"].tolist()


def test_a_notice_of_abandonment_is_told_with_what_it_rests_on():
    """The fee of January was paid; what the Office missed was one after the further notice."""
    rounds = read([*FIRST, (20210127, "IFEE"), SECOND, (20210601, "ABN")]).rounds
    explained = rounds[rounds["kind"] == "further_allowance"].iloc[0]["explanation"]
    missed = "No issue fee is listed between this notice and the notice of abandonment of 1 Jun 2021"
    assert explained == f"{missed}; {IF_NEW}; {APPLIED}"
