"""The two texts in an archive: `contents.csv`, a table for spreadsheets, and `README.txt`, a page to read."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Final

import pandas as pd

from components.exports.cells import cell_values, neutralise_formulas, strip_xml_invalid
from components.exports.document_pdfs import MissingDocument
from components.exports.inside_papers import READ_BY_MACHINE, inside_tables
from components.exports.read_papers import anything_read
from components.exports.sections import sections_of
from components.exports.selection import DISCLAIMER, Selection, how_much_is_listed
from components.words import counted, listed, moment

INSIDE_FOLDER: Final = "inside-the-papers"
"""The folder of the tables of what was read inside the papers."""
CONTENTS_COLUMNS: Final = (
    "number",
    "patent_number",
    "application_number",
    "date",
    "doc_code",
    "description",
    "round",
    "pages",
    "file_name",
    "read",
    "note",
    "status",
)


def contents_csv(selection: Selection, names: Sequence[str], missing: Sequence[MissingDocument]) -> bytes:
    """Return the table of contents as CSV: UTF-8 with a byte-order mark, without anything a spreadsheet would run.

    Args:
        selection: What the archive was made from.
        names: The path of each document in the archive, in the order of the selection.
        missing: The documents that are not in it; their `name` is such a path.

    Returns:
        A row for each document of the selection, in its order, including those that are missing. `number` counts
        through the whole archive; `status` is `included`, or `missing: ` and the reason.
    """
    rows = selection.documents
    reasons = {document.name: f"missing: {document.reason}" for document in missing}
    patents = selection.patent_numbers()
    columns = ("date", "code", "description", "round", "pages", "read", "note")
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(CONTENTS_COLUMNS)
    documents = zip(names, rows["history"], *(cell_values(rows[column]) for column in columns), strict=True)
    for number, (name, history, *facts, read, note) in enumerate(documents, 1):
        status = reasons.get(name, "included")
        cells = (number, patents.get(history, ""), history, *facts, name, "yes" if read else "", note, status)
        writer.writerow(neutralise_formulas(_cell_text(cell)) for cell in cells)
    return file.getvalue().encode("utf-8-sig")


def readme_text(selection: Selection, missing: Sequence[MissingDocument]) -> bytes:
    """Return what the archive is, what is missing from it and why, as text in UTF-8 with a byte-order mark.

    Args:
        selection: What the archive was made from.
        missing: The documents that are not in it.
    """
    lines = [*_head(selection, len(missing)), *_histories(selection), *_sections(selection), *_missing(missing)]
    lines += ["", "About these data", "", DISCLAIMER, ""]
    return "\r\n".join(_one_line(line) for line in lines).encode("utf-8-sig")


def _one_line(text: str) -> str:
    """Return a text on one line."""
    return " ".join(strip_xml_invalid(text).split())


def _titles_of(selection: Selection) -> dict[str, str]:
    """Return what each history is called, with its application number: `US 10,765,880 B2 (US14/412875)`."""
    histories = dict.fromkeys((*selection.histories["history"], *selection.documents["history"]))
    titles = {history: _one_line(selection.title_of(history)) for history in histories}
    return {history: title if title == history else f"{title} ({history})" for history, title in titles.items()}


def _head(selection: Selection, missing: int) -> Iterator[str]:
    count = len(selection.documents)
    yield "Prosecution history"
    yield ""
    yield f"Made {moment(selection.made)}: {count - missing:,} of {counted(count, 'document')} included."
    yield "contents.csv lists every document with its file name and says which are missing."
    yield "The files are numbered within their file history, in the order in which they were taken away."
    if anything_read(selection):
        yield "The PDFs are as they came; what was read inside them is a download of its own, Text."
    tables = inside_tables(selection)
    if tables:
        names = listed([table.file for table in tables])
        yield f"In {INSIDE_FOLDER}: what the papers say ({names}). {READ_BY_MACHINE}"


def _histories(selection: Selection) -> Iterator[str]:
    titles = _titles_of(selection)
    selected_of = selection.documents["history"].value_counts()
    yield from ("", "File histories")
    for facts in selection.histories.to_dict("records"):
        yield ""
        yield titles[facts["history"]]
        selected = selected_of.get(facts["history"], 0)
        yield f"Retrieved {moment(facts['retrieved'])}; {how_much_is_listed(facts)}; {selected:,} selected."


def _sections(selection: Selection) -> Iterator[str]:
    titles = _titles_of(selection)
    history = ""
    for section in sections_of(selection):
        if section.history != history:
            history = section.history
            yield from ("", f"Sections of {titles[history]}", "")
        yield f"{section.title}: {counted(len(section.rows), 'document')}"


def _missing(missing: Sequence[MissingDocument]) -> Iterator[str]:
    if missing:
        yield from ("", "Missing", "")
        yield from (f"{document.name}: {document.reason}" for document in missing)


def _cell_text(value: object) -> str:
    return "" if value is None or value is pd.NaT else str(value)
