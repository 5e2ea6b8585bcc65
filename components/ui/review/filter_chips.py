"""What hides documents at present, each as a chip that a click removes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import streamlit as st

from components.prosecution import reading_lists
from components.ui.address import EVERYTHING
from components.ui.escape import escape_markdown
from components.ui.review.filters import SIDE_LABELS, clear_filters
from components.ui.state import (
    CHOSEN_CATEGORIES,
    CHOSEN_CODES,
    CHOSEN_DATES,
    CHOSEN_ROUNDS,
    CHOSEN_SIDES,
    FIND_TEXT,
    READING_LIST,
    SELECTED_EVENTS,
)
from components.words import counted, day, shortened

_MOST_OF_A_FILTER: Final = 4
"""So many values of a filter have a chip each; more have one together."""
_LONGEST: Final = 40
"""In characters."""


@dataclass(frozen=True, slots=True)
class FilterChip:
    """One thing that hides documents."""

    key: str
    """Tells it from the other chips."""
    words: str
    """As it stands on the screen, not escaped."""
    tip: str
    """What else is to be said of it; it may be empty."""
    remove: Callable[[], None]
    """Takes it away, and nothing else."""


def chips_in_force(round_in_words: Callable[[int], str], category_in_words: Callable[[str], str]) -> list[FilterChip]:
    """Return a chip for each thing that hides documents at present.

    Args:
        round_in_words: returns what a round is called.
        category_in_words: returns what a category is called, by its name in the tables.
    """
    return [
        *_chip_of_list(),
        *_chip_of_words(),
        *_chips_of_choice(CHOSEN_CODES, "Code", "codes", str),
        *_chips_of_choice(CHOSEN_CATEGORIES, "Category", "categories", category_in_words),
        *_chips_of_choice(CHOSEN_SIDES, "Side", "sides", lambda side: SIDE_LABELS.get(side, side)),
        *_chips_of_choice(CHOSEN_ROUNDS, "Round", "rounds", str, tip=round_in_words),
        *_chip_of_dates(),
        *_chip_of_events(),
    ]


def draw_chips(chips: Sequence[FilterChip]) -> None:
    """Draw the chips, in the row that is open, and a button that removes them all."""
    for chip in chips:
        st.button(
            f"{escape_markdown(chip.words)} ✕",
            key=f"remove {chip.key}",
            on_click=chip.remove,
            help=escape_markdown(chip.tip) or None,
        )
    if chips:
        st.button("Clear all", key="clear_all", on_click=clear_filters, type="tertiary")


def _chip_of_list() -> list[FilterChip]:
    chosen = st.session_state.get(READING_LIST)
    return [
        FilterChip("list", f"Reading list: {each.label}", f"{each.help}.", partial(_set, READING_LIST, EVERYTHING))
        for each in reading_lists()
        if each.name == chosen != EVERYTHING
    ]


def _chip_of_words() -> list[FilterChip]:
    find = str(st.session_state.get(FIND_TEXT) or "").strip()
    if not find:
        return []
    short = shortened(find, _LONGEST)
    return [FilterChip("find", f"“{short}”", "" if short == find else find, partial(_set, FIND_TEXT, ""))]


def _chips_of_choice(
    key: str, one: str, many: str, words: Callable[[Any], str], *, tip: Callable[[Any], str] | None = None
) -> list[FilterChip]:
    """Return a chip for each value chosen in a filter, or one for all where they are many."""
    chosen = list(st.session_state.get(key) or ())
    if len(chosen) > _MOST_OF_A_FILTER:
        listed = ", ".join(map(words, chosen))
        return [FilterChip(key, f"{len(chosen):,} {many}", listed, partial(_set, key, []))]
    return [
        FilterChip(f"{key} {value}", f"{one} {words(value)}", tip(value) if tip else "", partial(_take_out, key, value))
        for value in chosen
    ]


def _chip_of_dates() -> list[FilterChip]:
    days = tuple(st.session_state.get(CHOSEN_DATES) or ())
    if len(days) != 2:
        return []
    first, last = map(day, days)
    return [FilterChip("dates", f"From {first} to {last}", "", partial(_set, CHOSEN_DATES, ()))]


def _chip_of_events() -> list[FilterChip]:
    selected = st.session_state.get(SELECTED_EVENTS) or ()
    if not selected:
        return []
    words = f"{counted(len(selected), 'event')} selected"
    tip = "Papers of the events selected on the timeline"
    return [FilterChip("events", words, tip, partial(_set, SELECTED_EVENTS, ()))]


def _set(key: str, value: object) -> None:
    st.session_state[key] = value


def _take_out(key: str, value: object) -> None:
    st.session_state[key] = [each for each in st.session_state.get(key) or () if each != value]
