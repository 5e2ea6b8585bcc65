"""Everything that can go wrong with a call to PatSnap.

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

Which fault is which error, and what is done about it, stands in one table beside this module, `faults.csv`:

* `fault`: an error code of the service, `http <status>` (`http 4xx` for those without a row), or the client's own word.
* `class`: N not sent, R refused without work, A ambiguous (may be billed), T terminal, D data defect. N, R and T cost
  nothing; A and D may have been charged.
* `retries`: how often at most; `token` means once, with a fresh token, where there are tokens.
* `then`: `fail` the numbers asked for, `split` the batch, take the `limit` for the cause before splitting, or `stop`.
* `meaning` and `advice`: words for the user.

Every message says what happened, what it cost and what to do. None holds a URL's query or a secret.
"""

import csv
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Literal, Self, cast

Letter = Literal["N", "R", "A", "T", "D"]
Then = Literal["fail", "split", "limit", "stop"]

_COST: dict[Letter, str] = {
    "N": "Nothing was charged.",
    "R": "Nothing was charged.",
    "T": "Nothing was charged.",
    "A": "It may have been charged.",
    "D": "It may have been charged.",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One row of `faults.csv`."""

    name: str
    kind: str
    letter: Letter
    retries: int
    renew: bool
    """Whether a fresh token may help."""
    then: Then
    meaning: str
    advice: str


class PatsnapError(Exception):
    """Base of all errors of this room.

    Attributes:
        fault: the row of the table.
        code: the service's error code, as it sent it; `None` where it sent none.
        status: the HTTP status; `None` where there was none.
        said: the service's own words as plain text (at most 300 characters).
        number: the asked number it concerns; empty where it concerns a whole call.
        retry_after: seconds that the service asks to wait.
        until: when it asks to come back (UTC, aware).
    """

    def __init__(
        self,
        fault: Fault,
        *,
        code: int | str | None = None,
        status: int | None = None,
        said: str = "",
        number: str = "",
        retry_after: float | None = None,
        until: datetime | None = None,
    ) -> None:
        self.fault = fault
        self.code = code
        self.status = status
        self.said = said
        self.number = number
        self.retry_after = retry_after
        self.until = until
        super().__init__(self._words())

    @property
    def letter(self) -> Letter:
        """The class of the fault: N, R, A, T or D."""
        return self.fault.letter

    @property
    def meaning(self) -> str:
        """What happened."""
        return self.fault.meaning

    @property
    def cost(self) -> str:
        """What it cost."""
        return _COST[self.fault.letter]

    @property
    def advice(self) -> str:
        """What to do next."""
        return self.fault.advice

    def about(self, number: str) -> Self:
        """Give the same error, said of one number."""
        return type(self)(
            self.fault,
            code=self.code,
            status=self.status,
            said=self.said,
            number=number,
            retry_after=self.retry_after,
            until=self.until,
        )

    def _words(self) -> str:
        where = f"{self.number}: " if self.number else ""
        until = f" until {self.until:%d %b %Y %H:%M} UTC" if self.until is not None else ""
        marks = [f"code {self.code}"] if self.code is not None else []
        marks += [f"HTTP {self.status}"] if self.status is not None and self.status not in {200, 201} else []
        mark = f" ({', '.join(marks)})" if marks else ""
        said = f" PatSnap's words: “{self.said}”" if self.said else ""
        return f"{where}{self.meaning}{until}{mark}. {self.cost} {self.advice}{said}"


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


@cache
def faults() -> dict[str, Fault]:
    """Give the table of faults by name, in the order of `faults.csv`."""
    text = files(__package__).joinpath("faults.csv").read_text(encoding="utf-8")
    table = {}
    for row in csv.DictReader(text.splitlines()):
        renew = row["retries"] == "token"
        table[row["fault"]] = Fault(
            name=row["fault"],
            kind=row["kind"],
            letter=cast("Letter", row["class"]),
            retries=1 if renew else int(row["retries"]),
            renew=renew,
            then=cast("Then", row["then"]),
            meaning=row["meaning"],
            advice=row["advice"],
        )
    return table


def error(
    name: str,
    *,
    code: int | str | None = None,
    status: int | None = None,
    said: str = "",
    number: str = "",
    retry_after: float | None = None,
    until: datetime | None = None,
) -> PatsnapError:
    """Make the error of one fault of the table."""
    fault = faults()[name]
    return _kind(fault.kind)(
        fault, code=code, status=status, said=said, number=number, retry_after=retry_after, until=until
    )


def fault_of_status(status: int) -> str:
    """Name the row of an HTTP status: its own, else that of its hundred."""
    name = f"http {status}"
    if name in faults():
        return name
    hundred = status // 100
    return f"http {hundred}xx" if hundred in {2, 3, 4} else "http 5xx"


def busy_until(cause: PatsnapError, seconds: float, *, now: datetime | None = None) -> PatsnapError:
    """Give the error that states a time, for a wait too long to be sat out."""
    start = now or datetime.now(UTC)
    until = datetime.fromtimestamp(start.timestamp() + seconds, UTC)
    return error("busy until", code=cause.code, status=cause.status, said=cause.said, until=until)


@cache
def _kind(name: str) -> type[PatsnapError]:
    kind = globals()[name]
    if not (isinstance(kind, type) and issubclass(kind, PatsnapError)):
        raise TypeError(f"faults.csv names {name}, which is no error of this room")
    return kind
