"""Korea: patents, publications, applications and utility models."""

import re

from components.numbers import rules
from components.numbers.model import NumberKind
from components.numbers.office import (
    UNCONFIRMED,
    FoundNumber,
    Hints,
    application_reading,
    found_number,
    kind_code_at,
    may_end,
    publication_reading,
)

_WORDS = {"등록": "patent", "공개": "publication", "출원": "application"}
_BEFORE = re.compile(r"(?:(등록|공개|출원)|[대한민국특허실용신안공보번호제\s]){0,24}")
_NUMBER = re.compile(r"(?:([12]0)[-\s]?)?(?:((?:19|20)\d\d)[-\s]?)?(\d{7})(?!\d)")
_CLOSE = re.compile(r"\s?호")
_SAME_SHAPE = "Read as a publication; an application has the same shape: write “KR application” before it if it is one."
_FIRST_YEAR = 1948


def find(text: str, start: int, hints: Hints) -> FoundNumber | None:
    """Read a KR number behind "KR", "Korean" or Korean words, or one in the shape 10-2015-0124192.

    The exchange format of the offices drops the leading 10 of a publication; it is added again.
    """
    before = _BEFORE.match(text, start)
    body = before.end() if before is not None else start
    noun = _WORDS.get(before[1] or "", "") if before is not None else ""
    noun = noun or hints.noun
    match = _NUMBER.match(text, body)
    if match is None:
        return None
    kind_code, end = kind_code_at(text, match.end(), alone=hints.alone)
    closing = _CLOSE.match(text, end)
    end = closing.end() if closing is not None else end
    if not may_end(text, end) or int(match[3]) == 0:
        return None
    first, year, serial = match[1] or "10", match[2], match[3]
    utility = first == "20"
    if year is None:
        kind = NumberKind.KR_UTILITY if utility else NumberKind.KR_PATENT
        series = "utility" if utility else "patent"
        return found_number(end, publication_reading(kind, f"KR{first}{serial}", kind_code, office="KR", series=series))
    if not _FIRST_YEAR <= int(year) <= rules.LAST_YEAR:
        return None
    if noun == "application" and not kind_code:
        return found_number(
            end, application_reading(NumberKind.KR_APPLICATION, f"KR{first}-{year}-{serial}", UNCONFIRMED)
        )
    note = UNCONFIRMED if kind_code or noun == "publication" else f"{UNCONFIRMED} {_SAME_SHAPE}"
    kind = NumberKind.KR_UTILITY if utility else NumberKind.KR_PUBLICATION
    return found_number(
        end,
        publication_reading(kind, f"KR{first}{year}{serial}", kind_code, office="KR", series="publication", note=note),
    )
