"""Interviews: who spoke when, and what came of it, from PTOL-413 or from an applicant's own statement (37 CFR 1.133).

Whether agreement was reached is read from words, never from a tick box: "f) was reached. g) was not reached" says
neither.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from components.content.records import Agreed, Interview
from components.content.said import on_one_line
from components.content.statements.remarks import is_heading, without_headings
from components.content.text import ReadText, Span

_FORM: Final = re.compile(r"\binterview\s+summary\b|\bPTOL-?\s?413\b", re.IGNORECASE)
_ALL_PARTICIPANTS: Final = re.compile(r"\ball\s+participants?\b|\bdate\s+of\s+interview\b", re.IGNORECASE)
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_MONTH: Final = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY: Final = re.compile(
    rf"""(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH},?\s(?P<year>(?:19|20)\d\d)
      | {_MONTH.replace("month", "month2")}\s(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s?[.,]?\s(?P<year2>(?:19|20)\d\d)
      | (?P<month3>\d{{1,2}})\s?[/-]\s?(?P<day3>\d{{1,2}})\s?[/-]\s?(?P<year3>(?:(?:19|20)\d\d|\d\d))(?!\d)
      | (?P<year4>(?:19|20)\d\d)-(?P<month4>\d\d)-(?P<day4>\d\d)(?!\d)""",
    re.VERBOSE | re.IGNORECASE,
)
_ON_FORM: Final = re.compile(r"\bdate\sof\sinterview\b\W{0,10}(?P<rest>.{4,40})", re.IGNORECASE)
_NUMBERED: Final = re.compile(
    r"\((?P<number>[1-4lI])\)\s?(?P<name>[^()]{3,60}?)(?=\s*(?:\(|\n|\f|Date\b|Type\b|$))", re.IGNORECASE
)
_LISTED: Final = re.compile(
    r"^\W{0,3}(?P<name>[A-Z][A-Za-z.,' -]{3,40}?),?\s(?i:primary|patent|supervisory|assistant|examiner|attorney|agent"
    r"|applicant|inventor|representative|SPE|PTO)\b",
    re.MULTILINE,
)
"""A line of the form of 2019: name, title, how they took part."""
_HELD: Final = re.compile(
    r"""\binterviews?\b.{0,160}?\b(?:held|conducted|took\splace|occurred|discuss\w*|granted|given|on\s(?:\w+\s\d|\d)
      |of\s(?:\w+\s\d|\d)|dated|during|participa\w+|with\s(?:the\s)?examiner|agree\w*|initiated)\b
      | \b(?:held|conducted|discussed|during|thanks?|appreciat\w+|granted|in\sa|at|following
        |agreed)\b.{0,120}?\binterviews?\b
      | \bauthorization\sfor\sthis\sexaminer'?s\samendment\b | \bagreement\s(?:was|has)\b.{0,60}\breached\b
      | \b(?:substance|record)\sof\s(?:the\s|an\s|this\s)?(?:\w+\s){0,2}interview\b.{0,160}?\b(?:is|was|follows?)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_NOT_HELD: Final = re.compile(
    r"""\binterviews?\s(?:is|are)\savailable\b | \brestriction\srequirement\sset\sforth\b | \b(?:to|can
      |may)\sschedule\b | \binterviewpractice\b
      | \binterview\srequest\b
      | \bif\b.{0,120}\binterview\b | \bshould\s(?:the\sexaminer|there|any|it)\b | \b(?:invited|encouraged|welcome
        |requests?\san)\b.{0,80}\binterview\b
      | \binterview\s(?:would|could|may|might|can|is\snot|will)\b | \bproposed\sdate\b
        | \bmust\sinclude\sthe\ssubstance\b | \brecordation\sinstructions\b
      | \bsubstance\sof\s(?:any|an)\s?interview\b | \bMPEP\s?(?:§\s?|section\s)?713\b | \bit\sis\snot\snecessary\b
        | \bPTOL-?413\b | \bexhibit\sshown\b
      | \bif\s(?:an?\s)?agreement\b | \bnature\sof\swhat\swas\sagreed\b | \bfuller\sdescription\b
      | \b(?:is|was)\sdirected\sto\sfile\sa\sstatement\b | \bone\smonth\b.{0,120}\binterview\sdate\b""",
    re.VERBOSE | re.IGNORECASE,
)
"""What forms and closing paragraphs say of interviews that nobody held."""
_SUBSTANCE: Final = re.compile(
    r"""\bsubstance\s+of\s+interview\s*(?:\([^)]{0,500}\)|(?=\n))
      | \b(?:substance\s+of\s+interview(?:\s+including[^:]{0,120})?
      |description\s+of\s+the\s+general\s+nature\s+of\s+what\s+was\s+agreed\s+to[^:]{0,100}|general\s+nature[^:]{0,120}
      |comments|issues?\s+discussed)\s*:""",
    re.VERBOSE | re.IGNORECASE,
)
_SUBSTANCE_ENDS: Final = re.compile(
    r"\(a\s+fuller\s+description|\bthe\s+formal\s+written\s+reply\b|\bapplicant\s+recordation\b"
    r"|\bexaminer\s+recordation\b"
    r"|\bit\s+is\s+not\s+necessary\b|\bPTOL-?\s*413|\bU\.?S\.?\s+Patent\s+and\s+Trademark\s+Office\s+PTOL",
    re.IGNORECASE,
)
_LINE_OF_THE_FORM: Final = re.compile(
    r"\bclaims?\s?\(?s?\)?\sdiscussed\s?:|\bprior\sart\sdiscussed\s?:"
    r"|\b(?:issues?\s)?discussed\s?:|\bexhibit\sshown\b"
    r"|\b101\b.{0,20}\b1[01][23]\b.{0,20}\b1[01][23]\b.{0,30}\bothers?\b|\bdate\sof\sinterview\b|\btype\s?:",
    re.IGNORECASE,
)
_NO_AGREEMENT: Final = re.compile(
    r"\b(?:no|not|without)\s(?:\w+\s){0,3}?agreement\b|\bagreement\s(?:\w+\s){0,6}?(?:was|were|has)\s(?:\w+\s)?not\b"
    r"|\bdid\snot\s(?:\w+\s)?(?:agree|reach)|\bagreement\scould\snot\b",
    re.IGNORECASE,
)
_AGREEMENT: Final = re.compile(
    r"\b(?:an\s)?agreement\s(?:\w+\s){0,6}?(?:was|were|has\sbeen)\s(?:\w+\s)?reached\b|\b(?:examiner|parties|was"
    r"|were|it\swas|has)\s(?:\w+\s){0,4}?agreed\b(?!\sto\s(?:re)?(?:consider|view|look|search|call|contact|discuss))|\breached\s(?:an\s)?agreement\b"
    r"|\bauthorization\sfor\sthis\sexaminer'?s\samendment\swas\sgiven\b",
    re.IGNORECASE,
)
_TICK_BOXES: Final = re.compile(
    r"\bwas\sreached\W.{0,20}\bwas\snot\sreached\b|\bwas\snot\sreached\W.{0,40}\bwas\sreached\b", re.IGNORECASE
)
_TITLED: Final = re.compile(
    r"\b(?i:(?:(?:supervisory|primary|patent|assistant)\s)*(?:patent\s)?examiners?|SPE|attorney|agent"
    r"|applicants?'?\srepresentative|Messrs?\.|Mr\.|Mrs\.|Ms\.|Dr\.|representatives?)\s"
    r"(?P<name>(?:[A-Z][\w.'-]{0,20}\s?){1,4})"
)
_NO_NAME: Final = re.compile(
    r"(?i)\b(?:the|in|on|for|was|is|and|office|action|amendment|interview|art|unit|stated?|reg|no|date|type"
    r"|telephonic|personal|video|examiner'?s|to|of)\b.*"
)
_PARTICIPANTS: Final = re.compile(r"\ball\s+participants?\b", re.IGNORECASE)
_PARTICIPANTS_END: Final = re.compile(
    r"\btype\s*:|\bexhibit\s+shown\b|\bclaims?(?:\(s\))?\s+discussed|\bissues?\s+discussed", re.IGNORECASE
)
_LONGEST_LIST: Final = 400
_LONGEST: Final = 3_000
"""Characters of a sentence that is looked at."""
_MOST_QUOTES: Final = 12
_FEWEST_LETTERS: Final = 3


def interview_in(text: ReadText) -> Interview | None:
    """Return the interview that a paper tells of: a summary's form, or an applicant's own statement; `None` if none.

    Args:
        text: of the paper.
    """
    flat = on_one_line(text.text)
    is_form = bool(_FORM.search(flat) and _ALL_PARTICIPANTS.search(flat))
    spans = interview_spans(text, is_summary=is_form)
    if not spans and not is_form:
        return None
    sentences = [on_one_line(text.text[span.start : span.end]) for span in spans]
    said = " ".join(sentences)
    match = _ON_FORM.search(flat) if is_form else None
    day = _day_in(match["rest"]) if match else None
    people = _people_on_form(text.text) if is_form else ()
    return Interview(
        day=day or _day_in(said),
        people=people or _people_in(said),
        agreed=_agreed(sentences),
        quotes=tuple(text.quote(*span) for span in spans[:_MOST_QUOTES]),
    )


def interview_spans(text: ReadText, *, is_summary: bool) -> list[Span]:
    """Return the sentences that tell of an interview that was held.

    Args:
        text: of the paper.
        is_summary: whether it is an interview summary, all of whose text on what was discussed is meant.
    """
    spans = [
        part
        for span in text.sentences()
        if span.end - span.start <= _LONGEST
        for part in without_headings(text.text, span)
        if _tells(on_one_line(text.text[part.start : part.end]))
    ]
    substance = _substance(text) if is_summary else []
    others = [span for span in spans if not any(_overlap(span, other) for other in substance)]
    return sorted([*substance, *others])


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _tells(words: str) -> bool:
    return bool(_HELD.search(words)) and not _NOT_HELD.search(words) and not _TICK_BOXES.search(words)


def _substance(text: ReadText) -> list[Span]:
    """Return the sentences below "Substance of Interview" on a form."""
    openings = list(_SUBSTANCE.finditer(text.text))
    if not openings:
        return []
    begin = openings[-1].end()  # the last one stands directly above what was written
    end = _SUBSTANCE_ENDS.search(text.text, begin)
    spans = text.sentences(begin, end.start() if end else len(text.text))
    parts = [part for span in spans for part in without_headings(text.text, span)]
    return [part for part in parts if _is_written(on_one_line(text.text[part.start : part.end]))]


def _is_written(words: str) -> bool:
    """Return whether somebody wrote a sentence: no line of the form, no heading, no noise."""
    letters = len(re.findall(r"[A-Za-z]", words))
    return letters > _FEWEST_LETTERS and not is_heading(words) and not _LINE_OF_THE_FORM.search(words)


def _day_in(words: str) -> date | None:
    """Return the first day that words name."""
    for match in _DAY.finditer(words):
        day = _date(match)
        if day is not None:
            return day
    return None


def _date(match: re.Match[str]) -> date | None:
    found = {name.rstrip("234"): value for name, value in match.groupdict().items() if value}
    month = found["month"].lower()
    number = int(month) if month.isdigit() else next(i for i, name in enumerate(_MONTHS, 1) if name[:3] == month[:3])
    year = int(found["year"])
    try:
        return date(year if year > 99 else 2000 + year if year < 70 else 1900 + year, number, int(found["day"]))
    except ValueError:
        return None


def _people_on_form(text: str) -> tuple[str, ...]:
    """Return the names behind (1) to (4) on the form."""
    begin = _PARTICIPANTS.search(text)
    if begin is None:
        return ()
    end = _PARTICIPANTS_END.search(text, begin.end())
    part = text[begin.end() : end.start() if end else begin.end() + _LONGEST_LIST]
    names = [(match["number"], _clean_name(match["name"])) for match in _NUMBERED.finditer(part)]
    names = names or [("", _clean_name(match["name"])) for match in _LISTED.finditer(part)]
    return tuple(dict.fromkeys(name for _, name in sorted(names) if name))


def _people_in(said: str) -> tuple[str, ...]:
    """Return the people whom sentences name with what they are: `Examiner Lee`, `attorney Ann Brown`."""
    names = (_clean_name(match["name"]) for match in _TITLED.finditer(said))
    return tuple(dict.fromkeys(name for name in names if name))


def _clean_name(name: str) -> str:
    cleaned = _NO_NAME.sub("", on_one_line(name)).strip(" .,;:_-*'")
    return cleaned if len(re.findall(r"[A-Za-z]", cleaned)) >= _FEWEST_LETTERS else ""


def _agreed(sentences: Sequence[str]) -> Agreed:
    """Return whether sentences say that agreement was reached; what one denies, another may say of another matter."""
    denied = [bool(_NO_AGREEMENT.search(said)) for said in sentences]
    has_agreed = any(
        _AGREEMENT.search(said) for said, is_denied in zip(sentences, denied, strict=True) if not is_denied
    )
    if any(denied):
        return "agreed in part" if has_agreed else "not agreed"
    return "agreed" if has_agreed else ""
