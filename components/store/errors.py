"""What can go wrong with the store, as one tree.

```
StoreError
├── StoreMisconfigured        the store's address cannot be used as it is
│   ├── StoreExposed          others may write to the folder
│   └── StoreForeign          the file is another program's database
├── StoreFailed               the database failed; says what that cost
│   ├── StoreUnwritable       disk full, read-only, locked: stop spending, keep what arrived
│   │   └── StoreUnreachable  the database server does not answer or refuses
│   ├── StoreDamaged          the file cannot be read; it was set aside
│   │   └── HistoryDamaged    one kept file history cannot be read; the others can
│   └── StoreReplaced         the file or database is gone, or another one is in its place
├── StoreTooNew               a newer version of this app wrote it; nothing was touched
├── NoteTooLong               a note is longer than is kept; nothing was changed
├── LookUpUnderWay            what was to be deleted is still being looked up in; nothing was deleted
├── CapReached                the reservation would pass a cap; nothing was reserved
└── LeaseLost                 somebody else has the lease by now; nothing was reserved
```

Each message says what happened, what it cost and what to do next. None holds an address with a password, a signed link
or a driver's own text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, Self

from components.store.records import CapKind, CapUse

NOTHING_CHARGED = "Nothing was charged."


class StoreError(Exception):
    """Base class: the store could not do what it was asked for."""

    def with_cost(self, cost: str) -> Self:
        """Return the same error with other words for what it cost, if it says anything of that."""
        del cost
        return self


class StoreMisconfigured(StoreError):
    """The store's address, or the file or server that it names, cannot be used."""


class StoreExposed(StoreMisconfigured):
    """Other accounts of this machine may write to the store's folder."""

    def __init__(self, folder: Path, mode: int) -> None:
        self.folder = folder
        super().__init__(
            f"The store's folder {folder} may be written to by others (mode {mode:04o}), who could change what was "
            f"bought and spent. {NOTHING_CHARGED} Close it with chmod 700, or name another folder in REVIEW_STORE_URL."
        )


class StoreForeign(StoreMisconfigured):
    """The file is a sound database, but not one of this app."""

    def __init__(self, location: str) -> None:
        super().__init__(
            f"{location} is the database of another program; it was left as it is. {NOTHING_CHARGED} "
            "Name another file in REVIEW_STORE_URL."
        )


class StoreFailed(StoreError):
    """The database failed. Whoever knows better than the store what that cost tells the error again (`with_cost`).

    Attributes:
        cost: what was or may have been charged, in words; empty where the store cannot know.
    """

    def __init__(self, what_happened: str, *, cost: str = "", advice: str = "") -> None:
        self._what_happened = what_happened
        self._advice = advice
        self.cost = cost
        super().__init__(self._told())

    def with_cost(self, cost: str) -> Self:
        """Return the same error with other words for what it cost; without the traceback of this one."""
        retold = type(self).__new__(type(self))
        retold.__dict__.update(self.__dict__)
        retold.cost = cost
        retold.args = (retold._told(),)  # noqa: SLF001 - an object of this class
        return retold

    def _told(self) -> str:
        """Return the message: what happened, what it cost, what to do."""
        return " ".join(part for part in (self._what_happened, self.cost, self._advice) if part)


class StoreUnwritable(StoreFailed):
    """The store cannot be written: disk full, read-only, or locked for too long. Stop spending.

    Raised by reading too, where the store cannot even be read.

    Attributes:
        cause: why, in words that end without a full stop.
        advice: what to do.
    """

    def __init__(
        self, location: str, *, cause: str, advice: str, cost: str = "", tried: Literal["written", "read"] = "written"
    ) -> None:
        self.cause = cause
        self.advice = advice
        super().__init__(f"{location} could not be {tried}: {cause}.", cost=cost, advice=advice)


class StoreUnreachable(StoreUnwritable):
    """The database server does not answer, or does not let us in."""


class StoreDamaged(StoreFailed):
    """The store's file cannot be read. What was kept and spent is in the file that was set aside.

    Attributes:
        set_aside_as: where the damaged file is now; `None` if it is still where it was.
    """

    def __init__(
        self, what_happened: str, *, cost: str = "", advice: str = "", set_aside_as: Path | None = None
    ) -> None:
        self.set_aside_as = set_aside_as
        super().__init__(what_happened, cost=cost, advice=advice)


class HistoryDamaged(StoreDamaged):
    """What is kept of one file history does not match its checksum."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(
            f"What is kept of {key} is damaged and cannot be shown; the other file histories are not affected.",
            advice=f"Refresh {key} to replace it; that is charged as one look-up.",
        )


class StoreReplaced(StoreFailed):
    """The store that was opened is not in its place any more: its file or database is gone, or is another one.

    Nothing is written into whatever is there now. Once the same store is back, everything goes on.

    Attributes:
        found: what was found in its place, in words that end without a full stop.
    """

    def __init__(self, location: str, *, found: str, cost: str = "") -> None:
        self.found = found
        super().__init__(
            f"{location} is not the one that this app opened: {found}. Nothing more is looked up or saved.",
            cost=cost,
            advice="Put it back, with all files that belong to it, and everything goes on; or start the app again: "
            "it then tells what is not held any more.",
        )


@dataclass(frozen=True, slots=True)
class Trouble:
    """That the store cannot be written at present; what it holds can be read."""

    error: StoreFailed
    """Why, and what to do; says nothing of charges."""
    since: datetime
    """When it was first noticed (UTC)."""


class StoreTooNew(StoreError):
    """A newer version of the app wrote the store; this one would not understand it."""

    def __init__(self, location: str, *, found: int, known: int) -> None:
        self.found = found
        self.known = known
        super().__init__(
            f"{location} was written by a newer version of this app (schema {found}; this one knows {known}) and was "
            f"left as it is. {NOTHING_CHARGED} Update the app, or name another store in REVIEW_STORE_URL."
        )


class NoteTooLong(StoreError):
    """A note on a paper is longer than is kept."""

    def __init__(self, length: int, most: int) -> None:
        super().__init__(
            f"The note has {length:,} characters; at most {most:,} are kept. It was not saved: shorten it and save it "
            "again."
        )


class LookUpUnderWay(StoreError):
    """A person or a workspace was to be deleted in whose name numbers are being looked up."""

    def __init__(self) -> None:
        super().__init__(
            "A look-up is under way there, or its answers are not saved yet: what it brings would be kept after all. "
            "Nothing was deleted. Stop the look-up, or wait until it has ended, and delete again."
        )


@dataclass(frozen=True)
class _CapWords:
    """The words for one cap in the message."""

    raising: str
    wait: str


_CAP_WORDS: Mapping[CapKind, _CapWords] = {
    "run": _CapWords("raise REVIEW_CAP_RUN", "start another look-up"),
    "day": _CapWords("raise REVIEW_CAP_DAY", "wait until {resets:%d %b %Y %H:%M} UTC"),
    "month": _CapWords("raise REVIEW_CAP_MONTH", "wait until {resets:%d %b %Y %H:%M} UTC"),
    "person": _CapWords(
        "ask an administrator to raise yours on the Usage page", "wait until {resets:%d %b %Y %H:%M} UTC"
    ),
}


class CapReached(StoreError):
    """What was to be reserved does not fit under a cap. Nothing of it was reserved.

    Attributes:
        cap: which cap.
        limit: its height, in patents charged.
        used: how much of it is used up: reserved, uncertain and billed.
        wanted: how much was to be reserved.
        resets: when it starts again from nothing (UTC); `None` for the cap of a run.
    """

    def __init__(self, use: CapUse, *, wanted: int) -> None:
        self.cap = use.cap
        self.limit = use.limit
        self.used = use.used
        self.wanted = wanted
        self.resets = use.resets
        cap_words = _CAP_WORDS[use.cap]
        fewer = f"look up {self.left} or fewer, " if self.left else ""
        super().__init__(
            f"The cap of {use.limit} {use.period} does not allow {wanted} more: {use.used} are used, "
            f"{self.left} left. These {wanted} were not asked for and not charged. "
            f"You can {fewer}{cap_words.wait.format(resets=use.resets)}, or {cap_words.raising}."
        )

    @property
    def left(self) -> int:
        """Number of patents that may still be reserved under this cap."""
        return max(0, self.limit - self.used)


class LeaseLost(StoreError):
    """A lease is not the holder's any more: its process was silent so long that it counted as dead."""

    def __init__(self) -> None:
        super().__init__(
            "This look-up stood still for so long that another one may be fetching the same numbers. What had arrived "
            "is kept; Resume takes what the other has brought and charges only for the rest."
        )


def most_urgent(reached: Sequence[CapReached]) -> CapReached:
    """Return the error to report where several caps would be passed: the one with least left."""
    return min(reached, key=lambda error: error.left)
