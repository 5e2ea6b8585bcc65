"""Inside the papers of all files held: those of many are read in the background, and all can be searched."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from components.access import Person
from components.content.claim_lists import in_words
from components.desk import Desk
from components.histories import PaperRef
from components.history_tables import HeldTables
from components.page_texts import ReadPaper
from components.store import Headline, StoreError
from components.ui.address import View, parameters_of
from components.ui.escape import escape_markdown
from components.ui.history_names import short_title
from components.ui.review.inside.hits import take_clicked_hit
from components.ui.review.inside.papers import (
    KEY_PAPERS,
    PaperNames,
    choice_in_words,
    choices_to_read,
    is_read,
    papers_to_read,
)
from components.ui.review.inside.read_inside import NO_ENGINE, draw_read_button, expired_in_words, offer_in_words
from components.ui.review.inside.reading_progress import draw_reading, papers_under_way
from components.ui.review.inside.search_inside import Scope, draw_found, draw_search_box, draw_syntax
from components.ui.state import FIND_IN_ALL, READ_OF_FILES

NOT_READ_INSIDE: Final = "not read inside"
"""What is said of a file whose office has no rules by which its papers are read."""
GROUNDS_COLUMN: Final = "Grounds of the last action"
READ_COLUMN: Final = "Read inside"
"""The column that says how far the papers of a file are read."""
_REVIEW: Final = "../../pages/review.py"


def read_by_file(headlines: Sequence[Headline], read: Mapping[PaperRef, ReadPaper]) -> list[str]:
    """Return how many papers of each file are read inside, `12 of 184 papers`; empty where none is.

    Args:
        headlines: of the files.
        read: how far papers are read.
    """
    counts = Counter(paper.history for paper, known in read.items() if is_read(known))
    return [
        f"{counts[headline.key]:,} of {headline.documents_held:,} papers" if counts[headline.key] else ""
        for headline in headlines
    ]


def columns_of_inside(desk: Desk, held: HeldTables, read: Mapping[PaperRef, ReadPaper]) -> dict[str, list[Any]]:
    """Return what the papers of each file say, a column each; a column that says nothing of any file is left out.

    Args:
        desk: of the person's workspace.
        held: all files held that can be read.
        read: how far papers are read.
    """
    try:
        facts = desk.inside.facts(held.headlines, read)
    except StoreError:
        return {}
    others = desk.inside.not_read_inside(held.headlines)
    begun = {paper.history for paper, known in read.items() if is_read(known)}
    known = [facts.get(headline.key) for headline in held.headlines]
    columns: dict[str, list[Any]] = {
        GROUNDS_COLUMN: [
            file.last_action if file else NOT_READ_INSIDE if headline.key in others and headline.key in begun else ""
            for headline, file in zip(held.headlines, known, strict=True)
        ],
        "Claims allowed": [in_words(file.allowed) if file and file.allowed else "" for file in known],
        "Claims rejected": [in_words(file.rejected) if file and file.rejected else "" for file in known],
        "Flags": [file.flags if file and file.flags else None for file in known],
    }
    return {name: values for name, values in columns.items() if any(values)}


def column_config_of_inside() -> dict[str, ColumnConfig]:
    """Return the configuration of these columns."""
    return {
        GROUNDS_COLUMN: st.column_config.TextColumn(
            width=190, help='Read by machine from the last action of the file; "not read" where that one is not read'
        ),
        "Claims allowed": st.column_config.TextColumn(width=118, help="By that action, read by machine"),
        "Claims rejected": st.column_config.TextColumn(width=118, help="By that action, read by machine"),
        "Flags": st.column_config.NumberColumn(
            format="localized", width=64, help="What a person should look at, in all papers that are read"
        ),
    }


def open_clicked_hit() -> None:
    """Open the page of the hit that was clicked, on the Review page; call before anything is drawn."""
    target = take_clicked_hit()
    if target is None:
        return
    view = View(
        patents=target.patents,
        open_paper=target.paper,
        open_page=target.page,
        inside=str(st.session_state.get(FIND_IN_ALL) or "").strip(),
        inside_scope="held",
    )
    st.switch_page(_REVIEW, query_params=parameters_of(view))


def draw_inside_all(desk: Desk, held: HeldTables, chosen: Sequence[Headline], *, person: Person) -> None:
    """Draw the reading of the ticked files in the background, and the search over all files held.

    Args:
        desk: of the person's workspace.
        held: all files held that can be read.
        chosen: those of them that are ticked.
        person: who reads and searches.
    """
    st.subheader("Inside the papers", anchor=False)
    numbers = {headline.key: short_title(headline) for headline in held.headlines}
    try:
        _offer_reading(desk, held, chosen, person=person)
        names = PaperNames(held.tables.documents, numbers)
        draw_reading(desk.fulltext, names, user=person.name, in_background=True)
    except StoreError as error:
        st.error(escape_markdown(error))
        return
    typed = draw_search_box(FIND_IN_ALL)
    draw_syntax()
    papers = sum(headline.documents_held for headline in held.headlines)
    view = View(inside=typed, inside_scope="held")
    draw_found(desk.fulltext, desk.store, desk.tables, Scope(None, papers), typed=typed, view=view, screen=None)


def _offer_reading(desk: Desk, held: HeldTables, chosen: Sequence[Headline], *, person: Person) -> None:
    """Draw what is to be read of the ticked files, and the button that begins it."""
    if desk.fulltext.engine is None:
        st.caption(f":orange[{NO_ENGINE}]")
    if not chosen:
        st.caption("Tick files above to read their papers inside, in the background and for nothing.")
        return
    documents = held.tables.documents
    documents = documents[documents["history"].isin([headline.key for headline in chosen])]
    choices = choices_to_read(documents, ticked=())
    if not choices:
        st.caption("These lists have no documents.")
        return
    with st.container(horizontal=True, vertical_alignment="center", key="read_files", gap="small"):
        if st.session_state.get(READ_OF_FILES) not in choices:
            st.session_state[READ_OF_FILES] = KEY_PAPERS if KEY_PAPERS in choices else next(iter(choices))
        name = st.selectbox(
            f"Papers of {len(chosen):,} files to read inside" if len(chosen) > 1 else "Papers of 1 file to read inside",
            list(choices),
            key=READ_OF_FILES,
            required=True,
            format_func=lambda each: choice_in_words(each, len(choices[each])),
            label_visibility="collapsed",
            width=250,
            persist_state="session",
        )
        offer = desk.fulltext.offer(papers_to_read(choices[name], held.tables.histories))
        under_way = papers_under_way(desk.fulltext.reading(person.name, in_background=True))
        draw_read_button(desk.fulltext, offer, user=person.name, under_way=under_way, in_background=True)
    st.caption(" ".join(offer_in_words(offer)))
    if offer.without_link:
        words = expired_in_words(len(offer.without_link))
        st.caption(f":orange[{words}. Open the files in Review: it offers their refresh, with its price.]")
