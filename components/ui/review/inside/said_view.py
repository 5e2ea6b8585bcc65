"""What the actions of each file say in sentences, below the summary of its list; each opens its page in the reader."""

from collections.abc import Mapping
from typing import Final

import pandas as pd
import streamlit as st

from components.content.in_words import ReadSentence, content_in_words
from components.content.records import Quote, Verdict
from components.content.unread import READ_OFFICES, with_unread
from components.prosecution import category_labels
from components.ui.escape import escape_markdown
from components.ui.review.inside.contents import InsideOfFiles
from components.ui.review.inside.not_read import other_office_in_words
from components.ui.review.inside.quotes import READ_BY_MACHINE, draw_page_button, finding_key
from components.ui.review.inside.verdicts import judged_markdown
from components.words import counted

_MOST_WITH_BUTTONS: Final = 60
"""Of more sentences the pages are only named: each button takes its time."""


def draw_said(
    inside: InsideOfFiles, documents: pd.DataFrame, *, numbers: Mapping[str, str], offices: Mapping[str, str]
) -> None:
    """Draw what the actions of the files on the screen say, and whose papers are not read; nothing where none was read.

    Args:
        inside: what is read in their papers.
        documents: their documents, rows of the `documents` table.
        numbers: what the files are called on the screen, by the key of the history.
        offices: of the files, by the same key.
    """
    said = said_in_words(inside, documents)
    others = {history: office for history in numbers if (office := offices.get(history, "")) not in READ_OFFICES}
    if not (said or others):
        return
    with_buttons = sum(map(len, said.values())) <= _MOST_WITH_BUTTONS
    with st.container(gap="xsmall", key="said_inside"):
        st.markdown("**Inside the papers**")
        if said:
            st.caption(READ_BY_MACHINE)
        for history, sentences in said.items():
            if len(numbers) > 1:
                number = escape_markdown(numbers.get(history, history))
                st.markdown(f"{number} · {counted(len(sentences), 'sentence')}")
            for index, sentence in enumerate(sentences):
                verdict = inside.verdicts.get((sentence.paper, sentence.finding))
                _draw_sentence(sentence, index, verdict, with_button=with_buttons)
        for history, office in others.items():
            named = f"{numbers[history]}: " if len(numbers) > 1 else ""
            st.caption(escape_markdown(f"{named}{other_office_in_words(office)}"))


def said_in_words(inside: InsideOfFiles, documents: pd.DataFrame) -> dict[str, tuple[ReadSentence, ...]]:
    """Return what the actions of each file say, by the key of its history, of the files of which any paper was read."""
    files = dict.fromkeys(paper.paper.history for paper in inside.papers)
    labels = category_labels(READ_OFFICES)
    said = {}
    for history in files:
        papers = [paper for paper in inside.papers if paper.paper.history == history]
        rows = documents[documents["history"] == history]
        said[history] = content_in_words(with_unread(papers, rows, labels=labels))
    return {history: sentences for history, sentences in said.items() if sentences}


def _draw_sentence(sentence: ReadSentence, index: int, verdict: Verdict | None, *, with_button: bool) -> None:
    words = judged_markdown(escape_markdown(sentence.text), verdict)
    if not with_button:
        st.markdown(f"- {words} :small[p. {sentence.page:,}]")
        return
    quote = sentence.quote or Quote("", sentence.page)
    row = finding_key("passage", sentence.paper, "said", index)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=row):
        draw_page_button(sentence.paper, quote, key=finding_key("said", sentence.paper, index, sentence.finding))
        st.markdown(words, width="stretch")
