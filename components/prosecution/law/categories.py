"""The categories of papers: what each is called, where it is drawn, and what it does to a status or a count.

| file | one row is |
|---|---|
| `categories.csv` | a category: its words, lane, side, symbol, colours, and what it does to a status or a count |
| `category_sets.csv` | a name (`@actions`) for several categories, used in cells of other tables |
"""

from collections.abc import Callable
from enum import IntEnum
from functools import cache
from typing import Annotated, Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pydantic import BeforeValidator, Field

from components.prosecution.law.rule_files import Filled, read_rule_table
from components.prosecution.law.vocabulary import LANES, CountName, Lane, Side, Status
from components.rule_tables import BY_BLANKS, EMPTY_IS_NONE, Flag, Row, RuleTableBroken, refuse_repetition

CATEGORIES_FILE: Final = "categories.csv"
SETS_FILE: Final = "category_sets.csv"


class Category(IntEnum):
    """What kind of paper a document is, in the order of `categories.csv`, which is that of legends."""

    RESTRICTION = 0
    NON_FINAL_REJECTION = 1
    FINAL_REJECTION = 2
    QUAYLE = 3
    COMMUNICATION = 4
    REFUSAL = 5
    ADVISORY_ACTION = 6
    MISINDEXED = 7
    OTHER_OFFICE_ACTION = 8
    ACTION_WITHDRAWN = 9
    PERIOD_RESTARTED = 10
    SEARCH_REPORT = 11
    REFERENCES_CITED = 12
    REFERENCES_CONSIDERED = 13
    ACTION_ATTACHMENT = 14
    ALLOWANCE = 15
    CORRECTED_ALLOWANCE = 16
    FURTHER_ALLOWANCE = 17
    EXAMINERS_AMENDMENT = 18
    REASONS_FOR_ALLOWANCE = 19
    ALLOWANCE_PAPER = 20
    WITHDRAWN_FROM_ISSUE = 21
    ISSUE_FEE = 22
    ISSUE = 23
    ABANDONMENT = 24
    WITHDRAWAL = 25
    CERTIFICATE_OF_CORRECTION = 26
    CORRECTION_REQUEST = 27
    POST_GRANT_NOTICE = 28
    POST_GRANT_REQUEST = 29
    OPPOSITION = 30
    INTERVIEW = 31
    INTERVIEW_REQUEST = 32
    NOTICE_OF_APPEAL = 33
    PRE_APPEAL_REQUEST = 34
    PRE_APPEAL_DECISION = 35
    APPEAL_BRIEF = 36
    EXAMINERS_ANSWER = 37
    REPLY_BRIEF = 38
    BOARD_DECISION = 39
    APPEAL_ENDED = 40
    APPEAL_NOTICE = 41
    APPEAL_DOCKETED = 42
    APPEAL_PAPER = 43
    APPEAL_FEE = 44
    REPLY_TO_NON_FINAL = 45
    REPLY_AFTER_FINAL = 46
    REPLY = 47
    ELECTION = 48
    REPLY_TO_QUAYLE = 49
    RCE = 50
    AMENDMENT_WITH_RCE = 51
    AMENDMENT = 52
    SUPPLEMENTAL_REPLY = 53
    AMENDMENT_AFTER_ALLOWANCE = 54
    APPROVAL_OF_TEXT = 55
    PRELIMINARY_AMENDMENT = 56
    EXPRESS_ABANDONMENT = 57
    AFFIDAVIT = 58
    REMARKS = 59
    IDS = 60
    CITED_REFERENCE = 61
    PETITION = 62
    PETITION_TO_WITHDRAW = 63
    PETITION_DECISION = 64
    EXTENSION = 65
    EXTENSION_GRANTED = 66
    EXTENSION_AUTHORISATION = 67
    TERMINAL_DISCLAIMER = 68
    TERMINAL_DISCLAIMER_DECISION = 69
    APPLICATION = 70
    EXAMINATION_REQUEST = 71
    FILING = 72
    INTERNATIONAL_PHASE = 73
    INTERNATIONAL_REPORT = 74
    FORMALITIES_NOTICE = 75
    FORMALITIES_REPLY = 76
    PRIORITY = 77
    PUBLICATION = 78
    PUBLICATION_REQUEST = 79
    POWER_OF_ATTORNEY = 80
    THIRD_PARTY_SUBMISSION = 81
    REEXAMINATION_OR_TRIAL = 82
    CLAIMS = 83
    SPECIFICATION = 84
    ABSTRACT = 85
    DRAWINGS = 86
    TRANSMITTAL = 87
    NOT_ENTERED = 88
    CORRESPONDENCE = 89
    OFFICE_LETTER = 90
    FEES = 91
    RECEIPT = 92
    EXAMINER_SEARCH = 93
    SUPPLEMENTAL_CONTENT = 94
    INTERNAL = 95
    CONDITIONAL_RCE = 96
    QPIDS_REQUEST = 97
    REEXAMINATION_REQUEST = 98
    REEXAMINATION_ORDER = 99
    OWNERS_STATEMENT = 100
    CERTIFICATE_NOTICE = 101
    REEXAMINATION_CERTIFICATE = 102
    REEXAMINATION_ENDED = 103
    IMPROPER_RCE = 104
    SUMMONS = 105
    ORAL_PROCEEDINGS = 106
    WRITTEN_SUBMISSIONS = 107
    TEXT_AMENDMENT = 108
    OPPOSITION_DECISION = 109
    LIMITATION_REQUEST = 110
    PARTIAL_LOSS = 111
    NATIONAL_ENTRY = 112
    INTERNATIONAL_FILING = 113
    AMENDMENT_INVITATION = 114
    EXAMINATION_INVITATION = 115
    SEARCH_INVITATION = 116
    BOARD_COMMUNICATION = 117
    FILE_CLOSED = 118
    OPPOSITION_COMMUNICATION = 119
    GRANT_CERTIFICATE = 120
    GRANT_MENTION = 121
    UNCLASSIFIED = 122

    def __bool__(self) -> bool:  # else the first category, whose number is 0, would be false
        return True

    @property
    def table_name(self) -> str:
        """What the tables call it: `non_final_rejection`."""
        return self.name.lower()

    @property
    def facts(self) -> "CategoryFacts":
        """Its row of `categories.csv`.

        Raises:
            RuleTableBroken: the table cannot be used.
        """
        return category_facts()[self]


ENDING: Final = frozenset({Category.ABANDONMENT, Category.WITHDRAWAL})
"""What ends an application, until it is revived."""

ISSUING: Final = frozenset({Category.ISSUE, Category.GRANT_MENTION})
"""The papers of which the day can stand for the issue."""

ENDING_APPEALS: Final = frozenset({Category.BOARD_DECISION, Category.APPEAL_ENDED})
"""What ends an appeal: the decision, or that it was withdrawn or dismissed without one."""

CONCLUDING: Final = frozenset(
    {Category.CERTIFICATE_NOTICE, Category.REEXAMINATION_CERTIFICATE, Category.REEXAMINATION_ENDED}
)
"""What concludes a reexamination, so that nothing of it needs an answer."""

OF_A_PROCEEDING: Final = CONCLUDING | {
    Category.REEXAMINATION_REQUEST,
    Category.REEXAMINATION_ORDER,
    Category.OWNERS_STATEMENT,
}
"""Papers that only a reexamination or a supplemental examination has."""

_BY_TABLE_NAME: Final = {category.table_name: category for category in Category}


def category_named(name: str) -> Category:
    """Return the category of a name in the tables (`non_final_rejection`).

    Raises:
        KeyError: there is none.
    """
    return _BY_TABLE_NAME[name]


def _category(cell: object) -> object:
    if not isinstance(cell, str):
        return cell
    if cell not in _BY_TABLE_NAME:
        raise ValueError(f"{CATEGORIES_FILE} has no category {cell!r}.")
    return _BY_TABLE_NAME[cell]


def _category_or_none(cell: object) -> object:
    return None if cell == "" else _category(cell)


def categories_in(cell: str) -> frozenset[Category]:
    """Return the categories that a cell names, separated by blanks; `@actions` names a set of them.

    Raises:
        ValueError: a name is neither of a category nor of a set.
        RuleTableBroken: the table of sets cannot be used.
    """
    categories: set[Category] = set()
    for word in cell.split():
        if word.startswith("@"):
            members = next((row.categories for row in category_sets() if row.name == word[1:]), None)
            if members is None:
                raise ValueError(f"{SETS_FILE} has no set {word[1:]!r}.")
            categories |= members
        elif word in _BY_TABLE_NAME:
            categories.add(_BY_TABLE_NAME[word])
        else:
            raise ValueError(f"{CATEGORIES_FILE} has no category {word!r}.")
    return frozenset(categories)


def _categories(cell: object) -> object:
    return categories_in(cell) if isinstance(cell, str) else cell


def _some_categories(cell: object) -> object:
    categories = _categories(cell)
    if not categories:
        raise ValueError("Name a category there.")
    return categories


def _side(cell: object) -> object:
    if not isinstance(cell, str):
        return cell
    matching = next((side for side in Side if side.table_name == cell), None)
    if matching is None:
        raise ValueError(f"Write one of: {', '.join(side.table_name for side in Side)}.")
    return matching


def _side_or_none(cell: object) -> object:
    return None if cell == "" else _side(cell)


CategoryCell = Annotated[Category, BeforeValidator(_category)]
"""The name of a category."""
CategoryOrNone = Annotated[Category | None, BeforeValidator(_category_or_none)]
"""The name of a category; an empty cell is `None`."""
Categories = Annotated[frozenset[Category], BeforeValidator(_categories)]
"""Names of categories and of sets (`@actions`), separated by blanks."""
SomeCategories = Annotated[frozenset[Category], BeforeValidator(_some_categories)]
"""The same, at least one."""


class CategorySet(Row):
    """A named set of categories: one row of `category_sets.csv`."""

    name: Annotated[Filled, Field(alias="set")]
    categories: Annotated[frozenset[CategoryCell], BY_BLANKS]


class CategoryFacts(Row):
    """What is known of a category: one row of `categories.csv`."""

    category: CategoryCell
    label: Filled
    short: str
    """What a timeline writes beside the marker; empty if it writes nothing."""
    phrase: str
    """Its words in the label of a submission; empty if it is not mentioned there."""
    lane: Lane
    side: Annotated[Side, BeforeValidator(_side)]
    symbol: Filled
    """A symbol of plotly."""
    colour_light: Filled
    """On a white background."""
    colour_dark: Filled
    """On a dark background."""
    key: Flag
    """Whether it is an event in its own right."""
    part: Flag
    """Whether it is a paper that matters, but as part of an event: remarks, claims, affidavits."""
    lead: int
    """Which paper names a submission: the one with the lowest number. The applicant's order follows MPEP practice: RCE
    before appeal before amendment before fee before petition before IDS."""
    status: Annotated[Status | None, EMPTY_IS_NONE]
    """The status in which this paper leaves the application; `None` if it decides nothing."""
    revives: Flag
    """Whether it shows after an abandonment that a file lives again: a paper of the Office by which it goes on."""
    reopens: Flag
    """Whether an allowance after it is a new one, rather than a correction of the one before."""
    counts: Annotated[tuple[CountName, ...], BY_BLANKS]
    """The columns of `histories` that count its distinct dates."""
    beside: CategoryOrNone
    """A category on whose day a timeline draws no marker of its own for this one."""
    label_position: int
    """Its position in the label of a submission, lowest first: "Amendment and RCE", although the RCE leads."""
    follows: Annotated[Side | None, BeforeValidator(_side_or_none)]
    """`APPLICANT` for receipts and fee sheets, which belong to what the applicant did that day."""


def category_sets() -> tuple[CategorySet, ...]:
    """Read the named sets of categories.

    Raises:
        RuleTableBroken: a category does not exist, or a set stands there twice.
    """
    rows = read_rule_table(SETS_FILE, CategorySet)
    refuse_repetition(SETS_FILE, rows, lambda row: row.name, column="set")
    return rows


@cache
def category_set(name: str) -> frozenset[Category]:
    """Return the categories of a named set (`actions`, `replies`).

    Raises:
        RuleTableBroken: `category_sets.csv` does not hold the set, or cannot be used.
    """
    categories = next((row.categories for row in category_sets() if row.name == name), None)
    if categories is None:
        raise RuleTableBroken(SETS_FILE, f"It has no set {name!r}. Add a row for it.", column="set")
    return categories


def category_rows() -> tuple[CategoryFacts, ...]:
    """Read `categories.csv` and check it against `Category`.

    Raises:
        RuleTableBroken: a cell cannot be read, the rows are not those of `Category`, or a lead number occurs twice.
    """
    rows = read_rule_table(CATEGORIES_FILE, CategoryFacts)
    for category, row in zip(Category, rows, strict=False):
        if row.category is not category:
            problem = f"The enumeration Category has {category.table_name} at this position. Give both the same order."
            raise RuleTableBroken(CATEGORIES_FILE, problem, line=row.line, column="category")
    if len(rows) != len(Category):
        problem = f"It has {len(rows)} rows for the {len(Category)} members of Category. Give each member one row."
        raise RuleTableBroken(CATEGORIES_FILE, problem)
    refuse_repetition(CATEGORIES_FILE, rows, lambda row: row.lead, column="lead")
    return rows


@cache
def category_facts() -> tuple[CategoryFacts, ...]:
    """Return the facts of all categories, in the order of `Category`.

    Raises:
        RuleTableBroken: `categories.csv` cannot be used.
    """
    return category_rows()


def per_category(fact: Callable[[CategoryFacts], Any]) -> NDArray[Any]:
    """Return a fact of every category as an array, to be indexed with an array of categories."""
    return np.array([fact(facts) for facts in category_facts()])


def category_table() -> pd.DataFrame:
    """Return how each category is named and drawn: one row a category, in the order of legends.

    Returns:
        Columns `category`, `label`, `short` (beside a marker), `lane` (ordered categorical), `side`, `symbol` (of
        plotly), `colour_light`, `colour_dark` (on a white and on a dark background), `key` (an event of its own),
        `beside` (on the day of which category it is not drawn). A copy: change it as you like.
    """
    return _categories_table().copy()


@cache
def _categories_table() -> pd.DataFrame:
    rows = [
        {
            "category": facts.category.table_name,
            "label": facts.label,
            "short": facts.short,
            "lane": facts.lane,
            "side": facts.side.table_name,
            "symbol": facts.symbol,
            "colour_light": facts.colour_light,
            "colour_dark": facts.colour_dark,
            "key": "",
            "beside": "" if facts.beside is None else facts.beside.table_name,
        }
        for facts in category_facts()
    ]
    table = pd.DataFrame(rows, dtype="str")
    table["key"] = [facts.key for facts in category_facts()]
    table["lane"] = pd.Categorical(table["lane"], categories=list(LANES), ordered=True)
    return table
