"""The tables of the held histories: built once each time one is retrieved, for pages and routes alike."""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass

import pandas as pd

from components.prosecution import Tables, read_histories, read_history
from components.store import Headline, HistoryDamaged, Store

MAX_KEPT = 512
"""Histories whose tables are kept in memory; beyond that, those not used for the longest time are dropped."""


@dataclass(frozen=True, slots=True)
class HeldTables:
    """The tables of some held histories: of those that can be read, in the order asked for."""

    headlines: tuple[Headline, ...]
    tables: Tables
    """One set for all of them. It is a copy: changing it changes nobody else's."""
    oddities: dict[str, tuple[str, ...]]
    """What was odd in the service's answers, by key, in words for the user."""
    damaged: tuple[str, ...] = ()
    """Why the others cannot be shown, in words for the user."""


@dataclass(frozen=True, slots=True)
class _ReadHistory:
    tables: Tables
    oddities: tuple[str, ...]


class HistoryTables:
    """Reads histories of one store and keeps their tables; one instance a process, used by all threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._kept: OrderedDict[Headline, Future[_ReadHistory]] = OrderedDict()

    def of(self, headlines: Iterable[Headline]) -> HeldTables:
        """Return the tables of held histories, which `Store.headlines` lists."""
        readable: dict[Headline, _ReadHistory] = {}
        damaged: list[str] = []
        for headline in headlines:
            try:
                readable[headline] = self._read(headline)
            except HistoryDamaged as error:
                damaged.append(str(error))
        return HeldTables(
            headlines=tuple(readable),
            tables=_joined([history.tables for history in readable.values()]),
            oddities={headline.key: history.oddities for headline, history in readable.items()},
            damaged=tuple(damaged),
        )

    def _read(self, headline: Headline) -> _ReadHistory:
        """Read a history, or wait for the thread that is reading it. A failure is not kept: the next call retries."""
        with self._lock:
            kept = self._kept.get(headline)
            own: Future[_ReadHistory] = Future()
            if kept is None:
                self._kept[headline] = own
            else:
                self._kept.move_to_end(headline)
            while len(self._kept) > MAX_KEPT:
                self._kept.popitem(last=False)
        if kept is not None:
            return kept.result()
        try:
            history = self._store.load([headline.key])[headline.key]
            own.set_result(_ReadHistory(read_history(history, key=headline.key), history.findings))
        except BaseException as error:
            own.set_exception(error)
            with self._lock:
                self._kept.pop(headline, None)
            raise
        return own.result()


def _joined(parts: Sequence[Tables]) -> Tables:
    """Return the tables as one set, each table's rows one below the other; copies, because those kept are shared."""
    if not parts:
        return read_histories(())
    return Tables(
        documents=_concatenated([part.documents for part in parts]),
        submissions=_concatenated([part.submissions for part in parts]),
        rounds=_concatenated([part.rounds for part in parts]),
        histories=_concatenated([part.histories for part in parts]),
        turns=_concatenated([part.turns for part in parts]),
    )


def _concatenated(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    return frames[0].copy() if len(frames) == 1 else pd.concat(frames, ignore_index=True)
