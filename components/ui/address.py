"""The view in the address: what a copied link brings back. It prefills and filters; it never spends.

The widgets hold the view while a page is open. Their values are written to the address after each run, and read from
it at the first run or when somebody went Back or edited it. Somebody did, if the address is not the one last written
while no widget has changed since.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

BOX = "box"
CODES = "filter_codes"
SIDE = "filter_side"
CATEGORY = "filter_category"
ROUNDS = "filter_rounds"
DATES = "filter_dates"
FIND = "filter_find"
READING_LIST = "reading_list"
GROUP = "group"
OLDEST_FIRST = "oldest_first"
HIDDEN = "hidden_columns"
ALL_DOCUMENTS = "all_documents"
AXIS = "axis"
FOLLOW = "timeline_follows"
CHOSEN = "chosen_document"
"""Session state: `(history, document id)` of the document in the reader."""
SELECTED = "selected_events"
"""Session state: `(history, document id)` of each event selected with the box on the timeline."""

EVERYTHING = "everything"
"""The reading list that leaves nothing out."""
GROUPS = ("none", "submission", "round")
AXES = ("calendar", "filed", "first_action", "allowed")
"""What the timeline's axis counts: calendar time, or months since one of these days."""

_LAST = "address_last"
_VIEW = "view_last"
_MOST_CHARACTERS = 1_800
"""Longer addresses are cut off by mail programs and proxies; a list that would pass this stays out of it."""
_MOST_OF_SELECTION = 1_200
_DOCUMENT = re.compile(r"(?:(?P<history>.+) )?(?P<document>(?:\d{8}|undated)-.+)", re.DOTALL)
"""A history and one of its documents, `US14/412875 20190412-CTNF-1`; the history may be that of the one before."""

PARAMETERS = (
    "patents", "codes", "side", "category", "round", "from", "to", "find", "list", "group", "order", "hide", "show",
    "axis", "timeline", "doc", "events",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class View:
    """What the address holds, parsed; whatever it says that makes no sense is left out."""

    patents: str = ""
    codes: tuple[str, ...] = ()
    side: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    rounds: tuple[int, ...] = ()
    dates: tuple[date, ...] = ()
    """None, or first and last day."""
    find: str = ""
    reading_list: str = EVERYTHING
    group: str = GROUPS[0]
    oldest_first: bool = False
    hidden: tuple[str, ...] = ()
    all_documents: bool = False
    axis: str = AXES[0]
    follow: bool = False
    """Whether the timeline shows only what passes the filters."""
    chosen: tuple[str, str] | None = None
    selected: tuple[tuple[str, str], ...] = ()


def parse(parameters: Mapping[str, str]) -> View:
    """Read a view from query parameters; lists are separated by commas."""
    first, last = _day(parameters.get("from", "")), _day(parameters.get("to", ""))
    if first or last:
        first, last = first or date(1790, 1, 1), last or date(9999, 12, 31)
    chosen = _documents(parameters.get("doc", ""), single=True)
    return View(
        patents=parameters.get("patents", "").strip(),
        codes=_list(parameters.get("codes", "")),
        side=_list(parameters.get("side", "")),
        category=_list(parameters.get("category", "")),
        rounds=tuple(int(part) for part in _list(parameters.get("round", "")) if re.fullmatch(r"[0-9]{1,4}", part)),
        dates=(first, last) if first and last and first <= last else (),
        find=parameters.get("find", ""),
        reading_list=parameters.get("list", "").strip() or EVERYTHING,
        group=_one_of(GROUPS, parameters.get("group", "")),
        oldest_first=parameters.get("order", "") == "oldest",
        hidden=_list(parameters.get("hide", "")),
        all_documents=parameters.get("show", "") == "all",
        axis=_one_of(AXES, parameters.get("axis", "")),
        follow=parameters.get("timeline", "") == "filtered",
        chosen=chosen[0] if chosen else None,
        selected=_documents(parameters.get("events", "")),
    )


def parameters_of(view: View) -> dict[str, str]:
    """Give the query parameters of a view; what is at its default is left out."""
    first, last = view.dates if len(view.dates) == 2 else (None, None)
    values = {
        "patents": view.patents,
        "codes": ",".join(view.codes),
        "side": ",".join(view.side),
        "category": ",".join(view.category),
        "round": ",".join(str(number) for number in view.rounds),
        "from": first.isoformat() if first and first.year > 1790 else "",
        "to": last.isoformat() if last and last.year < 9999 else "",
        "find": view.find,
        "list": "" if view.reading_list == EVERYTHING else view.reading_list,
        "group": "" if view.group == GROUPS[0] else view.group,
        "order": "oldest" if view.oldest_first else "",
        "hide": ",".join(view.hidden),
        "show": "all" if view.all_documents else "",
        "axis": "" if view.axis == AXES[0] else view.axis,
        "timeline": "filtered" if view.follow else "",
        "doc": _written([view.chosen]) if view.chosen else "",
        "events": _written(view.selected),
    }
    if not fits_address(values["patents"]):
        values["patents"] = ""
    if not selection_fits_address(view.selected):
        values["events"] = ""
    return {name: value for name, value in values.items() if value}


def read_address() -> None:
    """Set the widgets from the address, if somebody came with one, went Back or edited it. Call before any widget."""
    address = {name: st.query_params[name] for name in PARAMETERS if name in st.query_params}
    if address == st.session_state.get(_LAST, {}):
        return
    # Whoever returns from another page comes with a bare address and finds the view as it was left. A click that
    # overtook the address of the run before it must win over that address.
    came_back = _LAST in st.session_state and (not address or _in_state() != st.session_state.get(_VIEW))
    if came_back:
        return
    view = parse(address)
    st.session_state[BOX] = view.patents
    for key, field in _STATE.items():
        value = getattr(view, field)
        # Widgets for several values hold lists; dates are a tuple even in Streamlit.
        st.session_state[key] = list(value) if isinstance(value, tuple) and key in _LISTS else value
    st.session_state[_LAST] = address


def fits_address(patents: str) -> bool:
    """Tell whether these numbers are few enough for an address."""
    return len(patents) <= _MOST_CHARACTERS


def selection_fits_address(selected: Iterable[tuple[str, str]]) -> bool:
    """Tell whether these events of the timeline are few enough for an address."""
    return len(_written(selected)) <= _MOST_OF_SELECTION


def write_address(patents: str) -> None:
    """Write the widgets' values to the address. Call after the widgets have been drawn.

    Args:
        patents: the understood numbers in the service's form, separated by commas.
    """
    wanted = parameters_of(view_in_state(patents))
    foreign = {name: value for name, value in st.query_params.items() if name not in PARAMETERS}
    if {name: value for name, value in st.query_params.items() if name in PARAMETERS} != wanted:
        st.query_params.from_dict({**foreign, **wanted})
    st.session_state[_LAST] = wanted
    st.session_state[_VIEW] = _in_state()


def view_in_state(patents: str = "") -> View:
    """Give the view as the widgets hold it."""
    default = View()
    values: dict[str, Any] = {}
    for key, field in _STATE.items():
        usual = getattr(default, field)
        value = st.session_state.get(key)
        values[field] = usual if value is None else tuple(value) if isinstance(usual, tuple) else value
    return View(patents=patents, **values)


_LISTS = frozenset({CODES, SIDE, CATEGORY, ROUNDS, HIDDEN})
_STATE: Mapping[str, str] = {
    CODES: "codes",
    SIDE: "side",
    CATEGORY: "category",
    ROUNDS: "rounds",
    DATES: "dates",
    FIND: "find",
    READING_LIST: "reading_list",
    GROUP: "group",
    OLDEST_FIRST: "oldest_first",
    HIDDEN: "hidden",
    ALL_DOCUMENTS: "all_documents",
    AXIS: "axis",
    FOLLOW: "follow",
    CHOSEN: "chosen",
    SELECTED: "selected",
}
"""Key in the session state → field of the view."""


def _in_state() -> tuple[str, View]:
    return st.session_state.get(BOX) or "", view_in_state()


def _list(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def _one_of(names: tuple[str, ...], text: str) -> str:
    return text if text in names else names[0]


def _documents(text: str, *, single: bool = False) -> tuple[tuple[str, str], ...]:
    """Read documents separated by commas; one without a history is of the history before it."""
    found: dict[tuple[str, str], None] = {}
    history = ""
    for part in [text] if single else text.split(","):
        match = _DOCUMENT.fullmatch(part)
        if match is None:
            continue
        history = match["history"] or history
        if history:
            found[history, match["document"]] = None
    return tuple(found)


def _written(documents: Iterable[tuple[str, str]]) -> str:
    parts = []
    before = ""
    for history, document in documents:
        parts.append(document if history == before else f"{history} {document}")
        before = history
    return ",".join(parts)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
