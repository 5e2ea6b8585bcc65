"""Pages with claims that are typed here, as an engine would read them: word by word, in lines."""

from collections.abc import Iterable

from components.content.claims.claims import claims_in
from components.content.records import ClaimSet
from components.content.text import ReadText
from components.page_texts import Box, PageText, Word, WordMark


def pages_of(
    text: str, marks: Iterable[tuple[str, str, float, float]] | None = None, *, confidence: int = 100
) -> list[PageText]:
    """Pages, parted by form feeds.

    Args:
        text: what stands on them.
        marks: word, `underlined` or `struck`, and where in the word the line begins and ends. A word is named with the
            number of its occurrence behind a `#` where that is not the first.
        confidence: of each word.
    """
    pages = []
    for number, page in enumerate(text.split("\f"), 1):
        words = [
            Word(word, Box(0.1 + 0.05 * place, 0.02 * line, 0.14 + 0.05 * place, 0.02 * line + 0.01), line, confidence)
            for line, printed in enumerate(page.split("\n"))
            for place, word in enumerate(printed.split())
        ]
        found = None if marks is None else tuple(_mark(words, mark) for mark in marks)
        pages.append(PageText(number, "read", "Tesseract 5.3.0", "eng", tuple(words), marks=found))
    return pages


def claims_of(
    text: str, marks: Iterable[tuple[str, str, float, float]] | None = None, *, confidence: int = 100
) -> ClaimSet:
    """The claims of such pages."""
    return claims_in(ReadText(pages_of(text, marks, confidence=confidence)))


def underlined(*words: str) -> list[tuple[str, str, float, float]]:
    """Marks of whole words that are underlined."""
    return [(word, "underlined", 0.0, 1.0) for word in words]


def struck(*words: str) -> list[tuple[str, str, float, float]]:
    """Marks of whole words that are struck."""
    return [(word, "struck", 0.0, 1.0) for word in words]


def _mark(words: list[Word], mark: tuple[str, str, float, float]) -> WordMark:
    named, kind, left, right = mark
    text, _, count = named.partition("#")
    places = [index for index, word in enumerate(words) if word.text == text]
    index = places[int(count or 1) - 1]
    return WordMark(index, "underlined" if kind == "underlined" else "struck", left, right)
