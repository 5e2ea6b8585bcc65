"""Checks an answer: whether its HTTP status, its `status` and its `error_code` together say success, else which fault.

Errors also arrive as HTTP 200, and successes as 201. A documented error code says more than the HTTP status and is
preferred to it; without one the HTTP status decides. An answer that says success and failure at once is a fault too.
"""

import math
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from components.patsnap.envelope import Envelope, read_answer
from components.patsnap.errors import ParseFailureError, error
from components.patsnap.faults import fault_of_status, faults
from components.patsnap.transport import Reply

LATE_SECONDS = 9.0
"""After more than so many seconds, a `67200100` (busy, timed out) may have been worked on, and so charged."""
_MAX_RETRY_AFTER = 7 * 86_400.0
"""Longer waits than this, in seconds, are ignored as nonsense."""
_BUSY = 67200100


def checked_envelope(reply: Reply, without_secrets: Callable[[str], str], *, now: datetime | None = None) -> Envelope:
    """Return the envelope of a successful answer.

    Args:
        reply: the answer.
        without_secrets: returns words of the service without the secrets in them.
        now: the current time, which `Retry-After` dates are compared with.

    Raises:
        PatsnapError: the answer is no success; the class is that of its row in `faults.csv`.
    """
    succeeded = reply.status in {200, 201}
    retry_after = requested_wait(reply, now=now or datetime.now(UTC))
    try:
        answer = read_answer(reply.body, reply.charset)
    except ParseFailureError as failure:
        fault = failure.fault.name if succeeded else fault_of_status(reply.status)
        answer = None
    if answer is None:
        raise error(fault, status=reply.status, retry_after=retry_after)
    code = without_secrets(answer.code) if isinstance(answer.code, str) else answer.code or None
    service_words = without_secrets(answer.service_words)
    documented = str(code) in faults() and isinstance(code, int)
    if not succeeded:
        fault = _fault_of_code(code, reply) if documented else fault_of_status(reply.status)
        raise error(fault, code=code, status=reply.status, service_words=service_words, retry_after=retry_after)
    if answer.says_success:
        return answer
    if answer.says_failure:
        fault = _fault_of_code(code, reply) if documented else "code ?"
        raise error(fault, code=code, status=reply.status, service_words=service_words, retry_after=retry_after)
    raise error(
        "contradiction" if answer.status is not None and answer.code is not None else "data",
        code=code,
        service_words=service_words,
    )


def requested_wait(reply: Reply, *, now: datetime) -> float | None:
    """Return how many seconds the service asks to wait; `None` if it does not, or if what it asks makes no sense.

    It asks in seconds, in milliseconds (`retry-after-ms`) or with an HTTP date. Zero, negative numbers, past times,
    `nan` and more than a week make no sense.
    """
    seconds = _finite_number(reply.retry_after_ms)
    seconds = seconds / 1000 if seconds is not None else _finite_number(reply.retry_after)
    if seconds is None and reply.retry_after:
        try:
            date = parsedate_to_datetime(reply.retry_after)
        except (ValueError, TypeError, OverflowError, IndexError):
            return None
        seconds = (date.replace(tzinfo=date.tzinfo or UTC) - now).total_seconds()
    return seconds if seconds is not None and 0 < seconds <= _MAX_RETRY_AFTER else None


def _fault_of_code(code: int | str | None, reply: Reply) -> str:
    """Return the fault of a documented error code; "busy" has another one if it came late."""
    return f"{_BUSY} late" if code == _BUSY and reply.seconds > LATE_SECONDS else str(code)


def _finite_number(header: str) -> float | None:
    """Return the number in a header; `None` if there is none."""
    try:
        number = float(header)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
