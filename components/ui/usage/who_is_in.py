"""Who is in: login sessions, since when and how they ended, with a button that ends them at once."""

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from functools import partial
from typing import Final

import pandas as pd
import streamlit as st

from components.access import Person
from components.desk import Desk
from components.store import SessionRecord
from components.ui.usage.administering import ask_as_administrator
from components.ui.usage.everybody import Everybody, workspace_in_words
from components.ui.usage.look_up_list import time_column
from components.words import counted

SHOWN_DAYS: Final = 7
"""Sessions are listed that were seen within so many days."""


def draw_who_is_in(everybody: Everybody, *, hours: float, zone: tzinfo) -> None:
    """Draw the sessions of the last days, and the button that ends those selected.

    Args:
        everybody: with the sessions.
        hours: after which a session ends by itself.
        zone: the administrator's time zone.
    """
    states = [_state(session, everybody, hours=hours) for session in everybody.sessions]
    inside = {session.person for session, state in zip(everybody.sessions, states, strict=True) if state in _LASTING}
    st.write(
        f"**{len(inside):,}** {'person is' if len(inside) == 1 else 'people are'} in now. The table has the sessions "
        f"of the last {SHOWN_DAYS} days. Each ends by itself {hours:g} hours after its login. One that you end cannot "
        "go on: its pages say so at their next action."
    )
    if not everybody.sessions:
        return
    shown = hash(tuple(session.id for session in everybody.sessions)) & 0xFFFFFFFF
    event = st.dataframe(
        sessions_table(everybody.sessions, states, zone=zone, workspaces=len(everybody.workspaces) > 1),
        hide_index=True,
        column_config={"Since": time_column("Since", zone), "Last seen": time_column("Last seen", zone)},
        key=f"sessions_{shown:x}",  # its own for each set of rows: when its data change, a table keeps positions
        on_select="rerun",
        selection_mode="multi-row",
        alt="Login sessions of the last days, the last begun first",
    )
    rows = [row for row in event["selection"]["rows"] if row < len(states)]
    chosen = [everybody.sessions[row] for row in rows if states[row] in _LASTING]
    st.button(
        f"End {counted(len(chosen), 'session')}" if chosen else "End the sessions selected",
        key="end_sessions",
        disabled=not chosen,
        on_click=partial(ask_as_administrator, partial(_end, chosen)),
    )


_IN, _THIS, _RUN_OUT = "in", "in: this is yours", "ended by itself"
_LASTING = (_IN, _THIS)


def _state(session: SessionRecord, everybody: Everybody, *, hours: float) -> str:
    if session.ended_at is not None:
        return f"ended: {session.how}" if session.how else "ended"
    if session.begun_at + timedelta(hours=hours) <= everybody.now:
        return _RUN_OUT
    return _THIS if session.id == everybody.administrator.session else _IN


def sessions_table(
    sessions: Sequence[SessionRecord], states: Sequence[str], *, zone: tzinfo, workspaces: bool
) -> pd.DataFrame:
    """Return a row for each session, in their order; with their workspaces if there are any."""
    where = {"Workspace": [workspace_in_words(session.workspace) for session in sessions]} if workspaces else {}
    return pd.DataFrame(
        {
            "Person": [session.email or session.person for session in sessions],
            **where,
            "Since": [session.begun_at.astimezone(zone) for session in sessions],
            "Last seen": [_at(session.seen_at, zone) for session in sessions],
            "State": list(states),
        }
    )


def _at(moment: datetime | None, zone: tzinfo) -> datetime | None:
    return None if moment is None else moment.astimezone(zone)


def _end(sessions: Sequence[SessionRecord], desk: Desk, administrator: Person) -> str:
    for session in sessions:
        desk.store.end_session(session.id, how=f"by {administrator.name}")
    people = ", ".join(sorted({session.person for session in sessions}))
    return f"{counted(len(sessions), 'session')} of {people} ended."
