"""Printed words as engines read them: what stands on every form is found though a letter of it was misread."""

import re
from typing import Final

_READ_AS: Final = {
    "a": "[ao]", "b": "[b6h]", "c": "[ceo]", "d": "(?:d|cl)", "e": "[eco]", "f": "[ft]", "g": "[gq9]", "h": "[hb]",
    "i": "[il1|!jt]", "j": r"[jil1|\]]", "l": "[l1i|!t]", "m": "(?:m|rn|n)", "n": "(?:n|m|ri)", "o": "[o0ec]",
    "p": "[po]", "r": "[rt]", "s": "[s5$]", "t": "[tfl1i]", "u": "(?:u|ii|n)", "v": "[vy]", "w": "(?:w|vv)",
}  # fmt: skip
"""What an engine makes of a small letter; of others nothing is known."""
_APART: Final = r"\s{0,3}"
"""A blank may be lost, and a line may end in it."""


def as_read(words: str) -> str:
    """Return a pattern for printed words, letters in either case, as engines read them."""
    return _APART.join("".join(_READ_AS.get(letter, re.escape(letter)) for letter in word) for word in words.split())
