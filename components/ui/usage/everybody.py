"""What an administrator sees of everybody's spending: the rows of all workspaces, and who the people are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from components.access import LOCAL_PERSON, Person
from components.store import LedgerRow, SessionRecord, Store

WALLED_OFF: Final = "walled off"
"""What stands for a number of another workspace."""
SHARED_WORKSPACE: Final = "shared by all"
"""What the workspace without a name is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Everybody:
    """Everybody's spending, for the eyes of one administrator."""

    administrator: Person
    now: datetime
    rows: tuple[LedgerRow, ...]
    """Of all workspaces, newest first: the last one of each number of each call, as `for_eyes_of` shows it."""
    caps: dict[str, int]
    """How many patents people may be charged for in a day (UTC), by person; those without a cap are left out."""
    sessions: tuple[SessionRecord, ...]
    """Login sessions of the last days, the last begun first."""

    @property
    def people(self) -> list[str]:
        """Everybody who has spent, has a cap or was in lately, in alphabetical order."""
        in_lately = {session.person for session in self.sessions}
        return sorted({row.user for row in self.rows} | self.caps.keys() | in_lately)

    @property
    def workspaces(self) -> list[str]:
        """The workspaces in which anything was spent, or anybody was lately; that shared by all first."""
        return sorted({row.workspace for row in self.rows} | {session.workspace for session in self.sessions} | {""})

    @property
    def is_one_person(self) -> bool:
        """Whether nobody logs in, and nobody else has spent: then all of it is told as one's own already."""
        others = set(self.people) - {LOCAL_PERSON.name}
        return self.administrator == LOCAL_PERSON and not others and self.workspaces == [""]

    @property
    def in_doubt(self) -> list[LedgerRow]:
        """Charges of others that this administrator can decide about: those whose numbers may be shown."""
        return [row for row in self._others_in_doubt if row.workspace == self.administrator.workspace]

    @property
    def in_doubt_elsewhere(self) -> int:
        """How many charges are open in other workspaces."""
        return len(self._others_in_doubt) - len(self.in_doubt)

    @property
    def _others_in_doubt(self) -> list[LedgerRow]:
        own = self.administrator.workspace, self.administrator.name
        return [row for row in self.rows if row.state == "uncertain" and (row.workspace, row.user) != own]


def read_everybody(store: Store, administrator: Person, *, now: datetime, sessions_since: datetime) -> Everybody:
    """Return everybody's spending.

    Raises:
        components.store.StoreError: the store cannot be read.
    """
    return Everybody(
        administrator=administrator,
        now=now,
        rows=tuple(for_eyes_of(administrator, store.whole_ledger(current=True))),
        caps=store.person_caps(),
        sessions=tuple(store.sessions(since=sessions_since)),
    )


def for_eyes_of(administrator: Person, rows: Iterable[LedgerRow]) -> list[LedgerRow]:
    """Return rows without the numbers and notes of workspaces that this administrator is not in."""
    return [
        row if row.workspace == administrator.workspace else replace(row, number=WALLED_OFF, note="") for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Spent:
    """What one person, or one workspace, has spent, by the day (UTC) on which it was reserved."""

    today: int = 0
    month: int = 0
    ever: int = 0
    uncertain: int = 0
    under_way: int = 0


def spent(rows: Sequence[LedgerRow], *, now: datetime) -> Spent:
    """Return what rows come to, of which each is the last one of a number of a call."""
    today = now.astimezone(UTC).date()
    days = [row.reserved_at.astimezone(UTC).date() for row in rows if row.state == "billed"]
    states = [row.state for row in rows]
    return Spent(
        today=days.count(today),
        month=sum((day.year, day.month) == (today.year, today.month) for day in days),
        ever=len(days),
        uncertain=states.count("uncertain"),
        under_way=states.count("reserved"),
    )


def workspace_in_words(name: str) -> str:
    """Return what a workspace is called on the screen."""
    return name or SHARED_WORKSPACE
