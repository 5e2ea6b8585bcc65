"""The selected documents as a ZIP: a file for each, in their order, and a list of contents.

The archive is written as it is made, and only the document that is being written is in memory. The list of contents
therefore comes last: only then is it known which documents could not be fetched.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, BinaryIO, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pandas as pd

from components.exports.archive_contents import INSIDE_FOLDER, contents_csv, readme_text
from components.exports.csv_file import table_csv
from components.exports.document_pdfs import (
    MissingDocument,
    PdfOrReason,
    UnfetchedPdf,
    expect_no_more,
    next_pdf,
    why_missing,
)
from components.exports.inside_papers import inside_tables
from components.exports.naming import file_names, stems_of
from components.exports.selection import Selection

_FIRST: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP can hold; undated documents get it too."""
_LAST_YEAR: Final = 2107
_UNIX: Final = 3
_PLAIN_FILE: Final = 0o100644 << 16
"""A file that its owner may write and all may read."""


def zip_of(selection: Selection, parts: Iterable[PdfOrReason], *, into: BinaryIO) -> tuple[MissingDocument, ...]:
    """Write the documents of a selection as a ZIP.

    The PDFs are in the order of the selection, unchanged and not compressed again; several histories have a folder
    each. The time of a file is the date of its document. `contents.csv` and `README.txt` are always included; where
    papers were read inside, a folder has what they say as CSV files. The same selection and parts give the same bytes.

    Args:
        selection: What to write.
        parts: One for each document, in their order. They are pulled one by one and released once written.
        into: Where to write; need not be seekable.

    Returns:
        The documents that are not in the archive, with the reasons.

    Raises:
        ValueError: There are more or fewer parts than documents. What `parts` raises is passed on; the archive is then
            unfinished.
    """
    missing: list[MissingDocument] = []
    paths = _paths(selection)
    rows = selection.documents
    supply = iter(parts)
    with ZipFile(into, "w", ZIP_STORED) as archive:
        for history, document, day, path in zip(rows["history"], rows["id"], rows["date"], paths, strict=True):
            part = next_pdf(supply)
            reason = why_missing(part)
            if isinstance(part, UnfetchedPdf) or reason:
                missing.append(MissingDocument(history, document, path, reason))
            else:
                archive.writestr(_zip_info(path, day), part)
            del part  # before the next one is pulled
        expect_no_more(supply)
        made = selection.made
        archive.writestr(_zip_info("contents.csv", made, ZIP_DEFLATED), contents_csv(selection, paths, missing))
        for table in inside_tables(selection):
            file = _zip_info(f"{INSIDE_FOLDER}/{table.file}", made, ZIP_DEFLATED)
            archive.writestr(file, table_csv(table.csv_columns(), table.csv_rows(selection)))
        archive.writestr(_zip_info("README.txt", made, ZIP_DEFLATED), readme_text(selection, missing))
    return tuple(missing)


def _paths(selection: Selection) -> list[str]:
    """Return the path of each document within the archive."""
    names, stems = file_names(selection), stems_of(selection)
    histories = selection.documents["history"]
    if histories.nunique() <= 1:
        return names
    return [f"{stems[history]}/{name}" for history, name in zip(histories, names, strict=True)]


def _zip_info(path: str, when: Any, compression: int = ZIP_STORED) -> ZipInfo:  # noqa: ANN401 - a time, a day or NaT
    file = ZipInfo(path, _FIRST if pd.isna(when) else _time(when))
    file.compress_type = compression
    file.create_system = _UNIX
    file.external_attr = _PLAIN_FILE
    return file


def _time(when: datetime) -> tuple[int, int, int, int, int, int]:
    time = (min(when.year, _LAST_YEAR), when.month, when.day, when.hour, when.minute, when.second)
    return max(time, _FIRST)
