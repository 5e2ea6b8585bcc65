"""What an applicant argues: sentences that tell later, by the ground that they answer.

The phrases that tell are the table `phrases.toml`. "Claims 1-4 stand rejected under 35 U.S.C. 102" is an applicant's
recital: it says which ground the sentences below it answer, and is no ground and no statement itself.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import AfterValidator

from components.content.claim_lists import CLAIM_WORD
from components.content.said import Said, on_one_line
from components.content.text import ReadText, Span
from components.rule_tables import Row, load_toml

_LONGEST: Final = 2_500
"""Characters of a sentence that are looked at; a longer one is a claim, or several pages of noise."""
_LONGEST_HEADING: Final = 160
_BEGINNING: Final = re.compile(
    r"(?:^|(?<=\n)|(?<=\f)|(?<=\s\s))[\W\dIVX]{0,8}(?:remarks?(?:\s*/\s*arguments?)?|arguments?(?:\s*/\s*remarks?)?"
    r"|remarks\s+and\s+arguments|"
    r"arguments\s+and\s+remarks|response\s+to\s+(?:the\s+)?(?:non-?final\s+"
    r"|final\s+)?office\s+action)\W{0,4}(?=[\n\f])",
    re.IGNORECASE,
)
_NUMBERED: Final = (
    r"(?P<section>10[123]|112)(?P<letters>(?:\s?\([a-h]\))?(?:\s?\([12]\))?)"
    r"(?:(?:\s?\(?pre-?AIA\)?)?,?\s?\(?(?:pre-?AIA\)?,?\s)?(?P<paragraph>first|second|fourth|1st|2nd|4th)\sparagraph)?"
)
_SECTION: Final = re.compile(_NUMBERED, re.IGNORECASE)
_BARE: Final = re.sub(r"\?P<\w+>", "?:", _NUMBERED)
_STATUTE: Final = re.compile(
    rf"""(?:35\s?U\.?\s?S\.?\s?C\.?|\bUSC|(?<!C\.F\.R\.\s)(?<!CFR\s)(?<!MPEP\s)§{{1,2}}|(?<!MPEP\s)\bsections?
      |\bunder)\s?(?:§{{1,2}}|sections?|[S$5](?=\s?1[01]))?\s?
        {_BARE}(?![\d.])(?:\s?(?:,|/|and(?:/or)?|or|&)\s?(?:§\s?)?{_BARE}(?![\d.])){{0,4}}
      | \b(?P<double>double[\s-]patenting)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_MOST_STATUTES: Final = 2
_PARAGRAPHS: Final = {
    "fir": "first", "1st": "first", "sec": "second", "2nd": "second", "fou": "fourth", "4th": "fourth"
}  # fmt: skip
_LINE: Final = re.compile(r"[^\n\f]+[\n\f]")
_MOST_HEADINGS: Final = 3
_LESS_FOR_LAW: Final = 4
"""So much less a sentence tells that cites the law: it is about every reference, not about this one."""
_SMALL_IN_HEADINGS: Final = frozenset(
    {"under", "over", "view", "with", "based", "section", "second", "first", "paragraph"}
)
_REJECTED: Final = re.compile(
    r"\b(?:stands?|are|is|were|was|has\sbeen|have\sbeen|remains?)\s(?:\w+\s){0,3}?reject|\breject(?:s|ed|ions?)\b",
    re.IGNORECASE,
)
_RECITAL: Final = re.compile(
    rf"""\b(?:stands?|are|is|were|was|ha(?:s|ve)\sbeen|remains?)\s(?:\w+\s){{0,3}}?reject(?:ed)?\b
      | \b(?:office\saction|examiner|action|office)\s(?:\w+\s){{0,3}}?reject(?:s|ed)\b | \breject(?:s
        |ed)\s(?:\w+\s){{0,2}}?{CLAIM_WORD}""",
    re.VERBOSE | re.IGNORECASE,
)
_ANSWERS: Final = re.compile(
    r"\b(?:but|however|amended|travers\w+|disagree\w*|submits?|because\s(?:neither|none|no)\b|in\sresponse|overcome)\b",
    re.IGNORECASE,
)
"""What makes of a recital an answer."""
_HEADING: Final = re.compile(
    r"\b(?:rejections?|objections?|patenting|arguments?|patentability|novelty|obviousness)\b|§|U\.?S\.?C", re.IGNORECASE
)
_OTHER_HEADING: Final = re.compile(
    r"""[\W\dIVX]{0,8}(?:(?:status|summary|listing)\sof\s(?:the\s)?claims?|claim\s(?:objections?|interpretation)
      |(?:(?:statement|record)\sof\s(?:the\s)?)?(?:substance|summary)\sof\s(?:(?:the|an|examiner
          |telephone|personal)\s){0,3}interview
      |interview\ssummary|conclusions?|allowable\ssubject\smatter|drawings?|specification|new\sclaims?
        |information\sdisclosure\sstatement
      |amendments?\sto\s[^.]{0,60}|objections?\sto\s[^.]{0,60}|restriction[^.]{0,40}|election[^.]{0,40}
        |support\sfor[^.]{0,60})\W*""",
    re.VERBOSE | re.IGNORECASE,
)
"""A heading of what answers no ground of rejection."""
_BOILERPLATE: Final = re.compile(
    r"""\b(?:deposit\saccount|undersigned|commissioner|respectfully\ssubmitted|telephone\s(?:call|conference|interview
      |number)|extension\sof\stime
        |reg(?:istration|\.)?\sno|certificate\sof|petition\sfor|fees?\s(?:\w+\s){0,3}(?:due|required|necessary)
          |issue\sfee)\b
      | \b(?:respectfully\s)?requests?\b.{0,80}\b(?:reconsider\w*|withdraw\w*|allow\w*|favorabl\w*|early|prompt|notice
        |entry|passed)\b(?!.{0,200}\b(?:because|since|teach|disclos)\b)
      | \b(?:in|into)\s(?:a\s)?(?:\w+\s)?condition\sfor\sallowance\b | \breserv\w*\b.{0,120}\b(?:right|pursue)\b
        | \bright\sis\sreserved\b
      | \brecit(?:es|ed)\s?: | \bpursuit\sof\b | \bpreviously\s(?:pending|relinquished)\b | \bsilence\b
      | \bnotice\sof\sallow | \bcontinuation\b.{0,80}\bapplications?\b | \bexaminer\sis\s(?:\w+\s){0,3}(?:invited
        |encouraged|requested|thanked)\b
      | \bin\sview\sof\sthe\s(?:above|foregoing)\b.{0,160}\b(?:allow\w*|withdraw\w*|reconsider\w*)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_RESERVED: Final = re.compile(
    r"""\b(?:without|no|not|nor|never|neither|n't)\b(?:\s\w+){0,5}?\s(?:(?:prejudice|intend\w*|admi\w+|acquiesc\w*
      |conced\w*|concession|waiv\w+|estopp\w*)\b
        |disclaim\w*|disavow\w*|surrender\w*|relinquish\w*|(?:be\s)?(?:constru|interpret|tak|deem|view|read)\w*)
      | \bnothing\b.{0,60}?\b(?:disclaimer|admission|surrender)
      | \bprejudice\s(?:or|to|and)\b(?:\s\w+){0,3}?\sdisclaim
      | \bde\sfacto\sacquiesc | \bdoes\snot\sconstitute\s(?:\w+\s){0,3}(?:admission|acquiescence|concession)""",
    re.VERBOSE | re.IGNORECASE,
)
"""What an applicant reserves: the contrary of a disclaimer, though it uses its words."""
_TOLD: Final = re.compile(
    r"""\b(?:office\saction|examiner|action|office|PTO)\s(?:\w+\s){0,3}?
        (?:asserts?|asserted|contends?|contended|alleges?|alleged|argues?|argued|states?|stated|takes?\sthe\sposition
          |indicates?|indicated
          |(?P<admits>admits?|admitted|acknowledge[sd]?|concede[sd]?|agree[sd]?|recogni[sz]e[sd]?))\b""",
    re.VERBOSE | re.IGNORECASE,
)
"""What an applicant tells of an examiner's view."""
_LAW: Final = re.compile(
    r"\bF\.\s?(?:2d|3d|4th)\b|\bUSPQ|\bFed\.\s?Cir|\bM\.?P\.?E\.?P\b|\bv\.\s[A-Z]|\bIn\sre\s[A-Z]|\bC\.?C\.?P\.?A\b"
)


def _compiling(pattern: str) -> str:
    """Return a pattern that can be used; a damaged one is found when the table is read."""
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"It is no pattern ({error})") from None
    return pattern


class Phrase(Row):
    """A row of `phrases.toml`: words of an applicant that tell."""

    name: str
    kind: Literal["remark", "estoppel", "amended to overcome"]
    telling: int
    pattern: Annotated[str, AfterValidator(_compiling)]
    example: str
    """A sentence that is read by it, for the tests."""
    source: str
    """Why such words matter: a decision or a section of the MPEP."""


def phrases() -> tuple[Phrase, ...]:
    """Return the table of phrases, in the order in which they are tried.

    Raises:
        RuleTableBroken: the table is damaged.
    """
    return load_toml(Path(__file__).parent / "phrases.toml", "phrase", Phrase)


def remarks_in(text: ReadText, *, is_whole: bool) -> list[Said]:
    """Return an applicant's sentences that tell, in order, each with the ground that it answers.

    Args:
        text: of a reply.
        is_whole: whether all of it may be remarks; a paper with claims has them only below their heading.
    """
    beginning = _BEGINNING.search(text.text)
    if beginning is None and not is_whole:
        return []
    return list(_remarks(text, beginning.end() if beginning else 0))


def _remarks(text: ReadText, start: int) -> Iterator[Said]:
    ground = ""
    for span in text.sentences(start):
        if span.end - span.start > _LONGEST:
            continue
        for part in without_headings(text.text, span):
            words = on_one_line(text.text[part.start : part.end])
            named = statutes_named(words)
            if _OTHER_HEADING.fullmatch(words):
                ground = ""
            elif named and _says_which_ground(words):
                ground = named
            said = _said(part, words, named or ground)
            if said is not None:
                yield said


def without_headings(text: str, span: Span) -> Iterator[Span]:
    """Yield the headings that an engine ran together with the sentence below them, then the sentence.

    Args:
        text: of the paper.
        span: of the sentence.
    """
    start = span.start
    for match in islice(_LINE.finditer(text, span.start, span.end), _MOST_HEADINGS):
        line = match[0].strip()
        if not is_heading(line):
            break
        yield Span(start, match.end())
        start = match.end()
    if text[start : span.end].strip():
        lead = len(text[start : span.end]) - len(text[start : span.end].lstrip())
        yield Span(start + lead, span.end)


def is_heading(line: str) -> bool:
    """Return whether a line is the heading of a part of an applicant's paper.

    Args:
        line: without the blanks around it.
    """
    return bool(_OTHER_HEADING.fullmatch(line) or (statutes_named(line) and _is_heading_of_a_ground(line)))


def _is_heading_of_a_ground(line: str) -> bool:
    """Return whether a line is the heading of the answer to a ground."""
    small = [word for word in re.findall(r"[A-Za-z]{4,}", line) if word.islower() and word not in _SMALL_IN_HEADINGS]
    return len(line) <= _LONGEST_HEADING and line[-1:] not in ".,;" and bool(_HEADING.search(line)) and not small


def _says_which_ground(words: str) -> bool:
    """Return whether a sentence says which ground the sentences below it answer."""
    return bool(_REJECTED.search(words)) or (len(words) <= _LONGEST_HEADING and bool(_HEADING.search(words)))


def statutes_named(words: str) -> str:
    """Return the ground that words name, as in `Ground.statute`; two as `102 and 103`; empty for more, or for none."""
    named: dict[str, None] = {}
    for match in _STATUTE.finditer(words):
        if match["double"]:
            named["nonstatutory double patenting"] = None
            continue
        for found in _SECTION.finditer(match[0]):
            named[_statute(found)] = None
    return " and ".join(named) if len(named) <= _MOST_STATUTES else ""


def _statute(found: re.Match[str]) -> str:
    section, letters, paragraph = found["section"], found["letters"].replace(" ", ""), found["paragraph"]
    if letters or not paragraph:
        return section + letters
    return f"{section} {_PARAGRAPHS[paragraph.lower()[:3].strip()]} paragraph"


def _said(span: Span, words: str, ground: str) -> Said | None:
    """Return what a sentence says that tells; `None` where it only recites, asks or reserves."""
    if _BOILERPLATE.search(words) or (_RECITAL.search(words) and not _ANSWERS.search(words)):
        return None
    for phrase in phrases():
        match = _pattern(phrase.pattern).search(words)
        if match is None or (phrase.kind == "estoppel" and _is_reserved(words, match)):
            continue
        told = _TOLD.search(words, 0, match.start())
        if told is None:
            lowered = _LESS_FOR_LAW if _LAW.search(words) else 0
            return Said(phrase.kind, *span, ground, phrase.name, max(phrase.telling - lowered, 1))
        if told["admits"]:
            return Said("remark", *span, ground, "what the examiner concedes", 4)
    return None


def _is_reserved(words: str, match: re.Match[str]) -> bool:
    """Return whether the words that match a phrase are the contrary of it: "does not disclaim"."""
    return any(each.start() < match.end() and match.start() < each.end() for each in _RESERVED.finditer(words))


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
