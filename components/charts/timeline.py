"""The timeline: what happened when, a lane for each kind of paper, the Office above and the applicant below."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from components.charts.answers import rounds_of
from components.charts.clock import Align, Axis, aligned
from components.charts.decor import rings_of, shapes_of
from components.charts.events import events_of
from components.charts.ground import DARK, LIGHT
from components.charts.lanes import plan
from components.charts.layout import Frame, layout_of, legend_rows, second_axis
from components.charts.links import links_of
from components.charts.notes import lacking_note, not_drawn, notes_of, nothing_note, zero_note
from components.charts.periods import periods_of, reach
from components.charts.text import plain
from components.charts.today import label_of_today, lines_of_today, today_of
from components.charts.traces import kind_of, template_of, traces_of
from components.charts.turns import turns_of


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
    ground = DARK if dark else LIGHT
    on_axis = aligned(list(dict.fromkeys(order)), histories=histories, documents=documents, axis=axis, align=align)
    order, clock = on_axis.order, on_axis.clock
    told = rounds_of(rounds, order)
    events = events_of(
        documents, order=order, titles=titles, marked=marked, rounds=told, all_documents=all_documents, clock=clock
    )
    now = today_of(today, histories, order, clock)
    laid = plan(
        events,
        histories=len(order),
        reaching=[*reach(events, told, clock), *now.places.values(), *([0] if clock.months else [])],
        turns=turns is not None and not turns.empty,
        above=bool(now.places),
    )
    kind = kind_of(events)
    data = [
        *turns_of(turns, order, clock, laid, ground),
        *([] if laid.compact else periods_of(events, told, laid, ground, clock, kind=kind)),
        *links_of(events, told, laid, clock, dark=dark, kind=kind),
        *traces_of(events, laid, clock, dark=dark),
    ]
    lacking = [plain(titles.get(name, name), longest=44) for name in on_axis.missing]
    note = " · ".join(filter(None, [not_drawn(events), on_axis.note(lacking)]))
    frame = Frame(len(order) > 1, max(laid.height, 60.0), legend_rows(data), clock.months, bool(note))
    shown = [plain(titles.get(name, name), longest=44) for name in order]
    layout = layout_of(laid, frame, clock, ground, shown) | {
        "dragmode": "zoom",
        "uirevision": plain("|".join([axis, align if clock.months else "", *order]), longest=4_000),
        "showlegend": bool(len(events)),
        "shapes": [
            *shapes_of(events, laid, ground, clock),
            *lines_of_today(now, laid, ground, clock),
            *rings_of(events, laid, ground, clock),
        ],
        "annotations": [
            *notes_of(laid, ground, shown),
            *label_of_today(now, events, laid, ground, clock),
            *zero_note(ground, clock, shift=frame.zero_shift),
            *lacking_note(ground, note, shift=frame.note_shift),
            *([] if len(events) else [nothing_note(ground)]),
        ],
        "template": template_of(ground, kind=kind, compact=laid.compact),
    }
    return {"data": [*data, *second_axis(frame, kind=kind)], "layout": layout}
