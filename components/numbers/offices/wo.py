"""International Bureau: WO publications, and international applications (PCT/…)."""

import re

from components.numbers import rules
from components.numbers.model import NumberKind, Reading
from components.numbers.offices import office
from components.numbers.offices.office import (
    FoundNumber,
    Hints,
    behind_padding,
    found_number,
    kind_code_at,
    may_end,
    publication_reading,
    refused_number,
)

_SLASHED = re.compile(r"(?:(\d{4}|\d{2})\s?[/_.-]\s?(\d{5,6})|(\d{4}) (\d{6}))(?!\d)")
_SOLID = re.compile(r"(\d{7,10})(?!\d)")
_PCT = re.compile(
    r"[\s/._-]{0,3}([A-Za-z]{2})[\s/._-]{0,2}"
    r"(?:(\d{4})\s?[/._-]\s?(\d{3,6})|(\d{2})\s?[/._-]\s?(\d{3,6})|(\d{4}) ?(\d{5,6})|([7-9]\d|0\d) ?(\d{5,6}))(?!\d)"
)
"""Without a separator the year has two digits only until 2009: EP2458380 behind PCT is a publication."""
_PCT_BEHIND = re.compile(r"PCT", re.IGNORECASE)
_WO_BEHIND = re.compile(r"[\s/._-]{0,3}WO[\s/._-]{0,2}(?=\d)", re.IGNORECASE)
_EXCHANGE = re.compile(r"((?:19|20)\d\d|\d{2})([A-Za-z]{2})(\d{5,6})(?: ?W)?(?![A-Za-z0-9])")
_OF_OFFICE = re.compile(r"(?:((?:19|20)\d\d)(\d{6})|([7-9]\d|0[0-3])(\d{5}))(?!\d)")
"""DOCDB: year with two digits and five of the serial number until 2003, with four and six since 2004."""
_OF_BUREAU = re.compile(r"((?:19|20)\d\d)\s?/\s?(\d{6})(?!\d)")
"""IB2007/051010: the International Bureau as receiving office, which has no applications of its own."""
_FIRST_YEAR = 1978
_MAX_SERIAL = 400_000
"""No year had so many publications: if a serial number is larger, the digits are split differently."""
_LONGEST_PADDED = 10
"""Digits of a year and a serial number: what is longer is filled up with zeros."""
_ADVICE = "The service shows no form for international applications: the WO number or a national number is safer."
_LATER_DECADES = range(1, 7)
"""First digit of years that had no two digits in WO numbers, which had them from 1978 to 2003."""
_WITHOUT_OFFICE = (
    "The number of an international application names the office where it was filed: write PCT/US2004/011130, or WO "
    "before the number of its publication."
)
_SPLITS = {7: ((0, 2),), 8: ((0, 2), (1, 2)), 9: ((0, 4),), 10: ((0, 4),)}
"""By the number of digits: how many zeros stand in front, and how many digits the year has.

Eight digits may be a padded 2 + 5."""


def find(text: str, start: int, hints: Hints) -> FoundNumber | None:
    """Read a WO publication behind "WO" or "International", or an international application behind "WO".

    The application may have its PCT (`WOPCT/US2004/011130`), or be in a form of the offices (`WO2007IB51010`).
    """
    application = _PCT_BEHIND.match(text, start)
    if application is not None:
        return find_application(text, application.end(), hints)
    start = behind_padding(text, start, _LONGEST_PADDED)
    exchanged = _EXCHANGE.match(text, start)
    if exchanged is not None:
        return _application(exchanged[2], exchanged[1], exchanged[3], text, exchanged.end())
    match = _SLASHED.match(text, start)
    pairs = [(match[1] or match[3], match[2] or match[4])] if match is not None else []
    if match is None:
        match = _SOLID.match(text, start)
        if match is None:
            return None
        solid = match[1]
        pairs = [
            (solid[pad : pad + width], solid[pad + width :])
            for pad, width in _SPLITS[len(solid)]
            if not int(solid[:pad] or "0") and not (pad and int(solid[pad]) in _LATER_DECADES)
        ]
    kind_code, end = kind_code_at(text, match.end(), alone=hints.alone)
    stems = list(dict.fromkeys(stem for year, serial in pairs if (stem := _stem_of(year, serial))))
    if not stems or not may_end(text, end):
        return None
    readings = [
        publication_reading(NumberKind.WO_PUBLICATION, stem, kind_code, office="WO", series="publication")
        for stem in stems
    ]
    reason = "The digits can be split in two ways: choose one, or write the year with four digits and a slash."
    return found_number(end, *readings, reason=reason if len(readings) > 1 else "")


def find_application(text: str, start: int, hints: Hints) -> FoundNumber | None:
    """Read an international application behind "PCT": `PCT/US2019/012345`, `PCT-IB-2007-051010`.

    What is called a publication or bears WO is one: `PCT Pub. No. WO 2004/050828`.
    """
    publication = _WO_BEHIND.match(text, start)
    if publication is not None:
        return find(text, publication.end(), hints)
    without_office = _SLASHED.match(text, start)
    if without_office is not None:
        return (
            find(text, start, hints)
            if hints.noun == "publication"
            else refused_number(without_office.end(), _WITHOUT_OFFICE)
        )
    match = _PCT.match(text, start)
    if match is None:
        return None
    year, serial = (group for group in match.groups()[1:] if group)
    return _application(match[1], year, serial, text, match.end())


def find_exchanged(text: str, start: int, hints: Hints) -> FoundNumber | None:
    """Read an international application behind the code of its receiving office: `US2004011130W`, `EP0411130 W`.

    Source: EPO, DOCDB: year and serial number of the receiving office, told from its own applications by the kind W.
    """
    bureau = _OF_BUREAU.match(text, start) if hints.office == "IB" else None
    if bureau is not None:
        return _application("IB", bureau[1], bureau[2], text, bureau.end())
    match = _OF_OFFICE.match(text, start)
    if match is None:
        return None
    kind_code, end = kind_code_at(text, match.end(), alone=hints.alone)
    if kind_code != "W":
        return None
    year, serial = (group for group in match.groups() if group)
    found = _application(hints.office, year, serial, text, end)
    return found if found is not None and found.readings else None


def application_reading(receiving_office: str, year: str, serial: str) -> Reading:
    """Return the reading of an international application, with the advice to take another number."""
    return office.application_reading(NumberKind.PCT_APPLICATION, f"PCT/{receiving_office}{year}/{serial:0>6}", _ADVICE)


def _application(receiving_office: str, year: str, serial: str, text: str, end: int) -> FoundNumber | None:
    """Return the application of these parts, or why there is none; `None` if the number does not end there."""
    full_year = rules.full_year(year, _FIRST_YEAR)
    code = receiving_office.upper()
    if not may_end(text, end):
        return None
    if full_year is None or code not in {*rules.offices(), "IB"} or not 0 < int(serial) < _MAX_SERIAL:
        return refused_number(
            end,
            f"There is no international application of this office, year and number ({code}, {year}, {serial}). "
            "Check them: PCT/US2019/012345.",
        )
    return found_number(end, application_reading(code, str(full_year), serial))


def _stem_of(year: str, serial: str) -> str:
    """Return the number in the form of the service; empty if year or serial number are impossible."""
    full_year = rules.full_year(year, _FIRST_YEAR)
    return f"WO{full_year}{serial:0>6}" if full_year is not None and 0 < int(serial) < _MAX_SERIAL else ""
