"""The tables of the histories on the screen, built once per retrieval and shared by all sessions."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import pandas as pd
import streamlit as st

from components.documents import tokens_of
from components.lookups import Desk
from components.prosecution import Tables, read
from components.store import Headline, HistoryDamaged


@dataclass(frozen=True, slots=True)
class Shown:
    """The chosen histories, ready to draw."""

    headlines: tuple[Headline, ...] = ()
    documents: pd.DataFrame = field(default_factory=pd.DataFrame)
    """The `documents` table of all of them, with `link` (a path of this app)."""
    histories: pd.DataFrame = field(default_factory=pd.DataFrame)
    findings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    damaged: tuple[str, ...] = ()
    """Why some of them cannot be shown, in words for the user."""


def show(desk: Desk, keys: Sequence[str]) -> Shown:
    """Read the tables of these histories, in this order."""
    lines = {line.key: line for line in desk.store.headlines(keys)}
    headlines, read_ones, damaged = [], [], []
    for key in keys:
        if key not in lines:
            continue
        try:
            read_ones.append(_read(desk, key, lines[key].retrieved, lines[key].held))
            headlines.append(lines[key])
        except HistoryDamaged as error:
            damaged.append(str(error))
    if not headlines:
        return Shown(damaged=tuple(damaged))
    documents = [part.documents for part, _ in read_ones]
    histories = [part.histories for part, _ in read_ones]
    return Shown(
        damaged=tuple(damaged),
        headlines=tuple(headlines),
        documents=documents[0] if len(documents) == 1 else pd.concat(documents, ignore_index=True),
        histories=histories[0] if len(histories) == 1 else pd.concat(histories, ignore_index=True),
        findings={line.key: findings for line, (_, findings) in zip(headlines, read_ones, strict=True)},
    )


# A day at most: the tokens in the links are dated, and a colleague's copy should live as long as promised.
@st.cache_resource(max_entries=512, ttl=86_400, show_spinner=False)
def _read(_desk: Desk, key: str, retrieved: datetime, held: int) -> tuple[Tables, tuple[str, ...]]:
    del retrieved, held  # part of the cache's key: a refresh or a further page is read anew
    history = _desk.store.load([key])[key]
    tables = read(history)
    tokens = tokens_of(_desk)
    tables.documents["link"] = [tokens.path(key, name) for name in tables.documents["id"]]
    return tables, history.findings
