"""What an examiner says of allowance: the reasons for it, and what would be allowable if something were done.

The form paragraphs are those of MPEP 1302.14 and 707.07(j), 37 CFR 1.104(e). A reason inside a rejection ("Dalby fails
to teach a ring; Frome teaches one") is none for allowance: reasons are looked for behind the words that open a
statement of reasons, in a section on allowable subject matter, or in a sentence that itself says why claims are
allowed; in a notice of allowance, which rejects nothing, also in sentences on what the prior art lacks.
"""

import re
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import Final

from components.content.claim_lists import CLAIM_WORD
from components.content.said import Said, on_one_line
from components.content.text import ReadText, Span

_LONGEST: Final = 15_000
"""A statement of reasons is looked for in so many characters behind the words that open it."""
_NEXT: Final = 6
"""Characters between a sentence and the next one: blanks and the number of a paragraph."""
_MOST_PASSAGES: Final = 50
_LONGEST_SENTENCE: Final = 4_000
_ALLOW: Final = r"a[l1I|]{2}[o0]w(?:ance|ab[l1i|]e|ab[i1l|]{3}ty|ed|ing)"
_REASONS: Final = (
    rf"reasons?\s+for\s+(?:the\s+)?(?:indicat\w+\s+(?:of\s+)?)?(?:the\s+)?(?:{_ALLOW}"
    rf"|patentability(?:\s+and/or\s+confirmation)?)"
)
_OPENING: Final = re.compile(
    rf"""\b(?:following|below)\s+(?:is|are|constitutes?|sets?\s+forth|represents?)\b[^.:]{{0,60}}?\b{_REASONS}
            (?:\s+of\s+(?:the\s+)?{CLAIM_WORD}[\d\s,and-]{{0,40}})?(?:\s+subject\s+matter)?(?:[^.:\n\f]{{0,160}}:
            |\s*[:.;-]?)
      | \b{_REASONS}(?:\s+subject\s+matter)?\s+(?:is|are)?\s*(?:(?:as\s+)?follow(?:s|ing)?|(?:given
          |stated|set\s+forth)\s+below)\s*[:.]?
      | (?<![\w)\]]\ )(?:^|(?<=\n)
          |(?<=\f))[\W\d]{{0,8}}(?:examiner'?s\s+)?(?:statement\s+of\s+)?{_REASONS}(?:\s+subject\s+matter)?
        \s*[:.]?\s*(?=\n|\f)""",
    re.VERBOSE | re.IGNORECASE,
)
"""The words behind which reasons stand: form paragraphs 13.03 and 13.03.01, or a heading."""
_SECTION: Final = re.compile(
    rf"(?:^|(?<=\n)|(?<=\f)|(?<=\s\s))[\W\d]{{0,8}}{_ALLOW}\s+(?:subject\s+matter|claims)\b(?=\s)", re.IGNORECASE
)
_STOP: Final = re.compile(
    r"""\bany\s+comments?\s+considered\s+necessary\b | \bany\s+inquir(?:y|ies)\b
      | \bprior\s+art\s+(?:\w+\s+){0,4}made\s+of\s+record\b
      | \bas\s+allowable\s+subject\s+matter\s+has\s+been\s+indicated\b | \baction\s+is\s+made\s+final\b
      | \bshortened\s+statutory\s+period\b | \bprosecution\s+on\s+the\s+merits\b | \bapplicant'?s?'?\s+arguments?\b
      | \b(?:is|are)\s+(?:\w+\s+){0,2}rejected\s+(?:under|on|as|over)\b | \bPTOL?-\d\d
        | \bthe\s+following\s+is\s+a\s+quotation\b
      | (?:^|(?<=\n)|(?<=\f))[\W\d]{0,8}(?:conclusions?|response\s+to\s+(?:\w+\s+)?(?:arguments?|amendments?|remarks?)
        |remarks
          |claim\s+(?:rejections?|objections?|interpretation)[^\n\f]{0,60}|double\s+patenting|drawings?|specification
          |election[^\n\f]{0,40}|information\s+disclosure\s+statement|priority|(?:relevant|pertinent|cited|other
            |additional)\s+prior\s+art
          |contact\s+information|examiner'?s\s+(?:amendment|comments?|note)|interview\s+summary
              |restriction[^\n\f]{0,40}
        )\s*[:.]?\s*(?=[\n\f])""",
    re.VERBOSE | re.IGNORECASE,
)
"""Where a statement of reasons ends."""
_LACKS: Final = (
    r"(?:(?:do(?:es)?|did|is|are|was|were|has|have)\s?(?:n't|not)(?:\s\w+){0,4}?|fails?(?:\s\w+)?\sto(?:\s\w+)?"
    r"|failed\sto|neither|nor|silent|lacks?|none\sof|nothing"
    r"|no\s(?:prior\sart|reference|teaching|motivation|suggestion)|nowhere|not)"
)
_TEACHES: Final = (
    r"(?:teach|tau[gq]ht|disclos|suggest|show|describ|anticipat|render|obvious|found|motivat|provid|contain|silent|lack"
    r"|include|fairly|combin|recit|read on|meet)"
)
_ART: Final = (
    r"(?:prior\sarts?|arts?\sof\srecord|references?|record|closest|combination|search|best\sart|cited\sart|known\sart)"
)
_ART_LACKS: Final = re.compile(
    rf"\b{_ART}\b.{{0,300}}?\b{_LACKS}\b.{{0,120}}?\b{_TEACHES}|\b(?:not|nowhere"
    rf"|neither)\s(?:\w+\s){{0,3}}{_TEACHES}\w*.{{0,120}}?\b{_ART}\b",
    re.IGNORECASE,
)
_CLAIM: Final = rf"(?:{CLAIM_WORD}|\bapplication\b|\binvention\b|\bsubject\smatter\b|\blimitations?\b)"
_WHY_ALLOWED: Final = re.compile(
    rf"""{_CLAIM}.{{0,160}}?\b(?:is|are|was|were|be|become|found|deemed|considered)\s(?:\w+\s){{0,3}}?(?:{_ALLOW}
      |patentable|distinguish\w*|novel|non-?obvious)\b
         .{{0,160}}?\b(?:because|since|for\sthe\s(?:following\s)?reasons?|in\sthat|due\sto|as\s(?:the|none|no|neither)
           |in\sview\sof\sthe\s(?:fact|limitation))\b
      | \b(?:primary|main|principal|chief)\sreasons?\s(?:for|why)\b.{{0,120}}?{_ALLOW}
      | \breasons?\s(?:for|why)\s(?:the\s)?(?:indicat\w+\s(?:of\s)?)?(?:the\s)?{_ALLOW}\b.{{0,120}}?\b(?:is|are)\b
      | {_CLAIM}.{{0,120}}?\b(?:{_ALLOW}|patentable|distinguish\w*
        |novel)\s(?:\w+\s){{0,2}}?over\b.{{0,200}}?\b(?:because|since|in\sthat|as|fails?|not)\b""",
    re.VERBOSE | re.IGNORECASE,
)
"""A sentence that says itself why claims are allowed."""
_WOULD_BE: Final = re.compile(
    rf"""\b(?:would|will|could|may|might)\s(?:\w+\s){{0,2}}?be\s(?:\w+\s){{0,3}}?(?:{_ALLOW}|patentable)\b
      | \b{_ALLOW}\s(?:if|when|once|provided|upon|subject\sto)\b
      | \b(?:contains?|recites?|includes?|drawn\sto|directed\sto|presents?|defines?|comprises?|ha(?:s
        |ve))\s(?:\w+\s){{0,2}}?{_ALLOW}\ssubject\smatter\b
      | \b{_ALLOW}\ssubject\smatter\s(?:is|has\sbeen|was|in)\s(?:\w+\s)?(?:found|indicated|identified|claims?)
      | \bdistinguish\w*\spatentably\sover\b | \b(?:is|are)\s(?:\w+\s)?(?:{_ALLOW}|patentable)\sover\b""",
    re.VERBOSE | re.IGNORECASE,
)
_NOT_SAID: Final = re.compile(
    r"""\bapplicants?\b(?:'s)?\s(?:\w+\s){0,3}?(?:argu|submit|assert|contend|alleg|believ|urg|maintain|stat|remark)\w*
      | \bif\sany\sclaims?\b | \bcondition\sfor\sallowance\b | \bcomments?\son\sstatement\b
      | \bPatent\sProsecution\sHighway\b | \b(?:not|n't|neither|nor)\s(?:\w+\s){0,3}?(?:allowab|patentab)
      | \bno\sclaims?\s(?:is|are|have\sbeen)\b | \bissue\sfee\b | \bplace\s(?:\w+\s){0,4}in\scondition\b
      | \breply\smust\b | \binterviews?\s(?:is|are)\savailable\b | \bmade\sof\srecord\b.{0,60}\bnot\srelied\b""",
    re.VERBOSE | re.IGNORECASE,
)
"""What no examiner says of allowance: an argument that is told, a sentence of a form, a refusal."""
_OF_THE_COURSE: Final = re.compile(
    r"""\bcontinued\sexamination\b.{0,120}\bfiled\b | \bfinality\b.{0,80}\bwithdrawn\b | \brenumbered\b
      | \bsubmissions?\b.{0,60}\b(?:has|have)\sbeen\sentered\b | \bremarks\b.{0,200}\b(?:is|are)\snoted\b""",
    re.VERBOSE | re.IGNORECASE,
)
"""What a notice tells of the course of the procedure below the heading of its reasons: no reason."""
_REFUSED: Final = re.compile(r"\bnot\spersuasive\b|\bunpersuasive\b", re.IGNORECASE)
_PAPERS: Final = (
    r"(?:applicants?|appellants?|appeal\sbrief|remarks|arguments?|decision|action|record|response|amendment|brief)"
)
_ELSEWHERE: Final = re.compile(
    rf"""\b(?:see|in\sview\sof|in\slight\sof|based\son|due\sto)\b.{{0,120}}?\b{_PAPERS}\b.{{0,250}}?
        \b(?:persuasive|allow\w*|filed|dated|submitted|mailed|set\sforth|stated|given|presented)\b
      | \bfor\s(?:the\s)?(?:same\s)?reasons?\b.{{0,80}}?
        \b(?:set\sforth|stated|given|presented|discussed|noted|argued|provided)\b.{{0,80}}?\b{_PAPERS}\b
      | \b(?:applicants?|appellants?)(?:'s|')?\s(?:\w+\s)?arguments?\b.{{0,250}}?\bpersuasive\b""",
    re.VERBOSE | re.IGNORECASE,
)
_POINTS: Final = re.compile(rf"\bpersuasive\b|\b{_ALLOW}\b|\bwithdrawn\b", re.IGNORECASE)
_CONDITIONAL: Final = re.compile(r"\b(?:would|will|could|may|might|if|when|once|provided|upon)\b", re.IGNORECASE)
_WITHDRAWN: Final = re.compile(
    rf"\b(?:indicat\w+\s(?:of\s)?(?:the\s)?)?{_ALLOW}\b.{{0,120}}?\b(?:is|are|has\sbeen"
    rf"|have\sbeen)\s(?:\w+\s)?withdrawn\b",
    re.IGNORECASE,
)
_LACKS_IT: Final = re.compile(rf"\b{_LACKS}\b.{{0,80}}?\b{_TEACHES}", re.IGNORECASE)
_ON_FORM: Final = re.compile(
    r"\b\d{1,2}[a-z]?\s?[).]?\W{0,6}(?:[\w(]{1,3}\W{1,3})?claim\(s\)|\bnotice\sof\s(?:references|draftsperson"
    r"|informal)|\bPTOL?[-/]",
    re.IGNORECASE,
)
_MERE: Final = re.compile(
    rf"[\W\d]{{0,12}}(?:{CLAIM_WORD}[\d\s,.;&and-]{{1,120}}(?:is|are)(?:/are)?\s(?:\w+\s)?{_ALLOW}\W*"
    rf"|(?:\w+\W+){{0,3}})",
    re.IGNORECASE,
)
"""No reason: that claims are allowed, or a few words."""
_STILL_REASONS: Final = re.compile(
    rf"\b(?:{CLAIM_WORD}|prior\sart|teach|disclos|suggest|limitation|combin|recite|wherein|{_ALLOW}|patentab"
    rf"|invention|feature|obvious|reference)",
    re.IGNORECASE,
)


def office_words_in(text: ReadText, *, is_notice: bool) -> list[Said]:
    """Return what an office's paper says of allowance, in order.

    Args:
        text: of an action or a notice of allowance.
        is_notice: whether it is a notice of allowance, which rejects nothing.
    """
    passages = _passages(text.text)
    said = [each for start, end in passages for each in _reasons(text, Span(start, end), is_notice=is_notice)]
    openings = islice(_SECTION.finditer(text.text), _MOST_PASSAGES)
    sections = [Span(match.end(), _end(text.text, match.end())) for match in openings]
    last: Said | None = None
    for span in text.sentences():
        if _is_too_long(span) or any(start < span.end and span.start < end for start, end in passages):
            continue
        in_section = is_notice or any(start <= span.start < end for start, end in sections)
        is_next = last is not None and span.start - last.end <= _NEXT
        found = _of_sentence(text.text, span, about_allowance=in_section or is_next, is_notice=is_notice)
        if found is not None:
            said.append(found)
            last = found
    return sorted(said, key=lambda each: each.start)


def _passages(text: str) -> list[Span]:
    """Return where statements of reasons stand: from behind the words that open one to where it ends."""
    found = [match.span() for match in _OPENING.finditer(text) if not _is_of_a_form(text, match.start(), match.end())]
    bounds = [*found[:_MOST_PASSAGES], (len(text), len(text))]
    return [Span(start, min(_end(text, start), following)) for (_, start), (following, _) in pairwise(bounds)]


def _is_too_long(span: Span) -> bool:
    return span.end - span.start > _LONGEST_SENTENCE


def _is_of_a_form(text: str, start: int, end: int) -> bool:
    """Return whether words are the line of a form: PTOL-37 lists "Examiner's Statement of Reasons for Allowance"."""
    around = text[max(start - 300, 0) : end + 300]
    return "draftsperson" in around.lower() or "PTO/SB/08" in around or "Attachment(s)" in around


def _end(text: str, start: int) -> int:
    """Return where what begins here ends: at other business, or far behind."""
    match = _STOP.search(text, start, start + _LONGEST)
    return match.start() if match else min(len(text), start + _LONGEST)


def _reasons(text: ReadText, passage: Span, *, is_notice: bool) -> Iterator[Said]:
    """Yield the sentences of a statement of reasons."""
    for number, span in enumerate(text.sentences(*passage)):
        words = on_one_line(text.text[span.start : span.end])
        if _is_too_long(span) or not re.search(r"[A-Za-z]", words):  # noise; the number of a paragraph
            continue
        if _WOULD_BE.search(words) and not _ART_LACKS.search(words):
            yield _allowable(span, words)
        elif number and not is_notice and not _STILL_REASONS.search(words):
            return
        elif not any(pattern.search(words) for pattern in (_NOT_SAID, _OF_THE_COURSE)) and not _MERE.fullmatch(words):
            yield _reason_or_pointer(span, words)


def _reason_or_pointer(span: Span, words: str) -> Said:
    """Return a sentence of a statement of reasons as a reason, or as one that only points elsewhere."""
    if _ELSEWHERE.search(words) and _POINTS.search(words) and not _ART_LACKS.search(words):
        return Said("reasons elsewhere", *span, note="points to other papers", telling=5)
    return Said("reason for allowance", *span, telling=9 if _ART_LACKS.search(words) or _LACKS_IT.search(words) else 7)


def _of_sentence(text: str, span: Span, *, about_allowance: bool, is_notice: bool) -> Said | None:
    """Return what a sentence outside of any statement of reasons says of allowance."""
    words = on_one_line(text[span.start : span.end])
    if _ON_FORM.search(words) or _REFUSED.search(words):
        return None
    if is_notice and _ELSEWHERE.search(words) and _POINTS.search(words) and not _ART_LACKS.search(words):
        return Said("reasons elsewhere", *span, note="points to other papers", telling=5)
    return None if _NOT_SAID.search(words) else _of_allowance(span, words, about_allowance=about_allowance)


def _of_allowance(span: Span, words: str, *, about_allowance: bool) -> Said | None:
    """Return what a sentence says of allowance, if anything."""
    if _WHY_ALLOWED.search(words) or (about_allowance and _ART_LACKS.search(words)):
        return _reason_or_pointer(span, words)
    if _WITHDRAWN.search(words):
        return Said("allowable subject matter", *span, note="indication withdrawn", telling=7)
    if _WOULD_BE.search(words) and re.search(_CLAIM, words, re.IGNORECASE):
        return _allowable(span, words)
    return None


def _allowable(span: Span, words: str) -> Said:
    """Return a sentence on what is allowable, or would be."""
    note = "allowable if something is done" if _CONDITIONAL.search(words) else "says what is allowable"
    return Said("allowable subject matter", *span, note=note, telling=6)
