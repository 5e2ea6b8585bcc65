"""The picture of the grid of grounds: valid, legible in both themes, and never silent about what was not read."""

import json
from datetime import date
from itertools import pairwise
from typing import Any, get_args

import plotly.graph_objects as go
import pytest

from components.charts import DARK, LIGHT, grounds_figure
from components.charts.theme import CELL_STATES, Theme
from components.content.grid.grid import CellState, grid_of
from components.content.records import NamedReference
from tests.charts.figures import strings
from tests.charts.test_view import contrast
from tests.content.papers import JUNG, a_file, action, ground, numbers, paper, status


def cells(figure: dict[str, Any]) -> dict[tuple[str, int], tuple[str, str, list[Any], str]]:
    """Return each cell by its claims and column: state, text, data, hover."""
    return {
        (data[3], int(base)): (trace["name"], text, data, hover)
        for trace in figure["data"]
        for base, text, data, hover in zip(
            trace["base"], trace["text"], trace["customdata"], trace["hovertext"], strict=True
        )
    }


@pytest.mark.parametrize("dark", [False, True])
def test_the_grid_is_a_valid_figure_of_plain_lists(dark: bool) -> None:
    """Plotly accepts it, and JSON holds it as it is."""
    figure = grounds_figure(grid_of(a_file()), dark=dark)
    go.Figure(figure)
    assert json.loads(json.dumps(figure, allow_nan=False)) == figure
    assert figure["layout"]["paper_bgcolor"] == (DARK if dark else LIGHT).page


def test_cells_say_in_words_what_their_colour_says() -> None:
    """Each state by its text, so that nothing hangs on colour."""
    drawn = cells(grounds_figure(grid_of(a_file()), dark=False))
    assert {column: drawn["4-9", column][1] for column in range(5)} == {
        0: "103", 1: "103<br>other references", 2: "not known", 3: "not read", 4: "allowed",
    }  # fmt: skip
    assert drawn["1", 1][1].split("<br>") == [
        "103 · 101", "new: 101", "other references: 103", "gone: double patenting",
    ]  # fmt: skip
    assert drawn["13", 1][1].split("<br>") == ["103 · allowed", "form differs"]
    assert drawn["2-3", 1][1] == "rejected, no ground read"
    assert drawn["Claims not legible", 1][1] == "102(a)(1)"


def test_every_claim_and_action_has_a_cell() -> None:
    """Not read and not known are drawn, hatched; nothing is left empty."""
    grid = grid_of(a_file())
    figure = grounds_figure(grid, dark=False)
    drawn = cells(figure)
    assert {(each.words, column) for each in grid.ranges() for column in range(5)} <= set(drawn)
    hatched = {trace["name"] for trace in figure["data"] if "pattern" in trace["marker"]}
    assert hatched == {"Not known", "Action not read"}


def test_a_click_leads_to_paper_page_and_finding() -> None:
    """That of the ground; of an action that was not read, its first page."""
    drawn = cells(grounds_figure(grid_of(a_file()), dark=False))
    assert drawn["1", 0][2] == ["US16/100200|20180312-CTNF-1", 3, "ground 103 1 2 3 4 5 6 7 8 9", "1"]
    assert drawn["1", 3][2] == ["US16/100200|20190402-CTNF-1", 1, "", "1"]


def test_pointing_at_a_cell_quotes_the_sentence() -> None:
    """With page, confidence, what changed, and that a machine read it."""
    drawn = cells(grounds_figure(grid_of(a_file()), dark=False))
    hover = drawn["1", 1][3].split("<br>")
    assert hover[0] == "<b>Claim 1 · Final rejection, 20 Sep 2018</b>"
    assert any(line.startswith("“Claims 1, 4, 5, 6, 7, 8, 9, 13 are rejected") for line in hover)
    assert any("page 3, 91 % sure" in line for line in hover)
    assert "Double patenting fell away after the reply of 1 Jun 2018" in hover
    assert hover[-1] == "Read by machine (Tesseract 5.3.0)"
    assert "Read by machine" not in drawn["1", 3][3]


def test_words_of_papers_stay_text() -> None:
    """Plotly reads some HTML: names and sentences from outside are escaped, and a long one is cut."""
    evil = "<b>x</b><a href='https://example.com'>y</a>"
    grounds = (ground("103", (1,), 3, NamedReference(evil, printed=evil), notes=(evil * 40,)),)
    figure = grounds_figure(
        grid_of([paper(1, date(2018, 1, 2), "CTNF", evil, action(grounds=grounds))]), dark=False
    )  # fmt: skip
    texts = list(strings(figure))
    assert any("&lt;" in text for text in texts)
    assert not any("<a " in text or "<b>x" in text for text in texts)
    assert max(len(text) for text in texts) < 2_500


def large() -> list[Any]:
    """Twelve actions on 60 claims, of which each treats some otherwise than its neighbours."""
    return [
        paper(each, date(2006 + each, 3, 2), "CTNF", "Non-final rejection", action(
            grounds=(
                ground("103", [claim for claim in numbers(1, 60) if (claim + each) % 3], 3, JUNG),
                ground("nonstatutory double patenting", (each, each + 20), 4),
            ),
            statuses=(status("pending", numbers(1, 60)),),
        ))
        for each in range(1, 13)
    ]  # fmt: skip


def test_a_large_file_stays_legible() -> None:
    """60 claims × 12 actions: rows and columns with room for their text, none above another."""
    figure = grounds_figure(grid_of(large()), dark=False, width=1_000)
    plot = figure["layout"]["width"] - figure["layout"]["margin"]["l"] - figure["layout"]["margin"]["r"]
    assert plot / 12 >= 88
    rows = sorted(
        {
            (middle - width / 2, middle + width / 2, text.count("<br>") + 1)
            for trace in figure["data"]
            for middle, width, text in zip(trace["y"], trace["width"], trace["text"], strict=True)
        }
    )
    edges = sorted({(top, end) for top, end, _ in rows})
    assert len(edges) == 60
    assert all(end < top for (_, end), (top, _) in pairwise(edges))
    assert all(end - top >= 14 * lines for top, end, lines in rows)
    assert figure["layout"]["height"] > edges[-1][1]


def test_a_small_file_takes_the_room_it_gets() -> None:
    """Without a width of its own it follows that of the page."""
    assert "width" not in grounds_figure(grid_of(a_file()), dark=False)["layout"]


def test_a_file_of_which_nothing_was_read_says_so() -> None:
    """Rather than show an empty picture."""
    figure = grounds_figure(grid_of([]), dark=False)
    go.Figure(figure)
    assert [note["text"] for note in figure["layout"]["annotations"]] == ["No action of this file has been read"]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("state", CELL_STATES)
def test_cells_can_be_read_and_told_from_the_page(state: str, theme: Theme) -> None:
    """Text 4.5 : 1 on the ground of its cell, the rim 3 : 1 against the page (WCAG 2.2, 1.4.3 and 1.4.11)."""
    style = CELL_STATES[state]
    assert contrast(theme.text, style.fill(theme)) >= 4.5
    assert contrast(style.edge(theme), theme.page) >= 3


def test_what_was_rejected_and_what_was_allowed_differ_for_every_eye() -> None:
    """They differ in blue, which whoever confuses red and green sees as others do."""
    for theme in (LIGHT, DARK):
        rejected, allowed = (int(CELL_STATES[name].fill(theme)[5:], 16) for name in ("rejected", "allowed"))
        assert allowed - rejected >= 30


def test_every_state_of_a_cell_has_a_colour() -> None:
    """Those of the record, none more."""
    assert set(get_args(CellState)) == set(CELL_STATES)
