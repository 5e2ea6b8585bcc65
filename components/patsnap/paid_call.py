"""One call of the operation, with all its attempts.

An attempt waits until the service is there (`breaker.py`) and for its turn (`pace.py`), reserves the charge
(`spend_hook.py`), is sent (`transport.py`) and checked (`answer_check.py`), and settles the charge. `Retry` decides
whether there is another attempt.

The spend hook hears of every attempt: `reserve` right before it is sent, `settle` right after its answer or its failure
is known. What arrived is handed over in `settle`, so that it is committed before anything else can go wrong.
"""

import logging
import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Lock

import orjson

from components.patsnap.answer_check import checked_envelope
from components.patsnap.auth import Auth, AuthHeaders, Flow
from components.patsnap.breaker import CircuitBreaker
from components.patsnap.envelope import Envelope
from components.patsnap.errors import (
    PatsnapError,
    RateError,
    TokenUnavailableError,
    UncertainError,
    error,
)
from components.patsnap.faults import NextStep
from components.patsnap.pace import Pace
from components.patsnap.parsed_answer import ParsedAnswer
from components.patsnap.reading_turn import reading_turn
from components.patsnap.redaction import Redaction
from components.patsnap.retry import Retry, RetryQuota, too_long
from components.patsnap.spend_hook import Call, CallOutcome, CallState, IdentifierField, SpendHook
from components.patsnap.transport import Transport

_MOST_SLOWED = 2
"""How often the refusals of one call lower the rate for all."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PageRequest:
    """What one call asks for: a page of documents for each of its numbers."""

    numbers: tuple[str, ...]
    by: IdentifierField
    offset: int
    limit: int
    filters: Mapping[str, int | str] = field(default_factory=dict)
    """`doc_code`, `date_from` and `date_to`, where documents are filtered."""

    def body(self) -> bytes:
        """Return the JSON body; several numbers are joined by commas."""
        return orjson.dumps(
            {self.by: ",".join(self.numbers), "limit": self.limit, "offset": self.offset, **self.filters}
        )


class WebPages:
    """Counts web pages in place of answers in a row: one may be a passing fault, two are a proxy or a login page."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._in_a_row = 0

    def note(self, *, is_web_page: bool) -> bool:
        """Note what a call brought; return whether it is at least the second web page in a row."""
        with self._lock:
            self._in_a_row = self._in_a_row + 1 if is_web_page else 0
            return self._in_a_row > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """The operation P048 at one address, with what all calls of a client share in all threads.

    Attributes:
        url: address of the operation.
        wait_scale: scale of all waits between attempts.
        repeat_uncertain: how often a call that may have been charged is repeated by itself at most.
    """

    url: str
    transport: Transport
    auth: Auth
    pace: Pace
    wait_scale: float = 1.0
    repeat_uncertain: int = 0
    quota: RetryQuota = field(default_factory=RetryQuota)
    breaker: CircuitBreaker = field(default_factory=CircuitBreaker)
    web_pages: WebPages = field(default_factory=WebPages)

    @property
    def redaction(self) -> Redaction:
        """Takes the secrets of this operation out of what the service sends."""
        return Redaction(self.auth.secrets)


class PaidCall:
    """One call of the operation, with all its attempts. Run it once.

    Args:
        operation: what all calls of the client share.
        request: what to ask for.
        parse: reads a successful answer; may raise a `DataError`.
        spend_hook: reserves before each attempt and settles after it.
        already_retried: faults that are not retried, see `Retry`.
        is_search: whether the request is a part of a batch that is searched for a bad number.

    Attributes:
        was_uncertain: whether an attempt failed in such a way that it may have been charged.
        was_held_back: whether the last failure was not retried because other calls fail too.
    """

    def __init__(
        self,
        operation: Operation,
        request: PageRequest,
        *,
        parse: Callable[[Envelope], ParsedAnswer],
        spend_hook: SpendHook,
        already_retried: frozenset[str] = frozenset(),
        is_search: bool = False,
    ) -> None:
        self.was_uncertain = False
        self.was_held_back = False
        self._operation = operation
        self._request = request
        self._parse = parse
        self._spend_hook = spend_hook
        self._already_retried = already_retried
        self._is_search = is_search
        self._flow: Flow = operation.auth.flow()
        self._failure: PatsnapError | None = None
        self._generation = 0
        self._slowed = 0

    def run(self) -> ParsedAnswer:
        """Make attempts until there is an answer or a final error.

        Raises:
            PatsnapError: the final error; its attempt is settled already.
            Exception: whatever the spend hook raises.
        """
        shared = self._operation
        retry = Retry(
            wait_scale=shared.wait_scale,
            quota=shared.quota,
            already_retried=self._already_retried,
            repeat_uncertain=shared.repeat_uncertain,
            holds_back=self._holds_back,
            on_too_fast=self._slow_down,
        )
        return retry.run(self._attempt)

    def _holds_back(self, failure: PatsnapError) -> bool:
        """Return whether a refused batch is not retried on the spot, because other questions fail too.

        Its halves are asked for after the others. So an outage is found out by asking different questions and not one
        of them again and again.
        """
        self.was_held_back = (
            len(self._request.numbers) > 1
            and failure.fault.then is NextStep.SPLIT
            and not isinstance(failure, RateError)
            and failure.retry_after is None
            and self._operation.breaker.others_failed(self._request.numbers)
        )
        return self.was_held_back

    def _attempt(self) -> ParsedAnswer:
        """Make one attempt when its turn comes, unless the spend hook forbids it or the service stays down."""
        shared, numbers, check = self._operation, self._request.numbers, self._spend_hook.check
        with shared.breaker.passage(check, numbers, is_search=self._is_search) as passage:
            try:
                auth = self._authenticate()
            except TokenUnavailableError as failure:
                passage.ended(failure)
                raise
            self._generation = shared.pace.wait(check)
            call = Call(numbers, self._request.by, self._request.offset, self._request.limit, uuid.uuid4().hex)
            self._spend_hook.reserve(call)
            shared.pace.sending(self._generation)
            outcome = self._post(call, auth)
            passage.ended(outcome if isinstance(outcome, PatsnapError) else None)
        if isinstance(outcome, ParsedAnswer):
            shared.web_pages.note(is_web_page=False)
            return outcome
        self._failure = outcome
        self.was_uncertain |= isinstance(outcome, UncertainError)
        # The frames below held what was sent; no handler up here needs them.
        raise self._conclusion(outcome, failed_as_probe=passage.failed_as_probe).with_traceback(None)

    def _conclusion(self, failure: PatsnapError, *, failed_as_probe: bool) -> PatsnapError:
        """Return what a failed attempt means for the run: the failure itself, or an error that ends the run."""
        if self._operation.web_pages.note(is_web_page=failure.fault.name == "html"):
            return error("html again")
        if failed_as_probe:
            return self._operation.breaker.outage(failure)
        return too_long(failure) or failure

    def _authenticate(self) -> AuthHeaders:
        """Return the headers of this attempt; raise the last error again if no other credentials could help."""
        if self._failure is None:
            return next(self._flow)
        with suppress(StopIteration):
            return self._flow.send(self._failure)
        raise self._failure

    def _post(self, call: Call, auth: AuthHeaders) -> ParsedAnswer | PatsnapError:
        """Send, parse and settle; return what was found, or the error."""
        try:
            reply = self._operation.transport.post(
                self._operation.url,
                content=self._request.body(),
                headers={"Content-Type": "application/json", **auth.headers},
                params=auth.params,
            )
            with reading_turn():
                answer = self._parse(checked_envelope(reply, self._operation.redaction))
            del reply
        except PatsnapError as caught:
            failure = caught.without_secrets(self._operation.redaction.words)
        except BaseException:
            self._spend_hook.settle(call, CallOutcome("uncertain"))
            raise
        else:
            state: CallState = "uncertain" if answer.is_uncertain else "billed"
            self._spend_hook.settle(call, CallOutcome(state, answer.billed, answer.histories))
            _log.debug("Answer for %d of %d numbers", len(answer.billed), len(call.numbers))
            return answer
        self._spend_hook.settle(
            call, CallOutcome("released" if failure.fault_class.is_free else "uncertain", error=failure)
        )
        return failure

    def _slow_down(self, pause: float) -> None:
        """Slow all threads down, because the last attempt came too fast; pause them for some seconds.

        Twice for a call at most: one that is refused at lower rates again may be refused for its number.
        """
        self._slowed += 1
        if self._slowed <= _MOST_SLOWED:
            self._operation.pace.slow(self._generation, pause)
