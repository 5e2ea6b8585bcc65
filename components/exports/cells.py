"""The cells of CSV and Excel files: text that any file may hold, and nothing that a spreadsheet would run."""

import re
import unicodedata
from typing import Any, Final

import pandas as pd

_NO_TEXT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What XML does not allow (XML 1.0, section 2.2), the delete character, and halves of surrogate pairs."""
_SIGN: Final = "[=+\\-@＝＋－＠]"
_BLANK: Final = " \x85\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f\u2060\u3000\ufeff"
_FORMULA: Final = re.compile(rf"^(?=[\t\r\n]|[\t\r\n{_BLANK}]*{_SIGN})|(?<=[;\t\r\n])(?=[\"{_BLANK}]*{_SIGN})")
"""Where a formula may begin: at the start of a text, after any number of blanks, and after each character at which a
spreadsheet may split cells, such as the semicolon in much of Europe."""


def strip_xml_invalid(text: str) -> str:
    """Return a text without the characters that XML does not allow; everything else stays as it is."""
    return _NO_TEXT.sub("", text)


def begins_formula(text: str) -> bool:
    """Return whether a spreadsheet may take the text for a formula once somebody edits its cell."""
    return _FORMULA.match(text) is not None


def neutralise_formulas(text: str) -> str:
    """Return a text with an apostrophe before whatever a spreadsheet that opens a CSV may take for a formula."""
    return _FORMULA.sub("'", strip_xml_invalid(text))


def cell_values(column: "pd.Series[Any]") -> list[object]:
    """Return the values of a column as Python objects: `date` for a date, None for a missing value."""
    values = column.dt.date if pd.api.types.is_datetime64_dtype(column.dtype) else column.astype("object")
    return [None if lacking else value for lacking, value in zip(column.isna(), values, strict=True)]


def visible_text(text: str) -> str:
    """Return a text on one line, without invisible characters and those that change the direction of writing."""
    if text.isprintable() and "  " not in text:  # most are: Python's own test takes a fraction of the time
        return text.strip()
    kept = "".join(" " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char for char in text)
    kept = "".join(char for char in strip_xml_invalid(kept) if unicodedata.category(char) not in ("Cf", "Co", "Cn"))
    return re.sub(r"\s+", " ", kept).strip()
