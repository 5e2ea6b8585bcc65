"""What tests of all rooms share: the facts beside the checkout, servers as real processes, and a real Chromium."""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import hypothesis
import pytest

from components import settings
from components.settings import Settings
from tests.installing import apt_install, can_install, installing

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

# The profile by default, and the one that `pytest -m hypothesis --hypothesis-profile=long` takes.
hypothesis.settings.register_profile("ci", max_examples=25, deadline=None)
hypothesis.settings.register_profile("long", max_examples=400, deadline=None)
hypothesis.settings.load_profile("ci")

LONGEST_FIRST = (
    "postgresql", "browser/test_foreign_text", "browser/test_money", "browser/test_review", "browser/test_timeline",
    "browser/test_desk", "oidc/test_sessions", "browser/test_table", "browser/test_usage", "browser/test_accessible",
    "browser/test_keyboard", "lookups/test_kills", "browser/test_recovery", "browser/test_reader", "browser/test_links",
    "browser/test_plain_script", "browser/test_axe", "oidc/test_separation", "oidc/test_incomplete_login",
    "browser/test_notes", "browser/test_take_away", "browser/test_page_pictures", "lookups/test_processes",
    "oidc/test_this_machine", "oidc/test_roles", "store/test_caps", "numbers/test_weight", "browser/test_facts",
    "browser/test_report", "browser/test_manners", "store/test_crash", "oidc/test_canaries", "browser/test_login",
    "browser/test_documents", "browser/test_timeline_measures", "browser/test_groups", "browser/test_print",
)  # fmt: skip
"""Groups that take long: begun first, so that the workers end at about the same time."""


TOGETHER = {"browser/test_first_use": "browser/test_review", "browser/test_inside_findings": "browser/test_inside"}
"""Groups that are run with another one, because both look at the same app."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give each test the group that one worker runs, and put the groups that take long first.

    A group is a module, so that what its fixtures make is made once; app and Chromium of the browser tests are each
    worker's own for the whole session. All tests on PostgreSQL are one group: one server serves them.
    """
    positions = {name: position for position, name in enumerate(LONGEST_FIRST)}
    groups = {item: group_of(item) for item in items}
    first = {group: position for position, group in reversed(list(enumerate(groups.values())))}
    for item, group in groups.items():
        item.add_marker(pytest.mark.xdist_group(group))
    items.sort(key=lambda item: (positions.get(groups[item], len(positions)), first[groups[item]]))


def group_of(item: pytest.Item) -> str:
    """Return the name of a test's group."""
    fixtures = getattr(item, "fixturenames", ())
    parameters = item.callspec.params.values() if hasattr(item, "callspec") else ()
    if "postgres_server" in fixtures or any(isinstance(value, str) and value == "postgresql" for value in parameters):
        return "postgresql"
    module = item.path.relative_to(ROOT / "tests").with_suffix("").as_posix()
    return TOGETHER.get(module, module)


@pytest.fixture
def secrets_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A secrets file of the test's own, not there yet."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    file = tmp_path / "secrets.toml"
    monkeypatch.setattr(settings, "SECRETS_FILE", file)
    return file


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real file histories; tests that need it are skipped only where it does not exist."""
    if not SHARED.exists():
        pytest.skip("the folder of real file histories, ../shared, is not beside this checkout")
    return SHARED / "data"


def free_port() -> int:
    """A loopback port that was free a moment ago, and that the system gives to nobody who asks for any port.

    Until the server takes it, the other processes of the suite open many sockets.
    """
    while True:
        port = secrets.choice(range(20_000, 30_000))
        with socket.socket() as listener, suppress(OSError):
            listener.bind(("127.0.0.1", port))
            return port


def wait_for(url: str, process: subprocess.Popen[bytes], log: Path, seconds: float = 40) -> None:
    """Wait until the address answers; fail with what the process printed if it ends or stays silent."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            pytest.fail(f"the server ended with {process.returncode}:\n{log.read_text(errors='replace')}")
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
    pytest.fail(f"no answer from {url} within {seconds} s:\n{log.read_text(errors='replace')}")


@contextmanager
def serving(command: list[str], url: str, *, cwd: Path, env: dict[str, str], log: Path) -> Iterator[int]:
    """Run a server process in a session of its own until the block ends; yield its process id."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=cwd, env=env, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            wait_for(url, process, log)
            yield process.pid
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


@dataclass(frozen=True)
class App:
    """A running app."""

    url: str
    log: Path
    store: Path
    pid: int = 0
    """Of its process."""


AppStarter = Callable[..., App]


@contextmanager
def starting_apps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppStarter]:
    """Start `streamlit run app.py` as users do, as often as wanted; all end with the block."""
    with ExitStack() as running:

        def start(*, root: Path = ROOT, store: Path | None = None, **settings: str) -> App:
            folder = tmp_path_factory.mktemp("app")
            port = free_port()
            store = store or folder / "data" / "store.db"
            env = {name: value for name, value in os.environ.items() if not name.startswith(("PATSNAP_", "REVIEW_"))}
            env |= {"REVIEW_STORE_URL": f"sqlite:///{store}", "HOME": str(folder), **settings}
            command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port),
                       "--server.address", "127.0.0.1"]  # fmt: skip
            url = f"http://127.0.0.1:{port}"
            log = folder / "app.log"
            pid = running.enter_context(serving(command, f"{url}/_stcore/health", cwd=root, env=env, log=log))
            return App(url, log, store, pid)

        yield start


@pytest.fixture(scope="module")
def start_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppStarter]:
    """Start an app on a store of its own; keyword arguments are settings."""
    with starting_apps(tmp_path_factory) as start:
        yield start


@dataclass(frozen=True)
class Service:
    """A running sandbox, as a stand-in for the account of a user."""

    url: str

    def billing(self) -> dict[str, object]:
        """What it has charged so far."""
        with urllib.request.urlopen(f"{self.url}/_sandbox/billing", timeout=10) as answer:
            return json.loads(answer.read())

    def switch(self, **switches: object) -> None:
        """Set switches while it runs."""
        request = urllib.request.Request(
            f"{self.url}/_sandbox/switches", json.dumps(switches).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            assert answer.status == 200


ServiceStarter = Callable[..., Service]


@contextmanager
def starting_services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServiceStarter]:
    """Start `python -m components.sandbox` as a process of its own, as often as wanted; all end with the block."""
    with ExitStack() as running:

        def start(**switches: object) -> Service:
            folder = tmp_path_factory.mktemp("sandbox")
            port = free_port()
            command = [sys.executable, "-m", "components.sandbox", "--port", str(port)]
            for name, value in switches.items():
                command += ["--switch", f"{name}={value}"]
            url = f"http://127.0.0.1:{port}"
            env = dict(os.environ)
            running.enter_context(
                serving(command, f"{url}/_sandbox/billing", cwd=ROOT, env=env, log=folder / "sandbox.log")
            )
            return Service(url)

        yield start


@pytest.fixture(scope="module")
def start_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServiceStarter]:
    """Start a sandbox service; keyword arguments are its switches."""
    with starting_services(tmp_path_factory) as start:
        yield start


def find_chromium() -> str | None:
    """The path of a Chromium: on the PATH, Playwright's own, or `None`."""
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"):
        if found := shutil.which(name):
            return found
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    return str(own) if own.exists() else None


def bring_chromium() -> str | None:
    """Find a Chromium, or bring Debian's where that is possible; one process of the suite does so for all."""
    found = find_chromium()
    if not found and can_install():
        with installing():
            found = find_chromium()
            if not found:
                apt_install("chromium")
                found = find_chromium()
    return found


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; without one the browser tests fail, saying how to get one."""
    found = bring_chromium()
    if not found:
        pytest.fail(
            "The browser tests need a Chromium and found none. Put one on the PATH (Debian: apt-get install chromium) "
            "or let Playwright bring its own: python -m playwright install chromium",
            pytrace=False,
        )
    return found
