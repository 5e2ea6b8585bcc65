"""A sentence on each round: the action, what answered it, when, and what became of it where nothing did."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from components.prosecution.law.categories import CONCLUDING, ENDING, Category, category_set
from components.prosecution.law.codes import normalise_code
from components.prosecution.law.office_words import own_words_for, words_for
from components.prosecution.law.pairings import Pairing, pairing_for
from components.prosecution.law.periods import USUAL, is_usual
from components.prosecution.law.set_periods import basis_of, extension_rule_of
from components.prosecution.law.vocabulary import Side
from components.prosecution.papers.nouns import noun_of_label
from components.prosecution.story.sentences import (
    Clause,
    Sentence,
    a,
    counted_in_words,
    days_of,
    noun_of,
    sentence,
    submission_clause,
    submissions_in_words,
    the,
)
from components.prosecution.story.storyline import RoundRow, Storyline, StoryPaper
from components.words import day

_ALSO_TRIED: Final = frozenset(
    {Category.ELECTION, Category.AMENDMENT_WITH_RCE, Category.IMPROPER_RCE, Category.ADVISORY_ACTION}
)
"""Besides replies, papers that are listed between an action and its answer as attempts to answer."""
_MORE_TIME: Final = frozenset({Category.EXTENSION, Category.EXTENSION_GRANTED})
_NO_ANSWERS: Final = _MORE_TIME | {Category.ADVISORY_ACTION}
"""Papers that buy time or comment on an attempt, and are no attempt to answer themselves."""
_ALSO_SUPPLEMENTED: Final = frozenset({Category.ELECTION, Category.RCE, Category.AMENDMENT_WITH_RCE})
"""Besides replies, the answers that a later reply may supplement (37 CFR 1.111(a)(2))."""
_NEXT: Final = ENDING | {
    Category.RESTRICTION,
    Category.ADVISORY_ACTION,
    Category.ALLOWANCE,
    Category.RCE,
    Category.NOTICE_OF_APPEAL,
    Category.ISSUE,
}
"""Besides actions, what ends the time in which a reply supplements an answer."""
_CANCELLED: Final = "cancellation of "
"""How the name of a letter begins by which oral proceedings are taken off."""


def actions() -> frozenset[Category]:
    """Return the categories of Office actions that an applicant must answer."""
    return category_set("actions")


def replies() -> frozenset[Category]:
    """Return the categories of replies to such actions."""
    return category_set("replies")


def examination_actions() -> frozenset[Category]:
    """Return the categories that open the rounds of the chapter on examination."""
    return actions() - {Category.RESTRICTION} | {Category.OTHER_OFFICE_ACTION}


def round_sentence(story: Storyline, row: RoundRow) -> Sentence:
    """Return one round: the action, what was tried, the answer and whether it was in time, or what ended it."""
    opened = Clause(f"the {noun_of_label(row.label)} of {day(row.opened)}", (row.action,))
    attempts = replies() | _ALSO_TRIED
    tried = story.of(
        attempts if row.answered else attempts | _MORE_TIME,
        after=row.opened,
        before=row.answered or row.ended,
    )
    if row.answered:
        lost = _loss_before_answer(story, row)
        answer: list[Clause | str] = [
            *((" was answered only after ", lost, ", with ") if lost else (" was answered with ",)),
            answer_of(story, row),
            "" if lost else timing(story, row),
            *_supplements(story, row),
        ]
        if not tried:
            return sentence(opened, *answer)
        noun = noun_of_label(row.label)
        return sentence("after ", opened, " came ", submissions_in_words(story, tried), f"; the {noun}", *answer)
    return _unanswered(story, row, opened, tried)


def _loss_before_answer(story: Storyline, row: RoundRow) -> Clause | None:
    """Return the loss of rights before which nothing came, and which the answer undid; `None` if there is none.

    In the US the revival is a round of its own, with the reply among its papers (37 CFR 1.137).
    """
    if story.office == "US" or row.outcome != "revived":
        return None
    lost = story.first((Category.ABANDONMENT,), after=row.opened, until=row.answered)
    return the(lost) if lost else None


def _unanswered(story: Storyline, row: RoundRow, opened: Clause, tried: Sequence[StoryPaper]) -> Sentence:
    """Return what became of an action without an answer."""
    own = own_words_for(story.office, f"no_answer {row.kind.table_name}")
    if own is not None and row.outcome != "abandoned":
        return _no_remedy(story, row, sentence_of=own, opened=opened)
    complete = "complete " if any(paper.category not in _NO_ANSWERS for paper in tried) else ""
    only: list[Clause | str] = [", only ", submissions_in_words(story, tried)] if tried else []
    same = _same_day_clause(story, row)
    if row.outcome == "abandoned":
        before = [*only, "," if only else "", " before ", closing_of(story, row)]
        return sentence(f"no {complete}reply to ", opened, " is listed", *before, *same)
    if row.ended is not None:
        without = (
            [f" without a {complete}answer, after ", submissions_in_words(story, tried)]
            if complete
            else [words_for(story.office, "without_answer")]
        )
        return sentence(opened, " was followed by ", closing_of(story, row), *without, *same)
    return sentence(f"no {complete}answer to ", opened, " is listed", *only, *same)


def _no_remedy(story: Storyline, row: RoundRow, *, sentence_of: str, opened: Clause) -> Sentence:
    """Return what became of a paper that need not be answered: a decision, a summons.

    Oral proceedings that were cancelled need no submissions.
    """
    off = next((paper for paper in _until_end(story, row) if noun_of(paper).startswith(_CANCELLED)), None)
    if off is not None:
        return sentence(opened, " was followed by ", the(off))
    before: list[Clause | str] = [" before ", closing_of(story, row)] if row.ended is not None else []
    usual = f"; its last day is {day(row.due)} ({USUAL})" if row.outcome == "open" and row.due else ""
    return sentence(f"{sentence_of} ", opened, " is listed", *before, usual, *_same_day_clause(story, row))


def _until_end(story: Storyline, row: RoundRow) -> list[StoryPaper]:
    """Return the letters of the office after an action, up to what ended its round."""
    return story.of((Category.OFFICE_LETTER,), after=row.opened, until=row.ended)


def rule_of(story: Storyline, row: RoundRow) -> Pairing | None:
    """Return the rule by which a round was opened."""
    code = story.by_id[row.action].code if row.action in story.by_id else ""
    return pairing_for(story.office, row.kind, normalise_code(code), row.opened)


def same_day(story: Storyline, row: RoundRow) -> StoryPaper | None:
    """Return a paper of the same day as an action that may answer or end it, and that answers no other action.

    A list does not show which of two papers of one day came first.
    """
    rule = rule_of(story, row)
    if rule is None or not rule.by_applicant:
        return None
    fitting = rule.answered_by | rule.partial | rule.closed_by
    for paper in story.of(fitting, since=row.opened, until=row.opened):
        if paper.side is Side.APPLICANT and paper.submission not in story.answering:
            return paper
    return None


def _same_day_clause(story: Storyline, row: RoundRow) -> list[Clause | str]:
    """Return a clause on a paper of the day of the action itself."""
    paper = same_day(story, row)
    if paper is None:
        return []
    named = Clause(f"; on {day(paper.day)} {a(noun_of(paper))} is listed too", (paper.id,))
    return [named, ", and whether it answers is not told"]


def _supplements(story: Storyline, row: RoundRow) -> list[Clause | str]:
    """Return a clause on the replies that came after the answer and before the next step."""
    if row.kind not in examination_actions() | {Category.RESTRICTION} or row.answered is None:
        return []
    if story.by_id[row.answer].category not in replies() | _ALSO_SUPPLEMENTED:
        return []
    following = story.first(examination_actions() | _NEXT, after=row.answered)
    later = story.of(replies(), after=row.answered, before=following.day if following else story.day("issued"))
    later = [paper for paper in later if paper.submission not in story.answering]
    return [", supplemented on ", days_of(later)] if later else []


def closing_of(story: Storyline, row: RoundRow) -> Clause:
    """Return the name of what ended a round without answering it."""
    paper = closing_paper(story, row)
    if paper is not None:
        return the(paper)
    return Clause(f"a paper of {day(row.ended)}" if row.ended else "a later paper")


def closing_paper(story: Storyline, row: RoundRow) -> StoryPaper | None:
    """Return the paper that ended a round without answering it, if it is known which it is."""
    if row.ended is None:
        return None
    rule = rule_of(story, row)
    closing = ENDING if row.outcome == "abandoned" or rule is None else rule.closed_by | CONCLUDING
    papers = story.of(closing, since=row.ended, until=row.ended)
    papers = papers or [
        paper for paper in story.on(row.ended) if paper.side is Side.OFFICE and paper.category.facts.key
    ]
    return min(papers, key=lambda paper: paper.category.facts.lead, default=None)


def answer_of(story: Storyline, row: RoundRow) -> Clause:
    """Return the name of the submission that answers, without its extension of time."""
    answer = story.by_id[row.answer]
    return submission_clause(
        story, [paper for paper in _papers_of_submission(story, answer) if paper.category.facts.key or paper == answer]
    )


def _papers_of_submission(story: Storyline, answer: StoryPaper) -> list[StoryPaper]:
    return [
        paper
        for paper in story.on(answer.day)
        if paper.submission == answer.submission and paper.category != Category.EXTENSION
    ]


def timing(story: Storyline, row: RoundRow) -> str:
    """Return whether an answer came in time; nothing where no period is computed.

    A period of the law itself is named as such: the two months of Art. 108 EPC.
    """
    if row.answered is None or row.due is None:
        return ""
    if row.outcome == "late":
        return f", after the last day{' with extensions' if row.last != row.due else ''} (computed)"
    if row.mailing:
        return f", {row.mailing} (computed)"
    if row.extension_months:
        months = counted_in_words(row.extension_months, "month")
        if row.answered == row.last:
            return f", on the last day of a period extended by {months} ({source_of(row)})"
        return f", with {months} of extension ({source_of(row)})"
    return _without_extension(story, row, row.answered, row.due)


def _without_extension(story: Storyline, row: RoundRow, answered: date, due: date) -> str:
    """Return how an answer lies to its due day, and, after it, what is listed of an extension."""
    usual = is_usual(row.authority)
    own = own_words_for(story.office, f"period {row.kind.table_name}")
    if answered > due:
        return f", after the {own or ('usual period' if usual else 'computed period')}{_extended(story, row)}"
    period = own or ("usual period" if usual else "period")
    return f", on the last day of the {period}" if answered == due else f", within the {period}"


def _extended(story: Storyline, row: RoundRow) -> str:
    """Return by which listed extension an answer after the usual period may be in time; else which rule allows one."""
    rule = extension_rule_of(row.authority)
    if not rule:
        return ""
    granted = story.of((Category.EXTENSION_GRANTED,), after=row.opened, until=row.answered)
    if granted:
        return f", which was extended on {day(granted[-1].day)} ({rule})"
    asked = story.of((Category.EXTENSION,), after=row.opened, until=row.answered)
    if asked:
        return f", of which an extension was requested on {day(asked[-1].day)} ({rule})"
    return f", which only {rule} extends"


def owed_in_words(row: RoundRow) -> str:
    """Return what is owed, until when, and on what that depends: "the appeal brief is due 14 Jul 2021 (computed)"."""
    verb = "is" if row.outcome == "open" else "was"
    condition = f", {row.condition}" if row.condition else ""
    otherwise = f"; {row.otherwise}" if row.otherwise else ""
    known = basis_of(row.authority)
    return f"the {row.owed[:1].lower()}{row.owed[1:]} {verb} due {day(row.due)} ({known}){condition}{otherwise}"


def source_of(row: RoundRow) -> str:
    """Return in words how an extension is known: by a petition, or computed from the dates."""
    return "by petition" if row.extension_source == "petition" else "computed"
