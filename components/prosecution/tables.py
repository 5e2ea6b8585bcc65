"""The five tables: their columns, their types, and how parallel columns become a frame.

Every frame has all of its columns with the same types, however few rows it has, so that frames of several histories
can be joined and an empty one can be drawn.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components.prosecution.law.categories import Category
from components.prosecution.law.vocabulary import COUNT_COLUMNS, ROUND_OUTCOMES, SIDES, STATUSES

DATE: Final = "datetime64[us]"

_DAY_0: Final = date(1970, 1, 1).toordinal()
_NOT_A_TIME: Final = np.iinfo(np.int64).min
"""What numpy stores for `NaT`."""

CATEGORY, SIDE, STATUS, OUTCOME = "category", "side", "status", "outcome"

DOCUMENTS: Final[Mapping[str, str]] = {
    "history": "str",
    "id": "str",
    "seq": "int64",
    "date": DATE,
    "code": "str",
    "description": "str",
    "pages": "Int64",
    "side": SIDE,
    "category": CATEGORY,
    "submission": "str",
    "key": "bool",
    "paper": "str",
    "round": "Int64",
    "in_range": "bool",
}
"""`seq` is the position in reading order (1 = oldest, undated last); `paper` is the id of the document that the row is
a version of (`A131` for the Japanese original `A131-JP`), else its own id; `round` is that of its submission; a paper
that is not `in_range` has a date at which this application cannot have had it, and is left out of the story."""

SUBMISSIONS: Final[Mapping[str, str]] = {
    "history": "str",
    "submission": "str",
    "date": DATE,
    "side": SIDE,
    "kind": CATEGORY,
    "label": "str",
    "documents": "int64",
    "pages": "Int64",
    "key": "bool",
    "round": "Int64",
    "lead": "str",
    "stage": "str",
}
"""`kind` is the category of the lead paper and `lead` its document id; `round` is the round that it opens (Office) or
answers (applicant), else that in whose time it falls; `stage` is `S1` to `S4` for a day with an IDS (37 CFR
1.97)."""

ROUNDS: Final[Mapping[str, str]] = {
    "history": "str",
    "round": "Int64",
    "action": "str",
    "kind": CATEGORY,
    "label": "str",
    "opened": DATE,
    "owed": "str",
    "due": DATE,
    "last": DATE,
    "bar": DATE,
    "condition": "str",
    "otherwise": "str",
    "answer": "str",
    "answer_label": "str",
    "answered": DATE,
    "days": "Int64",
    "extension_months": "Int64",
    "extension_source": "str",
    "mailing": "str",
    "wait_days": "Int64",
    "ended": DATE,
    "outcome": OUTCOME,
    "outcome_words": "str",
    "explanation": "str",
    "authority": "str",
    "proviso": "str",
    "undated": "str",
}
"""`action` and `answer` are document ids (`answer` is empty where nothing answers); `owed` is what the applicant owes,
and empty where the Office must act; `due` is the end of the shortened period, `last` its end with every extension,
`bar` the statutory end, each moved to a working day and each computed from document dates; `condition` says in words on
what these days depend that the list does not show, and is empty where they depend on nothing; `otherwise` says what
follows if what is owed in an open round does not come; `authority` is the source of the rule, and begins with `as set
in the paper, page 2` where the paper itself was found to set the period; `days` runs from action to answer, `wait_days`
from the answer to what the Office did next; `extension_source` is `petition` where one is listed, else `computed`;
`mailing` says in words in which month of the period an answer came by its date of receipt and in which if it was mailed
with a certificate (37 CFR 1.8), and is empty where both are the same; `ended` is the day of the answer, or of what
ended the round without one; `outcome_words` is the outcome in the office's own words; `proviso` says what a usual last
day leaves out (that the paper may set another period, and when it counts as notified), `undated` why no day is computed
for an open round, where the table of periods does."""

TURNS: Final[Mapping[str, str]] = {
    "history": "str",
    "side": SIDE,
    "first": DATE,
    "last": DATE,
}
"""Whose turn it was, from `first` up to, but without, `last`: oldest first and adjoining, from the filing to the end of
the pendency. Its days of a side add up to `office_days` and `applicant_days`."""

HISTORIES: Final[Mapping[str, str]] = {
    "history": "str",
    "patent_number": "str",
    "office": "str",
    "status": STATUS,
    "status_words": "str",
    "status_evidence": "str",
    "status_doubt": "str",
    "filed": DATE,
    "entered": DATE,
    "first_action": DATE,
    "first_merits_action": DATE,
    "allowed": DATE,
    "issued": DATE,
    "issued_by": "str",
    "abandoned": DATE,
    "refused": DATE,
    "first_action_days": "Int64",
    "first_action_allowance": "bool",
    "pendency_days": "Int64",
    "office_days": "Int64",
    "applicant_days": "Int64",
    "rounds": "int64",
    **dict.fromkeys(COUNT_COLUMNS, "int64"),
    "interviews_before_allowance": "int64",
    "extension_months": "Int64",
    "mailing_doubts": "int64",
    "fee_days": "Int64",
    "appeal_outcome": "str",
    "revived": "bool",
    "ids_s1": "int64",
    "ids_s2": "int64",
    "ids_s3": "int64",
    "ids_s4": "int64",
    "post_grant": "int64",
    "fingerprint": "str",
    "documents_held": "int64",
    "documents_told": "int64",
    "complete": "bool",
    "undated": "int64",
    "out_of_range": "int64",
    "unclassified": "int64",
    "pages": "int64",
    "first_document": DATE,
    "last_document": DATE,
    "retrieved": "datetime64[us, UTC]",
}
"""`status_words` is the status in the office's own words ("Deemed withdrawn"); `status_evidence` is on what the status
rests, in words: a paper with its day, or the number of a granted patent; `status_doubt` is a clause on what may be
otherwise, empty where the list leaves no doubt; `filed` is the day of filing, of an international application too;
`entered` is the day on which that came to this office; `issued_by` names the paper whose day `issued` is, of an office
that has several (Europe: the decision, or the mention of the grant); `refused` is the day of the refusal that stands;
`pendency_days` run from filing, or from the entry, to issue or abandonment, of an open file to its last listed
document, and are the sum of `office_days` and `applicant_days`; `rounds` counts actions on the merits that were
answered; `interviews_before_allowance` counts the interviews up to the first allowance that stands, all of them where
there is none; `extension_months` is the sum of that column over all rounds with a computed period; `mailing_doubts`
counts the rounds with a `mailing`; `fee_days` from the last allowance to its fee; `post_grant` counts documents dated
after the issue; first and last document are those in range."""


@dataclass(frozen=True)
class Tables:
    """The tables of a set of file histories, as frames that are never changed in place.

    `documents` has a row for each paper, `submissions` for what each side did on a day, `rounds` for each action and
    its answer, `histories` for each application, `turns` for each span of time in which one side had to act (no rows
    where the filing is not listed). Dates are `datetime64`, missing is `NaT` or `NA`.
    """

    documents: pd.DataFrame
    submissions: pd.DataFrame
    rounds: pd.DataFrame
    histories: pd.DataFrame
    turns: pd.DataFrame = field(default_factory=lambda: empty(TURNS))


@cache
def _categorical(name: str) -> pd.CategoricalDtype:
    values: Sequence[str] = {
        CATEGORY: tuple(category.table_name for category in Category),
        SIDE: SIDES,
        STATUS: STATUSES,
        OUTCOME: ROUND_OUTCOMES,
    }[name]
    return pd.CategoricalDtype(list(values), ordered=True)


def frame(columns: Mapping[str, str], data: Mapping[str, Any]) -> pd.DataFrame:
    """Return a frame made of parallel columns.

    Args:
        columns: one of the column tables of this module.
        data: a sequence for each column. Dates are an array of whole numbers `yyyymmdd` (0: none), or a sequence of
            `date` (`None`: none); `Int64` columns are an array of whole numbers (below 0: missing), or a sequence of
            them (`None`: missing); categoricals are positions in their vocabulary (a `Category` or `Side` is one).

    Returns:
        A frame with exactly `columns`, in that order and of those types.
    """
    return pd.DataFrame({name: _column(kind, data[name]) for name, kind in columns.items()}, copy=False)


def empty(columns: Mapping[str, str]) -> pd.DataFrame:
    """Return a frame without rows, with every column and its type."""
    return frame(columns, dict.fromkeys(columns, ()))


def _column(kind: str, values: Any) -> Any:  # noqa: ANN401 - a column is whatever pandas makes of its type
    if kind == "str":
        return _text(values)
    if kind == DATE:
        return dates(values) if isinstance(values, np.ndarray) else _dates_of(values)
    if kind == "Int64":
        return _whole_numbers(values)
    if kind in (CATEGORY, SIDE, STATUS, OUTCOME):
        return pd.Categorical.from_codes(_positions(values), dtype=_categorical(kind))
    if kind in ("int64", "bool"):
        return np.asarray(values, dtype=kind)
    return pd.array(values, dtype=kind)


def _positions(values: NDArray[Any] | Sequence[int]) -> NDArray[np.int16]:
    if isinstance(values, np.ndarray):
        return values.astype(np.int16, copy=False)
    return np.fromiter(values, dtype=np.int16, count=len(values))


def _dates_of(days: Sequence[date | None]) -> NDArray[np.datetime64]:
    """Return dates as an array; numpy's own conversion of dates and `None` is much slower."""
    since_1970 = (_NOT_A_TIME if day is None else day.toordinal() - _DAY_0 for day in days)
    return np.fromiter(since_1970, dtype=np.int64, count=len(days)).view("datetime64[D]").astype(DATE)


def _whole_numbers(values: Any) -> pd.arrays.IntegerArray:  # noqa: ANN401 - an array, or a sequence of numbers
    if not isinstance(values, np.ndarray):
        values = np.array([-1 if value is None else value for value in values], dtype=np.int64)
    return pd.arrays.IntegerArray(values.astype(np.int64, copy=False), values < 0)


def _text(values: Sequence[str]) -> pd.api.extensions.ExtensionArray:
    """Return a column of text; half of a surrogate pair, which JSON may hold and no file can, becomes U+FFFD."""
    try:
        return pd.array(values, dtype="str")
    except UnicodeEncodeError:
        whole = [value.encode("utf-16", "surrogatepass").decode("utf-16", "replace") for value in values]
        return pd.array(whole, dtype="str")


def dates(days: NDArray[np.int64]) -> NDArray[np.datetime64]:
    """Return whole numbers `yyyymmdd` as dates; 0 becomes `NaT`, and so does a number that is no calendar date."""
    years, rest = np.divmod(days, 10_000)
    months, of_month = np.divmod(rest, 100)
    valid = (years > 0) & (months >= 1) & (months <= 12) & (of_month >= 1) & (of_month <= 31)
    month = ((np.where(valid, years, 1970) - 1970) * 12 + np.where(valid, months, 1) - 1).astype("datetime64[M]")
    day = month.astype("datetime64[D]") + np.where(valid, of_month - 1, 0)
    valid &= day.astype("datetime64[M]") == month
    converted = day.astype(DATE)
    converted[~valid] = np.datetime64("NaT")
    return converted
