"""What the text of an action says of its claims outside its forms and its grounds: pending, withdrawn, objected to."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final, NamedTuple

from components.content.claim_lists import CLAIM_WORD, ClaimList, claim_list_at, in_words
from components.content.records import ClaimStatus, StatusKind, finding_id, numbered
from components.content.text import ReadText

_GAP: Final = r"[\s,]{0,4}(?:\([^()\n]{0,80}\)\s*)?(?:(?!claim|\brejection|\bobjection)[^.;:\d]){0,40}?\b"
_BE: Final = (
    r"(?:is/are|is|are|was|were|has\s+been|have\s+been|stands?|remains?)\s+"
    r"(?:(?:currently|now|hereby|still|also|newly|presently|further|each|therefore|again)\s+){0,2}"
)
_BEHIND: Final[tuple[tuple[StatusKind, str], ...]] = (
    ("pending", r"(?:pending|presented\s+for\s+(?:further\s+)?examination|under\s+(?:examination|prosecution))\b"),
    ("withdrawn", r"withdrawn\b"),
    ("cancelled", r"cancell?ed\b"),
    ("allowed", r"allowed\b"),
    ("allowed", r"allowable\b"),
    ("objected", r"objected(?:\s+to)?\b"),
)
"""What stands behind the list: the status, and the words after "are"."""
_AFTER_LIST: Final = tuple((kind, re.compile(rf"{_GAP}{_BE}{words}", re.IGNORECASE)) for kind, words in _BEHIND)
_IN_FRONT: Final[tuple[tuple[StatusKind, str], ...]] = (
    ("cancelled", r"\bcancel(?:l?ed|l?ing|l?ation\s+of|s)\s+(?:the\s+)?(?:original\s+|non-?elected\s+)?$"),
    ("pending", r"\b(?:currently|now)\s+pending\s+(?:are|is)\s+(?:the\s+)?$|\bpending\s*:\s*$"),
    ("withdrawn", r"\bwithdraw(?:ing|n)\s+(?:from\s+(?:further\s+)?consideration\s+)?(?:are\s+)?(?:the\s+)?$"),
)
"""What stands before the word `claims`: "cancellation of", "withdrawing"."""
_BEFORE: Final = tuple((kind, re.compile(words, re.IGNORECASE)) for kind, words in _IN_FRONT)
_ADJECTIVES: Final[tuple[StatusKind, ...]] = ("pending", "allowed")
_NAMED_FIRST: Final = tuple(
    (kind, re.compile(rf"\b{kind}\s+{CLAIM_WORD}\s*(?:is/are|are|is|:)\s*(?=\d)", re.IGNORECASE))
    for kind in _ADJECTIVES
)
"""Where the status is named before the claims: "The pending claims are 1-20"."""
_OF_A_REJECTION: Final = re.compile(
    r"\b(?:rejections?|objections?|rejected|allowability|finality|interpretation|amendments?)\s+"
    r"(?:\S+\s+){0,8}?(?:of|to|for|in|regarding|against)\s+(?:the\s+)?(?:\w+\s+)?$",
    re.IGNORECASE,
)
"""It is a rejection of these claims that was withdrawn, not the claims."""
_NOT_SAID: Final = re.compile(
    r"""\b(?:if|unless|whether|once|should|would|could|may|might|until)\b[^.;]{0,120}$
      | \bapplicants?(?:'s?)?\b[^.;]{0,40}
        \b(?:argu|assert|submit|contend|alleg|request|believ|respectfully|state|remark|point)\w*[^.;]{0,160}$
      | \bnot\s+$""",
    re.VERBOSE | re.IGNORECASE,
)
"""Words before a list that make of it an argument, a condition or a wish."""
_NOT_SO: Final = re.compile(r"\b(?:would|could|may|might|not|should|must)\b", re.IGNORECASE)
_WHY: Final[tuple[tuple[str, str], ...]] = (
    (
        "allowable if rewritten",
        r"would\s+be\s+a[l1]+owab|\brewritten\s+in\s+independent|dependent\s+(?:up)?on\s+(?:a\s+)?rejected",
    ),
    ("improper dependent form", r"1\.75\s*\(c\)|improper\s+(?:multiple\s+)?dependent|further\s+limit"),
    ("informality", r"informalit|because\s+of|typograph|\bminor\b|1\.75|correction\s+is|should\s+(?:be|read)"),
)
"""Why a claim is objected to, by the words of the sentence and of the next."""
_REASONS: Final = tuple((note, re.compile(words, re.IGNORECASE)) for note, words in _WHY)
_BEFORE_LIST: Final = 200
_REASON_WITHIN: Final = 400


class _Said(NamedTuple):
    kind: StatusKind
    claims: tuple[int, ...]
    legible: bool
    start: int
    end: int


def body_statuses(text: ReadText, body: str) -> tuple[ClaimStatus, ...]:
    """Return what the text of an action says of its claims.

    Args:
        text: the paper.
        body: its text with blanks in place of its form pages.

    Returns:
        In the order of the paper; what is said twice in the same words of the same claims is one status.
    """
    statuses: dict[tuple[StatusKind, str, tuple[int, ...]], ClaimStatus] = {}
    for said in _said(body):
        note = _reason(body, said.end) if said.kind == "objected" else ""
        key = said.kind, note, said.claims
        if key not in statuses:
            span = text.sentence_at(said.start)
            start = max(span.start, said.start - _BEFORE_LIST, text.text.rfind("\f", 0, said.start) + 1)
            quote = text.quote(start, max(said.end, min(span.end, said.end + _REASON_WITHIN)))
            statuses[key] = ClaimStatus(
                id=finding_id("status", said.kind, "body", in_words(said.claims)),
                kind=said.kind, claims=said.claims, place="body", quote=quote,
                legible=said.legible, note=note, confidence=quote.confidence if said.legible else 0,
            )  # fmt: skip
    ids = numbered(status.id for status in statuses.values())
    return tuple(replace(status, id=name) for status, name in zip(statuses.values(), ids, strict=True))


def _said(body: str) -> Iterator[_Said]:
    """Yield what is said of the lists of claims that the text names, in order."""
    end = 0
    for word in re.finditer(CLAIM_WORD, body, re.IGNORECASE):
        listed = claim_list_at(body, word.start()) if word.start() >= end else None
        if listed is not None and listed.claims:
            end = listed.end
            yield from _said_of_list(body, word.start(), listed)
    for kind, pattern in _NAMED_FIRST:
        for found in pattern.finditer(body):
            listed = claim_list_at(body, found.end())
            if listed is not None and listed.claims and not _NOT_SAID.search(_before(body, found.start())):
                yield _Said(kind, listed.claims, listed.legible, found.start(), listed.end)


def _said_of_list(body: str, start: int, listed: ClaimList) -> Iterator[_Said]:
    before = _before(body, start)
    if _NOT_SAID.search(before) or _OF_A_REJECTION.search(before):
        return
    for kind, pattern in _BEFORE:
        found = pattern.search(before)
        if found:
            yield _Said(kind, listed.claims, listed.legible, start - len(before) + found.start(), listed.end)
            return
    for kind, pattern in _AFTER_LIST:
        behind = pattern.match(body, listed.end)
        if behind and not _NOT_SO.search(behind[0]):
            yield _Said(kind, listed.claims, listed.legible, start, behind.end())


def _before(body: str, start: int) -> str:
    """Return the words of the sentence before a place."""
    before = body[max(0, start - _BEFORE_LIST) : start]
    ends = list(re.finditer(r"[.;!?]\s+(?=[A-Z])|\n\s*\n", before))
    return before[ends[-1].end() :] if ends else before


def _reason(body: str, end: int) -> str:
    """Return why claims are objected to."""
    behind = body[end : end + _REASON_WITHIN]
    return next((note for note, pattern in _REASONS if pattern.search(behind)), "")
