"""What is compared with an office's own log, and how the log names it.

| file | one row is |
|---|---|
| `transactions.csv` | a kind of event: its names in the log, its categories here, how many days they may be apart |
| `known_differences.csv` | a difference between log and list that no rule explains, with its reason |
| `statuses.csv` | what an office's own words for a status mean here |

In names a `*` at the end stands for whatever follows. The tables serve the comparison alone: nothing is read by them.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from components.prosecution.errors import CodeTableBroken
from components.prosecution.law.vocabulary import category_index, rows_of
from components.prosecution.tables import STATUSES

GROUPS: Final = {
    "office": "Office acts",
    "applicant": "What the applicant did",
    "computed": "What is computed from dates",
}
SOURCES: Final = ("documents", "extensions")
"""Where the reading has a kind: papers of its categories, or the answers of rounds that needed an extension."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One row of `transactions.csv`."""

    office: str
    group: str
    """One of `GROUPS`."""
    name: str
    label: str
    log: tuple[str, ...]
    """Its names in the log."""
    shown_by: tuple[str, ...]
    """Transactions that show it happened without being it: a brief that is reviewed was filed."""
    read_from: str
    """One of `SOURCES`."""
    categories: frozenset[str]
    codes: tuple[str, ...]
    """Document codes that belong to it whatever their category."""
    words: tuple[str, ...]
    """What the list calls such a paper, in small letters: tells whether the list holds one, without our codes."""
    days: int
    """How many days log and list may be apart on the same event."""


@cache
def kinds_of(office: str) -> tuple[Kind, ...]:
    """Give the kinds that are compared for an office; none for an office whose log is not known.

    Raises:
        CodeTableBroken: a row names an unknown group or category, or no number of days.
    """
    return tuple(kind for kind in _kinds() if kind.office == office)


@cache
def known_differences() -> dict[tuple[str, str, date], str]:
    """Give the reasons that no rule gives, by history, kind and date."""
    return {
        (row["history"], row["kind"], date.fromisoformat(row["date"])): row["reason"]
        for row in rows_of("known_differences.csv")
    }


@cache
def meaning_of(office: str, stated: str) -> str | None:
    """Say which of `STATUSES` an office's own status is; `None` for words that the table does not know."""
    for row in rows_of("statuses.csv"):
        if row["office"] == office and is_named(stated, (row["stated"],)):
            if row["status"] not in STATUSES:
                raise CodeTableBroken(f"statuses.csv: {row['status']!r} is no status. Mend the row of {row['stated']}.")
            return row["status"]
    return None


def is_named(text: str, names: tuple[str, ...]) -> bool:
    """Say whether words of an office are one of the names, whatever their case and blanks."""
    plain = _plain(text)
    return any(plain.startswith(_plain(name[:-1])) if name.endswith("*") else plain == _plain(name) for name in names)


@cache
def _kinds() -> tuple[Kind, ...]:
    found = []
    for row in rows_of("transactions.csv"):
        categories = frozenset(row["categories"].split())
        known = row["group"] in GROUPS and row["read_from"] in SOURCES and categories <= category_index().keys()
        if not known or not row["days"].isdigit():
            raise CodeTableBroken(f"transactions.csv, {row['kind']}: unknown group, category or days. Mend that row.")
        found.append(
            Kind(
                office=row["office"],
                group=row["group"],
                name=row["kind"],
                label=row["label"],
                log=_names(row["log"]),
                shown_by=_names(row["shown_by"]),
                read_from=row["read_from"],
                categories=categories,
                codes=_names(row["codes"]),
                words=_names(row["words"]),
                days=int(row["days"]),
            )
        )
    return tuple(found)


def _names(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split("; ")))


@cache
def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
