"""Passages of papers on the screen: their words, how they were read, and the button that opens them at their page."""

import hashlib
from typing import Final

import streamlit as st

from components.content.records import PaperContent, Quote
from components.histories import PaperRef
from components.page_texts import BAD_CONFIDENCE
from components.ui.escape import escape_markdown
from components.ui.review.inside.reading_progress import engine_in_words
from components.ui.review.opened import open_paper
from components.words import listed, shortened

READ_BY_MACHINE: Final = "Read by machine: check against the page before you rely on it."
_LONGEST_SHOWN: Final = 900
"""Characters of a passage on the screen; the page has the rest."""


def finding_key(prefix: str, paper: PaperRef, *parts: object) -> str:
    """Return the key of a widget that belongs to a finding: short, and of characters that may stand in a class name."""
    digest = hashlib.sha256("\x1f".join(map(str, (paper, *parts))).encode()).hexdigest()
    return f"{prefix}_{digest[:16]}"


def page_label(page: int) -> str:
    """Return what the button to a page says."""
    return f"p. {page:,}" if page else "Open"


def open_quote(paper: PaperRef, quote: Quote) -> None:
    """Open a paper in the reader at the page of a passage, with its lines marked."""
    open_paper(paper, quote.page or None, quote.boxes)


def draw_page_button(paper: PaperRef, quote: Quote, *, key: str, about: str = "") -> None:
    """Draw the button that opens the page of a passage with the passage marked.

    Args:
        paper: in which it stands.
        quote: the passage.
        key: of the button.
        about: what it is of, for the hint.
    """
    st.button(
        page_label(quote.page),
        key=key,
        on_click=open_quote,
        args=(paper, quote),
        help=f"Open the page with these words marked{f': {escape_markdown(about)}' if about else ''}",
    )


def quote_markdown(quote: Quote) -> str:
    """Return the words of a passage as a quotation in markdown."""
    words = shortened(" ".join(quote.text.split()), _LONGEST_SHOWN)
    more = " …" if quote.goes_on else ""
    return f"“{escape_markdown(words)}{more}”"


def confidence_markdown(confidence: int) -> str:
    """Return how sure a reading is, in markdown; what is badly legible stands out."""
    words = f"{confidence} % confidence"
    return f":orange[badly legible: {words}]" if confidence < BAD_CONFIDENCE else words


def how_read(content: PaperContent) -> str:
    """Return how a paper was read: `Read by machine (Tesseract 5.3.0, 91 % confidence)`; nothing in it is escaped."""
    engines = listed([engine_in_words(engine) for engine in content.engines])
    sure = f"{content.confidence} % confidence" if content.confidence is not None else ""
    facts = ", ".join(filter(None, (engines, sure)))
    return f"Read by machine ({facts})" if facts else "Read by machine"
