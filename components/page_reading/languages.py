"""The languages in which an office's papers are written, as engines name them."""

from pathlib import Path
from typing import Annotated, Final

from pydantic import Field

from components.rule_tables import BY_BLANKS, Row, load_csv, refuse_absence, refuse_repetition

LANGUAGES: Final = Path(__file__).resolve().parent / "languages.csv"
_ANY_OFFICE: Final = "*"
_Language = Annotated[str, Field(pattern=r"^[a-z]{3}(_[a-z]{3,4})?$")]


class OfficeLanguages(Row):
    """The languages of an office's papers, and where that stands."""

    office: Annotated[str, Field(pattern=r"^([A-Z]{2}|\*)$")]
    """Two letters, or `*` for all others."""
    languages: Annotated[tuple[_Language, ...], Field(min_length=1), BY_BLANKS]
    """The first is the most likely one."""
    source: Annotated[str, Field(min_length=1)]


def languages_of(office: str) -> tuple[str, ...]:
    """Return the languages that papers of an office may be in, the most likely first: `("eng", "deu", "fra")`.

    Args:
        office: two letters; those of an office without a row have the languages of `*`.

    Raises:
        RuleTableBroken: the table is damaged; `check_rule_tables` finds that when the app starts.
    """
    rows: dict[str, tuple[str, ...]] = {row.office: row.languages for row in load_csv(LANGUAGES, OfficeLanguages)}
    return rows.get(office.upper(), rows[_ANY_OFFICE])


def check_rule_tables() -> None:
    """Load this room's rule table, so that a damaged one is found when the app starts.

    Raises:
        RuleTableBroken: the table is damaged; the message names file, line and column.
    """
    rows = load_csv(LANGUAGES, OfficeLanguages)
    refuse_repetition(LANGUAGES.name, rows, lambda row: row.office, column="office")
    refuse_absence(LANGUAGES.name, (row.office for row in rows), [_ANY_OFFICE], column="office")
