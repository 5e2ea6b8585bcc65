"""The documents of one store: their links, their PDFs and file names, and files made of many of them."""

import functools
import hashlib
import secrets
from collections.abc import Collection

from components.documents.errors import NotDrawn, NotFetched
from components.documents.link_refresh import LinkRefresh
from components.documents.origins import SANDBOX_LINKS, SANDBOX_MOUNT, Origins
from components.documents.packs import Packs
from components.documents.pages import Drawing, PagePictures, Picture
from components.documents.passing_pdfs import PassingPdfs
from components.documents.pdf_fetcher import NOT_HELD, PdfFetcher
from components.documents.tokens import Tokens
from components.exports import file_name
from components.history_tables import HistoryTables
from components.lookups import Lookups
from components.outgoing import OutgoingConnections
from components.patsnap import Downloader
from components.store import Headline, Store, StoreError

UNNAMED = "document.pdf"
"""The file name of a document whose list cannot be read."""
_SECRET_FACT = "token secret"  # noqa: S105 - the name under which the store keeps it


class Documents:
    """Opens, fetches, names and packs documents; one instance a process and workspace, used by all threads.

    Args:
        store: keeps links and PDFs of the workspace.
        tables: of the held histories, for file names.
        lookups: carry out a refresh.
        allowed_origins: where links may lead, `PATSNAP_PDF_ORIGINS`.
        deadline: seconds that a download may take.
        outgoing: how connections to the hosts of the links are made.
        sandbox_url: address of the sandbox in this process, if it serves.
        drawing: draws pages; whoever made it closes it.
    """

    def __init__(
        self,
        *,
        store: Store,
        tables: HistoryTables,
        lookups: Lookups,
        allowed_origins: Collection[str],
        deadline: float,
        outgoing: OutgoingConnections,
        sandbox_url: str | None,
        drawing: Drawing,
    ) -> None:
        self._store = store
        self._tables = tables
        # A browser is sent to the sandbox's route of this app, while the app itself asks the sandbox directly: the only
        # address on this machine that it may ask, apart from those that the settings name.
        self._browser_origins = Origins(
            allowed_origins, mounted={SANDBOX_LINKS: SANDBOX_MOUNT} if sandbox_url else None
        )
        self._fetcher = PdfFetcher(
            store,
            Origins(allowed_origins, mounted={SANDBOX_LINKS: sandbox_url} if sandbox_url else None),
            Downloader((*allowed_origins, sandbox_url or ""), deadline=deadline, outgoing=outgoing),
        )
        self.pictures = PagePictures(drawing, workspace=store.workspace)
        self._passing = PassingPdfs(self.pdf, self._living_link)
        self.packs = Packs(self.pdf, pack_path=self._pack_path)
        self.refresh = LinkRefresh(store, lookups, seconds=deadline * 2)

    @functools.cached_property
    def tokens(self) -> Tokens:
        """Makes and reads the app's own links of this workspace.

        Their secret is made once and kept, so that links outlast a restart; it is the same for all workspaces.

        Raises:
            StoreError: the store cannot be read.
        """
        secret = self._store.fact_or(_SECRET_FACT, lambda: secrets.token_urlsafe(32))
        return Tokens(secret, workspace=self._store.workspace)

    def headline(self, history: str) -> Headline | None:
        """Return what the store holds of a history, by its key or any other name."""
        return next(iter(self._store.headlines([history])), None)

    def kept_pdf(self, history: str, document: str) -> bytes | None:
        """Return the PDF of a document if the store keeps it."""
        return self._store.pdf(history, document)

    def pdf(self, history: str, document: str) -> bytes:
        """Return the PDF of a document: kept, or else fetched through its living link and kept. Never spends.

        Those who ask for the same one at the same time share one download.

        Args:
            history: key or any other name of the file history.
            document: id of the document.

        Raises:
            NotFetched: it cannot be had; says why and what to do.
        """
        try:
            kept = self._store.pdf(history, document)
            if kept is not None:
                return kept
            key = self._store.resolve([history]).get(history)
        except StoreError as error:
            raise NotFetched(str(error), kind="store") from None
        if key is None:
            raise NotFetched(NOT_HELD, kind="not held")
        return self._fetcher.fetch(key, document)

    def picture(self, history: str, document: str, *, page: int, width: int) -> Picture:
        """Return a page of a document as a picture; the PDF is had as by `pdf`. Never spends.

        Args:
            history: key or any other name of the file history.
            document: id of the document.
            page: its number, from 1.
            width: pixels that are wanted across; see `PagePictures.picture`.

        Raises:
            NotFetched: the PDF cannot be had; says why and what to do.
            NotDrawn: there is no picture of the page; says why and what to do.
        """
        try:
            kept = self._store.pdf_digest(history, document)
            data = b"" if kept else self._passing.pdf(history, document)
        except StoreError as error:
            raise NotFetched(str(error), kind="store") from None
        sha256 = kept or hashlib.sha256(data).hexdigest()

        def pdf() -> bytes:
            found = data or self.pdf(history, document)
            if hashlib.sha256(found).hexdigest() != sha256:  # a refresh has come between
                raise NotDrawn("changed")
            return found

        return self.pictures.picture(sha256, pdf, page, width)

    def warm_up(self) -> None:
        """Get ready to draw pages, so that the first picture comes as soon as the others; waits for nothing."""
        self.pictures.warm_up()

    def has_link(self, history: str, document: str) -> bool:
        """Return whether there is a living link to a document, wherever it leads."""
        return self._store.link(history, document) is not None

    def browser_address(self, history: str, document: str) -> str | None:
        """Return where a browser may be sent for a document; `None` without a living link to an allowed origin."""
        link = self._store.link(history, document)
        return self._browser_origins.target(link.url) if link else None

    def file_name(self, history: str, document: str) -> str:
        """Return the file name of a document, as in `US10765880B2_2016-10-25_042_CTNF_non-final-rejection.pdf`.

        042 is its number in reading order, from 1.
        """
        try:
            held = self._tables.of(self._store.headlines([history]))
        except StoreError:
            return UNNAMED
        table = held.tables.documents
        rows = table[table["id"] == document]
        if rows.empty:
            return UNNAMED
        headline, row = held.headlines[0], rows.iloc[0]
        return file_name(
            headline.patent_number or headline.key,
            row["date"],
            row["code"],
            row["description"],
            str(row["category"]),
            number=int(row["seq"]),
        )

    def _living_link(self, history: str, document: str) -> str:
        link = self._store.link(history, document)
        return link.url if link else ""

    def _pack_path(self, pack: str) -> str:
        return self.tokens.pack_path(pack)

    def close(self) -> None:
        """Stop what is being packed, let downloads under way end, and take temporary files away."""
        self.packs.close()
        self.pictures.forget()
        self._passing.forget()
        self._fetcher.close()
