"""International Bureau: WO publications, and international applications (PCT/…)."""

import re

from components.numbers import rules
from components.numbers.model import NumberKind
from components.numbers.office import (
    FoundNumber,
    Hints,
    application_reading,
    found_number,
    kind_code_at,
    may_end,
    publication_reading,
)

_SLASHED = re.compile(r"(\d{4}|\d{2})\s?[/-]\s?(\d{5,6})(?!\d)")
_SOLID = re.compile(r"(\d{7,10})(?!\d)")
_PCT = re.compile(r"\s?/?\s?([A-Za-z]{2})[\s/]{0,2}(\d{4}|\d{2})\s?/?\s?(\d{5,6})(?!\d)")
_FIRST_YEAR = 1978
_MAX_SERIAL = 400_000
"""No year had so many publications: if a serial number is larger, the digits are split differently."""
_ADVICE = "The service shows no form for international applications: the WO number or a national number is safer."
_SPLITS = {7: ((0, 2),), 8: ((0, 2), (1, 2)), 9: ((0, 4),), 10: ((0, 4),)}
"""By the number of digits: how many zeros stand in front, and how many digits the year has.

Eight digits may be a padded 2 + 5."""


def find(text: str, start: int, hints: Hints) -> FoundNumber | None:
    """Read a WO publication behind "WO" or "International"."""
    match = _SLASHED.match(text, start)
    pairs = [(match[1], match[2])] if match is not None else []
    if match is None:
        match = _SOLID.match(text, start)
        if match is None:
            return None
        solid = match[1]
        pairs = [
            (solid[pad : pad + width], solid[pad + width :])
            for pad, width in _SPLITS[len(solid)]
            if not int(solid[:pad] or "0")
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
    """Read an international application behind "PCT": `PCT/US2019/012345`."""
    del hints
    match = _PCT.match(text, start)
    if match is None or match[1].upper() not in {*rules.offices(), "IB"} or not may_end(text, match.end()):
        return None
    year = rules.full_year(match[2], _FIRST_YEAR)
    if year is None:
        return None
    number = f"PCT/{match[1].upper()}{year}/{match[3]:0>6}"
    return found_number(match.end(), application_reading(NumberKind.PCT_APPLICATION, number, _ADVICE))


def _stem_of(year: str, serial: str) -> str:
    """Return the number in the form of the service; empty if year or serial number are impossible."""
    full_year = rules.full_year(year, _FIRST_YEAR)
    return f"WO{full_year}{serial:0>6}" if full_year is not None and 0 < int(serial) < _MAX_SERIAL else ""
