"""Reading one paper: all that the rules find in its pages, and whether that is all that it should say."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from components.content.claims.claims import claims_in
from components.content.flags import badly_legible, flag, flags_of, period_flags, renamed
from components.content.form_pages.body_statuses import body_statuses
from components.content.form_pages.finality import finality_flags, finality_of
from components.content.form_pages.forms import FormRead, form_in, form_regions, without_forms
from components.content.form_pages.periods import reply_periods_in
from components.content.paper_kinds import category_of
from components.content.records import ClaimSet, Flag, PaperContent, PaperKind
from components.content.references.citations import citations_in
from components.content.rejections.grounds import GroundsRead, grounds_in
from components.content.statements.interviews import interview_in
from components.content.statements.statements import statements_in
from components.content.text import ReadText
from components.page_texts import PageText

RULES_VERSION: Final = 4
"""Raised whenever the rules change: what was read by others is read again."""
NO_TEXT: Final = "No text was found on its pages."
HARDLY_ANY_TEXT: Final = "Hardly any text was found on its pages."
NO_RULES: Final = "There are no rules for this kind of paper."
NO_GROUND: Final = "It says that claims are rejected, but no ground of rejection could be read in it."
NO_GROUND_BY_CODE: Final = "By its document code it rejects claims, but no ground of rejection could be read in it."
NO_ALLOWANCE: Final = "It is a notice of allowance, but nothing that one says could be read in it."
NO_INTERVIEW: Final = "It is on an interview, but nothing of who spoke, or what came of it, could be read in it."
NO_CLAIMS: Final = "No claims could be read in it."
NO_REFERENCES: Final = "No reference could be read in it."
NO_ACTION_TEXT: Final = "Only its form pages could be read: what it rejects, and why, stands on other pages."

_REJECTS: Final = frozenset({"non_final_rejection", "final_rejection"})
"""Categories of actions that reject; the others may only restrict, object or close."""
_WITH_GROUNDS: Final[frozenset[PaperKind]] = frozenset({"action", "advisory"})
_WITH_FORMS: Final[frozenset[PaperKind]] = frozenset({"action", "advisory", "allowance"})
_FEW_LETTERS: Final = 200
"""An action with fewer letters outside its forms has no text."""


def read_content(pages: Sequence[PageText], *, kind: PaperKind, code: str = "") -> PaperContent:
    """Return what the pages of a paper say.

    Args:
        pages: in order.
        kind: by which rules it is read (`kind_of`); without one it is read as an action if it has an action's form.
        code: its document code, `CTNF`.
    """
    text = ReadText(pages)
    content = PaperContent(kind, engines=_engines(pages), confidence=_confidence(pages))
    if not text.text.strip():
        return _not_read(content, NO_TEXT)
    if not kind and form_regions(text):
        content = replace(content, kind="action")
    if content.kind in _WITH_FORMS:
        return _action(text, content, code)
    if not content.kind:
        return _not_read(content, NO_RULES)
    return _applicants(text, content)


def _action(text: ReadText, content: PaperContent, code: str) -> PaperContent:
    """Return what a paper of an examiner says."""
    kind = content.kind
    form = form_in(text)
    body = without_forms(text, form.regions)
    grounds = grounds_in(text, form=form) if kind in _WITH_GROUNDS else GroundsRead((), says_rejected=False)
    statuses = (*form.statuses, *body_statuses(text, body), *grounds.unread)
    finality = finality_of(category_of(code), kind, form.finality_words)
    flags: list[Flag] = list(flags_of(statuses, grounds.grounds, text.pages, is_action=kind == "action"))
    flags += finality_flags(finality, form.finality_words)
    flags += period_flags(reply_periods_in(text)) if kind == "action" else ()
    read = replace(
        content,
        grounds=grounds.grounds,
        statuses=statuses,
        examiner=form.examiner,
        art_unit=form.art_unit,
        finality=finality,
        reply_period=form.reply_period if kind == "action" else None,
        flags=renamed(flags),
        statements=statements_in(text, kind=kind),
        interview=interview_in(text) if kind != "action" else None,
        references=citations_in(text, kind=kind),
    )
    if kind == "action":
        why = _why_not_read(form, grounds, body, category_of(code))
    else:
        why = NO_ALLOWANCE if kind == "allowance" and not (statuses or read.statements) else ""
    return _not_read(read, why) if why else read


def _why_not_read(form: FormRead, grounds: GroundsRead, body: str, category: str) -> str:
    """Return why an action counts as not read; empty where it was."""
    if grounds.grounds:
        return ""
    letters = sum(character.isalnum() for character in body)
    if letters < _FEW_LETTERS:
        return NO_ACTION_TEXT if form.regions else HARDLY_ANY_TEXT
    if grounds.says_rejected or form.claims("rejected"):
        return NO_GROUND
    return NO_GROUND_BY_CODE if category in _REJECTS else ""


def _applicants(text: ReadText, content: PaperContent) -> PaperContent:
    """Return what a paper of an applicant, an interview summary or a list of references says."""
    kind = content.kind
    claims = claims_in(text) if kind in ("claims", "remarks") else None
    if kind == "remarks" and claims is not None and not _is_amended(claims):
        claims = None
    statuses = body_statuses(text, text.text) if kind == "remarks" else ()
    read = replace(
        content,
        claims=claims,
        statuses=tuple(status for status in statuses if status.kind == "pending"),  # what an applicant can say
        statements=statements_in(text, kind=kind),
        interview=interview_in(text) if kind in ("remarks", "interview") else None,
        references=citations_in(text, kind=kind),
        flags=badly_legible(text.pages),
    )
    why = _why_nothing(read)
    return _not_read(read, why) if why else read


def _why_nothing(read: PaperContent) -> str:
    """Return why a paper in which nothing was found counts as not read; empty where that may well be so."""
    match read.kind:
        case "citations":
            return "" if read.references else NO_REFERENCES
        case "claims":
            return "" if read.claims is None or read.claims.claims else NO_CLAIMS
        case "interview":
            return "" if read.interview or read.statements else NO_INTERVIEW
    return ""


def _is_amended(claims: ClaimSet) -> bool:
    """Return whether a set is a listing of claims (37 CFR 1.121): remarks quote claims without their identifiers."""
    return any(claim.status for claim in claims.claims)


def _not_read(content: PaperContent, why: str) -> PaperContent:
    """Return a content that says that it is not complete: "not read" is never "says nothing"."""
    quotes = [status.quote for status in content.statuses if status.kind == "rejected"]
    flags = renamed((*content.flags, flag("not read", "", why, quotes)))
    return replace(content, outcome="not read", why=why, flags=flags)


def _engines(pages: Sequence[PageText]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(page.engine for page in pages if page.engine))


def _confidence(pages: Sequence[PageText]) -> int | None:
    """Return the mean confidence of pages, each weighing as many letters as it has."""
    letters = [sum(len(word.text) for word in page.words) for page in pages]
    weighed = sum((page.confidence or 0) * count for page, count in zip(pages, letters, strict=True))
    return round(weighed / sum(letters)) if sum(letters) else None
