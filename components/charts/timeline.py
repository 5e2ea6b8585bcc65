"""The timeline of file histories: a lane for each kind of paper, the Office above and the applicant below."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from components.charts.axis import Align, Axis
from components.charts.background import bands, dividing_lines, today_lines, turn_bars, zero_line
from components.charts.file_groups import FileGroup
from components.charts.groups import group_bars, group_names
from components.charts.layout import plot_layout, second_axis
from components.charts.legend import legend_rows, with_entries
from components.charts.markers import event_markers, marker_template
from components.charts.notes import footnote, headings, nothing_note, side_names, today_labels, turns_name, zero_label
from components.charts.round_lines import answer_lines, period_strips
from components.charts.scene import build_scene
from components.charts.text import escape_plotly


def timeline(
    documents: pd.DataFrame,
    *,
    order: Sequence[str],
    titles: Mapping[str, str],
    dark: bool,
    all_documents: bool = False,
    rounds: pd.DataFrame | None = None,
    turns: pd.DataFrame | None = None,
    histories: pd.DataFrame | None = None,
    today: date | None = None,
    axis: Axis = "calendar",
    align: Align = "filed",
    groups: Sequence[FileGroup] = (),
    grounds: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return file histories drawn as swim lanes on one time axis.

    Each category of papers is one trace with an entry in the legend, which switches it on and off; all papers of one
    history, date and category are one marker. A single history shows its lanes, several show theirs under their
    titles; from seven histories on each has two lanes only, the Office's papers above the applicant's.

    Args:
        documents: rows of the `documents` table of one or more histories, in any order; filters may leave out some.
        order: the keys of the histories to draw, from top to bottom; others are left out.
        titles: the title of each history; one without a title is called by its key.
        dark: whether to use the colours for a dark page.
        all_documents: whether to draw every document rather than the key events only.
        rounds: rows of the `rounds` table, in any order: a line connects each action and its answer, and with fewer
            than seven histories a strip shows the time in which the answer was due.
        turns: rows of the `turns` table, in any order: a bar between both sides shows whose turn it was.
        histories: rows of the `histories` table, for the status of each file and the dates at which to align.
        today: the day of the line through the lanes of open files; needs `histories`.
        axis: `calendar`, or `months` (of 30.4375 days) from an event that the histories have in common.
        align: that event, a column of `histories`. A history without a filing date is counted from its first document;
            one without a first action or an allowance is left out where the axis counts from that. A note names them.
        groups: files that stand together under a name and a colour; `order` has the files of each next to each other.
        grounds: `"<history>|<document id>"` of an action that was read inside → what it says of claims in one line
            (`grounds_label`), which stands in its hover text, and beside its marker where there is room.

    Returns:
        A figure for `st.plotly_chart` or `plotly.graph_objects.Figure`: plain dicts and lists, with some columns as
        plotly's typed arrays. The same input gives the same bytes, whatever the order of the rows. The `customdata` of
        a marker is `"<history>|<document id>"` of the paper that a click opens. Documents without a date, or with one
        far outside the time of their file history, are not drawn; a note counts them.
    """
    scene = build_scene(
        documents, order=order, titles=titles, dark=dark, all_documents=all_documents, rounds=rounds,
        turns=turns, histories=histories, today=today, axis=axis, align=align, groups=groups, grounds=grounds,
    )  # fmt: skip
    layers = [*turn_bars(scene), *period_strips(scene), *answer_lines(scene), *event_markers(scene)]
    traces = with_entries(layers, scene.geometry.width)
    view = [axis, align if scene.axis.months else "", *scene.axis.histories]
    layout = plot_layout(scene, legend_rows=legend_rows(traces, scene.geometry.width)) | {
        "dragmode": "zoom",
        "uirevision": escape_plotly("|".join(view), max_length=4_000),
        "showlegend": bool(len(scene.events)),
        "shapes": [
            *bands(scene), *dividing_lines(scene), *zero_line(scene), *today_lines(scene), *group_bars(scene),
        ],
        "annotations": [
            *headings(scene), *group_names(scene), *side_names(scene), *turns_name(scene), *today_labels(scene),
            *zero_label(scene), *footnote(scene), *nothing_note(scene),
        ],
        "template": marker_template(scene),
    }  # fmt: skip
    return {"data": [*traces, *second_axis(scene)], "layout": layout}
