"""The wire: a deadline for the whole call, bounds for the body, and nothing in between."""

import gzip
import socket
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Thread

import pytest

from components.patsnap import (
    AnswerTooLargeError,
    Client,
    NoAnswerError,
    NotSentError,
    ParseFailureError,
    body,
)
from components.settings import Settings
from tests.patsnap.service import Reply, document, entry, envelope, scripted
from tests.patsnap.watched_client import SpendLog, watched_client

NUMBER = "US11205304B2"
GOOD = Reply(envelope(entry(NUMBER, [document(1)])))


def read_request(connection: socket.socket) -> None:
    """Read a request to its last byte: closing a socket with unread bytes would reset the connection instead."""
    request = b""
    while b"\r\n\r\n" not in request:
        request += connection.recv(65536)
    head, _, body = request.partition(b"\r\n\r\n")
    length = next(
        (int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0
    )
    while len(body) < length:
        body += connection.recv(65536)


@contextmanager
def accepting(handle: Callable[[socket.socket], None]) -> Iterator[str]:
    """Let `handle` have each connection to a port of this machine, in a thread of its own; give host and port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                Thread(target=closed_after, args=(connection,), daemon=True).start()

        def closed_after(connection: socket.socket) -> None:
            with connection, suppress(OSError):
                handle(connection)

        Thread(target=serve, daemon=True).start()
        yield f"127.0.0.1:{listener.getsockname()[1]}"


@contextmanager
def raw(speak: Callable[[socket.socket], None]) -> Iterator[str]:
    """Serve raw sockets: read one request, then let `speak` have the connection."""

    def handle(connection: socket.socket) -> None:
        read_request(connection)
        speak(connection)

    with accepting(handle) as address:
        yield f"http://{address}"


def fetch(base: str, **settings) -> tuple[Exception, SpendLog]:
    """Fetch one number; give its error and what the spend hook heard."""
    chosen = {"patsnap_deadline": 0.5, "patsnap_limit": 10, "patsnap_api_key": "sk-canary"} | settings
    client = Client.from_settings(Settings(patsnap_base_url=base, **chosen), wait_scale=0.001)
    spend_log = SpendLog()
    try:
        failed = client.fetch([NUMBER], spend_hook=spend_log).failed
    finally:
        client.close()
    spend_log.assert_settled()
    return failed[NUMBER], spend_log


def drip(what: bytes) -> Callable[[socket.socket], None]:
    """Send one byte every twentieth of a second: no single read ever times out."""

    def speak(connection: socket.socket) -> None:
        for byte in what:
            connection.sendall(bytes([byte]))
            time.sleep(0.05)

    return speak


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n"


@pytest.mark.parametrize(
    "what", [HEAD + b" " * 100, b"HTTP/1.1 200 OK\r\n" + b"X-Y: z\r\n" * 100], ids=["body", "headers"]
)
def test_a_dripping_service_is_left_at_the_deadline(what: bytes) -> None:
    """It may have been charged, and is not asked for again, however lively the connection is."""
    with raw(drip(what)) as base:
        failure, spend_log = fetch(base)
        assert type(failure) is NoAnswerError
        assert "deadline" in str(failure)
        assert spend_log.states == ["uncertain"]


@pytest.mark.parametrize(
    ("speak", "kind"),
    [
        (lambda connection: connection.close(), NoAnswerError),
        (lambda connection: connection.sendall(HEAD + b"{"), NoAnswerError),
        (
            lambda connection: connection.sendall(b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"st'),
            NoAnswerError,
        ),
        (
            lambda connection: connection.sendall(b'HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{"status": tr'),
            ParseFailureError,
        ),
        (lambda connection: connection.sendall(b"SSH-2.0-OpenSSH_9.6\r\n\r\n"), ParseFailureError),
    ],
    ids=["closed", "cut body", "cut chunk", "cut without length", "another protocol"],
)
def test_a_broken_answer_may_have_been_charged(speak: Callable[[socket.socket], None], kind: type) -> None:
    """Uncertain after one call; where the setting allows a repeat, after two."""
    with raw(speak) as base:
        failure, spend_log = fetch(base)
        assert type(failure) is kind
        assert spend_log.states == ["uncertain"]
        failure, spend_log = fetch(base, patsnap_repeat_uncertain=1)
        assert type(failure) is kind
        assert spend_log.states == ["uncertain", "uncertain"]


def test_a_refused_connection_costs_nothing() -> None:
    """Tried again three times."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        base = f"http://127.0.0.1:{taken.getsockname()[1]}"
    failure, spend_log = fetch(base)
    assert type(failure) is NotSentError
    assert spend_log.states == ["released"] * 4
    assert "cannot be reached" in str(failure)


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
@pytest.mark.parametrize("harm", ["cut", "corrupt"])
def test_a_damaged_compression_is_noticed(encoding: str, harm: str) -> None:
    """A cut gzip stream raises nothing in httpx; here it does."""
    packed = gzip.compress(GOOD.encoded()) if encoding == "gzip" else zlib.compress(GOOD.encoded())
    packed = packed[:-6] if harm == "cut" else packed[:20] + b"\xff\xff\xff\xff" + packed[24:]
    with watched_client(scripted(Reply(packed, headers={"Content-Encoding": encoding}))) as watched:
        watched.fetch(NUMBER)
        assert type(watched.error) is ParseFailureError
        assert watched.spend_log.states == ["uncertain"]


@pytest.mark.parametrize("packed", [True, False])
def test_an_answer_beyond_the_cap_is_left(packed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not unpacked whole, not tried again, counted as uncertain."""
    monkeypatch.setattr(body, "MAX_BYTES", 1_000_000)
    monkeypatch.setattr(body, "RATIO_FROM", 10**9)
    what = b" " * 3_000_000
    headers = {"Content-Encoding": "gzip"} if packed else {}
    with watched_client(scripted(Reply(gzip.compress(what) if packed else what, headers=headers))) as watched:
        watched.fetch(NUMBER)
        assert type(watched.error) is AnswerTooLargeError
        assert watched.spend_log.states == ["uncertain"]


def test_a_bomb_is_left_by_its_ratio() -> None:
    """40 MB of nothing in 40 kB."""
    bomb = gzip.compress(b"\x00" * 40_000_000)
    with watched_client(scripted(Reply(bomb, headers={"Content-Encoding": "gzip"}))) as watched:
        watched.fetch(NUMBER)
        assert type(watched.error) is AnswerTooLargeError


def test_cookies_are_not_kept() -> None:
    """A gateway's cookie is not sent back."""
    with watched_client(scripted(Reply(GOOD.body, headers={"Set-Cookie": "session=canary; Path=/"}))) as watched:
        watched.fetch(NUMBER).fetch(NUMBER)
        assert all("Cookie" not in call.headers for call in watched.server.calls)
