"""The numbers as chips, each with what a look-up would do with it, and what was refused."""

from collections.abc import Sequence
from typing import Final, Literal

import streamlit as st

from components.lookups import Plan, PlanItem, PlanState
from components.numbers import Standing
from components.ui.age import age
from components.ui.escape import escape_markdown
from components.ui.review.numbers_read import keep_only, without
from components.words import shortened

LONGEST_CHIP: Final = 60
"""Characters of what was typed; the longest numbers with words before them have about so many."""
_MOST_IN_LINE: Final = 8
"""Numbers in the folded line; the others are behind a count that opens."""
_LINE: Final = 980
"""Pixels that the chips of the line may take, in a window of 1,280."""
_CHIP: Final = 52
"""Width in pixels of a chip without its words, with the gap to the next."""
_LETTER: Final = 6.3
"""Width in pixels of a letter of a chip."""
_MAX_CHIPS: Final = 16
_MAX_REFUSALS: Final = 20
"""Refused numbers that are explained one by one."""
_MAX_LISTED: Final = 100
"""Further numbers that can be removed one by one; each is an element of the page."""

_Colour = Literal["green", "blue", "violet", "red", "gray", "orange"]
_BADGE: Final[dict[PlanState, tuple[_Colour, str]]] = {
    PlanState.HELD: ("green", "held"),
    PlanState.FREE: ("blue", "free"),
    PlanState.CHARGED: ("violet", "to be charged"),
    PlanState.UNCERTAIN: ("orange", "may have been charged already"),
    PlanState.BEYOND_CAP: ("gray", "beyond the cap"),
    PlanState.REFUSED: ("red", "refused"),
    PlanState.DOUBLED: ("gray", "doubled"),
    PlanState.AMBIGUOUS: ("orange", "ambiguous"),
}
_TOLD_BELOW: Final = frozenset({PlanState.REFUSED, PlanState.DOUBLED})
"""States of numbers that are no chips of the folded line: their refusals and counts are told below it."""


def draw_chips(plan: Plan) -> None:
    """Draw how many numbers there are in which state, and a chip for each that needs attention."""
    if not plan.items:
        return
    if len(plan.items) > 1:
        st.caption(states_in_words(plan))
    # Of a long list only the numbers that need attention are drawn; the others are counted above.
    long_list = len(plan.items) > _MAX_CHIPS
    calm = {PlanState.HELD, PlanState.CHARGED, PlanState.UNCERTAIN, PlanState.BEYOND_CAP} if long_list else set()
    chips = [item for item in plan.items if item.state not in calm]
    with st.container(horizontal=True, gap="small"):
        for item in chips[:_MAX_CHIPS]:
            colour, _ = _BADGE[item.state]
            st.badge(_chip(item), color=colour, help=_chip_help(item))
        if len(chips) > _MAX_CHIPS:
            st.badge(f"and {len(chips) - _MAX_CHIPS:,} more", color="gray")


def states_in_words(plan: Plan) -> str:
    """Return how many numbers there are, and how many in which state."""
    counts = {state: len(plan.items_in(state)) for state in PlanState}
    words = [f"{count:,} {_BADGE[state][1]}" for state, count in counts.items() if count]
    return f"{len(plan.items):,} numbers: " + " · ".join(words)


def draw_notes_and_refusals(plan: Plan) -> None:
    """Draw what is worth knowing of the numbers to be charged, and why numbers are refused."""
    for item in plan.items_in(PlanState.CHARGED)[:_MAX_CHIPS]:
        if item.number.reading.note and len(item.number.reading.request_forms) == 1:
            st.caption(
                f"{escape_markdown(item.number.reading.display_form)}: {escape_markdown(item.number.reading.note)}"
            )
    refused = plan.items_in(PlanState.REFUSED)
    for item in refused[:_MAX_REFUSALS]:
        st.markdown(f":red[**{_typed(item)}**] not looked up: {escape_markdown(item.note)}")
    if len(refused) > _MAX_REFUSALS:
        st.caption(f"and {len(refused) - _MAX_REFUSALS:,} more refused")


def chips_in_line(plan: Plan) -> tuple[Sequence[PlanItem], Sequence[PlanItem]]:
    """Return the numbers of a plan that the folded line has room for, eight at most, and the others."""
    items = [item for item in plan.items if item.state not in _TOLD_BELOW]
    room, count = float(_LINE), 0
    for item in items[:_MOST_IN_LINE]:
        room -= _CHIP + _LETTER * len(_removable_label(item).replace("\\", ""))
        if room < 0 and count:
            break
        count += 1
    return items[:count], items[count:]


def draw_removable_chips(plan: Plan, items: Sequence[PlanItem]) -> None:
    """Draw numbers of a plan as buttons that take them off the page."""
    for item in items[:_MAX_LISTED]:
        _draw_removable(plan, item)


def draw_further_chips(plan: Plan, items: Sequence[PlanItem]) -> None:
    """Draw the numbers beyond those of the line in the same way."""
    with st.container(horizontal=True, gap="xsmall", key="intake_more"):
        draw_removable_chips(plan, items)
    if len(items) > _MAX_LISTED:
        st.caption(f"and {len(items) - _MAX_LISTED:,} more; edit them in the box behind “Add numbers”.")


def _draw_removable(plan: Plan, item: PlanItem) -> None:
    st.button(
        _removable_label(item),
        key=f"remove_number_{plan.items.index(item)}",
        icon=":material/close:",
        icon_position="right",
        help=f"Take it off this page; what is held stays held. {_chip_help(item)}",
        on_click=_remove,
        args=(plan, item),
    )


def _remove(plan: Plan, item: PlanItem) -> None:
    keep_only(without(plan, item))


def _removable_label(item: PlanItem) -> str:
    if item.state is not PlanState.HELD:
        return _chip(item)
    return escape_markdown(item.number.reading.display_form)


def _chip(item: PlanItem) -> str:
    number = item.number
    if number.readings and number.standing is Standing.UNDERSTOOD:
        words = item.note.split(",")[0] if item.state is PlanState.FREE else _BADGE[item.state][1]
        return f"{escape_markdown(number.reading.display_form)} · {escape_markdown(words)}"
    return f"{_typed(item)} · {_BADGE[item.state][1]}"


def _typed(item: PlanItem) -> str:
    """Return what was typed for a number, cut and escaped."""
    return escape_markdown(shortened(item.number.typed, LONGEST_CHIP))


def _chip_help(item: PlanItem) -> str:
    number = item.number
    parts: Sequence[str] = [f"Typed: {escape_markdown(number.typed)}", *_reading_help(item)]
    if item.retrieved:
        parts = [*parts, f"retrieved {age(item.retrieved)}"]
    if item.note:
        parts = [*parts, escape_markdown(item.note)]
    return ". ".join(part.rstrip(". ") for part in parts) + "."


def _reading_help(item: PlanItem) -> list[str]:
    number = item.number
    if not number.readings or number.standing not in {Standing.UNDERSTOOD, Standing.DOUBLED}:
        return []
    reading = number.reading
    asked = f"{escape_markdown(reading.kind)}, asked for as {escape_markdown(', '.join(reading.request_forms))}"
    return [asked, escape_markdown(reading.note)] if reading.note else [asked]
