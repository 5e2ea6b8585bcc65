"""Proceedings about a granted patent whose file is no application: reexaminations and supplemental examination.

`proceedings.csv` says how the control numbers of each look and how its document codes begin,
`codes_in_proceedings.csv` which codes are other papers in them than in an application; what papers set in them is in
`proceeding_periods.csv` (`law.periods`). Trials of the Board (inter partes and post-grant review) have no row: what a
list shows of them stands in the file of the patent.
"""

from collections.abc import Collection, Mapping
from functools import cache

from components.prosecution.law.categories import Category, CategoryCell
from components.prosecution.law.codes import stem_of
from components.prosecution.law.number_formats import years_of
from components.prosecution.law.rule_files import AsciiPattern, Filled, read_rule_table
from components.rule_tables import Row

_OF_AN_APPLICATION = frozenset({Category.APPLICATION, Category.ALLOWANCE, Category.ISSUE_FEE, Category.ISSUE})
"""Papers that only an application has."""


class Proceeding(Row):
    """A proceeding about a granted patent: one row of `proceedings.csv`."""

    office: Filled
    proceeding: Filled
    """What it is called: "ex parte reexamination"."""
    number: AsciiPattern
    """How its control numbers begin, without the office."""
    code_prefixes: Filled
    """How its document codes begin."""
    periods_of: Filled
    """The proceeding whose periods it has."""
    source: Filled


class CodeInProceeding(Row):
    """A code that is another paper in a proceeding than in an application: one row of `codes_in_proceedings.csv`."""

    office: Filled
    code: Filled
    category: CategoryCell
    source: Filled


@cache
def codes_in_proceedings(office: str) -> Mapping[str, Category]:
    """Return what codes, without their trailing dots, are in the proceedings of an office.

    Raises:
        RuleTableBroken: a row names an unknown category.
    """
    rows = read_rule_table("codes_in_proceedings.csv", CodeInProceeding)
    return {stem_of(row.code): row.category for row in rows if row.office == office}


@cache
def proceedings_of(office: str) -> tuple[Proceeding, ...]:
    """Return the proceedings of an office; none for an office without rows.

    Raises:
        RuleTableBroken: a row has no number, or a pattern that cannot be read.
    """
    return tuple(row for row in read_rule_table("proceedings.csv", Proceeding) if row.office == office)


def proceeding_of(
    office: str, number: str, codes: Collection[str], categories: Collection[Category]
) -> Proceeding | None:
    """Return which proceeding a file is; `None` for an application.

    Args:
        office: two letters.
        number: application or control number as the service writes it (`US90/012345`).
        codes: the document codes of its papers. They decide where the number is of no known series.
        categories: what its papers are. A file with the papers of an application is one, whatever came after the grant.

    Raises:
        RuleTableBroken: `proceedings.csv` cannot be used.
    """
    bare = number.strip().upper().removeprefix(office).strip()
    for row in proceedings_of(office):
        if row.number.match(bare):
            return row
    if years_of(office, number) is not None or not _OF_AN_APPLICATION.isdisjoint(categories):
        return None
    spelled = [code.strip().upper() for code in codes]
    for row in proceedings_of(office):
        if any(code.startswith(row.code_prefixes) for code in spelled):
            return row
    return None


def is_of_a_proceeding(office: str, code: str) -> bool:
    """Return whether a document code is one of papers in such a proceeding.

    Raises:
        RuleTableBroken: `proceedings.csv` cannot be used.
    """
    spelled = code.strip().upper()
    return any(spelled.startswith(row.code_prefixes) for row in proceedings_of(office))
