"""No secret leaves: looked for in all that the app sends, writes, keeps and shows of itself, at its most talkative.

The secrets are the API key, the client's and the cookie's secret of the login, the password of a proxy, and the
signatures of the service's links, which the table of links alone may hold. A real service is asked through a real
proxy, answers well and badly, and two people look at every page and take files away.
"""

import base64
import io
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.conftest import Service, ServiceStarter
from tests.oidc.apps import GuardedApp, app_with_login
from tests.oidc.looking_up import document_path, links_to_files, look_up, sent, type_numbers
from tests.oidc.provider import Provider
from tests.oidc.raw_client import logged_in
from tests.patsnap.proxied import Authority, tls_in_front_of, tunnel_proxy
from tests.visiting import Visit
from tests.waiting import until

PATSNAP = "patsnap.test"
API_KEY = "sk-canary-of-the-account"
PASSWORD = "canary-of-the-proxy"
SECRETS = {
    "API key": API_KEY,
    "password of the proxy": PASSWORD,
    "password of the proxy in base64": base64.b64encode(f"firm:{PASSWORD}".encode()).decode(),
    "cookie secret": "a cookie secret of the tests",
}
FAULTS = ("67200004", "67200005", "68300004", "68300007", "401", "500")
"""Codes and HTTP statuses with which calls are refused, one after the other."""
_LOG_ALL = "import logging; logging.basicConfig(level=logging.DEBUG)"
Parts = dict[str, bytes]


@dataclass(frozen=True)
class Seen:
    """All that could be seen of an app, by where, and what stands in the signed link of one document."""

    parts: Parts
    signature: str


@pytest.fixture(scope="module")
def service(start_service: ServiceStarter) -> Service:
    """A service whose links lead to the name under which the app knows it."""
    return start_service(auth="api_key", synthetic=100, synthetic_documents=6, link_base=f"https://{PATSNAP}")


@pytest.fixture(scope="module")
def talkative(tmp_path_factory: pytest.TempPathFactory, provider: Provider, service: Service) -> Iterator[GuardedApp]:
    """An app that logs all it can, and reaches the service through a proxy that wants a password."""
    folder = tmp_path_factory.mktemp("talkative")
    authority = Authority(tmp_path_factory.mktemp("authority"))
    (talk := tmp_path_factory.mktemp("talk")).joinpath("sitecustomize.py").write_text(_LOG_ALL)
    with ExitStack() as running:
        plain = service.url.removeprefix("http://")
        front = running.enter_context(tls_in_front_of(plain, authority.server_context(PATSNAP)))
        password = f"Basic {SECRETS['password of the proxy in base64']}"
        proxy = running.enter_context(tunnel_proxy({f"{PATSNAP}:443": front}, authorization=password))
        app = app_with_login(
            provider, folder, PATSNAP_API_KEY=API_KEY, PATSNAP_BASE_URL=f"https://{PATSNAP}",
            PATSNAP_PDF_ORIGINS=f"https://{PATSNAP}", PATSNAP_CA_FILE=str(authority.file),
            PATSNAP_PROXY=f"http://firm:{PASSWORD}@{proxy.address}", STREAMLIT_LOGGER_LEVEL="debug",
            PYTHONPATH=str(talk),
        )  # fmt: skip
        yield running.enter_context(app)


@pytest.fixture(scope="module")
def seen(talkative: GuardedApp, service: Service) -> Seen:
    """Answers, messages, files, the log, the store and the command line of an app that two people have used."""
    parts: Parts = {}
    with logged_in(talkative, "ann") as ann, logged_in(talkative, "bob") as bob:
        with ann.visit() as tab:
            look_up(tab, "US9900001B2")
            path = document_path(tab)
            signature = re.findall(r"q-signature(?:=|%3D)([0-9a-f]{32,})", ann.get(path).headers["location"])[0]
            for ending, kind in (
                ("/view", "application/pdf"),
                ("/pages/1", "image/png"),
                ("/download", "application/pdf"),
            ):
                answer = ann.get(path + ending)
                assert answer.headers["content-type"] == kind
                parts[f"document{ending}"] = answer.content + str(answer.headers).encode()
            for label, address in links_to_files(tab.messages).items():
                answer = ann.get(address)
                assert answer.status_code == 200
                parts[f"file {label}"] = unpacked(answer.content) + str(answer.headers).encode()
            for position, code in enumerate(FAULTS, start=2):
                service.switch(inject=f"{code}:*")
                fail_to_look_up(tab, f"US99{position:05}B2")
            service.switch(inject="")
            parts["messages to who spends"] = sent(tab.messages)
        for page in ("", "usage", "portfolio", "glossary"):
            parts[f"{page or 'review'} of Ann"] = sent(ann.page(page, "patents=US9900001B2"))
            parts[f"{page or 'review'} of Bob"] = sent(bob.page(page, "patents=US9900001B2"))
        for place in ("/", "/_stcore/metrics", "/_stcore/host-config", "/documents/none", "/nowhere", "/login"):
            answer = ann.get(place)
            parts[f"answer {place}"] = answer.content + str(answer.headers).encode()
    parts["log"] = talkative.app.log.read_bytes()
    parts["command line"] = Path(f"/proc/{talkative.app.pid}/cmdline").read_bytes()
    for file in talkative.app.store.parent.iterdir():
        parts[f"store {file.name}"] = file.read_bytes()
    return Seen(parts, signature)


def fail_to_look_up(tab: Visit, number: str) -> None:
    """Ask for a number of a service that refuses, until the page says that it failed."""
    tab.click(type_numbers(tab, number))
    until(
        lambda: re.search(rb"failed|refused|not answer|balance|paused|limit|accepted", sent(tab.again())),
        f"what became of {number}",
    )


def unpacked(content: bytes) -> bytes:
    """Return a file, and what is in it if it is an archive."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return content + b"".join(archive.read(name) for name in archive.namelist())


def test_no_secret_is_seen_anywhere(seen: Seen, talkative: GuardedApp) -> None:
    """As it is, percent-encoded, and in base64."""
    secrets = SECRETS | {"client's secret": talkative.client.client_secret}
    hits = []
    for name, secret in secrets.items():
        forms = {secret, quote(secret, safe=""), base64.b64encode(secret.encode()).decode().rstrip("=")}
        hits += [
            (name, place) for place, content in seen.parts.items() if any(form.encode() in content for form in forms)
        ]
    assert hits == []


def test_what_was_looked_at_holds_what_it_should(seen: Seen) -> None:
    """Or the search would find nothing because there was nothing: histories, faults, a log that talks."""
    assert {"file CSV", "file Excel", "file Report"} <= set(seen.parts)
    assert b"US99/000001" in seen.parts["messages to who spends"]
    assert b"DEBUG" in seen.parts["log"]
    assert b"streamlit" in seen.parts["command line"]
    assert [name for name in seen.parts if name.startswith("store ") and name.endswith("wal")]


def test_a_signature_stands_in_the_table_of_links_alone(seen: Seen, talkative: GuardedApp) -> None:
    """Pages, files and the log have none of them; of the store's tables one has."""
    places = {place for place, content in seen.parts.items() if seen.signature.encode() in content}
    assert places
    assert {place for place in places if not place.startswith("store ")} == set()
    with closing(sqlite3.connect(f"file:{talkative.app.store}?mode=ro", uri=True)) as store:
        tables = [name for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {table: repr(store.execute(f'SELECT * FROM "{table}"').fetchall()) for table in tables}  # noqa: S608
    holding = {table for table, content in rows.items() if seen.signature in content}
    assert holding == {"links"}
