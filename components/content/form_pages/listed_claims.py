"""A list of claims in the blank of a form, as an engine read it: blanks are underlined, so that signs are lost.

A blank holds nothing but its list, in rising order. So of all ways to read it that are possible, the one that changes
the fewest signs is meant: `1-15 1724-27` is 1-15, 17, 24-27, because there is no claim 1724, and 24 does not follow it.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

MOST_CLAIMS: Final = 999
LONGEST_RANGE: Final = 300
"""A range of more claims was misread."""
_JOINED: Final = 1.0
"""What it costs that a blank broke a number, `1 7`, in a list that has no commas."""
_JOINED_AMONG_COMMAS: Final = 1.8
_COMMA_LOST: Final = 0.1
"""That a list has blanks in place of all its commas."""
_UNORDERED: Final = 1.0
"""That a list does not rise."""
_RUN_TOGETHER: Final = 2.0
"""That two numbers ran together, `1724`."""
_HYPHEN_LOST: Final = 2.0
"""That the hyphen in a number was lost, `143` for 1-43."""
_HYPHEN_BLANK: Final = 1.5
"""That only a blank is left of a hyphen, `1 20`."""
_DIGIT_ADDED: Final = 3.0
"""That a digit was read into a number, `1-719` for 1-19."""
_LEGIBLE_COST: Final = 1.9
"""A reading that costs no more needs no other place that says the same."""
_CLEAR_LEAD: Final = 2.5
"""Nor does one that costs so much less than every other, up to `_HIGHEST_COST`."""
_HIGHEST_COST: Final = 3.1
_SMALL_LEAD: Final = 0.5
"""What is nearly as printed needs only so much less."""
_SIGN_LOST: Final = 2.0
"""That a comma or a hyphen was read as a blank or a point in a list that has commas: one is as likely as the other."""
_WITHIN: Final = 1.0
"""That an underline stands under a number, `5_2`, or in place of its hyphen, `1_23`."""
_COST_OF_SIGNS: Final[dict[str, tuple[float | None, float | None]]] = {
    "-": (0.0, None),
    ",": (None, 0.0),
    " ": (_HYPHEN_BLANK, _COMMA_LOST),
    "?": (_SIGN_LOST, _SIGN_LOST),
    ".": (_SIGN_LOST, _SIGN_LOST),
    "_": (_WITHIN, None),
    "": (None, 0.0),
}
"""What it costs to read a sign as a hyphen, and as a comma; `None` where it cannot be one."""
_COST_OF_JOINING: Final = {" ": _JOINED, "?": _JOINED_AMONG_COMMAS, "_": _WITHIN}
"""What it costs to read nothing there: the digits of one number."""
_MOST_READINGS: Final = 400
_LONGEST_BLANK: Final = 400
_DASHES: Final = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212~\u00ad", "-")
_AND: Final = re.compile(r"(?<![a-z])(?:and|an[ad]?|&|as well as|or)(?![a-z])", re.IGNORECASE)
_THROUGH: Final = re.compile(r"(?<![a-z])(?:through|thru|to)(?![a-z])", re.IGNORECASE)
_LIKE_A_DIGIT: Final = re.compile(r"[OoIl|](?=_{0,2}[\dOoIl|-])|(?<=[\d-])[OoIl|](?![a-z])")
_LIKE: Final = str.maketrans("OoIl|", "00111")
_BLANKS: Final = re.compile(r"(?<=\d)\s+(?=\d)")
_UNDERLINE: Final = re.compile(r"_+")
_PIECE: Final = re.compile(r"\d+|[-_]|[,;]|[A-Za-z?*#]+|[.:'\s]+|.")
_NO_SIGNS: Final = ".:' \n\t\f\"`|()[]{}"
"""Of these nothing is read, but one of them between two numbers may have been a comma or a hyphen."""
_NO_CLAIMS: Final = re.compile(r"(?!.*\*\*)[\W_]*(?:[Nn]one|NONE|[Nn]/?[Aa]|nil)?[\W_]*[a-z]?[\W_]*")
_ONE: Final = re.compile(r"\W*[lI|]\W*")


class Reading(NamedTuple):
    """One way to read a list."""

    claims: frozenset[int]
    cost: float


class FormList(NamedTuple):
    """What stands in a blank."""

    printed: str
    """The signs, as they were read."""
    readings: tuple[Reading, ...] = ()
    """All ways to read them, the likeliest first."""
    has_noise: bool = False
    """Whether there are signs between the numbers that are none of a list."""

    @property
    def claims(self) -> frozenset[int]:
        """The claims by the likeliest reading; empty where there is none."""
        return self.readings[0].claims if self.readings else frozenset()

    @property
    def is_clear(self) -> bool:
        """Whether the likeliest reading is that of what is printed, or nearly, and needs no second opinion."""
        if not self.readings or self.has_noise:
            return False
        first, *others = self.readings
        lead = min((other.cost - first.cost for other in others), default=_CLEAR_LEAD)
        if first.cost <= _LEGIBLE_COST:
            return first.cost == 0 or lead >= _SMALL_LEAD
        return first.cost <= _HIGHEST_COST and lead >= _CLEAR_LEAD


class _Token(NamedTuple):
    digits: str
    sign: str
    """What stands before it, a key of `_COST_OF_SIGNS`: a blank in a list without commas, `?` in one that has some."""


class _Partial(NamedTuple):
    claims: frozenset[int]
    last: int
    cost: float
    is_range: bool = False
    """Whether `last` ends a range: another hyphen cannot follow."""


def list_in(blank: str) -> FormList | None:
    """Return the list of claims in a blank; `None` where nothing is filled in.

    Args:
        blank: what stands between `Claim(s)` and `is/are`.
    """
    text = unicodedata.normalize("NFKC", blank[:_LONGEST_BLANK]).translate(_DASHES_TABLE)
    printed = " ".join(text.replace("_", " ").split())
    if _ONE.fullmatch(text):
        return FormList(printed, (Reading(frozenset({1}), _COMMA_LOST),))
    if _NO_CLAIMS.fullmatch(text):
        return None
    tokens, has_noise = _tokens(text)
    readings = _best(_readings(tokens)) or _unordered(tokens)
    return FormList(printed, readings, has_noise or not readings)


def _best(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """Return each set of claims with the least that it costs, the likeliest first."""
    costs: dict[frozenset[int], float] = {}
    for reading in readings:
        costs[reading.claims] = min(reading.cost, costs.get(reading.claims, reading.cost))
    ordered = sorted(costs.items(), key=lambda pair: (pair[1], -len(pair[0])))
    return tuple(Reading(claims, cost) for claims, cost in ordered)


def _unordered(tokens: Sequence[_Token]) -> tuple[Reading, ...]:
    """Return the list that does not rise, `21-40 and 1-10`, where no claim stands in it twice."""
    claims: list[int] = []
    for token in tokens:
        number = int(token.digits[:4])
        first = claims[-1] + 1 if token.sign == "-" and claims else number
        if token.sign not in ("", "-", ",") or not 0 < first <= number <= min(MOST_CLAIMS, first + LONGEST_RANGE):
            return ()
        claims += range(first, number + 1)
    return (Reading(frozenset(claims), _UNORDERED),) if claims and len(set(claims)) == len(claims) else ()


_DASHES_TABLE: Final = str.maketrans(_DASHES)


def _tokens(text: str) -> tuple[list[_Token], bool]:
    """Return the numbers of a list with the sign before each, and whether anything else stands there."""
    lost = "?" if re.search("[,;]", text) or len(_BLANKS.findall(text)) == 1 else " "
    plain = _LIKE_A_DIGIT.sub(lambda found: found[0].translate(_LIKE), text)
    plain = _UNDERLINE.sub(lambda found: _under(plain, found), plain)
    plain = _THROUGH.sub("-", _AND.sub(",", plain))
    tokens: list[_Token] = []
    sign, has_noise = "", False
    for piece in _PIECE.findall(plain):
        if piece.isdigit():
            tokens.append(_Token(piece, sign if tokens else ""))
            sign = lost
        elif piece in "-_":
            sign = piece
        elif piece in ",;":
            sign = "-" if sign == "-" else ","
        elif not piece.strip(_NO_SIGNS):
            sign = "." if not piece.isspace() and sign in (" ", "?") else sign
        else:
            has_noise = True
    return tokens, has_noise or (sign == "-" and bool(tokens))


def _under(text: str, found: re.Match[str]) -> str:
    """Return what stands for an underline: nothing beside a hyphen, itself between two digits, else a blank."""
    before, behind = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
    if not behind.isdigit():
        return " "
    return "_" if before.isdigit() else "" if before == "-" else " "


def _readings(tokens: list[_Token]) -> Iterator[Reading]:
    """Yield all ways to read a list, as far as they are possible."""
    partials = [_Partial(frozenset(), 0, 0.0)]
    index = 0
    ways: list[list[_Partial]] = [partials] + [[] for _ in tokens]
    for index, token in enumerate(tokens):
        for partial in sorted(ways[index], key=lambda each: each.cost)[:_MOST_READINGS]:
            for last_index, digits, cost in _numbers_at(tokens, index):
                ways[last_index + 1] += _with(partial, token.sign, digits, cost)
    for partial in ways[len(tokens)]:
        if partial.claims:
            yield Reading(partial.claims, round(partial.cost, 1))


def _numbers_at(tokens: list[_Token], index: int) -> Iterator[tuple[int, str, float]]:
    """Yield the digits that may be one number, beginning with a token: alone, or with the next behind a blank."""
    yield index, tokens[index].digits, 0.0
    if index + 1 < len(tokens) and tokens[index + 1].sign in _COST_OF_JOINING:
        cost = _COST_OF_JOINING[tokens[index + 1].sign]
        yield index + 1, tokens[index].digits + tokens[index + 1].digits, cost


def _with(partial: _Partial, sign: str, digits: str, cost: float) -> Iterator[_Partial]:
    """Yield what a reading may become by a number: as it is, parted in two, or without a digit."""
    yield from _added(partial, sign, digits, cost + partial.cost)
    for at in range(1, len(digits)):
        one, two = digits[:at], digits[at:]
        for first in _added(partial, sign, one, cost + partial.cost):
            yield from _added(first, ",", two, first.cost + _RUN_TOGETHER)
            if not first.is_range:
                yield from _added(first, "-", two, first.cost + _HYPHEN_LOST)
    if len(digits) > 1:
        for at in range(len(digits)):
            yield from _added(partial, sign, digits[:at] + digits[at + 1 :], cost + partial.cost + _DIGIT_ADDED)


def _added(partial: _Partial, sign: str, digits: str, cost: float) -> Iterator[_Partial]:
    number = int(digits) if len(digits) <= 4 and not digits.startswith("0") else 0
    if not partial.last < number <= MOST_CLAIMS:
        return
    hyphen, comma = _COST_OF_SIGNS[sign] if partial.last else (None, 0.0)
    if comma is not None:
        comma = min(comma, _COMMA_LOST) if partial.is_range else comma  # behind a range no hyphen can be meant
        yield _Partial(partial.claims | {number}, number, cost + comma)
    if hyphen is not None and not partial.is_range and number - partial.last <= LONGEST_RANGE:
        claims = partial.claims | set(range(partial.last, number + 1))
        yield _Partial(claims, number, cost + hyphen, is_range=True)
