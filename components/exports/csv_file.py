"""The listed documents as CSV, with links that work for a colleague and nothing that a spreadsheet would run."""

import csv
import io

import pandas as pd

COLUMNS = (
    "patent_number",
    "application_number",
    "date",
    "doc_code",
    "description",
    "category",
    "side",
    "pages",
    "round",
    "link",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_of(documents: pd.DataFrame, *, histories: pd.DataFrame, base_url: str = "") -> bytes:
    """Give the documents as CSV in UTF-8 with a byte-order mark, so that Excel reads Japanese descriptions.

    Args:
        documents: rows of the `documents` table with `link`, in the order to write them.
        histories: the `histories` table, for the patent numbers.
        base_url: put before each link, `https://review.example.com`.
    """
    patents = dict(zip(histories["history"], histories["patent_number"], strict=True))
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    rounds = documents["round"] if "round" in documents else [None] * len(documents)
    rows = zip(
        documents["history"],
        documents["date"].dt.strftime("%Y-%m-%d"),
        documents["code"],
        documents["description"],
        documents["category"],
        documents["side"],
        documents["pages"],
        rounds,
        documents["link"],
        strict=True,
    )
    for history, *columns, link in rows:
        writer.writerow(_cell(value) for value in (patents.get(history, ""), history, *columns, base_url + link))
    return file.getvalue().encode("utf-8-sig")


def _cell(value: object) -> str:
    """Write one value; text that a spreadsheet would take for a formula is given a leading apostrophe."""
    if value is None or value is pd.NA or value != value:  # noqa: PLR0124 - NaN is the one value that differs from itself
        return ""
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
