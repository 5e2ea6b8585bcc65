"""The law that a rejection names: sections of Title 35, and double patenting, also as an engine misread them."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Annotated, Final, NamedTuple

from components.rule_tables import BY_BLANKS, Row, load_csv

_TABLE: Final = Path(__file__).with_name("statutes.csv")
NONSTATUTORY: Final = "nonstatutory double patenting"
STATUTORY: Final = "statutory double patenting"
MARKUSH: Final = "improper Markush grouping"
"""The ground of form paragraph 8.40, which stands on no section: MPEP 2117."""
INTERPRETATION: Final = ("112(f)", "112 sixth paragraph")
"""Named where claims are interpreted; nothing is rejected under them."""

_DIGITS: Final = str.maketrans("lI|OoTt", "1110011")
_SECTION: Final = (
    r"(?<![\w,])(?<!\d\.)(?:(?<!/)|(?<=1[01][1-3]/)|(?<=\)/))(?P<section>[17lI|]\s?[0Oo]\s?[1lI|23]|[1lI|]\s?[1lI|]\s?[25]|132|161|171|251|305|314)"
    r"(?!\w|/(?!\s?(?:35|1[01]\d))|,\d|\.\d)"
)
_A_SECTION: Final = _SECTION.replace("?P<section>", "?:")
_SUB: Final = (
    r"\s?[(\[{]{1,2}\s?(?P<sub>[a-zA-Z0-9|]{1,2})\s?[)\]}](?:\s?[(\[{]{1,2}\s?(?P<part>[12lLiI|zZ?])\s?[)\]}])?"
)
_CITED: Final = re.compile(rf"{_SECTION}(?:(?:\s?\(pre-?AIA\s?\))?{_SUB})?", re.VERBOSE | re.IGNORECASE)
_SUB_ALONE: Final = re.compile(rf"\s{{0,2}}(?:,|and\s?/\s?or|and|or|/|&|,\s?and)\s{{0,2}}{_SUB}", re.IGNORECASE)
_ORDINALS: Final = {
    "first": "first", "1st": "first", "lst": "first", "1": "first",
    "second": "second", "2nd": "second", "2d": "second", "2": "second",
    "third": "third", "3rd": "third", "3": "third",
    "fourth": "fourth", "4th": "fourth", "4": "fourth",
    "fifth": "fifth", "5th": "fifth", "5": "fifth",
    "sixth": "sixth", "6th": "sixth", "6": "sixth",
}  # fmt: skip
_ORDINAL: Final = (
    r"(?:\w{0,2}rst|s\w{1,3}[o0]\w{1,2}d|third|fourth|fifth|sixth|[1l]st|2n?d|3rd|[456]th"
    r"|[1-6][\"'*\u00b0]{1,2}(?=\s?para))"
)
_SIGN: Final = r"(?:\u00b6{1,2}|paragraphs?|para\.?|par\.)"
_PARAGRAPH: Final = re.compile(
    rf"""\s{{0,3}}[,.:;-]?\s{{0,3}}(?:\(?\s?pre-?\s?AIA\s?\)?\s?)?,?\s{{0,3}}\(?(?:the\s)?(?:
        (?P<one>{_ORDINAL})\s*(?:{_SIGN})?(?:\s*(?:and|or|&|,|/|and/or)\s*(?:the\s)?(?P<two>{_ORDINAL}))?(?:\s*{_SIGN})?
      | {_SIGN}\s*(?P<digit>[1-6])(?:\s*(?:and|&)\s*(?P<digit_two>[1-6]))?(?!\d)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_PARAGRAPH_BEFORE: Final = re.compile(rf"(?P<one>{_ORDINAL})\s+{_SIGN}\s+of\s+(?:35|title)", re.IGNORECASE)
_CODE: Final = (
    r"(?:3\s?5|title\s35)?\s{0,2},?\s{0,2}(?:\w{0,3}\W{0,2}S\W{0,2}[C0]\W{0,3}|United\sStates\sCode\W{0,2})?\s{0,2}"
)
_OLD: Final = r"(?:\(?\s?pre-?\s?AIA\s?\)?\s{0,2})?"
_LEAD: Final = rf"(?:the\s)?{_OLD}(?:{_CODE}){_OLD}(?:\u00a7{{1,2}}|[sS&$](?=\s?1)|section|sec\.)?\s{{0,2}}"
_ADJOINING: Final = re.compile(
    rf"""\s{{0,3}}(?:[,;]\s{{0,3}})?(?P<how>and\s?/\s?or|and|or|/|&|[,;]|in\s+the\s+alternative|as\s+well\s+as)\s{{0,3}}
    (?:,?\s?(?:in\s+the\s+alternative|alternatively|also|further|additionally|under|either)\s?,?\s{{0,3}}){{0,4}}
    {_LEAD}(?={_A_SECTION})""",
    re.VERBOSE | re.IGNORECASE,
)
_FURTHER: Final = re.compile(
    rf"""(?:\b(?:and|end|aud|or)\b|[,;]|\balternatively\b|\bnext\b)\s{{0,3}}
    (?:,?\s?(?:in\s+the\s+alternative|alternatively|also|further|additionally|are|is|rejected|being)\s?,?\s{{0,3}}){{0,5}}
    (?:as\s+(?:being\s+)?(?:obvious|unpatentable|anticipated)\s+)?[un]\s?[nu]\s?d[ec]r\s{{1,3}}{_LEAD}(?={_A_SECTION})
    |\b(?:alternatively|in\s+the\s+alternative)\s?,?\s{{0,3}}{_LEAD}(?={_A_SECTION})""",
    re.VERBOSE | re.IGNORECASE,
)
_TITLE_35: Final = re.compile(
    r"\w{0,3}\W{0,2}S\W{0,2}[C0]\b|\u00a7|\bsection|\bunder\b|\bcode\b|\bpre-?AIA", re.IGNORECASE
)
_NOT_THE_LAW: Final = re.compile(
    r"prior\s+art\s+(?:date\s+)?(?:under|$)|\brejections?\s*(?:under|$)|\brejections\W{1,4}(?:35|\u00a7|U)|quotation|subject\s+to"
    r"|qualif|for\s+applications|exception",
    re.IGNORECASE,
)
"""Before a section that is named for another reason than to reject under it."""
_DOUBLE_PATENTING: Final = re.compile(r"doub[l1]e\s{0,2}-?\s{0,2}pa\w{4,9}g\b", re.IGNORECASE)
_SAME_INVENTION: Final = re.compile(
    r"\bclaiming\s+the\s+same\s+invention|\bsame\s+invention\s+as\s+that\s+of", re.IGNORECASE
)
_MARKUSH: Final = re.compile(r"\bimproper\s+markush\b", re.IGNORECASE)
_NONSTATUTORY: Final = re.compile(r"non-?\s?-?statutory|obvious|judicially", re.IGNORECASE)
_PRE_AIA: Final = re.compile(r"pre-?\s?AIA", re.IGNORECASE)
_NEAR: Final = 330
"""Within so many letters behind "rejected" the law is named."""


class _Statute(Row):
    """A part of the law that claims are rejected under."""

    section: str
    subsection: str
    """Letter, with its number; or the paragraph in words, as the law had it before the AIA."""
    statute: str
    misread: Annotated[tuple[str, ...], BY_BLANKS]
    """What an engine made of the subsection."""
    same_as: str
    """What it is called since the AIA: where both are named at once it is one ground."""
    source: str


class Named(NamedTuple):
    """A statute as a sentence names it."""

    statute: str
    start: int
    end: int
    pre_aia: bool = False
    """Whether only the law from before the AIA is named."""
    is_certain: bool = True
    """False where its subsection was misread."""


def check_statutes() -> None:
    """Check the table of statutes.

    Raises:
        RuleTableBroken: it is damaged.
    """
    load_csv(_TABLE, _Statute)


@cache
def _statutes() -> tuple[_Statute, ...]:
    return load_csv(_TABLE, _Statute)


@cache
def _by_subsection() -> dict[tuple[str, str], tuple[str, bool]]:
    """Return the statute of each section and subsection, and whether that is how it is printed."""
    found = {(row.section, misread): (row.statute, False) for row in _statutes() for misread in row.misread}
    return found | {(row.section, row.subsection): (row.statute, True) for row in _statutes()}


@cache
def _since_the_aia() -> dict[str, str]:
    return {row.statute: row.same_as for row in _statutes() if row.same_as}


def double_patenting(predicate: str) -> str:
    """Return the kind of double patenting under which a sentence rejects; empty where it names none."""
    near = predicate[:_NEAR]
    if _SAME_INVENTION.search(near) and not _DOUBLE_PATENTING.search(near):
        return STATUTORY
    found = _DOUBLE_PATENTING.search(near)
    if found is None:
        return ""
    if _NONSTATUTORY.search(near):
        return NONSTATUTORY
    if re.search(r"\bstatutory\b|same\s+invention", near, re.IGNORECASE):
        return STATUTORY
    return NONSTATUTORY


def judge_made(predicate: str) -> str:
    """Return the ground without a section of the law on which a sentence rejects; empty where it names none."""
    return double_patenting(predicate) or (
        MARKUSH if _MARKUSH.search(predicate[:_NEAR]) and not statutes_in(predicate) else ""
    )


def statutes_in(predicate: str) -> list[Named]:
    """Return what a sentence says behind "rejected" of the law, each statute once.

    Args:
        predicate: from the word behind "rejected" to the end of the sentence.
    """
    first = _first(predicate)
    found = [] if first is None else list(_read(predicate, first))
    if not found:  # it is named, and nothing of it can be read
        return []
    for match in _FURTHER.finditer(predicate, found[-1].end):
        if match.start() >= found[-1].end and not _NOT_THE_LAW.search(
            predicate[max(0, match.start() - 40) : match.start()]
        ):
            found += _read(predicate, match.end())
    merged = _merged(found)
    return [each for each in merged if each.statute not in INTERPRETATION]


def statute_of_heading(line: str) -> str:
    """Return the statute that a heading names: `103` of `Claim Rejections - 35 USC § 103`; empty for none."""
    if _DOUBLE_PATENTING.search(line):
        return NONSTATUTORY
    for match in _CITED.finditer(line):
        if _TITLE_35.search(line[: match.start()]):
            return next((each.statute for each in _read(line, match.start())), "")
    return ""


def _first(predicate: str) -> int | None:
    for match in _CITED.finditer(predicate[:_NEAR]):
        before = predicate[max(0, match.start() - 45) : match.start()]
        if _TITLE_35.search(before) and not _NOT_THE_LAW.search(before):
            return match.start()
    return None


def _read(predicate: str, start: int) -> Iterator[Named]:
    """Yield the statutes that are named one behind the other from a section's number on."""
    at: int | None = start
    while at is not None:
        match = _CITED.match(predicate, at)
        if match is None:
            return
        names, end = _parts(predicate, match)
        pre_aia = bool(_PRE_AIA.search(predicate[max(0, at - 30) : end]))
        for name, certain in names:
            yield Named(name, at, end, pre_aia, certain)
        following = _ADJOINING.match(predicate, end)
        at = following.end() if following else None


def _parts(predicate: str, match: re.Match[str]) -> tuple[list[tuple[str, bool]], int]:
    """Return the statutes of one section: `102(a)(1)/(a)(2)` has two, `112, first and second paragraphs` too."""
    section = re.sub(r"\s", "", match["section"]).translate(_DIGITS)
    section = "1" + section[1:] if section[0] == "7" else section
    known = _by_subsection()
    if (section, "") not in known:
        return [], match.end()
    subs, end = [], match.end()
    last: re.Match[str] | None = match
    while last is not None and last["sub"]:
        read = known.get((section, _subsection(last)))
        if read is None and section != "103":
            read = (known[section, _letter(last)][0], False) if (section, _letter(last)) in known else None
        if read is None:
            read, end = (known[section, "a"] if section == "103" else (section, True)), last.end()
            subs.append((read[0], False))
            break
        subs.append(read)
        end = last.end()
        last = _SUB_ALONE.match(predicate, end)
    if subs:
        return subs, end
    if section == "112":
        return _paragraphs(predicate, match.start(), match.end())
    return [known[section, ""]], end if not match["sub"] else match.end("section")


def _subsection(match: re.Match[str]) -> str:
    letter = match["sub"].lower()
    part = match["part"]
    if part and letter == "a":
        return "a2" if part in "2zZ?" else "a1"
    return letter


def _letter(match: re.Match[str]) -> str:
    return match["sub"].lower()[:1]


def _paragraphs(predicate: str, start: int, end: int) -> tuple[list[tuple[str, bool]], int]:
    known = _by_subsection()
    behind = _PARAGRAPH.match(predicate, end)
    if behind:
        words = (behind["one"], behind["two"], behind["digit"], behind["digit_two"])
        ordinals = [_ordinal(word) for word in words if word]
        return [known["112", ordinal] for ordinal in ordinals], behind.end()
    before = _PARAGRAPH_BEFORE.search(predicate, max(0, start - 50), start)
    if before:
        return [known["112", _ordinal(before["one"])]], end
    return [known["112", ""]], end


def _ordinal(word: str) -> str:
    name = word.lower().strip("\"'*\u00b0")
    if name.endswith("rst"):
        return "first"
    return "second" if name[:1] == "s" and name.endswith("d") else _ORDINALS[name]


def _merged(found: list[Named]) -> list[Named]:
    """Return statutes each once: `112(b) or 112 (pre-AIA), second paragraph` is one and not two."""
    since = _since_the_aia()
    names = {each.statute for each in found}
    result: dict[str, Named] = {}
    for each in found:
        if since.get(each.statute) in names:
            continue
        if each.statute == each.statute.partition("(")[0] and each.pre_aia and len(names) > 1:
            continue
        old_form = each.statute == "103(a)" and "103" in names
        if not old_form:
            result.setdefault(each.statute, each)
    return list(result.values())
