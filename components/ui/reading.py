"""The tables of the histories on the screen, built once per retrieval and shared by all sessions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import pandas as pd
import streamlit as st

from components.documents import tokens_of
from components.lookups import Desk
from components.prosecution import Tables, read
from components.store import Headline


@dataclass(frozen=True, slots=True)
class Shown:
    """The chosen histories, ready to draw."""

    headlines: tuple[Headline, ...]
    documents: pd.DataFrame
    """The `documents` table of all of them, with `link` (a path of this app)."""
    histories: pd.DataFrame
    findings: dict[str, tuple[str, ...]]


def show(desk: Desk, keys: Sequence[str]) -> Shown:
    """Read the tables of these histories, in this order."""
    lines = {line.key: line for line in desk.store.headlines(keys)}
    headlines = tuple(lines[key] for key in keys if key in lines)
    read_ones = [_read(desk, line.key, line.retrieved, line.held) for line in headlines]
    documents = [part.documents for part, _ in read_ones]
    histories = [part.histories for part, _ in read_ones]
    return Shown(
        headlines=headlines,
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
