"""What is known of whole files from inside their papers, for a table of many: from what is kept, without any rule."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final, NamedTuple

from components.content.paper_kinds import kind_of
from components.content.records import PaperContent, PaperKind
from components.content.rejections.ground_labels import grounds_label
from components.fulltext.listed_papers import ListedPaper
from components.histories import PaperRef
from components.page_texts import ReadPaper
from components.store import Headline

_NOT_READ: Final = "not read"
_ACTIONS: Final[frozenset[PaperKind]] = frozenset({"action", "advisory", "allowance"})
_BEFORE_ALL: Final = datetime(1, 1, 1, tzinfo=UTC)
_MAX_KEPT: Final = 4_096
"""Files whose facts are remembered; beyond that, those not asked for for the longest time are forgotten."""
_SECONDS: Final = 30.0
"""After so long it is looked again whether something is kept of papers of which nothing was."""


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What the last action of a file says, and how many flags its papers have."""

    last_action: str
    """Its grounds in one line, `103 · 112(b)`, or what else it says of claims; `not read` where it is not read."""
    allowed: tuple[int, ...] | None
    """The claims that it allows; `None` where the action is not read."""
    rejected: tuple[int, ...] | None
    """The claims that it rejects, likewise."""
    flags: int
    """Of all papers that are read."""
    is_whole: bool = True
    """Whether every paper of which pages are read was looked into by the present rules."""


class KnownPaper(NamedTuple):
    """A paper that is listed, and what is kept of it."""

    listed: ListedPaper
    content: PaperContent | None
    """`None` where nothing is."""
    is_read: bool
    """Whether any of its pages is read."""


class _Kept(NamedTuple):
    read: object
    """How far the papers were read then."""
    facts: FileFacts
    at: float


class FactsOfFiles:
    """Remembers the facts of files until more of their papers is read; one instance a workspace, used by all threads.

    Args:
        known: returns the listed papers of files, in reading order, each with what is kept of it.
    """

    def __init__(
        self, known: Callable[[Sequence[Headline], Mapping[PaperRef, ReadPaper]], dict[str, list[KnownPaper]]]
    ) -> None:
        self._known = known
        self._lock = threading.Lock()
        self._kept: OrderedDict[Headline, _Kept] = OrderedDict()

    def of(self, headlines: Iterable[Headline], read: Mapping[PaperRef, ReadPaper]) -> dict[str, FileFacts]:
        """Return the facts of those files of which a paper is read, by the key of the history.

        Args:
            headlines: of the files; their offices must have rules.
            read: how far papers are read, of these files and of others.
        """
        how_far = _how_far(read)
        files = [headline for headline in headlines if headline.key in how_far]
        found, missing = {}, []
        with self._lock:
            for headline in files:
                kept = self._kept.get(headline)
                if kept is not None and kept.read == how_far[headline.key] and not _is_old(kept):
                    self._kept.move_to_end(headline)
                    found[headline.key] = kept.facts
                else:
                    missing.append(headline)
        if missing:
            papers = self._known(missing, read)
            for headline in missing:
                facts = facts_of_file(papers.get(headline.key, []))
                self._remember(headline, _Kept(how_far[headline.key], facts, time.monotonic()))
                found[headline.key] = facts
        return found

    def _remember(self, headline: Headline, kept: _Kept) -> None:
        with self._lock:
            self._kept[headline] = kept
            while len(self._kept) > _MAX_KEPT:
                self._kept.popitem(last=False)


def facts_of_file(papers: Sequence[KnownPaper]) -> FileFacts:
    """Return the facts of one file.

    Args:
        papers: all that are listed, in reading order.
    """
    actions = [paper for paper in papers if _is_action(paper.listed.code, paper.listed.description)]
    last = actions[-1].content if actions else None
    # A paper of a kind that no rules read is none that a person should look at.
    flags = sum(len(paper.content.flags) for paper in papers if paper.content is not None and paper.content.kind)
    is_whole = all(paper.content is not None for paper in papers if paper.is_read)
    if not actions:
        return FileFacts("", None, None, flags, is_whole)
    if last is None or last.outcome == _NOT_READ:
        return FileFacts(_NOT_READ, None, None, flags, is_whole)
    rejected = {claim for ground in last.grounds for claim in ground.claims} | set(last.status("rejected"))
    return FileFacts(grounds_label(last), last.status("allowed"), tuple(sorted(rejected)), flags, is_whole)


def _is_old(kept: _Kept) -> bool:
    return not kept.facts.is_whole and time.monotonic() - kept.at > _SECONDS


def _how_far(read: Mapping[PaperRef, ReadPaper]) -> dict[str, tuple[int, int, datetime]]:
    """Return for each history what changes whenever another page of its papers is read."""
    found: dict[str, tuple[int, int, datetime]] = {}
    for paper, how_far in read.items():
        if how_far.read + how_far.empty:
            papers, pages, last = found.get(paper.history, (0, 0, _BEFORE_ALL))
            found[paper.history] = (papers + 1, pages + how_far.done, max(last, how_far.read_at or _BEFORE_ALL))
    return found


@lru_cache(maxsize=4_096)
def _is_action(code: str, description: str) -> bool:
    return kind_of(code, description) in _ACTIONS
