"""On which days a period can end at the USPTO, and how months are counted."""

import csv
from datetime import date, timedelta
from pathlib import Path

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.prosecution import RuleTableBroken
from components.prosecution.law import rule_files
from components.prosecution.law.workdays import add_months, closures, is_working_day, next_working_day

DAYS = st.dates(date(1971, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("day", "what"),
    [
        (date(2019, 10, 12), "a Saturday"),
        (date(2019, 10, 13), "a Sunday"),
        (date(2019, 10, 14), "Columbus Day"),
        (date(2022, 6, 20), "Juneteenth, observed on a Monday"),
        (date(2021, 6, 18), "Juneteenth, observed on a Friday in its first year"),
        (date(2021, 12, 31), "New Year's Day of the next year, a Saturday"),
        (date(2012, 1, 2), "New Year's Day, a Sunday"),
        (date(2013, 11, 28), "Thanksgiving"),
        (date(2017, 1, 20), "Inauguration Day (USPTO notice of January 2017)"),
        (date(1989, 1, 20), "Inauguration Day (1098 OG 548)"),
        (date(1985, 1, 21), "Inauguration Day, a Sunday"),
        (date(1997, 12, 26), "Executive Order 13068"),
        (date(2001, 12, 24), "Executive Order 13238"),
        (date(2007, 1, 2), "day of mourning for President Ford"),
        (date(2010, 2, 9), "snow"),
        (date(2015, 12, 23), "power outage"),
    ],
)
def test_nothing_is_due_on_a_weekend_a_federal_holiday_or_an_official_closing(day: date, what: str):
    """The days on which the Office was closed all day are not working days."""
    assert not is_working_day(day), what


@pytest.mark.parametrize(
    ("day", "what"),
    [
        (date(2018, 4, 16), "Emancipation Day, a holiday of the District alone"),
        (date(2007, 4, 16), "the same, on a Monday"),
        (date(2002, 12, 24), "a half-day closing, Executive Order 13281"),
        (date(2009, 12, 24), "a half-day closing, Executive Order 13523"),
        (date(2018, 1, 19), "an ordinary Friday"),
        (date(2029, 1, 19), "the Friday before an Inauguration Day on a Saturday"),
        (date(2029, 1, 22), "the Monday after it"),
        (date(2019, 1, 22), "20 January is nothing in other years"),
        (date(2020, 6, 19), "Juneteenth before it became a holiday"),
        (date(2013, 11, 29), "the day after Thanksgiving"),
        (date(2010, 2, 12), "the day after the snow"),
    ],
)
def test_a_day_on_which_the_office_is_open_is_a_working_day(day: date, what: str):
    """Holidays of the District alone and half-day closings do not move a date (37 CFR 1.9(h); MPEP 510)."""
    assert is_working_day(day), what


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(1996, 1, 12), date(1996, 1, 16)),  # 1183 OG 60: King's birthday on the Monday
        (date(1996, 1, 8), date(1996, 1, 11)),  # 1183 OG 59
        (date(2001, 12, 22), date(2001, 12, 26)),  # USPTO press release of December 2001
        (date(2003, 2, 18), date(2003, 2, 19)),  # OG Notices of 25 March 2003
        (date(2003, 9, 18), date(2003, 9, 22)),  # 1337 CNOG, item 18
        (date(2003, 10, 10), date(2003, 10, 14)),  # OG Notices of 18 November 2003: Columbus Day on the Monday
        (date(2015, 12, 22), date(2015, 12, 28)),  # USPTO notice of December 2015
        (date(2017, 1, 20), date(2017, 1, 23)),  # USPTO notice of January 2017
        (date(2018, 3, 2), date(2018, 3, 5)),  # 1469 CNOG, item 21
        (date(2018, 12, 22), date(2018, 12, 26)),  # statement of the Director of 21 December 2018
        (date(2024, 12, 24), date(2024, 12, 26)),  # USPTO notice of December 2024
        (date(2019, 7, 12), date(2019, 7, 12)),
    ],
)
def test_what_falls_due_on_a_closed_day_is_due_on_the_next_open_one(day: date, expected: date):
    """The Office's own notices say until when papers due on a closed day were in time."""
    assert next_working_day(day) == expected


def test_every_closing_of_the_whole_government_is_listed_with_its_source():
    """The list holds each full day that an executive order gave since 1971, as another list of them has it."""
    years = range(1971, 2030)
    ordinary = holidays.country_holidays("US", years=years, categories="public")
    closed = holidays.country_holidays("US", years=years, categories="government")
    ordered = {day for day, name in closed.items() if day not in ordinary and "half-day" not in name}
    assert date(2014, 12, 26) in ordered
    assert ordered <= closures()


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2011, 1, 31), 1, date(2011, 2, 28)),
        (date(2012, 1, 31), 1, date(2012, 2, 29)),
        (date(2009, 11, 30), 3, date(2010, 2, 28)),  # MPEP 710.01(a)
        (date(2011, 11, 30), 3, date(2012, 2, 29)),  # MPEP 710.01(a)
        (date(2011, 2, 28), 3, date(2011, 5, 28)),  # MPEP 710.01(a), Ex parte Messick
        (date(2011, 1, 31), 3, date(2011, 4, 30)),  # MPEP 710.01(a)
        (date(2011, 1, 31), 4, date(2011, 5, 31)),  # MPEP 710.01(a)
        (date(2010, 12, 15), 1, date(2011, 1, 15)),
        (date(2010, 12, 30), 14, date(2012, 2, 29)),
        (date(2010, 5, 5), 0, date(2010, 5, 5)),
    ],
)
def test_months_end_on_the_same_day_or_on_the_last_of_the_month(day: date, months: int, expected: date):
    """Month arithmetic is that of MPEP 710.01(a)."""
    assert add_months(day, months) == expected


@given(DAYS)
def test_the_next_working_day_is_open_and_nothing_before_it_is(day: date):
    """No open day is passed over, and no closure lasts longer than two weeks."""
    found = next_working_day(day)
    assert is_working_day(found)
    assert day <= found <= day + timedelta(days=14)
    assert not any(is_working_day(day + timedelta(days=passed)) for passed in range((found - day).days))


@given(DAYS, st.integers(0, 40), st.integers(0, 40))
def test_longer_periods_end_later(day: date, fewer: int, more: int):
    """More months never end before fewer, and land in the month that was asked for."""
    fewer, more = sorted((fewer, more))
    assert add_months(day, fewer) <= add_months(day, more)
    end = add_months(day, more)
    assert (end.year - day.year) * 12 + end.month - day.month == more


@pytest.mark.parametrize(
    "row",
    [
        {
            "office": "US",
            "date": "24.12.2019",
            "until": "",
            "reason": "day before Christmas",
            "source": "Executive Order 13900",
        },
        {"office": "US", "date": "2019-12-24", "until": "", "reason": "day before Christmas", "source": ""},
        {"office": "US", "date": "2019-12-22", "until": "", "reason": "a Sunday", "source": "none needed"},
        {"office": "EP", "date": "2019-12-24", "until": "2019-12-23", "reason": "backwards", "source": "-"},
    ],
)
def test_a_closure_that_cannot_be_read_is_refused(row: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A day in another form, without a source or on a weekend is named in the error."""
    with (tmp_path / "closures.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, row)
        writer.writeheader()
        writer.writerow(row)
    monkeypatch.setattr(rule_files, "FOLDER", tmp_path)
    with pytest.raises(RuleTableBroken, match=r"closures\.csv, line 2(, column (date|source))?: .*Mend that cell"):
        closures.__wrapped__()
