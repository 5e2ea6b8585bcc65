"""A claim through its rounds: each set that has it, what changed in it, and between the sets what it met."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from components.content.claims.claims import IDENTIFIERS_SINCE, OLDER_FORM
from components.content.claims.compare import ClaimChange, as_first, compare_claims
from components.content.claims.status_identifiers import NOT_ENTERED
from components.content.records import Claim, ClaimSet, ClaimStatus, DatedContent, Ground

_BASE_NOT_COMPARED: Final = "The set before it is not compared, so that nothing is known of what changed."
_STATED: Final = ("action", "advisory", "allowance")
"""The kinds of papers that say how claims stand."""
_FROM_PATENT: Final = ("1.173", "1.530")
"""Rules by which marks are marks against the patent, not against the set before."""


@dataclass(frozen=True, slots=True)
class ClaimRound:
    """What one paper has of a claim: its text, or what it met."""

    dated: DatedContent
    claim: Claim | None = None
    """As this paper has it; `None` in an action, and where a set has no such claim."""
    change: ClaimChange | None = None
    """Against the set before that has it; `None` where the sets are not compared."""
    not_compared: str = ""
    """Why they are not, in words."""
    against: DatedContent | None = None
    """The paper with the set against which it is compared; `None` where it is the first."""
    unread_between: int = 0
    """How many sets between both were not read: what changed may have changed there."""
    grounds: tuple[Ground, ...] = ()
    """The grounds by which this paper rejects it."""
    unclear: tuple[Ground, ...] = ()
    """Grounds of this paper whose claims cannot be read: they may be against it."""
    statuses: tuple[ClaimStatus, ...] = ()
    """What this paper says of it beside that: allowed, objected, withdrawn."""
    is_missing: bool = False
    """Whether it is a set in which a claim is not listed that an earlier one has."""


class _Base(NamedTuple):
    """A claim in a set with which a later one may be compared."""

    claim: Claim
    claims: ClaimSet
    dated: DatedContent


@dataclass(slots=True)
class _Before:
    """What is known of a claim before a paper."""

    last: _Base | None = None
    """The last set that has it."""
    earlier: _Base | None = None
    """The set before that, where an advisory action came after the last: it may not have been entered."""
    one_before: _Base | None = None
    has_set: bool = False
    why: str = ""
    """Why the set before is not compared."""
    unread: int = 0
    """How many sets after it were not read."""


def claim_numbers(papers: Iterable[DatedContent]) -> tuple[int, ...]:
    """Return the numbers of all claims of a file's sets, and of those that its actions name, in rising order."""
    found: set[int] = set()
    for dated in papers:
        content = dated.content
        found.update(claim.number for claim in (content.claims.claims if content.claims else ()))
        if content.kind in _STATED:
            found.update(number for ground in content.grounds for number in ground.claims)
    return tuple(sorted(found))


def why_not_compared(dated: DatedContent, *, is_first: bool) -> str:
    """Return why the set of a paper is not compared, in words; empty where it is.

    Args:
        dated: the paper.
        is_first: whether no set of its file stands before it.
    """
    claims = dated.content.claims
    if claims is None:
        return ""
    is_newer = dated.day is not None and dated.day >= IDENTIFIERS_SINCE
    if claims.not_compared:
        return "" if claims.not_compared == OLDER_FORM and is_newer else claims.not_compared
    is_older = dated.day is not None and not is_newer
    return OLDER_FORM if is_older and not is_first and claims.rule == "as filed" else ""


def last_set(papers: Iterable[DatedContent]) -> DatedContent | None:
    """Return the paper with the last set of claims of a file; `None` where none is read."""
    with_claims = [dated for dated in papers if has_claims(dated)]
    of_sets = [dated for dated in with_claims if dated.content.kind == "claims"]
    return max(of_sets or with_claims, key=lambda dated: dated.place, default=None)


def has_claims(dated: DatedContent) -> bool:
    """Return whether claims were read in a paper."""
    return dated.content.claims is not None and bool(dated.content.claims.claims)


def claim_rounds(papers: Sequence[DatedContent], number: int) -> tuple[ClaimRound, ...]:
    """Return a claim through the papers of one file, in reading order.

    Args:
        papers: what the file's papers say.
        number: of the claim.

    Returns:
        One for each set that has it, for each action that rejects it, allows it, objects to it or whose grounds cannot
        be read, and for each set in which it is not listed any more. Sets and actions that were not read are among
        them.
    """
    before = _Before()
    rounds: list[ClaimRound] = []
    in_order = sorted(papers, key=lambda each: each.place)
    days = {dated.day for dated in in_order if dated.content.kind == "claims" and has_claims(dated)}
    for dated in in_order:
        # Remarks that were filed with a set quote claims of it.
        if dated.content.claims and has_claims(dated) and (dated.content.kind == "claims" or dated.day not in days):
            rounds += _of_set(dated, dated.content.claims, number, before)
        elif dated.content.kind == "claims":
            before.unread += 1
            rounds.append(ClaimRound(dated))
        if dated.content.kind == "advisory":
            before.earlier = before.one_before
        rounds += _of_action(dated, number)
    return tuple(rounds)


def changes_of(papers: Sequence[DatedContent]) -> Iterator[tuple[DatedContent, ClaimRound]]:
    """Yield each claim of each set of one file with what changed in it, in reading order."""
    by_paper: dict[int, list[ClaimRound]] = {}
    for number in claim_numbers(papers):
        for each in claim_rounds(papers, number):
            if each.claim is not None:
                by_paper.setdefault(each.dated.place, []).append(each)
    for place in sorted(by_paper):
        for each in by_paper[place]:
            yield each.dated, each


def last_said(papers: Iterable[DatedContent]) -> DatedContent | None:
    """Return the last action of a file that was read; `None` where none was."""
    actions = [dated for dated in papers if dated.content.kind in _STATED and dated.content.outcome == "read"]
    return max(actions, key=lambda dated: dated.place, default=None)


def _of_set(dated: DatedContent, claims: ClaimSet, number: int, before: _Before) -> Iterator[ClaimRound]:
    """Yield what a set has of a claim, and remember it for the next."""
    claim = next((each for each in claims.claims if each.number == number), None)
    why = why_not_compared(dated, is_first=not before.has_set)
    if claim is not None:
        yield _with_change(dated, claims, claim, before, why)
    elif before.last is not None and claims.rule == "1.121":
        yield ClaimRound(dated, is_missing=True)
    before.has_set = True
    if claim is not None and claim.status != NOT_ENTERED:
        before.one_before, before.last, before.earlier = before.last, _Base(claim, claims, dated), None
        before.why, before.unread = why, 0
    elif claim is None and why and before.last is None:
        before.why = why


def _with_change(dated: DatedContent, claims: ClaimSet, claim: Claim, before: _Before, why: str) -> ClaimRound:
    if why:
        return ClaimRound(dated, claim, not_compared=why)
    if before.why:
        return ClaimRound(dated, claim, not_compared=_BASE_NOT_COMPARED)
    if not before.has_set:
        return ClaimRound(dated, claim, as_first(claim), unread_between=before.unread)
    # Marks are marks against the set before, so they say nothing of a set that stands before that.
    are_against = claims.rule not in _FROM_PATENT and not before.unread
    bases = [before.last, before.earlier] if before.earlier and are_against else [before.last]
    changes = [(_change(base, claims, claim, marks=are_against), base) for base in bases]
    # An amendment after a final action that was not entered is not what the next one is marked against.
    change, base = min(changes, key=lambda pair: len(pair[0].disagreements))
    return ClaimRound(dated, claim, change, against=base.dated if base else None, unread_between=before.unread)


def _change(base: _Base | None, claims: ClaimSet, claim: Claim, *, marks: bool) -> ClaimChange:
    sets = (base.claims, claims) if base else (claims,)
    return compare_claims(base.claim if base else None, claim, sets, marks=marks)


def _of_action(dated: DatedContent, number: int) -> Iterator[ClaimRound]:
    """Yield what a paper of the office says of a claim; also that it was not read."""
    content = dated.content
    if content.kind not in _STATED:
        return
    grounds = tuple(ground for ground in content.grounds if number in ground.claims)
    unclear = tuple(ground for ground in content.grounds if not ground.claims)
    statuses = tuple(
        status for status in content.statuses if number in status.claims and status.kind not in ("pending", "rejected")
    )
    rejected = tuple(status for status in content.statuses if number in status.claims and status.kind == "rejected")
    if not grounds:
        statuses += rejected
    if grounds or unclear or statuses or content.outcome == "not read":
        yield ClaimRound(dated, grounds=grounds, unclear=unclear, statuses=statuses)
