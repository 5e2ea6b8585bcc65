"""Which columns of `histories` an office has, and what its lanes and columns are called there.

| file | one row is |
|---|---|
| `office_columns.csv` | a column that an office calls otherwise, counts in a heading, or does not have |
| `office_lanes.csv` | a lane of the timeline that an office calls otherwise |

`*` stands for files of several offices together, and for an office without a row of its own.
"""

from collections.abc import Mapping
from functools import cache
from typing import Final

from components.prosecution.law.rule_files import Filled, read_rule_table, rows_of_office
from components.prosecution.law.vocabulary import LANES, Lane
from components.rule_tables import Flag, Row, refuse_repetition

OFFICE_COLUMNS_FILE: Final = "office_columns.csv"
OFFICE_LANES_FILE: Final = "office_lanes.csv"
_COMMON_LANES_OF: Final = "US"
"""The office whose lanes are called as `LANES` has them."""


class OfficeColumn(Row):
    """What an office calls a column of `histories`: one row of `office_columns.csv`."""

    office: Filled
    column: Filled
    label: str
    """Empty: the office has no such thing, and the column is left out where it holds nothing."""
    noun: str
    """Its noun in the line of counts, in the order of the rows; empty: it is not counted there."""
    also_zero: Flag
    """Whether the line of counts has it even if there is none."""
    source: Filled


class OfficeLane(Row):
    """What an office calls a lane: one row of `office_lanes.csv`."""

    office: Filled
    lane: Lane
    shown_as: Filled
    source: Filled


def office_column_rows() -> tuple[OfficeColumn, ...]:
    """Read `office_columns.csv`.

    Raises:
        RuleTableBroken: a cell cannot be read, or a column stands there twice for an office.
    """
    rows = read_rule_table(OFFICE_COLUMNS_FILE, OfficeColumn)
    refuse_repetition(OFFICE_COLUMNS_FILE, rows, lambda row: (row.office, row.column), column="column")
    return rows


@cache
def office_columns(office: str) -> Mapping[str, OfficeColumn]:
    """Return the rows of an office by column, in the order of the table; of one without rows those of `*`.

    Raises:
        RuleTableBroken: `office_columns.csv` cannot be used.
    """
    return {row.column: row for row in rows_of_office(office_column_rows(), office)}


def office_lane_rows() -> tuple[OfficeLane, ...]:
    """Read `office_lanes.csv`.

    Raises:
        RuleTableBroken: a lane is unknown, or stands there twice for an office.
    """
    rows = read_rule_table(OFFICE_LANES_FILE, OfficeLane)
    refuse_repetition(OFFICE_LANES_FILE, rows, lambda row: (row.office, row.lane), column="lane")
    return rows


@cache
def lane_names(office: str) -> Mapping[str, str]:
    """Return what the lanes of an office's files are called; those of one without rows as `*` has them.

    Raises:
        RuleTableBroken: `office_lanes.csv` cannot be used.
    """
    names: dict[str, str] = {lane: lane for lane in LANES}
    if office == _COMMON_LANES_OF:
        return names
    return names | {row.lane: row.shown_as for row in rows_of_office(office_lane_rows(), office)}
