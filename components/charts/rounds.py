"""From the `rounds` table: which paper answers which, and how that is said on hover."""

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from components.charts.axis import Clock, days_of
from components.charts.text import lines_of
from components.words import counted
from components.words import day as day_in_words

_MOST_EACH: Final = 5
_MOST_LINES: Final = 9
"""More lines than this would make a hover text taller than what it explains."""
_UNANSWERED: Final[dict[str, str]] = {
    "superseded": "Superseded",
    "abandoned": "Unanswered",
    "revived": "Unanswered",
}
_SILENT: Final[Mapping[str, str]] = _UNANSWERED | {"revived": "Unanswered, then revived"}
"""The same where nothing explains it."""
_REMARKS: Final[Mapping[str, str]] = {
    "on time": "on time",
    "late": "after the last day",
    "superseded": "superseded",
    "revived": "revived",
}


@dataclass(frozen=True, slots=True)
class Round:
    """An action and its answer. Documents are `<history>|<document id>`, days `2018-08-31`; nothing is ``""``."""

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


def rounds_of(rounds: pd.DataFrame | None, order: Sequence[str]) -> list[Round]:
    """Take the rounds of the histories asked for, by history and round whatever the order of the rows."""
    if rounds is None or rounds.empty:
        return []
    places = {name: place for place, name in enumerate(order)}
    histories = rounds["history"].tolist()
    found = [
        Round(*row)
        for row in zip(
            [places.get(name, -1) for name in histories],
            _numbers(rounds["round"]),
            _documents(histories, rounds["action"]),
            rounds["label"].tolist(),
            *(_days(rounds[name]) for name in ("opened", "due", "last", "bar")),
            _documents(histories, rounds["answer"]),
            rounds["answer_label"].tolist(),
            _days(rounds["answered"]),
            _numbers(rounds["days"]),
            _numbers(rounds["extension_months"]),
            rounds["extension_source"].tolist(),
            _days(rounds["ended"]),
            [name if isinstance(name, str) else "" for name in rounds["outcome"].tolist()],
            rounds["explanation"].tolist(),
            rounds["authority"].tolist(),
            strict=True,
        )
        if row[0] >= 0
    ]
    return sorted(found, key=lambda entry: (entry.history, entry.number, entry.action))


def _numbers(column: "pd.Series[int]") -> list[int]:
    found: list[int] = column.to_numpy(dtype="int64", na_value=-1).tolist()
    return found


def _days(column: "pd.Series[pd.Timestamp]") -> list[str]:
    days = column.to_numpy().astype("datetime64[D]").astype(str).tolist()
    return ["" if day == "NaT" else day for day in days]


def _documents(histories: Sequence[str], column: "pd.Series[str]") -> list[str]:
    return [f"{history}|{name}" if name else "" for history, name in zip(histories, column.tolist(), strict=True)]


def last_due(rounds: Sequence[Round], drawn: Container[str], clock: Clock) -> list[int]:
    """Return the last place in time that an open round needs to be drawn; none without an open round.

    Args:
        rounds: the rounds.
        drawn: the documents that have an event.
        clock: the axis of time.
    """
    ends = [
        clock.place(entry.history, days_of(max(entry.due, entry.last, entry.bar)))
        for entry in rounds
        if entry.outcome == "open" and entry.due and entry.action in drawn
    ]
    return [max(ends)] if ends else []


def lines_told(rounds: Sequence[Round], places: Mapping[str, int]) -> dict[int, list[str]]:
    """Say what is shown on hovering over an event that opens or answers rounds.

    Args:
        rounds: the rounds drawn.
        places: the event of each document.

    Returns:
        Event → lines, safe to show.
    """
    told: defaultdict[int, dict[str, None]] = defaultdict(dict)
    for entry in rounds:
        action, answer = places.get(entry.action), places.get(entry.answer)
        if action is not None:
            told[action][_of_action(entry)] = None
        if answer is not None and answer != action:
            told[answer][_of_answer(entry)] = None
    return {
        event: [line for text in texts for line in lines_of(text, most=_MOST_EACH)][:_MOST_LINES]
        for event, texts in told.items()
    }


def _of_action(entry: Round) -> str:
    if entry.answer or entry.answered:
        return _answered(entry)
    if entry.outcome in _UNANSWERED:
        return f"{_UNANSWERED[entry.outcome]}: {entry.explanation}" if entry.explanation else _SILENT[entry.outcome]
    return _open(entry)


def _answered(entry: Round) -> str:
    when = f" {_day(entry.answered)}" if entry.answered else ""
    by = f" by {entry.answer_label}" if entry.answer_label else ""
    words = [f"Answered{when}{by}"]
    if entry.days >= 0:
        words.append(counted(entry.days, "day"))
    if entry.extension_months > 0:
        source = f" ({entry.extension_source})" if entry.extension_source else ""
        words.append(f"{counted(entry.extension_months, 'month')} of extension{source}")
    if entry.outcome == "on time" or (entry.outcome in _REMARKS and not entry.explanation):
        words.append(_REMARKS[entry.outcome])
    return ", ".join(words) + (f": {entry.explanation}" if entry.explanation else "")


def _open(entry: Round) -> str:
    if not entry.due:
        return f"Open: {entry.explanation or 'no period is computed'}"
    extended = f", with extensions {_day(entry.last)}" if entry.last > entry.due else ""
    authority = f"{entry.authority}; " if entry.authority else ""
    return f"Open: due {_day(entry.due)}{extended} ({authority}computed, not legal advice)"


def _of_answer(entry: Round) -> str:
    of = f" of {_day(entry.opened)}" if entry.opened else ""
    number = f" (round {entry.number})" if entry.number >= 0 else ""
    return f"Answers {entry.label or 'an action'}{of}{number}"


def _day(day: str) -> str:
    return day_in_words(date.fromisoformat(day)) if day else ""
