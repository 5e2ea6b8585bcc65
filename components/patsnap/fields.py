"""Reads single fields of the service's JSON: texts, identifiers, counts and dates, whatever is in them.

Strings for numbers, floats, blanks, control characters, lone surrogates: a value is converted where that is safe, and
is missing where it is not. Nothing is guessed; the caller counts what could not be used.
"""

import re
from datetime import date

MAX_MESSAGE_LENGTH = 300
_INT32 = 2**31 - 1
_MOST_PAGES = 100_000
"""Most pages of one document; far more than any office's list tells of."""
_EARLIEST_YEAR = 1790
"""Earliest year of a document: that of the first US patent act."""

_DAYS = frozenset(month * 100 + day for month in range(1, 13) for day in range(1, 29))
"""Days that every year has, as `mmdd`; most dates are on one of them."""

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_BREAKS = re.compile(r"[\t\n\v\f\r\x85]+")
_INTEGER = re.compile(r"[+-]?[0-9]{1,30}(?:\.0+)?")
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ].*)?")
_URL_QUERY = re.compile(r"(https?://[^\s?#\"'<>]*)[?#][^\s\"'<>]*", re.IGNORECASE)


def text(raw: object) -> str:
    """Return a text without control characters and lone surrogates, line breaks as blanks; `""` for anything else."""
    if not isinstance(raw, str):
        return ""
    return raw if raw.isprintable() else _UNPRINTABLE.sub("", _BREAKS.sub(" ", raw))


def identifier(raw: object) -> str:
    """Return an identifier or document code: a text, or a count as text; `""` for anything else."""
    if isinstance(raw, str):
        return raw if raw.isprintable() else _UNPRINTABLE.sub("", raw)
    number = count(raw)
    return "" if number is None else str(number)


def is_given(raw: object) -> bool:
    """Return whether a value says anything, be it usable or not: it is there, not `null` and not blank."""
    return raw is not None and (not isinstance(raw, str) or bool(raw.strip()))


def has_control_characters(raw: str) -> bool:
    """Return whether a text has characters that are left out; line breaks become blanks and are none."""
    return not raw.isprintable() and _UNPRINTABLE.search(_BREAKS.sub(" ", raw)) is not None


def integer(raw: object) -> int | None:
    """Return the whole number of an int, a float without fraction or a string of digits; else `None`."""
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int):
        return raw
    if isinstance(raw, float):
        return int(raw) if raw.is_integer() else None
    if isinstance(raw, str) and _INTEGER.fullmatch(raw.strip()):
        return int(raw.strip().split(".")[0])
    return None


def count(raw: object) -> int | None:
    """Return a count, from 0 to the largest 32-bit integer; else `None`."""
    number = integer(raw)
    return number if number is not None and 0 <= number <= _INT32 else None


def page_count(raw: object) -> int | None:
    """Return how many pages a document has, from 0 to 100,000; else `None`."""
    number = integer(raw)
    return number if number is not None and 0 <= number <= _MOST_PAGES else None


def calendar_day(raw: object, *, latest: int) -> int | None:
    """Return a calendar date as `yyyymmdd`, from 1790 to `latest`; `None` for anything else.

    0, 99999999, 20180231, epoch milliseconds and negative numbers are no dates. `2018-08-31` is one.
    """
    if type(raw) is int and _EARLIEST_YEAR * 10000 <= raw <= latest and raw % 10000 in _DAYS:
        return raw
    if isinstance(raw, str) and (iso := _ISO_DAY.fullmatch(raw.strip())):
        raw = "".join(iso.groups())
    number = integer(raw)
    if number is None or not _EARLIEST_YEAR * 10000 <= number <= latest:
        return None
    try:
        date(number // 10000, number // 100 % 100, number % 100)
    except ValueError:
        return None
    return number


def message(raw: object) -> str:
    """Return the service's words as plain text of at most 300 characters, without the query of any address."""
    if raw is None or isinstance(raw, bool):
        return ""
    words = (raw if isinstance(raw, str) else str(raw))[: 8 * MAX_MESSAGE_LENGTH]
    words = " ".join(_URL_QUERY.sub(r"\1", text(words)).split())
    return words if len(words) <= MAX_MESSAGE_LENGTH else words[: MAX_MESSAGE_LENGTH - 1] + "…"
