"""A prosecution in words: five to ten sentences, each with the documents from which it follows.

Templates say only what the tables hold: which papers are listed, of which dates, and what their rounds came to. No
motive and no content of a claim is told. `sentences.py` has the grammar; `chapters.py`, `endings.py` and `asides.py`
have what there is to say; here it is put in order and, if there are too many sentences, some of it told in brief.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from components.prosecution.law.vocabulary import category_list
from components.prosecution.papers.nouns import noun_of_label, shown
from components.prosecution.story.asides import asides, disclosures, formalities, publication
from components.prosecution.story.chapters import (
    ENDS,
    Chapter,
    Told,
    examination,
    filing,
    restrictions,
    rule_of,
    search,
)
from components.prosecution.story.endings import after_issue, allowances, appeals, revivals
from components.prosecution.story.sentences import Clause, Sentence, counted, joined, noun_of, sentence, the
from components.prosecution.story.storyline import Paper, Storyline, storyline
from components.prosecution.tables import Tables

__all__ = ["Sentence", "summary_of"]

_STANDINGS: Final = {
    "Granted": "stands as granted",
    "Abandoned": "stands as abandoned",
    "Allowed": "stands as allowed",
    "On appeal": "is on appeal",
    "Refused": "stands as refused",
    "Awaiting applicant": "awaits the applicant",
    "Awaiting office": "awaits the Office",
}

MOST: Final = 10
ENOUGH: Final = 7
"""Up to how many sentences lesser matters are told too."""

_SHORTENED: Final = ("asides", "restrictions", "examination", "allowances")
"""What is told in brief, one after another, where there are too many sentences."""
_DROPPED: Final = (
    "search",
    "asides",
    "restrictions",
    "after_issue",
    "appeals",
    "revivals",
    "allowances",
    "examination",
)
"""What gives way, sentence by sentence from its middle, where that is not enough."""


def summary_of(tables: Tables, history: str) -> tuple[Sentence, ...]:
    """Tell one prosecution in words.

    Args:
        tables: the four tables.
        history: the name of one of their histories.

    Returns:
        Five to ten sentences in the order of events, the last on how it stands as of the last listed document; fewer
        only where the list carries less, none for an empty list. Plain text: escape before showing.

    Raises:
        KeyError: the tables do not hold the history.
    """
    story = storyline(tables, history)
    if not story.papers:
        return _without_dates(story)
    last = [told for told in (_days(story), _standing(story)) if told is not None]
    chapters = {
        "filing": filing(story),
        "search": search(story),
        "restrictions": restrictions(story),
        "examination": examination(story),
        "appeals": appeals(story),
        "revivals": revivals(story),
        "allowances": allowances(story),
        "asides": asides(story),
    }
    told = frozenset(name for one in chapters["asides"].full for name in one.said.documents)
    chapters["after_issue"] = after_issue(story, told)
    chosen = _fitted(chapters, MOST - len(last))
    chosen = _with_more(chosen, (disclosures(story), formalities(story), publication(story)), ENOUGH - len(last))
    return (*(one.said for one in sorted(chosen, key=lambda one: one.day)), *last)


def _fitted(chapters: Mapping[str, Chapter], room: int) -> list[Told]:
    """Choose between full and brief until everything fits; then leave out."""
    told = {name: list(one.full) for name, one in chapters.items()}
    for name in _SHORTENED:
        if _length(told) > room:
            told[name] = list(chapters[name].brief)
    for name in _DROPPED:
        while _length(told) > room and told[name]:
            told[name].pop(len(told[name]) // 2)
    return [one for group in told.values() for one in group]


def _length(told: Mapping[str, Sequence[Told]]) -> int:
    return sum(len(group) for group in told.values())


def _with_more(chosen: Sequence[Told], lesser: Sequence[Chapter], room: int) -> list[Told]:
    """Add lesser matters while there is room for them."""
    found = list(chosen)
    for one in lesser:
        found += one.full[: max(room - len(found), 0)]
    return found


def _without_dates(story: Storyline) -> tuple[Sentence, ...]:
    """Say of a list without a single usable date that it tells no course."""
    names = tuple(paper.id for paper in (*story.undated, *story.out_of_range))
    if not names:
        return ()
    what = f"{counted(len(names), 'document')} {'is' if len(names) == 1 else 'are'} listed"
    return (sentence(Clause(f"{what}, none with a date that places it in the course of the application", names)),)


def _days(story: Storyline) -> Sentence | None:
    """Divide the time from filing to the end between Office and applicant."""
    office, applicant = story.number("office_days"), story.number("applicant_days")
    first, end = story.filing, _end(story)
    if office is None or applicant is None or first is None or end is None or first.day != story.day("filed"):
        return None
    until = noun_of(end) if end.category in ("issue", *ENDS) else "the last listed document"
    entries = [
        entry
        for entry in story.rounds
        if entry.opened < end.day and (rule := rule_of(story, entry)) is not None and rule.by_applicant
    ]
    papers = tuple(name for entry in entries for name in (entry.action, entry.answer) if name in story.by_id)
    span = joined(
        f"of {_days_in_words(office + applicant)} from ",
        Clause("filing", (first.id,)),
        " to ",
        Clause(until, (end.id,)),
    )
    shares = f", {office:,} {'was' if office == 1 else 'were'} with the Office and {applicant:,} with the applicant"
    asked = story.of(("examination_request",))[:1]
    waiting = [Clause(f", who asked for examination on {shown(paper.day)}", (paper.id,)) for paper in asked]
    return sentence(span, Clause(shares, papers), *waiting, Clause(", by document dates"))


def _days_in_words(count: int) -> str:
    return f"{count:,} {'day' if count == 1 else 'days'}"


def _end(story: Storyline) -> Paper | None:
    """Give the paper with which the pendency ends: the issue, the abandonment, or the last one listed."""
    for fact, categories in (("issued", ("issue",)), ("abandoned", ENDS)):
        day = story.day(fact)
        if day is not None:
            return next((paper for paper in story.of(categories, since=day, until=day)), None)
    return _last(story)


def _last(story: Storyline) -> Paper:
    return max(story.papers, key=lambda paper: paper.day)


def _standing(story: Storyline) -> Sentence:
    """Say how the application stands as of the last listed document."""
    status, last = str(story.facts["status"]), _last(story)
    opening = Clause(f"as of the last listed document, {shown(last.day)}, ", (last.id,))
    decisive = _decisive(story, status)
    if decisive is None:
        return sentence(opening, "the application is pending, and the list shows no step of examination")
    opening = joined(opening, f"the application {_STANDINGS.get(status, 'is pending')} (")
    return sentence(
        opening,
        Clause(the(decisive).text.removeprefix("the "), (decisive.id,)),
        *_open(story, status, decisive),
        ")",
        *_unless(story, status),
    )


def _unless(story: Storyline, status: str) -> list[Clause | str]:
    """Say where an application stands as pending of which no list tells whether it was revived."""
    doubtful = [entry for entry in story.rounds if entry.kind == "abandonment" and entry.outcome == "open"]
    if not doubtful or status in ("Granted", "Abandoned"):
        return []
    lost = doubtful[-1]
    decisions = story.of(("petition_decision",), after=lost.opened)
    told: list[Clause | str] = [": no grant of a petition is listed"]
    if decisions:
        told = ["; whether ", the(decisions[-1]), " revived the application is not told"]
    stands = Clause(f"the {noun_of_label(lost.label)} of {shown(lost.opened)}", (lost.action,))
    return [", unless ", stands, " stands", *told]


def _decisive(story: Storyline, status: str) -> Paper | None:
    """Give the last paper that leaves an application in this status."""
    names = [category.name for category in category_list() if category.status == status]
    day = {"Granted": story.day("issued"), "Abandoned": story.day("abandoned")}.get(status)
    found = story.of(names, since=day, until=day)
    if not found:
        return None
    return min((paper for paper in found if paper.day == found[-1].day), key=lambda paper: paper.kind.lead)


def _open(story: Storyline, status: str, decisive: Paper) -> list[Clause | str]:
    """Say what is still to come: the fee and the grant after an allowance, the answer to an action."""
    if status == "Allowed":
        paid = story.of(("issue_fee", "approval_of_text"), since=decisive.day)
        return ["; ", the(paid[-1]), "; no grant is listed"] if paid else ["; no later step is listed"]
    due = next((entry.due for entry in story.rounds if entry.action == decisive.id and entry.outcome == "open"), None)
    return [f"; answer due {shown(due)}, computed"] if status == "Awaiting applicant" and due else []
