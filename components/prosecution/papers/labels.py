"""How a submission is said: the words a prosecutor has for what one side did on one day.

The tables say it. `categories.csv` and `office_phrases.csv` name each event; `package_labels.csv` names papers that
are one thing together (an answer with claims is an amendment, without them a response: 37 CFR 1.121(c));
`code_phrases.csv` names a lead paper whose category says too little ("Board decision: affirmed");
`covering_papers.csv` says after which papers a covering letter is not named.
"""

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

from components.prosecution.errors import CodeTableBroken
from components.prosecution.law import vocabulary
from components.prosecution.law.vocabulary import (
    Category,
    category_index,
    category_list,
    code_phrases_of,
    packages_of,
    phrases_of,
)
from components.prosecution.papers.classification import base_code, look_up

ALSO_NAMED: Final = {
    "affidavit": frozenset(category.name for category in category_list()),
    "formalities_reply": frozenset(
        {"formalities_reply", "extension", "petition", "preliminary_amendment", "terminal_disclaimer", "ids"}
    ),
}
"""Categories that are named though they are no event of their own, and beside which lead papers.

A reply to a formalities notice is what an extension or a petition of the day is for (37 CFR 1.53(f), 1.136(a)); beside
an answer to an action the same category is mostly a request for a corrected filing receipt, which goes without saying.
"""


@lru_cache(maxsize=16_384)
def label_of(office: str, categories: frozenset[int], lead_code: str, lead_description: str = "") -> str:
    """Say what a submission is: "Amendment, RCE and IDS", "Final rejection", "Issue fee with Rule 312 amendment".

    Only events, affidavits and replies to formalities notices are named; a submission without any is named after its
    lead paper, or, if that is a covering letter, after what it covers. An office's own word goes before the general
    one: an EPO "notice of allowance" is an "intention to grant".

    Args:
        office: two letters, or none.
        categories: places in `categories.csv` of the submission's papers, at least one.
        lead_code: the code of the paper that names the submission, as delivered.
        lead_description: its description, which tells papers of one code apart.

    Returns:
        A phrase with a capital at its beginning.
    """
    lead = min((category_list()[place] for place in categories), key=lambda category: category.lead)
    return _say(office, categories, _own_phrase(office, lead, lead_code, lead_description))


def _own_phrase(office: str, lead: Category, code: str, description: str) -> str:
    """Give what the lead paper itself is called; empty if its category says enough.

    A paper that was taken for something else than its code says (an oath that stands for the application) is not called
    by its code.
    """
    known = code_phrases_of(office)
    if not known:
        return ""
    entries = (*known.get(base_code(code).rstrip("."), ()), *known.get("", ()))
    if not entries or look_up(office, code, description).category != lead.rank:
        return ""
    text = description.casefold()
    return next((phrase for words, phrase in entries if words in text), "")


@lru_cache(maxsize=8_192)
def _say(office: str, categories: frozenset[int], own_phrase: str) -> str:
    members = {category_list()[place].name: category_list()[place] for place in categories}
    lead = min(members.values(), key=lambda category: category.lead)
    said = _events(office, members, lead, own_phrase)
    if not said:
        named = _named_instead(members, lead)
        said = {named.name: (named.say, (own_phrase if named is lead else "") or named.label)}
    phrases = list(dict.fromkeys(phrase for _, phrase in sorted(said.values(), key=lambda one: one[0])))
    text = f"{', '.join(phrases[:-1])} and {phrases[-1]}" if len(phrases) > 1 else phrases[0]
    return text[:1].upper() + text[1:]


def _events(
    office: str, members: Mapping[str, Category], lead: Category, own_phrase: str
) -> dict[str, tuple[int, str]]:
    """Give the place in the label and the phrase of each event, by its category or those of its package."""
    unsaid = {
        name
        for name, member in members.items()
        if member.phrase and (member.key or lead.name in ALSO_NAMED.get(name, frozenset()))
    }
    said: dict[str, tuple[int, str]] = {}
    if own_phrase and lead.name in unsaid:
        said[lead.name] = _place_alone(office, lead), own_phrase
        unsaid.discard(lead.name)
    for package in packages_of(office):
        if package.members <= members.keys() and package.replaces <= unsaid:
            place = min(members[name].say for name in package.replaces) if package.say is None else package.say
            said[" ".join(sorted(package.replaces))] = place, package.phrase
            unsaid -= package.replaces
    own = phrases_of(office)
    said.update({name: (members[name].say, own.get(name, members[name].phrase)) for name in sorted(unsaid)})
    return said


def _place_alone(office: str, lead: Category) -> int:
    """Give the place in the label of a lead paper that has its own phrase, where a package gives it one by itself."""
    for package in packages_of(office):
        if package.members == {lead.name} and package.say is not None:
            return package.say
    return lead.say


def _named_instead(members: Mapping[str, Category], lead: Category) -> Category:
    """Give the paper after which a submission without an event is named: the most telling one that a letter covers."""
    covered = [members[name] for name in _yields().get(lead.name, ()) if name in members]
    return min(covered, key=lambda category: category.lead) if covered else lead


@cache
def _yields() -> dict[str, frozenset[str]]:
    """Give the papers after which a submission is named rather than after its covering letter.

    Raises:
        CodeTableBroken: a row names an unknown category.
    """
    found = {row["cover"]: frozenset(row["yields_to"].split()) for row in vocabulary.rows_of("covering_papers.csv")}
    if not category_index().keys() >= found.keys() | frozenset().union(*found.values()):
        raise CodeTableBroken("covering_papers.csv: unknown category. Mend that row.")
    return found
