"""Histories in words: the summary of each, and what its list of documents lacks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from components.prosecution import Sentence
from components.ui.escape import escape_markdown


@dataclass(frozen=True, slots=True)
class HistoryInWords:
    """A history in words, as markdown; written once for all sessions."""

    sentences: tuple[str, ...]
    """The summary, each sentence with links to its papers."""
    missing: tuple[str, ...]
    """What the list lacks, each with a link to the paper concerned."""
    oddities: tuple[str, ...]
    """What was odd in the service's answer, as plain text."""

    @property
    def summary(self) -> str:
        """The sentences as a numbered list."""
        return numbered_list(self.sentences)


def numbered_list(sentences: Sequence[str], start: int = 1) -> str:
    """Return sentences as a numbered list in markdown."""
    return "\n".join(f"{number}. {sentence}" for number, sentence in enumerate(sentences, start))


def write_history(
    sentences: Sequence[Sentence], findings: pd.DataFrame, documents: pd.DataFrame, oddities: tuple[str, ...]
) -> HistoryInWords:
    """Write the summary and the findings of one history.

    Args:
        sentences: the summary.
        findings: what the list lacks (`findings_of`).
        documents: its rows of the `documents` table, with `link`, empty where there is none.
        oddities: what was odd in the service's answer.
    """
    named = {document for line in sentences for document in line.documents} | set(findings["document"])
    rows = documents.loc[documents["id"].isin(named), ["id", "code", "description", "link"]]
    papers = {row["id"]: row for row in rows.to_dict("records")}
    lines = [f"{escape_markdown(line.text)} {_links_to_papers(line, papers)}" for line in sentences]
    missing = [
        escape_markdown(text) + (f" [Open]({papers[document]['link']})" if papers.get(document, {}).get("link") else "")
        for text, document in zip(findings["text"], findings["document"], strict=True)
    ]
    return HistoryInWords(tuple(lines), tuple(missing), oddities)


def _links_to_papers(sentence: Sentence, papers: Mapping[Any, Mapping[Any, str]]) -> str:
    """Return links to the papers of a sentence, as markdown: their codes, with the description on hover.

    A paper without a link is named by its code alone.
    """
    links = []
    for paper in (papers[document] for document in sentence.documents if document in papers):
        code, description = escape_markdown(paper["code"].strip() or "paper"), escape_markdown(paper["description"])
        links.append(f'[{code}]({paper["link"]} "{description}")' if paper["link"] else code)
    return f":small[{' '.join(links)}]" if links else ""


def draw_summaries(stories: Mapping[str, HistoryInWords]) -> None:
    """Draw the summaries, by the titles of the histories."""
    with st.container(gap="xsmall"):
        for title, story in stories.items():
            if len(stories) > 1:
                st.markdown(f"**{escape_markdown(title)}**")
            st.markdown(story.summary or "Nothing is listed.")
        st.caption(
            "Generated from the list of documents; a link opens its document in the reader. Computed dates and periods "
            "are not legal advice."
        )


def draw_findings(stories: Mapping[str, HistoryInWords], *, listed: str = "") -> None:
    """Draw what the lists of documents lack, by the titles of the histories; or that nothing was noticed.

    Args:
        stories: each history in words, by its title.
        listed: how much is held, `98 of 98 documents`, or empty where a list is not whole.
    """
    with st.container(gap="xsmall"):
        if listed:
            st.caption(f":material/check: {listed}")
        lines = findings_markdown(stories)
        st.markdown("\n".join(lines) if lines else "Nothing missing was noticed.")


def findings_markdown(stories: Mapping[str, HistoryInWords]) -> list[str]:
    """Return what the lists lack and what was odd in the service's answers, a line of markdown each."""
    several = len(stories) > 1
    return [
        f"- {f'**{escape_markdown(title)}**: ' if several else ''}{line}"
        for title, story in stories.items()
        for line in (*story.missing, *map(escape_markdown, story.oddities))
    ]
