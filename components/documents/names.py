"""The file name under which a browser saves one document."""

from components.exports import file_name
from components.lookups import Desk
from components.prosecution import read
from components.store import StoreError

UNNAMED = "document.pdf"
"""Where the list that would name it cannot be read."""


def name_of(desk: Desk, history: str, document: str) -> str:
    """Give `US10765880B2_2016-10-25_042_CTNF_non-final-rejection.pdf`: 042 is its place in reading order, from 1."""
    try:
        held = desk.store.load([history]).get(history)
    except StoreError:
        return UNNAMED
    if held is None:
        return UNNAMED
    table = read(held).documents
    rows = table[table["id"] == document]
    if rows.empty:
        return UNNAMED
    row = rows.iloc[0]
    return file_name(
        held.patent_number or held.name,
        row["date"],
        row["code"],
        row["description"],
        str(row["category"]),
        number=int(row["seq"]),
    )
