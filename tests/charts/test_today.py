"""Today's line: through the lanes of files that are still open, and of those alone."""

from datetime import date
from typing import Any

import plotly.graph_objects as go
import pytest

from components.prosecution import STATUSES, read_histories
from tests.charts.figures import draw, notes
from tests.charts.hand import make_facts
from tests.prosecution.conftest import make_history

DAY = date(2020, 9, 1)
NAMES = [f"US14/{number:06}" for number in range(1, 9)]
PAPERS: list[Any] = [(20190102, "CTNF"), (20190401, "A..."), (20200601, "CTFR")]


def drawn(*statuses: str, today: date | None = DAY, **options: Any) -> dict[str, Any]:
    """Draw little histories that stand as given."""
    names = NAMES[: len(statuses)]
    facts = make_facts(*({"history": name, "status": status} for name, status in zip(names, statuses, strict=True)))
    tables = read_histories([make_history(PAPERS, name) for name in names])
    return draw(tables, *names, histories=facts, today=today, **options)


def lines(figure: dict[str, Any]) -> list[tuple[str, float, float]]:
    """Return (day, top, end) of each dotted upright line."""
    return [
        (shape["x0"], shape["y0"], shape["y1"])
        for shape in figure["layout"]["shapes"]
        if shape["type"] == "line" and shape["line"].get("dash") == "dot" and shape["x0"] == shape["x1"]
    ]


@pytest.mark.parametrize("status", STATUSES)
def test_only_an_open_file_has_the_line(status: str):
    """Granted, abandoned and refused files and ended reexaminations wait for nothing; every other one does."""
    figure = drawn(status)
    go.Figure(figure)
    closed = ("Revoked", "Lapsed", "Granted", "Abandoned", "Refused", "Certificate issued", "Reexamination ended")
    open_ = status not in closed
    assert [day for day, *_ in lines(figure)] == (["2020-09-01"] if open_ else [])
    assert ("Today, 1 Sep 2020" in notes(figure)) == open_
    assert (figure["layout"]["xaxis"]["range"][1] > "2020-09-01") == open_


def test_the_line_runs_through_the_lanes_of_the_open_files_alone():
    """Of three files the second and the third are open: two lines, one label, none in the first one's lanes."""
    figure = drawn("Granted", "Pending", "On appeal")
    axis = figure["layout"]["yaxis"]
    second, third = (edges for _, *edges in lines(figure))
    lanes = list(axis["tickvals"])
    lanes_a_history = len(lanes) // 3
    assert not any(top < lane < end for top, end in (second, third) for lane in lanes[:lanes_a_history])
    assert all(second[0] < lane < second[1] for lane in lanes[lanes_a_history : 2 * lanes_a_history])
    assert all(third[0] < lane < third[1] for lane in lanes[2 * lanes_a_history :])
    assert [text for text in notes(figure) if text.startswith("Today")] == ["Today, 1 Sep 2020"]


def test_many_files_have_the_line_in_their_rows():
    """The compact form too, with room for the label above the first row."""
    figure = drawn(*["Awaiting office"] * 8)
    assert len(lines(figure)) == 8
    assert lines(figure)[0][1] > lines(drawn("Pending"))[0][1] >= 0


def test_far_beyond_the_last_event_the_label_says_so():
    """The axis stays honest: it is long, and the label says how long nothing has been listed."""
    figure = drawn("Pending", today=date(2026, 11, 22))
    assert "Today, 22 Nov 2026: 6.5 years after the last event" in notes(figure)
    assert figure["layout"]["xaxis"]["range"][1] > "2026-11-22"
    assert "Today, 1 Oct 2021: 16 months after the last event" in notes(drawn("Pending", today=date(2021, 10, 1)))


@pytest.mark.parametrize("missing", ["today", "histories"])
def test_nothing_is_drawn_unless_both_are_known(missing: str):
    """Without the day or the facts nobody can say what is open."""
    figure = drawn("Pending", **{missing: None}) if missing == "today" else None
    if figure is None:
        figure = draw(read_histories([make_history(PAPERS, NAMES[0])]), NAMES[0], today=DAY)
    assert lines(figure) == []
    assert not any(text.startswith("Today") for text in notes(figure))
