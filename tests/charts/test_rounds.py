"""Which reply answers which action, drawn: lines from marker to marker, the time to answer, and a word on hover."""

import json
import re
from datetime import date
from itertools import pairwise
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from components.charts import MAX_SVG_MARKERS, timeline
from components.prosecution import Tables, read_histories, read_history
from components.prosecution.law.periods import period_rows
from components.prosecution.tables import ROUNDS, empty
from tests.charts.figures import draw, heights, hover, markers, strings
from tests.charts.hand import ONE, hand_rounds, make_rounds
from tests.charts.test_timeline import HOSTILE
from tests.prosecution.conftest import make_history

OUTCOMES = {
    "on time": "Answered on time",
    "extended": "Answered with extension",
    "late": "Answered late",
    "answered": "Answered",
    "superseded": "Superseded",
    "abandoned": "Unanswered",
    "revived": "Revived",
    "open": "Open",
}
PERIODS = "Time to answer (computed)"
NAME = "US14/000001"
PAPERS: list[Any] = [(20200102, "CTNF"), (20200301, "A..."), (20200501, "CTFR")]


def lines(figure: dict[str, Any], name: str) -> list[list[tuple[str, float]]]:
    """Return the lines of an outcome, each as its (day, height) points."""
    found: list[list[tuple[str, float]]] = [[]]
    for trace in figure["data"]:
        if trace["name"] == name:
            for day, height in zip(trace["x"], heights(trace), strict=True):
                if day is None:
                    found.append([])
                else:
                    found[-1].append((day[:10], height))
    return [line for line in found if line]


def ends(figure: dict[str, Any], name: str) -> list[tuple[tuple[str, float], tuple[str, float]]]:
    """Return where the lines of an outcome begin and end."""
    return [(line[0], line[-1]) for line in lines(figure, name)]


def position_of(figure: dict[str, Any], document: str) -> tuple[str, float]:
    """Return where the event of a document stands."""
    return next((day, height) for _, day, height, lead in markers(figure) if lead.endswith(f"|{document}"))


def one_round(**values: Any) -> pd.DataFrame:
    """Return one round, of the non-final rejection of the little history."""
    row = {"action": "20200102-CTNF-1", "label": "Non-final rejection", "opened": "2020-01-02", "outcome": "open"}
    return make_rounds(row | values, history=NAME)


def small(rounds: pd.DataFrame | None, **options: Any) -> dict[str, Any]:
    """Draw a little history: non-final rejection, reply, final rejection."""
    return draw(read_history(make_history(PAPERS, NAME)), NAME, rounds=rounds, **options)


def test_a_line_joins_each_action_and_its_answer(real_tables: Tables):
    """US 10,765,880 B2: both non-finals to their replies, the final to its reply, the allowance to the issue fee."""
    figure = draw(real_tables, ONE, rounds=hand_rounds())
    assert ends(figure, "Answered with extension") == [
        (position_of(figure, "20161025-CTNF-1"), position_of(figure, "20170425-A...-1")),
        (position_of(figure, "20190412-CTNF-1"), position_of(figure, "20191014-A...-1")),
    ]
    assert ends(figure, "Answered on time") == [
        (position_of(figure, "20200117-CTFR-1"), position_of(figure, "20200417-A.NE.AFCP-1")),  # leads that day's A.NE
        (position_of(figure, "20200427-NOA-1"), position_of(figure, "20200727-IFEE-1")),
    ]
    assert ends(figure, "Revived") == [(position_of(figure, "20180223-ABN-1"), position_of(figure, "20180601-RCEX-1"))]


def test_a_line_falls_gently_and_never_turns_back(real_tables: Tables):
    """From the Office above to the applicant below, each point is later than the one before and lower."""
    falling = lines(draw(real_tables, ONE, rounds=hand_rounds()), "Answered with extension")
    assert len(falling) == 2
    for line in falling:
        assert all(point[0] <= following[0] and point[1] < following[1] for point, following in pairwise(line))


def test_what_nothing_answered_leads_to_the_day_it_ended(real_tables: Tables):
    """The final rejection of 2017 ends in its own lane, on the day of the abandonment, at a little bar."""
    figure = draw(real_tables, ONE, rounds=hand_rounds())
    (line,) = lines(figure, "Unanswered")
    assert line[0] == position_of(figure, "20170809-CTFR-1")
    assert line[-1][0] == "2018-02-23"
    assert 0 < line[-1][1] - line[0][1] < 16
    assert line[-1][1] > line[-2][1]


@pytest.mark.parametrize(
    ("given", "until"),
    [
        ({"due": "2020-04-02", "last": "2020-07-02"}, "2020-07-02"),
        ({"due": "2020-04-02", "last": "2020-04-02"}, "2020-04-02"),
        ({}, None),
    ],
    ids=["extendable", "not extendable", "no period"],
)
def test_what_is_open_leads_to_its_last_day_and_ends_openly(given: dict[str, str], until: str | None):
    """Without a period the line is a short one; in either case no bar closes it."""
    (line,) = lines(small(one_round(**given)), "Open")
    if until:
        assert line[-1][0] == until
    assert line[-1][0] > "2020-01-02"
    assert line[-1] == line[-2]


def test_the_time_shown_reaches_as_far_as_what_is_open():
    """A file whose last paper is an action shows when the answer is due."""
    rounds = make_rounds(
        {"action": "20200501-CTFR-1", "opened": "2020-05-01", "due": "2020-08-03", "last": "2020-11-02",
         "bar": "2020-11-02", "outcome": "open"},
        history=NAME,
    )  # fmt: skip
    assert small(None)["layout"]["xaxis"]["range"][1] < "2020-11-02" < small(rounds)["layout"]["xaxis"]["range"][1]


def test_the_legend_names_the_outcomes_that_occur(real_tables: Tables):
    """Each outcome is one trace behind the markers: an entry to switch, after those for events, and no hover."""
    figure = draw(real_tables, ONE, rounds=hand_rounds())
    first = next(number for number, trace in enumerate(figure["data"]) if "customdata" in trace)
    drawn = [trace for trace in figure["data"][:first] if trace["name"] in OUTCOMES.values()]
    assert [trace["name"] for trace in drawn] == [
        "Answered on time",
        "Answered with extension",
        "Unanswered",
        "Revived",
    ]
    assert not any(trace["name"] in OUTCOMES.values() for trace in figure["data"][first:])
    ranks = [trace["legendrank"] for trace in drawn]
    assert ranks == sorted(ranks)
    assert ranks[0] > 1000  # plotly's own rank of whatever names none
    assert all(trace["hoverinfo"] == "skip" and "customdata" not in trace for trace in drawn)
    assert all(trace.get("showlegend", True) and "marker" not in trace for trace in drawn)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("histories", [1, 7])
def test_outcomes_differ_in_more_than_colour(dark: bool, histories: int):
    """Every outcome has its name; what was answered in time is solid, what was not is dashed."""
    names = [f"US14/00000{number}" for number in range(1, histories + 1)]
    tables = read_histories([make_history(PAPERS, name) for name in names])
    styles = {}
    for outcome, label in OUTCOMES.items():
        answer = {} if outcome in ("superseded", "abandoned", "open") else {"answer": "20200301-A...-1"}
        figure = draw(tables, *names, rounds=one_round(outcome=outcome, **answer), dark=dark)
        (trace,) = [trace for trace in figure["data"] if trace["name"] == label]
        styles[outcome] = (trace["line"]["color"], trace["line"]["dash"])
    assert len(set(styles.values())) == len(OUTCOMES)
    assert [outcome for outcome, (_, dash) in styles.items() if dash == "solid"] == ["on time", "extended", "answered"]


def test_a_paper_without_a_marker_is_joined_through_its_submission(real_tables: Tables):
    """Remarks have no marker of their own in the default view: the line leads to the reply they came with."""
    rounds = make_rounds({"action": "20190412-CTNF-1", "answer": "20191014-REM-1", "outcome": "on time"})
    figure = draw(real_tables, ONE, rounds=rounds)
    assert ends(figure, "Answered on time") == [
        (position_of(figure, "20190412-CTNF-1"), position_of(figure, "20191014-A...-1")),
    ]


@pytest.mark.parametrize(
    "given",
    [{"action": "19990101-CTNF-1"}, {"answer": "19990101-A...-1"}, {"answer": "20200102-CTNF-1"}],
    ids=["no action", "no answer", "itself"],
)
def test_what_is_not_drawn_is_not_joined(given: dict[str, str]):
    """Where a filter left out the action or the answer there is no line, and no unanswered action is made up."""
    figure = small(one_round(outcome="on time", **given))
    assert not any(lines(figure, name) for name in OUTCOMES.values())


def test_rounds_of_other_histories_are_left_out():
    """The same document ids in another file change nothing but for the room the file takes."""
    rounds = one_round(outcome="on time", answer="20200301-A...-1").assign(history="US99/999999")
    assert small(rounds) == small(None)


@pytest.mark.parametrize("rounds", [None, empty(ROUNDS)], ids=["none", "empty"])
def test_without_rounds_events_stand_alone(real_tables: Tables, rounds: pd.DataFrame | None):
    """The figure is the one that knows nothing of rounds."""
    figure = draw(real_tables, ONE, rounds=rounds)
    assert figure == timeline(real_tables.documents, order=[ONE], titles={}, dark=False)
    assert all("customdata" in trace for trace in figure["data"])


def test_papers_of_one_lane_are_joined_below_it():
    """A notice of appeal and its brief stand side by side: the line goes round below rather than through labels."""
    tables = read_history(make_history([(20200102, "N/AP"), (20200302, "AP.B")], NAME))
    rounds = make_rounds({"action": "20200102-N/AP-1", "answer": "20200302-AP.B-1", "outcome": "on time"}, history=NAME)
    (line,) = lines(draw(tables, NAME, rounds=rounds), "Answered on time")
    assert line[0][1] == line[-1][1]
    assert max(height for _, height in line) > line[0][1] + 8


def test_a_strip_shows_the_time_to_answer(real_tables: Tables):
    """Until the due day, thinner until the last day, and a tick at the statutory end, below the action's marker."""
    figure = draw(real_tables, ONE, rounds=hand_rounds())
    period = next(trace for trace in figure["data"] if trace["name"] == PERIODS)
    group = [trace for trace in figure["data"] if trace.get("legendgroup") == period["legendgroup"]]
    assert [bool(trace["showlegend"]) for trace in group] == [False, True, False]
    assert all(trace["mode"] == "lines" and trace["hoverinfo"] == "skip" for trace in group)
    extension, due, bar = group
    days = {id(trace): [day and day[:10] for day in trace["x"]] for trace in group}
    assert days[id(due)][:3] == ["2016-10-25", "2017-01-25", None]
    assert days[id(due)][6:9] == ["2019-04-12", "2019-07-12", None]
    assert days[id(due)][12:15] == ["2020-04-27", "2020-07-27", None]
    assert days[id(extension)][:3] == ["2017-01-25", "2017-04-25", None]
    assert extension["line"]["width"] < due["line"]["width"]
    assert len(extension["x"]) == 4 * 3  # the time to pay the issue fee cannot be extended
    assert days[id(bar)][:3] == ["2017-04-25", "2017-04-25", None]
    (_, level) = position_of(figure, "20161025-CTNF-1")
    assert heights(due)[0] == heights(due)[1] == heights(extension)[0] == level + 9
    assert heights(bar)[0] < level + 9 < heights(bar)[1]


def test_a_usual_time_to_answer_has_a_thin_strip_and_a_name_of_its_own():
    """What the paper itself names is not drawn as what the law sets."""
    authority = next(row.authority for row in period_rows() if row.office == "EP" and row.is_computed)
    figure = small(one_round(due="2020-05-12", last="2020-05-12", authority=authority))
    assert lines(figure, PERIODS) == []
    (strip,) = lines(figure, "Time to answer (usual, not computed from the paper)")
    assert [day for day, _ in strip] == ["2020-01-02", "2020-05-12"]


def test_no_strip_where_no_period_is_computed():
    """Japanese actions have no due day: neither strip nor legend entry."""
    figure = small(one_round(outcome="answered", answer="20200301-A...-1", answered="2020-03-01"))
    assert PERIODS not in [trace["name"] for trace in figure["data"]]
    assert not any(trace.get("legendgroup") == "periods" for trace in figure["data"])


def test_many_histories_have_thin_straight_lines_and_no_strips():
    """From seven histories on a line is one stroke from marker to marker."""
    names = [f"US14/00000{number}" for number in range(1, 8)]
    tables = read_histories([make_history(PAPERS, name) for name in names])
    rounds = one_round(
        outcome="on time", answer="20200301-A...-1", due="2020-04-02", last="2020-07-02", bar="2020-07-02"
    )
    compact, few = draw(tables, *names, rounds=rounds), draw(tables, *names[:6], rounds=rounds)
    assert [len(line) for line in lines(compact, "Answered on time")] == [2]
    width, usual = (
        next(trace["line"]["width"] for trace in figure["data"] if trace["name"] == "Answered on time")
        for figure in (compact, few)
    )
    assert width < usual
    assert PERIODS not in [trace["name"] for trace in compact["data"]]
    assert PERIODS in [trace["name"] for trace in few["data"]]


ANSWERED = {"answer": "20200301-A...-1", "answer_label": "Amendment", "answered": "2020-03-01", "days": 59}
PERIOD = {"due": "2020-04-02", "last": "2020-07-02", "bar": "2020-07-02", "authority": "37 CFR 1.134, 1.136(a)"}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            {"outcome": "on time", "extension_months": 0, **ANSWERED},
            "Answered 1 Mar 2020 by Amendment, 59 days, on time",
        ),
        (
            {"outcome": "extended", "extension_months": 1, "extension_source": "petition", **ANSWERED},
            "Answered 1 Mar 2020 by Amendment, 59 days, 1 month of extension (petition)",
        ),
        ({"outcome": "late", **ANSWERED}, "Answered 1 Mar 2020 by Amendment, 59 days, after the last day"),
        (
            {"outcome": "revived", "explanation": "Revived; petition decision of 3 Mar 2020", **ANSWERED},
            "Answered 1 Mar 2020 by Amendment, 59 days: Revived; petition decision of 3 Mar 2020",
        ),
        ({"outcome": "revived", **ANSWERED}, "Answered 1 Mar 2020 by Amendment, 59 days, revived"),
        ({"outcome": "revived"}, "Unanswered, then revived"),
        ({"outcome": "answered", **ANSWERED}, "Answered 1 Mar 2020 by Amendment, 59 days"),
        (
            {"outcome": "abandoned", "explanation": "No complete reply is listed"},
            "Unanswered: No complete reply is listed",
        ),
        ({"outcome": "superseded", "explanation": "Followed by the RCE"}, "Superseded: Followed by the RCE"),
        ({"outcome": "abandoned"}, "Unanswered"),
        (
            {"outcome": "open", **PERIOD},
            "Open: due 2 Apr 2020, with extensions 2 Jul 2020 (37 CFR 1.134, 1.136(a); computed, not legal advice)",
        ),
        (
            {"outcome": "open", **PERIOD, "last": "2020-04-02", "authority": "35 USC 151"},
            "Open: due 2 Apr 2020 (35 USC 151; computed, not legal advice)",
        ),
        ({"outcome": "open", "explanation": "No answer is listed yet"}, "Open: No answer is listed yet"),
        ({"outcome": "open"}, "Open: no period is computed"),
    ],
)
def test_hovering_over_an_action_says_what_became_of_it(given: dict[str, Any], said: str):
    """One line more, between what the event comprises and the title; a long one is broken at blanks."""
    _, _, size, *more, title = hover(small(one_round(**given)), "20200102-CTNF-1")
    assert (size, title) == ("1 document, round 1", NAME)
    assert " ".join(more) == said
    assert max(map(len, more)) <= 64


def test_hovering_over_an_answer_says_what_it_answers(real_tables: Tables):
    """With the action's day and the round, beside what the paper opens itself."""
    figure = draw(real_tables, ONE, rounds=hand_rounds())
    assert "Answers Final rejection of 17 Jan 2020 (round 5)" in hover(figure, "20200417-A.NE.AFCP-1")
    assert "Answers Non-final rejection of 12 Apr 2019 (round 4)" in hover(figure, "20191014-A...-1")
    assert "Answered 14 Oct 2019 by Amendment, 185 days, 3 months of" in hover(figure, "20190412-CTNF-1")
    assert not any("Answer" in line for line in hover(figure, "20200615-NOA-1"))


def test_an_event_says_all_that_it_opens_and_answers():
    """A notice of appeal answers the final rejection and asks for a brief: both are said, and nothing twice."""
    tables = read_history(make_history([(20200102, "CTFR"), (20200302, "N/AP"), (20200402, "AP.B")], NAME))
    rounds = make_rounds(
        {"action": "20200102-CTFR-1", "label": "Final", "opened": "2020-01-02", "answer": "20200302-N/AP-1",
         "answered": "2020-03-02", "outcome": "on time"},
        {"action": "20200302-N/AP-1", "label": "Notice of appeal", "opened": "2020-03-02", "answer": "20200402-AP.B-1",
         "answered": "2020-04-02", "outcome": "on time"},
        history=NAME,
    )  # fmt: skip
    rounds = pd.concat([rounds, rounds.iloc[[0]]])
    assert hover(draw(tables, NAME, rounds=rounds), "20200302-N/AP-1")[3:-1] == [
        "Answers Final of 2 Jan 2020 (round 1)",
        "Answered 2 Apr 2020, on time",
    ]


def test_a_very_long_explanation_ends_in_an_ellipsis():
    """A hover text stays readable, and does not pretend to be whole."""
    figure = small(one_round(outcome="abandoned", explanation="the request of another day is no reply; " * 30))
    more = hover(figure, "20200102-CTNF-1")[3:-1]
    assert len(more) == 5
    assert more[-1].endswith("…")


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("outcome", ["on time", "abandoned", "open"])
@pytest.mark.parametrize("copies", [1, 8])
def test_foreign_words_of_rounds_stay_text(hostile: str, outcome: str, copies: int):
    """Labels, explanations and authorities: no tag but our own, no control character, nothing for MathJax."""
    words = hostile.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # as the tables hold it
    answer = {"answer": "20200301-A...-1", "answered": "2020-03-01"} if outcome == "on time" else {}
    named = dict.fromkeys(("label", "answer_label", "extension_source", "explanation", "authority"), words)
    rounds = one_round(outcome=outcome, extension_months=2, due="2020-04-02", last="2020-07-02", **named, **answer)
    names = [NAME, *(f"US14/00000{number}" for number in range(2, copies + 1))]
    figure = draw(read_histories([make_history(PAPERS, name) for name in names]), *names, rounds=rounds)
    go.Figure(figure)
    for text in strings(figure):
        assert re.findall(r"<[^>]*>?", text.replace("<b>", "").replace("</b>", "").replace("<br>", "")) == []
        assert re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text) is None
        assert re.search(r"&(?!(amp|lt|gt|#36);)", text) is None
        assert "$" not in text


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("all_documents", [False, True])
@pytest.mark.parametrize("histories", [1, 4, 43])
def test_a_timeline_with_rounds_is_a_valid_figure(real_tables: Tables, dark: bool, all_documents: bool, histories: int):
    """The rounds as they are read: plotly accepts them, JSON holds them, and at most eleven traces draw them."""
    order = real_tables.histories["history"].tolist()[-histories:]
    options = {"dark": dark, "all_documents": all_documents}
    figure = draw(real_tables, *order, rounds=real_tables.rounds, **options)
    go.Figure(figure)
    assert json.loads(json.dumps(figure, allow_nan=False)) == figure
    assert len(figure["data"]) <= len(draw(real_tables, *order, **options)["data"]) + 11


def test_the_order_of_rounds_changes_nothing(real_tables: Tables):
    """The same rounds give the same bytes."""
    order = real_tables.histories["history"].tolist()[:5]
    rounds = real_tables.rounds
    drawn, drawn_shuffled = (
        draw(real_tables, *order, rounds=table) for table in (rounds, rounds.sample(frac=1, random_state=3))
    )
    assert json.dumps(drawn) == json.dumps(drawn_shuffled)


def test_lines_of_many_events_are_webgl_too():
    """So that they stay behind the markers; WebGL knows fewer dashes."""
    days = [int(f"{day:%Y%m%d}") for day in pd.date_range("2000-01-01", periods=MAX_SVG_MARKERS + 1)]
    history = make_history([(day, "CTNF") for day in days])
    rows = [
        {"action": "20000101-CTNF-1", "outcome": outcome, "ended": "2000-03-01", "due": "2000-04-01"}
        for outcome in OUTCOMES
    ]
    figure = draw(read_history(history), rounds=make_rounds(*rows, history=history.name))
    go.Figure(figure)
    assert {trace["type"] for trace in figure["data"]} == {"scattergl"}
    assert date.fromisoformat(lines(figure, "Unanswered")[0][-1][0]) == date(2000, 3, 1)


def test_rounds_of_a_history_without_a_name_are_drawn() -> None:
    """The service may name neither number nor id; the action is still joined to what replaced it."""
    papers: list[Any] = [(20200102, "", "Notice of reasons for refusal"), (20200501, "", "Decision to grant")]
    tables = read_history(make_history(papers, apno=""))
    assert set(tables.rounds["history"]) == {""}
    figure = timeline(tables.documents, order=[""], titles={}, dark=False, rounds=tables.rounds)
    (day, _), *_ = lines(figure, OUTCOMES["superseded"])[0]
    assert day.startswith("2020-01-02")
