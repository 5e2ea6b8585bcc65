"""What was read of the texts and files of late: a list is read once, whether it was understood or refused.

Streamlit runs the page again after each click, with the same text in the box and the same file in the upload.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from components.numbers import MOST_NUMBERS, Number, NumberList, TextRefused

_MOST_LISTS: Final = 200
_MOST_NUMBERS: Final = 4 * MOST_NUMBERS
"""Numbers that are kept in all; 10,000 take about 10 MB."""


@dataclass(frozen=True, slots=True)
class ReadList:
    """What came of one text or file: its numbers, or why it was refused."""

    numbers: tuple[Number, ...]
    remarks: tuple[str, ...] = ()
    """What of it was left, in sentences for the user."""
    refusal: str = ""
    """Words for the user; empty if it was read."""


class ListsRead:
    """Remembers the lists read last by the digests of their contents, not by the contents."""

    def __init__(self) -> None:
        self._lists: OrderedDict[bytes, ReadList] = OrderedDict()
        self._lock = threading.Lock()

    def read(self, name: str, content: bytes, read: Callable[[], NumberList]) -> ReadList:
        """Return what a list holds, from memory if it was read of late.

        Args:
            name: of the file; empty for the text of the box.
            content: the bytes that were read, or are to be read.
            read: reads them; it may raise `TextRefused`.
        """
        digest = hashlib.sha256(name.encode(errors="replace") + b"\0" + content).digest()
        with self._lock:
            known = self._lists.get(digest)
            if known is not None:
                self._lists.move_to_end(digest)
                return known
        try:
            numbers = read()
            found = ReadList(numbers.numbers, numbers.remarks)
        except TextRefused as refused:
            found = ReadList((), refusal=str(refused))
        self._keep(digest, found)
        return found

    def _keep(self, digest: bytes, found: ReadList) -> None:
        """Keep one more list, and forget the oldest beyond the limits."""
        with self._lock:
            self._lists[digest] = found
            numbers = sum(len(kept.numbers) for kept in self._lists.values())
            while len(self._lists) > _MOST_LISTS or (numbers > _MOST_NUMBERS and len(self._lists) > 1):
                numbers -= len(self._lists.popitem(last=False)[1].numbers)
