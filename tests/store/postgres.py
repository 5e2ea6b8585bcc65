"""A real PostgreSQL server for the tests: found or installed, its data in a temporary folder, on a loopback port."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from tests.installing import apt_install, can_install, installing

_PROGRAMS = ("initdb", "postgres")
_START_SECONDS = 60.0


class NoPostgres(Exception):
    """There is no PostgreSQL to test on, and none could be installed."""


@dataclass(frozen=True)
class Server:
    """A running server.

    Attributes:
        port: on 127.0.0.1.
        password: of its only user, `review`.
    """

    port: int
    password: str = field(repr=False)
    command: tuple[str, ...] = field(repr=False)
    folder: Path = field(repr=False)
    account: dict[str, Any] = field(repr=False)
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list, repr=False)

    def start(self) -> None:
        """Start it, and wait until it answers.

        Raises:
            NoPostgres: it does not, with its own words.
        """
        log = self.folder / "log"
        with log.open("ab") as file:
            process = subprocess.Popen(self.command, stdout=file, stderr=file, cwd=self.folder, **self.account)
        self.processes.append(process)
        _wait_until_it_answers(self, process, log)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it: SIGINT disconnects everybody and ends in order, SIGQUIT ends as in a crash."""
        if self.processes:
            process = self.processes.pop()
            process.send_signal(how)
            process.wait(timeout=30)

    def url(self, schema: str, *, options: str = "") -> str:
        """Return the address at which everything happens in one schema."""
        settings = f"-csearch_path%3D{schema}{options}"
        return f"postgresql+psycopg://review:{self.password}@127.0.0.1:{self.port}/postgres?options={settings}"

    def connect(self) -> psycopg.Connection:
        """Connect without the store."""
        return psycopg.connect(
            host="127.0.0.1", port=self.port, user="review", password=self.password, dbname="postgres", autocommit=True
        )

    def schema(self) -> str:
        """Make an empty schema of a random name, and give the name; it goes when the server does."""
        name = f"test_{secrets.token_hex(6)}"
        with self.connect() as connection:
            connection.execute(f"CREATE SCHEMA {name}")
        return name


@contextmanager
def running_server() -> Iterator[Server]:
    """Run a server for as long as the block takes.

    Raises:
        NoPostgres: there is none, with what was tried.
    """
    programs = _programs()
    account = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
    # Not pytest's folder: that one is closed to the account that the server runs under.
    folder = Path(tempfile.mkdtemp(prefix="review-postgres-"))
    port, password = _free_port(), secrets.token_hex(12)
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": str(port),
        "unix_socket_directories": "",
        # These tests end clients, not the server's machine.
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "autovacuum": "off",
    }
    data = folder / "data"
    command = (str(programs / "postgres"), "-D", str(data), *(f"-c{name}={value}" for name, value in settings.items()))
    server = Server(port=port, password=password, command=command, folder=folder, account=account)
    try:
        secret = folder / "password"
        secret.write_text(password)
        if account:
            for path in (folder, secret):
                shutil.chown(path, "postgres", "postgres")
        subprocess.run(
            [
                *(programs / "initdb", "--pgdata", data, "--username=review", f"--pwfile={secret}"),
                *("--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync"),
            ],
            check=True,
            capture_output=True,
            cwd=folder,
            **account,
        )
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    """Return the folder with PostgreSQL's programs, installed if need be and possible."""
    found = _find()
    if found is None and can_install():
        with installing():
            found = _find()
            if found is None and (failure := apt_install("postgresql")):
                raise NoPostgres(failure)
            found = _find()
    if found is None:
        raise NoPostgres(
            f"The store's tests need PostgreSQL's programs {' and '.join(_PROGRAMS)}: not on the PATH, not in "
            "/usr/lib/postgresql, and not to be installed without root and apt-get. Install PostgreSQL and try again."
        )
    return found


def _find() -> Path | None:
    debian = Path("/usr/lib/postgresql")
    versions = [path for path in debian.iterdir() if path.name.isdigit()] if debian.is_dir() else []
    folders = [version / "bin" for version in sorted(versions, key=lambda path: int(path.name), reverse=True)]
    on_path = shutil.which("postgres")
    if on_path is not None:
        folders.append(Path(on_path).resolve().parent)
    return next((folder for folder in folders if all((folder / name).exists() for name in _PROGRAMS)), None)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_until_it_answers(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while True:
        try:
            server.connect().close()
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise NoPostgres(f"PostgreSQL did not start: {log.read_text(errors='replace')[-1000:]}") from None
            time.sleep(0.05)
        else:
            return
