"""What an office's own language says where the sentence is the same for all: `office_words.csv`.

The words for a key are those of the office, or of `*` where it has none. `{}` stands for what the sentence fills in.
"""

from functools import cache
from typing import Final

from components.prosecution.law.rule_files import ANY_OFFICE, Filled, read_rule_table
from components.rule_tables import Row, RuleTableBroken, refuse_repetition

OFFICE_WORDS_FILE: Final = "office_words.csv"


class OfficeWords(Row):
    """The words of an office for a key: one row of `office_words.csv`."""

    office: Filled
    """`*`: of any without a row of its own."""
    key: Filled
    words: str
    """May be empty, where the office says nothing there."""
    source: Filled


def office_words_rows() -> tuple[OfficeWords, ...]:
    """Read `office_words.csv`.

    Raises:
        RuleTableBroken: a cell is empty that says something, or a key stands there twice for an office.
    """
    rows = read_rule_table(OFFICE_WORDS_FILE, OfficeWords)
    refuse_repetition(OFFICE_WORDS_FILE, rows, lambda row: (row.office, row.key), column="key")
    return rows


@cache
def words_for(office: str, key: str) -> str:
    """Return what an office says for a key: `words_for("EP", "revived")` is "loss of rights undone".

    Raises:
        RuleTableBroken: neither the office nor `*` has the key.
    """
    words = own_words_for(office, key)
    if words is not None:
        return words
    raise RuleTableBroken(
        OFFICE_WORDS_FILE, f"It has no row of {office!r} or of '*' for {key!r}. Add one.", column="key"
    )


@cache
def own_words_for(office: str, key: str) -> str | None:
    """Return what an office, or else `*`, says for a key; `None` if neither has it.

    Raises:
        RuleTableBroken: `office_words.csv` cannot be used.
    """
    rows = {row.office: row.words for row in office_words_rows() if row.key == key}
    return rows.get(office, rows.get(ANY_OFFICE))
