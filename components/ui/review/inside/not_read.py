"""What is not read inside, said where findings stand: that a paper was not read never looks like "it says nothing"."""

from collections.abc import Collection, Sequence
from typing import Final, get_args

import pandas as pd
import streamlit as st

from components.content import unread
from components.content.records import DatedContent, PaperKind
from components.content.unread import READ_OFFICES
from components.desk import Desk
from components.histories import PaperRef
from components.prosecution import category_labels
from components.ui.app.guard import guarded_callback
from components.ui.escape import escape_markdown
from components.ui.review.inside.papers import papers_to_read
from components.ui.review.inside.quotes import finding_key
from components.ui.review.inside.read_inside import read_button_label, start_reading
from components.ui.review.opened import open_paper
from components.ui.review.paper_refs import refs_of
from components.ui.review.reader_text import reading_label
from components.words import counted, day

_KINDS: Final[frozenset[PaperKind]] = frozenset(get_args(PaperKind)) - {""}
_MOST_NAMED: Final = 6
"""Papers that are named among those that are not read."""


def with_unread(papers: Sequence[DatedContent], documents: pd.DataFrame) -> tuple[DatedContent, ...]:
    """Return papers with those that nobody has looked into yet, which say so, in reading order.

    Args:
        papers: those that are read.
        documents: what may be read or not, as rows of the `documents` table.
    """
    if documents.empty:
        return tuple(sorted(papers, key=lambda paper: paper.place))
    return unread.with_unread(papers, documents, labels=category_labels(READ_OFFICES), kinds=_KINDS)


def other_office_in_words(office: str) -> str:
    """Return that the papers of an office are not read inside, and what is done with them all the same."""
    return f"Not read inside: there are no rules yet for papers of this office ({office}). Their pages can be searched."


def draw_not_begun(
    desk: Desk,
    documents: pd.DataFrame,
    histories: pd.DataFrame,
    read: Collection[PaperRef],
    *,
    what: str,
    key: str,
    user: str,
    under_way: Collection[PaperRef],
    of: str = "",
) -> None:
    """Draw how many papers nobody has looked into so far, and the button that reads them; nothing where all are read.

    Args:
        desk: of the person's workspace.
        documents: the papers concerned, rows of the `documents` table.
        histories: the `histories` table of their files.
        read: those that are read.
        what: what they are called: `action`.
        key: of the button.
        user: who reads.
        under_way: papers that are being read.
        of: what stands before it: the number of the file, where it has no heading.
    """
    rows = documents[[paper not in read for paper in refs_of(documents)]]
    if rows.empty:
        return
    papers = papers_to_read(rows, histories)
    now = [paper for paper in papers if paper.ref in under_way]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        words = f"{of}{counted(len(rows), what)} not read inside yet, so what stands there is not known"
        st.markdown(f":orange[{escape_markdown(words)}.]", width="content")
        if len(now) == len(papers):
            st.caption("Being read.")
            return
        offer = desk.fulltext.offer(papers)
        if offer.papers:
            st.button(
                read_button_label(offer),
                key=key,
                on_click=guarded_callback(start_reading),
                args=(desk.fulltext, offer.papers),
                kwargs={"user": user, "in_background": False},
            )
    named = [f"{str(code).strip()} of {day(date)}" for code, date in zip(rows["code"], rows["date"], strict=True)]
    more = len(named) > _MOST_NAMED
    words = f"{', '.join(named[:_MOST_NAMED])}{' …' if more else ''}"
    st.caption(escape_markdown(words), help=escape_markdown(", ".join(named)) if more else None)


def draw_what_to_do(
    desk: Desk, paper: DatedContent, documents: pd.DataFrame, histories: pd.DataFrame, *, user: str
) -> None:
    """Draw what can be done about a paper in which something is not read: open it, and read its pages that are left.

    Args:
        desk: of the person's workspace.
        paper: what is read of it.
        documents: rows of the `documents` table, its own among them.
        histories: the `histories` table of their files.
        user: who reads.
    """
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button("Open", key=finding_key("open_not_read", paper.paper), on_click=open_paper, args=(paper.paper,))
        rows = documents[[ref == paper.paper for ref in refs_of(documents)]]
        offer = desk.fulltext.offer(papers_to_read(rows, histories))
        if paper.content.missing_pages and offer.papers:
            st.button(
                reading_label(offer.pages, begun=True),
                key=finding_key("read_rest", paper.paper),
                on_click=guarded_callback(start_reading),
                args=(desk.fulltext, offer.papers),
                kwargs={"user": user, "in_background": False},
            )
        st.caption("Open it to read it yourself.", width="stretch")
