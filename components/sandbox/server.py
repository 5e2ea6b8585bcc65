"""Starts the sandbox on a real socket: in this process for the app and its tests, or as a process of its own."""

import socket
import threading
import time
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import uvicorn
from starlette.applications import Starlette

from components.sandbox.app import create_sandbox
from components.sandbox.billing import Billing
from components.sandbox.errors import NotStarted
from components.sandbox.switches import Switches

LOOPBACK = "127.0.0.1"
_START_SECONDS = 10.0
_STOP_SECONDS = 1
"""For how long calls under way may continue when the sandbox is stopped."""


@dataclass(slots=True)
class RunningSandbox:
    """A sandbox that answers on a port of this machine. Use it in a `with` statement, or `stop` it."""

    base_url: str
    """`http://127.0.0.1:PORT`."""
    app: Starlette
    """The app itself, to be mounted elsewhere too."""
    _server: uvicorn.Server
    _thread: threading.Thread

    @property
    def billing(self) -> Billing:
        """The billing counter."""
        billing: Billing = self.app.state.billing
        return billing

    @property
    def switches(self) -> Switches:
        """How the sandbox behaves now."""
        switches: Switches = self.app.state.service.switches
        return switches

    @property
    def numbers(self) -> list[str]:
        """The patent numbers of the real file histories that it holds, in the service's form."""
        numbers: list[str] = self.app.state.service.catalogue.numbers()
        return numbers

    def switch(self, **changes: object) -> Switches:
        """Set switches while the sandbox runs.

        Raises:
            SwitchRefused: a name is no switch or a value does not suit it; none is set then.
        """
        switches: Switches = self.app.state.service.switch(**changes)
        return switches

    def stop(self) -> None:
        """Stop the server and free its port. Calls under way are cut off after a second. Safe to call twice."""
        self._server.should_exit = True
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def start_in_process(
    link_base: str | None = "https://sandbox.invalid", *, switches: Switches | None = None
) -> RunningSandbox:
    """Start a sandbox in a thread of this process; it is ready when this returns.

    It listens on 127.0.0.1 only, on a port that the system chooses, and ends with the process.

    Args:
        link_base: what document links begin with, so that a browser reaches them; `None`: the sandbox's own address.
            The default can never be reached (RFC 2606), so that no link leads to the loopback address by mistake.
        switches: how it behaves; `link_base` overrides the switch of that name.

    Raises:
        NotStarted: it did not come up.
        RecordingsDamaged: the file histories cannot be read.
    """
    app = create_sandbox((switches or Switches()).changed({"link_base": link_base}))
    listener = listen(LOOPBACK, 0)
    server = make_server(app)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, name="sandbox", daemon=True)
    base_url = f"http://{LOOPBACK}:{listener.getsockname()[1]}"
    thread.start()
    deadline = time.monotonic() + _START_SECONDS
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            server.should_exit = True
            listener.close()
            raise NotStarted("The sandbox did not come up; nothing was charged. Start the app again.")
        time.sleep(0.005)
    return RunningSandbox(base_url, app, server, thread)


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens on a port; 0 for a port that the system chooses.

    Raises:
        NotStarted: the address is not of this machine, or the port is taken.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sets TCP_NODELAY on accepted connections only if the protocol is named; else answers wait some 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(2048)
    except (OSError, OverflowError) as error:
        listener.close()
        raise NotStarted(f"Port {port} of {host} cannot be taken ({error}). Choose another port.") from error
    return listener


def make_server(app: Starlette) -> uvicorn.Server:
    """Return the server. It logs warnings only, and never the address of a call, which may hold an API key."""
    config = uvicorn.Config(
        app,
        log_config=None,
        log_level="warning",
        access_log=False,
        lifespan="off",
        ws="none",
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=_STOP_SECONDS,
    )
    return uvicorn.Server(config)
