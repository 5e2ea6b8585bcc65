"""The histories on the Review page: their tables with links, the periods that are open, and each in words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pandas as pd
import streamlit as st

from components.documents import Tokens
from components.history_tables import HeldTables, HistoryTables
from components.prosecution import Sentence, Tables, findings_of, open_periods, summary_of
from components.store import Headline
from components.ui.app.base_path import base_path
from components.ui.app.lifespan import routes_are_served
from components.ui.history_names import short_title
from components.ui.review.summary import HistoryInWords, write_history


@dataclass(frozen=True, slots=True)
class ReviewedHistories:
    """The histories on the screen, those of them that can be read."""

    headlines: tuple[Headline, ...]
    tables: Tables
    """One set for all of them; `documents` has `link`, a path of this app, empty where it has no routes."""
    today: date
    due: pd.DataFrame
    """The periods that are open on `today` (`open_periods`)."""

    @property
    def numbers(self) -> dict[str, str]:
        """The number by which each is called on the screen, by its key."""
        return {headline.key: short_title(headline) for headline in self.headlines}


def reviewed_histories(tables: HistoryTables, tokens: Tokens, held: HeldTables) -> ReviewedHistories:
    """Return held histories as the Review page draws them, with links to their documents and the periods open today."""
    base = link_base()
    links = [link for headline in held.headlines for link in _links(tables, tokens, headline, tokens.place, base)]
    with_links = replace(held.tables, documents=held.tables.documents.assign(link=links))
    today = datetime.now(UTC).date()
    return ReviewedHistories(held.headlines, with_links, today, open_periods(with_links.rounds, today))


def summaries_of(tables: HistoryTables, headlines: Sequence[Headline]) -> dict[str, tuple[Sentence, ...]]:
    """Return the sentences of each history's summary, by its key, for a file that is downloaded."""
    return {headline.key: summary_of(tables.of([headline]).tables, headline.key) for headline in headlines}


def all_findings(tables: HistoryTables, headlines: Sequence[Headline]) -> pd.DataFrame:
    """Return what the lists of these histories lack (`findings_of`), then what was odd in the service's answers."""
    parts = []
    for headline in headlines:
        held = tables.of([headline])
        odd = held.oddities.get(headline.key, ())
        parts.append(findings_of(held.tables))
        parts.append(pd.DataFrame([(headline.key, "answer", "", text) for text in odd], columns=parts[0].columns))
    return pd.concat(parts, ignore_index=True).astype("str")


def link_base() -> str | None:
    """Return what stands before the paths of documents; `None` where this app has no routes, and so no links."""
    return base_path() if routes_are_served() else None


# A day at most: the tokens in the links are dated, and a colleague's copy should live as long as promised. A headline
# names itself by its text, which is five times as fast as Streamlit's reading of its fields.
@st.cache_resource(max_entries=512, ttl=86_400, show_spinner=False, hash_funcs={Headline: repr})
def _links(
    _tables: HistoryTables, _tokens: Tokens, headline: Headline, workspace: str, base: str | None
) -> tuple[str, ...]:
    """Return the path that opens each document of a history, in the order of its `documents` table.

    Args:
        headline: of the history.
        workspace: that of the tokens; two may hold the same history, each with links of its own.
        base: what stands before a path (`link_base`); without it all are empty.
    """
    del workspace  # part of the key
    names = _tables.of([headline]).tables.documents["id"]
    return tuple("" if base is None else base + _tokens.document_path(headline.key, name) for name in names)


def history_in_words(tables: HistoryTables, tokens: Tokens, headline: Headline) -> HistoryInWords:
    """Return a history in words, made once for all sessions of a workspace."""
    return _in_words(tables, tokens, headline, tokens.place, link_base())


@st.cache_resource(max_entries=512, ttl=86_400, show_spinner=False, hash_funcs={Headline: repr})
def _in_words(
    _tables: HistoryTables, _tokens: Tokens, headline: Headline, workspace: str, base: str | None
) -> HistoryInWords:
    held = _tables.of([headline])
    links = _links(_tables, _tokens, headline, workspace, base)
    documents = held.tables.documents.assign(link=links)
    sentences = summary_of(held.tables, headline.key)
    return write_history(sentences, findings_of(held.tables), documents, held.oddities[headline.key])
