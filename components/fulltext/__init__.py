"""What papers say: their pages are read, by the PDF's own text or by an engine for scans, and searched.

`FullText` is all that other rooms use, with its records. A `Reading` is a job of the process: the papers go through
`paper_work` step by step, their pages take turns with those of all other readings (`turns`), and each page is kept in
the store as soon as it is read.
"""

from components.fulltext.fulltext import FullText, open_fulltext
from components.fulltext.paper_work import cores
from components.fulltext.reading import Reading
from components.fulltext.records import (
    PageHit,
    PaperHits,
    PaperToRead,
    Piece,
    ReadingOffer,
    ReadingProgress,
    ReadingState,
    SearchResult,
)
from components.fulltext.routes import text_routes
from components.fulltext.shown_texts import LONGEST_WORDS, PaperTexts, read_paper, shown_page, shown_places

__all__ = [
    "LONGEST_WORDS",
    "FullText",
    "PageHit",
    "PaperHits",
    "PaperTexts",
    "PaperToRead",
    "Piece",
    "Reading",
    "ReadingOffer",
    "ReadingProgress",
    "ReadingState",
    "SearchResult",
    "cores",
    "open_fulltext",
    "read_paper",
    "shown_page",
    "shown_places",
    "text_routes",
]
