"""The texts of pages: which PDFs are read, of which documents they are, and what stands on their pages.

A PDF is known by its hash, and read once in a workspace, whichever documents it is of. Kept PDFs may go when they are
many (see `pdfs`); what was read of them stays for as long as a document points to it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import islice
from typing import Any, Final

import orjson
from sqlalchemy import ColumnElement, Row, and_, bindparam, delete, exists, insert, or_, select, update

from components.histories import PaperRef
from components.page_texts import BAD_CONFIDENCE, PageText, ReadPaper
from components.store import page_index, page_words, storable
from components.store.schema import aliases, page_texts, paper_files, read_papers
from components.store.transaction import StoreTransaction

PAGES_OF_A_PAPER: Final = 1 << page_index.SHIFT
"""Ids of pages for each paper: more than the pages of any PDF that is read."""
_TEXT_LAYER: Final = "text layer"
_SHORT: Final = (page_texts.c.outcome, page_texts.c.engine, page_texts.c.languages, page_texts.c.confidence)


_FILES: Final = select(paper_files.c.paper, paper_files.c.history, paper_files.c.document).where(
    paper_files.c.source == bindparam("source")
)
_FILES_OF_HISTORIES: Final = _FILES.where(paper_files.c.history.in_(bindparam("histories", expanding=True)))
_FILES_OF_PAPERS: Final = _FILES.where(paper_files.c.paper.in_(bindparam("papers", expanding=True)))


def begin(tx: StoreTransaction, key: str, document: str, sha256: str, *, pages: int, problem: str) -> ReadPaper:
    """Note that a document is a PDF, and return how far that is read; nothing is left of the one that it was before."""
    paper = _paper_id(tx, sha256)
    values = {"pages": storable.integer(pages), "problem": storable.text(problem)}
    if paper is None:
        row = {"source": tx.source, "sha256": storable.text(sha256), "summary": "{}", **values}
        paper = int(tx.execute(insert(read_papers).values(**row).returning(read_papers.c.id)).scalar_one())
    else:
        tx.execute(update(read_papers).where(read_papers.c.id == paper).values(**values))
    _point(tx, key, storable.text(document), paper)
    return _read_paper(tx.execute(select(read_papers).where(read_papers.c.id == paper)).one())


def keep(tx: StoreTransaction, sha256: str, page: PageText, *, tokens: str, words: bytes) -> bool:
    """Keep a page, in place of what was kept of it, but never a failure in place of a text.

    Returns:
        Whether the PDF is known, still.
    """
    paper = _paper_id(tx, sha256)
    if paper is None:
        return False
    page_index.prepare(tx)
    page_id = id_of(paper, page.page)
    held = tx.execute(select(page_texts.c.outcome).where(page_texts.c.id == page_id)).scalar_one_or_none()
    if held == "read" and page.outcome == "failed":
        return True
    if held is not None:
        drop_pages(tx, page_texts.c.id == page_id)
    tx.execute(
        insert(page_texts).values(
            id=page_id,
            outcome=page.outcome,
            engine=storable.text(page.engine),
            languages=storable.text(page.languages),
            confidence=page.confidence,
            turned=page.turned,
            problem=storable.text(page.problem),
            tokens=tokens,
            words=words,
        )
    )
    page_index.add(tx, page_id, tokens)
    tx.execute(update(read_papers).where(read_papers.c.id == paper).values(read_at=tx.now, summary=_summary(tx, paper)))
    return True


def pages_done(tx: StoreTransaction, sha256: str) -> frozenset[int]:
    """Return the numbers of the pages that are kept of a PDF."""
    paper = _paper_id(tx, sha256)
    if paper is None:
        return frozenset()
    ids = tx.execute(select(page_texts.c.id).where(_of_papers([paper]))).scalars()
    return frozenset(page_id % PAGES_OF_A_PAPER for page_id in ids)


def paper(tx: StoreTransaction, name: str, document: str) -> ReadPaper | None:
    """Return how far the PDF of a document is read, by any name of its history; `None` if that never began."""
    query = select(read_papers).join(paper_files, paper_files.c.paper == read_papers.c.id)
    row = tx.execute(query.join(aliases, _ALIAS).where(*_of_document(tx, name, document))).one_or_none()
    return None if row is None else _read_paper(row)


def papers(tx: StoreTransaction, keys: Collection[str] | None) -> dict[PaperRef, ReadPaper]:
    """Return how far papers are read: those of histories, by their keys, or all."""
    query = (
        select(paper_files.c.history, paper_files.c.document, read_papers)
        .join(read_papers, paper_files.c.paper == read_papers.c.id)
        .where(paper_files.c.source == tx.source)
        .order_by(paper_files.c.history, paper_files.c.document)
    )
    queries = (
        [query]
        if keys is None
        else [query.where(paper_files.c.history.in_(batch)) for batch in storable.batches(sorted(keys))]
    )
    rows = [row for query in queries for row in tx.execute(query)]
    return {PaperRef(row.history, row.document): _read_paper(row) for row in rows}


def pages(tx: StoreTransaction, name: str, document: str, page: int | None = None) -> list[Row[Any]]:
    """Return the rows of a document's pages in order, or of one of them, by any name of its history."""
    query = select(paper_files.c.paper).join(aliases, _ALIAS).where(*_of_document(tx, name, document))
    found = tx.execute(query).scalar_one_or_none()
    if found is None or (page is not None and not 0 < page < PAGES_OF_A_PAPER):
        return []
    condition = _of_papers([found]) if page is None else page_texts.c.id == id_of(found, page)
    return list(tx.execute(select(page_texts).where(condition).order_by(page_texts.c.id)))


def page_of(row: Row[Any]) -> PageText:
    """Return the text of a page from its row.

    Raises:
        WordsDamaged: its words are not those that were kept.
    """
    words, marks = page_words.unpack(bytes(row.words))
    return PageText(
        page=row.id % PAGES_OF_A_PAPER,
        outcome=row.outcome,
        engine=row.engine,
        languages=row.languages,
        words=words,
        turned=row.turned,
        problem=row.problem,
        marks=marks,
    )


def forget_page(tx: StoreTransaction, page_id: int) -> None:
    """Delete what is kept of a page, so that it is read again."""
    drop_pages(tx, page_texts.c.id == page_id)
    paper_id = page_id // PAGES_OF_A_PAPER
    tx.execute(update(read_papers).where(read_papers.c.id == paper_id).values(summary=_summary(tx, paper_id)))


def ids_of(tx: StoreTransaction, refs: Collection[PaperRef]) -> set[int]:
    """Return the ids of the papers that some documents are."""
    wanted = frozenset(refs)
    ids: set[int] = set()
    for batch in storable.batches(sorted({ref.history for ref in wanted})):
        rows = tx.execute(_FILES_OF_HISTORIES, {"source": tx.source, "histories": batch})
        ids |= {paper_id for paper_id, name, document in rows if (name, document) in wanted}
    return ids


def documents_of(tx: StoreTransaction, papers: Collection[int]) -> dict[int, list[PaperRef]]:
    """Return of which documents of this workspace papers are, by their ids."""
    documents: dict[int, list[PaperRef]] = defaultdict(list)
    left = iter(papers)
    while batch := list(islice(left, storable.BATCH_SIZE)):
        for paper_id, name, document in tx.execute(_FILES_OF_PAPERS, {"source": tx.source, "papers": batch}):
            documents[paper_id].append(PaperRef(name, document))
    return {paper_id: sorted(refs) for paper_id, refs in documents.items()}


def drop_left(tx: StoreTransaction) -> None:
    """Delete what was read of PDFs to which no document points any more."""
    pointed_to = exists().where(paper_files.c.paper == read_papers.c.id)
    left = tx.execute(select(read_papers.c.id).where(read_papers.c.source == tx.source, ~pointed_to)).scalars().all()
    _drop_papers(tx, left)


def drop_all(tx: StoreTransaction) -> None:
    """Delete all that was read in this workspace."""
    _drop_papers(tx, tx.execute(select(read_papers.c.id).where(read_papers.c.source == tx.source)).scalars().all())
    page_index.forget_deleted(tx)


def drop_pages(tx: StoreTransaction, condition: ColumnElement[bool]) -> None:
    """Delete pages, and what finds them."""
    page_index.remove(tx, condition)
    tx.execute(delete(page_texts).where(condition))


def id_of(paper: int, page: int) -> int:
    """Return the id of a page.

    Raises:
        ValueError: no PDF that is read has a page of this number.
    """
    if not 0 < page < PAGES_OF_A_PAPER:
        raise ValueError("no PDF that is read has a page of this number")
    return paper * PAGES_OF_A_PAPER + page


_ALIAS: Final = and_(aliases.c.source == paper_files.c.source, aliases.c.key == paper_files.c.history)


def _of_document(tx: StoreTransaction, name: str, document: str) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of a document, by any name of its history."""
    return (
        paper_files.c.source == tx.source,
        aliases.c.name == storable.text(name),
        aliases.c.leads,
        paper_files.c.document == storable.text(document),
    )


def _of_papers(papers: Iterable[int]) -> ColumnElement[bool]:
    """Return the condition that a page is of one of a few papers."""
    return or_(
        *(page_texts.c.id.between(paper * PAGES_OF_A_PAPER, (paper + 1) * PAGES_OF_A_PAPER - 1) for paper in papers)
    )


def _paper_id(tx: StoreTransaction, sha256: str) -> int | None:
    condition = (read_papers.c.source == tx.source, read_papers.c.sha256 == storable.text(sha256))
    return tx.execute(select(read_papers.c.id).where(*condition)).scalar_one_or_none()


def _point(tx: StoreTransaction, key: str, document: str, paper: int) -> None:
    """Note that a document is the PDF of a paper; delete what was read of another that it alone was."""
    of_document = (
        paper_files.c.source == tx.source,
        paper_files.c.history == key,
        paper_files.c.document == document,
    )
    before = tx.execute(select(paper_files.c.paper).where(*of_document)).scalar_one_or_none()
    if before == paper:
        return
    if before is None:
        row = {"source": tx.source, "history": key, "document": document, "paper": paper}
        tx.execute(insert(paper_files).values(**row))
    else:
        tx.execute(update(paper_files).where(*of_document).values(paper=paper))
        drop_left(tx)


def _drop_papers(tx: StoreTransaction, ids: Collection[int]) -> None:
    for paper_id in ids:
        drop_pages(tx, _of_papers([paper_id]))
        tx.execute(delete(read_papers).where(read_papers.c.id == paper_id))


def _summary(tx: StoreTransaction, paper: int) -> str:
    """Return what the pages of a paper come to."""
    rows = tx.execute(select(page_texts.c.id, *_SHORT).where(_of_papers([paper])).order_by(page_texts.c.id)).all()
    outcomes = [row.outcome for row in rows]
    sure = [row.confidence for row in rows if row.confidence is not None and row.engine != _TEXT_LAYER]
    bad = [row.id % PAGES_OF_A_PAPER for row in rows if row.confidence is not None and row.confidence < BAD_CONFIDENCE]
    return orjson.dumps(
        {
            "read": outcomes.count("read"),
            "empty": outcomes.count("empty"),
            "failed": outcomes.count("failed"),
            "engines": list(dict.fromkeys(row.engine for row in rows if row.engine)),
            "languages": list(dict.fromkeys(row.languages for row in rows if row.languages)),
            "confidence": round(sum(sure) / len(sure)) if sure else None,
            "bad_pages": bad,
        }
    ).decode()


def _read_paper(row: Row[Any]) -> ReadPaper:
    """Return how far a paper is read; nothing counts as read if what is noted of it is damaged."""
    try:
        noted = dict(orjson.loads(row.summary))
        return _with_summary(row, noted)
    except (ValueError, TypeError):
        return _with_summary(row, {})


def _with_summary(row: Row[Any], noted: Mapping[str, Any]) -> ReadPaper:
    return ReadPaper(
        row.sha256,
        row.pages,
        read=int(noted.get("read", 0)),
        empty=int(noted.get("empty", 0)),
        failed=int(noted.get("failed", 0)),
        engines=tuple(noted.get("engines", ())),
        languages=tuple(noted.get("languages", ())),
        confidence=noted.get("confidence"),
        bad_pages=tuple(noted.get("bad_pages", ())),
        problem=row.problem,
        read_at=row.read_at,
    )
