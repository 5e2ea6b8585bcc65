"""References as a sentence names them: names, numbers, titles, in the order in which they stand there."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from components.content.claim_lists import claim_list_at
from components.content.records import NamedReference
from components.numbers import NumbersError, Standing, parse

_LONGEST: Final = 2_000
_MOST: Final = 40
_COUNTRIES: Final = {
    "japanese": "JP", "japan": "JP", "european": "EP", "korean": "KR", "korea": "KR", "german": "DE", "chinese": "CN",
    "china": "CN", "british": "GB", "french": "FR", "international": "WO", "pct": "WO", "canadian": "CA",
    "australian": "AU", "taiwanese": "TW", "taiwan": "TW",
}  # fmt: skip
_KIND: Final = r"(?:\s?[-_]?\s?(?:[A-CESPUY][1-9]|[AB][lI])(?![0-9A-Za-z])|\s?[ABU](?![\w.]))?"
"""A kind code; `A1` is often read as `Al`."""
_NUMBER: Final = re.compile(
    rf"""(?<![\d.])(?:
        (?P<pct>PCT\s?/\s?[A-Z]{{2}}\s?\d{{2,4}}\s?/\s?\d{{5,6}})
      | (?P<foreign>\b(?:EP|WO|JP|KR|DE|CN|GB|FR|CA|AU|TW|CH|SE|NL|RU|IT|ES|DD|SU|IN|BR|NZ|DK|FI|NO|AT|BE)
            \s?-?\s?(?:No\.?\s?)?(?:[HS]\s?)?\d[\d\s/,.-]{{4,16}}\d{_KIND})
      | (?P<publication>(?:19|20)\d\d(?:\s?/\s?[\dO]\d{{6}}|\s?[/-]\s?[0O]\d{{5,6}}){_KIND}(?!\d))
      | (?P<publication_plain>(?:US|U\.S\.)?(?<!\d)20[0-3]\d[0O]\d{{6}}{_KIND}(?!\d))
      | (?P<other>\b(?:D|Des\.?|RE\.?|PP|H|T)\s?\d{{2,3}}[,.]?\s?\d{{3}}(?![\d,]){_KIND})
      | (?P<hyphened>(?:19\d\d|20\d\d|\d\d)\s?-\s?\d{{5,6}}{_KIND}(?![\d-]))
      | (?P<application>(?<![\d/])(?:0[1-9]|[1-9]\d)\s?/\s?\d{{3}}\s?[,.]?\s?\d{{3}}(?![\d/]))
      | (?P<patent>(?:1\s?[0-9]|[1-9][0-9]?)\s?[,.]\s?\d{{3}}\s?[,.]\s?\d{{3}}(?![\d,])
            (?:\s?[ABCE]\s?[1-9](?!\d)|\s?[AB][lI](?!\w)|\s?[AB](?![\w.]))?)
      | (?P<short_patent>(?<![\d,])\d{{2,3}},\d{{3}}(?![\d,]))
      | (?P<patent_plain>(?<![\d,/])(?:1[0-3]|[1-9])\d{{6}}{_KIND}(?!\d))
    )""",
    re.VERBOSE,
)
_CONNECTORS: Final = re.compile(
    r"""[,;:\s]{0,4}(?:\b(?:and|or)\b[,\s]{0,3})?(?:\b(?:still|yet|even|in)\b\s{0,3})?(?:\b(?:further|also|additionally|alternatively)\b[,\s]{0,3}){0,2}
    \b(?P<word>(?:when\s+)?(?:being\s+|is\s+|are\s+)?(?:as\s+)?(?:further\s+)?evidenced?\s+(?:by|in)|as\s+evidence|in\s+(?:further\s+)?view\s+(?:of|ot)|in\s+light\s+of|further\s+view\s+of
      |in\s+(?:further\s+)?combination\s+with|(?:when\s+)?(?:combined|considered|taken|modified)\s+(?:together\s+)?(?:with|in\s+view\s+of|by)|together\s+with|as\s+modified\s+by
      |over(?=[\sA-Z("])|as\s+(?:taught|supported|shown|exemplified)\s+by|and/or|any\s+(?:one\s+)?of|each\s+(?:one\s+)?of|either\s+one\s+of|either)\b[,:\s]{0,3}(?:the\s+)?(?:combination\s+of\s+|teachings?\s+of\s+|combined\s+teachings\s+of\s+)?""",
    re.VERBOSE | re.IGNORECASE,
)
_START: Final = re.compile(
    r"\b(?:anticipated\s+by|unpatentable\s+(?:over|in\s+view\s+of)|obvious\s+(?:over|in\s+view\s+of|from)|obviousness\s+over|patentable\s+over|over|anticipated\s+(?:over|in\s+view\s+of)"
    r"|described\s+(?:by|in)|disclosed\s+(?:by|in)|met\s+by|anticipate[ds]?\s+b[yv]|read\s+on\s+by|in\s+view\s+of)(?=\W|[A-Z])",
    re.IGNORECASE,
)
_APPLIED: Final = re.compile(
    r",?\s*\(?(?:as\s+(?:being\s+)?(?:applied|set\s+forth|discussed|described|explained|recited)|applied)\s+(?:above\s+)?(?:to|in|with\s+respect\s+to|with\s+regard\s+to|for|against)\s+"
    r"(?:the\s+)?(?:(?:rejection|parent|independent|base)\s+)?(?:of\s+|in\s+)?(?=claims?\b)",
    re.IGNORECASE,
)
_BEHIND_APPLIED: Final = re.compile(
    r"\s*\)?,?\s*(?:,?\s*(?:as\s+)?(?:above|supra|hereinabove|et\s+seq\.?))?\)?", re.IGNORECASE
)
_STOPS: Final = re.compile(
    r"[,;.]?\s+(?:because|for\s+(?:the|at\s+least|similar)\s+\w+|as\s+(?:discussed|explained|follows|set\s+forth|detailed)|wherein|since|where\b|which\b|(?:and\s+(?:further\s+)?)?under(?=\s+(?:35|pre-?AIA|\W))|and\s+(?:further\s+)?under|or,?\s+in\s+the\s+alternative|alternatively"
    r"|in\s+the\s+alternative|the\s+(?:following|claims?)\s|although|while|(?:is|are)\s+(?!evidenc|as\b)\w+|stands?|remains?|to\s+show|showing|in\s+the\s+manner)\b",
    re.IGNORECASE,
)
_CLAIMS_OF: Final = re.compile(r"\s*(?:the\s+)?(?=claims?\b)", re.IGNORECASE)
_OF: Final = re.compile(r"[\s,]*(?:\([^)]{0,60}\)\s*)?(?:of|in|from)\s+", re.IGNORECASE)
_WORDS_OF_A_NUMBER: Final = re.compile(
    r"""\b(?:U\.?\s?S\.?(?![A-Za-z])|United\s+States|Patent|Pat|Patents|Publication|Publ?s?|PGPub|PG-Pub|PGPUB|Pub|Application|Appl|App|Document|Doc|No|Nos|Number|Serial|Ser|USPN|USPAP|USP|USPGPUB|US-?PGPUB
    |Japanese|European|Korean|German|Chinese|British|French|International|Canadian|WIPO|commonly|assigned|owned|copending|co-pending|pending|issued|reference|Published|Pre-?Grant|Laid-?open|Unexamined|Kokai)\b\.?|[#\u2116]""",
    re.VERBOSE | re.IGNORECASE,
)
_ALIAS: Final = re.compile(
    r"\(?\s*(?:herein\s?-?\s?after|hereafter|henceforth|herein|referred\s+to\s+as|referred\s+to\s+hereinafter\s+as)\W{0,3}(?:referred\s+to\s+as\W{0,3}|as\W{0,3}|called\W{0,3})?\s*[\"'(]*(?P<name>[A-Z][\w.-]{0,30}(?:\s(?:et\sal\.?|[A-Z][\w.-]{0,30})){0,3})",
    re.IGNORECASE,
)
_REMARK: Final = re.compile(
    r"\b(?:all\s+)?(?:of\s+(?:the\s+)?record|newly\s+cited|previously\s+(?:cited|presented|applied|recited)|cited\s+(?:by|in|on|previously)\b.*|already\s+(?:of\s+record|cited)|(?:both|each)\s+of\s+record|the\s+(?:same|following).*|alone|respectively|above|supra|used\s+as\s+evidence)",
    re.IGNORECASE,
)
_SUFFIX: Final = re.compile(
    r"^\s*(?:Jr|Sr|III|II|IV|Inc|Ltd|LLC|Corp|Co|GmbH|Ph\.?D|et\.?\s*al|hereinafter|hereafter)\b", re.IGNORECASE
)
_SPECIAL: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (re.compile(r"\bofficial\s+notice\b", re.IGNORECASE), "Official Notice"),
    (
        re.compile(
            r"\b(?:applicants?'?s?'?\s+)?admi(?:tted|ssions?)\b.{0,20}prior\s+art|\bAAPA\b|\bAPA\b|applicants?'?s?'?\s+(?:own\s+)?admi(?:ssion|tted)",
            re.IGNORECASE,
        ),
        "Applicant's admitted prior art",
    ),
)
_NO_NAME: Final = frozenset(
    {
        "The",
        "A",
        "An",
        "In",
        "As",
        "It",
        "This",
        "Claim",
        "Claims",
        "Figure",
        "Fig",
        "Figs",
        "Page",
        "Pages",
        "Col",
        "Column",
        "Examiner",
        "Applicant",
        "MPEP",
        "See",
        "Section",
        "Note",
        "Et",
        "Al",
    }
)
_GIVEN_NAME: Final = re.compile(r"(?<=[a-z]);\s[A-Z][\w.-]{0,20}(?:\s[A-Z]\.?)?(?=\s(?:et\sal|US|U\.S|\())")
"""Behind a surname, as lists of the Office print them: `Fink; Patrick W. et al.`"""
_WEB_PAGE: Final = re.compile(r"www|http|\.(?:com|org|net|edu|html?|gov)\b|\b(?:com|html)\b", re.IGNORECASE)
_ET_AL: Final = re.compile(r",?\s+et\.?\s?a[l1Ii|t\]]?\.?$")
_TITLE: Final = re.compile(r"\"(?P<title>[^\"]{6,300})\"")
_EARLY: Final = frozenset({"publication", "publication_plain", "patent", "patent_plain", "short_patent", "other"})


_KIND_AS_LETTER: Final = re.compile(r"(?P<letter>(?<=[\d\s_-])[AB])[lI]$")


class _Piece(NamedTuple):
    text: str
    is_evidence: bool


class _Number(NamedTuple):
    form: str
    start: int
    end: int


def named_references_in(text: str) -> tuple[NamedReference, ...]:
    """Return the references that a sentence names, from the words "anticipated by" or "over" on, if it has them.

    Args:
        text: the sentence, or its part behind the law.
    """
    flat = _GIVEN_NAME.sub("", " ".join(_plain(text[:_LONGEST]).split()))
    start = _START.search(flat)
    relied_on = _without_claims_applied(flat[start.end() if start else 0 :])
    found: list[NamedReference] = []
    for segment in _segments(relied_on):
        found += _of_segment(segment)
    return tuple(dict.fromkeys(found[:_MOST]))


def _plain(text: str) -> str:
    for signs, plain in (
        ("\u201c\u201d\u201e\u201f", '"'),
        ("\u2018\u2019\u201a\u201b", "'"),
        ("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
    ):
        text = text.translate({ord(sign): plain for sign in signs})
    return re.sub(r"''", '"', text.replace("_", " ").replace("\u00ae", "").replace("*", ""))


def _without_claims_applied(text: str) -> str:
    """Return text without "as applied to claims 1-3 above", which says nothing of references."""
    pieces, at = [], 0
    for match in _APPLIED.finditer(text):
        claims = claim_list_at(text, match.end())
        if match.start() < at or claims is None:
            continue
        behind = _BEHIND_APPLIED.match(text, claims.end)
        pieces.append(text[at : match.start()])
        at = behind.end() if behind else claims.end
    return " ".join((*pieces, text[at:]))


def _segments(text: str) -> Iterator[_Piece]:
    """Yield the parts between "in view of" and the like, up to where the sentence says something else."""
    stop = _STOPS.search(text)
    text = text[: stop.start()] if stop else text
    begin, is_evidence = 0, False
    for match in _CONNECTORS.finditer(text):
        if _depth(text[: match.start()]) > 0:
            continue
        yield _Piece(text[begin : match.start()], is_evidence)
        is_evidence = "eviden" in match["word"].lower()
        begin = match.end()
    yield _Piece(text[begin:], is_evidence)


def _depth(text: str) -> int:
    return text.count("(") - text.count(")")


def _of_segment(segment: _Piece) -> list[NamedReference]:
    found: list[NamedReference] = []
    for piece in _pieces(_without_their_claims(segment.text)):
        reference = _reference(piece, is_evidence=segment.is_evidence)
        if reference is None:
            continue
        if found and _adds(found[-1], reference, piece):
            found[-1] = _joined(found[-1], reference)
        else:
            found.append(reference)
    return found


def _adds(last: NamedReference, reference: NamedReference, piece: str) -> bool:
    """Return whether a piece says more of the reference before it: its number, an alias in brackets, its title."""
    if (reference.number and not last.number and not reference.name) or _SUFFIX.match(piece):
        return True
    if piece.lstrip().startswith("("):
        return not last.number or not reference.number
    return piece.lstrip().startswith('"') and not (last.number or last.title or reference.number)


def _joined(first: NamedReference, second: NamedReference) -> NamedReference:
    return NamedReference(
        name=first.name, number=first.number or second.number, printed=f"{first.printed}, {second.printed}",
        title=first.title or second.title, is_evidence=first.is_evidence,
    )  # fmt: skip


def _without_their_claims(text: str) -> str:
    """Return text without "claims 1-5 of" before a patent."""
    head = _CLAIMS_OF.match(text)
    claims = claim_list_at(text, head.end()) if head else None
    behind = _OF.match(text, claims.end) if claims else None
    return text[behind.end() :] if behind else text


def _pieces(text: str) -> Iterator[str]:
    """Yield the parts between commas and "and", outside brackets, quotation marks and numbers."""
    depth, quoted, begin = 0, False, 0
    index = 0
    while index < len(text):
        sign = text[index]
        depth = max(0, depth + (sign in "([") - (sign in ")]"))
        quoted ^= sign == '"'
        width = _separator(text, index) if not depth and not quoted else 0
        if width:
            yield text[begin:index]
            begin = index + width
            index = begin
        else:
            index += 1
    yield text[begin:]


_SEPARATOR: Final = re.compile(
    r"\s*(?:[,;](?!\d{3})\s*(?:(?:and|or)\s+)?(?=\S)|\s(?:and|or)\s+)(?:also\s+|further\s+|the\s+)?", re.IGNORECASE
)


def _separator(text: str, index: int) -> int:
    match = _SEPARATOR.match(text, index)
    return len(match[0]) if match and match.end() > index else 0


def _reference(piece: str, *, is_evidence: bool) -> NamedReference | None:
    """Return the reference that a piece names, `None` where it names none."""
    printed = piece.strip(" ,;:.")
    if not printed:
        return None
    for pattern, name in _SPECIAL:
        if pattern.search(piece):
            return NamedReference(name, printed=printed, is_evidence=is_evidence)
    number = _number_in(piece)
    title = _TITLE.search(piece)
    outside = re.sub(r"\([^)]{0,300}\)?", " ", piece)
    name = _name(_without_numbers(_without_alias(outside)))
    name = name or _alias(piece) or (_name_inside(piece) if number else "")
    inside = "" if number or title else _journal(piece)
    if not (name or number):
        words = title["title"].strip(" ,.") if title else printed if is_evidence and _WEB_PAGE.search(printed) else ""
        return NamedReference("", printed=printed, title=words, is_evidence=is_evidence) if words else None
    return NamedReference(
        name,
        number.form if number else "",
        printed,
        title["title"].strip(" ,.") if title and not number else inside,
        is_evidence,
    )


def _without_alias(text: str) -> str:
    return _REMARK.sub(
        " ",
        re.split(
            r"\bherein\s?-?after|\bhereafter|\bhenceforth|\breferred\s+to\b", text, maxsplit=1, flags=re.IGNORECASE
        )[0],
    )


def _without_numbers(text: str) -> str:
    return _WORDS_OF_A_NUMBER.sub(" ", _TITLE.sub(" ", _NUMBER.sub(" ", text)))


def _alias(piece: str) -> str:
    match = _ALIAS.search(piece)
    return _name(match["name"]) if match else ""


def _name_inside(piece: str) -> str:
    """Return a name that stands in brackets behind a number: `US 2005/0036656 (Takahashi)`."""
    for match in re.finditer(r"\(([^)]{2,80})\)?", piece):
        name = _name(_without_numbers(match[1]))
        if name:
            return name
    return ""


def _journal(piece: str) -> str:
    """Return what stands in brackets behind a name without a number: a journal, a year."""
    match = re.search(r"\(([^)]{4,200})\)", piece)
    return (
        match[1].strip()
        if match
        and not _REMARK.search(match[1])
        and not _ALIAS.search(match[0])
        and "reference application" not in match[1].lower()
        else ""
    )


def _name(text: str) -> str:
    text = re.sub(
        r"^\W*(?:(?:to|by|of|the|issued|granted|inventor|patent|author|reference|publication|in|entitled)\b\s*)+",
        "",
        text.strip(),
        flags=re.IGNORECASE,
    )
    text = re.sub(
        r"[\s,;:.\"'-]*\b(?:to|by|of|for|in|and|or|dated|published|from|with|as|is|are|on)\b[\s.]*$",
        "",
        text.strip(" ,;:\"'()[]-"),
        flags=re.IGNORECASE,
    )
    text = re.sub(r"\s{2,}", " ", text).strip(" ,;:\"'()[]-")
    text = _ET_AL.sub(" et al.", re.sub(r"\s+(?=[.,])", "", text).rstrip("."))
    text = f"{text}." if text.endswith((" Inc", " Jr", " Co", " Ltd", " Corp")) else text
    if (
        not re.match(r"(?:(?:de|di|da|van|von|der|den|la|le|el)\s+){0,3}[A-Z\u00c0-\u00de]", text)
        or len(text) > 90
        or text.split()[0].strip(".,") in _NO_NAME
    ):
        return ""
    if re.search(r"\bU\.?\s?S\.?\s?C\b|\bC\.?F\.?R\b", text):
        return ""
    return text


def _number_in(piece: str) -> _Number | None:
    for match in _NUMBER.finditer(piece):
        kind = next(name for name, value in match.groupdict().items() if value)
        country = _country(piece[: match.start()])
        if kind == "short_patent" or (kind == "hyphened" and not country):
            continue
        form = _form(match[0], kind, country)
        if form:
            return _Number(form, match.start(), match.end())
    return None


def _country(before: str) -> str:
    """Return the office that words before a number name, `JP` of "Japanese Patent Publication"; empty for none."""
    words = re.findall(r"[A-Za-z]+", before[-60:])
    return next((_COUNTRIES[word.lower()] for word in reversed(words) if word.lower() in _COUNTRIES), "")


def _form(printed: str, kind: str, country: str) -> str:
    """Return a number in the form of this app; as it is printed where the app does not know it."""
    text = _KIND_AS_LETTER.sub(r"\g<letter>1", " ".join(printed.split()))
    if kind == "hyphened" or (kind in _EARLY and country not in ("", "WO")):
        return _parsed(f"{country} {text}")
    return _parsed(_us_form(text, kind) if kind in _EARLY else text)


def _us_form(text: str, kind: str) -> str:
    """Return a US number without the points and blanks that an engine put in."""
    match = re.search(r"\s?[-_]?\s?([A-CESPU])\s?([1-9])?$", text)
    code = f" {match[1]}{match[2] or ''}" if match and kind != "other" else ""
    body = text[: match.start()] if match and code else text
    if kind.startswith("publication"):
        digits = re.sub(r"\D", "", body.replace("O", "0"))
        if len(digits) == 10:
            digits = digits[:4] + "0" + digits[4:]
        return f"US {digits[:4]}/{digits[4:]}{code}"
    if kind == "other":
        return "US " + re.sub(r"Des\.?", "D", body, flags=re.IGNORECASE).replace(".", "").replace(" ", "")
    return f"US {int(re.sub(r'[^0-9]', '', body)):,}{code}"


@lru_cache(maxsize=4096)
def _parsed(text: str) -> str:
    try:
        numbers = parse(text)
    except NumbersError:
        return text
    if len(numbers) == 1 and numbers[0].standing is Standing.UNDERSTOOD:
        return numbers[0].readings[0].display_form
    return text
