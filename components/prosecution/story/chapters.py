"""The chapters of a prosecution up to its last action: filing, search, restriction, examination.

Each function reads one storyline and returns one chapter: sentences that name their documents, in full and, where there
is a shorter way, in brief. `appeals` and `endings` have the chapters on how a prosecution ended, `asides` the rest.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from components.prosecution.law.categories import Category
from components.prosecution.law.office_words import words_for
from components.prosecution.papers.nouns import noun_of_label
from components.prosecution.story.round_sentences import examination_actions, round_sentence
from components.prosecution.story.sentences import (
    Clause,
    Sentence,
    a,
    counted_in_words,
    days_of,
    enumerate_clauses,
    noun_of,
    number_in_words,
    sentence,
    the,
)
from components.prosecution.story.storyline import RoundRow, Storyline, StoryPaper
from components.words import day, listed

Item = TypeVar("Item")

MAX_ROUNDS: Final = 6
"""How many rounds have a sentence each where there is room."""
OUTERMOST: Final = 10
"""How many of a kind are kept from the beginning, and from the end; no summary has room for more sentences."""

_FILED_WITH: Final = (Category.PRELIMINARY_AMENDMENT, Category.IDS, Category.TERMINAL_DISCLAIMER)
_NATIONAL_STAGE: Final = {
    "US": (frozenset({"371P", "M903", "M905"}), "in the national stage of an international application"),
    "EP": (frozenset({"1200", "1200P", "1201-1"}), "in the European phase of an international application"),
    "JP": (frozenset({"A632"}), "in the national phase of an international application"),
}
"""Document codes that only international applications have (MPEP 1893; EPO Form 1200; JPO code A632)."""
_PARTIAL: Final = "partial"
_REISSUE: Final = frozenset({"TRREISS", "REIS.DECL", "REIS.CONSENT", "PEFRREISS"})
"""Document codes that only reissue applications have (MPEP 1410)."""


@dataclass(frozen=True, slots=True)
class DatedSentence:
    """A sentence and the day by which it is sorted into the story."""

    day: date
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Chapter:
    """One part of a prosecution in sentences."""

    full: tuple[DatedSentence, ...] = ()
    brief: tuple[DatedSentence, ...] = ()
    """The same in fewer sentences, where there is a shorter way."""


def chapter(full: Sequence[DatedSentence], brief: Sequence[DatedSentence] | None = None) -> Chapter:
    """Return a chapter; without `brief` its brief form is the full one."""
    return Chapter(tuple(full), tuple(full if brief is None else brief))


def filing(story: Storyline) -> Chapter:
    """Return when the application was filed, as what and with what."""
    if not story.papers:
        return Chapter()
    first = story.filing
    if first is None:
        return _entry(story) or _without_application(story)
    reissue = story.with_codes(_REISSUE)[:1] if story.office == "US" else []
    codes, phase = _NATIONAL_STAGE.get(story.office, (frozenset[str](), ""))
    entered = story.with_codes(codes)[:1]
    of_day = {paper.category: paper for paper in reversed(story.on(first.day))}
    together_filed = [of_day[category] for category in _FILED_WITH if category in of_day]
    with_it = enumerate_clauses([Clause(a(noun_of(paper)), (paper.id,)) for paper in together_filed])
    subject = Clause(f"the {'reissue ' if reissue else ''}application", tuple(paper.id for paper in reissue))
    if not entered and not with_it.text:
        filed = sentence(subject, Clause(f" {words_for(story.office, 'filed_on').format(day(first.day))}", (first.id,)))
    else:
        filed = sentence(
            subject,
            Clause(f" of {day(first.day)} was filed", (first.id,)),
            Clause(f" {phase}", (entered[0].id,)) if entered else "",
            "," if entered and with_it.text else "",
            " with " if with_it.text else "",
            with_it,
        )
    return chapter([DatedSentence(first.day, filed)])


def _entry(story: Storyline) -> Chapter | None:
    """Return when an international application came to this office; `None` if its entry is not listed."""
    entry = story.first((Category.NATIONAL_ENTRY,))
    if entry is None:
        return None
    international = story.first((Category.INTERNATIONAL_FILING,), until=entry.day)
    entered = sentence(
        "the international application",
        Clause(f" of {day(international.day)}", (international.id,)) if international else "",
        Clause(f" {words_for(story.office, 'entered')} on {day(entry.day)}", (entry.id,)),
    )
    return chapter([DatedSentence(entry.day, entered)])


def _without_application(story: Storyline) -> Chapter:
    """Return with what the list of a reexamination begins, or one that lacks the filing papers."""
    requested = story.first((Category.REEXAMINATION_REQUEST,)) if story.proceeding else None
    if requested is not None:
        return chapter([DatedSentence(requested.day, sentence(the(requested), f" began the {story.proceeding}"))])
    begins = story.papers[0]
    lacking = f"request for {story.proceeding}" if story.proceeding else "complete application papers"
    return chapter(
        [DatedSentence(begins.day, sentence("the list begins with ", the(begins), f" and holds no {lacking}"))]
    )


def search(story: Storyline) -> Chapter:
    """Return when examination was requested and when the office searched, for offices that search separately."""
    if story.office == "US":
        return Chapter()
    kinds = (Category.EXAMINATION_REQUEST, Category.SEARCH_REPORT)
    papers = [paper for category in kinds for paper in story.of((category,))[:1]]
    if not papers:
        return Chapter()
    papers += _after_partial_search(story)
    papers.sort(key=lambda paper: paper.day)
    clauses = [Clause(f"the {_searched(paper)} is dated {day(paper.day)}", (paper.id,)) for paper in papers]
    return chapter([DatedSentence(papers[0].day, sentence(enumerate_clauses(clauses)))])


def _searched(paper: StoryPaper) -> str:
    """Return what a report is called; the one on the invention first mentioned is only partial (Rule 64(1) EPC)."""
    noun = noun_of(paper)
    partial = _PARTIAL in paper.description.casefold() and _PARTIAL not in noun
    return f"{_PARTIAL} {noun}" if partial else noun


def _after_partial_search(story: Storyline) -> list[StoryPaper]:
    """Return the search report that completed a partial one; nothing where the first was complete."""
    reports = story.of((Category.SEARCH_REPORT,))
    complete = [paper for paper in reports if _PARTIAL not in paper.description.casefold()]
    return complete[:1] if reports and reports[0] not in complete else []


def restrictions(story: Storyline) -> Chapter:
    """Return what was restricted and elected."""
    rows = [row for row in story.rounds if row.kind == Category.RESTRICTION]
    rounds = _rounds(story, rows)
    if len(rows) < 2 or any(row.outcome == "abandoned" for row in rows):
        return rounds
    return chapter(rounds.full, [DatedSentence(rows[0].opened, _rounds_counted(story, rows))])


def orders(story: Storyline) -> Chapter:
    """Return when reexamination was ordered, and what the patent owner stated on it (37 CFR 1.530)."""
    rows = [row for row in story.rounds if row.kind == Category.REEXAMINATION_ORDER]
    sentences = []
    for row in outermost(rows):
        ordered = Clause(f"the {noun_of_label(row.label)} of {day(row.opened)}", (row.action,))
        without = " is listed without a patent owner's statement"
        said = round_sentence(story, row) if row.answered else sentence(ordered, without)
        sentences.append(DatedSentence(row.opened, said))
    return chapter(sentences)


def examination(story: Storyline) -> Chapter:
    """Return the rounds of rejections and replies: each, or the first, the last and how many were between."""
    return _rounds(story, [row for row in story.rounds if row.kind in examination_actions()])


def hearings(story: Storyline) -> Chapter:
    """Return each summons to oral proceedings with what was submitted, and the oral proceedings that were held.

    Those after the grant are of an opposition (Art. 101 EPC) and belong to the chapter on what came later.
    """
    issued = story.day("issued")
    rows = [row for row in story.rounds if row.kind == Category.SUMMONS and (not issued or row.opened <= issued)]
    told = _sentences(story, outermost(rows))
    closings = {row.ended for row in rows if not row.answered}
    held = [
        paper for paper in story.of((Category.ORAL_PROCEEDINGS,), until=issued) if paper.day not in closings
    ]  # one that ended a round is told with its summons
    if held:
        told.append(DatedSentence(held[0].day, sentence("oral proceedings were held, by minutes of ", days_of(held))))
    return chapter(told, told[:1] + told[-1:] if len(told) > 2 else told)


def outermost(items: Sequence[Item]) -> list[Item]:
    """Return items without those in the middle for which no story has room."""
    return list(items) if len(items) <= 2 * OUTERMOST else [*items[:OUTERMOST], *items[-OUTERMOST:]]


def _rounds(story: Storyline, rows: Sequence[RoundRow]) -> Chapter:
    between = [row for row in rows[1:-1] if row.outcome != "abandoned"]
    if len(between) < 2:
        return chapter(_sentences(story, outermost(rows)))
    ended = outermost([row for row in rows[1:-1] if row.outcome == "abandoned"])
    kept = _sentences(story, [rows[0], *ended, rows[-1]])
    brief = [*kept, DatedSentence(between[0].opened, _rounds_counted(story, between))]
    return chapter(brief if len(rows) > MAX_ROUNDS else _sentences(story, rows), brief)


def _sentences(story: Storyline, rows: Sequence[RoundRow]) -> list[DatedSentence]:
    return [DatedSentence(row.opened, round_sentence(story, row)) for row in rows]


def _rounds_counted(story: Storyline, rows: Sequence[RoundRow]) -> Sentence:
    """Return a sentence that counts rounds instead of describing each."""
    answered = sum(row.answered is not None for row in rows)
    extensions = [row.extension_months for row in rows if row.extension_months]
    kinds = Counter(noun_of_label(row.label) for row in rows)
    what = listed([counted_in_words(count, noun) for noun, count in kinds.items()])
    how = ("both" if len(rows) == 2 else "all") if answered == len(rows) else number_in_words(answered)
    words = f"from {day(rows[0].opened)} to {day(rows[-1].opened)} came {what}, {how} answered"
    if extensions:
        months = counted_in_words(sum(extensions), "month")
        words += f", {number_in_words(len(extensions))} with extensions of time ({months} altogether)"
    mailed = sum(bool(row.mailing) for row in rows)
    if mailed:
        words += f", {number_in_words(mailed)} in a later month by the date of receipt alone (37 CFR 1.8)"
    names = [name for row in rows for name in (row.action, row.answer) if name in story.by_id]
    return sentence(Clause(words, tuple(names)))
