"""The half of the store that is about single papers: the PDFs that were fetched, and what people marked on them."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime

from components.store import aliases, marks, pdfs
from components.store.engine import Database
from components.store.errors import StoreUnwritable
from components.store.records import Mark


class Papers:
    """Kept PDFs and marks of one source; part of `Store`.

    Args:
        database: the open store.
        source: whose data these are.
        pdf_bytes: how much the kept PDFs of all sources may take together.
    """

    def __init__(self, database: Database, *, source: str, pdf_bytes: int) -> None:
        self._database = database
        self._source = source
        self._pdf_bytes = pdf_bytes

    # PDFs

    def pdf(self, history: str, document: str) -> bytes | None:
        """Give a kept PDF, by any name of its history; one that is damaged is forgotten, so that it is fetched anew."""
        with self._database.read() as connection:
            found = pdfs.find(connection, self._source, history, document)
        if found is None:
            return None
        pdf, sha256, used_at, data = found
        sound = pdfs.is_sound(data, sha256)
        now = datetime.now(UTC)
        if not sound or now - used_at >= pdfs.USE_NOTED_AFTER:
            with suppress(StoreUnwritable), self._database.write(self._source) as connection:
                if sound:
                    pdfs.note_use(connection, pdf, now=now)
                else:
                    pdfs.drop(connection, [pdf])
        return data if sound else None

    def keep_pdf(self, history: str, document: str, data: bytes) -> None:
        """Keep the PDF of a document, if its history is held and the PDF is not larger than all may be together.

        Raises:
            StoreUnwritable: there is no room on the disk, or the store cannot be written; the PDF is as good as before.
        """
        if len(data) > self._pdf_bytes:
            return
        with self._database.write(self._source) as connection:
            key = aliases.find(connection, self._source, [history]).get(history)
            if key is not None:
                pdfs.keep(connection, self._source, key, document, data, now=datetime.now(UTC))
                pdfs.make_room(connection, self._pdf_bytes)

    def pdf_bytes(self) -> int:
        """Tell how many bytes the kept PDFs of all sources take."""
        with self._database.read() as connection:
            return pdfs.total(connection)

    def trim_pdfs(self) -> None:
        """Bring the kept PDFs within the bound, if it was lowered since they were kept."""
        if self.pdf_bytes() > self._pdf_bytes:
            with suppress(StoreUnwritable), self._database.write(self._source) as connection:
                pdfs.make_room(connection, self._pdf_bytes)

    # Marks

    def marks(self, person: str, histories: Iterable[str]) -> dict[tuple[str, str], Mark]:
        """Give what this person ticked and noted, by the history's key and the document's id; never another's."""
        with self._database.read() as connection:
            return marks.find(connection, self._source, person, list(histories))

    def mark(
        self, person: str, history: str, documents: Sequence[str], *, read: bool | None = None, note: str | None = None
    ) -> None:
        """Tick papers of a history as read or not, or note something on them; `None` leaves either as it is.

        Args:
            person: whose mark it is; others neither see nor change it.
            history: key or any other name of a held history.
            documents: ids of the papers.
            read: ticked as read.
            note: at most 2,000 characters; control characters are taken out, line breaks stay; `""` takes it away.

        Raises:
            NoteTooLong: it is longer; nothing was changed.
            ValueError: no such history is held.
        """
        fit = None if note is None else marks.fit(note)
        with self._database.write(self._source) as connection:
            key = aliases.find(connection, self._source, [history]).get(history)
            if key is None:
                raise ValueError("a mark belongs to a held file history")
            marks.put(connection, self._source, person, key, documents, read=read, note=fit, now=datetime.now(UTC))
