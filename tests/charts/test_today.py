"""Today: a line through the lanes of open files where it is near, else for how long they have been silent."""

from datetime import date
from typing import Any

import plotly.graph_objects as go
import pytest

from components.prosecution import STATUSES, read_histories
from tests.charts.figures import draw, notes
from tests.charts.hand import make_facts
from tests.prosecution.conftest import make_history

DAY = date(2020, 7, 15)
"""44 days after the last paper, of 516 from the first to the last."""
MUCH_LATER = date(2026, 11, 22)
NAMES = [f"US14/{number:06}" for number in range(1, 9)]
PAPERS: list[Any] = [(20190102, "CTNF"), (20190401, "A..."), (20200601, "CTFR")]
CLOSED = ("Revoked", "Lapsed", "Granted", "Abandoned", "Refused", "Certificate issued", "Reexamination ended")


def drawn(*statuses: str, today: date | None = DAY, **options: Any) -> dict[str, Any]:
    """Draw little histories that stand as given."""
    names = NAMES[: len(statuses)]
    facts = make_facts(*({"history": name, "status": status} for name, status in zip(names, statuses, strict=True)))
    tables = read_histories([make_history(PAPERS, name) for name in names])
    return draw(tables, *names, histories=facts, today=today, **options)


def lines(figure: dict[str, Any], place: str = "x") -> list[tuple[Any, float, float]]:
    """Return (day, top, end) of each dotted upright line that is measured in time, or at the edge of the paper."""
    return [
        (shape["x0"], shape["y0"], shape["y1"])
        for shape in figure["layout"]["shapes"]
        if shape["type"] == "line"
        and shape["line"].get("dash") == "dot"
        and shape["x0"] == shape["x1"]
        and shape.get("xref", "x") == place
    ]


def ends(figure: dict[str, Any]) -> tuple[date, date]:
    """Return the first and the last day of the axis."""
    first, last = (date.fromisoformat(day) for day in figure["layout"]["xaxis"]["range"])
    return first, last


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("today", [DAY, MUCH_LATER])
def test_only_an_open_file_has_a_mark(status: str, today: date):
    """Granted, abandoned and refused files and ended reexaminations wait for nothing; every other one does."""
    figure = drawn(status, today=today)
    go.Figure(figure)
    near = today == DAY
    assert [day for day, *_ in lines(figure)] == (["2020-07-15"] if near and status not in CLOSED else [])
    assert len(lines(figure, "paper")) == (not near and status not in CLOSED)
    text = "Today, 15 Jul 2020" if near else "No paper for 6.5 years"
    assert notes(figure) == ([] if status in CLOSED else [text])


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
    assert [text for text in notes(figure) if text.startswith("Today")] == ["Today, 15 Jul 2020"]


def test_many_files_have_the_line_in_their_rows():
    """The compact form too; the label stands above the plot."""
    figure = drawn(*["Awaiting office"] * 8)
    assert len(lines(figure)) == 8
    (label,) = [note for note in figure["layout"]["annotations"] if note["text"].startswith("Today")]
    assert (label["yref"], label["y"]) == ("paper", 1)


@pytest.mark.parametrize(("today", "near"), [(date(2020, 7, 22), True), (date(2020, 7, 24), False)])
def test_the_axis_grows_for_today_by_a_tenth_at_most(today: date, near: bool):
    """From the first paper to the last are 516 days: today may be 51 days later."""
    (first, last), (without_first, without) = ends(drawn("Pending", today=today)), ends(drawn("Granted", today=today))
    assert (last - first) / (without - without_first) <= 1.1
    assert (last > without) == near
    assert bool(lines(drawn("Pending", today=today))) == near


@pytest.mark.parametrize(
    ("last_document", "said"), [("2020-06-01", "No paper for 6.5 years"), ("2024-11-22", "No paper for 2.0 years")]
)
def test_silence_is_counted_from_the_last_paper_of_the_list(last_document: str, said: str):
    """Not from the last that is drawn: a fee is no key event, and filters may leave papers out."""
    facts = make_facts({"history": NAMES[0], "status": "Pending", "last_document": last_document})
    figure = draw(read_histories([make_history(PAPERS, NAMES[0])]), NAMES[0], histories=facts, today=MUCH_LATER)
    assert notes(figure) == [said]


@pytest.mark.parametrize("axis", ["calendar", "months"])
@pytest.mark.parametrize("files", [2, 8])
def test_each_silent_file_says_for_how_long(files: int, axis: str):
    """In its title row, or in the margin beside its row under one heading."""
    figure = drawn(*["Granted", *["Pending"] * (files - 1)], today=MUCH_LATER, axis=axis)
    go.Figure(figure)
    times = [text for text in notes(figure) if text.endswith("6.5 years")]
    assert times == ["6.5 years" if files == 8 else "No paper for 6.5 years"] * (files - 1)
    assert ("No paper for" in notes(figure)) == (files == 8)
    assert len(lines(figure, "paper")) == files - 1


def test_a_due_date_does_not_stretch_the_axis_without_bounds():
    """A quarter of its length, or 200 days if that is more."""
    tables = read_histories([make_history(PAPERS, NAMES[0])])
    rounds = tables.rounds.assign(outcome="open", due="2031-01-01", last="2031-01-01", bar="2031-01-01")
    rounds = rounds.astype(tables.rounds.dtypes.to_dict())
    figure = draw(tables, NAMES[0], rounds=rounds)
    assert date(2020, 12, 1) < ends(figure)[1] < date(2021, 3, 1)


@pytest.mark.parametrize("missing", ["today", "histories"])
def test_nothing_is_drawn_unless_both_are_known(missing: str):
    """Without the day or the facts nobody can say what is open."""
    figure = drawn("Pending", **{missing: None}) if missing == "today" else None
    if figure is None:
        figure = draw(read_histories([make_history(PAPERS, NAMES[0])]), NAMES[0], today=DAY)
    assert lines(figure) == []
    assert not any(text.startswith("Today") for text in notes(figure))
