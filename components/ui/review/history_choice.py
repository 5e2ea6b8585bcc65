"""Which of the held histories the Review page draws: all of them, or those picked where there are several."""

from collections.abc import Mapping

import streamlit as st

from components.lookups import Plan
from components.store import Headline, Store
from components.ui.history_names import title
from components.ui.state import OFFERED_HISTORIES, PICKED_HISTORIES

MAX_AT_ONCE = 30
"""Histories drawn at once; more are chosen from a list."""


def choose_histories(store: Store, plan: Plan) -> tuple[Headline, ...]:
    """Return the histories to draw: all that are held, or those picked where there are several."""
    by_key = {headline.key: headline for headline in store.headlines(plan.keys)}
    keys = tuple(key for key in plan.keys if key in by_key)
    if len(plan.keys) > 1:
        keys = _pick(keys, {key: title(by_key[key]) for key in keys})
    return tuple(by_key[key] for key in keys)


def _pick(keys: tuple[str, ...], titles: Mapping[str, str]) -> tuple[str, ...]:
    """Draw the choice among several histories and return the keys of those picked, in the order given."""
    # Other numbers begin with all their histories picked, because a pick among other histories means nothing.
    if st.session_state.get(OFFERED_HISTORIES) != keys or PICKED_HISTORIES not in st.session_state:
        st.session_state[OFFERED_HISTORIES] = keys
        st.session_state[PICKED_HISTORIES] = list(keys[:MAX_AT_ONCE])
    picked = st.multiselect(
        "File histories",
        keys,
        format_func=lambda key: titles[key],
        max_selections=MAX_AT_ONCE,
        key=PICKED_HISTORIES,
    )
    chosen = tuple(key for key in keys if key in picked)
    if len(chosen) < len(keys):
        st.caption(f"{len(chosen):,} of {len(keys):,} file histories shown; the timeline holds up to {MAX_AT_ONCE}.")
    return chosen
