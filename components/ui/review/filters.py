"""The filters of the documents: what passes them is listed in the table and exported."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final

import pandas as pd
import streamlit as st

from components.prosecution import category_labels, in_reading_list, reading_lists, round_heading
from components.ui.address import EVERYTHING, FIELDS
from components.ui.seeded import seeded
from components.ui.state import (
    CHOSEN_CATEGORIES,
    CHOSEN_CODES,
    CHOSEN_DATES,
    CHOSEN_ROUNDS,
    CHOSEN_SIDES,
    FIND_TEXT,
    READING_LIST,
    SELECTED_EVENTS,
)

SIDE_LABELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "office": "Office",
        "applicant": "Applicant",
        "third party": "Third party",
        "internal": "Internal",
        "unclassified": "Unclassified",
    }
)
BEHIND_A_BUTTON: Final = (CHOSEN_CODES, CHOSEN_CATEGORIES, CHOSEN_SIDES, CHOSEN_ROUNDS, CHOSEN_DATES)
"""Keys of the filters that stand behind "Filters"."""


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


def documents_of_list(documents: pd.DataFrame) -> pd.DataFrame:
    """Return the documents of the reading list that is chosen, in the order given.

    Args:
        documents: all documents of the chosen histories.
    """
    chosen = chosen_list()
    return documents if chosen == EVERYTHING else documents[in_reading_list(documents, chosen)]


def chosen_list() -> str:
    """Return the name of the reading list that is chosen; an address may have said anything."""
    if st.session_state.get(READING_LIST) not in {reading_list.name for reading_list in reading_lists()}:
        st.session_state[READING_LIST] = EVERYTHING
    chosen: str = st.session_state[READING_LIST]
    return chosen


def documents_of_events(rows: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the events selected on the timeline, or all rows if none is selected.

    An event is a submission: all its papers belong to it.

    Args:
        rows: some of the documents.
        documents: all documents of the chosen histories.
    """
    selected = st.session_state.get(SELECTED_EVENTS) or ()
    if not selected:
        return rows
    wanted = pd.MultiIndex.from_tuples(selected)
    events = documents[pd.MultiIndex.from_frame(documents[["history", "id"]]).isin(wanted)]
    submissions = pd.MultiIndex.from_frame(events[["history", "submission"]])
    return rows[pd.MultiIndex.from_frame(rows[["history", "submission"]]).isin(submissions)]


class Filters:
    """The filters of these documents: what they offer, and what is chosen of it.

    Making it sets what is chosen to what there is: a link or an earlier list of numbers may have chosen more.
    """

    def __init__(
        self,
        documents: pd.DataFrame,
        rounds: pd.DataFrame,
        *,
        whole: pd.DataFrame,
        offices: frozenset[str] = frozenset(),
    ) -> None:
        """Read what is chosen.

        Args:
            documents: rows of the `documents` table, those of a reading list.
            rounds: the `rounds` table of their histories.
            whole: all documents of these histories; what is chosen stays chosen as long as one of them has it.
            offices: those of the histories, whose words for categories are used.
        """
        self._documents = documents
        self._labels = category_labels(offices)
        self.round_names = _round_names(rounds)
        self._offered = {
            CHOSEN_CODES: _settled(CHOSEN_CODES, _codes(documents), lambda: _codes(whole)),
            CHOSEN_CATEGORIES: _settled(CHOSEN_CATEGORIES, documents["category"], lambda: whole["category"]),
            CHOSEN_SIDES: _settled(CHOSEN_SIDES, documents["side"], lambda: whole["side"]),
            CHOSEN_ROUNDS: dict(sorted(_settled(CHOSEN_ROUNDS, documents["round"], lambda: whole["round"]).items())),
        }
        self._span = _settled_dates(whole["date"])

    def passing(self) -> pd.DataFrame:
        """Return the rows that pass, in the order given."""
        state = st.session_state
        choices = FilterChoices(
            codes=state.get(CHOSEN_CODES) or (),
            categories=state.get(CHOSEN_CATEGORIES) or (),
            sides=state.get(CHOSEN_SIDES) or (),
            rounds=state.get(CHOSEN_ROUNDS) or (),
            dates=state.get(CHOSEN_DATES) or (),
            find=state.get(FIND_TEXT) or "",
        )
        return documents_passing(self._documents, choices)

    def draw(self) -> None:
        """Draw those that stand behind a button, below each other."""
        self._draw_choice("Document codes", CHOSEN_CODES, str)
        self._draw_choice("Category", CHOSEN_CATEGORIES, self.category_in_words)
        self._draw_choice("Side", CHOSEN_SIDES, lambda side: SIDE_LABELS.get(side, side))
        self._draw_choice("Round", CHOSEN_ROUNDS, self.round_in_words)
        if self._span is None:
            st.caption("None of these documents has a date.")
            return
        first, last = self._span
        widget = seeded(CHOSEN_DATES, ())
        st.date_input(
            "Dates",
            widget.value,
            key=widget.key,
            on_change=widget.keep,
            min_value=first,
            max_value=last,
            format="YYYY-MM-DD",
        )

    def round_in_words(self, number: int) -> str:
        """Return what a round is called: by its action where the documents are of one history."""
        return self.round_names.get(number, f"Round {number}")

    def category_in_words(self, name: str) -> str:
        """Return what a category is called: in the words of the office, or in those common to several."""
        return self._labels.get(name, name)

    def _draw_choice(self, label: str, key: str, words: Callable[[Any], str]) -> None:
        tally = self._offered[key]
        widget = seeded(key, [])
        st.multiselect(
            label,
            list(tally),
            widget.value,
            key=widget.key,
            on_change=widget.keep,
            format_func=lambda name: f"{words(name)} ({tally[name]:,})",
            placeholder="All",
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


def _settled(key: str, column: pd.Series, whole_column: Callable[[], pd.Series]) -> dict[Any, int]:
    """Return the options of a filter, each with its number of documents, and keep of its choice what is among them."""
    chosen = list(st.session_state.get(key) or [])
    tally, kept = options_and_choice(column, chosen=chosen, whole_column=whole_column)
    st.session_state[key] = kept  # a chosen value that is not offered would be an error
    return tally


def _settled_dates(dates: pd.Series) -> tuple[date, date] | None:
    """Return the first and the last day of these, if they have any, and keep the choice of days between them."""
    known = dates.dropna()
    if known.empty:
        st.session_state.pop(CHOSEN_DATES, None)
        return None
    first, last = known.min().date(), known.max().date()
    st.session_state[CHOSEN_DATES] = clipped_range(tuple(st.session_state.get(CHOSEN_DATES) or ()), first, last)
    return first, last
