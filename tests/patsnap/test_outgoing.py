"""The proxy and the root certificates of the settings: a real proxy, real TLS, and nothing of the environment."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from pydantic import ValidationError

from components.outgoing import OutgoingConnections, Proxy
from components.patsnap import ConfigurationError, Downloader, NotDownloaded, NotSentError
from components.settings import Settings
from tests.documents.paper_server import PDF, PaperServer, paper_server
from tests.patsnap.proxied import Authority, TunnelProxy, tls_in_front_of, tunnel_proxy
from tests.patsnap.service import Reply, document, entry, envelope, scripted
from tests.patsnap.test_wire import accepting, raw
from tests.patsnap.watched_client import ACCOUNTS, WatchedClient, watched_client

NUMBER = "US11205304B2"
GOOD = Reply(envelope(entry(NUMBER, [document(1)])))
SERVICE = "patsnap.test"
PAPERS = "open.patsnap.com"
PASSWORD = "Basic YW5uOmNhbmFyeS9wJHNz"
"""`ann:canary/p$ss` in Base64, by the `base64` command."""
Behind = Callable[..., WatchedClient]


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    """The firm's own."""
    return Authority(tmp_path)


@pytest.fixture
def behind(authority: Authority) -> Iterator[Behind]:
    """Give a client that reaches PatSnap through a proxy alone; its other settings can be chosen."""
    with ExitStack() as stack:

        def make(proxy_url: str, name: str = SERVICE, **settings: object) -> WatchedClient:
            chosen = {"patsnap_ca_file": authority.file, "patsnap_base_url": f"https://{name}"} | settings
            return stack.enter_context(watched_client(scripted(GOOD), patsnap_proxy=proxy_url, **chosen))

        yield make


# Calls to PatSnap


@pytest.mark.parametrize("account", ACCOUNTS)
def test_a_look_up_goes_through_the_proxy(behind: Behind, authority: Authority, account: str) -> None:
    """By the host's name, with the proxy's password, which PatSnap never hears; the proxy hears no key."""
    with ExitStack() as stack:
        targets: dict[str, str] = {}
        proxy = stack.enter_context(tunnel_proxy(targets, authorization=PASSWORD))
        watched = behind(f"http://ann:canary%2Fp$ss@{proxy.address}", account=account)
        plain = watched.server.base.removeprefix("http://")
        front = stack.enter_context(tls_in_front_of(plain, authority.server_context(SERVICE)))
        targets[f"{SERVICE}:443"] = front
        assert watched.fetch(NUMBER).answer.found
        assert set(proxy.targets) == {f"{SERVICE}:443"}
        assert all(head.count(b"\r\n") == 4 for head in proxy.heads)
        assert all("Proxy-Authorization" not in call.headers for call in watched.server.calls)
        assert watched.spend_log.states == ["billed"]


def test_a_proxy_may_be_spoken_to_by_tls(behind: Behind, authority: Authority) -> None:
    """It proves its own name by the same roots."""
    with ExitStack() as stack:
        targets: dict[str, str] = {}
        proxy = stack.enter_context(tunnel_proxy(targets, context=authority.server_context("localhost")))
        watched = behind(f"https://localhost:{proxy.address.split(':')[1]}")
        plain = watched.server.base.removeprefix("http://")
        targets[f"{SERVICE}:443"] = stack.enter_context(tls_in_front_of(plain, authority.server_context(SERVICE)))
        assert watched.fetch(NUMBER).answer.found


@pytest.mark.parametrize("case", ["another name", "another authority", "the usual roots"])
def test_who_cannot_prove_its_name_is_sent_nothing(
    behind: Behind, authority: Authority, tmp_path: Path, case: str
) -> None:
    """The root certificates of the setting are trusted in place of the usual ones, for the right name alone."""
    signer = Authority(tmp_path, "Somebody's Root") if case == "another authority" else authority
    settings = {"patsnap_ca_file": None} if case == "the usual roots" else {}
    with ExitStack() as stack:
        targets: dict[str, str] = {}
        proxy = stack.enter_context(tunnel_proxy(targets))
        watched = behind(f"http://{proxy.address}", **settings)
        context = signer.server_context("evil.test" if case == "another name" else SERVICE)
        plain = watched.server.base.removeprefix("http://")
        targets[f"{SERVICE}:443"] = stack.enter_context(tls_in_front_of(plain, context))
        watched.fetch(NUMBER)
        assert "could not be verified" in str(watched.error)
        assert watched.server.calls == []
        assert watched.spend_log.states == ["released"]


@pytest.mark.parametrize("user", ["", "ann:canary-wrong@"])
def test_a_refusing_proxy_is_named(behind: Behind, user: str) -> None:
    """Nothing was sent, nothing charged; the password stands in no message, log or repr."""
    with tunnel_proxy({}, authorization=PASSWORD) as proxy:
        watched = behind(f"http://{user}{proxy.address}").fetch(NUMBER)
        assert type(watched.error) is ConfigurationError
        assert "proxy refused" in str(watched.error)
        assert watched.spend_log.states == ["released"]


def _hang(connection: socket.socket) -> None:
    connection.recv(1)


@pytest.mark.parametrize(
    "speak",
    [
        lambda _: None,
        lambda connection: connection.sendall(b"HTTP/1.1 200 OK\r\n"),
        lambda connection: connection.sendall(b"SSH-2.0-canary\r\n\r\n"),
        lambda connection: connection.sendall(b"HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\n\r\n{}"),
        lambda connection: connection.sendall(b"HTTP/1.1 200 OK\r\n" + b"X-Y: canary\r\n" * 100_000),
        lambda connection: connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n"),
        _hang,
    ],
    ids=["ends", "ends half-way", "another protocol", "speaks first", "endless", "tunnel that ends", "silent"],
)
def test_a_proxy_that_fails_has_cost_nothing(behind: Behind, speak: Callable[[socket.socket], None]) -> None:
    """Before the tunnel stands nothing has been sent to PatSnap: no charge is in doubt, whatever the proxy does."""
    with raw(speak) as proxy:
        watched = behind(proxy, patsnap_deadline=0.4).fetch(NUMBER)
        assert type(watched.error) is NotSentError
        assert set(watched.spend_log.states) == {"released"}


def test_a_proxy_of_the_environment_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither for PatSnap nor for PDFs: what is not set in this app's settings does not steer it."""
    asked: list[socket.socket] = []
    with accepting(asked.append) as address:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, f"http://{address}")
        with watched_client(scripted(GOOD), patsnap_base_url="https://patsnap.invalid") as watched:
            assert "could not be resolved" in str(watched.fetch(NUMBER).error)
        downloader = Downloader(deadline=5, resolve=lambda _host, _port: [])
        assert fault_of(downloader, f"https://{PAPERS}/a.pdf") == "dns"
    assert asked == []


def test_this_machine_is_asked_without_the_proxy() -> None:
    """The sandbox is never far."""
    with tunnel_proxy({}) as proxy, watched_client(scripted(GOOD), patsnap_proxy=f"http://{proxy.address}") as watched:
        assert watched.fetch(NUMBER).answer.found
    assert proxy.heads == []


# PDFs


def fault_of(downloader: Downloader, url: str) -> str:
    """The fault of a download whose message holds no secret."""
    with pytest.raises(NotDownloaded) as caught:
        downloader.get(url)
    assert "canary" not in f"{caught.value} {caught.value!r}"
    downloader.close()
    return caught.value.fault


@pytest.fixture
def papers(authority: Authority) -> Iterator[tuple[PaperServer, TunnelProxy, Callable[..., Downloader]]]:
    """The storage behind the links, which only a proxy finds; what finds out addresses here can be chosen."""
    with (
        paper_server() as storage,
        tls_in_front_of(storage.url.removeprefix("http://"), authority.server_context(PAPERS)) as front,
        tunnel_proxy({f"{PAPERS}:443": front, "evil.test:443": front}, authorization=PASSWORD) as proxy,
    ):

        def through(addresses: list[str], user: str = "ann:canary%2Fp$ss") -> Downloader:
            address = Proxy.parse(f"http://{user}@{proxy.address}")
            outgoing = OutgoingConnections(proxy=address, ca_file=authority.file)
            return Downloader(deadline=5, resolve=lambda _host, _port: addresses, outgoing=outgoing)

        yield storage, proxy, through


Papers = tuple[PaperServer, TunnelProxy, Callable[..., Downloader]]


@pytest.mark.parametrize("addresses", [[], ["93.184.215.14"]], ids=["found by the proxy alone", "found here, too"])
def test_a_pdf_comes_through_the_proxy(papers: Papers, addresses: list[str]) -> None:
    """Under the host's name, which its certificate proves; the storage hears nothing of the proxy's password."""
    storage, proxy, through = papers
    path = storage.give("/a.pdf").removeprefix(storage.url)
    downloader = through(addresses)
    assert downloader.get(f"https://{PAPERS}{path}") == PDF
    downloader.close()
    assert proxy.targets == [f"{PAPERS}:443"]
    assert "proxy-authorization" not in {name.lower() for name in storage.headers[0]}


@pytest.mark.parametrize("addresses", [["127.0.0.1"], ["10.0.0.1"], ["fd00::1"], ["93.184.215.14", "169.254.169.254"]])
def test_a_name_that_leads_inside_is_not_asked_of_the_proxy(papers: Papers, addresses: list[str]) -> None:
    """As far as this machine can tell."""
    _, proxy, through = papers
    assert fault_of(through(addresses), f"https://{PAPERS}/a.pdf") == "inside"
    assert proxy.heads == []


def test_an_inner_address_is_not_asked_of_the_proxy(authority: Authority) -> None:
    """Written as one, in any way, it needs no resolver to be seen."""
    with tunnel_proxy({}) as proxy:
        outgoing = OutgoingConnections(proxy=Proxy.parse(f"http://{proxy.address}"), ca_file=authority.file)
        for host in ("127.0.0.1", "10.0.0.1", "[::1]", "localhost", "127.1", "2130706433", "[::ffff:10.0.0.1]"):
            assert fault_of(Downloader(deadline=5, outgoing=outgoing), f"https://{host}/a.pdf") == "inside"
    assert proxy.heads == []


def test_wherever_the_proxy_leads_the_name_is_checked(papers: Papers) -> None:
    """Before the signed address is told to anybody."""
    storage, _, through = papers
    assert fault_of(through([]), "https://evil.test/a.pdf?sign=canary") == "tls"
    assert storage.asked == []


def test_a_proxy_that_refuses_a_pdf_is_named(papers: Papers) -> None:
    """For a wrong password as for a host that it does not open."""
    _, _, through = papers
    assert fault_of(through([], "ann:canary-wrong"), f"https://{PAPERS}/a.pdf") == "proxy"
    assert fault_of(through([]), "https://other.test/a.pdf") == "proxy"


def test_a_resolver_that_hangs_does_not_stop_the_proxy(papers: Papers, authority: Authority) -> None:
    """Behind a proxy, foreign names are often answered by nobody."""
    storage, proxy, _ = papers
    forever = threading.Event()
    outgoing = OutgoingConnections(
        proxy=Proxy.parse(f"http://ann:canary%2Fp$ss@{proxy.address}"), ca_file=authority.file
    )
    downloader = Downloader(deadline=10, resolve=lambda _host, _port: [str(forever.wait(30))], outgoing=outgoing)
    assert downloader.get(f"https://{PAPERS}" + storage.give("/a.pdf").removeprefix(storage.url)) == PDF
    forever.set()
    downloader.close()


# The settings


@pytest.mark.parametrize(
    ("text", "host", "port", "authorization"),
    [("http://proxy.example:3128", "proxy.example", 3128, ""), ("https://proxy.example/", "proxy.example", 443, ""),
     ("http://proxy.example", "proxy.example", 80, ""), ("http://[2001:db8::1]:3128", "2001:db8::1", 3128, ""),
     ("http://ann:canary%2Fp$ss@proxy:3128", "proxy", 3128, PASSWORD),
     ("http://ann:p@ss@proxy:3128", "proxy", 3128, "Basic YW5uOnBAc3M=")],
)  # fmt: skip
def test_the_address_of_a_proxy_is_understood(text: str, host: str, port: int, authorization: str) -> None:
    """With and without port and password; the usual ports are 80 and 443."""
    proxy = Proxy.parse(text)
    assert (proxy.host, proxy.port, proxy.authorization) == (host, port, authorization)
    if authorization:
        assert authorization.removeprefix("Basic ") not in repr(proxy)


@pytest.mark.parametrize(
    "text",
    ["proxy.example:3128", "socks5://ann:canary@proxy:1080", "http://", "http://ann:can#ary@proxy:3128",
     "http://proxy:canary", "http://proxy:3128/canary", "http://proxy:3128?canary", "http://pro xy:3128", "canary"],
)  # fmt: skip
def test_what_names_no_proxy_is_refused_without_being_shown(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may hold a password."""
    monkeypatch.setenv("PATSNAP_PROXY", text)
    with pytest.raises(ValidationError, match="PATSNAP_PROXY is the address of a proxy") as caught:
        Settings()
    assert "canary" not in f"{caught.value} {caught.value!r}"


def test_without_a_proxy_connections_are_direct(monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty setting is none."""
    monkeypatch.setenv("PATSNAP_PROXY", "")
    monkeypatch.setenv("PATSNAP_CA_FILE", "")
    assert Settings().outgoing == OutgoingConnections()


@pytest.mark.parametrize("content", [None, b"", b"no certificate"])
def test_a_file_without_root_certificates_is_refused(tmp_path: Path, content: bytes | None) -> None:
    """When the app starts, not at the first look-up."""
    file = tmp_path / "roots.pem"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ValidationError, match="PATSNAP_CA_FILE must name a PEM file"):
        Settings(patsnap_ca_file=file)
