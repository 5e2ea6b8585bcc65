"""The timeline: a valid figure that shows each event once, says what it is, and never changes without cause."""

import json
import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import plotly.io
import plotly.tools
import pytest

from components.charts import MAX_SVG_MARKERS, event_of_paper, timeline, unchecked
from components.histories import PaperRef
from components.prosecution import LANES, Tables, category_table, read_histories, read_history
from tests.charts.figures import draw, hover, markers, strings
from tests.prosecution.conftest import make_history

ONE = "US14/412875"
CONFIG_FILE = Path(__file__).resolve().parents[2] / ".streamlit" / "config.toml"


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("all_documents", [False, True])
@pytest.mark.parametrize("histories", [1, 3, 43])
def test_a_timeline_is_a_valid_figure_of_plain_lists(
    real_tables: Tables, dark: bool, all_documents: bool, histories: int
):
    """Plotly accepts it, and JSON holds it as it is, without foreign types, dates or NaN."""
    order = real_tables.histories["history"].tolist()[-histories:]
    figure = draw(real_tables, *order, dark=dark, all_documents=all_documents)
    go.Figure(figure)
    assert json.loads(json.dumps(figure, allow_nan=False)) == figure


def test_each_history_date_and_category_has_one_marker(real_tables: Tables):
    """All documents of US 10,765,880 B2: as many markers as there are different days and kinds of paper."""
    rows = real_tables.documents.query("history == @ONE")
    drawn = markers(draw(real_tables, ONE, all_documents=True))
    labels = category_table().set_index("category")["label"]
    expected = {(labels[row.category], f"{row.date:%Y-%m-%d}") for row in rows.itertuples()}
    assert sorted((label, day) for label, day, _, _ in drawn) == sorted(expected)


def test_key_events_are_drawn_by_default(real_tables: Tables):
    """The office actions of US 10,765,880 B2 as its office's log dates them, and no worksheet, receipt or claim."""
    drawn = markers(draw(real_tables, ONE))
    found = {label: [day for name, day, _, _ in drawn if name == label] for label, *_ in drawn}
    assert found["Non-final rejection"] == ["2016-10-25", "2019-04-12"]
    assert found["Final rejection"] == ["2017-08-09", "2020-01-17"]
    assert found["RCE"] == ["2018-06-01"]
    assert found["Allowance"] == ["2020-04-27"]
    assert found["Further notice of allowance"] == ["2020-06-15"]
    events = set(category_table().query("key")["label"])
    assert set(found) <= events


def test_a_file_whose_codes_nobody_knows_still_has_a_timeline():
    """Codes never seen before are drawn as unclassified papers beside a file that has key events."""
    strange = read_history(make_history([(20200102, "QX7"), (20200305, "ZZTOP"), (20200305, "N-1")], apno="US99/1"))
    known = read_history(make_history([(20200102, "CTNF"), (20200105, "WFEE")], apno="US99/2"))
    tables = Tables(
        *(
            pd.concat([getattr(one, name) for one in (strange, known)], ignore_index=True)
            for name in ("documents", "submissions", "rounds", "histories")
        )
    )
    drawn = markers(draw(tables, "US99/1", "US99/2"))
    assert sorted((label, day) for label, day, *_ in drawn) == [
        ("Non-final rejection", "2020-01-02"), ("Unclassified", "2020-01-02"), ("Unclassified", "2020-03-05"),
    ]  # fmt: skip


def test_a_marker_leads_to_its_lead_paper(real_tables: Tables):
    """`customdata` is one string: the history and the id of a document of that day and kind."""
    known = {f"{row.history}|{row.id}": row for row in real_tables.documents.itertuples()}
    labels = category_table().set_index("category")["label"]
    found = markers(draw(real_tables, ONE, all_documents=True))
    assert len(found) > 100
    for label, day, _, lead in found:
        assert (labels[known[lead].category], f"{known[lead].date:%Y-%m-%d}") == (label, day)


def test_an_amendment_filed_with_an_rce_has_no_marker_of_its_own():
    """The RCE stands for its submission; the same paper on another day is an event."""
    tables = read_history(make_history([(20200102, "RCEX"), (20200102, "AMSB"), (20200302, "AMSB")]))
    drawn = markers(draw(tables))
    assert [(label, day) for label, day, *_ in drawn] == [("RCE", "2020-01-02"), ("Amendment with RCE", "2020-03-02")]


def test_hovering_says_when_what_and_how_much():
    """Date without doubt, label, description, code, pages, number of documents, and which patent."""
    papers = [(20180831, "CTFR", "Final Rejection", 12), (20180831, "CTFR", "Final Rejection", 3), (20180831, "892")]
    tables = read_history(make_history(papers))
    figure = draw(tables, titles={tables.histories["history"][0]: "US 10,765,880 B2"})
    assert hover(figure, "20180831-CTFR-1") == [
        "<b>Final rejection</b> · 2018-08-31",
        "Final Rejection (CTFR)",
        "2 documents, 15 pages (3 in the submission), round 1",
        "US 10,765,880 B2",
    ]


def test_a_long_description_is_broken_into_lines():
    """A hover text stays readable: lines of about 64 characters, three at most."""
    text = "Petition decision routed to the Technology Center " * 9
    figure = draw(read_history(make_history([(20200102, "PETDEC", text)])))
    lines = hover(figure, "20200102-PETDEC-1")
    assert len(lines) == 6
    assert max(len(line) for line in lines) < 90


HOSTILE = [
    "<img src=x onerror=alert(1)>",
    '<a href="https://evil.example">click</a>',
    "<a href='javascript:alert(1)'>x</a>",
    "a<br>b</b><b>c",
    "&lt;a href=https://evil.example&gt;",
    "<!--",
    "\x00\x1b[31m<i>red</i>\x7f",
    "\u202egnp.exe\u202c<s>",
    "line\nbreak\r\n<u>\u2028x\u2029",
    "$\\unicode{x}$",
    "%{customdata} %{x}<extra></extra>",
    "'\"><svg/onload=alert(1)>",
    "]]><script>alert(1)</script>",
    "\ud800<sup>",
]


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("copies", [1, 2, 8])
def test_foreign_text_stays_text(hostile: str, copies: int):
    """In code, description, number and title: no tag but our own bold and line break, no control character."""
    words = hostile.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # as the tables hold it
    names = [f"US14/{number} {words}" for number in range(copies)]
    histories = [make_history([(20200102, hostile, hostile), (20200103, "CTNF", hostile)], name) for name in names]
    figure = draw(read_histories(histories), *names, titles=dict.fromkeys(names, hostile), all_documents=True)
    go.Figure(figure)
    assert len({lead for *_, lead in markers(figure)}) == 2 * copies
    for text in strings(figure):
        assert re.findall(r"<[^>]*>?", text.replace("<b>", "").replace("</b>", "").replace("<br>", "")) == []
        assert re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text) is None
        assert re.search(r"&(?!(amp|lt|gt|#36);)", text) is None
        assert "$" not in text
    labels = set(category_table()["label"])
    for trace in figure["data"]:
        assert "texttemplate" not in trace
        template = trace.get("hovertemplate", "<b></b>")
        assert re.split("</?b>", template)[1] in labels | {""}  # what plotly fills in holds nothing foreign


def test_the_same_input_gives_the_same_bytes(real_tables: Tables):
    """The order of the rows changes nothing."""
    order = real_tables.histories["history"].tolist()[:5]
    options = {"titles": {}, "dark": True, "all_documents": True}
    figure = timeline(real_tables.documents, order=order, **options)
    shuffled = real_tables.documents.sample(frac=1, random_state=3)
    other = timeline(shuffled, order=order, **options)
    assert plotly.io.to_json(go.Figure(figure)) == plotly.io.to_json(go.Figure(other))
    assert json.dumps(figure) == json.dumps(other)


def test_lanes_stand_in_their_order_and_empty_ones_are_left_out(real_tables: Tables):
    """One history shows the names of its lanes, the Office's above the applicant's."""
    axis = draw(real_tables, ONE)["layout"]["yaxis"]
    assert axis["ticktext"] == [lane for lane in LANES if lane not in ("Appeal", "International phase", "Other")]
    assert axis["tickvals"] == sorted(axis["tickvals"])
    assert axis["range"][0] > axis["range"][1]  # downwards


def test_every_marker_stands_in_the_lane_of_its_category(real_tables: Tables):
    """The lane whose middle is nearest is the one the table of categories names."""
    figure = draw(real_tables, ONE)
    axis = figure["layout"]["yaxis"]
    lanes = category_table().set_index("label")["lane"]
    found = markers(figure)
    assert len(found) > 20
    for label, _, height, _ in found:
        nearest = min(zip(axis["tickvals"], axis["ticktext"], strict=True), key=lambda tick: abs(tick[0] - height))
        assert nearest[1] == lanes[label]


def test_several_histories_stand_under_their_titles(real_tables: Tables):
    """Three offices on one axis, in the order asked for, each under its title."""
    order = ["EP99203729", "US14/643719", "JP2017-187096"]
    figure = draw(real_tables, *order, titles={"EP99203729": "EP 1 000 000 B1"})
    headings = [note for note in figure["layout"]["annotations"] if note["text"].startswith("<b>")]
    assert [note["text"] for note in headings] == [
        "<b>EP 1 000 000 B1</b>",
        "<b>US14/643719</b>",
        "<b>JP2017-187096</b>",
    ]
    assert [note["y"] for note in headings] == sorted(note["y"] for note in headings)


def test_many_histories_have_two_rows_each(real_tables: Tables):
    """Thirty fit a screen or two: one name each, what came from the Office above what came from the applicant."""
    order = real_tables.histories["history"].tolist()[3:33]
    figure = draw(real_tables, *order)
    axis = figure["layout"]["yaxis"]
    assert axis["ticktext"] == order
    assert figure["layout"]["height"] < 30 * 90
    middles = dict(zip(axis["ticktext"], axis["tickvals"], strict=True))
    sides = real_tables.documents.set_index(["history", "id"])["side"]
    found = markers(figure)
    assert {lead.partition("|")[0] for *_, lead in found} == set(order)
    for _, _, height, lead in found:
        history, document = lead.split("|")
        below = height > middles[history]
        assert below == (sides[history, document] not in ("office", "internal"))


def test_height_grows_with_the_number_of_histories(real_tables: Tables):
    """A figure is as high as what it shows."""
    order = real_tables.histories["history"].tolist()
    heights = [draw(real_tables, *order[3 : 3 + count])["layout"]["height"] for count in (8, 15, 30)]
    assert heights == sorted(heights)
    assert heights[0] < heights[1] < heights[2]


def test_markers_near_in_time_do_not_cover_each_other(real_tables: Tables):
    """In a plot of 900 pixels no two markers of a history lie within 10 pixels of each other, in time and in height."""
    for history in real_tables.histories["history"]:
        figure = draw(real_tables, history)
        start, end = (date.fromisoformat(day) for day in figure["layout"]["xaxis"]["range"])
        points = [
            ((date.fromisoformat(day) - start).days / (end - start).days * 900, height)
            for _, day, height, _ in markers(figure)
        ]
        assert len(points) >= 3, history
        close = [
            (point, other)
            for index, point in enumerate(points)
            for other in points[:index]
            if abs(point[0] - other[0]) < 10 and abs(point[1] - other[1]) < 10
        ]
        assert close == [], history


def test_all_markers_are_inside_the_time_shown(real_tables: Tables):
    """The first and the last event have room beside them."""
    for history in real_tables.histories["history"]:
        figure = draw(real_tables, history, all_documents=True)
        start, end = figure["layout"]["xaxis"]["range"]
        days = [day for _, day, *_ in markers(figure)]
        assert start < min(days)
        assert max(days) < end


def test_undated_documents_are_counted_in_a_note():
    """What cannot be drawn is not passed over in silence; only what would be drawn is counted."""
    tables = read_history(make_history([(None, "CTNF"), (20200102, "CTFR"), (None, "WFEE")]))
    assert [note["text"] for note in draw(tables)["layout"]["annotations"]] == [
        "1 document without a date is in the table"
    ]
    notes = draw(tables, all_documents=True)["layout"]["annotations"]
    assert notes[0]["text"] == "2 documents without a date are in the table"


@pytest.mark.parametrize(
    "papers",
    [[], [(None, "CTNF")], [(20200102, "WFEE")], [(20200102, "CTNF")]],
    ids=["none", "undated", "minor", "one"],
)
def test_little_or_nothing_to_draw_is_still_a_figure(papers: list[Any]):
    """No document, none with a date, none that matters, a single one: a valid figure that says so."""
    figure = draw(read_history(make_history(papers)))
    go.Figure(figure)
    texts = [note["text"] for note in figure["layout"]["annotations"]]
    assert ("No dated events to draw" in texts) == (not markers(figure))
    assert timeline(read_histories([]).documents, order=[], titles={}, dark=False)["data"] == []


def test_the_last_shape_is_measured_in_time(real_tables: Tables):
    """Plotly takes a box for pixels where the last shape was measured in them, and would select nothing."""
    *_, last = draw(real_tables, ONE)["layout"]["shapes"]
    assert "xsizemode" not in last


@pytest.mark.parametrize(
    ("document", "event"),
    [
        ("20190412-CTNF-1", "20190412-CTNF-1"),
        ("20191014-REM-1", "20191014-A...-1"),  # remarks have no marker of their own: the reply they came with has
        ("20190412-892-1", "20190412-CTNF-1"),  # nor have the references that an action cites
        ("20090116-CTNF-1", None),  # of another history
    ],
)
def test_a_paper_has_the_event_it_came_with(real_tables: Tables, document: str, event: str | None):
    """The `customdata` of a marker; where all papers are drawn, a paper has its own."""
    found = event_of_paper(real_tables.documents, PaperRef(ONE, document), all_documents=False)
    assert found == (f"{ONE}|{event}" if event else None)
    assert found is None if event is None else found in {lead for *_, lead in markers(draw(real_tables, ONE))}
    whole = event_of_paper(real_tables.documents, PaperRef(ONE, document), all_documents=True)
    drawn = {lead for *_, lead in markers(draw(real_tables, ONE, all_documents=True))}
    assert (whole in drawn) == (event is not None)


def test_every_event_is_that_of_its_own_lead(real_tables: Tables):
    """Whatever a marker names, that paper is found at this marker."""
    order = real_tables.histories["history"].tolist()[:5]
    for all_documents in (False, True):
        for *_, lead in markers(draw(real_tables, *order, all_documents=all_documents)):
            paper = PaperRef.parse(lead)
            assert paper is not None
            assert event_of_paper(real_tables.documents, paper, all_documents=all_documents) == lead


def test_few_markers_are_svg_and_many_webgl():
    """Up to 2,000 markers are SVG, more are drawn with WebGL."""
    days = [int(f"{day:%Y%m%d}") for day in pd.date_range("2000-01-01", periods=MAX_SVG_MARKERS + 1)]
    history = make_history([(day, "CTNF") for day in days])
    assert {trace["type"] for trace in draw(read_history(history), history.name)["data"]} == {"scattergl"}
    fewer = make_history([(day, "CTNF") for day in days[1:]])
    assert {trace["type"] for trace in draw(read_history(fewer), fewer.name)["data"]} == {"scatter"}


@pytest.mark.parametrize(("dark", "column"), [(False, "colour_light"), (True, "colour_dark")])
def test_each_category_is_one_trace_in_its_own_colour_and_symbol(real_tables: Tables, dark: bool, column: str):
    """Legend entries stand in the order of the table of categories and look as it says."""
    figure = draw(real_tables, *real_tables.histories["history"], dark=dark, all_documents=True)
    traces = [trace for trace in figure["data"] if "customdata" in trace]
    table = category_table().set_index("label")
    names = [trace["name"] for trace in traces]
    assert names == [label for label in table.index if label in names]
    assert len(names) > 50
    for trace in traces:
        assert trace["marker"]["color"] == table.loc[trace["name"], column]
        assert trace["marker"]["symbol"] in (
            table.loc[trace["name"], "symbol"],
            table.loc[trace["name"], "symbol"].removesuffix("-open") + "-open-dot",
        )


@pytest.mark.parametrize("dark", [False, True])
def test_no_two_kinds_of_paper_in_a_lane_share_a_symbol(dark: bool):
    """With every category drawn, shape alone tells a lane's apart; across lanes shape and colour do."""
    table = category_table()
    documents = read_history(make_history([(20200102, "CTNF")])).documents
    rows = documents.loc[documents.index.repeat(len(table))].reset_index(drop=True)
    rows = rows.assign(category=pd.Categorical(table["category"], dtype=documents["category"].dtype))
    rows = rows.assign(id=[f"{number}" for number in rows.index], paper=[f"{number}" for number in rows.index])
    rows = rows.assign(submission=rows["id"], seq=rows.index + 1)
    figure = timeline(rows, order=[rows["history"][0]], titles={}, dark=dark, all_documents=True)
    go.Figure(figure)
    drawn = [
        (trace["name"], trace["marker"]["symbol"], trace["marker"]["color"])
        for trace in figure["data"]
        if "marker" in trace
    ]
    assert len(drawn) == len(table)
    lanes = table.set_index("label")["lane"]
    assert len({(lanes[name], symbol) for name, symbol, _ in drawn}) == len(table)
    assert len({(symbol, colour) for _, symbol, colour in drawn}) == len(table)


def test_only_the_histories_asked_for_are_drawn(real_tables: Tables):
    """Documents of others are left out, one asked for twice is drawn once, one without documents keeps its place."""
    figure = draw(real_tables, "US14/643719", "US99/999999", "US14/643719")
    assert {lead.split("|")[0] for *_, lead in markers(figure)} == {"US14/643719"}
    headings = [note["text"] for note in figure["layout"]["annotations"] if note["text"].startswith("<b>")]
    assert headings == ["<b>US14/643719</b>", "<b>US99/999999</b>"]


@pytest.mark.parametrize(("dark", "theme"), [(False, "light"), (True, "dark")])
def test_the_figure_has_the_pages_background_and_every_colour_is_set(real_tables: Tables, dark: bool, theme: str):
    """A picture saved from it can be read anywhere, and it looks the same in a page and in a report."""
    layout = draw(real_tables, ONE, dark=dark)["layout"]
    page = tomllib.loads(CONFIG_FILE.read_text(encoding="utf-8"))["theme"][theme]["backgroundColor"]
    assert (layout["paper_bgcolor"], layout["plot_bgcolor"]) == (page, "rgba(0,0,0,0)")
    assert all("color" in shape["line"] or "fillcolor" in shape for shape in layout["shapes"])
    assert layout["xaxis"]["gridcolor"]
    assert layout["font"]["color"]


def test_dates_on_the_axis_are_numeric():
    """Streamlit's plotly knows English month names only, so ticks are years, months and days in figures."""
    layout = draw(read_history(make_history([(20200102, "CTNF")])))["layout"]
    formats = [stop["value"] for stop in layout["xaxis"]["tickformatstops"]]
    assert formats == ["%Y-%m-%d", "%Y-%m", "%Y"]


def with_dates_out_of_range(tables: Tables, *documents: str) -> Tables:
    """Return tables in which the dates of documents are far outside their file's time."""
    table = tables.documents
    outlying = table.assign(in_range=~table["id"].isin(documents))
    return Tables(outlying, tables.submissions, tables.rounds, tables.histories)


def test_dates_far_outside_the_files_time_are_counted_in_a_note():
    """They are not drawn, so that one wrong year does not squeeze the rest; only what would be drawn is counted."""
    papers = [(19260102, "CTNF"), (20200102, "CTFR"), (19260103, "WFEE"), (20200203, "A.NE")]
    tables = with_dates_out_of_range(read_history(make_history(papers)), "19260102-CTNF-1", "19260103-WFEE-1")
    figure = draw(tables)
    assert [day for _, day, *_ in markers(figure)] == ["2020-01-02", "2020-02-03"]
    assert figure["layout"]["xaxis"]["range"][0] > "2019"
    note = "1 document far outside the file's time is in the table"
    assert [text["text"] for text in figure["layout"]["annotations"]] == [note]
    figure = draw(tables, all_documents=True)
    note = "2 documents far outside the file's time are in the table"
    assert figure["layout"]["annotations"][0]["text"] == note


def test_undated_and_outlying_documents_share_a_note():
    """One sentence says both."""
    papers = [(None, "CTNF"), (None, "CTFR"), (19260102, "CTNF"), (20200102, "CTFR")]
    tables = with_dates_out_of_range(read_history(make_history(papers)), "19260102-CTNF-1")
    note = "2 documents without a date and 1 far outside the file's time are in the table"
    assert draw(tables)["layout"]["annotations"][0]["text"] == note


def test_documents_without_the_column_are_all_drawn(real_tables: Tables):
    """A table that says nothing of its dates' range is drawn whole."""
    bare = real_tables.documents.query("history == @ONE").drop(columns="in_range")
    figure = timeline(bare, order=[ONE], titles={}, dark=False)
    assert markers(figure) == markers(draw(real_tables, ONE))


def test_versions_of_a_paper_are_counted_as_one_paper():
    """A Japanese original beside its translation is one document in two versions, wherever it is counted."""
    papers = [(20200102, "A131", "", 3), (20200102, "A131-JP", "", 3), (20200102, "A971007"), (20200102, "A971007-JP")]
    figure = draw(read_history(make_history(papers, "JP2020-000001")), all_documents=True)
    assert hover(figure, "20200102-A131-1")[2] == "1 document (2 versions), 3 pages (2 in the submission), round 1"


def test_a_version_without_its_paper_counts_as_a_paper():
    """Where only the original is listed, or the filters left only that, there is one document."""
    tables = read_history(make_history([(20200102, "A131"), (20200102, "A131-JP", "", 4)], "JP2020-000001"))
    alone = tables.documents[tables.documents["code"] == "A131-JP"]
    figure = timeline(alone, order=["JP2020-000001"], titles={}, dark=False)
    assert figure["data"][0]["hovertext"][0].split("<br>")[1] == "1 document, 4 pages, round 1"


@pytest.mark.parametrize("all_documents", [False, True])
def test_a_ready_figure_is_written_as_a_checked_one(real_tables: Tables, all_documents: bool):
    """What `st.plotly_chart` does gives the same figure, whether plotly looks at each value or not."""
    order = real_tables.histories["history"].tolist()
    figure = draw(real_tables, *order, all_documents=all_documents, rounds=real_tables.rounds)
    written = []
    for drawn in (figure, unchecked(figure)):
        checked = plotly.tools.return_figure_from_figure_or_data(drawn, validate_figure=True)
        written.append(json.loads(plotly.io.to_json(checked, validate=False)))
    assert written[1] == figure
    figure["layout"] = {name: value for name, value in figure["layout"].items() if value != []}  # as plotly does
    assert written[0] == figure
