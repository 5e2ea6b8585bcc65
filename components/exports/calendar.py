"""The computed dates that are still to come, as an iCalendar file (RFC 5545)."""

import hashlib
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from typing import Any, Final
from urllib.parse import quote

import pandas as pd
from icalendar import Calendar, Event

from components.exports.cells import strip_xml_invalid
from components.exports.selection import Selection
from components.prosecution import COMPUTED, basis_of, noun_of_label, open_periods
from components.words import day

_PRODUCT: Final = "-//Prosecution Review//Computed dates//EN"
_DOMAIN: Final = "prosecution-review"
_SUMMARIES: Final = {
    "due": "{owed} {verb}{also} ({how})",
    "last": "last day with extensions for the {owed}{also} ({how})",
    "bar": "statutory bar for the {owed} ({how})",
}
"""Kind of date of an open round → the title of its event, in the order of the dates."""


@dataclass(frozen=True, slots=True)
class _ComputedDate:
    """One computed date of one open round."""

    history: str
    action: str
    kind: str
    day: date
    summary: str
    authority: str
    words: str


def ics_of(selection: Selection, *, today: date) -> bytes:
    """Return the computed dates of the open rounds as a calendar with an all-day event for each.

    A round has up to three dates: the end of its period, the last day with extensions if that is later, and the
    statutory bar if it is neither of them. Rounds whose dates have all passed are left out. An event keeps its UID when
    the file is made again, so that a calendar program moves it instead of adding another. Events are tentative, do not
    block the day and have no reminder: a computed date is not a docket entry.

    Args:
        selection: What to write.
        today: The day from which dates count as ahead.
    """
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    for computed in _computed_dates(selection, today):
        calendar.add_component(_event(selection, computed))
    data: bytes = calendar.to_ical()
    return data


def has_open_dates(selection: Selection, today: date) -> bool:
    """Return whether any computed date of the selection lies ahead, so that its calendar would have an event."""
    return next(_computed_dates(selection, today), None) is not None


def _computed_dates(selection: Selection, today: date) -> Iterator[_ComputedDate]:
    for row in open_periods(selection.rounds, today).to_dict("records"):
        days = {kind: row[kind].date() for kind in _SUMMARIES if not pd.isna(row[kind])}
        if max(days.values()) < today:
            continue
        owed = _what_is_owed(row["owed"], f"the {noun_of_label(row['label'])} of {day(row['opened'])}")
        seen: set[date] = set()
        for kind, computed in days.items():
            if computed in seen:
                continue
            seen.add(computed)
            verb = "due" if today <= computed else "was due"
            also = ", also the statutory bar" if computed == days.get("bar") else ""
            summary = _SUMMARIES[kind].format(owed=owed, verb=verb, also=also, how=_how(row, kind))
            yield _ComputedDate(row["history"], row["action"], kind, computed, summary, row["authority"], row["words"])


def _how(row: Mapping[Hashable, Any], kind: str) -> str:
    """Return on what a date rests, for the title of its event, which alone a calendar shows; no paper sets the bar."""
    basis = basis_of(row["authority"]) if row["usual"] or kind != "bar" else COMPUTED
    return f"{basis}, conditional" if row["condition"] and not row["usual"] else basis


def _what_is_owed(what: str, action: str) -> str:
    """Return what is owed after which action: "reply to the rejection"."""
    between = "to" if what == "Reply" else "after"
    return f"{what[:1].lower()}{what[1:]} {between} {action}"


def _event(selection: Selection, computed: _ComputedDate) -> Event:
    history = computed.history
    address = _address(selection, history)
    event = Event()
    event.add("uid", f"{_digest(history, computed.action, computed.kind)}@{_DOMAIN}")
    event.add("dtstamp", selection.made.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", computed.day)
    event.add("dtend", computed.day + timedelta(days=1))
    event.add("summary", strip_xml_invalid(f"{_title(selection, history)}: {computed.summary}"))
    lines = [
        computed.words,
        f"Authority: {computed.authority}",
        *_as_of(selection, history),
        *([address] if address else []),
    ]
    event.add("description", strip_xml_invalid("\n".join(lines)))
    if address:
        event.add("url", address)
    event.add("status", "TENTATIVE")
    event.add("transp", "TRANSPARENT")
    return event


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def _title(selection: Selection, history: str) -> str:
    """Return what a history is called, with its office before a bare application number: `US 14/706,838`."""
    title = selection.title_of(history)
    facts = selection.histories
    office = facts.loc[facts["history"] == history, "office"]
    return f"{office.iloc[0]} {title}" if len(office) and title[:1].isdigit() else title


def _as_of(selection: Selection, history: str) -> Iterator[str]:
    facts = selection.histories
    for retrieved in facts.loc[facts["history"] == history, "retrieved"].dropna():
        yield f"From the list retrieved {day(retrieved)}; newer papers may exist"


def _address(selection: Selection, history: str) -> str:
    """Return the address that opens the history in this app; empty where the app's own address is not known."""
    number = selection.patent_numbers().get(history) or history
    return f"{selection.base_url}/?patents={quote(number, safe='')}" if selection.base_url else ""
