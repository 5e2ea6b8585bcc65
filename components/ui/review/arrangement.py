"""The order in which the documents are listed, and what groups them."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from components.prosecution import in_reading_order, newest_first, round_heading
from components.words import day

_OUTSIDE_ROUNDS: Final = "Outside the rounds"


@dataclass(frozen=True, slots=True)
class ArrangedDocuments:
    """Documents in the order in which they are listed."""

    documents: pd.DataFrame
    """Rows of the `documents` table, numbered from 0."""
    groups: "pd.Series[str] | None" = None
    """The heading of the group of each document, parallel to them; `None` where they are not grouped."""


def arrange_documents(
    documents: pd.DataFrame, *, group: str, oldest_first: bool, submissions: pd.DataFrame, rounds: pd.DataFrame
) -> ArrangedDocuments:
    """Put documents in order.

    Args:
        documents: rows of the `documents` table.
        group: `none`, `submission` or `round`.
        oldest_first: whether the oldest stands first, as for reading; else the newest.
        submissions: the `submissions` table of their histories.
        rounds: the `rounds` table of their histories.
    """
    rows = in_reading_order(documents) if oldest_first else newest_first(documents)
    if group == "submission":
        return ArrangedDocuments(rows, _submission_headings(rows, submissions))
    if group == "round":
        # A stable sort keeps each round in the order chosen; papers of no round come last, as in the one PDF.
        number = rows["round"].astype("Float64").fillna(float("inf") if oldest_first else float("-inf"))
        order = pd.DataFrame({"history": rows["history"], "round": number})
        rows = rows.loc[order.sort_values(["history", "round"], ascending=[True, oldest_first], kind="stable").index]
        rows = rows.reset_index(drop=True)
        return ArrangedDocuments(rows, _round_headings(rows, rounds))
    return ArrangedDocuments(rows)


def _submission_headings(rows: pd.DataFrame, submissions: pd.DataFrame) -> "pd.Series[str]":
    names = dict(
        zip(
            zip(submissions["history"], submissions["submission"], strict=True),
            [f"{day(date)} · {label}" for date, label in zip(submissions["date"], submissions["label"], strict=True)],
            strict=True,
        )
    )
    submissions_of_rows = zip(rows["history"].tolist(), rows["submission"].tolist(), strict=True)
    headings = [names.get(submission, "") for submission in submissions_of_rows]
    return pd.Series(headings, index=rows.index, dtype="str")


def _round_headings(rows: pd.DataFrame, rounds: pd.DataFrame) -> "pd.Series[str]":
    names = {
        (history, int(number)): round_heading(number, label, opened)
        for history, number, label, opened in zip(
            rounds["history"], rounds["round"], rounds["label"], rounds["opened"], strict=True
        )
    }
    headings = [
        _OUTSIDE_ROUNDS if pd.isna(number) else names.get((history, int(number)), f"{number}")
        for history, number in zip(rows["history"], rows["round"], strict=True)
    ]
    return pd.Series(headings, index=rows.index, dtype="str")
