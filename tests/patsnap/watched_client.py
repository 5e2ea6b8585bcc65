"""What the tests of this room share: a client against a server, a spend hook that takes notes, a hunt for canaries."""

import logging
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from components.patsnap import Call, CallOutcome, Client, FetchResult, InProcessLimits, LimitMemory
from components.settings import Settings
from tests.patsnap.service import Asked, Reply, Server

ACCOUNTS = ("api key", "client credentials")
CREDENTIALS = {
    "api key": {"patsnap_api_key": "sk-canary-key"},
    "client credentials": {"patsnap_client_id": "canary-id", "patsnap_client_secret": "canary:sécret-秘密"},
    "sandbox": {},
}


class SpendLog:
    """A spend hook that writes everything down."""

    def __init__(self) -> None:
        self.reserved: list[Call] = []
        self.settled: list[tuple[Call, CallOutcome]] = []
        self._lock = Lock()
        self.checks = 0

    def check(self) -> None:
        """Count how often it was asked whether to wait on."""
        self.checks += 1

    def reserve(self, call: Call) -> None:
        """Write down."""
        with self._lock:
            self.reserved.append(call)

    def goes_on(self, number: str) -> bool:
        """Want every page."""
        return bool(number)

    def settle(self, call: Call, outcome: CallOutcome) -> None:
        """Write down."""
        with self._lock:
            self.settled.append((call, outcome))

    @property
    def states(self) -> list[str]:
        """Return the states in the order of settling."""
        return [outcome.state for _, outcome in self.settled]

    @property
    def charged(self) -> Counter[str]:
        """Count how often each number was charged."""
        return Counter(number for _, outcome in self.settled for number in outcome.billed)

    def assert_settled(self) -> None:
        """Every call was reserved once, settled once, under a name of its own."""
        names = [call.request_id for call in self.reserved]
        assert len(set(names)) == len(names)
        assert sorted(call.request_id for call, _ in self.settled) == sorted(names)


@dataclass
class WatchedClient:
    """A client, the server that answers it, and everything that came of its calls."""

    server: Server
    client: Client
    spend_log: SpendLog = field(default_factory=SpendLog)
    raised: Exception | None = None
    answer: FetchResult = field(default_factory=FetchResult)
    limits: LimitMemory | None = None

    def fetch(self, *numbers: str, **more: Any) -> "WatchedClient":
        """Fetch, and write down what came or was raised."""
        try:
            self.answer = self.client.fetch(numbers, spend_hook=self.spend_log, **more)
        except Exception as caught:  # noqa: BLE001 - whatever comes is looked at by the test
            self.raised = caught
        return self

    @property
    def attempts(self) -> int:
        """Count the calls of the operation."""
        return len(self.server.calls)

    @property
    def error(self) -> Exception:
        """The error that was raised, or the only one among the numbers."""
        if self.raised is not None:
            return self.raised
        (only,) = set(map(id, self.answer.failed.values())) and list(self.answer.failed.values())[:1]
        return only

    def all_words(self) -> str:
        """Everything that could be shown or written: messages, reprs, tracebacks."""
        errors: Sequence[BaseException] = [*self.answer.failed.values(), *([self.raised] if self.raised else [])]
        errors = [*errors, *(outcome.error for _, outcome in self.spend_log.settled if outcome.error)]
        words = [
            repr(self.answer),
            repr(self.spend_log.settled),
            repr(self.spend_log.reserved),
            repr(vars(self.client)),
        ]
        for error in errors:
            words += [str(error), repr(error), repr(vars(error)), "".join(traceback.format_exception(error))]
            assert "httpx" not in type(error.__context__).__module__
        return "\n".join(words)


@contextmanager
def watched_client(
    respond: Callable[[Asked], Reply],
    *,
    account: str = "api key",
    grant: Callable[[Asked], Reply] | None = None,
    limits: LimitMemory | None = None,
    **settings: Any,
) -> Iterator[WatchedClient]:
    """Run a server and a client of it; afterwards none of its words may hold a secret."""
    with Server(respond, grant).running() as server:
        memory = limits or InProcessLimits()
        chosen = {"patsnap_base_url": server.base, "patsnap_limit": 10, "patsnap_deadline": 5.0}
        chosen |= CREDENTIALS[account] | settings
        client = Client.from_settings(Settings(**chosen), limits=memory, wait_scale=0.001)
        made = WatchedClient(server, client, limits=memory)
        heard: list[str] = []
        ear = logging.Handler(logging.DEBUG)
        ear.emit = lambda record: heard.append(f"{record.getMessage()} {vars(record)}")  # type: ignore[method-assign]
        with _listening(ear):
            try:
                yield made
            finally:
                client.close()
        made.spend_log.assert_settled()
        assert "canary" not in made.all_words()
        assert "canary" not in "\n".join(heard)


@contextmanager
def _listening(ear: logging.Handler) -> Iterator[None]:
    """Listen to every logger at DEBUG, those of the libraries too."""
    loggers = [
        logging.getLogger(name) for name in ("", "httpx", "httpcore", "httpcore.http11", "stamina", "components")
    ]
    levels = [logger.level for logger in loggers]
    loggers[0].addHandler(ear)
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        loggers[0].removeHandler(ear)
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
