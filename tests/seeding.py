"""A store that holds the sandbox's file histories as if each had been looked up, with nothing in its ledger."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from components.documents import SANDBOX_LINKS
from components.histories import DocumentList, FileHistory, Link
from components.sandbox.facts import History, histories
from components.sandbox.responses import paper_name
from components.sandbox.signing import Signer
from components.store import Store

_LIFETIME = timedelta(hours=6)
"""How long the links live: longer than the tests run."""


def seed(store: Path, facts: Iterable[History] | None = None) -> None:
    """Save the sandbox's file histories into an SQLite file, all of them unless some are named.

    An app without an account that is started on it afterwards holds them all, and opens every PDF.
    """
    with Store.open(f"sqlite:///{store}", source="sandbox") as opened:
        for fact in histories() if facts is None else facts:
            opened.save(history_of(fact), names=filter(None, (fact.patent_number, fact.publication_number)))


def history_of(fact: History) -> FileHistory:
    """Return what a look-up of this application brings, retrieved now, with living links."""
    now = datetime.now(UTC)
    seconds = int(_LIFETIME.total_seconds())
    signer = Signer(SANDBOX_LINKS, lifetime=seconds, stated_lifetime=seconds)
    return FileHistory(
        apno=fact.apno,
        patent_number=fact.patent_number,
        patent_id=fact.patent_id,
        documents=DocumentList(
            date=[paper.date for paper in fact.papers],
            code=[paper.code for paper in fact.papers],
            description=[paper.description for paper in fact.papers],
            pages=[paper.pages for paper in fact.papers],
        ),
        links=[
            Link(signer.url(paper_name(fact, position)), now.replace(microsecond=0) + _LIFETIME)
            for position in range(len(fact.papers))
        ],
        documents_reported=len(fact.papers),
        complete=True,
        retrieved=now,
    )
