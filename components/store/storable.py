"""Making anything that a service may send fit both databases: paid data is never refused for a strange character."""

import re
from collections.abc import Collection, Iterator
from itertools import islice

_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
"""PostgreSQL takes no NUL; half a surrogate pair is no UTF-8."""

_LARGEST = 2**63 - 1
BATCH_SIZE = 500
"""Names in one statement; SQLite's oldest limit on variables is 999."""


def text(value: str) -> str:
    """Replace what no database can hold, as the usual mark for an unreadable character."""
    if value.isascii() and "\x00" not in value:  # nearly always, and twenty times as fast
        return value
    return _UNSTORABLE.sub("�", value)


def integer(value: int) -> int:
    """Bring a number within 64 bits."""
    return max(-_LARGEST, min(value, _LARGEST))


def batches(names: Collection[str]) -> Iterator[list[str]]:
    """Give names, made fit and each once, in order, in portions for one statement each."""
    left = iter(dict.fromkeys(text(name) for name in names))
    while batch := list(islice(left, BATCH_SIZE)):
        yield batch
