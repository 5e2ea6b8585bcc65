"""What an office itself calls the status of an application: `office_statuses.csv`."""

from functools import cache
from typing import Final

from components.prosecution.law.categories import Category, CategoryOrNone
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
