"""Reading one number wherever it stands: the words and the country code before it, then the office's own module."""

import re
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from components.numbers import bare, cn, de, ep, jp, kr, other, rules, us, wo
from components.numbers.office import Finder, Found, Hints
from components.numbers.rules import What

FAMILIES: Mapping[str, Finder] = {
    "US": us.find,
    "EP": ep.find,
    "WO": wo.find,
    "PCT": wo.find_application,
    "JP": jp.find,
    "KR": kr.find,
    "DE": de.find,
    "CN": cn.find,
    "ZL": cn.find,
}
"""The office families with a module of their own, by the code that stands before their numbers."""

_CODE = re.compile(r"PCT|[A-Za-z]{2}", re.IGNORECASE)
_GAP = re.compile(r"[\s.:_/-]{0,3}\(?")
_BETWEEN = re.compile(r"[\s:.,]{0,4}")
_SHOUTED_NO = re.compile(r"NOS?\b\.?")
_JAPANESE = re.compile(r"[特実意]")
_KOREAN = re.compile(r"[가-힣]")
_MOST_WORDS = 8
_RANK: Mapping[What, int] = {
    "": 0,
    "patent": 1,
    "design": 2,
    "plant": 2,
    "reissue": 2,
    "application": 3,
    "publication": 4,
}
"""Which word wins: a "Patent Application Publication" is a publication."""
_PHRASES = frozenset({"and", "or", "und", "et", "to", "through", "bis", "etc", "usw"})


def read(text: str, start: int, *, listed: bool) -> Found | None:
    """Read the number that begins at `start`, with the words and the code before it, or give `None`.

    Args:
        text: cleaned text.
        start: where a word or a number begins.
        listed: whether it may be the only content of its line or cell; weak forms are read only then.
    """
    place, office, what = before(text, start)
    match = _CODE.match(text, place)
    if match is not None:
        made = _coded(text, match, what, listed=listed)
        if made is not None:
            return made
    if _JAPANESE.match(text, place):
        return jp.find(text, place, Hints("JP", what, listed))
    if _KOREAN.match(text, place):
        return kr.find(text, place, Hints("KR", what, listed))
    if office in ("", "US"):
        return (
            bare.find(text, place, Hints("", what, listed))
            if not office
            else us.find(text, place, Hints("US", what, listed))
        )
    if office == "WO" and what == "application":
        return None
    return FAMILIES.get(office, other.find)(text, place, Hints(office, what, listed))


def before(text: str, start: int) -> tuple[int, str, What]:
    """Read the words before a number: where they end, the office and the kind of number they name."""
    pattern, meanings = rules.words()
    place, office = start, ""
    what: What = ""
    for count in range(_MOST_WORDS):
        match = pattern.match(text, place) or (_SHOUTED_NO.match(text, place) if count else None)
        if match is None:
            break
        if match.lastindex:
            word = meanings[match.lastindex - 1]
            office = word.office or office
            what = word.what if _RANK[word.what] > _RANK[what] else what
        gap = _BETWEEN.match(text, match.end())
        place = gap.end() if gap is not None else match.end()
    return place, office, what


def only_words(text: str) -> bool:
    """Tell whether a text is nothing but words that stand before numbers or between them: a heading, an "and"."""
    place, _, _ = before(text, 0)
    rest = text[place:].strip(" :.-&")
    return not rest or rest.lower() in _PHRASES


def read_address(address: str) -> tuple[Found, ...]:
    """Read the numbers that an address of a patent database names; empty if it names none."""
    try:
        parts = urlsplit(address if "://" in address else f"https://{address}")
        host = (parts.hostname or "").lower()
    except ValueError:
        return ()
    tail = unquote(f"{parts.path}?{parts.query}#{parts.fragment}".replace("+", " "))
    for row in rules.addresses():
        if row.host and host != row.host and not host.endswith(f".{row.host}"):
            continue
        numbers = dict.fromkeys("".join(match.groups()) for match in row.pattern.finditer(tail))
        made = tuple(found for number in numbers if (found := _whole(number, row.office, row.what)) is not None)
        if made:
            return made
    return ()


def _coded(text: str, match: re.Match[str], what: What, *, listed: bool) -> Found | None:
    code = match[0].upper()
    finder = FAMILIES.get(code) or (other.find if code in rules.offices() else None)
    if finder is None:
        return None
    gap = _GAP.match(text, match.end())
    place = gap.end() if gap is not None else match.end()
    if finder is other.find and not listed and not match[0].isupper() and place > match.end():
        return None  # "in 2004123", "at 1234567": words rather than codes
    made = finder(text, place, Hints(code, what, listed))
    if made is not None:
        return made
    behind, _, said = before(text, place)
    if behind == place:
        return None
    return finder(text, behind, Hints(code, said if _RANK[said] > _RANK[what] else what, listed))


def _whole(number: str, office: str, what: What) -> Found | None:
    hints = Hints(office, what)
    made = FAMILIES[office](number, 0, hints) if office else None
    made = made or read(number, 0, listed=True)
    return made if made is not None and made.end == len(number) else None
