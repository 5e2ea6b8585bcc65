"""The form pages of a paper, read: PTO-90C, PTOL-326, PTOL-303, PTOL-37."""

import re
from dataclasses import dataclass
from typing import Final

from components.content.form_pages.claim_lines import disposition_at, form_statuses
from components.content.form_pages.finality import FinalityWords, finality_words
from components.content.form_pages.people import art_unit_in, examiner_in
from components.content.form_pages.periods import reply_period_in
from components.content.records import ClaimStatus, Fact, ReplyPeriod, StatusKind
from components.content.text import ReadText, Span

_FORM_PAGE: Final = re.compile(
    r"""Office\s+A\s?ction\s+Summary\s+(?:Exam|Part|Appl)
      | PTO[LI1]?\s?[-\u2014]\s?(?:326|303|37|90[AC]|413)\b\s*\(?\s*(?:Rev|Formerly)
      | Disposition\s+of\s+Claims | Notice\s+of\s+Allowability\s+(?:Exam|Part|Appl)
      | status\s+of\s+the\s+claim\(?s?\)?\s+is\s*\(?\s*or\s+will\s+be
      | Please\s+find\s+below\s+and/or\s+attached\s+an\s+Office | The\s+allowed\s+claim\(?s?\)?\s+is/are""",
    re.VERBOSE | re.IGNORECASE,
)
"""Words that are printed on a form, and on no other page."""
_FORM_ENDS: Final = re.compile(
    r"PTO[LI1]?\s?[-\u2014]\s?(?:326|303|37)\b[^\n]{0,120}|Part\s+of\s+Paper\s+No[^\n]{0,60}", re.IGNORECASE
)
_BODY_BEGINS: Final = re.compile(r"DETAILED\s+ACTION|EXAMINER'S\s+AMENDMENT|REASONS\s+FOR\s+ALLOWANCE", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FormRead:
    """What the form pages say, and what only a paper's last lines say where there is no form."""

    examiner: Fact | None = None
    art_unit: Fact | None = None
    reply_period: ReplyPeriod | None = None
    statuses: tuple[ClaimStatus, ...] = ()
    finality_words: FinalityWords | None = None
    """The words of the paper's text that say whether it is final."""
    regions: tuple[Span, ...] = ()
    """Where the form pages stand in the text; none where the paper has no form."""

    def claims(self, kind: StatusKind) -> tuple[int, ...]:
        """Return the claims of a line of the form; empty where the line has none, or none that can be read."""
        return next((each.claims for each in self.statuses if each.kind == kind), ())


def form_in(text: ReadText) -> FormRead:
    """Return what the form pages of a paper say."""
    regions = form_regions(text)
    return FormRead(
        examiner=examiner_in(text),
        art_unit=art_unit_in(text),
        reply_period=reply_period_in(text),
        statuses=form_statuses(text, without_forms(text, regions)),
        finality_words=finality_words(text, regions),
        regions=regions,
    )


def form_regions(text: ReadText) -> tuple[Span, ...]:
    """Return where form pages stand in a text: whole pages, or the beginning of a text that has no pages."""
    pages = list(_pages(text.text))
    if len(pages) == 1:
        return _beginning(text.text)
    return tuple(span for span in pages if _is_form(text.text, span))


def without_forms(text: ReadText, regions: tuple[Span, ...]) -> str:
    """Return the text with blanks in place of its form pages: offsets stay what they are."""
    body = text.text
    for region in regions:
        body = body[: region.start] + " " * (region.end - region.start) + body[region.end :]
    return body


def _pages(text: str) -> list[Span]:
    spans, start = [], 0
    for end in [found.start() for found in re.finditer("\f", text)] or [len(text)]:
        spans.append(Span(start, end))
        start = end + 1
    return spans


def _is_form(text: str, page: Span) -> bool:
    """Return whether a page is a form's: the first pages are, as far as they have its words and no detailed action."""
    return _FORM_PAGE.search(text, page.start, page.end) is not None and (
        disposition_at(text[page.start : page.end]) is not None
        or _BODY_BEGINS.search(text, page.start, page.end) is None
    )


def _beginning(text: str) -> tuple[Span, ...]:
    """Return the part of a text without pages that its forms take up: up to the number of the last."""
    if _FORM_PAGE.search(text) is None:
        return ()
    ends = [found.end() for found in _FORM_ENDS.finditer(text)]
    lines = disposition_at(text)
    return (Span(0, max(ends or [lines.end if lines else 0])),)
