"""Files to download, one module for each format; each is made from the current `Selection`.

`csv_of`, `xlsx_of`, `html_of`, `ics_of` and `text_of` return the bytes of a file. `zip_of` and `pdf_of` collect the
PDFs of the documents and write as they go, because these may be hundreds of megabytes; whatever could not be fetched is
named in the file and returned. `file_name` and `package_name` name the files. `table_csv` returns any other table as
CSV.
"""

from components.exports.archive import zip_of
from components.exports.calendar import has_open_dates, ics_of
from components.exports.csv_file import csv_of, table_csv
from components.exports.document_pdfs import MissingDocument, PdfOrReason, UnfetchedPdf
from components.exports.naming import file_name, package_name
from components.exports.one_pdf import pdf_of
from components.exports.read_papers import PagesOfPaper, text_bytes
from components.exports.report import html_of
from components.exports.selection import Selection
from components.exports.text_file import text_of
from components.exports.xlsx import xlsx_of

__all__ = [
    "MissingDocument",
    "PagesOfPaper",
    "PdfOrReason",
    "Selection",
    "UnfetchedPdf",
    "csv_of",
    "file_name",
    "has_open_dates",
    "html_of",
    "ics_of",
    "package_name",
    "pdf_of",
    "table_csv",
    "text_bytes",
    "text_of",
    "xlsx_of",
    "zip_of",
]
