"""By which rule of its law an office sends a paper, for the words of a summary: `cited_rules.csv`."""

from functools import cache
from typing import Final

from components.prosecution.law.rule_files import DatedRow, Filled, read_rule_table

CITED_RULES_FILE: Final = "cited_rules.csv"


class CitedRule(DatedRow):
    """The rule behind a paper: one row of `cited_rules.csv`."""

    office: Filled
    words: Filled
    """What the paper is called in a sentence, before its day."""
    rule: Filled
    source: Filled


@cache
def cited_rules_of(office: str) -> tuple[CitedRule, ...]:
    """Return the rules that a summary cites of an office; none of the US, whose papers are known by their names.

    Raises:
        RuleTableBroken: `cited_rules.csv` cannot be used.
    """
    return tuple(row for row in read_rule_table(CITED_RULES_FILE, CitedRule) if row.office == office)
