"""The intake: numbers, their price and the histories that are shown; one line once histories are on the screen.

It folds when something is looked up or a link is opened, never while somebody types.
"""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from components.lookups import Lookups, Plan, PlanState
from components.store import Headline, Store
from components.ui.review.chips import (
    chips_in_line,
    draw_chips,
    draw_further_chips,
    draw_notes_and_refusals,
    draw_removable_chips,
)
from components.ui.review.history_choice import HistoryChoice, offered_histories
from components.ui.review.number_choices import draw_choices
from components.ui.review.numbers_box import draw_box, draw_box_and_upload, draw_reading_notes, draw_upload
from components.ui.review.numbers_read import NumbersRead, read_numbers
from components.ui.state import INTAKE_FOLDED, PRESSED

_STATES_TO_ACT_ON = (PlanState.FREE, PlanState.CHARGED, PlanState.UNCERTAIN, PlanState.BEYOND_CAP)


@dataclass(frozen=True, slots=True)
class Intake:
    """What the page is about."""

    plan: Plan
    headlines: tuple[Headline, ...]
    """Of the histories to draw."""


def draw_intake(
    lookups: Lookups, store: Store, *, user: str, offer: Callable[[Plan], None], say: Callable[[Plan], None]
) -> Intake:
    """Draw the numbers and what can be done with them, and return the plan and the histories to draw.

    Args:
        lookups: plan what the numbers would cost.
        store: holds the histories.
        user: whose numbers these are.
        offer: draws the button that spends, with the price.
        say: draws in a few words how the last look-up went.
    """
    read = read_numbers()
    plan = lookups.plan(read.settled, user=user)
    choice = offered_histories(store, plan)
    if not plan.items:
        st.session_state[INTAKE_FOLDED] = False
    if choice.titles and st.session_state.get(INTAKE_FOLDED):
        chosen = _draw_folded(read, plan, choice, offer, say)
    else:
        chosen = _draw_open(read, plan, choice, offer)
    return Intake(plan, choice.headlines_of(chosen))


def _draw_open(read: NumbersRead, plan: Plan, choice: HistoryChoice, offer: Callable[[Plan], None]) -> tuple[str, ...]:
    draw_box_and_upload(read)
    # A container of its own: the button below stays the same element, however many chips are drawn.
    with st.container(gap="xsmall"):
        draw_reading_notes(read)
        draw_choices(read.numbers)
        draw_chips(plan)
        draw_notes_and_refusals(plan)
    offer(plan)
    return choice.draw()


def _draw_folded(
    read: NumbersRead, plan: Plan, choice: HistoryChoice, offer: Callable[[Plan], None], say: Callable[[Plan], None]
) -> tuple[str, ...]:
    """Draw one line: the numbers, the box behind a button, and the price if there is something to buy."""
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="intake"):
        chips, further = chips_in_line(plan)
        draw_removable_chips(plan, chips)
        chosen = choice.all_shown
        if choice.pick or further:
            label = f"and {len(further):,} more" if further else "Choose files"
            with st.popover(label, key="further_numbers", help="Which files are shown"):
                chosen = choice.draw()
                draw_further_chips(plan, further)
        with st.popover("Add numbers", key="add_numbers"):
            draw_box()
            draw_upload(read.uploaded)
        say(plan)
    with st.container(gap="xsmall"):
        draw_reading_notes(read)
        draw_choices(read.numbers)
        if plan.items_in(*_STATES_TO_ACT_ON):
            offer(plan)
        elif st.session_state.pop(PRESSED, None):
            st.toast("All of these are held already: nothing was asked, nothing was charged.")
        draw_notes_and_refusals(plan)
    return chosen
