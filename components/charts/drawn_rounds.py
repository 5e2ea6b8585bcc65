"""The rows of the `rounds` table that are drawn, and what the hover texts of events say about them."""

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from components.charts.axis import TimeAxis, days_since_epoch
from components.charts.text import escaped_lines
from components.histories import PaperRef
from components.prosecution import RoundInWords

_MAX_LINES_EACH: Final = 5
"""How many lines of a hover text one round may take."""
_MAX_LINES: Final = 9
"""How many lines all rounds of an event may take; with more a hover text would cover the chart."""


@dataclass(frozen=True, slots=True)
class DrawnRound:
    """A row of the `rounds` table as plain values: an action and its answer.

    Documents are `<history>|<document id>`, dates ISO dates; what is missing is an empty string, or -1 for a number.
    `history` is the index of the history from top to bottom; for all others see the columns of `rounds`.
    """

    history: int
    number: int
    action: str
    label: str
    opened: str
    due: str
    last: str
    bar: str
    answer: str
    answer_label: str
    answered: str
    days: int
    extension_months: int
    extension_source: str
    ended: str
    outcome: str
    outcome_words: str
    explanation: str
    authority: str


def read_rounds(rounds: pd.DataFrame | None, order: Sequence[str]) -> list[DrawnRound]:
    """Return the rounds of the histories that are drawn, by history and round, whatever the order of the rows."""
    if rounds is None or rounds.empty:
        return []
    index = {name: number for number, name in enumerate(order)}
    histories = rounds["history"].tolist()
    drawn_rounds = [
        DrawnRound(*row)
        for row in zip(
            [index.get(name, -1) for name in histories],
            _numbers(rounds["round"]),
            _documents(histories, rounds["action"]),
            rounds["label"].tolist(),
            *(_iso_days(rounds[name]) for name in ("opened", "due", "last", "bar")),
            _documents(histories, rounds["answer"]),
            rounds["answer_label"].tolist(),
            _iso_days(rounds["answered"]),
            _numbers(rounds["days"]),
            _numbers(rounds["extension_months"]),
            rounds["extension_source"].tolist(),
            _iso_days(rounds["ended"]),
            [name if isinstance(name, str) else "" for name in rounds["outcome"].tolist()],
            rounds["outcome_words"].tolist(),
            rounds["explanation"].tolist(),
            rounds["authority"].tolist(),
            strict=True,
        )
        if row[0] >= 0
    ]
    return sorted(drawn_rounds, key=lambda row: (row.history, row.number, row.action))


def _numbers(column: "pd.Series[int]") -> list[int]:
    """Return a column of whole numbers; -1 where one is missing."""
    numbers: list[int] = column.to_numpy(dtype="int64", na_value=-1).tolist()
    return numbers


def _iso_days(column: "pd.Series[pd.Timestamp]") -> list[str]:
    """Return a date column as ISO dates; empty where one is missing."""
    days = column.to_numpy().astype("datetime64[D]").astype(str).tolist()
    return ["" if day == "NaT" else day for day in days]


def _documents(histories: Sequence[str], column: "pd.Series[str]") -> list[str]:
    """Return document ids as `<history>|<document id>`; empty where one is missing."""
    return [
        PaperRef.spell(history, name) if name else "" for history, name in zip(histories, column.tolist(), strict=True)
    ]


def last_due(rounds: Sequence[DrawnRound], drawn: Container[str], time_axis: TimeAxis) -> list[int]:
    """Return the last position at which an open round is due, so that the axis reaches it.

    Args:
        rounds: the rounds.
        drawn: the documents that have an event, as `<history>|<document id>`.
        time_axis: the axis on which they are drawn.

    Returns:
        One position; none without an open round.
    """
    ends = [
        time_axis.position(row.history, days_since_epoch(max(row.due, row.last, row.bar)))
        for row in rounds
        if row.outcome == "open" and row.due and row.action in drawn
    ]
    return [max(ends)] if ends else []


def hover_lines(rounds: Sequence[DrawnRound], event_of: Mapping[str, int]) -> dict[int, list[str]]:
    """Return the lines about rounds in the hover texts of their actions and answers.

    Args:
        rounds: the rounds.
        event_of: document (`<history>|<document id>`) → index of its event.

    Returns:
        Index of the event → lines, escaped.
    """
    lines: defaultdict[int, dict[str, None]] = defaultdict(dict)
    for row in rounds:
        action, answer = event_of.get(row.action), event_of.get(row.answer)
        if action is not None:
            lines[action][_in_words(row).what_followed] = None
        if answer is not None and answer != action:
            lines[answer][_in_words(row).what_it_answers] = None
    return {
        event: [line for text in texts for line in escaped_lines(text, max_lines=_MAX_LINES_EACH)][:_MAX_LINES]
        for event, texts in lines.items()
    }


def _in_words(row: DrawnRound) -> RoundInWords:
    days = {name: getattr(row, name) for name in ("opened", "due", "last", "answered", "ended")}
    return RoundInWords(
        number=row.number,
        label=row.label,
        answer_label=row.answer_label,
        days=row.days if row.days >= 0 else None,
        extension_months=row.extension_months if row.extension_months >= 0 else None,
        extension_source=row.extension_source,
        outcome=row.outcome,
        outcome_words=row.outcome_words,
        explanation=row.explanation,
        authority=row.authority,
        **{name: date.fromisoformat(day) if day else None for name, day in days.items()},
    )
