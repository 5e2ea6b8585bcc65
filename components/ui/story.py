"""The examination in words and figures: summary, whose days, yardsticks, and what the list lacks."""

from collections.abc import Mapping
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


def draw_summaries(stories: Mapping[str, tuple[Sentence, ...]], documents: pd.DataFrame) -> None:
    """Draw the prosecutions in words, each sentence with links to the papers it rests on.

    Args:
        stories: the sentences of each history, by its title.
        documents: the `documents` table of all of them, with `link` and `title`.
    """
    if not any(stories.values()):
        return
    with st.expander("Summary in words, each sentence with its documents"):
        for title, sentences in stories.items():
            if len(stories) > 1:
                st.markdown(f"**{plain(title)}**")
            papers = _papers(documents[documents["title"] == title])
            lines = [f"{place}. {plain(line.text)} {_sources(line, papers)}" for place, line in enumerate(sentences, 1)]
            st.markdown("\n".join(lines) or "Nothing is listed.")
        st.caption("Generated from the list of documents. Computed dates and periods are not legal advice.")


def _papers(documents: pd.DataFrame) -> dict[Any, Any]:
    return {row["id"]: row for row in documents[["id", "code", "description", "link"]].to_dict("records")}


def _sources(sentence: Sentence, papers: dict[Any, Any]) -> str:
    """Link the papers that a sentence rests on, by their codes; the same code once more is told apart by its number."""
    links = []
    for document in sentence.documents:
        paper = papers.get(document)
        if paper is not None:
            label = plain(paper["code"].strip() or "paper")
            links.append(f'[{label}]({paper["link"]} "{plain(paper["description"])}")')
    return f":small[{' '.join(links)}]" if links else ""


def draw_findings(findings: Mapping[str, pd.DataFrame], documents: pd.DataFrame) -> None:
    """Draw what the lists lack, each finding with a link to the paper it points at.

    Args:
        findings: those of each history, by its title.
        documents: the `documents` table of all of them, with `link` and `title`.
    """
    count = sum(len(found) for found in findings.values())
    if not count:
        return
    with st.expander(f"What the list{'s lack' if len(findings) > 1 else ' lacks'}: {_counted(count, 'finding')}"):
        lines = []
        for title, found in findings.items():
            papers = _papers(documents[documents["title"] == title])
            before = f"**{plain(title)}**: " if len(findings) > 1 else ""
            for finding in found.to_dict("records"):
                link = papers[finding["document"]]["link"] if finding["document"] in papers else ""
                lines.append(f"- {before}{plain(finding['text'])}" + (f" [Open]({link})" if link else ""))
        st.markdown("\n".join(lines))
