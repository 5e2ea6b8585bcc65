"""The chapters that follow an action: appeal, abandonment and revival, allowance and issue, what came later."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from components.prosecution.law.prerequisites import prerequisites_of
from components.prosecution.law.vocabulary import category_index, category_list, phrases_of
from components.prosecution.papers.nouns import noun_of_label, shown
from components.prosecution.story.chapters import (
    ACTIONS,
    ENDS,
    REPLIES,
    Chapter,
    Told,
    answer_of,
    chapter,
    outermost,
    rule_of,
    same_day,
    source_of,
)
from components.prosecution.story.sentences import (
    Clause,
    a,
    chain,
    counted,
    joined,
    noun_of,
    sentence,
    shortened,
    steps,
    the,
)
from components.prosecution.story.storyline import Paper, RoundRow, Storyline

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
_ANSWERS: Final = {"US": "issue_fee", "EP": "approval_of_text", "JP": "issue_fee", "KR": "issue_fee"}
"""What an allowance asks for (35 USC 151; EPC Rule 71(3); Patent Acts of Japan, Art. 107, and of Korea, Art. 79); other
offices grant without a further step of the applicant that their lists would show."""
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
    end = story.first(_APPEAL_ENDS, after=notice.day)
    between = story.of(_APPEAL_STEPS, since=notice.day, until=end.day if end else None)
    reviewed = [paper.id for paper in story.on(notice.day) if paper.category == "pre_appeal_request"][:1]
    subject = Clause(
        f"the appeal{' with pre-appeal review request' if reviewed else ''} of {shown(notice.day)}",
        (notice.id, *reviewed),
    )
    extended = _extended_brief(story, notice)
    came = shortened(
        [
            joined(step, _extension(extended)) if extended and extended.answer in step.documents else step
            for step in steps(story, between)
        ]
    )
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


def _extended_brief(story: Storyline, notice: Paper) -> RoundRow | None:
    """Give the round of a notice of appeal whose brief came with an extension of time."""
    mine = (entry for entry in story.rounds if entry.kind == "notice_of_appeal" and entry.opened == notice.day)
    return next((entry for entry in mine if entry.extension_months), None)


def _extension(entry: RoundRow) -> str:
    """Say beside an appeal brief by how much its time was extended."""
    return f" (with {counted(entry.extension_months or 0, 'month')} of extension, {source_of(entry)})"


def _answered(story: Storyline, end: Paper) -> list[Clause | str]:
    """Say what answered a decision of the Board."""
    for entry in story.rounds:
        if entry.kind == "board_decision" and entry.opened == end.day and entry.answered:
            rule = rule_of(story, entry)
            by_applicant = rule is None or rule.by_applicant
            return [", answered with " if by_applicant else ", followed by ", answer_of(story, entry)]
    return []


def once_a_day(papers: Sequence[Paper]) -> list[Paper]:
    """Give the first paper of each day."""
    return list({paper.day: paper for paper in reversed(papers)}.values())[::-1]


def revivals(story: Storyline) -> Chapter:
    """Say what undid an abandonment; name one that ended no round."""
    undone = [entry for entry in story.rounds if entry.kind == "abandonment"]
    told = [Told(entry.opened, sentence(*_revival(story, entry))) for entry in outermost(undone)]
    known = {entry.ended for entry in story.rounds if entry.outcome == "abandoned"} | {entry.opened for entry in undone}
    unknown = [paper for paper in once_a_day(story.of(ENDS, until=story.day("issued"))) if paper.day not in known]
    told += [Told(paper.day, sentence(the(paper), " is listed")) for paper in outermost(unknown)]
    return chapter(told)


def _revival(story: Storyline, entry: RoundRow) -> list[Clause | str]:
    """Say what followed an abandonment: a revival only where a petition asked for it."""
    alive = alive_again(story, entry)
    tried = story.of(
        ("petition", "rce", "amendment_with_rce", *REPLIES, "petition_decision"),
        after=entry.opened,
        until=alive.day if alive else None,
    )
    opened = Clause(f"the {noun_of_label(entry.label)} of {shown(entry.opened)}", (entry.action,))
    came: list[Clause | str] = ["after ", opened, " came ", chain(story, tried), "; "] if tried else []
    if alive is None:
        came = came or [opened, " stands; "]
        return [*came, "whether the application was revived is not listed"]
    if any(paper.category == "petition" for paper in tried):
        return [*came, "the application was revived, as ", the(alive), " shows"]
    went_on: list[Clause | str] = ["examination went on with ", the(alive), ", and no petition to revive is listed"]
    unanswered = any(one.outcome == "abandoned" and one.ended == entry.opened for one in story.rounds)
    decided = any(paper.category == "petition_decision" for paper in tried)
    evident = story.office == "US" and not unanswered and not decided
    why = ": the holding of abandonment was evidently withdrawn (37 CFR 1.181)" if evident else ""
    came = came or ["after ", opened, " "]
    return [*came, *went_on, why]


def alive_again(story: Storyline, entry: RoundRow) -> Paper | None:
    """Give the first Office act that shows that an abandoned application goes on."""
    return story.first((*ACTIONS, "allowance", "issue"), after=entry.answered or entry.opened)


def allowances(story: Storyline) -> Chapter:
    """Tell each allowance with what followed: correction, Rule 312 amendment, withdrawal from issue, fee, issue."""
    entries = [entry for entry in story.rounds if entry.kind == "allowance"]
    if not entries:
        issues = [paper for paper in story.of(("issue",)) if paper.day == story.day("issued")]
        without = " without an allowance" if _allows(story.office) else ""
        return chapter([Told(paper.day, sentence(the(paper), f" is listed{without}")) for paper in issues[:1]])
    if len(entries) <= FEW:
        told = [Told(entry.opened, sentence(_allowance(story, entries, place))) for place, entry in enumerate(entries)]
    if len(entries) == 1:
        return chapter(told)
    earlier = entries[:-1]
    first = f"after {counted(len(earlier), f'earlier {noun_of_label(entries[0].label)}')} of {shown(earlier[0].opened)}"
    until = f" to {shown(earlier[-1].opened)}" if len(earlier) > 1 else ""
    opening = Clause(f"{first}{until}, ", tuple(entry.action for entry in earlier))
    brief = [Told(entries[-1].opened, sentence(opening, _allowance(story, entries, len(earlier))))]
    return chapter(told if len(entries) <= FEW else brief, brief)


def _allows(office: str) -> bool:
    """Say whether an issue presupposes an allowance at an office."""
    return any(rule.category == "issue" and "allowance" in rule.needs for rule in prerequisites_of(office))


def _allowance(story: Storyline, entries: Sequence[RoundRow], place: int) -> Clause:
    entry = entries[place]
    until = entries[place + 1].opened if place + 1 < len(entries) else story.day("issued")
    found = _after_allowance(story, entry, until)
    subject = Clause(f"the {noun_of_label(entry.label)} of {shown(entry.opened)}", (entry.action,))
    first = entry.opened == story.day("first_merits_action")
    said: list[Clause | str] = []
    if first and story.office != "US":
        action = phrases_of(story.office).get("communication", "examination communication")
        said.append(f"without any {action} listed before it, ")
    said.append(subject)
    missing = _missing(story, entry, found)
    if first and story.office == "US":
        said.append(" is the first action on the merits")
        said += [", followed by ", chain(story, found)] if found else []
        said.append(f", and no {missing} is listed" if missing else "")
    elif found:
        said += [" was followed by ", chain(story, found)]
        said.append(f", and no {missing} is listed" if missing else "")
    else:
        said.append(f" is listed, but no {missing}" if missing else " is listed")
    said += _fee(story, entry, found)
    also = None if entry.answer else same_day(story, entry)
    if also is not None:
        named = Clause(f"; on {shown(also.day)} {a(noun_of(also))} is listed too", (also.id,))
        said += [named, ", and which came first is not told"]
    if entry.outcome == "late" and entry.last is not None:
        said.append(f"; the answer is dated after its last day, {shown(entry.last)} (computed)")
    return joined(*said)


def _after_allowance(story: Storyline, entry: RoundRow, until: date | None) -> list[Paper]:
    """Give what followed an allowance, of an RCE with what came with it."""
    found = story.of(_AFTER_ALLOWANCE, after=entry.opened, until=until)
    if entry.answer in story.by_id and story.by_id[entry.answer] not in found:
        found.append(story.by_id[entry.answer])
    rces = {paper.day for paper in found if paper.category == "rce"}
    found += [paper for day in sorted(rces) for paper in story.on(day) if paper.category in _WITH_RCE]
    if any(paper.category == "petition_to_withdraw" for paper in found):
        found += story.of(("petition_decision",), since=min(rces or {entry.opened}), until=until)
    return found


def _missing(story: Storyline, entry: RoundRow, found: Sequence[Paper]) -> str:
    """Name what an allowance asked for and no paper of the list up to then is; nothing if there is one."""
    asked = _ANSWERS.get(story.office)
    if asked is None or entry.answer or entry.outcome not in ("open", "abandoned"):
        return ""
    if any(paper.category == asked for paper in found) or story.first((asked,), until=entry.opened) is not None:
        return ""
    return phrases_of(story.office).get(asked, category_list()[category_index()[asked]].phrase)


def _fee(story: Storyline, entry: RoundRow, found: Sequence[Paper]) -> list[Clause | str]:
    """Say of a fee that does not answer its allowance why: it came after the abandonment, or was paid before."""
    asked = _ANSWERS.get(story.office)
    if asked is None or entry.answer:
        return []
    late = next((paper for paper in found if paper.category == asked), None)
    if late is None:
        earlier = story.last((asked,), before=entry.opened)
        return ["; ", the(earlier), " is listed before it"] if earlier else []
    ends = [paper for paper in found if paper.category in ENDS and paper.day < late.day]
    if not ends:
        return []
    came: list[Clause | str] = [f"; the {noun_of(late)} came after the {noun_of(ends[0])}"]
    petition = story.first(("petition",), since=late.day, until=late.day)
    return [*came, Clause(", with a petition of the same day", (petition.id,))] if petition else came


def after_issue(story: Storyline, told_elsewhere: frozenset[str]) -> Chapter:
    """Tell what came after the grant, leaving out the documents that another chapter tells."""
    issued = story.day("issued")
    issues = [paper for paper in story.of(("issue",)) if paper.day == issued]
    if issued is None or not issues:
        return Chapter()
    later = story.of(_AFTER_ISSUE, after=issued)
    known = told_elsewhere | {paper.id for paper in later}
    found = [paper for paper in later if paper.id not in told_elsewhere]
    found += [paper for paper in story.with_codes(_TERM_ADJUSTMENT) if paper.day > issued and paper.id not in known]
    if not found:
        return Chapter()
    told = steps(story, found)
    came = chain(story, found)
    if len(told) > _MOST_STEPS:
        came = Clause(
            f"{counted(len(told), 'submission')} of note, from {told[0].text} to {told[-1].text}", came.documents
        )
    return chapter([Told(min(paper.day for paper in found), sentence("after ", the(issues[0]), " came ", came))])
