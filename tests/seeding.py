"""A store that holds the sandbox's file histories as if each had been looked up, with nothing in its ledger."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from components.documents import SANDBOX_LINKS
from components.histories import DocumentList, FileHistory, Link
from components.sandbox.recordings import RecordedHistory, recorded_histories
from components.sandbox.responses import document_name
from components.sandbox.signing import Signer
from components.store import Store

_LIFETIME = timedelta(hours=6)
"""How long the links live: longer than the tests run."""


def seed(store: Path, recordings: Iterable[RecordedHistory] | None = None) -> None:
    """Save the sandbox's file histories into an SQLite file, all of them unless some are named.

    An app without an account that is started on it afterwards holds them all, and opens every PDF.
    """
    with Store.open(f"sqlite:///{store}", source="sandbox") as opened:
        for recording in recorded_histories() if recordings is None else recordings:
            opened.save(
                history_of(recording), names=filter(None, (recording.patent_number, recording.publication_number))
            )


def history_of(recording: RecordedHistory) -> FileHistory:
    """Return what a look-up of this application brings, retrieved now, with living links."""
    now = datetime.now(UTC)
    seconds = int(_LIFETIME.total_seconds())
    signer = Signer(SANDBOX_LINKS, lifetime=seconds, stated_lifetime=seconds)
    return FileHistory(
        apno=recording.apno,
        patent_number=recording.patent_number,
        patent_id=recording.patent_id,
        documents=DocumentList(
            date=[document.date for document in recording.documents],
            code=[document.code for document in recording.documents],
            description=[document.description for document in recording.documents],
            pages=[document.pages for document in recording.documents],
        ),
        links=[
            Link(signer.url(document_name(recording, position)), now.replace(microsecond=0) + _LIFETIME)
            for position in range(len(recording.documents))
        ],
        documents_reported=len(recording.documents),
        complete=True,
        retrieved=now,
        findings=tuple(_findings([document.pages for document in recording.documents])),
    )


def _findings(pages: list[int | None]) -> Iterator[str]:
    """Yield what a look-up finds odd: documents to which the office gave no number of pages, or 0."""
    for count, words in ((pages.count(None), "without a number of pages"), (pages.count(0), "said to have 0 pages")):
        if count:
            yield f"{count} {'document' if count == 1 else 'documents'} {words}"
