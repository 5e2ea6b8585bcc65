"""The documents listed as a table for print: the grid on the screen is a canvas that draws only the rows in sight."""

from collections.abc import Iterable
from typing import Final

import pandas as pd

from components.ui.app.browser_scripts import mount_script
from components.ui.review.filters import SIDE_LABELS
from components.words import counted, day

_MOST_ROWS: Final = 2_000
"""Some fifty sheets; the files that are taken away hold all documents."""
_LONGEST: Final = 400
"""Most characters of a title: the longest of the real histories has fewer, and a hostile one must not fill the page."""


def draw_print_table(documents: pd.DataFrame, *, numbers: dict[str, str]) -> None:
    """Give the page the table that it shows while it is printed; on the screen it takes no room.

    Args:
        documents: the rows listed, in their order.
        numbers: the display number of each history.
    """
    shown = documents.head(_MOST_ROWS)
    columns = {
        "Date": [day(date) if pd.notna(date) else "" for date in shown["date"]],
        "Code": shown["code"].tolist(),
        "Description": [text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…" for text in shown["description"]],
        "Side": shown["side"].astype(str).map(SIDE_LABELS).fillna("").tolist(),
        "Round": ["" if pd.isna(number) else f"{number:d}" for number in shown["round"]],
        "Pages": ["" if pd.isna(number) else f"{number:,d}" for number in shown["pages"]],
    }
    if len(numbers) > 1:
        columns = {"Patent": shown["history"].map(numbers).tolist(), **columns}
    mount_script(
        "print_table",
        key="print_table",
        data={
            "caption": _caption(len(shown), len(documents)),
            "columns": list(columns),
            # One text rather than lists: it is written and read many times faster.
            "rows": "\n".join(_line(row) for row in zip(*columns.values(), strict=True)),
        },
        height="content",
    )


def _line(cells: Iterable[str]) -> str:
    """Return cells in one line, between tabs; their own white space becomes single blanks."""
    return "\t".join(" ".join(cell.split()) for cell in cells)


def _caption(shown: int, listed: int) -> str:
    """Return what the table holds, and what it leaves out."""
    if shown == listed:
        return f"{counted(listed, 'document')} listed"
    return f"The first {shown:,} of {listed:,} documents listed; the files that can be taken away hold all of them"
