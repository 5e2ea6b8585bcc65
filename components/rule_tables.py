"""Rule tables: CSV and TOML files that hold what the law, the offices or the service prescribe.

A room describes a row of each of its tables as a `Row` (a pydantic model) and reads the table with `load_csv` or
`load_toml`. The error about a damaged table names its file, line and column and says how to mend it. Tables are
checked when the app starts, not when a module is imported.
"""

import csv
import io
import tomllib
from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError


class RuleTableBroken(Exception):
    """A rule table cannot be used. Nothing was asked of anyone and nothing charged.

    Attributes:
        file: name of the table.
        line: line of the file, counted from 1; 0 if the fault is the whole file's.
        column: name of the column; empty if the fault is the whole row's.
    """

    def __init__(self, file: str, problem: str, *, line: int = 0, column: str = "") -> None:
        self.file = file
        self.line = line
        self.column = column
        location = ", ".join((file, *([f"line {line}"] if line else []), *([f"column {column}"] if column else [])))
        super().__init__(f"{location}: {problem}")


class Row(BaseModel):
    """One row of a rule table: immutable, and without columns that its class does not name."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    line: int = 0
    """Line of the file that it begins on, for messages about several rows."""


AnyRow = TypeVar("AnyRow", bound=Row)


def _flag(cell: object) -> object:
    """Return whether a cell says yes."""
    if cell in ("yes", "no"):
        return cell == "yes"
    raise ValueError("Write yes or no there.")


def _empty_to_none(cell: object) -> object:
    return None if cell == "" else cell


def _empty_to_zero(cell: object) -> object:
    return 0 if cell == "" else cell


def _split(separator: str | None) -> Callable[[object], object]:
    """Return what splits a cell at a separator; `None` splits it at blanks."""

    def split(cell: object) -> object:
        return tuple(filter(None, map(str.strip, cell.split(separator)))) if isinstance(cell, str) else cell

    return split


Flag = Annotated[bool, BeforeValidator(_flag)]
"""A cell that says `yes` or `no`."""
NumberOrZero = Annotated[int, BeforeValidator(_empty_to_zero)]
"""A whole number; an empty cell is 0."""
EMPTY_IS_NONE = BeforeValidator(_empty_to_none)
"""For `Annotated[X | None, EMPTY_IS_NONE]`: an empty cell is `None`."""
BY_BLANKS = BeforeValidator(_split(None))
"""For `Annotated[tuple[X, ...], BY_BLANKS]`: a cell of several words, separated by blanks."""
BY_SEMICOLONS = BeforeValidator(_split(";"))
"""For `Annotated[tuple[X, ...], BY_SEMICOLONS]`: a cell of several phrases, separated by semicolons."""


@cache
def load_csv(path: Path, row: type[AnyRow]) -> tuple[AnyRow, ...]:
    """Read a CSV table, once.

    Args:
        path: the file; its first line names the columns.
        row: what a row holds, a field for each column.

    Returns:
        The rows in the order of the file.

    Raises:
        RuleTableBroken: the file is missing or has no rows, or a row is not what `row` describes.
    """
    return _not_empty(path.name, [_row(path.name, row, cells, line) for line, cells in _numbered(path)])


@cache
def load_toml(path: Path, name: str, row: type[AnyRow]) -> tuple[AnyRow, ...]:
    """Read the rows of a TOML table, once; for tables whose cells are long patterns.

    Args:
        path: the file; it holds nothing but rows.
        name: what a row begins with: a line `[[name]]`.
        row: what a row holds, a field for each key.

    Returns:
        The rows in the order of the file.

    Raises:
        RuleTableBroken: the file is missing, is no TOML or holds something else, or a row is not what `row` describes.
    """
    text = _text(path)
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleTableBroken(path.name, f"It is no TOML ({error}). Mend it.") from None
    header = f"[[{name}]]"
    entries = document.pop(name, [])
    lines = [line for line, words in enumerate(text.splitlines(), 1) if words.strip() == header]
    if document or not isinstance(entries, list) or len(entries) != len(lines):
        problem = f"It must hold nothing but rows, each of which begins with a line {header}. Mend it."
        raise RuleTableBroken(path.name, problem)
    rows = [_row(path.name, row, cells, line) for line, cells in zip(lines, entries, strict=True)]
    return _not_empty(path.name, rows)


def refuse_repetition(file: str, rows: Iterable[AnyRow], key: Callable[[AnyRow], Hashable], *, column: str) -> None:
    """Check that no two rows of a table are for the same thing.

    Args:
        file: name of the table.
        rows: its rows.
        key: returns what a row is for.
        column: the column that says so, for the message.

    Raises:
        RuleTableBroken: two rows have the same key.
    """
    lines: dict[Hashable, int] = {}
    for row in rows:
        earlier = lines.setdefault(key(row), row.line)
        if earlier != row.line:
            problem = f"Line {earlier} is for the same. Remove one of them."
            raise RuleTableBroken(file, problem, line=row.line, column=column)


def refuse_absence(file: str, names: Iterable[str], needed: Iterable[str], *, column: str) -> None:
    """Check that a table has a row for each name that the code asks it for.

    Args:
        file: name of the table.
        names: the names that it has.
        needed: the names that the code uses.
        column: the column with the names, for the message.

    Raises:
        RuleTableBroken: a name is missing.
    """
    missing = sorted(set(needed).difference(names))
    if missing:
        raise RuleTableBroken(file, f"It has no row {missing[0]!r}. Restore the file.", column=column)


def _not_empty(file: str, rows: list[AnyRow]) -> tuple[AnyRow, ...]:
    """Return the rows of a table that has some; an empty one would silently change what is read by it."""
    if not rows:
        raise RuleTableBroken(file, "It has no rows. Restore the file.")
    return tuple(rows)


def _text(path: Path) -> str:
    """Return the text of a table, with or without the mark that spreadsheets put before it."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise RuleTableBroken(path.name, f"It cannot be read ({error.__class__.__name__}). Restore the file.") from None


def _numbered(path: Path) -> Iterator[tuple[int, dict[str, object]]]:
    """Yield each row by the names of its columns, with the line on which it begins."""
    reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    try:
        columns = next(reader, [])
        for column in columns:
            if columns.count(column) > 1:
                raise RuleTableBroken(path.name, "The column stands there twice. Remove one.", line=1, column=column)
            if column == "line":
                raise RuleTableBroken(path.name, "The table has no such column. Remove it.", line=1, column=column)
        begins = reader.line_num + 1
        for cells in reader:
            if cells and len(cells) != len(columns):
                problem = f"It has {_cells(len(cells))} where the table has {len(columns)} columns. Mend that line."
                raise RuleTableBroken(path.name, problem, line=begins)
            if cells:
                yield begins, dict(zip(columns, cells, strict=True))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise RuleTableBroken(path.name, f"It is no CSV ({error}). Mend that line.", line=reader.line_num) from None


def _cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count} cells"


def _row(file: str, row: type[AnyRow], cells: dict[str, object], line: int) -> AnyRow:
    """Return one row, or raise with its line and column."""
    try:
        return row.model_validate({**cells, "line": line})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
    column = str(first["loc"][0]) if first["loc"] else ""
    if first["type"] == "missing":
        problem = "The table lacks this column. Add it."
    elif first["type"] == "extra_forbidden":
        problem = "The table has no such column. Remove it, or spell it as the rule's class does."
    else:
        message = first["msg"].removeprefix("Value error, ")
        problem = f"{cells[column]!r}: {message}" if column in cells else message
        problem = f"{problem.rstrip('.')}. Mend that cell." if column in cells else problem
    raise RuleTableBroken(file, problem, line=line, column=column)
