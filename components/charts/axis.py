"""The axis of time: the calendar, or months from an event that the histories have in common."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, Final, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components.prosecution import COLUMN_LABELS, column_labels, offices_of
from components.words import MONTH_DAYS, counted, listed
from components.words import day as day_in_words

Axis = Literal["calendar", "months"]
Align = Literal["filed", "first_action", "allowed"]

MONTH: Final = 3_600_000
"""A month on the axis of months: an hour of plotly's calendar, in milliseconds. Of the axes of plotly only that of time
has ticks at 1, 2, 3, 6, 12 and 24, which suit months; an axis of numbers has them at 10, 20 and 50."""
_EPOCH: Final = date(1970, 1, 1)
_DAY: Final = "datetime64[D]"
_ALIGNED_AT: Final = {
    "filed": ("Filing", "filing", "filing date"),
    "first_action": ("First action", "the first action", "first action"),
    "allowed": ("Allowance", "allowance", "notice of allowance"),
}
"""Column of `histories` → the name of its event as a heading, after "months since", and after "has no"."""
_FILES_OF: Final = "US"
"""The office whose events `_ALIGNED_AT` names."""
_MAX_NAMED: Final = 3
"""How many histories a note names before it counts the others."""


@cache
def event_names(align: Align, offices: frozenset[str]) -> tuple[str, str, str]:
    """Return the name of the event at which files are aligned: as a heading, after "months since", and after "has no".

    Args:
        align: the column of `histories` with its day.
        offices: those whose files are drawn; what all of them call alike is called so.
    """
    own = column_labels(offices)[align]
    if offices <= {_FILES_OF} or own == COLUMN_LABELS[align]:
        return _ALIGNED_AT[align]
    in_sentence = f"{own[:1].lower()}{own[1:]}"
    return own, f"the {in_sentence}", in_sentence


def days_since_epoch(day: str) -> int:
    """Return an ISO date such as `2018-08-31` as days since 1970-01-01."""
    return date.fromisoformat(day).toordinal() - _EPOCH.toordinal()


def typed_array(numbers: Sequence[float] | NDArray[np.float64]) -> dict[str, str]:
    """Return numbers as one of plotly's typed arrays, which plotly neither checks nor copies number by number.

    They are 32-bit floats, precise to 24 bits; NaN is a gap in a line.
    """
    return {"dtype": "f4", "bdata": base64.b64encode(np.asarray(numbers, dtype="<f4").tobytes()).decode("ascii")}


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """Converts days into positions on the axis, and positions into the coordinates that plotly draws.

    A position is a number of days: since 1970-01-01 on the calendar; on the axis of months since the event at which
    its history is aligned. A coordinate is an ISO date on the calendar; on the axis of months it is milliseconds, of
    which a month takes `MONTH`.
    """

    histories: Sequence[str]
    """The keys of the histories that are drawn, from top to bottom; elsewhere a history is an index into these."""
    origins: tuple[int, ...] = ()
    """Day of position 0 for each history, in days since 1970-01-01; empty on the calendar."""
    align: Align = "filed"
    event: tuple[str, str, str] = _ALIGNED_AT["filed"]
    """The names of the event (`event_names`)."""
    missing: Sequence[str] = ()
    """Histories without the event to align at. They are not drawn, except when the event is the filing."""

    @property
    def months(self) -> bool:
        """Whether the axis counts months rather than showing the calendar."""
        return bool(self.origins)

    @property
    def zero_name(self) -> str:
        """The event at position 0, as a heading; empty on the calendar."""
        return self.event[0] if self.months else ""

    def position(self, history: int, day: int) -> int:
        """Return the position of a day (in days since 1970-01-01) for one history."""
        return day - self.origins[history] if self.months else day

    def positions(self, history: NDArray[np.int64], day: NDArray[np.int64]) -> list[int]:
        """Return the positions of days, each for the history in the same row."""
        positions: list[int] = (day - np.array(self.origins)[history] if self.months else day).tolist()
        return positions

    def coordinate(self, position: float) -> str | float:
        """Return the coordinate of one position: an ISO date, or whole milliseconds."""
        if self.months:
            return round(position / MONTH_DAYS * MONTH)
        return (_EPOCH + timedelta(days=round(position))).isoformat()

    def coordinates(self, positions: NDArray[np.float64]) -> Any:  # noqa: ANN401 - a list or a typed array
        """Return the coordinates of the points of lines; NaN is a gap.

        On the calendar they are precise to the hour, so that a short curve is as smooth as a long one.
        """
        if self.months:
            return typed_array(positions * (MONTH / MONTH_DAYS))
        gaps = np.isnan(positions)
        hours: list[str | None] = (
            np.round(np.where(gaps, 0, positions) * 24).astype("datetime64[h]").astype(str).tolist()
        )
        for gap in np.flatnonzero(gaps).tolist():
            hours[gap] = None
        return hours

    def in_words(self, history: int, day: str, position: int) -> str:
        """Return when something happened on the axis of months: its day, and how many months from position 0."""
        written_day = day_in_words(date.fromisoformat(day))
        event = "the first document" if self.histories[history] in self.missing else self.event[1]
        if not position:
            return f"{written_day}, the day of {event}"
        number = f"{abs(position) / MONTH_DAYS:,.1f}"
        months = f"{number} month{'' if number == '1.0' else 's'}"
        return f"{written_day}, {months} {'after' if position > 0 else 'before'} {event}"

    def missing_note(self, titles: Sequence[str]) -> str:
        """Return a note that names the histories without the event, and says how they are treated.

        Args:
            titles: the titles of `missing`, escaped.
        """
        if not titles:
            return ""
        named = list(titles[:_MAX_NAMED])
        if len(titles) > len(named):
            named.append(counted(len(titles) - len(named), "other"))
        single = len(titles) == 1
        lack = f"{listed(named)} {'has' if single else 'have'} no {self.event[2]}"
        if self.align == "filed":
            return f"{lack}: counted from the first document"
        return f"{lack} and {'is' if single else 'are'} left out"


def align_histories(
    order: Sequence[str], *, histories: pd.DataFrame | None, documents: pd.DataFrame, axis: Axis, align: Align
) -> TimeAxis:
    """Return the axis on which histories are drawn.

    On the axis of months a history without a filing date is counted from its first document. One without a first
    action or an allowance is left out where the axis counts from that event.

    Args:
        order: the keys of the histories to draw, each once.
        histories: their `histories` table, which has the dates.
        documents: their `documents` table, for the first document of a history that is not in `histories`.
        axis: the calendar, or months.
        align: the column of `histories` with the day of position 0 on the axis of months.
    """
    if axis == "calendar":
        return TimeAxis(order)
    origins = _days(histories, align)
    missing = [name for name in order if name not in origins]
    if align == "filed":
        origins |= _first_documents(missing, histories, documents)
    drawn = [name for name in order if name in origins]
    offices = frozenset[str]() if histories is None else offices_of(histories[histories["history"].isin(order)])
    return TimeAxis(drawn, tuple(origins[name] for name in drawn), align, event_names(align, offices), missing)


def _first_documents(names: Sequence[str], histories: pd.DataFrame | None, documents: pd.DataFrame) -> dict[str, int]:
    """Return the day of the first document of each history, in days since 1970-01-01."""
    known = _days(histories, "first_document")
    return {name: known[name] if name in known else _first_document(documents, name) for name in names}


def _days(histories: pd.DataFrame | None, column: str) -> dict[str, int]:
    """Return a date column as days since 1970-01-01, by history; without those that have no date."""
    if histories is None:
        return {}
    known = histories[histories[column].notna()]
    days = known[column].to_numpy().astype(_DAY).astype(np.int64).tolist()
    return dict(zip(known["history"].tolist(), days, strict=True))


def _first_document(documents: pd.DataFrame, history: str) -> int:
    """Return the day of the first plausible document of a history, in days since 1970-01-01; 0 if there is none."""
    rows = documents[(documents["history"] == history) & documents["date"].notna()]
    if "in_range" in rows:
        rows = rows[rows["in_range"]]
    return 0 if rows.empty else int(rows["date"].min().to_numpy().astype(_DAY).astype(np.int64))
