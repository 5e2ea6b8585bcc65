"""Tables as CSV, above all the selected documents: with links that work for a colleague, and no formulas."""

import csv
import io
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from components.exports.cells import cell_values, neutralise_formulas
from components.exports.inside_papers import grounds_by_document
from components.exports.read_papers import anything_read, named_engines, papers_read
from components.exports.selection import Selection

CSV_COLUMNS: Final = (
    "patent_number",
    "application_number",
    "date",
    "doc_code",
    "description",
    "category",
    "side",
    "pages",
    "round",
    "link",
)
MARKS: Final = ("read", "note")
"""Columns that follow if any document is ticked as read or has a note."""
INSIDE: Final = ("pages_read", "read_by", "confidence")
"""Columns that follow where something was read inside the papers, a confidence in per cent; then `grounds`, where
papers were read by rules."""


def csv_of(selection: Selection) -> bytes:
    """Return the documents as CSV in UTF-8 with a byte-order mark, so that Excel reads Japanese descriptions.

    Dates are written `2018-08-31`, categories and sides by their names in the `documents` table, `read` as `yes` or
    empty, `grounds` as `103 · 112(b)` or that an action was not read. A missing value is an empty cell.
    """
    rows = selection.documents
    patents = selection.patent_numbers()
    columns = [
        [patents.get(history, "") for history in rows["history"]],
        *(cell_values(rows[name]) for name in ("history", "date", "code", "description", "category", "side", "pages")),
        cell_values(rows["round"]),
        [selection.address_of(link) for link in rows["link"]],
    ]
    names = list(CSV_COLUMNS)
    if selection.is_marked():
        names += MARKS
        columns += [["yes" if ticked else "" for ticked in rows["read"]], cell_values(rows["note"])]
    if anything_read(selection):
        names += INSIDE
        papers = papers_read(selection)
        columns += [
            [None if paper is None else paper.read + paper.empty for paper in papers],
            ["" if paper is None else named_engines(paper.engines) for paper in papers],
            [None if paper is None else paper.confidence for paper in papers],
        ]
    if selection.contents:
        names.append("grounds")
        columns.append(list(grounds_by_document(selection)))
    return table_csv(names, zip(*columns, strict=True))


def table_csv(names: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a table as CSV in UTF-8 with a byte-order mark, safe to open in a spreadsheet.

    Args:
        names: of the columns.
        rows: a value for each column, written as `str` does; None is an empty cell.
    """
    cell = lru_cache(maxsize=16_384)(neutralise_formulas)  # codes, descriptions and categories recur in every file
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(names)
    writer.writerows(
        ["" if value is None else cell(str(value)) for value in row]  # str() of a date is 2018-08-31
        for row in rows
    )
    return file.getvalue().encode("utf-8-sig")
