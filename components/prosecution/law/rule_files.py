"""Where the rule tables of this room lie, and the cells that several of them have."""

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Final, TypeVar

from pydantic import BeforeValidator

from components.rule_tables import EMPTY_IS_NONE, Row, load_csv

FOLDER: Final = Path(__file__).resolve().parent

AnyRow = TypeVar("AnyRow", bound=Row)


def read_rule_table(file: str, row: type[AnyRow]) -> tuple[AnyRow, ...]:
    """Read a rule table of this room.

    Args:
        file: name of the CSV.
        row: what a row holds.

    Raises:
        RuleTableBroken: the file is missing, or a row is not what `row` describes.
    """
    return load_csv(FOLDER / file, row)


def _filled(cell: object) -> object:
    if isinstance(cell, str) and not cell.strip():
        raise ValueError("It must not be empty.")
    return cell


def _day(cell: object) -> object:
    if not isinstance(cell, str):
        return cell
    try:
        return date.fromisoformat(cell)
    except ValueError:
        raise ValueError("Write a date there, as yyyy-mm-dd.") from None


def _day_or_none(cell: object) -> object:
    return None if cell == "" else _day(cell)


def _ascii_pattern(cell: object) -> object:
    try:
        return re.compile(cell, re.ASCII) if isinstance(cell, str) else cell
    except re.error as error:
        raise ValueError(f"It is no regular expression ({error}).") from None


Filled = Annotated[str, BeforeValidator(_filled)]
"""Text that is never empty."""
Day = Annotated[date, BeforeValidator(_day)]
"""A date as `yyyy-mm-dd`."""
DayOrNone = Annotated[date | None, BeforeValidator(_day_or_none)]
"""A date as `yyyy-mm-dd`; an empty cell is `None`."""
NumberOrNone = Annotated[int | None, EMPTY_IS_NONE]
"""A whole number; an empty cell is `None`."""
AsciiPattern = Annotated[re.Pattern[str], BeforeValidator(_ascii_pattern)]
"""A regular expression in which digits are the ten of ASCII."""
