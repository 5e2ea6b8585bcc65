"""What the rules found in PDFs, as it is kept: for each kind of paper that a PDF is taken for, and each code.

It belongs to the PDF and goes with it (see `page_texts`). What was found by other rules, or in fewer of its pages, is
out of date and is replaced; until then it is still there, so that the periods which papers set are known at all times.
"""

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from sqlalchemy import Row, delete, insert, or_, select

from components.histories import PaperRef, SetPeriod
from components.store import storable
from components.store.schema import paper_contents, paper_files, read_papers
from components.store.transaction import StoreTransaction


class ContentOf(NamedTuple):
    """Which PDF a content is of, and what paper it was taken for."""

    sha256: str
    kind: str
    code: str


class KeptContent(NamedTuple):
    """A content as it is kept."""

    rules: int
    """The version of the rules that found it."""
    pages: str
    """Which pages it was found in: what says so changes whenever another page is read."""
    data: bytes
    """Whoever keeps it makes and reads these bytes."""
    period: SetPeriod | None = None
    """The period for reply that the paper sets, where that was read surely."""
    period_finding: str = ""
    """The id of the finding that says so: where a person marks it as wrong, the period counts no more."""


def find(tx: StoreTransaction, wanted: Collection[ContentOf]) -> dict[ContentOf, KeptContent]:
    """Return those of some contents that are kept."""
    query = (
        select(read_papers.c.sha256, paper_contents)
        .join(paper_contents, paper_contents.c.paper == read_papers.c.id)
        .where(read_papers.c.source == tx.source)
    )
    names = {_stored(content): content for content in wanted}
    found = {}
    for batch in storable.batches({content.sha256 for content in wanted}):
        for row in tx.execute(query.where(read_papers.c.sha256.in_(batch))):
            name = names.get(ContentOf(row.sha256, row.kind, row.code))
            if name is not None:
                found[name] = _content(row)
    return found


def keep(tx: StoreTransaction, content: ContentOf, kept: KeptContent) -> bool:
    """Keep a content in place of the one kept before, and of all of this PDF that are out of date.

    Returns:
        Whether a document is that PDF, still.
    """
    paper = _paper_id(tx, content.sha256)
    if paper is None:
        return False
    stored = _stored(content)
    own = (paper_contents.c.kind == stored.kind) & (paper_contents.c.code == stored.code)
    out_of_date = (paper_contents.c.rules != kept.rules) | (paper_contents.c.pages != kept.pages)
    tx.execute(delete(paper_contents).where(paper_contents.c.paper == paper, or_(own, out_of_date)))
    period = kept.period
    tx.execute(
        insert(paper_contents).values(
            paper=paper,
            kind=stored.kind,
            code=stored.code,
            rules=kept.rules,
            pages=kept.pages,
            period_finding=storable.text(kept.period_finding) if period else "",
            period_months=period.months if period else None,
            period_days=period.days if period else None,
            period_page=period.page if period else None,
            content=kept.data,
        )
    )
    return True


def forget(tx: StoreTransaction, content: ContentOf) -> None:
    """Delete a content, so that it is found again."""
    paper, stored = _paper_id(tx, content.sha256), _stored(content)
    conditions = (paper_contents.c.kind == stored.kind, paper_contents.c.code == stored.code)
    tx.execute(delete(paper_contents).where(paper_contents.c.paper == paper, *conditions))


def periods(tx: StoreTransaction, keys: Collection[str]) -> dict[PaperRef, tuple[str, SetPeriod]]:
    """Return the periods that the papers of histories set, by their keys, each with the finding that says so."""
    return {
        PaperRef(row.history, row.document): (
            row.period_finding,
            SetPeriod(row.period_months, row.period_days, row.period_page),
        )
        for row in _with_period(tx, keys)
    }


def _with_period(tx: StoreTransaction, keys: Collection[str]) -> Iterable[Row[Any]]:
    query = (
        select(
            paper_files.c.history,
            paper_files.c.document,
            paper_contents.c.period_finding,
            paper_contents.c.period_months,
            paper_contents.c.period_days,
            paper_contents.c.period_page,
        )
        .join(paper_contents, paper_contents.c.paper == paper_files.c.paper)
        .where(paper_files.c.source == tx.source, paper_contents.c.period_finding != "")
        .order_by(paper_contents.c.id)
    )
    for batch in storable.batches(keys):
        yield from tx.execute(query.where(paper_files.c.history.in_(batch)))


def _stored(content: ContentOf) -> ContentOf:
    return ContentOf(*map(storable.text, content))


def _paper_id(tx: StoreTransaction, sha256: str) -> int | None:
    conditions = (read_papers.c.source == tx.source, read_papers.c.sha256 == storable.text(sha256))
    return tx.execute(select(read_papers.c.id).where(*conditions)).scalar_one_or_none()


def _content(row: Row[Any]) -> KeptContent:
    period = SetPeriod(row.period_months, row.period_days, row.period_page) if row.period_finding else None
    return KeptContent(row.rules, row.pages, bytes(row.content), period, row.period_finding)
