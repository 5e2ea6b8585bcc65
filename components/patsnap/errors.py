"""The errors of calls to PatSnap.

    PatsnapError
    ├── NotSentError               nothing reached the service
    ├── RefusedError               refused before any work
    │   ├── RateError                  too fast
    │   └── BusyError                  not now
    ├── UncertainError             sent, and no usable answer: may have been charged
    │   ├── NoAnswerError              too late, or cut off
    │   ├── ParseFailureError          empty, a web page, damaged, not JSON
    │   └── ServerFailureError         500, 502, 504 and their like
    ├── RequestError               this number is not accepted
    │   └── UnknownCodeError           refused with a code or status that is not documented
    ├── DataError                  an answer whose content cannot be used
    │   └── AnswerTooLargeError
    └── AccountError               ends the whole run, because every further call would fail too
        ├── CredentialsError
        │   └── TokenError             worth one fresh token
        ├── TokenUnavailableError
        ├── PermissionRefusedError
        ├── QuotaError
        │   ├── BalanceError
        │   └── DayLimitError
        ├── ConfigurationError         address, redirect, certificate, proxy
        └── PausedError                outage, or the service names a later time

The table `faults.csv` says which fault raises which error and what is done about it (see `faults.py`). The error of a
file that could not be downloaded stands in `download.py`.

Every message says what happened, what it cost and what to do. No message holds the query of an address or a secret.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Final, Self, TypedDict, Unpack

from components.patsnap.faults import Fault, FaultClass, NextStep, faults
from components.rule_tables import RuleTableBroken


class _Details(TypedDict, total=False):
    """What is known about an error besides its fault; see `PatsnapError`."""

    code: int | str | None
    status: int | None
    service_words: str
    number: str
    retry_after: float | None
    until: datetime | None


class PatsnapError(Exception):
    """Base of all errors of this room.

    Attributes:
        fault: the row of the table.
        code: the service's error code, as it was sent; `None` if there was none.
        status: the HTTP status; `None` if there was none.
        service_words: the service's own words as plain text of at most 300 characters.
        number: the asked number that the error concerns; empty if it concerns a whole call.
        retry_after: seconds that the service asks to wait.
        until: when the service asks to come back (UTC, aware).
        cost: what it cost, in a sentence.
    """

    def __init__(
        self,
        fault: Fault,
        *,
        code: int | str | None = None,
        status: int | None = None,
        service_words: str = "",
        number: str = "",
        retry_after: float | None = None,
        until: datetime | None = None,
        cost: str | None = None,
    ) -> None:
        self.fault = fault
        self.code = code
        self.status = status
        self.service_words = service_words
        self.number = number
        self.retry_after = retry_after
        self.until = until
        own_cost = "Nothing was charged." if fault.fault_class.is_free else "It may have been charged."
        self.cost = own_cost if cost is None else cost
        super().__init__(self._words())

    @property
    def fault_class(self) -> FaultClass:
        """Whether the call can have been charged, and whether it may be repeated."""
        return self.fault.fault_class

    @property
    def meaning(self) -> str:
        """What happened."""
        return self.fault.meaning

    def with_cost(self, cost: str) -> Self:
        """Return the same error with other words for what it cost: that of a whole look-up, or none."""
        return self._copy(number=self.number, service_words=self.service_words, cost=cost)

    @property
    def advice(self) -> str:
        """What to do next."""
        return self.fault.advice

    def about(self, number: str) -> Self:
        """Return the same error for one number."""
        return self._copy(number=number, service_words=self.service_words)

    def without_secrets(self, clean: Callable[[str], str]) -> Self:
        """Return the same error with cleaned words of the service.

        Args:
            clean: returns words without the secrets in them.
        """
        return self._copy(number=self.number, service_words=clean(self.service_words))

    def _copy(self, *, number: str, service_words: str, cost: str | None = None) -> Self:
        """Return the same error with another number, other words of the service and, if given, another cost."""
        return type(self)(
            self.fault,
            code=self.code,
            status=self.status,
            service_words=service_words,
            number=number,
            retry_after=self.retry_after,
            until=self.until,
            cost=cost,
        )

    def _words(self) -> str:
        """Return the message: what happened, what it cost, what to do, and what the service said."""
        where = f"{self.number}: " if self.number else ""
        until = f" until {self.until:%d %b %Y %H:%M} UTC" if self.until is not None else ""
        marks = [f"code {self.code}"] if self.code is not None else []
        marks += [f"HTTP {self.status}"] if self.status is not None and self.status not in {200, 201} else []
        mark = f" ({', '.join(marks)})" if marks else ""
        service_words = f"PatSnap's words: “{self.service_words}”" if self.service_words else ""
        sentences = (f"{where}{self.meaning}{until}{mark}.", self.cost, self.advice, service_words)
        return " ".join(sentence for sentence in sentences if sentence)


class NotSentError(PatsnapError):
    """Nothing reached the service."""


class RefusedError(PatsnapError):
    """The service refused before any work."""


class RateError(RefusedError):
    """The calls came too fast."""


class BusyError(RefusedError):
    """The service cannot answer at the moment."""


class UncertainError(PatsnapError):
    """The call was sent and brought no usable answer; it may have been charged."""


class NoAnswerError(UncertainError):
    """The answer came too late, or was cut off."""


class ParseFailureError(UncertainError):
    """The answer is empty, a web page, damaged, or not JSON."""


class ServerFailureError(UncertainError):
    """The service failed while answering."""


class RequestError(PatsnapError):
    """The service does not accept this number (or this batch)."""


class UnknownCodeError(RequestError):
    """Refused with a code or status that is not documented."""


class DataError(PatsnapError):
    """An answer whose content cannot be used."""


class AnswerTooLargeError(DataError):
    """The answer passed the cap of bytes."""


class AccountError(PatsnapError):
    """Ends the whole run: every further call would fail in the same way."""


class CredentialsError(AccountError):
    """Key, client id or secret are not accepted."""


class TokenError(CredentialsError):
    """Not accepted, but worth one fresh token where there are tokens."""


class TokenUnavailableError(AccountError):
    """The token endpoint gave no token; nothing was asked and nothing charged."""


class PermissionRefusedError(AccountError):
    """The account may not use the operation."""


class QuotaError(AccountError):
    """The account's quota is used up."""


class BalanceError(QuotaError):
    """The account's balance is insufficient."""


class DayLimitError(QuotaError):
    """Today's limit is used up."""


class ConfigurationError(AccountError):
    """Address, certificate, proxy or redirect: to be mended in the settings or the network."""


class PausedError(AccountError):
    """Calls are paused: an outage, or the service named a later time."""


_CLASSES: Final = {
    kind.__name__: kind
    for kind in (
        NotSentError,
        RefusedError,
        RateError,
        BusyError,
        UncertainError,
        NoAnswerError,
        ParseFailureError,
        ServerFailureError,
        RequestError,
        UnknownCodeError,
        DataError,
        AnswerTooLargeError,
        AccountError,
        CredentialsError,
        TokenError,
        TokenUnavailableError,
        PermissionRefusedError,
        QuotaError,
        BalanceError,
        DayLimitError,
        ConfigurationError,
        PausedError,
    )
}
"""What the column `error_class` of `faults.csv` may name."""


def error(name: str, **details: Unpack[_Details]) -> PatsnapError:
    """Return the error of one fault of the table, not yet raised."""
    fault = faults()[name]
    return _CLASSES[fault.error_class](fault, **details)


def busy_until(cause: PatsnapError, seconds: float, *, now: datetime | None = None) -> PatsnapError:
    """Return the error that states a time, for a wait too long to be sat out; beyond all dates it states no date."""
    start = now or datetime.now(UTC)
    until: datetime | None
    try:
        until = start + timedelta(seconds=seconds)
    except OverflowError:
        until = None
    name = "busy for years" if until is None else "busy until"
    return error(name, code=cause.code, status=cause.status, service_words=cause.service_words, until=until)


def without_token(cause: PatsnapError) -> PatsnapError:
    """Return the error that ends the run because a token could not be had; an unreachable host is called so."""
    fault = faults()["token"]
    if cause.fault_class is FaultClass.NOT_SENT:
        kept = {"error_class": fault.error_class, "retries": 0, "then": NextStep.STOP}
        fault = cause.fault.model_copy(update=kept)
    return TokenUnavailableError(fault, code=cause.code, status=cause.status, service_words=cause.service_words)


def check_error_classes(table: Iterable[Fault]) -> None:
    """Check that every row of `faults.csv` names an error class.

    Raises:
        RuleTableBroken: an `error_class` is no error of this module.
    """
    for fault in table:
        if fault.error_class not in _CLASSES:
            problem = f"{fault.error_class!r}: No error class of `errors.py` is called so. Mend that cell."
            raise RuleTableBroken("faults.csv", problem, line=fault.line, column="error_class")
