"""What people said of what the rules found: right or wrong. Each one's own mark, seen by all of a workspace.

Nothing but its person changes a mark: not another person's, not other rules, not a refresh of the list.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import delete, insert, select

from components.histories import PaperRef
from components.store import aliases, storable
from components.store.records import FindingMark
from components.store.schema import verdicts
from components.store.transaction import StoreTransaction

LONGEST_WORDS = 2_000
"""Most characters of what was marked; the rest is left out."""


def find(tx: StoreTransaction, names: Collection[str]) -> list[FindingMark]:
    """Return the marks on findings in these histories, under their keys, the earliest first."""
    keys = set(aliases.resolve(tx, names).values())
    query = select(verdicts).where(verdicts.c.source == tx.source)
    rows = [row for batch in storable.batches(keys) for row in tx.execute(query.where(verdicts.c.history.in_(batch)))]
    rows.sort(key=lambda row: (row.at, row.person))
    return [
        FindingMark(PaperRef(row.history, row.document), row.finding, row.is_right, row.words, row.person, row.at)
        for row in rows
    ]


def put(tx: StoreTransaction, person: str, paper: PaperRef, finding: str, *, is_right: bool | None, words: str) -> None:
    """Replace one person's mark on a finding; `None` takes it back.

    Args:
        tx: a writing transaction.
        person: whose mark it is.
        paper: the paper, under the key of its history.
        finding: id of the finding.
        is_right: whether it is right.
        words: what was marked.
    """
    own: dict[str, Any] = {
        "source": tx.source,
        "history": paper.history,
        "document": storable.text(paper.document),
        "finding": storable.text(finding),
        "person": storable.text(person),
    }
    tx.execute(delete(verdicts).where(*(verdicts.c[name] == value for name, value in own.items())))
    if is_right is not None:
        kept = storable.text(words)[:LONGEST_WORDS]
        tx.execute(insert(verdicts).values(**own, is_right=is_right, words=kept, at=tx.now))


def merge(tx: StoreTransaction, keys: Collection[str], key: str) -> None:
    """Move the marks on histories that turned out to be one to the key that stays.

    Where a person marked the same finding under two keys, the later mark stays.

    Args:
        tx: a writing transaction.
        keys: the keys that go.
        key: the key that stays.
    """
    conditions = (verdicts.c.source == tx.source, verdicts.c.history.in_([*keys, key]))
    rows = tx.execute(select(verdicts).where(*conditions).order_by(verdicts.c.at)).mappings().all()
    if all(row["history"] == key for row in rows):
        return
    merged = {(row["person"], row["document"], row["finding"]): {**row, "history": key} for row in rows}
    tx.execute(delete(verdicts).where(*conditions))
    tx.execute(insert(verdicts), list(merged.values()))
