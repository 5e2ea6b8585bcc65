"""What an office calls the ways in which a lost application lives again: `revival_words.csv`."""

from functools import cache
from typing import Final

from components.prosecution.law.rule_files import Filled, read_rule_table
from components.rule_tables import Row

REVIVAL_WORDS_FILE: Final = "revival_words.csv"
_ANY_OFFICE: Final = "*"


class RevivalWords(Row):
    """An office's words for a request to undo a loss of the application: one row of `revival_words.csv`."""

    office: Filled
    request: Filled
    """The noun for what is filed: "petition"."""
    aim: Filled
    """What it asks for, after that noun: "to revive"."""
    decision: Filled
    """The noun for what the office decides on it."""
    undone: Filled
    """What has become of the application, as the beginning of a sentence: "Revived"."""
    unknown: Filled
    """That the list does not show what became of it, as a sentence without its full stop."""
    repeated: Filled
    """That another notice followed before anything undid the first."""
    withdrawn: Filled
    """That the office took its finding back, before "on" and a day."""
    source: Filled


@cache
def revival_words(office: str) -> RevivalWords:
    """Return the words of an office, or those for offices without a row of their own.

    Raises:
        RuleTableBroken: `revival_words.csv` cannot be used.
    """
    rows = {row.office: row for row in read_rule_table(REVIVAL_WORDS_FILE, RevivalWords)}
    return rows.get(office) or rows[_ANY_OFFICE]
