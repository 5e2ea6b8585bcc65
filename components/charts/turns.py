"""Whose turn it was: a bar between the Office's lanes and the applicant's, on the side of whoever had to act."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from components.charts.clock import Clock
from components.charts.ground import Ground
from components.charts.lanes import TURNS, TURNS_COMPACT, Plan
from components.charts.outcomes import OUTCOMES, RANK
from components.charts.typed import typed

_NAME: Final = "Whose turn (Office above, applicant below)"
_APART: Final = 0.5
"""Half the distance between the two sides of the bar."""


def turns_of(
    turns: pd.DataFrame | None, order: Sequence[str], clock: Clock, laid: Plan, ground: Ground
) -> list[dict[str, Any]]:
    """Draw a bar for each span of time in which one side had to act; one legend entry switches all.

    The Office's spans lie above the line between both sides, the applicant's below, so that no colour is needed to
    tell them apart.

    Args:
        turns: rows of the `turns` table, in any order.
        order: the histories drawn.
        clock: the axis of time.
        laid: where the lanes are.
        ground: the colours.

    Returns:
        At most two traces, to stand behind everything else.
    """
    if turns is None or turns.empty:
        return []
    places = {name: place for place, name in enumerate(order)}
    days = [turns[name].to_numpy().astype("datetime64[D]").astype(np.int64).tolist() for name in ("first", "last")]
    rows = zip(turns["history"].tolist(), turns["side"].astype(str).tolist(), *days, strict=True)
    spans: dict[str, list[tuple[int, int, int]]] = {"office": [], "applicant": []}
    for history, side, first, last in rows:
        place = places.get(history, -1)
        if place in laid.middles and side in spans and first < last:
            spans[side].append((place, clock.place(place, first), clock.place(place, last)))
    thickness = TURNS_COMPACT if laid.compact else TURNS
    found: list[dict[str, Any]] = []
    for side, colour, up in (("office", ground.office, True), ("applicant", ground.applicant, False)):
        if spans[side]:
            boxes = _boxes(sorted(spans[side]), laid, (_APART, thickness / 2), up=up)
            found.append(_drawn(*boxes, clock, colour) | {"showlegend": not found})
    return found


def _boxes(
    spans: Sequence[tuple[int, int, int]], laid: Plan, reach: tuple[float, float], *, up: bool
) -> tuple[list[float], list[float]]:
    """Give the four corners of each span, with a gap after each."""
    x: list[float] = []
    y: list[float] = []
    for place, first, last in spans:
        near, far = (laid.middles[place] + (-away if up else away) for away in reach)
        x += [first, last, last, first, np.nan]
        y += [near, near, far, far, np.nan]
    return x, y


def _drawn(x: list[float], y: list[float], clock: Clock, colour: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": _NAME,
        "x": clock.line(np.array(x)),
        "y": typed(y),
        "fill": "toself",
        "fillcolor": colour,
        "line": {"width": 0, "color": colour},
        "hoverinfo": "skip",
        "legendgroup": "turns",
        "legendrank": RANK + len(OUTCOMES) + 1,
    }
