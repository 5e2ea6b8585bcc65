"""The kinds of events that are compared with an office's own log, and their names in the log.

| file | one row is |
|---|---|
| `transactions.csv` | a kind of event: its names in the log, its categories here, how many days they may be apart |
| `known_differences.csv` | a difference between log and list that no rule explains, with its reason |
| `statuses.csv` | what an office's own words for a status mean here |
| `unlisted_transactions.csv` | what stands in a log alone, so that nothing can be compared with it |

A `*` at the end of a name stands for any text. The tables are used for the comparison alone, never for reading a file
history.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Annotated, Final, Literal

from pydantic import Field, NonNegativeInt

from components.prosecution.law.categories import Categories
from components.prosecution.law.rule_files import Day, Filled, read_rule_table
from components.prosecution.law.vocabulary import Status
from components.rule_tables import BY_SEMICOLONS, Row

EventGroup = Literal["office", "applicant", "computed"]
EVENT_GROUP_LABELS: Final[Mapping[EventGroup, str]] = {
    "office": "Office acts",
    "applicant": "What the applicant did",
    "computed": "What is computed from dates",
}

_Names = Annotated[tuple[str, ...], BY_SEMICOLONS]


class EventKind(Row):
    """A kind of event that is compared: one row of `transactions.csv`."""

    office: Filled
    group: EventGroup
    name: Annotated[Filled, Field(alias="kind")]
    label: Filled
    log: _Names
    """Its names in the log."""
    shown_by: _Names
    """Transactions that show it happened without being it: a brief that is reviewed was filed."""
    read_from: Literal["documents", "first document", "extensions"]
    """Where the reading has it: papers of its categories, the first of them, or the answers of rounds that needed an
    extension."""
    categories: Categories
    codes: _Names
    """Document codes that belong to it whatever their category."""
    words: _Names
    """What the list calls such a paper, in lower case: shows whether the list holds one, without our codes."""
    days: NonNegativeInt
    """How many days log and list may be apart on the same event."""
    why: Filled
    """Why so many days."""
    source: Filled


class KnownDifference(Row):
    """A difference between log and list that no rule explains, with its reason: one row of `known_differences.csv`."""

    history: Filled
    kind: Filled
    day: Annotated[Day, Field(alias="date")]
    reason: Filled
    source: Filled


class StatedStatus(Row):
    """What an office's own words for a status mean: one row of `statuses.csv`."""

    office: Filled
    stated: Filled
    statuses: Annotated[tuple[Status, ...], BY_SEMICOLONS, Field(alias="status", min_length=1)]
    """Several, where the words leave open which: "Examination is in progress" does not say who must act."""
    words: str
    """What the reading calls that in the office's own word; empty where the status is compared alone."""
    source: Filled


class UnlistedTransaction(Row):
    """What an office enters in its log alone: one row of `unlisted_transactions.csv`."""

    office: Filled
    log: _Names
    why: Filled
    """Why no paper of the list shows it."""
    source: Filled


@cache
def kinds_of(office: str) -> tuple[EventKind, ...]:
    """Return the kinds that are compared for an office; none for an office whose log is not known.

    Raises:
        RuleTableBroken: a row names an unknown group or category, or no number of days.
    """
    return tuple(kind for kind in read_rule_table("transactions.csv", EventKind) if kind.office == office)


@cache
def known_differences() -> Mapping[tuple[str, str, date], str]:
    """Return the reasons that no rule gives, by history, kind and date."""
    rows = read_rule_table("known_differences.csv", KnownDifference)
    return {(row.history, row.kind, row.day): row.reason for row in rows}


@cache
def meaning_of(office: str, stated: str) -> StatedStatus | None:
    """Return what an office's own words for a status mean; `None` for words that the table does not know."""
    rows = read_rule_table("statuses.csv", StatedStatus)
    return next((row for row in rows if row.office == office and is_named(stated, (row.stated,))), None)


@cache
def unlisted_of(office: str) -> tuple[UnlistedTransaction, ...]:
    """Return what an office enters in its log alone; none for an office of which that was not gathered."""
    rows = read_rule_table("unlisted_transactions.csv", UnlistedTransaction)
    return tuple(row for row in rows if row.office == office)


def is_named(text: str, names: tuple[str, ...]) -> bool:
    """Return whether words of an office are one of the names, whatever their case and blanks."""
    plain = _plain(text)
    return any(plain.startswith(_plain(name[:-1])) if name.endswith("*") else plain == _plain(name) for name in names)


@cache
def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
