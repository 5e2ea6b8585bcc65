"""Lists of numbers as they were typed or pasted: in any form, or cells that were copied from a table."""

from dataclasses import dataclass
from typing import Final

from components.numbers.doubles import mark_doubles
from components.numbers.errors import TextRefused, UploadRefused
from components.numbers.model import Number, Standing
from components.numbers.spreadsheets.csv_tables import delimiter_of_table, rows_of_csv
from components.numbers.spreadsheets.headings import OWN_ROLES, heading_of
from components.numbers.spreadsheets.table_rows import TableNumbers, numbers_of_table
from components.numbers.text import parsing, runs
from components.words import shortened

MOST_CHARACTERS: Final = 1_000_000
"""A typed or pasted text has fewer: 10,000 numbers of 100 characters each, more than most addresses of them have."""
_TOO_LONG = (
    "The text is longer than 1,000,000 characters; 10,000 numbers take far fewer. Keep only the numbers, or upload "
    "them as a file of at most 2 MB."
)
_SHOWN = 60
"""Characters of a refused text that are shown."""


@dataclass(frozen=True, slots=True)
class NumberList:
    """The numbers of a text or a file, and what of it was left."""

    numbers: tuple[Number, ...]
    remarks: tuple[str, ...] = ()
    """Sentences for the user: which column of a table was read, which were left, and why. Untrusted text is in them."""


def parse(text: str) -> list[Number]:
    """Read the numbers in any text: typed or pasted, in any form and mix.

    Never raises. The order is kept; repeated numbers are marked as doubled. The list is empty if nothing is, or looks
    like, a number. A text that is too much for a list of numbers is one item, which is refused.
    """
    try:
        return read_text(text)
    except TextRefused as refused:
        return [Number(shortened(text[:_SHOWN].strip(), _SHOWN - 1), Standing.REFUSED, (), str(refused))]


def read_text(text: str) -> list[Number]:
    """Return the numbers of a text as `read_typed` does, without its remarks.

    Raises:
        TextRefused: see `read_typed`.
    """
    return list(read_typed(text).numbers)


def read_typed(text: str) -> NumberList:
    """Return the numbers of a typed or pasted text, and what of it was left.

    Cells that were copied from a table with headings are read like an uploaded table.

    Args:
        text: fewer than 1,000,000 characters with at most 10,000 numbers.

    Raises:
        TextRefused: it is too long, holds too many numbers, or too much besides.
    """
    if len(text) >= MOST_CHARACTERS:
        raise TextRefused(_TOO_LONG)
    found = numbers_of_text(text)
    return NumberList(tuple(mark_doubles(found.numbers)), tuple(found.remarks))


def numbers_of_text(text: str) -> TableNumbers:
    """Return the numbers of a text, doubles not yet marked; a heading above them is passed over.

    Raises:
        TextRefused: it holds too many numbers, or too much besides.
    """
    delimiter = delimiter_of_table(text)
    if delimiter:
        try:
            table = numbers_of_table(rows_of_csv(text, delimiter))
        except UploadRefused:
            table = TableNumbers()
        if table.is_headed:
            return table
    first, _, rest = text.lstrip().partition("\n")
    if rest and heading_of(first).role in OWN_ROLES and not runs.is_heading(first):
        text = rest
    return TableNumbers(list(parsing.numbers_in(text)))
