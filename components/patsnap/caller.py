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

from components.patsnap.auth import Auth, Flow, Stamp
from components.patsnap.breaker import Breaker
from components.patsnap.errors import PatsnapError, UncertainError, error
from components.patsnap.meter import Call, Field, Meter, Outcome, State
from components.patsnap.parsed_answer import Taken
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """What the calls of one client share, in all threads.

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

    def clean(self, words: str) -> str:
        """Take secrets out of words that the service said."""
        for secret in self.auth.secrets():
            if secret:
                words = words.replace(secret, "…")
        return _BEARER.sub("…", words)


class PaidCall:
    """One call of the operation, with all its attempts: run it once.

    Args:
        caller: what all calls of the client share.
        question: what to ask.
        parse: reads a successful answer; may raise a `DataError`.
        meter: reserves before each attempt, and settles after it.
        spent: what may not be tried again, see `Retry`.

    Attributes:
        was_uncertain: whether an attempt failed in such a way that it may have been charged.
    """

    def __init__(
        self,
        caller: Caller,
        question: Question,
        *,
        parse: Callable[[Envelope], Taken],
        meter: Meter,
        spent: frozenset[str] = frozenset(),
    ) -> None:
        self.was_uncertain = False
        self._caller = caller
        self._question = question
        self._parse = parse
        self._meter = meter
        self._spent = spent
        self._flow: Flow = caller.auth.flow()
        self._failure: PatsnapError | None = None
        self._generation = 0
        self._web_pages = 0

    def run(self) -> Taken:
        """Ask, until there is an answer or a final error.

        Raises:
            PatsnapError: the final error, settled already.
            Exception: whatever the meter raises.
        """
        shared = self._caller
        retry = Retry(waits=shared.waits, quota=shared.quota, spent=self._spent, slowed=self._slow_down)
        try:
            return retry.run(self._attempt)
        except PatsnapError:
            if self._web_pages < 2:
                raise
        raise error("html again")

    def _attempt(self) -> Taken:
        """Make one attempt, in its turn and unless the breaker or the meter forbids it."""
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
        self.was_uncertain |= isinstance(outcome, UncertainError)
        # The frames below held what was sent; no handler up here needs them.
        raise outcome.with_traceback(None)

    def _stamp(self) -> Stamp:
        """Return what this attempt carries; raise the last error again where nothing would help against it."""
        if self._failure is None:
            return next(self._flow)
        with suppress(StopIteration):
            return self._flow.send(self._failure)
        raise self._failure

    def _post(self, call: Call, stamp: Stamp) -> Taken | PatsnapError:
        """Send, parse and settle; return what was found, or the error."""
        try:
            reply = self._caller.transport.post(
                self._caller.url,
                content=self._question.body(),
                headers={"Content-Type": "application/json", **stamp.headers},
                params=stamp.params,
            )
            answer = self._parse(judge(reply, self._caller.clean))
        except PatsnapError as caught:
            failure = caught
        except BaseException:
            self._meter.settle(call, Outcome("uncertain"))
            raise
        else:
            state: State = "uncertain" if answer.is_uncertain else "billed"
            self._meter.settle(call, Outcome(state, answer.billed, answer.histories))
            _log.debug("Answer for %d of %d numbers", len(answer.billed), len(call.numbers))
            return answer
        self._web_pages += failure.fault.name == "html"
        self._meter.settle(call, Outcome("released" if failure.fault_class.is_free else "uncertain", error=failure))
        return too_long(failure) or failure

    def _slow_down(self, pause: float) -> None:
        """Slow all threads down, because the last attempt came too fast."""
        self._caller.pace.slow(self._generation, pause)
