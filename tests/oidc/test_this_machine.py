"""With an account and without a login the app serves the machine on which it runs, and nobody else."""

import re
import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from tests.browser.entry_scripts import APP, PLAIN_SCRIPT, started
from tests.conftest import App
from tests.oidc.looking_up import in_plain_words, sent
from tests.visiting import drawn, visiting

ACCOUNT = {"PATSNAP_API_KEY": "sk-canary-key-of-the-firm"}
EVERYWHERE = "0.0.0.0"  # noqa: S104 - as Streamlit listens by default
OPEN_PAGE = ("heading", "Usage")


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """An app with an account, started as the README says: it listens at every address of the machine."""
    with started(APP, tmp_path_factory.mktemp("local"), listen=EVERYWHERE, **ACCOUNT) as app:
        yield app


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The plain script with an account."""
    with started(PLAIN_SCRIPT, tmp_path_factory.mktemp("script"), listen=EVERYWHERE, **ACCOUNT) as app:
        yield app


def lan_address() -> str:
    """Return an address of this machine that others on its network use."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # a datagram socket sends nothing by this
        except OSError:
            pytest.skip("this machine has no network")
        address: str = probe.getsockname()[0]
    if address.startswith("127."):
        pytest.skip("this machine has no address but its own")
    return address


def port_of(app: App) -> str:
    """Return the port of an app."""
    return app.url.rpartition(":")[2]


SERVED: dict[str, dict[str, str]] = {
    "by its address": {"Host": "127.0.0.1:{port}"},
    "by its name": {"Host": "localhost:{port}"},
    "in capitals": {"Host": "LOCALHOST:{port}"},
    "by its other address": {"Host": "[::1]:{port}"},
    "by another loopback address": {"Host": "127.9.9.9:{port}"},
    "from its own page": {"Host": "localhost:{port}", "Origin": "http://localhost:{port}"},
    "through a tunnel": {"Host": "localhost:9999", "Origin": "http://localhost:9999"},
}
REFUSED: dict[str, dict[str, str]] = {
    "a foreign name": {"Host": "evil.example"},
    "a foreign name with our port": {"Host": "rebind.evil.example:{port}"},
    "a foreign name and its own page": {"Host": "evil.example:{port}", "Origin": "http://evil.example:{port}"},
    "a name that begins as ours": {"Host": "localhost.evil.example:{port}"},
    "a name with our address": {"Host": "127.0.0.1.evil.example:{port}"},
    "an address of the network": {"Host": "10.0.0.5:{port}"},
    "no name": {"Host": ""},
    "a name that is none": {"Host": "localhost:{port}@evil.example"},
    "a foreign page": {"Host": "localhost:{port}", "Origin": "http://evil.example"},
    "a page of another port": {"Host": "localhost:{port}", "Origin": "http://localhost:9999"},
    "a page without a port": {"Host": "localhost:{port}", "Origin": "http://localhost"},
    "a page of the other name": {"Host": "localhost:{port}", "Origin": "http://127.0.0.1:{port}"},
    "a page of nowhere": {"Host": "localhost:{port}", "Origin": "null"},
    "a file": {"Host": "localhost:{port}", "Origin": "file://"},
    "an extension": {"Host": "localhost:{port}", "Origin": "chrome-extension://abcdefghijklmnop"},
    "through a proxy": {"X-Forwarded-For": "203.0.113.9"},
    "through a proxy that says loopback": {"X-Forwarded-For": "127.0.0.1"},
    "through a proxy, standard": {"Forwarded": "for=203.0.113.9"},
    "by a proxy's name": {"X-Forwarded-Host": "review.example.com"},
    "by a proxy's scheme": {"X-Forwarded-Proto": "https"},
    "in capitals": {"X-FORWARDED-FOR": "203.0.113.9"},
}
NO_ADDRESS = ("", "localhost:{port}@evil.example")
"""Values of Host that no address has, so that no websocket client sends them."""
PATHS = ("/", "/usage", "/documents/x", "/media/x.csv", "/_stcore/host-config", "/_stcore/metrics")


def asked(app: App, headers: dict[str, str], path: str = "/usage") -> httpx.Response:
    """Return the answer to a request from this machine with these headers."""
    sent_headers = {name: value.replace("{port}", port_of(app)) for name, value in headers.items()}
    return httpx.get(app.url + path, headers=sent_headers, trust_env=False)


def visited(app: App, headers: dict[str, str], url: str = "") -> list[tuple[str, str]] | int:
    """Return what a websocket with these headers draws of the Usage page, or the status of its refusal."""
    ready = {name: value.replace("{port}", port_of(app)) for name, value in headers.items()}
    host, origin = ready.pop("Host", None), ready.pop("Origin", None)
    try:
        with visiting(url or app.url, host=host, origin=f"http://{host}" if host and not origin else origin,
                      headers=ready) as tab:  # fmt: skip
            return drawn(tab.open("usage"))
    except InvalidStatus as refused:
        return refused.response.status_code


def visited_page(app: App, headers: dict[str, str], url: str = "") -> list[tuple[str, str]]:
    """Return what a websocket with these headers draws of the Usage page; nothing if it is refused."""
    seen = visited(app, headers, url)
    return seen if isinstance(seen, list) else []


@pytest.mark.parametrize("headers", SERVED.values(), ids=list(SERVED))
def test_this_machine_is_served(local: App, headers: dict[str, str]) -> None:
    """Under every name that it has for itself."""
    assert asked(local, headers).status_code == 200
    assert OPEN_PAGE in visited_page(local, headers)


@pytest.mark.parametrize("headers", REFUSED.values(), ids=list(REFUSED))
def test_all_else_is_refused(local: App, headers: dict[str, str]) -> None:
    """Every path, and the websocket before it opens; the page says why, and what would allow it."""
    for path in PATHS:
        answer = asked(local, headers, path)
        assert (path, answer.status_code) == (path, 403)
        assert 'id="root"' not in answer.text
        assert answer.headers["cache-control"] == "no-store"
    if headers.get("Host") not in NO_ADDRESS:
        assert visited(local, headers) == 403
    assert asked(local, headers, "/_stcore/health").status_code == 200


def test_the_network_is_refused(local: App) -> None:
    """By the address of this machine on its network, whatever Host says."""
    url = f"http://{lan_address()}:{port_of(local)}"
    for host in (None, f"localhost:{port_of(local)}", f"127.0.0.1:{port_of(local)}"):
        headers = {"Host": host} if host else {}
        answer = httpx.get(f"{url}/usage", headers=headers, trust_env=False)
        assert answer.status_code == 403
        assert "REVIEW_SERVE" in answer.text
        assert visited(local, headers, url) == 403


def test_the_start_message_names_no_address_of_the_network(local: App) -> None:
    """Which would not answer."""
    addresses = re.findall(r"https?://(\S+?)(?::\d+)?\s", local.log.read_text())
    assert addresses
    assert set(addresses) <= {"localhost", "127.0.0.1"}


@pytest.mark.slow
def test_a_plain_script_refuses_the_same_in_its_guard(script: App) -> None:
    """Streamlit opens the websocket; the page behind it says why it shows nothing."""
    assert OPEN_PAGE in visited_page(script, SERVED["by its address"])
    for way, headers in REFUSED.items():
        if headers.get("Host") in NO_ADDRESS:
            continue
        assert OPEN_PAGE not in (visited_page(script, headers)), way
    url = f"http://{lan_address()}:{port_of(script)}"
    seen = visited_page(script, {}, url)
    assert OPEN_PAGE not in seen
    assert "REVIEW_SERVE" in str(seen).replace("\\", "")


def test_the_network_is_served_where_a_setting_says_so(tmp_path: Path) -> None:
    """And the page repeats it; a foreign name is refused all the same, unless it is listed."""
    with started(
        APP,
        tmp_path,
        listen=EVERYWHERE,
        REVIEW_SERVE="network",
        REVIEW_HOSTS="Review.Example",
        **ACCOUNT,
    ) as app:
        for url in (app.url, f"http://{lan_address()}:{port_of(app)}"):
            assert httpx.get(f"{url}/usage", trust_env=False).status_code == 200
            with visiting(url) as tab:
                words = drawn(tab.open("usage"))
                assert OPEN_PAGE in words
                assert b"REVIEW_SERVE=network" in in_plain_words(sent(tab.messages))
        assert asked(app, {"Host": "review.example", "X-Forwarded-For": "203.0.113.9"}).status_code == 200
        for way in ("a foreign name", "a foreign page", "a page of another port", "a foreign name and its own page"):
            assert asked(app, REFUSED[way]).status_code == 403
            assert visited(app, REFUSED[way]) == 403


@pytest.mark.slow
def test_the_sandbox_without_an_account_is_open(tmp_path: Path) -> None:
    """There is nothing to spend and nothing confidential: it may be shown around."""
    with started(APP, tmp_path, listen=EVERYWHERE) as app:
        url = f"http://{lan_address()}:{port_of(app)}"
        assert httpx.get(f"{url}/usage", trust_env=False).status_code == 200
        assert OPEN_PAGE in visited_page(app, {}, url)
