"""Lines that stand beside others: an engine takes the numbers of claims for a column of their own.

Claims stand in one column, so what stands at the left of a line, at its height, is its beginning.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from components.page_texts import Box, PageText, Word

_FEW_WORDS: Final = 3
_NEAR: Final = 1.3
"""A part of a line stands at most so many heights of its letters before the rest."""
_NEAR_NUMBER: Final = 6.0
"""A claim's number may stand farther away: its text may be set in."""
_OVERLAP: Final = 0.5
"""Share of its height that it has in common with the first word of the line."""


def in_whole_lines(page: PageText) -> PageText:
    """Return a page on which short lines are joined to those at the left of which they stand."""
    lines: dict[int, list[int]] = {}
    for place, word in enumerate(page.words):
        lines.setdefault(word.line, []).append(place)
    joined = dict(_goals(page.words, lines))
    if not joined:
        return page
    beginnings: dict[int, list[int]] = {}
    for number, goal in joined.items():
        beginnings.setdefault(goal, []).extend(lines[number])
    order: list[tuple[int, int]] = []
    for number, places in lines.items():
        if number not in joined:
            first = sorted(beginnings.get(number, []), key=lambda place: page.words[place].box.left)
            order += [(place, number) for place in (*first, *places)]
    moved = {place: index for index, (place, _) in enumerate(order)}
    return replace(
        page,
        words=tuple(page.words[place]._replace(line=number) for place, number in order),
        marks=None if page.marks is None else tuple(mark._replace(word=moved[mark.word]) for mark in page.marks),
    )


def _goals(words: Sequence[Word], lines: dict[int, list[int]]) -> Iterable[tuple[int, int]]:
    """Yield each short line that stands beside another, with that."""
    firsts = {number: words[places[0]].box for number, places in lines.items()}
    for number, places in lines.items():
        if len(places) > _FEW_WORDS or words[places[0]].box.right <= words[places[0]].box.left:
            continue
        begin = _around([words[place].box for place in places])
        is_number = words[places[-1]].text.rstrip().endswith((".", ")")) and words[places[0]].text[:1].isdigit()
        reach = (_NEAR_NUMBER if is_number else _NEAR) * (begin.bottom - begin.top)
        # A page is higher than wide: a share of its height is about 1.3 times that of its width.
        beside = [
            other
            for other, box in firsts.items()
            if len(lines[other]) > len(places) and 0 <= box.left - begin.right <= reach * 1.3 and _is_level(begin, box)
        ]
        if beside:
            yield number, min(beside, key=lambda other: firsts[other].left)


def _is_level(one: Box, other: Box) -> bool:
    common = min(one.bottom, other.bottom) - max(one.top, other.top)
    return common >= _OVERLAP * min(one.bottom - one.top, other.bottom - other.top) > 0


def _around(boxes: Sequence[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))
