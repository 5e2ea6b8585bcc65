"""The lines under and through words, read from the picture of a page by their place alone.

Amended claims have what is new underlined and what goes struck through (37 CFR 1.121). Engines read words and say
nothing of lines, so these are looked for in the picture: row by row of words, each laid level, long thin runs of ink at
the height where a line under or through them stands. What is none: strokes of letters, which end with the letter; rules
of tables and forms, which go on where no words stand or meet upright ones; dashes, which have no letter above and below.

Where an engine read nothing of what is struck, the mark is that of the word before it (of the word after it at the
beginning of a line), from its end to its end: an empty stretch at the place of the words that are missing.
"""

from collections.abc import Iterator, Sequence
from statistics import median
from typing import Final, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from components.page_reading.engines.engine import Scan
from components.page_reading.rows import Place, Row, quarter_of, rows_of
from components.page_texts import Word, WordMark

Kind = Literal["underlined", "struck"]
_Ink = npt.NDArray[np.bool_]
_Column = npt.NDArray[np.bool_]

_DARK_OF_PAPER: Final = 0.66
"""Share of the paper's tone below which a pixel is ink: the paper may be tinted, a fine line grey."""
_LEAST_TONE: Final = 40.0
# All that follows is in sizes of the row's type, counted downwards from the line on which the letters stand.
_ABOVE, _BELOW = 1.35, 0.62
"""What of the page is looked at above that line, and below it."""
_MARGIN: Final = 1.6
"""What is looked at before the first word and behind the last."""
_STRUCK: Final = (-0.47, -0.10)
"""Where a line through words stands."""
_UNDER: Final = (-0.02, 0.28)
"""Where a line under words stands."""
_SHORTEST: Final[dict[Kind, float]] = {"underlined": 0.30, "struck": 0.75}
_THICKEST: Final = 0.15
_JOINED: Final = 0.45
"""A gap in a line that is one all the same."""
_STEP: Final = 0.055
"""By how much pieces of one line may lie apart up and down."""
_LONG: Final = 2.0
_KEPT_OF_LONG, _KEPT_OF_SHORT = 0.78, 0.95
"""Share of a line that is there: faxes break long lines; short ones that are broken are the feet of letters."""
_LETTERS: Final = 0.6
"""How far above a line letters are looked for."""
_LETTERS_OF_STRUCK: Final = 0.35
_LETTERS_OF_UNDERLINED: Final = 0.3
"""Share of a line's columns in which letters stand."""
_TAILS_OF_LONG, _TAILS_OF_SHORT = 0.35, 0.7
"""Share of the columns below an underline in which something stands: tails of letters, but no letters."""
_TOUCHED: Final = 0.56
"""Share of the columns right above an underline that are dark."""
_APART: Final = 0.02
"""An underline stands at least so far below the letters."""
_DEPTH_OF_SHORT: Final = (0.045, 0.19)
"""So does one below a single letter; what is deeper may be the tail of a letter."""
_FINEST: Final = 0.03
_LONGEST_STROKE: Final = 1.6
"""No stroke of letters that touch one another is longer."""
_MOST_OVER: Final = 0.7
"""A line under words goes on without words no further; those of forms and tables do."""
_WIDEST_BLANK: Final = 0.8
"""Added to that between two words."""
_UPRIGHT: Final = 1.0
"""An upright stroke that is longer is none of a letter."""
_OTHER_TYPE: Final = 1.9
"""Rows whose type is so many times larger than that of the page are read into drawings."""


class _Strip(NamedTuple):
    """A row of words laid level."""

    ink: _Ink
    left: int
    """The column of the page at which it begins."""
    base: int
    """The row in it on which the letters stand."""


class _Line(NamedTuple):
    """A thin level line within a strip."""

    left: int
    right: int
    top: int
    bottom: int
    """The row behind its last."""

    @property
    def middle(self) -> float:
        """Its middle row."""
        return (self.top + self.bottom - 1) / 2


def marks_on(scan: Scan, words: Sequence[Word]) -> tuple[WordMark, ...]:
    """Return the lines under and through the words of a page, in the order of the words.

    Args:
        scan: the picture of the page.
        words: those that were read on it, in reading order.
    """
    pixels = np.frombuffer(scan.pixels, np.uint8).reshape(scan.height, scan.width)
    if not words or not pixels.size:
        return ()
    quarter = quarter_of(words, scan.width, scan.height)
    upright = np.rot90(pixels, -quarter)
    paper = float(np.median(pixels[::16, ::16]))
    tone = max(paper * _DARK_OF_PAPER, _LEAST_TONE)
    height, width = upright.shape
    rows = rows_of(words, quarter=quarter, width=width, height=height, dpi=scan.dpi)
    found: set[WordMark] = set()
    usual = median(row.em for row in rows for _ in row.places) if rows else 0.0
    for row in rows:
        if row.em > _OTHER_TYPE * usual:
            continue
        found.update(_marks_of(row, _strip(upright, row, tone)))
    return tuple(sorted(_united(found)))


def _strip(upright: npt.NDArray[np.uint8], row: Row, tone: float) -> _Strip:
    """Return the part of a page around a row of words, laid level; white where it reaches beyond the page."""
    height, width = upright.shape
    left = max(int(row.places[0].left - _MARGIN * row.em), 0)
    right = min(int(max(place.right for place in row.places) + _MARGIN * row.em), width)
    above, below = round(_ABOVE * row.em), round(_BELOW * row.em)
    ink = np.zeros((above + below, max(right - left, 0)), np.bool_)
    fall = np.rint(row.base + row.slope * np.arange(left, right)).astype(np.intp)
    steps = [0, *(np.flatnonzero(np.diff(fall)) + 1).tolist(), right - left]
    for start, end in zip(steps, steps[1:], strict=False):
        if end <= start:
            continue
        top = int(fall[start]) - above
        first, last = max(top, 0), min(top + above + below, height)
        if first < last:
            ink[first - top : last - top, start:end] = upright[first:last, left + start : left + end] < tone
    return _Strip(ink, left, above)


def _marks_of(row: Row, strip: _Strip) -> Iterator[WordMark]:
    lines = _lines_in(row, strip)
    for kind, line in lines:
        yield from _words_of(row, strip, kind, line)


def _lines_in(row: Row, strip: _Strip) -> list[tuple[Kind, _Line]]:
    """Return the lines of a row that mark something."""
    zones: tuple[tuple[Kind, tuple[float, float]], ...] = (("underlined", _UNDER), ("struck", _STRUCK))
    found: list[tuple[Kind, _Line]] = []
    for kind, (top, bottom) in zones:
        rows = range(strip.base + round(top * row.em), strip.base + round(bottom * row.em) + 1)
        shortest = max(round(_SHORTEST[kind] * row.em), 8)
        pieces = _pieces(strip.ink, rows, shortest)
        for line in _joined(pieces, row.em):
            if line.bottom - line.top <= max(_THICKEST * row.em, 4) and _is_mark(kind, line, row, strip):
                found.append((kind, line))
    return found


def _pieces(ink: _Ink, rows: range, shortest: int) -> list[_Line]:
    """Return the runs of ink of some length in some rows, those that touch from row to row as one."""
    part = ink[rows.start : rows.stop]
    if part.shape[1] < shortest:
        return []
    closed = part.copy()
    closed[:, 1:-1] |= part[:, :-2] & part[:, 2:]  # a pixel that the scanner lost
    edges = np.zeros((part.shape[0], part.shape[1] + 2), np.int8)
    edges[:, 1:-1] = closed
    steps = np.diff(edges, axis=1)
    at, starts = np.nonzero(steps == 1)
    ends = np.nonzero(steps == -1)[1]
    long = ends - starts >= shortest
    pieces: list[_Line] = []
    for top, left, right in zip(at[long].tolist(), starts[long].tolist(), ends[long].tolist(), strict=True):
        line = _Line(left, right, rows.start + top, rows.start + top + 1)
        touching = [piece for piece in pieces if _touch(piece, line)]
        for piece in touching:
            pieces.remove(piece)
            line = _around(piece, line)
        pieces.append(line)
    return pieces


def _touch(piece: _Line, line: _Line) -> bool:
    return line.top <= piece.bottom and piece.left <= line.right + 1 and line.left <= piece.right + 1


def _around(one: _Line, other: _Line) -> _Line:
    return _Line(
        min(one.left, other.left), max(one.right, other.right), min(one.top, other.top), max(one.bottom, other.bottom)
    )


def _joined(pieces: list[_Line], em: float) -> list[_Line]:
    """Return lines, the pieces of one with gaps between them as one."""
    lines: list[_Line] = []
    for piece in sorted(pieces):
        before = next((line for line in reversed(lines) if _goes_on(line, piece, em)), None)
        if before is None:
            lines.append(piece)
        else:
            lines[lines.index(before)] = _around(before, piece)
    return lines


def _goes_on(before: _Line, piece: _Line, em: float) -> bool:
    return piece.left - before.right <= _JOINED * em and abs(before.middle - piece.middle) <= max(_STEP * em, 1.5)


def _is_mark(kind: Kind, line: _Line, row: Row, strip: _Strip) -> bool:
    """Return whether a thin level line marks words, and is no stroke of a letter, dash, or rule of a table."""
    ink = strip.ink[:, line.left : line.right]
    long = (line.right - line.left) / row.em
    kept = float(ink[line.top : line.bottom].any(axis=0).mean())
    if kept < (_KEPT_OF_LONG if long >= _LONG else _KEPT_OF_SHORT) or _is_framed(line, row, strip):
        return False
    above = ink[max(line.top - 2 - round(_LETTERS * row.em), 0) : line.top - 1].any(axis=0)
    below = ink[line.bottom + 1 : line.bottom + 1 + max(round(0.25 * row.em), 2)].any(axis=0)
    if kind == "struck":
        return _is_strike(line, row, strip, above, below)
    return _is_underline(line, row, strip, above, below)


def _is_strike(line: _Line, row: Row, strip: _Strip, above: _Column, below: _Column) -> bool:
    """Return whether letters go on above a line and below it, all along, and it goes on between the letters."""
    if min(above.mean(), below.mean()) < _LETTERS_OF_STRUCK or line.bottom - line.top < _FINEST * row.em:
        return False
    return _overhang(above & below, row.em) <= _MOST_OVER * row.em and _bridges(line, row, strip)


def _bridges(line: _Line, row: Row, strip: _Strip) -> bool:
    """Return whether a line goes on where no letter stands, or is longer than any stroke of letters."""
    if line.right - line.left >= _LONGEST_STROKE * row.em:
        return True
    body = strip.ink[strip.base - round(0.5 * row.em) : strip.base, line.left : line.right].copy()
    start = strip.base - round(0.5 * row.em)
    body[max(line.top - 1 - start, 0) : line.bottom + 1 - start] = False
    return int((~body.any(axis=0)).sum()) >= 0.08 * row.em


def _is_underline(line: _Line, row: Row, strip: _Strip, above: _Column, below: _Column) -> bool:
    """Return whether letters stand above a line, all along, and it is apart from them."""
    long = (line.right - line.left) / row.em
    depth = (line.middle - strip.base) / row.em
    touched = float(strip.ink[line.top - 2, line.left : line.right].mean())
    if above.mean() < _LETTERS_OF_UNDERLINED or below.mean() > (_TAILS_OF_LONG if long >= 4 else _TAILS_OF_SHORT):
        return False
    if touched > _TOUCHED or _overhang(above, row.em) > _MOST_OVER * row.em:
        return False
    return depth >= _APART if long >= 1 else _is_short_underline(line, row, strip, depth, touched)


def _is_short_underline(line: _Line, row: Row, strip: _Strip, depth: float, touched: float) -> bool:
    if not _DEPTH_OF_SHORT[0] <= depth <= _DEPTH_OF_SHORT[1] or touched > 0.12:
        return False
    part = strip.ink[line.top : line.bottom, line.left : line.right]
    return bool(part.mean() >= 0.9) and line.bottom - line.top >= _FINEST * row.em


def _overhang(letters: _Column, em: float) -> int:
    """Return by how many columns a line goes on without letters, before the first of them, behind the last, between."""
    at = np.flatnonzero(letters)
    if not len(at):
        return len(letters)
    bounds = np.concatenate(([-1], at, [len(letters)]))
    gaps = np.diff(bounds) - 1
    inner = int(gaps[1:-1].max()) if len(gaps) > 2 else 0
    return max(int(gaps[0]), int(gaps[-1]), inner - round(_WIDEST_BLANK * em))


def _is_framed(line: _Line, row: Row, strip: _Strip) -> bool:
    """Return whether an upright stroke longer than a letter meets an end of a line, as in tables and boxes."""
    reach = max(round(0.08 * row.em), 2)
    return any(
        _upright(strip.ink[:, max(end - reach, 0) : end + reach], line, row.em) for end in (line.left, line.right)
    )


def _upright(columns: _Ink, line: _Line, em: float) -> bool:
    """Return whether one of a few columns is dark through a line for more than a letter's height."""
    above = columns[: line.top][::-1]
    below = columns[line.bottom :]
    up = np.where(above.all(axis=0), above.shape[0], np.argmin(above, axis=0)) if above.size else np.zeros(1)
    down = np.where(below.all(axis=0), below.shape[0], np.argmin(below, axis=0)) if below.size else np.zeros(1)
    return bool(((up + down) > _UPRIGHT * em).any())


def _words_of(row: Row, strip: _Strip, kind: Kind, line: _Line) -> Iterator[WordMark]:
    left, right = line.left + strip.left, line.right + strip.left
    for place in row.places:
        start, end = max(left, place.left), min(right, place.right)
        if end - start > 0.2 * row.em:
            wide = place.right - place.left
            yield WordMark(place.index, kind, (start - place.left) / wide, (end - place.left) / wide)


def _united(marks: set[WordMark]) -> set[WordMark]:
    return marks
