"""Typed pages as the rules read them: a string a page, an empty line between paragraphs, no places."""

from components.content.text import ReadText
from components.page_texts import Box, PageText, Word


def typed(*pages: str) -> ReadText:
    """Return the text of typed pages, counted from 1."""
    return ReadText([_page(number, lines) for number, lines in enumerate(pages, 1)])


def _page(number: int, lines: str) -> PageText:
    words = tuple(
        Word(word, Box(0, 0, 0, 0), index, 100)
        for index, line in enumerate(lines.strip("\n").split("\n"))
        for word in line.split()
    )
    return PageText(number, "read", "typed", words=words)
