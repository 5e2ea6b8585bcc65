"""The axis of time: the calendar, or months from an event that the histories have in common."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components.words import MONTH_DAYS, counted, listed
from components.words import day as day_in_words

Axis = Literal["calendar", "months"]
Align = Literal["filed", "first_action", "allowed"]

_EPOCH: Final = date(1970, 1, 1)
_DAY: Final = "datetime64[D]"
_ALIGNED_AT: Final = {
    "filed": ("Filing", "filing", "filing date"),
    "first_action": ("First action", "the first action", "first action"),
    "allowed": ("Allowance", "allowance", "notice of allowance"),
}
"""Column of `histories` → how its event is named, told from, and missed."""
_MAX_NAMED: Final = 3


def days_since_epoch(day: str) -> int:
    """Turn `2018-08-31` into days since 1970-01-01."""
    return date.fromisoformat(day).toordinal() - _EPOCH.toordinal()


def typed_array(numbers: Sequence[float] | NDArray[np.float64]) -> dict[str, str]:
    """Write numbers as plotly's typed array, which is not looked at number by number on its way to the browser.

    They are written to 24 bits; what is not a number is a gap.
    """
    return {"dtype": "f4", "bdata": base64.b64encode(np.asarray(numbers, dtype="<f4").tobytes()).decode("ascii")}


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """Turns days into places in time, and places into what plotly draws.

    A place is a number of days: since 1970-01-01 on the calendar, since its history's zero on the axis of months.
    """

    histories: Sequence[str]
    """The histories that can be drawn, from top to bottom."""
    origins: tuple[int, ...] = ()
    """The zero of each history, in days since 1970-01-01; empty on the calendar."""
    align: Align = "filed"
    missing: Sequence[str] = ()
    """Histories that lack the event they should be aligned at: left out, but for filing."""

    @property
    def months(self) -> bool:
        """Whether months are counted rather than days of the calendar shown."""
        return bool(self.origins)

    @property
    def zero_name(self) -> str:
        """What happened at zero; nothing on the calendar."""
        return _ALIGNED_AT[self.align][0] if self.months else ""

    def position(self, history: int, day: int) -> int:
        """Give the place of a day in the time of a history."""
        return day - self.origins[history] if self.months else day

    def positions(self, history: NDArray[np.int64], day: NDArray[np.int64]) -> list[int]:
        """Give the places of days, each in the time of its history."""
        found: list[int] = (day - np.array(self.origins)[history] if self.months else day).tolist()
        return found

    def coordinate(self, position: float) -> str | float:
        """Write one place, to the day or to a thousandth of a month."""
        if self.months:
            return round(position / MONTH_DAYS, 3)
        return (_EPOCH + timedelta(days=round(position))).isoformat()

    def coordinates(self, positions: NDArray[np.float64]) -> Any:  # noqa: ANN401 - a list or a typed array
        """Write the places of a line; what is not a number is a gap.

        On the calendar they are written to the hour, so that a short line is as smooth as a long one.
        """
        if self.months:
            return typed_array(positions / MONTH_DAYS)
        gaps = np.isnan(positions)
        hours: list[str | None] = (
            np.round(np.where(gaps, 0, positions) * 24).astype("datetime64[h]").astype(str).tolist()
        )
        for gap in np.flatnonzero(gaps).tolist():
            hours[gap] = None
        return hours

    def in_words(self, history: int, day: str, position: int) -> str:
        """Say when something was on the axis of months: its day, and how far that is from zero."""
        written_day = day_in_words(date.fromisoformat(day))
        event = "the first document" if self.histories[history] in self.missing else _ALIGNED_AT[self.align][1]
        if not position:
            return f"{written_day}, the day of {event}"
        number = f"{abs(position) / MONTH_DAYS:,.1f}"
        months = f"{number} month{'' if number == '1.0' else 's'}"
        return f"{written_day}, {months} {'after' if position > 0 else 'before'} {event}"

    def note(self, titles: Sequence[str]) -> str:
        """Say which histories lack the event, and what is done about it.

        Args:
            titles: the titles of `missing`, safe to show.
        """
        if not titles:
            return ""
        named = list(titles[:_MAX_NAMED])
        if len(titles) > len(named):
            named.append(counted(len(titles) - len(named), "other"))
        one = len(titles) == 1
        lack = f"{listed(named)} {'has' if one else 'have'} no {_ALIGNED_AT[self.align][2]}"
        if self.align == "filed":
            return f"{lack}: counted from the first document"
        return f"{lack} and {'is' if one else 'are'} left out"


def align_histories(
    order: Sequence[str], *, histories: pd.DataFrame | None, documents: pd.DataFrame, axis: Axis, align: Align
) -> TimeAxis:
    """Find the zero of each history on an axis.

    A file without a filing date is counted from its first document. One without a first action or an allowance has
    no place on an axis that counts from it, and is left out.

    Args:
        order: the histories to draw.
        histories: their `histories` table, which holds the dates.
        documents: their `documents`, for the first document of a history that the table does not hold.
        axis: the calendar, or months.
        align: the column of `histories` that is the zero of the axis of months.
    """
    if axis == "calendar":
        return TimeAxis(order)
    origins = _days(histories, align)
    missing = [name for name in order if name not in origins]
    if align == "filed":
        origins |= _first_documents(missing, histories, documents)
    drawn = [name for name in order if name in origins]
    return TimeAxis(drawn, tuple(origins[name] for name in drawn), align, missing)


def _first_documents(names: Sequence[str], histories: pd.DataFrame | None, documents: pd.DataFrame) -> dict[str, int]:
    """Find the day of the first document of histories, in days since 1970-01-01."""
    known = _days(histories, "first_document")
    return {name: known[name] if name in known else _first_document(documents, name) for name in names}


def _days(histories: pd.DataFrame | None, column: str) -> dict[str, int]:
    if histories is None:
        return {}
    known = histories[histories[column].notna()]
    days = known[column].to_numpy().astype(_DAY).astype(np.int64).tolist()
    return dict(zip(known["history"].tolist(), days, strict=True))


def _first_document(documents: pd.DataFrame, history: str) -> int:
    rows = documents[(documents["history"] == history) & documents["date"].notna()]
    if "in_range" in rows:
        rows = rows[rows["in_range"]]
    return 0 if rows.empty else int(rows["date"].min().to_numpy().astype(_DAY).astype(np.int64))
