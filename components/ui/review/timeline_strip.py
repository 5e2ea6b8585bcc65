"""The strip that walks the events of the timeline by keyboard, and the rings round the open and the walked one."""

from collections.abc import Callable, Mapping

import streamlit as st

from components.histories import PaperRef
from components.ui.app.browser_scripts import mount_script
from components.ui.state import SELECTED_EVENTS, TIMELINE_STRIP

_COMPACT_FROM = 7
"""So many histories have lanes and markers of the compact form; see `components.charts.timeline`."""


def draw_timeline_strip(event: str | None, *, numbers: Mapping[str, str], on_open: Callable[[PaperRef], None]) -> None:
    """Draw the strip before the timeline, in a container with the key `timeline_frame` that both share.

    The script reads the events from the chart itself, so that what the legend hides is not walked either.

    Args:
        event: the event that gets the ring of the open paper, as `event_of_paper` returns it.
        numbers: the display number of each history.
        on_open: is given the paper that is to be opened.
    """
    mount_script(
        "timeline_strip",
        key=TIMELINE_STRIP,
        data={
            "ring": event,
            "boxed": bool(st.session_state.get(SELECTED_EVENTS)),
            "numbers": dict(numbers),
            "compact": len(numbers) >= _COMPACT_FROM,
            "label": "Events on the timeline",
            "hint": "\u2190 \u2192 walk, Enter opens",
        },
        height="content",
        styled=True,
        on_open_change=lambda: _open(on_open),
    )


def _open(on_open: Callable[[PaperRef], None]) -> None:
    text = st.session_state[TIMELINE_STRIP].get("open")
    paper = PaperRef.parse(text) if isinstance(text, str) else None
    if paper is not None:
        on_open(paper)
