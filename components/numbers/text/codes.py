"""Whether two letters before a number are the code of an office, "GB 2413271", or a word, "in 7,654,321".

A code counts where it is written as one: joined to the number, in capitals and no word, or before a colon. Where it may
be either, both readings are offered.
"""

import re
from enum import Enum

from components.numbers import rules
from components.numbers.offices import de, other
from components.numbers.offices.office import FoundNumber, Hints, digits_of, refused_number
from components.numbers.text import advice
from components.numbers.text.tokens import token_end

_SPACED = re.compile(r"[\s.]+")
_USUAL = re.compile(r"WO(?:\d{4}|\d\d)\s?[/-]\s?\d{5,6}(?!\d)")
"""Numbers in the usual form of an office whose code is a word, which no other number has behind it."""
_CAPITALS = re.compile(r"[^\W\d_]{3,}|\b[A-Z]{2} ")
_THOUSANDS = re.compile(r"\d{1,2},\d{3},\d{3}(?!\d)")
_KIND_CODE_ENDS = re.compile(r".*[A-Za-z]\d?\)?", re.DOTALL)
_NEXT_GROUP = re.compile(r" (?=\d{1,6}(?![\w,]))|[ ](?=[A-Z]\d?(?![\w,]))")
_NUMBER = "NO"
_COUNTED_TO_MILLIONS = ("EP", "JP", "KR")
"""Codes that are no words, of offices with a module of their own and numbers of seven digits."""
_FEWEST = 5
"""So many digits behind the code of an office are more than a year or a count."""


class Weight(Enum):
    """What two letters before a number are."""

    CODE = "code"
    WORD = "word"
    EITHER = "either"


def weight_of(letters: str, gap: str, number: str, *, alone: bool) -> Weight:
    """Return whether the letters before a number are the code of an office.

    Capitals that are also a word are the code where the number has a form of this office: in running text only if the
    word is none of English, in whose sentences most numbers stand. NO is also the word for "number", which stands
    before numbers of every form.

    Args:
        letters: two letters that are the code of an office when in capitals.
        gap: what stands between them and the number.
        number: the text from the number on.
        alone: whether the number stands alone in its line or cell.
    """
    code = letters.upper()
    is_word = code in rules.code_words() and code != "US"
    if letters.isupper() and _USUAL.match(code + number):
        return Weight.CODE
    spaced = _SPACED.fullmatch(gap) is not None or (code == _NUMBER and ":" in gap)
    if letters.isupper():
        is_english = code in rules.code_words("en")
        in_thousands = _THOUSANDS.match(number) is not None
        apart = spaced and (is_english or in_thousands)
        if not (is_word and (apart or (gap == "/" and in_thousands))):
            return Weight.CODE
        usual = (alone or not is_english) and code != _NUMBER and _has_usual_form(code, number, alone=alone)
        return Weight.CODE if usual else Weight.EITHER
    if not is_word:
        odd = "." in gap or (_THOUSANDS.match(number) is not None and not _counts_to_millions(code, number))
        counts = code == "US" or not spaced or (alone and letters.islower() and not odd)
        return Weight.CODE if counts else Weight.EITHER
    return Weight.WORD if spaced and (not alone or _THOUSANDS.match(number) is not None) else Weight.EITHER


def _counts_to_millions(code: str, number: str) -> bool:
    """Return whether an office has numbers of seven digits, or this one: "cl" and "ch" are abbreviations of words."""
    return code in _COUNTED_TO_MILLIONS or _has_usual_form(code, number)


def _has_usual_form(code: str, number: str, *, alone: bool = True) -> bool:
    """Return whether a number has a form of an office, in which its patents or applications are written."""
    hints = Hints(code, "", alone)
    return de.is_patent(number, 0, hints) if code == "DE" else other.has_known_form(number, 0, hints)


def is_shouted(text: str, code: re.Match[str], position: int) -> bool:
    """Return whether a code that is also a word stands in a sentence of capitals, "LE BREVET DE 7654321".

    Args:
        text: cleaned text.
        code: the letters.
        position: where the number begins; numbers in a form that only this office has are no question.
    """
    if _USUAL.match(code[0] + text[position : position + 30]):
        return False
    if code[0] not in rules.code_words() or code[0] == "US" or text[code.end() : code.end() + 1] != " ":
        return False
    return _CAPITALS.search(text, 0, code.start()) is not None and text.isupper()


def has_kind_code(text: str, end: int) -> bool:
    """Return whether a number that ends there ends with a kind code."""
    return _KIND_CODE_ENDS.fullmatch(text[max(0, end - 4) : end]) is not None


def either(code: str, coded: FoundNumber | None, plain: FoundNumber | None) -> FoundNumber | None:
    """Return a number whose office is doubtful, with the readings of both meanings.

    Args:
        code: the letters before it, in capitals.
        coded: the number as one of that office.
        plain: the number as if the letters were a word.
    """
    if coded is None or plain is None or not plain.readings or plain.end < coded.end:
        return coded or plain
    if coded.readings and {reading.office for reading in plain.readings} == {code}:
        return coded
    if not coded.readings or coded.end < plain.end:
        return coded if coded.end >= plain.end else plain
    readings = {reading.normalised: reading for reading in (*plain.readings, *coded.readings)}
    if len(readings) == 1:
        return coded
    forms = " or ".join(reading.display_form for reading in readings.values())
    reason = f"“{code}” may say its office ({rules.offices().get(code, code)}) or not: choose one, {forms}."
    return FoundNumber(coded.end, tuple(readings.values()), reason)


def refused_behind_code(
    text: str, start: int, position: int, *, office: str = "", fewest: int = _FEWEST
) -> FoundNumber | None:
    """Return the refusal of a number in no form of the office named before it, so that nothing else is made of it.

    Args:
        text: cleaned text.
        start: where the office is named.
        position: where the number begins.
        office: the office, where words name it; several that they may mean are joined by blanks.
        fewest: with fewer digits it may be a year or a count: `None` is returned.
    """
    if not text[position : position + 1].isdigit():
        return None
    end = token_end(text, position)
    while (gap := _NEXT_GROUP.match(text, end)) is not None:
        end = token_end(text, gap.end())
    end = len(text[:end].rstrip(".-/_"))
    fewest = fewest if office in rules.offices() else _FEWEST
    if len(digits_of(text[position:end])) < fewest:
        return None
    return refused_number(end, advice.reason_about_office(office) if office else advice.refusal_reason(text[start:end]))
