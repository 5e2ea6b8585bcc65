"""The sheet of a workbook that holds the list."""

from collections.abc import Iterator
from dataclasses import replace

from components.numbers.errors import UploadRefused
from components.numbers.spreadsheets.table_rows import TableNumbers, numbers_of_table
from components.numbers.spreadsheets.workbooks import Sheet, read_sheets
from components.words import counted, listed, shortened

_MAX_SHEETS = 8
"""So many are looked at."""
_LONGEST_NAME = 40


def numbers_of_sheets(data: bytes) -> TableNumbers:
    """Return the numbers of the first sheet with a list of them.

    A sheet whose headings say where its numbers stand is such a list, and one that holds hardly anything but numbers.
    Of others, like covers that name what was searched for, the first is read if there is no better one.

    Raises:
        TextRefused: a sheet holds too many numbers, or too much besides.
        UploadRefused: the workbook is dangerous, damaged or too large, or no sheet has a column of numbers.
    """
    refusal: UploadRefused | None = None
    chosen: tuple[Sheet, TableNumbers] | None = None
    sheets = read_sheets(data)
    for _ in range(_MAX_SHEETS):
        try:
            sheet = next(sheets, None)
            table = numbers_of_table(sheet.rows) if sheet is not None else TableNumbers()
        except UploadRefused as refused:
            refusal = refusal or refused
            continue
        if sheet is None:
            break
        if chosen is None or (_is_list(table) and not _is_list(chosen[1])):
            chosen = sheet, table
        if _is_list(table):
            break
    if chosen is not None and chosen[1].numbers:
        sheet, table = chosen
        return replace(table, remarks=[*table.remarks, *_remarks(sheet)])
    if refusal is not None:
        raise refusal
    return TableNumbers()


def _is_list(table: TableNumbers) -> bool:
    """Return whether a table is surely a list of numbers."""
    understood = sum(1 for number in table.numbers if number.readings)
    return understood > 0 if table.is_headed else understood > 1 and understood * 2 >= len(table.numbers)


def _remarks(sheet: Sheet) -> Iterator[str]:
    """Yield which other sheets were not read, and how many hidden rows."""
    if sheet.others:
        names = [f"“{shortened(name, _LONGEST_NAME)}”" for name in sheet.others[:_MAX_SHEETS]]
        yield f"Only the sheet “{shortened(sheet.name, _LONGEST_NAME)}” was read, not {listed(names)}."
    if sheet.hidden_rows:
        rows = counted(sheet.hidden_rows, "hidden row")
        yield f"Not read: {rows}. If these numbers are meant, show them (clear the filter), save and upload again."
