"""Sentences that may open a ground: one candidate for each statute that a sentence names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final, Literal

from components.content.records import NamedReference
from components.content.rejections.named_references import named_references_in
from components.content.rejections.openings import Opening, openings_in
from components.content.rejections.sections import Sections
from components.content.rejections.statutes import Named, judge_made, statutes_in
from components.content.rejections.wording import (
    MISREAD_BY_REASON,
    PROVISIONAL,
    PROVISIONAL_BELOW,
    REASONS,
    SAID_AGAIN,
    STRONG_REASON,
)

ClaimsFrom = Literal["sentence", "form", "paragraphs", ""]
ART: Final = ("102", "103")
"""The sections under which something is relied on."""
_FURTHER_READ: Final = 700
"""What is said within so many letters behind the opening sentence belongs to it."""
_MOST: Final = 500
"""More sentences that reject are not read: no action has so many."""
_LONGEST_OVER: Final = 400
_WORD: Final = re.compile(r"^[\s,(]{0,4}[a-z]{2}")
_OVER: Final = re.compile(r"\b(?:over|by|of\s+the|in\s+view\s+of|as\s+that\s+of)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may open a ground, for one statute."""

    opening: Opening
    statute: str
    claims: tuple[int, ...]
    references: tuple[NamedReference, ...] = ()
    over: str = ""
    provisional: bool = False
    pre_aia: bool = False
    reason: str = ""
    """Why the claims are rejected, where a statute has several reasons: `written description`."""
    is_certain: bool = True
    """Whether the statute's subsection is printed as it should be."""
    from_heading: bool = False
    """Whether the statute stands in the heading above the sentence only."""
    claims_from: ClaimsFrom = "sentence"
    notes: tuple[str, ...] = ()

    @property
    def section(self) -> str:
        """The section of the statute: `112` of `112(b)` and of `112 second paragraph`."""
        return re.split(r"[( ]", self.statute)[0]

    @property
    def says_again(self) -> bool:
        """Whether the sentence says of itself that it repeats."""
        opening = self.opening
        return bool(SAID_AGAIN.search(f"{opening.before[-80:]} | {opening.gap} | {opening.predicate[:260]}"))


@dataclass(frozen=True, slots=True)
class Candidates:
    """What of a text may open grounds."""

    found: tuple[Candidate, ...]
    says_rejected: bool
    """Whether the text says at all, in a sentence that is no look back, that claims are rejected."""
    without_law: tuple[Opening, ...] = ()
    """Sentences that reject claims and name no law: "Claims 8-9 are rejected under the same rationale"."""


def candidates_in(text: str) -> Candidates:
    """Return the sentences of a text that may open a ground, in order."""
    openings = sorted(islice(openings_in(text, Sections(text)), _MOST), key=lambda opening: opening.start)
    found: list[Candidate] = []
    without_law: list[Opening] = []
    last: tuple[int, list[Named]] = (0, [])
    for index, opening in enumerate(openings):
        named, from_heading = _laws(opening, last)
        last = (opening.end, named)
        stop = openings[index + 1].start if index + 1 < len(openings) else len(text)
        below = text[opening.end : min(stop, opening.end + _FURTHER_READ)]
        if opening.standing != "none" and opening.section.kind != "gone":
            found += _of(opening, named, below, from_heading=from_heading)
        if not named and _rejects_without_law(opening):
            without_law.append(opening)
    return Candidates(tuple(found), any(map(_says_rejected, openings)), tuple(without_law))


def _rejects_without_law(opening: Opening) -> bool:
    """Return whether a sentence rejects claims now; "Claims 1-9 are rejected." alone is the line of a form."""
    claims = opening.claims
    if opening.standing != "said" or opening.section.kind in ("gone", "answer") or claims is None or not claims.legible:
        return False
    return bool(_WORD.search(opening.predicate)) or bool(SAID_AGAIN.search(opening.gap))


def _says_rejected(opening: Opening) -> bool:
    """Return whether a sentence says that claims are rejected; an empty line of a form does not."""
    if opening.standing != "said" or opening.claims is None:
        return False
    return bool(opening.claims.claims) or bool(re.search(r"[a-z]{3}", opening.predicate.partition("\n")[0]))


def _by_reason(named: list[Named], predicate: str) -> list[Named]:
    """Return statutes with those set right that the reason given for them shows to be misread."""
    return [_right(each, predicate[each.end :]) for each in named]


def _right(law: Named, behind: str) -> Named:
    for misread, pattern, right in MISREAD_BY_REASON:
        if law.statute in misread and pattern.search(behind):
            return law._replace(statute=right, is_certain=False)
    return law


def _laws(opening: Opening, last: tuple[int, list[Named]]) -> tuple[list[Named], bool]:
    """Return the statutes of a sentence, and whether they stand in the heading above it only.

    Args:
        opening: the sentence.
        last: where the sentence before it ends, and its statutes: "and claims 4-5 are rejected over ..." has the same.
    """
    kind = judge_made(opening.predicate)
    if kind:
        return [Named(kind, 0, 0)], False
    named = _by_reason(statutes_in(opening.predicate), opening.predicate)
    if named or not STRONG_REASON.search(opening.predicate[:120]) or not opening.claims:
        return named, False
    if 0 <= opening.start - last[0] <= 1 and last[1]:
        return [each._replace(start=0, end=0) for each in last[1][-1:]], False
    statute = opening.section.statute if opening.section.kind == "ground" else ""
    return ([Named(statute, 0, 0, is_certain=False)], True) if statute else ([], False)


def _of(opening: Opening, named: list[Named], below: str, *, from_heading: bool) -> Iterator[Candidate]:
    predicate = opening.predicate
    for index, law in enumerate(named):
        stop = next((other.start for other in named[index + 1 :] if other.start > law.end), len(predicate))
        is_double = law.statute.endswith("double patenting")
        references: tuple[NamedReference, ...] = ()
        if is_double or law.statute.startswith(ART):
            parts = (predicate[law.end : stop], predicate[named[-1].end :], predicate[: law.start])
            references = next(filter(None, map(named_references_in, parts)), ())
        has_over = is_double or (not references and law.statute.startswith(ART))
        yield Candidate(
            opening=opening,
            statute=law.statute,
            claims=opening.claims.claims if opening.claims else (),
            references=references,
            over=_over(predicate[law.end :]) if has_over else "",
            provisional=is_double and _is_provisional(opening, below),
            pre_aia=law.pre_aia,
            reason=_reason(predicate[law.end : stop] or predicate),
            is_certain=law.is_certain,
            from_heading=from_heading,
        )


def _is_provisional(opening: Opening, below: str) -> bool:
    return bool(PROVISIONAL.search(opening.gap + opening.predicate[:60]) or PROVISIONAL_BELOW.search(below))


def _reason(predicate: str) -> str:
    return next((name for name, pattern in REASONS if pattern.search(predicate)), "")


def _over(predicate: str) -> str:
    """Return the words on what is relied on."""
    match = _OVER.search(predicate)
    words = " ".join((predicate[match.end() :] if match else "").split()).strip(" .")
    return words[:_LONGEST_OVER]
