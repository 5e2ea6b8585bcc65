"""What a paper says in its own words that matters later: reasons for allowance, what was agreed, what was argued."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from components.content.claim_lists import CLAIM_WORD, claim_list_at
from components.content.records import PaperKind, Statement, finding_id, numbered
from components.content.said import Said
from components.content.statements.interviews import interview_spans
from components.content.statements.office_words import office_words_in
from components.content.statements.remarks import remarks_in
from components.content.text import ReadText

_OFFICE: Final[frozenset[PaperKind]] = frozenset({"action", "advisory", "allowance"})
_APPLICANT: Final[frozenset[PaperKind]] = frozenset({"remarks", "claims"})
_WITH_INTERVIEWS: Final[frozenset[PaperKind]] = frozenset({"remarks", "interview", "allowance"})
_CLAIMS: Final = re.compile(CLAIM_WORD, re.IGNORECASE)
_FEWEST_WORDS: Final = 4
"""Fewer words on a page are left out: the end of a sentence that began on the page before."""
_WORDS_IN_ID: Final = 8


def statements_in(text: ReadText, *, kind: PaperKind) -> tuple[Statement, ...]:
    """Return what a paper says in its own words, in the order of its pages; each is a quote, never a paraphrase.

    `most_telling_first` puts them in another order.

    Args:
        text: of the paper.
        kind: what it is read by; nothing is read in a list of references, or in a paper that is read by no rules.
    """
    said: list[Said] = []
    if kind in _OFFICE:
        said += office_words_in(text, is_notice=kind == "allowance")
    if kind in _APPLICANT:
        said += remarks_in(text, is_whole=kind == "remarks")
    if kind in _WITH_INTERVIEWS:
        taken = {each.start for each in said}
        said += [
            Said("interview", span.start, span.end, telling=6)
            for span in interview_spans(text, is_summary=kind == "interview")
            if span.start not in taken
        ]
    found = [statement for each in sorted(said, key=lambda each: each.start) for statement in _statements(text, each)]
    ids = numbered(each.id for each in found)
    return tuple(_with_id(each, name) for each, name in zip(found, ids, strict=True))


def most_telling_first(statements: Sequence[Statement]) -> list[Statement]:
    """Return statements of one paper, the most telling first, and those that tell as much in the order of its pages."""
    return sorted(statements, key=lambda each: -each.telling)


def _statements(text: ReadText, said: Said) -> Iterator[Statement]:
    """Yield what was said once for each page on which it stands."""
    claims = _claims_named(text.text[said.start : said.end])
    start = said.start
    for piece in text.text[said.start : said.end].split("\f"):
        end = start + len(piece)
        if len(piece.split()) >= _FEWEST_WORDS:
            quote = text.quote(start, end)
            yield Statement(
                id=finding_id(said.kind, said.statute, *_first_words(quote.text)),
                kind=said.kind,
                quote=quote if end >= said.end else quote._replace(goes_on=True),
                claims=claims,
                statute=said.statute,
                confidence=quote.confidence,
                note=said.note,
                telling=said.telling,
            )
        start = end + 1


def _claims_named(sentence: str) -> tuple[int, ...]:
    """Return the claims that a sentence names."""
    lists = (claim_list_at(sentence, match.start()) for match in _CLAIMS.finditer(sentence))
    return tuple(sorted({claim for found in lists if found is not None for claim in found.claims}))


def _first_words(quote: str) -> list[str]:
    return re.findall(r"[a-z]+", quote.lower())[:_WORDS_IN_ID]


def _with_id(statement: Statement, name: str) -> Statement:
    return statement if statement.id == name else replace(statement, id=name)
