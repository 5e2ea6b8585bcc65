"""United States: grants, publications, applications, designs, plants, reissues and the small series."""

import re
from dataclasses import replace

from components.numbers import rules
from components.numbers.model import NumberKind, Reading
from components.numbers.offices import office, wo
from components.numbers.offices.office import (
    UNCONFIRMED,
    FoundNumber,
    Hints,
    behind_padding,
    digits_of,
    document_reading,
    found_number,
    kind_code_at,
    may_end,
    refused_number,
)

_APPLICATION = re.compile(r"(\d{1,2})\s?/\s?(\d{3})[, ]?(\d{3})(?!\d)")
_PUBLICATION = re.compile(r"(20\d\d)(\s?[/_.-]?\s?)(\d{6,7})(?!\d)")
_EXCHANGE = re.compile(r"(?:((?:19|20)\d\d)(\d{2})(\d{6})|(19\d\d)(0\d{6}))(?!\d)")
_SERIES = re.compile(
    r"(D|PP|R[DEPX]|AI|H|T|X|B(?=\d{3},?\d{3}[ ._/-]{0,2}\(?I5))(?:(?<=D)es(?:ign)?)?[.\s-]{0,2}(?:No\.?\s?)?"
    r"(\d{1,3}(?:,\d{3}){1,2}|\d{1,3}(?: \d{3}){1,2}(?!\d)|\d{1,8})(?!\d|,\d{3}(?!\d))",
    re.IGNORECASE,
)
_X_BEHIND = re.compile(r"(\d{1,2},\d{3}|\d{1,7})[ -]?X1?(?![A-Za-z0-9])", re.IGNORECASE)
_GRANT = re.compile(
    r"\d{1,3}(?:,\d{3}){1,2}(?!\d|,\d{3}(?!\d))|\d{1,2} \d{3} \d{3}(?!\d)|\d{1,2}\.\d{3}\.\d{3}(?!\d)|\d{1,8}(?!\d)"
)
KIND_IN_FRONT = r"(?-i:[A-Z][1-9]) (?=\d|Des\.|(?-i:RE|PP|Plant ))"
"""Pattern of a kind code in front, as reexamination certificates were printed until 2000: B1 4,234,567."""
_KIND_IN_FRONT = re.compile(rf"(?P<kind>{KIND_IN_FRONT})(?P<plant>Plant )?")
_WITH_COMMA = re.compile(r"\d{1,3}(?:,\d{3}){1,2}(?!\d|,\d{3}(?!\d))")

_EXCHANGE_KINDS = ("", "A", "F", "P")
"""Kinds of applications in the exchange format of the offices: of a patent, of a design, provisional."""
_LONGEST_PADDED = 8
"""Eight digits may be padded too, but may also be an application of an old series: both are offered."""
_FULL_SERIAL = 7
"""Digits of the serial number of a publication, of which the EPO leaves the first out."""
_HIGHEST_SERIAL = 599_999
"""No year has had so many publications (about 430,000 in 2024)."""
_SERIES_KINDS = {
    "D": NumberKind.US_DESIGN,
    "PP": NumberKind.US_PLANT,
    "RE": NumberKind.US_REISSUE,
    "RX": NumberKind.US_REEXAMINATION,
    "AI": NumberKind.US_IMPROVEMENT,
    "H": NumberKind.US_SIR,
    "T": NumberKind.US_DEFENSIVE,
    "X": NumberKind.US_X_PATENT,
    "B": NumberKind.US_PROTEST,
}
_OTHER_LETTERS = {"RD": "RE", "RP": "RE"}
"""Reissues of designs and of plants are numbered with the other reissues (MPEP 901.04)."""
_RX_NOTE = "RX is a reissue of a patent of 1790 to 1836; the Office's older search pages called reexaminations so, too."
_FEWEST_IN_PROSE = {"D": 6, "PP": 4, "RE": 5, "RD": 5, "RP": 5, "RX": 4, "AI": 5, "H": 5, "T": 6, "X": 99, "B": 6}
"""Fewest digits of a number of the series that is read without a country in running prose."""
_FEWEST_ALONE = {"D": 3, "PP": 1, "RE": 3, "RD": 5, "RP": 5, "RX": 1, "AI": 1, "H": 3, "T": 3, "X": 1, "B": 6}
"""The same for a number that stands alone in its line or cell."""
_FIRST_OF_SEVEN_DIGITS = 1_000_000
_FIRST_OF_EIGHT_DIGITS = 10_000_000
_FEWEST_NAMED = 3
"""The same in running prose behind a word such as "patent": D1 and T2 are names of documents and times."""
_FEWEST_WITH_LETTER = 10_000
"""Without an office, smaller numbers with a single letter behind them are no patents; see `_is_sum`."""
_NOUN_SERIES = {"design": "D", "plant": "PP", "reissue": "RE"}


def find(text: str, start: int, hints: Hints) -> FoundNumber | None:
    """Read a US number behind "US", behind words that mean one, or one that its shape identifies."""
    if hints.office == "US":
        start = behind_padding(text, start, _LONGEST_PADDED)
    in_front = _KIND_IN_FRONT.match(text, start)
    if in_front is not None:
        return _behind_kind_code(text, in_front, hints)
    return (
        _application(text, start, hints)
        or _publication(text, start, hints)
        or _exchange(text, start, hints)
        or _series(text, start, hints)
        or _grant(text, start, hints)
        or _told_by_kind_code(text, start, hints)
    )


def _behind_kind_code(text: str, in_front: re.Match[str], hints: Hints) -> FoundNumber | None:
    """Read a number with its kind code in front; without an office only that of a reexamination certificate.

    Source: USPTO PTDL, Patent Document Kind Codes: B1 5,123,456; B1 Des. 123,456; B1 RE12,345; B1 Plant 11,000.
    """
    start = in_front.end()
    if not (hints.office or hints.noun or "," in text[start : start + 12]):
        return None
    named = Hints("US", "plant" if in_front["plant"] else hints.noun, hints.alone)
    without = find(text, start, named)
    if without is None or not without.readings:
        return without
    moved = f"{text[start : without.end]} {in_front['kind'].strip()}"
    found = find(moved, 0, replace(named, alone=True))
    if found is None or not found.readings or found.end < len(moved):
        return without
    is_certificate = len(found.readings[0].request_forms) > 1  # it is asked for before the patent itself
    return replace(found, end=without.end) if hints.office or is_certificate else without


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
    """Return the reading of a utility patent, or of a certificate that bears its number."""
    return _reading(NumberKind.US_GRANT, "grant", number, kind_code, note)


def _reading(kind: NumberKind, series: str, number: int, kind_code: str, note: str) -> Reading:
    """Return the reading of a patent of a series, or of a certificate that bears its number."""
    meant = rules.us_kind(kind_code, series, number)
    certificate = meant.meaning if meant is not None and meant.marks == "certificate" else ""
    stem = f"US{'' if series == 'grant' else series}{number}"
    possible = rules.kind_codes("US", series, number)
    return document_reading(kind, stem, kind_code, possible, note, certificate=certificate)


def publication_reading(year: str, serial: str, kind_code: str = "") -> Reading:
    """Return the reading of a publication; the offices' exchange format drops the first of the seven digits."""
    known = rules.us_kind(kind_code, "publication", int(serial)) is not None
    possible = (kind_code,) if known else rules.kind_codes("US", "publication")
    return document_reading(NumberKind.US_PUBLICATION, f"US{year}{serial:0>7}", kind_code, possible)


def _application(text: str, start: int, hints: Hints) -> FoundNumber | None:
    """Read an application with its slash: `14/706,838`."""
    match = _APPLICATION.match(text, start)
    if match is None or hints.office not in ("", "US"):
        return None
    kind_code, end = kind_code_at(text, match.end(), alone=hints.alone)
    end = end if kind_code in _EXCHANGE_KINDS else match.end()
    if not may_end(text, end):
        return None
    reading = application_reading(int(match[1]), match[2] + match[3])
    if reading is None:
        return refused_number(
            end, f"Series {match[1]} of US applications is not in use. Check the number before the slash."
        )
    return found_number(end, reading)


def _publication(text: str, start: int, hints: Hints) -> FoundNumber | None:
    """Read a publication: `2005/0262868 A1`; six digits behind the year may also be of another number."""
    match = _PUBLICATION.match(text, start)
    if match is None or not 2001 <= int(match[1]) <= rules.LAST_YEAR:
        return None
    named = hints.office == "US" or hints.noun == "publication"
    separator, short = match[2].strip(), len(match[3]) == 6
    if not named and (separator not in ("", "/") or (short and not separator)):
        return None
    kind_code, end = kind_code_at(text, match.end(), alone=hints.alone)
    if len(kind_code) == 1 and not hints.alone:
        kind_code, end = "", end if kind_code == "A" else match.end()  # the initial of a name
    kind_code = "" if kind_code == "A" else kind_code
    if not may_end(text, end):
        return None
    if short and (not named or (separator and not kind_code and hints.noun != "publication")):
        return _six_digits(match[1], match[3], kind_code, end, named=named)
    return _published(match[1], match[3], kind_code, end)


def _published(year: str, serial: str, kind_code: str, end: int) -> FoundNumber:
    """Return a year and a serial number as a publication, or why they are none."""
    series = {series for row in rules.us_kinds().get(kind_code, ()) for series in row.series}
    if kind_code and not series & ({"publication", "grant"} if len(serial) == _FULL_SERIAL else {"publication"}):
        return refused_number(end, _wrong_kind(f"US {year}/{serial:0>7}", kind_code))
    if not kind_code and int(serial) > _HIGHEST_SERIAL:
        return _filed_in(year, serial, end)
    return found_number(end, publication_reading(year, serial, kind_code))


def _filed_in(year: str, serial: str, end: int) -> FoundNumber:
    """Read an application as the EPO wrote it until 2010: year and serial number, without the series."""
    several = rules.us_series_of_year(int(year)) if len(serial) == 6 or serial[0] == "0" else ()
    found = (application_reading(series, serial[-6:]) for series in several)
    readings = [reading for reading in found if reading is not None]
    if not readings:
        return refused_number(
            end,
            f"No year had so many US publications. If it is an application of {year} whose number ends in "
            f"{serial[-6:]}, write it with its series: 14/706,838.",
        )
    reason = "The year and the serial number of an application, without its series: choose one."
    return found_number(end, *readings, reason=reason if len(readings) > 1 else "")


def _six_digits(year: str, serial: str, kind_code: str, end: int, *, named: bool) -> FoundNumber:
    """Read `2015/012345`: a publication that lacks a zero, or what is left of an international number."""
    publication = publication_reading(year, serial, kind_code)
    if named:
        international = wo.application_reading("US", year, serial)
        reason = (
            "A US publication without its zero, or an international application without its PCT: choose one, or write "
            "PCT or the kind code."
        )
    else:
        international = document_reading(
            NumberKind.WO_PUBLICATION, f"WO{year}{serial}", kind_code, rules.kind_codes("WO", "publication")
        )
        reason = "A WO publication or a US publication without its zero: choose one, or write WO or US."
    return found_number(end, international, publication, reason=reason)


def _exchange(text: str, start: int, hints: Hints) -> FoundNumber | None:
    """Read an application in the offices' exchange format: year, series, serial (`US201514706838A`).

    Before 2011 it has no series: `US19930101840`.
    """
    match = _EXCHANGE.match(text, start)
    if match is None or hints.office != "US":
        return None
    kind_code, end = kind_code_at(text, match.end(), alone=hints.alone)
    if kind_code not in _EXCHANGE_KINDS or not may_end(text, end):
        return None
    if match[4]:
        return _filed_in(match[4], match[5], end)
    reading = application_reading(int(match[2]), match[3])
    return None if reading is None else found_number(end, reading)


def _series(text: str, start: int, hints: Hints) -> FoundNumber | None:
    """Read a number with the letters of its series: `D1055174`, `RE35,000`, `PP9,999`, `1041X`."""
    match = _SERIES.match(text, start)
    if match is None or (hints.office not in ("", "US")):
        return _x_behind(text, start, hints)
    letters, number = match[1].upper(), int(digits_of(match[2]))
    fewest = _FEWEST_ALONE[letters] if hints.alone else _FEWEST_NAMED
    is_named = hints.office == "US" or ((hints.noun or hints.alone) and len(match[2]) >= fewest)
    is_long_enough = "," in match[2] or "es" in match[0].lower() or len(match[2]) >= _FEWEST_IN_PROSE[letters]
    is_uppercase = match[1].isupper() or match[0][2:3] == "." or hints.alone
    if not 0 < number < 10_000_000 or not (is_named or (is_long_enough and is_uppercase)):
        return None
    kind_code, end = kind_code_at(text, match.end(), alone=hints.alone)
    series = _OTHER_LETTERS.get(letters, letters)
    return _number_of_series(end, series, number, kind_code) if may_end(text, end) else None


def _x_behind(text: str, start: int, hints: Hints) -> FoundNumber | None:
    """Read a patent of 1790 to 1836 with its X behind the number, as it is printed on the patent: `1041X`."""
    match = _X_BEHIND.match(text, start)
    if match is None or (hints.office != "US" and hints.noun != "patent"):
        return None
    _, end = kind_code_at(text, match.end(), alone=hints.alone)
    number = int(digits_of(match[1]))
    fits = rules.us_kind("I1", "X", number) is not None and may_end(text, end)
    return found_number(end, series_reading("X", number)) if fits else None


def _number_of_series(end: int, series: str, number: int, kind_code: str) -> FoundNumber:
    """Return a number whose series is known; a kind code of another series refuses it."""
    rows = rules.us_kinds().get(kind_code, ())
    if kind_code and not any(series in row.series for row in rows):
        return refused_number(end, _wrong_kind(f"{series}{number:,}", kind_code))
    if not rules.us_series_reaches(series, number):
        return refused_number(end, f"There is no {series}{number:,} yet: this series of US patents ends before.")
    return found_number(end, series_reading(series, number, kind_code))


def series_reading(series: str, number: int, kind_code: str = "") -> Reading:
    """Return the reading of a design, plant, reissue or other small series, without zero padding."""
    kind, note = _SERIES_KINDS[series], "" if series == "D" else UNCONFIRMED
    if series == "RX":
        kind = NumberKind.US_X_REISSUE if kind_code else kind
        note = note if kind_code else f"{note} {_RX_NOTE}"
    return _reading(kind, series, number, kind_code, note)


def _grant(text: str, start: int, hints: Hints) -> FoundNumber | None:
    """Read digits behind "US" or a word: a patent, or an application without its slash."""
    match = _GRANT.match(text, start)
    if match is None or (hints.office != "US" and not hints.noun):
        return None
    digits = digits_of(match[0])
    kind_code, end = kind_code_at(text, match.end(), alone=hints.alone)
    number = int(digits)
    if not hints.alone and _is_initial(text[match.end() : end], kind_code, number):
        kind_code, end = "", match.end()
    if number == 0 or not may_end(text, end) or _too_few_digits(digits, kind_code, hints):
        return None
    series = _NOUN_SERIES.get(hints.noun, "")
    if series and rules.us_series_reaches(series, number):
        return _number_of_series(end, series, number, kind_code)
    if kind_code:
        return _patent_with_kind_code(end, digits, kind_code)
    if hints.noun != "application" and number <= rules.HIGHEST_GRANT:
        return _grant_or_old_application(end, digits, named=hints.noun == "patent" or end > match.end())
    return _application_without_slash(end, digits)


def _is_initial(behind: str, kind_code: str, number: int) -> bool:
    """Return whether a letter behind a number in prose is no kind code, because the number cannot have it.

    In "US 5,012,236 E. Jones" it begins a name.
    """
    if len(kind_code) != 1 or not behind.startswith(" "):
        return False
    return not _series_told(kind_code, number) and rules.us_kind(kind_code, "grant", number) is None


def _patent_with_kind_code(end: int, digits: str, kind_code: str) -> FoundNumber:
    """Return digits with a kind code, which tells the series: 49,033 E is a reissue, 12,009 P2 a plant patent.

    A kind code of another series is never read as one of a utility patent, which would be another document.
    """
    number = int(digits)
    rows = rules.us_kinds().get(kind_code, ())
    series = _series_told(kind_code, number)
    if series:
        return found_number(end, series_reading(series, number, kind_code))
    if number > rules.HIGHEST_GRANT and len(kind_code) > 1:
        return refused_number(end, f"No US patent has the number {number:,} yet: check the digits.")
    fits = rules.us_kind(kind_code, "grant", number) is not None
    unusual = any("grant" in row.series for row in rows) and not (kind_code == "A1" or _is_exchange(number, kind_code))
    if fits or unusual:
        return found_number(end, grant_reading(number, kind_code))
    return refused_number(end, _wrong_kind(f"US {number:,}", kind_code))


def _series_told(kind_code: str, number: int) -> str:
    """Return the series with letters that a kind code tells of a number without them; empty if it tells none."""
    rows = (row for row in rules.us_kinds().get(kind_code, ()) if row.marks == "patent" and row.covers(number))
    return next((series for row in rows for series in row.series if series != "grant"), "")


def _is_exchange(number: int, kind_code: str) -> bool:
    """Return whether a number may be an application as the EPO wrote it until 2010: serial, year (`12345604 A`)."""
    return kind_code == "A" and number >= _FIRST_OF_EIGHT_DIGITS


def _wrong_kind(shown: str, kind_code: str) -> str:
    """Return why a number cannot have its kind code, and what to do."""
    rows = rules.us_kinds().get(kind_code, ())
    if not rows:
        return f"US documents have no kind code {kind_code}. Correct it, or leave it off to ask for {shown}."
    meant = next((row for row in rows if row.last is None), rows[-1])
    return (
        f"Kind code {kind_code} marks {meant.meaning}, which cannot have the number {shown}. "
        "Correct the number or the kind code."
    )


def _is_sum(number: int, kind_code: str, hints: Hints) -> bool:
    """Return whether a number without an office is more likely a sum or a measure: 5,000 E, 25,000 S, 12,009 P2."""
    if len(kind_code) > 1:
        return not hints.alone and number < _FIRST_OF_SEVEN_DIGITS
    return not hints.alone or number < _FEWEST_WITH_LETTER or number % 1_000 == 0


def _told_by_kind_code(text: str, start: int, hints: Hints) -> FoundNumber | None:
    """Read a number with commas and without an office, whose kind code tells what it is: `49,033 E`, `6,654,321 C1`.

    In running prose only seven digits and a kind code of two places are enough.
    """
    match = _WITH_COMMA.match(text, start) if not hints.office and not hints.noun else None
    if match is None:
        return None
    kind_code, end = kind_code_at(text, match.end(), alone=hints.alone)
    number, digits = int(digits_of(match[0])), digits_of(match[0])
    told = _series_told(kind_code, number) or rules.us_kind(kind_code, "grant", number)
    if not told or not may_end(text, end) or _is_sum(number, kind_code, hints):
        return None
    return _patent_with_kind_code(end, digits, kind_code)


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


def _grant_or_old_application(end: int, digits: str, *, named: bool) -> FoundNumber:
    """Read digits as a patent; eight that begin with a zero may also be an application of an old series."""
    reading = grant_reading(int(digits))
    old = (
        application_reading(int(digits[:2]), digits[2:])
        if len(digits) == 8 and digits[0] == "0" and not named
        else None
    )
    if old is None:
        return found_number(end, reading)
    return found_number(
        end, reading, old, reason="A padded patent number or an application of an old series: choose one."
    )
