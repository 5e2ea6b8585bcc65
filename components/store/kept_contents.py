"""What the rules found in papers, of one workspace: kept, given back, and the periods that papers set."""

from collections.abc import Callable, Collection, Iterable
from contextlib import AbstractContextManager
from typing import Protocol

from components.histories import PaperRef, SetPeriod
from components.store import paper_contents, verdicts
from components.store.paper_contents import ContentOf, KeptContent
from components.store.transaction import StoreTransaction


class _Write(Protocol):
    def __call__(self, *, hurried: bool = False, passing: bool = False) -> AbstractContextManager[StoreTransaction]: ...


class KeptContents:
    """What was found in PDFs, in the store, of one workspace; as safe for threads as the store is.

    It can be found again, for nothing: it is written without waiting for the disk.
    """

    def __init__(self, read: Callable[[], AbstractContextManager[StoreTransaction]], write: _Write) -> None:
        self._read = read
        self._write = write

    def find(self, wanted: Collection[ContentOf]) -> dict[ContentOf, KeptContent]:
        """Return those of some contents that are kept, those that are out of date included."""
        with self._read() as tx:
            return paper_contents.find(tx, wanted)

    def keep(self, content: ContentOf, kept: KeptContent) -> bool:
        """Keep a content in place of the one kept before.

        Returns:
            Whether a document is that PDF, still: if none is, it was deleted meanwhile, and nothing is kept.

        Raises:
            StoreUnwritable: it cannot be kept.
        """
        with self._write(hurried=True, passing=True) as tx:
            return paper_contents.keep(tx, content, kept)

    def forget(self, content: ContentOf) -> None:
        """Delete a content, so that it is found again.

        Raises:
            StoreUnwritable: it cannot be deleted.
        """
        with self._write(hurried=True, passing=True) as tx:
            paper_contents.forget(tx, content)

    def periods(self, histories: Iterable[str]) -> dict[PaperRef, SetPeriod]:
        """Return the periods for reply that papers set, of histories by their keys.

        Those that a person marked as wrong are left out, and so are all that were not read surely.
        """
        with self._read() as tx:
            found = paper_contents.periods(tx, list(histories))
            marks = verdicts.find(tx, sorted({paper.history for paper in found})) if found else []
        said = {(mark.paper, mark.finding): mark.is_right for mark in marks}  # of several people the last one's counts
        return {paper: period for paper, (finding, period) in found.items() if said.get((paper, finding), True)}
