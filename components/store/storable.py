"""Making whatever a service sends fit both databases: paid data is never refused because of a strange character."""

import re
from collections.abc import Collection, Iterator
from itertools import islice

_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
"""PostgreSQL accepts no NUL, and half a surrogate pair is not valid UTF-8."""

_LARGEST = 2**63 - 1
BATCH_SIZE = 500
"""Most names in one statement; old versions of SQLite allow 999 variables."""


def text(value: str) -> str:
    """Return a text with the usual sign for an unreadable character in place of what no database can hold."""
    if value.isascii() and "\x00" not in value:  # nearly always so, and twenty times as fast
        return value
    return _UNSTORABLE.sub("�", value)


def integer(value: int) -> int:
    """Return a number limited to 64 bits."""
    return max(-_LARGEST, min(value, _LARGEST))


def batches(names: Collection[str]) -> Iterator[list[str]]:
    """Yield names, made storable and each once, in order, in batches for one statement each."""
    left = iter(dict.fromkeys(text(name) for name in names))
    while batch := list(islice(left, BATCH_SIZE)):
        yield batch
