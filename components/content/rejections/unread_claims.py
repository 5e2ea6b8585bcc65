"""The claims of a ground whose sentence does not let them be read: from the form page or the paragraphs below.

Nothing is merged silently: where the claims come from is said in the ground, and why in its notes.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from components.content.claim_lists import claim_list_at
from components.content.rejections.candidates import Candidate, ClaimsFrom
from components.content.rejections.wording import PROSE_CLAIM

_ANOTHER_CLAIM: Final = re.compile(r"\bclaims?\s+(?:[2-9]|1\d|1\s?-)", re.IGNORECASE)
_BEGINS_A_SENTENCE: Final = re.compile(r"(?:^|[\n\f.:]|\d\.)[\s\W]{0,6}$")
_PRINTED: Final = 40
"""So many letters of a sentence are given in a note."""


def with_claims(text: str, grounds: Sequence[Candidate], rejected: tuple[int, ...]) -> list[Candidate]:
    """Return grounds with the claims that could not be read in their own sentences.

    Args:
        text: of the action.
        grounds: its grounds, in order.
        rejected: the claims that its form page says are rejected; none where that cannot be read.
    """
    return [each if _is_read(each) else _completed(text, each, grounds, rejected) for each in grounds]


def _is_read(each: Candidate) -> bool:
    claims = each.opening.claims
    return claims is not None and claims.legible and bool(claims.claims)


def _completed(text: str, each: Candidate, grounds: Sequence[Candidate], rejected: tuple[int, ...]) -> Candidate:
    opening = each.opening
    if opening.general.lower().endswith("claim") and not _ANOTHER_CLAIM.search(text):
        return replace(each, claims=(1,), notes=(*each.notes, "It is the only claim."))
    printed = " ".join(text[opening.start : opening.start + _PRINTED].split())
    said = f"The sentence does not say legibly which claims are rejected (“{printed} ...”)."
    claims, claims_from, where = _elsewhere(text, each, grounds, rejected)
    return replace(each, claims=claims, claims_from=claims_from, notes=(*each.notes, f"{said} {where}".strip()))


def _elsewhere(
    text: str, each: Candidate, grounds: Sequence[Candidate], rejected: tuple[int, ...]
) -> tuple[tuple[int, ...], ClaimsFrom, str]:
    """Return the claims of a ground from elsewhere in its paper, from where, and that in words."""
    read = set(each.claims)
    others = [other for other in grounds if other.opening.start != each.opening.start]
    if rejected and not others and read <= set(rejected):
        return rejected, "form", "They are those that the form page says are rejected."
    if read:
        return each.claims, "sentence", "Those that can be read are given."
    following = [other.opening.start for other in others if other.opening.start > each.opening.end]
    treated = _treated(text, each.opening.end, min(following, default=len(text)))
    if treated:
        return treated, "paragraphs", "They are those that the paragraphs below it treat."
    named = {claim for other in others for claim in other.claims}
    left = tuple(claim for claim in rejected if claim not in named)
    if left:
        return left, "form", "They are those that the form page says are rejected and that no other ground names."
    return (), "", ""


def _treated(text: str, start: int, stop: int) -> tuple[int, ...]:
    """Return the claims that the paragraphs of a ground treat: "Regarding claim 3, ..."."""
    found: set[int] = set()
    for match in PROSE_CLAIM.finditer(text, start, stop):
        if not _BEGINS_A_SENTENCE.search(text[max(0, match.start() - 12) : match.start()]):
            continue
        claims = claim_list_at(text, match.end())
        if claims is not None and claims.legible:
            found.update(claims.claims)
    return tuple(sorted(found))
