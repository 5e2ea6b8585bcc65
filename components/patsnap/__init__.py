"""The client of PatSnap's operation P048 (documents of file histories), where every patent returned is charged.

The `Client` reads file histories to their end. It reports each call to a `SpendHook` before it is sent and after it is
answered, raises one class of error for each kind of fault (see `errors.py`), and the `Downloader` fetches single PDFs.
"""

from components.patsnap.client import SANDBOX_KEY, Client
from components.patsnap.condition import ServiceCondition
from components.patsnap.download import Downloader, NotDownloaded
from components.patsnap.errors import (
    AccountError,
    AnswerTooLargeError,
    BalanceError,
    BusyError,
    ConfigurationError,
    CredentialsError,
    DataError,
    DayLimitError,
    NoAnswerError,
    NotSentError,
    ParseFailureError,
    PatsnapError,
    PausedError,
    PermissionRefusedError,
    QuotaError,
    RateError,
    RefusedError,
    RequestError,
    ServerFailureError,
    TokenError,
    TokenUnavailableError,
    UncertainError,
    UnknownCodeError,
    check_error_classes,
)
from components.patsnap.faults import (
    CALL_FAULTS,
    DOWNLOAD_FAULTS,
    NAMED_DOWNLOAD_FAULTS,
    NAMED_FAULTS,
    DownloadFault,
    Fault,
)
from components.patsnap.history_fetch import FetchResult
from components.patsnap.limits import InProcessLimits, LimitMemory
from components.patsnap.pace import SharedPace
from components.patsnap.saved_answer import answer_of, history_in
from components.patsnap.spend_hook import Call, CallOutcome, CallState, IdentifierField, SpendHook
from components.rule_tables import load_csv, refuse_absence, refuse_repetition

__all__ = [
    "SANDBOX_KEY",
    "AccountError",
    "AnswerTooLargeError",
    "BalanceError",
    "BusyError",
    "Call",
    "CallOutcome",
    "CallState",
    "Client",
    "ConfigurationError",
    "CredentialsError",
    "DataError",
    "DayLimitError",
    "Downloader",
    "FetchResult",
    "IdentifierField",
    "InProcessLimits",
    "LimitMemory",
    "NoAnswerError",
    "NotDownloaded",
    "NotSentError",
    "ParseFailureError",
    "PatsnapError",
    "PausedError",
    "PermissionRefusedError",
    "QuotaError",
    "RateError",
    "RefusedError",
    "RequestError",
    "ServerFailureError",
    "ServiceCondition",
    "SharedPace",
    "SpendHook",
    "TokenError",
    "TokenUnavailableError",
    "UncertainError",
    "UnknownCodeError",
    "answer_of",
    "check_rule_tables",
    "history_in",
]


def check_rule_tables() -> None:
    """Load this room's rule tables, so that a damaged one is found when the app starts and not by a paid call.

    Raises:
        RuleTableBroken: a table is damaged; the message names file, line and column.
    """
    fault_rows = load_csv(CALL_FAULTS, Fault)
    refuse_repetition(CALL_FAULTS.name, fault_rows, lambda row: row.name, column="name")
    refuse_absence(CALL_FAULTS.name, (row.name for row in fault_rows), NAMED_FAULTS, column="name")
    check_error_classes(fault_rows)
    download_rows = load_csv(DOWNLOAD_FAULTS, DownloadFault)
    refuse_repetition(DOWNLOAD_FAULTS.name, download_rows, lambda row: row.fault, column="fault")
    names = (row.fault for row in download_rows)
    refuse_absence(DOWNLOAD_FAULTS.name, names, NAMED_DOWNLOAD_FAULTS, column="fault")
