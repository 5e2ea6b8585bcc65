"""The documents listed as a table for print: the grid on the screen is a canvas that draws only the rows in sight."""

from collections.abc import Callable
from typing import Any, Final

import pandas as pd

from components.ui.app.browser_scripts import mount_script
from components.ui.review.filters import SIDE_LABELS
from components.words import counted, day, shortened

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
        "Date": _in_words(shown["date"], day),
        "Code": _in_words(shown["code"], _in_one_line),
        "Description": _in_words(shown["description"], lambda text: _in_one_line(shortened(text, _LONGEST))),
        "Side": _in_words(shown["side"], lambda side: SIDE_LABELS.get(side, "")),
        "Round": _in_words(shown["round"], str),
        "Pages": _in_words(shown["pages"], "{:,d}".format),
    }
    if len(numbers) > 1:
        columns = {"Patent": _in_words(shown["history"], lambda key: _in_one_line(numbers[key])), **columns}
    mount_script(
        "print_table",
        key="print_table",
        data={
            "caption": _caption(len(shown), len(documents)),
            "columns": list(columns),
            # One text rather than lists: it is written and read many times faster.
            "rows": "\n".join(map("\t".join, zip(*columns.values(), strict=True))),
        },
        height="content",
    )


def _in_words(column: pd.Series, words: Callable[[Any], str]) -> list[str]:
    """Return each value in words, a missing one as nothing; each different value is written once."""
    places, values = pd.factorize(column)
    written = [words(value) for value in values.tolist()]
    written.append("")  # the place of what is missing is -1
    return [written[place] for place in places.tolist()]


def _in_one_line(text: str) -> str:
    """Return a text that ends no cell and no row: its white space becomes single blanks."""
    return " ".join(text.split())


def _caption(shown: int, listed: int) -> str:
    """Return what the table holds, and what it leaves out."""
    if shown == listed:
        return f"{counted(listed, 'document')} listed"
    return f"The first {shown:,} of {listed:,} documents listed; the files that can be taken away hold all of them"
