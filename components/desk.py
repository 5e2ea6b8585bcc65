"""The composition root: what one process works with, put together and closed here alone.

Pages and routes ask `desk()` for it and hand on what each component needs.
"""

import gc
import hashlib
import hmac
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache

from pydantic import SecretStr

from components import numbers, page_reading, patsnap, prosecution, sandbox
from components.content import rule_checks as content_tables
from components.documents import SANDBOX_LINKS, Documents, Drawing
from components.fulltext import FullText, cores, open_fulltext
from components.history_tables import HistoryTables
from components.inside import InsideFiles
from components.lookups import AnswerFiles, Lookups, StoredLimits
from components.page_reading.engines import find_engine
from components.page_reading.page_reader import PageReader
from components.patsnap import SANDBOX_KEY, Client
from components.sandbox import RunningSandbox, start_in_process
from components.settings import Settings
from components.store import Caps, Store, StoreFailed


@dataclass(frozen=True, slots=True)
class Desk:
    """All that one process works with in one workspace, shared by its threads."""

    settings: Settings
    store: Store
    client: Client
    lookups: Lookups
    tables: HistoryTables
    documents: Documents
    drawing: Drawing
    """Draws pages for all workspaces."""
    page_reader: PageReader
    """Reads the text of pages for all workspaces."""
    fulltext: FullText
    inside: InsideFiles
    """What the papers that were read say."""
    sandbox: RunningSandbox | None
    """The service re-created in this process, where no account is connected."""
    workspaces: "WalledOff | None" = field(default=None, repr=False)
    """Makes the desks of walled-off workspaces; `None` for the desk of one."""

    def for_workspace(self, name: str) -> "Desk":
        """Return the desk of a walled-off workspace, made at the first use; this one if it is its own name, or empty.

        Settings, client and sandbox are those of this desk; store, look-ups, tables, documents and what is read inside
        them are its own, and hold and show nothing of any other workspace.

        Raises:
            ValueError: that is no name that can be kept, or this is the desk of another walled-off workspace.
        """
        if name == self.store.workspace:
            return self
        if self.workspaces is None:
            raise ValueError("a walled-off workspace leads to no other one")
        return self.workspaces.desk(self, name)

    def delete_person(self, person: str) -> None:
        """Delete what is kept of a person in every workspace; see `Store.delete_person`.

        Raises:
            components.store.StoreError: nothing was deleted; says why.
        """
        self.store.delete_person(person)
        for desk in [self, *self._walled_off()]:
            desk.lookups.forget(person)
            desk.documents.packs.forget(person)
            desk.fulltext.forget(person)
        self.lookups.watch_links()

    def delete_workspace(self, name: str) -> None:
        """Delete all that a walled-off workspace holds; see `Store.delete_workspace`.

        Raises:
            components.store.StoreError: nothing was deleted; says why.
        """
        for walled_off in self._walled_off():
            if walled_off.store.workspace == name:
                walled_off.fulltext.stop()
        self.store.delete_workspace(name)
        if self.workspaces is not None and (desk := self.workspaces.without(name)) is not None:
            desk.fulltext.close()
            desk.inside.close()
            desk.documents.close()
            desk.lookups.close()
        self.lookups.watch_links()

    def close(self) -> None:
        """Let calls under way end and be committed, then close everything, each part before those that it uses."""
        desks = [*self._walled_off(), self]
        for desk in desks:
            desk.fulltext.stop()
        self.page_reader.close()  # a page under way would take its time, and can be read again
        for desk in desks:
            desk.fulltext.close()
        for desk in desks:
            desk.inside.close()
            desk.documents.close()
            desk.lookups.interrupt()
        for desk in desks:
            desk.lookups.close()
        self.drawing.close()
        self.client.close()
        if self.sandbox is not None:
            self.sandbox.stop()
        self.store.close()

    def _walled_off(self) -> "list[Desk]":
        return [] if self.workspaces is None else self.workspaces.all()


class WalledOff:
    """The desks of the walled-off workspaces of one process, each made when it is first asked for.

    Args:
        answer_key: signs files of unsaved answers.
    """

    def __init__(self, *, answer_key: SecretStr) -> None:
        self._answer_key = answer_key
        self._lock = threading.Lock()
        self._desks: dict[str, Desk] = {}

    def desk(self, shared: Desk, name: str) -> Desk:
        """Return the desk of a workspace.

        Args:
            shared: the desk of the workspace that all others share.
            name: of the workspace.

        Raises:
            ValueError: that is no name that can be kept.
        """
        with self._lock:
            if name not in self._desks:
                store = shared.store.for_workspace(name)
                answer_files = AnswerFiles(key=self._answer_key, source=store.source)
                lookups = shared.lookups.for_workspace(store, answer_files)
                self._desks[name] = _desk_of(
                    shared.settings,
                    store,
                    shared.client,
                    lookups,
                    drawing=shared.drawing,
                    page_reader=shared.page_reader,
                    running=shared.sandbox,
                    beside=shared.fulltext,
                )
            return self._desks[name]

    def without(self, name: str) -> Desk | None:
        """Take a workspace's desk out, and return it; `None` if there is none. The next use makes another."""
        with self._lock:
            return self._desks.pop(name, None)

    def all(self) -> list[Desk]:
        """Return the desks made so far."""
        with self._lock:
            return list(self._desks.values())


def open_desk(settings: Settings) -> Desk:
    """Open a desk; without an account the sandbox is started and serves instead of PatSnap.

    Raises:
        components.rule_tables.RuleTableBroken: a rule table is damaged; the message says where, and what to do.
        components.store.StoreError: the store cannot be opened; the message says what to do.
    """
    for room in (numbers, patsnap, prosecution, sandbox, page_reading, content_tables):
        room.check_rule_tables()
    _set_imports_aside()
    in_sandbox = settings.account == "sandbox"
    source = "sandbox" if in_sandbox else settings.patsnap_base_url + settings.patsnap_path
    store = Store.open(
        settings.store_url.get_secret_value(),
        source=source,
        caps=Caps(run=settings.review_cap_run, day=settings.review_cap_day, month=settings.review_cap_month),
        pdf_megabytes=settings.review_pdf_mb,
    )
    if store.trouble is None:  # a store that can only be read is enough to see what is held
        with suppress(StoreFailed):
            store.recover()
    running = start_in_process(link_base=SANDBOX_LINKS) if in_sandbox else None
    limits = StoredLimits(store)
    client = Client.from_settings(
        settings, base_url=running.base_url if running else None, limits=limits, shared_pace=store
    )
    answer_key = _answer_key(settings)
    answer_files = AnswerFiles(key=answer_key, source=store.source)
    lookups = Lookups(store=store, client=client, settings=settings, limits=limits, answer_files=answer_files)
    return _desk_of(
        settings,
        store,
        client,
        lookups,
        drawing=Drawing(),
        page_reader=PageReader(None, at_once=cores(), find=lambda: find_engine(settings)),
        running=running,
        workspaces=WalledOff(answer_key=answer_key),
    )


def _desk_of(
    settings: Settings,
    store: Store,
    client: Client,
    lookups: Lookups,
    *,
    drawing: Drawing,
    page_reader: PageReader,
    running: RunningSandbox | None,
    beside: FullText | None = None,
    workspaces: WalledOff | None = None,
) -> Desk:
    """Return the desk of the workspace that the store is of; its readings take turns with those `beside` it."""
    tables = HistoryTables(store)
    documents = Documents(
        store=store,
        tables=tables,
        lookups=lookups,
        allowed_origins=settings.pdf_origins,
        deadline=settings.patsnap_deadline,
        outgoing=settings.outgoing,
        sandbox_url=running.base_url if running else None,
        drawing=drawing,
    )
    inside = InsideFiles(store, tables)
    pdf, told = documents.pdf, inside.read_paper
    read_papers = (
        open_fulltext(store=store, tables=tables, pdf=pdf, page_reader=page_reader, at_once=cores(), told=told)
        if beside is None
        else beside.for_workspace(store=store, tables=tables, pdf=pdf, told=told)
    )
    return Desk(
        settings=settings,
        store=store,
        client=client,
        lookups=lookups,
        tables=tables,
        documents=documents,
        drawing=drawing,
        page_reader=page_reader,
        fulltext=read_papers,
        inside=inside,
        sandbox=running,
        workspaces=workspaces,
    )


@cache
def _set_imports_aside() -> None:
    """Let the search for garbage pass over what was imported until now, which lives as long as the process.

    Walking through it takes 70 ms, in the middle of a look-up, during which no thread runs.
    """
    gc.collect()
    gc.freeze()


def _answer_key(settings: Settings) -> SecretStr:
    """Return the key that signs files of unsaved answers.

    It is made from the account's secret, not kept in the store: a file must be taken back also by a new, empty store.
    Answers of the sandbox cost nothing and need no secret.
    """
    secret = settings.patsnap_api_key or settings.patsnap_client_secret or SANDBOX_KEY
    signed = hmac.new(secret.get_secret_value().encode(), b"prosecution-review: unsaved answers", hashlib.sha256)
    return SecretStr(signed.hexdigest())


_lock = threading.Lock()
_desk: Desk | None = None


def desk() -> Desk:
    """Return the desk of this process; the first caller opens it, and an error is raised anew until it opens.

    Raises:
        components.rule_tables.RuleTableBroken: see `open_desk`.
        components.store.StoreError: see `open_desk`.
        pydantic.ValidationError: a setting is wrong.
    """
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
