"""The reader: one paper beside the table, what it is, and the way to the next; with a tick and a note of one's own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import pandas as pd
import streamlit as st

from components.desk import Desk
from components.prosecution import category_labels, round_in_words
from components.store import StoreError
from components.ui.address import CHOSEN
from components.ui.document_table import READER_HEIGHT, Name
from components.ui.escape import plain
from components.ui.filters import SIDE_LABELS, clear_filters
from components.ui.script import run_script
from components.words import counted, day

LONGEST_NOTE = 2_000
_FRAME_HEIGHT = READER_HEIGHT - 245


def chosen_paper(documents: pd.DataFrame) -> "pd.Series | None":
    """Give the row of the chosen document, if it is one of these."""
    chosen = st.session_state.get(CHOSEN)
    if not chosen:
        return None
    found = documents[(documents["history"] == chosen[0]) & (documents["id"] == chosen[1])]
    return None if found.empty else found.iloc[0]


def draw_reader(
    desk: Desk, paper: "pd.Series", *, order: Sequence[Name], rounds: pd.DataFrame, number: str, user: str
) -> None:
    """Draw the reader.

    Args:
        desk: keeps the notes.
        paper: the row of the document, with `link`, `read` and `note`.
        order: the documents listed, in their order.
        rounds: the `rounds` table.
        number: what the document's history is called, where several are on the screen.
        user: whose notes these are.
    """
    name = (str(paper["history"]), str(paper["id"]))
    with st.container(key="reader", gap="small"):
        _draw_steps(name, order)
        _draw_title(paper, rounds, number)
        _draw_marks(desk, name, paper, user=user)
        run_script(
            "pdf_frame",
            key="reader_frame",
            data={
                "path": f"{paper['link']}/view#navpanes=0&view=FitH",
                "title": f"{str(paper['code']).strip()} of {day(paper['date'])}, PDF",
                "height": _FRAME_HEIGHT,
            },
            height=_FRAME_HEIGHT,
        )


@dataclass(frozen=True, slots=True)
class Steps:
    """Where a paper stands in the list, and the way from there."""

    before: Name | None
    after: Name | None
    place: int | None
    """From 1; `None` where the filters hide it."""
    count: int

    @property
    def where(self) -> str:
        """Where it stands, in words."""
        return "not among those listed" if self.place is None else f"{self.place:,} of {self.count:,} listed"


def steps_of(name: Name, order: Sequence[Name]) -> Steps:
    """Find the neighbours of a paper in the order listed; from one that is not listed the way leads to the first."""
    if name not in order:
        return Steps(None, order[0] if order else None, None, len(order))
    place = order.index(name)
    before = order[place - 1] if place else None
    after = order[place + 1] if place + 1 < len(order) else None
    return Steps(before, after, place + 1, len(order))


def _draw_steps(name: Name, order: Sequence[Name]) -> None:
    steps = steps_of(name, order)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for label, key, shortcut, to in (
            ("Previous", "previous_document", "K", steps.before),
            ("Next", "next_document", "J", steps.after),
        ):
            st.button(label, key=key, shortcut=shortcut, disabled=to is None, on_click=_choose, args=(to,))
        st.caption(steps.where, width="stretch")
        if steps.place is None:
            st.button("List all", key="list_all", on_click=clear_filters, type="tertiary")
        st.button("Close", key="close_reader", shortcut="X", on_click=_choose, args=(None,))


def _draw_title(paper: "pd.Series", rounds: pd.DataFrame, number: str) -> None:
    code = str(paper["code"]).strip()
    st.markdown(f"**{plain(paper['description'])}** {f'({plain(code)})' if code else ''}")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(facts_of(paper, rounds, number), width="stretch")
        st.markdown(f"[Open in a new tab]({paper['link']}) · [Download]({paper['link']}/download)", width="content")


def facts_of(paper: "pd.Series", rounds: pd.DataFrame, number: str) -> str:
    """Say what a paper is: its number if there are several, day, side, category, pages, and the round it belongs to."""
    facts = [
        *([plain(number)] if number else []),
        day(paper["date"]),
        SIDE_LABELS.get(str(paper["side"]), str(paper["side"])),
        category_labels().get(str(paper["category"]), str(paper["category"])),
    ]
    if pd.notna(paper["pages"]) and paper["pages"]:
        facts.append(counted(int(paper["pages"]), "page"))
    facts.append(_round_of(paper, rounds))
    return " · ".join(fact for fact in facts if fact)


def _round_of(paper: "pd.Series", rounds: pd.DataFrame) -> str:
    if pd.isna(paper["round"]):
        return "of no round"
    its = rounds[(rounds["history"] == paper["history"]) & (rounds["round"] == paper["round"])]
    if its.empty:
        return f"round {int(paper['round'])}"
    found = round_in_words(its.iloc[0])
    return replace(found, label=plain(found.label), answer_label=plain(found.answer_label)).phrase


def _draw_marks(desk: Desk, name: Name, paper: "pd.Series", *, user: str) -> None:
    ending = f"{name[0]}_{name[1]}"
    read_key, note_key = f"read_{ending}", f"note_{ending}"
    # Set only where the store says otherwise: setting a box takes away what is being typed into it.
    for key, held in ((read_key, bool(paper["read"])), (note_key, str(paper["note"]))):
        if st.session_state.get(key) != held:
            st.session_state[key] = held
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        keep_read, keep_note = (partial(_keep, desk, name, user, key) for key in (read_key, note_key))
        st.checkbox("Read", key=read_key, on_change=keep_read, width="content")
        st.text_input(
            "Note",
            key=note_key,
            max_chars=LONGEST_NOTE,
            on_change=keep_note,
            placeholder="Your note, kept for you alone",
            label_visibility="collapsed",
        )


def _keep(desk: Desk, name: Name, user: str, key: str) -> None:
    """Keep the tick or the note, whichever was changed: the other may be older here than in the store."""
    value = st.session_state.get(key)
    if key.startswith("read_"):
        mark_documents(desk, user, [name], read=bool(value))
    else:
        mark_documents(desk, user, [name], note=str(value or ""))


def mark_documents(
    desk: Desk, user: str, names: Sequence[Name], *, read: bool | None = None, note: str | None = None
) -> None:
    """Keep a tick or a note for these documents; say so where the store cannot."""
    try:
        for history in dict.fromkeys(history for history, _ in names):
            documents = [document for its, document in names if its == history]
            desk.store.mark(user, history, documents, read=read, note=note)
    except StoreError as error:
        st.toast(plain(error), icon=":material/error:", duration="long")


def _choose(name: Name | None) -> None:
    st.session_state[CHOSEN] = name
