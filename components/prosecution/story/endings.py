"""The chapters that follow an action: appeal, abandonment and revival, allowance and issue, what came later."""

from collections.abc import Sequence
from typing import Final

from components.prosecution.story.chapters import ACTIONS, ENDS, REPLIES, Chapter, Told, answer_of, chapter, source_of
from components.prosecution.story.sentences import (
    Clause,
    chain,
    counted,
    join,
    joined,
    noun_from,
    sentence,
    steps,
    the,
)
from components.prosecution.story.storyline import Paper, RoundRow, Storyline
from components.prosecution.vocabulary import phrases_of
from components.prosecution.words import shown

FEW: Final = 3
"""How many appeals or allowances are told one by one."""
_MOST_STEPS: Final = 6
"""How many steps after the grant are named."""

_APPEAL_STEPS: Final = ("pre_appeal_decision", "appeal_brief", "examiners_answer", "reply_brief")
_APPEAL_ENDS: Final = (*ACTIONS, "board_decision", "appeal_ended", "rce", "allowance", "issue", *ENDS)
_AFTER_ALLOWANCE: Final = (
    *("corrected_allowance", "amendment_after_allowance", "issue_fee", "petition_to_withdraw", "rce"),
    *("withdrawn_from_issue", "issue", *ENDS),
)
_ANSWERS: Final = {"EP": "approval of the text"}
"""What answers an allowance where it is no fee."""
_WITH_RCE: Final = ("amendment_with_rce", "ids")
_AFTER_ISSUE: Final = (
    *("correction_request", "certificate_of_correction", "post_grant_notice", "petition", "petition_decision"),
    *("reexamination_or_trial", "opposition", "notice_of_appeal", "board_decision", "withdrawal", "issue"),
)
_TERM_ADJUSTMENT: Final = frozenset({"PET.PTA", "PET.PTA.RCAL"})
"""Document codes of requests about the term, which is the only request after grant that matters here (37 CFR 1.705)."""


def appeals(story: Storyline) -> Chapter:
    """Tell each appeal with how it ended; of more than three, the first and the last."""
    issued = story.day("issued")
    notices = once_a_day(story.of(("notice_of_appeal",), until=issued))
    if not notices:
        return Chapter()
    told = [_appeal(story, notice) for notice in (notices if len(notices) <= FEW else (notices[0], notices[-1]))]
    if len(notices) == 1:
        return chapter([Told(notices[0].day, sentence(told[0]))])
    which = "" if len(notices) <= FEW else "; the first and the last of them"
    names = tuple(name for clause in told for name in clause.documents)
    said = sentence(
        Clause(f"{counted(len(notices), 'appeal')} are listed{which}: ", tuple(paper.id for paper in notices)),
        Clause("; ".join(clause.text for clause in told), names),
    )
    return chapter([Told(notices[0].day, said)])


def _appeal(story: Storyline, notice: Paper) -> Clause:
    end = next(iter(story.of(_APPEAL_ENDS, after=notice.day)), None)
    between = story.of(_APPEAL_STEPS, since=notice.day, until=end.day if end else None)
    reviewed = [paper.id for paper in story.on(notice.day) if paper.category == "pre_appeal_request"][:1]
    subject = Clause(
        f"the appeal{' with pre-appeal review request' if reviewed else ''} of {shown(notice.day)}",
        (notice.id, *reviewed),
    )
    came = join([joined(step, _brief_extension(story, notice, step)) for step in steps(story, between)])
    if end is None:
        if not between:
            return joined("the end of ", subject, " is not listed")
        return joined("in ", subject, " came ", came, ", and its end is not listed")
    reopened = end.category in ACTIONS
    last = joined("prosecution was reopened with " if reopened else "it ended with ", the(end), *_answered(story, end))
    if between:
        return joined("in ", subject, " came ", came, ", and ", last)
    if reopened:
        return joined("after ", subject, " ", last)
    return joined(subject, " ended with ", the(end), *_answered(story, end))


def _brief_extension(story: Storyline, notice: Paper, step: Clause) -> str:
    """Say beside an appeal brief by how much its time was extended."""
    for entry in story.rounds:
        mine = entry.kind == "notice_of_appeal" and entry.opened == notice.day
        if mine and entry.extension_months and entry.answer in step.documents:
            return f" (with {counted(entry.extension_months, 'month')} of extension, {source_of(entry)})"
    return ""


def _answered(story: Storyline, end: Paper) -> list[Clause | str]:
    """Say what answered a decision of the Board."""
    for entry in story.rounds:
        if entry.kind == "board_decision" and entry.opened == end.day and entry.answered:
            return [", answered with ", answer_of(story, entry)]
    return []


def once_a_day(papers: Sequence[Paper]) -> list[Paper]:
    """Give the first paper of each day."""
    return list({paper.day: paper for paper in reversed(papers)}.values())[::-1]


def revivals(story: Storyline) -> Chapter:
    """Say what undid an abandonment; name one that ended no round."""
    told = []
    undone = [entry for entry in story.rounds if entry.kind == "abandonment"]
    for entry in undone:
        alive = alive_again(story, entry)
        tried = story.of(
            ("petition", "rce", "amendment_with_rce", *REPLIES, "petition_decision"),
            after=entry.opened,
            until=alive.day if alive else None,
        )
        opened = Clause(f"the {noun_from(entry.label)} of {shown(entry.opened)}", (entry.action,))
        said: list[Clause | str] = ["after ", opened, " came ", chain(story, tried)] if tried else [opened, " stands"]
        if entry.outcome == "revived" and alive is not None:
            said += ["; the application was revived, as ", the(alive), " shows"]
        else:
            said.append("; whether the application was revived is not listed")
        told.append(Told(entry.opened, sentence(*said)))
    known = {entry.ended for entry in story.rounds if entry.outcome == "abandoned"} | {entry.opened for entry in undone}
    told += [
        Told(paper.day, sentence(the(paper), " is listed"))
        for paper in once_a_day(story.of(ENDS, until=story.day("issued")))
        if paper.day not in known
    ]
    return chapter(told)


def alive_again(story: Storyline, entry: RoundRow) -> Paper | None:
    """Give the first Office act that shows that an abandoned application goes on."""
    return next(iter(story.of((*ACTIONS, "allowance", "issue"), after=entry.answered or entry.opened)), None)


def allowances(story: Storyline) -> Chapter:
    """Tell each allowance with what followed: correction, Rule 312 amendment, withdrawal from issue, fee, issue."""
    entries = [entry for entry in story.rounds if entry.kind == "allowance"]
    if not entries:
        issues = [paper for paper in story.of(("issue",)) if paper.day == story.day("issued")]
        return chapter(
            [Told(paper.day, sentence(the(paper), " is listed without an allowance")) for paper in issues[:1]]
        )
    told = [Told(entry.opened, sentence(_allowance(story, entries, place))) for place, entry in enumerate(entries)]
    if len(entries) == 1:
        return chapter(told)
    earlier = entries[:-1]
    first = f"after {counted(len(earlier), f'earlier {noun_from(entries[0].label)}')} of {shown(earlier[0].opened)}"
    until = f" to {shown(earlier[-1].opened)}" if len(earlier) > 1 else ""
    opening = Clause(f"{first}{until}, ", tuple(entry.action for entry in earlier))
    brief = [Told(entries[-1].opened, sentence(opening, _allowance(story, entries, len(earlier))))]
    return chapter(brief if len(told) > FEW else told, brief)


def _allowance(story: Storyline, entries: Sequence[RoundRow], place: int) -> Clause:
    entry = entries[place]
    until = entries[place + 1].opened if place + 1 < len(entries) else story.day("issued")
    found = story.of(_AFTER_ALLOWANCE, after=entry.opened, until=until)
    if entry.answer in story.by_id and story.by_id[entry.answer] not in found:
        found.append(story.by_id[entry.answer])
    rces = {paper.day for paper in found if paper.category == "rce"}
    found += [paper for day in sorted(rces) for paper in story.on(day) if paper.category in _WITH_RCE]
    if any(paper.category == "petition_to_withdraw" for paper in found):
        found += story.of(("petition_decision",), since=min(rces or {entry.opened}), until=until)
    subject = Clause(f"the {noun_from(entry.label)} of {shown(entry.opened)}", (entry.action,))
    first = entry.opened == story.day("first_merits_action")
    own = phrases_of(story.office)
    said: list[Clause | str] = []
    if first and story.office != "US":
        said.append(f"without any {own.get('communication', 'examination communication')} listed before it, ")
    said.append(subject)
    if first and story.office == "US":
        said.append(" is the first action on the merits")
        said += [", followed by ", chain(story, found)] if found else []
    elif found:
        said += [" was followed by ", chain(story, found)]
    if not entry.answer and entry.outcome in ("open", "abandoned"):
        missing = _ANSWERS.get(story.office) or own.get("issue_fee", "issue fee")
        said.append(f", and no {missing} is listed" if found or first else f" is listed, but no {missing}")
    elif not found and not first:
        said.append(" is listed")
    if entry.outcome == "late" and entry.last is not None:
        said.append(f"; the answer is dated after its last day, {shown(entry.last)} (computed)")
    return joined(*said)


def after_issue(story: Storyline, told_elsewhere: frozenset[str]) -> Chapter:
    """Tell what came after the grant, leaving out the documents that another chapter tells."""
    issued = story.day("issued")
    issues = [paper for paper in story.of(("issue",)) if paper.day == issued]
    if issued is None or not issues:
        return Chapter()
    later = story.of(_AFTER_ISSUE, after=issued)
    later += [paper for paper in story.with_codes(_TERM_ADJUSTMENT) if paper.day > issued and paper not in later]
    found = [paper for paper in later if paper.id not in told_elsewhere]
    if not found:
        return Chapter()
    told = steps(story, found)
    came = chain(story, found)
    if len(told) > _MOST_STEPS:
        came = Clause(
            f"{counted(len(told), 'submission')} of note, from {told[0].text} to {told[-1].text}", came.documents
        )
    return chapter([Told(min(paper.day for paper in found), sentence("after ", the(issues[0]), " came ", came))])
