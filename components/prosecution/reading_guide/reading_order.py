"""The order in which papers are read: by day, and within a day as they would lie in the file wrapper.

The order within a day is `reading_order.csv`: a category, or a code of an office, and its rank. What the table does
not name follows, in the order of the list.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Annotated, Any, Final, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pydantic import Field, model_validator

from components.prosecution.law.categories import Category, CategoryOrNone
from components.prosecution.law.codes import normalise_code
from components.prosecution.law.rule_files import Filled, read_rule_table
from components.rule_tables import Row, refuse_repetition

READING_ORDER_FILE: Final = "reading_order.csv"
_REST: Final = 99
"""The rank of what the table does not name."""
_UNDATED: Final = np.iinfo(np.int64).max


class ReadingRank(Row):
    """The rank of a category, or of a code, within a day: one row of `reading_order.csv`."""

    office: str
    category: CategoryOrNone
    code: str
    rank: Annotated[int, Field(alias="place")]
    """Its rank within a day, lowest first."""
    source: Filled

    @model_validator(mode="after")
    def _is_for_one_thing(self) -> Self:
        if (self.category is not None) == bool(self.code) or bool(self.code) != bool(self.office):
            raise ValueError("Name either a category, or an office and its code. Mend that row.")
        return self


def in_reading_order(documents: pd.DataFrame) -> pd.DataFrame:
    """Sort documents for reading: oldest first, undated last.

    Within a day the papers of a history are adjacent, the Office's before the applicant's, the action before its
    attachments and the amendment before its claims and remarks.

    Args:
        documents: rows of the `documents` table, in any order.

    Returns:
        The same rows with an index from 0.
    """
    return _sorted_by_day(documents, newest=False)


def newest_first(documents: pd.DataFrame) -> pd.DataFrame:
    """Sort documents for a list: the newest day first, undated last, each day in its reading order.

    Args:
        documents: rows of the `documents` table, in any order.

    Returns:
        The same rows with an index from 0.
    """
    return _sorted_by_day(documents, newest=True)


def _sorted_by_day(documents: pd.DataFrame, *, newest: bool) -> pd.DataFrame:
    dates = documents["date"].to_numpy()
    days = dates.astype("datetime64[D]").astype(np.int64)
    days = np.where(np.isnat(dates), _UNDATED, -days if newest else days)
    histories, names = pd.factorize(documents["history"], sort=True)
    sequence = documents["seq"].to_numpy()
    ranks = _ranks(documents, histories, list(names))
    submissions = _numbered(documents["submission"], histories, sequence)
    order = np.lexsort((sequence, ranks, submissions, histories, days))
    return documents.take(order).reset_index(drop=True)


def _numbered(submissions: "pd.Series[str]", histories: NDArray[Any], sequence: NDArray[Any]) -> NDArray[np.int64]:
    """Number the submissions in the order of the list, in which the papers of each are adjacent."""
    order = np.lexsort((sequence, histories))
    names = pd.factorize(submissions)[0][order]
    numbers = np.empty(len(order), dtype=np.int64)
    numbers[order] = np.cumsum(np.diff(names, prepend=-1) != 0)
    return numbers


def _ranks(documents: pd.DataFrame, histories: NDArray[Any], names: Sequence[str]) -> NDArray[np.int64]:
    """Return the rank of each paper within its submission.

    Args:
        documents: rows of the `documents` table.
        histories: the history of each, as an index in `names`.
        names: the names of the histories.
    """
    ranks = _ranks_by_category()[documents["category"].cat.codes.to_numpy()]
    codes, spelled = pd.factorize(documents["code"])
    for office, by_code in _ranks_by_code().items():
        of_office = np.array([name[:2].upper() == office for name in names], dtype=bool)
        known = np.array([by_code.get(normalise_code(code), -1) for code in spelled], dtype=np.int64)
        if of_office.any() and (known >= 0).any():
            ranks_of_codes = np.where(of_office[histories], known[codes], -1)
            ranks = np.where(ranks_of_codes >= 0, ranks_of_codes, ranks)
    return ranks


def reading_ranks() -> tuple[ReadingRank, ...]:
    """Read `reading_order.csv`.

    Raises:
        RuleTableBroken: a row names no known category, or neither a category nor the code of an office, or something
            stands there twice.
    """
    rows = read_rule_table(READING_ORDER_FILE, ReadingRank)
    refuse_repetition(READING_ORDER_FILE, rows, lambda row: (row.office, row.category, row.code), column="code")
    return rows


@cache
def _ranks_by_category() -> NDArray[np.int64]:
    ranks = np.full(len(Category), _REST, dtype=np.int64)
    for row in reading_ranks():
        if row.category is not None:
            ranks[row.category] = row.rank
    return ranks


@cache
def _ranks_by_code() -> Mapping[str, Mapping[str, int]]:
    """Return the ranks of codes, by office and code."""
    ranks: dict[str, dict[str, int]] = {}
    for row in reading_ranks():
        if row.code:
            ranks.setdefault(row.office, {})[normalise_code(row.code)] = row.rank
    return ranks
