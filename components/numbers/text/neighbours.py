"""What the words around a number without an office say of it: "2,467,000 (Canada)", "the Canadian one, 2,467,000".

Digits alone are read as a US number. Where the same phrase names another country, they are asked about or refused.
"""

import re
from dataclasses import replace

from components.numbers import country_words, rules
from components.numbers.model import NumberKind
from components.numbers.offices.office import FoundNumber, refused_number
from components.numbers.text import advice, codes, recognition
from components.numbers.text.leading import leading_words
from components.numbers.text.tokens import fills

_REACH = 80
"""Characters before a number in which its phrase is looked at."""
_PHRASE_ENDS = re.compile(r"[;|\t!?)\]]|[^\W\d_]{5,}[.]\s+(?=[A-Z])")
_NUMBER = re.compile(r"\d(?:[ ,.]?\d){4,}(?:\s?\(?[A-Z]\d?\)?(?!\w))?")
_JOINED = re.compile(r"[\s,/&]*(?:(?:and|or|und|oder|sowie|et|ou|y|o|e)\b)?\s*")
"""What stands between numbers of which words say the same: "Canadian patents 2,467,000 and 2,123,456"."""
_LETTERS = re.compile(r"[^\W\d_]{2}")
_BEHIND = re.compile(r"\s?[(\[]\s?|\s?[-,]?\s?(?=[^\W\d_])")
_CODE_BEHIND = re.compile(r"\s?(?:[(\[]\s?([A-Z]{2})\s?[)\]]|/\s?([A-Z]{2})(?![\w/-]))")
_CODE_LAST = re.compile(r"\s?,\s?([A-Z]{2})[\s.]*$")
"""A code that ends the line: of the number's office, or an applicant's country."""
_CODE_BEFORE = re.compile(r"[(\[]\s?([A-Z]{2})\s?[)\]][\s:.-]{0,3}$")
_CODES_BEFORE = re.compile(r"(?<![A-Za-z0-9-])([A-Z]{2}(?:[-/][A-Z]{2}){1,4})\s$")
_CONJUNCTION = re.compile(r"\s?(?:\b(?:and|or|und|oder|et|ou|y|o|e)|[&/,])\s?$")
_US_ENDS = re.compile(r"\b(?:U\.\s?S\.(?:\s?A\.)?|US)$")
_OF = re.compile(r",?\s(?:(?:of|in|for|from|de|du|der|aus|di|del)\s(?:the\s)?)")
_BRACKET_ENDS = re.compile(r"[)\]][\s:.-]{0,3}")
_BRACKETED = re.compile(r"(?:[\s.:]|patents?|applications?)*[)\]]", re.IGNORECASE)
_GROUPS_AND_WORD = re.compile(r"(\d[\d .,]{3,16}\d(?:\s?[A-Z]\d)?)(?=\s?[(\[,-]|\s[^\W\d_])")
_DIGITS_ONLY = re.compile(r"[\d ,.]+(?:\s?\(?[A-Za-z]\d?\)?)?")
_DOUBTED = frozenset({NumberKind.US_GRANT, NumberKind.US_APPLICATION})
_NOT_A_COUNTRY = frozenset({"WO"})
"""“International” is a word of many names."""


def settled(text: str, start: int, number: FoundNumber) -> FoundNumber:
    """Return a number; one without its office with the readings, or the refusal, that words around it suggest.

    Args:
        text: the line in which it stands.
        start: where it, or a word before it, begins; `number.end` is a position of the same text.
        number: how it was read alone.
    """
    digits, office = start, ""
    if not text[start].isdigit():
        digits, office, _ = leading_words(text, start)
    written = text[digits : number.end]
    other = _office_joined_before(text, start) if office in rules.offices() else ""
    if other and other != office:
        return _of_one_of([other, office], written, number)
    if office or _DIGITS_ONLY.fullmatch(written) is None or not _is_doubted(number):
        return number
    several = _CODES_BEFORE.search(text, max(0, start - 20), start)
    if several is not None:
        return _of_one_of(re.findall("[A-Z]{2}", several[1]), written, number)
    named, end = _office_behind(text, number.end) or (_office_bracketed_before(text, start), number.end)
    if named:
        return number if named == "US" else _of_office(named, written, end)
    return _asked(_office_in_phrase(text, start, number.end), written, number)


def _asked(office: str, written: str, number: FoundNumber) -> FoundNumber:
    """Return a number also as one of an office that is named in its phrase; unchanged if that is the US, or none."""
    if office in ("", "US"):
        return number
    coded = _of_office(office, written, number.end)
    return codes.either(office, coded, number) or coded


def _office_bracketed_before(text: str, start: int) -> str:
    """Return the office whose code stands in brackets before a number, "(CA) 2,467,000"; empty if none does."""
    match = _CODE_BEFORE.search(text, max(0, start - 8), start)
    return match[1] if match is not None and match[1] in rules.offices() else ""


def _office_in_phrase(text: str, start: int, end: int) -> str:
    """Return the office that the words around a number name, at some distance; empty if they name none."""
    return _office_ending(text, end) or _office_beyond(text, end) or _office_before(text, start)


def _of_one_of(offices: list[str], written: str, number: FoundNumber) -> FoundNumber:
    """Return digits behind several codes, EP-DE 2458380, with the readings of each; the US one only if it is named."""
    if not set(offices) <= rules.offices().keys():
        return number
    each = [_of_office(office, written, number.end) for office in offices]
    readings = {reading.normalised: reading for one in each for reading in one.readings}
    if len(readings) < 2:
        return replace(each[0], readings=tuple(readings.values()))
    forms = " or ".join(reading.display_form for reading in readings.values())
    reason = f"Several offices are named before it: choose one, {forms}."
    return FoundNumber(number.end, tuple(readings.values()), reason)


def grouped_before_country(text: str, start: int) -> FoundNumber | None:
    """Read digits in groups before a country that ends the text, `2 458 380 (Europe)`; `None` if there are none."""
    match = _GROUPS_AND_WORD.match(text, start)
    behind = _office_behind(text, match.end()) if match is not None else None
    if match is None or behind is None or not fills(text, behind[1]):
        return None
    return _of_office(behind[0], match[1], behind[1])


def _is_doubted(number: FoundNumber) -> bool:
    """Return whether a number has readings, and none but those of digits alone."""
    kinds = {reading.kind for reading in number.readings}
    return bool(kinds) and kinds <= _DOUBTED


def _of_office(office: str, written: str, end: int) -> FoundNumber:
    """Return digits as a number of an office, or why they are none."""
    found = recognition.number_at(f"{office}:{written}", 0, alone=True) if office in rules.offices() else None
    if found is None or found.end < len(office) + 1 + len(written):
        return refused_number(end, advice.reason_about_office(office))
    return replace(found, end=end)


def _office_behind(text: str, position: int) -> tuple[str, int] | None:
    """Return the office that is named directly behind a number, in brackets or at the end of the text; and where."""
    code = _CODE_BEHIND.match(text, position)
    if code is not None and (code[1] or code[2]) in rules.offices():
        return code[1] or code[2], code.end()
    gap = _BEHIND.match(text, position)
    named = country_words.word_at(text, gap.end()) if gap is not None else None
    if gap is None or named is None:
        return None
    bracket = _BRACKETED.match(text, named[1])
    if bracket is not None and ("(" in gap[0] or "[" in gap[0]):
        return named[0], bracket.end()
    return named if fills(text, named[1]) else None


def _office_joined_before(text: str, start: int) -> str:
    """Return the office named with another right before a number's words: "U.S." of "U.S. and European patents"."""
    conjunction = _CONJUNCTION.search(text, max(0, start - 8), start)
    if conjunction is None:
        return ""
    end = conjunction.start()
    if _US_ENDS.search(text, max(0, end - 8), end):
        return "US"
    named = [office for office, _, behind in country_words.words_in(text, max(0, end - 40), end) if behind == end]
    return named[-1] if named else ""


def _office_beyond(text: str, end: int) -> str:
    """Return the office that is named behind a number with a small word between: "Patent No. 2,467,000 of Canada"."""
    gap = _OF.match(text, end)
    named = country_words.word_at(text, gap.end()) if gap is not None else None
    return "" if named is None else named[0]


def _office_ending(text: str, position: int) -> str:
    """Return the office whose code is all that follows a number, behind a comma; empty if there is none."""
    code = _CODE_LAST.match(text, position)
    return code[1] if code is not None and code[1] in rules.offices() else ""


def _office_before(text: str, start: int) -> str:
    """Return the office that the phrase before a number names last; empty if it names none."""
    first = max(0, start - _REACH)
    if _LETTERS.search(text, first, start) is None:
        return ""
    named = [word for word in country_words.words_in(text, first, start) if word[0] not in _NOT_A_COUNTRY]
    if not named:
        return ""
    office, _, end = named[-1]
    if _BRACKET_ENDS.fullmatch(text, end, start):
        return office
    earlier = list(_NUMBER.finditer(text, end, start))
    is_joined = not earlier or _JOINED.fullmatch(text, earlier[-1].end(), start) is not None
    return office if is_joined and _PHRASE_ENDS.search(text, end, start) is None else ""
