"""Histories in words: the summary of each, and what its list of documents lacks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from components.prosecution import Sentence
from components.ui.escape import escape_markdown
from components.words import counted

_MAX_SENTENCES_IN_SIGHT = 8
"""Most sentences of a summary that is shown whole; of a longer one the first `_FIRST_SENTENCES` are in sight."""
_FIRST_SENTENCES = 5
_MAX_FINDINGS_IN_SIGHT = 4
_HEADING = "Summary in words, each sentence with its documents"


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
    """Draw the summaries, by the titles of the histories: a single one in sight, several folded away."""
    if not any(story.sentences for story in stories.values()):
        return
    if len(stories) == 1:
        for story in stories.values():
            _draw_summary(story.sentences)
        return
    with st.expander(_HEADING):
        for title, story in stories.items():
            st.markdown(f"**{escape_markdown(title)}**")
            st.markdown(story.summary or "Nothing is listed.")
        _draw_disclaimer()


def _draw_summary(sentences: Sequence[str]) -> None:
    """Draw one summary; the end of a long one is folded away."""
    shown = sentences if len(sentences) <= _MAX_SENTENCES_IN_SIGHT else sentences[:_FIRST_SENTENCES]
    rest = sentences[len(shown) :]
    with st.container(gap="xsmall"):
        st.markdown(f"**{_HEADING}**")
        st.markdown(numbered_list(shown))
        if rest:
            with st.expander(f"{counted(len(rest), 'further sentence')}, to the end"):
                st.markdown(numbered_list(rest, len(shown) + 1))
        _draw_disclaimer()


def _draw_disclaimer() -> None:
    st.caption("Generated from the list of documents. Computed dates and periods are not legal advice.")


def draw_findings(stories: Mapping[str, HistoryInWords], *, listed: str = "") -> None:
    """Draw what the lists of documents lack, by the titles of the histories; or that nothing was noticed.

    Args:
        stories: each history in words, by its title.
        listed: how much is held, `98 of 98 documents`. It is drawn before the findings of a single history, and alone
            where there are no findings. If it is empty, nothing is drawn for lists without findings.
    """
    several = len(stories) > 1
    lines = [
        f"- {f'**{escape_markdown(title)}**: ' if several else ''}{line}"
        for title, story in stories.items()
        for line in story.missing
    ]
    if not lines:
        if listed:
            st.caption(f":material/check: {listed}; nothing missing was noticed")
        return
    count = counted(len(lines), "finding")
    if several:
        with st.expander(f"What the lists lack: {count}"):
            st.markdown("\n".join(lines))
        return
    with st.container(gap="xsmall"):
        st.markdown(f"**{f'{listed}; what' if listed else 'What'} the list lacks: {count}**")
        st.markdown("\n".join(lines[:_MAX_FINDINGS_IN_SIGHT]))
        if len(lines) > _MAX_FINDINGS_IN_SIGHT:
            with st.expander(counted(len(lines) - _MAX_FINDINGS_IN_SIGHT, "further finding")):
                st.markdown("\n".join(lines[_MAX_FINDINGS_IN_SIGHT:]))
