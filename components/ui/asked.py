"""What a click asks for that needs a right: done by the next whole run of the page, after its guard.

A callback runs before the guard of its page, and a dialog or another fragment runs without it: the person whom they
know is the one for whom the page was drawn. Whether that person is still in, may still do it, and in which workspace,
is known after the guard alone.
"""

import time
from collections.abc import Callable
from typing import cast

import streamlit as st

from components.access import Person
from components.desk import Desk
from components.ui.state import ASKED_FOR

_LIFETIME = 60.0
"""Seconds after which a click counts no more: the guard or a failing store has ended the page meanwhile."""
_NOTHING = (None, 0.0)

Action = Callable[[Desk, Person], None]
"""Does what was asked for, at the desk and for the person of the run; it checks that this person may."""


def ask_for(action: Action) -> None:
    """Have something done by the next whole run of the page; for callbacks and dialogs."""
    remember(ASKED_FOR, action)


def do_what_was_asked_for(desk: Desk, person: Person) -> None:
    """Do what the last click asked for, if it did so lately; for pages, right after their guard."""
    action = take(ASKED_FOR)
    if action is not None:
        cast("Action", action)(desk, person)


def remember(key: str, what: object) -> None:
    """Keep, for the run after a click, what was clicked."""
    st.session_state[key] = (what, time.monotonic())


def take(key: str) -> object:
    """Return what was remembered lately, and remember it no more; `None` for nothing."""
    what, at = st.session_state.pop(key, _NOTHING)
    return what if time.monotonic() - at < _LIFETIME else None
