"""The hook that reports every call that could be charged to the caller, who keeps ledger, caps and store.

Every POST of the operation, each retry included, is one `reserve` right before it and one `settle` right after it,
under its own `request_id`. Both may raise; that ends the fetch.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, Protocol

from components.histories import FileHistory
from components.patsnap.errors import PatsnapError

IdentifierField = Literal["patent_number", "patent_id", "apno"]
CallState = Literal["billed", "released", "uncertain"]


@dataclass(frozen=True, slots=True)
class Call:
    """One POST of the operation, about to be made."""

    numbers: tuple[str, ...]
    """What is asked for, as the caller of `Client.fetch` wrote it."""
    by: IdentifierField
    offset: int
    limit: int
    request_id: str
    """Our own, fresh for every attempt (32 hexadecimal digits)."""


@dataclass(frozen=True, slots=True)
class CallOutcome:
    """What a call brought and whether it was charged."""

    state: CallState
    """`billed`: answered. `released`: it cost nothing. `uncertain`: it may have been charged for every number."""
    billed: tuple[str, ...] = ()
    """The asked numbers that were returned, and so charged. If the state is `billed`, the others cost nothing."""
    histories: Mapping[str, FileHistory] = field(default_factory=lambda: MappingProxyType({}), repr=False)
    """Asked number to all that has arrived of its history so far, earlier pages included, complete or not."""
    error: PatsnapError | None = None


class SpendHook(Protocol):
    """Decides whether a call may be made, and records what it cost."""

    def reserve(self, call: Call) -> None:
        """Record a call about to be made; raise to forbid it."""

    def settle(self, call: Call, outcome: CallOutcome) -> None:
        """Record what the call cost, and commit what has arrived."""


class _NoSpendHook:
    def reserve(self, call: Call) -> None:
        """Allow every call."""

    def settle(self, call: Call, outcome: CallOutcome) -> None:
        """Record nothing."""


NO_SPEND_HOOK: SpendHook = _NoSpendHook()
"""Allows every call and records nothing."""
