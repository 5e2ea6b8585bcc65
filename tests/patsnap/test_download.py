"""Fetching one PDF: what is refused, where a connection may go, and what is said about it."""

import datetime as dt
import gzip
import ipaddress
import logging
import socket
import ssl
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from components.patsnap import Downloader, NotDownloaded, transport
from components.patsnap.download import MAX_BYTES, is_public, system_addresses
from tests.documents.paper_server import PDF, PaperServer, paper_server, write_slowly

CANARY = "?sign=q-signature%3Dcanary-signature"
PUBLIC = "93.184.215.14"


@pytest.fixture
def server() -> Iterator[PaperServer]:
    """The storage behind the links."""
    with paper_server() as running:
        yield running


@pytest.fixture
def get(server: PaperServer) -> Iterator[Callable[[str], bytes]]:
    """Fetch from the server as a settings-named origin."""
    downloader = Downloader([server.url], deadline=10)
    yield downloader.get
    downloader.close()


def fault_of(get: Callable[[str], bytes], url: str) -> str:
    """The fault of a download, none of whose traces holds the address."""
    with pytest.raises(NotDownloaded) as caught:
        get(url + CANARY)
    shown = "".join(traceback.format_exception(caught.value)) + repr(caught.value)
    assert "canary" not in shown
    assert "127.0.0.1" not in str(caught.value)
    return caught.value.fault


# What may come


def test_a_pdf_is_given_as_it_is(server: PaperServer, get: Callable[[str], bytes]) -> None:
    """Byte for byte; nothing of this app or its user is told to the storage."""
    assert get(server.give("/a.pdf") + CANARY) == PDF
    sent = {name.lower() for name in server.headers[0]}
    assert sent <= {"host", "accept", "accept-encoding", "connection", "user-agent"}


@pytest.mark.parametrize(("before", "allowed"), [(0, True), (1019, True), (1020, False)])
def test_the_magic_stands_within_the_first_kilobyte(
    server: PaperServer, get: Callable[[str], bytes], before: int, allowed: bool
) -> None:
    """Some bytes before it are common; a page that mentions it far below is none."""
    url = server.give("/a.pdf", b"." * before + b"%PDF-1.4 rest")
    if allowed:
        assert get(url).endswith(b"rest")
    else:
        assert fault_of(get, url) == "no pdf"


@pytest.mark.parametrize(
    ("status", "fault"),
    [(204, "status"), (206, "status"), (301, "redirect"), (302, "redirect"), (307, "redirect"), (308, "redirect"),
     (304, "redirect"), (400, "refused"), (401, "refused"), (403, "refused"), (404, "gone"), (410, "gone"),
     (418, "status"), (429, "status"), (500, "status"), (503, "status")],
)  # fmt: skip
def test_only_a_200_is_taken(server: PaperServer, get: Callable[[str], bytes], status: int, fault: str) -> None:
    """Even if what comes with another status is a PDF."""
    server.give("/metadata")
    url = server.give("/a.pdf", b"" if status in {204, 304} else PDF, status=status, Location=server.url + "/metadata")
    assert fault_of(get, url) == fault
    assert "/metadata" not in server.asked


@pytest.mark.parametrize("body", [b"", b"<!doctype html><title>Sign in</title>", b"\x00" * 4096, b"%PDX-1.7"])
def test_what_is_no_pdf_is_refused(server: PaperServer, get: Callable[[str], bytes], body: bytes) -> None:
    """A login page with status 200 is not shown for a document."""
    assert fault_of(get, server.give("/a.pdf", body)) == "no pdf"


def test_fifty_megabytes_are_enough(server: PaperServer, get: Callable[[str], bytes]) -> None:
    """One byte more is refused, told in advance or not."""
    whole = PDF + b"." * (MAX_BYTES - len(PDF))
    assert len(get(server.give("/a.pdf", whole))) == MAX_BYTES
    assert fault_of(get, server.give("/b.pdf", whole + b".")) == "too large"

    def untold(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(whole + b".")
        handler.close_connection = True

    assert fault_of(get, server.let("/c.pdf", untold)) == "too large"


def test_a_compressed_bomb_is_not_unpacked(server: PaperServer, get: Callable[[str], bytes]) -> None:
    """Compression was not asked for; what unpacks to more than it may is refused half-way."""
    bomb = gzip.compress(PDF + b"\x00" * (200 * 1024 * 1024))
    assert fault_of(get, server.give("/a.pdf", bomb, Content_Encoding="gzip")) == "too large"
    assert get(server.give("/b.pdf", gzip.compress(PDF), Content_Encoding="gzip")) == PDF
    assert fault_of(get, server.give("/c.pdf", gzip.compress(PDF)[:-9], Content_Encoding="gzip")) == "broken"
    assert fault_of(get, server.give("/d.pdf", b"\x0b\x02\x80packed otherwise\x03", Content_Encoding="br")) == "no pdf"


def test_a_body_shorter_than_told_is_broken(server: PaperServer, get: Callable[[str], bytes]) -> None:
    """Half a document is not given for a whole one; it is asked for once more."""

    def short(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(PDF) + 100))
        handler.end_headers()
        handler.wfile.write(PDF)
        handler.close_connection = True

    assert fault_of(get, server.let("/a.pdf", short)) == "broken"
    assert server.asked == ["/a.pdf", "/a.pdf"]


def test_a_passing_fault_is_asked_once_more(server: PaperServer, get: Callable[[str], bytes]) -> None:
    """The storage is busy for a moment."""
    server.give("/good.pdf")

    def busy_once(handler: BaseHTTPRequestHandler) -> None:
        first = server.asked.count("/a.pdf") == 1
        handler.send_response(503 if first else 200)
        handler.send_header("Content-Length", "0" if first else str(len(PDF)))
        handler.end_headers()
        handler.wfile.write(b"" if first else PDF)

    assert get(server.let("/a.pdf", busy_once)) == PDF


@pytest.mark.parametrize("part", ["body", "headers"])
def test_a_dripping_server_ends_at_the_deadline(server: PaperServer, part: str) -> None:
    """Each byte comes in time, the whole never does."""
    downloader = Downloader([server.url], deadline=0.6)

    def drip(handler: BaseHTTPRequestHandler) -> None:
        if part == "headers":
            write_slowly(handler.wfile, b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 10_000, pause=0.05)
            return
        handler.send_response(200)
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        write_slowly(handler.wfile, PDF * 50, pause=0.05)

    assert fault_of(downloader.get, server.let("/a.pdf", drip)) == "late"
    downloader.close()


# Where a connection may go


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "127.255.255.254", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254",
     str(ipaddress.IPv4Address(0)), "100.64.0.1", "192.0.0.1", "192.0.2.1", "198.18.0.1", "203.0.113.1", "224.0.0.1",
     "240.0.0.1", "255.255.255.255", "::",
     "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1",
     "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::1", "2001::1", "2001:db8::1",
     "fc00::1", "fd00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "100::1", "4000::1",
     "2606:2800:21f:cb07::1%eth0", "0x7f.1", "2130706433", "0177.0.0.1", "127.1", "localhost", "open.patsnap.com", ""],
)  # fmt: skip
def test_no_inner_address_is_public(address: str) -> None:
    """This machine, its networks, what stands for them in IPv6, and whatever is no address in its usual form."""
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", [PUBLIC, "8.8.8.8", "::ffff:8.8.8.8", "64:ff9b::808:808", "2606:2800:21f:cb07::1", "2002:808:808::1"]
)
def test_addresses_of_the_public_internet_are(address: str) -> None:
    """IPv4, IPv6, and IPv6 that stands for public IPv4."""
    assert is_public(address)


@pytest.mark.parametrize(
    "addresses",
    [["127.0.0.1"], ["::1"], ["::ffff:127.0.0.1"], ["10.1.2.3"], ["169.254.169.254"], ["fd00::1"], ["0x7f.1"],
     ["2130706433"], [PUBLIC, "10.0.0.1"], ["127.0.0.1", PUBLIC]],
)  # fmt: skip
def test_a_name_that_leads_inside_is_not_followed(monkeypatch: pytest.MonkeyPatch, addresses: list[str]) -> None:
    """No connection is made, not even to the public ones among them."""
    connected: list[object] = []
    monkeypatch.setattr(socket, "create_connection", lambda *to, **_: connected.append(to))
    downloader = Downloader(deadline=5, resolve=lambda _host, _port: addresses)
    assert fault_of(downloader.get, "https://open.patsnap.com/a.pdf") == "inside"
    assert connected == []


def test_plain_http_is_for_named_loopback_origins_only(server: PaperServer) -> None:
    """Neither another port nor another name of this machine, and no other host, whatever is called plain."""
    url = server.give("/a.pdf")
    port = int(url.split(":")[2].split("/")[0])
    named = Downloader([server.url, "http://10.0.0.1:80", "http://localhost:1"], deadline=5)
    assert named.get(url) == PDF
    unnamed = Downloader([f"http://127.0.0.1:{port + 1}"], deadline=5)
    assert fault_of(unnamed.get, url) == "inside"
    for other in (f"http://localhost:{port}/a.pdf", "http://10.0.0.1:80/a.pdf", f"http://127.1:{port}/a.pdf",
                  f"http://2130706433:{port}/a.pdf", "http://open.patsnap.com/a.pdf", "file:///etc/passwd",
                  f"https://127.0.0.1:{port}/a.pdf"):  # fmt: skip
        assert fault_of(named.get, other) == "inside"
    assert server.asked == ["/a.pdf"]


def test_a_name_that_leads_nowhere_says_so() -> None:
    """Neither an empty answer nor a resolver's error is a fault of the document."""

    def failing(_host: str, _port: int) -> Sequence[str]:
        raise socket.gaierror(-2, "Name or service not known")

    for resolve in (failing, lambda _host, _port: []):
        assert fault_of(Downloader(deadline=1, resolve=resolve).get, "https://open.patsnap.com/a.pdf") == "dns"


def test_a_resolver_that_does_not_answer_ends_at_the_deadline() -> None:
    """The system's own knows no end."""
    forever = threading.Event()
    downloader = Downloader(deadline=0.5, resolve=lambda _host, _port: [str(forever.wait(30))])
    assert fault_of(downloader.get, "https://open.patsnap.com/a.pdf") == "dns"
    forever.set()


def test_the_system_is_asked_for_the_addresses() -> None:
    """Without a resolver of one's own; a literal comes back as it is."""
    assert system_addresses("127.0.0.1", 80) == ["127.0.0.1"]


class Storage:
    """A TLS server that bears the name open.patsnap.com, at an address that only looks public."""

    def __init__(self, folder: Path, name: str) -> None:
        key, certificate = self_signed(name)
        file = folder / f"{name}.pem"
        file.write_bytes(key + certificate)
        self.certificate = certificate.decode()
        self.names: list[str | None] = []
        self.requests: list[bytes] = []
        self.connected: list[str] = []
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        context.sni_callback = lambda _socket, name, _context: self.names.append(name)
        self._listener = context.wrap_socket(socket.create_server(("127.0.0.1", 0)), server_side=True)
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                wire, _ = self._listener.accept()
            except ssl.SSLError:
                continue
            except OSError:
                return
            with wire:
                self.requests.append(wire.recv(65536))
                wire.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(PDF) + PDF)

    def close(self) -> None:
        """Free the port."""
        self._listener.close()


def self_signed(name: str) -> tuple[bytes, bytes]:
    """Make a key and a certificate that nobody else has signed, both as PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private, made.public_bytes(serialization.Encoding.PEM)


@pytest.fixture
def storage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Storage]]:
    """Make such a server; whatever is connected to at a public address arrives there, and is noted."""
    made: list[Storage] = []
    connect = socket.create_connection

    def make(name: str = "open.patsnap.com") -> Storage:
        storage_server = Storage(tmp_path, name)
        made.append(storage_server)

        def diverted(address: tuple[str, int], *more: object, **named: object) -> socket.socket:
            assert address[1] == 443
            storage_server.connected.append(address[0])
            if address[0] == "2606:2800:21f:cb07::1":
                raise OSError(101, "Network is unreachable")
            return connect(("127.0.0.1", storage_server.port), *more, **named)

        monkeypatch.setattr(socket, "create_connection", diverted)
        trusting = ssl.create_default_context(cadata=storage_server.certificate)
        monkeypatch.setattr(transport, "_ssl_context", lambda _ca_file: trusting)
        return storage_server

    yield make
    for storage_server in made:
        storage_server.close()


def test_the_connection_goes_to_the_vetted_address_under_the_name(storage: Callable[..., Storage]) -> None:
    """Resolved once; a rebinding answer that comes second is never asked for. SNI and Host bear the name."""
    there = storage()
    answers = iter([[PUBLIC], ["127.0.0.1"], ["169.254.169.254"]])
    downloader = Downloader(deadline=10, resolve=lambda _host, _port: next(answers))
    assert downloader.get("https://open.patsnap.com/a.pdf" + CANARY) == PDF
    assert there.connected == [PUBLIC]
    assert there.names == ["open.patsnap.com"]
    assert b"\r\nhost: open.patsnap.com\r\n" in there.requests[0].lower()
    assert next(answers) == ["127.0.0.1"]


def test_the_next_vetted_address_is_tried(storage: Callable[..., Storage]) -> None:
    """A machine without IPv6 reaches a host that has both."""
    there = storage()
    downloader = Downloader(deadline=10, resolve=lambda _host, _port: ["2606:2800:21f:cb07::1", PUBLIC])
    assert downloader.get("https://open.patsnap.com/a.pdf") == PDF
    assert there.connected == ["2606:2800:21f:cb07::1", PUBLIC]


def test_a_server_of_another_name_is_not_trusted(storage: Callable[..., Storage]) -> None:
    """Its certificate is good, for somebody else."""
    there = storage("evil.example")
    downloader = Downloader(deadline=10, resolve=lambda _host, _port: [PUBLIC])
    assert fault_of(downloader.get, "https://open.patsnap.com/a.pdf") == "tls"
    assert there.requests == []


def test_a_proxy_of_the_environment_is_not_used(server: PaperServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would connect wherever it likes."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    downloader = Downloader([server.url], deadline=5)
    assert downloader.get(server.give("/a.pdf")) == PDF
    downloader.close()


# What is said


@pytest.mark.parametrize("status", [200, 302, 403, 404, 500])
def test_nothing_is_logged(
    server: PaperServer, get: Callable[[str], bytes], caplog: pytest.LogCaptureFixture, status: int
) -> None:
    """At the loudest level neither the address nor its signature is in any record."""
    caplog.set_level(logging.DEBUG)
    url = server.give("/a.pdf", status=status) + CANARY
    if status == 200:
        get(url)
    else:
        with pytest.raises(NotDownloaded):
            get(url)
    assert "canary" not in caplog.text
    assert "/a.pdf" not in caplog.text


def test_each_fault_says_what_to_do(server: PaperServer, get: Callable[[str], bytes]) -> None:
    """The words of the three that readers meet most."""
    for status, words in ((403, "refresh the file history"), (302, "not followed"), (500, "try again")):
        with pytest.raises(NotDownloaded, match=words):
            get(server.give("/a.pdf", status=status))
