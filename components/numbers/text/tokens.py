"""Where what was typed begins and ends: tokens, and what may stand around a number without changing it.

A token is a run of letters, digits and `-/._`. A number fills whole tokens: what is only a part of one (the digits of
`ABC-1234567-US`) is never read, because the rest may make it something else.
"""

import re
from typing import Final

LETTERS: Final = "A-Za-z\u00c0-\u024f"
"""Latin letters; those of Japan and Korea may follow a number without a blank."""
WORD_BEGINS: Final = rf"(?<![0-9{LETTERS}])(?<![0-9{LETTERS}][-/._])(?<![0-9{LETTERS}][-/._]{{2}})"
"""Pattern of a place where a token begins."""

_ENDINGS = "pdf|docx?|xlsx?|csv|tsv|txt|html?|xml|json|tiff?|png|jpe?g|zip|epub|rtf|odt|md|eml|msg"
_INDEXES = "pn|pno|did|apn?|app|apnr"
"""What the USPTO's Patent Public Search writes between full stops or in brackets behind a number: 7654321.pn."""
_WRAPPER = re.compile(
    rf"(?:/[A-Z]\d?(?![{LETTERS}0-9]))*"  # a second kind code: A1/B1
    r"(?:\[\d{1,3}\]|\s?\(\d{1,2}\)(?=\.[a-z]))?"  # a footnote, the copy of a file
    rf"(?:\.(?:{_ENDINGS})(?![{LETTERS}0-9])|\.(?:{_INDEXES})\.|\[(?:{_INDEXES})\])?"
    r"(?:/[a-z]{2}(?![A-Za-z0-9]))?"  # the language of a page
    rf"(?:-[{LETTERS}]{{4,}}(?![0-9]))*",  # US7654321-Patent
    re.IGNORECASE,
)
_GOES_ON = re.compile(rf"[0-9{LETTERS}_]|[-/._@]+[0-9{LETTERS}]")
_APART = r"\s,;|()\[\]{}<>\"'«»=:…\\"
_TOKEN = re.compile(rf"[^{_APART}]+(?:,\d{{3}}(?!\d)[^{_APART}]*)*")
_TRAIL = re.compile(r"[\s.,;:)\]}>\"'»*†‡§®™°¹²³\u2070-\u2079]*")


def end_of_wrapper(text: str, end: int) -> int:
    """Return where what may follow a number without a blank ends: a file's ending, a footnote, a second kind code."""
    match = _WRAPPER.match(text, end)
    return match.end() if match is not None else end


def ends_token(text: str, end: int) -> bool:
    """Return whether a token ends at a position."""
    return _GOES_ON.match(text, end) is None


def fills(text: str, end: int) -> bool:
    """Return whether nothing but punctuation follows a number that ends there."""
    behind = end_of_wrapper(text, end)
    return ends_token(text, behind) and _TRAIL.fullmatch(text, behind) is not None


def token_end(text: str, start: int) -> int:
    """Return where the token that begins at a position ends."""
    match = _TOKEN.match(text, start)
    return match.end() if match is not None else start + 1
