"""A prosecution in words: five to ten sentences, each with the documents from which it follows.

Templates say only what the tables hold: which papers are listed, of which dates, and what their rounds came to, never a
motive or the content of a claim. `sentences` has the grammar; `chapters`, `appeals`, `endings` and `asides` have what
there is to say; here it is put in order and, if there are too many sentences, some chapters are taken in brief.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from components.prosecution.law.categories import ENDING, ISSUING, Category
from components.prosecution.law.office_words import own_words_for, words_for
from components.prosecution.law.set_periods import basis_of, extension_rule_of
from components.prosecution.law.vocabulary import GRANTED_STATUSES
from components.prosecution.story.appeals import appeals
from components.prosecution.story.asides import (
    after_final_programme,
    asides,
    disclosures,
    formalities,
    improper_requests,
    letters,
    publication,
    quick_paths,
)
from components.prosecution.story.chapters import (
    Chapter,
    DatedSentence,
    examination,
    filing,
    hearings,
    orders,
    restrictions,
    search,
)
from components.prosecution.story.citations import with_rules
from components.prosecution.story.endings import after_issue, allowances, revivals
from components.prosecution.story.oppositions import opposition_period, oppositions, papers_of_opposition
from components.prosecution.story.round_sentences import replies, rule_of
from components.prosecution.story.sentences import (
    Clause,
    Sentence,
    concatenate,
    counted_in_words,
    noun_of,
    sentence,
    the,
)
from components.prosecution.story.storyline import RoundRow, Storyline, StoryPaper, storyline
from components.prosecution.tables import Tables
from components.words import counted, day

__all__ = ["Sentence", "summary_of"]

_STANDINGS: Final = {
    "Revoked": "stands as revoked",
    "Lapsed": "stands as lapsed",
    "Granted": "stands as granted",
    "Abandoned": "stands as abandoned",
    "Certificate issued": "has ended with its certificate",
    "Certificate to issue": "has ended in a certificate to come",
    "Reexamination ended": "has ended without a certificate",
    "Allowed": "stands as allowed",
    "On appeal": "is on appeal",
    "Refused": "stands as refused",
    "Awaiting applicant": "awaits the applicant",
    "Awaiting office": "awaits the Office",
}

_DOUBTED: Final = frozenset(
    {
        Category.ABANDONMENT,
        Category.PETITION,
        Category.PETITION_TO_WITHDRAW,
        Category.PETITION_DECISION,
        Category.RCE,
        Category.NOTICE_OF_APPEAL,
    }
)
"""The papers that a doubt about a status names."""

_WITHIN_A_PERIOD: Final = frozenset({Category.ADVISORY_ACTION, Category.PERIOD_RESTARTED})
"""Papers that open no period of their own: that of the action before them runs."""

MAX_SENTENCES: Final = 10
"""How many sentences a summary has at most."""
ENOUGH_SENTENCES: Final = 7
"""Up to how many sentences minor chapters are added."""

_SHORTENED: Final = ("asides", "restrictions", "hearings", "examination", "allowances")
"""Which chapters are taken in brief, one after another, where there are too many sentences."""
_DROPPED: Final = (
    "search",
    "after_final",
    "letters",
    "asides",
    "opposition",
    "restrictions",
    "hearings",
    "orders",
    "after_issue",
    "oppositions",
    "appeals",
    "revivals",
    "allowances",
    "quick_paths",
    "improper",
    "examination",
)
"""Which chapters lose sentences, one by one from their middle, where that is not enough."""


def summary_of(tables: Tables, history: str) -> tuple[Sentence, ...]:
    """Return one prosecution in words.

    Args:
        tables: the tables of one or more histories.
        history: the name of one of them.

    Returns:
        Five to ten sentences in the order of events, the last on how it stands as of the last listed document; fewer
        only where the list holds less, none for an empty list. Plain text: escape before showing.

    Raises:
        KeyError: the tables do not hold the history.
    """
    story = storyline(tables, history)
    if not story.papers:
        return _without_dates(story)
    last = [ending for ending in (_days(story), _standing(story)) if ending is not None]
    chapters = {
        "filing": filing(story),
        "search": search(story),
        "restrictions": restrictions(story),
        "orders": orders(story),
        "examination": examination(story),
        "hearings": hearings(story),
        "appeals": appeals(story),
        "revivals": revivals(story),
        "allowances": allowances(story),
        "quick_paths": quick_paths(story),
        "improper": improper_requests(story),
        "after_final": after_final_programme(story),
        "letters": letters(story),
        "asides": asides(story),
        "opposition": opposition_period(story),
        "oppositions": oppositions(story),
    }
    chapters["revivals"] = _not_told_before(chapters["revivals"], chapters["allowances"])
    described = frozenset(name for dated in chapters["asides"].full for name in dated.sentence.documents)
    chapters["after_issue"] = after_issue(story, described | papers_of_opposition(story))
    chosen = _fit_to_length(chapters, MAX_SENTENCES - len(last))
    chosen = _with_minor(
        chosen, (disclosures(story), formalities(story), publication(story)), ENOUGH_SENTENCES - len(last)
    )
    told = [dated.sentence for dated in sorted(chosen, key=lambda dated: dated.day)]
    return (*with_rules(story.office, told), *last)


def _not_told_before(later: Chapter, earlier: Chapter) -> Chapter:
    """Return a chapter without the sentences of which every paper is told of in another."""
    told = {name for dated in earlier.full for name in dated.sentence.documents}
    full, brief = (
        [dated for dated in sentences if not told.issuperset(dated.sentence.documents)]
        for sentences in (later.full, later.brief)
    )
    return Chapter(tuple(full), tuple(brief))


def _fit_to_length(chapters: Mapping[str, Chapter], most: int) -> list[DatedSentence]:
    """Return at most so many sentences: chapters in full or in brief; if that does not suffice, some are left out."""
    chosen = {name: list(full_and_brief.full) for name, full_and_brief in chapters.items()}
    for name in _SHORTENED:
        if _length(chosen) > most:
            chosen[name] = list(chapters[name].brief)
    for name in _DROPPED:
        while _length(chosen) > most and chosen[name]:
            chosen[name].pop(len(chosen[name]) // 2)
    return [dated for sentences in chosen.values() for dated in sentences]


def _length(chosen: Mapping[str, Sequence[DatedSentence]]) -> int:
    return sum(len(sentences) for sentences in chosen.values())


def _with_minor(chosen: Sequence[DatedSentence], minor: Sequence[Chapter], most: int) -> list[DatedSentence]:
    """Add minor chapters up to a number of sentences."""
    sentences = list(chosen)
    for extra in minor:
        sentences += extra.full[: max(most - len(sentences), 0)]
    return sentences


def _without_dates(story: Storyline) -> tuple[Sentence, ...]:
    """Return what can be said about a list without a single plausible date."""
    names = tuple(paper.id for paper in (*story.undated, *story.out_of_range))
    if not names:
        return ()
    what = f"{counted_in_words(len(names), 'document')} {'is' if len(names) == 1 else 'are'} listed"
    return (sentence(Clause(f"{what}, none with a date that places it in the course of the application", names)),)


def _days(story: Storyline) -> Sentence | None:
    """Return a sentence on how many days were whose; `None` where the list does not show it."""
    office, applicant = story.number("office_days"), story.number("applicant_days")
    entered = story.day("entered")
    first = story.filing if entered is None else story.first((Category.NATIONAL_ENTRY,))
    end = _end(story)
    if office is None or applicant is None or first is None or end is None:
        return None
    if first.day != (entered or story.day("filed")):
        return None
    ended = end.category in ENDING | ISSUING
    until = words_for(story.office, "end_of_days").format(noun_of(end)) if ended else "the last listed document"
    rows = [
        row
        for row in story.rounds
        if row.opened < end.day and (rule := rule_of(story, row)) is not None and rule.by_applicant
    ]
    papers = tuple(name for row in rows for name in (row.action, row.answer) if name in story.by_id)
    span = concatenate(
        f"of {counted(office + applicant, 'day')} from ",
        Clause("filing" if entered is None else "the entry", (first.id,)),
        " to ",
        Clause(until, (end.id,)),
    )
    were = f"{'was' if office == 1 else 'were'} {words_for(story.office, 'with_office')}"
    shares = f", {office:,} {were} and {applicant:,} with the applicant"
    asked = story.of((Category.EXAMINATION_REQUEST,))[:1]
    waiting = [Clause(f", who asked for examination on {day(paper.day)}", (paper.id,)) for paper in asked]
    return sentence(span, Clause(shares, papers), *waiting, Clause(", by document dates"))


def _end(story: Storyline) -> StoryPaper | None:
    """Return the paper with which the pendency ends: the issue, the abandonment, or the last one listed."""
    for fact, categories in (("issued", ISSUING), ("abandoned", ENDING)):
        day = story.day(fact)
        if day is not None:
            return next((paper for paper in story.of(categories, since=day, until=day)), None)
    return _last(story)


def _last(story: Storyline) -> StoryPaper:
    return max(story.papers, key=lambda paper: paper.day)


def _standing(story: Storyline) -> Sentence:
    """Return how the application stands as of the last listed document."""
    status, last = str(story.facts["status"]), _last(story)
    opening = Clause(f"as of the last listed document, {day(last.day)}, ", (last.id,))
    evidence = str(story.facts["status_evidence"])
    subject = story.proceeding_at_end or "application"
    if not evidence:
        pending = f"the {subject} is pending, and the list shows no step of examination"
        return sentence(opening, pending, *_doubt(story))
    decisive = _named_by(story, evidence)
    standing = _standing_in_words(story.office, status, str(story.facts["status_words"]))
    if story.proceeding:
        standing = standing.replace("the applicant", "the patent owner")
    if status in GRANTED_STATUSES and not story.proceeding:
        subject = words_for(story.office, "granted_subject")
    opening = concatenate(opening, f"the {subject} {standing} (")
    return sentence(
        opening,
        Clause(evidence, (decisive.id,) if decisive else ()),
        *_open(story, status, decisive),
        ")",
        *_doubt(story),
    )


def _standing_in_words(office: str, status: str, words: str) -> str:
    """Return how an application stands: in the words for its office's own status, else for the common one."""
    own = own_words_for(office, f"standing {words}")
    if own is None and words != status:
        return f"stands as {words[:1].lower()}{words[1:]}"
    return own or _STANDINGS.get(status, "is pending")


def _doubt(story: Storyline) -> list[Clause | str]:
    """Return what may be otherwise, with the papers that it names."""
    doubt = str(story.facts["status_doubt"])
    if not doubt:
        return []
    papers = tuple(paper.id for paper in story.of(_DOUBTED) if day(paper.day) in doubt)
    return [", " if doubt.startswith("unless ") else "; ", Clause(doubt, papers)]


def _named_by(story: Storyline, evidence: str) -> StoryPaper | None:
    """Return the paper on which the status rests; None if it rests on a number, or on a paper of no known kind."""
    named = (paper for paper in reversed(story.papers) if evidence.startswith(f"{noun_of(paper)} of {day(paper.day)}"))
    return next(named, None)


def _open(story: Storyline, status: str, decisive: StoryPaper | None) -> list[Clause | str]:
    """Return what is still to come: the fee and the grant after an allowance, the answer to an action."""
    if decisive is None:
        return []
    if status == "Allowed":
        paid = story.of((Category.ISSUE_FEE, Category.APPROVAL_OF_TEXT), since=decisive.day)
        return (
            ["; ", the(paid[-1]), "; no grant is listed"]
            if paid
            else ["; no later step is listed", *_due(story, decisive)]
        )
    ended = decisive.category is Category.APPEAL_ENDED and not story.proceeding
    if ended and not story.of(replies() | {Category.RCE}, since=decisive.day):
        return [words_for(story.office, "appeal_withdrawn")]
    row = _open_round(story, decisive)
    if row is None or row.due is None:
        return []
    if status != "Awaiting applicant" and row.kind is not Category.BOARD_DECISION:
        return [] if story.office == "US" else _due(story, decisive)
    known = basis_of(row.authority)
    rule = extension_rule_of(row.authority)
    extended = f", extendable only under {rule}" if rule else ""
    condition = f", {row.condition}" if row.condition else ""
    return [f"; answer due {day(row.due)}, {known}{extended}{condition}"]


def _due(story: Storyline, decisive: StoryPaper) -> list[Clause | str]:
    """Return what can be filed after a paper, and until when, where the list does not go on after that day."""
    row = _open_round(story, decisive)
    if story.office == "US" or row is None or row.due is None or _last(story).day > row.due:
        return []
    known = basis_of(row.authority)
    return [f"; {row.owed[:1].lower()}{row.owed[1:]} due {day(row.due)}, {known}"]


def _open_round(story: Storyline, decisive: StoryPaper) -> RoundRow | None:
    """Return the open round that a paper opened, or whose period it leaves running; None if there is none."""
    if decisive.category in _WITHIN_A_PERIOD:
        running = [row for row in story.rounds if row.outcome == "open" and row.opened <= decisive.day and row.due]
        return running[-1] if running else None
    return next((row for row in story.rounds if row.action == decisive.id and row.outcome == "open"), None)
