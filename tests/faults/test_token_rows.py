"""Rows F70 to F78 of the fault matrix: the life of a token."""

import itertools
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from urllib.parse import parse_qs

import pytest
import time_machine
from pydantic import SecretStr

from components.outgoing import OutgoingConnections
from components.patsnap import (
    ConfigurationError,
    CredentialsError,
    DayLimitError,
    TokenError,
    TokenUnavailableError,
)
from components.patsnap.auth import ClientCredentials
from components.patsnap.transport import Transport
from tests.patsnap.service import Asked, Reply, Server, basic_of, document, entry, envelope, granting, refusal, scripted
from tests.patsnap.watched_client import watched_client

NUMBER = "US11205304B2"
GOOD = Reply(envelope(entry(NUMBER, [document(1)])))
HTML = Reply(b"<html>login</html>", headers={"Content-Type": "text/html"})
OAUTH = {"account": "client credentials"}


class Clock:
    """A monotonic clock that tests move."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now


def stamps_over(seconds: list[float], *, grant, clock: Clock) -> tuple[list[str], int]:
    """Return the tokens used after each of some wait_scale, and how many were granted."""
    with Server(lambda _: GOOD, grant).running() as server:
        transport = Transport(deadline=5.0, outgoing=OutgoingConnections())
        auth = ClientCredentials(
            "id", SecretStr("s"), base_url=server.base, transport=transport, clock=clock, wait_scale=0.001
        )
        used = []
        for wait in seconds:
            clock.now += wait
            used.append(next(auth.flow()).headers["Authorization"].removeprefix("Bearer canary-token-"))
        transport.close()
        return used, len(server.grants)


def test_the_token_request_and_the_call_are_as_the_contract_says() -> None:
    """Basic and a form to the token endpoint; Bearer and apikey on the call; one token for many calls."""
    with watched_client(scripted(GOOD), **OAUTH) as watched:
        watched.fetch(NUMBER).fetch(NUMBER)
        (grant,) = watched.server.grants
        assert grant.query == {}
        assert parse_qs(grant.raw.decode()) == {"grant_type": ["client_credentials"]}
        assert grant.headers["Content-Type"] == "application/x-www-form-urlencoded"
        assert len(watched.server.calls) == 2
        for call in watched.server.calls:
            assert call.headers["Authorization"] == "Bearer canary-token-1"
            assert call.query == {"apikey": ["canary-id"]}


def test_an_api_key_travels_in_the_header_only() -> None:
    """No token request, no query."""
    with watched_client(scripted(GOOD)) as watched:
        watched.fetch(NUMBER)
        assert watched.server.calls[0].headers["Authorization"] == "Bearer sk-canary-key"
        assert watched.server.calls[0].query == {}
        assert not watched.server.grants


@pytest.mark.parametrize("key", ["sk-canary\nX-Evil: 1", "sk-canäry", "sk canary", " "])
def test_a_key_that_no_header_can_carry_is_not_sent(key: str) -> None:
    """It is refused here, and the message does not repeat it."""
    with watched_client(scripted(GOOD), patsnap_api_key=key) as watched:
        watched.fetch(NUMBER)
        assert type(watched.raised) is CredentialsError
        assert watched.attempts == 0


def test_f70_a_token_is_renewed_before_it_ends() -> None:
    """1799 s less a minute; and a batch that runs past the end goes on with a fresh one."""
    used, granted = stamps_over([0, 1000, 738, 2, 1000], grant=granting(expires_in=1799), clock=Clock())
    assert used == ["1", "1", "1", "2", "2"]
    assert granted == 2


BAD_GRANTS = [
    (Reply(b"", 500), 2, TokenUnavailableError),
    (Reply(b"", 502), 2, TokenUnavailableError),
    (Reply(b"", 503), 5, TokenUnavailableError),
    (Reply(b"", 429), 5, TokenUnavailableError),
    (HTML, 2, TokenUnavailableError),
    (Reply(b""), 2, TokenUnavailableError),
    (Reply({"token": None}), 2, TokenUnavailableError),
    (Reply({"token": "no header\r\ncan: carry this"}), 2, TokenUnavailableError),
    (Reply(b"", 302, {"Location": "https://evil.example/?canary"}), 1, ConfigurationError),
    (Reply(b"", 404), 1, ConfigurationError),
    (Reply({"error": "invalid_client"}, 401), 1, CredentialsError),
    (Reply({"error": "invalid_client"}, 400), 1, CredentialsError),
    (Reply(b"", 403), 1, CredentialsError),
    (refusal(67200003), 1, CredentialsError),
    (refusal(67200009), 1, CredentialsError),
    (refusal(67200006, status=401), 1, CredentialsError),
    (refusal(67200007), 1, DayLimitError),
]


@pytest.mark.parametrize(
    ("grant", "requests", "kind"), BAD_GRANTS, ids=[f"{row[0].status} {row[0].body!r:.50}" for row in BAD_GRANTS]
)
def test_f71_no_token_no_call(grant: Reply, requests: int, kind: type) -> None:
    """A token that cannot be had ends the run; nothing is reserved, sent or charged."""
    with watched_client(scripted(GOOD), grant=scripted(grant), **OAUTH) as watched:
        watched.fetch(NUMBER)
        assert type(watched.raised) is kind
        assert len(watched.server.grants) == requests
        assert watched.attempts == 0
        assert watched.spend_log.reserved == []
        assert "Nothing was charged" in str(watched.raised)


def test_f71_a_token_endpoint_that_hangs_is_left_at_the_deadline() -> None:
    """The deadline of a call holds for the token too."""
    with watched_client(
        scripted(GOOD), grant=scripted(Reply(b"", delay=1.5)), patsnap_deadline=0.2, **OAUTH
    ) as watched:
        watched.fetch(NUMBER)
        assert type(watched.raised) is TokenUnavailableError
        assert len(watched.server.grants) == 2


def test_f71_a_passing_failure_of_the_token_endpoint_passes() -> None:
    """Asking again costs nothing."""
    tokens = granting()
    failures = iter([Reply(b"", 500)])
    with watched_client(scripted(GOOD), grant=lambda asked: next(failures, None) or tokens(asked), **OAUTH) as watched:
        assert watched.fetch(NUMBER).answer.found
        assert watched.spend_log.states == ["billed"]


LIFETIMES = [
    ("1799", 1738, 1740), (1799, 1738, 1740), (1799.9, 1738, 1741), (None, 1738, 1740), (0, 1738, 1740),
    (-1, 1738, 1740),
    ("soon", 1738, 1740), (True, 1738, 1740), ([], 1738, 1740), (1e12, 86_339, 86_341), ("1e999", 1738, 1740),
    (30, 14, 16),
]  # fmt: skip


@pytest.mark.parametrize(("expires_in", "within", "after"), LIFETIMES, ids=[repr(row[0]) for row in LIFETIMES])
def test_f72_any_expires_in_is_borne(expires_in: object, within: float, after: float) -> None:
    """Nonsense means the usual half hour, for ever means a day, a short life is used by half."""
    used, granted = stamps_over([0, within, after - within], grant=granting(expires_in=expires_in), clock=Clock())
    assert used == ["1", "1", "2"]
    assert granted == 2


@pytest.mark.parametrize("name", ["token", "access_token", "data.token"])
def test_f73_the_token_is_found(name: str) -> None:
    """Under each of the names in the field."""
    with watched_client(scripted(GOOD), grant=granting(name=name), **OAUTH) as watched:
        assert watched.fetch(NUMBER).answer.found
        assert watched.server.calls[0].headers["Authorization"] == "Bearer canary-token-1"


@pytest.mark.parametrize("wait", [0.0, 0.05])
def test_f74_many_threads_ask_for_one_token(wait: float) -> None:
    """32 threads that need one at once make one token request."""
    tokens = granting()
    barrier = Barrier(32)

    def grant(asked: Asked) -> Reply:
        return Reply(tokens(asked).body, delay=wait)

    with watched_client(scripted(GOOD), grant=grant, **OAUTH) as watched:

        def look_up(_: int) -> bool:
            barrier.wait()
            return NUMBER in watched.client.fetch([NUMBER], spend_hook=watched.spend_log).found

        with ThreadPoolExecutor(32) as pool:
            assert all(pool.map(look_up, range(32)))
        assert len(watched.server.grants) == 1


def test_f74_many_threads_with_a_revoked_token_renew_it_once() -> None:
    """Refusals of the old token do not throw the new one away."""
    barrier = Barrier(16)

    def respond(asked: Asked) -> Reply:
        return Reply(b"", 401) if asked.headers["Authorization"].endswith("-1") else GOOD

    with watched_client(respond, **OAUTH) as watched:

        def look_up(_: int) -> bool:
            barrier.wait()
            return NUMBER in watched.client.fetch([NUMBER], spend_hook=watched.spend_log).found

        with ThreadPoolExecutor(16) as pool:
            assert all(pool.map(look_up, range(16)))
        assert len(watched.server.grants) == 2
        assert watched.attempts <= 32


def test_f75_a_wrong_wall_clock_does_not_matter() -> None:
    """Ten minutes fast or slow, and `issued_at` in the past: one token."""
    with watched_client(scripted(GOOD), grant=granting(issued_at="1692347672874"), **OAUTH) as watched:
        watched.fetch(NUMBER)
        for shift in (600, -600):
            with time_machine.travel(1_900_000_000 + shift, tick=True):
                watched.fetch(NUMBER)
        assert len(watched.server.grants) == 1


def test_f76_a_token_revoked_early_is_renewed_once() -> None:
    """One renewal, one replay, and the next call uses the fresh token."""
    with watched_client(scripted(GOOD, Reply(b"", 401), GOOD), **OAUTH) as watched:
        watched.fetch(NUMBER).fetch(NUMBER).fetch(NUMBER)
        assert len(watched.server.grants) == 2
        assert watched.spend_log.states == ["billed", "released", "billed", "billed"]


@pytest.mark.parametrize("secret", ["canary:with:colons", "canary-sécret", "canary-秘密", "canary p%40ss+w/=\"'\\"])
def test_f77_any_secret_is_sent_unharmed(secret: str) -> None:
    """UTF-8 in the Basic header; everything behind the first colon is the secret."""
    with watched_client(scripted(GOOD), patsnap_client_secret=secret, **OAUTH) as watched:
        watched.fetch(NUMBER)
        assert basic_of(watched.server.grants[0]) == f"canary-id:{secret}"


@pytest.mark.parametrize("refused", [Reply(b"", 401), refusal(67200009), refusal(67200008, status=401)])
def test_f78_a_fresh_token_that_is_refused_ends_the_run(refused: Reply) -> None:
    """Two calls in all, nothing charged."""
    with watched_client(scripted(refused), **OAUTH) as watched:
        watched.fetch(NUMBER)
        assert type(watched.raised) is TokenError
        assert (watched.attempts, len(watched.server.grants)) == (2, 2)
        assert watched.spend_log.states == ["released", "released"]


def test_a_renewal_does_not_use_up_the_retries() -> None:
    """A refused token in the middle of a busy spell is renewed, and the spell is sat out."""
    busy = refusal(68300008)
    with watched_client(scripted(busy, Reply(b"", 401), busy, GOOD), **OAUTH) as watched:
        assert watched.fetch(NUMBER).answer.found
        tokens = [call.headers["Authorization"][-1] for call in watched.server.calls]
        assert tokens == ["1", "1", "2", "2"]


def test_a_broken_token_is_no_reason_to_renew_it_for_ever() -> None:
    """Each call may renew once: three calls with a service that refuses every token make a bounded number of calls."""
    counts = itertools.count()

    def respond(_: Asked) -> Reply:
        next(counts)
        return Reply(b"", 401)

    with watched_client(respond, **OAUTH) as watched:
        for _ in range(3):
            watched.fetch(NUMBER)
        assert next(counts) == 6
