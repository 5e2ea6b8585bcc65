"""One file history as an answer of the service that can be kept in a file: the service's own form, without links."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import orjson

from components.histories import FileHistory
from components.patsnap.envelope import read_answer
from components.patsnap.errors import error
from components.patsnap.paging import MAX_PAGES, PagedHistory
from components.patsnap.parsed_answer import match_entries, read_pages
from components.patsnap.spend_hook import IdentifierField

_ONE_PAGE = 1_000 * MAX_PAGES
"""More documents than any history has: a saved answer is one page."""


def answer_of(history: FileHistory) -> dict[str, Any]:
    """Return a history as the service would answer it, in one page and without its signed links."""
    documents = history.documents
    return {
        "status": True,
        "error_code": 0,
        "data": {
            "apno": history.apno,
            "patent_number": history.patent_number,
            "patent_id": history.patent_id,
            "doc_count": history.documents_reported,
            "doc_detail_count": len(documents),
            "doc_detail": [
                {"date": date, "doc_code": code, "description": description, "page_number": pages}
                for date, code, description, pages in zip(
                    documents.date, documents.code, documents.description, documents.pages, strict=True
                )
            ],
        },
    }


def history_in(
    answer: object, *, asked: str, complete: bool, retrieved: datetime, findings: tuple[str, ...]
) -> FileHistory:
    """Return the history in a saved answer, read as an answer of the service is.

    Args:
        answer: as `answer_of` made it.
        asked: the number that it was asked for by, where it has no name of its own.
        complete: whether it was read to its end when it arrived.
        retrieved: when it arrived (UTC, aware).
        findings: what was odd in it then, and what is odd now.

    Raises:
        PatsnapError: it is no answer, or holds no history.
    """
    envelope = read_answer(orjson.dumps(answer))
    by: IdentifierField = "apno" if any(entry.get("apno") for entry in envelope.entries) else "patent_number"
    name = next((str(entry[by]) for entry in envelope.entries if entry.get(by)), asked)
    pages: dict[str, PagedHistory] = {}
    read_pages((name,), match_entries(envelope, (name,), by), pages, limit=_ONE_PAGE, retrieved=retrieved)
    if name not in pages:
        raise error("data")
    return replace(pages[name].history(), complete=complete, findings=findings)
