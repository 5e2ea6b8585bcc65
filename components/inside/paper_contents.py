"""The content of papers: in memory, in the store, or read now by the rules; never twice at the same time."""

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from typing import Final, NamedTuple

from components.content.claim_lists import in_words
from components.content.paper_kinds import kind_of
from components.content.reading import RULES_VERSION, read_content
from components.content.records import Flag, PaperContent, PaperKind, finding_id
from components.histories import PaperRef, SetPeriod
from components.inside import kept_form
from components.page_texts import PageText, ReadPaper
from components.store import ContentOf, KeptContent, Store, StoreError, StoreFailed

MAX_KEPT: Final = 32 * 1024 * 1024
"""Bytes of contents, as the store keeps them uncompressed, that are in memory; beyond that, those go that were not
asked for for the longest time."""
_SURE: Final = 80
"""Confidence in per cent from which a period that a paper sets goes before the usual one."""

PATIENCE: Final = 3.0
"""Seconds that an asker waits for the rules: a paper takes them some hundredths, but files of whole portfolios may be
looked at for the first time, or after the rules have changed. The rest is read in the background."""
AGAIN: Final = 5.0
"""Seconds after which a paper that is being read is read by the rules once more: not with every page of it."""
LATER: Final = "The rules are reading it just now: look again in a moment."
_ODD: Final = "Reading this paper by the rules failed in an unforeseen way; the log of the app says more."
_log = logging.getLogger(__name__)
_WITH_GROUNDS: Final[frozenset[PaperKind]] = frozenset({"action", "advisory"})


class PaperOfKind(NamedTuple):
    """A paper of which pages are read."""

    ref: PaperRef
    read: ReadPaper
    code: str
    description: str

    @property
    def kind(self) -> PaperKind:
        """By what rules it is read."""
        return kind_of(self.code, self.description)

    @property
    def pages(self) -> str:
        """Which of its pages are read: changes whenever another one is."""
        at = self.read.read_at.isoformat() if self.read.read_at else ""
        return f"{self.read.read} {self.read.empty} {self.read.failed} of {self.read.pages} {at}"


class _Key(NamedTuple):
    """What a content is of: where any of it changes, the paper is read again."""

    content: ContentOf
    pages: str


def _key(paper: PaperOfKind) -> _Key:
    return _Key(ContentOf(paper.read.sha256, paper.kind, paper.code), paper.pages)


class _Sized(NamedTuple):
    content: PaperContent
    size: int


class _Partial(NamedTuple):
    """What was found in a paper while its pages were being read."""

    content: PaperContent
    at: float


class PaperContents:
    """Contents of papers; one instance a process and workspace, used by all threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._known: OrderedDict[_Key, _Sized] = OrderedDict()
        self._size = 0
        self._under_way: dict[_Key, Future[PaperContent]] = {}
        self._partial: dict[ContentOf, _Partial] = {}
        self._behind = ThreadPoolExecutor(1, thread_name_prefix="inside")
        self._waiting: set[_Key] = set()
        self._closing = threading.Event()

    def close(self) -> None:
        """Read no more in the background; wait for the paper under way."""
        self._closing.set()
        self._behind.shutdown(wait=True, cancel_futures=True)

    def of(self, papers: Sequence[PaperOfKind]) -> list[PaperContent]:
        """Return the content of papers, in their order; those that the rules have not come to yet say so.

        Raises:
            components.store.StoreError: the store cannot be read.
        """
        keys = [_key(paper) for paper in papers]
        found = self._in_memory(keys)
        missing = {key: paper for key, paper in zip(keys, papers, strict=True) if key not in found}
        if missing:
            found |= self._in_store(missing)
        end = time.monotonic() + PATIENCE
        for key, paper in missing.items():
            if key not in found:
                found[key] = self._recent(key, paper) or (
                    self._by_rules(key, paper) if time.monotonic() < end else self._later(key, paper)
                )
        return [found[key] for key in keys]

    def kept(self, papers: Sequence[PaperOfKind]) -> list[PaperContent | None]:
        """Return what is kept of papers, in their order; `None` where nothing is yet.

        Nobody waits for the rules: what is missing is read in the background.

        Raises:
            components.store.StoreError: the store cannot be read.
        """
        keys = [_key(paper) for paper in papers]
        found: dict[_Key, PaperContent | None] = {**self._in_memory(keys)}
        missing = {key: paper for key, paper in zip(keys, papers, strict=True) if key not in found}
        if missing:
            found |= self._in_store(missing)
        for key, paper in missing.items():
            if key not in found:
                found[key] = self._recent(key, paper)
                if found[key] is None:
                    self._later(key, paper)
        return [found[key] for key in keys]

    def _in_memory(self, keys: Iterable[_Key]) -> dict[_Key, PaperContent]:
        found = {}
        with self._lock:
            for key in keys:
                if (known := self._known.get(key)) is not None:
                    self._known.move_to_end(key)
                    found[key] = known.content
        return found

    def _in_store(self, keys: Iterable[_Key]) -> dict[_Key, PaperContent]:
        by_content = {key.content: key for key in keys}
        found = {}
        for content, kept in self._store.contents.find(by_content.keys()).items():
            key = by_content[content]
            if (kept.rules, kept.pages) != (RULES_VERSION, key.pages):
                continue
            try:
                found[key] = kept_form.unpack(kept.data)
            except kept_form.ContentDamaged:
                with suppress(StoreFailed):
                    self._store.contents.forget(content)
                continue
            self._remember(key, found[key], kept_form.size(kept.data))
        return found

    def _recent(self, key: _Key, paper: PaperOfKind) -> PaperContent | None:
        """Return what was found a moment ago in fewer pages of a paper that is being read."""
        with self._lock:
            partial = self._partial.get(key.content)
            if partial is None:
                return None
            if paper.read.is_whole or time.monotonic() - partial.at > AGAIN:
                del self._partial[key.content]
                return None
            return partial.content

    def _by_rules(self, key: _Key, paper: PaperOfKind) -> PaperContent:
        """Read a paper, or wait for the thread that is reading it. A failure is not kept: the next call retries."""
        with self._lock:
            if (known := self._known.get(key)) is not None:
                return known.content
            under_way = self._under_way.get(key)
            own: Future[PaperContent] = Future()
            if under_way is None:
                self._under_way[key] = own
        if under_way is not None:
            return under_way.result()
        try:
            content = self._read_now(key, paper)
            own.set_result(content)
        except BaseException as error:
            own.set_exception(error)
            raise
        finally:
            with self._lock:
                self._under_way.pop(key, None)
        return content

    def _later(self, key: _Key, paper: PaperOfKind) -> PaperContent:
        """Let a paper be read in the background, once, and return what is known of it until then."""
        with self._lock:
            is_new = key not in self._waiting
            self._waiting.add(key)
        if is_new:
            with suppress(RuntimeError):  # it was closed meanwhile
                self._behind.submit(self._read_behind, key, paper)
        return PaperContent(paper.kind, "not read", LATER)

    def _read_behind(self, key: _Key, paper: PaperOfKind) -> None:
        began = time.monotonic()
        try:
            self._by_rules(key, paper)
            self._closing.wait(time.monotonic() - began)  # half of the time is left to those who wait for a page
        except StoreError as error:
            _log.warning("what %s says was not read: %s", paper.ref, error)
        finally:
            with self._lock:
                self._waiting.discard(key)

    def _read_now(self, key: _Key, paper: PaperOfKind) -> PaperContent:
        pages = self._store.texts.pages(*paper.ref)
        try:
            content = read_content(pages, kind=paper.kind, code=paper.code)
        except Exception:  # noqa: BLE001 - one odd paper never hides what all others say
            _log.exception("reading what %s says failed", paper.ref)
            content = PaperContent(paper.kind, "not read", _ODD)
            self._remember(key, content, len(_ODD))  # until the app is started again: then perhaps by better rules
            return content
        content = with_missing_pages(content, pages, paper.read.pages)
        if not paper.read.is_whole:
            with self._lock:
                self._partial[key.content] = _Partial(content, time.monotonic())
        self._keep(key, content)
        return content

    def _keep(self, key: _Key, content: PaperContent) -> None:
        data = kept_form.pack(content)
        self._remember(key, content, kept_form.size(data))
        period = set_period(content)
        kept = KeptContent(
            RULES_VERSION,
            key.pages,
            data,
            period,
            content.reply_period.id if period and content.reply_period else "",
        )
        with suppress(StoreFailed):  # it can be read again
            self._store.contents.keep(key.content, kept)

    def _remember(self, key: _Key, content: PaperContent, size: int) -> None:
        with self._lock:
            if (before := self._known.pop(key, None)) is not None:
                self._size -= before.size
            self._known[key] = _Sized(content, size)
            self._size += size
            while self._size > MAX_KEPT and len(self._known) > 1:
                _, dropped = self._known.popitem(last=False)
                self._size -= dropped.size


def set_period(content: PaperContent) -> SetPeriod | None:
    """Return the period for reply that a paper sets, if it was read surely."""
    period = content.reply_period
    if period is None or (period.months is None and period.days is None):
        return None
    if min(period.confidence, period.quote.confidence) < _SURE:
        return None
    return SetPeriod(period.months, period.days, period.quote.page)


def with_missing_pages(content: PaperContent, pages: Sequence[PageText], count: int) -> PaperContent:
    """Return a content that says which pages of its paper are not read, so that they never look empty.

    An action without any ground is then not read; a set of claims is not compared with others.

    Args:
        content: what was found in the pages that are.
        pages: those that were looked at.
        count: how many the paper has.
    """
    done = {page.page for page in pages if page.outcome != "failed"}
    missing = tuple(page for page in range(1, count + 1) if page not in done)
    if not missing:
        return content
    words = _not_read(missing, count)
    flag = Flag(finding_id("flag", "not read", "pages"), "not read", f"{words}: what stands there is not known.")
    claims = content.claims
    if claims is not None and not claims.not_compared:
        claims = replace(claims, not_compared=f"{words[:1].lower()}{words[1:]}")
    is_read = content.outcome == "read" and (content.kind not in _WITH_GROUNDS or bool(content.grounds))
    return replace(
        content,
        outcome="read" if is_read else "not read",
        why=content.why or ("" if is_read else flag.words),
        flags=(*content.flags, flag),
        claims=claims,
        missing_pages=missing,
    )


def _not_read(missing: Sequence[int], count: int) -> str:
    named = f"Page {missing[0]} of {count} is" if len(missing) == 1 else f"Pages {in_words(missing)} of {count} are"
    return f"{named} not read"
