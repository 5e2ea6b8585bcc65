"""What was read inside the papers that are taken away: where it comes from, and how much of one PDF it makes."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

import streamlit as st

from components.exports import PagesOfPaper, text_bytes
from components.histories import PaperRef
from components.page_texts import ReadPaper
from components.ui.state import SEARCHABLE_PDF
from components.words import counted

_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class ReadInside:
    """Where files that are taken away get what was read inside papers."""

    papers: Callable[[Iterable[str]], Mapping[PaperRef, ReadPaper]]
    """Returns how far the papers of some histories, by key, are read; those of which nothing was read are absent."""
    pages: PagesOfPaper
    pdf_sizes: Callable[[Iterable[str]], Mapping[PaperRef, int]]
    """Returns how many bytes the kept PDFs of some histories, by key, have."""


def draw_text_choice(inside: ReadInside, papers: Collection[PaperRef], read: Mapping[PaperRef, ReadPaper]) -> None:
    """Draw the choice whether one PDF of some papers gets text behind its scans, and how large it becomes.

    Where nothing was read from a scan there is nothing to choose, and nothing is drawn.

    Args:
        inside: where sizes come from.
        papers: those that are taken away.
        read: how far these are read.
    """
    text = text_bytes(read.values())
    if not text:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        wanted = st.checkbox(
            "Searchable text in One PDF",
            value=True,
            key=SEARCHABLE_PDF,
            persist_state="session",
            width="content",
            help="What was read from scans stands unseen behind the picture, so that words can be found and copied. "
            "PDFs in the zip stay as they came.",
        )
        sizes = inside.pdf_sizes({paper.history for paper in papers})
        kept = [sizes[paper] for paper in papers if paper in sizes]
        words = size_in_words(sum(kept), text if wanted else 0, unknown=len(papers) - len(kept))
        st.caption(words, width="stretch")


def text_is_wanted() -> bool:
    """Return whether the visitor wants one PDF with text behind its scans."""
    return bool(st.session_state.get(SEARCHABLE_PDF, True))


def size_in_words(pdfs: int, text: int, *, unknown: int) -> str:
    """Return how large one PDF becomes: `One PDF · about 12.3 MB, of which 0.3 MB text`.

    Args:
        pdfs: bytes of its PDFs, as far as they are kept.
        text: bytes of the text behind their pages; 0 where none is wanted.
        unknown: how many of its PDFs are not kept, so that nobody knows how large they are.
    """
    about = f"more than {_megabytes(pdfs + text)}" if unknown else f"about {_megabytes(pdfs + text)}"
    share = f", of which {_megabytes(text)} text" if text else ", without text"
    rest = f"; {counted(unknown, 'PDF')} not fetched before" if unknown else ""
    return f"One PDF · {about}{share}{rest}"


def _megabytes(size: int) -> str:
    return f"{max(size / _MEGABYTE, 0.1):,.1f} MB"
