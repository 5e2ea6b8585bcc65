"""What kind of paper each document is, and who it is from.

The code decides, because an office's descriptions changed over the years while its codes did not. A code that is not
listed is tried with its trailing dots added or stripped, then by how it begins; only then do the words of the
description decide. What is still unknown is "Unclassified", and stays in every table.

A history names few distinct papers, so each distinct (code, description) is looked up once.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from components.prosecution.vocabulary import (
    SIDES,
    UNCLASSIFIED,
    Rule,
    category_index,
    codes_of,
    description_words,
    prefixes_of,
    shared_codes_of,
)

_BLANKS = re.compile(r"\s+")
_VERSION = re.compile(r"-(?:JP|KR|CN|TW)$")
_VERSION_WORDS = re.compile(r"\s*\((?:original|translated)\)\s*$", re.IGNORECASE)


def normalise_code(code: str) -> str:
    """Give a code as the tables spell it: upper case, full-width letters narrowed, outer blanks off, inner ones single.

    Dots, slashes and underscores are part of a code (`A...`, `XT/`, `AP_DK_M`) and stay.
    """
    return _BLANKS.sub(" ", unicodedata.normalize("NFKC", code).strip()).upper()


def base_code(code: str) -> str:
    """Give the code of which `A131-JP`, the original beside a translation, is a version; else the code itself."""
    return _VERSION.sub("", normalise_code(code))


def without_version(description: str) -> str:
    """Give a description without "(ORIGINAL)" or "(TRANSLATED)" at its end."""
    return _VERSION_WORDS.sub("", description).strip().casefold()


def classify(
    office: str, codes: Sequence[str], descriptions: Sequence[str]
) -> tuple[NDArray[np.int16], NDArray[np.int8]]:
    """Classify the papers of one history.

    Args:
        office: two letters (`US`); one without a list of codes is read by descriptions alone.
        codes: document codes as delivered.
        descriptions: parallel to `codes`, in any language.

    Returns:
        The category of each paper (place in `categories.csv`) and its side (place in `SIDES`).
    """
    known: dict[tuple[str, str], Rule] = {}
    rules = []
    for pair in zip(codes, descriptions, strict=True):
        found = known.get(pair)
        if found is None:
            found = known[pair] = look_up(office, *pair)
        rules.append(found)
    return (
        np.array([found.category for found in rules], dtype=np.int16),
        np.array([found.side for found in rules], dtype=np.int8),
    )


@lru_cache(maxsize=65_536)
def look_up(office: str, code: str, description: str) -> Rule:
    """Say what one paper is; "Unclassified" from an unclassified side if no table knows it."""
    name = normalise_code(code)
    base = _VERSION.sub("", name)
    shared = shared_codes_of(office).get(base)
    if shared is not None:
        text = description.casefold()
        for words, rule in shared:
            if words in text:
                return rule
    return _by_code(office, name) or _by_code(office, base) or _by_words(description) or _unknown()


def _by_code(office: str, name: str) -> Rule | None:
    listed = codes_of(office)
    if not name or not listed:
        return None
    stem = name.rstrip(".")
    for spelling in (name, stem, f"{stem}.", f"{stem}..", f"{stem}..."):
        if spelling in listed:
            return listed[spelling]
    return next((rule for prefix, rule in prefixes_of(office) if name.startswith(prefix)), None)


def _by_words(description: str) -> Rule | None:
    text = _BLANKS.sub(" ", unicodedata.normalize("NFKC", description)).strip().casefold()
    if not text:
        return None
    for words, begins, rule in description_words():
        place = text.find(words)
        if place == 0 or (place > 0 and not begins and not (words.isascii() and text[place - 1].isalnum())):
            return rule
    return None


def _unknown() -> Rule:
    return Rule(category_index()[UNCLASSIFIED], SIDES.index("unclassified"))
