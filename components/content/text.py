r"""The text of a paper as the rules read it: one string for all pages, from which a `Quote` leads back to the words.

Running heads are left out, because sentences and lists of claims go on across them; a word that is broken at the end of
a line is whole; ligatures, quotation marks and dashes are the plain ones. Lines end with `\\n`, paragraphs with
`\\n\\n`, pages with `\\f`: all of these match `\\s`.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest
from statistics import median
from typing import Final, NamedTuple

from components.content.records import Quote
from components.page_texts import Box, PageText, Word

_HEAD_LINES: Final = 5
"""A running head stands within so many lines from the top."""
_RUNNING_HEAD: Final = re.compile(
    r"""\W*(?:
        \w{8,14}\s?\W?\s?contro.\s{0,2}n(?:\w{1,7}).{0,80}
      | (?:appl(?:ication|\.)?|ser(?:ial|\.)?)\s*(?:no|number|ser)\b.{0,60}
      | art\s*unit\W.{0,20} | page\s*\d{1,4}(?:\s*of\s*\d+)? | [-\u2013\u2014]?\s*\d{1,4}\s*[-\u2013\u2014]?
    )\W*""",
    re.VERBOSE | re.IGNORECASE,
)
_HEAD_BEGINS: Final = re.compile(r"\W*\w{8,14}\s?\W?\s?contro.\s{0,2}n\w{1,7}\W.{0,80}", re.IGNORECASE)
"""`Application/Control Number: ...`, also as engines misread it: it stands in a head and nowhere else."""
_PAGE_NUMBER: Final = re.compile(r"[-\u2013\u2014]?\s*\d{1,3}\s*[-\u2013\u2014]?")
_PLAIN: Final = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("‘’‚‛′", "'"),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    }
)
_BROKEN: Final = re.compile(r"[^\W\d_][-\u00ad]$")
_MORE_THAN_USUAL: Final = 1.4
"""A gap parts paragraphs if it is so many times the usual one of its page, and part of a line more."""
_PART_OF_A_LINE: Final = 0.3
_ABBREVIATED: Final = re.compile(
    r"""(?:\b(?:al|u\.?\s?s|u\.?\s?s\.?\s?c|no|nos|figs?|pub|pat|publ|appl|ser|e\.?g|i\.?e|v|vs|inc|corp|co|ltd|mr|ms|mrs|dr|jr|sr
        |cols?|pp?|paras?|et|cf|vol|ed|sec|art|st|approx|viz|c|f|fed|cir)|(?-i:\b[A-Z]))\.$""",
    re.VERBOSE | re.IGNORECASE,
)
_SENTENCE_END: Final = re.compile(r"""[.!?]["')\]]*(?=\s+["'(\[*]*[A-Z0-9*])|\n\s*\n|\f(?=\s*[A-Z][A-Z ]{6,}\n)""")


class _Place(NamedTuple):
    page: int
    word: int
    start: int
    end: int


class Span(NamedTuple):
    """A part of a text, from `start` up to, but without, `end`."""

    start: int
    end: int


class ReadText:
    """The text of the read pages of one paper.

    Args:
        pages: in order; pages without words add nothing.
    """

    def __init__(self, pages: Sequence[PageText]) -> None:
        self.pages = tuple(page for page in pages if page.words)
        self._places: list[_Place] = []
        pieces: list[str] = []
        length = 0
        for index, page in enumerate(self.pages):
            for word, text, behind in _texts(page):
                self._places.append(_Place(index, word, length, length + len(text)))
                pieces += (text, behind)
                length += len(text) + len(behind)
        self.text = "".join(pieces)
        """The text; see the module for its line ends."""
        self._starts = [place.start for place in self._places]
        self._ends = [place.end for place in self._places]

    def quote(self, start: int, end: int) -> Quote:
        """Return the words from one place of the text up to another: of the page on which they begin, up to its head.

        Raises:
            ValueError: no word stands there.
        """
        first, last = bisect_right(self._ends, start), bisect_left(self._starts, end)
        places = self._places[first:last]
        if not places:
            raise ValueError("no word stands there")
        page = places[0].page
        stop = next((at for at, (one, other) in enumerate(pairwise(places), 1) if not _adjoin(one, other)), len(places))
        here = [self.pages[page].words[place.word] for place in places[:stop]]
        letters = sum(len(word.text) for word in here)
        return Quote(
            text=" ".join(word.text for word in here),
            page=self.pages[page].page,
            boxes=_lines(here),
            confidence=round(sum(word.confidence * len(word.text) for word in here) / max(letters, 1)),
            goes_on=stop < len(places),
        )

    def page_at(self, offset: int) -> int:
        """Return the number of the page on which a place of the text stands."""
        found = bisect_right(self._ends, offset)
        return self.pages[self._places[min(found, len(self._places) - 1)].page].page if self._places else 0

    def words_at(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the words of a part of the text: indexes of the page in `pages` and of the word on it."""
        first, last = bisect_right(self._ends, start), bisect_left(self._starts, end)
        return [(place.page, place.word) for place in self._places[first:last]]

    def sentences(self, start: int = 0, end: int | None = None) -> Iterator[Span]:
        """Yield the sentences of a part of the text; a heading that stands by itself is one."""
        stop = len(self.text) if end is None else end
        begin = start
        for match in _SENTENCE_END.finditer(self.text, start, stop):
            if match[0][0] in ".!?" and _ABBREVIATED.search(
                self.text[max(begin, match.start() - 12) : match.start() + 1]
            ):
                continue
            if self.text[begin : match.end()].strip():
                yield _stripped(self.text, begin, match.end())
            begin = match.end()
        if self.text[begin:stop].strip():
            yield _stripped(self.text, begin, stop)

    def sentence_at(self, offset: int) -> Span:
        """Return the sentence in which a place of the text stands."""
        start = max(self.text.rfind("\n\n", 0, offset), offset - 2_000, 0)
        return next(
            (span for span in self.sentences(start, min(len(self.text), offset + 4_000)) if offset < span.end),
            Span(offset, offset),
        )


def _adjoin(one: _Place, other: _Place) -> bool:
    """Return whether two words of the text stand one behind the other on their page."""
    return one.page == other.page and other.word == one.word + 1


def _stripped(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return Span(start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip()))


def _texts(page: PageText) -> Iterator[tuple[int, str, str]]:
    """Yield the words of a page outside its running head: index, text, and what stands behind it."""
    words = page.words
    left_out = _running_head(page)
    kept = [index for index, word in enumerate(words) if word.line not in left_out]
    widest = _widest_gap(words, kept)
    for index, following in zip_longest(kept, kept[1:]):
        word = words[index]
        text = unicodedata.normalize("NFKC", word.text).translate(_PLAIN)
        if following is None:
            yield index, text, "\f"
        elif words[following].line == word.line:
            yield index, text, " "
        elif _BROKEN.search(word.text) and words[following].text[:1].islower():
            yield index, text.rstrip("-\u00ad"), ""
        else:
            yield index, text, "\n\n" if _is_apart(word, words[following], widest) else "\n"


def _running_head(page: PageText) -> frozenset[int]:
    """Return the lines that make the running head of a page, and that of a page number at its foot.

    A text file may have a head in the midst of a page, where its number could not be read.
    """
    lines: dict[int, list[str]] = {}
    for word in page.words:
        lines.setdefault(word.line, []).append(word.text)
    numbers, texts = list(lines), [" ".join(words) for words in lines.values()]
    found: list[int] = []
    for index, text in enumerate(texts):
        is_in_head = index == len(found) < _HEAD_LINES or (bool(found) and found[-1] == numbers[index - 1])
        if (is_in_head and _RUNNING_HEAD.fullmatch(text)) or (index and _HEAD_BEGINS.fullmatch(text)):
            found.append(numbers[index])
    if len(numbers) > 1 and _PAGE_NUMBER.fullmatch(texts[-1]):
        found.append(numbers[-1])
    return frozenset(found)


def _widest_gap(words: Sequence[Word], kept: Sequence[int]) -> float:
    """Return the widest gap between two lines of one paragraph as a share of the page: a little more than usual."""
    pairs = [(words[index], words[following]) for index, following in pairwise(kept)]
    gaps = [other.box.top - one.box.bottom for one, other in pairs if other.line != one.line]
    heights = [word.box.bottom - word.box.top for word in words]
    usual = median([gap for gap in gaps if gap > 0] or [0])
    return usual * _MORE_THAN_USUAL + median(heights or [0]) * _PART_OF_A_LINE


def _is_apart(word: Word, following: Word, widest: float) -> bool:
    """Return whether two lines are of two paragraphs: a line is left out between them, or more room than usual."""
    if following.line > word.line + 1:
        return True
    return following.box.top - word.box.bottom > widest > 0


def _lines(words: Sequence[Word]) -> tuple[Box, ...]:
    """Return the places of words, one box for each line; none where they have no place."""
    lines: dict[int, list[Box]] = {}
    for word in words:
        if word.box.right > word.box.left:
            lines.setdefault(word.line, []).append(word.box)
    return tuple(
        Box(min(box.left for box in boxes), min(box.top for box in boxes),
            max(box.right for box in boxes), max(box.bottom for box in boxes))
        for boxes in lines.values()
    )  # fmt: skip
