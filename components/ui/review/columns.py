"""Which columns the table of documents shows in the width that it has, and how wide each is.

Streamlit lets all columns of a stretched table grow alike. So the widths given here sum to that of the table, and what
the other columns leave is the description's.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

DATE: Final = "Date (sent/received)"
HIDEABLE: Final = (
    "No.", DATE, "Code", "Description", "Category", "Side", "Round", "Pages", "PDF", "Original", "Read", "Note",
)  # fmt: skip
"""The columns that can be hidden, in the order of Patent Center; some are there only where they have something to
show."""
ORDER: Final = ("Open", "No.", "Patent", "Group", *HIDEABLE[1:])
"""All columns from left to right."""
_BY_IMPORTANCE: Final = (
    "Open", "Group", "Patent", DATE, "Code", "No.", "PDF", "Read", "Side", "Pages", "Note", "Original", "Round",
    "Category",
)  # fmt: skip
"""Where there is not room for all, the last of these are left out first; those left of the description last, since the
grid keeps the position of a highlighted cell."""
_FIRST: Final = frozenset({"Open", "Group", "Patent", DATE, "Code"})
"""They are not left out for another column that somebody asks for."""
_BESIDE_READER: Final = frozenset({"Open", "No.", "Patent", "Group", DATE, "Code", "Read", "Side"})
"""Shown while a paper is in the reader, which says the rest."""
_SAID_BY_GROUPS: Final = frozenset({"Category", "Side"})
"""Not shown where documents are grouped: the group says the same and takes the room."""

LARGEST_NARROW: Final = 700
"""Width of a table, in pixels, up to which it counts as narrow: the heading of the dates is shorter then."""
_LEAST_SHARE, _USUAL_SHARE = 0.4, 0.45
"""What the description has of the table: never less than the first, not less than the second where the table is wide
and no group takes a part of it."""
_PADDING: Final = 16
"""Left and right of the words of a cell together, in pixels."""
_BORDERS: Final = 2
_CHARACTERS: Final[tuple[tuple[Callable[[str], bool], float], ...]] = (
    (str.isdigit, 7.0),
    (lambda character: character in " .,:;-/()'|", 3.8),
    (lambda character: character.isascii() and character.isupper(), 8.3),
    (str.isascii, 7.3),
)
"""How wide a character is at most on average in the grid's letters of 14 pixels; any other one is as wide as it is
high."""


@dataclass(frozen=True, slots=True)
class Width:
    """How wide a column is, in pixels."""

    least: int
    best: int
    """It grows up to this where there is room, and shrinks to the least one before another column is left out."""


_FIXED: Final[Mapping[str, Width]] = MappingProxyType(
    {
        "Open": Width(28, 28),
        DATE: Width(138, 138),
        "Category": Width(120, 188),
        "Side": Width(46, 46),
        "Round": Width(58, 58),
        "Pages": Width(54, 54),
        "PDF": Width(78, 78),
        "Original": Width(66, 66),
        "Read": Width(48, 48),
        "Note": Width(110, 200),
        "Group": Width(220, 260),
    }
)
_NARROW: Final[Mapping[str, Width]] = MappingProxyType({DATE: Width(98, 98), "Group": Width(150, 260)})
"""Widths where the table is narrow, if other ones."""
_WIDEST_PATENT, _WIDEST_CODE, _WIDEST_CODE_NARROW = 136, 104, 90
_TICKS: Final = ((10_000, 48), (1_000, 44), (100, 36), (0, 32))
"""Beyond how many rows the column of the ticks has which width in Streamlit's grid."""


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """What somebody has chosen about columns."""

    hidden: frozenset[str] = frozenset()
    """Not shown, wherever there is room."""
    wanted: frozenset[str] = frozenset()
    """Shown, although there is not room for them."""


def table_columns(
    present: Collection[str],
    *,
    width: int,
    rows: int,
    most_rows: int = 0,
    fitted: Mapping[str, Iterable[str]],
    beside_reader: bool = False,
    choice: ColumnChoice | None = None,
) -> dict[str, int]:
    """Return the columns shown, from left to right, each with its width in pixels.

    Args:
        present: the columns that have something to show, `Group` among them where documents are grouped.
        width: of the table in pixels.
        rows: how many there are.
        most_rows: how many there are at most, so that the same columns are shown whatever is listed.
        fitted: the words of columns that are as wide as these, by column.
        beside_reader: whether the reader has a part of the window; the reader says the rest then.
        choice: what somebody has chosen.

    The widths sum to that of the table without its borders and its ticks, unless columns were chosen that have no room.
    """
    choice = choice or ColumnChoice()
    widths = _widths(fitted, narrow=width <= LARGEST_NARROW)
    room = width - _BORDERS - _ticks(max(rows, most_rows))
    shows_description = "Description" in present and "Description" not in choice.hidden
    least = _least_description(width, grouped="Group" in present) if shows_description else 0
    candidates = [name for name in _BY_IMPORTANCE if name in present and name not in choice.hidden]
    shown: dict[str, int] = {}
    for name in sorted(candidates, key=lambda name: name not in _FIRST | choice.wanted):
        fits = least + sum(shown.values()) + widths[name].least <= room
        usual = _is_usual(name, grouped="Group" in present, beside_reader=beside_reader)
        if name == "Open" or name in choice.wanted or (usual and fits):
            shown[name] = widths[name].least
    _grow(shown, widths, room - least - sum(shown.values()))
    if least:
        shown["Description"] = max(least, width - _BORDERS - _ticks(rows) - sum(shown.values()))
    return {name: shown[name] for name in ORDER if name in shown}


def _ticks(rows: int) -> int:
    """Return how wide the column of the ticks is, in pixels."""
    return next(ticks for beyond, ticks in _TICKS if rows > beyond or beyond == 0)


def width_of(words: str) -> int:
    """Return how wide words are in the grid at most, in pixels."""
    return round(sum(next((width for fits, width in _CHARACTERS if fits(each)), 14.0) for each in words))


def _is_usual(name: str, *, grouped: bool, beside_reader: bool) -> bool:
    """Return whether a column is shown if nobody has asked for it and there is room."""
    if grouped and (name in _SAID_BY_GROUPS or (beside_reader and name == DATE)):
        return False
    return not beside_reader or name in _BESIDE_READER


def _widths(fitted: Mapping[str, Iterable[str]], *, narrow: bool) -> dict[str, Width]:
    """Return the width of each column but the description."""
    widths = {**_FIXED, **(_NARROW if narrow else {})}
    code = _WIDEST_CODE_NARROW if narrow else _WIDEST_CODE
    for name, widest in (("No.", 60), ("Code", code), ("Patent", _WIDEST_PATENT)):
        words = max((width_of(each) for each in {name, *fitted.get(name, ())}), default=0) + _PADDING
        widths[name] = Width(min(words, widest), min(words, widest))
    return widths


def _least_description(width: int, *, grouped: bool) -> int:
    return round(width * (_LEAST_SHARE if grouped or width <= LARGEST_NARROW else _USUAL_SHARE))


def _grow(shown: dict[str, int], widths: Mapping[str, Width], spare: int) -> None:
    """Give spare pixels to the columns that may be wider, the important first."""
    for name in _BY_IMPORTANCE:
        if name in shown and spare > 0:
            more = min(spare, widths[name].best - shown[name])
            shown[name] += more
            spare -= more
