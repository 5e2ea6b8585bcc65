"""Within how many months 35 USC 154(b) expects the Office to act: `yardsticks.csv`.

They only decide the colour of a duration: a patent term adjustment depends on much that a list of documents does not
show, and is never computed.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from pydantic import PositiveInt

from components.prosecution.law.rule_files import Filled, read_rule_table
from components.rule_tables import Row, refuse_repetition

YARDSTICKS_FILE: Final = "yardsticks.csv"


class Yardstick(Row):
    """Within how many months an office is expected to act: one row of `yardsticks.csv`."""

    office: Filled
    measure: Filled
    months: PositiveInt
    authority: Filled
    note: str


def yardstick_rows() -> tuple[Yardstick, ...]:
    """Read `yardsticks.csv`.

    Raises:
        RuleTableBroken: a measure stands there twice, has no authority, or its months are no number.
    """
    rows = read_rule_table(YARDSTICKS_FILE, Yardstick)
    refuse_repetition(YARDSTICKS_FILE, rows, lambda row: (row.office, row.measure), column="measure")
    return rows


@cache
def yardsticks_of(office: str) -> Mapping[str, Yardstick]:
    """Return the yardsticks of an office by measure: `first_action`, `office_response`, `pendency`. For colours only.

    No law expects an office other than the USPTO to act within a time, so that others have none.

    Raises:
        RuleTableBroken: `yardsticks.csv` cannot be used.
    """
    return MappingProxyType({row.measure: row for row in yardstick_rows() if row.office == office})
