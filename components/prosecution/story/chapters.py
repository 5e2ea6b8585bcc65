"""The chapters of a prosecution up to its last action: filing, search, restriction, examination.

Each function reads one storyline and tells one chapter in sentences that name their documents, in full and, for a
prosecution of which there is more to tell, in brief. `endings.py` tells how matters ended, `asides.py` the rest.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from components.prosecution.law.pairings import Pairing, category_set, pairing_for
from components.prosecution.law.vocabulary import category_index, category_list
from components.prosecution.papers.classification import normalise_code
from components.prosecution.papers.nouns import noun_of_label, shown
from components.prosecution.story.sentences import (
    Clause,
    Sentence,
    a,
    chain,
    counted,
    days_of,
    join,
    listed,
    noun_of,
    number,
    sentence,
    the,
    together,
)
from components.prosecution.story.storyline import Paper, RoundRow, Storyline

Item = TypeVar("Item")


def names_of(members: Collection[int]) -> tuple[str, ...]:
    """Give the names of categories, in the order of their table."""
    return tuple(category_list()[place].name for place in sorted(members))


ENDS: Final = ("abandonment", "withdrawal")
ACTIONS: Final = names_of(category_set("actions"))
REPLIES: Final = names_of(category_set("replies"))
EXAMINATION: Final = frozenset({*ACTIONS, "other_office_action"} - {"restriction"})
"""The rounds that are told as rounds of examination."""
MOST_ROUNDS: Final = 6
"""How many rounds are told one by one where there is room."""
OUTERMOST: Final = 10
"""As many of a kind, from the beginning and from the end, are ever told: no story has more sentences."""

_TRIED: Final = (*REPLIES, "election", "amendment_with_rce", "advisory_action")
_NO_ANSWERS: Final = frozenset({"extension", "advisory_action"})
"""What is tried to keep an action open or said of what was tried, and is no answer itself."""
_SUPPLEMENTED: Final = frozenset({*REPLIES, "election", "rce", "amendment_with_rce"})
"""The answers that a later reply may supplement (37 CFR 1.111(a)(2))."""
_NEXT: Final = (*EXAMINATION, "restriction", "advisory_action", "allowance", "rce", "notice_of_appeal", "issue", *ENDS)
"""What ends the time in which a reply supplements an answer."""
_FILED_WITH: Final = ("preliminary_amendment", "ids", "terminal_disclaimer")
_NATIONAL_STAGE: Final = {
    "US": (frozenset({"371P", "M903", "M905"}), "in the national stage of an international application"),
    "EP": (frozenset({"1200", "1200P", "1201-1"}), "in the European phase of an international application"),
    "JP": (frozenset({"A632"}), "in the national phase of an international application"),
}
"""Document codes of international applications alone (MPEP 1893; EPO Form 1200; JPO code A632)."""
_REISSUE: Final = frozenset({"TRREISS", "REIS.DECL", "REIS.CONSENT", "PEFRREISS"})
"""Document codes of reissue applications alone (MPEP 1410)."""


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence and its place in the story."""

    day: date
    said: Sentence


@dataclass(frozen=True, slots=True)
class Chapter:
    """What one part of a prosecution has to say."""

    full: tuple[Told, ...] = ()
    brief: tuple[Told, ...] = ()
    """The same in fewer sentences, where there is a shorter way."""


def chapter(told: Sequence[Told], brief: Sequence[Told] | None = None) -> Chapter:
    """Make a chapter; without a shorter way it is as long in brief."""
    return Chapter(tuple(told), tuple(told if brief is None else brief))


def filing(story: Storyline) -> Chapter:
    """Say when the application was filed, as what and with what."""
    if not story.papers:
        return Chapter()
    first = story.filing
    if first is None:
        begins = story.papers[0]
        said = sentence("the list begins with ", the(begins), " and holds no complete application papers")
        return chapter([Told(begins.day, said)])
    reissue = story.with_codes(_REISSUE)[:1] if story.office == "US" else []
    codes, phase = _NATIONAL_STAGE.get(story.office, (frozenset[str](), ""))
    entered = story.with_codes(codes)[:1]
    of_day = {paper.category: paper for paper in reversed(story.on(first.day))}
    with_it = join([Clause(a(noun_of(of_day[name])), (of_day[name].id,)) for name in _FILED_WITH if name in of_day])
    subject = Clause(f"the {'reissue ' if reissue else ''}application", tuple(paper.id for paper in reissue))
    if not entered and not with_it.text:
        said = sentence(subject, Clause(f" is of {shown(first.day)}", (first.id,)))
    else:
        said = sentence(
            subject,
            Clause(f" of {shown(first.day)} was filed", (first.id,)),
            Clause(f" {phase}", (entered[0].id,)) if entered else "",
            "," if entered and with_it.text else "",
            " with " if with_it.text else "",
            with_it,
        )
    return chapter([Told(first.day, said)])


def search(story: Storyline) -> Chapter:
    """Say when examination was requested and when the office searched, where it does so apart from its actions."""
    if story.office == "US":
        return Chapter()
    found = [paper for name in ("examination_request", "search_report") for paper in story.of((name,))[:1]]
    if not found:
        return Chapter()
    found.sort(key=lambda paper: paper.day)
    clauses = [
        Clause(f"the {noun_of(paper)} {'is ' if not place else ''}of {shown(paper.day)}", (paper.id,))
        for place, paper in enumerate(found)
    ]
    return chapter([Told(found[0].day, sentence(join(clauses)))])


def restrictions(story: Storyline) -> Chapter:
    """Say what was restricted and elected."""
    entries = [entry for entry in story.rounds if entry.kind == "restriction"]
    told = _rounds(story, entries)
    if len(entries) < 2 or any(entry.outcome == "abandoned" for entry in entries):
        return told
    return chapter(told.full, [Told(entries[0].opened, _between(story, entries))])


def examination(story: Storyline) -> Chapter:
    """Tell the rounds of rejections and replies: each in full, or the first and the last and the number between."""
    return _rounds(story, [entry for entry in story.rounds if entry.kind in EXAMINATION])


def outermost(found: Sequence[Item]) -> list[Item]:
    """Leave out, from the middle, what no story has room for."""
    return list(found) if len(found) <= 2 * OUTERMOST else [*found[:OUTERMOST], *found[-OUTERMOST:]]


def _rounds(story: Storyline, entries: Sequence[RoundRow]) -> Chapter:
    between = [entry for entry in entries[1:-1] if entry.outcome != "abandoned"]
    if len(between) < 2:
        return chapter(_told(story, outermost(entries)))
    ended = outermost([entry for entry in entries[1:-1] if entry.outcome == "abandoned"])
    kept = _told(story, [entries[0], *ended, entries[-1]])
    brief = [*kept, Told(between[0].opened, _between(story, between))]
    return chapter(brief if len(entries) > MOST_ROUNDS else _told(story, entries), brief)


def _told(story: Storyline, entries: Sequence[RoundRow]) -> list[Told]:
    return [Told(entry.opened, round_sentence(story, entry)) for entry in entries]


def _between(story: Storyline, entries: Sequence[RoundRow]) -> Sentence:
    """Count the rounds between the first and the last."""
    answered = sum(entry.answered is not None for entry in entries)
    bought = [entry.extension_months for entry in entries if entry.extension_months]
    kinds = Counter(noun_of_label(entry.label) for entry in entries)
    what = listed([counted(count, noun) for noun, count in kinds.items()])
    how = ("both" if len(entries) == 2 else "all") if answered == len(entries) else number(answered)
    words = f"from {shown(entries[0].opened)} to {shown(entries[-1].opened)} came {what}, {how} answered"
    if bought:
        words += f", {number(len(bought))} with extensions of time ({counted(sum(bought), 'month')} altogether)"
    names = [name for entry in entries for name in (entry.action, entry.answer) if name in story.by_id]
    return sentence(Clause(words, tuple(names)))


def round_sentence(story: Storyline, entry: RoundRow) -> Sentence:
    """Tell one round: the action, what was tried, the answer and whether it was in time, or what ended it."""
    opened = Clause(f"the {noun_of_label(entry.label)} of {shown(entry.opened)}", (entry.action,))
    tried = story.of(
        _TRIED if entry.answered else (*_TRIED, "extension"), after=entry.opened, before=entry.answered or entry.ended
    )
    if entry.answered:
        answer: list[Clause | str] = [
            " was answered with ",
            answer_of(story, entry),
            timing(entry),
            *_supplements(story, entry),
        ]
        if not tried:
            return sentence(opened, *answer)
        noun = noun_of_label(entry.label)
        return sentence("after ", opened, " came ", chain(story, tried), f"; the {noun}", *answer)
    complete = "complete " if any(paper.category not in _NO_ANSWERS for paper in tried) else ""
    only: list[Clause | str] = [", only ", chain(story, tried)] if tried else []
    same = _also(story, entry)
    if entry.outcome == "abandoned":
        before = [*only, "," if only else "", " before ", closing_of(story, entry)]
        return sentence(f"no {complete}reply to ", opened, " is listed", *before, *same)
    if entry.ended is not None:
        without = [f" without a {complete}answer, after ", chain(story, tried)] if complete else [" without an answer"]
        return sentence(opened, " was followed by ", closing_of(story, entry), *without, *same)
    return sentence(f"no {complete}answer to ", opened, " is listed", *only, *same)


def rule_of(story: Storyline, entry: RoundRow) -> Pairing | None:
    """Give the rule by which a round was opened."""
    code = story.by_id[entry.action].code if entry.action in story.by_id else ""
    return pairing_for(story.office, category_index()[entry.kind], normalise_code(code))


def same_day(story: Storyline, entry: RoundRow) -> Paper | None:
    """Give a paper of the very day of an action that may answer or end it, and answers no other.

    Which of two papers of one day came first, no list tells.
    """
    rule = rule_of(story, entry)
    if rule is None or not rule.by_applicant:
        return None
    fitting = names_of(rule.answered_by | rule.partial | rule.closed_by)
    found = story.of(fitting, since=entry.opened, until=entry.opened)
    return next((one for one in found if one.side == "applicant" and one.submission not in story.answering), None)


def _also(story: Storyline, entry: RoundRow) -> list[Clause | str]:
    """Name a paper of the day of the action itself."""
    paper = same_day(story, entry)
    if paper is None:
        return []
    named = Clause(f"; on {shown(paper.day)} {a(noun_of(paper))} is listed too", (paper.id,))
    return [named, ", and whether it answers is not told"]


def _supplements(story: Storyline, entry: RoundRow) -> list[Clause | str]:
    """Name the replies that came after the answer and before the next step."""
    if entry.kind not in EXAMINATION | {"restriction"} or entry.answered is None:
        return []
    if story.by_id[entry.answer].category not in _SUPPLEMENTED:
        return []
    following = story.first(_NEXT, after=entry.answered)
    later = story.of(REPLIES, after=entry.answered, before=following.day if following else story.day("issued"))
    later = [paper for paper in later if paper.submission not in story.answering]
    return [", supplemented on ", days_of(later)] if later else []


def closing_of(story: Storyline, entry: RoundRow) -> Clause:
    """Name what ended a round without answering it."""
    paper = closing_paper(story, entry)
    if paper is not None:
        return the(paper)
    return Clause(f"a paper of {shown(entry.ended)}" if entry.ended else "a later paper")


def closing_paper(story: Storyline, entry: RoundRow) -> Paper | None:
    """Give the paper that ended a round without answering it, if it can be told which it is."""
    if entry.ended is None:
        return None
    rule = rule_of(story, entry)
    closing = ENDS if entry.outcome == "abandoned" or rule is None else names_of(rule.closed_by)
    papers = story.of(closing, since=entry.ended, until=entry.ended)
    return min(papers, key=lambda paper: paper.kind.lead, default=None)


def answer_of(story: Storyline, entry: RoundRow) -> Clause:
    """Name the submission that answers, apart from its extension of time."""
    answer = story.by_id[entry.answer]
    return together(story, [paper for paper in _with(story, answer) if paper.kind.key or paper == answer])


def _with(story: Storyline, answer: Paper) -> list[Paper]:
    return [
        paper
        for paper in story.on(answer.day)
        if paper.submission == answer.submission and paper.category != "extension"
    ]


def timing(entry: RoundRow) -> str:
    """Say whether an answer came in time; nothing where no period is computed."""
    if entry.answered is None or entry.due is None:
        return ""
    if entry.outcome == "late":
        return ", after the last day with extensions (computed)"
    if entry.extension_months:
        months = counted(entry.extension_months, "month")
        if entry.answered == entry.last:
            return f", on the last day of a period extended by {months} ({source_of(entry)})"
        return f", with {months} of extension ({source_of(entry)})"
    late = (entry.answered - entry.due).days
    if late > 0:
        return f", {counted(late, 'day')} after the computed due day, as a paper with a certificate of mailing may be"
    return ", on the last day of the period" if late == 0 else ", within the period"


def source_of(entry: RoundRow) -> str:
    """Say how an extension is known."""
    return "by petition" if entry.extension_source == "petition" else "computed"
