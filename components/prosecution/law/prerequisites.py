"""Which papers presuppose which: `prerequisites.csv`.

A row is a category that presupposes one of several others, on its day or before, by the rule named in `source`.
"""

from functools import cache

from components.prosecution.law.categories import CategoryCell, SomeCategories
from components.prosecution.law.rule_files import Filled, read_rule_table
from components.rule_tables import Row


class Prerequisite(Row):
    """A category that presupposes an earlier paper of other categories: one row of `prerequisites.csv`."""

    office: Filled
    category: CategoryCell
    needs: SomeCategories
    """The categories of which one must be listed no later."""
    missing: Filled
    """What a reader would look for: "notice of appeal"."""
    source: Filled


@cache
def prerequisites_of(office: str) -> tuple[Prerequisite, ...]:
    """Return the prerequisites of an office; none for an office without rows.

    Raises:
        RuleTableBroken: a row names an unknown category, or needs or says nothing.
    """
    return tuple(row for row in read_rule_table("prerequisites.csv", Prerequisite) if row.office == office)
