"""What a prosecution also holds: interviews, terminal disclaimers, petitions, disclosure statements, formalities."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from components.prosecution.papers.nouns import shown
from components.prosecution.story.chapters import OUTERMOST, Chapter, Told, chapter, round_sentence
from components.prosecution.story.endings import alive_again
from components.prosecution.story.sentences import (
    Clause,
    Sentence,
    a,
    counted,
    days_of,
    join,
    joined,
    listed,
    noun_of,
    number,
    sentence,
    shared_noun,
    the,
)
from components.prosecution.story.storyline import Paper, Storyline

_PARAGRAPHS: Final = {"ids_s1": "(b)", "ids_s2": "(c)", "ids_s3": "(d)", "ids_s4": "(i)"}
"""The paragraphs of 37 CFR 1.97 under which the stages of a disclosure statement fall."""
_PUBLISHED: Final = frozenset({"NTC.PUB", "1133", "1219"})
"""Document codes that tell of the publication of the application (USPTO; EPO forms)."""
_MOST_PETITIONS: Final = 3


def asides(story: Storyline) -> Chapter:
    """Tell interviews, terminal disclaimers and petitions: each in a sentence, or all in one."""
    full: list[Told] = []
    heads: list[Clause] = []
    for name, decided in (("interview", ()), ("terminal_disclaimer", ("terminal_disclaimer_decision",))):
        papers = story.of((name,))
        if papers:
            decisions = story.of(decided)
            also = joined(", and ", _count(decisions), ", of ", days_of(decisions)) if decisions else ""
            full.append(Told(papers[0].day, sentence(_count(papers), _are_listed(papers), days_of(papers), also)))
            heads.append(_of_days(papers))
    petitions = _petitions(story)
    if petitions:
        full.append(Told(petitions[0][0].day, _petition_sentence(petitions)))
        heads.append(_of_days([paper for paper, _ in petitions]))
    if len(full) < 2:
        return chapter(full)
    merged = sentence("also listed are ", join(heads))
    return chapter(full, [Told(min(one.day for one in full), merged)])


def _count(papers: Sequence[Paper]) -> Clause:
    return Clause(counted(_days(papers), shared_noun(papers)))


def _days(papers: Sequence[Paper]) -> int:
    return len({paper.day for paper in papers})


def _are_listed(papers: Sequence[Paper]) -> str:
    return " is listed, of " if _days(papers) == 1 else " are listed, of "


def _of_days(papers: Sequence[Paper]) -> Clause:
    return joined(_count(papers), " of ", days_of(papers))


def _petitions(story: Storyline) -> list[tuple[Paper, Paper | None]]:
    """Give the petitions before the issue that no other chapter tells, each with the decision that followed."""
    revived = [entry for entry in story.rounds if entry.kind == "abandonment"]
    decisions = story.of(("petition_decision",))
    found = []
    decided, begun, told_until = 0, 0, date.min
    for paper in story.of(("petition", "petition_to_withdraw"), until=story.day("issued")):
        while decided < len(decisions) and decisions[decided].day < paper.day:
            decided += 1
        decision = decisions[decided] if decided < len(decisions) else None
        decided += 1
        while begun < len(revived) and revived[begun].opened <= paper.day:
            alive = alive_again(story, revived[begun])
            told_until = max(told_until, alive.day if alive else date.max)
            begun += 1
        if paper.category == "petition" and paper.day > told_until:
            found.append((paper, decision))
    return found


def _petition_sentence(petitions: Sequence[tuple[Paper, Paper | None]]) -> Sentence:
    if len(petitions) > _MOST_PETITIONS:
        subjects = _of_days([paper for paper, _ in petitions])
        decided = [decision for _, decision in petitions if decision is not None]
        return sentence(subjects, " are listed", joined(", with ", _of_days(decided)) if decided else "")
    return sentence(join([_petition(paper, decision) for paper, decision in petitions]))


def _petition(paper: Paper, decision: Paper | None) -> Clause:
    if decision is None:
        return joined(the(paper), " is listed")
    if decision.day == paper.day:
        return joined(
            the(paper), " was followed by ", Clause(f"the {noun_of(decision)} of the same day", (decision.id,))
        )
    return joined(the(paper), " was followed by ", the(decision))


def disclosures(story: Storyline) -> Chapter:
    """Say when information was disclosed, and under which paragraphs of 37 CFR 1.97 as far as dates tell."""
    papers = story.of(("ids",))
    if not papers or (story.filing is not None and papers[-1].day == story.filing.day):
        return Chapter()  # an IDS filed with the application is told there
    count = _days(papers)
    known = [(many, paragraph) for column, paragraph in _PARAGRAPHS.items() if (many := story.number(column))]
    by_date = ""
    if sum(many for many, _ in known) == count:
        each = [f"{number(many)} under {paragraph}" if count > 1 else f"under {paragraph}" for many, paragraph in known]
        each[0] = each[0].replace("under ", "under 37 CFR 1.97")
        by_date = f"; by {'its date' if count == 1 else 'their dates'} {listed(each)}"
    said = sentence(_count(papers), _are_listed(papers), days_of(papers), by_date)
    return chapter([Told(papers[0].day, said)])


def formalities(story: Storyline) -> Chapter:
    """Tell what was asked for before examination."""
    entries = [entry for entry in story.rounds if entry.kind == "formalities_notice"][:OUTERMOST]
    return chapter([Told(entry.opened, round_sentence(story, entry)) for entry in entries])


def publication(story: Storyline) -> Chapter:
    """Say when publication was notified."""
    return chapter(
        [
            Told(paper.day, sentence(Clause(f"{a(noun_of(paper))} is of {shown(paper.day)}", (paper.id,))))
            for paper in story.with_codes(_PUBLISHED)[:1]
        ]
    )
