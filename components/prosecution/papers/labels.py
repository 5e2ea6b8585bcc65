"""What a submission is called: the words a prosecutor has for what one side did on one day.

The words are tables. `categories.csv` and `office_phrases.csv` name each event; `package_labels.csv` names papers that
are one thing together (an answer with claims is an amendment, without them a response: 37 CFR 1.121(c));
`code_phrases.csv` names a lead paper whose category says too little ("Board decision: affirmed");
`covering_papers.csv` says after which papers a covering letter is not named.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from components.prosecution.law.categories import Category
from components.prosecution.law.codes import base_code, stem_of
from components.prosecution.law.office_titles import beginning_title, has_titles, whole_title
from components.prosecution.law.phrases import code_phrases_of, covered_papers, labels_of, packages_of, phrases_of
from components.prosecution.papers.classification import classification_of

ALSO_NAMED: Final = {
    Category.AFFIDAVIT: frozenset(Category),
    Category.FORMALITIES_REPLY: frozenset(
        {
            Category.FORMALITIES_REPLY,
            Category.EXTENSION,
            Category.PETITION,
            Category.PRELIMINARY_AMENDMENT,
            Category.TERMINAL_DISCLAIMER,
            Category.IDS,
        }
    ),
}
"""Categories that are named although they are not events → the lead papers beside which they are named.

A reply to a formalities notice is what an extension or a petition of the day is for (37 CFR 1.53(f), 1.136(a)); beside
an answer to an action the same category is mostly a request for a corrected filing receipt, which is not mentioned.
"""

_NAMED_BY_TITLE: Final = frozenset({Category.PETITION, Category.PETITION_DECISION})


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A part of a label."""

    order: int
    """Its position in the label, lowest first."""
    text: str


@lru_cache(maxsize=16_384)
def label_of(
    office: str,
    categories: frozenset[Category],
    lead_code: str,
    lead_description: str = "",
    beside: frozenset[tuple[Category, str]] = frozenset(),
) -> str:
    """Return what a submission is called: "Amendment, RCE and IDS", "Final rejection", "Issue fee".

    Only events, affidavits and replies to formalities notices are named; a submission without any is named after its
    lead paper, or, if that is a covering letter, after what it covers. An office's own word is preferred to the general
    one: an EPO "notice of allowance" is an "intention to grant".

    Args:
        office: two letters, or none.
        categories: those of the submission's papers, at least one.
        lead_code: the code of the paper that names the submission, as delivered.
        lead_description: its description, by which papers of one code are distinguished.
        beside: the titles of the other papers that are called by them (`named_by_title`), with their categories.

    Returns:
        A phrase with a capital at its beginning.
    """
    lead = _leading(categories)
    own = {category: _own_phrase(office, category, "", title) for category, title in beside}
    own[lead] = _own_phrase(office, lead, lead_code, lead_description)
    return _label(office, categories, frozenset((category, phrase) for category, phrase in own.items() if phrase))


def named_by_title(office: str, category: Category) -> bool:
    """Return whether a paper is called by its title also where it does not lead its submission.

    Further processing and re-establishment are one category, and only one of them is what was requested.
    """
    return category in _NAMED_BY_TITLE and has_titles(office)


def _leading(categories: frozenset[Category]) -> Category:
    return min(categories, key=lambda category: category.facts.lead)


def _own_phrase(office: str, lead: Category, code: str, description: str) -> str:
    """Return the lead paper's own name; empty if its category says enough.

    A paper that is not classified by its code (an oath that stands for the application) is not named after its code;
    one of a reexamination in the file of the patent is.
    """
    title = whole_title(office, description) or beginning_title(office, description)
    if title is not None and title.phrase:
        return title.phrase if title.category is lead else ""
    known = code_phrases_of(office)
    if not known:
        return ""
    rows = (*known.get(stem_of(base_code(code)), ()), *known.get("", ()))
    if not rows:
        return ""
    if (
        lead is not Category.REEXAMINATION_OR_TRIAL
        and classification_of(office, code, description).category is not lead
    ):
        return ""
    text = description.casefold()
    return next((row.phrase for row in rows if row.words in text), "")


@lru_cache(maxsize=8_192)
def _label(office: str, categories: frozenset[Category], own_phrases: frozenset[tuple[Category, str]]) -> str:
    lead = _leading(categories)
    by_category = dict(own_phrases)
    own_phrase = by_category.get(lead, "")
    phrases = _phrases_of_events(office, categories, lead, by_category)
    if not phrases:
        named = _named_instead(categories, lead)
        phrases = [
            _Phrase(named.facts.label_position, (own_phrase if named is lead else "") or labels_of(office)[named])
        ]
    texts = dict.fromkeys(phrase.text for phrase in sorted(phrases, key=lambda phrase: phrase.order))
    text = _enumerated(list(texts))
    return text[:1].upper() + text[1:]


def _enumerated(phrases: list[str]) -> str:
    """Return phrases as a list; unlike `words.listed` without a comma before a phrase that is a list itself."""
    return f"{', '.join(phrases[:-1])} and {phrases[-1]}" if len(phrases) > 1 else phrases[0]


def _phrases_of_events(
    office: str, categories: frozenset[Category], lead: Category, own_phrases: Mapping[Category, str]
) -> list[_Phrase]:
    """Return the phrases of the events: first those of packages, then those of events outside a package."""
    unsaid = {
        category
        for category in categories
        if category.facts.phrase and (category.facts.key or lead in ALSO_NAMED.get(category, frozenset()))
    }
    phrases: list[_Phrase] = []
    if lead in own_phrases and lead in unsaid:
        phrases.append(_Phrase(_position_alone(office, lead), own_phrases[lead]))
        unsaid.discard(lead)
    for package in packages_of(office):
        if package.members <= categories and package.replaces <= unsaid:
            order = (
                min(category.facts.label_position for category in package.replaces)
                if package.label_position is None
                else package.label_position
            )
            phrases.append(_Phrase(order, package.phrase))
            unsaid -= package.replaces
    own = {**phrases_of(office), **own_phrases}
    by_name = sorted(unsaid, key=lambda category: category.table_name)
    return phrases + [
        _Phrase(category.facts.label_position, own.get(category, category.facts.phrase)) for category in by_name
    ]


def _position_alone(office: str, lead: Category) -> int:
    """Return the position of a lead paper with its own phrase: that of a package of it alone, else its usual one."""
    for package in packages_of(office):
        if package.members == {lead} and package.label_position is not None:
            return package.label_position
    return lead.facts.label_position


def _named_instead(categories: frozenset[Category], lead: Category) -> Category:
    """Return the category that names a submission without an event: what its covering letter covers, else the lead."""
    covered = covered_papers().get(lead, frozenset()) & categories
    return _leading(covered) if covered else lead
