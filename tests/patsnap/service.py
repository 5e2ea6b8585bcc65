"""A stand-in for the service on real sockets, written from the contract: scripted answers, or real file histories."""

import base64
import csv
import itertools
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

PATH = "/advanced-patent-data/overseas-patent-documents"
DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
JSON_TYPE = "application/json;charset=UTF-8"


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    path: str
    query: dict[str, list[str]]
    headers: Mapping[str, str]
    raw: bytes

    @property
    def body(self) -> dict[str, Any]:
        """Return the JSON body."""
        return json.loads(self.raw)

    @property
    def numbers(self) -> list[str]:
        """Return the numbers asked for."""
        field_name = next(name for name in ("patent_number", "patent_id", "apno") if name in self.body)
        return self.body[field_name].split(",")


@dataclass(frozen=True)
class Reply:
    """One answer as it goes out."""

    body: Any = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0

    def encoded(self) -> bytes:
        """Return the body as bytes."""
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


class Server:
    """A threaded HTTP/1.1 server; `respond` answers calls of the operation, `grant` those for a token."""

    def __init__(self, respond: Callable[[Asked], Reply], grant: Callable[[Asked], Reply] | None = None) -> None:
        self.respond = respond
        self.grant = grant or granting()
        self.calls: list[Asked] = []
        self.grants: list[Asked] = []
        self.others: list[Asked] = []
        self.base = ""
        self._lock = Lock()

    def answer(self, asked: Asked) -> Reply:
        """Answer one request, and write it down."""
        log, answer = {
            PATH: (self.calls, self.respond),
            "/oauth/token": (self.grants, self.grant),
        }.get(asked.path, (self.others, lambda _: Reply(status=404)))
        with self._lock:
            log.append(asked)
        return answer(asked)

    @contextmanager
    def running(self) -> Iterator["Server"]:
        """Serve on a free port of this machine."""
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1
            disable_nagle_algorithm = True

            def do_POST(self) -> None:
                """Answer a POST; nothing is ever requested with GET."""
                parts = urlsplit(self.path)
                raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                reply = server.answer(Asked(parts.path, parse_qs(parts.query), dict(self.headers), raw))
                time.sleep(reply.delay)
                body = b"" if reply.status == 204 else reply.encoded()
                self.send_response(reply.status)
                for name, value in {"Content-Type": JSON_TYPE, **reply.headers}.items():
                    self.send_header(name, value)
                if reply.status != 204:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Log nothing."""

        class Quiet(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 64

            def handle_error(self, *_: object) -> None:
                """A client that left early is what some tests are about."""

        with Quiet(("127.0.0.1", 0), Handler) as httpd:
            self.base = f"http://127.0.0.1:{httpd.server_address[1]}"
            thread = Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
            thread.start()
            try:
                yield self
            finally:
                httpd.shutdown()
                thread.join()


def scripted(*replies: Reply) -> Callable[[Asked], Reply]:
    """Answer with one reply after the other; the last one for ever."""
    rest = itertools.chain(replies, itertools.repeat(replies[-1]))
    lock = Lock()

    def respond(_: Asked) -> Reply:
        with lock:
            return next(rest)

    return respond


def granting(*, expires_in: object = 1799, name: str = "token", **more: Any) -> Callable[[Asked], Reply]:
    """Grant one token after the other: `canary-token-1`, `canary-token-2` ..."""
    number = itertools.count(1)

    def grant(_: Asked) -> Reply:
        value = f"canary-token-{next(number)}"
        holder = {name: value, "token_type": "BearerToken", "expires_in": expires_in, "status": "approved", **more}
        return Reply(holder if name != "data.token" else {"status": True, "error_code": 0, "data": {"token": value}})

    return grant


def envelope(data: Any, *, status: Any = True, code: Any = 0, message: Any = None) -> dict[str, Any]:
    """Wrap data as the contract says."""
    return {"status": status, "error_code": code, "error_msg": message, "data": data}


def refusal(code: Any, message: Any = "Refused!", *, status: int = 200) -> Reply:
    """Refuse with a business code."""
    return Reply(envelope(None, status=False, code=code, message=message), status)


def document(number: int, *, date: Any = 20180831, code: Any = "CTNF", pages: Any = 17, **more: Any) -> dict[str, Any]:
    """Make one document, told apart by its path."""
    start = 1_900_000_000
    sign = f"q-sign-algorithm%3Dsha1%26q-sign-time%3D{start}%3B{start + 3600}"
    link = f"https://open.patsnap.com/doc/{number}.pdf?sign={sign}"
    return {
        "date": date,
        "doc_code": code,
        "description": f"Document {number}",
        "page_number": pages,
        "path": f"{link}%26canary-signature&response-expires=Wed%2C%2020%20Mar%202030%2018%3A00%3A00%20GMT",
        **more,
    }


def entry(number: str, documents: Sequence[Any] = (), *, count: Any = None, **more: Any) -> dict[str, Any]:
    """Make one patent's entry."""
    return {
        "apno": f"US14/{sum(map(ord, number)):06d}",
        "patent_id": f"id-{number}",
        "patent_number": number,
        "doc_count": len(documents) if count is None else count,
        "doc_detail_count": len(documents),
        "doc_detail": list(documents),
        **more,
    }


def basic_of(asked: Asked) -> str:
    """Decode the Basic credentials of a token request."""
    return base64.b64decode(asked.headers["Authorization"].removeprefix("Basic ")).decode("utf-8")


@dataclass
class Contract:
    """The operation as `p048.md` describes it, over whole file histories, with its open points as switches."""

    histories: Mapping[str, dict[str, Any]]
    """Patent number to entry, with all its documents."""
    data_as: str = "list"
    cap: int = 1000
    over_cap: str = "cap"
    """`cap`: fewer documents come silently; anything else is the code with which the call is refused."""
    scope: str = "patent"
    """Whether `limit` counts per `patent` or over the whole `answer`."""
    unknown: str = "left out"
    billed: Counter[str] = field(default_factory=Counter)
    lock: Lock = field(default_factory=Lock)

    def __call__(self, asked: Asked) -> Reply:
        """Answer a call as the switches say, and bill it."""
        body = asked.body
        limit = body.get("limit", 10)
        if limit > self.cap:
            if self.over_cap != "cap":
                return Reply(status=400) if self.over_cap == "HTTP 400" else refusal(int(self.over_cap))
            limit = self.cap
        numbers = asked.numbers
        if self.unknown == "refused" and any(number not in self.histories for number in numbers):
            return refusal(68300004, "Invalid parameter!")
        if self.data_as == "object":
            numbers = [number for number in numbers if number in self.histories][:1] or numbers[:1]
        entries = self._page(numbers, limit, body.get("offset", 0))
        with self.lock:
            self.billed.update(answered["patent_number"] for answered in entries if answered["apno"])
        if self.data_as == "object":
            return Reply(envelope(entries[0] if entries else None))
        return Reply(envelope(entries))

    def _page(self, numbers: list[str], limit: int, offset: int) -> list[dict[str, Any]]:
        room, skip = limit, offset
        entries = []
        for number in numbers:
            whole = self.histories.get(number)
            if whole is None:
                if self.unknown == "empty entry":
                    entries.append(entry(number, [], apno=None, patent_id=None))
                continue
            if self.scope == "answer":
                documents = whole["doc_detail"][skip : skip + room]
                skip, room = max(0, skip - len(whole["doc_detail"])), room - len(documents)
                if not documents:
                    continue
            else:
                documents = whole["doc_detail"][offset : offset + limit]
            entries.append({**whole, "doc_detail_count": len(documents), "doc_detail": documents})
        return entries


def real_histories(folder: Path = DATA) -> dict[str, dict[str, Any]]:
    """Read the real file histories of a folder: patent number to entry; those without one get one of their file."""
    found = {}
    with (folder / "index.csv").open(encoding="utf-8", newline="") as index:
        for row in csv.DictReader(index):
            number = row["patent_number"] or f"{row['file']}A1"
            with (folder / "file_histories" / f"{row['file']}.csv").open(encoding="utf-8", newline="") as papers:
                documents = [
                    document(
                        position,
                        date=int(paper["date"]) if paper["date"] else None,
                        code=paper["doc_code"],
                        pages=int(paper["page_number"]) if paper["page_number"] else None,
                        description=paper["description"],
                        path=f"https://open.patsnap.com/{row['file']}/{position}.pdf?sign=canary",
                    )
                    for position, paper in enumerate(csv.DictReader(papers))
                ]
            found[number] = entry(number, documents, apno=row["apno"], patent_id=f"id-{row['file']}")
    return found
