"""Reading lists: which papers to read, by what they are or by what they are read for.

The lists are `reading_lists.csv`. A row picks the papers of its `categories` (`@actions` is a set of
`category_sets.csv`) and of its `codes` (`US N427;EP 2906`), or all papers where it names none; `within` narrows them to
the `key` papers, or to those of the `allowance`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components.prosecution.law.categories import Categories, Category, category_set, per_category
from components.prosecution.law.codes import OfficeCode, OfficeCodes, normalise_code
from components.prosecution.law.rule_files import Filled, read_rule_table
from components.rule_tables import Row, refuse_repetition

READING_LISTS_FILE: Final = "reading_lists.csv"
ListKind = Literal["preset", "purpose"]
_NEVER: Final = np.iinfo(np.int64).max
_BEFORE: Final = np.iinfo(np.int64).min


@dataclass(frozen=True, slots=True)
class ReadingList:
    """A reading list as it is offered to a reader."""

    name: str
    """How an address calls it."""
    label: str
    kind: ListKind
    """`preset`: by what the papers are. `purpose`: by what they are read for."""
    help: str


class ReadingListRow(Row):
    """A reading list and its rules for picking papers: one row of `reading_lists.csv`."""

    name: Filled
    label: Filled
    kind: ListKind
    help: Filled
    within: Literal["", "key", "allowance"]
    categories: Categories
    codes: OfficeCodes
    """Further codes, each with its office."""
    source: str

    @property
    def offered(self) -> ReadingList:
        """The reading list of this row, without its rules for picking papers."""
        return ReadingList(self.name, self.label, self.kind, self.help)


def reading_lists() -> tuple[ReadingList, ...]:
    """Return the reading lists in the order in which they are offered, the presets first.

    Raises:
        RuleTableBroken: a row names an unknown category or kind.
    """
    return tuple(row.offered for row in _rows_by_name().values())


def in_reading_list(documents: pd.DataFrame, name: str) -> "pd.Series[bool]":
    """Return which papers belong to a reading list.

    Args:
        documents: rows of the `documents` table, all those of a history: which led to its allowance depends on all.
        name: the name of a list.

    Returns:
        Parallel to `documents`.

    Raises:
        KeyError: there is no such list.
    """
    row = _rows_by_name()[name]
    listed = np.ones(len(documents), dtype=bool)
    if row.categories or row.codes:
        chosen = per_category(lambda facts: facts.category in row.categories)
        listed = chosen[documents["category"].cat.codes.to_numpy()] | _of_codes(documents, frozenset(row.codes))
    if row.within == "key":
        listed &= documents["key"].to_numpy(dtype=bool)
    if row.within == "allowance":
        listed &= _of_allowance(documents)
    return pd.Series(listed, index=documents.index, dtype=bool)


def _of_codes(documents: pd.DataFrame, wanted: frozenset[OfficeCode]) -> NDArray[np.bool_]:
    listed = np.zeros(len(documents), dtype=bool)
    if not wanted:
        return listed
    codes, spelled = pd.factorize(documents["code"])
    histories, names = pd.factorize(documents["history"])
    for office in {code.office for code in wanted}:
        known = np.array([OfficeCode(office, normalise_code(code)) in wanted for code in spelled], dtype=bool)
        of_office = np.array([name[:2].upper() == office for name in names], dtype=bool)
        if known.any() and of_office.any():
            listed |= known[codes] & of_office[histories]
    return listed


def _of_allowance(documents: pd.DataFrame) -> NDArray[np.bool_]:
    """Return which papers lie in the time that led to the last allowance of their history, or follow it.

    It begins with the last rejection before the allowance; where nothing was rejected, with the last other action;
    else with the allowance. It ends with the issue, after which papers belong to no round, or where prosecution was
    reopened.
    """
    histories, names = pd.factorize(documents["history"])
    dates = documents["date"].to_numpy()
    dated = ~np.isnat(dates) & documents["in_range"].to_numpy(dtype=bool)
    days = np.where(dated, dates.astype("datetime64[D]").astype(np.int64), _BEFORE)
    categories = documents["category"].cat.codes.to_numpy()
    allowances = dated & (categories == Category.ALLOWANCE)
    actions = dated & np.isin(categories, list(category_set("actions")))
    rejections = actions & ~np.isin(categories, [Category.RESTRICTION, Category.QUAYLE])

    def latest(mask: NDArray[np.bool_]) -> NDArray[np.int64]:
        last_days = np.full(len(names), _BEFORE, dtype=np.int64)
        np.maximum.at(last_days, histories[mask], days[mask])
        return last_days

    allowed = latest(allowances)
    since = allowed
    for mask in (actions, rejections):  # a rejection goes before any other action
        previous = latest(mask & (days < allowed[histories]))
        since = np.where(previous > _BEFORE, previous, since)
    until = np.full(len(names), _NEVER, dtype=np.int64)
    reopened = actions & (days > allowed[histories])
    np.minimum.at(until, histories[reopened], days[reopened])
    led_to_allowance: NDArray[np.bool_] = (
        dated
        & (allowed > _BEFORE)[histories]
        & (days >= since[histories])
        & (days < until[histories])
        & documents["round"].notna().to_numpy()
    )
    return led_to_allowance


def reading_list_rows() -> tuple[ReadingListRow, ...]:
    """Read `reading_lists.csv`.

    Raises:
        RuleTableBroken: a row names an unknown category or kind, or a name stands there twice.
    """
    rows = read_rule_table(READING_LISTS_FILE, ReadingListRow)
    refuse_repetition(READING_LISTS_FILE, rows, lambda row: row.name, column="name")
    return rows


@cache
def _rows_by_name() -> Mapping[str, ReadingListRow]:
    return {row.name: row for row in reading_list_rows()}
