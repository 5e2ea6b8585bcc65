"""Until when others can oppose a patent that was granted of late."""

from datetime import date
from typing import Final

from components.prosecution.law.categories import Category
from components.prosecution.law.periods import USUAL, Period, compute_deadline, rule_for
from components.prosecution.law.workdays import add_months
from components.prosecution.story.chapters import Chapter, DatedSentence, chapter
from components.prosecution.story.sentences import Clause, sentence
from components.prosecution.story.storyline import Storyline, StoryPaper
from components.words import day

_TOLD_OTHERWISE: Final = frozenset({Category.OPPOSITION, Category.OPPOSITION_DECISION, Category.POST_GRANT_NOTICE})
"""Papers that show what became of the opposition period."""


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
        words = f"{rule.months} months of the mention of the grant, which the list does not date ({authority})"
        return Clause(f"the patent can be opposed within {words}", (paper.id,))
    due = compute_deadline(rule, paper.day).due
    return Clause(f"the patent can be opposed until {day(due)} ({USUAL}; {authority})", (paper.id,))
