"""The picture on the empty page: a real timeline, so that one sees what one will get before anything is looked up."""

import base64
import html
from functools import cache
from pathlib import Path
from typing import Final, Literal

import streamlit as st

Theme = Literal["light", "dark"]

SHOWN: Final = "US 10,765,880 B2"
"""The file history in the picture, one of the sandbox."""
SIZE: Final = (716, 236)
"""Width and height on the page, in pixels; the file has twice as many in each direction."""
_FOLDER: Final = Path(__file__).parent / "pictures"
PICTURES: Final[dict[Theme, Path]] = {
    "light": _FOLDER / "timeline-light.webp",
    "dark": _FOLDER / "timeline-dark.webp",
}
"""The files, which `python -m tests.pictures` draws."""
_ALT: Final = (
    f"Timeline of the examination of {SHOWN}: the Office's papers stand above, the applicant's below, and a line joins "
    "each action to its answer."
)


def draw_picture() -> None:
    """Draw the picture in the colours of the page."""
    st.html(_element("dark" if st.context.theme.type == "dark" else "light"))


@cache
def _element(theme: Theme) -> str:
    """Return the picture as HTML. It is part of the text, and its size is said: nothing moves when it comes."""
    data = base64.b64encode(PICTURES[theme].read_bytes()).decode()
    width, height = SIZE
    return (
        f'<img src="data:image/webp;base64,{data}" alt="{html.escape(_ALT)}" width="{width}" height="{height}" '
        f'style="display: block; width: 100%; max-width: {width}px; height: auto">'
    )
