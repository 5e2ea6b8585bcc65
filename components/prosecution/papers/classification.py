"""What kind of paper each document is, and who it is from.

The code decides, because an office's descriptions changed over the years while its codes did not. A code that is not
listed is tried with its trailing dots added or stripped, then by how it begins; only then do the words of the
description decide. What is still unknown is "Unclassified", and stays in every table.

Where an office's own titles are a table (`office_titles.py`), a description that is such a title decides before the
code: a register names its papers from one list, while services fill in codes of their own. Then come the code, the
beginnings of those titles, the number of a form in the title, and the words of all offices.

If the description contains several of the known titles, the longest decides: an appeal against a decision of refusal is
no decision of refusal. In a language that writes blanks between words, the description must begin with the title,
because its beginning says what the paper is: a response to an Office action is no Office action. A hyphen joins words:
a "non-final rejection" is not final. In Japanese, Korean and Chinese the end says what the paper is, so a title at the
end decides before a longer one. A description that negates a title (`negations.csv`) does not match it.

A history names few distinct codes, so each is looked up once, and descriptions are read only where the code does not
say enough.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from components.prosecution.law.codes import (
    MAX_CACHED_LENGTH,
    UNKNOWN,
    Classification,
    codes_of,
    normalise_code,
    plain_text,
    prefixes_of,
    shared_codes_of,
    stem_of,
    without_version,
)
from components.prosecution.law.negations import is_negated, name_start, negating_words
from components.prosecution.law.office_titles import (
    beginning_title,
    form_of_code,
    form_of_title,
    has_titles,
    last_resort_title,
    whole_title,
)
from components.prosecution.law.titles import Title, description_words
from components.prosecution.law.vocabulary import Side

_BLANKS: Final = re.compile(r"\s+")
_BRACKETS: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_WORD: Final = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_PLAIN: Final = str.maketrans("‘’‐‑–—・\u119e\u2027", "''----···")
_CLOSED: Final = re.compile(r"^[^()\[\]]*[)\]]")
_TAIL: Final = re.compile(r"[\W\d_]*[書书서]?[\W\d_]*")
_UNSPACED: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")  # kana, Chinese characters, Hangul

_UNKNOWN_CODE: Final = -1
"""In an array of packed classifications: the code does not say enough."""


def classify(
    office: str, codes: Sequence[str], descriptions: Sequence[str]
) -> tuple[NDArray[np.int16], NDArray[np.int8]]:
    """Classify the papers of one history.

    Args:
        office: two letters (`US`); papers of an office without a list of codes are read by descriptions alone.
        codes: document codes as delivered.
        descriptions: parallel to `codes`, in any language.

    Returns:
        The `Category` of each paper, and its `Side`, as numbers.

    Raises:
        ValueError: there is not one description for each code.
    """
    if len(codes) != len(descriptions):
        raise ValueError(f"{len(codes)} codes and {len(descriptions)} descriptions; give one for each.")
    by_code = {code: _packed(_by_code(office, code)) for code in set(codes)}
    by_title = {text: _packed(_by_title(office, text)) for text in set(descriptions)} if has_titles(office) else {}
    packed = np.fromiter(map(by_code.__getitem__, codes), dtype=np.int32, count=len(codes))
    if by_title:
        titled = np.fromiter(map(by_title.__getitem__, descriptions), dtype=np.int32, count=len(codes))
        packed = np.where(titled == _UNKNOWN_CODE, packed, titled)
    by_both: dict[tuple[str, str], int] = {}
    for index in np.flatnonzero(packed == _UNKNOWN_CODE).tolist():
        pair = codes[index], descriptions[index]
        if pair not in by_both:
            by_both[pair] = _packed(_by_description(office, *pair))
        packed[index] = by_both[pair]
    categories, sides = np.divmod(packed, len(Side))
    return categories.astype(np.int16), sides.astype(np.int8)


def classification_of(office: str, code: str, description: str) -> Classification:
    """Return what one paper is; "Unclassified" from an unclassified side if no table knows it."""
    return _by_title(office, description) or _by_code(office, code) or _by_description(office, code, description)


def category_of_paper(office: str, code: str, description: str) -> str:
    """Return what one paper is, as `categories.csv` names it: `non_final_rejection`; `unclassified` if none knows."""
    return classification_of(office, code, description).category.name.lower()


def _by_title(office: str, description: str) -> Classification | None:
    """Return what a description says that is one of the office's own titles."""
    title = whole_title(office, description)
    return title.classification if title else None


def _packed(classification: Classification | None) -> int:
    """Return category and side as one number, which an array of integers can hold."""
    if classification is None:
        return _UNKNOWN_CODE
    return classification.category * len(Side) + classification.side


def _by_code(office: str, code: str) -> Classification | None:
    """Return what the code alone says; `None` if it is not listed, or if its office gives it to several kinds."""
    name = normalise_code(code)
    if shared_codes_of(office) and without_version(name) in shared_codes_of(office):
        return None
    return _by_normalised_code(office, name)


def _by_normalised_code(office: str, name: str) -> Classification | None:
    listed = codes_of(office)
    name = form_of_code(office, name)
    if not name or not listed:
        return None
    base = without_version(name) if "-" in name else name
    if stem_of(name) in _stems(office) or stem_of(base) in _stems(office):
        for spelling in (name, base, *_dotted(name), *_dotted(base)):
            if spelling in listed:
                return listed[spelling]
    if not name.startswith(_prefixes(office)):
        return None
    for row in prefixes_of(office):
        if name.startswith(row.prefix) and (row.before_digit or not name[len(row.prefix) :][:1].isdigit()):
            return row.classification
    return None


def _by_description(office: str, code: str, description: str) -> Classification:
    """Return what a paper is whose code does not say enough."""
    shared = shared_codes_of(office)
    name = normalise_code(code) if shared else ""
    if without_version(name) in shared:
        text = description.casefold()
        kinds = shared[without_version(name)]
        classification = next((row.classification for row in kinds if row.words in text), None)
        classification = classification or _by_normalised_code(office, name)
        if classification is not None:
            return classification
    return (
        _by_beginning(office, description)
        or _by_words(office, description)
        or _by_last_resort(office, description)
        or UNKNOWN
    )


def _by_beginning(office: str, description: str) -> Classification | None:
    """Return what the beginning of a description says in the office's own words, or the number of a form in it."""
    title = beginning_title(office, description)
    if title is not None:
        return title.classification
    form = form_of_title(office, description)
    return _by_normalised_code(office, form) if form else None


def _by_last_resort(office: str, description: str) -> Classification | None:
    title = last_resort_title(office, description)
    return title.classification if title else None


@cache
def _stems(office: str) -> frozenset[str]:
    return frozenset(map(stem_of, codes_of(office)))


@cache
def _prefixes(office: str) -> tuple[str, ...]:
    return tuple(row.prefix for row in prefixes_of(office))


def _dotted(name: str) -> tuple[str, ...]:
    """Return a code without and with trailing dots; an office writes none to three."""
    stem = stem_of(name)
    return stem, f"{stem}.", f"{stem}..", f"{stem}..."


def _by_words(office: str, description: str) -> Classification | None:
    if len(description) > MAX_CACHED_LENGTH:
        return _read_words.__wrapped__(office, description)
    return _read_words(office, description)


@lru_cache(maxsize=32_768)
def _read_words(office: str, description: str) -> Classification | None:
    """Return what a description names: of all the titles in it that the table knows, the longest decides.

    In Japanese, Korean and Chinese, a title with which the description ends decides before longer ones. Of equally
    long ones, one that the table keeps for this office decides, then the last. Brackets do not count ("Written Opinion
    (TRANSLATED)"), unless the title itself has some, or they negate it ("Final Rejection (Vacated)").
    """
    text = plain_text(description).casefold()
    if not text.isascii():
        text = text.translate(_PLAIN)
    bare = _without_brackets(text)
    matches = _matches_spaced(text, bare)
    compact = ""
    if not text.isascii() and _UNSPACED.search(text):
        compact = text.replace(" ", "")
        matches += _matches_unspaced(compact, bare.replace(" ", ""))
    if not matches:
        return None
    negating = negating_words(text, compact[name_start(compact) :])
    fitting = [
        match
        for match in matches
        if (not match.title.offices or office in match.title.offices)
        and not (negating and is_negated(negating, match.title.words, match.title.classification.category))
    ]
    return max(fitting, key=_precedence).title.classification if fitting else None


class _TitleMatch(NamedTuple):
    """A title of the table within a description."""

    title: Title
    start: int
    decides: bool
    """Whether it stands where a title says what the paper is: at the beginning, or in some languages at the end."""


def _precedence(match: _TitleMatch) -> tuple[bool, int, bool, int, str]:
    """Return the sort key of a match: of several, the one with the highest decides."""
    title = match.title
    return match.decides, len(title.words), bool(title.offices), match.start, title.words


def _without_brackets(text: str) -> str:
    if "(" not in text and "[" not in text:
        return text.strip(" .:;,")
    for _ in range(3):  # brackets within brackets
        text = _BRACKETS.sub(" ", text)
    return _BLANKS.sub(" ", text).strip(" .:;,")


def _matches_spaced(text: str, bare: str) -> list[_TitleMatch]:
    """Return the titles with which a description begins, in the languages that write blanks between words."""
    starts = (bare,) if text.startswith(bare) else (bare, text)
    first = {match.group() for match in map(_WORD.match, starts) if match}
    titles = _titles_by_word()
    return [
        _TitleMatch(title, 0, decides=True)
        for word in first
        for title in titles.get(word, ())
        if _begins(title, text if title.bracketed else bare)
    ]


def _begins(title: Title, text: str) -> bool:
    if title.match == "whole" or not text.startswith(title.words):
        return text == title.words
    after = text[len(title.words) : len(title.words) + 1]
    return title.stem or not (after.isalnum() or after in ("-", "_"))


def _matches_unspaced(text: str, bare: str) -> list[_TitleMatch]:
    """Return the titles that a description contains, in the other languages, without those of what the paper answers.

    Args:
        text: the description without its blanks.
        bare: the same without its brackets.
    """
    titles = _titles_by_letter()
    heads = {searched: name_start(searched) for searched in (text, bare)}
    matches = []
    for letter in set(text):
        for title in titles.get(letter, ()):
            searched = text if title.bracketed else bare
            start = searched.rfind(title.words)
            end = start + len(title.words)
            if start >= 0 and end > heads[searched] and (title.match == "anywhere" or searched == title.words):
                matches.append(_TitleMatch(title, start, decides=_is_tail(title.words, searched[end:])))
    return matches


def _is_tail(words: str, rest: str) -> bool:
    """Return whether at most a number, a bracket or "paper" follows the words, so that they say what the paper is."""
    if words.count("(") + words.count("[") > words.count(")") + words.count("]"):
        rest = _CLOSED.sub("", rest)
    return _TAIL.fullmatch(_without_brackets(rest)) is not None


@cache
def _titles_by_word() -> Mapping[str, Sequence[Title]]:
    titles: defaultdict[str, list[Title]] = defaultdict(list)
    for title in description_words():
        match = _WORD.match(title.words)
        if title.spaced and match:
            titles[match.group()].append(title)
    return dict(titles)


@cache
def _titles_by_letter() -> Mapping[str, Sequence[Title]]:
    titles: defaultdict[str, list[Title]] = defaultdict(list)
    for title in description_words():
        if not title.spaced:
            titles[title.words[0]].append(title)
    return dict(titles)
