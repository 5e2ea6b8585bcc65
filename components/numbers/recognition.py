"""Reading one number wherever it stands: the words and the country code before it, then the office's own module."""

import re
from collections.abc import Mapping
from functools import cache
from itertools import groupby
from urllib.parse import unquote, urlsplit

from components.numbers import bare, cn, de, ep, jp, kr, national, native_words, other, rules, us, wo
from components.numbers.office import Finder, FoundNumber, Hints, find_behind_kind_code
from components.numbers.rules import Noun

FAMILIES: Mapping[str, Finder] = {
    "US": us.find,
    "EP": ep.find,
    "WO": wo.find,
    "PCT": wo.find_application,
    "JP": jp.find,
    "KR": kr.find,
    "DE": de.find,
    "DT": de.find,
    "CN": cn.find,
    "ZL": cn.find,
    "IB": wo.find_exchanged,
}
"""The finders of the office families, by the code that stands before their numbers."""

_CODE = re.compile(r"PCT|[A-Za-z]{2}", re.IGNORECASE)
_GAP = re.compile(r"[\s.:_/-]{0,3}\(?")
_BETWEEN = re.compile(r"[\s:.,]{0,4}")
_UPPERCASE_NO = re.compile(r"NOS?\b\.?")
_KOREAN = re.compile(r"[가-힣]")
_MOST_WORDS = 8
_RANK: Mapping[Noun, int] = {
    "": 0,
    "patent": 1,
    "design": 2,
    "plant": 2,
    "reissue": 2,
    "application": 3,
    "publication": 4,
}
"""The word with the highest rank decides: a "Patent Application Publication" is a publication."""
_CONJUNCTIONS = frozenset({"and", "or", "und", "et", "to", "through", "bis", "etc", "usw"})


REACH = 500
"""Characters from the first word before a number to its first digit, at most: sixteen words of up to 24 letters."""
_BARE_BEGINNING = (
    r"\d(?:\d{6}|\d?\s?/\s?\d{3}|\d{3}\s?[/-]?\s?\d{6}|\d?,\d{3},\d{3}|\d{0,2},\d{3}[ ._/-]{0,2}\(?[EHIPS]\d?\b"
    r"|[0-9]-\d|(?:\.\d+)?[Ee]\+?\d)"
)
"""A superset of the digits with which a number begins that no word and no code precedes; see `bare`."""
_SERIES_BEGINNING = r"(?:D|PP|R[DEPX]|AI|H|T|X)(?:(?<=D)es(?:ign)?)?[.\s-]{0,2}(?:No\.?\s?)?\d"
"""A superset of the beginnings of numbers with the letters of a US series; see `us`."""


@cache
def beginnings() -> re.Pattern[str]:
    """Return what finds the places at which a number can begin, and few others.

    Most words of a text are none of those that stand before a number; this finds the others at the speed of the regular
    expression, before `number_at` tries each. Digits that begin no number are found too, as a whole group: the pattern
    has one group, `other_digits`, for them.
    """
    words, _ = rules.leading_words()
    codes = "|".join(
        f"[{first}{first.lower()}][{seconds}{seconds.lower()}]"
        for first, group in groupby(sorted({*FAMILIES, *rules.offices()} - {"PCT"}), key=lambda code: code[0])
        for seconds in ["".join(code[1] for code in group)]
    )
    behind_code = rf"(?![A-Za-z]{{3}})|(?=[\s.:_/-]{{0,3}}\(?(?:{_SERIES_BEGINNING}|{words.pattern}))"
    in_words = rf"(?:(?-i:{codes}))(?:{behind_code})|PCT|{de.BARE_LETTERS}|{_SERIES_BEGINNING}|{words.pattern}"
    # The looks ahead that do not ignore case come first: they pass over most characters of a text much faster.
    in_digits = rf"(?-i:(?=\d))(?:{_BARE_BEGINNING}|{de.BARE_DIGITS}|(?P<other_digits>[\d,./-]*\d))"
    in_letters = rf"(?-i:(?=[A-Za-z][A-Za-z]|[DdGgHhPpTtUuXxÖö№#]))(?:{in_words})"
    word_begins = r"(?-i:(?<![A-Za-z0-9])(?=[0-9A-Za-zÖö№#]))"
    return re.compile(
        rf"{word_begins}(?:{national.bare_beginnings()}|{in_digits}|{in_letters})"
        rf"|[{''.join(sorted(jp.signs() | rules.native_signs()))}가-힣]",
        re.IGNORECASE,
    )


def number_at(text: str, start: int, *, alone: bool) -> FoundNumber | None:
    """Return the number that begins at `start`, with the words and the code before it, or `None`.

    Args:
        text: cleaned text.
        start: where a word or a number begins.
        alone: whether it may be the only content of its line or cell; weak forms are read only then.
    """
    position, office, noun = leading_words(text, start)
    match = _CODE.match(text, position)
    if match is not None:
        result = _number_behind_code(text, match, noun, alone=alone)
        if result is not None:
            return result
    native = _native_office(text, position)
    if native and office in ("", native):
        return FAMILIES[native](text, position, Hints(native, noun, alone))
    if native:
        position, noun = _behind_native_words(text, position, native, noun)
    if office in ("", "US"):
        return (
            bare.find(text, position, Hints("", noun, alone))
            if not office
            else us.find(text, position, Hints("US", noun, alone))
        )
    if office == "WO" and noun == "application":
        return None
    return FAMILIES.get(office, other.find)(text, position, Hints(office, noun, alone))


def _native_office(text: str, position: int) -> str:
    """Return the office in whose language a word stands at a position; empty if there is none."""
    if text[position : position + 1] in jp.signs():
        return "JP"
    return "KR" if _KOREAN.match(text, position) else ""


def _behind_native_words(text: str, position: int, native: str, noun: Noun) -> tuple[int, Noun]:
    """Pass over Japanese or Korean words before the number of another office: 特許第 in 米国特許第7654321号.

    Returns:
        Where they end, and what they and the words before them call the number.
    """
    meaning, end = native_words.words_before(text, position, native, of_any_country=True)
    return end, native_words.noun_of(meaning) or noun


def leading_words(text: str, start: int) -> tuple[int, str, Noun]:
    """Read the words before a number.

    Returns:
        Where they end, and the office and the kind of number that they name; empty where they name none.
    """
    pattern, meanings = rules.leading_words()
    position, office = start, ""
    noun: Noun = ""
    for count in range(_MOST_WORDS):
        match = pattern.match(text, position) or (_UPPERCASE_NO.match(text, position) if count else None)
        if match is None:
            break
        if match.lastindex:
            word = meanings[match.lastindex - 1]
            office = word.office or office
            noun = word.noun if _RANK[word.noun] > _RANK[noun] else noun
        gap = _BETWEEN.match(text, match.end())
        position = gap.end() if gap is not None else match.end()
    return position, office, noun


def is_only_words(text: str) -> bool:
    """Return whether a text is nothing but words that stand before numbers or between them: a heading, an "and"."""
    position, _, _ = leading_words(text, 0)
    rest = text[position:].strip(" :.-&")
    return not rest or rest.lower() in _CONJUNCTIONS


def numbers_in_address(address: str) -> tuple[FoundNumber, ...]:
    """Return the numbers in an address of a patent database; empty if it has none."""
    try:
        parts = urlsplit(address if "://" in address else f"https://{address}")
        host = (parts.hostname or "").lower()
    except ValueError:
        return ()
    path = unquote(f"{parts.path}?{parts.query}#{parts.fragment}".replace("+", " "))
    for row in rules.address_rows():
        if row.host and host != row.host and not host.endswith(f".{row.host}"):
            continue
        if row.own_number and row.pattern.search(path):
            return ()
        numbers = dict.fromkeys("".join(match.groups()) for match in row.pattern.finditer(path))
        candidates = (_number_filling(number, row.office, row.noun) for number in numbers)
        recognised = tuple(number for number in candidates if number is not None)
        if recognised:
            return recognised
    return ()


def _number_behind_code(text: str, match: re.Match[str], noun: Noun, *, alone: bool) -> FoundNumber | None:
    """Read a number behind the code of an office."""
    code = match[0].upper()
    finder = FAMILIES.get(code) or (other.find if code in rules.offices() else None)
    if finder is None:
        return None
    gap = _GAP.match(text, match.end())
    position = gap.end() if gap is not None else match.end()
    if finder is other.find and not alone and not match[0].isupper() and position > match.end():
        return None  # "in 2004123", "at 1234567": words rather than codes
    hints = Hints(code, noun, alone)
    result = wo.find_exchanged(text, position, hints) or _behind_code(finder, text, match.end(), position, hints)
    if result is not None:
        return result
    inner_start, _, inner_noun = leading_words(text, position)
    native = _native_office(text, inner_start)
    if native:
        inner_start, inner_noun = _behind_native_words(text, inner_start, native, inner_noun)
    if inner_start == position:
        return None
    return finder(text, inner_start, Hints(code, inner_noun if _RANK[inner_noun] > _RANK[noun] else noun, alone))


def _behind_code(finder: Finder, text: str, code_end: int, position: int, hints: Hints) -> FoundNumber | None:
    """Read a number behind a code, or behind a code and a kind code (`EP-A-0 007 054`).

    Numbers of Japan, the US and some other offices have letters of their own in front, which are tried first.
    """
    if hints.office in ("JP", "US") or other.has_own_form(text, position, hints.office):
        return finder(text, position, hints) or find_behind_kind_code(finder, text, code_end, hints)
    return find_behind_kind_code(finder, text, code_end, hints) or finder(text, position, hints)


def _number_filling(number: str, office: str, noun: Noun) -> FoundNumber | None:
    """Read a number that fills the whole text."""
    hints = Hints(office, noun)
    result = FAMILIES[office](number, 0, hints) if office else None
    result = result or number_at(number, 0, alone=True)
    return result if result is not None and result.end == len(number) else None
