"""What the reader says and does about the text of its paper: how it is cited, and the button that reads it inside."""

import pandas as pd
import streamlit as st

from components.fulltext import FullText, PaperToRead, Reading
from components.histories import PaperRef
from components.page_texts import ReadPaper
from components.prosecution import category_labels
from components.ui.app.guard import guarded_callback, guarded_fragment
from components.ui.escape import escape_markdown
from components.ui.review.citation import Citation, citation
from components.words import counted


def citation_of(paper: "pd.Series", *, number: str, office: str) -> Citation:
    """Return how a paper is cited: by its description, else by its category in the words of its office.

    Args:
        paper: the row of the document.
        number: the number of its history, where several are on the screen; else empty.
        office: of its history, two letters.
    """
    described = str(paper["description"]).strip()
    name = described or category_labels(frozenset({office})).get(str(paper["category"]), str(paper["category"]))
    return citation(name, paper["date"], number=number)


def paper_to_read(paper: "pd.Series", *, office: str) -> PaperToRead:
    """Return the paper of a row as one that can be read inside."""
    pages = int(paper["pages"]) if pd.notna(paper["pages"]) and paper["pages"] > 0 else None
    return PaperToRead(PaperRef(str(paper["history"]), str(paper["id"])), pages, office)


def draw_reading_of_paper(fulltext: FullText, paper: PaperToRead, read: ReadPaper | None, *, user: str) -> None:
    """Draw the button that reads a paper inside, or how far that is; nothing where all of it is read.

    Args:
        fulltext: reads it.
        paper: the one in the reader.
        read: how far it is read; `None` if nothing of it is.
        user: who reads.
    """
    if read is not None and read.is_whole:
        return
    reading = fulltext.reading(user)
    is_in_it = reading is not None and paper.ref in {each.ref for each in reading.papers}
    if reading is not None and is_in_it and not reading.ended:
        _watch(fulltext, paper, reading)
        return
    offer = fulltext.offer([paper])
    problem = dict(reading.snapshot().problems).get(paper.ref, "") if reading is not None and is_in_it else ""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="reader_text"):
        if offer.papers:
            begin = guarded_callback(_begin)
            st.button(reading_label(offer.pages, begun=read is not None), key="read_paper", on_click=begin,
                      args=(fulltext, paper), kwargs={"user": user})  # fmt: skip
        else:
            st.caption("Not read yet: its link has expired. It can be read once it opens here.")
        if problem:
            st.caption(escape_markdown(problem), width="stretch")


def reading_label(pages: int, *, begun: bool) -> str:
    """Return what stands on the button: `Read this paper (4 pages, free)`; no number where none is known."""
    what = "the rest of this paper" if begun else "this paper"
    how_many = f"{counted(pages, 'page')}, " if pages else ""
    return f"Read {what} ({how_many}free)"


@guarded_fragment(run_every=0.5)
def _watch(fulltext: FullText, paper: PaperToRead, reading: Reading) -> None:
    """Draw how far a paper is read, until it is; the page is drawn anew then, with its text."""
    ref = paper.ref
    read = fulltext.papers([ref.history]).get(ref)
    if reading.ended or (read is not None and read.is_whole) or ref in dict(reading.snapshot().problems):
        st.rerun(scope="app")
    done, pages = (read.done, read.pages) if read is not None else (0, paper.pages or 0)
    words = f"Reading this paper: {done:,} of {counted(pages, 'page')}" if pages else "Reading this paper"
    st.progress(min(done / pages, 1.0) if pages else 0.0, text=words)


def _begin(fulltext: FullText, paper: PaperToRead, *, user: str) -> None:
    fulltext.start([paper], user=user)


def stamp_of(read: ReadPaper | None) -> str:
    """Return what changes whenever more of a paper has been read."""
    return f"{read.sha256[:12]} {read.done} of {read.pages} {read.read_at or ''}" if read else ""
