"""What must be done next in the open files, and by when; and which files wait for the Office or set no computed day."""

from typing import Final

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from components.histories import PaperRef
from components.prosecution import USUAL, action_named, basis_of, by_urgency, waiting_files
from components.ui.review.clicked_cells import PapersOfCells, forget_other_papers, open_clicked_paper
from components.ui.review.reviewed import ReviewedHistories
from components.words import counted

_DUE_KEY: Final = "open_dates"
_WAITING_KEY: Final = "waiting_files"
_TALL: Final = 12
"""A table with more rows than this scrolls."""
_NEXT, _DAYS = "Next date", "Days left"


def count_of_open_dates(reviewed: ReviewedHistories) -> int:
    """Return how many open periods and open files without a computed date the tab shows, for its label."""
    return len(reviewed.due) + len(waiting_files(reviewed.tables, reviewed.due))


def draw_open_dates(reviewed: ReviewedHistories) -> None:
    """Draw what must be done by when, the nearest first, then the open files without a computed date.

    A click on a row opens the paper that asks for it, or that was filed last, in the reader.
    """
    due = by_urgency(reviewed.due)
    waiting = waiting_files(reviewed.tables, reviewed.due)
    numbers = reviewed.numbers
    if due.empty:
        st.markdown("No date is open in this file." if len(numbers) == 1 else "No date is open in these files.")
    else:
        _draw_clickable(
            dates_for_screen(due, numbers), due, "action", key=_DUE_KEY, alt="Open dates, the nearest first"
        )
        st.caption(
            "Click a row to read the paper that asks for it. Dates are computed from document dates; not legal advice. "
            "“Next date” is the due date or, once that is past, the last day with every extension. "
            f"“{USUAL[:1].upper()}{USUAL[1:]}”: the paper itself names its period, which may be another."
        )
    if not waiting.empty:
        st.markdown(f"**Without a computed date**: {counted(len(waiting), 'open file')}")
        _draw_clickable(
            waiting_for_screen(waiting, numbers), waiting, "paper", key=_WAITING_KEY,
            alt="Open files without a computed date, those first that have waited longest",
        )  # fmt: skip


def dates_for_screen(due: pd.DataFrame, numbers: dict[str, str]) -> pd.DataFrame:
    """Return open periods in the order of `by_urgency` as the screen shows them."""
    table = pd.DataFrame(
        {
            _NEXT: due["next"],
            _DAYS: due["days_left_next"],
            "What must be done": [f"{row['owed'].rstrip(',')} ({action_named(row)})" for row in due.to_dict("records")],
            "Due": due["due"],
            "Last day": due["last"],
            "Basis": [basis_of(authority) for authority in due["authority"]],
            "Authority": due["authority"],
            "More": [
                "; ".join(
                    filter(
                        None,
                        (
                            _passed(row["days_left_next"]),
                            *(row[name] for name in ("condition", "otherwise", "proviso")),
                        ),
                    )
                )
                for row in due.to_dict("records")
            ],
        }
    )
    return _with_files(table, due, numbers)


def waiting_for_screen(waiting: pd.DataFrame, numbers: dict[str, str]) -> pd.DataFrame:
    """Return waiting files (`waiting_files`) as the screen shows them."""
    table = pd.DataFrame(
        {
            "Status": waiting["status"],
            "Who must act": list(map(_who_must_act, waiting["owed"], waiting["who"])),
            "Since": waiting["since"],
            "Paper": waiting["after"],
            "List ends": waiting["last_document"],
            "Why no date": waiting["undated"],
        }
    )
    if not waiting["undated"].any():
        table = table.drop(columns="Why no date")
    return _with_files(table, waiting, numbers)


def _who_must_act(owed: str, who: str) -> str:
    """Return who must act in a waiting file."""
    return f"Applicant: {owed.rstrip(',')}, by the day that the paper sets" if owed else who


def _passed(days_left: int) -> str:
    """Return that the last day of a period has passed, if it has."""
    return "the last day has passed" if days_left < 0 else ""


def _with_files(table: pd.DataFrame, rows: pd.DataFrame, numbers: dict[str, str]) -> pd.DataFrame:
    """Return a table with the number of the file in front, where there are several."""
    if len(numbers) > 1:
        table.insert(0, "Patent", rows["history"].map(numbers))
    return table


def _draw_clickable(table: pd.DataFrame, rows: pd.DataFrame, column: str, *, key: str, alt: str) -> None:
    """Draw a table in which a click on a row opens the paper that a column of its rows names."""
    papers: PapersOfCells = {
        (position, str(name)): PaperRef(history, document)
        for position, (history, document) in enumerate(zip(rows["history"], rows[column], strict=True))
        if document
        for name in table
    }
    forget_other_papers(key, papers)
    st.dataframe(
        table,
        hide_index=True,
        height="content" if len(table) <= _TALL else 460,
        placeholder="–",
        key=key,
        on_select=lambda: open_clicked_paper(key, papers),
        selection_mode="single-cell",
        column_config=_column_config(),
        alt=f"{alt}. Click a row to read its paper.",
    )


def _column_config() -> dict[str, ColumnConfig]:
    """Return the widths at which everything but the remarks fits on a screen of 1,280 pixels."""
    config: dict[str, ColumnConfig] = {
        name: st.column_config.DateColumn(format="D MMM YYYY", width=96)
        for name in (_NEXT, "Due", "Last day", "Since", "List ends")
    }
    return config | {
        "Patent": st.column_config.TextColumn(width=128, pinned=True),
        _DAYS: st.column_config.NumberColumn(format="localized", width=80, help="To the next date; below 0: passed"),
        "Last day": st.column_config.DateColumn(format="D MMM YYYY", width=96, help="With every extension of time"),
        "What must be done": st.column_config.TextColumn(width=330),
        "Basis": st.column_config.TextColumn(width=220, help="Whether the law sets the period, or the paper names it"),
        "Authority": st.column_config.TextColumn(width=240),
        "More": st.column_config.TextColumn(
            width=420, help="On what the dates depend, and what follows if nothing comes"
        ),
        "Status": st.column_config.TextColumn(width=130),
        "Who must act": st.column_config.TextColumn(width=290),
        "Paper": st.column_config.TextColumn(width=220, help="The paper since which it waits"),
        "List ends": st.column_config.DateColumn(format="D MMM YYYY", width=96, help="Day of the last listed document"),
        "Why no date": st.column_config.TextColumn(width=420),
    }
