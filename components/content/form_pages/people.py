"""The examiner and the art unit: from the head of a form, the cover sheet, the contact paragraph, the signature.

An engine misreads each of them now and then, so the places are compared: the name that most of them have is taken, and
of its spellings the form's. The art unit stands in every running head, too.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import islice
from typing import Final, NamedTuple

from components.content.form_pages.misreadings import as_read
from components.content.form_pages.word_quotes import quote_of
from components.content.records import Fact, Quote
from components.content.text import ReadText, Span
from components.page_texts import PageText, Word

_UNIT: Final = r"(?<!\d)(?P<unit>\d{4})(?!\d|[-/]\d)"
_NAME: Final = r"(?P<name>[^\W\d_][^\d\n|/:()]{2,48}?)"
_HEAD: Final = re.compile(
    rf"{as_read('exam')}\w{{2,5}}\W{{0,4}}\s[ao]\w{{0,2}}[.,]?\s*{as_read('unit')}[^\n\d]{{0,40}}\n"
    r"(?P<lines>(?:[^\n]{0,120}\n){1,5})",
    re.IGNORECASE,
)
"""The head of PTOL-326, PTOL-303 and PTOL-37: two columns, and the name and the number below them."""
_ON_ONE_LINE: Final = re.compile(
    rf"Exam[il1]ner\s+Art\s+Unit(?:\s+AIA[\w() ]{{0,30}}?(?:Status|File\)))?\s+{_NAME}\s+{_UNIT}"
)
_IN_CELLS: Final = re.compile(
    rf"Exam[il1]ner\s*\n\s*{_NAME}\s*\n\s*(?:Group\s+)?Art\s+Un[il1]t\W*\n?\s*{_UNIT}", re.IGNORECASE
)
"""The same where the cells of the head came one after the other."""
_NAME_AND_UNIT: Final = re.compile(rf"{_NAME}[\s.,|\[\]'_-]+{_UNIT}")
_TITLES: Final = re.compile(
    r"(?:Before\s+the\s+Filing\s+of\s+an?\s+Appeal\s+Brief|(?:Office\s+Act[il]on|[\w-]*\s*Interview)\s+Summary"
    r"|Notice\s+of\s+Allowab[il]+ity|Advisory\s+Act[il]on|Ex\s+Parte\s+Reexamination|AIA\b|\(?F[il1]TF\)?|Status"
    r"|Supplemental|Corrected|Examiner|Applicant\(s\)|Art\s+Unit)",
    re.IGNORECASE,
)
_COVER: Final = re.compile(r"\b[ET]XAM[IL1]NER\b(?P<below>[\s\S]{0,400}?)A[RB][TI1]\s+UN[IL1]T\b")
_COVER_UNIT: Final = re.compile(
    rf"\bA[RB][TI1]\s+UN[IL1]T\b[^\n]{{0,60}}\n(?:[^\n]{{0,60}}\n){{0,2}}?[^\n\d]{{0,60}}{_UNIT}"
)
_SURNAME_FIRST: Final = re.compile(
    r"(?P<last>[A-Z][A-Z'\u2019-]{1,24}),\s+(?P<first>[A-Z][A-Z'.-]{0,20}(?:\s+[A-Z][A-Z'-]{0,20})?\.?)(?=\W{0,4}(?:\n|$))"
)
_NO_FIRST_NAME: Final = frozenset(
    [
        "LLC",
        "LLP",
        "LP",
        "PC",
        "PA",
        "PLLC",
        "INC",
        "LTD",
        "CO",
        "GMBH",
        "NY",
        "CA",
        "VA",
        "MA",
        "TX",
        "IL",
        "NJ",
        "MN",
        "DC",
        "JR",
        "SR",
        "AG",
        "SA",
    ]
)
_CONTACT: Final = re.compile(
    rf"{as_read('directed to')}\s+(?:the\s+)?(?:examiner\s*,?\s+|Mr\.?\s+|Ms\.?\s+|Mrs\.?\s+|Dr\.?\s+)?"
    rf"(?P<name>[^\W\d_][^\d|/:()]{{2,48}}?)\s*,?\s+(?:{as_read('whose')}|at\s+(?:tel|\(?\d)|who\s+can|by\s+tel|Art\s+Unit)",
    re.IGNORECASE,
)
_NOT_A_PERSON: Final = re.compile(
    r"receptionist|customer|technology|center|group|office|supervis|undersigned|communication|\bthe\b|\bunit\b",
    re.IGNORECASE,
)
_SIGNED: Final = re.compile(
    r"(?:/\s?(?P<slashed>[^\W\d_][^\d/\n]{3,45}?)\s?/"
    r"|(?:^|\n)[ \t]*(?P<plain>[A-Z][^\W\d_.]{0,20}[^\d/\n,;:]{2,35}?))\W{0,6}\s{0,6}"
    r"(?P<rank>(?:Primary|Supervisory|Assistant)?\s*(?:Patent\s+)?Examiner)\b(?:\W{1,6}(?:Art\s+Unit|AU|TC)\W{0,3}"
    rf"{_UNIT})?",
    re.MULTILINE,
)
_RUNNING: Final = re.compile(rf"\bArt\s*Un[il1]t\W{{0,4}}{_UNIT}", re.IGNORECASE)
_WORD_OF_A_NAME: Final = re.compile(r"[^\W\d_](?:[^\W\d_'\u2019-]|['\u2019-](?=[^\W\d_])){0,24}\.?|(?:Jr|Sr)\.?")
_SUFFIXES: Final = {"jr": "Jr.", "sr": "Sr.", "ii": "II", "iii": "III", "iv": "IV", "phd": "Ph.D."}
_SHORTEST_MC: Final = 4
_PARTICLES: Final = frozenset({"van", "von", "de", "der", "den", "la", "le", "du", "da", "del", "el", "al", "bin"})
_INNER_I: Final = re.compile(r"(?<=[^\W\d_])(?<!Mc)(?<!Mac)I+(?=[a-z])|(?<=[a-z])I+(?=[^\W\d_])(?<!McI)(?<!MacI)")
"""A capital I among small letters is an l that was misread: `DiIIon`; not that of `McIntyre`."""
_HEAD_LINES: Final = 6
_MOST_HEAD_WORDS: Final = 15
_ALIKE: Final = 0.75
"""Two spellings of a surname so alike are one, misread."""
_LIKELY_UNITS: Final = range(1100, 4000)
_WEIGHT_OF_FORM: Final = 3
_UNCONFIRMED: Final = 0.8


class Named(NamedTuple):
    """A name, or an art unit, as it stands in one place."""

    value: str
    quote: Quote
    weight: int
    """How much it counts beside other places."""


def examiner_in(text: ReadText) -> Fact | None:
    """Return the examiner of a paper; `None` where no place names one."""
    named = list(_names(text))
    if not named:
        return None
    surnames = [surname_of(each.value) for each in named]
    votes = [
        sum(other.weight for other, name in zip(named, surnames, strict=True) if _is_same(name, surname))
        for surname in surnames
    ]
    best = max(votes)
    chosen = max((each for each, vote in zip(named, votes, strict=True) if vote == best), key=lambda each: each.weight)
    alike = [each for each, name in zip(named, surnames, strict=True) if _is_same(name, surname_of(chosen.value))]
    spelled = _best_spelled(chosen, alike)
    factor = 1.0 if len(alike) > 1 else _UNCONFIRMED
    return Fact("examiner", spelled, chosen.quote, round(chosen.quote.confidence * factor))


def art_unit_in(text: ReadText) -> Fact | None:
    """Return the art unit of a paper; `None` where no place has one."""
    named = list(_units(text))
    if not named:
        return None
    votes: Counter[str] = Counter()
    for each in named:
        votes[each.value] += each.weight
    value, weight = max(votes.items(), key=lambda pair: pair[1])
    quote = next(each.quote for each in named if each.value == value)
    factor = 1.0 if weight > _WEIGHT_OF_FORM else _UNCONFIRMED
    return Fact("art unit", value, quote, round(quote.confidence * factor))


def surname_of(name: str) -> str:
    """Return the last word of a name that is no suffix, in small letters."""
    words = [word.strip(".,").lower() for word in name.split()]
    names = [word for word in words if word not in _SUFFIXES] or words
    return names[-1] if names else ""


def _is_same(one: str, other: str) -> bool:
    return one == other or SequenceMatcher(None, one, other).ratio() >= _ALIKE


def _best_spelled(chosen: Named, alike: Sequence[Named]) -> str:
    """Return a name as it is written with small letters somewhere, else with capitals where names have them.

    Where the form has a surname that no other place has and two others agree, theirs is taken.
    """
    spellings = Counter(surname_of(each.value) for each in alike)
    surname = surname_of(chosen.value)
    likelier, times = max(spellings.items(), key=lambda pair: pair[1])
    source = _most_often(chosen, alike)
    if times > 1 and spellings[surname] == 1:
        source = max((each.value for each in alike if surname_of(each.value) == likelier), key=len)
    letters = _letters(source)
    small = next((each.value for each in alike if _is_written(each.value) and _letters(each.value) == letters), "")
    return proper_name(small or source)


def _most_often(chosen: Named, alike: Sequence[Named]) -> str:
    """Return the name with as many words as the chosen one that most places have; of a tie the chosen one.

    Where no form has the name, one with an initial is taken before one without.
    """
    if chosen.weight < _WEIGHT_OF_FORM:
        first, *_, last = chosen.value.split()
        ends = {_letters(first), _letters(last)}
        fuller = [each for each in alike if {_letters(each.value.split()[at]) for at in (0, -1)} == ends]
        chosen = max(fuller, key=lambda each: len(each.value.split()))
    words = len(chosen.value.split())
    full = Counter(_letters(each.value) for each in alike if len(each.value.split()) == words)
    letters, times = max(full.items(), key=lambda pair: pair[1])
    if times > full[_letters(chosen.value)]:
        return next(each.value for each in alike if _letters(each.value) == letters)
    return chosen.value


def _is_written(name: str) -> bool:
    """Return whether a name has small letters, as names are written."""
    return not name.isupper()


def _letters(name: str) -> str:
    return re.sub(r"[\W_]", "", name).lower()


def proper_name(name: str) -> str:
    """Return a name as it is usually written: `GARCIA` as Garcia, an initial with its point."""
    words = name.replace(",", " , ").split()
    is_shouted = name.upper() == name
    written = [_proper_word(word, is_shouted=is_shouted) for word in words]
    return " ".join(written).replace(" ,", ",").strip(" ,-")


def _proper_word(word: str, *, is_shouted: bool) -> str:
    word = _INNER_I.sub(lambda found: "l" * len(found[0]), word)
    bare = word.strip(".").lower()
    if bare in _SUFFIXES:
        return _SUFFIXES[bare]
    if len(bare) == 1 and bare.isalpha():
        return bare.upper() + "."
    if not is_shouted and not (len(bare) > 2 and word.isupper()):
        return word
    return "-".join(_capitalised(part) for part in word.lower().split("-"))


def _capitalised(part: str) -> str:
    """Return a part of a name in small letters with its capitals: `O'Neill`, `McDonald`."""
    if part.startswith("mc") and len(part) > _SHORTEST_MC:
        return "Mc" + part[2:].capitalize()
    return part.title()


def _name_in(piece: str) -> str:
    """Return the name that is all of a piece of text; empty where it is none."""
    plain = unicodedata.normalize("NFKC", piece)
    plain = _TITLES.sub(" ", plain)
    words = re.sub(r"[^\w\s.,'\u2019-]", " ", plain).strip(" .,-'_").split()
    while words and not _WORD_OF_A_NAME.fullmatch(words[0].strip(",")):
        words = words[1:]
    while words and not _WORD_OF_A_NAME.fullmatch(words[-1].strip(",")):
        words = words[:-1]
    is_name = 2 <= len(words) <= 6 and all(_WORD_OF_A_NAME.fullmatch(word.strip(",")) for word in words)
    has_names = sum(len(word.strip(".,")) > 1 for word in words) >= 2 and all(
        word[0].isupper() or word.lower() in _PARTICLES for word in words
    )
    name = " ".join(words).strip(" ,")
    return name if is_name and has_names and not _NOT_A_PERSON.search(name) else ""


def _names(text: ReadText) -> Iterator[Named]:
    """Yield the examiner's name in each place, the form's first."""
    yield from _names_on_forms(text)
    for found in _CONTACT.finditer(text.text):
        yield from _named(text, found["name"], found.span("name"), 2)
    yield from _signatures(text)
    yield from _cover_names(text)


def _named(text: ReadText, name: str, span: tuple[int, int], weight: int) -> Iterator[Named]:
    value = _name_in(name)
    if value:
        yield Named(value, text.quote(*span), weight)


def _names_on_forms(text: ReadText) -> Iterator[Named]:
    for found, span in _heads(text.text):
        yield from _named(text, found["name"], (span.start, span.end), _WEIGHT_OF_FORM)


def _heads(text: str) -> Iterator[tuple[re.Match[str], Span]]:
    """Yield the names with numbers below the head of a form, and where both stand."""
    below = [found for head in _HEAD.finditer(text) for found in _below_head(text, head)]
    for found in below or [*_ON_ONE_LINE.finditer(text), *_IN_CELLS.finditer(text)]:
        yield found, Span(found.start("name"), found.end("unit"))


def _below_head(text: str, head: re.Match[str]) -> list[re.Match[str]]:
    """Return the name with its number below the head of a form; a title may stand beside it."""
    titles = _TITLES.match(text, head.start("lines"))
    start = titles.end() if titles else head.start("lines")
    found = (each for each in _NAME_AND_UNIT.finditer(text, start, head.end("lines")) if _name_in(each["name"]))
    return list(islice(found, 1))


def _signatures(text: ReadText) -> Iterator[Named]:
    """Yield who signed as the examiner: one who signs as a supervisor is another."""
    signed = list(_SIGNED.finditer(text.text))
    for found in signed:
        rank = found["rank"].lower()
        if "supervisory" in rank or ("primary" in rank and len(signed) > 1):
            continue
        group = "slashed" if found["slashed"] else "plain"
        yield from _named(text, found[group], found.span(group), 2 if found["slashed"] else 1)


def _cover_names(text: ReadText) -> Iterator[Named]:
    """Yield the name on the cover sheet, the surname first; the correspondence address stands before and beside it."""
    for cover in _COVER.finditer(text.text):
        start = cover.start("below")
        for found in _SURNAME_FIRST.finditer(text.text, start, cover.end("below")):
            first = found["first"].strip(" .")
            if first.replace(".", "") not in _NO_FIRST_NAME:
                yield from _named(text, f"{first} {found['last']}", found.span(), 1)


def _units(text: ReadText) -> Iterator[Named]:
    """Yield the art unit in each place."""
    for found, span in _heads(text.text):
        yield from _unit(found["unit"], text.quote(span.start, span.end), _WEIGHT_OF_FORM)
    for found in _SIGNED.finditer(text.text):
        if found["unit"]:
            yield from _unit(found["unit"], text.quote(*found.span("unit")), 1)
    for page in text.pages:
        yield from _running_units(page)
    for found in _RUNNING.finditer(text.text):
        yield from _unit(found["unit"], text.quote(*found.span()), 1)
    for found in _COVER_UNIT.finditer(text.text):
        yield from _unit(found["unit"], text.quote(*found.span("unit")), 1)


def _running_units(page: PageText) -> Iterator[Named]:
    """Yield the art unit in the running head of a page, which the text of the paper leaves out."""
    lines: dict[int, list[Word]] = {}
    for word in page.words:
        lines.setdefault(word.line, []).append(word)
    for words in list(lines.values())[:_HEAD_LINES]:
        running = _RUNNING.search(" ".join(word.text for word in words)) if len(words) < _MOST_HEAD_WORDS else None
        if running:
            yield from _unit(running["unit"], quote_of(page, words), 1)


def _unit(value: str, quote: Quote, weight: int) -> Iterator[Named]:
    if int(value) in _LIKELY_UNITS:
        yield Named(value, quote, weight)
