"""United States: grants, publications, applications, designs, plants, reissues and the small series."""

import re

from components.numbers import office, rules
from components.numbers.model import NumberKind, Reading
from components.numbers.office import (
    UNCONFIRMED,
    FoundNumber,
    Hints,
    digits_of,
    document_reading,
    found_number,
    kind_code_at,
    may_end,
    refused_number,
)

_APPLICATION = re.compile(r"(\d{1,2})\s?/\s?(\d{3})[, ]?(\d{3})(?!\d)")
_PUBLICATION = re.compile(r"(20\d\d)\s?[/-]?\s?(\d{6,7})(?!\d)")
_EXCHANGE = re.compile(r"((?:19|20)\d\d)(\d{2})(\d{6})(?!\d)")
_SERIES = re.compile(
    r"(D|PP|RE|RX|AI|H|T)(?:(?<=D)es(?:ign)?)?[.\s-]{0,2}(?:No\.?\s?)?(\d{1,3}(?:,\d{3}){1,2}|\d{1,8})(?!\d|,\d{3}(?!\d))",
    re.IGNORECASE,
)
_GRANT = re.compile(
    r"\d{1,3}(?:,\d{3}){1,2}(?!\d|,\d{3}(?!\d))|\d{1,2} \d{3} \d{3}(?!\d)|\d{1,2}\.\d{3}\.\d{3}(?!\d)|\d{1,8}(?!\d)"
)

_SERIES_KINDS = {
    "D": NumberKind.US_DESIGN,
    "PP": NumberKind.US_PLANT,
    "RE": NumberKind.US_REISSUE,
    "RX": NumberKind.US_REEXAMINATION,
    "AI": NumberKind.US_IMPROVEMENT,
    "H": NumberKind.US_SIR,
    "T": NumberKind.US_DEFENSIVE,
}
_FEWEST_IN_PROSE = {"D": 6, "PP": 4, "RE": 5, "RX": 4, "AI": 5, "H": 5, "T": 6}
"""Fewest digits of a number of the series that is read without a country in running prose."""
_FEWEST_ALONE = {"D": 3, "PP": 1, "RE": 3, "RX": 1, "AI": 1, "H": 3, "T": 3}
"""The same for a number that stands alone in its line or cell."""
_NOUN_SERIES = {"design": "D", "plant": "PP", "reissue": "RE"}


def find(text: str, start: int, hints: Hints) -> FoundNumber | None:
    """Read a US number behind "US", behind words that mean one, or one that its shape identifies."""
    return (
        _application(text, start, hints)
        or _publication(text, start, hints)
        or _exchange(text, start, hints)
        or _series(text, start, hints)
        or _grant(text, start, hints)
    )


def application_reading(series: int, serial: str, note: str = "") -> Reading | None:
    """Return the reading of an application number, or `None` if the series code is not in use.

    Source: MPEP 503; form of the service US14/706838.
    """
    series_codes = rules.us_series().get(series)
    if series_codes is None:
        return None
    return office.application_reading(
        series_codes.kind, f"US{series:02}/{serial}", f"{series_codes.note} {note}".strip()
    )


def grant_reading(number: int, kind_code: str = "", note: str = "") -> Reading:
    """Return the reading of a utility patent."""
    return document_reading(
        NumberKind.US_GRANT, f"US{number}", kind_code, rules.kind_codes("US", "grant", number), note
    )


def publication_reading(year: str, serial: str, kind_code: str = "") -> Reading:
    """Return the reading of a publication; the offices' exchange format drops the first of the seven digits."""
    return document_reading(NumberKind.US_PUBLICATION, f"US{year}{serial:0>7}", kind_code, (kind_code or "A1",))


def _application(text: str, start: int, hints: Hints) -> FoundNumber | None:
    """Read an application with its slash: `14/706,838`."""
    match = _APPLICATION.match(text, start)
    if match is None or hints.office not in ("", "US") or not may_end(text, match.end()):
        return None
    reading = application_reading(int(match[1]), match[2] + match[3])
    if reading is None:
        return refused_number(
            match.end(), f"Series {match[1]} of US applications is not in use. Check the number before the slash."
        )
    return found_number(match.end(), reading)


def _publication(text: str, start: int, hints: Hints) -> FoundNumber | None:
    """Read a publication: `2005/0262868 A1`; six digits behind the year may also be a WO publication."""
    match = _PUBLICATION.match(text, start)
    if match is None or not 2001 <= int(match[1]) <= rules.LAST_YEAR:
        return None
    named = hints.office == "US" or hints.noun == "publication"
    short = len(match[2]) == 6
    if not named and ("-" in match[0] or (short and "/" not in match[0])):
        return None
    kind_code, end = kind_code_at(text, match.end(), alone=hints.alone)
    if not may_end(text, end):
        return None
    reading = publication_reading(match[1], match[2], "" if kind_code == "A" else kind_code)
    if short and not named:
        international_reading = document_reading(
            NumberKind.WO_PUBLICATION, f"WO{match[1]}{match[2]}", kind_code, rules.kind_codes("WO", "publication")
        )
        return found_number(
            end,
            international_reading,
            reading,
            reason="A WO publication or a US publication without its zero: choose one, or write WO or US.",
        )
    return found_number(end, reading)


def _exchange(text: str, start: int, hints: Hints) -> FoundNumber | None:
    """Read an application in the offices' exchange format: US, year, series, serial (`US201514706838A`)."""
    match = _EXCHANGE.match(text, start)
    if match is None or hints.office != "US":
        return None
    kind_code, end = kind_code_at(text, match.end(), alone=hints.alone)
    reading = application_reading(int(match[2]), match[3])
    return found_number(end, reading) if reading is not None and kind_code in ("", "A") and may_end(text, end) else None


def _series(text: str, start: int, hints: Hints) -> FoundNumber | None:
    """Read a number with the letters of its series: `D1055174`, `RE35,000`, `PP9,999`."""
    match = _SERIES.match(text, start)
    if match is None or (hints.office not in ("", "US")):
        return None
    series, number = match[1].upper(), int(digits_of(match[2]))
    is_named = hints.office == "US" or hints.noun or (hints.alone and len(match[2]) >= _FEWEST_ALONE[series])
    is_long_enough = "," in match[2] or "es" in match[0].lower() or len(match[2]) >= _FEWEST_IN_PROSE[series]
    is_uppercase = match[1].isupper() or match[0][2:3] == "." or hints.alone
    if not 0 < number < 10_000_000 or not (is_named or (is_long_enough and is_uppercase)):
        return None
    kind_code, end = kind_code_at(text, match.end(), alone=hints.alone)
    return found_number(end, series_reading(series, number, kind_code)) if may_end(text, end) else None


def series_reading(series: str, number: int, kind_code: str = "") -> Reading:
    """Return the reading of a design, plant, reissue or other small series, without zero padding."""
    note = "" if series == "D" else UNCONFIRMED
    stem = f"US{series}{number}"
    return document_reading(_SERIES_KINDS[series], stem, kind_code, rules.kind_codes("US", series, number), note)


def _grant(text: str, start: int, hints: Hints) -> FoundNumber | None:
    """Read digits behind "US" or a word: a patent, or an application without its slash."""
    match = _GRANT.match(text, start)
    if match is None or (hints.office != "US" and not hints.noun):
        return None
    digits = digits_of(match[0])
    kind_code, end = kind_code_at(text, match.end(), alone=hints.alone)
    number = int(digits)
    if number == 0 or not may_end(text, end) or _too_few_digits(digits, kind_code, hints):
        return None
    if hints.noun in _NOUN_SERIES:
        return found_number(end, series_reading(_NOUN_SERIES[hints.noun], number, kind_code))
    if hints.noun == "application" and not kind_code:
        return _application_without_slash(end, digits)
    if kind_code or number <= rules.HIGHEST_GRANT:
        return _grant_or_old_application(end, digits, kind_code, named=hints.noun == "patent")
    return _application_without_slash(end, digits)


def _too_few_digits(digits: str, kind_code: str, hints: Hints) -> bool:
    """Return whether so few digits are more likely a year or a count than a number."""
    if hints.alone:
        return len(digits) < 5 and not kind_code and hints.office != "US" and hints.noun != "patent"
    if hints.noun == "application":
        return len(digits) not in (7, 8)
    return len(digits) < (5 if hints.noun else 7) and not kind_code


def _application_without_slash(end: int, digits: str) -> FoundNumber:
    """Read digits that are an application without its slash; seven digits lack the zero of a series below 10."""
    if len(digits) not in (7, 8):
        return refused_number(end, "A US application number has a series and six digits: write 14/706,838.")
    reading = application_reading(
        int(digits[:-6]), digits[-6:], "" if len(digits) == 8 else "Read with the zero that seems lost."
    )
    if reading is None:
        return refused_number(
            end,
            f"No US patent has the number {int(digits):,} yet, and series {digits[:-6]} of applications is not in use: "
            "check the digits.",
        )
    return found_number(end, reading)


def _grant_or_old_application(end: int, digits: str, kind_code: str, *, named: bool) -> FoundNumber:
    """Read digits as a patent; eight that begin with a zero may also be an application of an old series."""
    reading = grant_reading(int(digits), kind_code)
    old = (
        application_reading(int(digits[:2]), digits[2:])
        if len(digits) == 8 and digits[0] == "0" and not kind_code and not named
        else None
    )
    if old is None:
        return found_number(end, reading)
    return found_number(
        end, reading, old, reason="A padded patent number or an application of an old series: choose one."
    )
