"""Checks an answer: whether its HTTP status, its `status` and its `error_code` together say success, else which fault.

Errors also arrive as HTTP 200, and successes as 201. A documented error code says more than the HTTP status and is
preferred to it; without one the HTTP status decides. An answer that says success and failure at once is a fault too.
"""

import math
import re
from datetime import MAXYEAR, UTC, datetime
from email.utils import parsedate_to_datetime, parsedate_tz

from components.patsnap.envelope import Envelope, read_answer
from components.patsnap.errors import ParseFailureError, error
from components.patsnap.faults import fault_of_status, faults
from components.patsnap.redaction import Redaction
from components.patsnap.transport import Reply

LATE_SECONDS = 9.0
"""After more than so many seconds, a `67200100` (busy, timed out) may have been worked on, and so charged."""
_BUSY = 67200100
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)?", re.ASCII)


def checked_envelope(reply: Reply, redaction: Redaction, *, now: datetime | None = None) -> Envelope:
    """Return the envelope of a successful answer, without any secret of ours in it.

    Args:
        reply: the answer.
        redaction: takes the secrets out of the body and of the service's words.
        now: the current time, which `Retry-After` dates are compared with.

    Raises:
        PatsnapError: the answer is no success; the class is that of its row in `faults.csv`.
    """
    succeeded = reply.status in {200, 201}
    retry_after = requested_wait(reply, now=now or datetime.now(UTC))
    try:
        answer = read_answer(redaction.body(reply.body), reply.charset)
    except ParseFailureError as failure:
        fault = failure.fault.name if succeeded else fault_of_status(reply.status)
        answer = None
    if answer is None:
        raise error(fault, status=reply.status, retry_after=retry_after)
    code = redaction.words(answer.code) if isinstance(answer.code, str) else answer.code or None
    service_words = redaction.words(answer.service_words)
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
    `nan` and what cannot be read make no sense. However long a wait is, it is what the service asks: beyond what a
    number can hold it is infinite.
    """
    milliseconds, seconds = _number(reply.retry_after_ms), _number(reply.retry_after)
    asked = (
        None if milliseconds is None else milliseconds / 1000,
        _seconds_until(reply.retry_after, now) if seconds is None else seconds,
    )
    return next((wait for wait in asked if wait is not None and wait > 0), None)


def _seconds_until(header: str, now: datetime) -> float | None:
    """Return the seconds until an HTTP date; `None` if it is none, infinity for a year that no date can have."""
    try:
        date = parsedate_to_datetime(header)
    except (ValueError, TypeError, OverflowError, IndexError):
        fields_of_date = parsedate_tz(header)
        return math.inf if fields_of_date is not None and fields_of_date[0] > MAXYEAR else None
    return (date.replace(tzinfo=date.tzinfo or UTC) - now).total_seconds()


def _fault_of_code(code: int | str | None, reply: Reply) -> str:
    """Return the fault of a documented error code; "busy" has another one if it came late."""
    return f"{_BUSY} late" if code == _BUSY and reply.seconds > LATE_SECONDS else str(code)


def _number(header: str) -> float | None:
    """Return the number in a header, infinity if it is larger than any; `None` if there is none."""
    return float(header) if _NUMBER.fullmatch(header) else None
