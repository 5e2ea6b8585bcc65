"""Words that every room writes alike: days, moments, months, counts and lists."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Final

YEAR_DAYS: Final = 365.25
"""Days of an average year."""
MONTH_DAYS: Final = YEAR_DAYS / 12
"""Days of an average month."""
MISSING: Final = "–"
"""What stands for a date that is not known."""
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_HEAD_ENDS: Final = re.compile(r" (?:of|for|on|to|from|after|with|in|under|without|into)\b| \(")
"""Where the head of a noun ends, which alone takes the plural: notices of allowance."""


def day(value: date | None) -> str:
    """Return a date as `31 Aug 2018`, which no reader can take for another day; a missing one (`NaT`) as `–`."""
    if value is None or value != value:  # noqa: PLR0124 - NaT alone is not equal to itself
        return MISSING
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def moment(value: datetime) -> str:
    """Return a moment with the name of its time zone, if it has one: `1 Jun 2025, 12:00 UTC`."""
    return f"{day(value)}, {value:%H:%M} {value.tzname() or ''}".rstrip()


@cache
def plural(noun: str) -> str:
    """Return the plural of a noun: `IDSs`, `notices of allowance`, `replies after final`."""
    end = _HEAD_ENDS.search(noun)
    head, rest = (noun[: end.start()], noun[end.start() :]) if end else (noun, "")
    return f"{head[:-1]}ies{rest}" if re.search(r"[^aeiou]y$", head) else f"{head}s{rest}"


def counted(count: int, noun: str) -> str:
    """Return a count with its noun: `1 page`, `1,050 documents`, `2 histories`."""
    return f"{count:,} {noun if count == 1 else plural(noun)}"


def listed(words: Sequence[str], *, last: str = "and") -> str:
    """Return a list as `a, b and c`; if a member is a list itself, with a comma before the last: `a and b, and c`."""
    if len(words) < 2:
        return "".join(words)
    comma = "," if any(f" {last} " in word for word in words) else ""
    return f"{', '.join(words[:-1])}{comma} {last} {words[-1]}"


def shortened(text: str, longest: int) -> str:
    """Return a text of at most so many characters; a longer one ends with `…`."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
