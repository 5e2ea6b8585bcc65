"""How a hit is shown: the line around its most telling place in pieces, and the boxes of all its places on the page."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import Final

from components.fulltext.records import Piece
from components.page_texts import Box, Query, Word, places_in, tokens_of

_LONGEST: Final = 160
"""Characters of a line that are shown."""
_CUT: Final = "…"


def found_words(query: Query, words: Sequence[Word]) -> list[tuple[int, ...]]:
    """Return for each place of a page that matches the indexes of its words, in reading order."""
    tokens = tokens_of(words)
    places = []
    for place in places_in(query, tokens):
        found = dict.fromkeys(word for token in tokens[place.start : place.stop] for word in token.words)
        places.append(tuple(sorted(found)))
    return places


def line_of(words: Sequence[Word], places: Sequence[Collection[int]]) -> tuple[Piece, ...]:
    """Return the line around the most telling place, at most 160 characters of it, with all places in it marked.

    That is the one with the most different words in its line, and among these the one that the page says most seldom.
    """
    if not places or not places[0]:
        return ()
    place = _most_telling(words, places)
    first, last = min(place), max(place)
    lines = {words[first].line, words[last].line}
    indexes = [index for index, word in enumerate(words) if word.line in lines]
    shown = _around(words, indexes, first, last)
    marked = {index for place in places for index in place}
    parts = [(words[index].text, index in marked) for index in shown]
    if shown[0] != indexes[0]:
        parts.insert(0, (_CUT, False))
    if shown[-1] != indexes[-1]:
        parts.append((_CUT, False))
    pieces = [
        (" ".join(text for text, _ in run), is_marked) for is_marked, run in groupby(parts, key=lambda part: part[1])
    ]
    return _joined(pieces)


def boxes_of(words: Sequence[Word], places: Sequence[Collection[int]]) -> tuple[Box, ...]:
    """Return the boxes of some places: words of a place that follow one another in a line share one."""
    return tuple(box for place in places for box in _boxes(words, sorted(place)))


def _most_telling(words: Sequence[Word], places: Sequence[Collection[int]]) -> Collection[int]:
    texts = [" ".join(words[index].text.casefold() for index in sorted(place)) for place in places]
    times = Counter(texts)
    in_line: dict[int, set[str]] = defaultdict(set)
    for place, text in zip(places, texts, strict=True):
        in_line[words[min(place)].line].add(text)
    best = min(
        range(len(places)),
        key=lambda number: (-len(in_line[words[min(places[number])].line]), times[texts[number]], number),
    )
    return places[best]


def _around(words: Sequence[Word], indexes: Sequence[int], first: int, last: int) -> list[int]:
    """Return the indexes of a line's words, cut on both sides to what is next to a place."""
    begin, end = indexes.index(first), indexes.index(last) + 1
    length = sum(len(words[index].text) + 1 for index in indexes[begin:end])
    while True:
        before = len(words[indexes[begin - 1]].text) + 1 if begin else None
        after = len(words[indexes[end]].text) + 1 if end < len(indexes) else None
        grown = False
        if before is not None and length + before <= _LONGEST:
            begin, length, grown = begin - 1, length + before, True
        if after is not None and length + after <= _LONGEST:
            end, length, grown = end + 1, length + after, True
        if not grown:
            return list(indexes[begin:end])


def _joined(pieces: Sequence[tuple[str, bool]]) -> tuple[Piece, ...]:
    """Return pieces with the blanks between them, which belong to what is not marked."""
    joined: list[Piece] = []
    for position, (text, marked) in enumerate(pieces):
        before = " " if position and not marked else ""
        after = " " if position + 1 < len(pieces) and not marked else ""
        joined.append(Piece(f"{before}{text}{after}", marked))
    return tuple(joined)


def _boxes(words: Sequence[Word], indexes: Sequence[int]) -> Iterator[Box]:
    """Yield a box for each run of words that stand side by side."""
    run: list[int] = []
    for index in indexes:
        if run and (index != run[-1] + 1 or words[index].line != words[run[-1]].line):
            yield _around_all(words, run)
            run = []
        run.append(index)
    if run:
        yield _around_all(words, run)


def _around_all(words: Sequence[Word], indexes: Sequence[int]) -> Box:
    lefts, tops, rights, bottoms = zip(*(words[index].box for index in indexes), strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))
