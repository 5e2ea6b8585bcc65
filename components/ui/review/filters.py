"""The filters above the documents: what passes them is listed in the table and exported."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from components.prosecution import category_labels, in_reading_list, reading_lists, round_heading
from components.ui.address import EVERYTHING, FIELDS
from components.ui.state import (
    CHOSEN_CATEGORIES,
    CHOSEN_CODES,
    CHOSEN_DATES,
    CHOSEN_ROUNDS,
    CHOSEN_SIDES,
    FIND_TEXT,
    READING_LIST,
)

SIDE_LABELS = {
    "office": "Office",
    "applicant": "Applicant",
    "third party": "Third party",
    "internal": "Internal",
    "unclassified": "Unclassified",
}


@dataclass(frozen=True, slots=True)
class FilterChoices:
    """What is chosen in the filters; a filter in which nothing is chosen lets everything pass."""

    codes: Sequence[str] = ()
    """Document codes, in capitals and without blanks."""
    categories: Sequence[str] = ()
    sides: Sequence[str] = ()
    rounds: Sequence[int] = ()
    dates: Sequence[date] = ()
    """Empty, or first and last day; the first day alone, which hides nothing, while somebody is choosing."""
    find: str = ""
    """Words in the description, in any case, or a whole code."""


def documents_passing(documents: pd.DataFrame, choices: FilterChoices) -> pd.DataFrame:
    """Return the rows that pass all filters, in the order given; a paper without a date passes no filter of dates."""
    keep = pd.Series(data=True, index=documents.index)
    if choices.codes:
        keep &= _codes(documents).isin(choices.codes)
    if choices.sides:
        keep &= documents["side"].isin(choices.sides)
    if choices.categories:
        keep &= documents["category"].isin(choices.categories)
    if choices.rounds:
        keep &= documents["round"].isin(choices.rounds)
    if len(choices.dates) == 2:
        first, last = map(pd.Timestamp, choices.dates)
        keep &= documents["date"].between(first, last)
    wanted = choices.find.strip()
    if wanted:
        described = documents["description"].str.contains(wanted, case=False, regex=False)
        keep &= described | (_codes(documents) == wanted.upper())
    return documents[keep]


def options_and_choice(
    column: pd.Series, *, chosen: Collection[Any], whole_column: Callable[[], pd.Series]
) -> tuple[dict[Any, int], list[Any]]:
    """Return the options of a filter, each with its number of documents, and those of the chosen that stay chosen.

    An option that no document of the reading list has stays chosen, with the number 0, if another document of the
    histories has it. What no document has is not offered: a link or an earlier list of numbers chose it.

    Args:
        column: the values of the documents of the reading list.
        chosen: the values chosen so far.
        whole_column: returns the values of all documents of the histories.
    """
    tally = {name: int(count) for name, count in column.value_counts().items() if count}
    lacking = [name for name in chosen if name not in tally]
    if lacking:
        known = frozenset(whole_column().dropna().unique())
        tally |= {name: 0 for name in lacking if name in known}
    return tally, [name for name in chosen if name in tally]


def clipped_range(chosen: Sequence[date], first: date, last: date) -> tuple[date, ...]:
    """Return the chosen range of days as far as it lies between these two; empty if it lies outside."""
    if len(chosen) != 2:
        return tuple(chosen)
    inside = (max(chosen[0], first), min(chosen[1], last))
    return inside if inside[0] <= inside[1] else ()


def draw_reading_lists(documents: pd.DataFrame) -> pd.DataFrame:
    """Draw the reading lists and return the documents of the one that is chosen.

    Args:
        documents: all documents of the chosen histories.
    """
    lists = {reading_list.name: reading_list for reading_list in reading_lists()}
    if st.session_state.get(READING_LIST) not in lists:  # an address may say anything
        st.session_state[READING_LIST] = EVERYTHING
    chosen = st.pills(
        "Reading list",
        list(lists),
        key=READING_LIST,
        required=True,
        format_func=lambda name: lists[name].label,
        help="What to read, by what the papers are (the first six) or by what they are read for (the last three).",
        persist_state="session",
    )
    if chosen is None or chosen == EVERYTHING:
        return documents
    st.caption(f"{lists[chosen].label}: {lists[chosen].help}.")
    return documents[in_reading_list(documents, chosen)]


def draw_filters(documents: pd.DataFrame, rounds: pd.DataFrame, *, whole: pd.DataFrame) -> pd.DataFrame:
    """Draw the filters for these documents and return the rows that pass, in the order given.

    Args:
        documents: rows of the `documents` table, those of a reading list.
        rounds: the `rounds` table of their histories.
        whole: all documents of these histories; what is chosen stays chosen as long as one of them has it.
    """
    labels = category_labels()
    names = _round_names(rounds)
    first, second, third = st.columns([3, 3, 2])
    with first:
        chosen_codes = _draw_choice("Document codes", CHOSEN_CODES, _codes(documents), lambda: _codes(whole), str)
    with second:
        chosen_categories = _draw_choice(
            "Category",
            CHOSEN_CATEGORIES,
            documents["category"],
            lambda: whole["category"],
            lambda name: labels.get(name, name),
        )
    with third:
        chosen_sides = _draw_choice(
            "Side", CHOSEN_SIDES, documents["side"], lambda: whole["side"], lambda side: SIDE_LABELS.get(side, side)
        )
    left, middle, right = st.columns([3, 3, 2])
    with left:
        find = st.text_input(
            "Find in descriptions",
            key=FIND_TEXT,
            type="search",
            live="300ms",
            placeholder="e.g. remarks",
            persist_state="session",
        )
    with middle:
        chosen_rounds = _draw_choice(
            "Round",
            CHOSEN_ROUNDS,
            documents["round"],
            lambda: whole["round"],
            lambda number: names.get(number, f"Round {number}"),
        )
    with right:
        dates = _draw_dates(whole["date"])
    return documents_passing(
        documents, FilterChoices(chosen_codes, chosen_categories, chosen_sides, chosen_rounds, dates, find or "")
    )


def clear_filters() -> None:
    """Set everything that hides documents to its default."""
    for field in FIELDS:
        if field.is_filter:
            st.session_state[field.key] = field.widget_value(field.default)


def _codes(documents: pd.DataFrame) -> pd.Series:
    return documents["code"].str.strip().str.upper()


def _round_names(rounds: pd.DataFrame) -> dict[int, str]:
    """Return a name for each round, by its action; an empty dictionary where they are of several histories."""
    if rounds["history"].nunique() != 1:
        return {}
    rows = zip(rounds["round"], rounds["label"], rounds["opened"], strict=True)
    return {int(number): round_heading(number, label, opened) for number, label, opened in rows}


def _draw_choice(
    label: str, key: str, column: pd.Series, whole_column: Callable[[], pd.Series], words: Callable[[Any], str]
) -> list[Any]:
    chosen = list(st.session_state.get(key) or [])
    tally, kept = options_and_choice(column, chosen=chosen, whole_column=whole_column)
    if key == CHOSEN_ROUNDS:
        tally = dict(sorted(tally.items()))
    # A chosen value that is not offered would be an error. Set in this case only: setting it closes an open list.
    if kept != chosen:
        st.session_state[key] = kept
    return st.multiselect(
        label,
        list(tally),
        key=key,
        format_func=lambda name: f"{words(name)} ({tally[name]:,})",
        placeholder="All",
        persist_state="session",
    )


def _draw_dates(dates: pd.Series) -> tuple[date, ...]:
    known = dates.dropna()
    if known.empty:
        st.session_state.pop(CHOSEN_DATES, None)
        st.caption("None of these documents has a date.")
        return ()
    first, last = known.min().date(), known.max().date()
    chosen_before = tuple(st.session_state.get(CHOSEN_DATES) or ())
    if CHOSEN_DATES not in st.session_state or clipped_range(chosen_before, first, last) != chosen_before:
        st.session_state[CHOSEN_DATES] = clipped_range(chosen_before, first, last)
    chosen = st.date_input(
        "Dates", key=CHOSEN_DATES, min_value=first, max_value=last, format="YYYY-MM-DD", persist_state="session"
    )
    return chosen if isinstance(chosen, tuple) else ()
