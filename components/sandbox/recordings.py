"""The recorded file histories, and how their compact format is read and written.

The folder `recordings` holds a JSON file for each application, named after it (`US14412875.json`);
`recordings/README.md` describes the format. The documents stand in the office's own, unsorted order, with its
repetitions and gaps.
"""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from components.sandbox.errors import RecordingsDamaged

FOLDER = Path(__file__).with_name("recordings")
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:prosecution-review:sandbox")
_NAMES = ("apno", "patent_number", "publication_number", "title", "office")
_ROWS_A_LINE = 8


class RecordedDocument(NamedTuple):
    """One document of a file history."""

    date: int
    """`yyyymmdd`."""
    code: str
    description: str
    pages: int | None
    """`None` where the office states no number of pages; some offices write 0 instead."""


@dataclass(frozen=True, slots=True)
class RecordedHistory:
    """The file history of one application."""

    key: str
    """Name of its JSON file, and first part of the names of its PDFs."""
    apno: str
    patent_number: str
    """Number of the grant if there is one, else of the publication."""
    publication_number: str
    """Empty where the application was not published before grant."""
    title: str
    office: str
    documents: tuple[RecordedDocument, ...]
    patent_id: str


def patent_id(apno: str) -> str:
    """Return a UUID in place of PatSnap's own identifier; it depends on the application number only."""
    return str(uuid.uuid5(NAMESPACE, apno))


def encode(history: RecordedHistory) -> str:
    """Return a history in the compact format; equal histories give equal text."""
    kinds = list(dict.fromkeys((document.code, document.description) for document in history.documents))
    index_of_kind = {kind: index for index, kind in enumerate(kinds)}
    rows = [
        _json([date, index_of_kind[code, description], pages]) for date, code, description, pages in history.documents
    ]
    head = [f"  {_json(name)}: {_json(getattr(history, name))}," for name in _NAMES]
    lines = [", ".join(rows[start : start + _ROWS_A_LINE]) for start in range(0, len(rows), _ROWS_A_LINE)]
    return "\n".join(
        [
            "{",
            *head,
            '  "kinds": [',
            ",\n".join(f"    {_json(kind)}" for kind in kinds),
            "  ],",
            '  "documents": [',
            ",\n".join(f"    {line}" for line in lines),
            "  ]",
            "}",
            "",
        ]
    )


def decode(key: str, text: str) -> RecordedHistory:
    """Return the history of a text in the compact format.

    Raises:
        RecordingsDamaged: the text is not in that format.
    """
    try:
        record: Mapping[str, Any] = json.loads(text)
        kinds = [(str(code), str(description)) for code, description in record["kinds"]]
        documents = tuple(
            RecordedDocument(int(date), kinds[kind][0], kinds[kind][1], pages)
            for date, kind, pages in record["documents"]
        )
        names = {name: str(record[name]) for name in _NAMES}
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise RecordingsDamaged(f"{key}.json is not a file history in the compact format ({error!r}).") from error
    return RecordedHistory(key=key, documents=documents, patent_id=patent_id(names["apno"]), **names)


@cache
def recorded_histories(folder: Path = FOLDER) -> tuple[RecordedHistory, ...]:
    """Return every history of a folder, in the order of the file names.

    Raises:
        RecordingsDamaged: there is none, or one cannot be read.
    """
    histories = tuple(decode(file.stem, file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.json")))
    if not histories:
        raise RecordingsDamaged(f"There are no file histories in the folder {folder.name!r}.")
    return histories


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
