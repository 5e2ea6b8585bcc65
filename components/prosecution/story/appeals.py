"""The chapter on appeals: what came in each, how it ended, and what is still owed in it."""

from typing import Final

from components.prosecution.law.categories import ENDING, Category
from components.prosecution.law.office_words import own_words_for, words_for
from components.prosecution.law.phrases import phrase_of
from components.prosecution.law.verdicts import verdict_of
from components.prosecution.story.chapters import Chapter, DatedSentence, chapter
from components.prosecution.story.round_sentences import (
    actions,
    answer_of,
    owed_in_words,
    replies,
    rule_of,
    source_of,
    timing,
)
from components.prosecution.story.sentences import (
    Clause,
    concatenate,
    counted_in_words,
    enumerate_submissions,
    noun_of,
    sentence,
    submission_clause,
    submission_clauses,
    the,
)
from components.prosecution.story.storyline import RoundRow, Storyline, StoryPaper, first_of_each_day
from components.words import day

MAX_DESCRIBED: Final = 3
"""How many appeals are described one by one."""
_APPEAL_STEPS: Final = frozenset(
    {
        Category.PRE_APPEAL_DECISION,
        Category.APPEAL_BRIEF,
        Category.EXAMINERS_ANSWER,
        Category.REPLY_BRIEF,
        Category.APPEAL_FEE,
        Category.APPEAL_DOCKETED,
    }
)
_ENDINGS_TOLD: Final = ("deemed not", "inadmissible", "withdrawn")
"""Words of a title by which an appeal ended without a decision on it (Rules 101 and 103 EPC)."""
_APPEAL_ENDS: Final = ENDING | {
    Category.BOARD_DECISION,
    Category.APPEAL_ENDED,
    Category.RCE,
    Category.ALLOWANCE,
    Category.ISSUE,
}
"""Besides actions, what ends an appeal."""
_OWING_IN_APPEAL: Final = frozenset({Category.NOTICE_OF_APPEAL, Category.EXAMINERS_ANSWER})
"""What the applicant must follow with a brief or a fee in an appeal."""


def appeals(story: Storyline) -> Chapter:
    """Return each appeal with how it ended; of more than three, the first and the last."""
    issued = story.day("issued")
    notices = first_of_each_day(story.of((Category.NOTICE_OF_APPEAL,), until=issued))
    if not notices:
        return Chapter()
    described = [
        _appeal(story, notice) for notice in (notices if len(notices) <= MAX_DESCRIBED else (notices[0], notices[-1]))
    ]
    if len(notices) == 1:
        return chapter([DatedSentence(notices[0].day, sentence(described[0]))])
    which = "" if len(notices) <= MAX_DESCRIBED else "; the first and the last of them"
    names = tuple(name for clause in described for name in clause.documents)
    merged = sentence(
        Clause(f"{counted_in_words(len(notices), 'appeal')} are listed{which}: ", tuple(paper.id for paper in notices)),
        Clause("; ".join(clause.text for clause in described), names),
    )
    return chapter([DatedSentence(notices[0].day, merged)])


def _end_of_appeal(story: Storyline, notice: StoryPaper) -> StoryPaper | None:
    """Return what ended an appeal: an RCE of its own day, a pre-appeal decision that says so, or another end."""
    withdrawn = story.first((Category.RCE,), since=notice.day, until=notice.day)
    if withdrawn is not None:
        return withdrawn
    end = story.first(actions() | _APPEAL_ENDS, after=notice.day)
    decisions = story.of((Category.PRE_APPEAL_DECISION,), after=notice.day, before=end.day if end else None)
    ending = (
        paper
        for paper in decisions
        if end is None and verdict_of(story.office, paper.category, paper.code, paper.description) == "ends"
    )
    return next(ending, end)


def _named_end(story: Storyline, end: StoryPaper) -> Clause:
    """Return what ended an appeal, with the RCE or the reply that came with a withdrawal."""
    if end.category not in (Category.APPEAL_ENDED, Category.RCE):
        return the(end)
    also = replies() | {Category.APPEAL_ENDED, Category.RCE}
    papers = [paper for paper in story.on(end.day) if paper.submission == end.submission and paper.category in also]
    return submission_clause(story, papers)


def _steps_of(office: str) -> frozenset[Category]:
    """Return what is told of an appeal; outside the US with the revision by the department that decided (Art. 109)."""
    return _APPEAL_STEPS if office == "US" else _APPEAL_STEPS | {Category.ACTION_WITHDRAWN}


def _appeal(story: Storyline, notice: StoryPaper) -> Clause:
    end = _end_of_appeal(story, notice)
    between = [
        paper
        for paper in story.of(_steps_of(story.office), since=notice.day, until=end.day if end else None)
        if paper != end and not (story.office != "US" and paper.day == notice.day)  # told with the appeal itself
    ]
    reviewed = [paper.id for paper in story.on(notice.day) if paper.category == Category.PRE_APPEAL_REQUEST][:1]
    subject = Clause(
        f"the appeal{' with pre-appeal review request' if reviewed else ''} of {day(notice.day)}",
        (notice.id, *reviewed),
    )
    extended = _extended_brief(story, notice)
    came = enumerate_submissions(
        [
            concatenate(step, _extension_of_brief(extended)) if extended and extended.answer in step.documents else step
            for step in submission_clauses(story, between)
        ]
    )
    if end is None:
        owed = _owed_in_appeal(story, notice)
        if not between:
            return concatenate("the end of ", subject, " is not listed", owed)
        return concatenate("in ", subject, " came ", came, ", and its end is not listed", owed)
    unpaid = _unpaid_appeal(story, notice, end)
    reopened = end.category in actions()
    last = concatenate(
        f"{words_for(story.office, 'reopened_with')} " if reopened else "it ended with ",
        _named_end(story, end),
        *_answer_to_board(story, end),
    )
    if between:
        return concatenate("in ", subject, " came ", came, ", and ", last, unpaid)
    if reopened:
        return concatenate("after ", subject, " ", last)
    if end.category is Category.APPEAL_ENDED and noun_of(end) == phrase_of(story.office, Category.APPEAL_ENDED):
        return concatenate(subject, f" {_how_ended(end)} ", Clause(day(end.day), (end.id,)))
    return concatenate(subject, " ended with ", _named_end(story, end), *_answer_to_board(story, end))


def _how_ended(end: StoryPaper) -> str:
    """Return how an appeal ended without a decision on it, by the title of the paper where that says it."""
    title = end.description.casefold()
    told = (own_words_for(end.office, f"appeal_ended_on {word}") for word in _ENDINGS_TOLD if word in title)
    return next(filter(None, told), words_for(end.office, "appeal_ended_on"))


def _unpaid_appeal(story: Storyline, notice: StoryPaper, end: StoryPaper) -> str:
    """Return what may have become of an appeal before its end for want of the forwarding fee."""
    rows = [row for row in story.rounds if row.kind is Category.EXAMINERS_ANSWER and row.outcome != "open"]
    told = [row.condition for row in rows if row.condition and notice.day <= row.opened <= end.day]
    return f"; {told[-1]}" if told else ""


def _owed_in_appeal(story: Storyline, notice: StoryPaper) -> str:
    """Return what the applicant still owes in an appeal, and until when, with what that depends on."""
    rows = [row for row in story.rounds if row.kind in _OWING_IN_APPEAL and row.opened >= notice.day]
    open_rows = [row for row in rows if row.outcome == "open" and (row.due or row.condition)]
    return "".join(f"; {owed_in_words(row) if row.due else row.condition}" for row in open_rows)


def _extended_brief(story: Storyline, notice: StoryPaper) -> RoundRow | None:
    """Return the round of a notice of appeal whose brief came with an extension of time, or perhaps with one."""
    for row in story.rounds:
        if row.kind is Category.NOTICE_OF_APPEAL and row.opened == notice.day and row.answered:
            return row if row.extension_months or row.mailing or row.outcome == "late" else None
    return None


def _extension_of_brief(row: RoundRow) -> str:
    """Return what stands after an appeal brief for which time was extended, or that came some days after a last day."""
    if row.mailing:
        return f" ({row.mailing})"
    if row.outcome == "late":
        return f" (after the last day with extensions, {day(row.last)}, computed)"
    return f" (with {counted_in_words(row.extension_months or 0, 'month')} of extension, {source_of(row)})"


def _answer_to_board(story: Storyline, end: StoryPaper) -> list[Clause | str]:
    """Return what answered a decision of the Board."""
    for row in story.rounds:
        if row.kind == Category.BOARD_DECISION and row.opened == end.day and row.answered:
            rule = rule_of(story, row)
            by_applicant = rule is None or rule.by_applicant
            late = timing(story, row) if row.outcome == "late" else ""
            return [", answered with " if by_applicant else ", followed by ", answer_of(story, row), late]
    return []
