"""The file name under which a browser saves one document."""

from components.exports import file_name
from components.lookups import Desk
from components.store import StoreError

UNNAMED = "document.pdf"
"""Where the list that would name it cannot be read."""


def name_of(desk: Desk, history: str, document: str) -> str:
    """Give `US10765880B2_2016-10-25_042_CTNF_non-final-rejection.pdf`: 042 is its place in reading order, from 1."""
    try:
        held = desk.tables.of(desk.store.headlines([history]))
    except StoreError:
        return UNNAMED
    table = held.tables.documents
    rows = table[table["id"] == document]
    if rows.empty:
        return UNNAMED
    line, row = held.headlines[0], rows.iloc[0]
    return file_name(
        line.patent_number or line.key,
        row["date"],
        row["code"],
        row["description"],
        str(row["category"]),
        number=int(row["seq"]),
    )
