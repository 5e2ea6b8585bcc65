"""Grounds of rejection: what an action of the Office rejects, under what, over what.

The anchor is the opening sentence: an examiner has to use the word "reject" and to name the statute (MPEP 706.01,
707.07). Sentences that repeat a ground, look back at one, take one back, or only think of one open none.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Final, Protocol

from components.content.claim_lists import in_words
from components.content.records import WITH_DEPENDENTS, ClaimStatus, Ground, NamedReference, finding_id, numbered
from components.content.rejections.candidates import Candidate, candidates_in
from components.content.rejections.openings import Opening
from components.content.rejections.repeats import surname, without_repeats
from components.content.rejections.unread_claims import with_claims
from components.content.rejections.wording import DEPENDENTS_TOO
from components.content.text import ReadText

_PAPER_PRE_AIA: Final = re.compile(r"\bpre-?\s?AIA\s+first\s+to\s+invent\s+provisions", re.IGNORECASE)
_PAPER_AIA: Final = re.compile(r"\bfirst\s+inventor\s+to\s+file\s+provisions", re.IGNORECASE)
_WORDS_BEFORE: Final = re.compile(
    r"(?:^|[.\n\f])\s*((?:\W|\b(?:the|dependent|independent|pending|all|of|each|accordingly|therefore)\b){0,24})$",
    re.IGNORECASE,
)
NO_LAW: Final = "the sentence names no law"
_LESS_SURE: Final = 15
"""For each note that a ground has, it is so much less sure, in per cent."""
_ALIKE: Final = 0.88
"""Two names that are so much alike are one that is spelled, or was read, in two ways."""


class ReadForm(Protocol):
    """What of a form page serves here: how it says that claims stand."""

    @property
    def statuses(self) -> tuple[ClaimStatus, ...]:
        """The lines of the form page."""


@dataclass(frozen=True, slots=True)
class GroundsRead:
    """The grounds of rejection of one paper."""

    grounds: tuple[Ground, ...]
    """In the order of the paper."""
    says_rejected: bool
    """Whether the paper says that claims are rejected: without a ground it was then not read."""
    unread: tuple[ClaimStatus, ...] = ()
    """Claims of which a sentence says that they are rejected, and that no ground has."""


def grounds_in(text: ReadText, *, form: ReadForm | None = None) -> GroundsRead:
    """Return the grounds of rejection of an action.

    Args:
        text: of the action's pages.
        form: its form page; the claims that it says are rejected serve where a sentence's list cannot be read.
    """
    rejected = _rejected_on(form)
    candidates = candidates_in(text.text)
    kept = with_claims(text.text, without_repeats(candidates.found), rejected)
    law = _law_of(text.text)
    grounds = _with_numbers([_ground(text, each, law) for each in kept])
    ids = numbered(ground.id for ground in grounds)
    return GroundsRead(
        tuple(replace(ground, id=name) for ground, name in zip(grounds, ids, strict=True)),
        candidates.says_rejected or bool(grounds) or bool(rejected),
        tuple(_unread(text, candidates.without_law, grounds)),
    )


def _unread(text: ReadText, openings: Sequence[Opening], grounds: Sequence[Ground]) -> Iterator[ClaimStatus]:
    """Yield claims that are rejected in sentences which name no law, as far as no ground has them; each once."""
    known = {claim for ground in grounds for claim in ground.claims}
    for opening in openings:
        claims = tuple(claim for claim in (opening.claims.claims if opening.claims else ()) if claim not in known)
        if claims:
            known.update(claims)
            quote = text.quote(_quote_start(text.text, opening), opening.end)
            name = finding_id("status", "rejected", "body", in_words(claims))
            yield ClaimStatus(name, "rejected", claims, "body", quote, note=NO_LAW, confidence=quote.confidence)


def _rejected_on(form: ReadForm | None) -> tuple[int, ...]:
    """Return the claims that a form page says are rejected, if that can be read."""
    lines = [each for each in (form.statuses if form else ()) if each.kind == "rejected" and each.place == "form"]
    return tuple(sorted({claim for line in lines if line.legible for claim in line.claims}))


def _law_of(text: str) -> bool | None:
    """Return whether a paper says that the law from before the AIA applies; `None` where it says neither."""
    if _PAPER_PRE_AIA.search(text):
        return True
    return False if _PAPER_AIA.search(text) else None


def _ground(text: ReadText, each: Candidate, law: bool | None) -> Ground:
    quote = text.quote(_quote_start(text.text, each.opening), each.opening.end)
    notes = _notes(each)
    sureness = quote.confidence - _LESS_SURE * len(notes)
    return Ground(
        id=finding_id("ground", each.statute, in_words(each.claims).replace(" ", "")),
        statute=each.statute,
        claims=each.claims,
        quote=quote,
        claims_from=each.claims_from,
        references=each.references,
        over=each.over,
        provisional=each.provisional,
        pre_aia=each.pre_aia if law is None else law,
        confidence=max(sureness, 10),
        notes=notes,
    )


def _notes(each: Candidate) -> tuple[str, ...]:
    """Return what is odd about a ground, in words."""
    said = list(each.notes)
    if each.from_heading:
        said.append("The statute stands in the heading above the sentence, not in it.")
    elif not each.is_certain:
        said.append("The subsection of the statute was misread.")
    if DEPENDENTS_TOO.search(each.opening.gap):
        said.append(WITH_DEPENDENTS)
    if each.opening.section.kind == "answer":
        said.append("It stands among the answers to arguments.")
    if each.opening.standing != "said":
        said.append("The sentence keeps up a rejection, or looks back at one.")
    return tuple(said)


def _quote_start(text: str, opening: Opening) -> int:
    """Return where the quote begins: with the claims, and the words of the sentence before them if they are few."""
    window = max(0, opening.start - 60)
    words = _WORDS_BEFORE.search(text[window : opening.start])
    return opening.start if words is None else opening.start - len(words[1].lstrip(" .\n\f*#0123456789)"))


def _with_numbers(grounds: Sequence[Ground]) -> list[Ground]:
    """Return grounds in which a reference has the number with which the paper names it elsewhere."""
    numbers: dict[str, set[str]] = {}
    for ground in grounds:
        for reference in ground.references:
            if reference.name and reference.number:
                numbers.setdefault(surname(reference.name), set()).add(reference.number)
    return [
        replace(ground, references=tuple(_completed(each, numbers) for each in ground.references)) for ground in grounds
    ]


def _completed(reference: NamedReference, numbers: dict[str, set[str]]) -> NamedReference:
    """Return a reference with its number, where the paper has one only for its name."""
    if reference.number or not reference.name:
        return reference
    mine = surname(reference.name)
    known = numbers.get(mine) or {
        number for name, its in numbers.items() if SequenceMatcher(None, mine, name).ratio() >= _ALIKE for number in its
    }
    return replace(reference, number=next(iter(known))) if len(known) == 1 else reference
