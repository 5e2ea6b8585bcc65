"""How the papers of an office are read, and how sure that is: `office_readings.csv`.

The README shows the table, the page and the report its row for the office of a history.
"""

from functools import cache
from typing import Final

from components.prosecution.law.rule_files import Filled, read_rule_table, rows_of_office
from components.rule_tables import Row, refuse_repetition

OFFICE_READINGS_FILE: Final = "office_readings.csv"


class OfficeReading(Row):
    """How the papers of an office are read: one row of `office_readings.csv`."""

    office: Filled
    """`*`: the offices without a row of their own."""
    name: Filled
    read: Filled
    """What is read, and by what."""
    sure: Filled
    """How sure the reading is."""
    note: str
    """The same in a few words, for the page beside the status; empty where nothing is in doubt."""
    source: Filled

    @property
    def in_words(self) -> str:
        """What is read and how sure it is, in sentences."""
        return f"How papers are read here: {self.read}. How sure that is: {self.sure}."


def office_readings() -> tuple[OfficeReading, ...]:
    """Read `office_readings.csv`.

    Raises:
        RuleTableBroken: a cell is empty that says something, or an office stands there twice.
    """
    rows = read_rule_table(OFFICE_READINGS_FILE, OfficeReading)
    refuse_repetition(OFFICE_READINGS_FILE, rows, lambda row: row.office, column="office")
    return rows


@cache
def office_reading(office: str) -> OfficeReading:
    """Return how the papers of an office are read.

    Args:
        office: two letters, or none.

    Raises:
        RuleTableBroken: `office_readings.csv` cannot be used.
    """
    return rows_of_office(office_readings(), office)[0]
