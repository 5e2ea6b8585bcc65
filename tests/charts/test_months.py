"""The axis of months: histories side by side from an event that they have in common."""

import json
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from components.charts import MAX_SVG_MARKERS
from components.prosecution import Tables, read_histories, read_history
from tests.charts.figures import draw, hover, notes, numbers
from tests.charts.hand import ONE, make_facts, make_turns
from tests.charts.test_timeline import HOSTILE
from tests.prosecution.conftest import make_history

MONTH = 30.4375
HOUR = 3_600_000
"""What plotly draws for a month: an hour, in milliseconds."""
NAME = "US14/000001"


def months_of(figure: dict[str, Any]) -> dict[str, float]:
    """Return lead → month of every event."""
    return {
        lead: hours / HOUR
        for trace in figure["data"]
        if "customdata" in trace
        for lead, hours in zip(trace["customdata"], numbers(trace["x"]), strict=True)
    }


def drawn(tables: Tables, *order: str, **options: Any) -> dict[str, Any]:
    """Draw histories on the axis of months."""
    return draw(tables, *order, **({"axis": "months", "histories": tables.histories} | options))


@pytest.mark.parametrize("align", ["filed", "first_action", "allowed"])
def test_every_event_stands_as_many_months_from_zero_as_its_days_make(real_tables: Tables, align: str):
    """A month is 30.4375 days; before the event that the axis counts from, months are negative."""
    zeros = real_tables.histories.set_index("history")[align].dropna()
    order = zeros.index.tolist()[:6]
    found = months_of(drawn(real_tables, *order, align=align))
    dates = real_tables.documents.set_index(["history", "id"])["date"]
    assert {lead.split("|")[0] for lead in found} == set(order)
    for lead, month in found.items():
        history, _, document = lead.partition("|")
        assert month == pytest.approx((dates[history, document] - zeros[history]).days / MONTH, abs=1e-4)


def test_first_actions_stand_below_each_other(real_tables: Tables):
    """Five patents aligned at the first action: at zero each has one, before it the filing."""
    zeros = real_tables.histories.set_index("history")["first_action"].dropna()
    order = [name for name in zeros.index if name.startswith("US")][5:10]
    figure = drawn(real_tables, *order, align="first_action")
    go.Figure(figure)
    at_zero = {lead.split("|")[0] for lead, month in months_of(figure).items() if month == 0}
    assert at_zero == set(order)
    assert min(months_of(figure).values()) < -12
    assert figure["layout"]["xaxis"]["range"][0] < HOUR * min(months_of(figure).values())


@pytest.mark.parametrize(
    ("align", "name"), [("filed", "Filing"), ("first_action", "First action"), ("allowed", "Allowance")]
)
def test_zero_is_a_named_line(real_tables: Tables, align: str, name: str):
    """An upright line through the whole plot, named above it; the calendar has none."""
    figure = drawn(real_tables, ONE, align=align)
    (line,) = [shape for shape in figure["layout"]["shapes"] if shape["x0"] == shape["x1"] == 0]
    assert (line["yref"], line["y0"], line["y1"]) == ("paper", 0, 1)
    assert name in notes(figure)
    assert name not in notes(draw(real_tables, ONE, histories=real_tables.histories))


def test_ticks_are_whole_months_and_quarters_of_them():
    """Plotly writes hours of a year that begins at zero; each has a text that says the months by itself."""
    tables = read_history(make_history([(20000103, "CTNF"), (20100103, "CTFR")]))
    facts = make_facts({"history": "US00/000001", "filed": pd.Timestamp("2000-01-03")})
    axis = drawn(tables, histories=facts)["layout"]["xaxis"]
    texts = axis["labelalias"]
    # Plotly's formats %j%H and %j%H%M of the hour 0, 18 and 120, and of the hour before zero.
    assert (texts["00100"], texts["00118"], texts["00600"], texts["36523"]) == ("0 mo", "18 mo", "120 mo", "-1 mo")
    assert (texts["0011815"], texts["0011830"], texts["0011800"]) == ("18.25 mo", "18.5 mo", "18 mo")
    assert texts["30"] == "+15 d"  # half of 30.4 days
    stops = {stop["value"]: stop["dtickrange"] for stop in axis["tickformatstops"]}
    assert stops["%j%H"] == [HOUR - 1, None]
    assert stops["%j%H%M"] == [HOUR / 4 - 1, HOUR - 1]
    assert [axis["minallowed"], axis["maxallowed"]] == pytest.approx(axis["range"], abs=1)


def test_hovering_says_the_day_and_the_months():
    """The calendar's date is never lost."""
    tables = read_history(make_history([(20191201, "CTNF"), (20200102, "A..."), (20200201, "CTFR")], NAME))
    facts = make_facts({"history": NAME, "first_action": pd.Timestamp("2020-01-02")})
    figure = drawn(tables, NAME, histories=facts, align="first_action")
    assert hover(figure, "20200201-CTFR-1")[0] == (
        "<b>Final rejection</b> · 1 Feb 2020, 1.0 month after the first action"
    )
    assert hover(figure, "20191201-CTNF-1")[0].endswith("1 Dec 2019, 1.1 months before the first action")
    assert hover(figure, "20200102-A...-1")[0].endswith("2 Jan 2020, the day of the first action")


def test_a_file_without_a_filing_date_is_counted_from_its_first_document():
    """And the note says so; hovering too."""
    tables = read_history(make_history([(20200102, "WFEE"), (20200303, "CTNF")], NAME))
    facts = make_facts({"history": NAME, "first_document": pd.Timestamp("2020-01-02")})
    for histories in (facts, None):
        figure = drawn(tables, NAME, histories=histories)
        assert months_of(figure)[f"{NAME}|20200303-CTNF-1"] == pytest.approx(61 / MONTH, abs=1e-4)
        assert f"{NAME} has no filing date: counted from the first document" in notes(figure)
        assert hover(figure, "20200303-CTNF-1")[0].endswith("2.0 months after the first document")


def test_files_that_lack_the_event_are_left_out_and_named():
    """Under a line named allowance a file that was never allowed would say what is not so."""
    names = [f"US14/{number:06}" for number in range(1, 7)]
    tables = read_histories([make_history([(20200102, "CTNF"), (20200303, "NOA")], name) for name in names])
    facts = make_facts(*({"history": name} for name in names))
    facts.loc[facts["history"] == names[1], "allowed"] = pd.Timestamp("2020-03-03")
    figure = drawn(tables, *names, histories=facts, align="allowed", titles={names[0]: "US 1 <i>"})
    assert {lead.split("|")[0] for lead in months_of(figure)} == {names[1]}
    note = f"US 1 &lt;i&gt;, {names[2]}, {names[3]} and 2 others have no notice of allowance and are left out"
    assert note in notes(figure)
    alone = drawn(tables, names[0], histories=facts, align="allowed")
    go.Figure(alone)
    assert {"No dated events to draw", f"{names[0]} has no notice of allowance and is left out"} <= set(notes(alone))


def test_lines_periods_turns_and_today_keep_their_positions_in_time(real_tables: Tables):
    """What is drawn on the calendar is drawn on months, shifted by the filing and divided by the month."""
    filed = real_tables.histories.set_index("history").loc[ONE, "filed"]
    options = {"rounds": real_tables.rounds, "turns": real_tables.turns}
    calendar = draw(real_tables, ONE, **options)["data"]
    months = drawn(real_tables, ONE, **options)["data"]
    assert [trace["name"] for trace in calendar] == [trace["name"] for trace in months]
    lines = [
        (on_calendar, in_months)
        for on_calendar, in_months in zip(calendar, months, strict=True)
        if "customdata" not in on_calendar
    ]
    assert len(lines) > 6
    for on_calendar, in_months in lines:
        expected = [day and HOUR * ((pd.Timestamp(day) - filed) / pd.Timedelta(days=MONTH)) for day in on_calendar["x"]]
        for hours, found in zip(expected, numbers(in_months["x"]), strict=True):
            assert found != found if hours is None else found == pytest.approx(hours, abs=HOUR / 100)  # noqa: PLR0124 - NaN
        assert on_calendar["y"] == in_months["y"]


def test_each_open_file_has_its_own_today():
    """Filed a year apart, two files are a year apart today."""
    names = [NAME, "US14/000002"]
    tables = read_histories([make_history([(20190102, "CTNF"), (20200102, "CTFR")], name) for name in names])
    facts = make_facts(
        {"history": names[0], "filed": pd.Timestamp("2018-01-02")},
        {"history": names[1], "filed": pd.Timestamp("2019-01-02")},
    )
    figure = drawn(tables, *names, histories=facts, today=date(2020, 3, 1))
    found = [
        shape["x0"]
        for shape in figure["layout"]["shapes"]
        if shape["x0"] == shape["x1"] and shape["line"].get("dash") == "dot"
    ]
    assert found == [pytest.approx(789 / MONTH * HOUR, abs=1), pytest.approx(424 / MONTH * HOUR, abs=1)]
    assert figure["layout"]["xaxis"]["range"][1] > max(found)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("align", ["filed", "first_action", "allowed"])
@pytest.mark.parametrize("histories", [1, 6, 43])
def test_a_timeline_in_months_is_a_valid_figure(real_tables: Tables, dark: bool, align: str, histories: int):
    """Plotly accepts it, JSON holds it, and the order of the rows changes nothing."""
    order = real_tables.histories["history"].tolist()[-histories:]
    tables = [real_tables, Tables(*(frame.iloc[::-1] for frame in vars(real_tables).values()))]
    written = []
    for table in tables:
        options = {"rounds": table.rounds, "turns": table.turns, "today": date(2026, 11, 22), "dark": dark}
        figure = drawn(table, *order, align=align, all_documents=True, **options)
        go.Figure(figure)
        written.append(json.dumps(figure, allow_nan=False))
    assert written[0] == written[1]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_foreign_text_stays_text_in_notes(hostile: str):
    """Titles of what is left out are escaped like all others."""
    tables = read_history(make_history([(20200102, "CTNF")], NAME))
    facts = make_facts({"history": NAME})
    figure = drawn(tables, NAME, histories=facts, align="allowed", titles={NAME: hostile})
    go.Figure(figure)
    assert not any("<" in text or "$" in text for text in notes(figure))


def test_many_events_are_webgl_on_months_too():
    """More than 2,000 markers are drawn with WebGL, on whatever axis."""
    days = [int(f"{day:%Y%m%d}") for day in pd.date_range("2000-01-01", periods=MAX_SVG_MARKERS + 1)]
    history = make_history([(day, "CTNF") for day in days])
    turns = make_turns((history.name, "office", "2000-01-01", "2001-01-01"))
    figure = drawn(read_history(history), history.name, turns=turns)
    go.Figure(figure)
    assert {trace["type"] for trace in figure["data"] if "customdata" in trace} == {"scattergl"}
