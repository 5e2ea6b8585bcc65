"""A finding on the screen: what it says, its passages, how it was read, and how a person marked it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import streamlit as st

from components.content.claim_lists import in_words
from components.content.records import (
    ClaimStatus,
    DatedContent,
    FinalityFact,
    Flag,
    Ground,
    NamedReference,
    PaperContent,
    Quote,
    ReplyPeriod,
    Verdicts,
)
from components.desk import Desk
from components.ui.escape import escape_markdown
from components.ui.review.inside.quotes import confidence_markdown, draw_page_button, finding_key, quote_markdown
from components.ui.review.inside.verdicts import draw_verdict, judged_markdown, struck_markdown
from components.words import counted, listed

_CLAIMS_FROM: Final = {
    "sentence": "",
    "form": "the claims stand on the form page alone",
    "paragraphs": "the claims stand in the paragraphs below alone",
    "": "",
}
_STATUS_WORDS: Final = {
    "pending": "pending",
    "withdrawn": "withdrawn from consideration",
    "cancelled": "cancelled",
    "allowed": "allowed",
    "rejected": "rejected",
    "objected": "objected to",
    "restricted": "subject to restriction",
}
_PLACES: Final = {"form": "on the form page", "body": "in the text"}
_FINALITY_WORDS: Final = {
    "non-final": "Not final",
    "final": "Final",
    "Quayle": "Quayle action: only formal matters are open",
    "advisory": "Advisory",
    "allowance": "Allowance",
}


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding as it is drawn."""

    id: str
    says: str
    """What it says, in plain text: it is kept with a person's mark, too."""
    lead: str = ""
    """What of that stands before the rest, in bold."""
    quotes: tuple[Quote, ...] = ()
    confidence: int | None = None
    notes: tuple[str, ...] = ()
    """What else is to be known of it, in plain text."""
    is_flag: bool = False

    @property
    def words(self) -> str:
        """All that it says in plain text."""
        return f"{self.lead} · {self.says}" if self.lead and self.says else self.lead or self.says

    @property
    def markdown(self) -> str:
        """The same as markdown."""
        parts = [f"**{escape_markdown(self.lead)}**"] if self.lead else []
        parts += [escape_markdown(self.says)] if self.says else []
        return f"{':orange[:material/flag:] ' if self.is_flag else ''}{' · '.join(parts)}"


def draw_finding(desk: Desk, paper: DatedContent, finding: ShownFinding, verdicts: Verdicts, *, user: str) -> None:
    """Draw a finding: what it says, its passages with their pages, how it was read, and how it is marked.

    Args:
        desk: of the person's workspace.
        paper: in which it stands.
        finding: the finding.
        verdicts: the marks of the findings on the screen.
        user: who marks.
    """
    verdict = verdicts.get((paper.paper, finding.id))
    key = finding_key("finding", paper.paper, finding.id)
    with st.container(gap=None, key=key):
        st.markdown(judged_markdown(finding.markdown, verdict))
        for number, quote in enumerate(finding.quotes):
            passage = finding_key("passage", paper.paper, finding.id, number)
            with st.container(horizontal=True, vertical_alignment="center", gap="small", key=passage):
                button = finding_key("page", paper.paper, finding.id, number)
                draw_page_button(paper.paper, quote, key=button, about=finding.words)
                st.caption(struck_markdown(quote_markdown(quote), verdict), width="stretch")
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            # A caption is drawn pale: a colour in it could not be read.
            st.markdown(f":small[{' · '.join(_how_read(finding))}]", width="content")
            draw_verdict(desk, paper.paper, finding.id, finding.words, verdicts, user=user)


def _how_read(finding: ShownFinding) -> Iterator[str]:
    yield ":gray[read by machine]"
    if finding.confidence is not None:
        words = confidence_markdown(finding.confidence)
        yield words if words.startswith(":") else f":gray[{words}]"
    for note in finding.notes:
        yield f":orange[{escape_markdown(note)}]"


def claims_in_words(claims: tuple[int, ...]) -> str:
    """Return which claims a finding is of: `claim 4`, `claims 1-4, 6`; or that they cannot be read."""
    if not claims:
        return "claims not legible"
    return f"{'claim' if len(claims) == 1 else 'claims'} {in_words(claims)}"


def reference_in_words(reference: NamedReference) -> str:
    """Return a reference as a line has it: `Brandvold (US 98,104,772 B2)`."""
    name = reference.name or reference.title
    words = f"{name} ({reference.number})" if name and reference.number else name or reference.number
    words = words or reference.printed
    return f"{words} as evidence" if reference.is_evidence else words


def shown_ground(ground: Ground) -> ShownFinding:
    """Return a ground of rejection as it is drawn."""
    parts = [claims_in_words(ground.claims)]
    relied_on = listed([reference_in_words(each) for each in ground.references]) or ground.over
    if relied_on:
        parts.append(f"over {relied_on}")
    if ground.provisional:
        parts.append("provisional")
    notes = ["law from before 16 March 2013"] if ground.pre_aia else []
    notes += [_CLAIMS_FROM[ground.claims_from]] if _CLAIMS_FROM[ground.claims_from] else []
    return ShownFinding(
        ground.id,
        " · ".join(parts),
        lead=ground.statute,
        quotes=(ground.quote,),
        confidence=ground.confidence,
        notes=(*notes, *ground.notes),
    )


def shown_flag(flag: Flag) -> ShownFinding:
    """Return a flag as it is drawn, with both sides of what differs."""
    lead = f"{flag.kind[:1].upper()}{flag.kind[1:]}"
    confidence = min((quote.confidence for quote in flag.quotes), default=None)
    return ShownFinding(flag.id, flag.words, lead=lead, quotes=flag.quotes, confidence=confidence, is_flag=True)


def shown_facts(content: PaperContent) -> list[ShownFinding]:
    """Return what a paper says beside its grounds: how claims stand, what kind of action it is, period, examiner."""
    facts = [_shown_status(status) for status in content.statuses]
    if content.finality is not None:
        facts.append(_shown_finality(content.finality))
    if content.reply_period is not None:
        facts.append(_shown_period(content.reply_period))
    for label, fact in (("Examiner", content.examiner), ("Art unit", content.art_unit)):
        if fact is not None:
            facts.append(
                ShownFinding(fact.id, fact.value, lead=label, quotes=(fact.quote,), confidence=fact.confidence)
            )
    return facts


def _shown_status(status: ClaimStatus) -> ShownFinding:
    lead = _STATUS_WORDS[status.kind]
    legible = () if status.legible else ("the line cannot be read in full",)
    return ShownFinding(
        status.id,
        f"{claims_in_words(status.claims)} · {_PLACES[status.place]}",
        lead=f"{lead[:1].upper()}{lead[1:]}",
        quotes=(status.quote,),
        confidence=status.confidence,
        notes=(*legible, *([status.note] if status.note else [])),
    )


def _shown_finality(finality: FinalityFact) -> ShownFinding:
    words = _FINALITY_WORDS[finality.value]
    if finality.quote is None:
        return ShownFinding(finality.id, "by its document code", lead=words)
    return ShownFinding(finality.id, "", lead=words, quotes=(finality.quote,), confidence=finality.quote.confidence)


def _shown_period(period: ReplyPeriod) -> ShownFinding:
    parts = [counted(period.months, "month")] if period.months is not None else ["months not legible"]
    if period.days is not None:
        parts.append(f"or {counted(period.days, 'day')}, whichever is longer")
    return ShownFinding(
        period.id,
        ", ".join(parts),
        lead="Period for reply",
        quotes=(period.quote,),
        confidence=period.confidence,
    )
