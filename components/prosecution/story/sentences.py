"""English for what the tables hold: nouns, counts, lists, and sentences that name their documents."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from components.prosecution.law.vocabulary import phrases_of
from components.prosecution.papers.labels import label_of
from components.prosecution.papers.nouns import noun_of_label, shown
from components.prosecution.story.storyline import Paper, Storyline

_COUNTS: Final = (
    *("no", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_AN: Final = re.compile(r"[aeioAEIO]|un|RCE")
_HEAD_ENDS: Final = re.compile(r" (?:of|for|on|to|from|after|with|in|under|without|into)\b| \(")
"""Where the head of a noun ends, which alone takes the plural: notices of allowance."""
MOST_NAMED: Final = 8
"""How many submissions a sentence names; of more it names the first and the last and counts them."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A statement, and the documents from which it follows (ids of the table of documents). Plain text."""

    text: str
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence with its documents."""

    text: str
    documents: tuple[str, ...] = ()


def joined(*parts: Clause | str) -> Clause:
    """Put parts together as they stand."""
    text = "".join(part if isinstance(part, str) else part.text for part in parts)
    named = [name for part in parts if isinstance(part, Clause) for name in part.documents]
    return Clause(text, tuple(dict.fromkeys(named)))


def sentence(*parts: Clause | str) -> Sentence:
    """Make a sentence of parts: the first letter becomes a capital, and a full stop is added."""
    whole = joined(*parts)
    return Sentence(f"{whole.text[:1].upper()}{whole.text[1:]}.", whole.documents)


def noun_of(paper: Paper) -> str:
    """Give what a paper is called in the middle of a sentence: "notice of allowance"."""
    return noun_of_label(label_of(paper.office, frozenset({paper.kind.rank}), paper.code, paper.description))


def shared_noun(papers: Sequence[Paper]) -> str:
    """Give one noun for several papers of a category: their own if they share it, else that of the category."""
    nouns = {noun_of(paper) for paper in papers}
    kind = papers[0].kind
    return nouns.pop() if len(nouns) == 1 else phrases_of(papers[0].office).get(kind.name, kind.phrase or kind.label)


def a(noun: str) -> str:
    """Put the indefinite article: "an RCE", "a request"."""
    return f"{'an' if _AN.match(noun) else 'a'} {noun}"


def plural(noun: str) -> str:
    """Give the plural: "IDSs", "notices of allowance", "replies after final"."""
    cut = _HEAD_ENDS.search(noun)
    head, rest = (noun[: cut.start()], noun[cut.start() :]) if cut else (noun, "")
    return f"{head[:-1]}ies{rest}" if re.search(r"[^aeiou]y$", head) else f"{head}s{rest}"


def number(count: int) -> str:
    """Write a number: in words up to twelve, then with thousands separators."""
    return _COUNTS[count] if 0 <= count < len(_COUNTS) else f"{count:,}"


def counted(count: int, noun: str) -> str:
    """Count things: "one IDS", "two IDSs"."""
    return f"{number(count)} {noun if count == 1 else plural(noun)}"


def listed(words: Sequence[str], last: str = "and") -> str:
    """Write a list: "a, b and c"; where a member is a list itself, with a comma before the last."""
    if len(words) < 2:
        return "".join(words)
    comma = "," if any(f" {last} " in word for word in words) else ""
    return f"{', '.join(words[:-1])}{comma} {last} {words[-1]}"


def join(clauses: Sequence[Clause]) -> Clause:
    """Write a list of clauses."""
    names = [name for clause in clauses for name in clause.documents]
    return Clause(listed([clause.text for clause in clauses]), tuple(dict.fromkeys(names)))


def the(paper: Paper) -> Clause:
    """Name a paper: "the notice of allowance of 27 Apr 2020"."""
    return Clause(f"the {noun_of(paper)} of {shown(paper.day)}", (paper.id,))


def days_of(papers: Iterable[Paper]) -> Clause:
    """List the days of papers: "3 Mar 2015 and 9 Jun 2020", of more than four the first and the last."""
    first: dict[str, str] = {}
    for paper in papers:
        first.setdefault(shown(paper.day), paper.id)
    days, names = list(first), tuple(first.values())
    return Clause(listed(days) if len(days) <= 4 else f"{days[0]} to {days[-1]}", names)


def together(story: Storyline, papers: Sequence[Paper]) -> Clause:
    """Name the chosen papers of one submission: "the amendment and RCE of 8 Sep 2009".

    The remarks, claims and affidavits that came with them decide what they are called.
    """
    lead = min(papers, key=lambda paper: paper.kind.lead)
    parts = {
        paper.kind.rank
        for paper in story.on(lead.day)
        if paper.submission == lead.submission and paper.kind.part and paper.category != "affidavit"
    }
    chosen = {paper.kind.rank: paper for paper in reversed(papers)}
    label = label_of(lead.office, frozenset(chosen) | parts, lead.code, lead.description)
    return Clause(
        f"the {noun_of_label(label)} of {shown(lead.day)}", tuple(paper.id for paper in reversed(chosen.values()))
    )


def chain(story: Storyline, papers: Iterable[Paper]) -> Clause:
    """Tell papers by day: "the petition and RCE of 1 Jun 2018, and the petition decision of 2 Oct 2018"."""
    return shortened(steps(story, papers))


def shortened(clauses: Sequence[Clause]) -> Clause:
    """Write a list of submissions, of more than a sentence can name the first and the last."""
    if len(clauses) <= MOST_NAMED:
        return join(clauses)
    text = f"{counted(len(clauses), 'submission')}, from {clauses[0].text} to {clauses[-1].text}"
    return Clause(text, join(clauses).documents)


def steps(story: Storyline, papers: Iterable[Paper]) -> list[Clause]:
    """Name papers submission by submission, oldest first."""
    found: defaultdict[str, list[Paper]] = defaultdict(list)
    for paper in sorted(papers, key=lambda paper: paper.day):
        found[paper.submission].append(paper)
    return [together(story, group) for group in found.values()]
