"""The lines under and through words, read from the picture of a page by their place alone.

Amended claims have what is new underlined and what goes struck through (37 CFR 1.121). Engines read words and say
nothing of lines, so these are looked for in the picture: row by row of words, each laid level, long thin runs of ink at
the height where a line under or through them stands. What is none: strokes of letters, which end with the letter; rules
of tables and forms, which go on where no words stand or meet upright ones; dashes, which have no letters above and
below them.

Where an engine read nothing of what is struck, the mark is that of the word before it (of the word after it at the
beginning of a line), from its end to its end: an empty stretch at the place of the words that are missing.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
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
_ZONES: Final[dict[Kind, tuple[float, float]]] = {"underlined": (-0.02, 0.28), "struck": (-0.40, -0.15)}
"""Where a line under words stands, and one through them."""
_SHORTEST: Final[dict[Kind, float]] = {"underlined": 0.30, "struck": 0.75}
_THICKEST: Final = 0.17
_ASKEW: Final = 0.08
"""So much further a long line may reach up and down that is not level."""
_JOINED: Final = 0.45
"""A gap in a line that is one all the same."""
_GAP: Final = 0.35
"""It is no longer than this share of the pieces beside it."""
_STEP: Final = 0.055
"""By how much pieces of one line may lie apart up and down."""
_LONG: Final = 2.0
_KEPT_OF_LONG, _KEPT_OF_SHORT = 0.78, 0.95
"""Share of a line that is there: faxes break long lines; short ones that are broken are the feet of letters."""
_BELOW_FEET: Final = 0.05
"""Above this an underline that is broken may be the feet of letters."""
_LETTERS: Final = 0.6
"""How far above a line letters are looked for."""
_LETTERS_OF_STRUCK: Final = 0.35
_LETTERS_OF_UNDERLINED: Final = 0.3
"""Share of a line's columns in which letters stand."""
_TAILS: Final = 0.25
"""How far below an underline something is looked for."""
_MANY_LETTERS: Final = 4.0
_TAILS_OF_LONG, _TAILS_OF_SHORT = 0.35, 0.7
"""Share of the columns below an underline in which something stands: tails of letters, but no letters."""
_TOUCHED: Final = 0.56
"""Share of the columns right above an underline that are dark."""
_TOUCHED_AT_FEET: Final = 0.15
_APART: Final = 0.02
"""An underline stands at least so far below the letters."""
_DEPTH_OF_SHORT: Final = (0.045, 0.24)
"""So does one below a single letter; what is deeper may be the tail of a letter."""
_TOUCHED_IF_SHORT: Final = 0.02
_LIKE_OTHERS: Final = 0.035
"""By how much the depth of a short underline may differ from that of the long ones of its page."""
_FINEST: Final = 0.03
_BESIDE: Final = 0.06
"""How far above and below a line through words it is looked at whether letters stand beside it."""
_MOST_BESIDE: Final = 0.68
_BARE_OF_WHOLE, _BARE_OF_PART = 0.25, 0.5
"""In what share of it none do, at least: of one through whole words, and of one that ends within a word."""
_SHORT_OF_WORD: Final = 0.25
_LEAST_OF_WORD: Final = 0.2
"""What a line covers of a word at least, to mark it."""
_NEARLY_WHOLE: Final = 0.8
_NEAR_WORD: Final = 0.18
"""Beside a word a line that strikes it may go on."""
_LEAST_UNREAD: Final = 0.5
"""Length of struck letters that were not read."""
_LEAST_BLANK: Final = 0.21
"""Between two words; letters stand closer."""
_WIDEST_SIGN: Final = 0.35
"""A comma or a bracket, which may stand apart from its word, is not wider."""
_ABOVE_LETTERS: Final = 0.72
_MEET: Final = 0.1
"""Share of a word between two lines that mark it together."""
_WIDTHS: Final = dict.fromkeys("iljtfI.,;:'|!()[]-1", 0.6) | dict.fromkeys("mwMW@%", 1.6)
"""How wide letters are, where they are not as wide as most."""
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
_MOST_LOOKED_AT: Final = 6
"""Pages' sizes of all strips together; those of a page of print come to two."""
_MOST_PIECES: Final = 400
"""In a strip: what has more is hatched, and its strokes are no lines of writing."""
_DOUBTED: Final = 60
_DOUBTED_TYPE: Final = (0.88, 1.2)
"""So are those of which the engine is not sure, in per cent, and whose type is not that of the page."""


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


class _Found(NamedTuple):
    """A line that marks words of a row."""

    kind: Kind
    line: _Line
    row: Row
    strip: _Strip

    @property
    def long(self) -> float:
        """Its length in sizes of type."""
        return (self.line.right - self.line.left) / self.row.em

    @property
    def depth(self) -> float:
        """How far below the letters it stands, in sizes of type."""
        return (self.line.middle - self.strip.base) / self.row.em

    @property
    def touched(self) -> float:
        """In what share of it letters come down to it."""
        return float(self.strip.ink[self.line.top - 2, self.line.left : self.line.right].mean())


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
    usual = median(row.em for row in rows for _ in row.places) if rows else 0.0
    lines: list[_Found] = []
    for row in _looked_at(rows, usual, pixels.size):
        lines += _lines_in(row, _strip(upright, row, tone))
    marks = [mark for found in _believed(lines) for mark in _marks_of(found)]
    return tuple(_united(marks))


def _looked_at(rows: Sequence[Row], usual: float, pixels: int) -> Iterator[Row]:
    """Yield the rows that are writing, as far as they are not more than any page holds: words may lie on one another.

    Args:
        rows: of a page.
        usual: the size of its type.
        pixels: of the page.
    """
    left = float(_MOST_LOOKED_AT * pixels)
    for row in rows:
        if _is_writing(row, usual):
            wide = max(place.right for place in row.places) - row.places[0].left + 2 * _MARGIN * row.em
            left -= wide * (_ABOVE + _BELOW) * row.em
            if left < 0:
                return
            yield row


def _is_writing(row: Row, usual: float) -> bool:
    """Return whether the words of a row are some, and not read into a drawing: by their size, and how sure they are."""
    least, most = _DOUBTED_TYPE if row.confidence < _DOUBTED else (0.0, _OTHER_TYPE)
    return least * usual <= row.em <= most * usual


def _strip(upright: npt.NDArray[np.uint8], row: Row, tone: float) -> _Strip:
    """Return the part of a page around a row of words, laid level; white where it reaches beyond the page."""
    height, width = upright.shape
    left = max(int(row.places[0].left - _MARGIN * row.em), 0)
    right = min(int(max(place.right for place in row.places) + _MARGIN * row.em), width)
    above, below = round(_ABOVE * row.em), round(_BELOW * row.em)
    ink = np.zeros((above + below, max(right - left, 0)), np.bool_)
    fall = np.rint(row.base + row.slope * np.arange(left, right)).astype(np.intp)
    steps = [0, *(np.flatnonzero(np.diff(fall)) + 1).tolist(), right - left]
    for start, end in pairwise(steps):
        if end <= start:
            continue
        top = int(fall[start]) - above
        first, last = max(top, 0), min(top + above + below, height)
        if first < last:
            ink[first - top : last - top, start:end] = upright[first:last, left + start : left + end] < tone
    return _Strip(ink, left, above)


def _lines_in(row: Row, strip: _Strip) -> list[_Found]:
    """Return the lines of a row that mark something."""
    found: list[_Found] = []
    for kind, (top, bottom) in _ZONES.items():
        rows = range(strip.base + round(top * row.em), strip.base + round(bottom * row.em) + 1)
        pieces = _pieces(strip.ink, rows, max(round(_SHORTEST[kind] * row.em), 8))
        for line, parts in _joined(pieces, row.em):
            whole = [line] if _is_mark(kind, line, row, strip) else parts if len(parts) > 1 else []
            found += [_Found(kind, one, row, strip) for one in whole if one is line or _is_mark(kind, one, row, strip)]
    return found


def _believed(lines: Sequence[_Found]) -> list[_Found]:
    """Return the lines without the short ones that are not like the long ones of their page.

    Below a single letter a line is no longer than the tail of a g or the foot of a p.
    """
    depths = [found.depth for found in lines if found.kind == "underlined" and found.long >= 1]
    return [found for found in lines if found.kind == "struck" or found.long >= 1 or _is_like(found.depth, depths)]


def _is_like(depth: float, depths: Sequence[float]) -> bool:
    return not depths or min(abs(depth - other) for other in depths) <= _LIKE_OTHERS


def _pieces(ink: _Ink, rows: range, shortest: int) -> list[_Line]:
    """Return the runs of ink of some length in some rows, those that touch from row to row as one."""
    part = ink[rows.start : rows.stop]
    if part.shape[1] < shortest:
        return []
    closed = part.copy()
    closed[:, 1:-1] |= part[:, :-2] & part[:, 2:]  # one or two pixels that the scanner lost
    closed[:, 1:-2] |= part[:, :-3] & part[:, 3:]
    closed[:, 2:-1] |= part[:, :-3] & part[:, 3:]
    edges = np.zeros((part.shape[0], part.shape[1] + 2), np.int8)
    edges[:, 1:-1] = closed
    steps = np.diff(edges, axis=1)
    at, starts = np.nonzero(steps == 1)
    ends = np.nonzero(steps == -1)[1]
    long = ends - starts >= shortest
    if np.count_nonzero(long) > _MOST_PIECES:
        return []
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


def _joined(pieces: list[_Line], em: float) -> list[tuple[_Line, list[_Line]]]:
    """Return lines, the pieces of one with gaps between them as one, and the pieces of each."""
    lines: list[tuple[_Line, list[_Line]]] = []
    for piece in sorted(pieces):
        place = next((at for at in reversed(range(len(lines))) if _goes_on(lines[at][1][-1], piece, em)), None)
        if place is None:
            lines.append((piece, [piece]))
        else:
            line, parts = lines[place]
            lines[place] = (_around(line, piece), [*parts, piece])
    return lines


def _goes_on(before: _Line, piece: _Line, em: float) -> bool:
    """Return whether a piece goes on with a line behind a gap, which is small beside both."""
    gap = min(_JOINED * em, _GAP * min(before.right - before.left, piece.right - piece.left))
    return piece.left - before.right <= gap and abs(before.middle - piece.middle) <= max(_STEP * em, 1.5)


def _is_mark(kind: Kind, line: _Line, row: Row, strip: _Strip) -> bool:
    """Return whether a thin level line marks words, and is no stroke of a letter, dash, or rule of a table."""
    found = _Found(kind, line, row, strip)
    if _is_thick(found) or _is_broken(found) or _is_framed(line, row, strip):
        return False
    ink = strip.ink[:, line.left : line.right]
    above = _any(ink[max(line.top - 2 - round(_LETTERS * row.em), 0) : line.top - 1])
    below = _any(ink[line.bottom + 1 : line.bottom + 1 + max(round(_TAILS * row.em), 2)])
    return _is_strike(found, above, below) if kind == "struck" else _is_underline(found, above, below)


def _is_thick(found: _Found) -> bool:
    """Return whether a line is too thick to mark words.

    A long one that lies askew to its row by a dot or two reaches over more rows than it is thick.
    """
    line, em = found.line, found.row.em
    most = max(_THICKEST * em, 4)
    if line.bottom - line.top <= most:
        return False
    if found.long < _MANY_LETTERS or line.bottom - line.top > most + _ASKEW * em:
        return True
    columns = found.strip.ink[line.top : line.bottom, line.left : line.right].sum(axis=0)
    return bool(np.median(columns) > _THICKEST * em)


def _is_broken(found: _Found) -> bool:
    """Return whether too much of a line is missing: then it is strokes of several letters, perhaps their feet."""
    line = found.line
    kept = float(_any(found.strip.ink[line.top : line.bottom, line.left : line.right]).mean())
    may_break = found.long >= _LONG and (found.kind == "struck" or found.depth >= _BELOW_FEET)
    return kept < (_KEPT_OF_LONG if may_break else _KEPT_OF_SHORT)


def _any(ink: _Ink) -> _Column:
    """Return which columns hold ink."""
    columns: _Column = np.asarray(ink.any(axis=0), np.bool_)
    return columns


def _is_strike(found: _Found, above: _Column, below: _Column) -> bool:
    """Return whether letters go on above a line and below it, all along, and it goes on between the letters."""
    em = found.row.em
    if min(above.mean(), below.mean()) < _LETTERS_OF_STRUCK or _overhang(above | below, em) > _MOST_OVER * em:
        return False
    if found.long < _LONGEST_STROKE and found.line.bottom - found.line.top < _FINEST * em:
        return False
    return _bare(found) >= (_BARE_OF_WHOLE if _is_whole(found) else _BARE_OF_PART)


def _bare(found: _Found) -> float:
    """Return in what share of a line nothing stands right above it and right below it.

    So it is between letters and within round ones; bars of letters that touch one another, as in dark copies of small
    print, have the letters' stems beside them.
    """
    line, ink = found.line, found.strip.ink
    reach = max(round(_BESIDE * found.row.em), 1)
    above = ink[max(line.top - reach, 0), line.left : line.right]
    below = ink[min(line.bottom + reach - 1, ink.shape[0] - 1), line.left : line.right]
    if max(above.mean(), below.mean()) > _MOST_BESIDE:
        return 0.0
    return float((~above & ~below).mean())


def _is_whole(found: _Found) -> bool:
    """Return whether a line goes from the beginning of a word to the end of one."""
    left, right = found.line.left + found.strip.left, found.line.right + found.strip.left
    em = found.row.em
    words = [
        place for place in found.row.places if min(place.right, right) - max(place.left, left) > _LEAST_OF_WORD * em
    ]
    return not words or max(left - words[0].left, words[-1].right - right) <= _SHORT_OF_WORD * em


def _is_underline(found: _Found, above: _Column, below: _Column) -> bool:
    """Return whether letters stand above a line, all along, and it is apart from them."""
    em = found.row.em
    if above.mean() < _LETTERS_OF_UNDERLINED or found.touched > _TOUCHED or _overhang(above, em) > _MOST_OVER * em:
        return False
    if below.mean() > (_TAILS_OF_LONG if found.long >= _MANY_LETTERS else _TAILS_OF_SHORT):
        return False
    if found.long < _LONG and found.depth < _BELOW_FEET and found.touched > _TOUCHED_AT_FEET:
        return False
    return found.depth >= _APART if found.long >= 1 else _is_short_underline(found)


def _is_short_underline(found: _Found) -> bool:
    if not _DEPTH_OF_SHORT[0] <= found.depth <= _DEPTH_OF_SHORT[1] or found.touched > _TOUCHED_IF_SHORT:
        return False
    line = found.line
    part = found.strip.ink[line.top : line.bottom, line.left : line.right]
    return bool(part.mean() >= 0.9) and line.bottom - line.top >= _FINEST * found.row.em


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


def _marks_of(found: _Found) -> Iterator[WordMark]:
    """Yield what a line marks: words, parts of words, and what stands between words and was not read."""
    em = found.row.em
    left, right = float(found.line.left + found.strip.left), float(found.line.right + found.strip.left)
    for place in found.row.places:
        start, end = max(left, place.left), min(right, place.right)
        wide = place.right - place.left
        # A short line through a part of a word may be a hyphen with the bars of the letters beside it.
        least = min(_LEAST_OF_WORD * em, 0.5 * wide) if _may_be_part(found) else _NEARLY_WHOLE * wide
        if end - start > least and _is_beside(found, place):
            yield WordMark(place.word, found.kind, *_shares(found, place, start, end))
    if found.kind == "struck":
        yield from _unread(found)


def _may_be_part(found: _Found) -> bool:
    return found.kind == "underlined" or found.long >= _LONGEST_STROKE


def _is_beside(found: _Found, place: Place) -> bool:
    """Return whether a word of a row stands where the line is: some rows hold words of several heights."""
    middle = found.strip.left + (found.line.left + found.line.right) / 2
    row = found.row.base_at(middle) + found.line.middle - found.strip.base
    row += found.row.slope * (place.middle - middle)
    below = 0.45 * found.row.em if found.kind == "underlined" else 0.0
    return bool(place.top < row < place.bottom + below)


def _shares(found: _Found, place: Place, start: float, end: float) -> tuple[float, float]:
    """Return which part of a word lies between two columns.

    It is all of it where less than half a letter is left out, and where a line ends in the blank behind the word, for
    which an engine has made its box too wide.
    """
    wide = place.right - place.left
    widths = [_WIDTHS.get(letter, 1.0) for letter in place.text]
    first, last = (max(width / sum(widths) / 2, 0.08 * found.row.em / wide) for width in (widths[0], widths[-1]))
    left, right = (start - place.left) / wide, (end - place.left) / wide
    sign = _WIDEST_SIGN * found.row.em / wide
    return (
        0.0 if left <= first or (left > sign and _is_blank(found, start)) else left,
        1.0 if right >= 1 - last or (1 - right > sign and _is_blank(found, end)) else right,
    )


def _is_blank(found: _Found, column: float) -> bool:
    """Return whether there is a blank between words at a column, not only one between letters."""
    strip, line, em = found.strip, found.line, found.row.em
    at, reach = round(column) - strip.left, round(_LEAST_BLANK * em)
    body = strip.ink[strip.base - round(_ABOVE_LETTERS * em) : strip.base, max(at - reach, 0) : at + reach].copy()
    top = line.top - strip.base + round(_ABOVE_LETTERS * em)
    body[max(top - 1, 0) : max(top + line.bottom - line.top + 1, 0)] = False
    blank = np.concatenate(([0], (~body.any(axis=0)).astype(np.int8), [0]))
    edges = np.flatnonzero(np.diff(blank))
    return bool((np.diff(edges)[::2] >= reach).any()) if len(edges) else False


def _unread(found: _Found) -> Iterator[WordMark]:
    """Yield empty marks where letters are struck that no word holds."""
    em, strip, line = found.row.em, found.strip, found.line
    places = found.row.places
    free = np.ones(line.right - line.left, np.bool_)
    for place in places:
        edges = (place.left - _NEAR_WORD * em, place.right + _NEAR_WORD * em)
        start, end = (max(round(edge) - strip.left - line.left, 0) for edge in edges)
        free[start:end] = False
    steps = np.flatnonzero(np.diff(np.concatenate(([0], free.astype(np.int8), [0]))))
    for start, end in zip(steps[::2].tolist(), steps[1::2].tolist(), strict=True):
        ink = strip.ink[:, line.left + start : line.left + end]
        above = _any(ink[line.top - 2 - round(0.25 * em) : line.top - 1])
        below = _any(ink[line.bottom + 1 : strip.base])
        if end - start < _LEAST_UNREAD * em or min(above.mean(), below.mean()) < _LETTERS_OF_STRUCK:
            continue
        before = [place.word for place in places if place.middle < strip.left + line.left + start]
        last = before[-1] if before else found.row.before
        yield WordMark(places[0].word, "struck", 0.0, 0.0) if last is None else WordMark(last, "struck", 1.0, 1.0)


def _united(marks: Sequence[WordMark]) -> Iterator[WordMark]:
    """Yield marks in the order of the words, those of one word and kind that meet as one: a line may be double."""
    last: WordMark | None = None
    for mark in sorted(set(marks)):
        if last is not None and last[:2] == mark[:2] and mark.left <= last.right + _MEET:
            last = last._replace(right=max(last.right, mark.right))
            continue
        if last is not None:
            yield last
        last = mark
    if last is not None:
        yield last
