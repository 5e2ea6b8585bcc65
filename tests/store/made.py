"""File histories and reservations made by hand, short to write down in a test."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from components.histories import DocumentList, FileHistory, Link
from components.store import CapReached, Reservation, Store

RETRIEVED = datetime(2026, 3, 2, 9, 30, 0, 123456, tzinfo=UTC)

PAPERS = (
    (20140508, "TRNA", "Transmittal of New Application", 2),
    (20180831, "CTNF", "Non-Final Rejection", 17),
    (20180831, "892", "List of References cited by applicant and considered by examiner", 1),
    (None, "拒絶理由", "理由通知 – “quoted” \u202e", None),
    (20181130, "A...", "Amendment/Req. Reconsideration-After Non-Final Reject", 9),
    (20181130, "A...", "Amendment/Req. Reconsideration-After Non-Final Reject", 3),
)


def documents(count: int = len(PAPERS), *, start: int = 0) -> DocumentList:
    """Return `count` documents, beginning with number `start`."""
    papers = [PAPERS[index % len(PAPERS)] for index in range(start, start + count)]
    return DocumentList(*(tuple(column) for column in zip(*papers, strict=True))) if papers else DocumentList()


def history(
    apno: str = "US14/706838",
    patent_number: str = "US11205304B2",
    patent_id: str = "718ead9c-4f3c-4674-8f5a-24e126827269",
    *,
    count: int = len(PAPERS),
    start: int = 0,
    documents_reported: int | None = None,
    complete: bool = True,
    days: float = 0,
    findings: tuple[str, ...] = (),
    links: Sequence[Link | None] = (),
) -> FileHistory:
    """Return a file history retrieved `days` after `RETRIEVED`."""
    return FileHistory(
        apno=apno,
        patent_number=patent_number,
        patent_id=patent_id,
        documents=documents(count, start=start),
        links=links,
        documents_reported=count if documents_reported is None else documents_reported,
        complete=complete,
        retrieved=RETRIEVED + timedelta(days=days),
        findings=findings,
    )


def linked(whole: FileHistory, expires: datetime, *, word: str = "sign") -> FileHistory:
    """Return the same history with a link to each document, told apart by `word`."""
    names = whole.documents.ids()
    return replace(
        whole, links=[Link(f"https://open.patsnap.com/{word}/{index}", expires) for index in range(len(names))]
    )


def reservations(request_id: str, *numbers: str, user: str = "ada", run: str = "run-1") -> list[Reservation]:
    """Return one reservation for each number of a call."""
    return [Reservation(request_id=request_id, number=number, user=user, run=run) for number in numbers]


def kept_pdfs(store: Store, key: str) -> set[str]:
    """Return the ids of the documents of a history whose PDFs are in the database."""
    with store._database.read() as connection:
        rows = connection.execute(text("SELECT document FROM pdfs WHERE history = :key"), {"key": key})
        return set(rows.scalars())


def left_under_caps(store: Store, *, run: str = "a new run") -> int:
    """Return how many numbers may still be reserved, as the refusal of a hundred says it; nothing is reserved."""
    with pytest.raises(CapReached) as caught:
        store.reserve(reservations("far too many", *(f"US{index}" for index in range(100)), run=run))
    return caught.value.left
