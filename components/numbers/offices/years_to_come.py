"""Numbers of years that have not come, which no office has given: they are refused, whatever office they are of."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from components.numbers import rules
from components.numbers.model import Reading

_YEARS_AHEAD: Final = 1
"""Until the clock of this machine is looked after, the next year may have come elsewhere."""
_YEAR_IN: Final[Mapping[str, re.Pattern[str]]] = {
    "US": re.compile(r"US(20\d\d)\d{7}"),
    "WO": re.compile(r"WO(\d{4})\d{6}|PCT/[A-Z]{2}(\d{4})/"),
    "EP": re.compile(r"EP(\d\d)\d{6}(?!\d)"),
    "JP": re.compile(r"JP(?:WO)?(\d{4})-?\d{6}"),
    "KR": re.compile(r"KR\d\d-?(\d{4})-?\d{7}"),
    "DE": re.compile(r"DE[1256]\d(\d{4})\d{6}"),
}
"""Where the year stands in the normalised numbers of each office that has a module of its own."""
_FIRST_YEAR: Final = 1900


def latest_year() -> int:
    """Return the last year of which an office can have given a number by now."""
    return date.today().year + _YEARS_AHEAD  # noqa: DTZ011 - the day of this machine is near enough


def year_to_come(reading: Reading) -> int:
    """Return the year that a reading bears, if it has not come; else 0, also if it bears none."""
    pattern = _YEAR_IN.get(reading.office)
    match = pattern.match(reading.normalised) if pattern is not None else None
    written = next((group for group in match.groups() if group), "") if match is not None else ""
    year = rules.full_year(written, _FIRST_YEAR) if written else None
    return year if year is not None and year > latest_year() else 0


def reason(year: int) -> str:
    """Return why a number of a year to come is refused."""
    return f"It would be a number of the year {year}, which has not come: no office has given it. Check the year."
