"""Lists of claims as papers print them, `1-4, 6 and 8`, also as an engine misread them; and in words."""

import re
from collections.abc import Collection
from itertools import groupby
from typing import Final, NamedTuple

CLAIM_WORD: Final = (
    r"\bc\s?[l1i|!]\s?[aeo]\s?[il1|!]\s?(?:m|rn|n|r)\s?"
    r"(?:\(\s?s\s?\)?|\[s\]|s(?![a-z])|(?![a-z]))(?:'s?)?"
)
"""The word before a list, `Claims`, `Claim(s)`, also `Claim s` and `CIaims`; as a pattern for `re.IGNORECASE`."""
MOST_CLAIMS: Final = 999
"""A greater number is not that of a claim."""
_LONGEST_RANGE: Final = 300
"""A range of more claims was misread: `1-719` for `1-19`."""
_DASHES: Final = "-\u2010-\u2015\u2212~\u00ad"
_NUMBER: Final = (
    r"(?:[0-9][0-9OoIl|]{0,3}|[Il|][0-9OoIl|]{1,3}|[Il|](?=\s?[-\u2010-\u2015,.]|\s(?:is|are|and|stand)\b))"
)
_HEAD: Final = re.compile(
    rf"""[\s"'(\[*#:_]{{0,12}}(?:(?:each|all|any|both)\s+of\s+)?(?:the\s+)?(?:(?:pending|dependent|independent|method|system|instant|remaining
        |original|amended|new|application)\s+){{0,2}}(?:{CLAIM_WORD}\s*(?:numbered|numbers?|nos?\.?)?[\s:*#]{{0,12}}){{0,2}}""",
    re.VERBOSE | re.IGNORECASE,
)
_AND: Final = r"(?:[aeosu](?:n|u|m|ri|r|rn)d|anci|or)(?:\s*/\s*or)?(?![a-z])"
_ENDS: Final = rf"(?:(?=(?:to|thr\w{{2,4}}|is|a[a-z]{{1,2}}|rejected)\b|{_AND})|(?![0-9A-Za-z/]))"
"""Behind a number; the blank before the next word may be lost."""
_DOUBTFUL: Final = (
    r"(?-i:(?:[0-9SBZG]{1,2}[0-9]|[0-9]{1,2}[SBZG]|[0-9][SBZG][0-9SBZG])(?=\s?[,;-]|\s{1,3}[a-z]{2,3}\b|[a-z])"
    r"|[SBZG](?=\s?[,;-]|\s{1,3}[a-z]{2,3}\b))"
)
"""A number with letters for digits, `1S1` for `151`; read, and said to be doubtful."""
_MULTIPLE: Final = r"(?:\s?/\s?\d{1,2}(?![\d/]))?"
"""The claim on which a multiple dependent claim is read: `7/5`."""
_FIRST: Final = re.compile(rf"\s*(?P<number>{_NUMBER}){_MULTIPLE}{_ENDS}", re.IGNORECASE)
_ILLEGIBLE: Final = re.compile(r"\s*(?:\*+|_+|\?+|#+|\[\s*\]|\.{2,})(?:\s*(?:\*+|_+|\?+|#+))*(?=\W|$)")
_NEXT: Final = re.compile(
    rf"""(?:
        \s*[{_DASHES}](?:\s*[{_DASHES}])?(?P<range>)\s*
      | \s*,?\s*(?:through|thru|thrn|to)\b(?P<words>)\s*
      | \s*[,;]\s*(?:(?:{_AND}|as\s+well\s+as)\s*|&\s*)?(?P<comma>)
      | \s*(?:{_AND}|&|\bas\s+well\s+as\b|\bplus\b|\+)\s*(?P<and>)
      | \s*(?P<dot>[.:'])\s*(?:{_AND}\s*)?
      | (?P<blank>\s+)
    )
    (?:\s*{CLAIM_WORD}\s*)?
    (?P<number>{_NUMBER}|{_DOUBTFUL})
    {_MULTIPLE}{_ENDS}(?!\s*U\.?\s*S\.?\s*C|\s*C\.?\s*F\.?\s*R|\.\d+\()""",
    re.VERBOSE | re.IGNORECASE,
)
_OPEN_RANGE: Final = re.compile(rf"\s*[{_DASHES}](?!\w)")
_TOO_GREAT: Final = re.compile(rf"\s*(?:[{_DASHES}]{{1,2}}|(?:through|thru|to)\b)\s*\d{{4,}}", re.IGNORECASE)
"""The end of a range that is no claim: `1-1000`."""
_EXCEPT: Final = re.compile(
    r",?\s*\(?\s*(?:except(?:ing)?(?:\s+for)?|excluding|other\s+than|but\s+not|with\s+the\s+exception\s+of)\s+(?=claim|\d)",
    re.IGNORECASE,
)
_LIKE_A_DIGIT: Final = str.maketrans("OoIiLl|SBZG", "00111115826")


class ClaimList(NamedTuple):
    """Claims that are named in one place of a text."""

    claims: tuple[int, ...]
    """In rising order, each once."""
    legible: bool
    """Whether all of the list could be read."""
    end: int
    """Offset in the text behind the list."""


class _Item(NamedTuple):
    """A number of a list, and what stands before it."""

    digits: str
    sign: str
    """`range`, `words`, `comma`, `and`, `dot`, `blank`; empty for the first."""


def in_words(claims: Collection[int]) -> str:
    """Return claims as a list of ranges: `1-4, 6, 8-9`."""
    rising = sorted(set(claims))
    runs = [[claim for _, claim in run] for _, run in groupby(enumerate(rising), key=lambda pair: pair[1] - pair[0])]
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def claim_list_at(text: str, start: int) -> ClaimList | None:
    """Return the list of claims that begins at an offset, with the word `Claims` before it or without.

    Args:
        text: of a paper.
        start: where the word `Claims` or the first number stands.

    Returns:
        The list; without claims and not legible where only signs stand for them; `None` where no claim is named.
    """
    head = _HEAD.match(text, start)
    begin = head.end() if head else start
    first = _FIRST.match(text, begin)
    if first is None:
        return _illegible_list(text, start, begin)
    items, end = _items(text, first)
    joined, rising = _joined(items)
    claims, legible = _claims(joined)
    if not claims:
        return None
    open_range = _OPEN_RANGE.match(text, end) or _TOO_GREAT.match(text, end)
    legible = legible and rising and open_range is None
    if without := _EXCEPT.match(text, end):
        left_out = claim_list_at(text, without.end())
        if left_out is not None:
            return ClaimList(tuple(sorted(claims - set(left_out.claims))), legible and left_out.legible, left_out.end)
    return ClaimList(tuple(sorted(claims)), legible, open_range.end() if open_range else end)


def _illegible_list(text: str, start: int, begin: int) -> ClaimList | None:
    """Return a list of which only signs are left, behind the word `Claims`."""
    word = re.compile(CLAIM_WORD, re.IGNORECASE).search(text, start, begin)
    signs = _ILLEGIBLE.match(text, word.end()) if word else None
    return ClaimList((), False, signs.end()) if signs else None


def _items(text: str, first: re.Match[str]) -> tuple[list[_Item], int]:
    items, end = [_Item(first["number"], "")], first.end()
    while found := _NEXT.match(text, end):
        sign = next(name for name in ("range", "words", "comma", "and", "dot", "blank") if found[name] is not None)
        number = int(found["number"].translate(_LIKE_A_DIGIT))
        last = int(items[-1].digits.translate(_LIKE_A_DIGIT))
        if number > MOST_CLAIMS or (sign in ("dot", "blank") and not _goes_on(text, found, last, number, sign)):
            break
        if re.search(r"[SBZG]", found["number"]):
            sign = f"{sign} doubtful"
        if sign == "dot" and "\n" not in found[0] and " " not in found[0]:
            sign = "dot without blank"
        items.append(_Item(found["number"], sign))
        end = found.end()
    return items, end


def _goes_on(text: str, found: re.Match[str], last: int, number: int, sign: str) -> bool:
    """Return whether a number behind a point or a blank only is of the same list: a comma was lost, or it was broken.

    A paragraph's number on the next line, `Claims 1-5. 7. Applicant argues`, is not.
    """
    behind = text[found.end() : found.end() + 40]
    if "\n" in found[0] and sign == "dot":
        return False
    if re.match(r"\s*\.\s+[A-Z]", behind) and sign == "dot":
        return False
    return number > last or sign == "blank"


def _joined(items: list[_Item]) -> tuple[list[_Item], bool]:
    """Return the numbers with those put together again that a blank broke, `1 7` for `17`; and whether all is legible.

    A number is broken where it would not rise by itself, but does with the digits behind it.
    """
    result: list[_Item] = []
    legible = True
    for item in items:
        digits = item.digits.translate(_LIKE_A_DIGIT)
        before = int(result[-2].digits) if len(result) > 1 else 0
        if item.sign == "blank" and result:
            last = result[-1].digits
            falls = int(digits) <= int(last) or int(last) <= before
            if falls and before < int(last + digits) <= MOST_CLAIMS:
                result[-1] = _Item(last + digits, result[-1].sign)
                continue
            legible = legible and int(digits) > int(last)
        result.append(_Item(digits, item.sign))
    return result, legible


def _claims(items: list[_Item]) -> tuple[set[int], bool]:
    """Return the claims of a list, and whether each of its parts makes sense."""
    claims: set[int] = set()
    legible = True
    last = 0
    for item in items:
        number = int(item.digits)
        sign = item.sign.split()[0] if item.sign else ""
        legible = legible and number > 0 and not item.sign.endswith("doubtful")
        if sign in ("range", "words") and last < number <= last + _LONGEST_RANGE:
            claims.update(range(max(last, 1), number + 1))
        elif number:
            legible = legible and sign not in ("range", "words") and item.sign != "dot without blank"
            claims.add(number)
        last = number
    return {claim for claim in claims if claim <= MOST_CLAIMS}, legible and bool(claims)
