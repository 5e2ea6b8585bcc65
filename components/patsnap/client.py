"""The client of P048: numbers in, file histories out, every fault told apart and every charge told to the till.

The contract leaves points open; `fetching.py`, `paging.py`, `match.py` and `envelope.py` each say how they meet theirs.
Whether `date_from` and `date_to` are included is open too: both are sent as they are given.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Self

from pydantic import SecretStr

from components.histories import FileHistory
from components.patsnap.auth import ApiKey, Auth, ClientCredentials
from components.patsnap.fetching import Fetching, FetchResult
from components.patsnap.limits import InProcessLimits, LimitLadder, LimitMemory
from components.patsnap.pace import Pace
from components.patsnap.paid_call import Operation
from components.patsnap.service_profile import ServiceProfile
from components.patsnap.spend_hook import NO_SPEND_HOOK, Field, SpendHook
from components.patsnap.transport import Transport
from components.settings import Settings

SANDBOX_KEY = SecretStr("sandbox")
_NOTHING_KNOWN: Mapping[str, FileHistory] = MappingProxyType({})


class Client:
    """Asks the operation P048.

    One for the whole process: connections, token, pace and breaker are shared by all threads.

    Args:
        operation: makes the calls.
        profile: what is known of the base, and how many numbers go into one call.
        plain_origins: `http://127.0.0.1:PORT` origins that document links may have.
    """

    def __init__(self, *, operation: Operation, profile: ServiceProfile, plain_origins: Sequence[str] = ()) -> None:
        self._operation = operation
        self._profile = profile
        self._plain_origins = tuple(plain_origins)

    @classmethod
    def from_settings(
        cls,
        settings: Settings,
        *,
        base_url: str | None = None,
        limits: LimitMemory | None = None,
        waits: float = 1.0,
    ) -> Self:
        """Make the client that the settings describe; nothing is sent yet.

        Args:
            settings: credentials, base, path, limits.
            base_url: another base than the settings name, for a sandbox in this process.
            limits: remembers the largest accepted `limit` of a base; default: as long as the process lasts.
            waits: scale of all waits between attempts; tests set it to nearly nothing.
        """
        base = (base_url or settings.patsnap_base_url).rstrip("/")
        transport = Transport(base, deadline=settings.patsnap_deadline)
        operation = Operation(
            url=base + settings.patsnap_path,
            transport=transport,
            auth=_auth(settings, base, transport, waits),
            pace=Pace(settings.patsnap_qps),
            waits=waits,
        )
        profile = ServiceProfile(
            limit_ladder=LimitLadder(limits or InProcessLimits(), base, settings.patsnap_limit),
            batch=settings.patsnap_batch,
        )
        return cls(
            operation=operation,
            profile=profile,
            plain_origins=[origin for origin in settings.pdf_origins if origin.startswith("http://")],
        )

    def fetch(
        self,
        numbers: Sequence[str],
        *,
        by: Field = "patent_number",
        spend_hook: SpendHook = NO_SPEND_HOOK,
        known: Mapping[str, FileHistory] = _NOTHING_KNOWN,
        doc_codes: Sequence[str] = (),
        date_from: date | None = None,
        date_to: date | None = None,
    ) -> FetchResult:
        """Fetch file histories to their end.

        Each patent that an answer returns is charged, and again for every further page of it; the till is told of
        each call before and after (see `spend_hook.py`). May be called from many threads at once.

        Args:
            numbers: what to ask for, in the service's form; as many as wanted, sent in batches.
            by: which body field takes them. Application numbers go one a call.
            spend_hook: the caller's till.
            known: incomplete histories held from before, by asked number: they are read on, not read again.
            doc_codes: only documents with these codes.
            date_from: only documents from this day on.
            date_to: only documents up to this day.

        Raises:
            AccountError: every further call would fail too. What had arrived has gone to the till.
            Exception: whatever the till raises.
        """
        filters: dict[str, int | str] = {}
        if doc_codes:
            filters["doc_code"] = ",".join(doc_codes)
        if date_from is not None:
            filters["date_from"] = _as_number(date_from)
        if date_to is not None:
            filters["date_to"] = _as_number(date_to)
        fetching = Fetching(
            operation=self._operation,
            profile=self._profile,
            by=by,
            filters=filters,
            spend_hook=spend_hook,
            plain_origins=self._plain_origins,
        )
        return fetching.run(numbers, known)

    def close(self) -> None:
        """Close all connections. Calls under way fail."""
        self._operation.transport.close()


def _auth(settings: Settings, base: str, transport: Transport, waits: float) -> Auth:
    if settings.patsnap_api_key is not None:
        return ApiKey(settings.patsnap_api_key)
    if settings.patsnap_client_id is None or settings.patsnap_client_secret is None:
        return ApiKey(SANDBOX_KEY)
    return ClientCredentials(
        settings.patsnap_client_id, settings.patsnap_client_secret, base_url=base, transport=transport, waits=waits
    )


def _as_number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day
