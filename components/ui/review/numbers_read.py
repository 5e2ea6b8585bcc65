"""The numbers that were typed and uploaded, as the session holds them: read before anything is drawn."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import streamlit as st

from components.lookups import Plan, PlanItem, PlanState
from components.numbers import Number, Standing, choose, mark_doubles, read_list, read_typed
from components.ui.history_names import address_form
from components.ui.review.lists_read import ListsRead, ReadList
from components.ui.state import NUMBERS_TEXT, REMOVED_UPLOADS, UPLOADED_LIST, reading_key, upload_key

MOST_CHOICES: Final = 20
"""Ambiguous numbers that have a choice of their own; each is an element of the page."""
_LISTS: Final = ListsRead()


@dataclass(frozen=True, slots=True)
class NumbersRead:
    """What the box and the list hold."""

    typed: ReadList
    uploaded: ReadList

    @property
    def numbers(self) -> tuple[Number, ...]:
        """All numbers, in their order, as they were read."""
        return (*self.typed.numbers, *self.uploaded.numbers)

    @property
    def settled(self) -> list[Number]:
        """All numbers, those that can be read in several ways as chosen, and doubles marked."""
        return mark_doubles(settle(self.numbers))


def read_numbers() -> NumbersRead:
    """Return what the session's box and list hold; what was refused says why."""
    text = str(st.session_state.get(NUMBERS_TEXT) or "")
    typed = _LISTS.read("", text.encode(errors="replace"), lambda: read_typed(text))
    upload = st.session_state.get(present_upload_key())
    if upload is not None:
        # Streamlit forgets an upload when its page is left; the list must survive a visit to another page.
        st.session_state[UPLOADED_LIST] = (upload.name, upload.getvalue())
    if UPLOADED_LIST not in st.session_state:
        return NumbersRead(typed, ReadList(()))
    name, data = st.session_state[UPLOADED_LIST]
    return NumbersRead(typed, _LISTS.read(name, data, lambda: read_list(name, data)))


def present_upload_key() -> str:
    """Return the key of the upload as it is now."""
    return upload_key(st.session_state.setdefault(REMOVED_UPLOADS, 0))


def remove_list() -> None:
    """Forget the list that was uploaded."""
    st.session_state.pop(UPLOADED_LIST, None)
    st.session_state[REMOVED_UPLOADS] = st.session_state.get(REMOVED_UPLOADS, 0) + 1


def keep_only(items: Sequence[PlanItem]) -> None:
    """Leave just these numbers in the box, each as the address has it or else as typed; a list goes into the box too.

    They are written in full, because a number may owe its office to the one before it.
    """
    kept = (item for item in items if item.state is not PlanState.DOUBLED)
    st.session_state[NUMBERS_TEXT] = "\n".join(dict.fromkeys(address_form(item.number) for item in kept))
    remove_list()


def without(plan: Plan, item: PlanItem) -> tuple[PlanItem, ...]:
    """Return the numbers of a plan but one and its doubles."""
    gone = address_form(item.number)
    return tuple(other for other in plan.items if other is not item and address_form(other.number) != gone)


def ambiguous(numbers: Sequence[Number]) -> tuple[dict[str, Number], Counter[tuple[str, ...]]]:
    """Return the numbers that can be read in several ways.

    Returns:
        The first of them, each with a choice of its own, by what was typed; and how many others there are, by the
        kinds of their readings, by which they are chosen together.
    """
    unclear = [number for number in numbers if number.standing is Standing.AMBIGUOUS]
    singly = dict(list({number.typed: number for number in unclear}.items())[:MOST_CHOICES])
    return singly, Counter(kinds_of(number) for number in unclear if number.typed not in singly)


def settle(numbers: Sequence[Number]) -> list[Number]:
    """Return the numbers, those that can be read in several ways as the session's choices say."""
    singly, _ = ambiguous(numbers)
    state = st.session_state
    settled = []
    for number in numbers:
        chosen = None
        if number.typed in singly:
            chosen = state.get(reading_key(number.typed))
        elif number.standing is Standing.AMBIGUOUS:
            kind = state.get(reading_key(joined_kinds(kinds_of(number))))
            chosen = next((reading.normalised for reading in number.readings if str(reading.kind) == kind), None)
        if chosen and any(reading.normalised == chosen for reading in number.readings):
            settled.append(choose(number, chosen))
        else:
            settled.append(number)
    return settled


def kinds_of(number: Number) -> tuple[str, ...]:
    """Return the kinds of the readings of a number."""
    return tuple(str(reading.kind) for reading in number.readings)


def joined_kinds(kinds: Sequence[str]) -> str:
    """Return kinds of readings as the name of the choice between them."""
    return " or ".join(kinds)
