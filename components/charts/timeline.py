"""The timeline: what happened when, a lane for each kind of paper, the Office above and the applicant below."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from components.charts.axis import Align, Axis
from components.charts.background import bands, dividing_lines, today_lines, turn_bars, zero_line
from components.charts.layout import legend_rows, plot_layout, second_axis
from components.charts.markers import event_markers, marker_template, rings
from components.charts.notes import footnote, headings, nothing_note, side_names, today_label, zero_label
from components.charts.round_lines import answer_lines, period_strips
from components.charts.scene import build_scene
from components.charts.text import escape_plotly


def timeline(
    documents: pd.DataFrame,
    *,
    order: Sequence[str],
    titles: Mapping[str, str],
    dark: bool,
    marked: Collection[str] = (),
    all_documents: bool = False,
    rounds: pd.DataFrame | None = None,
    turns: pd.DataFrame | None = None,
    histories: pd.DataFrame | None = None,
    today: date | None = None,
    axis: Axis = "calendar",
    align: Align = "filed",
) -> dict[str, Any]:
    """Draw file histories as swim lanes on one axis of time.

    Each category is one trace (a legend entry that can be switched off), each history, date and category one marker.
    One history shows its lanes; several show theirs under their titles; from seven on each history has two rows, what
    came from the Office above what came from the applicant.

    Args:
        documents: rows of the `documents` table of one or more histories, filtered as you like.
        order: the histories to draw, from top to bottom; others are left out.
        titles: what each history is called; a history without a title is called by its key.
        dark: for the dark page rather than the white one.
        marked: documents to ring, as `<history>|<document id>` or as bare document ids.
        all_documents: draw every document rather than the key events only.
        rounds: rows of the `rounds` table of these histories, in any order: each action is joined to its answer, and
            fewer than seven histories show the time it was due in. Without any, events stand alone.
        turns: rows of the `turns` table, in any order: a bar between both sides says whose turn it was.
        histories: rows of the `histories` table, which say what is open and hold the dates to align at.
        today: drawn through the lanes of open files, if there are any.
        axis: `calendar`, or `months` (30.4375 days) from an event that the histories have in common.
        align: that event, a column of `histories`. A file without a filing date is counted from its first document;
            one without a first action or an allowance is left out where these are asked for. A note says which.

    Returns:
        A figure as plain dicts and lists, heights as typed arrays, for `st.plotly_chart` or
        `plotly.graph_objects.Figure`. The same input gives the same bytes, whatever the order of the rows. A point's
        `customdata` is `"<history>|<document id>"` of its lead paper. Documents without a date, or with one far
        outside their file's time, cannot be drawn and are counted in a note.
    """
    scene = build_scene(
        documents, order=order, titles=titles, dark=dark, marked=marked, all_documents=all_documents, rounds=rounds,
        turns=turns, histories=histories, today=today, axis=axis, align=align,
    )  # fmt: skip
    traces = [*turn_bars(scene), *period_strips(scene), *answer_lines(scene), *event_markers(scene)]
    view = [axis, align if scene.axis.months else "", *scene.axis.histories]
    layout = plot_layout(scene, legend_rows=legend_rows(traces)) | {
        "dragmode": "zoom",
        "uirevision": escape_plotly("|".join(view), max_length=4_000),
        "showlegend": bool(len(scene.events)),
        "shapes": [
            *bands(scene), *dividing_lines(scene), *zero_line(scene), *today_lines(scene), *rings(scene),
        ],
        "annotations": [
            *headings(scene), *side_names(scene), *today_label(scene), *zero_label(scene), *footnote(scene),
            *nothing_note(scene),
        ],
        "template": marker_template(scene),
    }  # fmt: skip
    return {"data": [*traces, *second_axis(scene)], "layout": layout}
