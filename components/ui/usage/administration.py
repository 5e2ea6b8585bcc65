"""What administrators see below their own spending: everybody's, one part at a time."""

from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo

import streamlit as st

from components.access import LOCAL_PERSON, Person
from components.desk import Desk
from components.settings import Price
from components.ui.review.segments import draw_segments
from components.ui.state import ADMINISTRATION
from components.ui.usage.administering import draw_what_was_done
from components.ui.usage.deletion import draw_deletion
from components.ui.usage.everybody import Everybody, read_everybody
from components.ui.usage.person_caps import draw_person_caps
from components.ui.usage.uncertain_list import draw_in_doubt
from components.ui.usage.who_is_in import SHOWN_DAYS, draw_who_is_in
from components.ui.usage.whole_ledger import draw_whole_ledger


def draw_administration(desk: Desk, person: Person, *, now: datetime, price: Price | None, zone: tzinfo) -> None:
    """Draw everybody's spending for an administrator, unless there is nobody else.

    Raises:
        components.store.StoreError: the store cannot be read.
    """
    everybody = read_everybody(desk.store, person, now=now, sessions_since=now - timedelta(days=SHOWN_DAYS))
    if everybody.is_one_person:
        return
    st.header("Administration", anchor=False)
    st.caption("Only administrators (REVIEW_ADMIN) see this part of the page.")
    draw_what_was_done()
    parts = _parts(desk, everybody, price=price, zone=zone)
    draw_segments("Part of the administration", list(parts), key=ADMINISTRATION, words=str)
    parts[st.session_state[ADMINISTRATION]]()


def _parts(desk: Desk, everybody: Everybody, *, price: Price | None, zone: tzinfo) -> dict[str, Callable[[], None]]:
    """Return what draws each part; who is in is known only where people log in."""
    parts: dict[str, Callable[[], None]] = {
        "Ledger of everybody": lambda: draw_whole_ledger(desk.store, everybody, price=price, zone=zone),
        "May have been charged": lambda: draw_in_doubt(everybody, price=price, zone=zone),
        "Caps by person": lambda: draw_person_caps(desk.store, everybody),
    }
    if everybody.administrator != LOCAL_PERSON:
        hours = desk.settings.review_session_hours
        parts["Who is in"] = lambda: draw_who_is_in(everybody, hours=hours, zone=zone)
    return {**parts, "Deletion": lambda: draw_deletion(everybody, desk.settings)}
