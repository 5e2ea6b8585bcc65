"""The hook that reports every call that could be charged to the caller, who keeps ledger, caps and store.

Every POST of the operation, each retry included, is one `reserve` right before it and one `settle` right after it,
under its own `request_id`. While a call waits, `check` is called again and again. All three may raise; that ends the
fetch.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, Protocol

from components.histories import FileHistory
from components.patsnap.errors import PatsnapError

IdentifierField = Literal["patent_number", "patent_id", "apno"]
"""The body field in which the numbers of a call are sent."""
CallState = Literal["billed", "released", "uncertain"]
"""What became of the charge of a call that has ended.

The store's `ChargeState` is the same for each number of the call, and has one more state: `reserved`, while the call is
under way. Of a `billed` call the numbers in `CallOutcome.billed` are billed, and the others released.
"""


@dataclass(frozen=True, slots=True)
class Call:
    """One POST of the operation that is about to be made."""

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
    """All that has arrived so far, earlier pages included, complete or not, by the number asked for."""
    error: PatsnapError | None = None


class SpendHook(Protocol):
    """Decides whether a call may be made, and records what it cost."""

    def check(self) -> None:
        """Raise to end the wait: no call may begin any more.

        Called at least every quarter of a second while a call waits for its turn, or for the service to come back.
        """

    def reserve(self, call: Call) -> None:
        """Record a call about to be made; raise to forbid it."""

    def settle(self, call: Call, outcome: CallOutcome) -> None:
        """Record what the call cost, and commit what has arrived."""

    def goes_on(self, number: str) -> bool:
        """Return whether further pages of a history are wanted, of which an answer has just been settled."""


class _NoSpendHook:
    def check(self) -> None:
        """Let every call wait."""

    def reserve(self, call: Call) -> None:
        """Allow every call."""

    def settle(self, call: Call, outcome: CallOutcome) -> None:
        """Record nothing."""

    def goes_on(self, number: str) -> bool:
        """Want every page."""
        del number
        return True


NO_SPEND_HOOK: SpendHook = _NoSpendHook()
"""Allows every call and records nothing."""
