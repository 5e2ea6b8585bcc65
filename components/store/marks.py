"""What people ticked as read and noted on papers: everyone's own, by file history and document; refreshes keep them."""

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, insert, select

from components.store import aliases, storable
from components.store.errors import NoteTooLong
from components.store.records import Mark
from components.store.schema import marks
from components.store.transaction import StoreTransaction

LONGEST_NOTE = 2_000
"""Most characters of a note."""
_NONE = Mark()
_BREAK = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")


def clean_note(note: str) -> str:
    """Return a note as it is kept: line breaks as line feeds, no other control characters, no blanks around it.

    Raises:
        NoteTooLong: it has more than `LONGEST_NOTE` characters.
    """
    text = _CONTROL.sub("", _BREAK.sub("\n", note).replace("\t", " ")).strip()
    if len(text) > LONGEST_NOTE:
        raise NoteTooLong(len(text), LONGEST_NOTE)
    return storable.text(text)


def find(tx: StoreTransaction, person: str, names: Collection[str]) -> dict[tuple[str, str], Mark]:
    """Return one person's marks on these histories, by the history's key and the document's id."""
    keys = set(aliases.resolve(tx, names).values())
    marks_by_document: dict[tuple[str, str], Mark] = {}
    for batch in storable.batches(keys):
        for row in _rows(tx, storable.text(person), marks.c.history.in_(batch)):
            marks_by_document[row.history, row.document] = Mark(row.read, row.note)
    return marks_by_document


def put(
    tx: StoreTransaction,
    person: str,
    key: str,
    documents: Sequence[str],
    *,
    read: bool | None,
    note: str | None,
) -> None:
    """Change one person's marks on papers of one history; a paper with neither tick nor note has no mark.

    Args:
        tx: a writing transaction.
        person: whose marks they are.
        key: of the history.
        documents: ids of the papers.
        read: ticked as read or not; `None` leaves it as it is.
        note: as `clean_note` returns it; `None` leaves it as it is.
    """
    person = storable.text(person)
    for batch in storable.batches(documents):
        conditions = (marks.c.history == key, marks.c.document.in_(batch))
        before_by_document = {row.document: Mark(row.read, row.note) for row in _rows(tx, person, *conditions)}
        changed = {}
        for document in batch:
            before = before_by_document.get(document, _NONE)
            mark = Mark(before.read if read is None else read, before.note if note is None else note)
            if mark != before:
                changed[document] = mark
        _replace(tx, person, key, changed)


def merge(tx: StoreTransaction, keys: Collection[str], key: str) -> None:
    """Move the marks on histories that turned out to be one to the key that stays, and unite those on the same paper.

    A paper ticked under either key is ticked; two notes stand one below the other, the earlier first. If they are too
    long together, the later one stays.

    Args:
        tx: a writing transaction.
        keys: the keys that go.
        key: the key that stays.
    """
    conditions = (marks.c.source == tx.source, marks.c.history.in_([*keys, key]))
    rows = tx.execute(select(marks).where(*conditions).order_by(marks.c.changed_at)).mappings().all()
    if all(row["history"] == key for row in rows):
        return
    merged: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows:
        name = (row["person"], row["document"])
        before = merged.get(name)
        merged[name] = {**row, "history": key}
        if before is not None:
            merged[name] |= {"read": before["read"] or row["read"], "note": _joined_notes(before["note"], row["note"])}
    tx.execute(delete(marks).where(*conditions))
    tx.execute(insert(marks), list(merged.values()))


def _joined_notes(earlier: str, later: str) -> str:
    """Return two notes as one, or the later if they are too long together."""
    notes = list(dict.fromkeys(note for note in (earlier, later) if note))
    both = "\n".join(notes)
    return both if len(both) <= LONGEST_NOTE else later


def _rows(tx: StoreTransaction, person: str, *conditions: ColumnElement[bool]) -> Iterable[Row[Any]]:
    """Return the rows of one person's marks that meet some conditions."""
    query = select(marks.c.history, marks.c.document, marks.c.read, marks.c.note)
    return tx.execute(query.where(marks.c.source == tx.source, marks.c.person == person, *conditions))


def _replace(tx: StoreTransaction, person: str, key: str, changed: dict[str, Mark]) -> None:
    """Write the changed marks of one person on one history; empty ones are deleted."""
    if not changed:
        return
    conditions = (marks.c.source == tx.source, marks.c.person == person, marks.c.history == key)
    tx.execute(delete(marks).where(*conditions, marks.c.document.in_(list(changed))))
    rows = [
        {
            "source": tx.source,
            "person": person,
            "history": key,
            "document": document,
            "read": mark.read,
            "note": mark.note,
            "changed_at": tx.now,
        }
        for document, mark in changed.items()
        if mark != _NONE
    ]
    if rows:
        tx.execute(insert(marks), rows)
