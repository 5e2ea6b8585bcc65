"""The tables of the histories on the screen, built once per retrieval and shared by all sessions."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import pandas as pd
import streamlit as st

from components.documents import tokens_of
from components.lookups import Desk
from components.prosecution import Sentence, Tables, findings_of, open_periods, read, summary_of
from components.store import Headline, HistoryDamaged
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
    headlines: list[Headline] = []
    read_ones: list[Tables] = []
    damaged: list[str] = []
    for key in keys:
        if key not in lines:
            continue
        try:
            read_ones.append(_read(desk, key, lines[key].retrieved, lines[key].held)[0])
            headlines.append(lines[key])
        except HistoryDamaged as error:
            damaged.append(str(error))
    if not headlines:
        return Shown(damaged=tuple(damaged))
    rounds = _below([tables.rounds for tables in read_ones])
    today = datetime.now(UTC).date()
    return Shown(
        damaged=tuple(damaged),
        headlines=tuple(headlines),
        today=today,
        due=open_periods(rounds, today) if in_words else pd.DataFrame(),
        documents=_below([tables.documents for tables in read_ones]),
        submissions=_below([tables.submissions for tables in read_ones]),
        histories=_below([tables.histories for tables in read_ones]),
        rounds=rounds,
        turns=_below([tables.turns for tables in read_ones]),
        stories={line.key: _tell(desk, line.key, line.retrieved, line.held) for line in headlines if in_words},
    )


def sentences_of(desk: Desk, lines: Sequence[Headline]) -> dict[str, tuple[Sentence, ...]]:
    """Give the summary of each history for a file that is taken away, by its key."""
    return {line.key: summary_of(_read(desk, line.key, line.retrieved, line.held)[0], line.key) for line in lines}


def all_findings(desk: Desk, lines: Sequence[Headline]) -> pd.DataFrame:
    """Give what the lists of these histories lack (`findings_of`)."""
    return _below([findings_of(_read(desk, line.key, line.retrieved, line.held)[0]) for line in lines])


def _below(frames: list[pd.DataFrame]) -> pd.DataFrame:
    return frames[0] if len(frames) == 1 else pd.concat(frames, ignore_index=True)


# A day at most: the tokens in the links are dated, and a colleague's copy should live as long as promised.
@st.cache_resource(max_entries=512, ttl=86_400, show_spinner=False)
def _read(_desk: Desk, key: str, retrieved: datetime, held: int) -> tuple[Tables, tuple[str, ...]]:
    del retrieved, held  # part of the cache's key: a refresh or a further page is read anew
    history = _desk.store.load([key])[key]
    tables = read(history)
    tokens = tokens_of(_desk)
    tables.documents["link"] = [tokens.path(key, name) for name in tables.documents["id"]]
    return tables, history.findings


@st.cache_resource(max_entries=512, ttl=86_400, show_spinner=False)
def _tell(_desk: Desk, key: str, retrieved: datetime, held: int) -> Story:
    tables, oddities = _read(_desk, key, retrieved, held)
    sentences = summary_of(tables, str(tables.histories["history"].iloc[0]))
    return written(sentences, findings_of(tables), tables.documents, oddities)
