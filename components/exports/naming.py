"""File names: `US10765880B2_2016-10-25_042_CTNF_non-final-rejection.pdf`.

A name has five fields with `_` between them: patent, date, running number, code and a short description. A field has
only the letters A to Z, digits, `-` and, in a code, single dots between other characters. Any other run of characters
becomes one `-`, which is removed at the ends of a field: `A...` becomes `A`, `PA..` becomes `PA`, `XT/` becomes `XT`
and `N/AP` becomes `N-AP`. Two codes may come out alike; the running number tells them apart. Such a name is safe on
every system (no separator, no `..`, no trailing dot, no device name), at most 120 characters long, and sorts as the
documents were ordered within their day. The list of contents has the codes and descriptions as the office wrote them.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, Final

import pandas as pd

from components.exports.cells import cell_values
from components.exports.selection import Selection
from components.prosecution import category_labels

MAX_NAME_LENGTH: Final = 120
_PATENT, _CODE, _DESCRIPTION = 30, 24, 60
"""How many characters a field may have at most."""
_DIGITS: Final = 3
_PORT_NAMES: Final = frozenset(f"{port}{number}" for port in ("com", "lpt") for number in range(10))
_DEVICE_NAMES: Final = _PORT_NAMES | {"con", "prn", "aux", "nul"}
"""Names under which Windows opens a device instead of a file."""
_UNDECOMPOSED: Final = str.maketrans(
    {"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"}
)
"""Latin letters that Unicode does not decompose."""


def file_names(selection: Selection) -> list[str]:
    """Return the file name of each document of the selection, in its order.

    Documents are numbered within their history in the order given, from 001; with more than 999 documents every number
    has four digits or more. No two names are equal, even on a system that ignores capitals.
    """
    rows = selection.documents
    stems = stems_of(selection)
    width = {history: max(_DIGITS, len(str(count))) for history, count in rows["history"].value_counts().items()}
    columns = zip(
        rows["history"],
        rows.groupby("history", sort=False).cumcount() + 1,
        cell_values(rows["date"]),
        rows["code"],
        rows["description"],
        rows["category"].astype("object"),
        strict=True,
    )
    return [
        _join_fields(stems[history], *document, number=f"{number:0{width[history]}d}")
        for history, number, *document in columns
    ]


def file_name(
    patent: str,
    day: Any,  # noqa: ANN401 - a date, a timestamp or whatever pandas has for a missing one
    code: str,
    description: str,
    category: str,
    *,
    number: int,
) -> str:
    """Return the file name of one document.

    Args:
        patent: Patent or application number in the service's form.
        day: The document's date; None and NaT become `undated`.
        code: Document code as delivered.
        description: As delivered; if it is empty or not in Latin letters, the category's label is used instead.
        category: Category in the `documents` table.
        number: Running number; written with three digits or more.

    Returns:
        `{patent}_{YYYY-MM-DD}_{NNN}_{CODE}_{short-description}.pdf`.
    """
    return _join_fields(_stem(patent), day, code, description, category, number=f"{number:0{_DIGITS}d}")


def _join_fields(stem: str, day: Any, code: str, description: str, category: str, *, number: str) -> str:  # noqa: ANN401
    fields = "_".join((stem, _day(day), number, _code(code)))
    room = MAX_NAME_LENGTH - len(fields) - len("_.pdf")
    return f"{fields}_{_short_description(description, category, min(room, _DESCRIPTION))}.pdf"


def package_name(selection: Selection, suffix: str) -> str:
    """Return the name of a file with the selection: `US10765880B2_prosecution.zip`, `…_and_4_more_prosecution.zip`.

    Args:
        selection: What is in the file.
        suffix: Without its dot: `zip`, `pdf`.
    """
    used = set(selection.documents["history"].unique())
    stems = [stem for history, stem in stems_of(selection).items() if history in used or not used]
    more = f"_and_{len(stems) - 1}_more" if len(stems) > 1 else ""
    return f"{stems[0] if stems else 'files'}{more}_prosecution.{suffix}"


def stems_of(selection: Selection) -> dict[str, str]:
    """Return what the file names of each history begin with; different for each, and also the name of its folder."""
    patents = selection.patent_numbers()
    stems: dict[str, str] = {}
    used: set[str] = set()
    for history in dict.fromkeys((*patents, *selection.documents["history"].unique())):
        stem = first = _stem(patents.get(history) or history)
        count = 1
        while stem.casefold() in used:
            count += 1
            stem = f"{first}-{count}"
        used.add(stem.casefold())
        stems[history] = stem
    return stems


def _stem(patent: str) -> str:
    kept = re.sub("[^A-Za-z0-9]", "", patent)[:_PATENT]
    return f"file{kept}" if not kept or kept.casefold() in _DEVICE_NAMES else kept


def _day(day: Any) -> str:  # noqa: ANN401 - as above
    return f"{day.year:04d}-{day.month:02d}-{day.day:02d}" if isinstance(day, date) and not pd.isna(day) else "undated"


def _code(code: str) -> str:
    kept = re.sub(r"[^A-Za-z0-9.]+", "-", unicodedata.normalize("NFKC", code))
    kept = re.sub(r"[.-]*-[.-]*", "-", re.sub(r"\.+", ".", kept))
    return kept.strip(".-")[:_CODE].rstrip(".-") or "uncoded"


def _short_description(description: str, category: str, room: int) -> str:
    words = _latin(description) or _latin(_labels().get(category, "")) or "document"
    if len(words) <= room:
        return words
    whole, _, _ = words[: room + 1].rpartition("-")
    return whole or words[:room]


def _latin(text: str) -> str:
    """Return a text in small letters, digits and `-`; empty if any of its letters is not a Latin one."""
    decomposed = unicodedata.normalize("NFKD", re.sub("['’]", "", text.lower()).translate(_UNDECOMPOSED))
    if any(character.isalpha() and not character.isascii() for character in decomposed):
        return ""
    unaccented = "".join(character for character in decomposed if not unicodedata.combining(character))
    return re.sub("[^a-z0-9]+", "-", unaccented).strip("-")


@cache
def _labels() -> Mapping[str, str]:
    return category_labels()
