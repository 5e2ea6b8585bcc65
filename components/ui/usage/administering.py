"""What an administrator does on the Usage page: each action looks again whether the person of the run administers."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from components.access import Person
from components.desk import Desk
from components.store import StoreError
from components.ui.asked import ask_for
from components.ui.escape import escape_markdown
from components.ui.state import ADMINISTERED

MAY_NOT = "Only an administrator (REVIEW_ADMIN) may do that. Nothing was changed."


class NotDone(Exception):
    """What an administrator asked for was not done, for a reason in words; nothing was changed."""


Administering = Callable[[Desk, Person], str]
"""Changes something for an administrator and returns what it did, in words.

Raises `NotDone`, or `components.store.StoreError` where the store fails, and changes nothing then.
"""


def ask_as_administrator(action: Administering) -> None:
    """Have an action done by the next whole run of the page, if its person administers; for callbacks."""
    ask_for(partial(_administer, action))


def _administer(action: Administering, desk: Desk, person: Person) -> None:
    if not person.may_administer:
        st.error(MAY_NOT)
        return
    try:
        st.session_state[ADMINISTERED] = (True, action(desk, person))
    except (NotDone, StoreError) as error:
        st.session_state[ADMINISTERED] = (False, str(error))


def draw_what_was_done() -> None:
    """Draw what the last action did, or why it did nothing; once."""
    done, words = st.session_state.pop(ADMINISTERED, (False, ""))
    if words:
        (st.success if done else st.error)(escape_markdown(words))
