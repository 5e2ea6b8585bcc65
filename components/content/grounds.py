"""Grounds of rejection: what an action of the Office rejects, under what, over what.

The anchor is the opening sentence: an examiner has to use the word "reject" and to name the statute (MPEP 706.01,
707.07). Sentences that repeat a ground, look back at one, take one back, or only think of one open none.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Protocol

from components.content.claim_lists import claim_list_at, in_words
from components.content.named_references import named_references_in
from components.content.records import ClaimStatus, Ground, NamedReference, finding_id, numbered
from components.content.rejections.openings import Opening, openings_in
from components.content.rejections.sections import Sections
from components.content.rejections.statutes import NONSTATUTORY, Named, double_patenting, statutes_in
from components.content.rejections.wording import (
    LOOKS_BACK,
    PROSE_CLAIM,
    PROVISIONAL,
    PROVISIONAL_BELOW,
    REASONS,
    REASONS_FOR,
    SAID_AGAIN,
    STRONG_REASON,
)
from components.content.text import ReadText

_FURTHER_READ: Final = 700
"""What is said within so many letters behind the opening sentence belongs to it."""
_LONGEST_OVER: Final = 400
_PAPER_PRE_AIA: Final = re.compile(r"\bpre-?\s?AIA\s+first\s+to\s+invent\s+provisions", re.IGNORECASE)
_PAPER_AIA: Final = re.compile(r"\bfirst\s+inventor\s+to\s+file\s+provisions", re.IGNORECASE)
_ART: Final = ("102", "103")
_ANOTHER_CLAIM: Final = re.compile(r"\bclaims?\s+(?:[2-9]|1\d|1\s?-)", re.IGNORECASE)


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


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence that may open a ground, for one statute."""

    opening: Opening
    statute: str
    claims: tuple[int, ...]
    references: tuple[NamedReference, ...]
    over: str
    provisional: bool
    pre_aia: bool
    reason: str
    is_certain: bool
    from_heading: bool
    quote_end: int
    claims_from: str = "sentence"
    notes: tuple[str, ...] = field(default=())

    @property
    def again(self) -> bool:
        """Whether the sentence says of itself that it repeats."""
        opening = self.opening
        return bool(SAID_AGAIN.search(f"{opening.before[-80:]} | {opening.gap} | {opening.predicate[:260]}"))


def grounds_in(text: ReadText, *, form: ReadForm | None = None) -> GroundsRead:
    """Return the grounds of rejection of an action.

    Args:
        text: of the action's pages.
        form: its form page; the claims that it says are rejected serve where a sentence's list cannot be read.
    """
    sections = Sections(text.text)
    candidates: list[_Candidate] = []
    unread = False
    last: tuple[int, list[Named]] = (0, [])
    for opening in openings_in(text.text, sections):
        named, from_heading = _laws(opening, last)
        candidates += _candidates(text.text, opening, named, from_heading=from_heading)
        last = (opening.end, named)
        unread = unread or (opening.standing == "said" and bool(opening.claims))
    kept = _without_repeats(candidates)
    rejected = _rejected_on(form)
    completed = [_with_claims(text.text, each, kept, rejected) for each in kept]
    law = _law_of(text.text)
    grounds = [_ground(text, each, law) for each in completed]
    ids = numbered(ground.id for ground in grounds)
    return GroundsRead(
        tuple(replace(ground, id=name) for ground, name in zip(_with_numbers(grounds), ids, strict=True)),
        unread or bool(grounds) or bool(rejected),
    )


def _rejected_on(form: ReadForm | None) -> tuple[int, ...]:
    """Return the claims that a form page says are rejected, if that can be read."""
    lines = [each for each in (form.statuses if form else ()) if each.kind == "rejected" and each.place == "form"]
    return tuple(sorted({claim for line in lines if line.legible for claim in line.claims}))


def _candidates(text: str, opening: Opening, named: list[Named], *, from_heading: bool) -> list[_Candidate]:
    if opening.standing == "none" or opening.section.kind == "gone":
        return []
    result = []
    for index, law in enumerate(named):
        stop = next((other.start for other in named[index + 1 :] if other.start > law.end), len(opening.predicate))
        own = named_references_in(opening.predicate[law.end : stop])
        references = own or named_references_in(opening.predicate[named[-1].end :])
        over = _over(opening.predicate[law.end :])
        below = text[opening.end : opening.end + _FURTHER_READ]
        is_double = law.statute.endswith("double patenting")
        result.append(
            _Candidate(
                opening=opening, statute=law.statute, claims=opening.claims.claims if opening.claims else (),
                references=references if is_double or law.statute.startswith(_ART) else (),
                over=over if is_double or (not references and law.statute.startswith(_ART)) else "",
                provisional=is_double and _is_provisional(opening, below),
                pre_aia=law.pre_aia, reason=_reason(opening.predicate[law.end : stop] or opening.predicate),
                is_certain=law.is_certain, from_heading=from_heading, quote_end=opening.end,
            )
        )  # fmt: skip
    return result


def _laws(opening: Opening, last: tuple[int, list[Named]]) -> tuple[list[Named], bool]:
    """Return the statutes of a sentence, and whether they stand in the heading above it only.

    Args:
        opening: the sentence.
        last: where the sentence before it ends, and its statutes: "and claims 4-5 are rejected over ..." has the same.
    """
    kind = double_patenting(opening.predicate)
    if kind:
        return [Named(kind, 0, 0)], False
    named = statutes_in(opening.predicate)
    if named or not STRONG_REASON.search(opening.predicate[:120]) or not opening.claims:
        return named, False
    if 0 <= opening.start - last[0] <= 1 and last[1]:
        return [each._replace(start=0, end=0) for each in last[1][-1:]], False
    statute = opening.section.statute if opening.section.kind == "ground" else ""
    return ([Named(statute, 0, 0, is_certain=False)], True) if statute else ([], False)


def _is_provisional(opening: Opening, below: str) -> bool:
    return bool(PROVISIONAL.search(opening.gap + opening.predicate[:60]) or PROVISIONAL_BELOW.search(below))


def _reason(predicate: str) -> str:
    return next((name for name, pattern in REASONS if pattern.search(predicate)), "")


def _over(predicate: str) -> str:
    """Return the words on what is relied on."""
    match = re.search(r"\b(?:over|by|of\s+the|in\s+view\s+of|as\s+that\s+of)\s+", predicate)
    words = " ".join((predicate[match.end() :] if match else "").split()).strip(" .")
    return words[:_LONGEST_OVER]


def _without_repeats(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """Return the candidates that open a ground: each that is not covered by another."""
    firm = [each for each in candidates if _is_firm(each)]
    kept: list[_Candidate] = []
    for each in firm:
        if not _repeats(each, kept) and not _sums_up(each, firm):
            kept.append(each)
    for each in candidates:
        if each not in firm and not _touches(kept, each) and _stands_alone(each):
            kept.append(each)
    return sorted(kept, key=lambda each: (each.opening.start, candidates.index(each)))


def _is_firm(each: _Candidate) -> bool:
    opening = each.opening
    return (
        opening.standing == "said"
        and opening.section.kind != "answer"
        and not each.from_heading
        and bool(opening.claims)
    )


def _stands_alone(each: _Candidate) -> bool:
    """Return whether a doubtful sentence opens a ground where no other has its statute and any of its claims."""
    opening = each.opening
    if opening.standing == "kept up":
        return True
    says_why = bool(REASONS_FOR.search(opening.predicate[:200])) and opening.begins
    if opening.standing == "looked back":
        return (
            says_why and opening.section.kind == "ground" and not LOOKS_BACK.search(opening.before + opening.predicate)
        )
    return says_why and not (opening.claims and each.again)


def _touches(kept: Iterable[_Candidate], each: _Candidate) -> bool:
    """Return whether grounds under the same section have claims of a doubtful sentence."""
    section = each.statute.partition("(")[0]
    same = [other for other in kept if other.statute.partition("(")[0].partition(" ")[0] == section.partition(" ")[0]]
    if not each.claims:
        return bool(same)
    return not set(each.claims).isdisjoint(claim for other in same for claim in other.claims)


def _repeats(each: _Candidate, kept: Sequence[_Candidate]) -> bool:
    """Return whether a sentence says again what an earlier one opened."""
    same = [other for other in kept if other.statute == each.statute]
    mine = set(each.claims)
    for other in same:
        alike = _same_references(each, other)
        theirs = set(other.claims)
        if mine and mine == theirs and alike and (each.reason == other.reason or each.again):
            return True
        if mine and mine < theirs and alike and (each.references or each.again or not each.opening.begins):
            return True
    if each.again and mine and not each.references:
        return mine <= {claim for other in same for claim in other.claims}
    return False


def _sums_up(each: _Candidate, firm: Sequence[_Candidate]) -> bool:
    """Return whether a sentence only sums up grounds that say more: that name references, or a subsection."""
    if each.references or not each.claims:
        return False
    section = each.statute.partition("(")[0]
    others = [other for other in firm if _says_more(other, each, section)]
    return set(each.claims) <= {claim for other in others for claim in other.claims}


def _says_more(other: _Candidate, each: _Candidate, section: str) -> bool:
    if other is each or not other.statute.startswith(section):
        return False
    if each.statute == section and other.statute != section:
        return True
    return each.statute.startswith(_ART) and bool(other.references)


def _same_references(one: _Candidate, other: _Candidate) -> bool:
    if one.statute == NONSTATUTORY and not (one.references and other.references):
        return one.over == other.over
    mine, theirs = _keys(one.references), _keys(other.references)
    return mine == theirs or (one.again and mine <= theirs)


def _keys(references: Iterable[NamedReference]) -> set[str]:
    return {_surname(each.name) or each.number for each in references if not each.is_evidence}


def _surname(name: str) -> str:
    """Return the first word of a name for comparing, with the letters alike that engines take for each other."""
    words = re.findall(r"[^\W\d_][\w'-]*", name)
    return words[0].lower().replace("l", "i").replace("1", "i") if words else ""


def _with_claims(text: str, each: _Candidate, kept: Sequence[_Candidate], rejected: tuple[int, ...]) -> _Candidate:
    """Return a candidate with claims from the form page or its paragraphs where its sentence has no legible list."""
    claims = each.opening.claims
    if claims is not None and claims.legible and claims.claims:
        return each
    read = claims.claims if claims else ()
    if claims is None and each.opening.general.lower().endswith("claim") and not _ANOTHER_CLAIM.search(text):
        return replace(each, claims=(1,))
    following = [other.opening.start for other in kept if other.opening.start > each.opening.end]
    treated = _treated(text, each.opening.end, min(following, default=len(text)))
    printed = (
        f'"{" ".join(text[each.opening.start : each.opening.start + 60].split())}"'
        if claims
        else f'"{each.opening.general}"'
    )
    note = f"The claims cannot be read in the sentence itself ({printed})."
    is_only = len({other.opening.start for other in kept}) == 1
    if rejected and is_only and set(read) <= set(rejected):
        return replace(
            each,
            claims=rejected,
            claims_from="form",
            notes=(*each.notes, f"{note} They are those that the form page says are rejected."),
        )
    if not read and treated:
        return replace(
            each,
            claims=treated,
            claims_from="paragraphs",
            notes=(*each.notes, f"{note} They are those that the paragraphs below it treat."),
        )
    others = {claim for other in kept for claim in other.claims}
    left = tuple(claim for claim in rejected if claim not in others)
    if not read and left:
        return replace(
            each,
            claims=left,
            claims_from="form",
            notes=(*each.notes, f"{note} They are those that the form page says are rejected and no other ground has."),
        )
    if read:
        return replace(each, notes=(*each.notes, f"The list of claims cannot be read as a whole ({printed})."))
    return replace(each, claims_from="", notes=(*each.notes, note))


def _treated(text: str, start: int, stop: int) -> tuple[int, ...]:
    """Return the claims that the paragraphs of a ground treat: "Regarding claim 3, ..."."""
    found: set[int] = set()
    for match in PROSE_CLAIM.finditer(text, start, stop):
        if not re.search(r"(?:^|[\n\f.:]|\d\.)[\s\W]{0,6}$", text[max(0, match.start() - 12) : match.start()]):
            continue
        claims = claim_list_at(text, match.end())
        if claims is not None and claims.legible:
            found.update(claims.claims)
    return tuple(sorted(found))


def _law_of(text: str) -> bool | None:
    """Return whether a paper says that the law from before the AIA applies; `None` where it says neither."""
    if _PAPER_PRE_AIA.search(text):
        return True
    return False if _PAPER_AIA.search(text) else None


def _ground(text: ReadText, each: _Candidate, law: bool | None) -> Ground:
    quote = text.quote(_quote_start(text.text, each.opening), each.quote_end)
    notes = list(each.notes)
    if each.from_heading:
        notes.append("The statute stands in the heading above the sentence, not in it.")
    elif not each.is_certain:
        notes.append("The subsection of the statute was misread.")
    if not each.opening.claims and each.opening.general:
        notes.append(f'The sentence says "{each.opening.general}" and names no number.')
    sureness = quote.confidence - 15 * len(notes) - (10 if each.opening.section.kind == "answer" else 0)
    claims = in_words(each.claims).replace(" ", "")
    return Ground(
        id=finding_id("ground", each.statute, claims),
        statute=each.statute,
        claims=each.claims,
        quote=quote,
        claims_from=each.claims_from,  # type: ignore[arg-type]
        references=each.references,
        over=each.over,
        provisional=each.provisional,
        pre_aia=law if law is not None else each.pre_aia,
        confidence=max(sureness, 10),
        notes=tuple(dict.fromkeys(notes)),
    )


def _quote_start(text: str, opening: Opening) -> int:
    """Return where the quote begins: with the claims, and the words of the sentence before them if they are few."""
    before = text[max(0, opening.start - 40) : opening.start]
    words = re.search(
        r"(?:^|[.\n\f])\s*((?:\W|the|dependent|independent|pending|all|of|each|accordingly|therefore|,|\s){0,12})$",
        before,
        re.IGNORECASE,
    )
    return opening.start if words is None else opening.start - len(words[1].lstrip(" .\n\f*#0123456789)"))


def _with_numbers(grounds: Sequence[Ground]) -> list[Ground]:
    """Return grounds in which a reference has the number with which the paper names it elsewhere."""
    numbers: dict[str, set[str]] = {}
    for ground in grounds:
        for reference in ground.references:
            if reference.name and reference.number:
                numbers.setdefault(_surname(reference.name), set()).add(reference.number)
    return [
        replace(ground, references=tuple(_completed(each, numbers) for each in ground.references)) for ground in grounds
    ]


def _completed(reference: NamedReference, numbers: dict[str, set[str]]) -> NamedReference:
    known = numbers.get(_surname(reference.name), set()) if reference.name and not reference.number else set()
    return replace(reference, number=next(iter(known))) if len(known) == 1 else reference
