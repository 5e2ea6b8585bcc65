"""The documents of which a ZIP or the one PDF is made: the PDF of each, or the reason why there is none."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_MAGIC: Final = b"%PDF-"
_WITHIN: Final = 1024
"""PDF readers accept other bytes before the header within this many (ISO 32000-1, Annex H, note 13)."""


@dataclass(frozen=True, slots=True)
class UnfetchedPdf:
    """A document whose file could not be fetched."""

    reason: str
    """For the list of contents, in words: "the link has expired"."""


PdfOrReason = bytes | UnfetchedPdf
"""One document of a selection: its PDF, or why there is none."""


@dataclass(frozen=True, slots=True)
class MissingDocument:
    """A document of the selection that is not in the file made."""

    history: str
    document: str
    """The document's id within its history."""
    name: str
    """The file name that it would have had."""
    reason: str


def why_missing(part: PdfOrReason) -> str:
    """Return why a part cannot be included; empty if it can, as far as its first bytes show."""
    if isinstance(part, UnfetchedPdf):
        return part.reason or "it was not fetched"
    return "" if _MAGIC in part[:_WITHIN] else "the file is not a PDF"


def next_pdf(parts: Iterator[PdfOrReason]) -> PdfOrReason:
    """Return the next part. Unlike a loop over `parts`, this keeps no reference to the part before it.

    Raises:
        ValueError: There is none.
    """
    part = next(parts, None)
    if part is None:
        raise ValueError("there are fewer parts than documents")
    return part


def expect_no_more(parts: Iterator[PdfOrReason]) -> None:
    """Check that no part is left over.

    Raises:
        ValueError: There is one.
    """
    if next(parts, None) is not None:
        raise ValueError("there are more parts than documents")
