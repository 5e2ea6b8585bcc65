"""The client of P048: numbers in, file histories out.

The contract of the service leaves points open; `history_fetch.py`, `paging.py`, `matching.py` and `envelope.py` each
say how they deal with theirs. Whether the days `date_from` and `date_to` themselves are included is open too: both are
sent as they are given.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Self

from pydantic import SecretStr

from components.histories import FileHistory
from components.patsnap.auth import ApiKey, Auth, ClientCredentials
from components.patsnap.breaker import CircuitBreaker
from components.patsnap.condition import ServiceCondition
from components.patsnap.history_fetch import FetchResult, HistoryFetch
from components.patsnap.limits import InProcessLimits, LimitLadder, LimitMemory
from components.patsnap.pace import Pace, SharedPace
from components.patsnap.paid_call import Operation
from components.patsnap.service_profile import ServiceProfile
from components.patsnap.spend_hook import NO_SPEND_HOOK, IdentifierField, SpendHook
from components.patsnap.transport import Transport
from components.settings import Settings

SANDBOX_KEY = SecretStr("sandbox")
_SHORTEST_WINDOW = 0.001
_NONE_UNFINISHED: Mapping[str, FileHistory] = MappingProxyType({})


class Client:
    """Fetches file histories through the operation P048.

    Make one for the whole process: all threads share its connections, token, pace and circuit breaker.

    Args:
        operation: the address of the operation, and what all calls of it share.
        profile: how the service behaves, as far as that is known, and how many numbers go into one call.
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
        shared_pace: SharedPace | None = None,
        wait_scale: float = 1.0,
    ) -> Self:
        """Return the client that the settings describe; nothing is sent yet.

        Args:
            settings: credentials, base address, path, limits.
            base_url: replaces the base address of the settings, for a sandbox in this process.
            limits: remembers the largest `limit` that a base address accepts; by default until the process ends.
            shared_pace: keeps the pace of calls for several processes; by default each has its own.
            wait_scale: scale of all waits between attempts; tests set it to nearly nothing.
        """
        base = (base_url or settings.patsnap_base_url).rstrip("/")
        transport = Transport(deadline=settings.patsnap_deadline, outgoing=settings.outgoing)
        operation = Operation(
            url=base + settings.patsnap_path,
            transport=transport,
            auth=_auth(settings, base, transport, wait_scale),
            pace=Pace(settings.patsnap_qps, shared=shared_pace, window=max(wait_scale, _SHORTEST_WINDOW)),
            wait_scale=wait_scale,
            repeat_uncertain=settings.patsnap_repeat_uncertain,
            breaker=CircuitBreaker(wait_scale=wait_scale),
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
        by: IdentifierField = "patent_number",
        spend_hook: SpendHook = NO_SPEND_HOOK,
        unfinished: Mapping[str, FileHistory] = _NONE_UNFINISHED,
        doc_codes: Sequence[str] = (),
        date_from: date | None = None,
        date_to: date | None = None,
        keep_found: bool = True,
    ) -> FetchResult:
        """Fetch file histories to their end. May be called from many threads at once.

        Each patent that an answer returns is charged, and charged again for every further page of it. The spend hook
        hears of each call before it is sent and after it is answered (see `spend_hook.py`).

        The three filters belong to the operation and are supported here. The app does not use them: it asks for all
        documents of a patent once and filters them locally, because a second, filtered answer would cost as much.

        Args:
            numbers: what to ask for, in the service's form; any count of them, sent in batches.
            by: which body field takes them. Only one application number goes into a call.
            spend_hook: reserves before each call and settles after it.
            unfinished: incomplete histories from before, by asked number; they are continued, not read again.
            doc_codes: only documents with these codes.
            date_from: only documents from this day on.
            date_to: only documents up to this day.
            keep_found: whether the result holds the histories that were found; if not, only their numbers, because the
                spend hook has had them, and 100 long ones take hundreds of megabytes.

        Returns:
            The histories that were found, the numbers that the service does not know, and those that failed.

        Raises:
            AccountError: every further call would fail too. The spend hook has what had arrived.
            Exception: whatever the spend hook raises.
        """
        filters: dict[str, int | str] = {}
        if doc_codes:
            filters["doc_code"] = ",".join(doc_codes)
        if date_from is not None:
            filters["date_from"] = _compact_date(date_from)
        if date_to is not None:
            filters["date_to"] = _compact_date(date_to)
        fetch = HistoryFetch(
            operation=self._operation,
            profile=self._profile,
            by=by,
            filters=filters,
            spend_hook=spend_hook,
            plain_origins=self._plain_origins,
            keep_found=keep_found,
        )
        return fetch.run(numbers, unfinished)

    def condition(self) -> ServiceCondition:
        """Return whether the service is there, and how fast it is called."""
        breaker = self._operation.breaker
        return ServiceCondition(
            down_since=breaker.down_since,
            tries_again_in=breaker.tries_again_in,
            calls_a_second=self._operation.pace.rate,
        )

    def close(self) -> None:
        """Close all connections. Calls under way fail."""
        self._operation.transport.close()


def _auth(settings: Settings, base: str, transport: Transport, wait_scale: float) -> Auth:
    """Return the scheme of authentication that the settings name; without credentials the key of the sandbox."""
    if settings.patsnap_api_key is not None:
        return ApiKey(settings.patsnap_api_key)
    if settings.patsnap_client_id is None or settings.patsnap_client_secret is None:
        return ApiKey(SANDBOX_KEY)
    return ClientCredentials(
        settings.patsnap_client_id,
        settings.patsnap_client_secret,
        base_url=base,
        transport=transport,
        wait_scale=wait_scale,
    )


def _compact_date(day: date) -> int:
    """Return a date as the number `yyyymmdd`."""
    return day.year * 10_000 + day.month * 100 + day.day
