"""A number of a year that has not come is refused with the reason, whatever office it is of; next year's is read."""

from datetime import date

import pytest

from components.numbers import Standing, parse

NEXT, TO_COME = date.today().year + 1, date.today().year + 2  # noqa: DTZ011
FORMS = [
    "US {year}/0000001 A1",
    "US {year}/0000001",
    "WO {year}/000001",
    "WO{year}000001A1",
    "PCT/US{year}/012345",
    "JP{year}123456A",
    "JP {year}-123456 A",
    "特願{year}-123456",
    "特許願{year}年第123456号",
    "KR10{year}0012345A",
    "KR 10-{year}-0012345",
    "DE10{year}001234A1",
    "IN {year}11000001",
    "AU {year}212220",
    "AU{year}212220A1",
    "MX/a/{year}/012345",
    "BR 10 {year} 012345 6",
]


@pytest.mark.parametrize("form", FORMS)
def test_a_year_to_come_is_refused_and_next_year_is_not(form: str) -> None:
    """The clock of the machine may be behind by some time, so that next year's numbers are let through."""
    (refused,) = parse(form.format(year=TO_COME))
    assert refused.standing is Standing.REFUSED
    assert f"the year {TO_COME}, which has not come" in refused.reason
    (read,) = parse(form.format(year=NEXT))
    assert read.standing is not Standing.REFUSED, read.reason


@pytest.mark.parametrize(("typed", "year"), [("PCT/US49/012345", 2049), ("WO 2099/000001", 2099)])
def test_a_year_far_ahead_is_told(typed: str, year: int) -> None:
    """Two digits up to 49 are of this century."""
    (refused,) = parse(typed)
    assert f"the year {year}, which has not come" in refused.reason


def test_a_year_of_an_era_to_come_is_told() -> None:
    """Reiwa began in 2019: its 81st year is 2099."""
    (refused,) = parse("令和81年特許願第123456号")
    assert "the year 2099, which has not come" in refused.reason
