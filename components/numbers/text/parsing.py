"""From typed text to numbers: lists, prose and addresses, in the order typed.

An item of a list (alone in its line or cell, or between separators) that is not understood is refused with advice.
Words of running prose are ignored; a line with three or more plain words counts as prose.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from components.numbers.effort import (
    CHARACTERS_OF_STEP,
    OTHERS_OF_STEP,
    STEPS_OF_ADDRESS,
    STEPS_OF_NUMBER,
    STEPS_OF_WORD,
    Effort,
)
from components.numbers.model import Number, Standing
from components.numbers.offices.office import FoundNumber, refused_number
from components.numbers.text import advice, code_behind, fields, neighbours, no_numbers, recognition, runs
from components.numbers.text.runs import Hit, Lead
from components.numbers.text.scan import LONGEST_TYPED, Segment, TypedLine, lines
from components.numbers.text.tokens import LETTERS, end_of_wrapper, ends_token, fills, token_end
from components.words import shortened

_LEAD = re.compile(r"(?:\s*(?:[-*•·>–]+\s+|\(?\d{1,4}[.):]\s+|\[\d{1,4}\]\s*))?[\s\"'(\[{<«=+]*")
_WORD = re.compile(r"(?<![A-Za-z0-9])[^\W\d_]{2,}(?![A-Za-z0-9])")
_DIGIT = re.compile(r"\d")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_TOKEN = re.compile(r"[A-Za-z]+|[\d,./-]*\d|.", re.DOTALL)
_LATIN = re.compile(rf"[0-9{LETTERS}]")
"""In Japanese and Korean, words and numbers stand without a blank between them."""
_JOINT = re.compile(r"[-/_+&](?=[A-Za-z]{2}|\d{1,2},\d{3},\d{3}|\d\d/\d{3},\d{3})")
_MORE_GROUPS = re.compile(r"(?: \d{1,4}(?![\d,./-]))+(?P<kind> ?[A-Z]\d?(?![\w-]))?(?!\w)")
_WHOLE_DIGITS = 7
"""A number of fewer digits that are followed by a blank and more digits was not written in one."""
_FEWEST_IN_CELL = 5
"""Fewer digits in a cell beside a number are a count, a year or the number of the row."""
_DOUBTFUL = re.compile(
    r"ID\sNOS?[\s.:]|(?:(?:nos?|numbers?|num|serial|ser|registration|applications?|appl|№|#)[\s.:#]*)*"
    r"(?:\d|[A-Z]{2}\s?\d{9}(?:\d\d)?(?!\d))|USD\s|[A-Z]{2} \d{5}(?!\d)",
    re.IGNORECASE,
)
"""The beginning of a number without its office, which what stands around it may make something else."""
_STRONG_SEPARATOR = re.compile(r"[;|\t]")
_PROSE_WORDS = 3
"""So many plain words make a line, or what stands between semicolons and tabs, prose."""
_WRAPPED_LENGTH = 60
"""A line of so many characters may have been wrapped."""


class _Piece(NamedTuple):
    """A segment of a line with the numbers in it."""

    segment: Segment
    hits: tuple[Hit, ...]

    def leftovers(self, text: str) -> list[tuple[int, int]]:
        """Return where something stands beside the numbers; blanks and punctuation are left out."""
        if self.segment.address:
            return []
        leftovers, position = [], self.segment.start
        for start, end in (*((hit.start, hit.end) for hit in self.hits), (self.segment.end, self.segment.end)):
            if _LETTER_OR_DIGIT.search(text, position, start):
                leftovers.append((position, start))
            position = end
        return leftovers


def numbers_in(text: str) -> Iterator[Number]:
    """Yield the numbers in a text one by one, doubles not yet marked.

    Raises:
        TextRefused: it holds too many numbers, or too much besides.
    """
    effort = Effort()
    previous, heading = "", None
    for line in lines(text):
        effort.step()
        if not _continues(previous, line.text):
            numbers = list(_numbers_of_line(line, effort, heading))
            yield from numbers
            heading = runs.heading_below(line, numbers, heading)
        previous = line.text


def parse_cell(cell: str, effort: Effort) -> list[Number]:
    """Return the numbers of one cell of an upload. A cell that holds none is refused, whatever it holds.

    Raises:
        TextRefused: the effort for its file is used up.
    """
    effort.step()
    numbers = [number for line in lines(cell) for number in _numbers_of_line(line, effort)]
    if numbers or _LETTER_OR_DIGIT.search(cell) is None:
        return numbers
    typed = cell.strip()
    effort.found()
    return [Number(shortened(typed, LONGEST_TYPED), Standing.REFUSED, (), advice.refusal_reason(typed))]


def _continues(previous: str, text: str) -> bool:
    """Return whether a short line is the end of a sentence that was wrapped in the line before: "in 2019."."""
    if len(text) > 40 or len(previous) < _WRAPPED_LENGTH or not text[:1].islower():
        return False
    if sum(map(str.isdigit, text)) > 4 or previous.rstrip().endswith((".", ":", ";")):
        return False
    return _holds_words(previous, _PROSE_WORDS + 1)


def _holds_words(text: str, count: int) -> bool:
    """Return whether a text holds so many plain words."""
    return sum(1 for _ in islice(_WORD.finditer(text), count)) == count


def _numbers_of_line(line: TypedLine, effort: Effort, heading: Lead | None = None) -> Iterator[Number]:
    """Yield the numbers of one line, and a refusal of each item that should be one and is not."""
    pieces = _with_offices(line.text, _pieces(line, effort), heading, effort)
    groups = list(_groups(line.text, pieces))
    prose = [_is_prose(line.text, group) for group in groups]
    has_prose = any(prose) or any(piece.segment.address and piece.hits for piece in pieces)
    has_content = has_prose or any(piece.hits for piece in pieces)
    for group, is_prose in zip(groups, prose, strict=True):
        for piece in group:
            if piece.hits or is_prose:
                yield from _read_piece(line, piece, effort, prose=is_prose)
            elif not _is_ignorable(line, piece.segment, has_content=has_content, has_prose=has_prose):
                effort.found()
                yield _refused_item(line, piece.segment.start, piece.segment.end)


def _pieces(line: TypedLine, effort: Effort) -> list[_Piece]:
    """Return the segments of a line with their numbers; a number whose office or kind has a field of its own is one."""
    if not fields.has_field_of_code(line.text):
        return [_piece(line.text, segment, effort) for segment in line.segments()]
    segments = []
    for count, segment in enumerate(line.segments(), 1):
        effort.step(count % OTHERS_OF_STEP == 0)
        segments.append(segment)
    pieces: list[_Piece] = []
    position = 0
    for joined in fields.joined_numbers(line.text, segments):
        pieces += (_piece(line.text, segment, effort) for segment in segments[position : joined.first])
        first, last = segments[joined.first], segments[joined.last]
        start, end = _without_blanks(line.text, first.start, last.end)
        segment = Segment(start, end, address=False, cell=first.cell)
        pieces.append(_Piece(segment, (_hit(start, end, joined.number, effort),)))
        position = joined.last + 1
    return pieces + [_piece(line.text, segment, effort) for segment in segments[position:]]


def _with_offices(text: str, pieces: list[_Piece], heading: Lead | None, effort: Effort) -> list[_Piece]:
    """Return the pieces of a line, with numbers that take their office from the one before them or a heading."""
    hits = [hit for piece in pieces for hit in piece.hits if not piece.segment.address]
    if heading is None and (not hits or not _DIGIT.search(text, hits[0].end)):
        return pieces
    effort.step(len(hits))
    found = runs.with_offices(text, [piece.segment.end for piece in pieces], hits, heading)
    for _ in range(len(found) - len(hits)):
        effort.found()
    starts = [hit.start for hit in found]
    return [
        piece if piece.segment.address else _Piece(piece.segment, tuple(_within(piece.segment, found, starts)))
        for piece in pieces
    ]


def _within(segment: Segment, hits: list[Hit], starts: list[int]) -> list[Hit]:
    """Return the numbers that stand in a segment, of all in a line and where these start."""
    return hits[bisect_left(starts, segment.start) : bisect_left(starts, segment.end)]


def _piece(text: str, segment: Segment, effort: Effort) -> _Piece:
    """Return a segment with the numbers in it."""
    return _Piece(segment, tuple(_hits(text, segment, effort)))


def _without_blanks(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a stretch without the blanks around it."""
    stretch = text[start:end]
    return end - len(stretch.lstrip()), start + len(stretch.rstrip())


def _groups(text: str, pieces: list[_Piece]) -> Iterator[list[_Piece]]:
    """Divide the pieces of a line where more than a comma stands between them: commas belong to sentences too."""
    group: list[_Piece] = []
    for piece in pieces:
        if group and _STRONG_SEPARATOR.search(text, group[-1].segment.end, piece.segment.start):
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


def _is_prose(text: str, group: list[_Piece]) -> bool:
    """Return whether so many plain words stand beside the numbers that they are a sentence."""
    words = (
        word for piece in group for start, end in piece.leftovers(text) for word in _WORD.finditer(text, start, end)
    )
    return sum(1 for _ in islice(words, _PROSE_WORDS)) == _PROSE_WORDS


def _read_piece(line: TypedLine, piece: _Piece, effort: Effort, *, prose: bool) -> Iterator[Number]:
    """Yield the numbers of one segment, and a refusal of what looks like a number but is not understood."""
    positioned = [(hit.start, _typed_number(line, hit)) for hit in piece.hits]
    for start, end in piece.leftovers(line.text):
        if _DIGIT.search(line.text, start, end) is None:
            continue
        for begin, behind in advice.lookalikes(line.text, start, end, prose=prose):
            effort.found()
            positioned.append((begin, _refused_item(line, begin, behind)))
    yield from (number for _, number in sorted(positioned, key=lambda item: item[0]))


def _hits(text: str, segment: Segment, effort: Effort) -> Iterator[Hit]:
    """Yield the numbers in a segment: in an address, as the whole segment, or anywhere in it."""
    effort.step()
    if _DIGIT.search(text, segment.start, segment.end) is None:
        return
    body, base = text[segment.start : segment.end], segment.start
    if segment.address:
        effort.step(STEPS_OF_ADDRESS)
        for number in recognition.numbers_in_address(body):
            yield _hit(base, segment.end, number, effort)
        return
    lead = _LEAD.match(body)
    start = lead.end() if lead is not None else 0
    whole = _whole(body, start, effort)
    if whole is not None:
        if not _is_no_number(body, start, whole.end):
            yield _settled(text, base + start, base + whole.end, whole, effort)
        return
    if recognition.begins_with_unknown_code(body, start):
        return
    for begin, number in _numbers_within(body, effort):
        yield _settled(text, base + begin, base + number.end, number, effort)


def _settled(text: str, start: int, end: int, number: FoundNumber, effort: Effort) -> Hit:
    """Return a number that was found, after the words of its line were heard about its office."""
    number = neighbours.settled(text, start, replace(number, end=end))
    return _hit(start, number.end, number, effort)


def _whole(body: str, start: int, effort: Effort) -> FoundNumber | None:
    """Return the number that fills a segment from a position on, but for what may stand around it."""
    beginning = recognition.beginnings().match(body, start)
    if beginning is None:
        return None
    if beginning["other_digits"] is not None:
        return neighbours.grouped_before_country(body, start)
    effort.step()
    number = recognition.number_at(body, start, alone=True)
    number = recognition.with_code_behind(body, start, number) if number is not None else None
    return number if number is not None and fills(body, number.end) else None


def _hit(start: int, end: int, number: FoundNumber, effort: Effort) -> Hit:
    """Return a number that was found, after it was counted."""
    effort.step(STEPS_OF_NUMBER)
    effort.found()
    return Hit(start, end, number)


def _numbers_within(body: str, effort: Effort) -> Iterator[tuple[int, FoundNumber]]:
    """Yield the numbers anywhere in a segment, and where each begins."""
    effort.step(len(body) // CHARACTERS_OF_STEP)
    begins = recognition.beginnings()
    position = others = 0
    while (digit := _DIGIT.search(body, position)) is not None:
        match = begins.search(body, max(position, digit.start() - recognition.REACH))
        if match is None:
            return
        row = code_behind.find(body, match.start()) if body[match.start()].isdigit() else None
        if row is not None:
            effort.step()
            yield match.start(), row
            position = row.end
            continue
        if match["other_digits"] is not None:
            position = match.end()
            others += 1
            effort.step(others % OTHERS_OF_STEP == 0)
            continue
        effort.step(1 if body[match.start()].isdigit() else 1 + STEPS_OF_WORD)
        found = _numbers_of_token(body, match.start())
        if found:
            yield from found
            position = end_of_wrapper(body, found[-1][1].end)
        else:
            position = _after_token(body, match.start())


def _numbers_of_token(body: str, start: int) -> list[tuple[int, FoundNumber]]:
    """Return the number that begins with a token, or several that are joined, `US7654321B2/EP2458380B1`.

    The list is empty if they do not fill their tokens: what is only a part of something else is no number.
    """
    found: list[tuple[int, FoundNumber]] = []
    while (number := recognition.number_at(body, start, alone=False)) is not None and number.end > start:
        number = _with_all_groups(body, start, number)
        if not _is_no_number(body, start, number.end):
            found.append((start, number))
        behind = end_of_wrapper(body, number.end)
        if ends_token(body, behind):
            return found
        if _JOINT.match(body, number.end) is None:
            break
        start = number.end + 1
    return []


def _with_all_groups(body: str, start: int, number: FoundNumber) -> FoundNumber:
    """Return a number, or its refusal if only its first groups were read: "EP 2458" of "EP 2458 380 B1"."""
    written = body[start : number.end]
    more = _MORE_GROUPS.match(body, number.end)
    if more is None or not number.readings or not written[-1].isdigit() or "," in written:
        return number
    if more["kind"] is None and sum(map(str.isdigit, written)) >= _WHOLE_DIGITS:
        return number
    return refused_number(more.end(), advice.refusal_reason(body[start : more.end()]))


def _is_no_number(text: str, start: int, end: int) -> bool:
    """Return whether digits that were read as a number are something else, by what stands around them."""
    if _DOUBTFUL.match(text, start) is None:
        return False
    digit = _DIGIT.search(text, start, end)
    return digit is not None and no_numbers.meaning(text, digit.start(), end) is not None


def _after_token(text: str, start: int) -> int:
    """Return the position behind the word that begins at `start`, or behind its whole token if that has digits."""
    end = token_end(text, start)
    if _LATIN.match(text, start) and _DIGIT.search(text, start, end):
        return end
    match = _TOKEN.match(text, start)
    return match.end() if match is not None else start + 1


def _is_ignorable(line: TypedLine, segment: Segment, *, has_content: bool, has_prose: bool) -> bool:
    """Return whether an item without a number is a heading, a word between numbers, or a neighbouring cell.

    `has_prose` says whether the line holds prose or a known address, `has_content` whether it holds those or a number.
    """
    text = line.text[segment.start : segment.end].strip()
    if segment.address:
        return False
    if _LETTER_OR_DIGIT.search(text) is None:
        return True
    if _DIGIT.search(text):
        counts = segment.cell and sum(map(str.isdigit, text)) < _FEWEST_IN_CELL
        return has_content and (counts or advice.is_passed_over(text))
    return text.endswith(":") or has_prose or (has_content and segment.cell) or runs.names_numbers(text)


def _typed_number(line: TypedLine, hit: Hit) -> Number:
    """Return a number that was found, with what was typed for it."""
    typed = line.typed(hit.start, hit.end)
    readings = hit.number.readings
    standing = (Standing.REFUSED, Standing.UNDERSTOOD, Standing.AMBIGUOUS)[min(len(readings), 2)]
    return Number(typed, standing, readings, hit.number.reason)


def _refused_item(line: TypedLine, start: int, end: int) -> Number:
    """Return an item that is not understood, with the reason."""
    reason = advice.refusal_reason(line.text[start:end].strip(), around=(line.text, start, end))
    return Number(line.typed(start, end), Standing.REFUSED, (), reason)
