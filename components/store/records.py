"""The records that the store takes and returns, besides file histories."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, NamedTuple

from components.histories import PaperRef

ChargeState = Literal["reserved", "billed", "released", "uncertain"]
"""What became of the charge of one number of a call, from its reservation on.

It is the same thing as `CallState` of `patsnap` from an earlier moment: `reserved` is a charge whose call is under way,
and the other three states are those in which a call ends. `uncertain` may still become `billed` or `released`, which
are final.
"""


@dataclass(frozen=True, slots=True)
class Caps:
    """Hard limits on patents charged; `None` is no limit. Reserved and uncertain ones count like billed ones."""

    run: int | None = None
    day: int | None = None
    """A day and a month are UTC."""
    month: int | None = None


CapKind = Literal["run", "day", "month", "person"]
"""What a cap limits: one look-up, one day or one calendar month (UTC), or one person's day (UTC)."""
_PERIODS: Mapping[CapKind, str] = {
    "run": "for one look-up",
    "day": "for today (UTC)",
    "month": "for this month (UTC)",
    "person": "for you today (UTC)",
}


@dataclass(frozen=True, slots=True)
class CapUse:
    """How far one cap is used up, in patents charged."""

    cap: CapKind
    limit: int
    used: int
    """Reserved, uncertain and billed."""
    resets: datetime | None = None
    """When it starts again from nothing (UTC); `None` for the cap of a look-up."""
    run: str = ""
    """The look-up whose cap it is."""
    person: str = ""
    """The person whose cap it is."""

    @property
    def period(self) -> str:
        """What it limits, in words that follow its height: `for today (UTC)`."""
        return _PERIODS[self.cap]

    @property
    def left(self) -> int:
        """How many patents may still be reserved under it."""
        return max(0, self.limit - self.used)


@dataclass(frozen=True, slots=True)
class UncertainCharge:
    """That a number may have been charged already, and nobody has decided yet whether it was."""

    count: int
    """How many calls that are."""
    last_at: datetime
    """When the last of them was reserved (UTC)."""
    last_row: int
    """The id of the last row in the ledger: who agreed to buy again after an earlier row did not know of this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookUpRecord:
    """One look-up as it is kept, so that it can be offered again after a crash and listed on the Usage page."""

    run: str
    user: str
    begun_at: datetime
    ended_at: datetime | None
    state: str
    """`running`, or how it ended."""
    message: str
    """Why it ended early, in words for the user."""
    refresh: bool
    numbers: tuple[tuple[str, str], ...]
    """Each number as it was typed and as it was read; of a refresh, the keys of the histories."""
    held: int
    """How many of its numbers were held already and cost nothing."""
    calls: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reservation:
    """One number that a call is about to ask for, at the price of one look-up."""

    request_id: str
    """The call's own id. An id is used for one call only."""
    number: str
    user: str
    run: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """One change of state of one number of one call. Rows are only ever added."""

    at: datetime
    user: str
    source: str
    """The service: `sandbox`, or its base address."""
    run: str
    request_id: str
    number: str
    """`deleted` and the id of a row where person or workspace was deleted: see `Store.delete_person`."""
    state: ChargeState
    note: str
    reserved_at: datetime
    """When the number was reserved: it counts for this day and month."""
    workspace: str = ""
    """The walled-off workspace that it was bought in; empty for the one that all others share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRecord:
    """One login session, from its beginning on."""

    id: str
    person: str
    """The name in the ledger."""
    email: str
    workspace: str
    """The walled-off workspace that it works in; empty for the one that all others share."""
    begun_at: datetime
    """When the person logged in (UTC)."""
    seen_at: datetime | None = None
    """When the session last asked for something, to the minute (UTC)."""
    ended_at: datetime | None = None
    """Empty while it lasts."""
    how: str = ""
    """How it ended, in words."""


@dataclass(frozen=True, slots=True)
class ChargeCount:
    """How many numbers are in which state; released ones cost nothing and are not counted."""

    billed: int = 0
    uncertain: int = 0
    reserved: int = 0

    @property
    def used(self) -> int:
        """How many count against a cap."""
        return self.billed + self.uncertain + self.reserved


@dataclass(frozen=True, slots=True)
class SpendTotals:
    """What was spent, by the day (UTC) on which it was reserved."""

    today: ChargeCount
    month: ChargeCount
    ever: ChargeCount


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """A kept file history without its documents."""

    key: str
    patent_number: str
    apno: str
    patent_id: str
    documents_held: int
    documents_reported: int
    complete: bool
    retrieved: datetime


@dataclass(frozen=True, slots=True)
class Mark:
    """One person's tick and note on one paper."""

    read: bool = False
    note: str = ""


class FindingMark(NamedTuple):
    """One person's mark of what the rules found in a paper: right, or wrong."""

    paper: PaperRef
    """The paper, under the key of its history."""
    finding: str
    """Id of the finding."""
    is_right: bool
    words: str
    """What was marked, in words."""
    person: str
    at: datetime
    """When it was marked (UTC)."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What the app has to say before anything is bought: an earlier store is not the one that is open now."""

    message: str
    path: Path | None
    """The damaged file that was set aside; `None` if the earlier store went without a trace."""
