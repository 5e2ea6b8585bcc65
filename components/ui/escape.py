"""Text from the service or from a user, made safe for Streamlit's markdown."""

import re
import string
from typing import Final

_ESCAPES: Final = str.maketrans(
    {mark: f"\\{mark}" for mark in string.punctuation}
    | {"[": "&#91;", "]": "&#93;"}  # `st.badge` escapes brackets by itself, so that two escapes would undo each other
)
_INVISIBLE: Final = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]+"
)
_JOINER: Final = "\u2060"
"""The word joiner: it is not drawn, and no line is broken at it."""

# Streamlit 1.67 looks for these in the words that remain once markdown has read and removed the escapes: remark-gfm
# (addresses), remark-emoji and Streamlit's own steps (names between colons, arrows). So an escape does not stop them,
# neither does an entity; a joiner within them does.
_ARROWS: Final = ("<->", "->", "<-", "--", ">=", "<=", "~=")
"""What is replaced by one character where it stands alone."""
_FOUND_LATE: Final = re.compile(
    "|".join(
        (
            r"(?<=:)(?=//)",  # https://…
            r"(?<=[Ww]{3})(?=\.)",  # www.…
            r"(?<=[-.+0-9A-Za-z_])(?=@)",  # name@…
            r"(?<=:)(?=[0-9]*[A-Za-z_+-][-+0-9A-Za-z_]*:|100:|1234:)",  # :streamlit:, :material_home:, :smile:
            *(rf"(?<=(?<!\S){re.escape(arrow[0])})(?={re.escape(arrow[1:])}(?!\S))" for arrow in _ARROWS),
        )
    )
)


def escape_markdown(text: object) -> str:
    """Return the text so that every widget that reads markdown shows it letter by letter.

    No link, image, directive, colour, icon or formula comes of it: every ASCII punctuation mark is escaped, and a word
    joiner stands where a link or a replacement would come about nevertheless, and nowhere else. Control characters,
    direction marks and line breaks become a blank. It is not for widgets that show text as it is: these would show the
    escapes.
    """
    # Words that somebody copied from the screen may hold joiners: they show the same again.
    clean = _INVISIBLE.sub(" ", str(text).replace(_JOINER, "")).strip()
    return _FOUND_LATE.sub(_JOINER, clean).translate(_ESCAPES)
