"""How an application of an office stands: by which papers, and what the office itself calls it.

| file | one row is |
|---|---|
| `office_statuses.csv` | an office's own words for a status |
| `category_statuses.csv` | a category after which an application of an office stands otherwise than elsewhere |
| `appeal_filings.csv` | what an applicant files in a pending appeal, after which an application stands as before |
"""

from collections.abc import Mapping
from functools import cache
from typing import Final

from components.prosecution.law.categories import Category, CategoryCell, CategoryOrNone, SomeCategories
from components.prosecution.law.rule_files import Filled, read_rule_table
from components.prosecution.law.vocabulary import Status
from components.rule_tables import Row

OFFICE_STATUSES_FILE: Final = "office_statuses.csv"


class OfficeStatus(Row):
    """An office's own words for a status: one row of `office_statuses.csv`."""

    office: Filled
    status: Status
    category: CategoryOrNone
    """The category of the paper on which the status rests; `None`: any that no other row names."""
    shown_as: Filled
    source: Filled


class CategoryStatus(Row):
    """A category after which an application stands otherwise at an office: one row of `category_statuses.csv`."""

    office: Filled
    category: CategoryCell
    status: Status
    doubt: str
    """What may be otherwise, as a clause; empty where nothing is open."""
    source: Filled


class AppealFilings(Row):
    """What goes to those who decide an appeal if an applicant files it meanwhile: one row of `appeal_filings.csv`."""

    office: Filled
    categories: SomeCategories
    source: Filled


@cache
def filings_in_appeal_of(office: str) -> frozenset[Category]:
    """Return the categories after which an application stays on appeal where an appeal is pending.

    Raises:
        RuleTableBroken: a category is unknown.
    """
    rows = read_rule_table("appeal_filings.csv", AppealFilings)
    return frozenset[Category]().union(*(row.categories for row in rows if row.office == office))


@cache
def category_statuses_of(office: str) -> Mapping[Category, CategoryStatus]:
    """Return the rows of `category_statuses.csv` of an office, by category.

    Raises:
        RuleTableBroken: a category or a status is unknown.
    """
    rows = read_rule_table("category_statuses.csv", CategoryStatus)
    return {row.category: row for row in rows if row.office == office}


@cache
def office_status(office: str, status: Status, category: Category | None = None) -> str:
    """Return what an office calls a status: "Deemed withdrawn"; the common word where the table has no own one.

    Args:
        office: two letters, or none.
        status: the common status.
        category: the category of the paper on which it rests; `None` if on none.

    Raises:
        RuleTableBroken: `office_statuses.csv` cannot be used.
    """
    rows = [row for row in office_status_rows() if (row.office, row.status) == (office, status)]
    own = next((row for row in rows if row.category and row.category is category), None)
    row = own or next((row for row in rows if row.category is None), None)
    return row.shown_as if row else status


def office_status_rows() -> tuple[OfficeStatus, ...]:
    """Read `office_statuses.csv`.

    Raises:
        RuleTableBroken: a status or a category is unknown, or a cell is empty that says something.
    """
    return read_rule_table(OFFICE_STATUSES_FILE, OfficeStatus)
