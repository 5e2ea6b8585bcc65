"""Claims compared word by word between two sets, and what the marks of the scan say about the same change.

What an engine is known to mistake for one another is no change: quotation marks, hyphens, blanks, l and 1, rn and m.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property
from typing import Final, Literal, NamedTuple

from components.content.records import Claim, ClaimSet, MarkedWords
from components.content.status_identifiers import CANCELLED, NOT_ENTERED

MARKED_UNCHANGED: Final = "marked, text unchanged"
CHANGED_UNMARKED: Final = "changed, not marked"
_MOST_WORDS: Final = 4_000
"""Longer claims are not compared word by word."""
_MISREADINGS: Final = (
    ("rn", "m"), ("vv", "w"), ("cl", "d"), ("li", "h"), ("ri", "n"), ("ii", "u"), ("ti", "fi"), ("e", "c"), ("o", "c"),
    ("i", "l"), ("t", "l"), ("f", "t"), ("b", "h"), ("q", "g"), ("y", "v"), ("a", "c"),
)  # fmt: skip
"""Letters that an engine mistakes for one another: the first are read as the second, in both words alike."""
_LONG_ENOUGH: Final = 4
"""Shorter words are not taken for misreadings of one another."""
_UNMARKED_STATUSES: Final = ("original", "previously presented", "withdrawn")
_SHOWN: Final = 12
"""So many words of a disagreement are named."""


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
    def is_changed(self) -> bool:
        """Whether any word came or went."""
        return any(piece.kind != "same" for piece in self.pieces)

    def words(self, kind: Literal["added", "struck"]) -> tuple[str, ...]:
        """Return the words that came, or those that went, as they stand together."""
        return tuple(piece.text for piece in self.pieces if piece.kind == kind)


class _Token(NamedTuple):
    text: str
    key: str
    """What is compared."""
    start: int
    end: int


class _Part(NamedTuple):
    text: str
    kind: Literal["same", "added", "struck"]
    at: int
    """Where it stands in the claim's text."""


class _Block(NamedTuple):
    """A part of two rows of words: alike, or not."""

    is_same: bool
    before: slice
    after: slice


class _Compared(NamedTuple):
    blocks: list[_Block]
    misread: list[str]


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
    parts = [part for part in _parts(claim) if part.text.strip()]
    return tuple(
        Piece(part.kind, part.text.strip(), _goes_on(part, claim.text) and index > 0)
        for index, part in enumerate(parts)
    )


def _goes_on(part: _Part, text: str) -> bool:
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
    tokens = _tokens(before.text), _tokens(after.text)
    if max(map(len, tokens)) > _MOST_WORDS:
        whole = (Piece("struck", before.text), Piece("added", after.text))
        return ClaimChange(after.number, before.text, after.text, after.status, whole)
    return _by_words(before, after, tokens, sets, marks=marks)


def _by_words(
    before: Claim, after: Claim, tokens: tuple[list[_Token], list[_Token]], sets: Iterable[ClaimSet], *, marks: bool
) -> ClaimChange:
    """Return a change word by word; marks that agree with the words say where the same words came twice."""
    old, new = tokens
    is_by_engine = min(before.confidence, after.confidence) < 100
    vocabulary = _Vocabulary(sets if is_by_engine else ())
    marked_claim = _without_spills(after, frozenset(token.key for token in old))
    disagreements = tuple(_disagreements(old, marked_claim, vocabulary)) if marks else ()
    # Words that are underlined and stood there before would be struck and added again.
    are_all_new = marks and not any(said.startswith(MARKED_UNCHANGED) for said in disagreements)
    marked = _marked_tokens(new, marked_claim) if are_all_new else frozenset()
    alone = [_unlike(token) if index in marked else token for index, token in enumerate(new)]
    compared = _compare(old, alone, vocabulary)
    pieces = tuple(_pieces(old, new, compared.blocks))
    if marks and not disagreements:
        disagreements = tuple(_by_status(pieces, after))
    misread = tuple(dict.fromkeys(compared.misread))
    return ClaimChange(after.number, before.text, after.text, after.status, pieces, disagreements, misread)


def _gone(before: Claim, after: Claim) -> tuple[Piece, ...]:
    """Return the pieces of a claim without a text: of a cancelled one all words are struck."""
    if after.status == CANCELLED:
        return (Piece("struck", before.text),)
    return (Piece("same", before.text),) if after.status == NOT_ENTERED else ()


class _Vocabulary:
    """How often each word stands in sets; counted when it is first asked for, which is seldom."""

    def __init__(self, sets: Iterable[ClaimSet]) -> None:
        self._sets = tuple(sets)

    @cached_property
    def counts(self) -> Counter[str]:
        """The counts, by what is compared of a word."""
        return Counter(token.key for each in self._sets for claim in each.claims for token in _tokens(claim.text))


def _tokens(text: str) -> list[_Token]:
    """Return the words of a text; what has no letter and no digit is none."""
    found = (_Token(match[0], _key(match[0]), *match.span()) for match in re.finditer(r"\S+", text))
    return [token for token in found if token.key]


def _key(word: str) -> str:
    """Return a word without what engines read now so, now so."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKC", word) if letter.isalnum() or letter == "|")
    if plain.isdigit():
        return plain
    if plain in ("l", "I", "|"):
        return "1"
    inner = plain[:1] + plain[1:].replace("I", "l") if not plain.isupper() else plain
    folded = inner.casefold().translate(str.maketrans("|10", "llo"))
    return folded.replace("rn", "m").replace("vv", "w")


def _unlike(token: _Token) -> _Token:
    """Return a word that is alike no other: marked as added, it did not stand in the text before."""
    return token._replace(key=f"+{token.key}")


def _compare(before: Sequence[_Token], after: Sequence[_Token], vocabulary: _Vocabulary) -> _Compared:
    """Return two rows of words in blocks; words that differ by a misreading only are alike."""
    matcher = SequenceMatcher(None, [token.key for token in before], [token.key for token in after], autojunk=False)
    blocks: list[_Block] = []
    misread: list[str] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "replace":
            blocks.append(_Block(tag == "equal", slice(i1, i2), slice(j1, j2)))
            continue
        for block in _parted(before, after, (i1, i2, j1, j2), vocabulary):
            blocks.append(block)
            if block.is_same and not _are_joined_alike(before[block.before], after[block.after]):
                misread.append(f"{_text(before[block.before])} / {_text(after[block.after])}")
    return _Compared(blocks, misread)


def _parted(
    before: Sequence[_Token], after: Sequence[_Token], at: tuple[int, int, int, int], vocabulary: _Vocabulary
) -> Iterator[_Block]:
    """Yield a block of words that differ without those at its ends that are alike all the same."""
    i1, i2, j1, j2 = at
    if _are_joined_alike(before[i1:i2], after[j1:j2]):
        yield _Block(True, slice(i1, i2), slice(j1, j2))
        return
    head = 0
    while head < min(i2 - i1, j2 - j1) and _is_misreading(before[i1 + head], after[j1 + head], vocabulary):
        yield _Block(True, slice(i1 + head, i1 + head + 1), slice(j1 + head, j1 + head + 1))
        head += 1
    i1, j1 = i1 + head, j1 + head
    tail = 0
    while tail < min(i2 - i1, j2 - j1) and _is_misreading(before[i2 - 1 - tail], after[j2 - 1 - tail], vocabulary):
        tail += 1
    if i1 < i2 - tail or j1 < j2 - tail:
        yield _Block(False, slice(i1, i2 - tail), slice(j1, j2 - tail))
    for index in range(tail, 0, -1):
        yield _Block(True, slice(i2 - index, i2 - index + 1), slice(j2 - index, j2 - index + 1))


def _are_joined_alike(before: Sequence[_Token], after: Sequence[_Token]) -> bool:
    """Return whether words are alike but for the blanks between them: "front end" and "front-end"."""
    return "".join(token.key for token in before) == "".join(token.key for token in after)


def _is_misreading(before: _Token, after: _Token, vocabulary: _Vocabulary) -> bool:
    """Return whether one of two words is the other, misread: it stands nowhere else, and the other does."""
    one, other = before.key, after.key
    if min(len(one), len(other)) < _LONG_ENOUGH or any(map(str.isdigit, one + other)) or _folded(one) != _folded(other):
        return False
    odd, usual = sorted((vocabulary.counts[one], vocabulary.counts[other]))
    return odd <= 1 < usual


def _folded(word: str) -> str:
    for letters, read_as in _MISREADINGS:
        word = word.replace(letters, read_as)
    return word


def _pieces(before: Sequence[_Token], after: Sequence[_Token], blocks: Iterable[_Block]) -> Iterator[Piece]:
    """Yield the words of two texts in reading order, each kind together as far as it goes."""
    same: list[_Token] = []
    for block in blocks:
        if block.is_same:
            same += after[block.after]
            continue
        if same:
            yield Piece("same", _text(same))
            same = []
        if before[block.before]:
            yield Piece("struck", _text(before[block.before]))
        if after[block.after]:
            yield Piece("added", _text(after[block.after]))
    if same:
        yield Piece("same", _text(same))


def _text(tokens: Iterable[_Token]) -> str:
    return " ".join(token.text for token in tokens)


def _marked_tokens(tokens: Sequence[_Token], claim: Claim) -> frozenset[int]:
    """Return which words of a text are underlined as a whole."""
    spans = [(mark.at, mark.at + len(mark.text)) for mark in claim.marks if mark.kind == "added" and mark.at >= 0]
    return frozenset(
        index
        for index, token in enumerate(tokens)
        if any(start <= _bare(token)[0] and _bare(token)[1] <= end for start, end in spans)
    )


def _bare(token: _Token) -> tuple[int, int]:
    """Return where a word begins and ends without the marks of punctuation around it."""
    begin = len(token.text) - len(token.text.lstrip("\"'([{.,;:"))
    end = len(token.text.rstrip("\"')]}.,;:"))
    return token.start + begin, token.start + end


def _by_status(pieces: Sequence[Piece], after: Claim) -> Iterator[str]:
    """Yield where the status of a claim does not agree with its words."""
    changed = [piece for piece in pieces if piece.kind != "same"]
    status = after.status.partition(" - ")[2] or after.status
    if not changed and status == "currently amended":
        yield f"{MARKED_UNCHANGED}: its status is “{after.status}”, and no word came or went"
    if changed and status in _UNMARKED_STATUSES:
        named = ", ".join(f"“{_short(piece.text)}” {piece.kind}" for piece in changed[:4])
        yield f"{CHANGED_UNMARKED}: its status is “{after.status}”, and its words differ: {named}"


def _without_spills(claim: Claim, before: frozenset[str]) -> Claim:
    """Return a claim without lines that run on below a letter of the next word.

    Args:
        claim: with its marks.
        before: the words of the set before. A word of which a part is underlined stood there without that part, as
            "cell" where "cells" has its s underlined; if the whole word did, the line runs on too far.
    """
    return replace(claim, marks=tuple(_without_spill(mark, claim.text, before) for mark in claim.marks))


def _without_spill(mark: MarkedWords, text: str, before: frozenset[str]) -> MarkedWords:
    start, end = mark.at, mark.at + len(mark.text)
    if mark.kind != "added" or mark.at < 0 or " " not in mark.text:
        return mark
    begin, stop = text.rfind(" ", 0, start) + 1, text.find(" ", end)
    stop = len(text) if stop < 0 else stop
    first_end, last_begin = text.index(" ", start), text.rindex(" ", start, end) + 1
    if begin < start and _key(text[begin:start]) not in before and _key(text[begin:first_end]) in before:
        start = first_end + 1
    if end < stop and _key(text[end:stop]) not in before and _key(text[last_begin:stop]) in before:
        end = last_begin - 1
    return replace(mark, text=text[start:end], at=start) if start < end else mark


class _Origin(NamedTuple):
    token: _Token
    is_struck: bool


def _disagreements(before: Sequence[_Token], after: Claim, vocabulary: _Vocabulary) -> Iterator[str]:
    """Yield where the marks of a claim do not agree with the words of the set before.

    Without what is underlined and with what is struck, an amended claim is the claim before, word by word.
    """
    if not after.marks_read or not (after.status.endswith("currently amended") or after.marks):
        return
    origins, added = _claim_before(after)
    said = [origin.token for origin in origins]
    for block in _compare(before, said, vocabulary).blocks:
        if block.is_same:
            continue
        stood, now = before[block.before], origins[block.after]
        struck = [origin.token for origin in now if origin.is_struck]
        plain = [origin.token for origin in now if not origin.is_struck]
        yield from _about_struck(struck, stood)
        yield from _about_plain(plain)
        if not struck:
            yield from _about_gone(stood, added[block.after.start : block.after.stop + 1])


def _about_struck(struck: Sequence[_Token], stood: Sequence[_Token]) -> Iterator[str]:
    """Struck words are read badly: where the set before has words there, these are they."""
    if not stood and _matters(struck):
        yield f"{MARKED_UNCHANGED}: “{_short(_text(struck))}” is struck and did not stand in the set before"


def _about_plain(plain: Sequence[_Token]) -> Iterator[str]:
    if _matters(plain):
        yield f"{CHANGED_UNMARKED}: “{_short(_text(plain))}” was added and is not underlined"


def _about_gone(stood: Sequence[_Token], added: Iterable[str]) -> Iterator[str]:
    """Yield what is said of words that are gone: they stand there underlined, or were left out without a line."""
    if not _matters(stood):
        return
    keys = "".join(token.key for token in stood)
    if any(keys in each for each in added):
        yield f"{MARKED_UNCHANGED}: “{_short(_text(stood))}” is underlined and stood in the set before"
    else:
        yield f"{CHANGED_UNMARKED}: “{_short(_text(stood))}” was left out and is not struck"


def _matters(tokens: Sequence[_Token]) -> bool:
    """Return whether words are more than a letter that an engine saw in a speck."""
    return sum(len(token.key) for token in tokens) > 1 or any(token.key.isdigit() for token in tokens)


def _short(text: str) -> str:
    words = text.split()
    return " ".join(words[:_SHOWN]) + (" …" if len(words) > _SHOWN else "")


def _claim_before(claim: Claim) -> tuple[list[_Origin], list[str]]:
    """Return the words that a claim had before by its marks, and what is underlined before each and at the end."""
    return _origins([(_with_blanks(text, kind, claim.text, at), kind) for text, kind, at in _parts(claim)])


def _parts(claim: Claim) -> Iterator[_Part]:
    """Yield the text of a claim in parts that are marked alike, what is struck at its place."""
    cursor = 0
    for mark in sorted((mark for mark in claim.marks if mark.at >= 0), key=lambda mark: mark.at):
        if claim.text[cursor : mark.at]:
            yield _Part(claim.text[cursor : mark.at], "same", cursor)
        cursor = max(cursor, mark.at)
        yield _Part(mark.text, mark.kind, mark.at)
        if mark.kind == "added":
            cursor = mark.at + len(mark.text)
    if claim.text[cursor:]:
        yield _Part(claim.text[cursor:], "same", cursor)


def _with_blanks(words: str, kind: str, text: str, at: int) -> str:
    """Return struck words as they stood in the text: apart from the words beside them, or at the end of one."""
    if kind != "struck":
        return words
    is_new_word = at == 0 or at > len(text) or text[at - 1] == " "
    return f" {words} " if is_new_word else f"{words} "


def _origins(parts: Sequence[tuple[str, str]]) -> tuple[list[_Origin], list[str]]:
    kept = [(text, kind) for text, kind in parts if kind != "added"]
    whole = "".join(text for text, _ in kept)
    struck: list[tuple[int, int]] = []
    places: list[tuple[int, str]] = []
    length = 0
    for text, kind in parts:
        if kind == "added":
            places.append((length, "".join(token.key for token in _tokens(text))))
            continue
        if kind == "struck":
            struck.append((length, length + len(text)))
        length += len(text)
    tokens = _tokens(whole)
    origins = [
        _Origin(token, any(start < token.end and token.start < end for start, end in struck)) for token in tokens
    ]
    added = [""] * (len(tokens) + 1)
    for place, keys in places:
        index = next((index for index, token in enumerate(tokens) if token.end > place), len(tokens))
        added[index] += keys
    return origins, added
