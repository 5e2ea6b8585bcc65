"""Writing an Excel workbook: sheets of typed cells below a fixed header, where text is never taken for a formula.

Excel's limits are observed: the length of a text, the number and length of links, the first year of its calendar.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import BinaryIO, Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from components.exports.cells import begins_formula, strip_xml_invalid

MAX_TEXT: Final = 32_767
MAX_LINKS: Final = 65_530
MAX_ADDRESS: Final = 2_079
"""Excel's limits: characters of a cell, links of a sheet, characters of an address, all counted in UTF-16."""
_FIRST_YEAR: Final = 1900
"""Excel has no dates before it."""
_OF_THE_WEB: Final = re.compile(r"https?://[!-~]+")
_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_DAY: Final = "d mmm yyyy"
_MOMENT: Final = "d mmm yyyy hh:mm"
_TOP: Final = {"valign": "top"}
_HEADER: Final = {
    "bold": True,
    "bg_color": "#F1F5F9",
    "bottom": 1,
    "bottom_color": "#94A3B8",
    "text_wrap": True,
    **_TOP,
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet."""

    header: str
    width: float
    """In characters."""
    wrapped: bool = False
    """Whether long text is wrapped in its cell."""


@dataclass(frozen=True, slots=True)
class PdfLink:
    """A text that opens an address; if that is not an address of the web, the text alone."""

    text: str
    address: str


class WorkbookWriter:
    """A workbook that is being written.

    A cell is a text, a whole number, a date, a moment with its zone, a `PdfLink` or None.
    """

    def __init__(self, file: BinaryIO, *, title: str, made: datetime) -> None:
        """Begin a workbook.

        Args:
            file: Where the workbook is written when it is closed.
            title: Its title; together with the time its only property.
            made: When it was made; the same content made at the same time has the same bytes.
        """
        self._book = Workbook(file, _OPTIONS)
        self._book.set_properties({"title": cut_to_length(strip_xml_invalid(title), 255), "created": _utc(made)})
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}

    def add_table(
        self,
        name: str,
        columns: Sequence[Column],
        rows: Iterable[Sequence[object]],
        *,
        notice: str = "",
        total: Sequence[object] = (),
    ) -> None:
        """Add a sheet with a table that can be filtered.

        Args:
            name: The name of the sheet.
            columns: The columns of the table, in order.
            rows: The rows, each with a cell for each column.
            notice: A line above the header, fixed with it.
            total: A row apart from the table, below it, which no filter hides.
        """
        sheet = self._book.add_worksheet(name)
        header = 1 if notice else 0
        if notice:
            sheet.write_string(0, 0, strip_xml_invalid(notice), self._format(italic=True))
        for index, column in enumerate(columns):
            sheet.write_string(header, index, column.header, self._format(**_HEADER))
            sheet.set_column(index, index, column.width)
        last, links = header, 0
        for last, row in enumerate(rows, start=header + 1):
            for index, (column, value) in enumerate(zip(columns, row, strict=True)):
                links += self._write(sheet, last, index, value, wrapped=column.wrapped, linked=links < MAX_LINKS)
        for index, value in enumerate(total):
            self._write(sheet, last + 2, index, value, bold=True)
        sheet.autofilter(header, 0, max(last, header + 1), len(columns) - 1)
        sheet.freeze_panes(header + 1, 0)
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 3}"})  # "892" is a document code
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(header)

    def add_facts(self, name: str, lines: Iterable[tuple[str, object]], *, width: float) -> None:
        """Add a sheet of labels and values, one pair to a row."""
        sheet = self._book.add_worksheet(name)
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, width)
        for index, (label, value) in enumerate(lines):
            sheet.write_string(index, 0, label, self._format(bold=True, **_TOP))
            self._write(sheet, index, 1, value, wrapped=True, align="left")

    def close(self) -> None:
        """Write the workbook."""
        self._book.close()

    def _write(
        self,
        sheet: Worksheet,
        row: int,
        index: int,
        value: object,
        *,
        wrapped: bool = False,
        linked: bool = True,
        **style: object,
    ) -> bool:
        """Write a cell by the type of its value, and return whether it became a link."""
        if isinstance(value, PdfLink):
            return self._link(sheet, row, index, value, linked=linked)
        if isinstance(value, datetime):
            sheet.write_datetime(row, index, _utc(value), self._format(num_format=_MOMENT, **_TOP, **style))
        elif isinstance(value, date) and value.year >= _FIRST_YEAR:
            sheet.write_datetime(row, index, value, self._format(num_format=_DAY, **_TOP, **style))
        elif isinstance(value, int):
            sheet.write_number(row, index, value, self._format(num_format="#,##0", **_TOP, **style))
        elif value is not None and (text := cut_to_length(strip_xml_invalid(str(value)), MAX_TEXT)):
            if begins_formula(text):
                style["quote_prefix"] = True  # it stays text when its cell is edited
            sheet.write_string(row, index, text, self._format(text_wrap=wrapped, **_TOP, **style))
        return False

    def _link(self, sheet: Worksheet, row: int, index: int, link: PdfLink, *, linked: bool) -> bool:
        """Write a link, or its address as text if the sheet is full of links or the address is too long for one.

        Returns:
            Whether it became a link.
        """
        if not _OF_THE_WEB.fullmatch(link.address):
            return self._write(sheet, row, index, link.text)
        if not linked or _length(link.address) > MAX_ADDRESS:
            return self._write(sheet, row, index, link.address)
        text = cut_to_length(strip_xml_invalid(link.text), MAX_TEXT)
        style = self._format(font_color="#1D4ED8", underline=1, **_TOP)
        return bool(sheet.write_url(row, index, link.address, style, text) == 0)

    def _format(self, **style: object) -> Format:
        key = tuple(sorted(style.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(style)
        return self._formats[key]


def cut_to_length(text: str, most: int) -> str:
    """Return a text cut to `most` UTF-16 code units, the last of them an ellipsis if anything was cut."""
    if _length(text) <= most:
        return text
    return text.encode("utf-16-le")[: 2 * (most - 1)].decode("utf-16-le", "ignore") + "…"


def _length(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _utc(moment: datetime) -> datetime:
    """Return a moment in UTC without its zone: Excel knows no zones."""
    return moment.astimezone(UTC).replace(tzinfo=None)
