"""A P048 service for benchmarks, in a process of its own, that has all its answers ready before it is asked.

Run: `python -m tests.bench.prepared_service --patents 100 --documents 100 --latency 0.05 [--gzip]`. It prints its port
when everything is prepared, and ends when its standard input does. While it is measured it costs next to no CPU: an
answer is a list of prepared pieces that the system sends as they are.

The patents are `US9900001B2`, `US9900002B2` and so on. Their documents have codes and descriptions of the sandbox's
recorded histories and links of the usual length, so that 100 documents are about 53 kB. `limit` (1,000 if it is missing
or larger) and `offset` count for each patent. With `--gzip` only the questions for one patent and for batches of
`--batch` patents in order are prepared, each compressed as one body at zlib's level 6, as web servers do.
"""

import argparse
import hashlib
import json
import random
import re
import socket
import sys
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from urllib.parse import quote

from components.sandbox.recordings import recorded_histories

LARGEST_LIMIT = 1000
_HEAD = b'{"status":true,"error_code":0,"error_msg":null,"data":['
_TAIL = b"]}"
_FIRST_NUMBER = 9_900_001
_KINDS = sorted({(document.code, document.description) for held in recorded_histories() for document in held.documents})
_LENGTH = re.compile(rb"content-length:\s*(\d+)", re.IGNORECASE)


def patent_number(index: int) -> str:
    """Return the number of the patent with this index, from 0."""
    return f"US{_FIRST_NUMBER + index}B2"


class PreparedAnswers:
    """Entries of all patents, page by page, as bytes."""

    def __init__(self, patents: int, documents: int) -> None:
        self._documents = documents
        now = datetime.now(UTC)
        start, end = int(now.timestamp()), int((now + timedelta(hours=1)).timestamp())
        times = quote(f"{start};{end}", safe="")
        self._sign = f"q-sign-algorithm%3Dsha1%26q-ak%3DAKIDm8Zt4vXw1Qc7Rk2Lh9Yb3Ns6Jd5Pf0Ge%26q-sign-time%3D{times}"
        self._sign += f"%26q-key-time%3D{times}%26q-header-list%3D%26q-url-param-list%3Dresponse-expires"
        self._expires = quote(format_datetime(now + timedelta(hours=1), usegmt=True), safe="")
        self._pages = {patent_number(index): self._pages_of(index) for index in range(patents)}

    def pieces(self, numbers: Sequence[str], limit: int, offset: int) -> list[bytes]:
        """Return the body of an answer in pieces; unknown numbers are left out."""
        if limit < LARGEST_LIMIT < self._documents or offset % LARGEST_LIMIT:
            raise ValueError("only pages of 1,000 documents are prepared")
        pages = [self._pages[number] for number in numbers if number in self._pages]
        entries = [pages_of_one[min(offset // LARGEST_LIMIT, len(pages_of_one) - 1)] for pages_of_one in pages]
        pieces = [_HEAD]
        for entry in entries:
            pieces += [entry, b","]
        return [*pieces[:-1], _TAIL] if entries else [_HEAD, _TAIL]

    def _pages_of(self, index: int) -> list[bytes]:
        """Return the entries of one patent, one for each page; the last is an empty one."""
        chance = random.Random(index)  # noqa: S311 - repeatable, not secret
        day = datetime(2009, 1, 5, tzinfo=UTC)
        documents = []
        for position in range(self._documents):
            day += timedelta(days=chance.randrange(0, 2 * 4380 // self._documents + 2))
            code, description = chance.choice(_KINDS)
            documents.append(
                {
                    "date": int(day.strftime("%Y%m%d")),
                    "doc_code": code,
                    "description": description,
                    "page_number": chance.randrange(1, 30),
                    "path": self._path(index, position),
                }
            )
        starts = range(0, self._documents + 1, LARGEST_LIMIT)
        return [self._entry(index, documents[start : start + LARGEST_LIMIT]) for start in starts]

    def _entry(self, index: int, documents: Sequence[object]) -> bytes:
        entry = {
            "apno": f"US99/{index + 1:06}",
            "patent_id": f"99999999-0000-5000-8000-{index + 1:012}",
            "patent_number": patent_number(index),
            "doc_count": self._documents,
            "doc_detail_count": len(documents),
            "doc_detail": documents,
        }
        return json.dumps(entry, separators=(",", ":")).encode()

    def _path(self, index: int, position: int) -> str:
        name = hashlib.sha1(f"{index} {position}".encode()).hexdigest()  # noqa: S324 - a name, not a seal
        folder = f"https://open.patsnap.com/overseas-patent-documents/US/99{index + 1:06}"
        return f"{folder}/{name}.pdf?sign={self._sign}%26q-signature%3D{name[::-1]}&response-expires={self._expires}"


class PreparedService:
    """The service, listening at `port`; each connection is served in a thread."""

    def __init__(self, answers: PreparedAnswers, *, latency: float, compressed: dict[tuple[str, ...], bytes]) -> None:
        self._answers = answers
        self._latency = latency
        self._compressed = compressed
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port = self._listener.getsockname()[1]

    def serve(self) -> None:
        """Serve until the process ends."""
        while True:
            connection, _ = self._listener.accept()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self._serve_connection, args=(connection,), daemon=True).start()

    def _serve_connection(self, connection: socket.socket) -> None:
        """Answer the requests of one connection, each after the latency."""
        with connection:
            received = b""
            while True:
                while b"\r\n\r\n" not in received:
                    if not (part := connection.recv(65536)):
                        return
                    received += part
                head, _, received = received.partition(b"\r\n\r\n")
                match = _LENGTH.search(head)
                length = int(match[1]) if match else 0
                while len(received) < length:
                    received += connection.recv(65536)
                question, received = json.loads(received[:length]), received[length:]
                asked_at = time.monotonic()
                pieces = self._answer(question)
                time.sleep(max(0.0, self._latency - (time.monotonic() - asked_at)))
                for piece in pieces:
                    connection.sendall(piece)

    def _answer(self, question: dict[str, str | int]) -> list[bytes]:
        """Return an answer in pieces, its head included."""
        numbers = tuple(str(question["patent_number"]).split(","))
        pieces = self._answers.pieces(
            numbers, int(question.get("limit", LARGEST_LIMIT)), int(question.get("offset", 0))
        )
        encoding = b""
        if self._compressed:
            pieces, encoding = [self._compressed[numbers]], b"content-encoding: gzip\r\n"
        length = b"content-length: %d\r\n\r\n" % sum(map(len, pieces))
        return [b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n" + encoding + length, *pieces]


def compressed_answers(answers: PreparedAnswers, patents: int, batch: int) -> dict[tuple[str, ...], bytes]:
    """Return the compressed answers to the questions for one patent and for batches in order."""
    import gzip

    numbers = [patent_number(index) for index in range(patents)]
    questions = [(number,) for number in numbers]
    questions += [tuple(numbers[start : start + batch]) for start in range(0, patents, batch)]
    return {question: gzip.compress(b"".join(answers.pieces(question, LARGEST_LIMIT, 0)), 6) for question in questions}


def main() -> None:
    """Prepare, print the port, serve until standard input ends."""
    options = argparse.ArgumentParser()
    options.add_argument("--patents", type=int, default=100)
    options.add_argument("--documents", type=int, default=100)
    options.add_argument("--latency", type=float, default=0.05)
    options.add_argument("--batch", type=int, default=25)
    options.add_argument("--gzip", action="store_true")
    chosen = options.parse_args()
    answers = PreparedAnswers(chosen.patents, chosen.documents)
    compressed = compressed_answers(answers, chosen.patents, chosen.batch) if chosen.gzip else {}
    service = PreparedService(answers, latency=chosen.latency, compressed=compressed)
    threading.Thread(target=service.serve, daemon=True).start()
    print(service.port, flush=True)  # noqa: T201
    sys.stdin.read()


if __name__ == "__main__":
    main()
