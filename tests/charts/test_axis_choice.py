"""Which axis suits files: the calendar while it leaves each of them room, else months since filing."""

from datetime import date, timedelta
from typing import Any

import pytest

from components.charts import suited_axis
from components.charts.axis_choice import calendar_share
from components.prosecution import Tables
from tests.charts.hand import make_facts

START = date(2000, 1, 1)


def life(begin: int, years: int) -> tuple[date, date]:
    """Return the first and the last day of a file that lives so many years, from so many years after 2000 on."""
    return START + timedelta(days=365 * begin), START + timedelta(days=365 * (begin + years))


def facts(*lives: tuple[date, date]) -> Any:
    """Return a `histories` table of files with these lives."""
    return make_facts(
        *(
            {"history": f"US14/{number:06}", "first_document": first.isoformat(), "last_document": last.isoformat()}
            for number, (first, last) in enumerate(lives)
        )
    )


@pytest.mark.parametrize(
    ("lives", "share"),
    [
        ([life(0, 4)], 1.0),
        ([life(0, 4), life(16, 4)], 0.2),
        ([life(0, 2), life(2, 4), life(4, 6)], 0.4),
        ([life(0, 1), life(9, 1), life(0, 10), life(0, 10)], 0.1),  # of the two in the middle the shorter one
        ([(START, START)], 1.0),
    ],
)
def test_the_share_is_that_of_the_median_file(lives: list[tuple[date, date]], share: float):
    """Counted from the first day of all to the last."""
    assert calendar_share(lives) == pytest.approx(share)


@pytest.mark.parametrize(
    ("lives", "axis"),
    [
        ([life(0, 4)], "calendar"),
        ([life(0, 5), life(2, 5), life(4, 5)], "calendar"),
        ([life(0, 5), life(5, 5), life(10, 5)], "calendar"),
        ([life(0, 4), life(18, 4), life(19, 3)], "months"),
        ([life(0, 3), *(life(20 + number, 3) for number in range(4))], "months"),
        ([life(number, 4) for number in range(9)], "calendar"),
        ([], "calendar"),
    ],
    ids=["one", "family", "chain", "apart", "one old", "portfolio", "none"],
)
def test_months_where_each_file_would_have_too_little_room(lives: list[tuple[date, date]], axis: str):
    """A single file, and files that share much of their time, stay on the calendar."""
    assert suited_axis(facts(*lives)) == axis


def test_files_without_a_date_do_not_count():
    """They have no life to compare."""
    undated = make_facts({"history": "US14/999999"})
    assert suited_axis(undated) == "calendar"


def test_three_offices_of_different_decades_are_drawn_in_months(real_tables: Tables):
    """EP 1 000 000 of 1999, US 10,000,000 of 2015 and JP 6768620 of 2017; two US files of one decade are not."""
    table = real_tables.histories.set_index("history", drop=False)
    assert suited_axis(table.loc[["US14/643719", "EP99203729", "JP2017-187096"]]) == "months"
    assert suited_axis(table.loc[["US14/643719", "US14/412875"]]) == "calendar"
    for history in table.index:
        assert suited_axis(table.loc[[history]]) == "calendar"
