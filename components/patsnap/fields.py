"""Plain text and plain numbers out of whatever the service sends.

Strings for numbers, floats, blanks, control characters, lone surrogates: each value is coerced where that is safe
and else missing; what was coerced away is counted by the caller, never guessed.
"""

import re
from datetime import date

MAX_MESSAGE_LENGTH = 300
_INT32 = 2**31 - 1
_EARLIEST_YEAR = 1790
"""Of a document date: the first US patent act."""

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_BREAKS = re.compile(r"[\t\n\v\f\r\x85]+")
_INTEGER = re.compile(r"[+-]?[0-9]{1,30}(?:\.0+)?")
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ].*)?")
_URL_QUERY = re.compile(r"(https?://[^\s?#\"'<>]*)[?#][^\s\"'<>]*", re.IGNORECASE)


def text(raw: object) -> str:
    """Give a text without control characters and lone surrogates; line breaks become a blank; `""` for nothing."""
    if raw is None:
        return ""
    words = raw if isinstance(raw, str) else str(raw)
    if words.isprintable():
        return words
    return _UNPRINTABLE.sub("", _BREAKS.sub(" ", words))


def identifier(raw: object) -> str:
    """Give an identifier or document code: text, or a number as text; `""` for anything else."""
    if isinstance(raw, str):
        return raw if raw.isprintable() else _UNPRINTABLE.sub("", raw)
    if isinstance(raw, bool) or not isinstance(raw, (int, float)):
        return ""
    return str(int(raw)) if isinstance(raw, float) and raw.is_integer() else str(raw)


def integer(raw: object) -> int | None:
    """Give a whole number out of an int, a float without fraction or a string of digits; else `None`."""
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
    """Give a number of things, 0 or more (int32); else `None`."""
    number = integer(raw)
    return number if number is not None and 0 <= number <= _INT32 else None


def calendar_day(raw: object, *, latest: int) -> int | None:
    """Give a calendar date as `yyyymmdd`, from 1790 to `latest`; `None` for anything else.

    0, 99999999, 20180231, epoch milliseconds and negative numbers are no dates. `2018-08-31` is taken as one.
    """
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
    """Give the service's words as plain text of at most 300 characters, without the query of any address."""
    if raw is None or isinstance(raw, bool):
        return ""
    words = raw[: 8 * MAX_MESSAGE_LENGTH] if isinstance(raw, str) else str(raw)[: 8 * MAX_MESSAGE_LENGTH]
    words = " ".join(_URL_QUERY.sub(r"\1", text(words)).split())
    return words if len(words) <= MAX_MESSAGE_LENGTH else words[: MAX_MESSAGE_LENGTH - 1] + "…"
