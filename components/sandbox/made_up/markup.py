"""How the texts of the made-up papers are written down, and how they are read.

A paragraph is a run of lines up to an empty one. What a line begins with says more:

```
# words            heading in the middle, bold            ^ words          line in the middle
## words           heading on the left, bold              > words          indented, >> twice
[+words+]          underlined: added by an amendment      [-words-]        struck through: deleted
**words**          bold                                   [ ] [x] [~]      a box of a form, empty or ticked; wide room
%running NAME LEFT || RIGHT    a line at the head of each page of that name; {page} is its number
%page [NAME [FIRST]]           a new page; NAME says what runs at its head, FIRST its first number
%set size=11 leading=1.6 first=36 font=serif      until it is set again
%look scan         the pages from here on are written in another way than the list says
%table 30 70       cells divided by ||, a row a line, up to %end; %plain 30 70 has no rules
%figure 300        a drawing of that height up to %end: line, box, circle and label with their numbers
%rule  %gap 12     a line across the page; room
```
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

from components.sandbox.errors import RecordingsDamaged
from components.sandbox.made_up.sheets import Look

Mark = Literal["", "added", "deleted", "empty box", "ticked box", "room"]
_INLINE = re.compile(r"(\[\+|\+\]|\[-|-\]|\*\*|\[x\]|\[ \]|\[~\])")
_OPENS: dict[str, Mark] = {"[+": "added", "[-": "deleted", "+]": "", "-]": ""}
_SIGNS: dict[str, Mark] = {"[ ]": "empty box", "[x]": "ticked box", "[~]": "room"}
_INDENT = 30.0


class Piece(NamedTuple):
    """A word or a part of one, in one style."""

    text: str
    bold: bool
    mark: Mark
    spaced: bool
    """Whether a space stands before it; parts of one word have none."""


Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words that are set in lines."""

    words: Line
    centred: bool = False
    indent: float = 0.0
    plain: bool = True
    """Whether its first line may be indented: no heading, not in the middle."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, with rules around them or without."""

    shares: tuple[float, ...]
    rows: tuple[tuple[Line, ...], ...]
    ruled: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing: a command a line."""

    height: float
    commands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Command:
    """A line that begins with %, other than those of a block."""

    name: str
    rest: str


Block = Paragraph | Table | Figure | Command


def parse(text: str) -> list[Block]:
    """Return the blocks of a paper in their order.

    Raises:
        RecordingsDamaged: a table or a figure has no end.
    """
    blocks: list[Block] = []
    gathered: list[str] = []
    lines = iter(text.splitlines())
    for line in lines:
        if line.strip() and not line.startswith("%"):
            gathered.append(line.strip())
            continue
        if gathered:
            blocks.append(_paragraph(" ".join(gathered)))
            gathered = []
        if line.startswith("%"):
            blocks.append(_command(line[1:], lines))
    if gathered:
        blocks.append(_paragraph(" ".join(gathered)))
    return blocks


def words_of(text: str, *, bold: bool = False) -> Line:
    """Return the words of a text with their styles."""
    pieces: list[Piece] = []
    mark: Mark = ""
    spaced = False
    for part in _INLINE.split(text):
        if part in _OPENS:
            mark = _OPENS[part]
        elif part == "**":
            bold = not bold
        elif part in _SIGNS:
            pieces.append(Piece(part, bold, _SIGNS[part], spaced))
            spaced = False
        else:
            pieces += _split(part, bold, mark, spaced)
            spaced = part[-1:].isspace() or (spaced and not part)
    return tuple(pieces)


def _split(text: str, bold: bool, mark: Mark, spaced: bool) -> Iterator[Piece]:
    """Yield the words between two signs; `spaced` says whether a space went before."""
    for index, word in enumerate(text.split()):
        yield Piece(word, bold, mark, spaced if index == 0 and not text[0].isspace() else True)


def _paragraph(text: str) -> Paragraph:
    """Return a paragraph as its first signs say."""
    sign, _, rest = text.partition(" ")
    if sign == "#":
        return Paragraph(words_of(rest, bold=True), centred=True, plain=False)
    if sign == "##":
        return Paragraph(words_of(rest, bold=True), plain=False)
    if sign == "^":
        return Paragraph(words_of(rest), centred=True, plain=False)
    if sign and set(sign) == {">"}:
        return Paragraph(words_of(rest), indent=_INDENT * len(sign), plain=False)
    return Paragraph(words_of(text))


def _command(line: str, lines: Iterator[str]) -> Block:
    """Return what a line with % asks for; a table or a figure takes the lines up to its end."""
    name, _, rest = line.strip().partition(" ")
    if name in ("table", "plain"):
        shares = tuple(float(share) for share in rest.split())
        rows = tuple(tuple(words_of(cell.strip()) for cell in row.split("||")) for row in _up_to_end(lines, name))
        return Table(shares, rows, ruled=name == "table")
    if name == "figure":
        return Figure(float(rest), tuple(_up_to_end(lines, name)))
    return Command(name, rest.strip())


def _up_to_end(lines: Iterator[str], name: str) -> list[str]:
    """Return the lines up to `%end`."""
    inside: list[str] = []
    for line in lines:
        if line.strip() == "%end":
            return inside
        inside.append(line)
    raise RecordingsDamaged(f"A made-up paper has a {name} without an end.")


def look_named(name: str) -> Look:
    """Return a way of writing pages by its name.

    Raises:
        RecordingsDamaged: there is none of that name.
    """
    for look in get_args(Look):
        if look == name:
            return look  # type: ignore[no-any-return]
    raise RecordingsDamaged(f"A made-up paper is to be written as {name!r}, which is none of {get_args(Look)}.")
