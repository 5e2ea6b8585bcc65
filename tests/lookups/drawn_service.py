"""A client without a network: what each of its calls does is drawn by a test, and it knows what really was charged.

It calls the spend hook as `patsnap.PaidCall` does: one `reserve` before each call, one `settle` with its outcome.
"""

import uuid
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from components.histories import DocumentList, FileHistory
from components.lookups.spend_guard import SpendGuard
from components.patsnap import Call, CallOutcome, FetchResult, IdentifierField, PatsnapError, ServiceCondition
from components.patsnap.errors import AccountError, RequestError, error

PAGE = 2
"""Documents that the service returns in a page, whatever was asked for."""

Answer = Literal[
    "answered", "answered in part", "busy", "broken, charged", "broken, not charged", "account", "not accepted",
    "bad data, charged", "bad data, not charged", "crash, charged", "crash, not charged",
]  # fmt: skip
_FAULTS: Mapping[str, str] = {
    "busy": "http 503",
    "broken, charged": "broken",
    "broken, not charged": "http 5xx",
    "account": "67200005",
    "not accepted": "68300004",
    "bad data, charged": "contradiction",
    "bad data, not charged": "data",
}


class Crashed(Exception):
    """The process dies here; nothing that it still does reaches the store."""


@dataclass(frozen=True)
class Application:
    """One application that the service may know, under all its names."""

    index: int
    pages: int
    known: bool = True

    @property
    def publication(self) -> str:
        """Its publication before grant, which only those know who asked by it."""
        return f"US20150{self.index:06}A1"

    @property
    def grant(self) -> str:
        """Its publication number in every answer."""
        return f"US99{self.index:05}B2"

    @property
    def apno(self) -> str:
        """Its application number in every answer."""
        return f"US14/{400_000 + self.index}"

    @property
    def names(self) -> tuple[str, str, str]:
        """All its names."""
        return self.publication, self.grant, self.apno

    def history(self, pages: int) -> FileHistory:
        """Return what has arrived of it after so many pages."""
        total, held = self.pages * PAGE, pages * PAGE
        return FileHistory(
            apno=self.apno,
            patent_number=self.grant,
            patent_id=f"id-{self.index}",
            documents=DocumentList(
                date=[20180831] * held,
                code=["CTNF"] * held,
                description=[f"Document {position}" for position in range(held)],
                pages=[1] * held,
            ),
            links=[None] * held,
            documents_reported=total,
            complete=held >= total,
            retrieved=datetime.now(UTC),
        )


@dataclass
class Charge:
    """One page of one application that was really charged."""

    request_id: str
    number: str
    application: Application
    page: int
    day: str
    run: str
    arrived: bool
    """Whether the answer came to the app."""
    decided: bool = False
    """Whether a person has closed it as charged."""
    lost: bool = False
    """Whether its answer was lost with the memory of a process."""


@dataclass
class DrawnCall:
    """What a call does, and which trouble of the store begins before it or before its answer is saved."""

    answer: Answer = "answered"
    trouble: str = ""
    before: Literal["reserve", "settle"] = "reserve"


@dataclass
class DrawnService:
    """The service and its bill; a `Client` asks it in each process.

    Attributes:
        script: what the next calls do; the calls after these are answered.
        on_trouble: is told the trouble of the store that begins now.
        on_charge: is told each charge before it is made.
    """

    applications: Sequence[Application]
    on_trouble: Callable[[str], None]
    on_charge: Callable[[Charge], None]
    script: deque[DrawnCall] = field(default_factory=deque)
    charges: list[Charge] = field(default_factory=list)
    calls: set[tuple[str, str]] = field(default_factory=set)
    """Each number of each call that was sent."""

    def find(self, name: str) -> Application | None:
        """Return the application of this name, if the service knows it."""
        return next((known for known in self.applications if known.known and name in known.names), None)


class DrawnClient:
    """What `Lookups` and `Worker` use of a `patsnap.Client`."""

    def __init__(self, service: DrawnService) -> None:
        self._service = service

    def condition(self) -> ServiceCondition:
        """Return that nothing is known."""
        return ServiceCondition(down_since=None, tries_again_in=None, calls_a_second=None)

    def close(self) -> None:
        """There is nothing to close."""

    def fetch(
        self,
        numbers: Sequence[str],
        *,
        by: IdentifierField,
        spend_hook: SpendGuard,
        unfinished: Mapping[str, FileHistory],
    ) -> FetchResult:
        """Fetch histories to their end, as `Client.fetch` does."""
        fetch = _Fetch(self._service, by, spend_hook)
        pages = {number: held.documents_held // PAGE for number, held in unfinished.items() if not held.complete}
        for number in [number for number in numbers if pages.get(number)]:
            fetch.read_to_end(number, pages[number])
        fresh = [number for number in numbers if not pages.get(number)]
        if fresh:
            fetch.first_pages(tuple(fresh))
        return fetch.result


class _Fetch:
    """One fetch under way."""

    def __init__(self, service: DrawnService, by: IdentifierField, hook: SpendGuard) -> None:
        self._service = service
        self._by: IdentifierField = by
        self._hook = hook
        self._run = hook._job.id
        self.result = FetchResult()

    def first_pages(self, numbers: tuple[str, ...]) -> None:
        """Ask for the first page of each number; halve what is not accepted."""
        try:
            found = self._call(numbers, page=0)
        except RequestError as failure:
            if len(numbers) == 1:
                self.result.failed[numbers[0]] = failure.about(numbers[0])
                return
            middle = (len(numbers) + 1) // 2
            self.first_pages(numbers[:middle])
            self.first_pages(numbers[middle:])
            return
        except AccountError:
            raise
        except PatsnapError as failure:
            self.result.failed |= {number: failure.about(number) for number in numbers}
            return
        for number in numbers:
            if number in found:
                self.read_to_end(number, 1)
            elif self._service.find(number) is None:
                self.result.missing = (*self.result.missing, number)
            else:
                self.result.failed[number] = error("mismatch", number=number)

    def read_to_end(self, number: str, page: int) -> None:
        """Read a history from this page on."""
        application = self._service.find(number)
        assert application is not None
        for position in range(page, application.pages):
            try:
                self._call((number,), page=position)
            except AccountError:
                raise
            except PatsnapError as failure:
                self.result.failed[number] = failure.about(number)
                return
        self.result.found[number] = application.history(application.pages)

    def _call(self, numbers: tuple[str, ...], *, page: int) -> tuple[str, ...]:
        """Make one call as it was drawn; return the numbers that were found."""
        service = self._service
        drawn = service.script.popleft() if service.script else DrawnCall()
        call = Call(numbers, self._by, page * PAGE, 1000, uuid.uuid4().hex)
        if drawn.before == "reserve":
            service.on_trouble(drawn.trouble)
        day = f"{datetime.now(UTC):%Y-%m-%d}"
        self._hook.reserve(call)
        service.calls |= {(call.request_id, number) for number in numbers}
        known = {number: found for number in numbers if (found := service.find(number))}
        arriving = list(known)
        if drawn.answer == "answered in part":
            arriving = arriving[:-1]
        answered = drawn.answer.startswith("answered")
        if answered or drawn.answer.endswith(", charged"):
            for number, application in known.items():
                charge = Charge(
                    call.request_id, number, application, page, day, self._run, answered and number in arriving
                )
                service.on_charge(charge)
                service.charges.append(charge)
        if drawn.answer.startswith("crash"):
            service.on_trouble("crash")
            raise Crashed
        if drawn.before == "settle":
            service.on_trouble(drawn.trouble)
        if answered:
            histories = {number: known[number].history(page + 1) for number in arriving}
            state = "uncertain" if drawn.answer == "answered in part" else "billed"
            self._hook.settle(call, CallOutcome(state, tuple(arriving), histories))
            return tuple(arriving)
        failure = error(_FAULTS[drawn.answer])
        state = "released" if failure.fault_class.is_free else "uncertain"
        self._hook.settle(call, CallOutcome(state, error=failure))
        raise failure
