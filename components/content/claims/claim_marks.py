"""What the marks of a scan say of a claim, held against the words of the set before."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final, Literal, NamedTuple

from components.content.claims.claim_words import Token, Vocabulary, compare_words, text_of, tokens_of, word_key
from components.content.records import Claim, MarkedWords

MARKED_UNCHANGED: Final = "marked, text unchanged"
CHANGED_UNMARKED: Final = "changed, not marked"
_SHOWN: Final = 12
"""So many words of a disagreement are named."""


class Part(NamedTuple):
    """A part of a claim's text that is marked alike."""

    text: str
    kind: Literal["same", "added", "struck"]
    at: int
    """Where it stands in the claim's text."""


def without_spills(claim: Claim, before: frozenset[str]) -> Claim:
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
    if begin < start and word_key(text[begin:start]) not in before and word_key(text[begin:first_end]) in before:
        start = first_end + 1
    if end < stop and word_key(text[end:stop]) not in before and word_key(text[last_begin:stop]) in before:
        end = last_begin - 1
    return replace(mark, text=text[start:end], at=start) if start < end else mark


def split_at_marks(tokens: Sequence[Token], claim: Claim) -> list[Token]:
    """Return the words of a claim, parted where underlining begins or ends within one; what is underlined is like none.

    It did not stand in the text before, so it is compared with no word of that.
    """
    spans = [(mark.at, mark.at + len(mark.text)) for mark in claim.marks if mark.kind == "added" and mark.at >= 0]
    return [part for token in tokens for part in _split(token, spans)]


def _split(token: Token, spans: Sequence[tuple[int, int]]) -> Iterator[Token]:
    inside = [any(start <= at < end for start, end in spans) for at in range(token.start, token.end)]
    begin = 0
    pieces: list[Token] = []
    for at in range(1, len(inside) + 1):
        if at < len(inside) and inside[at] == inside[begin]:
            continue
        text = token.text[begin:at]
        key = f"+{word_key(text)}" if inside[begin] else word_key(text)
        pieces.append(Token(text, key, token.start + begin, token.start + at, goes_on=begin > 0))
        begin = at
    worded = [piece for piece in pieces if word_key(piece.text)]
    if len(worded) > 1:
        yield from pieces
    else:  # a mark of punctuation alone is no part of a word
        yield token._replace(key=worded[0].key if worded else token.key)


def struck_ends(claim: Claim) -> dict[int, str]:
    """Return what is struck at the end of a word that stays, by where that word ends in the claim's text."""
    struck = [mark for mark in claim.marks if mark.kind == "struck" and 0 < mark.at <= len(claim.text)]
    return {mark.at: mark.text for mark in struck if not claim.text[mark.at - 1].isspace()}


class _Origin(NamedTuple):
    token: Token
    is_struck: bool


class _Before(NamedTuple):
    """A claim as it was before, by its marks."""

    origins: list[_Origin]
    added: list[str]
    """What is underlined before each of these words, and at the end."""
    unread: list[bool]
    """Whether something that was not read is struck before each of them, and at the end."""

    def is_struck_near(self, words: slice) -> bool:
        """Return whether something is struck among words or beside them."""
        near = self.origins[max(words.start - 1, 0) : words.stop + 1]
        return any(origin.is_struck for origin in near) or any(self.unread[words.start : words.stop + 1])


def disagreements_of(before: Sequence[Token], after: Claim, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield where the marks of a claim do not agree with the words of the set before.

    Without what is underlined and with what is struck, an amended claim is the claim before, word by word.
    """
    if not after.marks_read or not (after.status.endswith("currently amended") or after.marks):
        return
    was = _claim_before(after)
    said = [origin.token for origin in was.origins]
    for block in compare_words(before, said, vocabulary).blocks:
        if block.is_same:
            continue
        stood, now = before[block.before], was.origins[block.after]
        struck = [origin.token for origin in now if origin.is_struck]
        plain = [origin.token for origin in now if not origin.is_struck]
        is_struck_near = was.is_struck_near(block.after)
        yield from _about_struck(struck, stood)
        if not (is_struck_near and _are_fragments(plain, stood)):
            yield from _about_plain(plain)
        if not is_struck_near:
            yield from _about_gone(stood, was.added[block.after.start : block.after.stop + 1])


def _are_fragments(plain: Sequence[Token], stood: Sequence[Token]) -> bool:
    """Return whether words are what an engine left of words that are struck."""
    return all(any(token.key in each.key for each in stood) for token in plain)


def _about_struck(struck: Sequence[Token], stood: Sequence[Token]) -> Iterator[str]:
    """Struck words are read badly: where the set before has words there, these are they."""
    if not stood and _matters(struck):
        yield f"{MARKED_UNCHANGED}: “{shortened_words(text_of(struck))}” is struck and did not stand in the set before"


def _about_plain(plain: Sequence[Token]) -> Iterator[str]:
    if _matters(plain):
        yield f"{CHANGED_UNMARKED}: “{shortened_words(text_of(plain))}” was added and is not underlined"


def _about_gone(stood: Sequence[Token], added: Iterable[str]) -> Iterator[str]:
    """Yield what is said of words that are gone: they stand there underlined, or were left out without a line."""
    if not _matters(stood):
        return
    keys = "".join(token.key for token in stood)
    if any(keys in each for each in added):
        yield f"{MARKED_UNCHANGED}: “{shortened_words(text_of(stood))}” is underlined and stood in the set before"
    else:
        yield f"{CHANGED_UNMARKED}: “{shortened_words(text_of(stood))}” was left out and is not struck"


def _matters(tokens: Sequence[Token]) -> bool:
    """Return whether words are more than a letter that an engine saw in a speck."""
    return sum(len(token.key) for token in tokens) > 1 or any(token.key.isdigit() for token in tokens)


def shortened_words(text: str) -> str:
    """Return words as a disagreement names them: the first of many."""
    words = text.split()
    return " ".join(words[:_SHOWN]) + (" …" if len(words) > _SHOWN else "")


def _claim_before(claim: Claim) -> _Before:
    """Return the words that a claim had before by its marks."""
    return _origins([(_with_blanks(text, kind, claim.text, at), kind) for text, kind, at in parts_of(claim)])


def parts_of(claim: Claim) -> Iterator[Part]:
    """Yield the text of a claim in parts that are marked alike, what is struck at its place."""
    cursor = 0
    for mark in sorted((mark for mark in claim.marks if mark.at >= 0), key=lambda mark: mark.at):
        if claim.text[cursor : mark.at]:
            yield Part(claim.text[cursor : mark.at], "same", cursor)
        cursor = max(cursor, mark.at)
        yield Part(mark.text, mark.kind, mark.at)
        if mark.kind == "added":
            cursor = mark.at + len(mark.text)
    if claim.text[cursor:]:
        yield Part(claim.text[cursor:], "same", cursor)


def _with_blanks(words: str, kind: str, text: str, at: int) -> str:
    """Return struck words as they stood in the text: apart from the words beside them, or at the end of one."""
    if kind != "struck":
        return words
    is_new_word = at == 0 or at > len(text) or text[at - 1] == " "
    return f" {words} " if is_new_word else f"{words} "


def _origins(parts: Sequence[tuple[str, str]]) -> _Before:
    struck: list[tuple[int, int]] = []
    added_at: list[tuple[int, str]] = []
    unread_at: list[int] = []
    length = 0
    for text, kind in parts:
        if kind == "added":
            added_at.append((length, "".join(token.key for token in tokens_of(text))))
            continue
        if kind == "struck" and text.strip():
            struck.append((length, length + len(text)))
        elif kind == "struck":
            unread_at.append(length)
        length += len(text)
    tokens = tokens_of("".join(text for text, kind in parts if kind != "added"))
    origins = [
        _Origin(token, any(start < token.end and token.start < end for start, end in struck)) for token in tokens
    ]
    added, unread = [""] * (len(tokens) + 1), [False] * (len(tokens) + 1)
    for place, keys in added_at:
        added[_first_behind(tokens, place)] += keys
    for place in unread_at:
        unread[_first_behind(tokens, place)] = True
    return _Before(origins, added, unread)


def _first_behind(tokens: Sequence[Token], place: int) -> int:
    return next((index for index, token in enumerate(tokens) if token.end > place), len(tokens))
