"""Which of the sentences that reject open a ground, and which only repeat, sum up or look back at one."""

import re
from collections.abc import Iterable, Sequence

from components.content.records import NamedReference
from components.content.rejections.candidates import ART, Candidate
from components.content.rejections.statutes import NONSTATUTORY, STATUTORY
from components.content.rejections.wording import LOOKS_BACK, REASONS_FOR


def without_repeats(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates that open a ground: each that no other covers, in order."""
    firm = [each for each in candidates if _is_firm(each)]
    firsts = [each for each in firm if not each.says_again]
    kept: list[Candidate] = []
    for each in firm:
        before = [*kept, *firsts] if each.says_again else kept
        if not _repeats(each, before) and not _sums_up(each, firm):
            kept.append(each)
    kept_firm = list(kept)
    for each in candidates:
        if not _is_firm(each) and _stands_alone(each) and not _is_said_elsewhere(each, kept, kept_firm):
            kept.append(each)
    return sorted(kept, key=lambda each: each.opening.start)


def surname(name: str) -> str:
    """Return the first word of a name for comparing, with the letters alike that engines take for each other."""
    words = re.findall(r"[^\W\d_][\w'-]*", name)
    return words[0].lower().translate(_ALIKE) if words else ""


_ALIKE = str.maketrans("l1|", "iii")


def _is_firm(each: Candidate) -> bool:
    opening = each.opening
    is_told = opening.standing == "said" and opening.section.kind != "answer"
    return is_told and not each.from_heading and bool(opening.claims)


def _is_said_elsewhere(each: Candidate, kept: Sequence[Candidate], firm: Sequence[Candidate]) -> bool:
    """Return whether a doubtful sentence speaks of what another ground has.

    Among the answers to arguments, in an action that has no heading for its grounds, several may have the same claims.
    """
    is_whole = each.opening.standing == "said" and bool(each.opening.claims) and not each.from_heading
    return _touches(firm if is_whole else kept, each) or _repeats(each, kept)


def _stands_alone(each: Candidate) -> bool:
    """Return whether a doubtful sentence opens a ground where no other has its statute and any of its claims."""
    opening = each.opening
    if opening.standing == "kept up":
        return True
    says_why = bool(REASONS_FOR.search(opening.predicate[:200])) and opening.begins
    if opening.standing == "looked back":
        words = opening.before + opening.predicate
        return says_why and opening.section.kind == "ground" and not LOOKS_BACK.search(words)
    return says_why and not (opening.claims and each.says_again)


def _touches(kept: Iterable[Candidate], each: Candidate) -> bool:
    """Return whether grounds under the same section have claims of a doubtful sentence."""
    others = [other for other in kept if other.opening.start != each.opening.start]
    same = [other for other in others if other.section == each.section]
    if not each.claims:
        return bool(same)
    return not set(each.claims).isdisjoint(claim for other in same for claim in other.claims)


def _repeats(each: Candidate, kept: Sequence[Candidate]) -> bool:
    """Return whether a sentence says again what an earlier one opened."""
    mine = set(each.claims)
    same = [other for other in kept if other.statute == each.statute and _same_reason(each, other)]
    if not mine:
        return False
    if any(_covers(other, each, mine) for other in same):
        return True
    by_all = {claim for other in same for claim in other.claims}
    return each.says_again and not each.references and mine <= by_all


def _same_reason(each: Candidate, other: Candidate) -> bool:
    return each.reason == other.reason or (each.says_again and not each.reason)


def _covers(other: Candidate, each: Candidate, mine: set[int]) -> bool:
    """Return whether one ground has the claims of a sentence, over the same references."""
    theirs = set(other.claims)
    if not mine <= theirs or not _same_references(each, other):
        return False
    return mine == theirs or bool(each.references) or each.says_again or not each.opening.begins


def _sums_up(each: Candidate, firm: Sequence[Candidate]) -> bool:
    """Return whether a sentence only sums up grounds that say more: that name references, or a subsection."""
    if each.references or not each.claims:
        return False
    others = [other for other in firm if other is not each and other.section == each.section]
    by_more = {claim for other in others if _says_more(other, each) for claim in other.claims}
    return set(each.claims) <= by_more


def _says_more(other: Candidate, each: Candidate) -> bool:
    if each.statute == each.section and other.statute != other.section:
        return True
    return each.statute.startswith(ART) and bool(other.references)


def _same_references(each: Candidate, other: Candidate) -> bool:
    if each.statute in (NONSTATUTORY, STATUTORY):
        return each.over == other.over or _numbers(each.references) == _numbers(other.references) != set()
    mine, theirs = _relied_on(each.references), _relied_on(other.references)
    if not all(any(_is_same(one, two) for two in theirs) for one in mine):
        return False
    return each.says_again or all(any(_is_same(one, two) for two in mine) for one in theirs)


def _numbers(references: Iterable[NamedReference]) -> set[str]:
    return {each.number for each in references if each.number}


def _relied_on(references: Iterable[NamedReference]) -> list[NamedReference]:
    return [each for each in references if not each.is_evidence]


def _is_same(one: NamedReference, other: NamedReference) -> bool:
    if one.number and other.number:
        return one.number == other.number
    return bool(one.name) and surname(one.name) == surname(other.name)
