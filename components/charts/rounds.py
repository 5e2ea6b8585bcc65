"""The rows of the `rounds` table that are drawn, and what the hover texts of events say about them."""

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from components.charts.axis import TimeAxis, days_since_epoch
from components.charts.text import escaped_lines
from components.words import counted
from components.words import day as day_in_words

_MAX_LINES_EACH: Final = 5
"""How many lines of a hover text one round may take."""
_MAX_LINES: Final = 9
"""How many lines all rounds of an event may take; with more a hover text would cover the chart."""
_UNANSWERED: Final[dict[str, str]] = {
    "superseded": "Superseded",
    "abandoned": "Unanswered",
    "revived": "Unanswered",
}
"""Outcome of an unanswered round → how the explanation is introduced."""
_UNEXPLAINED: Final[Mapping[str, str]] = _UNANSWERED | {"revived": "Unanswered, then revived"}
"""The same where there is no explanation."""
_REMARKS: Final[Mapping[str, str]] = {
    "on time": "on time",
    "late": "after the last day",
    "superseded": "superseded",
    "revived": "revived",
}
"""Outcome of an answered round → what is added to its answer."""


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
    explanation: str
    authority: str


def read_rounds(rounds: pd.DataFrame | None, order: Sequence[str]) -> list[DrawnRound]:
    """Return the rounds of the histories that are drawn, by history and round, whatever the order of the rows."""
    if rounds is None or rounds.empty:
        return []
    index = {name: number for number, name in enumerate(order)}
    histories = rounds["history"].tolist()
    found = [
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
            rounds["explanation"].tolist(),
            rounds["authority"].tolist(),
            strict=True,
        )
        if row[0] >= 0
    ]
    return sorted(found, key=lambda row: (row.history, row.number, row.action))


def _numbers(column: "pd.Series[int]") -> list[int]:
    """Return a column of whole numbers; -1 where one is missing."""
    found: list[int] = column.to_numpy(dtype="int64", na_value=-1).tolist()
    return found


def _iso_days(column: "pd.Series[pd.Timestamp]") -> list[str]:
    """Return a date column as ISO dates; empty where one is missing."""
    days = column.to_numpy().astype("datetime64[D]").astype(str).tolist()
    return ["" if day == "NaT" else day for day in days]


def _documents(histories: Sequence[str], column: "pd.Series[str]") -> list[str]:
    """Return document ids as `<history>|<document id>`; empty where one is missing."""
    return [f"{history}|{name}" if name else "" for history, name in zip(histories, column.tolist(), strict=True)]


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
            lines[action][_of_action(row)] = None
        if answer is not None and answer != action:
            lines[answer][_of_answer(row)] = None
    return {
        event: [line for text in texts for line in escaped_lines(text, max_lines=_MAX_LINES_EACH)][:_MAX_LINES]
        for event, texts in lines.items()
    }


def _of_action(row: DrawnRound) -> str:
    """Return what became of an action."""
    if row.answer or row.answered:
        return _answered_round(row)
    if row.outcome in _UNANSWERED:
        return f"{_UNANSWERED[row.outcome]}: {row.explanation}" if row.explanation else _UNEXPLAINED[row.outcome]
    return _open_round(row)


def _answered_round(row: DrawnRound) -> str:
    """Return when and by what an action was answered, and whether in time."""
    when = f" {_day(row.answered)}" if row.answered else ""
    by = f" by {row.answer_label}" if row.answer_label else ""
    words = [f"Answered{when}{by}"]
    if row.days >= 0:
        words.append(counted(row.days, "day"))
    if row.extension_months > 0:
        source = f" ({row.extension_source})" if row.extension_source else ""
        words.append(f"{counted(row.extension_months, 'month')} of extension{source}")
    if row.outcome == "on time" or (row.outcome in _REMARKS and not row.explanation):
        words.append(_REMARKS[row.outcome])
    return ", ".join(words) + (f": {row.explanation}" if row.explanation else "")


def _open_round(row: DrawnRound) -> str:
    """Return when the answer to an action is due."""
    if not row.due:
        return f"Open: {row.explanation or 'no period is computed'}"
    extended = f", with extensions {_day(row.last)}" if row.last > row.due else ""
    authority = f"{row.authority}; " if row.authority else ""
    return f"Open: due {_day(row.due)}{extended} ({authority}computed, not legal advice)"


def _of_answer(row: DrawnRound) -> str:
    """Return what a paper answers."""
    of = f" of {_day(row.opened)}" if row.opened else ""
    number = f" (round {row.number})" if row.number >= 0 else ""
    return f"Answers {row.label or 'an action'}{of}{number}"


def _day(day: str) -> str:
    return day_in_words(date.fromisoformat(day)) if day else ""
