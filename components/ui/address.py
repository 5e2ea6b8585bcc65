"""The view in the address: what a copied link brings back. It prefills and filters; it never spends.

The widgets hold the view while a page is open. Their values are written to the address after each run, and read from
it at the first run or when somebody went Back or edited it. Somebody did, if the address is not the one last written
while no widget has changed since.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import streamlit as st

BOX = "box"
CODES = "filter_codes"
SIDE = "filter_side"
CATEGORY = "filter_category"
DATES = "filter_dates"
FIND = "filter_find"
ALL_DOCUMENTS = "all_documents"
CHOSEN = "chosen_document"
"""Session state: `(history, document id)` of the row that was chosen last."""
EVENT = "event"
"""Session state: `(history, document id)` of the event whose papers the table shows."""

_LAST = "address_last"
_VIEW = "view_last"
_MOST_CHARACTERS = 1_800
"""Longer addresses are cut off by mail programs and proxies; a list that would pass this stays out of it."""

PARAMETERS = ("patents", "codes", "side", "category", "from", "to", "find", "show", "doc", "event")


@dataclass(frozen=True, slots=True)
class View:
    """What the address holds, parsed; whatever it says that makes no sense is left out."""

    patents: str = ""
    codes: tuple[str, ...] = ()
    side: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    dates: tuple[date, ...] = ()
    """None, or first and last day."""
    find: str = ""
    all_documents: bool = False
    chosen: tuple[str, str] | None = None
    event: tuple[str, str] | None = None


def parse(parameters: Mapping[str, str]) -> View:
    """Read a view from query parameters; lists are separated by commas."""
    first, last = _day(parameters.get("from", "")), _day(parameters.get("to", ""))
    if first or last:
        first, last = first or date(1790, 1, 1), last or date(9999, 12, 31)
    return View(
        patents=parameters.get("patents", "").strip(),
        codes=_list(parameters.get("codes", "")),
        side=_list(parameters.get("side", "")),
        category=_list(parameters.get("category", "")),
        dates=(first, last) if first and last and first <= last else (),
        find=parameters.get("find", ""),
        all_documents=parameters.get("show", "") == "all",
        chosen=_document(parameters.get("doc", "")),
        event=_document(parameters.get("event", "")),
    )


def parameters_of(view: View) -> dict[str, str]:
    """Give the query parameters of a view; what is at its default is left out."""
    first, last = view.dates if len(view.dates) == 2 else (None, None)
    values = {
        "patents": view.patents,
        "codes": ",".join(view.codes),
        "side": ",".join(view.side),
        "category": ",".join(view.category),
        "from": first.isoformat() if first and first.year > 1790 else "",
        "to": last.isoformat() if last and last.year < 9999 else "",
        "find": view.find,
        "show": "all" if view.all_documents else "",
        "doc": " ".join(view.chosen) if view.chosen else "",
        "event": " ".join(view.event) if view.event else "",
    }
    if not fits_address(values["patents"]):
        values["patents"] = ""
    return {name: value for name, value in values.items() if value}


def read_address() -> None:
    """Set the widgets from the address, if somebody came with one, went Back or edited it. Call before any widget."""
    address = {name: st.query_params[name] for name in PARAMETERS if name in st.query_params}
    if address == st.session_state.get(_LAST, {}):
        return
    # Whoever returns from another page comes with a bare address and finds the view as it was left. A click that
    # overtook the address of the run before it must win over that address.
    came_back = _LAST in st.session_state and (not address or _widgets() != st.session_state.get(_VIEW))
    if came_back:
        return
    view = parse(address)
    st.session_state[BOX] = view.patents
    st.session_state[CODES] = list(view.codes)
    st.session_state[SIDE] = list(view.side)
    st.session_state[CATEGORY] = list(view.category)
    st.session_state[DATES] = view.dates
    st.session_state[FIND] = view.find
    st.session_state[ALL_DOCUMENTS] = view.all_documents
    st.session_state[CHOSEN] = view.chosen
    st.session_state[EVENT] = view.event
    st.session_state[_LAST] = address


def fits_address(patents: str) -> bool:
    """Tell whether these numbers are few enough for an address."""
    return len(patents) <= _MOST_CHARACTERS


def write_address(patents: str) -> None:
    """Write the widgets' values to the address. Call after the widgets have been drawn.

    Args:
        patents: the understood numbers in the service's form, separated by commas.
    """
    state = st.session_state
    wanted = parameters_of(
        View(
            patents=patents,
            codes=tuple(state.get(CODES) or ()),
            side=tuple(state.get(SIDE) or ()),
            category=tuple(state.get(CATEGORY) or ()),
            dates=tuple(state.get(DATES) or ()),
            find=state.get(FIND) or "",
            all_documents=bool(state.get(ALL_DOCUMENTS)),
            chosen=state.get(CHOSEN),
            event=state.get(EVENT),
        )
    )
    foreign = {name: value for name, value in st.query_params.items() if name not in PARAMETERS}
    if {name: value for name, value in st.query_params.items() if name in PARAMETERS} != wanted:
        st.query_params.from_dict({**foreign, **wanted})
    state[_LAST] = wanted
    state[_VIEW] = _widgets()


def _widgets() -> tuple[object, ...]:
    state = st.session_state
    lists = tuple(tuple(state.get(key) or ()) for key in (CODES, SIDE, CATEGORY, DATES))
    rest = (state.get(FIND) or "", bool(state.get(ALL_DOCUMENTS)), state.get(CHOSEN), state.get(EVENT))
    return (state.get(BOX) or "", *lists, *rest)


def _list(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def _document(text: str) -> tuple[str, str] | None:
    history, _, document = text.rpartition(" ")
    return (history, document) if history and document else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
