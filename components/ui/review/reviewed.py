"""The histories on the Review page: their tables with links, what is due, and each in words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pandas as pd
import streamlit as st

from components.desk import Desk
from components.history_tables import HeldTables
from components.prosecution import Sentence, Tables, findings_of, open_periods, summary_of
from components.store import Headline
from components.ui.history_names import short_title
from components.ui.review.summary import HistoryInWords, write_history


@dataclass(frozen=True, slots=True)
class ReviewedHistories:
    """The histories on the screen, those of them that can be read."""

    headlines: tuple[Headline, ...]
    tables: Tables
    """One set for all of them; `documents` has `link`, a path of this app."""
    today: date
    due: pd.DataFrame
    """What is due, reckoned from `today` (`open_periods`)."""

    @property
    def numbers(self) -> dict[str, str]:
        """The number by which each is called on the screen, by its key."""
        return {line.key: short_title(line) for line in self.headlines}


def reviewed_histories(desk: Desk, held: HeldTables) -> ReviewedHistories:
    """Return held histories with the links of their documents and with what is due today."""
    links = [link for line in held.headlines for link in _links(desk, line)]
    tables = replace(held.tables, documents=held.tables.documents.assign(link=links))
    today = datetime.now(UTC).date()
    return ReviewedHistories(held.headlines, tables, today, open_periods(tables.rounds, today))


def sentences_of(desk: Desk, lines: Sequence[Headline]) -> dict[str, tuple[Sentence, ...]]:
    """Return the summary of each history for a file that is taken away, by its key."""
    return {line.key: summary_of(desk.tables.of([line]).tables, line.key) for line in lines}


def all_findings(desk: Desk, lines: Sequence[Headline]) -> pd.DataFrame:
    """Return what the lists of these histories lack (`findings_of`)."""
    found = [findings_of(desk.tables.of([line]).tables) for line in lines]
    return found[0] if len(found) == 1 else pd.concat(found, ignore_index=True)


# A day at most: the tokens in the links are dated, and a colleague's copy should live as long as promised.
@st.cache_resource(max_entries=512, ttl=86_400, show_spinner=False)
def _links(_desk: Desk, line: Headline) -> tuple[str, ...]:
    """Return the path of this app that opens each document of a history, in the order of its `documents` table."""
    tokens = _desk.documents.tokens
    return tuple(tokens.path(line.key, name) for name in _desk.tables.of([line]).tables.documents["id"])


@st.cache_resource(max_entries=512, ttl=86_400, show_spinner=False)
def history_in_words(_desk: Desk, line: Headline) -> HistoryInWords:
    """Return a history in words, made once for all sessions."""
    held = _desk.tables.of([line])
    documents = held.tables.documents.assign(link=_links(_desk, line))
    sentences = summary_of(held.tables, line.key)
    return write_history(sentences, findings_of(held.tables), documents, held.oddities[line.key])
