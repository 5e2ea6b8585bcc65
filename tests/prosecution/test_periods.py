"""Which period a paper sets, when it ends, and how far it had to be extended for an answer to be in time."""

import csv
import math
import shutil
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.prosecution import RuleTableBroken, code_table
from components.prosecution.law import codes, periods, rule_files
from components.prosecution.law.categories import Category, category_named
from components.prosecution.law.period_table import period_table
from components.prosecution.law.periods import (
    Period,
    compute_deadline,
    extension_needed,
    period_for,
)
from components.prosecution.law.workdays import is_working_day
from components.prosecution.law.yardsticks import yardsticks_of
from tests.prosecution.conftest import rows_of


def period(category: str, code: str, opened: date) -> Period:
    """Return the period of a US paper that must have one."""
    found = period_for("US", category_named(category), code, opened)
    assert found is not None
    return found


def ends(category: str, code: str, opened: date, not_before: date | None = None) -> tuple[date, date, date | None]:
    """Return due date, last day and bar of a US paper."""
    found = compute_deadline(period(category, code, opened), opened, not_before=not_before)
    return found.due, found.last, found.bar


def test_a_reply_on_the_working_day_after_six_months_is_in_time():
    """14/412,875: six months from 12 April 2019 end on a Saturday before Columbus Day."""
    opened, answered = date(2019, 4, 12), date(2019, 10, 14)
    assert ends("non_final_rejection", "CTNF", opened) == (date(2019, 7, 12), date(2019, 10, 15), date(2019, 10, 15))
    assert extension_needed(period("non_final_rejection", "CTNF", opened), opened, answered) == 3


@pytest.mark.parametrize(
    ("category", "code", "opened", "answered", "months"),
    [
        ("quayle", "CTEQ", date(2009, 5, 26), date(2009, 8, 26), 1),  # 11/513,450, with an extension
        ("notice_of_appeal", "N/AP", date(2010, 2, 23), date(2010, 5, 20), 1),  # 12/124,027, with an extension
        ("non_final_rejection", "CTNF", date(2005, 11, 23), date(2006, 5, 22), 3),  # 10/310,232, with an extension
        ("formalities_notice", "M905", date(2007, 2, 2), date(2007, 5, 2), 1),  # 10/563,809, with an extension
        ("formalities_notice", "M905", date(2006, 8, 11), date(2006, 10, 5), 0),  # 10/558,844, with none
        ("other_office_action", "NTC.A.NONCPL", date(2009, 7, 14), date(2009, 8, 12), 0),  # 12/124,027, with none
        ("examiners_answer", "APEA", date(2010, 8, 4), date(2010, 10, 4), 0),  # 12/124,027, not extendable
    ],
)
def test_extensions_agree_with_what_was_bought(category: str, code: str, opened: date, answered: date, months: int):
    """Real replies: where the file holds a petition for an extension, one was needed, and where none, none."""
    assert extension_needed(period(category, code, opened), opened, answered) == months


def test_the_last_day_is_the_statutory_bar():
    """10/310,232: 23 November 2005 and six months."""
    assert ends("non_final_rejection", "CTNF", date(2005, 11, 23))[1:] == (date(2006, 5, 23), date(2006, 5, 23))


@pytest.mark.parametrize(
    ("opened", "due", "last"),
    [
        (date(2013, 12, 17), date(2014, 1, 17), date(2014, 6, 17)),
        (date(2013, 12, 18), date(2014, 2, 18), date(2014, 6, 18)),
        (date(2013, 1, 30), date(2013, 3, 1), date(2013, 7, 30)),  # 30 days are longer than to 28 February
        (
            date(2013, 5, 10),
            date(2013, 6, 10),
            date(2013, 11, 12),
        ),  # a month is longer than 30 days; a Sunday, a holiday
    ],
)
def test_a_restriction_requirement_gives_two_months_since_the_patent_law_treaty(opened: date, due: date, last: date):
    """One month or 30 days, whichever is longer, before 18 December 2013; the bar stayed at six months."""
    assert ends("restriction", "CTRS", opened) == (due, last, last)


def test_the_issue_fee_period_cannot_be_extended():
    """35 USC 151; 11/959,953: allowed 12 January 2009, nothing paid, abandoned."""
    opened = date(2009, 1, 12)
    assert ends("allowance", "NOA", opened) == (date(2009, 4, 13), date(2009, 4, 13), None)
    assert extension_needed(period("allowance", "NOA", opened), opened, date(2009, 4, 13)) == 0
    assert extension_needed(period("allowance", "NOA", opened), opened, date(2009, 4, 14)) is None


@pytest.mark.parametrize(
    ("opened", "due", "extended"),
    [
        (date(2009, 11, 30), date(2010, 3, 1), date(2010, 3, 30)),  # 28 February 2010 was a Sunday
        (date(2011, 1, 31), date(2011, 5, 2), date(2011, 5, 31)),  # 30 April 2011 was a Saturday
    ],
)
def test_an_extension_counts_from_the_action_and_not_from_a_moved_day(opened: date, due: date, extended: date):
    """MPEP 710.01(a): a weekend at the end of the period has no effect on the extension."""
    rule = period("non_final_rejection", "CTNF", opened)
    assert compute_deadline(rule, opened).due == due
    assert extension_needed(rule, opened, due) == 0
    assert extension_needed(rule, opened, extended) == 1
    assert extension_needed(rule, opened, extended + timedelta(days=1)) == 2


def test_a_late_advisory_action_prolongs_the_period_for_a_final_rejection():
    """MPEP 706.07(f): answered within two months, the advisory action after three; extensions count from it."""
    opened, advisory = date(2010, 3, 1), date(2010, 6, 14)
    rule = period("final_rejection", "CTFR", opened)
    assert ends("final_rejection", "CTFR", opened, advisory) == (date(2010, 6, 14), date(2010, 9, 1), date(2010, 9, 1))
    assert extension_needed(rule, opened, date(2010, 6, 14), not_before=advisory) == 0
    assert extension_needed(rule, opened, date(2010, 7, 14), not_before=advisory) == 1
    assert extension_needed(rule, opened, date(2010, 7, 14)) == 2
    assert extension_needed(rule, opened, date(2010, 9, 1), not_before=advisory) == 3
    assert extension_needed(rule, opened, date(2010, 9, 2), not_before=advisory) is None


def test_an_advisory_action_within_three_months_changes_nothing():
    """The later of the two days counts."""
    opened = date(2010, 3, 1)
    assert ends("final_rejection", "CTFR", opened, date(2010, 5, 3)) == ends("final_rejection", "CTFR", opened)


def test_nothing_prolongs_a_period_beyond_the_bar():
    """An advisory action mailed after six months gives no time any more."""
    bar = date(2010, 9, 1)
    assert ends("final_rejection", "CTFR", date(2010, 3, 1), date(2010, 10, 4)) == (bar, bar, bar)


def test_an_appeal_brief_can_be_seven_months_away():
    """Two months and five of extension; no statute bars it (37 CFR 41.37, 1.136(a))."""
    assert ends("notice_of_appeal", "N/AP", date(2012, 2, 6)) == (date(2012, 4, 6), date(2012, 9, 6), None)


def test_a_pre_appeal_decision_gives_a_month_or_the_rest_of_two():
    """The rest of the two months is the caller's to say."""
    opened = date(2010, 1, 19)
    assert ends("pre_appeal_decision", "AP.PRE.DEC", opened)[0] == date(2010, 2, 19)
    assert ends("pre_appeal_decision", "AP.PRE.DEC", opened, date(2010, 3, 2))[0] == date(2010, 3, 2)


@pytest.mark.parametrize(
    ("code", "opened", "due"),
    [
        ("APDA", date(2012, 9, 14), date(2012, 11, 14)),
        ("APDP", date(2013, 5, 30), date(2013, 8, 1)),  # 63 days
        ("APDN", date(2013, 5, 30), date(2013, 7, 30)),  # two months
    ],
)
def test_a_decision_of_the_board_can_be_answered_without_extension(code: str, opened: date, due: date):
    """Two months, since 16 September 2012 63 days for the court (37 CFR 90.3); two for a new ground (41.50(b))."""
    assert ends("board_decision", code, opened) == (due, due, None)


def test_papers_mailed_with_a_certificate_may_come_some_days_late():
    """37 CFR 1.8: the tolerance is for the answer, and moves no deadline."""
    opened, answered = date(2005, 11, 23), date(2006, 3, 1)
    rule = period("non_final_rejection", "CTNF", opened)
    assert extension_needed(rule, opened, answered) == 1
    assert extension_needed(rule, opened, answered, tolerance_days=7) == 0
    assert extension_needed(rule, opened, date(2006, 5, 30), tolerance_days=7) == 3
    assert extension_needed(rule, opened, date(2006, 5, 31), tolerance_days=7) is None


@pytest.mark.parametrize(
    ("office", "category", "code", "opened"),
    [
        ("EP", "communication", "2001", date(2007, 12, 12)),  # before the EPC 2000
        ("EP", "summons", "2008", date(2015, 1, 5)),  # the day stands in the summons
        ("JP", "communication", "A131", date(2015, 1, 5)),
        ("KR", "non_final_rejection", "", date(2015, 1, 5)),
        ("US", "advisory_action", "CTAV", date(2015, 1, 5)),
        ("US", "non_final_rejection", "OA.FAI", date(2015, 1, 5)),  # pilot programme
        ("US", "board_decision", "APDR", date(2015, 1, 5)),  # reversed: nothing to answer
        ("US", "formalities_notice", "APP.FILE.REC", date(2015, 1, 5)),
        ("US", "appeal_notice", "APBD", date(2015, 1, 5)),  # the notice says it since 2012
        ("US", "corrected_allowance", "CNOA", date(2015, 1, 5)),  # a notice that says that it is a corrected one
        ("US", "notice_of_appeal", "N/AP", date(2004, 9, 10)),  # before 37 CFR part 41
    ],
)
def test_nothing_is_computed_where_the_period_is_not_certain(office: str, category: str, code: str, opened: date):
    """Papers that set no period, and papers whose period a list does not tell."""
    assert period_for(office, category_named(category), code, opened) is None


@pytest.mark.parametrize("code", ["SR..", "sr", " SR.", "CTNF", "", "SOMETHING"])
def test_codes_are_matched_as_they_are_delivered(code: str):
    """Case, blanks and trailing dots do not matter; a code that no row names has the period of its category."""
    assert period("non_final_rejection", code, date(2015, 1, 5)).months == 3
    assert period("quayle", "rxepq", date(2015, 1, 5)).authority != period("quayle", "CTEQ", date(2015, 1, 5)).authority


def test_every_period_says_where_it_stands():
    """Each row of the table has an authority, a category and codes of the Office, and is valid some day."""
    listed = set(code_table().query("office == 'US'")["code"])
    for row in rows_of(rule_files.FOLDER / "periods.csv"):
        assert row["office"] == "US"
        assert row["authority"]
        assert category_named(row["category"]) in Category
        assert {code for code in row["codes"].split(";") if code} <= listed


def test_yardsticks_are_those_of_the_statute():
    """35 USC 154(b): 14 months, four months, 36 months."""
    assert {measure: stick.months for measure, stick in yardsticks_of("US").items()} == {
        "first_action": 14,
        "office_response": 4,
        "pendency": 36,
    }
    assert all("35 USC 154(b)" in stick.authority for stick in yardsticks_of("US").values())


PAPERS = st.sampled_from(
    [
        ("restriction", "CTRS"),
        ("non_final_rejection", "CTNF"),
        ("final_rejection", "CTFR"),
        ("quayle", "CTEQ"),
        ("other_office_action", "NTC.A.NONCPL"),
        ("formalities_notice", "NTC.MISS.PRT"),
        ("allowance", "NOA"),
        ("notice_of_appeal", "N/AP"),
        ("pre_appeal_decision", "AP.PRE.DEC"),
        ("examiners_answer", "APEA"),
        ("board_decision", "APDA"),
    ]
)
OPENED = st.dates(date(2005, 8, 1), date(2030, 12, 31))
LATER = st.integers(0, 260)


@given(PAPERS, OPENED, st.none() | LATER)
def test_a_period_ends_in_order_and_on_working_days(paper: tuple[str, str], opened: date, wait: int | None):
    """Due date, last day and bar follow one another; a day before which it must not end never shortens it."""
    rule = period(*paper, opened)
    found = compute_deadline(rule, opened, not_before=None if wait is None else opened + timedelta(days=wait))
    plain = compute_deadline(rule, opened)
    days = [day for day in (found.due, found.last, found.bar) if day is not None]
    assert days == sorted(days)
    assert opened < found.due
    assert plain.due <= found.due
    assert plain.last <= found.last
    assert all(is_working_day(day) for day in (found.due, found.last))


@given(PAPERS, OPENED, LATER, LATER, st.sampled_from([0, 7]))
def test_a_later_answer_never_needs_fewer_months(
    paper: tuple[str, str], opened: date, first_day: int, second_day: int, tolerance: int
):
    """Extensions grow with the delay, are none by the due date and cannot be had after the last day."""
    rule = period(*paper, opened)
    found = compute_deadline(rule, opened)
    sooner, later = (opened + timedelta(days=wait) for wait in sorted((first_day, second_day)))
    first, second = (extension_needed(rule, opened, answered, tolerance_days=tolerance) for answered in (sooner, later))
    months = [math.inf if needed is None else needed for needed in (first, second)]
    assert months == sorted(months)
    grace = timedelta(days=tolerance)
    assert (first == 0) == (sooner <= found.due + grace)
    assert (first is None) == (sooner > found.last + grace)


def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: dict[str, str]) -> dict[tuple[str, str], int]:
    """Read a table of one sound row for restrictions and one that is changed; give how many rows each paper has."""
    sound = {
        "office": "US", "category": "restriction", "codes": "CTRS", "since": "", "until": "2013-12-17", "months": "1",
        "days": "30", "extendable_months": "5", "bar_months": "6", "respondent": "applicant", "unless": "",
        "authority": "35 USC 133", "note": "",
    }  # fmt: skip
    changed = {**sound, "since": "2013-12-18", "until": "", **change}
    with (tmp_path / "periods.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, changed)
        writer.writeheader()
        writer.writerows([sound, changed] if set(sound) == set(changed) else [changed])
    codes.codes_of("US")  # once read, it does not come from the folder below
    for other in (periods.PROCEEDING_PERIODS_FILE, periods.USUAL_PERIODS_FILE):
        shutil.copy(rule_files.FOLDER / other, tmp_path)
    monkeypatch.setattr(rule_files, "FOLDER", tmp_path)
    rows = [
        row for rows in periods._periods.__wrapped__().values() for row in rows if not (row.proceeding or row.usual)
    ]
    return Counter((row.office, row.category.table_name) for row in rows)


@pytest.mark.parametrize(
    "change",
    [
        {"category": "nonsense"},
        {"office": "KR"},
        {"codes": "CTNF"},
        {"codes": "CTRS;XYZ"},
        {"since": "2013"},
        {"until": "2012-01-01"},
        {"months": "two"},
        {"months": "0"},
        {"months": "", "days": ""},
        {"extendable_months": ""},
        {"extendable_months": "-1"},
        {"bar_months": "0"},
        {"months": "7"},
        {"authority": ""},
        {"respondent": "someone"},
        {"since": "2013-12-17"},
        {"unexpected": "column"},
    ],
)
def test_a_broken_table_of_periods_is_refused_with_the_line_to_mend(
    change: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """What cannot be read, is not listed, or is for the same paper on the same day is named in the error."""
    with pytest.raises(RuleTableBroken, match=r"periods\.csv, lines? \d"):
        broken(tmp_path, monkeypatch, change)


def test_a_sound_table_of_periods_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The unchanged rows of the test above are no error."""
    assert broken(tmp_path, monkeypatch, {}) == {("US", "restriction"): 2}


@pytest.mark.parametrize(
    "row", ["US,pendency,many,35 USC 154(b),", "US,pendency,36,,", "US,pendency,36,35 USC 154(b),\n" * 2]
)
def test_a_broken_table_of_yardsticks_is_refused(row: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Months that are no number, no authority, or a measure twice."""
    (tmp_path / "yardsticks.csv").write_text(f"office,measure,months,authority,note\n{row}\n", encoding="utf-8")
    monkeypatch.setattr(rule_files, "FOLDER", tmp_path)
    with pytest.raises(RuleTableBroken, match=r"yardsticks\.csv, line \d"):
        yardsticks_of.__wrapped__("US")


def test_the_table_for_people_says_what_is_computed():
    """The rule before and since the Patent Law Treaty, the allowance without extension; no row without a period."""
    table = period_table().set_index(["category", "since"])
    assert table.loc[("restriction", ""), "period"] == "1 month or 30 days, whichever is longer"
    assert table.loc[("restriction", "2013-12-18"), ["period", "extension", "bar"]].tolist() == [
        "2 months", "up to 4 months", "6 months"]  # fmt: skip
    assert table.loc[("allowance", ""), ["period", "extension", "bar"]].tolist() == ["3 months", "none", ""]
    assert set(table["office"]) == {"US", "EP"}
    european = table[table["office"] == "EP"]
    assert european["authority"].str.endswith("(usual, not computed from the paper)").all()
    assert european.loc[("communication", "2007-12-13"), ["period", "extension"]].tolist() == [
        "4 months", "only under Rule 132(2) EPC"]  # fmt: skip
    assert table["period"].ne("").all()
