"""The tables of faults: what can go wrong with a call or a download, what it costs, and what is done about it.

`faults.csv` holds the faults of calls:

* `name`: an error code of the service, `http <status>` (`http 4xx` for those without a row), or a word of this client.
* `error_class`: the error class that is raised (see `errors.py`).
* `fault_class`: see `FaultClass`.
* `retries`: how often the call is repeated at most. Of an uncertain fault the settings decide too, see
  `Settings.patsnap_repeat_uncertain`.
* `fresh_token`: whether a fresh token may help; the one retry is then made with it, where there are tokens.
* `then`: what follows when no retry is left, see `NextStep`.
* `meaning` and `advice`: words for the user.

`download.csv` holds the faults of fetching a PDF, each with its words for the user and what may help.
"""

from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final, Literal

from components.rule_tables import Flag, Row, load_csv

Remedy = Literal["refresh", "again", "none"]
"""What may help after a failed download: fresh links, the same request again, or neither."""

CALL_FAULTS = Path(__file__).with_name("faults.csv")
DOWNLOAD_FAULTS = Path(__file__).with_name("download.csv")


class FaultClass(StrEnum):
    """What a fault means for the money: whether the call can have been charged, and whether it may be repeated."""

    NOT_SENT = "not sent"
    """Nothing reached the service; nothing is charged."""
    REFUSED = "refused"
    """The service refused before any work, because of load; nothing is charged."""
    UNCERTAIN = "uncertain"
    """The call was sent and brought no usable answer: it may have been charged.

    It is repeated by itself only where the settings allow it, and once at most.
    """
    FINAL = "final"
    """The service or the network refused for a reason that stays; nothing is charged."""
    BAD_DATA = "bad data"
    """The answer is valid JSON with unusable content; it may have been charged."""

    @property
    def is_free(self) -> bool:
        """Whether such a failed call has certainly cost nothing."""
        return self in {FaultClass.NOT_SENT, FaultClass.REFUSED, FaultClass.FINAL}


class NextStep(StrEnum):
    """What is done with the numbers of a call that failed for good."""

    FAIL = "fail"
    """Give the numbers up."""
    ASK = "ask"
    """Give the numbers up; they may have been charged, so a person decides whether they are asked for again."""
    ASK_FOR_LESS = "ask for less"
    """As `ask`, and let later calls ask for less at once."""
    SPLIT = "split"
    """Ask for each half of the batch by itself, until the bad number stands alone."""
    LOWER_LIMIT = "lower limit"
    """Suspect the `limit` first and try lower ones, then split the batch."""
    STOP = "stop"
    """End the whole run."""


class Fault(Row):
    """One row of `faults.csv`; the columns are explained at the top of this module."""

    name: str
    error_class: str
    fault_class: FaultClass
    retries: int
    fresh_token: Flag
    then: NextStep
    meaning: str
    advice: str


class DownloadFault(Row):
    """One row of `download.csv`."""

    fault: str
    remedy: Remedy
    words: str


NAMED_FAULTS: Final = (
    *("connect", "dns", "pool", "tls", "proxy", "address", "broken", "late", "protocol", "gzip", "empty", "html"),
    *("html again", "garbled", "too large", "contradiction", "data", "mismatch", "unclear", "pages"),
    *("unsendable", "outage", "outage asked", "busy until", "busy for years", "token", "key", "code ?"),
    *("67200100 late", "67200003"),
    *("http 2xx", "http 3xx", "http 4xx", "http 5xx", "http 400", "http 401", "http 403"),
)
"""The faults of calls that the code names; for all others a row may be added or left out."""
NAMED_DOWNLOAD_FAULTS: Final = (
    *("refused", "gone", "redirect", "inside", "no pdf", "status", "too large", "late", "dns", "connect", "tls"),
    *("proxy", "broken"),
)
"""The faults of downloads that the code names."""


@cache
def faults() -> dict[str, Fault]:
    """Return the faults of calls by name, in the order of the table.

    Raises:
        RuleTableBroken: the table is damaged.
    """
    return {fault.name: fault for fault in load_csv(CALL_FAULTS, Fault)}


@cache
def download_faults() -> dict[str, DownloadFault]:
    """Return the faults of downloads by name.

    Raises:
        RuleTableBroken: the table is damaged.
    """
    return {row.fault: row for row in load_csv(DOWNLOAD_FAULTS, DownloadFault)}


def fault_of_status(status: int) -> str:
    """Return the name of the fault of an HTTP status: its own row, else that of its hundred."""
    name = f"http {status}"
    if name in faults():
        return name
    hundred = status // 100
    return f"http {hundred}xx" if hundred in {2, 3, 4} else "http 5xx"
