"""What a list of documents lacks, found from the list alone.

A list may be cut off, be fetched in part, or hold papers under wrong codes and dates. A finding is one plain sentence
for an attorney, with the document it points at. Nothing is said of papers that may rightly be absent: an election
without claims, a reply without a receipt. What presupposes what is a table (`prerequisites.py`).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import pandas as pd

from components.prosecution.law.pairings import reassignments_of
from components.prosecution.law.prerequisites import is_grant, prerequisites_of
from components.prosecution.law.vocabulary import phrases_of
from components.prosecution.papers.nouns import shown
from components.prosecution.papers.plausible_dates import EARLIER_YEARS, LONGEST_SILENCE, as_number, years_of
from components.prosecution.story.chapters import ACTIONS, EXAMINATION, REPLIES, closing_paper, same_day
from components.prosecution.story.endings import once_a_day
from components.prosecution.story.sentences import Clause, counted, listed, noun_of, number, sentence, the
from components.prosecution.story.storyline import Paper, RoundRow, Storyline, storylines
from components.prosecution.tables import Tables

COLUMNS: Final = ("history", "kind", "document", "text")
NAMED: Final = 5
"""How many documents of a kind are named; the others are counted."""
SHORT: Final = 2
"""How many pages a reply may have and hold no remarks or claims itself."""

_NEEDS_ANSWER: Final = EXAMINATION | {"restriction"}
_AS_FILED: Final = ("specification", "claims", "drawings", "abstract", "filing")
_FIRST_ACTS: Final = (
    *_NEEDS_ANSWER,
    "allowance",
    *REPLIES,
    "rce",
    "notice_of_appeal",
    "issue_fee",
    "issue",
    "abandonment",
)
"""Of these, none comes before the application."""
_WITHDRAWING: Final = frozenset({"action_withdrawn", "period_restarted", "withdrawn_from_issue"})
_LATER: Final = ("allowance", "issue_fee", "issue", "examiners_answer", "board_decision")
_AFTER_FINAL: Final = (
    *(*REPLIES, "amendment_with_rce", "election", "affidavit", "remarks", "claims", "terminal_disclaimer"),
    *("appeal_paper", "pre_appeal_request", "notice_of_appeal", "interview_request", "petition"),
)
"""What an advisory action may answer (MPEP 706.07(f), 714.13, 1206)."""
_ANSWERS: Final = ("reply_to_non_final", "reply_after_final", "reply_to_quayle")
_CONTENT: Final = (
    *("remarks", "claims", "specification", "abstract", "drawings", "affidavit", "terminal_disclaimer", "election"),
    *("rce", "pre_appeal_request", "notice_of_appeal", "correspondence", "filing", "ids"),
)
"""Papers that may be what a reply consists of."""
_BESIDE_REMARKS: Final = frozenset({"extension"})
_BESIDE_CLAIMS: Final = frozenset({"extension", "ids", "terminal_disclaimer"})
"""What does not say to which action the remarks, or the remarks and claims, of its day belong."""
_EARLIER_SUBMISSION: Final = (
    *(*REPLIES, "amendment_with_rce", "amendment_after_allowance", "not_entered", "ids", "affidavit"),
    *("appeal_brief", "reply_brief"),
)
"""On what of an earlier day an RCE may rest (37 CFR 1.114(c); MPEP 706.07(h))."""
_SUBMISSION: Final = (
    *(*REPLIES, "amendment_with_rce", "preliminary_amendment", "ids", "remarks", "claims", "specification", "drawings"),
    *("affidavit", "appeal_brief", "reply_brief", "appeal_paper", "terminal_disclaimer"),
)
"""What an RCE may come with (37 CFR 1.114(c))."""


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
    """Say what the lists lack.

    Args:
        tables: the four tables.

    Returns:
        Columns `history`, `kind`, `document` (an id, or empty) and `text`, all text; of each history, in the order of
        `histories`, the most important first. No rows for lists that are whole. The text is plain and may hold document
        codes as the service delivered them: escape before showing.

    Raises:
        CodeTableBroken: `prerequisites.csv` or `grant_kinds.csv` names what it must not.
    """
    rows = [
        (story.name, finding.kind, finding.document, finding.text)
        for story in storylines(tables)
        for check in _CHECKS
        for finding in check(story)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")


def _finding(kind: str, *parts: Clause | str) -> Finding:
    said = sentence(*parts)
    return Finding(kind, said.documents[0] if said.documents else "", said.text)


def _unfetched(story: Storyline) -> Iterator[Finding]:
    held, told = story.number("documents_held") or 0, story.number("documents_told") or 0
    if told > held:
        yield _finding("not_held", f"the service tells of {told:,} documents, of which {held:,} are held")
    elif not story.facts["complete"]:
        yield _finding("not_held", f"the list was not fetched to its end: {counted(held, 'document')} so far")


def _beginning(story: Storyline) -> Iterator[Finding]:
    if not story.papers or story.filing is not None:
        return
    acts = story.of(_FIRST_ACTS)
    filed = story.of(_AS_FILED, before=acts[0].day if acts else None)
    if not filed:
        yield _finding("no_filing", "no filing papers are listed: the list begins with ", the(story.papers[0]))
        return
    held = {paper.category for paper in filed}
    missing = [f"no {name}" for name in ("specification", "claims") if name not in held]
    if missing:
        yield _finding(
            "no_filing",
            Clause(f"the filing papers from {shown(filed[0].day)} on", (filed[0].id,)),
            f" hold {listed(missing)}",
        )


def _grant(story: Storyline) -> Iterator[Finding]:
    granted = str(story.facts["patent_number"]).strip().upper()
    if not story.papers or not is_grant(story.office, granted):
        return
    if story.of(("issue",)):
        return
    missing = phrases_of(story.office).get("issue", "issue notification")
    yield _finding(
        "no_grant",
        f"the number {granted} is of a granted patent; the list ends with ",
        the(_last(story)),
        f": no {missing} is listed",
    )


def _last(story: Storyline) -> Paper:
    day = story.papers[-1].day
    return min(story.on(day), key=lambda paper: paper.kind.lead)


def _unanswered(story: Storyline) -> Iterator[Finding]:
    nameless = [remarks.day for remarks, _, _ in _nameless(story)]
    for entry in story.rounds:
        later = _what_followed(story, entry) if entry.kind in _NEEDS_ANSWER else None
        if later is None or story.first(REPLIES, after=entry.opened, until=later.day) or same_day(story, entry):
            continue  # of a reply of the very day nobody can tell which paper came first
        place = bisect_right(nameless, entry.opened)
        if place < len(nameless) and nameless[place] < later.day:
            continue  # that is a finding of its own
        action = story.by_id[entry.action]
        yield _finding("unanswered", "no reply to ", the(action), " is listed, though ", the(later), " followed")


def _what_followed(story: Storyline, entry: RoundRow) -> Paper | None:
    """Give the Office paper that would hardly be there without an answer."""
    if entry.outcome == "open":
        return story.first(_LATER, after=entry.opened)
    closing = closing_paper(story, entry) if entry.outcome == "superseded" else None
    if closing is None or closing.category in _WITHDRAWING or "supplemental" in noun_of(closing):
        return None
    withdrawn = story.first(_WITHDRAWING, after=entry.opened, until=closing.day)
    return None if withdrawn else closing


def _prerequisites(story: Storyline) -> Iterator[Finding]:
    first: dict[str, Paper] = {}
    for rule in prerequisites_of(story.office):
        paper = story.first((rule.category,))
        if paper is None or story.first(rule.needs, until=paper.day):
            continue
        known = first.get(rule.missing)
        if known is None or paper.day < known.day:
            first[rule.missing] = paper
    papers = {paper.id: paper for paper in sorted(first.values(), key=lambda paper: paper.day)}
    for paper in papers.values():
        missing = [f"no {name}" for name, other in first.items() if other.id == paper.id]
        yield _finding("without_prerequisite", the(paper), f" is listed, but before it {listed(missing)}")


def _advisories(story: Storyline) -> Iterator[Finding]:
    for advisory in once_a_day(story.of(("advisory_action",))):
        final = story.last(("final_rejection",), until=advisory.day)
        if final is not None and story.first(_AFTER_FINAL, since=final.day, until=advisory.day) is None:
            yield _finding(
                "without_prerequisite", the(advisory), " is listed, but before it no reply after ", the(final)
            )


def _empty_replies(story: Storyline) -> Iterator[Finding]:
    if story.office != "US":
        return
    for reply in once_a_day(story.of(_ANSWERS)):
        if (reply.pages or 0) > SHORT or _beside(story, reply, _CONTENT):
            continue
        yield _finding("empty_reply", the(reply), " is listed without remarks and without claims")
    for rce in once_a_day(story.of(("rce",))):
        action = story.last((*ACTIONS, "allowance"), before=rce.day)
        earlier = action and story.first(_EARLIER_SUBMISSION, since=action.day, until=rce.day)
        if earlier is None and not _beside(story, rce, _SUBMISSION):
            yield _finding("empty_reply", the(rce), " is listed without the submission that it must come with")


def _beside(story: Storyline, paper: Paper, categories: Sequence[str]) -> bool:
    """Say whether papers of some categories came on the same day from the applicant."""
    return any(
        other.category in categories and other.side == "applicant" and other.id != paper.id
        for other in story.on(paper.day)
    )


def _nameless_replies(story: Storyline) -> Iterator[Finding]:
    for remarks, what, action in _nameless(story):
        yield _finding(
            "nameless_reply",
            Clause(f"{what} of {shown(remarks.day)}", (remarks.id,)),
            " came after ",
            the(action),
            " without a paper that says what they are",
        )


def _nameless(story: Storyline) -> list[tuple[Paper, str, Paper]]:
    """Give remarks that came after an action without a paper that says what they are: they, their words, the action."""
    actions = story.of(tuple(_NEEDS_ANSWER))
    if story.office != "US" or not actions:
        return []
    found = []
    for remarks in once_a_day(story.of(("remarks",), after=actions[0].day, before=story.day("issued"))):
        group = [paper for paper in story.on(remarks.day) if paper.submission == remarks.submission]
        claims = any(paper.category == "claims" for paper in group)
        silent = _BESIDE_CLAIMS if claims else _BESIDE_REMARKS
        if not any(paper.kind.key and paper.category not in silent for paper in group):
            action = actions[bisect_left(actions, remarks.day, key=lambda one: one.day) - 1]
            found.append((remarks, "remarks and claims" if claims else "remarks", action))
    return found


def _misindexed(story: Storyline) -> Iterator[Finding]:
    reasons = {rule.becomes: rule.reason for rule in reassignments_of(story.office)}
    for paper in story.of(("misindexed",)):
        reason = reasons.get(paper.kind.rank, "")
        yield _finding(
            "misindexed",
            Clause(f"the paper {_code(paper)} of {shown(paper.day)}", (paper.id,)),
            f" seems to stand under a wrong code: {reason[:1].lower()}{reason[1:]}" if reason else " seems misindexed",
        )


def _without_place(story: Storyline) -> Iterator[Finding]:
    if story.undated:
        yield _finding("undated", _some(story.undated, [_code(paper) for paper in story.undated], "without a date"))
    found: dict[str, list[Paper]] = {}
    for paper in story.out_of_range:
        found.setdefault(_misplacement(story, paper), []).append(paper)
    for what, papers in found.items():
        names = [f"{_code(paper)} of {shown(paper.day)}" for paper in papers]
        yield _finding("out_of_range", _some(papers, names, what))


def _misplacement(story: Storyline, paper: Paper) -> str:
    """Say by what a paper is out of range: by the number and the retrieval, or only by the dates of the others."""
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
        paper for paper in (*story.papers, *story.undated, *story.out_of_range) if paper.category == "unclassified"
    ]
    if papers:
        names = list(dict.fromkeys(_code(paper) for paper in papers))
        yield _finding("unclassified", _some(papers, names, "of no known kind"))


def _code(paper: Paper) -> str:
    return paper.code.strip() or "one without a code"


def _some(papers: Sequence[Paper], names: Sequence[str], what: str) -> Clause:
    """Say how many papers something is true of, name the first and point at the first of them."""
    more = [f"{number(len(names) - NAMED)} more"] if len(names) > NAMED else []
    are = "is listed" if len(papers) == 1 else "are listed"
    text = f"{counted(len(papers), 'document')} {are} {what}: {listed([*names[:NAMED], *more])}"
    return Clause(text, (papers[0].id,))


_CHECKS: Final[tuple[Callable[[Storyline], Iterator[Finding]], ...]] = (
    _unfetched,
    _beginning,
    _grant,
    _unanswered,
    _prerequisites,
    _advisories,
    _empty_replies,
    _nameless_replies,
    _misindexed,
    _without_place,
    _unclassified,
)
"""In the order in which an attorney would ask."""
