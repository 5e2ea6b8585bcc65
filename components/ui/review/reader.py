"""The reader: a paper in its pane with its facts and its text, the way to its neighbours, tick and note."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import pandas as pd
import streamlit as st

from components.desk import Desk
from components.documents import NotDrawn, NotFetched
from components.fulltext import LONGEST_WORDS, read_paper, shown_page, shown_places
from components.histories import PaperRef
from components.prosecution import category_labels, round_in_words
from components.store import LONGEST_NOTE, Store, StoreError
from components.ui.app.browser_scripts import OpenedPaper, draw_pages, draw_pages_without_routes
from components.ui.app.guard import guarded_callback
from components.ui.escape import escape_markdown
from components.ui.review.filters import SIDE_LABELS, clear_filters
from components.ui.review.opened import open_paper
from components.ui.review.pane import next_width, reader_width
from components.ui.review.reader_text import citation_of, draw_reading_of_paper, paper_to_read, stamp_of
from components.ui.state import FIND_INSIDE, OPEN_PAGE, OPEN_PAPER, OPEN_PLACES, PASSAGES_OPENED, note_key, read_key
from components.words import counted, day


def open_paper_row(documents: pd.DataFrame) -> "pd.Series | None":
    """Return the row of the open paper, if it is among these documents."""
    opened: PaperRef | None = st.session_state.get(OPEN_PAPER)
    if opened is None:
        return None
    rows = documents[(documents["history"] == opened.history) & (documents["id"] == opened.document)]
    return None if rows.empty else rows.iloc[0]


def draw_reader(
    desk: Desk,
    paper: "pd.Series",
    *,
    order: Sequence[PaperRef],
    rounds: pd.DataFrame,
    number: str,
    office: str,
    user: str,
) -> None:
    """Draw the reader.

    Args:
        desk: of the user's workspace; it keeps the notes, reads papers and gives the PDF where the app has no routes.
        paper: the row of the document, with `link`, `read` and `note`.
        order: the papers listed, in their order.
        rounds: the `rounds` table.
        number: the number of its history, where several are on the screen; else empty.
        office: of its history, two letters.
        user: whose notes these are.
    """
    wanted = paper_to_read(paper, office=office)
    ref = wanted.ref
    read = read_paper(desk.fulltext, ref.history, ref.document)
    opened = OpenedPaper(
        title=f"{str(paper['code']).strip()} of {day(paper['date'])}",
        page=st.session_state.get(OPEN_PAGE),
        find=str(st.session_state.get(FIND_INSIDE) or "")[:LONGEST_WORDS],
        citation=citation_of(paper, number=number, office=office),
        stamp=stamp_of(read),
        marked=tuple(st.session_state.get(OPEN_PLACES) or ()),
        opening=int(st.session_state.get(PASSAGES_OPENED, 0)),
    )
    with st.container(key="reader", gap="xsmall"), st.container(key=f"reader_{reader_width()}", gap="xsmall"):
        _draw_way_to_neighbours(ref, order)
        _draw_title(paper, rounds, number, office)
        _draw_marks(desk.store, ref, paper, user=user)
        draw_reading_of_paper(desk.fulltext, wanted, read, user=user)
        if paper["link"]:
            draw_pages(str(paper["link"]), opened)
        else:
            _draw_pages_without_routes(desk, ref, opened)


def _draw_pages_without_routes(desk: Desk, ref: PaperRef, opened: OpenedPaper) -> None:
    """Draw the pages by reruns and offer the PDF to be saved; without a living link, draw why there is none.

    Nothing is spent here: an expired link is renewed by the button of the Review page that states its price.
    """
    documents = desk.documents
    try:
        with st.spinner("The document is being fetched."):
            data = documents.pdf(ref.history, ref.document)
    except NotFetched as error:
        st.warning(escape_markdown(error.reason))
        return
    st.download_button(
        "Download",
        data=data,
        file_name=documents.file_name(ref.history, ref.document),
        mime="application/pdf",
        key="save_paper",
        on_click="ignore",
    )

    def draw(page: int, width: int) -> dict[str, object]:
        text = shown_page(desk.fulltext, ref.history, ref.document, page)
        try:
            picture = documents.picture(ref.history, ref.document, page=page, width=width)
        except (NotFetched, NotDrawn) as error:
            return {"problem": {"title": "This page cannot be drawn", "text": str(error)}, "text": text}
        coded = base64.b64encode(picture.data).decode()
        return {"url": f"data:image/{picture.kind};base64,{coded}", "pages": picture.pages, "text": text}

    def find(words: str) -> dict[str, object]:
        return shown_places(desk.fulltext, ref.history, ref.document, words)

    draw_pages_without_routes(draw, find, paper=" ".join(ref), opened=opened)


@dataclass(frozen=True, slots=True)
class ListPosition:
    """The position of a paper in the list, and its neighbours."""

    before: PaperRef | None
    after: PaperRef | None
    position: int | None
    """Counted from 1; `None` where the filters hide the paper."""
    count: int

    @property
    def in_words(self) -> str:
        """The position in words."""
        return "not among those listed" if self.position is None else f"{self.position:,} of {self.count:,} listed"


def list_position(ref: PaperRef, order: Sequence[PaperRef]) -> ListPosition:
    """Return the position and the neighbours of a paper; a paper that is not listed is followed by the first listed."""
    if ref not in order:
        return ListPosition(None, order[0] if order else None, None, len(order))
    index = order.index(ref)
    before = order[index - 1] if index else None
    after = order[index + 1] if index + 1 < len(order) else None
    return ListPosition(before, after, index + 1, len(order))


def _draw_way_to_neighbours(ref: PaperRef, order: Sequence[PaperRef]) -> None:
    """Draw the buttons to the previous and the next paper, the position in the list, and Close."""
    in_list = list_position(ref, order)
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="reader_head"):
        for label, key, shortcut, to in (
            ("Previous", "previous_document", "K", in_list.before),
            ("Next", "next_document", "J", in_list.after),
        ):
            st.button(label, key=key, shortcut=shortcut, disabled=to is None, on_click=_set_open_paper, args=(to,))
        st.caption(in_list.in_words, width="stretch")
        if in_list.position is None:
            st.button("List all", key="list_all", on_click=clear_filters, type="tertiary")
        st.button("Width", key="reader_width_button", on_click=next_width, help="Half, most or a third of the window")
        st.button("Close", key="close_reader", shortcut="X", on_click=_set_open_paper, args=(None,))


def _draw_title(paper: "pd.Series", rounds: pd.DataFrame, number: str, office: str) -> None:
    code = str(paper["code"]).strip()
    st.markdown(f"**{escape_markdown(paper['description'])}** {f'({escape_markdown(code)})' if code else ''}")
    st.caption(paper_facts_markdown(paper, rounds, number, office))


def paper_facts_markdown(paper: "pd.Series", rounds: pd.DataFrame, number: str, office: str) -> str:
    """Return what a paper is, as markdown: number of its history (if given), day, side, category, pages and round.

    The category is in the words of its office.
    """
    facts = [
        *([escape_markdown(number)] if number else []),
        day(paper["date"]),
        SIDE_LABELS.get(str(paper["side"]), str(paper["side"])),
        category_labels(frozenset({office})).get(str(paper["category"]), str(paper["category"])),
    ]
    if pd.notna(paper["pages"]) and paper["pages"]:
        facts.append(counted(int(paper["pages"]), "page"))
    facts.append(_round_of(paper, rounds))
    return " · ".join(fact for fact in facts if fact)


def _round_of(paper: "pd.Series", rounds: pd.DataFrame) -> str:
    """Return the round of a paper in words, as markdown."""
    if pd.isna(paper["round"]):
        return "of no round"
    rows = rounds[(rounds["history"] == paper["history"]) & (rounds["round"] == paper["round"])]
    if rows.empty:
        return f"round {int(paper['round'])}"
    words = round_in_words(rows.iloc[0])
    return replace(words, label=escape_markdown(words.label), answer_label=escape_markdown(words.answer_label)).phrase


def _draw_marks(store: Store, ref: PaperRef, paper: "pd.Series", *, user: str) -> None:
    # Set only where the store differs: setting a text box discards what is being typed into it.
    for key, saved in ((read_key(ref), bool(paper["read"])), (note_key(ref), str(paper["note"]))):
        if st.session_state.get(key) != saved:
            st.session_state[key] = saved
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="reader_marks"):
        st.checkbox(
            "Read",
            key=read_key(ref),
            on_change=guarded_callback(partial(_keep_read, store, ref, user)),
            width="content",
        )
        st.text_input(
            "Note",
            key=note_key(ref),
            max_chars=LONGEST_NOTE,
            on_change=guarded_callback(partial(_keep_note, store, ref, user)),
            placeholder="Your note, kept for you alone",
            label_visibility="collapsed",
        )


# Tick and note are saved apart: the one that was not changed may be older on this page than in the store.


def _keep_read(store: Store, paper: PaperRef, user: str) -> None:
    save_marks(store, user, [paper], read=bool(st.session_state.get(read_key(paper))))


def _keep_note(store: Store, paper: PaperRef, user: str) -> None:
    save_marks(store, user, [paper], note=str(st.session_state.get(note_key(paper)) or ""))


def save_marks(
    store: Store, user: str, refs: Sequence[PaperRef], *, read: bool | None = None, note: str | None = None
) -> None:
    """Save a tick or a note for these papers; draw the error where the store cannot."""
    try:
        for history in dict.fromkeys(paper.history for paper in refs):
            documents = [paper.document for paper in refs if paper.history == history]
            store.mark(user, history, documents, read=read, note=note)
    except StoreError as error:
        st.toast(escape_markdown(error), icon=":material/error:", duration="long")


def _set_open_paper(ref: PaperRef | None) -> None:
    open_paper(ref)
