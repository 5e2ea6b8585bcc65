"""Reading one paper: all that the rules find in its pages."""

from collections.abc import Sequence
from typing import Final

from components.content.records import PaperContent, PaperKind
from components.page_texts import PageText

RULES_VERSION: Final = 1
"""Raised whenever the rules change: what was read by others is read again."""


def read_content(pages: Sequence[PageText], *, kind: PaperKind, code: str = "") -> PaperContent:  # noqa: ARG001 - to come
    """Return what the pages of a paper say."""
    engines = tuple(dict.fromkeys(page.engine for page in pages if page.engine))
    return PaperContent(kind, "not read", "No rules are there yet.", engines=engines)
