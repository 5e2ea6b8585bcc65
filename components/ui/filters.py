"""The filters above the documents; what they leave is what the table and the exports show."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from components.prosecution import category_labels, in_reading_list, reading_lists
from components.ui.address import CATEGORY, CODES, DATES, EVERYTHING, FIND, READING_LIST, ROUNDS, SELECTED, SIDE
from components.ui.dates import day

SIDE_LABELS = {
    "office": "Office",
    "applicant": "Applicant",
    "third party": "Third party",
    "internal": "Internal",
    "unclassified": "Unclassified",
}


def draw_reading_lists(documents: pd.DataFrame) -> pd.DataFrame:
    """Draw the reading lists and give the documents of the one that is chosen.

    Args:
        documents: all documents of the chosen histories.
    """
    lists = {entry.name: entry for entry in reading_lists()}
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


def draw_filters(documents: pd.DataFrame, rounds: pd.DataFrame, *, of: pd.DataFrame) -> pd.DataFrame:
    """Draw the filters for these documents and give the rows that pass, in the order given.

    Args:
        documents: rows of the `documents` table, those of a reading list.
        rounds: the `rounds` table of their histories.
        of: all documents of these histories: what is chosen stays chosen as long as one of them has it.
    """
    codes = documents["code"].str.strip().str.upper()
    labels = category_labels()
    names = _round_names(rounds)
    first, second, third = st.columns([3, 3, 2])
    with first:
        chosen_codes = _choose("Document codes", CODES, codes, of["code"], str)
    with second:
        chosen = _choose(
            "Category", CATEGORY, documents["category"], of["category"], lambda name: labels.get(name, name)
        )
    with third:
        chosen_sides = _choose("Side", SIDE, documents["side"], of["side"], lambda side: SIDE_LABELS.get(side, side))
    left, middle, right = st.columns([3, 3, 2])
    with left:
        find = st.text_input(
            "Find in descriptions",
            key=FIND,
            type="search",
            live="300ms",
            placeholder="e.g. remarks",
            persist_state="session",
        )
    with middle:
        chosen_rounds = _choose(
            "Round", ROUNDS, documents["round"], of["round"], lambda number: names.get(number, f"Round {number}")
        )
    with right:
        dates = _choose_dates(of["date"])
    keep = pd.Series(data=True, index=documents.index)
    if chosen_codes:
        keep &= codes.isin(chosen_codes)
    if chosen_sides:
        keep &= documents["side"].isin(chosen_sides)
    if chosen:
        keep &= documents["category"].isin(chosen)
    if chosen_rounds:
        keep &= documents["round"].isin(chosen_rounds)
    if len(dates) == 2:
        keep &= documents["date"].between(pd.Timestamp(dates[0]), pd.Timestamp(dates[1]))
    if find and find.strip():
        wanted = find.strip()
        keep &= documents["description"].str.contains(wanted, case=False, regex=False) | (codes == wanted.upper())
    return documents[keep]


def clear_filters() -> None:
    """Show all documents again."""
    for key in (CODES, SIDE, CATEGORY, ROUNDS):
        st.session_state[key] = []
    st.session_state[DATES] = ()
    st.session_state[FIND] = ""
    st.session_state[READING_LIST] = EVERYTHING
    st.session_state[SELECTED] = ()


def _round_names(rounds: pd.DataFrame) -> dict[int, str]:
    """Name each round by its action, where all rounds are of one history."""
    if rounds["history"].nunique() != 1:
        return {}
    rows = zip(rounds["round"], rounds["label"], rounds["opened"], strict=True)
    return {int(number): f"{number} · {label}, {day(opened)}" for number, label, opened in rows}


def _choose(label: str, key: str, column: pd.Series, of: pd.Series, words: Callable[[Any], str]) -> list[Any]:
    counts = column.value_counts()
    tally = {name: int(count) for name, count in counts.items() if count}
    if key == ROUNDS:
        tally = dict(sorted(tally.items()))
    # What a link or an earlier list of numbers chose and no document has would be an error here; what only this
    # reading list lacks is kept. A value is set only then: setting it closes a list that somebody has just opened.
    held = st.session_state.get(key) or []
    if any(name not in tally for name in held):
        known = {name.strip().upper() if key == CODES else name for name in of.dropna().unique()}
        tally |= {name: 0 for name in held if name in known and name not in tally}
        if any(name not in tally for name in held):
            st.session_state[key] = [name for name in held if name in tally]
    return st.multiselect(
        label,
        list(tally),
        key=key,
        format_func=lambda name: f"{words(name)} ({tally[name]:,})",
        placeholder="All",
        persist_state="session",
    )


def _choose_dates(dates: pd.Series) -> tuple[date, ...]:
    known = dates.dropna()
    if known.empty:
        st.session_state.pop(DATES, None)
        st.caption("None of these documents has a date.")
        return ()
    first, last = known.min().date(), known.max().date()
    held = tuple(st.session_state.get(DATES) or ())
    if len(held) == 2 and (held[0] < first or held[1] > last):
        inside = (max(held[0], first), min(held[1], last))
        st.session_state[DATES] = inside if inside[0] <= inside[1] else ()
    elif DATES not in st.session_state:
        st.session_state[DATES] = ()
    chosen = st.date_input(
        "Dates", key=DATES, min_value=first, max_value=last, format="YYYY-MM-DD", persist_state="session"
    )
    return chosen if isinstance(chosen, tuple) else ()
