"""Taking back a file of answers that could not be saved when they arrived: without a charge."""

import streamlit as st

from components.access import Person
from components.lookups import AnswerFileRefused, Lookups, MayNotDecide
from components.store import Headline, Store, StoreError
from components.ui.escape import escape_markdown
from components.ui.history_names import address_of, title
from components.ui.review.history_choice import MAX_AT_ONCE
from components.ui.state import TAKEN_BACK
from components.words import counted

_REVIEW, _PORTFOLIO = "../../pages/review.py", "../../pages/portfolio.py"
_MOST_LINKS = 20
_MOST_MEGABYTES = 200


def draw_taking_back(lookups: Lookups, store: Store, *, person: Person) -> None:
    """Draw the upload, and what became of the file."""
    with st.expander("Take back a file of unsaved answers", key="usage_take_back"):
        st.write(
            "When the store could not be written, the Review page offered what had arrived as a file. Bring it back "
            "here once the store is well; nothing is asked of PatSnap and nothing is charged."
        )
        upload = st.file_uploader("File of unsaved answers", key="usage_answer_file", max_upload_size=_MOST_MEGABYTES)
        if upload is None:
            st.session_state.pop(TAKEN_BACK, None)
            return
        if st.button("Take it back without a charge", key="take_back"):
            _take_back(lookups, upload.getvalue(), person=person)
        if TAKEN_BACK in st.session_state:
            _draw_taken_back(store, *st.session_state[TAKEN_BACK])


def _take_back(lookups: Lookups, data: bytes, *, person: Person) -> None:
    """Take a file back, and draw the page anew: the sums above have changed."""
    st.session_state.pop(TAKEN_BACK, None)
    try:
        count = lookups.take_back(data, user=person)
        st.session_state[TAKEN_BACK] = (count, tuple(lookups.asked_in(data)))
    except (AnswerFileRefused, MayNotDecide, StoreError) as error:
        st.error(escape_markdown(error))
        return
    st.rerun()


def _draw_taken_back(store: Store, count: int, asked: tuple[str, ...]) -> None:
    st.success(f"{counted(count, 'history')} {'was' if count == 1 else 'were'} taken back without a charge.")
    _draw_links(store.headlines(set(store.resolve(asked).values())) if asked else [])


def _draw_links(headlines: list[Headline]) -> None:
    """Draw a link to each history, and one to all of them where Review can show so many."""
    if 1 < len(headlines) <= MAX_AT_ONCE:
        addresses = ",".join(address_of(headline) for headline in headlines)
        st.page_link(_REVIEW, label="All of them in Review", query_params={"patents": addresses})
    with st.container(gap=None):
        for headline in headlines[:_MOST_LINKS]:
            address = {"patents": address_of(headline)}
            st.page_link(_REVIEW, label=escape_markdown(title(headline)), query_params=address)
    if len(headlines) > _MOST_LINKS:
        st.page_link(_PORTFOLIO, label=f"{len(headlines) - _MOST_LINKS:,} more stand in the Portfolio")
