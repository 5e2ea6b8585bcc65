"""Caps by person and day: seen, set, changed and removed by an administrator."""

from functools import partial

import pandas as pd
import streamlit as st

from components.access import Person
from components.desk import Desk
from components.store import Store
from components.ui.state import CAP_OF_PERSON, CAP_PER_DAY
from components.ui.usage.administering import ask_as_administrator
from components.ui.usage.everybody import Everybody
from components.words import counted


def draw_person_caps(store: Store, everybody: Everybody) -> None:
    """Draw how far each person's cap is used up today, and what sets, changes and removes one."""
    st.write(
        "A cap by person limits what one person may be charged for in a day (UTC), in all workspaces together. What is "
        "under way or in doubt counts, too. A change holds from the next call on, also for look-ups under way."
    )
    if everybody.caps:
        st.dataframe(
            caps_table(store, everybody.caps),
            hide_index=True,
            column_config={
                name: st.column_config.NumberColumn(format="localized", width=110)
                for name in ("Cap a day", "Used today", "Left today")
            },
            key="caps_by_person",
            alt="The cap of each person and how far it is used up today",
        )
    else:
        st.caption("Nobody has a cap of their own yet.")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        person = st.selectbox(
            "Person", everybody.people, index=None, key=CAP_OF_PERSON, accept_new_options=True, width=260,
            placeholder="Choose, or type an address",
        )  # fmt: skip
        per_day = st.number_input(
            "Patents a day", min_value=0, max_value=1_000_000, value=None, step=1, key=CAP_PER_DAY, width=150,
            placeholder="0 stops all",
        )  # fmt: skip
        st.button(
            "Set the cap", key="set_cap", type="primary", on_click=_ask_to_set, disabled=not person or per_day is None
        )
        st.button(
            "Remove the cap", key="remove_cap", on_click=_ask_to_remove, disabled=_name(person) not in everybody.caps
        )


def caps_table(store: Store, caps: dict[str, int]) -> pd.DataFrame:
    """Return a row for each person with a cap: what of it is used up today."""
    uses = [use for person in caps for use in store.caps_use(person) if use.cap == "person"]
    return pd.DataFrame(
        {
            "Person": [use.person for use in uses],
            "Cap a day": [use.limit for use in uses],
            "Used today": [use.used for use in uses],
            "Left today": [use.left for use in uses],
        }
    )


def _ask_to_set() -> None:
    person, per_day = _name(st.session_state.get(CAP_OF_PERSON)), st.session_state.get(CAP_PER_DAY)
    if person and per_day is not None:
        ask_as_administrator(partial(_set, person, int(per_day)))


def _ask_to_remove() -> None:
    if person := _name(st.session_state.get(CAP_OF_PERSON)):
        ask_as_administrator(partial(_set, person, None))


def _set(person: str, per_day: int | None, desk: Desk, administrator: Person) -> str:
    del administrator
    desk.store.set_person_cap(person, per_day)
    if per_day is None:
        return f"{person} has no cap of their own any more."
    return f"{person} may be charged for {counted(per_day, 'patent')} a day."


def _name(typed: object) -> str:
    """Return the name under which a person stands in the ledger: an address is in lower case there."""
    name = str(typed or "").strip()
    return name.lower() if "@" in name else name
