"""Text from the service or from a user, made safe for Streamlit's markdown."""

import re

_SPECIAL = re.compile(r"([!-/:-@\[-`{-~])")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]+")


def escape_markdown(text: object) -> str:
    """Return the text so that markdown shows it letter by letter: no link, image, directive, colour or formula.

    Every ASCII punctuation mark is escaped, which prevents automatic links too. Control characters, direction marks
    and line breaks become a blank.
    """
    return _SPECIAL.sub(r"\\\1", _CONTROL.sub(" ", str(text)).strip())
