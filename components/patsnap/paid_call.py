"""One call of the operation, with all its attempts.

An attempt waits for its turn (`pace.py`), reserves the charge (`spend_hook.py`), is sent (`transport.py`) and checked
(`answer_check.py`), and settles the charge. `Retry` decides whether there is another attempt.

The spend hook hears of every attempt: `reserve` right before it is sent, `settle` right after its answer or its failure
is known. What arrived is handed over in `settle`, so that it is committed before anything else can go wrong.
"""

import logging
import re
import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

import orjson

from components.patsnap.answer_check import checked_envelope
from components.patsnap.auth import Auth, AuthHeaders, Flow
from components.patsnap.breaker import CircuitBreaker
from components.patsnap.envelope import Envelope
from components.patsnap.errors import PatsnapError, UncertainError, error
from components.patsnap.pace import Pace
from components.patsnap.parsed_answer import ParsedAnswer
from components.patsnap.retry import Retry, RetryQuota, too_long
from components.patsnap.spend_hook import Call, CallOutcome, CallState, IdentifierField, SpendHook
from components.patsnap.transport import Transport

_SECRETS = re.compile(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{6,}|\bsk-[A-Za-z0-9._-]{6,}")
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """The operation P048 at one address, with what all calls of a client share in all threads.

    Attributes:
        url: address of the operation.
        wait_scale: scale of all waits between attempts.
    """

    url: str
    transport: Transport
    auth: Auth
    pace: Pace
    wait_scale: float = 1.0
    quota: RetryQuota = field(default_factory=RetryQuota)
    breaker: CircuitBreaker = field(default_factory=CircuitBreaker)

    def without_secrets(self, words: str) -> str:
        """Return words of the service with every secret replaced by `…`."""
        for secret in self.auth.secrets():
            if secret:
                words = words.replace(secret, "…")
        return _SECRETS.sub("…", words)


class PaidCall:
    """One call of the operation, with all its attempts. Run it once.

    Args:
        operation: what all calls of the client share.
        request: what to ask for.
        parse: reads a successful answer; may raise a `DataError`.
        spend_hook: reserves before each attempt and settles after it.
        already_retried: faults that are not retried, see `Retry`.

    Attributes:
        was_uncertain: whether an attempt failed in such a way that it may have been charged.
    """

    def __init__(
        self,
        operation: Operation,
        request: PageRequest,
        *,
        parse: Callable[[Envelope], ParsedAnswer],
        spend_hook: SpendHook,
        already_retried: frozenset[str] = frozenset(),
    ) -> None:
        self.was_uncertain = False
        self._operation = operation
        self._request = request
        self._parse = parse
        self._spend_hook = spend_hook
        self._already_retried = already_retried
        self._flow: Flow = operation.auth.flow()
        self._failure: PatsnapError | None = None
        self._generation = 0
        self._web_pages = 0

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
            on_too_fast=self._slow_down,
        )
        try:
            return retry.run(self._attempt)
        except PatsnapError:
            if self._web_pages < 2:
                raise
        raise error("html again")

    def _attempt(self) -> ParsedAnswer:
        """Make one attempt when its turn comes, unless the circuit breaker or the spend hook forbids it."""
        auth = self._authenticate()
        self._generation = self._operation.pace.wait()
        self._operation.breaker.enter()
        outcome: ParsedAnswer | PatsnapError | None = None
        called = False
        try:
            call = Call(
                self._request.numbers, self._request.by, self._request.offset, self._request.limit, uuid.uuid4().hex
            )
            self._spend_hook.reserve(call)
            called = True
            outcome = self._post(call, auth)
        finally:
            failure = outcome if isinstance(outcome, PatsnapError) else None
            self._operation.breaker.leave(failure, called=called)
        if isinstance(outcome, ParsedAnswer):
            return outcome
        self._failure = outcome
        self.was_uncertain |= isinstance(outcome, UncertainError)
        # The frames below held what was sent; no handler up here needs them.
        raise outcome.with_traceback(None)

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
            answer = self._parse(checked_envelope(reply, self._operation.without_secrets))
        except PatsnapError as caught:
            failure = caught
        except BaseException:
            self._spend_hook.settle(call, CallOutcome("uncertain"))
            raise
        else:
            state: CallState = "uncertain" if answer.is_uncertain else "billed"
            self._spend_hook.settle(call, CallOutcome(state, answer.billed, answer.histories))
            _log.debug("Answer for %d of %d numbers", len(answer.billed), len(call.numbers))
            return answer
        self._web_pages += failure.fault.name == "html"
        self._spend_hook.settle(
            call, CallOutcome("released" if failure.fault_class.is_free else "uncertain", error=failure)
        )
        return too_long(failure) or failure

    def _slow_down(self, pause: float) -> None:
        """Slow all threads down, because the last attempt came too fast; pause them for some seconds."""
        self._operation.pace.slow(self._generation, pause)
