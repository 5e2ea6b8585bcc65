"""The claims of a paper: numbers, status identifiers, texts as they are to stand, marks, and what they depend on.

Since 30 July 2003 each amendment lists all claims with a status identifier (37 CFR 1.121(c)). A reissue (1.173) and a
reexamination (1.530) are marked against the patent: what stands in single brackets is struck there.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from components.content.claims.claim_headings import ClaimHeading, claim_headings, numbers_in, worth_of
from components.content.claims.claim_wording import Wording, no_part_of_claims, wording
from components.content.claims.side_lines import in_whole_lines
from components.content.records import Claim, ClaimSet, finding_id, numbered
from components.content.text import ReadText

IDENTIFIERS_SINCE: Final = date(2003, 7, 30)
"""From this day on amendments give each claim a status identifier (68 Fed. Reg. 38611)."""
OLDER_FORM: Final = (
    "It is amended in the form that held until 29 July 2003: a clean text, and a marked-up version apart from it. "
    "Such sets are not compared."
)
REISSUE: Final = (
    "It is amended in a reissue (37 CFR 1.173): marked against the patent, and no brackets or underlining could be "
    "read. It is not compared."
)
REEXAMINATION: Final = (
    "It is amended in a reexamination (37 CFR 1.530): marked against the patent, and no brackets or underlining could "
    "be read. It is not compared."
)
_BEGINS: Final = re.compile(
    r"""(?<![^\n\f])[^\w\n]{0,6}(?:
        (?:what|that\swhich)\s(?:is|i)\sclaimed\b | claimed\s(?:is|:)
      | (?:we|i)\sclaim\b | (?:the\s)?claims?\sas\s(?:filed|amended)
      | (?:the\s)?(?:invention|following)\sis\sclaimed\b | claim\sor\sclaims
      | (?:complete\s|current\s)?listing\sof\s(?:the\s|all\s)?(?:pending\s|current\s)?claims
      | this\slisting\sof\sclaims | (?:the\s)?status\sof\s(?:the\s)?claims
      | (?:proposed\s)?amendments?\s(?:to|of|in)\s(?:the\s)?claims?
      | in\s(?:the\s)?claims? | (?:the\s)?(?:pending\s|amended\s)?claims?
    )\b(?=[^\n\f]{0,120}(?:[\n\f]|$))""",
    re.VERBOSE | re.IGNORECASE,
)
_ENDS: Final = re.compile(
    r"""(?<![^\n\f])[^\w\n]{0,6}(?:[IVX]{1,4}\.?\s)?(?:
        (?:(?:applicants?'?s?'?\s)?(?:general\s)?(?:remarks|arguments?)(?:\s?(?:/|and|&)\s?(?:remarks|arguments?))?
          | (?:summary\sof\s(?:the\s)?)?interview\s?(?:summary)? | conclusions?
          | abstract(?:\sof\sthe\s(?:disclosure|invention))? | in\sthe\s(?:specification|drawings?)
          | (?:detailed\s)?description
        )[^\w\n\f]{0,6}(?=[\n\f]|$)
      | (?:remarks|arguments?)\s?/ | respectfully\ssubmitted
      | amendments?\sto\s(?:the\s)?(?:specification|drawings?|abstract)
      | (?:clean|marked)[\s-](?:up\s)?(?:version|copy)\b | version\swith\smarkings | statement\sunder\s37
      | certificate\sof\s(?:mailing|transmission|service|filing) | brief\sdescription\sof
      | (?:evidence|related\sproceedings)\sappendix
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_OLDER_WORDS: Final = re.compile(
    r"""version\swith\smarkings\s(?:to\s)?show | marked[\s-]up\s(?:version|copy|claims)
      | clean\s(?:version|copy|set)\sof\s(?:the\s|all\s)?(?:pending\s|amended\s)?claims
      | please\samend\s(?:the\s)?claims?\s[\d,\s-]{1,40}(?:as\sfollows|to\sread)""",
    re.VERBOSE | re.IGNORECASE,
)
_MARKED_BY: Final[tuple[tuple[Literal["1.173", "1.530"], re.Pattern[str]], ...]] = (
    (
        "1.530",
        re.compile(
            r"""\b(?:ex\sparte|inter\spartes)\sreexam | \breexamination\s(?:control|of|no|proceeding)
              | 37\s?c\.?f\.?r\.?\s?(?:\u00a7\s?)?1\.530 | \b9[05]\s?/\s?0\d\d,?\d{3}\b""",
            re.VERBOSE | re.IGNORECASE,
        ),
    ),
    (
        "1.173",
        re.compile(
            r"""\breissue\s(?:application|of|patent|applicant|litigation|claims) | \bapplication\sfor\sreissue
              | 37\s?c\.?f\.?r\.?\s?(?:\u00a7\s?)?1\.173""",
            re.VERBOSE | re.IGNORECASE,
        ),
    ),
)
"""The words by which a paper says that its claims are marked against the patent."""
_LOOKED_AT: Final = 6_000
"""How many characters before the first claim, and of the paper, are looked at for such words."""
_DEPENDS: Final = re.compile(
    r"""\bc[l1I]a[il]m\s?s?\s{1,3}
    (?P<list>[\dlI]{1,3}(?![\w-]{0,30}[a-z])
      (?:\s{0,3}(?:-{1,2}|to\b|through\b|,\s?or\b|,\s?and\b|or\b|and\b|&|,)\s{0,3}(?:claims?\s{1,3})?[\dlI]{1,3}\b){0,20})""",
    re.VERBOSE | re.IGNORECASE,
)
_TWO_NUMBERS: Final = re.compile(r"\bclaims?\s(?P<old>\d{1,3}\s)(?=\d{1,3}\b)", re.IGNORECASE)
_PRECEDING: Final = re.compile(
    r"\b(?:any|one)(?:\sone)?\s(?:or\smore\s)?(?:of\s)?(?:the\s)?(?:preceding|previous|foregoing|above)\sclaims?\b",
    re.IGNORECASE,
)
_ARTICLE: Final = re.compile(r"[\"'(]?(?:An?|The|In|One|At|Apparatus|Methods?|Process|Systems?|Use)\s")
_CAPITAL: Final = re.compile(r"[\"'(]?(?!Claims?\b)[^\W\d_a-z]")
_CLAIMED: Final = re.compile(r"\b(?:what|which|we|i)\b.{0,12}\bclaim(?:ed)?\b\W*(?:is)?\W*$", re.IGNORECASE)
_MOSTLY: Final = 0.7
_DEPENDS_WITHIN: Final = 400
_QUOTED: Final = 160
"""So many characters of a claim are quoted, as a handle."""


class _Section(NamedTuple):
    start: int
    headings: list[ClaimHeading]
    end: int


def claims_in(text: ReadText, *, filed: bool = False) -> ClaimSet:
    """Return the claims of a paper.

    Args:
        text: its text.
        filed: whether they are the claims as filed, which have no status identifiers.

    Returns:
        The claims in the order in which they are listed. Of a cancelled claim, and of one that was not entered, no text
        is kept. None if no claim was found.
    """
    whole = [in_whole_lines(page) for page in text.pages]
    if any(page is not other for page, other in zip(whole, text.pages, strict=True)):
        text = ReadText(whole)
    section = _section(text.text)
    claims = _claims(text, section)
    rule = _rule(text.text, section, filed=filed)
    return ClaimSet(claims, rule, _not_compared(text.text, section, rule, claims))


def _section(text: str) -> _Section:
    """Return the part of a paper in which its claims stand: behind a heading if there is one, before the remarks."""
    starts = [match.end() for match in _BEGINS.finditer(text)][:40]
    sections = [_section_from(text, start) for start in (starts or [0])]
    best = max(sections, key=lambda section: worth_of(section.headings))
    # A heading may be read badly: claims with identifiers are claims without one, too.
    whole = _section_from(text, 0) if starts else best
    return whole if worth_of(whole.headings) > worth_of(best.headings) + 100 or not best.headings else best


def _plausible(text: str, headings: list[ClaimHeading], start: int) -> list[ClaimHeading]:
    """Return headings if they are those of claims; numbered paragraphs of another text are none.

    Without identifiers they stand below words such as "What is claimed is", or begin like claims and depend on one
    another.

    Args:
        text: the paper's.
        headings: that were found.
        start: where the words above them end; 0 where there are none.
    """
    if not headings or any(heading.status for heading in headings):
        return headings
    begins = _CAPITAL if _CLAIMED.search(text, max(0, start - 60), start) else _ARTICLE
    alike = [heading for heading in headings if begins.match(text, heading.body)]
    if len(alike) <= _MOSTLY * len(headings):
        return []
    depending = len(_DEPENDS.findall(text, headings[0].body, headings[-1].body + _DEPENDS_WITHIN))
    return headings if start or (headings[0].numbers[0] == 1 and depending >= len(headings) // 2) else []


def _section_from(text: str, start: int) -> _Section:
    """Return the claims from a place on, up to where something else begins."""
    stops = [match.start() for match in _ENDS.finditer(text, start)][:20]
    stops.append(len(text))
    end = stops[0]
    headings = _plausible(text, claim_headings(text, start, end), start)
    if not headings:
        # The first heading was one of what stands before the claims.
        for begin, stop in pairwise(stops):
            headings = _plausible(text, claim_headings(text, begin, stop), 0)
            if headings:
                return _Section(begin, headings, stop)
    return _Section(start, headings, end)


def _claims(text: ReadText, section: _Section) -> tuple[Claim, ...]:
    if not section.headings:
        return ()
    left_out = no_part_of_claims(text)
    single = _marked_against_patent(text.text, section) is not None
    ends = [heading.start for heading in section.headings[1:]] + [section.end]
    found = [
        claim
        for heading, end in zip(section.headings, ends, strict=True)
        for claim in _of_heading(text, heading, end, left_out, single=single)
    ]
    names = numbered(finding_id("claim", claim.number) for claim in found)
    known = {claim.number for claim in found}
    return tuple(
        replace(
            claim, id=name, depends_on=tuple(each for each in claim.depends_on if each in known or each < claim.number)
        )
        for claim, name in zip(found, names, strict=True)
    )


def _of_heading(
    text: ReadText, heading: ClaimHeading, end: int, left_out: frozenset[tuple[int, int]], *, single: bool
) -> Iterable[Claim]:
    """Yield the claims of a heading: one, or those of a range that is cancelled."""
    has_text = heading.status is None or heading.status.has_text
    words = wording(text, heading.body, end, left_out, single=single)
    quote = text.quote(heading.start, min(end, heading.body + _QUOTED if has_text else heading.body))
    for number in heading.numbers:
        yield Claim(
            id="",
            number=number,
            status=heading.status.status if heading.status else "",
            text=words.text if has_text else "",
            quote=quote,
            depends_on=depends_on(_without_old_number(words), number) if has_text else (),
            marks=words.marks if has_text else (),
            marks_read=words.marks_read,
            confidence=words.confidence if has_text else quote.confidence,
        )


def _without_old_number(words: Wording) -> str:
    """Return a claim's text without the number that a new one replaced: a line through one digit is easily missed."""
    match = _TWO_NUMBERS.search(words.text[:_DEPENDS_WITHIN])
    if match is None or not any(mark.kind == "added" and mark.at == match.end() for mark in words.marks):
        return words.text
    return words.text[: match.start("old")] + words.text[match.end() :]


def depends_on(claim: str, number: int) -> tuple[int, ...]:
    """Return the claims to which a claim's first words refer, in rising order.

    Args:
        claim: its text.
        number: its number: no claim depends on itself.
    """
    begin = claim[:_DEPENDS_WITHIN]
    if _PRECEDING.search(begin):
        return tuple(range(1, number))
    match = _DEPENDS.search(begin)
    if match is None:
        return ()
    printed = re.sub(r"claims?", "", match["list"], flags=re.IGNORECASE)
    printed = re.sub(r"(?<!\d)[lI](?=\d)|(?<=\d)[lI]", "1", printed)
    return tuple(each for each in numbers_in(printed) if each != number)


def _rule(text: str, section: _Section, *, filed: bool) -> Literal["1.121", "1.173", "1.530", "as filed", ""]:
    """Return how the claims of a paper are marked."""
    if not section.headings:
        return ""
    against = _marked_against_patent(text, section)
    if against is not None:
        return against
    has_identifiers = any(heading.status for heading in section.headings)
    return "1.121" if has_identifiers and not filed else "as filed"


def _marked_against_patent(text: str, section: _Section) -> Literal["1.173", "1.530"] | None:
    """Return the rule by which claims are marked against the patent, where the paper says so before its claims."""
    first = section.headings[0].start if section.headings else 0
    before = text[max(0, first - _LOOKED_AT) : first]
    return next((rule for rule, words in _MARKED_BY if words.search(before)), None)


def _not_compared(text: str, section: _Section, rule: str, claims: Sequence[Claim]) -> str:
    """Return why a set is not compared, in words; empty where it is."""
    identifiers = [heading.status for heading in section.headings if heading.status]
    if rule in ("1.173", "1.530"):
        is_marked = any(claim.marks for claim in claims)
        has_amended = any(identifier.status not in ("original", "cancelled") for identifier in identifiers)
        return "" if is_marked or not has_amended else REISSUE if rule == "1.173" else REEXAMINATION
    standings = {identifier.standing for identifier in identifiers}
    is_older = "older" in standings and "current" not in standings
    return OLDER_FORM if is_older or ("current" not in standings and _OLDER_WORDS.search(text)) else ""
