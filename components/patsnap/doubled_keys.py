"""Objects of an answer that give one key twice.

JSON readers silently take the last value, and so may take an empty list for the one that was paid for. Here the value
that holds more is taken: entries and documents of all values are joined, of other values the last one that says
something is kept. Reading keys one by one is slow, so it is done only where the body has more keys than were read.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, cast

import numpy as np
import orjson

_PIECE_BYTES = 256 * 1024
"""So much of a body is counted at a time, because it fits into a processor's cache."""
_QUOTE, _COLON = ord('"'), ord(":")
_KEY_END = re.compile(rb'(?<!\\)"[ \t\r\n]*:')
_KNOWN_KEYS = (
    "status", "error_code", "error_msg", "data",
    "apno", "patent_id", "patent_number", "doc_count", "doc_detail_count", "doc_detail",
    "date", "doc_code", "description", "page_number", "path",
)  # fmt: skip
_OTHER_KEY = "a field"
_DOCUMENT_KEYS = ("date", "doc_code", "description", "page_number", "path")


class JoinedKeys(NamedTuple):
    """An answer in which no object gives a key twice any more."""

    value: object
    doubled: tuple[str, ...]
    """The keys of the contract that were given twice.

    `a field` stands for others, and for those of an answer that is nested too deep to be read key by key.
    """


def join_doubled_keys(body: bytes, parsed: object) -> JoinedKeys:
    """Return an answer with the values of doubled keys joined; the same object where no key is doubled.

    Args:
        body: the JSON as UTF-8.
        parsed: what was read of it, with the last value of each key.
    """
    if _count_key_ends(body) == _count_usual_keys(parsed) or len(_KEY_END.findall(body)) == _count_keys(parsed):
        return JoinedKeys(parsed, ())
    doubled: set[str] = set()

    def make(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) < len(pairs):
            for name, times in Counter(name for name, _ in pairs).items():
                if times > 1:
                    doubled.add(name)
                    made[name] = _joined(name, [value for key, value in pairs if key == name])
        return made

    try:
        value = json.loads(body, object_pairs_hook=make)
    except (ValueError, RecursionError):
        return JoinedKeys(parsed, (_OTHER_KEY,))
    if not doubled:
        return JoinedKeys(parsed, ())
    names = [name for name in _KNOWN_KEYS if name in doubled]
    return JoinedKeys(value, (*names, *([_OTHER_KEY] if doubled.difference(names) else [])))


def joined_documents(lists: Iterable[list[Any]]) -> list[Any]:
    """Return the documents of several lists of one patent, those that stand in more than one of them once.

    Equal documents of one list are different papers and stay: each stands as often as in the list that has most of it.
    Documents are equal if all that is known of them is, the signature of the path aside.
    """
    joined: list[Any] = []
    held: Counter[bytes] = Counter()
    for documents in lists:
        here: Counter[bytes] = Counter()
        for document in documents:
            key = _document_key(document)
            here[key] += 1
            if here[key] > held[key]:
                held[key] += 1
                joined.append(document)
    return joined


def _joined(name: str, values: list[Any]) -> object:
    """Return one value for a key that was given several times."""
    if name == "data":
        entries = [entry for value in values for entry in (value if isinstance(value, list) else [value])]
        entries = [entry for entry in entries if entry not in (None, {}, "")]
        full = [value for value in values if isinstance(value, dict) and value]
        return full[0] if len(entries) == 1 and full else entries
    lists = [[value] if isinstance(value, dict) else value for value in values if isinstance(value, list | dict)]
    if name == "doc_detail" and lists:
        return joined_documents(lists)
    return next((value for value in reversed(values) if value not in (None, "", [], {})), values[-1])


def _document_key(document: object) -> bytes:
    """Return what tells a document from others, as bytes."""
    known: Any = document
    if isinstance(document, dict):
        path = document.get("path")
        known = [document.get(name) for name in _DOCUMENT_KEYS[:-1]]
        known.append(path.partition("?")[0] if isinstance(path, str) else path)
    return orjson.dumps(known, option=orjson.OPT_SORT_KEYS)


def _count_key_ends(body: bytes) -> int:
    """Return how often a quote is followed by a colon: fast, and right for JSON without blanks before colons."""
    letters = np.frombuffer(body, np.uint8)
    count = 0
    for start in range(0, len(letters), _PIECE_BYTES):
        piece = letters[start : start + _PIECE_BYTES + 1]
        ends = piece[1:] == _COLON
        ends &= piece[:-1] == _QUOTE
        count += int(np.count_nonzero(ends))
    return count


def _count_usual_keys(parsed: object) -> int:
    """Return how many keys envelope, entries and documents have, what is nested deeper aside."""
    if not isinstance(parsed, dict):
        return 0
    count = len(parsed)
    for entry in _objects(parsed.get("data")):
        documents = entry.get("doc_detail")
        count += len(entry)
        if isinstance(documents, list) and set(map(type, documents)) == {dict}:
            count += sum(map(len, documents))
        else:
            count += sum(map(len, _objects(documents)))
    return count


def _objects(value: object) -> Iterator[dict[str, Any]]:
    """Yield the objects of a list, or a single one."""
    members = value if isinstance(value, list) else [value]
    return (cast("dict[str, Any]", member) for member in members if isinstance(member, dict))


def _count_keys(parsed: object) -> int:
    """Return how many keys all objects have, however deep."""
    count = 0
    rest = [parsed]
    while rest:
        value = rest.pop()
        if isinstance(value, dict):
            count += len(value)
            rest.extend(value.values())
        elif isinstance(value, list):
            rest.extend(value)
    return count
