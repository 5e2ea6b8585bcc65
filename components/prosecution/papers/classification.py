"""What kind of paper each document is, and who it is from.

The code decides, because an office's descriptions changed over the years while its codes did not. A code that is not
listed is tried with its trailing dots added or stripped, then by how it begins; only then do the words of the
description decide. What is still unknown is "Unclassified", and stays in every table.

Of the words, the longest that a title holds decide: an appeal against a decision of refusal is no decision of refusal.
In a language that parts its words by blanks, a title must begin with them, because what comes first says what a paper
is: a response to an Office action is no Office action. A hyphen makes one word: no "non-final rejection" is final. In
Japanese, Korean and Chinese what comes last says it, so words with which a title ends go before longer ones. A title
that takes back what it names (`negations.csv`) is not what it names.

A history names few distinct codes, so each is looked up once, and descriptions are read only where the code does not
say enough.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from components.prosecution.law.negations import head_of, is_negated, negating_words
from components.prosecution.law.vocabulary import (
    SIDES,
    UNCLASSIFIED,
    Rule,
    Title,
    category_index,
    codes_of,
    description_words,
    prefixes_of,
    shared_codes_of,
)

REMEMBERED_LENGTH: Final = 400
"""Longer codes and descriptions than any office writes are read, but not remembered, so that memory stays bounded."""

_BLANKS = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_VERSION = re.compile(r"-(?:JP|KR|CN|TW)$")
_VERSION_WORDS = re.compile(r"\s*\((?:original|translated)\)\s*$", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_PLAIN = str.maketrans("‘’‐‑–—・\u119e\u2027", "''----···")
_CLOSED = re.compile(r"^[^()\[\]]*[)\]]")
_TAIL = re.compile(r"[\W\d_]*[書书서]?[\W\d_]*")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")  # kana, Chinese characters, Hangul
_BETWEEN_TWICE = frozenset({" ", ",", ";", ", ", "; ", " ,", " ;", " , ", " ; "})

_SIDES = len(SIDES)
_UNKNOWN_CODE = -1


def normalise_code(code: str) -> str:
    """Give a code as the tables spell it: upper case, full-width letters narrowed, outer blanks off, inner ones single.

    Dots, slashes and underscores are part of a code (`A...`, `XT/`, `AP_DK_M`) and stay. A cell that holds the same
    code twice (`CTNF CTNF`, `CTNF,CTNF`) holds that code; one that holds two different codes is left as it is.
    """
    return _normalise(code) if len(code) <= REMEMBERED_LENGTH else _normalise.__wrapped__(code)


@lru_cache(maxsize=8_192)
def _normalise(code: str) -> str:
    name = _plain(code).upper()
    if " " not in name and "," not in name and ";" not in name:
        return name
    for gap in (1, 2, 3):
        half = (len(name) - gap) // 2
        if half > 0 and name[:half] == name[half + gap :] and name[half : half + gap] in _BETWEEN_TWICE:
            return name[:half]
    return name


def _plain(text: str) -> str:
    """Narrow full-width letters, drop what cannot be seen, and leave single blanks between words."""
    if not text.isascii():
        text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return " ".join(text.split())


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

    Raises:
        ValueError: there is not one description for each code.
    """
    if len(codes) != len(descriptions):
        raise ValueError(f"{len(codes)} codes and {len(descriptions)} descriptions; give one for each.")
    known = {code: _packed(_rule_of_code(office, code)) for code in set(codes)}
    found = np.fromiter(map(known.__getitem__, codes), dtype=np.int32, count=len(codes))
    told: dict[tuple[str, str], int] = {}
    for place in np.flatnonzero(found == _UNKNOWN_CODE).tolist():
        pair = codes[place], descriptions[place]
        if pair not in told:
            told[pair] = _packed(_by_description(office, *pair))
        found[place] = told[pair]
    categories, sides = np.divmod(found, _SIDES)
    return categories.astype(np.int16), sides.astype(np.int8)


def look_up(office: str, code: str, description: str) -> Rule:
    """Say what one paper is; "Unclassified" from an unclassified side if no table knows it."""
    return _rule_of_code(office, code) or _by_description(office, code, description)


def _by_description(office: str, code: str, description: str) -> Rule:
    """Say what a paper is whose code does not say enough."""
    shares = shared_codes_of(office)
    name = normalise_code(code) if shares else ""
    shared = shares.get(_VERSION.sub("", name))
    if shared is not None:
        text = description.casefold()
        told = next((rule for words, rule in shared if words in text), None) or _by_code(office, name)
        if told is not None:
            return told
    return _by_words(office, description) or _unknown()


def _packed(rule: Rule | None) -> int:
    """Put category and side into one number, which an array of integers can hold."""
    return _UNKNOWN_CODE if rule is None else rule.category * _SIDES + rule.side


def _rule_of_code(office: str, code: str) -> Rule | None:
    """Say what the code alone says; nothing if it is not listed, or if its office gives it to several kinds."""
    name = normalise_code(code)
    if shared_codes_of(office) and _VERSION.sub("", name) in shared_codes_of(office):
        return None
    return _by_code(office, name)


def _by_code(office: str, name: str) -> Rule | None:
    listed = codes_of(office)
    if not name or not listed:
        return None
    base = _VERSION.sub("", name) if "-" in name else name
    if name.rstrip(".") in _stems(office) or base.rstrip(".") in _stems(office):
        for spelling in (name, base, *_dotted(name), *_dotted(base)):
            if spelling in listed:
                return listed[spelling]
    if not name.startswith(_beginnings(office)):
        return None
    for prefix in prefixes_of(office):
        if name.startswith(prefix.text) and (prefix.before_digit or not name[len(prefix.text) :][:1].isdigit()):
            return prefix.rule
    return None


@cache
def _stems(office: str) -> frozenset[str]:
    return frozenset(code.rstrip(".") for code in codes_of(office))


@cache
def _beginnings(office: str) -> tuple[str, ...]:
    return tuple(prefix.text for prefix in prefixes_of(office))


def _dotted(name: str) -> tuple[str, ...]:
    """Give a code without and with trailing dots, of which an office writes none to three."""
    stem = name.rstrip(".")
    return stem, f"{stem}.", f"{stem}..", f"{stem}..."


def _by_words(office: str, description: str) -> Rule | None:
    if len(description) > REMEMBERED_LENGTH:
        return _read_words.__wrapped__(office, description)
    return _read_words(office, description)


@lru_cache(maxsize=32_768)
def _read_words(office: str, description: str) -> Rule | None:
    """Say what a description names: of all the words in it that the table knows, the longest decide.

    Words with which a Japanese, Korean or Chinese title ends go before longer ones. Of equally long ones those decide
    that the table keeps for this office, then the last. Brackets do not count ("Written Opinion (TRANSLATED)"), unless
    the words themselves have some, or negate the title ("Final Rejection (Vacated)").
    """
    text = _plain(description).casefold()
    if not text.isascii():
        text = text.translate(_PLAIN)
    bare = _without_brackets(text)
    found = _spaced(text, bare)
    compact = ""
    if not text.isascii() and _UNSPACED.search(text):
        compact = text.replace(" ", "")
        found += _unspaced(compact, bare.replace(" ", ""))
    if not found:
        return None
    negating = negating_words(text, compact[head_of(compact) :])
    fitting = [
        (ends, len(title.words), bool(title.offices), place, title.words, title)
        for title, place, ends in found
        if (not title.offices or office in title.offices)
        and not (negating and is_negated(negating, title.words, title.rule.category))
    ]
    return max(fitting, key=lambda one: one[:5])[5].rule if fitting else None


def _without_brackets(text: str) -> str:
    if "(" not in text and "[" not in text:
        return text.strip(" .:;,")
    for _ in range(3):  # brackets within brackets
        text = _BRACKETS.sub(" ", text)
    return _BLANKS.sub(" ", text).strip(" .:;,")


def _spaced(text: str, bare: str) -> list[tuple[Title, int, bool]]:
    """Give the titles with which a description begins, in the languages that part words by blanks.

    Each with its place and whether it says what the paper is, which at the beginning it does.
    """
    starts = (bare,) if text.startswith(bare) else (bare, text)
    first = {match.group() for match in map(_WORD.match, starts) if match}
    known = _titles_by_word()
    return [
        (title, 0, True)
        for word in first
        for title in known.get(word, ())
        if _begins(title, text if title.bracketed else bare)
    ]


def _begins(title: Title, text: str) -> bool:
    if title.match == "whole" or not text.startswith(title.words):
        return text == title.words
    after = text[len(title.words) : len(title.words) + 1]
    return title.stem or not (after.isalnum() or after in ("-", "_"))


def _unspaced(text: str, bare: str) -> list[tuple[Title, int, bool]]:
    """Give the titles that a description without its blanks contains, in the other languages.

    Each with its place and whether the description ends with it. What only says what the paper answers is left out.
    """
    known = _titles_by_letter()
    heads = {held: head_of(held) for held in (text, bare)}
    found = []
    for letter in set(text):
        for title in known.get(letter, ()):
            held = text if title.bracketed else bare
            place = held.rfind(title.words)
            end = place + len(title.words)
            if place >= 0 and end > heads[held] and (title.match == "anywhere" or held == title.words):
                found.append((title, place, _is_tail(title.words, held[end:])))
    return found


def _is_tail(words: str, rest: str) -> bool:
    """Say whether nothing that could say what a paper is follows the words: numbers, brackets or "paper" at most."""
    if words.count("(") + words.count("[") > words.count(")") + words.count("]"):
        rest = _CLOSED.sub("", rest)
    return _TAIL.fullmatch(_without_brackets(rest)) is not None


@cache
def _titles_by_word() -> dict[str, list[Title]]:
    found: defaultdict[str, list[Title]] = defaultdict(list)
    for title in description_words():
        match = _WORD.match(title.words)
        if title.spaced and match:
            found[match.group()].append(title)
    return dict(found)


@cache
def _titles_by_letter() -> dict[str, list[Title]]:
    found: defaultdict[str, list[Title]] = defaultdict(list)
    for title in description_words():
        if not title.spaced:
            found[title.words[0]].append(title)
    return dict(found)


@cache
def _unknown() -> Rule:
    return Rule(category_index()[UNCLASSIFIED], SIDES.index("unclassified"))
