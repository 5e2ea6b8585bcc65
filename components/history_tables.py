"""The tables of the held histories, built once for each of them and state of the store, for pages and routes alike."""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass

import pandas as pd

from components.prosecution import Tables, read, read_all
from components.store import Headline, HistoryDamaged, Store

KEPT = 512
"""Histories whose tables are kept in memory; of more the least used are read again."""


@dataclass(frozen=True, slots=True)
class HeldTables:
    """What some held histories say, those of them that can be read, in the order asked for."""

    headlines: tuple[Headline, ...]
    tables: Tables
    """One set for all of them. It belongs to whoever asked: changing it changes nobody else's."""
    oddities: dict[str, tuple[str, ...]]
    """What was odd in the service's answer, by key, in words for the user."""
    damaged: tuple[str, ...] = ()
    """Why the others cannot be shown, in words for the user."""


@dataclass(frozen=True, slots=True)
class _Read:
    tables: Tables
    oddities: tuple[str, ...]


class HistoryTables:
    """Reads histories of one store and keeps their tables; one instance a process, used by all threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._kept: OrderedDict[Headline, Future[_Read]] = OrderedDict()

    def of(self, lines: Iterable[Headline]) -> HeldTables:
        """Give the tables of held histories, as `Store.headlines` tells of them at present."""
        sound: dict[Headline, _Read] = {}
        damaged: list[str] = []
        for line in lines:
            try:
                sound[line] = self._read(line)
            except HistoryDamaged as error:
                damaged.append(str(error))
        return HeldTables(
            headlines=tuple(sound),
            tables=_joined([one.tables for one in sound.values()]),
            oddities={line.key: one.oddities for line, one in sound.items()},
            damaged=tuple(damaged),
        )

    def _read(self, line: Headline) -> _Read:
        """Read a history, or wait for whoever is reading it; what could not be read is tried again by the next."""
        with self._lock:
            kept = self._kept.get(line)
            mine: Future[_Read] = Future()
            if kept is None:
                self._kept[line] = mine
            else:
                self._kept.move_to_end(line)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        if kept is not None:
            return kept.result()
        try:
            history = self._store.load([line.key])[line.key]
            mine.set_result(_Read(read(history, key=line.key), history.findings))
        except BaseException as error:
            mine.set_exception(error)
            with self._lock:
                self._kept.pop(line, None)
            raise
        return mine.result()


def _joined(parts: Sequence[Tables]) -> Tables:
    """Put tables one below another, always as copies: those kept are everybody's."""
    if not parts:
        return read_all(())
    return Tables(
        documents=_below([one.documents for one in parts]),
        submissions=_below([one.submissions for one in parts]),
        rounds=_below([one.rounds for one in parts]),
        histories=_below([one.histories for one in parts]),
        turns=_below([one.turns for one in parts]),
    )


def _below(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    return frames[0].copy() if len(frames) == 1 else pd.concat(frames, ignore_index=True)
