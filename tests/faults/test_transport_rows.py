"""Rows F01 to F20 of the fault matrix: what the network does, with an API key and with client credentials.

Under client credentials the token endpoint answers in order; only the operation fails. What becomes of a token that
cannot be had stands in `test_token_rows.py`.
"""

import gzip
import json
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest

from components.patsnap import (
    AnswerTooLargeError,
    Client,
    ConfigurationError,
    NoAnswerError,
    NotSentError,
    ParseFailureError,
    PatsnapError,
    TokenUnavailableError,
)
from components.settings import Settings
from tests.patsnap.service import document, entry, envelope
from tests.patsnap.test_download import self_signed
from tests.patsnap.test_wire import accepting, read_request
from tests.patsnap.watched_client import ACCOUNTS, CREDENTIALS, SpendLog

NUMBER = "US11205304B2"
each_account = pytest.mark.parametrize("account", ACCOUNTS)
GOOD = json.dumps(envelope(entry(NUMBER, [document(1)]))).encode()
TOKEN = json.dumps({"token": "canary-token-1", "expires_in": 1799}).encode()
Speak = Callable[[socket.socket], None]


def answer(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """Write a whole answer."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def reset(connection: socket.socket) -> None:
    """Break the connection with a reset."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
    connection.close()


@contextmanager
def service(speak: Speak) -> Iterator[str]:
    """Serve raw sockets: grant tokens in order, and let `speak` answer calls of the operation."""

    def handle(connection: socket.socket) -> None:
        asks_for_token = connection.recv(4096, socket.MSG_PEEK).startswith(b"POST /oauth/token")
        read_request(connection)
        if asks_for_token:
            connection.sendall(answer(TOKEN, "Connection: close"))
        else:
            speak(connection)

    with accepting(handle) as address:
        yield f"http://{address}"


def fetch(base: str, account: str, **settings: object) -> tuple[PatsnapError, SpendLog]:
    """Fetch one number; give its error, or the one that ended the run, and what the spend hook heard."""
    chosen = {"patsnap_deadline": 0.5, "patsnap_limit": 10} | CREDENTIALS[account] | settings
    client = Client.from_settings(Settings(patsnap_base_url=base, **chosen), wait_scale=0.001)
    spend_log = SpendLog()
    try:
        failure = client.fetch([NUMBER], spend_hook=spend_log).failed[NUMBER]
    except PatsnapError as caught:
        failure = caught
    finally:
        client.close()
    spend_log.assert_settled()
    assert "canary" not in f"{failure!s} {failure!r} {vars(failure)}"
    return failure, spend_log


def sending(*pieces: bytes, end: Speak = lambda _: None) -> Speak:
    """Send pieces, then end."""

    def speak(connection: socket.socket) -> None:
        for piece in pieces:
            connection.sendall(piece)
        end(connection)

    return speak


def dripping(what: bytes) -> Speak:
    """Send one byte every twentieth of a second."""

    def speak(connection: socket.socket) -> None:
        for byte in what:
            connection.sendall(bytes([byte]))
            time.sleep(0.05)

    return speak


def hanging(connection: socket.socket) -> None:
    """Say nothing more until the client has left."""
    connection.recv(1)


HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n"
PACKED = gzip.compress(GOOD)
ZIPPED = "Content-Encoding: gzip"
BOMB = gzip.compress(b"\0" * 40_000_000)
AMBIGUOUS: list[tuple[str, Speak, type[PatsnapError], str]] = [
    ("F07 reset after the request", reset, NoAnswerError, "broke"),
    ("F08 closed without an answer", lambda connection: connection.close(), NoAnswerError, "broke"),
    ("F09 nothing", hanging, NoAnswerError, "deadline"),
    ("F10 cut", sending(HEAD + GOOD[:50]), NoAnswerError, "broke"),
    ("F11 reset in the body", sending(HEAD + GOOD[:50], end=reset), NoAnswerError, "broke"),
    ("F12 stalled", sending(HEAD + GOOD[:50], end=hanging), NoAnswerError, "deadline"),
    (
        "F13 cut chunks",
        sending(b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"st'),
        NoAnswerError,
        "broke",
    ),
    ("F14 cut without length", sending(b"HTTP/1.1 200 OK\r\n\r\n" + GOOD[:50]), ParseFailureError, "readable"),
    ("F15 cut gzip", sending(answer(PACKED[:-6], ZIPPED)), ParseFailureError, "damaged"),
    (
        "F16 corrupt gzip",
        sending(answer(PACKED[:20] + b"\xff" * 4 + PACKED[24:], ZIPPED)),
        ParseFailureError,
        "damaged",
    ),
    ("F17 bomb", sending(answer(BOMB, ZIPPED)), AnswerTooLargeError, "too large"),
    ("F18 dripping body", dripping(HEAD + b" " * 100), NoAnswerError, "deadline"),
    ("F19 dripping headers", dripping(b"HTTP/1.1 200 OK\r\n" + b"X-Y: z\r\n" * 100), NoAnswerError, "deadline"),
    (
        "F20 2 MB of headers",
        sending(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 2_000_000 + b"\r\n\r\n"),
        ParseFailureError,
        "not readable",
    ),
    ("F20 another protocol", sending(b"SSH-2.0-OpenSSH_9.6\r\n\r\n"), ParseFailureError, "not readable"),
]


@each_account
@pytest.mark.parametrize(("speak", "kind", "words"), [row[1:] for row in AMBIGUOUS], ids=[row[0] for row in AMBIGUOUS])
def test_what_breaks_after_the_request_may_have_been_charged(
    account: str, speak: Speak, kind: type[PatsnapError], words: str
) -> None:
    """One call, uncertain, not repeated by itself."""
    with service(speak) as base:
        failure, spend_log = fetch(base, account)
        assert type(failure) is kind
        assert words in str(failure)
        assert "It may have been charged." in str(failure)
        assert spend_log.states == ["uncertain"]


def closed_port() -> str:
    """Return an address where nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return f"127.0.0.1:{taken.getsockname()[1]}"


@contextmanager
def full_port() -> Iterator[str]:
    """Listen, but accept nothing and have no room for a further connection, as a host that swallows packets."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        port = listener.getsockname()[1]
        fillers = [socket.socket() for _ in range(4)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex(("127.0.0.1", port))
        try:
            yield f"127.0.0.1:{port}"
        finally:
            for filler in fillers:
                filler.close()


@contextmanager
def plain_port() -> Iterator[str]:
    """Accept connections and say nothing, as a plain port to which somebody speaks TLS."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        connections: list[socket.socket] = []

        def serve() -> None:
            while True:
                try:
                    connections.append(listener.accept()[0])
                except OSError:
                    return

        Thread(target=serve, daemon=True).start()
        try:
            yield f"127.0.0.1:{listener.getsockname()[1]}"
        finally:
            for connection in connections:
                connection.close()


@contextmanager
def untrusted_port(folder: Path) -> Iterator[str]:
    """Speak TLS with a certificate that nobody has signed."""
    pair = folder / "pair.pem"
    pair.write_bytes(b"".join(self_signed("127.0.0.1")))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pair)
    with accepting(lambda connection: context.wrap_socket(connection, server_side=True).close()) as address:
        yield address


@contextmanager
def unsent(row: str, folder: Path) -> Iterator[str]:
    """Return the base address of a row in which nothing is sent."""
    if row == "F01 refused":
        yield f"http://{closed_port()}"
    elif row == "F02 unknown host":
        yield "https://patsnap.invalid"
    elif row == "F03 untrusted certificate":
        with untrusted_port(folder) as port:
            yield f"https://{port}"
    elif row == "F04 TLS to a plain port":
        with plain_port() as port:
            yield f"https://{port}"
    else:
        with full_port() as port:
            yield f"http://{port}"


UNSENT: list[tuple[str, type[PatsnapError], int, str]] = [
    ("F01 refused", NotSentError, 4, "cannot be reached"),
    ("F02 unknown host", NotSentError, 4, "could not be resolved"),
    ("F03 untrusted certificate", ConfigurationError, 1, "could not be verified"),
    ("F04 TLS to a plain port", NotSentError, 4, "cannot be reached"),
    ("F05 black hole", NotSentError, 4, "cannot be reached"),
]


@each_account
@pytest.mark.parametrize(("row", "kind", "attempts", "words"), UNSENT, ids=[row[0] for row in UNSENT])
def test_what_was_not_sent_costs_nothing_and_says_what_is_wrong(
    *,
    account: str,
    row: str,
    kind: type[PatsnapError],
    attempts: int,
    words: str,
    tmp_path: Path,
) -> None:
    """The same words under both accounts; without a token no call is made, and the run ends."""
    with unsent(row, tmp_path) as base:
        failure, spend_log = fetch(base, account, patsnap_deadline=0.3)
    assert words in str(failure)
    assert "Nothing was charged." in str(failure)
    if account == "api key":
        assert type(failure) is kind
        assert spend_log.states == ["released"] * attempts
    else:
        assert type(failure) is (TokenUnavailableError if kind is NotSentError else kind)
        assert spend_log.states == []


@each_account
def test_f06_a_proxy_that_refuses_is_named(account: str) -> None:
    """Under both accounts; nothing was charged."""
    refusal = b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
    with service(sending(refusal)) as proxy:
        failure, _ = fetch("https://patsnap.invalid", account, patsnap_proxy=proxy)
        assert type(failure) is ConfigurationError
        assert "proxy refused" in str(failure)
        assert "Nothing was charged." in str(failure)


def test_a_host_that_is_away_counts_as_down_under_client_credentials() -> None:
    """Nothing is sent, and after some look-ups the client says since when."""
    chosen = CREDENTIALS["client credentials"]
    client = Client.from_settings(Settings(patsnap_base_url=f"http://{closed_port()}", **chosen), wait_scale=0.001)
    assert client.condition().down_since is None
    for _ in range(5):
        with pytest.raises(TokenUnavailableError, match="cannot be reached"):
            client.fetch([NUMBER])
    assert client.condition().down_since is not None
    client.close()


MEMBERS: list[tuple[str, bytes]] = [
    ("two", gzip.compress(GOOD[:100]) + gzip.compress(GOOD[100:])),
    ("one for each byte", b"".join(gzip.compress(bytes([byte])) for byte in GOOD)),
    ("empty ones between", gzip.compress(GOOD[:9]) + gzip.compress(b"") * 5 + gzip.compress(GOOD[9:])),
    ("zeros behind", PACKED + b"\0" * 512),
    ("zeros between", gzip.compress(GOOD[:9]) + b"\0" * 3 + gzip.compress(GOOD[9:])),
]


@pytest.mark.parametrize("packed", [row[1] for row in MEMBERS], ids=[row[0] for row in MEMBERS])
@pytest.mark.parametrize("size", [1, 7, 1_000_000])
def test_a_gzip_of_several_members_is_read_whole(packed: bytes, size: int) -> None:
    """RFC 1952 allows members one after the other; wherever the network cuts them."""
    chunks = [packed[start : start + size] for start in range(0, len(packed), size)]
    framed = b"".join(f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n" for chunk in chunks) + b"0\r\n\r\n"
    head = f"HTTP/1.1 200 OK\r\n{ZIPPED}\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
    with service(sending(head + framed)) as base:
        client = Client.from_settings(Settings(patsnap_base_url=base, **CREDENTIALS["api key"]))
        assert client.fetch([NUMBER]).found[NUMBER].documents_held == 1
        client.close()


DAMAGED: list[tuple[str, bytes, type[PatsnapError]]] = [
    ("words behind", PACKED + b"<html>", ParseFailureError),
    ("zeros and words behind", PACKED + b"\0\0x", ParseFailureError),
    ("one byte behind", PACKED + b"\x1f", ParseFailureError),
    ("zlib behind", PACKED + zlib.compress(b" "), ParseFailureError),
    ("second cut", PACKED + gzip.compress(b" " * 100)[:-3], ParseFailureError),
    ("a bomb in members", gzip.compress(b"\0" * 1_000_000) * 12, AnswerTooLargeError),
    ("endless members", gzip.compress(b"") * 10_001, AnswerTooLargeError),
]


@pytest.mark.parametrize(("packed", "kind"), [row[1:] for row in DAMAGED], ids=[row[0] for row in DAMAGED])
def test_what_follows_a_gzip_is_another_member_or_damage(packed: bytes, kind: type[PatsnapError]) -> None:
    """The bounds of size and ratio hold over all members."""
    with service(sending(answer(packed, ZIPPED))) as base:
        failure, spend_log = fetch(base, "api key", patsnap_deadline=5)
        assert type(failure) is kind
        assert spend_log.states == ["uncertain"]
