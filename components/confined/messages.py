"""The messages between the app and a process of its own.

A message is two lengths (4 bytes each, the greater end first), then facts as JSON, then bytes.
"""

import json
import struct
from collections.abc import Mapping
from typing import IO, Any, Final

MAX_MESSAGE: Final = 64 * 1024 * 1024
"""Bytes of one message, a little more than what a PDF may have (see `components/patsnap/download.py`)."""
_MAX_FACTS: Final = 64 * 1024
"""Bytes of the facts of one message."""
_LENGTHS: Final = struct.Struct(">II")

Facts = Mapping[str, int | str]


def write_message(stream: IO[bytes], facts: Facts, data: bytes) -> None:
    """Write a message.

    Raises:
        OSError: nobody reads any more.
    """
    head = json.dumps(dict(facts)).encode()
    stream.write(_LENGTHS.pack(len(head), len(data)) + head)
    stream.write(data)
    stream.flush()


def read_message(stream: IO[bytes]) -> tuple[dict[str, Any], bytes]:
    """Read a message.

    Raises:
        EOFError: the stream has ended, or what comes is no message.
    """
    head, data = _LENGTHS.unpack(_exactly(stream, _LENGTHS.size))
    if head > _MAX_FACTS or data > MAX_MESSAGE:
        raise EOFError
    try:
        facts = json.loads(_exactly(stream, head))
    except (ValueError, RecursionError):
        raise EOFError from None
    if not isinstance(facts, dict):
        raise EOFError
    return facts, _exactly(stream, data)


def _exactly(stream: IO[bytes], size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data
