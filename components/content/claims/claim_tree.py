"""Claims as a tree: what depends on what, the independent ones first."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from components.content.records import Claim


class TreeClaim(NamedTuple):
    """A claim in its place in the tree."""

    claim: Claim
    depth: int
    """0 for an independent claim, 1 for one that depends on it, and so on."""
    also_on: tuple[int, ...]
    """Of one that depends on several: the others, below which it does not stand."""


def claim_tree(claims: Iterable[Claim]) -> tuple[TreeClaim, ...]:
    """Return claims in the order of a tree, each once: below each claim those that depend on it, by rising numbers.

    A claim that depends on several stands below the first of them; one whose claim is not there, or that depends on
    itself in a circle, stands as if it were independent.
    """
    known = {claim.number: claim for claim in claims}
    parents = {number: _parent(claim, known) for number, claim in known.items()}
    children: dict[int, list[int]] = {}
    roots = []
    for number in sorted(known):
        parent = parents[number]
        if parent is None or _is_circle(number, parents):
            roots.append(number)
        else:
            children.setdefault(parent, []).append(number)
    return tuple(_walk(roots, children, known))


def _parent(claim: Claim, known: dict[int, Claim]) -> int | None:
    return next((number for number in claim.depends_on if number in known and number != claim.number), None)


def _is_circle(number: int, parents: dict[int, int | None]) -> bool:
    """Return whether the way up from a claim leads back to it."""
    seen = set()
    at = parents[number]
    while at is not None and at not in seen:
        if at == number:
            return True
        seen.add(at)
        at = parents[at]
    return False


def _walk(roots: list[int], children: dict[int, list[int]], known: dict[int, Claim]) -> Iterator[TreeClaim]:
    waiting = [(number, 0) for number in reversed(roots)]
    while waiting:
        number, depth = waiting.pop()
        claim = known[number]
        below = [each for each in claim.depends_on if each in known and each != number]
        yield TreeClaim(claim, depth, tuple(below[1:]) if depth else ())
        waiting += [(child, depth + 1) for child in reversed(children.get(number, []))]
