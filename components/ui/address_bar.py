"""The address bar: the view is written to it after each run, and read when a visitor comes, goes Back or edits it.

A visitor went Back or edited the address if it differs from the one last written, and no widget has changed since.
"""

from dataclasses import replace
from typing import Any

import streamlit as st

from components.ui.address import FIELDS, PARAMETERS, View, parameters_of, parse_view
from components.ui.state import INTAKE_FOLDED, LAST_ADDRESS, LAST_VIEW


def read_address_bar() -> None:
    """Set the widgets from the address if a visitor came with one, went Back or edited it. Call before any widget."""
    address = {name: st.query_params[name] for name in PARAMETERS if name in st.query_params}
    if address == st.session_state.get(LAST_ADDRESS, {}):
        return
    # A visitor who returns from another page has a bare address, and finds the view as it was left. And a click may
    # come before the browser has taken the address of the run before it; then the click counts, not that address.
    came_back = LAST_ADDRESS in st.session_state and (not address or view_in_state() != st.session_state.get(LAST_VIEW))
    if came_back:
        return
    view = parse_view(address)
    for field in FIELDS:
        st.session_state[field.key] = field.widget_value(getattr(view, field.name))
    st.session_state[LAST_ADDRESS] = address
    st.session_state[INTAKE_FOLDED] = bool(view.patents)


def write_address_bar(patents: str) -> None:
    """Write the widgets' values to the address. Call after the widgets have been drawn.

    Args:
        patents: the understood numbers in the service's form, separated by commas.
    """
    view = view_in_state()
    wanted = parameters_of(replace(view, patents=patents))
    foreign = {name: value for name, value in st.query_params.items() if name not in PARAMETERS}
    if {name: value for name, value in st.query_params.items() if name in PARAMETERS} != wanted:
        st.query_params.from_dict({**foreign, **wanted})
    st.session_state[LAST_ADDRESS] = wanted
    st.session_state[LAST_VIEW] = view


def view_in_state() -> View:
    """Return the view as the widgets hold it; its `patents` are the text of the box."""
    values: dict[str, Any] = {}
    for field in FIELDS:
        value = st.session_state.get(field.key)
        if value is None:
            value = field.default
        values[field.name] = tuple(value) if isinstance(field.default, tuple) else value
    return View(**values)
