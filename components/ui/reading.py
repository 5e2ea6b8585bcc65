"""The tables of the histories on the screen, built once per retrieval and shared by all sessions."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import pandas as pd
import streamlit as st

from components.desk import Desk
from components.prosecution import Sentence, findings_of, open_periods, summary_of
from components.store import Headline
from components.ui.story import Story, written


@dataclass(frozen=True, slots=True)
class Shown:
    """The chosen histories, ready to draw."""

    headlines: tuple[Headline, ...] = ()
    documents: pd.DataFrame = field(default_factory=pd.DataFrame)
    """The `documents` table of all of them, with `link` (a path of this app)."""
    submissions: pd.DataFrame = field(default_factory=pd.DataFrame)
    histories: pd.DataFrame = field(default_factory=pd.DataFrame)
    rounds: pd.DataFrame = field(default_factory=pd.DataFrame)
    turns: pd.DataFrame = field(default_factory=pd.DataFrame)
    today: date = date.min
    due: pd.DataFrame = field(default_factory=pd.DataFrame)
    """What is due, reckoned from `today` (`open_periods`); empty unless told in words."""
    stories: dict[str, Story] = field(default_factory=dict)
    """What is said of each in words, by its key; empty unless asked for."""
    damaged: tuple[str, ...] = ()
    """Why some of them cannot be shown, in words for the user."""


def show(desk: Desk, keys: Sequence[str], *, in_words: bool = False) -> Shown:
    """Read the tables of these histories, in this order; with their stories, if they are to be told in words."""
    lines = {line.key: line for line in desk.store.headlines(keys)}
    held = desk.tables.of(lines[key] for key in keys if key in lines)
    if not held.headlines:
        return Shown(damaged=held.damaged)
    tables = held.tables
    links = [link for line in held.headlines for link in _links(desk, line)]
    today = datetime.now(UTC).date()
    return Shown(
        damaged=held.damaged,
        headlines=held.headlines,
        today=today,
        due=open_periods(tables.rounds, today) if in_words else pd.DataFrame(),
        documents=tables.documents.assign(link=links),
        submissions=tables.submissions,
        histories=tables.histories,
        rounds=tables.rounds,
        turns=tables.turns,
        stories={line.key: _tell(desk, line) for line in held.headlines if in_words},
    )


def sentences_of(desk: Desk, lines: Sequence[Headline]) -> dict[str, tuple[Sentence, ...]]:
    """Give the summary of each history for a file that is taken away, by its key."""
    return {line.key: summary_of(desk.tables.of([line]).tables, line.key) for line in lines}


def all_findings(desk: Desk, lines: Sequence[Headline]) -> pd.DataFrame:
    """Give what the lists of these histories lack (`findings_of`)."""
    found = [findings_of(desk.tables.of([line]).tables) for line in lines]
    return found[0] if len(found) == 1 else pd.concat(found, ignore_index=True)


# A day at most: the tokens in the links are dated, and a colleague's copy should live as long as promised.
@st.cache_resource(max_entries=512, ttl=86_400, show_spinner=False)
def _links(_desk: Desk, line: Headline) -> tuple[str, ...]:
    """Give the path of this app that opens each document of a history, in the order of its `documents` table."""
    tokens = _desk.documents.tokens
    return tuple(tokens.path(line.key, name) for name in _desk.tables.of([line]).tables.documents["id"])


@st.cache_resource(max_entries=512, ttl=86_400, show_spinner=False)
def _tell(_desk: Desk, line: Headline) -> Story:
    held = _desk.tables.of([line])
    documents = held.tables.documents.assign(link=_links(_desk, line))
    sentences = summary_of(held.tables, line.key)
    return written(sentences, findings_of(held.tables), documents, held.oddities[line.key])
