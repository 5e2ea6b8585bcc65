"""By which rules a paper was named while others were in force: `dated_names.csv`."""

from datetime import date
from functools import cache
from typing import Final

from components.prosecution.law.rule_files import Day, Filled, read_rule_table
from components.rule_tables import Row

DATED_NAMES_FILE: Final = "dated_names.csv"


class DatedName(Row):
    """What a rule in the name of a paper was before: one row of `dated_names.csv`. Of several the first counts."""

    office: Filled
    words: Filled
    """In the label of the paper, as the tables of words have it."""
    until: Day
    """The last day of papers that are called otherwise."""
    called: Filled
    source: Filled


@cache
def _names_of(office: str) -> tuple[DatedName, ...]:
    return tuple(row for row in read_rule_table(DATED_NAMES_FILE, DatedName) if row.office == office)


def name_on(office: str, label: str, day: date | None) -> str:
    """Return the label of a paper as it was on its day: "Communication under Rules 109 and 110 EPC 1973".

    Raises:
        RuleTableBroken: `dated_names.csv` cannot be used.
    """
    names = _names_of(office) if day else ()
    row = next((row for row in names if row.words in label and (day or date.max) <= row.until), None)
    return label.replace(row.words, row.called) if row else label
