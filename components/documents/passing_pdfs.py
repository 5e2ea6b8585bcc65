"""PDFs that the store does not keep, held for some minutes, so that turning their pages fetches them once."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final, NamedTuple

_SECONDS: Final = 600.0
_MAX_BYTES: Final = 64 * 1024 * 1024
"""Bytes held together: one PDF of the greatest size that is fetched, or many of the usual."""


class _Held(NamedTuple):
    address: str
    """Where it was fetched: a refresh, which may give its id to another paper, brings other links."""
    until: float
    data: bytes


class PassingPdfs:
    """Holds PDFs of one workspace; used by all threads.

    Args:
        fetch: returns a PDF by the key of its history and the id of the document.
        address_of: returns the living link of a document; empty without one.
        clock: seconds that never jump.
    """

    def __init__(
        self,
        fetch: Callable[[str, str], bytes],
        address_of: Callable[[str, str], str],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._fetch = fetch
        self._address_of = address_of
        self._clock = clock
        self._lock = threading.Lock()
        self._held: OrderedDict[tuple[str, str], _Held] = OrderedDict()

    def pdf(self, history: str, document: str) -> bytes:
        """Return a PDF, held if it was fetched a moment ago through the link that lives now.

        Raises:
            NotFetched: it cannot be had; see `Documents.pdf`.
        """
        address = self._address_of(history, document)
        with self._lock:
            held = self._held.get((history, document))
        if held is not None and address and held.address == address and self._clock() < held.until:
            return held.data
        data = self._fetch(history, document)
        with self._lock:
            self._held[history, document] = _Held(address, self._clock() + _SECONDS, data)
            self._held.move_to_end((history, document))
            while sum(len(held.data) for held in self._held.values()) > _MAX_BYTES:
                self._held.popitem(last=False)
        return data

    def forget(self) -> None:
        """Let go of all."""
        with self._lock:
            self._held.clear()
