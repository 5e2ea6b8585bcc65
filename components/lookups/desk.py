"""The desk of one process: settings, store, client and worker, opened once and put together here alone."""

import threading
from dataclasses import dataclass

from components.lookups.tables import HistoryTables
from components.lookups.till import StoredLimits
from components.lookups.worker import Lookups
from components.patsnap import Client
from components.sandbox import RunningSandbox, start_in_process
from components.settings import Settings
from components.store import Caps, Store

SANDBOX_LINKS = "https://sandbox.invalid"
"""Origin of the links that the in-process sandbox signs. It cannot exist (RFC 2606): the documents room maps it to
the sandbox's own route of this app, which a browser on another machine can reach too."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What a page or a route needs to work; shared by all threads of the process."""

    settings: Settings
    store: Store
    client: Client
    lookups: Lookups
    tables: HistoryTables
    sandbox: RunningSandbox | None
    """The service re-created in this process, where no account is connected."""

    def close(self) -> None:
        """Let calls under way end, commit them, and close everything."""
        self.lookups.close()
        self.client.close()
        if self.sandbox is not None:
            self.sandbox.stop()
        self.store.close()


def open_desk(settings: Settings) -> Desk:
    """Put a desk together; without an account the sandbox is started and serves instead.

    Raises:
        components.store.StoreError: the store cannot be opened; the message says what to do.
    """
    in_sandbox = settings.account == "sandbox"
    store = Store.open(
        settings.store_url.get_secret_value(),
        source="sandbox" if in_sandbox else settings.patsnap_base_url + settings.patsnap_path,
        caps=Caps(run=settings.review_cap_run, day=settings.review_cap_day, month=settings.review_cap_month),
        pdf_megabytes=settings.review_pdf_mb,
    )
    store.orphans_to_uncertain()
    sandbox = start_in_process(link_base=SANDBOX_LINKS) if in_sandbox else None
    client = Client.from_settings(settings, base_url=sandbox.base_url if sandbox else None, limits=StoredLimits(store))
    lookups = Lookups(store=store, client=client, settings=settings)
    return Desk(settings, store, client, lookups, HistoryTables(store), sandbox)


_lock = threading.Lock()
_desk: Desk | None = None


def desk() -> Desk:
    """Give the desk of this process; the first caller opens it, and an error is raised anew until it opens."""
    global _desk  # noqa: PLW0603 - one desk a process is the point: leases, rate and jobs are shared by all sessions
    if _desk is None:
        with _lock:
            if _desk is None:
                _desk = open_desk(Settings())
    return _desk


def close_desk() -> None:
    """Close the desk of this process, if it was ever opened."""
    global _desk  # noqa: PLW0603
    with _lock:
        if _desk is not None:
            _desk.close()
            _desk = None
