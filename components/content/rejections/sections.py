"""The parts of an action: where it rejects, where it answers arguments, and where it says what is withdrawn."""

import re
from bisect import bisect_right
from typing import Final, NamedTuple

from components.content.rejections.statutes import statute_of_heading
from components.content.rejections.wording import HEADINGS, QUOTES_THE_LAW, SectionKind

_LONGEST_HEADING: Final = 120
_LINE: Final = re.compile(r"[^\n\f]+")


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
        return Section(start, "ground", statute_of_heading(line).partition("(")[0])
    if len(line) > _LONGEST_HEADING or line.endswith((";", ",")):
        return None
    for kind, pattern in HEADINGS:
        if pattern.fullmatch(line):
            return Section(start, kind, statute_of_heading(line) if kind == "ground" else "")
    return None
