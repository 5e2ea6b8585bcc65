"""What the reader is told of a page's text and of the places that are searched for in a paper: plain data, and words.

The words are made here, for both ways in which the reader is told: by the routes, and by a rerun of the page.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final, Protocol

from components.histories import PaperRef
from components.page_texts import BAD_CONFIDENCE, Box, PageText, ReadPaper
from components.page_texts.query import QueryRefused
from components.words import counted, listed

LONGEST_WORDS: Final = 400
"""Characters of what is searched for in a paper; more is refused before anybody looks at it."""
_MOST_PAGES: Final = 1_000_000
"""No paper has so many: a greater number in an address is not looked up."""
_TEXT_LAYER: Final = "text layer"
_LANGUAGES: Final[Mapping[str, str]] = {
    "eng": "English",
    "deu": "German",
    "fra": "French",
    "jpn": "Japanese",
    "kor": "Korean",
    "chi_sim": "simplified Chinese",
    "chi_tra": "traditional Chinese",
}
"""What an engine's languages are called; others are named as the engine does."""
_DIGITS: Final = 5
"""Digits of a share of a page: a hundredth of a pixel on the widest picture."""


class PaperTexts(Protocol):
    """What is asked of the texts of a workspace: `FullText` is one."""

    def page(self, history: str, document: str, page: int) -> PageText | None:
        """Return what was read on a page; `None` before."""

    def papers(self, histories: Iterable[str] | None = None) -> dict[PaperRef, ReadPaper]:
        """Return how far the papers of these histories were read."""

    def places(self, history: str, document: str, text: str) -> dict[int, tuple[Box, ...]]:
        """Return the places of a paper that match what was typed, by page."""


def read_paper(texts: PaperTexts, history: str, document: str) -> ReadPaper | None:
    """Return how far a paper was read, by any name of its history; `None` if nothing of it was."""
    found = texts.papers([history])
    return next((paper for ref, paper in found.items() if ref.document == document), None)


def shown_page(texts: PaperTexts, history: str, document: str, page: int) -> dict[str, Any]:
    """Return what the reader shows of a page's text: what was read, and how that is said.

    `outcome` is that of the page, or `not read`; `note` says in a sentence what read it and how surely, or why there is
    no text, and `bad` whether that is a warning. `words`, `boxes` and `lines` go together, one by one.
    """
    text = texts.page(history, document, page) if 1 <= page <= _MOST_PAGES else None
    if text is None:
        note = _why_no_text(read_paper(texts, history, document), page)
        return {"page": page, "outcome": "not read", "note": note, "bad": False}
    return {
        "page": page,
        "outcome": text.outcome,
        "note": page_note(text),
        "bad": is_badly_legible(text),
        "engine": text.engine,
        "languages": text.languages,
        "confidence": text.confidence,
        "turned": text.turned,
        "problem": text.problem,
        "words": [word.text for word in text.words],
        "boxes": [_shares(word.box) for word in text.words],
        "lines": [word.line for word in text.words],
    }


def shown_places(texts: PaperTexts, history: str, document: str, words: str) -> dict[str, Any]:
    """Return the places of a paper to be marked for what was typed.

    `places` are pairs of a page and a box, in the order of the pages; `read` says whether any page is read, and `note`
    what is not, so that "not read" is never taken for "not there"; `problem` why the words cannot be searched for.
    """
    answer: dict[str, Any] = {"words": words, "places": [], "read": False, "note": "", "problem": ""}
    if not words.strip():
        return answer
    if len(words) > LONGEST_WORDS:
        return {**answer, "problem": f"Type at most {LONGEST_WORDS} characters."}
    try:
        found = texts.places(history, document, words)
    except QueryRefused as refused:
        return {**answer, "problem": str(refused)}
    paper = read_paper(texts, history, document)
    return {
        **answer,
        "places": [[page, _shares(box)] for page in sorted(found) for box in found[page]],
        "read": is_read(paper),
        "note": _search_note(paper, found=bool(found)),
    }


def is_read(paper: ReadPaper | None) -> bool:
    """Return whether any page of a paper was read, or found to be empty."""
    return paper is not None and paper.read + paper.empty > 0


def is_badly_legible(text: PageText) -> bool:
    """Return whether a page was read with so little confidence that its text is to be checked."""
    confidence = text.confidence
    return confidence is not None and text.engine != _TEXT_LAYER and confidence < BAD_CONFIDENCE


def page_note(text: PageText) -> str:
    """Return what read a page, in which languages and how surely, or why there is no text, as a sentence or two."""
    by = f"{text.engine}{_languages_in_brackets(text.languages)}"
    if text.outcome == "failed":
        return text.problem or "This page could not be read."
    if text.outcome == "empty":
        return f"No words were found on this page{f' by {by}' if by and text.engine != _TEXT_LAYER else ''}."
    if text.engine == _TEXT_LAYER:
        return "The text is the PDF's own."
    if is_badly_legible(text):
        note = f"Badly legible: read with {text.confidence} % confidence by {by}; check against the picture."
    else:
        note = f"Read by {by} with {text.confidence} % confidence."
    return f"{note} It was turned by {text.turned}° to be read." if text.turned else note


def _languages_in_brackets(languages: str) -> str:
    named = [_LANGUAGES.get(name, name) for name in languages.split("+") if name]
    return f" ({listed(named)})" if named else ""


def _why_no_text(paper: ReadPaper | None, page: int) -> str:
    """Return why a page of a paper has no text although nobody failed to read it."""
    if paper and paper.problem:
        return paper.problem
    if page < 1 or page > (paper.pages if paper and paper.pages else _MOST_PAGES):
        return "This paper has no page of this number."
    return "This page is not read yet."


def _search_note(paper: ReadPaper | None, *, found: bool) -> str:
    """Return what is to be known of a search in a paper: that nothing was found, and what of it was not searched."""
    notes = [] if found or not is_read(paper) else ["Not found."]
    if paper is None:
        notes.append("This paper is not read yet.")
    elif paper.problem:
        notes.append(paper.problem)
    else:
        if not paper.is_whole:
            notes.append(f"Read so far: {paper.done:,} of {counted(paper.pages, 'page')}.")
        if paper.failed:
            notes.append(f"{counted(paper.failed, 'page')} could not be read.")
    return " ".join(notes)


def _shares(box: Box) -> list[float]:
    return [round(share, _DIGITS) for share in box]
