"""Where each claim of a set begins: its number, a range of numbers, and the status identifier behind it.

Lines within a claim may be numbered, too, and a number may stand at the beginning of a line by chance. So all places
that may begin a claim are looked at together, and the row of rising numbers that fits best is taken.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from components.content.claims.status_identifiers import StatusIdentifier, status_identifier

HIGHEST: Final = 999
"""No set has claims with higher numbers."""
_MOST: Final = 1_500
"""More places that may begin a claim are not looked at: a set has less."""
_NUMBER: Final = r"(?:[\dlIO|]{1,3}(?![a-z]))"
"""A number, or what an engine made of one."""
_DIGITS: Final = r"(?:\d{1,3}|[lI](?![a-z]))"
_READ_AS: Final = str.maketrans("lLI|iOo", "1111100")
_LINE: Final = r"(?<![^\n\f])[ \t]{0,12}[^\w\s(\[{]{0,2}[ \t]?(?:claims?[ \t]{1,4})?"
# "9-19. (cancelled)", "Claims 9 to 19 (canceled)", "9.-19. (canceled)", "1-3, 5 and 7 (canceled)".
_LIST: Final = (
    rf"(?P<numbers>{_NUMBER}(?:[ \t]?\.)?"
    rf"(?:\s{{0,3}}(?:-{{1,2}}|to\b|through\b|thru\b|,\s?and\b|and\b|&|,)\s{{0,3}}{_NUMBER}(?:[ \t]?\.)?){{0,40}})"
)
_BRACKET: Final = r"[ \t]{0,4}[.,:;)*_-]{0,3}\s{0,4}[*_]{0,2}[(\[{]\s?(?=(?P<status>[^()\[\]{}]{3,90}))"
_MARKED_LINE: Final = re.compile(_LINE + _LIST + _BRACKET, re.IGNORECASE)
# A heading behind the end of another claim on one line: "(canceled) 20. (new) The".
_MARKED_INSIDE: Final = re.compile(r"(?<=[.)\];] )" + _LIST + r"(?<=\.)" + _BRACKET, re.IGNORECASE)
# "1. Currently amended: A device", "5. Canceled", "3. Original) The": without parentheses, or with one.
_UNBRACKETED: Final = re.compile(
    _LINE + _LIST + r"[ \t]?[.):]?[ \t]{1,4}(?P<status>[A-Za-z][A-Za-z -]{2,40}?)"
    r"(?=[ \t]{0,2}(?:[:.;)\]}]|[\n\f]|$))",
    re.IGNORECASE,
)
# "(Original) The", "1@. (Original) The": the number is not legible.
_ILLEGIBLE: Final = re.compile(r"(?<![^\n\f])[^\n\f(\[{]{0,8}[(\[{]\s?(?=(?P<status>[^()\[\]{}]{3,90}))")
# A claim whose number was not read at all: a claim is one sentence, so what begins behind its end is the next.
_NUMBERLESS: Final = re.compile(r"(?<=\.)[\n\f]{1,3}[^\w\n]{0,3}[ \t]?(?=(?:An?|The)\s[a-z])")
_CLOSING: Final = re.compile(r"\s?[)\]}]{1,2}[.:;,*_-]{0,3}")
# "(Withdrawn) (Currently amended)".
_SECOND: Final = re.compile(r"\s?[(\[]\s?(?P<status>[^()\[\]{}]{3,60})[)\]]")
_BARE: Final = re.compile(
    _LINE
    + rf"(?P<numbers>{_DIGITS})(?:[ \t]?[.):]|[ \t]?,?[ \t](?-i:(?=(?:An?|The|In)\s[a-z])))"
    + r"\s{0,6}(?=[\"'(]?[^\W\d_])",
    re.IGNORECASE,
)
# In small letters: a heading "Listing of Claims" may stand before the first claim.
_CITING: Final = re.compile(r"\b(?:claims?|or|and|to|of|in|[Ff]igs?\.?|FIGS?\.?|steps?|no\.|through)[ \t]*\n?[ \t]*$")
_CLAIM_BEGINS: Final = re.compile(r"[\"'(]?(?!Claims?\b)[A-Z]")
_ARTICLE: Final = re.compile(r"[\"'(]?(?:An?|The|In)\s[a-z]")
_REFERS: Final = re.compile(r"\bc[l1I]a[il]ms?\s{1,3}[\dlI]", re.IGNORECASE)
_REFERS_WITHIN: Final = 300
_GAP: Final = 4
"""Numbers that are missing before a heading take no more of its worth."""
_SURE: Final = 5
"""So much is a heading worth without an identifier that begins like a claim and refers to another."""
_RANGE: Final = re.compile(r"^(?:-{1,2}|to|through|thru)$", re.IGNORECASE)
_PARTS: Final = re.compile(rf"{_NUMBER}|-{{1,2}}|\bto\b|\bthrough\b|\bthru\b", re.IGNORECASE)


class ClaimHeading(NamedTuple):
    """Where one or several claims begin."""

    numbers: tuple[int, ...]
    status: StatusIdentifier | None
    start: int
    """Where the number stands, or the word "Claim" before it."""
    body: int
    """Where the claim's text begins."""
    worth: int
    """How much it looks like the beginning of a claim."""


def claim_headings(text: str, start: int, end: int) -> list[ClaimHeading]:
    """Return where the claims in a part of a text begin, in rising order of their numbers."""
    found = {heading.start: heading for heading in _bare(text, start, end)}
    found |= {heading.start: heading for heading in _marked(text, start, end)}
    candidates = [found[place] for place in sorted(found)][:_MOST]
    chain = _best_chain(candidates)
    if not any(heading.status for heading in chain):
        sure = [heading for heading in candidates if heading.worth >= _SURE]
        sure += [_numberless(text, match.end(), end) for match in _NUMBERLESS.finditer(text, start, end)]
        return _with_rest(_filled(chain, sure), sure)
    illegible = {heading.start: heading for heading in _illegible(text, start, end)}
    marked = illegible | {heading.start: heading for heading in candidates if heading.status}
    return _filled(_without_guesses(chain), [marked[place] for place in sorted(marked)])


def worth_of(headings: Sequence[ClaimHeading]) -> int:
    """Return how much headings look like those of a set of claims."""
    return sum(heading.worth for heading in headings)


def numbers_in(printed: str) -> tuple[int, ...]:
    """Return the numbers of a list as it stands in a heading; none if it makes no sense."""
    numbers: list[int] = []
    is_range = False
    for part in _PARTS.findall(printed):
        if _RANGE.match(part):
            is_range = True
            continue
        number = int(part.translate(_READ_AS))
        numbers += range(numbers[-1] + 1, number + 1) if is_range and numbers else [number]
        is_range = False
    rises = all(one < other for one, other in pairwise(numbers))
    return tuple(numbers) if numbers and rises and numbers[0] > 0 and numbers[-1] <= HIGHEST else ()


def _marked(text: str, start: int, end: int) -> Iterator[ClaimHeading]:
    """Yield the headings with a status identifier."""
    for pattern in (_UNBRACKETED, _MARKED_INSIDE, _MARKED_LINE):
        for match in pattern.finditer(text, start, end):
            numbers = numbers_in(match["numbers"])
            status = status_identifier(match["status"], exactly=pattern is _UNBRACKETED)
            if not numbers or status is None or (len(numbers) > 1 and status.has_text):
                continue
            has_point = "." in text[match.start() : match.start("status")]
            if not has_point and _is_citing(text, start, match.start()):
                continue
            body = _body(text, match)
            second = _SECOND.match(text, body)
            both = status_identifier(f"{match['status']} {second['status']}") if second else None
            if second and both and both.status != status.status:
                status, body = both, second.end()
            yield ClaimHeading(numbers, status, _begin(match), body, 100)


def _illegible(text: str, start: int, end: int) -> Iterator[ClaimHeading]:
    """Yield what may be headings whose number cannot be read, without a number."""
    for match in _ILLEGIBLE.finditer(text, start, end):
        status = status_identifier(match["status"], is_whole=True)
        if status is None and _CLOSING.match(text, match.end("status")):
            status = status_identifier(match["status"])
        if status is not None:
            yield ClaimHeading((), status, _begin(match), _body(text, match), 0)


def _numberless(text: str, start: int, end: int) -> ClaimHeading:
    refers = _REFERS.search(text, start, min(end, start + _REFERS_WITHIN)) is not None
    return ClaimHeading((), None, start, start, _SURE if refers else 0)


def _with_rest(chain: Sequence[ClaimHeading], others: Sequence[ClaimHeading]) -> list[ClaimHeading]:
    """Return headings with those behind the last whose numbers were not read, up to the last that refers to a claim."""
    if not chain or chain[0].numbers[0] != 1:
        return list(chain)
    behind = [each for each in _in_order(others) if each.start > chain[-1].start and not each.numbers]
    sure = [index for index, each in enumerate(behind) if each.worth >= _SURE]
    rest = behind[: sure[-1] + 1] if sure else []
    first = chain[-1].numbers[-1] + 1
    return [*chain, *(each._replace(numbers=(number,)) for number, each in enumerate(rest, first) if number <= HIGHEST)]


def _in_order(headings: Sequence[ClaimHeading]) -> list[ClaimHeading]:
    return sorted(headings, key=lambda heading: heading.start)


def _filled(chain: Sequence[ClaimHeading], others: Sequence[ClaimHeading]) -> list[ClaimHeading]:
    """Return headings with those between them whose numbers were misread: as many as numbers are missing there."""
    others = _in_order(others)
    result: list[ClaimHeading] = []
    taken = {heading.start for heading in chain}
    last, place = 0, 0
    for heading in chain:
        missing = range(last + 1, heading.numbers[0])
        between = [each for each in others if place <= each.start < heading.start and each.start not in taken]
        if len(missing) != len(between):  # an end of a sentence may not be that of a claim
            between = [each for each in between if each.status or each.worth >= _SURE]
        if len(missing) == len(between):
            result += [each._replace(numbers=(number,)) for number, each in zip(missing, between, strict=True)]
        result.append(heading)
        last, place = heading.numbers[-1], heading.start + 1
    return result


def _begin(match: re.Match[str]) -> int:
    return match.start() + len(match[0]) - len(match[0].lstrip())


def _body(text: str, match: re.Match[str]) -> int:
    """Return where the text behind a status identifier begins, also where its parenthesis was not read."""
    behind = match.end("status")
    closing = _CLOSING.match(text, behind)
    if closing is not None:
        return closing.end()
    if text[behind : behind + 1] in (":", ".", ";"):
        return behind + 1
    words = list(re.finditer(r"\S+", match["status"]))[:5]
    known = [
        word.end() for word in words if status_identifier(match["status"][: word.end()], is_whole=True) is not None
    ]
    return match.start("status") + (known[-1] if known else len(match["status"]))


def _bare(text: str, start: int, end: int) -> Iterator[ClaimHeading]:
    """Yield the headings that are a number only."""
    for match in _BARE.finditer(text, start, end):
        numbers = numbers_in(match["numbers"])
        if not numbers or _is_citing(text, start, match.start()):
            continue
        worth = 1
        worth += 2 * (_CLAIM_BEGINS.match(text, match.end()) is not None)
        worth += _ARTICLE.match(text, match.end()) is not None
        worth += 2 * (_REFERS.search(text, match.end(), min(end, match.end() + _REFERS_WITHIN)) is not None)
        yield ClaimHeading(numbers, None, _begin(match), match.end(), worth)


def _is_citing(text: str, start: int, place: int) -> bool:
    """Return whether a number at the beginning of a line ends a sentence's words: "of claim" and then "1."."""
    return _CITING.search(text, max(start, place - 12), place) is not None


def _best_chain(candidates: Sequence[ClaimHeading]) -> list[ClaimHeading]:
    """Return the row of headings with rising numbers that is worth most; a gap costs a little."""
    best: list[int] = []
    previous: list[int | None] = []
    for index, heading in enumerate(candidates):
        worth, before = heading.worth - min(heading.numbers[0] - 1, _GAP), None
        for earlier in range(index):
            gap = heading.numbers[0] - candidates[earlier].numbers[-1]
            if gap <= 0:
                continue
            joined = best[earlier] + heading.worth - min(gap - 1, _GAP)
            if joined > worth:
                worth, before = joined, earlier
        best.append(worth)
        previous.append(before)
    at: int | None = max(range(len(best)), key=lambda index: (best[index], -index)) if best else None
    chain: list[ClaimHeading] = []
    while at is not None:
        chain.append(candidates[at])
        at = previous[at]
    return chain[::-1]


def _without_guesses(chain: Sequence[ClaimHeading]) -> list[ClaimHeading]:
    """Return the headings of a set with status identifiers without those that are more likely numbered lines.

    A heading whose identifier was not read stands between two others, or refers to another claim.
    """
    marked = [index for index, heading in enumerate(chain) if heading.status]
    first, last = marked[0], marked[-1]
    return [
        heading
        for index, heading in enumerate(chain)
        if heading.status or heading.worth >= _SURE or (first < index < last and heading.worth >= 3)
    ]
