"""Claims compared word by word between two sets, and what the marks of the scan say about the same change.

What an engine is known to mistake for one another is no change: quotation marks, hyphens, blanks, l and 1, rn and m.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from components.content.claims.claim_marks import (
    CHANGED_UNMARKED,
    MARKED_UNCHANGED,
    Part,
    disagreements_of,
    parts_of,
    shortened_words,
    split_at_marks,
    struck_ends,
    without_spills,
)
from components.content.claims.claim_words import Block, Token, Vocabulary, compare_words, text_of, tokens_of, word_key
from components.content.claims.status_identifiers import CANCELLED, NOT_ENTERED
from components.content.records import Claim, ClaimSet, finding_id

_MOST_WORDS: Final = 4_000
"""Longer claims are not compared word by word."""
_WORDS_IN_ID: Final = 12
_SPECK: Final = 3
_UNMARKED_STATUSES: Final = ("original", "previously presented", "withdrawn")


class Piece(NamedTuple):
    """Words of a claim that both sets have, or only one."""

    kind: Literal["same", "added", "struck"]
    text: str
    goes_on: bool = False
    """Whether it goes on in the last word before it: the s of "cells"."""


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """What became of one claim from one set to another."""

    number: int
    before: str | None
    """Its text in the set before; `None` where that has no such claim."""
    after: str
    status: str
    pieces: tuple[Piece, ...]
    """The text of both, in reading order; what was struck stands before what came in its place."""
    disagreements: tuple[str, ...] = ()
    """Where marks or status do not agree with the words: `marked, text unchanged: …`, `changed, not marked: …`."""
    misread: tuple[str, ...] = ()
    """Words that differ, taken for a misreading: `electrcal / electrical`."""
    by_marks: bool = False
    """Whether what came and went is known from the marks only, because no set before is read."""

    @property
    def disagreement_ids(self) -> tuple[str, ...]:
        """The ids of the disagreements, under which a person's marks of them are kept."""
        return tuple(disagreement_id(self.number, words) for words in self.disagreements)

    @property
    def is_changed(self) -> bool:
        """Whether any word came or went."""
        return any(piece.kind != "same" for piece in self.pieces)

    def words(self, kind: Literal["added", "struck"]) -> tuple[str, ...]:
        """Return the words that came, or those that went, as they stand together."""
        return tuple(piece.text for piece in self.pieces if piece.kind == kind)


def disagreement_id(number: int, words: str) -> str:
    """Return the id of a disagreement of a claim: `flag changed, not marked claim 3 a lid was added`.

    It holds the words concerned, so that a mark of it is none of another one that a later reading finds.
    """
    kind, _, about = words.partition(": ")
    return finding_id("flag", kind, f"claim {number}", *re.findall(r"\w+", about.lower())[:_WORDS_IN_ID])


def is_disagreement(finding: str) -> bool:
    """Return whether an id is that of a disagreement, which no paper has by itself but two sets beside each other."""
    return finding.startswith((f"flag {MARKED_UNCHANGED}", f"flag {CHANGED_UNMARKED}"))


def compare_sets(before: ClaimSet | None, after: ClaimSet) -> tuple[ClaimChange, ...]:
    """Return what became of each claim of a set.

    Args:
        before: the set before; `None` if there is none: then nothing is added.
        after: the set.

    Returns:
        One for each claim of `after`, in its order; none if either set is not compared.
    """
    if after.not_compared or (before is not None and before.not_compared):
        return ()
    if before is None:
        return tuple(as_first(claim) for claim in after.claims)
    earlier = {claim.number: claim for claim in before.claims}
    return tuple(compare_claims(earlier.get(claim.number), claim, (before, after)) for claim in after.claims)


def as_first(claim: Claim) -> ClaimChange:
    """Return a claim as the first set has it: what came and went is known from its marks only."""
    return ClaimChange(claim.number, None, claim.text, claim.status, pieces_by_marks(claim), by_marks=bool(claim.marks))


def pieces_by_marks(claim: Claim) -> tuple[Piece, ...]:
    """Return the text of a claim with what is underlined in it as added, and what is struck."""
    parts = [part for part in parts_of(claim) if part.text.strip()]
    return tuple(
        Piece(part.kind, part.text.strip(), _goes_on(part, claim.text) and index > 0)
        for index, part in enumerate(parts)
    )


def _goes_on(part: Part, text: str) -> bool:
    """Return whether a part begins within a word."""
    return not part.text[0].isspace() and 0 < part.at <= len(text) and not text[part.at - 1].isspace()


def compare_claims(
    before: Claim | None, after: Claim, sets: Iterable[ClaimSet] = (), *, marks: bool = True
) -> ClaimChange:
    """Return what became of one claim.

    Args:
        before: the claim in the set before; `None` if it has none.
        after: the claim.
        sets: the sets of both, whose words tell a misread word from a rare one.
        marks: whether the marks of `after` are marks against `before`.
    """
    if before is None or not before.text:
        new: tuple[Piece, ...] = (Piece("added", after.text),) if after.text else ()
        return ClaimChange(after.number, None if before is None else before.text, after.text, after.status, new)
    if not after.text:
        return ClaimChange(after.number, before.text, "", after.status, _gone(before, after))
    tokens = tokens_of(before.text), tokens_of(after.text)
    if max(map(len, tokens)) > _MOST_WORDS:
        whole = (Piece("struck", before.text), Piece("added", after.text))
        return ClaimChange(after.number, before.text, after.text, after.status, whole)
    return _by_words(before, after, tokens, sets, marks=marks)


def _by_words(
    before: Claim, after: Claim, tokens: tuple[list[Token], list[Token]], sets: Iterable[ClaimSet], *, marks: bool
) -> ClaimChange:
    """Return a change word by word; marks that agree with the words say where the same words came twice."""
    old, new = tokens
    is_by_engine = min(before.confidence, after.confidence) < 100
    vocabulary = Vocabulary(sets if is_by_engine else ())
    marked_claim = without_spills(after, frozenset(token.key for token in old))
    disagreements = tuple(disagreements_of(old, marked_claim, vocabulary)) if marks else ()
    # Words that are underlined and stood there before would be struck and added again.
    are_all_new = marks and not any(said.startswith(MARKED_UNCHANGED) for said in disagreements)
    if are_all_new:
        new = split_at_marks(new, marked_claim)
    compared = compare_words(old, new, vocabulary)
    ends = struck_ends(marked_claim) if are_all_new else {}
    pieces = tuple(_pieces(old, new, compared.blocks, ends))
    if marks and not disagreements:
        disagreements = tuple(_by_status(pieces, after, least=_SPECK if is_by_engine else 1))
    misread = tuple(dict.fromkeys(compared.misread))
    return ClaimChange(after.number, before.text, after.text, after.status, pieces, disagreements, misread)


def _gone(before: Claim, after: Claim) -> tuple[Piece, ...]:
    """Return the pieces of a claim without a text: of a cancelled one all words are struck."""
    if after.status == CANCELLED:
        return (Piece("struck", before.text),)
    return (Piece("same", before.text),) if after.status == NOT_ENTERED else ()


def _pieces(
    before: Sequence[Token], after: Sequence[Token], blocks: Iterable[Block], ends: dict[int, str]
) -> Iterator[Piece]:
    """Yield the words of two texts in reading order, each kind together as far as it goes.

    Args:
        before: the words of the set before.
        after: the words of the set.
        blocks: which of them are alike.
        ends: what is struck at the end of a word of `after`, by where that ends.
    """
    same: list[Token] = []
    for block in blocks:
        gone, came = list(before[block.before]), list(after[block.after])
        if block.is_same:
            same += came
            continue
        end = ends.get(came[0].end, "") if gone and came else ""
        whole = word_key(came[0].text + end) if end else ""
        at = next((index for index, token in enumerate(gone) if token.key == whole), None)
        if at is not None:  # "cells" of which the s is struck
            yield from _piece("same", same)
            yield from _piece("struck", gone[:at])
            yield Piece("same", came[0].text, came[0].goes_on)
            yield Piece("struck", end, goes_on=True)
            same, gone, came = [], gone[at + 1 :], came[1:]
        yield from _piece("same", same)
        same = []
        yield from _piece("struck", gone)
        yield from _piece("added", came)
    yield from _piece("same", same)


def _piece(kind: Literal["same", "added", "struck"], tokens: Sequence[Token]) -> Iterator[Piece]:
    if tokens:
        yield Piece(kind, text_of(tokens), tokens[0].goes_on)


def _is_word(text: str, least: int) -> bool:
    return len(word_key(text)) >= least or any(map(str.isdigit, text))


def _by_status(pieces: Sequence[Piece], after: Claim, *, least: int) -> Iterator[str]:
    """Yield where the status of a claim does not agree with its words.

    Args:
        pieces: its text.
        after: the claim.
        least: so many letters are a word that came or went; an engine sees letters in specks.
    """
    is_changed = any(piece.kind != "same" for piece in pieces)
    changed = [piece for piece in pieces if piece.kind != "same" and _is_word(piece.text, least)]
    status = after.status.partition(" - ")[2] or after.status
    if not is_changed and status == "currently amended":
        yield f"{MARKED_UNCHANGED}: its status is “{after.status}”, and no word came or went"
    if changed and status in _UNMARKED_STATUSES:
        named = ", ".join(f"“{shortened_words(piece.text)}” {piece.kind}" for piece in changed[:4])
        yield f"{CHANGED_UNMARKED}: its status is “{after.status}”, and its words differ: {named}"
