"""The lines of claims of the forms: PTOL-326 and its continuation sheet, PTOL-303, PTOL-37.

What is printed on a form in every action finds its lines, because an engine leaves rubbish of the tick boxes and of the
lines' numbers; those numbers also changed with the forms (line 4 was "pending" until 2011 and is 5 since). Whether a
box is ticked is not read: a line with claims counts, one without does not.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from components.content.claim_lists import CLAIM_WORD, claim_list_at, in_words
from components.content.form_pages.listed_claims import FormList, list_in
from components.content.form_pages.misreadings import as_read
from components.content.records import ClaimStatus, StatusKind, finding_id
from components.content.text import ReadText, Span

_BE: Final = r"(?:[il1|!tI]?[s5$]\s?[^\w\s]?[lI1i]?\s?[ao]r[eco]|\bare|\bis)"
"""`is/are`, as printed on forms, and what engines make of it."""
_LINE_ENDS: Final[tuple[tuple[StatusKind, str], ...]] = (
    ("pending", rf"{_BE}\s*{as_read('pending')}"),
    ("withdrawn", rf"{_BE}?\s*{as_read('withdrawn from')}"),
    ("allowed", rf"{_BE}\s*{as_read('allowed')}"),
    ("rejected", rf"{_BE}\s*{as_read('rejected')}"),
    ("objected", rf"{_BE}\s*{as_read('objected to')}"),
    ("restricted", rf"{_BE}\s*{as_read('subject to res')}"),
)
"""What each line of PTOL-326 ends with, in the order of the form."""
_LINES: Final = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _LINE_ENDS)
_BEGINS: Final = re.compile(as_read("disposition of cl"), re.IGNORECASE)
_PENDING: Final = re.compile(rf"{CLAIM_WORD}[^.]{{0,300}}?{_BE}\s*pend[il1]ng\s+in\s+th", re.IGNORECASE)
_SUMMARY: Final = re.compile(r"Off[il1]ce\s+A\s?ction\s+Summary|PTO[L1]?\s?[-\u2014]\s?326", re.IGNORECASE)
_ENDS: Final = re.compile(
    f"{as_read('application papers')}|{as_read('priority under')}|{as_read('attachment')}\\s?\\(", re.IGNORECASE
)
_LONGEST_FORM: Final = 4_000
_WORD: Final = re.compile(r"C?[l1iI|]?[ao][il1I|t](?:m|rn|n)\w?\s?[({\[]?\s?[({\[]?\s?[s$5]?\s?[)}\]]", re.IGNORECASE)
_PLAIN_WORD: Final = re.compile(r"\bC[l1I|]a[il1I|]ms?\b", re.IGNORECASE)
_LIST_ALONE: Final = re.compile(r"(?m)^[ \t]*(\d(?:[\d,\-\u2013\u2014 &]|and){0,200})\.?[ \t]*$")
"""An underlined list that an engine took for a line of its own, above the line in which it stands."""
_LINE_NUMBER: Final = re.compile(r"\s*(?:\d{1,2}\s?a?\s?[)\]}]\S{0,4}\s)?")
_CONTINUED: Final = re.compile(r"\bcont[il1]nuat[il1]on\b|\bsee\b|attached", re.IGNORECASE)
_CONTINUED_STATUSES: Final[tuple[tuple[StatusKind, str], ...]] = (
    ("pending", r"pending\s+in\s+the\s+application"),
    ("withdrawn", r"withdrawn\s+from\s+consideration"),
    ("allowed", r"allowed"),
    ("rejected", r"rejected"),
    ("objected", r"objected\s+to"),
    ("restricted", r"subject\s+to\s+restriction[\w/ ]{0,40}?(?:requirement)?"),
)
"""The sentences of a continuation sheet: "Claims pending in the application are 1-3,5"."""
_CONTINUATION: Final = {
    kind: re.compile(rf"{CLAIM_WORD}\s+{words}\s*(?:is/are|are|is)?\s*[:;]?\s*(?=\d)", re.IGNORECASE)
    for kind, words in _CONTINUED_STATUSES
}
_CONTINUATION_SHEET: Final = re.compile(r"Continuation\s+of\s+(?:Disposition|Item|Box|\d)", re.IGNORECASE)
_ADVISORY: Final = re.compile(
    r"status\s+of\s+the\s+claim\s?\(?s?\)?\s+is\s*\(?\s*or\s+will\s+be|Advisory\s+Action\s+Before", re.IGNORECASE
)
_ADVISORY_STATUSES: Final[tuple[tuple[StatusKind, str], ...]] = (
    ("allowed", as_read("allowed")),
    ("objected", as_read("objected to")),
    ("rejected", as_read("rejected")),
    ("withdrawn", as_read("withdrawn from consideration")),
)
"""The lines of PTOL-303: "Claim(s) rejected: 1-20"."""
_COLON_LINES: Final = tuple(
    (kind, re.compile(rf"{_WORD.pattern}\s*{words}\s*[:;]", re.IGNORECASE)) for kind, words in _ADVISORY_STATUSES
)
_COLON_BLANK: Final = re.compile(r"[^\n]{0,200}(?:(?<=[,\-])[ \t]*\n[^\n]{0,200}|\n[ \t]*and\b[^\n]{0,60})?")
_ALLOWED_CLAIMS: Final = re.compile(rf"a[l1|i]{{2}}owed\s+{_WORD.pattern}\s*{_BE}[:\s]*", re.IGNORECASE)
"""The line of PTOL-37: "The allowed claim(s) is/are 1-20"."""
_ALLOWED_BLANK: Final = re.compile(r"[\d\s,&_.\-\u2013\u2014lI|]*(?:and\b[\d\s,&_.\-\u2013\u2014lI|]*){0,20}")
_NUMBERED_LINE: Final = re.compile(
    r"\n\s*(?:\d{1,2}\s?[.,]?\s?(?:[\[(|]|$)|[A-Z(])|[\n.]\s*\d{1,2}\s?\.\s?(?:[\[(|{]|[0OoQ](?!\d)|[A-Z])"
)
"""The next line of the form, of whose number and tick box an engine may have made `4.0`."""
_DOUBTFUL_ALONE: Final = 100
"""A single claim of so high a number, and no other: a hyphen may have been lost."""
_BEYOND: Final = 3
"""A list that goes so many times beyond the highest claim that the paper names cannot be meant."""
_MOST_LETTERS: Final = 16
"""A blank with more letters is none: words of another line stand in it."""
_SURE_READING: Final = 0.95
_CONFIRMED_READING: Final = 0.8
_MOST_MENTIONS: Final = 400


class _Line(NamedTuple):
    kind: StatusKind
    blank: FormList | None
    span: Span
    """Of the words of the line, for its quote."""


def form_statuses(text: ReadText, body: str) -> tuple[ClaimStatus, ...]:
    """Return what the form pages of a paper say of its claims.

    Args:
        text: the paper.
        body: its text without the form pages: what it names tells whether a list of the form can be meant.
    """
    lines = [line for line in _lines(text.text) if line.blank is not None]
    named = _named_lists(body)
    return tuple(_status(text, line, lines, named) for line in lines)


def disposition_at(text: str) -> Span | None:
    """Return where the lines of claims of a PTOL-326 stand."""
    begins = _BEGINS.search(text)
    if begins is None:
        pending = _PENDING.search(text)
        if pending is None or _SUMMARY.search(text) is None:
            return None
        start = pending.start()
    else:
        start = begins.end()
    ends = _ENDS.search(text, start, start + _LONGEST_FORM)
    return Span(start, ends.start() if ends else min(len(text), start + _LONGEST_FORM // 2))


def _lines(text: str) -> Iterator[_Line]:
    """Yield the lines with claims of whatever forms there are; a kind is taken from where it stands first."""
    seen: set[StatusKind] = set()
    for line in (*_disposition_lines(text), *_colon_lines(text), *_allowed_lines(text)):
        if line.blank is not None and line.kind not in seen:
            seen.add(line.kind)
            yield line


def _disposition_lines(text: str) -> Iterator[_Line]:
    region = disposition_at(text)
    if region is None:
        return
    begin = region.start
    for kind, ending in _LINES:
        found = ending.search(text, begin, region.end)
        line = _line_before(text, begin, kind, found) if found else None
        if found and line and not (line.blank and _is_prose(line.blank)):
            begin = found.end()
            continued = _continued_line(text, kind, region.end) if line.blank and _is_continued(line.blank) else None
            yield continued or line


def _line_before(text: str, begin: int, kind: StatusKind, found: re.Match[str]) -> _Line:
    """Return the line that the words found end."""
    blank, span = _blank_before(text, begin, found)
    above = _LIST_ALONE.search(text, begin, span.start) if blank is None else None
    if above:
        return _Line(kind, list_in(above[1]), Span(above.start(1), found.end()))
    return _Line(kind, blank, span)


def _blank_before(text: str, begin: int, found: re.Match[str]) -> tuple[FormList | None, Span]:
    """Return what stands in the blank before the words that end a line, and where the line stands."""
    end = found.start()
    words = list(_WORD.finditer(text, begin, end)) or list(_PLAIN_WORD.finditer(text, begin, end))
    if words:
        return list_in(text[words[-1].end() : end]), Span(words[-1].start(), found.end())
    number = _LINE_NUMBER.match(text, max(begin, text.rfind("\n", begin, end)), end)
    start = number.end() if number else end
    blank = list_in(text[start:end])
    return (blank if blank and not blank.has_noise else None), Span(start, found.end())


def _is_continued(blank: FormList) -> bool:
    """Return whether a blank says that its list stands on another sheet."""
    return blank.has_noise and _CONTINUED.search(blank.printed) is not None


def _is_prose(blank: FormList) -> bool:
    """Return whether words of another line stand in a blank: those that end its own line were not read."""
    letters = sum(character.isalpha() for character in blank.printed)
    return letters > _MOST_LETTERS and not _CONTINUED.search(blank.printed)


def _continued_line(text: str, kind: StatusKind, start: int) -> _Line | None:
    """Return a line of a continuation sheet, which stands behind the form."""
    sheet = _CONTINUATION_SHEET.search(text, start)
    found = _CONTINUATION[kind].search(text, sheet.end() if sheet else start)
    if found is None:
        return None
    end = re.compile(r"[\d\s,&_\-and]{1,400}").match(text, found.end())
    stop = end.end() if end else found.end()
    return _Line(kind, list_in(text[found.end() : stop]), Span(found.start(), stop))


def _colon_lines(text: str) -> Iterator[_Line]:
    """Yield the lines of an advisory action."""
    begins = _ADVISORY.search(text)
    for kind, pattern in _COLON_LINES if begins else ():
        found = pattern.search(text, begins.start() if begins else 0)
        if found is not None:
            rest = _COLON_BLANK.match(text, found.end())
            end = rest.end() if rest else found.end()
            yield _Line(kind, list_in(text[found.end() : end].strip(" .")), Span(found.start(), end))


def _allowed_lines(text: str) -> Iterator[_Line]:
    """Yield the line of a notice of allowability."""
    found = _ALLOWED_CLAIMS.search(text)
    if found is None:
        return
    rest = _ALLOWED_BLANK.match(text, found.end())
    end = rest.end() if rest else found.end()
    cut = _NUMBERED_LINE.search(text, found.end(), end + 2)
    end = min(end, cut.start()) if cut else end
    blank = text[found.end() : end].rstrip().rstrip(".")
    yield _Line("allowed", list_in(blank), Span(found.start(), found.end() + len(blank)))


def _named_lists(body: str) -> list[frozenset[int]]:
    """Return the lists of claims that the body of a paper names."""
    named, end = [], 0
    for word in islice(re.finditer(CLAIM_WORD, body, re.IGNORECASE), _MOST_MENTIONS):
        listed = claim_list_at(body, word.start()) if word.start() >= end else None
        if listed is not None and listed.claims:
            end = listed.end
            named.append(frozenset(listed.claims))
    return named


def _status(text: ReadText, line: _Line, lines: Sequence[_Line], named: Sequence[frozenset[int]]) -> ClaimStatus:
    """Return what a line says, as far as its list can be meant."""
    blank = line.blank or FormList("")
    quote = text.quote(line.span.start, line.span.end)
    clear = [other.blank.claims for other in lines if other is not line and other.blank and other.blank.is_clear]
    others = {claims for claims in clear if len(claims) > 1 or max(claims) < _DOUBTFUL_ALONE}
    highest = max((claim for claims in named for claim in claims), default=0)
    claims, note = blank.claims, ""
    sure = blank.is_clear
    if not sure or _is_doubtful(blank, others, highest):
        confirmed = _confirmed(blank, [*others, *(claims for claims in named if len(claims) > 1)])
        if confirmed:
            note = "" if confirmed == blank.claims else f"read as {blank.printed}, taken as {in_words(confirmed)}"
            claims, sure = confirmed, True
        else:
            note = _why_illegible(blank, highest)
            sure = False
    factor = (_CONFIRMED_READING if note else _SURE_READING if blank.readings[0].cost else 1.0) if sure else 0.0
    found = tuple(sorted(claims)) if sure else ()
    return ClaimStatus(
        id=finding_id("status", line.kind, "form", in_words(found)),
        kind=line.kind,
        claims=found,
        place="form",
        quote=quote,
        legible=sure,
        note=note,
        confidence=round(quote.confidence * factor),
    )


def _is_doubtful(blank: FormList, others: set[frozenset[int]], highest: int) -> bool:
    """Return whether a list that can be read cannot be meant: far beyond what the paper names elsewhere."""
    top = max(blank.claims)
    elsewhere = max(highest, max((max(claims) for claims in others), default=0))
    is_alone = len(blank.claims) == 1 and top >= _DOUBTFUL_ALONE and top > elsewhere > 0
    return is_alone or (top >= _DOUBTFUL_ALONE and highest > 0 and top > _BEYOND * highest)


def _confirmed(blank: FormList, others: Sequence[frozenset[int]]) -> frozenset[int]:
    """Return the likeliest reading that another place of the paper has as well."""
    elsewhere = set(others)
    readings = (each.claims for each in blank.readings if not blank.has_noise or len(each.claims) > 1)
    return next((claims for claims in readings if claims in elsewhere), frozenset())


def _why_illegible(blank: FormList, highest: int) -> str:
    """Return why the claims of a line are not taken, and what may be meant."""
    if not blank.readings:
        return f"read as {blank.printed}" if blank.printed else "the claims cannot be read"
    likely = max((each.claims for each in blank.readings if max(each.claims) == highest), key=len, default=None)
    if likely is None:
        return f"read as {blank.printed}"
    return f"read as {blank.printed}; perhaps {in_words(likely)}: the paper names no claim above {highest}"
