"""The filters above the documents; what they leave is what the table and the exports show."""

from collections.abc import Callable
from datetime import date

import pandas as pd
import streamlit as st

from components.prosecution import categories
from components.ui.address import CATEGORY, CODES, DATES, FIND, SIDE

SIDE_LABELS = {
    "office": "Office",
    "applicant": "Applicant",
    "third party": "Third party",
    "internal": "Internal",
    "unclassified": "Unclassified",
}


def draw_filters(documents: pd.DataFrame) -> pd.DataFrame:
    """Draw the filters for these documents and give the rows that pass, in the order given."""
    codes = documents["code"].str.strip().str.upper()
    labels = category_labels()
    first, second, third = st.columns([3, 2, 3])
    with first:
        chosen_codes = _choose("Document codes", CODES, codes.value_counts(), str)
    with second:
        chosen_sides = _choose("Side", SIDE, documents["side"].value_counts(), lambda side: SIDE_LABELS.get(side, side))
    with third:
        chosen = _choose(
            "Category", CATEGORY, documents["category"].value_counts(), lambda name: labels.get(name, name)
        )
    left, right = st.columns([2, 3])
    with left:
        dates = _choose_dates(documents["date"])
    with right:
        find = st.text_input(
            "Find in descriptions",
            key=FIND,
            type="search",
            live="300ms",
            placeholder="e.g. remarks",
            persist_state="session",
        )
    keep = pd.Series(data=True, index=documents.index)
    if chosen_codes:
        keep &= codes.isin(chosen_codes)
    if chosen_sides:
        keep &= documents["side"].isin(chosen_sides)
    if chosen:
        keep &= documents["category"].isin(chosen)
    if len(dates) == 2:
        keep &= documents["date"].between(pd.Timestamp(dates[0]), pd.Timestamp(dates[1]))
    if find and find.strip():
        wanted = find.strip()
        keep &= documents["description"].str.contains(wanted, case=False, regex=False) | (codes == wanted.upper())
    return documents[keep]


def clear_filters() -> None:
    """Show all documents again."""
    for key in (CODES, SIDE, CATEGORY):
        st.session_state[key] = []
    st.session_state[DATES] = ()
    st.session_state[FIND] = ""


def category_labels() -> dict[str, str]:
    """Give the label of each category, as it stands on the screen."""
    table = categories()
    return dict(zip(table["category"].astype(str), table["label"].astype(str), strict=True))


def _choose(label: str, key: str, counts: pd.Series, words: Callable[[str], str]) -> list[str]:
    tally = {str(name): int(count) for name, count in counts.items() if count}
    # What a link or an earlier list of numbers chose and these documents do not have would be an error here. A value
    # is set only then: setting it closes a list that somebody has just opened.
    held = st.session_state.get(key) or []
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
