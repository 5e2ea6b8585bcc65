"""Widgets in a popover, whose values an address, a chip or the way back may change, too.

Streamlit draws what stands in a popover only while it is open. A value that is set meanwhile does not reach such a
widget, which shows its default when it is opened, and the browser goes on sending the old value. So what is chosen is
held under a key of its own, and each time that somebody else changes it, another widget begins with it as its default.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from components.ui.state import SEEDS, seeded_key


@dataclass(frozen=True, slots=True)
class Seeded:
    """How a widget in a popover is to be drawn."""

    key: str
    """Of the widget."""
    value: Any
    """Its default."""
    keep: Callable[[], None]
    """Its `on_change`: what is chosen in it is held under the key of the choice."""


def seeded(key: str, empty: Any) -> Seeded:  # noqa: ANN401 - each widget has values of its own
    """Return how to draw the widget of a choice.

    Args:
        key: of the choice in the session state.
        empty: what is chosen where the session state says nothing.
    """
    state = st.session_state
    held = state.get(key, empty)
    seeds = state.setdefault(SEEDS, {})
    count, value = seeds.get(key, (0, held))
    shown = state.get(seeded_key(key, count), value)
    if shown != held:
        count, value = count + 1, held
    elif seeded_key(key, count) not in state:
        value = held
    seeds[key] = (count, value)
    name = seeded_key(key, count)

    def keep() -> None:
        st.session_state[key] = st.session_state[name]

    return Seeded(name, value, keep)
