"""A store that holds a file whose papers are read, in words that are made here."""

from collections.abc import Sequence
from datetime import UTC, datetime

from components.histories import DocumentList, FileHistory, PaperRef
from components.page_texts import PageText
from components.store import Store
from tests.page_texts.made import page

KEY = "US14/706838"
LISTED = (
    (20180102, "A...", "Amendment", 4),
    (20170605, "CTNF", "Non-Final Rejection", 2),
    (20150303, "CLM", "Claims", 1),
    (20180302, "CTFR", "Final Rejection", 3),
)
"""Day, code, description and pages of the papers of a file, as a service lists them: in no order."""
A, CTNF, CLM, CTFR = PAPERS = [
    PaperRef(KEY, name) for name in ("20180102-A...-1", "20170605-CTNF-1", "20150303-CLM-1", "20180302-CTFR-1")
]


def history(number: str = KEY, *, retrieved: datetime = datetime(2026, 1, 2, tzinfo=UTC)) -> FileHistory:
    """A file with a set of claims, two actions and an answer."""
    columns = [tuple(column) for column in zip(*LISTED, strict=True)]
    return FileHistory(
        apno=number, patent_number="", patent_id="", documents=DocumentList(*columns),
        documents_reported=len(LISTED), complete=True, retrieved=retrieved,
    )  # fmt: skip


def read(store: Store, paper: PaperRef, texts: Sequence[str | None], *, sha256: str = "") -> None:
    """Keep the pages of a paper, a string each, lines and all; `None` for one that is not read."""
    name = sha256 or paper.document
    store.texts.begin(*paper, name, pages=len(texts))
    for number, text in enumerate(texts, 1):
        if text is not None:
            store.texts.keep(name, page(number, *text.splitlines()))


def failed(store: Store, paper: PaperRef, number: int) -> None:
    """Keep that a page could not be read."""
    store.texts.keep(paper.document, PageText(number, "failed", "", problem="too slow"))
