"""What a list of documents lacks, found from the list alone.

A list may be cut off, be fetched in part, or hold papers under wrong codes and dates. A finding is one plain sentence
for an attorney, with the document it points at. Nothing is said about papers that may rightly be absent: an election
without claims, a reply without a receipt. What presupposes what is a table (`law.prerequisites`).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, NamedTuple

import pandas as pd

from components.prosecution.law.categories import ENDING, Category
from components.prosecution.law.codes import reassignments_of
from components.prosecution.law.number_formats import is_grant, years_of
from components.prosecution.law.phrases import phrase_of
from components.prosecution.law.prerequisites import prerequisites_of
from components.prosecution.law.reissues import is_of_surrendered_patent
from components.prosecution.law.vocabulary import Side
from components.prosecution.papers.plausible_dates import EARLIER_YEARS, LONGEST_SILENCE, as_number
from components.prosecution.story.round_sentences import actions, closing_paper, examination_actions, replies, same_day
from components.prosecution.story.sentences import (
    Clause,
    counted_in_words,
    noun_of,
    number_in_words,
    sentence,
    the,
)
from components.prosecution.story.storyline import RoundRow, Storyline, StoryPaper, first_of_each_day, storylines
from components.prosecution.tables import Tables
from components.words import day, listed, shortened

FINDING_COLUMNS: Final = ("history", "kind", "document", "text")
MAX_NAMED: Final = 5
"""How many documents of a kind are named; the others are counted."""
_LONGEST_TITLE: Final = 60
"""Of a paper without a code, in characters."""
SHORT_REPLY_PAGES: Final = 2
"""A reply of at most so many pages contains no remarks or claims itself."""

_AS_FILED: Final = frozenset(
    {Category.SPECIFICATION, Category.CLAIMS, Category.DRAWINGS, Category.ABSTRACT, Category.FILING}
)
_FIRST_ACTS: Final = frozenset(
    {
        Category.RESTRICTION,
        Category.ALLOWANCE,
        Category.RCE,
        Category.NOTICE_OF_APPEAL,
        Category.ISSUE_FEE,
        Category.ISSUE,
        Category.ABANDONMENT,
    }
)
"""Besides actions and replies, what never comes before the application."""
_WITHDRAWING: Final = frozenset({Category.ACTION_WITHDRAWN, Category.PERIOD_RESTARTED, Category.WITHDRAWN_FROM_ISSUE})
_LATER: Final = frozenset(
    {Category.ALLOWANCE, Category.ISSUE_FEE, Category.ISSUE, Category.EXAMINERS_ANSWER, Category.BOARD_DECISION}
)
_PLURAL: Final = ("translations ", "amended claims", "fees ")
"""Beginnings of nouns of several papers."""
_FINAL: Final = ENDING | {Category.FILE_CLOSED}
"""What follows a decision to refuse that nobody appealed."""
_AFTER_FINAL: Final = frozenset(
    {
        Category.AMENDMENT_WITH_RCE,
        Category.ELECTION,
        Category.AFFIDAVIT,
        Category.REMARKS,
        Category.CLAIMS,
        Category.TERMINAL_DISCLAIMER,
        Category.APPEAL_PAPER,
        Category.PRE_APPEAL_REQUEST,
        Category.NOTICE_OF_APPEAL,
        Category.INTERVIEW_REQUEST,
        Category.PETITION,
    }
)
"""Besides replies, what an advisory action may answer (MPEP 706.07(f), 714.13, 1206)."""
_ANSWERS: Final = frozenset({Category.REPLY_TO_NON_FINAL, Category.REPLY_AFTER_FINAL, Category.REPLY_TO_QUAYLE})
_CONTENT: Final = frozenset(
    {
        Category.REMARKS,
        Category.CLAIMS,
        Category.SPECIFICATION,
        Category.ABSTRACT,
        Category.DRAWINGS,
        Category.AFFIDAVIT,
        Category.TERMINAL_DISCLAIMER,
        Category.ELECTION,
        Category.RCE,
        Category.PRE_APPEAL_REQUEST,
        Category.NOTICE_OF_APPEAL,
        Category.CORRESPONDENCE,
        Category.FILING,
        Category.IDS,
    }
)
"""Papers that may be what a reply consists of."""
_BESIDE_REMARKS: Final = frozenset({Category.EXTENSION})
_BESIDE_CLAIMS: Final = frozenset({Category.EXTENSION, Category.IDS, Category.TERMINAL_DISCLAIMER})
"""Papers that do not show to which action the remarks, or the remarks and claims, of the same day belong."""
_EARLIER_SUBMISSION: Final = frozenset(
    {
        Category.AMENDMENT_WITH_RCE,
        Category.AMENDMENT_AFTER_ALLOWANCE,
        Category.NOT_ENTERED,
        Category.IDS,
        Category.AFFIDAVIT,
        Category.APPEAL_BRIEF,
        Category.REPLY_BRIEF,
    }
)
"""Besides replies, earlier papers that may be the submission of an RCE (37 CFR 1.114(c); MPEP 706.07(h))."""
_SUBMISSION: Final = frozenset(
    {
        Category.AMENDMENT_WITH_RCE,
        Category.PRELIMINARY_AMENDMENT,
        Category.IDS,
        Category.REMARKS,
        Category.CLAIMS,
        Category.SPECIFICATION,
        Category.DRAWINGS,
        Category.AFFIDAVIT,
        Category.APPEAL_BRIEF,
        Category.REPLY_BRIEF,
        Category.APPEAL_PAPER,
        Category.TERMINAL_DISCLAIMER,
    }
)
"""Besides replies, what an RCE may come with (37 CFR 1.114(c))."""

_IMPOSSIBLE: Final = "dated when an application of this number cannot have had papers"
_TOO_EARLY: Final = "dated before the application was filed"
_APART: Final = "apart from the rest by more than ten years without any paper"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a list lacks."""

    kind: str
    """A slug: `unanswered`, `undated`."""
    document: str
    """The id of the document it points at; empty where there is none."""
    text: str


def findings_of(tables: Tables) -> pd.DataFrame:
    """Return what the lists lack.

    Args:
        tables: the tables of one or more histories.

    Returns:
        Columns `history`, `kind`, `document` (an id, or empty) and `text`, all text; of each history, in the order of
        `histories`, the most important first. No rows for complete lists. The text is plain and may hold document
        codes as the service delivered them: escape before showing.

    Raises:
        RuleTableBroken: `prerequisites.csv` or `grant_kinds.csv` cannot be used.
    """
    rows = [
        (story.name, finding.kind, finding.document, finding.text)
        for story in storylines(tables)
        for check in _CHECKS
        for finding in check(story)
    ]
    return pd.DataFrame(rows, columns=list(FINDING_COLUMNS), dtype="str")


def _finding(kind: str, *parts: Clause | str) -> Finding:
    finding = sentence(*parts)
    return Finding(kind, finding.documents[0] if finding.documents else "", finding.text)


def _not_held(story: Storyline) -> Iterator[Finding]:
    held, reported = story.number("documents_held") or 0, story.number("documents_told") or 0
    if reported > held:
        yield _finding("not_held", f"the service tells of {reported:,} documents, of which {held:,} are held")
    elif not story.facts["complete"]:
        yield _finding("not_held", f"the list was not fetched to its end: {counted_in_words(held, 'document')} so far")


def _without_filing(story: Storyline) -> Iterator[Finding]:
    if not story.papers or story.filing is not None or story.proceeding:
        return
    if story.first((Category.NATIONAL_ENTRY,)) is not None:  # it was filed elsewhere, as an international application
        return
    acts = story.of(examination_actions() | replies() | _FIRST_ACTS)
    filed = story.of(_AS_FILED, before=acts[0].day if acts else None)
    if not filed:
        yield _finding("no_filing", "no filing papers are listed: the list begins with ", the(story.papers[0]))
        return
    held = {paper.category for paper in filed}
    missing = [f"no {name.table_name}" for name in (Category.SPECIFICATION, Category.CLAIMS) if name not in held]
    if missing:
        yield _finding(
            "no_filing",
            Clause(f"the filing papers from {day(filed[0].day)} on", (filed[0].id,)),
            f" hold {listed(missing)}",
        )


def _without_grant(story: Storyline) -> Iterator[Finding]:
    granted = str(story.facts["patent_number"]).strip().upper()
    if not story.papers or story.proceeding or not is_grant(story.office, granted):
        return
    allowed = story.first((Category.ALLOWANCE,))
    papers = [(paper.code, paper.description) for paper in story.papers if not allowed or paper.day < allowed.day]
    if story.of((Category.ISSUE,)) or is_of_surrendered_patent(story.office, granted, papers):
        return
    missing = phrase_of(story.office, Category.ISSUE)
    yield _finding(
        "no_grant",
        f"the number {granted} is of a granted patent; the list ends with ",
        the(_last(story)),
        f": no {missing} is listed",
    )


def _last(story: Storyline) -> StoryPaper:
    day = story.papers[-1].day
    return min(story.on(day), key=lambda paper: paper.category.facts.lead)


def _unanswered(story: Storyline) -> Iterator[Finding]:
    nameless = [reply.remarks.day for reply in _find_nameless_replies(story)]
    for row in story.rounds:
        later = _what_followed(story, row) if row.kind in _need_answer() else None
        if row.kind is Category.REFUSAL and later is not None and later.category in _FINAL:
            continue  # nobody need appeal
        if later is None or story.first(replies(), after=row.opened, until=later.day) or same_day(story, row):
            continue  # which of two papers of one day came first, nobody can know
        index = bisect_right(nameless, row.opened)
        if index < len(nameless) and nameless[index] < later.day:
            continue  # that is a finding of its own
        action = story.by_id[row.action]
        yield _finding("unanswered", "no reply to ", the(action), " is listed, though ", the(later), " followed")


def _need_answer() -> frozenset[Category]:
    return examination_actions() | {Category.RESTRICTION}


def _what_followed(story: Storyline, row: RoundRow) -> StoryPaper | None:
    """Return the later Office paper that suggests that the action was answered; `None` if there is none."""
    if row.outcome == "open":
        return story.first(_LATER, after=row.opened)
    closing = closing_paper(story, row) if row.outcome == "superseded" else None
    if closing is None or closing.category in _WITHDRAWING | ENDING or "supplemental" in noun_of(closing):
        return None
    withdrawn = story.first(_WITHDRAWING, after=row.opened, until=closing.day)
    return None if withdrawn else closing


def _without_prerequisite(story: Storyline) -> Iterator[Finding]:
    first: dict[str, StoryPaper] = {}
    for rule in prerequisites_of(story.office):
        paper = story.first((rule.category,))
        if paper is None or story.first(rule.needs, until=paper.day):
            continue
        earliest = first.get(rule.missing)
        if earliest is None or paper.day < earliest.day:
            first[rule.missing] = paper
    papers = {paper.id: paper for paper in sorted(first.values(), key=lambda paper: paper.day)}
    for paper in papers.values():
        missing = [f"no {name}" for name, other in first.items() if other.id == paper.id]
        are = "are" if noun_of(paper).startswith(_PLURAL) else "is"
        yield _finding("without_prerequisite", the(paper), f" {are} listed, but before it {listed(missing)}")


def _advisories_without_reply(story: Storyline) -> Iterator[Finding]:
    for advisory in first_of_each_day(story.of((Category.ADVISORY_ACTION,))):
        final = story.last((Category.FINAL_REJECTION,), until=advisory.day)
        if final is not None and story.first(replies() | _AFTER_FINAL, since=final.day, until=advisory.day) is None:
            yield _finding(
                "without_prerequisite", the(advisory), " is listed, but before it no reply after ", the(final)
            )


def _empty_replies(story: Storyline) -> Iterator[Finding]:
    if story.office != "US":
        return
    for reply in first_of_each_day(story.of(_ANSWERS)):
        if (reply.pages or 0) > SHORT_REPLY_PAGES or _beside(story, reply, _CONTENT):
            continue
        yield _finding("empty_reply", the(reply), " is listed without remarks and without claims")
    for rce in first_of_each_day(story.of((Category.RCE,))):
        action = story.last(actions() | {Category.ALLOWANCE}, before=rce.day)
        earlier = action and story.first(replies() | _EARLIER_SUBMISSION, since=action.day, until=rce.day)
        if earlier is None and not _beside(story, rce, replies() | _SUBMISSION):
            yield _finding("empty_reply", the(rce), " is listed without the submission that it must come with")


def _beside(story: Storyline, paper: StoryPaper, categories: Collection[Category]) -> bool:
    """Return whether papers of some categories came on the same day from the applicant."""
    return any(
        other.category in categories and other.side is Side.APPLICANT and other.id != paper.id
        for other in story.on(paper.day)
    )


def _nameless_replies(story: Storyline) -> Iterator[Finding]:
    for reply in _find_nameless_replies(story):
        yield _finding(
            "nameless_reply",
            Clause(f"{reply.words} of {day(reply.remarks.day)}", (reply.remarks.id,)),
            " came after ",
            the(reply.action),
            " without a paper that says what they are",
        )


class _NamelessReply(NamedTuple):
    remarks: StoryPaper
    words: str
    """What came: "remarks" or "remarks and claims"."""
    action: StoryPaper
    """The action before it."""


def _find_nameless_replies(story: Storyline) -> list[_NamelessReply]:
    """Return the remarks that came after an action without a paper that says what they are."""
    actions = story.of(_need_answer())
    if story.office != "US" or not actions:
        return []
    replies_found = []
    for remarks in first_of_each_day(story.of((Category.REMARKS,), after=actions[0].day, before=story.day("issued"))):
        group = [paper for paper in story.on(remarks.day) if paper.submission == remarks.submission]
        claims = any(paper.category == Category.CLAIMS for paper in group)
        silent = _BESIDE_CLAIMS if claims else _BESIDE_REMARKS
        if not any(paper.category.facts.key and paper.category not in silent for paper in group):
            action = actions[bisect_left(actions, remarks.day, key=lambda action: action.day) - 1]
            replies_found.append(_NamelessReply(remarks, "remarks and claims" if claims else "remarks", action))
    return replies_found


def _misindexed(story: Storyline) -> Iterator[Finding]:
    reasons = {rule.becomes: rule.reason for rule in reassignments_of(story.office)}
    for paper in story.of((Category.MISINDEXED,)):
        reason = reasons.get(paper.category, "")
        yield _finding(
            "misindexed",
            Clause(f"the paper {_code(paper)} of {day(paper.day)}", (paper.id,)),
            f" seems to stand under a wrong code: {reason[:1].lower()}{reason[1:]}" if reason else " seems misindexed",
        )


def _undated_or_implausible(story: Storyline) -> Iterator[Finding]:
    if story.undated:
        yield _finding(
            "undated", _documents_named(story.undated, [_code(paper) for paper in story.undated], "without a date")
        )
    by_reason: dict[str, list[StoryPaper]] = {}
    for paper in story.out_of_range:
        by_reason.setdefault(_why_implausible(story, paper), []).append(paper)
    for what, papers in by_reason.items():
        names = [f"{_code(paper)} of {day(paper.day)}" for paper in papers]
        yield _finding("out_of_range", _documents_named(papers, names, what))


def _why_implausible(story: Storyline, paper: StoryPaper) -> str:
    """Return why a date is not plausible: by the number and the retrieval, or only by the dates of the others."""
    first, last, retrieved = (story.day(fact) for fact in ("first_document", "last_document", "retrieved"))
    years = years_of(story.office, story.name)
    if retrieved is not None and paper.day > retrieved + timedelta(days=1):
        return _IMPOSSIBLE
    if years is not None and paper.day.year < years[0] - EARLIER_YEARS:
        return _IMPOSSIBLE
    silence, day = LONGEST_SILENCE * 10_000, as_number(paper.day)  # as the range itself is found
    if first and last and (day - as_number(last) > silence or as_number(first) - day > silence):
        return _APART
    return _TOO_EARLY if story.filing is not None and paper.day < story.filing.day else _IMPOSSIBLE


def _unclassified(story: Storyline) -> Iterator[Finding]:
    papers = [
        paper
        for paper in (*story.papers, *story.undated, *story.out_of_range)
        if paper.category == Category.UNCLASSIFIED
    ]
    if papers:
        names = list(dict.fromkeys(_code(paper) for paper in papers))
        yield _finding("unclassified", _documents_named(papers, names, "of no known kind"))


def _code(paper: StoryPaper) -> str:
    if paper.code.strip() or not paper.description.strip():
        return paper.code.strip() or "one without a code"
    return f"“{shortened(paper.description.strip(), _LONGEST_TITLE)}”"


def _documents_named(papers: Sequence[StoryPaper], names: Sequence[str], what: str) -> Clause:
    """Return a clause that counts papers of which something is true and names some; it points at the first of them."""
    rest = [f"{number_in_words(len(names) - MAX_NAMED)} more"] if len(names) > MAX_NAMED else []
    are = "is listed" if len(papers) == 1 else "are listed"
    text = f"{counted_in_words(len(papers), 'document')} {are} {what}: {listed([*names[:MAX_NAMED], *rest])}"
    return Clause(text, (papers[0].id,))


_CHECKS: Final[tuple[Callable[[Storyline], Iterator[Finding]], ...]] = (
    _not_held,
    _without_filing,
    _without_grant,
    _unanswered,
    _without_prerequisite,
    _advisories_without_reply,
    _empty_replies,
    _nameless_replies,
    _misindexed,
    _undated_or_implausible,
    _unclassified,
)
"""In the order in which an attorney would ask."""
