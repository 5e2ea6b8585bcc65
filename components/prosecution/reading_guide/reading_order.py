"""The order in which papers are read: by day, and within a day as they would lie in the wrapper.

The order within a day is `reading_order.csv`: a category, or a code of an office, and its place. What the table does
not name follows, in the order of the list.
"""

from functools import cache
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components.prosecution.errors import CodeTableBroken
from components.prosecution.law.vocabulary import category_index, category_list, rows_of
from components.prosecution.papers.classification import normalise_code

_REST: Final = 99
"""The place of what the table does not name."""
_UNDATED: Final = np.iinfo(np.int64).max


def in_reading_order(documents: pd.DataFrame) -> pd.DataFrame:
    """Sort documents for reading: oldest first, undated last.

    Within a day the papers of a history stand together, the Office's before the applicant's, the action before its
    attachments and the amendment before its claims and remarks.

    Args:
        documents: rows of the `documents` table, in any order.

    Returns:
        The same rows with an index from 0.
    """
    return _sorted(documents, newest=False)


def newest_first(documents: pd.DataFrame) -> pd.DataFrame:
    """Sort documents for a list: the newest day first, undated last, each day in its reading order.

    Args:
        documents: rows of the `documents` table, in any order.

    Returns:
        The same rows with an index from 0.
    """
    return _sorted(documents, newest=True)


def _sorted(documents: pd.DataFrame, *, newest: bool) -> pd.DataFrame:
    dates = documents["date"].to_numpy()
    days = dates.astype("datetime64[D]").astype(np.int64)
    days = np.where(np.isnat(dates), _UNDATED, -days if newest else days)
    histories, names = pd.factorize(documents["history"], sort=True)
    sequence = documents["seq"].to_numpy()
    places = _places(documents, histories, list(names))
    groups = _groups(documents["submission"], histories, sequence)
    order = np.lexsort((sequence, places, groups, histories, days))
    return documents.take(order).reset_index(drop=True)


def _groups(submissions: "pd.Series[str]", histories: NDArray[Any], sequence: NDArray[Any]) -> NDArray[np.int64]:
    """Number the submissions in the order of the list, in which each stands together."""
    order = np.lexsort((sequence, histories))
    names = pd.factorize(submissions)[0][order]
    groups = np.empty(len(order), dtype=np.int64)
    groups[order] = np.cumsum(np.diff(names, prepend=-1) != 0)
    return groups


def _places(documents: pd.DataFrame, histories: NDArray[Any], names: list[str]) -> NDArray[np.int64]:
    """Give the place of each paper within its submission."""
    by_category, by_code = _table()
    places = by_category[documents["category"].cat.codes.to_numpy()]
    codes, spelled = pd.factorize(documents["code"])
    for office, wanted in by_code.items():
        mine = np.array([name[:2].upper() == office for name in names], dtype=bool)
        known = np.array([wanted.get(normalise_code(code), -1) for code in spelled], dtype=np.int64)
        if mine.any() and (known >= 0).any():
            found = np.where(mine[histories], known[codes], -1)
            places = np.where(found >= 0, found, places)
    return places


@cache
def _table() -> tuple[NDArray[np.int64], dict[str, dict[str, int]]]:
    """Give the place of each category, and those of the codes of each office.

    Raises:
        CodeTableBroken: a row names no known category, or neither a category nor the code of an office.
    """
    by_category = np.full(len(category_list()), _REST, dtype=np.int64)
    by_code: dict[str, dict[str, int]] = {}
    for row in rows_of("reading_order.csv"):
        if row["category"] in category_index() and not row["code"]:
            by_category[category_index()[row["category"]]] = int(row["place"])
        elif row["code"] and row["office"] and not row["category"]:
            by_code.setdefault(row["office"], {})[normalise_code(row["code"])] = int(row["place"])
        else:
            raise CodeTableBroken(f"reading_order.csv: neither a category nor a code of an office: {row}. Mend it.")
    return by_category, by_code
