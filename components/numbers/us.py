"""United States: grants, publications, applications, designs, plants, reissues and the small series."""

import re

from components.numbers import rules
from components.numbers.model import Kind, Reading
from components.numbers.office import (
    UNCONFIRMED,
    Found,
    Hints,
    application,
    digits,
    document,
    ends,
    found,
    kind_at,
    refused,
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
    "D": Kind.US_DESIGN,
    "PP": Kind.US_PLANT,
    "RE": Kind.US_REISSUE,
    "RX": Kind.US_REEXAMINATION,
    "AI": Kind.US_IMPROVEMENT,
    "H": Kind.US_SIR,
    "T": Kind.US_DEFENSIVE,
}
_STRONG = {"D": 6, "PP": 4, "RE": 5, "RX": 4, "AI": 5, "H": 5, "T": 6}
"""Digits from which a number of the series is read without a country in running prose."""
_FEWEST = {"D": 3, "PP": 1, "RE": 3, "RX": 1, "AI": 1, "H": 3, "T": 3}
"""The same for a number alone in its line or cell."""
_WHAT_SERIES = {"design": "D", "plant": "PP", "reissue": "RE"}


def find(text: str, start: int, hints: Hints) -> Found | None:
    """Read a US number behind "US", behind words that mean one, or one that is known by its shape."""
    return (
        _application(text, start, hints)
        or _publication(text, start, hints)
        or _exchange(text, start, hints)
        or _series(text, start, hints)
        or _grant(text, start, hints)
    )


def filed(series: int, serial: str, note: str = "") -> Reading | None:
    """Make the reading of an application number, or `None` if the series code is not in use.

    Source: MPEP 503; form of the service US14/706838.
    """
    series_codes = rules.us_series().get(series)
    if series_codes is None:
        return None
    return application(series_codes.kind, f"US{series:02}/{serial}", f"{series_codes.note} {note}".strip())


def grant(number: int, typed: str = "", note: str = "") -> Reading:
    """Make the reading of a utility grant."""
    return document(Kind.US_GRANT, f"US{number}", typed, rules.kinds("US", "grant", number), note)


def laid_open(year: str, serial: str, typed: str = "") -> Reading:
    """Make the reading of a publication; the exchange format drops the first digit of the seven."""
    return document(Kind.US_PUBLICATION, f"US{year}{serial:0>7}", typed, (typed or "A1",))


def _application(text: str, start: int, hints: Hints) -> Found | None:
    match = _APPLICATION.match(text, start)
    if match is None or hints.office not in ("", "US") or not ends(text, match.end()):
        return None
    made = filed(int(match[1]), match[2] + match[3])
    if made is None:
        return refused(
            match.end(), f"Series {match[1]} of US applications is not in use. Check the number before the slash."
        )
    return found(match.end(), made)


def _publication(text: str, start: int, hints: Hints) -> Found | None:
    match = _PUBLICATION.match(text, start)
    if match is None or not 2001 <= int(match[1]) <= rules.LAST_YEAR:
        return None
    named = hints.office == "US" or hints.what == "publication"
    short = len(match[2]) == 6
    if not named and ("-" in match[0] or (short and "/" not in match[0])):
        return None
    typed, end = kind_at(text, match.end(), listed=hints.listed)
    if not ends(text, end):
        return None
    made = laid_open(match[1], match[2], "" if typed == "A" else typed)
    if short and not named:
        world = document(Kind.WO_PUBLICATION, f"WO{match[1]}{match[2]}", typed, rules.kinds("WO", "publication"))
        return found(
            end,
            world,
            made,
            reason="A WO publication or a US publication without its zero: choose one, or write WO or US.",
        )
    return found(end, made)


def _exchange(text: str, start: int, hints: Hints) -> Found | None:
    """Read an application of the exchange format: US, year, series, serial (`US201514706838A`)."""
    match = _EXCHANGE.match(text, start)
    if match is None or hints.office != "US":
        return None
    typed, end = kind_at(text, match.end(), listed=hints.listed)
    made = filed(int(match[2]), match[3])
    return found(end, made) if made is not None and typed in ("", "A") and ends(text, end) else None


def _series(text: str, start: int, hints: Hints) -> Found | None:
    match = _SERIES.match(text, start)
    if match is None or (hints.office not in ("", "US")):
        return None
    series, number = match[1].upper(), int(digits(match[2]))
    known = hints.office == "US" or hints.what or (hints.listed and len(match[2]) >= _FEWEST[series])
    strong = "," in match[2] or "es" in match[0].lower() or len(match[2]) >= _STRONG[series]
    shouted = match[1].isupper() or match[0][2:3] == "." or hints.listed
    if not 0 < number < 10_000_000 or not (known or (strong and shouted)):
        return None
    typed, end = kind_at(text, match.end(), listed=hints.listed)
    return found(end, numbered(series, number, typed)) if ends(text, end) else None


def numbered(series: str, number: int, typed: str = "") -> Reading:
    """Make the reading of a design, plant, reissue or another small series. Zero padding is off."""
    note = "" if series == "D" else UNCONFIRMED
    stem = f"US{series}{number}"
    return document(_SERIES_KINDS[series], stem, typed, rules.kinds("US", series, number), note)


def _grant(text: str, start: int, hints: Hints) -> Found | None:
    match = _GRANT.match(text, start)
    if match is None or (hints.office != "US" and not hints.what):
        return None
    plain = digits(match[0])
    typed, end = kind_at(text, match.end(), listed=hints.listed)
    number = int(plain)
    if number == 0 or not ends(text, end) or _weak(plain, typed, hints):
        return None
    if hints.what in _WHAT_SERIES:
        return found(end, numbered(_WHAT_SERIES[hints.what], number, typed))
    if hints.what == "application" and not typed:
        return _plain_application(end, plain)
    if typed or number <= rules.HIGHEST_GRANT:
        return _plain_grant(end, plain, typed, named=hints.what == "patent")
    return _plain_application(end, plain)


def _weak(plain: str, typed: str, hints: Hints) -> bool:
    """Tell whether so few digits are more likely a year or a count than a number."""
    if hints.listed:
        return len(plain) < 5 and not typed and hints.office != "US" and hints.what != "patent"
    if hints.what == "application":
        return len(plain) not in (7, 8)
    return len(plain) < (5 if hints.what else 7) and not typed


def _plain_application(end: int, plain: str) -> Found:
    """Read digits that are an application without its slash; seven lost the zero of a series below 10."""
    if len(plain) not in (7, 8):
        return refused(end, "A US application number has a series and six digits: write 14/706,838.")
    made = filed(int(plain[:-6]), plain[-6:], "" if len(plain) == 8 else "Read with the zero that seems lost.")
    if made is None:
        return refused(
            end,
            f"No US patent has the number {int(plain):,} yet, and series {plain[:-6]} of applications is not in use: "
            "check the digits.",
        )
    return found(end, made)


def _plain_grant(end: int, plain: str, typed: str, *, named: bool) -> Found:
    """Read digits that are a grant; eight that begin with a zero may be an application of an old series."""
    made = grant(int(plain), typed)
    old = filed(int(plain[:2]), plain[2:]) if len(plain) == 8 and plain[0] == "0" and not typed and not named else None
    if old is None:
        return found(end, made)
    return found(end, made, old, reason="A padded patent number or an application of an old series: choose one.")
