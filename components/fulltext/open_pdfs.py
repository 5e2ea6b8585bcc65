"""The PDFs that are being read in a workspace: each once, however many papers, names and people want it."""

import hashlib
import tempfile
import threading
import weakref
from collections.abc import Callable
from typing import Final

from components.page_reading.errors import NotRead
from components.page_texts import PageText
from components.store import StoreError

PageEnd = PageText | NotRead | StoreError | None
"""What became of a page: it was looked at and kept; it was not read, and may be tried again; it could not be kept; and
`None`: nobody has the paper any more."""
_IN_MEMORY: Final = 1024 * 1024
"""Bytes of a PDF that are held in memory; a longer one is in a temporary file without a name while it is read."""


class OpenPdf:
    """One PDF whose pages are being read. It is let go of with the last that holds it.

    Args:
        paper: stands for it among the PDFs of all workspaces.
        sha256: of its bytes, in hexadecimal digits.
        data: its bytes.
    """

    def __init__(self, paper: str, sha256: str, data: bytes) -> None:
        self.paper = paper
        self.sha256 = sha256
        self._lock = threading.Lock()
        # Closed by the finalizer below: a paper has no single place at which its reading ends.
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
        self._file.write(data)
        weakref.finalize(self, self._file.close)
        self._done: set[int] = set()
        self._under_way: dict[int, list[Callable[[PageEnd], None]]] = {}

    def data(self) -> bytes:
        """Return its bytes."""
        with self._lock:
            self._file.seek(0)
            return self._file.read()

    def begin(self, page: int, told: Callable[[PageEnd], None]) -> bool | None:
        """Say that a page is wanted.

        Args:
            page: its number.
            told: is called with what becomes of it, if another reads it.

        Returns:
            Whether the caller is to read it, and to call `end`; `None` if it was read a moment ago.
        """
        with self._lock:
            if page in self._done:
                return None
            if page in self._under_way:
                self._under_way[page].append(told)
                return False
            self._under_way[page] = []
            return True

    def end(self, page: int, end: PageEnd) -> None:
        """Tell all others that wanted a page what has become of it."""
        with self._lock:
            if isinstance(end, PageText):
                self._done.add(page)
            elif end is None:  # what was kept of it before is gone as well
                self._done.clear()
            others = self._under_way.pop(page)
        for told in others:
            told(end)


class OpenPdfs:
    """The PDFs that are being read in one workspace; used by all threads.

    Args:
        workspace: whose papers these are.
    """

    def __init__(self, workspace: str) -> None:
        self._workspace = workspace
        self._lock = threading.Lock()
        self._open: weakref.WeakValueDictionary[str, OpenPdf] = weakref.WeakValueDictionary()

    def opened(self, data: bytes) -> OpenPdf:
        """Return the open PDF of these bytes: the one that others are reading, if they do."""
        sha256 = hashlib.sha256(data).hexdigest()
        with self._lock:
            found = self._open.get(sha256)
            if found is None:
                paper = hashlib.sha256(f"{self._workspace}\n{sha256}".encode()).hexdigest()
                found = self._open[sha256] = OpenPdf(paper, sha256, data)
            return found
