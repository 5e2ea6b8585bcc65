"""The parts of an action: where it rejects, where it answers arguments, and where it says what is withdrawn."""

import re
from bisect import bisect_right
from functools import cache
from pathlib import Path
from typing import Final, Literal, NamedTuple

from components.content.rejections.statutes import statute_of_heading
from components.content.rejections.wording import QUOTES_THE_LAW
from components.rule_tables import Row, RuleTableBroken, load_csv

SectionKind = Literal["ground", "answer", "gone", "other"]
"""What a part of an action does: it rejects, answers arguments, says what is withdrawn, or something else."""

_TABLE: Final = Path(__file__).with_name("headings.csv")
_BEFORE_A_HEADING: Final = r"[\s#*_\d.()|\u2022\[\]-]{0,14}"
_BEHIND_A_HEADING: Final = r"[\s:.*_#]{0,6}"
_LONGEST_HEADING: Final = 120
_LONGEST_QUOTATION: Final = 300
"""A longer line is a text without line ends, which quotes more than one law."""
_LINE: Final = re.compile(r"[^\n\f]+")


class _Heading(Row):
    """The words of a heading, and what part of an action it opens."""

    kind: SectionKind
    words: str
    """A pattern for the whole line, blanks being single ones."""
    source: str


@cache
def _headings() -> tuple[tuple[SectionKind, re.Pattern[str]], ...]:
    rows = load_csv(_TABLE, _Heading)
    return tuple(
        (row.kind, re.compile(_BEFORE_A_HEADING + f"(?:{row.words})" + _BEHIND_A_HEADING, re.IGNORECASE))
        for row in rows
    )


def check_headings() -> None:
    """Check the table of headings.

    Raises:
        RuleTableBroken: it is damaged, or holds what is no pattern.
    """
    for row in load_csv(_TABLE, _Heading):
        try:
            re.compile(row.words)
        except re.error as error:
            problem = f"{row.words!r} is no pattern ({error}). Mend that cell."
            raise RuleTableBroken(_TABLE.name, problem, line=row.line, column="words") from None


class Section(NamedTuple):
    """A part of an action, from its heading on."""

    start: int
    kind: SectionKind
    statute: str = ""
    """The statute that its heading, or the quotation of the law in it, names."""


class Sections:
    """The parts of one action, in order."""

    def __init__(self, text: str) -> None:
        found = [Section(0, "other")]
        for line in _LINE.finditer(text):
            section = _section(line[0].strip(), line.start())
            if section is None:
                continue
            if section.kind == "ground" and not section.statute and found[-1].kind == "ground":
                section = section._replace(statute=found[-1].statute)
            found.append(section)
        self._found = found
        self._starts = [section.start for section in found]

    def at(self, offset: int) -> Section:
        """Return the part in which a place of the text stands."""
        return self._found[bisect_right(self._starts, offset) - 1]


def _section(line: str, start: int) -> Section | None:
    if QUOTES_THE_LAW.search(line):
        statute = statute_of_heading(line).partition("(")[0] if len(line) <= _LONGEST_QUOTATION else ""
        return Section(start, "ground", statute)
    if len(line) > _LONGEST_HEADING or line.endswith((";", ",")):
        return None
    flat = " ".join(line.split())
    for kind, pattern in _headings():
        if pattern.fullmatch(flat):
            return Section(start, kind, statute_of_heading(line) if kind == "ground" else "")
    return None
