"""Start the sandbox as a process of its own: `python -m components.sandbox --port 8765`."""

import argparse
import contextlib
import sys
from collections.abc import Sequence

from components.sandbox.app import PATHS, create_sandbox
from components.sandbox.catalogue import Catalogue
from components.sandbox.errors import SandboxError
from components.sandbox.server import LOOPBACK, listen, make_server
from components.sandbox.switches import Switches

_REACHABLE_HOSTS = {"0.0.0.0": LOOPBACK, "::": "::1", "": LOOPBACK}  # noqa: S104 - compared with, not bound


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the sandbox until it is interrupted; return the exit status (2 if it could not start, else 0)."""
    parser = argparse.ArgumentParser(
        prog="python -m components.sandbox",
        description="The P048 service re-created, with real public file histories. Nothing here is charged.",
        epilog=f"Switches: {', '.join(Switches.model_fields)}. They are explained in components/sandbox/switches.py.",
    )
    parser.add_argument("--port", type=int, default=8765, help="0: one that the system chooses; default: 8765")
    parser.add_argument("--host", default=LOOPBACK, help="address to listen on; default: this machine only")
    parser.add_argument("--switch", action="append", default=[], metavar="NAME=VALUE", help="set a switch")
    options = parser.parse_args(arguments)
    try:
        switches = Switches.from_texts(options.switch)
        app = create_sandbox(switches)
        listener = listen(options.host, options.port)
    except SandboxError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    host = _REACHABLE_HOSTS.get(options.host, options.host)
    port = listener.getsockname()[1]
    base_url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    sys.stdout.write(_greeting(base_url, switches))
    sys.stdout.flush()
    with contextlib.suppress(KeyboardInterrupt):  # raised by the server once it has shut down
        make_server(app).run(sockets=[listener])
    return 0


def _greeting(base_url: str, switches: Switches) -> str:
    """Return what is printed at the start: addresses, credentials, numbers that can be asked for."""
    lines = [("base URL", base_url), ("path", " or ".join(PATHS))]
    if switches.auth != "oauth":
        lines.append(("API key", switches.api_key or "sandbox, or any that begins with sk-"))
    if switches.auth != "api_key":
        lines += [("client id", switches.client_id), ("client secret", switches.client_secret)]
    lines += [
        ("numbers", ", ".join(Catalogue().numbers())),
        ("billing counter", f"{base_url}/_sandbox/billing"),
        ("switches", f"{base_url}/_sandbox/switches"),
    ]
    return "The sandbox is ready.\n" + "".join(f"  {name:<16} {value}\n" for name, value in lines)


if __name__ == "__main__":
    sys.exit(main())
