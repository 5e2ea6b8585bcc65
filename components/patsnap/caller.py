"""One call of the operation with all its attempts: pace, till, wire, verdict, retries.

The till hears of every attempt: `reserve` right before it is sent, `settle` right after its answer, or its failure,
is known. What arrived is handed over in `settle`, so that it is committed before anything else can go wrong.
"""

import logging
import re
import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

import orjson

from components.histories import FileHistory
from components.patsnap.auth import Auth, Flow, Stamp
from components.patsnap.breaker import Breaker
from components.patsnap.errors import PatsnapError, error
from components.patsnap.meter import Call, Field, Meter, Outcome, State
from components.patsnap.rate import Pace
from components.patsnap.retry import Retry, RetryQuota, too_long
from components.patsnap.transport import Transport
from components.patsnap.verdict import judge
from components.patsnap.wire import Envelope

_BEARER = re.compile(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{6,}|\bsk-[A-Za-z0-9._-]{6,}")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked in one call."""

    numbers: tuple[str, ...]
    by: Field
    offset: int
    limit: int
    filters: Mapping[str, int | str] = field(default_factory=dict)
    """`doc_code`, `date_from`, `date_to`, where they are wanted."""

    def body(self) -> bytes:
        """Give the JSON body; several numbers are joined by commas."""
        return orjson.dumps(
            {self.by: ",".join(self.numbers), "limit": self.limit, "offset": self.offset, **self.filters}
        )


@dataclass(frozen=True, slots=True)
class Taken:
    """What was found in an answer."""

    billed: tuple[str, ...]
    """The asked numbers that were returned."""
    histories: Mapping[str, FileHistory]
    """All that has arrived of each so far."""
    absent: tuple[str, ...] = ()
    """The asked numbers that were not."""
    cut: bool = False
    """Whether the answer may have had no room for the absent ones."""
    strangers: int = 0
    """Entries that could not be matched to any asked number: some of the absent ones, charged under other names."""
    largest: int = 0
    """Documents of the patent that had most of them in this answer."""
    page: int | None = None
    """The size at which pages seem to be cut, where an answer shows one below the `limit` asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Makes the calls of one client; shared by all threads.

    Attributes:
        url: of the operation.
        waits: scale of all waits between attempts.
    """

    url: str
    transport: Transport
    auth: Auth
    pace: Pace
    waits: float = 1.0
    quota: RetryQuota = field(default_factory=RetryQuota)
    breaker: Breaker = field(default_factory=Breaker)

    def call(
        self,
        question: Question,
        take: Callable[[Envelope], Taken],
        *,
        meter: Meter,
        spent: frozenset[str] = frozenset(),
        failed: Callable[[PatsnapError], None] = lambda _: None,
    ) -> Taken:
        """Ask, until there is an answer or a final error.

        Args:
            question: what to ask.
            take: reads a successful answer; may raise a `DataError`.
            meter: the caller's till.
            spent: what may not be tried again, see `Retry`.
            failed: told of each attempt that failed, once it is settled.

        Raises:
            PatsnapError: the final error, settled already.
            Exception: whatever the till raises.
        """
        attempts = _Attempts(self, question, take, meter, failed)
        retry = Retry(waits=self.waits, quota=self.quota, spent=spent, slowed=attempts.slow)
        try:
            return retry.run(attempts.make)
        except PatsnapError:
            if attempts.web_pages < 2:
                raise
        raise error("html again")

    def clean(self, words: str) -> str:
        """Take secrets out of words that the service said."""
        for secret in self.auth.secrets():
            if secret:
                words = words.replace(secret, "…")
        return _BEARER.sub("…", words)


class _Attempts:
    """The attempts of one call."""

    def __init__(
        self,
        caller: Caller,
        question: Question,
        take: Callable[[Envelope], Taken],
        meter: Meter,
        failed: Callable[[PatsnapError], None],
    ) -> None:
        self.web_pages = 0
        self._caller = caller
        self._question = question
        self._take = take
        self._meter = meter
        self._flow: Flow = caller.auth.flow()
        self._failed = failed
        self._failure: PatsnapError | None = None
        self._generation = 0

    def slow(self, pause: float) -> None:
        """Slow all threads down, because the last attempt came too fast."""
        self._caller.pace.slow(self._generation, pause)

    def make(self) -> Taken:
        """Make one attempt."""
        stamp = self._stamp()
        self._generation = self._caller.pace.wait()
        self._caller.breaker.enter()
        outcome: Taken | PatsnapError | None = None
        called = False
        try:
            call = Call(
                self._question.numbers, self._question.by, self._question.offset, self._question.limit, uuid.uuid4().hex
            )
            self._meter.reserve(call)
            called = True
            outcome = self._post(call, stamp)
        finally:
            failure = outcome if isinstance(outcome, PatsnapError) else None
            self._caller.breaker.leave(failure, called=called)
        if isinstance(outcome, Taken):
            return outcome
        self._failure = outcome
        self._failed(outcome)
        # The frames below held what was sent; no handler up here needs them.
        raise outcome.with_traceback(None)

    def _stamp(self) -> Stamp:
        """Give what this attempt carries; the last error again where nothing would help against it."""
        if self._failure is None:
            return next(self._flow)
        with suppress(StopIteration):
            return self._flow.send(self._failure)
        raise self._failure

    def _post(self, call: Call, stamp: Stamp) -> Taken | PatsnapError:
        """Send, read and settle; gives what was found, or the error."""
        try:
            reply = self._caller.transport.post(
                self._caller.url,
                content=self._question.body(),
                headers={"Content-Type": "application/json", **stamp.headers},
                params=stamp.params,
            )
            taken = self._take(judge(reply, self._caller.clean))
        except PatsnapError as caught:
            failure = caught
        except BaseException:
            self._meter.settle(call, Outcome("uncertain"))
            raise
        else:
            state: State = "uncertain" if taken.strangers and taken.absent else "billed"
            self._meter.settle(call, Outcome(state, taken.billed, taken.histories))
            _log.debug("Answer for %d of %d numbers", len(taken.billed), len(call.numbers))
            return taken
        self.web_pages += failure.fault.name == "html"
        self._meter.settle(call, Outcome("released" if failure.fault_class.is_free else "uncertain", error=failure))
        return too_long(failure) or failure
