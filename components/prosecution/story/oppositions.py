"""The opposition to a patent: until when it is possible, who opposed when, and what was decided, also on appeal."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from components.prosecution.law.categories import ENDING_APPEALS, Category
from components.prosecution.law.periods import USUAL, Period, compute_deadline, rule_for
from components.prosecution.law.workdays import add_months
from components.prosecution.story.chapters import Chapter, DatedSentence, chapter
from components.prosecution.story.round_sentences import replies
from components.prosecution.story.sentences import Clause, days_of, enumerate_clauses, sentence, the
from components.prosecution.story.storyline import Storyline, StoryPaper
from components.words import day

_TOLD_OTHERWISE: Final = frozenset({Category.OPPOSITION, Category.OPPOSITION_DECISION, Category.POST_GRANT_NOTICE})
"""Papers that show what became of the opposition period."""
_AGAINST_THE_PATENT: Final = frozenset(
    {
        Category.OPPOSITION,
        Category.OPPOSITION_DECISION,
        Category.OPPOSITION_COMMUNICATION,
        Category.SUMMONS,
        Category.ORAL_PROCEEDINGS,
        Category.WRITTEN_SUBMISSIONS,
        Category.NOTICE_OF_APPEAL,
        Category.APPEAL_BRIEF,
        Category.APPEAL_ENDED,
        Category.BOARD_DECISION,
    }
)
"""Besides replies, the papers of an opposition that its own sentences tell of, or leave out."""


def papers_of_opposition(story: Storyline) -> frozenset[str]:
    """Return the ids of the papers from the first opposition on that `oppositions` answers for."""
    opposed = story.first((Category.OPPOSITION,))
    papers = story.of(_AGAINST_THE_PATENT | replies(), since=opposed.day) if opposed else []
    return frozenset(paper.id for paper in papers)


def oppositions(story: Storyline) -> Chapter:
    """Return who opposed when, what was decided on it when, and the appeal (Art. 99, 101 and 106 EPC)."""
    opposed = story.of((Category.OPPOSITION,))
    if not opposed:
        return chapter([])
    decisions = story.of((Category.OPPOSITION_DECISION,), since=opposed[0].day)
    until = decisions[0].day if decisions else None
    replied = story.of(replies(), after=opposed[0].day, until=until)
    first = sentence(
        "the patent was opposed on ",
        days_of(opposed),
        *((", and the proprietor replied on ", days_of(replied)) if replied else ()),
        "" if decisions else "; no decision on the opposition is listed",
    )
    told = [DatedSentence(opposed[0].day, first)]
    if decisions:
        told.append(DatedSentence(decisions[0].day, sentence(*_decided(story, decisions))))
    return chapter(told)


def _decided(story: Storyline, decisions: Sequence[StoryPaper]) -> list[Clause | str]:
    """Return the first decision on an opposition, the appeals against it and their end, and what came after it."""
    first, later = decisions[0], decisions[1:]
    appeals = story.of((Category.NOTICE_OF_APPEAL,), since=first.day)
    said: list[Clause | str] = [the(first)]
    if appeals:
        said += [" was appealed on ", days_of(appeals)]
        ended = story.of(ENDING_APPEALS, after=appeals[0].day)
        said += (
            [", and the appeal ended with ", the(ended[0])] if ended else [", and no decision of the Board is listed"]
        )
    elif not later:
        return [*said, " is listed; no appeal is listed"]
    if later:
        said += ["; then came " if appeals else " was followed by ", enumerate_clauses([the(paper) for paper in later])]
    return said


def opposition_period(story: Storyline) -> Chapter:
    """Return until when the patent can be opposed, counted from the mention of its grant; else that this has no date.

    Nothing of a patent whose list goes on after that day, or shows what became of the period.
    """
    grant = story.of((Category.ISSUE, Category.GRANT_MENTION))
    if str(story.facts["status"]) != "Granted" or not grant or story.of(_TOLD_OTHERWISE, since=grant[-1].day):
        return chapter([])
    mentions = story.of((Category.GRANT_MENTION,))
    paper = mentions[-1] if mentions else grant[-1]
    rule = rule_for(story.office, Category.GRANT_MENTION, "", paper.day)
    if rule is None or rule.months is None or max(listed.day for listed in story.papers) > _end(rule, paper.day):
        return chapter([])
    return chapter([DatedSentence(paper.day, sentence(_told(rule, paper, dated=bool(mentions))))])


def _end(rule: Period, since: date) -> date:
    return add_months(since, rule.months or 0)


def _told(rule: Period, paper: StoryPaper, *, dated: bool) -> Clause:
    authority = rule.authority.removesuffix(f" ({USUAL})")
    if not dated:
        words = f"{rule.months} months from the mention of the grant, which the list does not date ({authority})"
        return Clause(f"the opposition period is {words}", (paper.id,))
    due = compute_deadline(rule, paper.day).due
    return Clause(f"the patent can be opposed until {day(due)} (computed; {authority})", (paper.id,))
