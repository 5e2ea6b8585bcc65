"""What the lists say of the papers, by their reference: made once of each history, for a search among thousands."""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, NamedTuple

import pandas as pd

from components.history_tables import HistoryTables
from components.store import Headline

_MAX_KEPT: Final = 512
"""Histories that are remembered; beyond that, those not used for the longest time are forgotten."""


class ListedPaper(NamedTuple):
    """A paper as the list of its history has it."""

    code: str
    description: str
    day: date | None
    side: str
    """As the tables name it: `third party`."""
    round: int | None
    place: int
    """Its place in reading order, the oldest first."""
    category: str = ""
    """As the tables name it: `non_final_rejection`."""


class ListedPapers:
    """The papers of held histories; used by all threads of one workspace."""

    def __init__(self, tables: HistoryTables) -> None:
        self._tables = tables
        self._lock = threading.Lock()
        self._kept: OrderedDict[Headline, Mapping[str, ListedPaper]] = OrderedDict()

    def of(self, headlines: Iterable[Headline]) -> dict[str, Mapping[str, ListedPaper]]:
        """Return the papers of histories, by key and by id of the document; none of a history that cannot be read."""
        return {headline.key: self._of(headline) for headline in headlines}

    def _of(self, headline: Headline) -> Mapping[str, ListedPaper]:
        with self._lock:
            if headline in self._kept:
                self._kept.move_to_end(headline)
                return self._kept[headline]
        papers = _papers(self._tables.of([headline]).tables.documents)
        with self._lock:
            self._kept[headline] = papers
            while len(self._kept) > _MAX_KEPT:
                self._kept.popitem(last=False)
        return papers


def _papers(documents: pd.DataFrame) -> dict[str, ListedPaper]:
    days = [None if pd.isna(day) else day.date() for day in documents["date"]]
    rounds = [None if pd.isna(number) else int(number) for number in documents["round"]]
    columns = zip(documents["code"], documents["description"], days, documents["side"].astype(str), rounds,
                  documents["seq"], documents["category"].astype(str), strict=True)  # fmt: skip
    return {name: ListedPaper(*row) for name, row in zip(documents["id"], columns, strict=True)}
