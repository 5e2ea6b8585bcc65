"""The chapters on how an examination ended: abandonment and revival, allowance and issue, what came later."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from components.prosecution.law.abandonment_papers import Effect, effect_of
from components.prosecution.law.categories import CONCLUDING, ENDING, ISSUING, Category
from components.prosecution.law.loss_causes import cause_of_loss
from components.prosecution.law.office_words import own_words_for, words_for
from components.prosecution.law.periods import USUAL
from components.prosecution.law.phrases import phrase_of
from components.prosecution.law.prerequisites import prerequisites_of
from components.prosecution.law.vocabulary import GRANTED_STATUSES
from components.prosecution.papers.nouns import noun_of_label
from components.prosecution.story.chapters import Chapter, DatedSentence, chapter, outermost
from components.prosecution.story.round_sentences import actions, owed_in_words, replies, same_day
from components.prosecution.story.sentences import (
    Clause,
    Sentence,
    a,
    concatenate,
    counted_in_words,
    noun_of,
    sentence,
    submission_clauses,
    submissions_in_words,
    the,
)
from components.prosecution.story.storyline import RoundRow, Storyline, StoryPaper, first_of_each_day
from components.words import day

MAX_DESCRIBED: Final = 3
"""How many allowances are described one by one."""
_MAX_STEPS: Final = 6
"""How many steps after the grant are named."""

_AFTER_ALLOWANCE: Final = ENDING | {
    Category.CORRECTED_ALLOWANCE,
    Category.FURTHER_ALLOWANCE,
    Category.AMENDMENT_AFTER_ALLOWANCE,
    Category.TEXT_AMENDMENT,
    Category.ISSUE_FEE,
    Category.PETITION_TO_WITHDRAW,
    Category.QPIDS_REQUEST,
    Category.RCE,
    Category.WITHDRAWN_FROM_ISSUE,
    Category.ISSUE,
    Category.GRANT_MENTION,
}
_REOPENING: Final = ENDING | {Category.RCE, Category.PETITION_TO_WITHDRAW, Category.WITHDRAWN_FROM_ISSUE}
"""Papers after an allowance that say why prosecution goes on."""
_ANSWER_OF_ALLOWANCE: Final = {
    "US": Category.ISSUE_FEE,
    "EP": Category.APPROVAL_OF_TEXT,
    "JP": Category.ISSUE_FEE,
    "KR": Category.ISSUE_FEE,
}
"""What an allowance asks for (35 USC 151; EPC Rule 71(3); Patent Acts of Japan, Art. 107, and of Korea, Art. 79); other
offices grant without a further step of the applicant that their lists would show."""
_REVIVING: Final = frozenset({Category.PETITION, Category.RCE, Category.AMENDMENT_WITH_RCE})
"""Besides replies, what is filed after an abandonment to go on."""
_UNDOING: Final = frozenset({Category.PETITION_DECISION, Category.ACTION_WITHDRAWN})
"""What the Office sends to undo an abandonment, besides going on."""
_WITH_RCE: Final = frozenset({Category.AMENDMENT_WITH_RCE, Category.IDS})
_AFTER_ISSUE: Final = CONCLUDING | frozenset(
    {
        Category.CORRECTION_REQUEST,
        Category.CERTIFICATE_OF_CORRECTION,
        Category.POST_GRANT_NOTICE,
        Category.PETITION,
        Category.PETITION_DECISION,
        Category.REEXAMINATION_OR_TRIAL,
        Category.REEXAMINATION_REQUEST,
        Category.REEXAMINATION_ORDER,
        Category.OWNERS_STATEMENT,
        Category.OPPOSITION,
        Category.NOTICE_OF_APPEAL,
        Category.BOARD_DECISION,
        Category.WITHDRAWAL,
        Category.ISSUE,
    }
)
_MISFILED: Final = ENDING | {
    Category.RCE,
    Category.AMENDMENT_WITH_RCE,
    Category.ALLOWANCE,
    Category.FURTHER_ALLOWANCE,
    Category.EXPRESS_ABANDONMENT,
}
"""Besides replies and actions, what is told if it is listed after the grant, though it changes nothing there."""
_FIRST_ON_MERITS: Final = " is the first action on the merits"
_BOARD: Final = "Board"
"""How the names of decisions of the Board begin."""
_ONLY_OF_A_PATENT: Final = frozenset({Category.REEXAMINATION_OR_TRIAL, Category.CERTIFICATE_OF_CORRECTION})
"""What shows a grant where no issue paper is listed."""
_TERM_ADJUSTMENT: Final = frozenset({"PET.PTA", "PET.PTA.RCAL"})
"""Document codes of requests about the term, the only requests after grant that are described here (37 CFR 1.705)."""


def revivals(story: Storyline) -> Chapter:
    """Return what undid each abandonment, and the abandonments that ended no round."""
    undone = [row for row in story.rounds if row.kind == Category.ABANDONMENT]
    sentences = [DatedSentence(row.opened, sentence(*_revival(story, row))) for row in outermost(undone)]
    known = {row.ended for row in story.rounds if row.outcome == "abandoned"} | {row.opened for row in undone}
    unknown = [
        paper for paper in first_of_each_day(story.of(ENDING, until=story.day("issued"))) if paper.day not in known
    ]
    sentences += [DatedSentence(paper.day, _ending(story, paper)) for paper in outermost(unknown)]
    return chapter(sentences)


def _ending(story: Storyline, notice: StoryPaper) -> Sentence:
    """Return an abandonment that ended no round, with the express abandonment that led to it (37 CFR 1.138)."""
    given_up = story.last((Category.EXPRESS_ABANDONMENT,), until=notice.day)
    if given_up is None or story.first(actions(), after=given_up.day, before=notice.day):
        return sentence(the(notice), " is listed")
    return sentence(the(given_up), " was followed by ", the(notice))


def _revival(story: Storyline, row: RoundRow) -> list[Clause | str]:
    """Return what followed an abandonment, and whether it undid it, as far as the list tells."""
    alive = alive_again(story, row)
    tried = _after_notice(story, row, alive)
    said = [effect_of(story.office, paper.category, paper.code, paper.description) for paper in tried]
    if "holding" in said and "petition" not in said:  # what was granted is that there was no abandonment
        said = ["rescinded" if effect == "granted" else effect for effect in said]
    opened = _loss_named(story, row)
    came: list[Clause | str] = ["after ", opened, " came ", submissions_in_words(story, tried), "; "] if tried else []
    if alive is None:
        if not came:
            return _nothing_tried(story, row, opened)
        return [*came, _how_decided(story.office, said)]
    if "rescinded" in said:
        return [*came, f"{words_for(story.office, 'rescinded')}, and examination went on with ", the(alive)]
    if any(paper.category == Category.PETITION for paper in tried):
        return [*came, words_for(story.office, "alive"), the(alive), " shows"]
    went_on: list[Clause | str] = [
        "examination went on with ",
        the(alive),
        f", and {words_for(story.office, 'without_petition')}",
    ]
    unanswered = any(other.outcome == "abandoned" and other.ended == row.opened for other in story.rounds)
    decided = any(paper.category == Category.PETITION_DECISION for paper in tried)
    evident = story.office == "US" and not unanswered and not decided
    why = ": the holding of abandonment was evidently withdrawn (37 CFR 1.181)" if evident else ""
    came = came or ["after ", opened, " "]
    return [*came, *went_on, why]


def _loss_named(story: Storyline, row: RoundRow) -> Clause:
    """Return a loss of rights with its cause, where its title tells it."""
    notice = story.by_id.get(row.action)
    cause = cause_of_loss(story.office, notice.description) if notice else ""
    return Clause(f"the {noun_of_label(row.label)} of {day(row.opened)}{f' {cause}' if cause else ''}", (row.action,))


def _nothing_tried(story: Storyline, row: RoundRow, loss: Clause) -> list[Clause | str]:
    """Return that nothing against a loss is listed; while the period for it may run, with its last day.

    What alone may be asked for depends on the loss: there is no further processing of a renewal fee (Rule 135(2) EPC).
    """
    remedy = f"{row.owed[:1].lower()}{row.owed[1:]}"
    last = max(paper.day for paper in story.papers)
    if story.office != "US" and row.due is not None and last <= row.due:
        return [loss, f" is listed, and no {remedy} yet; the last day for it is {day(row.due)} ({USUAL})"]
    own = own_words_for(story.office, f"nothing_tried {remedy}")
    return [loss, " stands", own or words_for(story.office, "nothing_tried")]


def _after_notice(story: Storyline, row: RoundRow, alive: StoryPaper | None) -> list[StoryPaper]:
    """Return what was filed after an abandonment to go on, also on its day, and what was decided about that."""
    until = alive.day if alive else None
    tried = story.of(replies() | _REVIVING | _UNDOING, after=row.opened, until=until)
    tried = [*(paper for paper in story.on(row.opened) if paper.category in _REVIVING), *tried]
    return [paper for paper in tried if _is_about_abandonment(story.office, paper)]


def _is_about_abandonment(office: str, paper: StoryPaper) -> bool:
    effect = effect_of(office, paper.category, paper.code, paper.description)
    return effect != "unrelated" and (paper.category != Category.ACTION_WITHDRAWN or effect == "rescinded")


def _how_decided(office: str, said: Sequence[Effect | None]) -> str:
    """Return whether an abandonment was undone of which no later step of examination is listed."""
    decided = [effect for effect in said if effect in ("granted", "refused", "rescinded", "decided")]
    if "rescinded" in decided:
        return words_for(office, "rescinded")
    if "granted" in decided:
        return words_for(office, "revival_granted")
    if decided[-1:] == ["refused"]:
        return words_for(office, "revival_refused")
    how = "how the decision went is not listed, so that " if decided else ""
    return f"{how}{words_for(office, 'revival_unknown')}"


def alive_again(story: Storyline, row: RoundRow) -> StoryPaper | None:
    """Return the first Office paper that shows that an abandoned application goes on."""
    return story.first(
        actions() | {Category.ALLOWANCE, Category.FURTHER_ALLOWANCE, Category.ISSUE}, after=row.answered or row.opened
    )


def allowances(story: Storyline) -> Chapter:
    """Return each allowance with what followed: correction, Rule 312 amendment, withdrawal from issue, fee, issue."""
    rows = [row for row in story.rounds if row.kind == Category.ALLOWANCE]
    if not rows:
        issues = [paper for paper in story.of((Category.ISSUE,)) if paper.day == story.day("issued")]
        return chapter([DatedSentence(paper.day, _grant_alone(story, paper)) for paper in issues[:1]])
    full = [
        DatedSentence(row.opened, sentence(_allowance(story, rows, index)))
        for index, row in enumerate(rows[:MAX_DESCRIBED])
    ]
    if len(rows) == 1:
        return chapter(full)
    earlier = rows[:-1]
    counted = counted_in_words(len(earlier), f"earlier {noun_of_label(rows[0].label)}")
    first = f"after {counted} of {day(earlier[0].opened)}"
    until = f" to {day(earlier[-1].opened)}" if len(earlier) > 1 else ""
    opening = Clause(f"{first}{until}, ", tuple(row.action for row in earlier))
    brief = [DatedSentence(rows[-1].opened, sentence(opening, _allowance(story, rows, len(earlier))))]
    return chapter(full if len(rows) <= MAX_DESCRIBED else brief, brief)


def _allowance_named(office: str) -> str:
    """Return what an issue presupposes, with its article: "an allowance", "an intention to grant"."""
    return words_for(office, "an_allowance").format(a(phrase_of(office, Category.ALLOWANCE)))


def _grant_alone(story: Storyline, issue: StoryPaper) -> Sentence:
    without = f" without {_allowance_named(story.office)}" if _lacks_allowance(story, issue) else ""
    return sentence(the(issue), f" is listed{without}")


def _lacks_allowance(story: Storyline, issue: StoryPaper) -> bool:
    """Return whether nothing is listed before a grant that it presupposes at its office: an allowance, or a decision.

    A panel of the JPO decides on the grant itself (Patent Act (Japan), Art. 159(3)).
    """
    rules = (rule for rule in prerequisites_of(story.office) if rule.category is Category.ISSUE)
    needs = next((rule.needs for rule in rules if Category.ALLOWANCE in rule.needs), None)
    return needs is not None and story.first(tuple(needs), until=issue.day) is None


def _allowance(story: Storyline, rows: Sequence[RoundRow], index: int) -> Clause:
    row = rows[index]
    until = rows[index + 1].opened if index + 1 < len(rows) else story.day("issued")
    followed = _after_allowance(story, row, until)
    subject = Clause(f"the {noun_of_label(row.label)} of {day(row.opened)}", (row.action,))
    first = row.opened == story.day("first_merits_action")
    parts: list[Clause | str] = []
    if first:
        parts += ["the first action listed is ", subject] if story.office != "US" else [subject, _FIRST_ON_MERITS]
    else:
        parts.append(subject)
    missing = _unmet_step(story, row, followed)
    if first:
        parts += [", followed by ", submissions_in_words(story, followed)] if followed else []
        parts.append(f", and no {missing} is listed" if missing else "")
    elif followed:
        parts += [" was followed by ", submissions_in_words(story, followed)]
        parts.append(f", and no {missing} is listed" if missing else "")
    else:
        parts.append(f" is listed, but no {missing}" if missing else " is listed")
    parts += _fee_out_of_order(story, row, followed)
    parts += _reopened(story, row, until, followed)
    also = None if row.answer else same_day(story, row)
    if also is not None:
        named = Clause(f"; on {day(also.day)} {a(noun_of(also))} is listed too", (also.id,))
        parts += [named, ", and which came first is not told"]
    parts += _fee_of_further_notice(story, row, until)
    if row.outcome == "late" and row.last is not None:
        parts.append(f"; the answer is dated after its last day, {day(row.last)} (computed)")
    if row.mailing:
        parts.append(f"; the answer came {row.mailing} (computed)")
    return concatenate(*parts)


def _fee_of_further_notice(story: Storyline, row: RoundRow, until: date | None) -> list[Clause | str]:
    """Return until when the fee is due, or was, after a notice that further notices followed, for each reading."""
    if row.condition:
        late = f"the fee came after the last day of that notice, {day(row.due)} (computed), {row.condition}"
        return [f"; {late if row.answered else owed_in_words(row)}"]
    further = [
        other
        for other in story.rounds
        if other.kind is Category.FURTHER_ALLOWANCE and row.opened < other.opened <= (until or date.max)
    ]
    told: list[Clause | str] = []
    for other in further if len(further) <= MAX_DESCRIBED else (further[0], further[-1]):
        if other.condition:
            named = Clause(f"the {noun_of_label(other.label)} of {day(other.opened)}", (other.action,))
            told += ["; after ", named, f", {owed_in_words(other)}"]
    return told


def _reopened(
    story: Storyline, row: RoundRow, until: date | None, followed: Sequence[StoryPaper]
) -> list[Clause | str]:
    """Return the action that reopened prosecution after an allowance, where nothing else says that it was reopened."""
    action = story.first(actions(), after=row.opened, until=until)
    if story.office != "US" and any(paper.category in ISSUING for paper in followed):
        return []  # the grant followed on this intention, which stood
    if action is None or any(paper.category in _REOPENING and paper.day <= action.day for paper in followed):
        return []
    if action.category is Category.REFUSAL:
        return ["; it does not stand: ", the(action), " followed"]
    return [f"; it does not stand: {words_for(story.office, 'reopened_with')} ", the(action)]


def _after_allowance(story: Storyline, row: RoundRow, until: date | None) -> list[StoryPaper]:
    """Return what followed an allowance; with an RCE, also what came with it."""
    followed = story.of(_AFTER_ALLOWANCE, after=row.opened, until=until)
    if row.answer in story.by_id and story.by_id[row.answer] not in followed:
        followed.append(story.by_id[row.answer])
    rces = {paper.day for paper in followed if paper.category == Category.RCE}
    followed += [paper for day in sorted(rces) for paper in story.on(day) if paper.category in _WITH_RCE]
    if any(paper.category == Category.PETITION_TO_WITHDRAW for paper in followed):
        followed += story.of((Category.PETITION_DECISION,), since=min(rces or {row.opened}), until=until)
    return followed


def _unmet_step(story: Storyline, row: RoundRow, followed: Sequence[StoryPaper]) -> str:
    """Return what an allowance asked for, if no paper of the list up to then is that; else nothing."""
    asked = _ANSWER_OF_ALLOWANCE.get(story.office)
    granted_unseen = row.outcome == "superseded" and row.ended is None  # by the number of the patent
    if asked is None or row.answer or (row.outcome not in ("open", "abandoned") and not granted_unseen):
        return ""
    if any(paper.category == asked for paper in followed) or story.first((asked,), until=row.opened) is not None:
        return ""
    return phrase_of(story.office, asked)


def _fee_out_of_order(story: Storyline, row: RoundRow, followed: Sequence[StoryPaper]) -> list[Clause | str]:
    """Return why a fee does not answer its allowance: it came after the abandonment, or was paid before."""
    asked = _ANSWER_OF_ALLOWANCE.get(story.office)
    if asked is None or row.answer:
        return []
    late = next((paper for paper in followed if paper.category == asked), None)
    if late is None:
        earlier = story.last((asked,), before=row.opened)
        return ["; ", the(earlier), " is listed before it"] if earlier else []
    ends = [paper for paper in followed if paper.category in ENDING and paper.day < late.day]
    if not ends:
        return []
    came: list[Clause | str] = [f"; the {noun_of(late)} came after the {noun_of(ends[0])}"]
    petition = story.first((Category.PETITION,), since=late.day, until=late.day)
    return [*came, Clause(", with a petition of the same day", (petition.id,))] if petition else came


def _of_the_board(papers: Sequence[StoryPaper]) -> str:
    """Return the last decision of the Board among many papers, also one in a reexamination; empty if there is none."""
    decided = [
        paper for paper in papers if paper.category is Category.BOARD_DECISION or noun_of(paper).startswith(_BOARD)
    ]
    return f", among them {the(decided[-1]).text}" if decided else ""


def _of_the_patent(story: Storyline, described: frozenset[str]) -> Chapter:
    """Return the papers of a granted patent in a list that does not reach its issue."""
    papers = [paper for paper in story.of(_ONLY_OF_A_PATENT) if paper.id not in described]
    if not papers or story.facts["status"] not in GRANTED_STATUSES:
        return Chapter()
    named = sentence("the list also holds, of the granted patent, ", submissions_in_words(story, papers[:_MAX_STEPS]))
    return chapter([DatedSentence(papers[0].day, named)])


def after_issue(story: Storyline, described: frozenset[str]) -> Chapter:
    """Return what came after the grant.

    Args:
        story: the course of the application.
        described: ids of documents that another chapter describes, and this one leaves out.
    """
    issued = story.day("issued")
    issues = [paper for paper in story.of((Category.ISSUE,)) if paper.day == issued]
    if issued is None or not issues:
        return _of_the_patent(story, described)
    later = story.of(_AFTER_ISSUE | replies() | actions() | _MISFILED, after=issued)
    known = described | {paper.id for paper in later}
    described_here = [paper for paper in later if paper.id not in described]
    described_here += [
        paper for paper in story.with_codes(_TERM_ADJUSTMENT) if paper.day > issued and paper.id not in known
    ]
    if not described_here:
        return Chapter()
    later_steps = submission_clauses(story, described_here)
    came = submissions_in_words(story, described_here)
    if len(later_steps) > _MAX_STEPS:
        came = Clause(
            f"{counted_in_words(len(later_steps), 'submission')} of note, "
            f"from {later_steps[0].text} to {later_steps[-1].text}{_of_the_board(described_here)}",
            came.documents,
        )
    return chapter(
        [DatedSentence(min(paper.day for paper in described_here), sentence("after ", the(issues[0]), " came ", came))]
    )
