"""The numbers: the box, the upload, the examples, and what was understood of them."""

from collections.abc import Sequence
from functools import lru_cache, partial
from typing import Literal

import streamlit as st

from components.lookups import Lookups, Plan, PlanItem, PlanState
from components.numbers import Number, Standing, UploadRefused, choose, mark_doubles, parse, read_upload
from components.ui.age import age
from components.ui.app.browser_scripts import follow_typing
from components.ui.escape import escape_markdown
from components.ui.state import EXAMPLE_ASKED, NUMBERS_TEXT, REMOVED_UPLOADS, UPLOADED_LIST, reading_key, upload_key

EXAMPLES = {
    "US 10,765,880 B2: abandoned, revived, granted": "US10765880B2",
    "US, EP and JP side by side": "US10000000B2, EP1000000B1, JP6768620B2",
}
_BOX_LABEL = "Patent, publication or application numbers"
_MAX_CHIPS = 16

_Colour = Literal["green", "blue", "violet", "red", "gray", "orange"]
_ROW_HEIGHT = 145
"""Pixels of the row with the box and the upload."""
_BADGE: dict[PlanState, tuple[_Colour, str]] = {
    PlanState.HELD: ("green", "held"),
    PlanState.FREE: ("blue", "free"),
    PlanState.CHARGED: ("violet", "to be charged"),
    PlanState.UNCERTAIN: ("orange", "may have been charged already"),
    PlanState.BEYOND_CAP: ("gray", "beyond the cap"),
    PlanState.REFUSED: ("red", "refused"),
    PlanState.DOUBLED: ("gray", "doubled"),
    PlanState.AMBIGUOUS: ("orange", "ambiguous"),
}


@lru_cache(maxsize=32)
def _parse(text: str) -> tuple[Number, ...]:
    """Read the text of the box, once for all reruns in which it stays the same: 10,000 numbers take 0.3 s."""
    return tuple(parse(text))


@lru_cache(maxsize=8)
def _read_upload(name: str, data: bytes) -> tuple[Number, ...]:
    return tuple(read_upload(name, data))


def ask_numbers(lookups: Lookups, *, user: str) -> Plan:
    """Draw the box, the upload and what was understood of them, and return the plan for it."""
    # Streamlit loads both boxes after the page: their height is reserved, so that nothing below them jumps.
    listed = UPLOADED_LIST in st.session_state or st.session_state.get(_upload_key()) is not None
    with st.container(height="content" if listed else _ROW_HEIGHT, border=False):
        left, right = st.columns([4, 1], vertical_alignment="top")
    text = left.text_area(
        _BOX_LABEL,
        key=NUMBERS_TEXT,
        height=130,
        placeholder="US 11,205,304 B2, 14/412,875, EP 1 000 000 B1 … in any form, from a list, an e-mail or a link",
        persist_state="session",
    )
    with left:
        follow_typing(_BOX_LABEL)
    with right:
        uploaded = _ask_for_list()
    # A container of its own: the button below stays the same element, however many chips are drawn.
    with st.container():
        numbers = mark_doubles(_choose_readings([*_parse(text or ""), *uploaded]))
        plan = lookups.plan(numbers, user=user)
        _draw_chips(plan)
    return plan


def _ask_for_list() -> tuple[Number, ...]:
    """Draw the upload and return the numbers of the list, which stays until it is removed or replaced."""
    upload = st.file_uploader("Or a list", type=["csv", "txt", "xlsx"], key=_upload_key(), max_upload_size=2)
    if upload is not None:
        # Streamlit forgets an upload when its page is left; the list must survive a visit to another page.
        st.session_state[UPLOADED_LIST] = (upload.name, upload.getvalue())
    if UPLOADED_LIST not in st.session_state:
        return ()
    name, data = st.session_state[UPLOADED_LIST]
    if upload is None:
        st.caption(escape_markdown(name))
    st.button("Remove the list", key="remove_list", on_click=_remove_list)
    try:
        return _read_upload(name, data)
    except UploadRefused as error:
        st.error(escape_markdown(error))
        return ()


def _upload_key() -> str:
    return upload_key(st.session_state.setdefault(REMOVED_UPLOADS, 0))


def _remove_list() -> None:
    st.session_state.pop(UPLOADED_LIST, None)
    st.session_state[REMOVED_UPLOADS] += 1


def offer_examples(*, in_sandbox: bool) -> None:
    """Draw what an empty page offers: two examples that load real file histories."""
    st.subheader("See how an application was examined", anchor=False)
    st.write(
        "Paste numbers above, or begin with an example. You get the office actions, replies, IDSs and other events on "
        "one timeline, and every document with its PDF one click away."
    )
    with st.container(horizontal=True):
        for label, numbers in EXAMPLES.items():
            st.button(label, key=f"example_{numbers}", on_click=_fill_in_example, args=(numbers, in_sandbox))
    if not in_sandbox:
        st.caption("An example fills the box; nothing is charged before you press Look up.")


def _fill_in_example(numbers: str, load: bool) -> None:
    st.session_state[NUMBERS_TEXT] = numbers
    st.session_state[EXAMPLE_ASKED] = load


def _choose_readings(numbers: Sequence[Number]) -> list[Number]:
    """Draw a choice for each number that can be read in several ways, and return the numbers as chosen."""
    settled = list(numbers)
    offered: set[str] = set()
    for index, number in enumerate(numbers):
        if number.standing is not Standing.AMBIGUOUS:
            continue
        key = reading_key(number.typed)
        readings = {reading.normalised: f"{reading.display_form} ({reading.kind})" for reading in number.readings}
        if key not in offered:
            offered.add(key)
            typed, reason = escape_markdown(number.typed), escape_markdown(number.reason)
            st.segmented_control(
                f"{typed} can be read in {len(readings)} ways. {reason}",
                list(readings),
                format_func=partial(_reading_label, readings),
                key=key,
                persist_state="session",
            )
        if picked := st.session_state.get(key):
            settled[index] = choose(number, picked)
    return settled


def _reading_label(readings: dict[str, str], name: str) -> str:
    return escape_markdown(readings[name])


def _draw_chips(plan: Plan) -> None:
    if not plan.items:
        return
    counts = {state: len(plan.items_in(state)) for state in PlanState}
    words = [f"{count:,} {_BADGE[state][1]}" for state, count in counts.items() if count]
    if len(plan.items) > 1:
        st.caption(f"{len(plan.items):,} numbers: " + " · ".join(words))
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
    for item in plan.items_in(PlanState.CHARGED)[:_MAX_CHIPS]:
        if item.number.reading.note and len(item.number.reading.request_forms) == 1:
            st.caption(
                f"{escape_markdown(item.number.reading.display_form)}: {escape_markdown(item.number.reading.note)}"
            )
    for item in plan.items_in(PlanState.REFUSED)[:20]:
        st.markdown(f":red[**{escape_markdown(item.number.typed)}**] not looked up: {escape_markdown(item.note)}")


def _chip(item: PlanItem) -> str:
    number = item.number
    if number.readings and number.standing is Standing.UNDERSTOOD:
        words = item.note.split(",")[0] if item.state is PlanState.FREE else _BADGE[item.state][1]
        return f"{escape_markdown(number.reading.display_form)} · {escape_markdown(words)}"
    return f"{escape_markdown(number.typed)} · {_BADGE[item.state][1]}"


def _chip_help(item: PlanItem) -> str:
    number = item.number
    parts = [f"Typed: {escape_markdown(number.typed)}"]
    if number.readings and number.standing in {Standing.UNDERSTOOD, Standing.DOUBLED}:
        reading = number.reading
        parts.append(
            f"{escape_markdown(reading.kind)}, asked for as {escape_markdown(', '.join(reading.request_forms))}"
        )
        if reading.note:
            parts.append(escape_markdown(reading.note))
    if item.retrieved:
        parts.append(f"retrieved {age(item.retrieved)}")
    if item.note:
        parts.append(escape_markdown(item.note))
    return ". ".join(part.rstrip(". ") for part in parts) + "."
