"""Reading one number wherever it stands: the words and the country code before it, then the office's own module."""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from itertools import groupby
from urllib.parse import unquote, urlsplit

from components.numbers import country_words, rules
from components.numbers.offices import cn, de, ep, jp, kr, national, native_words, other, us, wo
from components.numbers.offices.office import (
    Finder,
    FoundNumber,
    Hints,
    digits_of,
    find_behind_kind_code,
    refused_number,
)
from components.numbers.rules import Noun
from components.numbers.text import advice, bare, codes, pct
from components.numbers.text.leading import RANK, leading_words
from components.numbers.text.tokens import LETTERS, WORD_BEGINS

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
_WORD = re.compile(r"[A-Za-z]+")
_WORD_APART = re.compile(r"[A-Za-z]{2,} ")
_CODE_AND_NUMBER = re.compile(r"[A-Za-z]{2}(?=[ -]{0,2}\d)")
_CODE_BEHIND = re.compile(r" ?\(?([A-Z]{2})[\s.,;:)]*")
_UNKNOWN_CODE = re.compile(r"([A-Z]{2})[ -]?\d{5,14} ?(?:[A-Z]\d?)?[\s.,;:)]*$")
_GAP = re.compile(r"[\s.:_/-]{0,3}\(?")
_PUBLISHED = re.compile(r"WO[\s/-]{0,2}(?=\d)")
"""The code of an international publication: "PCT Int. Appl. WO 2006095001"."""
_OTHER_WORDS = re.compile(r"(?:[^\W\d_]{3,}[\s.:#-]{1,3}){0,3}(?=\d|(?-i:[A-Z]{2})\s?\d)")
"""Words of an office that are not known, before the digits or the code."""
_NUMBER_WORD = re.compile(r"n(?:(?:os?|rn?)(?:[.:]|(?=\s))|[°º]|\.[°º]?)\s?[:°º]?\s?(?=\d)", re.IGNORECASE)
"""The word for number behind the code of an office: EP no 2458380, EP n° 2458380, EP Nr. 2458380."""
_WORD_OR_SERIES = re.compile(r"(Des|Re|AI|PP|[DHT])[.\s]{1,3}(?=\d)", re.IGNORECASE)
"""Letters of a US series that are also words, initials or units, before a number."""
_MOST_OF_SERIES: Mapping[str, int] = {"D": 2_000_000, "H": 3_000, "T": 1_000_000, "PP": 60_000, "RE": 60_000}
"""More numbers than each series has (USPTO, table of issue years and patent numbers); DES is D."""
_APPLICATION_OR_GRANT = re.compile(r"\d{1,2},\d{3},\d{3}(?![\d,])")
"""Commas as in a patent's number, though the words before it say that it is an application."""
_SEVEN_DIGITS = re.compile(r"\d{7}(?!\d)")
_APP = re.compile(r"(?<!\w)App\.\s{0,3}$", re.IGNORECASE)
"""It stands for "Application" and for "Appendix"."""
_FEWEST_NAMED = 7
"""So many digits behind a word that names an office are a number, in whatever form."""
_JAPANESE_ONLY = ("特開", "特願", "特公", "特表", "特平", "特昭", "実開", "実公", "実願", "再表", "再公")
"""Words before the numbers of the Japan Patent Office; others, such as 特許, stand before those of every country."""
_KOREAN = re.compile(r"[가-힣]")
_CONJUNCTIONS = frozenset({"and", "or", "und", "et", "to", "through", "bis", "etc", "usw"})


_ANY_OFFICE = "ZZ"
"""No office's code: the words of all offices are passed over."""
REACH = 500
"""Characters from the first word before a number to its first digit, at most: sixteen words of up to 24 letters."""
_BARE_BEGINNING = (
    r"\d(?:\d{6}|\d?\s?/\s?\d{3}|\d{3}(?:\s?[/-]?\s?\d{6}|-\d{3,5})|\d?,\d{3},\d{3}"
    r"|\d{0,2},\d{3}[ ._/-]{0,2}\(?[EHIPS]\d?\b|[0-9]-\d|(?:\.\d+)?[Ee]\+?\d)"
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
    words = f"{rules.leading_words()[0].pattern}|{country_words.pattern()}"
    initials = "".join(sorted(sign for sign in country_words.first_signs() if not sign.isascii()))
    codes = "|".join(
        f"[{first}{first.lower()}][{seconds}{seconds.lower()}]"
        for first, group in groupby(sorted({*FAMILIES, *rules.offices()} - {"PCT"}), key=lambda code: code[0])
        for seconds in ["".join(code[1] for code in group)]
    )
    behind_code = rf"(?![A-Za-z]{{3}})|(?=[\s.:_/-]{{0,3}}\(?(?:{_SERIES_BEGINNING}|{words}))"
    in_words = rf"(?:(?-i:{codes}))(?:{behind_code})|{pct.BEGINNING}|{de.BARE_LETTERS}|{_SERIES_BEGINNING}|{words}"
    # The looks ahead that do not ignore case come first: they pass over most characters of a text much faster.
    in_digits = rf"(?-i:(?=\d))(?:{_BARE_BEGINNING}|{de.BARE_DIGITS}|(?P<other_digits>[\d,./-]*\d))"
    in_letters = rf"(?-i:(?=[A-Za-z][{LETTERS}]|[A-Z]\.\s?[A-Z]|[DdEeGgHhPpTtUuXxÖö№#{initials}]))(?:{in_words})"
    word_begins = rf"(?-i:{WORD_BEGINS}(?=[0-9A-Za-zÖö№#{initials}]))"
    return re.compile(
        rf"{word_begins}(?:{national.bare_beginnings()}|{us.KIND_IN_FRONT}|{in_digits}|{in_letters})"
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
    behind_pct = pct.begins(text, start)
    if behind_pct:
        return _international(text, behind_pct)
    position, office, noun = leading_words(text, start)
    if office == "WO" and noun == "application" and not pct.begins(text, position):
        return pct.find(text, position, noun)
    result = _behind_own_words_and_code(text, position, Hints(office, noun, alone))
    match = _CODE.match(text, position)
    if result is None and match is not None:
        result = _number_behind_code(text, match, noun, alone=alone)
    result = result or _number_behind_words(text, position, Hints(office, noun, alone))
    if result is not None and office and not noun and _is_postcode(text, start, position, result.end):
        return refused_number(result.end, advice.reason_about_few_digits(office))
    return _not_in_its_form(text, start, position, office, alone=alone) if result is None and office else result


def _not_in_its_form(text: str, start: int, position: int, office: str, *, alone: bool) -> FoundNumber | None:
    """Return the number behind another code, or the refusal of one in no form of the office that words name."""
    behind = _digits_behind_own_words(text, position)
    if behind > position and not text[behind].isdigit():
        return number_at(text, behind, alone=alone)
    return codes.refused_behind_code(text, start, behind, office=office, fewest=_FEWEST_NAMED)


def _is_postcode(text: str, start: int, position: int, end: int) -> bool:
    """Return whether few digits stand behind nothing but the name of a country: France 75008."""
    named = country_words.word_at(text, start)
    only_name = named is not None and text[named[1] : position].isspace()
    return only_name and re.fullmatch(r"\d{1,5}", text[position:end]) is not None


def _behind_own_words_and_code(text: str, position: int, hints: Hints) -> FoundNumber | None:
    """Read a number with its office's own words and then its code before it, `Kokai Tokkyo Koho JP 2004266582`."""
    if hints.office not in FAMILIES:
        return None
    behind = _digits_behind_own_words(text, position)
    gap = _GAP.match(text, behind + len(hints.office))
    if behind == position or gap is None or not text.startswith(hints.office, behind):
        return None
    found = FAMILIES[hints.office](text[position:behind] + text[gap.end() :], 0, hints)
    return None if found is None else replace(found, end=found.end + position + gap.end() - behind)


def _digits_behind_own_words(text: str, position: int) -> int:
    """Return where the digits begin behind an office's own words, which end the words that were read at a position."""
    behind, _, _ = leading_words(text, position, _ANY_OFFICE)
    digits = _OTHER_WORDS.match(text, behind) if behind > position else None
    return position if digits is None else digits.end()


def _international(text: str, position: int) -> FoundNumber | None:
    """Read an international application behind "PCT", or behind words that follow it; else the number behind them."""
    found = pct.find(text, position)
    if found is not None:
        return found
    gap = _GAP.match(text, position)
    start = gap.end() if gap is not None else position
    behind, _, noun = leading_words(text, start)
    if text[position:behind].strip() and (pct.begins(text, behind) or _PUBLISHED.match(text, behind)):
        return number_at(text, behind, alone=True)
    return pct.find(text, behind, noun) if behind > start else None


def _number_behind_words(text: str, position: int, hints: Hints) -> FoundNumber | None:
    """Read a number that no code precedes, behind words that may name an office."""
    if hints.office and hints.office not in {*FAMILIES, *rules.offices()}:
        return None
    native = _native_office(text, position)
    if native and (hints.office in ("", native) or text.startswith(_JAPANESE_ONLY, position)):
        return FAMILIES[native](text, position, replace(hints, office=native))
    if native:
        position, noun = _behind_native_words(text, position, native, hints.noun)
        hints = replace(hints, noun=noun)
    if hints.office:
        return FAMILIES.get(hints.office, other.find)(text, position, hints)
    if hints.noun == "application" and _is_application_or_grant(text, position):
        granted = bare.find(text, position, replace(hints, noun="patent"))
        return _both(granted, bare.find(text, position, hints), "It may be a patent or an application")
    return _series_or_word(text, position, hints) or bare.find(text, position, hints)


def _is_application_or_grant(text: str, position: int) -> bool:
    """Return whether a number that is called an application may be a patent, by its commas or by a doubtful "App."."""
    if _APPLICATION_OR_GRANT.match(text, position):
        return True
    return _SEVEN_DIGITS.match(text, position) is not None and _APP.search(text, 0, position) is not None


def _series_or_word(text: str, position: int, hints: Hints) -> FoundNumber | None:
    """Read a number behind letters that may be a word; `None` if there are none, or only a series has such numbers."""
    word = _WORD_OR_SERIES.match(text, position)
    plain = bare.find(text, word.end(), hints) if word is not None else None
    if word is None or plain is None or not plain.readings:
        return None
    letters = word[1].upper()
    serial = int(digits_of(text[word.end() : plain.end]) or "0")
    if serial > _MOST_OF_SERIES.get(letters, _MOST_OF_SERIES["D"]) or not (word[1].isupper() or len(letters) == 1):
        return plain
    series = bare.find(text, position, hints)
    return series if letters in ("D", "H", "T") else _both(plain, series, f"“{word[1]}” may be a word")


def _both(first: FoundNumber | None, second: FoundNumber | None, reason: str) -> FoundNumber | None:
    """Return a number that may be either of two; one that cannot be read, or not as far as the other, is left out."""
    if first is None or second is None or not first.readings or not second.readings or first.end != second.end:
        return first if first is not None and first.readings else second
    readings = {reading.normalised: reading for reading in (*first.readings, *second.readings)}
    if len(readings) == 1:
        return first
    forms = " or ".join(reading.display_form for reading in readings.values())
    return FoundNumber(first.end, tuple(readings.values()), f"{reason}: choose one, {forms}.")


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


def with_code_behind(text: str, start: int, number: FoundNumber) -> FoundNumber:
    """Return a number without its office behind which a code ends the text, "7,654,321 DE", with both meanings."""
    match = _CODE_BEHIND.fullmatch(text, number.end)
    if match is None or not text[start].isdigit() or match[1] not in rules.offices():
        return number
    coded = number_at(f"{match[1]}{text[start : number.end]}", 0, alone=True)
    end = match.end(1)
    both = codes.either(match[1], None if coded is None else replace(coded, end=end), replace(number, end=end))
    return both or number


def begins_with_unknown_code(text: str, start: int) -> bool:
    """Return whether a text is a number with two capitals before it that are not the code of an office."""
    match = _UNKNOWN_CODE.match(text, start)
    return match is not None and match[1] not in rules.offices() and match[1] not in FAMILIES


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
    word = _WORD.match(text, match.start())
    if word is not None and finder is not us.find and word.end() > match.end():
        return _number_behind_long_word(text, word, finder, Hints(code, noun, alone))
    gap = _GAP.match(text, match.end())
    position = behind = gap.end() if gap is not None else match.end()
    number_word = _NUMBER_WORD.match(text, position)
    is_word = number_word is not None and not match[0].isupper() and code in rules.code_words()  # "in no 7,654,321"
    position = number_word.end() if number_word is not None else position
    if is_word or (_begins_anew(text, position) and not other.has_own_form(text, position, code)):
        return None
    weight = codes.weight_of(match[0], text[match.end() : behind], text[position : position + 30], alone=alone)
    if weight is codes.Weight.CODE and codes.is_shouted(text, match, position):
        weight = codes.Weight.EITHER
    coded = _coded(text, match.end(), position, finder, Hints(code, noun, alone))
    if weight is codes.Weight.CODE:
        return coded or codes.refused_behind_code(text, match.start(), position)
    plain = _without_code(text, position, Hints("", noun, alone))
    if weight is codes.Weight.WORD and (plain or coded is None or not codes.has_kind_code(text, coded.end)):
        return None
    return codes.either(code, coded, plain)


def _begins_anew(text: str, position: int) -> bool:
    """Return whether another code begins there: in "at US 7,654,321" the second is the code."""
    following = _CODE_AND_NUMBER.match(text, position)
    return following is not None and following[0].upper() in rules.offices()


def _without_code(text: str, position: int, hints: Hints) -> FoundNumber | None:
    """Read a number as if the letters before it were a word."""
    if _begins_anew(text, position):
        return number_at(text, position, alone=hints.alone)
    return None if _WORD_APART.match(text, position) else bare.find(text, position, hints)


def _number_behind_long_word(text: str, word: re.Match[str], finder: Finder, hints: Hints) -> FoundNumber | None:
    """Read a number behind a code with letters of a series: `TWI393456B`; apart from the number only in capitals."""
    joined = text[word.end() : word.end() + 1].isdigit()
    if not joined and not word[0].isupper():
        return None
    coded = finder(text, word.start() + 2, hints)
    gap = _GAP.match(text, word.end())
    if joined or coded is None or gap is None or hints.office == "JP":
        return coded  # JPA and JPB are no words
    return codes.either(hints.office, coded, bare.find(text, gap.end(), replace(hints, office="")))


def _coded(text: str, behind_code: int, position: int, finder: Finder, hints: Hints) -> FoundNumber | None:
    """Read a number of an office, directly behind its code, behind a kind code, or behind words."""
    result = wo.find_exchanged(text, position, hints) or _behind_code(finder, text, behind_code, position, hints)
    if result is not None:
        return result
    start, office, noun = leading_words(text, position, hints.office)
    native = _native_office(text, start)
    if hints.office != "JP" and text.startswith(_JAPANESE_ONLY, start):
        return None
    if native:
        start, noun = _behind_native_words(text, start, native, noun)
    if start == position or office != hints.office:
        return None
    return finder(text, start, replace(hints, noun=noun if RANK[noun] > RANK[hints.noun] else hints.noun))


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
