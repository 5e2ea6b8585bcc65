"""The advice about an item that is not understood, and what looks like a number."""

import re
from collections.abc import Iterator

from components.numbers import forms, rules

_LOOKALIKE = re.compile(
    r"(?<![A-Za-z0-9])(?:(?:US|EP|WO|JP|KR|DE|PCT)[ /-]?(?=\d)|PCT/[A-Z]{2})[\dA-Za-z,./-]{0,30}\d[\dA-Za-z]{0,30}"
)
_LONG = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{0,3}\d{6,30}[A-Za-z0-9]{0,30}")
_LOOKALIKE_IN_LIST = re.compile(f"{_LOOKALIKE.pattern}|{_LONG.pattern}")
_DATE = re.compile(
    r"(?:19|20)\d\d[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])(?:[ T][\d:.+Z-]*)?"
    r"|\d{1,2}[-./ ]\d{1,2}[-./ ](?:19|20)\d\d"
    r"|\d{1,2}[. -]{1,2}[A-Za-z]{3,9}[. -]{1,2}(?:19|20)\d\d"
    r"|[A-Za-z]{3,9}\.? \d{1,2} ?,? ?(?:19|20)\d\d"
    r"|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
)
_ADDRESS = re.compile(r"://|^www\.|\.(?:com|org|int|gov|net)/", re.IGNORECASE)
_CODE = re.compile(r"([A-Za-z]{2})[ -]?\d")
_LONGEST_ADVISED = 1_000
"""Characters of an item at which the advice looks."""
_EXAMPLES = "for example US 11,205,304 B2, 14/706,838 or EP 2 458 380 B1"


def is_date(text: str) -> bool:
    """Return whether a text is a date."""
    return _DATE.fullmatch(text.strip()) is not None


def lookalikes(text: str, *, prose: bool) -> Iterator[re.Match[str]]:
    """Yield what looks like a number but was not understood; in prose, only behind the code of an office."""
    for match in (_LOOKALIKE if prose else _LOOKALIKE_IN_LIST).finditer(text):
        if sum(char.isdigit() for char in match[0]) >= 5 and not is_date(match[0]):
            yield match


def refusal_reason(text: str) -> str:
    """Return why a text is not a number that can be asked for, and what to do."""
    text = text[:_LONGEST_ADVISED]
    if _ADDRESS.search(text):
        return "No patent number was found in this address. Paste the number itself."
    if is_date(text):
        return "This looks like a date. If it is an application number, write it with its slash: 14/706,838."
    code = _CODE.match(text)
    if code is not None:
        return _reason_about_code(code[1].upper())
    count = sum(char.isdigit() for char in text)
    if not count:
        return f"There is no number in it. Write office and number, {_EXAMPLES}, or remove the item."
    if count < 7:
        return f"Too few digits to tell what it is. Write office and full number, {_EXAMPLES}."
    return f"Not understood. Check the digits and put the office's code before the number, {_EXAMPLES}."


def _reason_about_code(code: str) -> str:
    """Return what is wrong with an item that begins with two letters and a digit."""
    office = rules.offices().get(code)
    if office is None:
        return f"“{code}” is not the code of a patent office. Check it, {_EXAMPLES}."
    written = " or ".join(forms.examples(code)) or f"{code} and its digits"
    return f"This form of {code} ({office}) numbers is not known here. Check the digits, or write it as in {written}."
