"""The steps in which rounds become lines: what is joined, along which way, and with which gaps."""

from typing import Any

import numpy as np
import pytest

from components.charts.drawn_rounds import DrawnRound, read_rounds
from components.charts.round_lines import curves, sort_by_outcome, stub, with_gaps
from tests.charts.hand import ONE, make_rounds

EVENTS = {f"{ONE}|{document}": event for event, document in enumerate(("CTNF-1", "A...-1", "CTFR-1", "RCEX-1"))}


def rounds(*rows: dict[str, Any]) -> list[DrawnRound]:
    """Read rounds of one history from rows that say only what matters."""
    return read_rounds(make_rounds(*rows), [ONE])


def joined(*rows: dict[str, Any]) -> dict[str, tuple[list[tuple[int, int]], list[int]]]:
    """Return for each outcome that occurs the pairs of events joined, and the events that nothing answered."""
    sorted_ = sort_by_outcome(rounds(*rows), EVENTS)
    found = {name: (ends.answered, [event for event, _ in ends.unanswered]) for name, ends in sorted_.items()}
    return {name: ends for name, ends in found.items() if ends != ([], [])}


def test_rounds_are_sorted_by_outcome() -> None:
    """An answered action is joined to its answer; one without an answer stands for itself."""
    assert joined(
        {"action": "CTNF-1", "answer": "A...-1", "outcome": "on time"},
        {"action": "CTFR-1", "answer": "RCEX-1", "outcome": "on time"},
        {"action": "CTFR-1", "outcome": "abandoned"},
        {"action": "RCEX-1", "outcome": "open"},
    ) == {"on time": ([(0, 1), (2, 3)], []), "abandoned": ([], [2]), "open": ([], [3])}


def test_a_round_without_an_outcome_is_answered_or_open() -> None:
    """What the table does not judge is drawn by whether there is an answer."""
    assert joined(
        {"action": "CTNF-1", "answer": "A...-1", "outcome": None},
        {"action": "CTFR-1", "outcome": None},
    ) == {"answered": ([(0, 1)], []), "open": ([], [2])}


@pytest.mark.parametrize(
    "row",
    [
        {"action": "NOA-1", "answer": "A...-1"},
        {"action": "NOA-1"},
        {"action": "CTNF-1", "answer": "IFEE-1"},
        {"action": "CTNF-1", "answer": "CTNF-1"},
    ],
    ids=["action not drawn", "unanswered and not drawn", "answer not drawn", "one event"],
)
def test_what_has_no_two_ends_is_not_joined(row: dict[str, Any]) -> None:
    """An answer that a filter left out is not the same as a missing answer, and no stub is drawn for it."""
    assert joined(row | {"outcome": "on time"}) == {}


def test_a_curve_goes_from_marker_to_marker_and_never_turns_back() -> None:
    """From (0, 10) to (100, 50): later and lower at each point."""
    x, y = curves(np.array([[0.0], [10.0]]), np.array([[100.0], [50.0]]), straight=False)
    assert (x[0, 0], y[0, 0], x[0, -1], y[0, -1]) == (0, 10, 100, 50)
    assert (np.diff(x) > 0).all()
    assert (np.diff(y) > 0).all()


def test_a_curve_between_markers_of_one_height_is_an_arc_below_them() -> None:
    """It is lowest in the middle, 9 pixels down: at the height of the strips."""
    x, y = curves(np.array([[0.0], [10.0]]), np.array([[100.0], [10.0]]), straight=False)
    assert (y[0, 0], y[0, -1], y.max()) == (10, 10, 19)
    assert x[0, y[0].argmax()] == 50


def test_straight_lines_have_two_points() -> None:
    """Many histories have lines of one stroke."""
    x, y = curves(np.array([[0.0, 5.0], [10.0, 10.0]]), np.array([[100.0, 6.0], [50.0, 10.0]]), straight=True)
    assert x.tolist() == [[0, 100], [5, 6]]
    assert y.tolist() == [[10, 50], [10, 10]]


@pytest.mark.parametrize(("ended", "last"), [(True, [(200, 48), (200, 54)]), (False, [(200, 51), (200, 51)])])
def test_a_stub_runs_down_and_along_to_its_end(ended: bool, last: list[tuple[float, float]]) -> None:
    """What has ended ends in a bar of 3 pixels to both sides, what is open without one."""
    points = stub(100, 200, 40, low=51, pixel=1, ended=ended)
    assert points[0] == (100, 40)
    assert points[2:4] == [(109, 51), (200, 51)]
    assert points[4:] == last


def test_a_stub_without_an_end_is_short() -> None:
    """Where nothing says when it ended it is 26 pixels long, whatever time that is."""
    assert stub(100, 100, 40, low=51, pixel=2, ended=False)[3] == (152, 51)


def test_each_line_is_followed_by_a_gap() -> None:
    """So that plotly does not join it to the next line of the trace."""
    points = with_gaps(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[5.0, 6.0], [7.0, 8.0]]))
    nan = float("nan")
    assert np.array_equal(points, [[1, 2, nan, 3, 4, nan], [5, 6, nan, 7, 8, nan]], equal_nan=True)
    assert with_gaps(np.empty((0, 2)), np.empty((0, 2))).shape == (2, 0)
