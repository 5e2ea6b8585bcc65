"""Reading lists: which papers to read, by what they are or by what they are read for.

The lists are `reading_lists.csv`. A row picks the papers of its `categories` (`@actions` is a set of
`category_sets.csv`) and of its `codes` (`US N427;EP 2906`), or all papers where it names none; `within` narrows them to
the `key` papers, or to those of the `allowance`.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components.prosecution.errors import CodeTableBroken
from components.prosecution.law.pairings import categories_of, category_set
from components.prosecution.law.vocabulary import category_index, category_list, rows_of
from components.prosecution.papers.classification import normalise_code

KINDS: Final = ("preset", "purpose")
_WITHIN: Final = ("", "key", "allowance")
_NEVER: Final = np.iinfo(np.int64).max
_BEFORE: Final = np.iinfo(np.int64).min


@dataclass(frozen=True, slots=True)
class ReadingList:
    """One row of `reading_lists.csv`."""

    name: str
    """How an address calls it."""
    label: str
    kind: str
    """`preset`: by what the papers are. `purpose`: by what they are read for."""
    help: str


@dataclass(frozen=True, slots=True)
class _Choice:
    within: str
    everything: bool
    categories: NDArray[np.bool_]
    """Whether a paper of a category belongs, by the place of the category."""
    codes: frozenset[tuple[str, str]]
    """Further codes, each with its office."""


def reading_lists() -> tuple[ReadingList, ...]:
    """Give the reading lists in the order in which they are offered, the presets first.

    Raises:
        CodeTableBroken: a row names an unknown category or kind.
    """
    return tuple(row for row, _ in _table().values())


def in_reading_list(documents: pd.DataFrame, name: str) -> "pd.Series[bool]":
    """Say which papers belong to a reading list.

    Args:
        documents: rows of the `documents` table; all of a history, because which of them tell of its allowance shows
            only beside the others.
        name: the name of a list.

    Returns:
        Parallel to `documents`.

    Raises:
        KeyError: there is no such list.
    """
    choice = _table()[name][1]
    found = np.ones(len(documents), dtype=bool)
    if not choice.everything:
        found = choice.categories[documents["category"].cat.codes.to_numpy()] | _of_codes(documents, choice.codes)
    if choice.within == "key":
        found &= documents["key"].to_numpy(dtype=bool)
    if choice.within == "allowance":
        found &= _of_allowance(documents)
    return pd.Series(found, index=documents.index, dtype=bool)


def _of_codes(documents: pd.DataFrame, wanted: frozenset[tuple[str, str]]) -> NDArray[np.bool_]:
    found = np.zeros(len(documents), dtype=bool)
    if not wanted:
        return found
    codes, spelled = pd.factorize(documents["code"])
    histories, names = pd.factorize(documents["history"])
    for office in {office for office, _ in wanted}:
        known = np.array([(office, normalise_code(code)) in wanted for code in spelled], dtype=bool)
        mine = np.array([name[:2].upper() == office for name in names], dtype=bool)
        if known.any() and mine.any():
            found |= known[codes] & mine[histories]
    return found


def _of_allowance(documents: pd.DataFrame) -> NDArray[np.bool_]:
    """Say which papers lie in the time that led to the last allowance of their history, or follow it.

    It begins with the last rejection before the allowance; where nothing was rejected, with the last other action;
    else with the allowance. It ends with the issue, after which papers belong to no round, or where prosecution was
    reopened.
    """
    histories, names = pd.factorize(documents["history"])
    dates = documents["date"].to_numpy()
    dated = ~np.isnat(dates) & documents["in_range"].to_numpy(dtype=bool)
    days = np.where(dated, dates.astype("datetime64[D]").astype(np.int64), _BEFORE)
    categories = documents["category"].cat.codes.to_numpy()
    index = category_index()
    allowances = dated & (categories == index["allowance"])
    actions = dated & np.isin(categories, list(category_set("actions")))
    rejections = actions & ~np.isin(categories, [index["restriction"], index["quayle"]])

    def latest(mask: NDArray[np.bool_]) -> NDArray[np.int64]:
        found = np.full(len(names), _BEFORE, dtype=np.int64)
        np.maximum.at(found, histories[mask], days[mask])
        return found

    allowed = latest(allowances)
    since = allowed
    for mask in (actions, rejections):  # a rejection goes before any other action
        before = latest(mask & (days < allowed[histories]))
        since = np.where(before > _BEFORE, before, since)
    until = np.full(len(names), _NEVER, dtype=np.int64)
    reopened = actions & (days > allowed[histories])
    np.minimum.at(until, histories[reopened], days[reopened])
    found: NDArray[np.bool_] = (
        dated
        & (allowed > _BEFORE)[histories]
        & (days >= since[histories])
        & (days < until[histories])
        & documents["round"].notna().to_numpy()
    )
    return found


@cache
def _table() -> dict[str, tuple[ReadingList, _Choice]]:
    found = {}
    for row in rows_of("reading_lists.csv"):
        if row["kind"] not in KINDS or row["within"] not in _WITHIN:
            raise CodeTableBroken(f"reading_lists.csv, {row['name']}: unknown kind or restriction. Mend that row.")
        wanted = categories_of(row["categories"], "reading_lists.csv")
        codes = [code.strip().partition(" ") for code in row["codes"].split(";") if code.strip()]
        found[row["name"]] = (
            ReadingList(row["name"], row["label"], row["kind"], row["help"]),
            _Choice(
                row["within"],
                everything=not wanted and not codes,
                categories=np.array([category.rank in wanted for category in category_list()], dtype=bool),
                codes=frozenset((office, normalise_code(code)) for office, _, code in codes),
            ),
        )
    return found
