"""The numbers: the box, the upload, the examples, and what was understood of them."""

from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import Literal

import streamlit as st

from components.lookups import Lookups, Plan, PlanItem, PlanState
from components.numbers import (
    MOST_CHARACTERS,
    MOST_NUMBERS,
    Number,
    Standing,
    choose,
    mark_doubles,
    read_list,
    read_typed,
)
from components.ui.age import age
from components.ui.app.browser_scripts import follow_typing
from components.ui.escape import escape_markdown
from components.ui.review.lists_read import ListsRead, ReadList
from components.ui.state import EXAMPLE_ASKED, NUMBERS_TEXT, REMOVED_UPLOADS, UPLOADED_LIST, reading_key, upload_key
from components.words import counted, shortened

EXAMPLES = {
    "US 10,765,880 B2: abandoned, revived, granted": "US10765880B2",
    "US, EP and JP side by side": "US10000000B2, EP1000000B1, JP6768620B2",
}
_BOX_LABEL = "Patent, publication or application numbers"
_MAX_CHIPS = 16
_MAX_REFUSALS = 20
"""Refused numbers that are explained one by one."""
_MAX_CHOICES = 20
"""Ambiguous numbers that have a choice of their own; each is an element of the page."""
_LONGEST_CHIP = 60
"""Characters of what was typed; the longest numbers with words before them have about so many."""
_LONGEST_FILE_NAME = 80

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


_LISTS = ListsRead()


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
        placeholder=f"US 11,205,304 B2, 14/412,875, EP 1 000 000 B1 … in any form, from a list, an e-mail or a link; "
        f"up to {MOST_NUMBERS:,} numbers",
        max_chars=MOST_CHARACTERS,
        persist_state="session",
    )
    with left:
        follow_typing(_BOX_LABEL)
    with right:
        uploaded = _ask_for_list()
    # A container of its own: the button below stays the same element, however many chips are drawn.
    with st.container():
        typed = _typed_numbers(text or "")
        for remarks in (typed.remarks, uploaded.remarks):
            _draw_remarks(remarks)
        numbers = mark_doubles(_choose_readings([*typed.numbers, *uploaded.numbers]))
        plan = lookups.plan(numbers, user=user)
        _draw_chips(plan)
    return plan


def _typed_numbers(text: str) -> ReadList:
    """Return what the text of the box holds; if it is refused, say why."""
    found = _LISTS.read("", text.encode(errors="replace"), lambda: read_typed(text))
    if found.refusal:
        st.error(escape_markdown(f"The text in the box was not read. {found.refusal}"))
    return found


def _ask_for_list() -> ReadList:
    """Draw the upload and return what the list holds, which stays until it is removed or replaced."""
    upload = st.file_uploader("Or a list", type=["csv", "txt", "tsv", "xlsx"], key=_upload_key(), max_upload_size=2)
    if upload is not None:
        # Streamlit forgets an upload when its page is left; the list must survive a visit to another page.
        st.session_state[UPLOADED_LIST] = (upload.name, upload.getvalue())
    if UPLOADED_LIST not in st.session_state:
        return ReadList(())
    name, data = st.session_state[UPLOADED_LIST]
    if upload is None:
        st.caption(escape_markdown(shortened(name, _LONGEST_FILE_NAME)))
    st.button("Remove the list", key="remove_list", on_click=_remove_list)
    found = _LISTS.read(name, data, lambda: read_list(name, data))
    if found.refusal:
        st.error(escape_markdown(found.refusal))
    return found


def _draw_remarks(remarks: Sequence[str]) -> None:
    """Say which column of a table was read and what was left."""
    if remarks:
        st.info(escape_markdown(" ".join(remarks)), icon=":material/table_view:")


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
    """Draw a choice for each number that can be read in several ways, and return the numbers as chosen.

    Of many such numbers only the first have a choice of their own; the others are chosen together, by their kinds.
    """
    ambiguous = [number for number in numbers if number.standing is Standing.AMBIGUOUS]
    singly = dict(list({number.typed: number for number in ambiguous}.items())[:_MAX_CHOICES])
    picked = {typed: _ask_for_reading(number) for typed, number in singly.items()}
    counts = Counter(_kinds(number) for number in ambiguous if number.typed not in singly)
    picked_kinds = {kinds: _ask_for_kind(kinds, count) for kinds, count in counts.most_common(_MAX_CHOICES)}
    settled = []
    for number in numbers:
        if number.standing is Standing.AMBIGUOUS:
            kind = picked_kinds.get(_kinds(number))
            together = next((reading.normalised for reading in number.readings if reading.kind == kind), None)
            chosen = picked.get(number.typed, together)
            settled.append(choose(number, chosen) if chosen else number)
        else:
            settled.append(number)
    return settled


def _ask_for_reading(number: Number) -> str | None:
    """Draw the choice between the readings of one number, and return the normalised form chosen."""
    readings = {reading.normalised: f"{reading.display_form} ({reading.kind})" for reading in number.readings}
    typed, reason = escape_markdown(shortened(number.typed, _LONGEST_CHIP)), escape_markdown(number.reason)
    return st.segmented_control(
        f"{typed} can be read in {len(readings)} ways. {reason}",
        list(readings),
        format_func=partial(_reading_label, readings),
        key=reading_key(number.typed),
        persist_state="session",
    )


def _kinds(number: Number) -> tuple[str, ...]:
    """Return the kinds of the readings of an ambiguous number."""
    return tuple(str(reading.kind) for reading in number.readings)


def _ask_for_kind(kinds: tuple[str, ...], count: int) -> str | None:
    """Draw the choice for so many more numbers with readings of the same kinds, and return the kind chosen."""
    if len(set(kinds)) < len(kinds):
        st.caption(f"{counted(count, 'more number')} can be read in several ways: write each in full to tell which.")
        return None
    return st.segmented_control(
        f"{counted(count, 'more number')} can be read in the same {len(kinds)} ways. Choose for all of them.",
        list(kinds),
        key=reading_key(" or ".join(kinds)),
        persist_state="session",
    )


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
    for item in plan.items_in(PlanState.REFUSED)[:_MAX_REFUSALS]:
        st.markdown(f":red[**{_typed(item.number)}**] not looked up: {escape_markdown(item.note)}")


def _chip(item: PlanItem) -> str:
    number = item.number
    if number.readings and number.standing is Standing.UNDERSTOOD:
        words = item.note.split(",")[0] if item.state is PlanState.FREE else _BADGE[item.state][1]
        return f"{escape_markdown(number.reading.display_form)} · {escape_markdown(words)}"
    return f"{_typed(number)} · {_BADGE[item.state][1]}"


def _typed(number: Number) -> str:
    """Return what was typed for a number, cut and escaped."""
    return escape_markdown(shortened(number.typed, _LONGEST_CHIP))


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
