"""Files to take away: one module a format."""

from components.exports.csv_file import csv_of

__all__ = ["csv_of"]
