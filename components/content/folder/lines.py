"""What one paper says as a record of plain values, for `python -m components.content FOLDER --json`.

What does not apply to a paper is left out: a set of claims has no grounds, a text file has no boxes.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from components.content.claims.compare import ClaimChange
from components.content.records import (
    Claim,
    ClaimSet,
    Flag,
    Ground,
    MarkedWords,
    NamedReference,
    PaperContent,
    PaperKind,
    Quote,
    StatusKind,
)

STATUS_KINDS: Final[tuple[StatusKind, ...]] = ("pending", "rejected", "allowed", "objected", "withdrawn")
_WITH_GROUNDS: Final[frozenset[PaperKind]] = frozenset({"action", "advisory"})
_DIGITS: Final = 4
"""Of a share of a page's width or height."""

Record = dict[str, Any]
"""A line of the output."""


def record_of(name: str, content: PaperContent, changes: Sequence[ClaimChange] = ()) -> Record:
    """Return what a paper says.

    Args:
        name: of its file.
        content: what the rules found.
        changes: what became of its claims since the set before.
    """
    reasons = [each.quote for each in content.statements if each.kind == "reason for allowance"]
    facts: Record = {
        "status": {kind: list(claims) for kind, claims in statuses_of(content).items()},
        "flags": [*map(_flag, content.flags), *_disagreements(changes)],
        "examiner": content.examiner.value if content.examiner else "",
        "art_unit": content.art_unit.value if content.art_unit else "",
        "finality": content.finality.value if content.finality else "",
        "reply_months": content.reply_period.months if content.reply_period else None,
        "claims": _claims(content.claims, changes) if content.claims else [],
        "reasons": [{"quote": quote.text, "page": quote.page} for quote in reasons],
    }
    record: Record = {"file": name, "engine": ", ".join(content.engines)}
    if content.kind in _WITH_GROUNDS:
        record["grounds"] = [_ground(ground) for ground in content.grounds]
    return record | {fact: value for fact, value in facts.items() if value}


def statuses_of(content: PaperContent) -> dict[StatusKind, tuple[int, ...]]:
    """Return the claims of each status: as the form has them, and where its line has none, as the text says.

    What a paper without a form rejects, its grounds say.
    """
    found: dict[StatusKind, tuple[int, ...]] = {}
    unread = {each.kind for each in content.statuses if each.place == "form" and not each.legible}
    has_form = any(each.place == "form" for each in content.statuses)
    for kind in STATUS_KINDS:
        claims = content.status(kind, "form")
        if not claims and kind not in unread:
            claims = content.status(kind, "body")
        if not claims and kind == "rejected" and not has_form:
            claims = tuple(sorted({claim for ground in content.grounds for claim in ground.claims}))
        if claims:
            found[kind] = claims
    return found


def named(reference: NamedReference) -> str:
    """Return a reference by its name and its number."""
    name = reference.name or reference.title
    if name and reference.number:
        return f"{name} ({reference.number})"
    return name or reference.number or reference.printed


def _ground(ground: Ground) -> Record:
    references = [named(reference) for reference in ground.references] or ([ground.over] if ground.over else [])
    record = {
        "statute": ground.statute,
        "claims": list(ground.claims),
        "references": references,
        "quote": ground.quote.text,
        "page": ground.quote.page,
    }
    return record | _box(ground.quote)


def _box(quote: Quote) -> Record:
    return {"box": [round(edge, _DIGITS) for edge in quote.box]} if quote.box else {}


def _flag(flag: Flag) -> str:
    """Return a flag in words, with both sides of a difference."""
    quotes = "; ".join(f"“{quote.text}” (page {quote.page})" for quote in flag.quotes)
    return f"{flag.kind}: {flag.words} {quotes}".strip()


def _disagreements(changes: Iterable[ClaimChange]) -> list[str]:
    return [f"{words} (claim {change.number})" for change in changes for words in change.disagreements]


def _claims(claims: ClaimSet, changes: Sequence[ClaimChange]) -> list[Record]:
    by_number = {change.number: change for change in changes}
    return [_claim(claim, by_number.get(claim.number)) for claim in claims.claims]


def _claim(claim: Claim, change: ClaimChange | None) -> Record:
    record: Record = {"number": claim.number, "status": claim.status, "text": claim.text}
    if change is not None and (change.before is not None or change.by_marks):
        record["added"] = list(change.words("added"))
        record["struck"] = list(change.words("struck"))
    if claim.marks_read or claim.marks:
        record["marks"] = [_mark(mark) for mark in claim.marks]
    return record


def _mark(mark: MarkedWords) -> Record:
    return {"kind": mark.kind, "text": mark.text, "page": mark.page}
