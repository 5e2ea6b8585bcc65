"""Titles under which an office itself lists a paper, one row a paper, with its wordings in each language.

An office's register names its papers from a list of its own, so the whole title says what the paper is, whatever code a
service adds. `ep_titles.csv` holds that list for the European Patent Register, in its current and former wordings.

A title is compared in one spelling: "Art. 94 (3) EPC", "Article 94(3) EPC" and "Artikel 94 (3) EPÜ" are the same, and
so are "pursuant to", "under", "gemäß", "nach" and "conformément à" before a provision. The number of a form before the
title ("F3032 Notification(s) of the decision") is no part of it; only that a form is one of the Boards of Appeal (F3000
to F3399) can matter, since they summon and minute too. A row tells it by `F3` before the title. Articles and the plural
ending are left out, since lists write "Communication", "Communications" and "the communication" alike.

`…` within a title stands for any words: "Consultation … with time limit" is a consultation, in whatever way, that set
one. What follows it changes what the paper is, so such a title decides like a whole one.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Annotated, Final, Literal, Self

from pydantic import model_validator

from components.prosecution.law.codes import MAX_CACHED_LENGTH, ClassifyingRow, plain_text
from components.prosecution.law.negations import is_negated, negating_words
from components.prosecution.law.rule_files import Filled, read_rule_table
from components.rule_tables import BY_SEMICOLONS

_TABLES: Final[Mapping[str, str]] = {"EP": "ep_titles.csv"}
"""The offices whose own list of titles is a table."""

_NUMBER: Final = r"(?P<number>\d{4}[A-Z]{0,3}(?:[.-]\d{1,2})?)"
_FORM: Final = rf"(?:EPO )?(?:FORM )?F?{_NUMBER}"
_FORM_CODE: Final = re.compile(rf"{_FORM}(?: TRI| \d\d[.]\d\d.*)?", re.IGNORECASE)
_FORM_BEFORE: Final = re.compile(rf"{_FORM}\s*[:.,-]?\s+(?=\D)", re.IGNORECASE)
_FORM_OF_BOARD: Final = re.compile(r"(?:EPO )?(?:FORM )?F?3[0-3]\d\d(?:\.\d+)?\s*[:.,-]?\s+(?=\D)", re.IGNORECASE)
_OF_BOARD: Final = "f3 "
_FORM_AMONG: Final = re.compile(rf"\bFORM (?:EPO )?{_NUMBER}\b", re.IGNORECASE)

_UNDER: Final = (
    r"(?:pursuant to|in accordance with|according to|provided for in|within the meaning of|under|as per"
    r"|gemäß|gemäss|gem\.|nach|entsprechend|im sinne von"
    r"|(?:établie? |émise? |visée? )?(?:conformément (?:à|aux?)|au titre de"
    r"|en vertu de|en application de|selon|visée? à))"
)
_SPELLINGS: Final = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"[‘’´`]", "'"),
        (r"[‐‑–—]", "-"),
        (r"\s*/\s*", "/"),
        (r"([(\[])\s+", r"\1"),
        (r"\s+([)\]])", r"\1"),
        (r"(?<=\d)([a-z]?) \((?=\d)", r"\1("),
        (r"(?<=\d),? (?:abs(?:atz|\.)|para(?:graphe?|\.)|al(?:inéa|\.)) ?(\d+)", r"(\1)"),
        (r"\b(?:articles?|artikels?|artikeln|arts?)\b\.?\s*(?=\d)", "art. "),
        (r"\b(?:rules?|regeln?|règles?|r)\b\.?\s*(?=\d)", "rule "),
        (rf"\b{_UNDER}\s*(?:l'|la |les |der |des |den |aux )?(?=art\. \d|rule \d)", "under "),
        (r",?\s*\b(?:epc|epü|cbe)\b(?: ?1973| ?2000)?", ""),
        (r"\(\s*\)|(?<=[a-zäöü])\(s\)", ""),
        (r"(?<![\w(])(?:the|an?|d(?:er|ie|as|en|em|es)|eine?[mnrs]?|les?|la|une?|de|du) (?!\d)|\b[ld]'", ""),
        (r"(?<=[^\W\d_]{2}[^\W\d_s])s\b", ""),
        (r"\s+", " "),
    )
)
_ANY_WORDS: Final = "..."
"""As `plain_text` writes the `…` of the table."""
_FIRST_WORD: Final = re.compile(r"\w+")
_BRACKETS: Final = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])")
_ENDS: Final = " .:;,-"


class OfficeTitle(ClassifyingRow):
    """A paper of an office under all its titles: one row of `ep_titles.csv`."""

    english: Annotated[tuple[str, ...], BY_SEMICOLONS]
    """Its wordings, the current one first."""
    german: Annotated[tuple[str, ...], BY_SEMICOLONS]
    french: Annotated[tuple[str, ...], BY_SEMICOLONS]
    match: Literal["whole", "begins", "otherwise"]
    """`whole`: the title is one of these. `begins`: it begins with one. `otherwise`: it begins with one, and nothing
    else says what it is."""
    phrase: str
    """What the paper is called, where the office's word for its category says too little; may be empty."""
    source: Filled

    @model_validator(mode="after")
    def _has_a_title(self) -> Self:
        if not (self.english or self.german or self.french):
            raise ValueError("It has no title. Mend that row.")
        return self

    @property
    def wordings(self) -> tuple[str, ...]:
        """All its titles, in every language."""
        return (*self.english, *self.german, *self.french)


_ByFirstWord = Mapping[str, tuple[tuple[str, OfficeTitle], ...]]


@dataclass(frozen=True, slots=True)
class _Titles:
    """An office's titles in the one spelling in which they are compared."""

    whole: Mapping[str, OfficeTitle]
    begins: _ByFirstWord
    """The longest first."""
    otherwise: _ByFirstWord
    parted: _ByFirstWord
    """Those with `…`, the longest first."""


def has_titles(office: str) -> bool:
    """Return whether the office's own list of titles is a table."""
    return office in _TABLES


def title_rows(office: str) -> tuple[OfficeTitle, ...]:
    """Read the titles of an office; none for an office without such a table.

    Raises:
        RuleTableBroken: a row has no title, or an unknown category.
    """
    return read_rule_table(_TABLES[office], OfficeTitle) if office in _TABLES else ()


def title_form(text: str) -> str:
    """Return a title in the one spelling in which titles are compared, without the number of a form before it."""
    return _title_form.__wrapped__(text) if len(text) > MAX_CACHED_LENGTH else _title_form(text)


@lru_cache(maxsize=16_384)
def _title_form(text: str) -> str:
    form = plain_text(text)
    if form[:1] in "EFef0123456789":
        form = _FORM_BEFORE.sub("", form, count=1)
    form = form.casefold()
    for pattern, replacement in _SPELLINGS:
        form = pattern.sub(replacement, form)
    return form.strip(_ENDS)


def form_of_code(office: str, code: str) -> str:
    """Return the number of a form as the tables write it, if a code of the office is one: "2001A" for "EPO Form 2001A".

    Args:
        office: two letters.
        code: in the form of `normalise_code`.

    Returns:
        The code itself if it is no number of a form, or the office numbers its forms otherwise.
    """
    match = _FORM_CODE.fullmatch(code) if office in _TABLES else None
    return match["number"].replace(".", "-") if match else code


def form_of_title(office: str, description: str) -> str:
    """Return the number of the form that a title names ("Communication (EPO Form 2001A)"); empty if it names none."""
    if office not in _TABLES:
        return ""
    text = plain_text(description)
    match = _FORM_BEFORE.match(text) or _FORM_CODE.fullmatch(text) or _FORM_AMONG.search(text)
    return match["number"].upper().replace(".", "-") if match else ""


def whole_title(office: str, description: str) -> OfficeTitle | None:
    """Return the paper of which a description is the whole title.

    A description that adds something in brackets has the title that it has without them, unless they take it back.
    """
    if office not in _TABLES:
        return None
    if len(description) > MAX_CACHED_LENGTH:
        return _whole_title.__wrapped__(office, description)
    return _whole_title(office, description)


def beginning_title(office: str, description: str) -> OfficeTitle | None:
    """Return the paper with whose title a description begins; the longest such title decides."""
    return _beginning(description, _titles(office).begins) if office in _TABLES else None


def last_resort_title(office: str, description: str) -> OfficeTitle | None:
    """Return the kind of paper that the first words of a description tell, where nothing else is known of it."""
    return _beginning(description, _titles(office).otherwise) if office in _TABLES else None


@lru_cache(maxsize=8_192)
def _whole_title(office: str, description: str) -> OfficeTitle | None:
    form = title_form(description)
    whole = _titles(office).whole
    found = whole.get(_OF_BOARD + form) if _FORM_OF_BOARD.match(plain_text(description)) else None
    found = found or whole.get(form) or _parted(form, _titles(office).parted)
    if found is not None or not form.endswith(")"):
        return found
    bare = _BRACKETS.sub("", form).strip(_ENDS)
    found = whole.get(bare)
    return None if found is not None and negating_words(form, "") - negating_words(bare, "") else found


def _beginning(description: str, titles: _ByFirstWord) -> OfficeTitle | None:
    form = title_form(description)
    if _FORM_OF_BOARD.match(plain_text(description)):
        found = _beginning_of(_OF_BOARD + form, titles)
        if found is not None:
            return found
    return _beginning_of(form, titles)


def _parted(form: str, titles: _ByFirstWord) -> OfficeTitle | None:
    """Return the paper whose title has `…` for some of these words."""
    first = _FIRST_WORD.match(form)
    negating = negating_words(form, "")
    for words, row in titles.get(first.group(), ()) if first else ():
        head, tail = map(str.strip, words.split(_ANY_WORDS))
        rest = form[len(head) :]
        if form.startswith(head) and not rest[:1].isalnum() and re.search(rf"\W{re.escape(tail)}(?!\w)", rest):
            if negating and is_negated(negating, words, row.category):
                continue
            return row
    return None


def _beginning_of(form: str, titles: _ByFirstWord) -> OfficeTitle | None:
    first = _FIRST_WORD.match(form)
    negating = negating_words(form, "")
    for words, row in titles.get(first.group(), ()) if first else ():
        if form.startswith(words) and not form[len(words) : len(words) + 1].isalnum():
            if negating and row.match == "begins" and is_negated(negating, words, row.category):
                continue
            return row
    return None


@cache
def _titles(office: str) -> _Titles:
    rows = title_rows(office)
    by_match: dict[str, dict[str, OfficeTitle]] = {"whole": {}, "begins": {}, "otherwise": {}, "parted": {}}
    for row in rows:
        for wording in row.wordings:
            form = title_form(wording)
            if _ANY_WORDS in form:
                by_match["parted"].setdefault(form, row)
                continue
            by_match[row.match].setdefault(form, row)
            by_match["whole"].setdefault(form, row)
    begins, otherwise, parted = (_longest_first(by_match[match]) for match in ("begins", "otherwise", "parted"))
    return _Titles(by_match["whole"], begins, otherwise, parted)


def _longest_first(titles: Mapping[str, OfficeTitle]) -> _ByFirstWord:
    """Return titles by their first word, of each the longest first."""
    grouped: dict[str, list[tuple[str, OfficeTitle]]] = {}
    for form, row in sorted(titles.items(), key=lambda item: (-len(item[0]), item[0])):
        first = _FIRST_WORD.match(form)
        if first is not None:
            grouped.setdefault(first.group(), []).append((form, row))
    return {word: tuple(found) for word, found in grouped.items()}
