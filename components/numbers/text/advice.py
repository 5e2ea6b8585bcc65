"""The advice about an item that is not understood, and what looks like a number."""

import re
from collections.abc import Iterator

from components.numbers import rules
from components.numbers.offices import forms
from components.numbers.text import no_numbers
from components.numbers.text.tokens import LETTERS, WORD_BEGINS, token_end

_TOKEN = re.compile(rf"{WORD_BEGINS}(?=[0-9{LETTERS}/._+@-]{{0,60}}?\d)[0-9{LETTERS}]")
"""The beginning of a token that holds a digit."""
_CODED = re.compile(r"(?:(?:US|EP|WO|JP|KR|DE|PCT)(?=[/-]?\d)|PCT/[A-Z]{2})")
_CODE_APART = re.compile(r"(?<![A-Za-z0-9])(?:US|EP|WO|JP|KR|DE) $")
_FEWEST_IN_PROSE, _FEWEST_IN_LIST, _FEWEST_CODED = 7, 6, 5
"""Fewest digits of what looks like a number: in running prose, in a list, and behind the code of an office."""
_DATE = re.compile(
    r"(?:19|20)\d\d[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])(?:[ T][\d:.+Z-]*)?"
    r"|\d{1,2}[-./ ]\d{1,2}[-./ ](?:19|20)\d\d"
    r"|\d{1,2}[. -]{1,2}[A-Za-z]{3,9}[. -]{1,2}(?:19|20)\d\d"
    r"|[A-Za-z]{3,9}\.? \d{1,2} ?,? ?(?:19|20)\d\d"
    r"|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
)
_DIGIT = re.compile(r"\d")
_ADDRESS = re.compile(r"://|^www\.|\.(?:com|org|int|gov|net)/", re.IGNORECASE)
_CODE = re.compile(r"([A-Za-z]{2})[ -]?\d")
_LONGEST_ADVISED = 1_000
"""Characters of an item at which the advice looks."""
_EXAMPLES = "for example US 10,765,880 B2, 14/412,875 or EP 1 000 000 B1"


def is_date(text: str) -> bool:
    """Return whether a text is a date."""
    return _DATE.fullmatch(text.strip()) is not None


def is_passed_over(text: str) -> bool:
    """Return whether an item beside numbers is a date, a phone number or the like, about which nothing need be said."""
    meant = no_numbers.meaning(text, *_digits(text, 0, len(text)))
    return is_date(text) or (meant is not None and not meant.told)


def lookalikes(text: str, start: int, end: int, *, prose: bool) -> Iterator[tuple[int, int]]:
    """Yield where something stands that looks like a number but was not understood.

    Args:
        text: a line.
        start: where to begin in it.
        end: where to stop.
        prose: whether it is a sentence, in which more digits are needed, and dates, sums and the like are passed over.
    """
    position = start
    while (match := _TOKEN.search(text, position, end)) is not None:
        begin, behind = match.start(), min(end, token_end(text, match.start()))
        position = max(behind, match.end())
        behind = begin + len(text[begin:behind].rstrip("./_-"))
        count = sum(map(str.isdigit, text[begin:behind]))
        apart = _CODE_APART.search(text, max(start, begin - 4), begin)
        coded = apart is not None or _CODED.match(text, begin) is not None
        fewest = _FEWEST_CODED if coded else _FEWEST_IN_PROSE if prose else _FEWEST_IN_LIST
        if count < fewest or is_date(text[begin:behind]):
            continue
        meant = no_numbers.meaning(text, *_digits(text, begin, behind))
        if meant is None or meant.told:
            yield (apart.start() if apart is not None else begin), behind


def _digits(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the first digit between two positions stands, and where to stop."""
    digit = _DIGIT.search(text, start, end)
    return (digit.start() if digit is not None else start), end


def refusal_reason(text: str, around: tuple[str, int, int] | None = None) -> str:
    """Return why a text is not a number that can be asked for, and what to do.

    Args:
        text: what was typed.
        around: the line in which it stands, with beginning and end, if words around it may tell its meaning.
    """
    text = text[:_LONGEST_ADVISED].rstrip()
    line, start, end = around or (text, 0, len(text))
    told = _other_meaning(text, line, start, end)
    if told:
        return told
    code = _CODE.match(text)
    if code is not None:
        return _reason_about_code(code[1].upper())
    count = sum(char.isdigit() for char in text)
    if not count:
        return f"There is no number in it. Write office and number, {_EXAMPLES}, or remove the item."
    if count < 7:
        return f"Too few digits to tell what it is. Write office and full number, {_EXAMPLES}."
    return f"Not understood. Check the digits and put the office's code before the number, {_EXAMPLES}."


def _other_meaning(text: str, line: str, start: int, end: int) -> str:
    """Return what an item is instead of a number, and what to do; empty if nothing tells it."""
    if _ADDRESS.search(text):
        return "No patent number was found in this address. Paste the number itself."
    if is_date(text):
        return "This looks like a date. If it is an application number, write it with its slash: 14/412,875."
    meant = no_numbers.meaning(line, *_digits(line, start, min(end, start + _LONGEST_ADVISED)))
    if meant is not None:
        return f"This looks like {meant.means}. If it is a number, put the office's code before it, {_EXAMPLES}."
    return ""


def reason_about_office(office: str) -> str:
    """Return why a number is not read though words before it name its office, or several that may be meant."""
    if office in rules.offices():
        return _reason_about_code(office)
    return (
        "The words beside this number name an office whose numbers are not known here, or leave open which. Put the "
        f"office's code before the number, {_EXAMPLES}."
    )


def reason_about_few_digits(office: str) -> str:
    """Return why few digits behind the name of a country are not read."""
    return f"This looks like a postcode. If it is a number, put the office's code before it: {office}."


def _reason_about_code(code: str) -> str:
    """Return what is wrong with an item that begins with two letters and a digit."""
    office = rules.offices().get(code)
    if office is None:
        return f"“{code}” is not the code of a patent office. Check it, {_EXAMPLES}."
    written = " or ".join(forms.examples(code)) or f"{code} and its digits"
    return f"This form of {code} ({office}) numbers is not known here. Check the digits, or write it as in {written}."
