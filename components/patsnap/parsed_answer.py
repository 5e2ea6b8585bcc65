"""What one answer says about the numbers that were asked for, worked out in three steps.

1. `match_entries` finds which entry of the answer belongs to which number.
2. `read_pages` adds each entry's documents to the file history of its number.
3. `parse_answer` works out what was charged, which numbers are absent, and what the answer shows of the service.

The ledger is settled with the `ParsedAnswer`, and the fetch continues from it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from components.histories import FileHistory
from components.patsnap.document_columns import DocumentReader
from components.patsnap.envelope import Envelope
from components.patsnap.errors import error
from components.patsnap.fields import MAX_MESSAGE_LENGTH
from components.patsnap.findings import STRANGER
from components.patsnap.limits import KNOWN_LIMITS
from components.patsnap.matching import Matching, match_by_name
from components.patsnap.paging import PagedHistory
from components.patsnap.patent_entry import is_blank, is_nameless
from components.patsnap.spend_hook import IdentifierField


@dataclass(frozen=True, slots=True)
class ParsedAnswer:
    """What an answer means for the numbers that were asked for."""

    billed: tuple[str, ...]
    """The asked numbers that were returned, and so charged."""
    histories: Mapping[str, FileHistory]
    """All that has arrived so far, earlier pages included, by the number asked for."""
    absent: tuple[str, ...] = ()
    """The asked numbers that were not returned."""
    ambiguous: tuple[str, ...] = ()
    """The asked numbers that share an entry, so that it cannot be given to any of them."""
    unmatched: int = 0
    """Count of entries that fit no asked number."""
    is_doubtful: bool = False
    """Whether something is odd in the answer, so that an absent number may have been in it."""
    may_be_cut: bool = False
    """Whether the answer may have had no room for the absent numbers."""
    shares_limit: bool = False
    """Whether the answer shows that one `limit` is shared by all its patents."""
    largest_page: int = 0
    """Documents of the patent that had most of them in this answer."""
    capped_at: int | None = None
    """The size at which the service seems to cut pages, if it is below the `limit` asked for; else `None`."""

    @property
    def is_uncertain(self) -> bool:
        """Whether absent numbers may have been charged: the answer does not clearly say that they are unknown."""
        return bool(self.is_doubtful and self.absent)


def match_entries(envelope: Envelope, numbers: Sequence[str], by: IdentifierField) -> Matching:
    """Find which entry of an answer belongs to which number.

    Raises:
        DataError: the data has no known form, or it is not clear whether it answers the one number asked for.
    """
    entries = envelope.entries
    if not (entries or envelope.data is None or envelope.data == []):
        raise error("data", status=200)
    matching = match_by_name(numbers, by, entries)
    matching.findings = envelope.findings
    if matching.unmatched:
        matching.findings += (STRANGER.words(len(matching.unmatched)),)
    if len(numbers) == 1:
        _check_single(numbers[0], matching)
    return matching


def _check_single(number: str, matching: Matching) -> None:
    """Check that an answer for one number says clearly whether it knows that number."""
    entries = matching.entries.get(number, [])
    if not entries and matching.unmatched:
        names = ", ".join(name for name in matching.unmatched if name)
        raise error("mismatch", service_words=names[:MAX_MESSAGE_LENGTH])
    if matching.is_doubtful and is_blank(entries, number):
        raise error("unclear")
    if entries and is_blank(entries, number) and all(map(is_nameless, entries)):
        raise error("data", status=200)


def read_pages(
    numbers: Sequence[str],
    matching: Matching,
    histories: dict[str, PagedHistory],
    *,
    limit: int,
    retrieved: datetime,
    plain_origins: Sequence[str] = (),
    retry_empty: bool = True,
) -> dict[str, int]:
    """Add each number's entry to its file history, which is begun where there is none.

    A number without an entry, or with a blank one, is passed over; if its history is being read already, that is an
    empty page.

    Args:
        numbers: what was asked for.
        matching: the entry of each number.
        histories: the file histories that are being read, by number; changed here.
        limit: as asked for.
        retrieved: when the answer arrived (UTC, aware).
        plain_origins: see `LinkReader`.
        retry_empty: see `PagedHistory.add_page`.

    Returns:
        Count of documents on the page of each number that has one.
    """
    sizes = {}
    documents = DocumentReader(retrieved, plain_origins)
    for number in numbers:
        entries = matching.entries.get(number, ())
        if number in histories or not is_blank(entries, number):
            sizes[number] = histories.setdefault(number, PagedHistory()).add_page(
                entries,
                limit=limit,
                retrieved=retrieved,
                documents=documents,
                retry_empty=retry_empty,
                odd=matching.findings,
            )
    return sizes


def parse_answer(
    numbers: Sequence[str],
    matching: Matching,
    sizes: Mapping[str, int],
    histories: Mapping[str, PagedHistory],
    *,
    limit: int,
    is_single: bool,
) -> ParsedAnswer:
    """Work out what an answer means, once its pages are read.

    Args:
        numbers: what was asked for.
        matching: the entry of each number.
        sizes: documents on the page of each number, as returned by `read_pages`.
        histories: the file histories, the pages of this answer included.
        limit: as asked for.
        is_single: whether `data` is an object, which has room for one patent.
    """
    unfinished = {size for number, size in sizes.items() if not histories[number].done}
    return ParsedAnswer(
        billed=billed_numbers(numbers, matching, sizes),
        histories={number: histories[number].history() for number in sizes},
        absent=tuple(number for number in numbers if number not in sizes and number not in matching.ambiguous),
        ambiguous=tuple(number for number in numbers if number in matching.ambiguous),
        unmatched=len(matching.unmatched),
        is_doubtful=matching.is_doubtful,
        may_be_cut=is_single or bool(unfinished) or _is_round(sizes),
        shares_limit=len(numbers) > 1 and shares_one_limit(sizes.values(), unfinished),
        largest_page=max(sizes.values(), default=0),
        capped_at=capped_page_size(sizes.values(), unfinished, limit=limit),
    )


def billed_numbers(numbers: Sequence[str], matching: Matching, sizes: Mapping[str, int]) -> tuple[str, ...]:
    """Return the numbers that an answer charges: each that it returned, in the order asked.

    An entry that several numbers share counts for each of them, since any may be meant. A number with a blank entry is
    unknown to the service and costs nothing.
    """
    return tuple(
        number for number in numbers if number in matching.ambiguous or (number in matching.entries and number in sizes)
    )


def shares_one_limit(sizes: Collection[int], unfinished: Collection[int]) -> bool:
    """Return whether the pages of a batch show that `limit` counts over the whole answer.

    If `limit` counted for each patent, all unfinished histories would have equally long pages and no page were longer.

    Args:
        sizes: documents on each page.
        unfinished: the different sizes of pages after which a history goes on.
    """
    return bool(unfinished) and (len(unfinished) > 1 or max(sizes) > max(unfinished))


def capped_page_size(sizes: Collection[int], unfinished: Collection[int], *, limit: int) -> int | None:
    """Return the size at which the service silently cuts pages; `None` if nothing points to that.

    Args:
        sizes: documents on each page.
        unfinished: the different sizes of pages after which a history goes on.
        limit: as asked for.
    """
    largest = max(sizes, default=0)
    return largest if set(unfinished) == {largest} and largest in KNOWN_LIMITS and largest < limit else None


def _is_round(sizes: Mapping[str, int]) -> bool:
    """Return whether an answer holds a round total of documents, as an answer that was cut would."""
    return bool(sizes) and sum(sizes.values()) % KNOWN_LIMITS[-1] == 0
