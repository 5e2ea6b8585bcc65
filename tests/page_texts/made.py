"""Pages made by hand, short to write down in a test."""

from components.page_texts import Box, PageText, Word


def words(*lines: str, confidence: int = 90) -> tuple[Word, ...]:
    """Return the words of lines, each with a place of its own."""
    return tuple(
        Word(text, Box(place % 9 / 10, line / 50, (place % 9 * 2 + 1) / 20, (line * 2 + 1) / 100), line, confidence)
        for line, words_of_line in enumerate(lines)
        for place, text in enumerate(words_of_line.split(" "))
    )


def page(number: int, *lines: str, confidence: int = 90) -> PageText:
    """Return a page as an engine gives it; without lines, an empty one."""
    outcome = "read" if lines else "empty"
    return PageText(number, outcome, "Tesseract 5.3.0", "eng", words(*lines, confidence=confidence) if lines else ())
