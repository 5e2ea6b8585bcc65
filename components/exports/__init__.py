"""Files to take away, one module a format; each takes the current `Selection`."""

from components.exports.archive import zip_of
from components.exports.calendar import has_open_dates, ics_of
from components.exports.csv_file import csv_of
from components.exports.naming import file_name, package_name
from components.exports.one_pdf import pdf_of
from components.exports.parts import Missing, Part, Unfetched
from components.exports.report import html_of
from components.exports.selection import Selection
from components.exports.xlsx import xlsx_of

__all__ = [
    "Missing",
    "Part",
    "Selection",
    "Unfetched",
    "csv_of",
    "file_name",
    "has_open_dates",
    "html_of",
    "ics_of",
    "package_name",
    "pdf_of",
    "xlsx_of",
    "zip_of",
]
