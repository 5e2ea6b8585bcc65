"""By which rule of its law an office sends a paper, for the words of a summary: `cited_rules.csv`."""

from datetime import date
from functools import cache
from typing import Final

from components.prosecution.law.rule_files import DayOrNone, Filled, read_rule_table
from components.rule_tables import Row

CITED_RULES_FILE: Final = "cited_rules.csv"


class CitedRule(Row):
    """The rule behind a paper: one row of `cited_rules.csv`."""

    office: Filled
    words: Filled
    """What the paper is called in a sentence, before its day."""
    since: DayOrNone
    """The first day of papers under it; `None`: from the beginning."""
    until: DayOrNone
    """The last day; `None`: until today."""
    rule: Filled
    source: Filled

    def covers(self, day: date) -> bool:
        """Return whether it is for papers of a day."""
        return (self.since or date.min) <= day <= (self.until or date.max)


@cache
def cited_rules_of(office: str) -> tuple[CitedRule, ...]:
    """Return the rules that a summary cites of an office; none of the US, whose papers are known by their names.

    Raises:
        RuleTableBroken: `cited_rules.csv` cannot be used.
    """
    return tuple(row for row in read_rule_table(CITED_RULES_FILE, CitedRule) if row.office == office)
