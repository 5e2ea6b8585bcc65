"""The examination in words and figures: summary, whose days, yardsticks, and what the list lacks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from components.prosecution import Sentence, yardsticks
from components.ui.escape import plain

_MONTH = 365.25 / 12


def draw_measures(facts: pd.Series) -> None:
    """Draw whose days they were, the pendency figures against their yardsticks, and the course in one line."""
    words = [*_days(facts), *_figures(facts)]
    if words:
        st.markdown(" · ".join(words))
    if facts["fingerprint"]:
        st.caption(plain(str(facts["fingerprint"])))


def _days(facts: pd.Series) -> list[str]:
    if pd.isna(facts["office_days"]):
        return []
    office, applicant, total = (int(facts[name]) for name in ("office_days", "applicant_days", "pendency_days"))
    share = round(100 * office / total) if total else 0
    return [
        f"**{office:,} days with the Office** ({share} %)",
        f"**{applicant:,} with the applicant** ({100 - share if total else 0} %)",
    ]


def _figures(facts: pd.Series) -> list[str]:
    """Give further figures; those beyond a yardstick of 35 USC 154(b) are coloured, which says nothing of the term."""
    limits = yardsticks()
    us = facts["office"] == "US"
    found = []
    for name, column, label in (
        ("first_action", "first_action_days", "first action after {} months"),
        ("pendency", "pendency_days", "{} months in all"),
    ):
        if pd.notna(facts[column]):
            months = int(facts[column]) / _MONTH
            text = label.format(f"{months:.1f}")
            beyond = us and months > limits[name].months
            found.append(f":orange[{text}, yardstick {limits[name].months}]" if beyond else text)
    if facts["first_action_allowance"]:
        found.append("first-action allowance")
    if pd.notna(facts["extension_months"]) and facts["extension_months"]:
        found.append(f"{_counted(int(facts['extension_months']), 'month')} of extension")
    if pd.notna(facts["fee_days"]):
        found.append(f"issue fee {_counted(int(facts['fee_days']), 'day')} after the allowance")
    if facts["appeal_outcome"]:
        found.append(f"appeals: {plain(str(facts['appeal_outcome']))}")
    if facts["idss"] and us:
        stages = [f"{facts[f'ids_s{stage}']} in stage {stage}" for stage in range(1, 5) if facts[f"ids_s{stage}"]]
        found += [f"IDSs under 37 CFR 1.97: {', '.join(stages)}"] if stages else []
    return found


def _counted(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'' if count == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class Story:
    """What is said of one history in words, written as markdown once for all that look at it."""

    summary: str
    """The prosecution, a line a sentence, each with links to the papers it rests on."""
    lacking: tuple[str, ...]
    """What the list lacks, each with a link to the paper it points at."""
    oddities: tuple[str, ...]
    """What was odd in the service's answer, as plain text."""


def written(
    sentences: Sequence[Sentence], findings: pd.DataFrame, documents: pd.DataFrame, oddities: tuple[str, ...]
) -> Story:
    """Write the summary and the findings of one history.

    Args:
        sentences: the summary.
        findings: what the list lacks (`findings_of`).
        documents: its rows of the `documents` table, with `link`.
        oddities: what was odd in the service's answer.
    """
    named = {document for line in sentences for document in line.documents} | set(findings["document"])
    rows = documents.loc[documents["id"].isin(named), ["id", "code", "description", "link"]]
    papers = {row["id"]: row for row in rows.to_dict("records")}
    lines = [f"{place}. {plain(line.text)} {_sources(line, papers)}" for place, line in enumerate(sentences, 1)]
    lacking = [
        plain(text) + (f" [Open]({papers[document]['link']})" if document in papers else "")
        for text, document in zip(findings["text"], findings["document"], strict=True)
    ]
    return Story("\n".join(lines), tuple(lacking), oddities)


def _sources(sentence: Sentence, papers: Mapping[Any, Mapping[Any, str]]) -> str:
    """Link the papers that a sentence rests on by their codes; what each is shows on hover."""
    links = [
        f'[{plain(paper["code"].strip() or "paper")}]({paper["link"]} "{plain(paper["description"])}")'
        for paper in (papers[document] for document in sentence.documents if document in papers)
    ]
    return f":small[{' '.join(links)}]" if links else ""


def draw_summaries(stories: Mapping[str, Story]) -> None:
    """Draw the prosecutions in words, by the titles of the histories."""
    if not any(story.summary for story in stories.values()):
        return
    with st.expander("Summary in words, each sentence with its documents"):
        for title, story in stories.items():
            if len(stories) > 1:
                st.markdown(f"**{plain(title)}**")
            st.markdown(story.summary or "Nothing is listed.")
        st.caption("Generated from the list of documents. Computed dates and periods are not legal advice.")


def draw_findings(stories: Mapping[str, Story]) -> None:
    """Draw what the lists lack, by the titles of the histories."""
    several = len(stories) > 1
    lines = [
        f"- {f'**{plain(title)}**: ' if several else ''}{line}"
        for title, story in stories.items()
        for line in story.lacking
    ]
    if lines:
        with st.expander(f"What the list{'s lack' if several else ' lacks'}: {_counted(len(lines), 'finding')}"):
            st.markdown("\n".join(lines))
