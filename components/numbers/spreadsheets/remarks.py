"""What the user is told about a table: which column was read, and what was left."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from components.numbers.spreadsheets.columns import Column, Layout
from components.numbers.spreadsheets.headings import OWN_ROLES, ColumnRole
from components.words import counted, listed, shortened

_MOST_NAMED = 6
"""Columns, rows and numbers that a remark names."""
_LONGEST_NAME = 40


@dataclass(slots=True)
class Tally:
    """What happened while the rows of a table were read; rows are counted from 1, empty ones included."""

    instead: Counter[int] = field(default_factory=Counter)
    """Rows that were read from another column, by its index."""
    several: list[int] = field(default_factory=list)
    """Rows with several numbers, all of which were read."""
    passed_over: list[int] = field(default_factory=list)
    """Rows without a number in the columns that are read."""
    above: list[str] = field(default_factory=list)
    """Numbers above the headings, which were not read."""


def remarks_on(layout: Layout, tally: Tally) -> list[str]:
    """Return what the user should know about the columns and rows that were read and left; empty if nothing."""
    return [*_on_columns(layout, tally), *_on_rows(layout.read[0], tally)]


def _on_columns(layout: Layout, tally: Tally) -> Iterator[str]:
    """Yield which column was read, which were left, and why."""
    column = layout.read[0]
    instead = [other for other in layout.read[1:] if tally.instead[other.index]]
    places = [f"{_name(other)} ({counted(tally.instead[other.index], 'row')})" for other in instead]
    elsewhere = f", and where it holds none that is understood, from {_some(places)}" if instead else ""
    if layout.left or instead:
        yield f"The numbers were read from {_name(column)}{elsewhere}."
    same = [other for other in layout.left if other in layout.read[1:]]
    if same:
        otherwise = "Otherwise " if instead else ""
        yield f"{otherwise}{_were_not_read(same)}: {_verb(same, 'it names', 'they name')} the same patents."
    others = [other for other in layout.left if other.heading.role is ColumnRole.OTHERS]
    if others:
        yield (
            f"{_were_not_read(others)}: {_verb(others, 'it stands', 'they stand')} for other patents (families, "
            "citations, priorities)."
        )
    rest = [other for other in layout.left if other not in same and other not in others]
    if rest:
        yield (
            f"{_were_not_read(rest)}, though {_verb(rest, 'it holds', 'they hold')} numbers too. If these are meant, "
            f"upload {_verb(rest, 'that column', 'one of these columns')} alone."
        )


def _were_not_read(columns: Sequence[Column]) -> str:
    return f"{_some([_name(column) for column in columns])} {_verb(columns, 'was', 'were')} not read"


def _on_rows(column: Column, tally: Tally) -> Iterator[str]:
    """Yield which rows hold several numbers or none, and what stands above the headings."""
    if tally.several and column.heading.role in OWN_ROLES:
        yield f"{_name(column)} holds several numbers in {_rows(tally.several)}: each of them is asked for."
    if tally.passed_over:
        yield f"Nothing was read in {_rows(tally.passed_over)}: no number stands there in {_name(column)}."
    if tally.above:
        numbers = [shortened(number, _LONGEST_NAME) for number in dict.fromkeys(tally.above)]
        yield f"Above the headings {_verb(numbers, 'stands', 'stand')} {_some(numbers)}, not read as part of the list."


def _name(column: Column) -> str:
    """Return the heading of a column in quotation marks, or its letter."""
    if column.heading.text:
        return f"“{shortened(column.heading.text, _LONGEST_NAME)}”"
    letters, rest = "", column.index + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(65 + digit) + letters
    return f"Column {letters}"


def _verb(subjects: Sequence[object], singular: str, plural: str) -> str:
    return singular if len(subjects) == 1 else plural


def _rows(places: Sequence[int]) -> str:
    """Return rows as `row 7` or `rows 7, 9 and 12`."""
    return f"{'row' if len(places) == 1 else 'rows'} {_some([f'{place:,}' for place in places])}"


def _some(words: Sequence[str]) -> str:
    """Return a list of words, of many the first ones and how many more there are."""
    shown = [*words[:_MOST_NAMED], *([f"{len(words) - _MOST_NAMED:,} more"] if len(words) > _MOST_NAMED else [])]
    return listed(shown)
