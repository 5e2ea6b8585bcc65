"""The heading of a history: what it is, how far it came, how complete and how old its list is."""

from collections.abc import Callable
from typing import Literal

import pandas as pd
import streamlit as st

from components.desk import Desk
from components.prosecution import CLOSED_STATUSES
from components.store import Headline
from components.ui.dates import age
from components.ui.escape import plain
from components.ui.history_names import title
from components.ui.review.milestones import milestones_html, milestones_of
from components.words import day

_BADGES: dict[str, Literal["green", "blue", "violet", "red", "gray", "orange"]] = {
    "Granted": "green",
    "Allowed": "green",
    "Abandoned": "gray",
    "Refused": "red",
    "On appeal": "violet",
    "Awaiting applicant": "orange",
    "Awaiting office": "blue",
    "Pending": "blue",
}


def draw_headline(
    desk: Desk, line: Headline, facts: pd.Series, *, refresh: str, price: str, on_refresh: Callable[[], None]
) -> None:
    """Draw the facts of one history.

    Args:
        desk: knows after how many days a list is old.
        line: the history.
        facts: its row of the `histories` table.
        refresh: the label of the button that refreshes it, with the price.
        price: what the label does not say of the price.
        on_refresh: called when that button is clicked.
    """
    status = str(facts["status"])
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.subheader(plain(title(line)), anchor=False, width="content")
        st.badge(status, color=_BADGES.get(status, "gray"))
        words = f"as of {day(facts['last_document'])} · retrieved {age(line.retrieved)} ({day_of(line)})"
        stale = is_stale(line, status, fresh_days=desk.settings.review_fresh_days)
        st.caption(
            f":orange[{words}; newer papers may exist]" if stale else words,
            help="The status is that of the last listed document",
        )
        st.button(
            refresh,
            key=f"refresh_{line.key}",
            on_click=on_refresh,
            help=f"Asks for this file again: new papers and fresh links. {price}",
        )
    milestones = milestones_html(milestones_of(facts))
    if milestones:
        st.html(milestones)


def draw_warnings(line: Headline, findings: tuple[str, ...], *, name: str = "") -> None:
    """Draw what the list of a history lacks; `name` says which history, where several are on the screen."""
    before = f"**{plain(name)}**: " if name else ""
    if not line.complete:
        st.warning(f"{before}this list is not complete yet: look it up again to fetch the rest.")
    elif line.held != line.told:
        st.warning(f"{before}the service tells of {line.told:,} documents and gave {line.held:,}.")
    for finding in findings:
        st.caption(f"{before}{plain(finding)}")


def is_stale(line: Headline, status: str, *, fresh_days: int) -> bool:
    """Return whether a file is open and was retrieved so many days ago that papers may be missing."""
    days = (pd.Timestamp.now(tz="UTC") - pd.Timestamp(line.retrieved)).days
    return status not in CLOSED_STATUSES and days >= fresh_days


def day_of(line: Headline) -> str:
    """Return the day of retrieval."""
    return day(line.retrieved)
