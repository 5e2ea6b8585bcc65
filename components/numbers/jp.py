"""Japan: publications in Western, Heisei and Showa years, patents, applications, designs, utility models."""

import re
from typing import NamedTuple

from components.numbers import rules
from components.numbers.model import NumberKind, Reading
from components.numbers.office import (
    UNCONFIRMED,
    FoundNumber,
    Hints,
    application_reading,
    digits_of,
    found_number,
    kind_code_at,
    may_end,
    publication_reading,
)

_NATIVE = {
    "特許出願公開": "kokai",
    "特開": "kokai",
    "特表": "kokai",
    "特公": "kokoku",
    "特許出願": "application",
    "特願": "application",
    "特許公報": "patent",
    "特許": "patent",
    "実開": "utility kokai",
    "実公": "utility kokoku",
    "意匠登録": "design",
}
_LETTERS = {"A": "kokai", "B": "kokoku", "U": "utility kokai", "Y": "utility kokoku", "S": "design"}
_KINDS = {
    "kokai": NumberKind.JP_KOKAI,
    "kokoku": NumberKind.JP_KOKOKU,
    "patent": NumberKind.JP_PATENT,
    "utility kokai": NumberKind.JP_UTILITY,
    "utility kokoku": NumberKind.JP_UTILITY,
    "design": NumberKind.JP_DESIGN,
}
_NOUN_SERIES = {"publication": "kokai", "application": "application", "design": "design"}

_BEFORE = re.compile(
    rf"\s*(?:({'|'.join(_NATIVE)})\s?(?:番号)?\s?第?\s?)?(?:([ABUY])\d?[\s-]{{1,3}}(?=[HShs平昭]?\s?\d))?"
)
_DASHED = re.compile(r"(?:([HShs]|平成?|昭和?)\s?)?(\d{4}|\d{1,2}|元)\s?[-/]\s?(\d{1,6})(?!\d)")
_ERA_JOINED = re.compile(r"([HShs])(?:(\d{2})(\d{1,6})|(\d)(\d{6}))(?!\d)")
_YEAR_JOINED = re.compile(r"((?:19|20)\d\d)(\d{5,6}|0\d{6})(?!\d)")
_SERIAL = re.compile(r"\d,\d{3},\d{3}(?!\d)|\d{5,7}(?!\d)")
_CLOSE = re.compile(r"\s?号(?:公報)?")
_ERA_NOTE = "Read as a publication of the era's year; for the application write 特願 or “JP application”."
ERAS = ("H", "S", "平", "昭")
"""Letters and signs of the eras in which numbers are read."""
_LAST_HEISEI = 12
"""Until Heisei 12 (2000) the office printed years of the era; a larger year without a letter is one of Showa."""


class _DatedNumber(NamedTuple):
    """A number that begins with a year: how it was written, and where it ends."""

    year: int
    serial: str
    era: bool
    exchange: bool
    end: int


def find(text: str, start: int, hints: Hints) -> FoundNumber | None:
    """Read a JP number behind "JP" or "Japanese", or behind 特開, 特許, 特願 and the like."""
    before = _BEFORE.match(text, start)
    series, body = "", start
    if before is not None:
        series = _NATIVE.get(before[1] or "", "") or _LETTERS.get(before[2] or "", "")
        body = before.end()
    dated = _dashed(text, body) or _era_joined(text, body) or _year_joined(text, body)
    if dated is None:
        return _read_undated(text, body, series, hints)
    return _read_dated(text, dated, series, hints)


def _year_of(era: str, year: str) -> int | None:
    """Return the Western year of a Western year or a year of an era; `None` if there is no such year."""
    if not era and len(year) == 4:
        return int(year) if 1900 <= int(year) <= rules.LAST_YEAR else None
    value = 1 if year == "元" else int(year)
    if len(year) > 2:
        return None
    row = rules.eras()[era[0].upper() if era else ("H" if value <= _LAST_HEISEI else "S")]
    return row.before + value if 1 <= value <= row.last else None


def _dashed(text: str, start: int) -> _DatedNumber | None:
    """Read a year and a serial number with a hyphen or slash between them: `2015-123456`, `H11-123456`."""
    match = _DASHED.match(text, start)
    year = _year_of(match[1] or "", match[2]) if match is not None else None
    if match is None or year is None or int(match[3]) == 0:
        return None
    return _DatedNumber(year, match[3], len(match[2]) < 4, exchange=False, end=match.end())


def _era_joined(text: str, start: int) -> _DatedNumber | None:
    """Read the letter of an era, a year and a serial number without separators: `H11123456`."""
    match = _ERA_JOINED.match(text, start)
    if match is None:
        return None
    plain = (match[2] + match[3]) if match[2] else (match[4] + match[5])
    for width in (2, 1):
        year = _year_of(match[1], plain[:width])
        serial = plain[width:]
        if year is not None and 1 <= len(serial) <= 6 and int(serial):
            return _DatedNumber(year, serial, era=True, exchange=False, end=match.end())
    return None


def _year_joined(text: str, start: int) -> _DatedNumber | None:
    """Read a Western year and a serial number without separators; seven digits are the exchange format."""
    match = _YEAR_JOINED.match(text, start)
    if match is None or int(match[2]) == 0:
        return None
    return _DatedNumber(int(match[1]), match[2][-6:], era=False, exchange=len(match[2]) == 7, end=match.end())


def _read_dated(text: str, dated: _DatedNumber, series: str, hints: Hints) -> FoundNumber | None:
    """Read the rest of a number that begins with a year: a publication or an application."""
    kind_code, end = kind_code_at(text, dated.end, alone=hints.alone)
    closing = _CLOSE.match(text, end)
    end = closing.end() if closing is not None else end
    if not may_end(text, end) or dated.year > rules.LAST_YEAR:
        return None
    series = series or ("" if dated.exchange else _LETTERS.get(kind_code[:1], ""))
    series = series or ("application" if dated.exchange else _NOUN_SERIES.get(hints.noun, ""))
    if series in ("application", "design"):
        return found_number(end, _application(dated))
    if series == "patent" or (not series and not dated.era):
        reason = "Publications and applications in Japan have the same shape: choose one, or write 特開 or 特願."
        return found_number(end, _publication(dated, "kokai", ""), _application(dated), reason=reason)
    note = _ERA_NOTE if dated.era and not series else ""
    return found_number(end, _publication(dated, series or "kokai", kind_code, note))


def _publication(dated: _DatedNumber, series: str, kind_code: str, note: str = "") -> Reading:
    """Return the reading of a publication with a year."""
    return publication_reading(
        _KINDS[series], f"JP{dated.year}{dated.serial:0>6}", kind_code, office="JP", series=series, note=note
    )


def _application(dated: _DatedNumber) -> Reading:
    """Return the reading of an application."""
    return application_reading(NumberKind.JP_APPLICATION, f"JP{dated.year}-{dated.serial:0>6}", UNCONFIRMED)


def _read_undated(text: str, start: int, series: str, hints: Hints) -> FoundNumber | None:
    """Read a number without a year: a patent, or a registered design or utility model."""
    match = _SERIAL.match(text, start)
    if match is None:
        return None
    closing = _CLOSE.match(text, match.end())
    kind_code, end = kind_code_at(text, closing.end() if closing is not None else match.end(), alone=hints.alone)
    number = int(digits_of(match[0]))
    if not may_end(text, end) or number == 0:
        return None
    series = series or _LETTERS.get(kind_code[:1], "") or _NOUN_SERIES.get(hints.noun, "")
    series = series if series in ("design", "utility kokoku") else "patent"
    return found_number(end, publication_reading(_KINDS[series], f"JP{number}", kind_code, office="JP", series=series))
