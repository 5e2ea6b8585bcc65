"""The largest `limit` that the service accepts, remembered in the store."""

from contextlib import suppress

from components.store import Store, StoreError


class StoredLimits:
    """Remembers the largest `limit` that the service accepts (a `patsnap.LimitMemory`), for all later processes.

    The store keeps facts apart by source, so the base need not be part of the name; the in-process sandbox, whose
    port changes with every start, is one source too.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._unsaved: int | None = None

    def get(self, base: str = "") -> int | None:
        """Return the largest limit that is known to be accepted; `None` if none is."""
        del base
        if self._unsaved is not None:
            return self._unsaved
        value = self._store.fact("limit")
        return int(value) if value else None

    def set(self, base: str, limit: int) -> None:
        """Remember the largest limit accepted."""
        del base
        self._unsaved = limit
        with suppress(StoreError):  # an answer has just arrived: its look-up must not fail for what is only remembered
            self._store.save_fact("limit", str(limit))
            self._unsaved = None
