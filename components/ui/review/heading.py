"""The heading of a history: number, status and milestones, and whether its list is complete and up to date."""

from collections.abc import Callable
from typing import Literal

import pandas as pd
import streamlit as st

from components.prosecution import CLOSED_STATUSES, status_rests_on
from components.sandbox import MADE_UP_APPLICATION, MADE_UP_TITLE
from components.store import Headline
from components.ui.age import age
from components.ui.escape import escape_markdown
from components.ui.history_names import title
from components.ui.review.milestones import dated_milestones, milestones_html
from components.ui.review.office_note import office_help, with_office_note
from components.words import day

_BADGES: dict[str, Literal["green", "blue", "violet", "red", "gray", "orange"]] = {
    "Granted": "green",
    "Revoked": "red",
    "Lapsed": "gray",
    "Allowed": "green",
    "Abandoned": "gray",
    "Certificate issued": "green",
    "Certificate to issue": "green",
    "Reexamination ended": "gray",
    "Refused": "red",
    "On appeal": "violet",
    "Awaiting applicant": "orange",
    "Awaiting office": "blue",
    "Pending": "blue",
}


def draw_heading(
    headline: Headline,
    facts: pd.Series,
    *,
    fresh_days: int,
    refresh: str,
    price: str,
    on_refresh: Callable[[], None] | None,
) -> None:
    """Draw the heading of one history.

    Args:
        headline: what the store holds of the history, without its documents.
        facts: its row of the `histories` table.
        fresh_days: after how many days the list of an open file is called old.
        refresh: the label of the button that refreshes it, with the price.
        price: what the label leaves out of the price, for the help of the button.
        on_refresh: called when that button is clicked; `None` where it may not be.
    """
    status = str(facts["status"])  # the class, by which colours and ages go; the office's own word is shown
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="heading"):
        st.subheader(escape_markdown(title(headline)), anchor=False, width="content")
        st.badge(str(facts["status_words"]), color=_BADGES.get(status, "gray"), help=class_of_status(facts) or None)
        if headline.key == MADE_UP_APPLICATION:
            st.badge("Made up", color="gray", help=MADE_UP_TITLE)
        words = f"as of {day(facts['last_document'])} · retrieved {age(headline.retrieved)} ({day_of(headline)})"
        stale = is_stale(headline, status, fresh_days=fresh_days)
        st.caption(
            with_office_note(f":orange[{words}; newer papers may exist]" if stale else words, facts),
            help=f"{status_help(facts)}\n\n{office_help(facts)}",
        )
        st.button(
            refresh,
            key=f"refresh_{headline.key}",
            on_click=on_refresh,
            disabled=on_refresh is None,
            help=f"Asks for this file again: new papers and fresh links. {price}",
        )
    milestones = milestones_html(dated_milestones(facts))
    if milestones:
        st.html(milestones)


def status_help(facts: pd.Series) -> str:
    """Return the help of the status: that it is of the last listed document, and on what it rests."""
    rests_on = status_rests_on(facts)
    known = "The status is that of the last listed document"
    rests = f"{known}. It rests on this: {rests_on}." if rests_on else known
    return escape_markdown(" ".join(filter(None, (rests, class_of_status(facts)))))


def class_of_status(facts: pd.Series) -> str:
    """Return under which common status the office's own one stands; empty where both are the same."""
    return "" if facts["status_words"] == facts["status"] else f"In lists of several offices: {facts['status']}."


def draw_warnings(headline: Headline, *, name: str = "") -> None:
    """Draw that the list of a history is not whole; `name` says which history, where several are on the screen."""
    before = f"**{escape_markdown(name)}**: " if name else ""
    if not headline.complete:
        st.warning(f"{before}this list is not complete yet: look it up again to fetch the rest.")
    elif headline.documents_held != headline.documents_reported:
        st.warning(
            f"{before}the service tells of {headline.documents_reported:,} documents "
            f"and gave {headline.documents_held:,}."
        )


def is_stale(headline: Headline, status: str, *, fresh_days: int) -> bool:
    """Return whether a file is open and was retrieved so many days ago that papers may be missing."""
    days = (pd.Timestamp.now(tz="UTC") - pd.Timestamp(headline.retrieved)).days
    return status not in CLOSED_STATUSES and days >= fresh_days


def day_of(headline: Headline) -> str:
    """Return the day of retrieval."""
    return day(headline.retrieved)
