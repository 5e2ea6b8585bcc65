"""The tables of the held histories: built once each time one is retrieved, for pages and routes alike.

What the service delivers has no limit of length. It is kept as it came, and cut here, on its way to everything that is
shown; only files of data get the whole texts back.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, fields, replace
from typing import Final, NamedTuple

import pandas as pd

from components.histories import FileHistory, PaperRef, SetPeriod
from components.prosecution import Tables, read_histories, read_history
from components.store import Headline, HistoryDamaged, Store, StoreFailed
from components.words import shortened

LONGEST_TEXT: Final = 400
"""Characters of a description or a finding from which tables are made; the longest recorded description has 124."""
LONGEST_CODE: Final = 100
"""The same for document codes and numbers."""
MAX_KEPT = 512
"""Histories whose tables are kept in memory; beyond that, those not used for the longest time are dropped."""
MAX_JOINED = 8
"""The same for selections of several histories, whose tables are kept as one set."""


class WholeTexts(NamedTuple):
    """The texts of one document as the service gave them, however long."""

    code: str
    description: str


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
    whole_texts: Mapping[PaperRef, WholeTexts] = field(default_factory=dict)
    """Code and description as the service gave them, of the documents of which the tables have cut ones."""

    def with_whole_texts(self, documents: pd.DataFrame) -> pd.DataFrame:
        """Return rows of `documents` with the codes and descriptions that the service gave, for files of data."""
        if not self.whole_texts:
            return documents
        papers = map(PaperRef, documents["history"], documents["id"])
        cut = zip(documents["code"], documents["description"], strict=True)
        texts = [self.whole_texts.get(paper, WholeTexts(*own)) for paper, own in zip(papers, cut, strict=True)]
        return documents.assign(
            code=pd.Series([text.code for text in texts], index=documents.index, dtype="str"),
            description=pd.Series([text.description for text in texts], index=documents.index, dtype="str"),
        )


@dataclass(frozen=True, slots=True)
class _ReadHistory:
    tables: Tables
    oddities: tuple[str, ...]
    whole_texts: Mapping[PaperRef, WholeTexts]


def shown_history(history: FileHistory) -> FileHistory:
    """Return a history with texts of a length that can be shown: far longer ones would stall pages and reports."""
    listed = history.documents
    return replace(
        history,
        apno=shortened(history.apno, LONGEST_CODE),
        patent_number=shortened(history.patent_number, LONGEST_CODE),
        documents=replace(
            listed,
            code=tuple(code if len(code) <= LONGEST_CODE else _cut_code(code) for code in listed.code),
            description=tuple(shortened(description, LONGEST_TEXT) for description in listed.description),
        ),
        findings=tuple(shortened(finding, LONGEST_TEXT) for finding in history.findings),
    )


def _cut_code(code: str) -> str:
    """Return a code that is cut behind what its document's id has of it, so that the document keeps its id."""
    return f"{code.strip()[: LONGEST_CODE - 1]}…"


class _Told(NamedTuple):
    """What the tables of a history are made from: where any of it changes, they are made again."""

    headline: Headline
    periods: tuple[tuple[str, SetPeriod], ...]
    """The periods for reply that its papers set, as was read inside them, by the ids of the documents."""


def _read(history: FileHistory, told: _Told) -> _ReadHistory:
    """Return what is shown of a history, and what of its texts is not."""
    shown, key = shown_history(history), told.headline.key
    tables = read_history(shown, key=key, set_periods=dict(told.periods))
    whole, cut = history.documents, shown.documents
    texts = zip(whole.ids(), zip(whole.code, whole.description, strict=True),
                zip(cut.code, cut.description, strict=True), strict=True)  # fmt: skip
    return _ReadHistory(
        tables, shown.findings, {PaperRef(key, name): WholeTexts(*own) for name, own, short in texts if own != short}
    )


class HistoryTables:
    """Reads histories of one store and keeps their tables; one instance a process, used by all threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._kept: OrderedDict[_Told, Future[_ReadHistory]] = OrderedDict()
        self._joined: OrderedDict[tuple[_Told, ...], Tables] = OrderedDict()
        self._periods: dict[str, tuple[tuple[str, SetPeriod], ...]] = {}
        """Of each history, as they were last asked for: they count where the store cannot be asked."""

    def of(self, headlines: Iterable[Headline]) -> HeldTables:
        """Return the tables of held histories, which `Store.headlines` lists."""
        readable: dict[_Told, _ReadHistory] = {}
        damaged: list[str] = []
        for told in self._told(list(headlines)):
            try:
                readable[told] = self._read(told)
            except HistoryDamaged as error:
                damaged.append(str(error))
        return HeldTables(
            headlines=tuple(told.headline for told in readable),
            tables=self._one_set(readable),
            oddities={told.headline.key: history.oddities for told, history in readable.items()},
            damaged=tuple(damaged),
            whole_texts={paper: text for history in readable.values() for paper, text in history.whole_texts.items()},
        )

    def _told(self, headlines: Sequence[Headline]) -> list[_Told]:
        """Return what the tables of histories are made from, each once."""
        keys = list(dict.fromkeys(headline.key for headline in headlines))
        try:
            said = self._store.contents.periods(keys)
        except StoreFailed:
            pass  # what is in memory is shown all the same
        else:
            found: dict[str, list[tuple[str, SetPeriod]]] = {key: [] for key in keys}
            for paper in sorted(said):
                found[paper.history].append((paper.document, said[paper]))
            with self._lock:
                self._periods |= {key: tuple(periods) for key, periods in found.items()}
        with self._lock:
            return [_Told(headline, self._periods.get(headline.key, ())) for headline in dict.fromkeys(headlines)]

    def _one_set(self, histories: Mapping[_Told, _ReadHistory]) -> Tables:
        """Return the tables of histories as one set: a copy, because those kept are shared."""
        if len(histories) == 1:
            return _copied(next(iter(histories.values())).tables)
        selection = tuple(histories)
        with self._lock:
            joined = self._joined.get(selection)
        if joined is None:
            joined = _joined([history.tables for history in histories.values()])
        with self._lock:
            self._joined[selection] = joined
            self._joined.move_to_end(selection)
            while len(self._joined) > MAX_JOINED:
                self._joined.popitem(last=False)
        return _copied(joined)

    def _read(self, told: _Told) -> _ReadHistory:
        """Read a history, or wait for the thread that is reading it. A failure is not kept: the next call retries."""
        with self._lock:
            kept = self._kept.get(told)
            own: Future[_ReadHistory] = Future()
            if kept is None:
                self._kept[told] = own
            else:
                self._kept.move_to_end(told)
            while len(self._kept) > MAX_KEPT:
                self._kept.popitem(last=False)
        if kept is not None:
            return kept.result()
        key = told.headline.key
        try:
            history = self._store.load([key])[key]
            own.set_result(_read(history, told))
        except BaseException as error:
            own.set_exception(error)
            with self._lock:
                self._kept.pop(told, None)
            raise
        return own.result()


def _joined(parts: Sequence[Tables]) -> Tables:
    """Return the tables as one set, each table's rows one below the other."""
    if not parts:
        return read_histories(())
    return Tables(
        **{
            each.name: pd.concat([getattr(part, each.name) for part in parts], ignore_index=True)
            for each in fields(Tables)
        }
    )


def _copied(tables: Tables) -> Tables:
    """Return a copy for somebody who may change it."""
    return Tables(**{each.name: getattr(tables, each.name).copy() for each in fields(Tables)})
