"""The rules of an office's law behind the papers of a summary, each where its kind of paper is first told."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Final

from components.prosecution.law.cited_rules import CitedRule, cited_rules_of
from components.prosecution.story.sentences import Sentence

_DAY: Final = r"(\d{1,2} [A-Z][a-z]{2} \d{4})"
"""A day as `words.day` writes it."""


def with_rules(office: str, sentences: Sequence[Sentence]) -> list[Sentence]:
    """Return sentences with the rule after the first paper of each kind.

    "The intention to grant of 13 May 2025 (Rule 71(3) EPC) was followed by …". A rule is cited once, however many kinds
    of paper it is behind.

    Args:
        office: two letters, or none.
        sentences: those that tell what happened, in their order.
    """
    told = list(sentences)
    cited: set[str] = set()
    for pattern, rules in _patterns(office):
        for index, sentence in enumerate(told):
            found = pattern.search(sentence.text)
            if found is None:
                continue
            rule = _rule_on(rules, found.group(1))
            if rule and rule not in cited:
                text = f"{sentence.text[: found.end()]} ({rule}){sentence.text[found.end() :]}"
                told[index] = replace(sentence, text=text)
                cited.add(rule)
            break
    return told


@cache
def _patterns(office: str) -> tuple[tuple[re.Pattern[str], tuple[CitedRule, ...]], ...]:
    """Return, for each kind of paper that is cited, what finds it in a sentence, and its rules by time."""
    kinds: dict[str, tuple[CitedRule, ...]] = {}
    for row in cited_rules_of(office):
        kinds[row.words] = (*kinds.get(row.words, ()), row)
    return tuple((re.compile(rf"\b{re.escape(words)} (?:of|on) {_DAY}"), rows) for words, rows in kinds.items())


def _rule_on(rules: Sequence[CitedRule], written: str) -> str:
    """Return the rule in force on a day; empty where none is known for it."""
    day = datetime.strptime(written, "%d %b %Y").date()  # noqa: DTZ007 - a day has no time zone
    return next((row.rule for row in rules if row.covers(day)), "")
