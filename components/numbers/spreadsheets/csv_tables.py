"""From the bytes of a text file to the cells of a table."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice

from components.numbers.errors import UploadRefused
from components.numbers.spreadsheets.headings import OWN_ROLES, ColumnRole, heading_of

_MAX_LINES = 50_000
"""Lines of a CSV file: five for each number that a list may have."""
_GROUP_COMMA = re.compile(r",(?<=\d,)(?:(?=\d{3}(?!\d))(?<!\d{4},)|(?<![\w.,]\d,)(?=\d+[Ee]\+\d))")
"""A comma between groups of three digits, or before the decimals of a number with an exponent."""
_KEPT_COMMA = "\x1f"
_DELIMITERS = ";\t|"
_SEPARATOR_LINE = re.compile(r"\s*\"?sep=([,;\t|])\"?[ \t]*\r?\n", re.IGNORECASE)
"""A first line that tells Excel what divides the cells."""
_JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]{2}")
_SAMPLE = 50
"""Lines that tell whether a file has one column."""
_ENOUGH_DIGITS = re.compile(r"\d(?:[ /.,-]?\d){4}")
_NO_LIST = (ColumnRole.UNKNOWN, ColumnRole.NOTHING)
_MAX_TITLES = 15
"""Lines above the headings of a text, at most."""
_LONGEST_HEADINGS = 2_000
"""Characters of a line of headings that are looked at."""
_LOOKED_AT = 2_000
"""Bytes at the beginning that tell the encoding, and rows that tell which commas divide cells."""


def decoded(data: bytes) -> str:
    """Return a text in UTF-8, UTF-16, Shift JIS (as Japanese spreadsheets write it) or Windows-1252.

    Raises:
        UploadRefused: it is no text.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = data.decode("utf-16", errors="replace")
    elif b"\x00" in data[:_LOOKED_AT]:
        text = _utf_16_without_mark(data)
    else:
        text = _of_single_bytes(data)
    if "\x00" in text:
        raise UploadRefused("This is no text file. Save the list as .txt or .csv (UTF-8) and upload it again.")
    return text


def _utf_16_without_mark(data: bytes) -> str:
    """Return a text of which every second byte is zero, as in UTF-16 of Latin letters; else with those bytes."""
    beginning = data[:_LOOKED_AT]
    for encoding, zeros in (("utf-16-le", beginning[1::2]), ("utf-16-be", beginning[::2])):
        if zeros.count(0) * 10 > len(zeros) * 9:
            return data.decode(encoding, errors="replace")
    return data.decode("latin-1")


def _of_single_bytes(data: bytes) -> str:
    """Return a text in an encoding without zero bytes."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("cp932")
    except UnicodeDecodeError:
        text = ""
    return text if _JAPANESE.search(text[:_LOOKED_AT]) else data.decode("cp1252", errors="replace")


def rows_of_csv(text: str, delimiter: str = "") -> list[list[str]]:
    """Return the cells of a CSV text; commas between groups of three digits belong to a number.

    Args:
        text: the text.
        delimiter: what divides the cells; empty if the text has to tell.

    Raises:
        UploadRefused: it has too many lines, or is damaged.
    """
    separator_line = _SEPARATOR_LINE.match(text)
    if separator_line is not None:
        text = text[separator_line.end() :]
    filled = [line for line in text.splitlines() if line and not line.isspace()]
    if len(filled) > _MAX_LINES:
        raise UploadRefused("The table has more than 50,000 rows. Keep the rows with numbers, at most 10,000.")
    delimiter = delimiter or (separator_line[1] if separator_line is not None else _delimiter(filled[:_LOOKED_AT]))
    if _is_one_column(filled[:_SAMPLE], delimiter):
        return [[line] for line in text.splitlines()]
    if delimiter != ",":
        return _split(text, delimiter)
    kept = _GROUP_COMMA.sub(_KEPT_COMMA, text)
    if _KEPT_COMMA not in kept or (len(filled) > 1 and _is_more_regular("\n".join(filled[:_LOOKED_AT]))):
        return _split(text, delimiter)
    rows = _split(kept, delimiter)
    return [[cell.replace(_KEPT_COMMA, ",") for cell in row] for row in rows]


def _is_one_column(lines: Sequence[str], delimiter: str) -> bool:
    """Return whether a heading stands over lines of several numbers each, which are no cells of several columns."""
    if len(lines) < 2 or any(mark in lines[0] for mark in (delimiter, '"')) or heading_of(lines[0]).role in _NO_LIST:
        return False
    parts = [part for line in lines[1:] for part in _GROUP_COMMA.sub("", line).split(delimiter) if part.strip()]
    return all(_ENOUGH_DIGITS.search(part) for part in parts)


def delimiter_of_table(text: str) -> str:
    """Return what divides the cells of a text that is a table with headings; empty if it is none.

    It is one if a line near its beginning has two headings that are known, of which one is that of a patent number, and
    if most lines below have as many cells. Blanks behind commas and semicolons are those of a sentence.
    """
    lines = [line for line in islice(_lines(text), _LOOKED_AT) if not line.isspace()]
    for position, line in enumerate(lines[:_MAX_TITLES]):
        for delimiter in _DELIMITERS + ",":
            if _are_headings(line[:_LONGEST_HEADINGS], delimiter) and _is_regular(lines[position:], delimiter):
                return delimiter
    return ""


def _are_headings(line: str, delimiter: str) -> bool:
    """Return whether a line holds headings of a table with patent numbers."""
    if delimiter not in line or (delimiter in ",;" and f"{delimiter} " in line):
        return False
    roles = [heading_of(cell.strip(' "')).role for cell in line.split(delimiter)]
    known = sum(role is not ColumnRole.UNKNOWN for role in roles)
    return known > 1 and any(role in OWN_ROLES for role in roles)


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of a text that are not empty."""
    return (match[0] for match in re.finditer(r"[^\r\n]+", text))


def _is_regular(lines: Sequence[str], delimiter: str) -> bool:
    """Return whether there are rows below the headings, most of them with as many cells."""
    with suppress(UploadRefused):
        rows = rows_of_csv("\n".join(lines), delimiter)
        width = len(rows[0])
        return len(rows) > 1 and sum(len(row) == width for row in rows) * 4 >= len(rows) * 3
    return False


def _delimiter(lines: Sequence[str]) -> str:
    """Return what divides the cells: what most lines have, else a comma."""
    counts = {candidate: sum(candidate in line for line in lines) for candidate in _DELIMITERS}
    delimiter = max(_DELIMITERS, key=lambda candidate: counts[candidate])
    commas = sum("," in _GROUP_COMMA.sub("", line) for line in lines)
    return "," if counts[delimiter] * 2 < len(lines) or counts[delimiter] < commas else delimiter


def _split(text: str, delimiter: str) -> list[list[str]]:
    """Split a CSV text into cells."""
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise UploadRefused("The CSV file is damaged. Save it again as CSV (UTF-8), or as .txt.") from error


def _is_more_regular(text: str) -> bool:
    """Return whether the rows of a text are more alike if every comma divides cells."""
    kept = _split(_GROUP_COMMA.sub(_KEPT_COMMA, text), ",")
    return _regularity(_split(text, ",")) > _regularity(kept)


def _regularity(rows: Sequence[Sequence[str]]) -> float:
    """Return the share of rows that have as many cells as most others."""
    widths = Counter(len(row) for row in rows if row)
    return max(widths.values()) / widths.total() if widths else 0.0
