"""Deleting what is kept of a person, or a walled-off workspace, after its name was typed once more."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import streamlit as st

from components.access import Person, parse_workspaces
from components.desk import Desk
from components.desk import desk as desk_of_process
from components.settings import Settings
from components.ui.state import DELETION_NAME, DELETION_TYPED, DELETION_WHAT
from components.ui.take_away import OFFERED_FILES
from components.ui.usage.administering import NotDone, ask_as_administrator
from components.ui.usage.everybody import Everybody


@dataclass(frozen=True, slots=True)
class _Deletion:
    """One kind of deletion."""

    goes: str
    stays: str
    delete: Callable[[Desk, str], None]


_DELETIONS: Final = {
    "person": _Deletion(
        goes="Ticks, notes, the record of look-ups, login sessions (which end at once) and the cap of this person, in "
        "every workspace. In this person's rows of the ledger the numbers and the words of the notes.",
        stays="The rows of the ledger with name, day and state, so that sums and caps stay right; what is in doubt "
        "stays in doubt. The file histories and PDFs that this person looked up, which belong to the workspace. "
        "Backups. The person may come in again until the name is off REVIEW_ALLOW.",
        delete=Desk.delete_person,
    ),
    "workspace": _Deletion(
        goes="All file histories, links and PDFs that this workspace holds, the ticks and notes on them, and the "
        "record of its look-ups. In its rows of the ledger the numbers and the words of the notes.",
        stays="The rows of the ledger with name, day and state, so that sums and caps stay right; what is in doubt "
        "stays in doubt. What other workspaces hold. Backups. Its people stay, in an empty workspace, until "
        "REVIEW_WORKSPACES says otherwise; what they look up there is charged again.",
        delete=Desk.delete_workspace,
    ),
}


def draw_deletion(everybody: Everybody, settings: Settings) -> None:
    """Draw what can be deleted, what goes with it and what stays, and the button once the name was typed."""
    walled_off = {*everybody.workspaces, *parse_workspaces(settings.review_workspaces)} - {""}
    names: dict[str, Sequence[str]] = {"person": everybody.people, "workspace": sorted(walled_off)}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        what = st.selectbox("Delete a", list(names), key=DELETION_WHAT, width=180)
        name = st.selectbox(
            "Name", names[what], index=None, key=f"{DELETION_NAME}_{what}", width=300,
            accept_new_options=what == "person",
            placeholder="Choose, or type a name" if what == "person" else "Choose a walled-off workspace",
        )  # fmt: skip
    deletion = _DELETIONS[what]
    st.markdown(f"**What goes:** {deletion.goes}")
    st.markdown(f"**What stays:** {deletion.stays}")
    if not name:
        return
    st.markdown("**This cannot be undone.** Type the name once more to delete:")
    st.code(name, language=None)  # as it is, to be copied: no markdown, no link
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input("The name once more", key=DELETION_TYPED, width=300)
        st.button(f"Delete this {what}", key="delete", type="primary", on_click=_ask_to_delete, args=(what, name))


def _ask_to_delete(what: str, name: str) -> None:
    ask_as_administrator(partial(_delete, what, name, str(st.session_state.get(DELETION_TYPED) or "")))


def _delete(what: str, name: str, typed: str, desk: Desk, administrator: Person) -> str:
    del desk, administrator
    if typed.strip() != name:
        raise NotDone(f"Nothing was deleted: what you typed is not {name}.")
    _DELETIONS[what].delete(desk_of_process(), name)  # it knows the desks of all workspaces, unlike that of one
    OFFERED_FILES.withdraw(**{what: name})
    return f"The {what} {name} was deleted."
