"""What shows that a patent was granted, besides its number, and what may become of it afterwards.

| file | one row is |
|---|---|
| `issue_papers.csv` | the paper of an office whose date stands for the issue, and until when it can be undone |
| `rounds_after_issue.csv` | a category that opens a round in a granted patent too |
| `after_grant.csv` | a title of a paper by which a granted patent ends, or by which it is told to stand |
"""

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Annotated, Final, Literal

from components.prosecution.law.categories import Categories, Category, CategoryCell
from components.prosecution.law.office_titles import has_titles, title_form
from components.prosecution.law.rule_files import ANY_OFFICE, Filled, read_rule_table, rows_of_office
from components.prosecution.law.vocabulary import Status
from components.rule_tables import BY_SEMICOLONS, Flag, NumberOrZero, Row


class IssuePaper(Row):
    """The paper whose date stands for the issue at an office: one row of `issue_papers.csv`."""

    office: Filled
    label: Filled
    days_to_grant: NumberOrZero
    """How many days after it the grant takes effect at the latest; until then it can still be undone."""
    grant_codes: Annotated[frozenset[str], BY_SEMICOLONS]
    """The codes of papers of the day of the grant itself."""
    also_shown_by: Categories
    """Papers that only a granted patent can have."""
    shown_by_codes: Annotated[tuple[str, ...], BY_SEMICOLONS]
    """How the codes of papers begin that are of a proceeding about a granted patent."""
    source: Filled


class AfterGrant(Row):
    """A paper by which a granted patent ends, or is told to stand: one row of `after_grant.csv`."""

    office: Filled
    words: Filled
    match: Literal["begins", "anywhere"]
    """Whether a title begins with the words, or holds them."""
    noun: Filled
    """What the paper is called in the middle of a sentence."""
    status: Status
    shown_as: str
    """The status in the office's own words, where that says more than the status; may be empty."""
    appeal_suspends: Flag
    """Whether an appeal lets the patent stand until it is decided."""
    source: Filled


class RoundAfterIssue(Row):
    """A category that opens a round in a granted patent too: one row of `rounds_after_issue.csv`."""

    office: Filled
    opens: CategoryCell
    source: Filled


def issue_paper_of(office: str) -> IssuePaper:
    """Return what is known of the issue paper of an office; for one without a row, that nothing is.

    Raises:
        RuleTableBroken: `issue_papers.csv` cannot be used.
    """
    return _issue_papers().get(office, _NO_ROW)


def issue_paper_name(office: str) -> str:
    """Return the name of the paper whose date stands for the issue.

    Lists of documents do not hold the day of grant, which follows some weeks later.
    """
    return issue_paper_of(office).label


_NO_ROW: Final = IssuePaper.model_validate(
    {
        "office": ANY_OFFICE,
        "label": "Grant paper",
        "days_to_grant": 0,
        "grant_codes": "",
        "also_shown_by": "",
        "shown_by_codes": "",
        "source": "where an office has no row",
    }
)


@cache
def _issue_papers() -> Mapping[str, IssuePaper]:
    return {row.office: row for row in read_rule_table("issue_papers.csv", IssuePaper)}


@cache
def opening_after_issue(office: str) -> frozenset[Category]:
    """Return the categories that open a round in a granted patent; of an office without rows, those of `*`.

    Raises:
        RuleTableBroken: `rounds_after_issue.csv` cannot be used.
    """
    return frozenset(
        row.opens for row in rows_of_office(read_rule_table("rounds_after_issue.csv", RoundAfterIssue), office)
    )


def after_grant_of(office: str, description: str) -> AfterGrant | None:
    """Return what a paper says about a granted patent, by its title; None if it says nothing.

    Raises:
        RuleTableBroken: `after_grant.csv` cannot be used.
    """
    rows = _after_grant().get(office, ())
    title = _title(office, description) if rows else ""
    for row in rows:
        words = _title(office, row.words)
        if title.startswith(words) if row.match == "begins" else words in title:
            return row
    return None


@lru_cache(maxsize=8_192)
def _title(office: str, title: str) -> str:
    """Return a title as it is compared: in one spelling, where the office's titles are a table."""
    return title_form(title) if has_titles(office) else " ".join(title.split()).casefold()


@cache
def _after_grant() -> Mapping[str, tuple[AfterGrant, ...]]:
    rows: dict[str, tuple[AfterGrant, ...]] = {}
    for row in read_rule_table("after_grant.csv", AfterGrant):
        rows[row.office] = (*rows.get(row.office, ()), row)
    return rows
