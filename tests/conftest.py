"""What tests of all rooms share: the facts beside the checkout, servers as real processes, and a real Chromium."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real file histories; tests that need it are skipped only where it does not exist."""
    if not SHARED.exists():
        pytest.skip("the folder of real file histories, ../shared, is not beside this checkout")
    return SHARED / "data"


def free_port() -> int:
    """A loopback port that was free a moment ago."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


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
def serving(command: list[str], url: str, *, cwd: Path, env: dict[str, str], log: Path) -> Iterator[None]:
    """Run a server process in a session of its own until the block ends."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=cwd, env=env, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            wait_for(url, process, log)
            yield
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


AppStarter = Callable[..., App]


@pytest.fixture(scope="module")
def start_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppStarter]:
    """Start `streamlit run app.py` as users do, on a store of its own; keyword arguments are settings."""
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
            running.enter_context(serving(command, f"{url}/_stcore/health", cwd=root, env=env, log=log))
            return App(url, log, store)

        yield start


@dataclass(frozen=True)
class Service:
    """A running sandbox, as a stand-in for the account of a user."""

    url: str

    def billing(self) -> dict[str, object]:
        """What it has charged so far."""
        import json

        with urllib.request.urlopen(f"{self.url}/_sandbox/billing", timeout=10) as answer:
            return json.loads(answer.read())


@pytest.fixture(scope="module")
def start_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Service]]:
    """Start `python -m components.sandbox` as a process of its own; keyword arguments are its switches."""
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


def find_chromium() -> str | None:
    """The path of a Chromium: on the PATH, Playwright's own, or `None`."""
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"):
        if found := shutil.which(name):
            return found
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    return str(own) if own.exists() else None


def install_chromium() -> str | None:
    """Bring Debian's Chromium where that is possible: as root, with apt-get."""
    if not (shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0):
        return None
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-q"],
        ["apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium"],
    ):
        subprocess.run(command, env=env, check=False, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    return shutil.which("chromium")


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; without one the browser tests fail, saying how to get one."""
    found = find_chromium() or install_chromium()
    if not found:
        pytest.fail(
            "The browser tests need a Chromium and found none. Put one on the PATH (Debian: apt-get install chromium) "
            "or let Playwright bring its own: python -m playwright install chromium",
            pytrace=False,
        )
    return found
