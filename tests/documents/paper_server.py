"""A stand-in for the storage behind the signed links: a real server on this machine that can misbehave in every way."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import BinaryIO

PDF = b"%PDF-1.7\n" + b"x" * 2000 + b"\n%%EOF\n"

Answer = Callable[["BaseHTTPRequestHandler"], None]


@dataclass
class PaperServer:
    """What is asked for at each path, and how often."""

    url: str
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    most: int = 0
    """How many requests were under way at the same time at the most."""

    def give(self, path: str, body: bytes = PDF, *, status: int = 200, **headers: str) -> str:
        """Answer a path with a body, and give the path's address; `_` in a header's name stands for `-`."""

        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            given = {name.replace("_", "-"): value for name, value in headers.items()}
            for name, value in ({"Content-Length": str(len(body))} | given).items():
                handler.send_header(name, value)
            handler.end_headers()
            handler.wfile.write(body)

        return self.let(path, answer)

    def let(self, path: str, answer: Answer) -> str:
        """Answer a path by a function, and give the path's address."""
        self.answers[path] = answer
        return self.url + path


def write_slowly(wire: BinaryIO, body: bytes, *, pause: float) -> None:
    """Write byte by byte until whoever reads goes away."""
    try:
        for byte in body:
            wire.write(bytes([byte]))
            wire.flush()
            time.sleep(pause)
    except OSError:
        pass


@contextmanager
def paper_server() -> Iterator[PaperServer]:
    """Serve on a port that the system chooses."""
    server: PaperServer
    under_way: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            server.asked.append(path)
            server.headers.append(dict(self.headers))
            under_way.append(path)
            server.most = max(server.most, len(under_way))
            try:
                server.answers[path](self)
            except OSError:
                self.close_connection = True
            finally:
                under_way.pop()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """Say nothing of a reader that has gone away."""

    listener = Quiet(("127.0.0.1", 0), Handler)
    server = PaperServer(f"http://127.0.0.1:{listener.server_address[1]}")
    thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listener.shutdown()
        listener.server_close()
        thread.join()
