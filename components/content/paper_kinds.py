"""By which rules a paper of the United States is read: by the category that its document code has in the histories."""

from functools import cache
from pathlib import Path
from typing import Final

from components.content.records import PaperKind
from components.prosecution import category_of_paper
from components.rule_tables import Row, load_csv, refuse_repetition

_TABLE: Final = Path(__file__).with_name("paper_kinds.csv")
_OFFICE: Final = "US"


class KindOfCategory(Row):
    """By which rules papers of a category are read: one row of `paper_kinds.csv`."""

    category: str
    """As the prosecution room names it."""
    kind: PaperKind
    source: str


def kind_of(code: str, description: str = "") -> PaperKind:
    """Return by which rules a paper is read; empty where it is read by none.

    Args:
        code: its document code, `CTNF`.
        description: what the office calls it; decides where the code says nothing.
    """
    return _kinds().get(category_of_paper(_OFFICE, code, description), "")


def category_of(code: str) -> str:
    """Return what kind of paper a document code stands for, as the prosecution room names it."""
    return category_of_paper(_OFFICE, code, "")


def check_rule_table() -> None:
    """Check the table of this module.

    Raises:
        components.rule_tables.RuleTableBroken: it is damaged.
    """
    refuse_repetition(_TABLE.name, load_csv(_TABLE, KindOfCategory), lambda row: row.category, column="category")


@cache
def _kinds() -> dict[str, PaperKind]:
    return {row.category: row.kind for row in load_csv(_TABLE, KindOfCategory)}
