"""Which of the held histories the Review page draws: all of them, or those picked where there are several."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import streamlit as st

from components.lookups import Plan
from components.store import Headline, Store
from components.ui.history_names import title
from components.ui.state import OFFERED_HISTORIES, PICKED_HISTORIES

MAX_AT_ONCE: Final = 30
"""Histories drawn at once; more are chosen from a list."""


@dataclass(frozen=True, slots=True)
class HistoryChoice:
    """The histories that are held of the numbers, and which of them are drawn."""

    headlines: Mapping[str, Headline]
    """By key, in the order of the numbers."""
    pick: bool
    """Whether they are picked from a list: more than one number was given."""

    @property
    def titles(self) -> dict[str, str]:
        """What each is called on the screen, by its key."""
        return {key: title(headline) for key, headline in self.headlines.items()}

    @property
    def all_shown(self) -> tuple[str, ...]:
        """The keys of those that are drawn where none can be picked."""
        return tuple(self.headlines)[:MAX_AT_ONCE]

    def headlines_of(self, keys: tuple[str, ...]) -> tuple[Headline, ...]:
        """Return the headlines of these histories, in their order."""
        return tuple(self.headlines[key] for key in keys)

    def draw(self) -> tuple[str, ...]:
        """Draw the choice where there is one, and return the keys of the histories to draw."""
        return _pick(tuple(self.headlines), self.titles) if self.pick else self.all_shown


def offered_histories(store: Store, plan: Plan) -> HistoryChoice:
    """Return the histories that are held of the numbers of a plan."""
    by_key = {headline.key: headline for headline in store.headlines(plan.keys)}
    return HistoryChoice({key: by_key[key] for key in plan.keys if key in by_key}, pick=len(plan.keys) > 1)


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
