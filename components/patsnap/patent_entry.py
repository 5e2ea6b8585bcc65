"""What an answer says about one patent: names, counts and documents, whatever is in them.

An answer may hold several entries for one patent. They are joined: the first name of each kind, the largest count, and
all documents, those that stand in several entries once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from components.patsnap import fields
from components.patsnap.doubled_keys import joined_documents
from components.patsnap.findings import NO_LIST, UNCOUNTED_PAGE, UNREADABLE_COUNT, UNREADABLE_LIST
from components.patsnap.matching import is_same_number, normal_form
from components.patsnap.spend_hook import IdentifierField

NAME_LABELS: Final[dict[IdentifierField, str]] = {
    "apno": "application number",
    "patent_number": "patent number",
    "patent_id": "PatSnap identifier",
}


LONGEST_NAME = 200
"""Characters of a name; what is longer is none, and no database could find anything by it."""


@dataclass(frozen=True, slots=True)
class PatentEntry:
    """All that one answer says about one patent."""

    names: dict[IdentifierField, str]
    """Empty where it gives none, or none that can be read."""
    documents: list[Any]
    """The members of `doc_detail`, as they were sent."""
    reported: int | None
    """How many documents there are (`doc_count`); `None` if it does not say."""
    not_given: frozenset[str]
    """The names and the count (`doc_count`) that it does not give; empty where there is no entry at all."""
    lists_nothing: str
    """Why no list of documents came, in words for the user; empty if one came."""
    findings: tuple[str, ...]
    """What else is odd, in words for the user."""


def read_entry(entries: Sequence[dict[str, Any]]) -> PatentEntry:
    """Return what the entries of one patent say together; they may be none, for an empty page."""
    odd: dict[str, None] = {}
    if len(entries) > 1:
        times = f"{len(entries)} times in one answer"
        odd[f"The service gave this patent {times}; what stands in several entries is kept once"] = None
    names = {name: _name(name, entries, odd) for name in NAME_LABELS}
    given = [entry.get("doc_count") for entry in entries if fields.is_given(entry.get("doc_count"))]
    counts = [fields.count(raw) for raw in given]
    if None in counts:
        odd[UNREADABLE_COUNT] = None
    reported = max((number for number in counts if number is not None), default=None)
    lists = [_documents(entry) for entry in entries]
    for entry, documents in zip(entries, lists, strict=True):
        odd.update(dict.fromkeys(_odd_page_count(entry, documents)))
    come = [documents for documents in lists if documents is not None]
    without_list = [entry.get("doc_detail") for entry, one in zip(entries, lists, strict=True) if one is None]
    lists_nothing = ""
    if any(map(fields.is_given, without_list)):
        lists_nothing = UNREADABLE_LIST
    elif without_list and not come and reported != 0:
        lists_nothing = NO_LIST
    joined = come[0] if len(come) == 1 else joined_documents(come)
    lacking = {str(name) for name in names if not names[name]} | ({"doc_count"} if not given else set())
    not_given = frozenset(lacking) if entries else frozenset()
    return PatentEntry(names, joined, reported, not_given, lists_nothing, tuple(odd))


def is_blank(entries: Sequence[dict[str, Any]], number: str) -> bool:
    """Return whether entries clearly say that the service does not know a number, or are none.

    Such an entry has no name but the number asked for, counts no documents and lists none.
    """
    return all(
        all(_is_blank_name(entry.get(name), number) for name in NAME_LABELS)
        and all(_is_nought(entry.get(name)) for name in ("doc_count", "doc_detail_count"))
        and entry.get("doc_detail") in (None, [])
        for entry in entries
    )


def is_nameless(entry: dict[str, Any]) -> bool:
    """Return whether an entry names no patent."""
    return not any(fields.identifier(entry.get(name)).strip() for name in NAME_LABELS)


def _is_blank_name(raw: object, number: str) -> bool:
    return not fields.is_given(raw) or (isinstance(raw, str) and is_same_number(raw, number))


def _is_nought(raw: object) -> bool:
    return not fields.is_given(raw) or fields.count(raw) == 0


def _name(name: IdentifierField, entries: Sequence[dict[str, Any]], odd: dict[str, None]) -> str:
    """Return the first name of a kind that can be read; note others that cannot, or differ."""
    given = [entry.get(name) for entry in entries if fields.is_given(entry.get(name))]
    read = [found for found in (fields.identifier(raw).strip() for raw in given) if 0 < len(found) <= LONGEST_NAME]
    if len(read) < len(given):
        odd[f"The {NAME_LABELS[name]} could not be read"] = None
    elif not all(isinstance(raw, str) for raw in given):
        odd[f"The {NAME_LABELS[name]} came as a bare number"] = None
    if len({normal_form(found) for found in read}) > 1:
        odd[different_names(name)] = None
    return read[0] if read else ""


def different_names(name: IdentifierField) -> str:
    """Return the finding that a patent was given different names of one kind."""
    return f"The service gave different {NAME_LABELS[name]}s for this patent; the first is kept"


def _documents(entry: dict[str, Any]) -> list[Any] | None:
    """Return the documents that an entry lists, a single object as a list of one; `None` if there is no list."""
    listed = entry.get("doc_detail")
    return [listed] if isinstance(listed, dict) else listed if isinstance(listed, list) else None


def _odd_page_count(entry: dict[str, Any], documents: list[Any] | None) -> list[str]:
    """Return what is odd in the count of documents that an entry says it lists."""
    told = fields.count(entry.get("doc_detail_count"))
    if told is None:
        return [UNCOUNTED_PAGE]
    held = len(documents or ())
    return [] if told == held else [f"The service says that it listed {told:,} on a page that holds {held:,}"]
