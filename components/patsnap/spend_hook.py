"""The till's side of a call: what the caller is told before and after each one that could be charged.

A `SpendHook` belongs to the caller (ledger, caps, store). Every POST of the operation, each retry included, is one
`reserve` right before and one `settle` right after, under its own `request_id`. Both may raise; that ends the fetch.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, Protocol

from components.histories import FileHistory
from components.patsnap.errors import PatsnapError

Field = Literal["patent_number", "patent_id", "apno"]
CallState = Literal["billed", "released", "uncertain"]


@dataclass(frozen=True, slots=True)
class Call:
    """One POST of the operation, about to be made."""

    numbers: tuple[str, ...]
    """What is asked for, as the caller wrote it."""
    by: Field
    offset: int
    limit: int
    request_id: str
    """Our own, fresh for every attempt (32 hexadecimal digits)."""


@dataclass(frozen=True, slots=True)
class CallOutcome:
    """What became of a call."""

    state: CallState
    """`billed`: answered. `released`: it cost nothing. `uncertain`: it may have been charged for every number."""
    billed: tuple[str, ...] = ()
    """The asked numbers that were returned, and so charged; the others of the call cost nothing (if `billed`)."""
    histories: Mapping[str, FileHistory] = field(default_factory=lambda: MappingProxyType({}), repr=False)
    """Asked number to all that has arrived of it so far, earlier pages included, complete or not."""
    error: PatsnapError | None = None


class SpendHook(Protocol):
    """The caller's till."""

    def reserve(self, call: Call) -> None:
        """Take note of a call about to be made; raise to forbid it."""

    def settle(self, call: Call, outcome: CallOutcome) -> None:
        """Take note of what became of it; here the caller commits what has arrived."""


class _NoSpendHook:
    def reserve(self, call: Call) -> None:
        """Allow every call."""

    def settle(self, call: Call, outcome: CallOutcome) -> None:
        """Note nothing."""


NO_SPEND_HOOK: SpendHook = _NoSpendHook()
"""A till that allows everything and notes nothing."""
