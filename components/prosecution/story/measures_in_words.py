"""The figures of one history in words, beside the yardsticks that they exceed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from components.prosecution.law.office_words import words_for
from components.prosecution.law.yardsticks import Yardstick, yardsticks_of
from components.words import MONTH_DAYS, counted


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure in words."""

    text: str
    exceeds: Yardstick | None = None
    """The yardstick of its office that it exceeds, which says nothing about the term of the patent."""


def measures_in_words(facts: Mapping[Any, Any]) -> tuple[Measure, ...]:
    """Return what a row of the `histories` table measures beside dates and counts: "first action after 21.7 months".

    Args:
        facts: the row, by column.
    """
    office = str(facts["office"])
    measures = [
        _months(facts, "first_action", "first_action_days", words_for(office, "first_action_after")),
        _months(facts, "pendency", "pendency_days", "{} months in all"),
    ]
    if facts["revived"]:
        measures.append(Measure(words_for(office, "revived")))
    if facts["first_action_allowance"]:
        measures.append(Measure(words_for(office, "first_action_allowance")))
    if pd.notna(facts["extension_months"]) and (facts["extension_months"] or facts["mailing_doubts"]):
        measures.append(Measure(f"{counted(int(facts['extension_months']), 'month')} of extension{_doubts(facts)}"))
    if pd.notna(facts["fee_days"]):
        measures.append(Measure(words_for(office, "fee_after").format(counted(int(facts["fee_days"]), "day"))))
    if facts["appeal_outcome"]:
        measures.append(Measure(f"appeals: {facts['appeal_outcome']}"))
    if facts["idss"] and office == "US":
        stages = [f"{facts[f'ids_s{stage}']:,} in stage {stage}" for stage in range(1, 5) if facts[f"ids_s{stage}"]]
        measures += [Measure(f"IDSs under 37 CFR 1.97: {', '.join(stages)}")] if stages else []
    return tuple(measure for measure in measures if measure is not None)


def _doubts(facts: Mapping[Any, Any]) -> str:
    """Return how many answers needed more or fewer months, according to whether they had a certificate of mailing."""
    doubts = int(facts["mailing_doubts"])
    return f"; {counted(doubts, 'answer')} may count otherwise (certificate of mailing, 37 CFR 1.8)" if doubts else ""


def _months(facts: Mapping[Any, Any], name: str, column: str, words: str) -> Measure | None:
    if pd.isna(facts[column]):
        return None
    months, limit = int(facts[column]) / MONTH_DAYS, yardsticks_of(str(facts["office"])).get(name)
    return Measure(words.format(f"{months:,.1f}"), limit if limit and months > limit.months else None)
