"""The table of rounds: each action, its answer, the dates and the outcome."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from components.content.unread import READ_OFFICES
from components.histories import PaperRef
from components.prosecution import USUAL, Yardstick, extension_in_words, is_usual, set_words_of, yardsticks_of
from components.ui.review.clicked_cells import PapersOfCells, forget_other_papers, open_clicked_paper
from components.ui.review.paper_refs import refs_of
from components.words import MONTH_DAYS, counted

_KEY: Final = "rounds"
_LINKS: Final = frozenset({"Action PDF", "Answer PDF"})
_BASIS: Final = "Due date is"
_GROUNDS: Final = "Grounds"
_OF_ANSWER: Final = frozenset({"Answer", "Answered"})
"""The columns in which a click opens the answer; in all others but the links it opens the action."""


def draw_rounds(
    rounds: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    numbers: dict[str, str],
    offices: Mapping[str, str],
    grounds: Mapping[PaperRef, str] = MappingProxyType({}),
) -> None:
    """Draw the rounds of the chosen histories, oldest first; a click on an action or an answer opens it in the reader.

    Args:
        rounds: the `rounds` table.
        documents: the `documents` table with `link`.
        numbers: the display number of each history.
        offices: the office of each history.
        grounds: what is read of the actions, in a line each (`InsideOfFiles.grounds`).
    """
    if rounds.empty:
        st.write("No action of the Office is listed.")
        return
    unanswered = int((rounds["answer"] == "").sum())
    if unanswered:
        st.caption(f"{counted(unanswered, 'action')} without an answer, with the reason")
    table = rounds_for_screen(rounds, documents, numbers, offices=offices, grounds=grounds)
    limits = [yardsticks_of(offices[history]).get("office_response") for history in rounds["history"]]
    papers = papers_of_cells(rounds, [str(name) for name in table])
    forget_other_papers(_KEY, papers)
    st.dataframe(
        table.style.apply(
            lambda waits: _wait_styles(waits, limits, dark=st.context.theme.type == "dark"), subset=[_WAIT_COLUMN]
        ).format("{:,}", na_rep="–", subset=["Days", _WAIT_COLUMN]),
        hide_index=True,
        height="content" if len(rounds) <= 15 else 560,
        placeholder="–",
        key=_KEY,
        on_select=lambda: open_clicked_paper(_KEY, papers),
        selection_mode="single-cell",
        column_config=_column_config(),
        alt="Rounds of the examination: each action and its answer. Click one to read it.",
    )
    coloured = [
        f"A wait of more than {limit.months} months is coloured ({limit.authority}), which says nothing of the "
        "patent's term. "
        for limit in dict.fromkeys(filter(None, limits))
    ]
    st.caption(
        'Click an action or an answer to read it beside the page; "Open" shows its PDF in a new tab. '
        f"Due dates and extensions are computed from document dates; not legal advice. {''.join(coloured)}"
        "Due dates, the Office's next act, explanations and authorities stand to the right."
    )


def rounds_for_screen(
    rounds: pd.DataFrame,
    documents: pd.DataFrame,
    numbers: dict[str, str],
    *,
    offices: Mapping[str, str] = MappingProxyType({}),
    grounds: Mapping[PaperRef, str] = MappingProxyType({}),
) -> pd.DataFrame:
    """Return the rounds as the screen shows them, with a link to each action and each answer where there are links.

    Once one of the actions is read inside, a column says the grounds of each, or that it is not read.
    """
    links = dict(zip(refs_of(documents), documents["link"], strict=True))
    table = pd.DataFrame(
        {
            "Round": rounds["round"],
            "Action": rounds["label"],
            "Date": rounds["opened"],
            "Action PDF": _links(rounds, "action", links),
            "Answer": rounds["answer_label"],
            "Answered": rounds["answered"],
            "Answer PDF": _links(rounds, "answer", links),
            "Days": rounds["days"],
            "Outcome": rounds["outcome_words"].str.capitalize(),
            "Extension": [
                extension_in_words(months, source, mailing)
                for months, source, mailing in zip(
                    rounds["extension_months"], rounds["extension_source"], rounds["mailing"], strict=True
                )
            ],
            "Due": rounds["due"],
            _BASIS: [USUAL if is_usual(authority) else set_words_of(authority) for authority in rounds["authority"]],
            _WAIT_COLUMN: rounds["wait_days"],
            "Explanation": rounds["explanation"],
            "Authority": rounds["authority"],
        }
    )
    actions = refs_of(rounds, "action")
    if any(action in grounds for action in actions):
        table.insert(2, _GROUNDS, [_grounds_of(action, offices, grounds) for action in actions])
    if not table[_BASIS].any():
        table = table.drop(columns=_BASIS)
    if not any(links.values()):
        table = table.drop(columns=["Action PDF", "Answer PDF"])
    if len(numbers) > 1:
        table.insert(0, "Patent", rounds["history"].map(numbers))
    return table


def _grounds_of(action: PaperRef, offices: Mapping[str, str], grounds: Mapping[PaperRef, str]) -> str:
    """Return the grounds of an action in a line, or that they are not read: never nothing."""
    if not action.document:
        return ""
    unread = "not read" if offices.get(action.history, "US") in READ_OFFICES else "not read inside"
    return grounds.get(action, unread)


def papers_of_cells(rounds: pd.DataFrame, columns: Sequence[str]) -> PapersOfCells:
    """Return the paper that a click on each cell of the table of rounds opens.

    Args:
        rounds: the rows, in the order of the table.
        columns: the columns of the table.
    """
    actions, answers = refs_of(rounds, "action"), refs_of(rounds, "answer")
    return {
        (row, name): paper
        for row, (action, answer) in enumerate(zip(actions, answers, strict=True))
        for name in columns
        if name not in _LINKS and (paper := answer if name in _OF_ANSWER else action).document
    }


def _links(rounds: pd.DataFrame, column: str, links: Mapping[PaperRef, str]) -> "pd.Series[str]":
    return pd.Series([links.get(paper) for paper in refs_of(rounds, column)], index=rounds.index, dtype="str")


_WAIT_COLUMN = "Office's next act after days"


def _wait_styles(waits: "pd.Series[int]", limits: Sequence[Yardstick | None], *, dark: bool) -> list[str]:
    """Return the CSS of each wait in days; one beyond its office's yardstick stands out in both themes."""
    style = f"color: {'#FB923C' if dark else '#C2410C'}"
    return [
        style if limit and not pd.isna(days) and int(days) > limit.months * MONTH_DAYS else ""
        for days, limit in zip(waits, limits, strict=True)
    ]


def _column_config() -> dict[str, ColumnConfig]:
    """Return the widths at which what matters most fits on a screen of 1,280 pixels."""
    config: dict[str, ColumnConfig] = {
        name: st.column_config.DateColumn(format="D MMM YYYY", width=92) for name in ("Date", "Answered", "Due")
    }
    return config | {
        "Patent": st.column_config.TextColumn(width=125, pinned=True),
        "Round": st.column_config.NumberColumn(format="%d", width=52),
        "Action": st.column_config.TextColumn(width=148),
        _GROUNDS: st.column_config.TextColumn(width=150, help="Read by machine: check against the paper"),
        "Answer": st.column_config.TextColumn(width=212),
        "Action PDF": st.column_config.LinkColumn(display_text="Open", width=84),
        "Answer PDF": st.column_config.LinkColumn(display_text="Open", width=88),
        "Days": st.column_config.NumberColumn(width=54),
        "Extension": st.column_config.TextColumn(width=140),
        "Outcome": st.column_config.TextColumn(width=104),
        _BASIS: st.column_config.TextColumn(
            width=220, help="The paper itself names its period: as read in it, or else the usual one"
        ),
        _WAIT_COLUMN: st.column_config.NumberColumn(width=190),
        "Explanation": st.column_config.TextColumn(width=520),
        "Authority": st.column_config.TextColumn(width=320),
    }
