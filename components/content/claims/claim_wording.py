"""The words of a claim as it is to stand: without what is struck, and with what is marked in it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from components.content.records import MarkedWords
from components.content.text import ReadText
from components.page_texts import Box, Word, WordMark

_DOUBLE_BRACKETS: Final = re.compile(r"\[\s?\[(.{0,800}?)\]\s?\]", re.DOTALL)
_BRACKETS: Final = re.compile(r"\[([^\[\]]{1,800})\]")
_WORD: Final = re.compile(r"\S+")
_NARROW: Final = frozenset("iljtfI.,;:'|!()[]-1")
_WIDE: Final = frozenset("mwMW@%")
_DESCENDING: Final = frozenset("gjpqyQ,;")
_WHOLE: Final = 0.12
"""A line that leaves no more than this share of a word free at either end marks the whole word."""
_COUNTED: Final = 3
"""So many lines are counted, at least, where numbers in a margin count them."""
_ALIGNED: Final = 0.02
_OF_CLAIMS: Final = re.compile(r"\bclaims?\s\d|^\W*\d{1,3}\s?[.)]\s?[(A-Z\[]", re.IGNORECASE)
"""Matches a line that is part of a claim, also where it is repeated: "5. The pump of claim 1, wherein"."""
_HEAD_LINES: Final = 5
_FOOT_LINES: Final = 3
# Lines of a page that are no part of the claims, at its top and at its foot.
_RUNNING: Final = re.compile(
    r"""\W*(?:
        appl(?:ication|n|\.)?\.?\s*(?:serial\s*)?(?:no|number|s\.?n)\b | ser(?:ial|\.)?\s*(?:no|number)\b
      | u\.?\s?s\.?\s*(?:patent\s*)?(?:appl|serial|ser\.) | docket\s*(?:no|number)
      | (?:atty\.?|attorney)(?:'?s)?\s*(?:docket|ref|file) | (?:in\s)?(?:reply|response)\s(?:to|under)\b
      | amendment\s(?:dated|under|and|in|to|filed|after) | preliminary\samendment
      | customer\s(?:no|number) | confirmation\sno | page\s\d | first\snamed\sinventor | inventors?\s*:
      | applicants?\s*: | group\sart\sunit | art\sunit | examiner\s*: | title\s*: | filing\sdate | filed\s*:
      | office\saction\s(?:of|dated|mailed) | reexam(?:ination)?\scontrol
      | (?:-\s?)?\d{1,4}(?:\s?-)?\W*$ | \d{1,4}\sof\s\d{1,4}\W*$
    )""",
    re.VERBOSE | re.IGNORECASE,
)


class Wording(NamedTuple):
    """The words of a claim."""

    text: str
    """As it is to stand."""
    marks: tuple[MarkedWords, ...]
    marks_read: bool
    confidence: int


class _Piece(NamedTuple):
    """A word of a claim, or a part of a word."""

    text: str
    kind: Literal["", "added", "struck"]
    by: Literal["line", "brackets"]
    page: int
    box: Box
    line: int
    is_new_word: bool
    """Whether a blank stands before it."""


def no_part_of_claims(text: ReadText) -> frozenset[tuple[int, int]]:
    """Return the words that are no part of claims: running heads and feet, and the numbers of lines in the margin.

    Returns:
        Index of the page in `text.pages`, and of the word on it.
    """
    edges = [_edges(page.words) for page in text.pages]
    seen: dict[str, set[int]] = {}
    for index, (head, foot) in enumerate(edges):
        for _, line in (*head, *foot):
            for key in _keys(line, index):
                seen.setdefault(key, set()).add(index)
    repeated = frozenset(key for key, pages in seen.items() if len(pages) > 1)
    found: set[tuple[int, int]] = set()
    for index, page in enumerate(text.pages):
        lines = {number for edge in edges[index] for number in _running(edge, index, repeated)}
        found |= {(index, place) for place, word in enumerate(page.words) if word.line in lines}
        found |= {(index, place) for place in _margin_numbers(page.words)}
    return frozenset(found)


def _running(edge: Sequence[tuple[int, str]], page: int, repeated: frozenset[str]) -> Iterator[int]:
    """Yield the lines of an edge of a page, from outside, up to the first that is part of its text."""
    for number, line in edge:
        is_repeated = not repeated.isdisjoint(_keys(line, page))
        if _OF_CLAIMS.search(line) or not (is_repeated or _RUNNING.match(line)):
            return
        yield number


def _margin_numbers(words: Sequence[Word]) -> list[int]:
    """Return the numbers that count the lines of a page in its margin: 5, 10, 15."""
    first = {word.line: place for place, word in reversed(list(enumerate(words)))}
    places = [place for place in first.values() if words[place].text.isdigit() and len(words[place].text) < 3]
    places.sort(key=lambda place: words[place].box.top)
    others = [words[place].box.left for place in first.values() if place not in places]
    if len(places) < _COUNTED or not others:
        return []
    numbers = [int(words[place].text) for place in places]
    rights = [words[place].box.right for place in places]
    steps = {other - one for one, other in pairwise(numbers)}
    is_margin = max(rights) - min(rights) < _ALIGNED and max(rights) < sorted(others)[len(others) // 4]
    return places if steps in ({5}, {1}) and is_margin else []


def wording(text: ReadText, start: int, end: int, left_out: frozenset[tuple[int, int]], *, single: bool) -> Wording:
    """Return the words in a part of a text.

    Args:
        text: the paper's text.
        start: where the claim's words begin.
        end: where they end.
        left_out: words of others, from `no_part_of_claims`.
        single: whether single brackets strike, as in a reissue.
    """
    struck = _bracketed(text.text, start, end, single=single)
    pieces = list(_pieces(text, start, end, left_out, struck))
    standing = _joined([piece for piece in pieces if piece.kind != "struck"])
    pages = {page for page, _ in text.words_at(start, end)}
    letters = [
        (text.pages[page].words[word].confidence, len(text.pages[page].words[word].text))
        for page, word in text.words_at(start, end)
    ]
    return Wording(
        text=standing,
        marks=tuple(_marked(pieces)),
        marks_read=bool(pages) and all(text.pages[page].marks is not None for page in pages),
        confidence=round(sum(sure * count for sure, count in letters) / max(sum(count for _, count in letters), 1)),
    )


def _edges(words: Sequence[Word]) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """Return the lines at the top and at the foot of a page, each from outside."""
    lines: dict[int, list[str]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word.text)
    all_lines = [(number, " ".join(line)) for number, line in lines.items()]
    return all_lines[:_HEAD_LINES], all_lines[-_FOOT_LINES:][::-1]


def _keys(line: str, page: int) -> Iterator[str]:
    """Yield by what a line is known on another page: its letters and digits, one number counted from its page's."""
    plain = re.sub(r"[^a-z0-9]+", " ", line.casefold()).strip() or line
    yield plain
    for number in list(re.finditer(r"\d{1,4}", plain))[:6]:
        yield f"{plain[: number.start()]}#{int(number[0]) - page}{plain[number.end() :]}"


def _bracketed(text: str, start: int, end: int, *, single: bool) -> list[tuple[int, int]]:
    """Return the parts of a text that stand in brackets which strike, the brackets included."""
    patterns = (_DOUBLE_BRACKETS, _BRACKETS) if single else (_DOUBLE_BRACKETS,)
    return sorted({match.span() for pattern in patterns for match in pattern.finditer(text, start, end)})


def _pieces(
    text: ReadText, start: int, end: int, left_out: frozenset[tuple[int, int]], struck: Sequence[tuple[int, int]]
) -> Iterator[_Piece]:
    """Yield the words of a claim, those that are marked in part as several pieces."""
    marks = [_by_word(page.marks or ()) for page in text.pages]
    for match in _WORD.finditer(text.text, start, end):
        places = text.words_at(*match.span())
        if not places or places[0] in left_out:
            continue
        kinds = _kinds_by_line(
            match[0], [(text.pages[page].words[word], marks[page].get(word, [])) for page, word in places]
        )
        in_brackets = [any(one <= at < other for one, other in struck) for at in range(*match.span())]
        page, word = places[0]
        of_page, of_word = text.pages[page].page, text.pages[page].words[word]
        unread = [mark for page, word in places for mark in marks[page].get(word, []) if _is_of_unread(mark)]
        nothing = _Piece("", "struck", "line", of_page, of_word.box, of_word.line, is_new_word=True)
        yield from [nothing for mark in unread if mark.right <= 0][:1]
        yield from _runs(match[0], kinds, in_brackets, of_page, of_word)
        yield from [nothing for mark in unread if mark.right > 0][:1]


def _is_of_unread(mark: WordMark) -> bool:
    """Return whether a line goes through words that were not read, before a word or behind it."""
    return mark.kind == "struck" and mark.left >= mark.right


def _by_word(marks: Iterable[WordMark]) -> dict[int, list[WordMark]]:
    found: dict[int, list[WordMark]] = {}
    for mark in marks:
        found.setdefault(mark.word, []).append(mark)
    return found


def _kinds_by_line(printed: str, words: Sequence[tuple[Word, Sequence[WordMark]]]) -> list[str]:
    """Return of each letter of a word whether a line marks it; a word broken at the end of a line is two words."""
    kinds = [""] * len(printed)
    begin = 0
    for index, (word, marks) in enumerate(words):
        length = len(printed) - begin if index == len(words) - 1 else len(word.text.rstrip("-\u00ad"))
        for mark in marks:
            if _is_of_unread(mark):
                continue
            first, last = _letters(printed[begin : begin + length], mark.left, mark.right)
            if mark.kind == "underlined" and _is_descent(printed[begin : begin + length], first, last):
                continue
            kind = "added" if mark.kind == "underlined" else "struck"
            kinds[begin + first : begin + last] = [kind] * (last - first)
        begin += length
    return kinds


def _is_descent(word: str, first: int, last: int) -> bool:
    """Return whether a line is under a letter alone that reaches down to where it runs: the g of the word before it."""
    return last - first < len(word) and _DESCENDING.issuperset(word[first:last])


def _letters(word: str, left: float, right: float) -> tuple[int, int]:
    """Return which letters of a word lie between two shares of its width; letters are not equally wide."""
    if left <= _WHOLE and right >= 1 - _WHOLE:
        return 0, len(word)
    widths = [0.6 if letter in _NARROW else 1.6 if letter in _WIDE else 1.0 for letter in word]
    total = sum(widths) or 1.0
    middles = [(sum(widths[:index]) + width / 2) / total for index, width in enumerate(widths)]
    inside = [index for index, middle in enumerate(middles) if left <= middle <= right]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def _runs(printed: str, kinds: Sequence[str], in_brackets: Sequence[bool], page: int, word: Word) -> Iterator[_Piece]:
    """Yield a word in pieces that are marked alike; brackets that strike are no words."""
    begin, is_new_word = 0, True
    states = list(zip(kinds, in_brackets, strict=True))
    for at in range(1, len(printed) + 1):
        if at < len(printed) and states[at] == states[begin]:
            continue
        kind, bracketed = states[begin]
        piece = printed[begin:at].strip("[]") if bracketed else printed[begin:at]
        name: Literal["", "added", "struck"] = (
            "struck" if bracketed or kind == "struck" else "added" if kind == "added" else ""
        )
        if piece:
            yield _Piece(piece, name, "brackets" if bracketed else "line", page, word.box, word.line, is_new_word)
            is_new_word = is_new_word and name == "struck"
        begin = at


def _joined(pieces: Sequence[_Piece]) -> str:
    """Return pieces as text; a piece of a word goes on without a blank."""
    worded = [piece for piece in pieces if piece.text]
    return "".join((" " if piece.is_new_word and index else "") + piece.text for index, piece in enumerate(worded))


def _marked(pieces: Sequence[_Piece]) -> Iterator[MarkedWords]:
    """Yield what is marked, words that follow one another together, with its place in the text as it is to stand."""
    offset = 0
    run: list[_Piece] = []
    run_at = 0
    for piece in pieces:
        if run and (piece.kind, piece.by, piece.page) != (run[0].kind, run[0].by, run[0].page):
            yield _words(run, run_at)
            run = []
        blank = 1 if piece.is_new_word and offset else 0
        if piece.kind:
            run_at = run_at if run else offset + blank
            run.append(piece)
        if piece.kind != "struck":
            offset += blank + len(piece.text)
    if run:
        yield _words(run, run_at)


def _words(run: Sequence[_Piece], at: int) -> MarkedWords:
    lines: dict[int, list[Box]] = {}
    for piece in run:
        if piece.box.right > piece.box.left:
            lines.setdefault(piece.line, []).append(piece.box)
    boxes = tuple(
        Box(min(box.left for box in line), min(box.top for box in line),
            max(box.right for box in line), max(box.bottom for box in line))
        for line in lines.values()
    )  # fmt: skip
    kind: Literal["added", "struck"] = "struck" if run[0].kind == "struck" else "added"
    return MarkedWords(kind, _joined(run), run[0].page, boxes, run[0].by, at)
