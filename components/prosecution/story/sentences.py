"""English for what the tables hold: nouns, counts, and sentences that name their documents."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from components.prosecution.law.categories import Category
from components.prosecution.law.dated_names import name_on
from components.prosecution.law.phrases import phrases_of
from components.prosecution.papers.labels import label_of, named_by_title
from components.prosecution.papers.nouns import noun_of_label
from components.prosecution.story.storyline import Storyline, StoryPaper
from components.words import day, listed, plural

_NUMBERS: Final = (
    *("no", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_AN: Final = re.compile(r"[aeioAEIO]|un|RCE")
"""The beginnings of nouns that take "an"."""
MAX_NAMED: Final = 8
"""How many submissions a sentence names; of more it names the first and the last and counts them."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A statement in plain text, and the ids of the documents from which it follows."""

    text: str
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence with its documents."""

    text: str
    documents: tuple[str, ...] = ()


def concatenate(*parts: Clause | str) -> Clause:
    """Return clauses and texts as one clause, without anything between them, with the documents of all."""
    text = "".join(part if isinstance(part, str) else part.text for part in parts)
    named = [name for part in parts if isinstance(part, Clause) for name in part.documents]
    return Clause(text, tuple(dict.fromkeys(named)))


def sentence(*parts: Clause | str) -> Sentence:
    """Return parts as a sentence: the first letter becomes a capital, and a full stop is added."""
    whole = concatenate(*parts)
    return Sentence(f"{whole.text[:1].upper()}{whole.text[1:]}.", whole.documents)


def noun_of(paper: StoryPaper) -> str:
    """Return what a paper is called in the middle of a sentence: "notice of allowance"."""
    label = label_of(paper.office, frozenset({paper.category}), paper.code, paper.description)
    return noun_of_label(name_on(paper.office, label, paper.day))


def shared_noun(papers: Sequence[StoryPaper]) -> str:
    """Return one noun for several papers of a category: their own if they share it, else that of the category."""
    nouns = {noun_of(paper) for paper in papers}
    if len(nouns) == 1:
        return nouns.pop()
    facts = papers[0].category.facts
    return phrases_of(papers[0].office).get(facts.category, facts.phrase or facts.label)


def a(noun: str) -> str:
    """Return a noun with the indefinite article: "an RCE", "a request"."""
    return f"{'an' if _AN.match(noun) else 'a'} {noun}"


def number_in_words(count: int) -> str:
    """Return a number: in words up to twelve, then with thousands separators."""
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else f"{count:,}"


def counted_in_words(count: int, noun: str) -> str:
    """Return a count with its noun: "one IDS", "two IDSs", "13 IDSs"."""
    return f"{number_in_words(count)} {noun if count == 1 else plural(noun)}"


def enumerate_clauses(clauses: Sequence[Clause]) -> Clause:
    """Return a list of clauses as one: "a, b and c"."""
    names = [name for clause in clauses for name in clause.documents]
    return Clause(listed([clause.text for clause in clauses]), tuple(dict.fromkeys(names)))


def the(paper: StoryPaper) -> Clause:
    """Return a paper with its day: "the notice of allowance of 27 Apr 2020"."""
    return Clause(f"the {noun_of(paper)} of {day(paper.day)}", (paper.id,))


def days_of(papers: Iterable[StoryPaper]) -> Clause:
    """Return the days of papers: "3 Mar 2015 and 9 Jun 2020", of more than four the first and the last."""
    first: dict[str, str] = {}
    for paper in papers:
        first.setdefault(day(paper.day), paper.id)
    days, names = list(first), tuple(first.values())
    return Clause(listed(days) if len(days) <= 4 else f"{days[0]} to {days[-1]}", names)


def submission_clause(story: Storyline, papers: Sequence[StoryPaper]) -> Clause:
    """Return the name of chosen papers of one submission: "the amendment and RCE of 8 Sep 2009".

    The remarks, claims and affidavits that came with them decide what they are called.
    """
    lead = min(papers, key=lambda paper: paper.category.facts.lead)
    parts = {
        paper.category
        for paper in story.on(lead.day)
        if paper.submission == lead.submission and paper.category.facts.part and paper.category != Category.AFFIDAVIT
    }
    chosen = {paper.category: paper for paper in reversed(papers)}
    titled = {paper.category: paper.description for paper in papers if named_by_title(paper.office, paper.category)}
    beside = frozenset(titled.items())
    label = label_of(lead.office, frozenset(chosen) | parts, lead.code, lead.description, beside)
    named = f"the {noun_of_label(name_on(lead.office, label, lead.day))} of {day(lead.day)}"
    return Clause(named, tuple(paper.id for paper in reversed(chosen.values())))


def submissions_in_words(story: Storyline, papers: Iterable[StoryPaper]) -> Clause:
    """Return papers by day: "the petition and RCE of 1 Jun 2018, and the petition decision of 2 Oct 2018"."""
    return enumerate_submissions(submission_clauses(story, papers))


def enumerate_submissions(clauses: Sequence[Clause]) -> Clause:
    """Return a list of submissions; of more than a sentence can name, the first, the last and how many they are."""
    if len(clauses) <= MAX_NAMED:
        return enumerate_clauses(clauses)
    text = f"{counted_in_words(len(clauses), 'submission')}, from {clauses[0].text} to {clauses[-1].text}"
    return Clause(text, enumerate_clauses(clauses).documents)


def submission_clauses(story: Storyline, papers: Iterable[StoryPaper]) -> list[Clause]:
    """Return the names of papers submission by submission, oldest first."""
    by_submission: defaultdict[str, list[StoryPaper]] = defaultdict(list)
    for paper in sorted(papers, key=lambda paper: paper.day):
        by_submission[paper.submission].append(paper)
    return [submission_clause(story, group) for group in by_submission.values()]
