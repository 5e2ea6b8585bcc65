"""The check of all rule tables of this room when the app starts."""

from components.content import paper_kinds
from components.content.claims.status_identifiers import check_status_identifiers
from components.content.rejections.sections import check_headings
from components.content.rejections.statutes import check_statutes
from components.content.statements.remarks import phrases


def check_rule_tables() -> None:
    """Load this room's rule tables, so that a damaged one is found when the app starts and not by a paper.

    Raises:
        RuleTableBroken: a table is damaged; the message names file, line and column.
    """
    paper_kinds.check_rule_table()
    check_headings()
    check_statutes()
    check_status_identifiers()
    phrases()
