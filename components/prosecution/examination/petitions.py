"""What the papers of an act say about an abandonment: petitions, decisions, and those that are about something else."""

from dataclasses import replace
from typing import Final

from components.prosecution.law.abandonment_papers import Effect, effect_of
from components.prosecution.law.categories import Category
from components.prosecution.papers.daily_acts import Act
from components.prosecution.papers.labels import label_of
from components.prosecution.papers.nouns import noun_of_label
from components.prosecution.papers.sorted_documents import SortedDocuments
from components.words import day

_ABOUT: Final = (
    Category.PETITION,
    Category.PETITION_DECISION,
    Category.ACTION_WITHDRAWN,
    Category.OTHER_OFFICE_ACTION,
)
"""The categories of which some papers are about an abandonment and others are not."""


def paper_in_words(documents: SortedDocuments, act: Act, category: Category) -> str:
    """Return what the first paper of a category in an act is called, with its day: "RCE of 1 Jun 2018"."""
    index = act.papers[category][0]
    label = label_of(documents.office, frozenset({category}), documents.codes[index], documents.descriptions[index])
    return f"{noun_of_label(label)} of {day(act.day)}"


def effects_of(documents: SortedDocuments, act: Act, *categories: Category) -> frozenset[Effect]:
    """Return what the papers of an act say about an abandonment.

    Args:
        documents: the papers in reading order.
        act: the act.
        categories: whose papers to ask; those of the others say nothing.

    Returns:
        `unrelated` only where no paper says anything else.
    """
    found = {
        effect
        for category in categories
        for index in act.papers.get(category, ())
        if (effect := effect_of(documents.office, category, documents.codes[index], documents.descriptions[index]))
    }
    return frozenset(found - {"unrelated"} or found)


def about_abandonment(documents: SortedDocuments, act: Act) -> Act:
    """Return an act without the papers that are about something else than an abandonment.

    A petition to make special revives nothing, and the notice of an improper RCE is no sign that examination goes on.
    """
    unrelated = [name for name in _ABOUT if name in act.papers and effects_of(documents, act, name) == {"unrelated"}]
    if not unrelated:
        return act
    return replace(act, papers={name: papers for name, papers in act.papers.items() if name not in unrelated})
