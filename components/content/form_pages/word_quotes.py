"""Quotes of words that the text of a paper leaves out, such as those of running heads."""

from collections.abc import Sequence

from components.content.records import Quote
from components.page_texts import Box, PageText, Word


def quote_of(page: PageText, words: Sequence[Word]) -> Quote:
    """Return words of one line of a page as a quote."""
    letters = sum(len(word.text) for word in words)
    placed = [word.box for word in words if word.box.right > word.box.left]
    lefts, tops, rights, bottoms = zip(*placed, strict=True) if placed else ((), (), (), ())
    return Quote(
        text=" ".join(word.text for word in words),
        page=page.page,
        boxes=(Box(min(lefts), min(tops), max(rights), max(bottoms)),) if placed else (),
        confidence=round(sum(word.confidence * len(word.text) for word in words) / max(letters, 1)),
    )
