"""The sections of a selection: one for each round, and others for the documents before, between and after rounds."""

from bisect import bisect_right
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from components.exports.selection import Selection
from components.prosecution import round_in_words

BEFORE: Final = "Filing and formalities"
AFTER: Final = "After the examination"
UNDATED: Final = "Undated or out of place"


@dataclass(frozen=True, slots=True)
class Section:
    """Documents of one history under a common heading."""

    history: str
    title: str
    """`Round 2: Final rejection, 31 Aug 2018, answered 2 May 2019 by RCE`; plain text."""
    rows: tuple[int, ...]
    """Their row numbers in `selection.documents`, from 0, in its order."""
    round: int | None = None
    """Number of the round; None for documents outside rounds."""


@dataclass(frozen=True)
class _RoundsOfHistory:
    """What is needed of the rounds of one history to make its sections."""

    titles: dict[int, str]
    opened: list[Any]
    """The days on which rounds were opened, oldest first."""
    issued: Any


def sections_of(selection: Selection) -> list[Section]:
    """Return the sections of a selection.

    Every document is in exactly one. Histories are ordered as in `selection.histories`; within a history the sections
    are ordered by their first documents, and the documents as given. A round has one section, if any of its documents
    is in the selection. Documents outside rounds are grouped by the rounds between whose dates they fall; those without
    a date, or with a date at which the application cannot have had them, come last.
    """
    rows = selection.documents
    columns = (rows["history"], rows["round"], rows["date"], rows["in_range"])
    rows_by_section: dict[str, dict[tuple[str, int], list[int]]] = {
        history: {} for history in selection.histories["history"]
    }
    rounds = {history: _rounds_of(selection, history) for history in dict.fromkeys(rows["history"])}
    for row, (history, number, day, in_range) in enumerate(zip(*columns, strict=True)):
        key = _key(rounds[history], number, day, in_range=in_range)
        rows_by_section.setdefault(history, {}).setdefault(key, []).append(row)
    return [
        Section(history, _title(rounds[history], *key), tuple(rows_of_section), key[1] if key[0] == "round" else None)
        for history, sections in rows_by_section.items()
        for key, rows_of_section in sorted(sections.items(), key=lambda key_and_rows: key_and_rows[0][0] == "last")
    ]


def _key(rounds: _RoundsOfHistory, number: Any, day: Any, *, in_range: bool) -> tuple[str, int]:  # noqa: ANN401 - cells
    if pd.isna(day) or not in_range:
        return "last", 0
    if not pd.isna(number):
        return "round", int(number)
    if not rounds.opened and not pd.isna(rounds.issued) and day > rounds.issued:
        return "gap", 1
    return "gap", bisect_right(rounds.opened, day)


def _title(rounds: _RoundsOfHistory, kind: str, number: int) -> str:
    if kind == "last":
        return UNDATED
    if kind == "round":
        return rounds.titles.get(number, f"Round {number}")
    if number == 0:
        return BEFORE
    if number < len(rounds.opened):
        return f"Between rounds {number} and {number + 1}"
    # Only after the issue is a later paper without a round sure to be after the examination.
    return f"After round {number}" if pd.isna(rounds.issued) else AFTER


def _rounds_of(selection: Selection, history: str) -> _RoundsOfHistory:
    table = selection.rounds[selection.rounds["history"] == history]
    facts = selection.histories[selection.histories["history"] == history]
    return _RoundsOfHistory(
        titles={int(row["round"]): round_in_words(row).title for row in table.to_dict("records")},
        opened=sorted(table["opened"].dropna()),
        issued=facts["issued"].iloc[0] if len(facts) else pd.NaT,
    )
