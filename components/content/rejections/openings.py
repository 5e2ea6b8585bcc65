"""Where an action says that claims are rejected: the sentence that opens a ground, and its parts."""

import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from components.content.claim_lists import CLAIM_WORD, ClaimList, claim_list_at
from components.content.rejections.sections import Section, Sections
from components.content.rejections.wording import (
    ALLEGED,
    ASIDE,
    AUXILIARY,
    BASE_CLAIM,
    GENERAL_SUBJECT,
    HAVE_BEEN,
    KEPT_UP,
    LAW_BEFORE,
    LOOKS_BACK,
    NOT_KEPT_UP,
    NOT_SAID_NOW,
    QUOTED_FROM_OTHERS,
    REJECTED,
    REJECTION_OF,
    TAKEN_BACK,
    TOLD_BY_OTHERS,
    UPHELD,
    WAS,
    WOULD_REMAIN,
)

Standing = Literal["said", "looked back", "kept up", "none"]
"""Whether the sentence rejects now; looks back at a rejection; keeps one up; or does not reject."""

_BEFORE: Final = 700
_LONGEST: Final = 1_200
_LONGEST_BRACKET: Final = 150
_LONGEST_GAP: Final = 170
_CLAIM: Final = re.compile(CLAIM_WORD, re.IGNORECASE)
_SENTENCE_BREAK: Final = re.compile(
    r"[.!?:;]['\")]?\s+[\"'(*#]{0,3}(?=[A-Z0-9])|\n\s*\n\s*(?=[A-Z#*])"
    r"|(?:[\u2013\u2014:]|--|\s-)[^\S\n]*\n\s*(?=[CG])"
)
_BOUND: Final = re.compile(
    r"\b(?:from|on|upon|of|to|over|by|with|than|under|like|as|per|against|see|in|regarding|for|concerning|including|parent|base)"
    r"\s+(?:(?:the|base|independent|parent|rejected|either|any|one|preceding|respective|applicant's|applicants'|amended|reference|conflicting)\s+){0,3}$",
    re.IGNORECASE,
)
_WHOLE: Final = re.compile(
    r"\b(?:each|all|any|both|every|rejection|subject\s+matter|invention)\s+of\s+(?:the\s+)?$", re.IGNORECASE
)
_TOPIC: Final = re.compile(
    r"(?:^|[.\n]\s*)\W{0,4}(?:\d{1,3}\.\s*)?(?:regarding|as\s+(?:to|per|for)|with\s+(?:respect|regards?)\s+to|concerning|re|in\s+re)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_JOINS: Final = re.compile(
    r"[\s,;()]*(?:(?:and|or|as\s+well\s+as|their|its|the|dependent|new|newly|added|original|amended|corresponding|respective|currently|previously|presented"
    r"|also|further|method|apparatus|system|device|product|independent|plus|along|together|with|dependents?|therefrom|which|depend|depending|thereon)\b[\s,;()]*){0,9}",
    re.IGNORECASE,
)
_UNREAD_DIGITS: Final = re.compile(
    r"^[\s,;&.-]{0,4}(?:(?!of\b|in\b|to\b|on\b|by\b|from\b|at\b|as\b|per\b|see\b)[a-z]{1,4}\s+)?[A-Z]?[\d*_]{1,3}(?:[\s,./-]|$)"
)
_ABBREVIATED: Final = re.compile(
    r"(?:\b(?:al|at|a1|ai|PG-?pubs?|U\.?\s?S\.?\s?P(?:at)?|U\.?\s?S|US|U\.?\s?S\.?\s?C|no|nos|figs?|pub|pubs|pat|pats|publ|appl|app|ser|v|vs|inc|corp|co|ltd|jr|sr|dr|mr|mrs|ms|col|cols|pp?|pg|paras?|cf|vol|ed|sec"
    r"|art|i\.?e|e\.?g|et|rev|int|intl|proc|conf|trans|j|univ|st|ref|d|seq|prov)|(?-i:\b[A-Z]))\.$",
    re.IGNORECASE,
)
_END: Final = re.compile(r"[.;][\"')\]*_]{0,3}(?=\s|$)|\n\s*\n|\f|\n")
_TREATS: Final = (
    r"(?:(?:\W{0,3}\d{1,3}[.)]\s+)?(?:(?:regarding|as\s+(?:to|per|for)|re|consider(?:ing)?|in\s+re|referring\s+to|with\s+(?:respect|regard|reference)\s+to|concerning|for"
    r"|in\s+reference\s+to|in\s+regard\s+to)\s+(?:(?:independent|dependent)\s+)?claims?|claims?\s+\d)\b)"
)
_NEW_LINE: Final = re.compile(rf"\s*{_TREATS}", re.IGNORECASE)
"""What begins a paragraph on the very next line."""
_NEW_PARAGRAPH: Final = re.compile(
    rf"\s*(?:{_TREATS}|[#|\u2022]|\W{{0,3}}\d{{1,3}}[.)]\s+[A-Z]|(?:the\s+(?:claim|following|limitation|rejection|teaching)|claim\s+rejection|regarding|application/|applicant"
    r"|examiner|independent\s+claim|although|response\s+to|detailed)|[A-Z][\w.]+(?:\s+et\s+al\.?,?)?\s+(?:teach|disclos|describ|show|substantially|is\s|does\s|discuss))",
    re.IGNORECASE,
)
"""What begins a paragraph behind a blank line."""
_WITHOUT_BRACKETS: Final = re.compile(r"\b(1\s?[01]\s?[23])([a-g])([12])?\b")
"""`112b` for `112(b)`."""
_GOES_ON: Final = re.compile(r"(?:,|-|\b(?:over|of|by|and|or|the|to|under|with|as|in|view|et))$", re.IGNORECASE)
"""Before the end of a line: the sentence goes on."""


_AND_CLAIMS: Final = re.compile(rf"\s*[,;]?\s+(?:and|while|whereas)\s+(?={CLAIM_WORD}\s*\d)", re.IGNORECASE)
_UNDER: Final = re.compile(r"\s*,?\s*(?:(?:is|are)\s+)?under\s+(?:35|\u00a7|pre-?AIA|section)", re.IGNORECASE)


class Opening(NamedTuple):
    """A sentence that says of claims that they are rejected."""

    start: int
    """Where the claims are named; the sentence may begin before."""
    verb: int
    """Where "rejected" ends."""
    end: int
    claims: ClaimList | None
    """`None` where no number is named: "the remaining claims"."""
    general: str
    """The words that stand for the claims where no number is named."""
    standing: Standing
    section: Section
    begins: bool
    """Whether a paragraph begins with it."""
    before: str
    """The sentence's words before the claims."""
    gap: str
    """What stands between the claims and "rejected"."""
    predicate: str
    """What stands behind "rejected"."""


def openings_in(text: str, sections: Sections) -> Iterator[Opening]:
    """Yield the sentences in which claims are said to be rejected, whether or not they open a ground."""
    verbs = [match for match in REJECTED.finditer(text) if not BASE_CLAIM.match(text, match.end())]
    for index, match in enumerate(verbs):
        opening = _opening(text, match, verbs[index + 1].start() if index + 1 < len(verbs) else len(text), sections)
        if opening is not None:
            yield from _with_those_under_another_law(text, opening)
    for match in REJECTION_OF.finditer(text):
        kept = _kept_up(text, match, sections)
        if kept is not None:
            yield kept


def _opening(text: str, verb: re.Match[str], following: int, sections: Sections) -> Opening | None:
    subject = _subject(text, verb.start())
    if subject is None:
        return None
    start, claims, general, gap = subject
    end = opening_end(text, verb.end(), min(following, verb.end() + _LONGEST))
    if end == following:
        cut = _subject(text, following)
        end = cut[0] if cut and verb.end() < cut[0] < following else end
    begin = _sentence_start(text, start)
    before = text[begin:start]
    predicate = _WITHOUT_BRACKETS.sub(_with_brackets, text[verb.end() : end])
    around, behind = text[max(0, begin - 160) : start + 2], text[end : end + 260]
    standing = _in_context(_standing(before, gap, predicate), gap, around, behind)
    return Opening(
        start, verb.end(), end, claims, general, standing, sections.at(verb.start()),
        _begins(text, start), before, gap, predicate,
    )  # fmt: skip


def _in_context(said: Standing, gap: str, around: str, behind: str) -> Standing:
    """Return how a sentence rejects in the light of the next one, and of whose words it stands in."""
    if TAKEN_BACK.match(behind) or QUOTED_FROM_OTHERS.search(around):
        return "none"
    if WOULD_REMAIN.search(gap) or (WAS.search(gap) and UPHELD.match(behind)):
        return "kept up"
    return said


def _with_those_under_another_law(text: str, opening: Opening) -> Iterator[Opening]:
    """Yield a sentence, and what it says with the same verb: "rejected under 102 ... and claims 4-5 under 103 ..."."""
    for joined in _AND_CLAIMS.finditer(text, opening.verb, opening.end):
        claims = claim_list_at(text, joined.end())
        if claims is None or not claims.claims or not _UNDER.match(text, claims.end, opening.end):
            continue
        yield opening._replace(end=joined.start(), predicate=text[opening.verb : joined.start()])
        yield opening._replace(
            start=joined.end(), verb=claims.end, claims=claims, general="", begins=False,
            predicate=text[claims.end : opening.end],
        )  # fmt: skip
        return
    yield opening


def _kept_up(text: str, match: re.Match[str], sections: Sections) -> Opening | None:
    """Return a sentence that keeps a rejection up: "The rejection of claims 1-5 under ... is maintained"."""
    claims = claim_list_at(text, match.end())
    if claims is None:
        return None
    end = opening_end(text, claims.end, claims.end + _LONGEST)
    law = LAW_BEFORE.search(text[max(0, match.start() - 90) : match.start()])
    predicate = f"{law[0] if law else ''}{text[claims.end : end]}"
    if not KEPT_UP.search(predicate) or NOT_KEPT_UP.search(predicate):
        return None
    begin = _sentence_start(text, match.start())
    before = text[begin : match.start()]
    section = sections.at(match.start())
    return Opening(begin, claims.end, end, claims, "", "kept up", section, True, before, "", predicate)


def _standing(before: str, gap: str, predicate: str) -> Standing:
    if TOLD_BY_OTHERS.search(before) or NOT_SAID_NOW.search(gap) or not AUXILIARY.search(gap):
        return "none"
    if NOT_KEPT_UP.search(predicate) or ALLEGED.search(predicate[:90]):
        return "none"
    if HAVE_BEEN.search(gap) or LOOKS_BACK.search(before):
        return "looked back"
    return "said"


def _subject(text: str, verb: int) -> tuple[int, ClaimList | None, str, str] | None:
    """Return the claims before a verb: where they begin, the list, the words without a number, and the gap behind."""
    window = max(0, verb - _BEFORE)
    lists = _lists_before(text, window, verb)
    for index in range(len(lists) - 1, -1, -1):
        start, claims = lists[index]
        gap = text[claims.end : verb]
        if len(gap) > _LONGEST_GAP or _has_break(gap):
            break
        if _is_bound(text, window, start):
            continue
        start, claims = _with_those_before(text, window, lists[: index + 1])
        if _UNREAD_DIGITS.search(gap):
            claims = claims._replace(legible=False)
        return start, claims, "", gap
    return _general_subject(text, window, verb)


def _lists_before(text: str, window: int, verb: int) -> list[tuple[int, ClaimList]]:
    found: list[tuple[int, ClaimList]] = []
    for word in _CLAIM.finditer(text, window, verb):
        if found and word.start() < found[-1][1].end:
            continue
        claims = claim_list_at(text, word.start())
        if claims is not None and claims.end <= verb:
            claims = _with_those_behind_an_aside(text, claims, verb)
            found.append((word.start(), claims))
    return found


def _with_those_behind_an_aside(text: str, claims: ClaimList, verb: int) -> ClaimList:
    """Return a list together with what goes on behind "as far as definite": "Claims 1-5 (as best understood) and 7"."""
    aside = ASIDE.match(text, claims.end)
    more = claim_list_at(text, aside.end()) if aside else None
    if more is None or more.end > verb:
        return claims
    return ClaimList(tuple(sorted({*claims.claims, *more.claims})), claims.legible and more.legible, more.end)


def _is_bound(text: str, window: int, start: int) -> bool:
    """Return whether a list of claims hangs on a preposition, "depending from claim 1", and is no subject."""
    before = text[max(window, start - 60) : start]
    return bool(_BOUND.search(before)) and not _WHOLE.search(before) and not _TOPIC.search(before)


def _with_those_before(text: str, window: int, lists: list[tuple[int, ClaimList]]) -> tuple[int, ClaimList]:
    """Return a list together with those to which "and" joins it: "claim 1, and claims 2-5 depending therefrom"."""
    start, claims = lists[-1]
    for earlier_start, earlier in reversed(lists[:-1]):
        if not _JOINS.fullmatch(text[earlier.end : start]) or _is_bound(text, window, earlier_start):
            break
        together = tuple(sorted({*earlier.claims, *claims.claims}))
        start, claims = earlier_start, ClaimList(together, earlier.legible and claims.legible, claims.end)
    return start, claims


def _general_subject(text: str, window: int, verb: int) -> tuple[int, ClaimList | None, str, str] | None:
    found = list(GENERAL_SUBJECT.finditer(text, max(window, verb - 160), verb))
    if not found or _is_bound(text, window, found[-1].start()):
        return None
    gap = text[found[-1].end() : verb]
    if _has_break(gap) or _CLAIM.search(gap):
        return None
    return found[-1].start(), None, " ".join(found[-1][0].split()), gap


def _with_brackets(match: re.Match[str]) -> str:
    return f"{match[1]}({match[2]})" + (f"({match[3]})" if match[3] else "")


def _has_break(words: str) -> bool:
    """Return whether a sentence ends in the midst of words."""
    return any(
        not _ABBREVIATED.search(words[max(0, match.start() - 12) : match.start() + 1])
        for match in _SENTENCE_BREAK.finditer(words)
    )


def _sentence_start(text: str, start: int) -> int:
    window = max(0, start - 300)
    begin = window
    for match in _SENTENCE_BREAK.finditer(text, window, start + 1):
        is_abbreviated = _ABBREVIATED.search(text[max(window, match.start() - 12) : match.start() + 1])
        if match.end() == start or (match.end() < start and ("\n\n" in match[0] or not is_abbreviated)):
            begin = match.end()
    return max(begin, text.rfind("\f", window, start) + 1 if begin == window else begin)


def _begins(text: str, start: int) -> bool:
    """Return whether a paragraph begins at a place, also with a number or a sign of a list before it."""
    before = text[max(0, start - 40) : start]
    line = re.search(r"(?:^|[\n\f])[\s\d.)#*_:\u2022|\"'-]{0,12}$", before)
    return bool(line) and (start < 3 or bool(re.search(r"[.:;)\]\"'*\u00a7_]?\s*[\n\f]|\d{1,3}[.)]\s*$", before)))


def opening_end(text: str, start: int, stop: int) -> int:
    """Return where a sentence ends; a blank line in the midst of it, as engines leave them, does not end it."""
    for match in _END.finditer(text, start, stop):
        end = _line_end(text, match) if match[0].isspace() else _stop_end(text, match, start)
        if end is not None:
            return end
    return stop


def _line_end(text: str, match: re.Match[str]) -> int | None:
    """Return the end of a line, if the next begins something else."""
    if _GOES_ON.search(text[max(0, match.start() - 20) : match.start()].rstrip()):
        return None
    is_apart = match[0].count("\n") > 1 or "\f" in match[0]
    return match.start() if (_NEW_PARAGRAPH if is_apart else _NEW_LINE).match(text, match.end()) else None


def _stop_end(text: str, match: re.Match[str], start: int) -> int | None:
    """Return the end of a full stop or a semicolon, if it ends the sentence and not an abbreviation."""
    sign = match[0][0]
    if sign == "." and _ABBREVIATED.search(text[max(start, match.start() - 12) : match.start() + 1]):
        return None
    if sign == "." and _is_in_brackets(text, max(start, match.start() - _LONGEST_BRACKET), match.start()):
        return None
    behind = text[match.end() : match.end() + 12].lstrip()
    goes_on = behind[:1].islower() or re.match(r"\((?:U\.?S|\d)|\W{0,3}1[01][1-3]\b|\u00a7|(?:19|20)\d\d\W", behind)
    if sign == ";":
        inside = text[max(start, match.start() - _LONGEST_BRACKET) : match.start()]
        return None if inside.rfind("(") > inside.rfind(")") else match.start() + 1
    return None if goes_on else match.start() + 1


def _is_in_brackets(text: str, start: int, stop: int) -> bool:
    """Return whether a place stands between brackets that are closed soon: a citation, `(Nature Med. 2017; 23: 5)`."""
    opened = text[start:stop]
    behind = re.match(r"[^()\n\f]{0,120}(?:\n[^()\n\f]{1,120})?\)", text[stop : stop + 2 * _LONGEST_BRACKET])
    return opened.rfind("(") > opened.rfind(")") and behind is not None
