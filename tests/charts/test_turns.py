"""Whose turn it was: a bar between both sides, above the line for the Office and below it for the applicant."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from components.prosecution import Tables, read_histories, read_history
from components.prosecution.tables import TURNS, empty
from tests.charts.figures import draw, heights, markers, notes
from tests.charts.hand import ONE, make_turns
from tests.prosecution.conftest import make_history

NAME = "US14/000001"
SAID = "Whose turn (Office above, applicant below)"
HAND = make_turns(
    (NAME, "office", "2019-10-01", "2020-01-02"),
    (NAME, "applicant", "2020-01-02", "2020-03-01"),
    (NAME, "office", "2020-03-01", "2020-05-01"),
)


def bars(figure: dict[str, Any]) -> list[tuple[str, str, float, float]]:
    """Return (first day, last day, upper edge, lower edge) of each bar, by day."""
    found = []
    for trace in figure["data"]:
        if trace.get("legendgroup") == "turns":
            corners = list(zip(trace["x"], heights(trace), strict=True))
            for start in range(0, len(corners), 5):
                days, edges = zip(*corners[start : start + 4], strict=True)
                assert corners[start + 4][0] is None
                found.append((min(days)[:10], max(days)[:10], min(edges), max(edges)))
    return sorted(found)


def drawn(turns: pd.DataFrame | None, histories: int = 1, **options: Any) -> dict[str, Any]:
    """Draw some little histories: application, non-final rejection, reply."""
    names = [f"US14/{number:06}" for number in range(1, histories + 1)]
    papers = [(20191001, "APP.FILE.REC"), (20200102, "CTNF"), (20200301, "A..."), (20200501, "NOA")]
    return draw(read_histories([make_history(papers, name) for name in names]), *names, turns=turns, **options)


@pytest.mark.parametrize("histories", [1, 3, 7])
def test_the_offices_turns_stand_above_the_line_and_the_applicants_below(histories: int):
    """Position alone says whose turn it was, between the last row of the Office and the first of the applicant."""
    figure = drawn(HAND, histories)
    found = bars(figure)
    assert [(first, last) for first, last, *_ in found] == [
        ("2019-10-01", "2020-01-02"), ("2020-01-02", "2020-03-01"), ("2020-03-01", "2020-05-01"),
    ]  # fmt: skip
    (office, applicant, again) = [edges for _, _, *edges in found]
    assert office == again
    assert office[0] < office[1] < applicant[0] < applicant[1]
    mine = {label: height for label, _, height, lead in markers(figure) if lead.startswith(NAME)}
    assert mine["Non-final rejection"] < office[0]
    assert applicant[1] < mine["Reply to non-final"]


def test_the_bar_is_thin_where_there_are_many_histories():
    """From seven on it takes less room, and has some all the same."""
    thin, usual = (bars(drawn(HAND, count))[0] for count in (7, 6))
    assert 1.5 <= thin[3] - thin[2] < usual[3] - usual[2]


def test_the_bars_are_behind_everything_else():
    """Neither hovering nor a box finds them; both sides are one group of two colours."""
    figure = drawn(HAND)
    group = [trace for trace in figure["data"] if trace.get("legendgroup") == "turns"]
    assert figure["data"][: len(group)] == group
    assert {trace["name"] for trace in group} == {SAID}
    assert all(trace["mode"] == "lines" and trace["hoverinfo"] == "skip" for trace in group)
    assert len({trace["fillcolor"] for trace in group}) == 2


@pytest.mark.parametrize(
    ("turns", "entries"),
    [(HAND, [True, False]), (make_turns((NAME, "applicant", "2019-10-01", "2020-05-01")), [True])],
    ids=["both sides", "one side"],
)
def test_the_bars_are_named_once(turns: pd.DataFrame, entries: list[bool]):
    """Beside them where there is room, else in the legend."""
    few, many = drawn(turns), drawn(turns, 7)
    found = [
        [trace["showlegend"] for trace in figure["data"] if trace.get("legendgroup") == "turns"]
        for figure in (few, many)
    ]
    assert found == [[False] * len(entries), entries]
    assert ("Whose turn" in notes(few), "Whose turn" in notes(many)) == (True, False)


@pytest.mark.parametrize(
    "turns",
    [
        None,
        empty(TURNS),
        make_turns(("US99/999999", "office", "2019-10-01", "2020-01-02")),
        make_turns((NAME, "office", "2020-01-02", "2020-01-02")),
    ],
    ids=["none", "empty", "another history's", "of no day"],
)
def test_without_turns_there_is_neither_bar_nor_legend_entry(turns: pd.DataFrame | None):
    """Nothing is made up."""
    figure = drawn(turns)
    assert bars(figure) == []
    assert SAID not in [trace["name"] for trace in figure["data"]]


def test_a_file_of_one_side_has_its_bar_too():
    """Where nothing of the applicant's is drawn, the bar stands below the Office's last row."""
    tables = read_history(make_history([(20200102, "CTNF"), (20200501, "NOA")], NAME))
    figure = draw(tables, NAME, turns=HAND)
    go.Figure(figure)
    assert len(bars(figure)) == 3
    assert bars(figure)[0][2] > max(height for _, _, height, _ in markers(figure))


@pytest.mark.parametrize("histories", [1, 5, 43])
def test_the_turns_of_real_histories_are_drawn(real_tables: Tables, histories: int):
    """Every turn of every history asked for is one bar, and the days of the bars are those of the pendency."""
    order = real_tables.histories["history"].tolist()[-histories:]
    figure = draw(real_tables, *order, turns=real_tables.turns)
    go.Figure(figure)
    mine = real_tables.turns[real_tables.turns["history"].isin(order)]
    expected = [(f"{row.first:%Y-%m-%d}", f"{row.last:%Y-%m-%d}") for row in mine.itertuples()]
    assert [(first, last) for first, last, *_ in bars(figure)] == sorted(expected)


def test_the_order_of_turns_changes_nothing(real_tables: Tables):
    """The same turns give the same figure."""
    drawn, drawn_reversed = (
        draw(real_tables, ONE, turns=table) for table in (real_tables.turns, real_tables.turns.iloc[::-1])
    )
    assert drawn == drawn_reversed
