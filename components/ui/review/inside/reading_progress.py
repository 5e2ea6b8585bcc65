"""How far a reading is, with Stop and Resume, and what became of it. It goes on when the page is left."""

from collections.abc import Iterable

import pandas as pd
import streamlit as st

from components.fulltext import FullText, Reading, ReadingProgress
from components.histories import PaperRef
from components.page_texts import ReadPaper
from components.ui.app.guard import guarded_callback, guarded_fragment
from components.ui.escape import escape_markdown
from components.ui.review.inside.papers import PaperNames, is_read, time_in_words
from components.ui.review.inside.read_inside import start_reading
from components.ui.state import SEEN_READINGS
from components.words import counted, listed

_MOST_NAMED = 2
"""Papers under way that the progress names."""


def papers_under_way(reading: Reading | None) -> frozenset[PaperRef]:
    """Return the papers of a reading that has not ended; none where there is none."""
    return frozenset() if reading is None or reading.ended else frozenset(paper.ref for paper in reading.papers)


def draw_reading(fulltext: FullText, names: PaperNames, *, user: str, in_background: bool = False) -> None:
    """Draw the last reading of a person: its progress, or what became of it until that is put aside.

    Args:
        fulltext: reads.
        names: of the papers on the screen.
        user: who reads.
        in_background: whether it is the one that stands back behind whatever somebody waits for.
    """
    reading = fulltext.reading(user, in_background=in_background)
    if reading is None:
        return
    if not reading.ended:
        _watch(fulltext, names, user=user, in_background=in_background)
    elif reading.id not in st.session_state.get(SEEN_READINGS, frozenset()):
        _draw_ended(fulltext, reading, names, in_background=in_background)


@guarded_fragment(run_every=1.0)
def _watch(fulltext: FullText, names: PaperNames, *, user: str, in_background: bool) -> None:
    """Draw the progress every second; when it has ended, the page is drawn anew."""
    reading = fulltext.reading(user, in_background=in_background)
    if reading is None or reading.ended:
        st.rerun(scope="app")
    progress = reading.snapshot()
    with st.container(horizontal=True, vertical_alignment="center", key=_key("reading", in_background)):
        st.progress(share_done(progress), text=escape_markdown(progress_in_words(progress)))
        if progress.state == "stopping":
            st.caption("Stopping: pages under way still end, and what is read is kept.", width="content")
        else:
            st.button("Stop", key=_key("stop_reading", in_background), on_click=guarded_callback(reading.stop))
    if progress.now:
        under_way = [names.name(paper) for paper in progress.now[:_MOST_NAMED]]
        more = f" and {len(progress.now) - _MOST_NAMED:,} more" if len(progress.now) > _MOST_NAMED else ""
        st.caption(f"Now: {escape_markdown(', '.join(under_way))}{more}")


def share_done(progress: ReadingProgress) -> float:
    """Return how much of a reading is done, from 0 to 1: by pages, and where none are known by papers."""
    done, whole = (progress.pages_done, progress.pages) if progress.pages else (progress.papers_done, progress.papers)
    return min(done / whole, 1.0) if whole else 1.0


def progress_in_words(progress: ReadingProgress) -> str:
    """Return how far a reading is: `Read inside: 5 of 12 papers · 40 of 84 pages · about 30 s left`."""
    parts = [f"Read inside: {progress.papers_done:,} of {counted(progress.papers, 'paper')}"]
    if progress.pages:
        parts.append(f"{progress.pages_done:,} of {counted(progress.pages, 'page')}")
    if progress.seconds_left is not None:
        parts.append(f"{time_in_words(progress.seconds_left)} left")
    return " · ".join(parts)


def _draw_ended(fulltext: FullText, reading: Reading, names: PaperNames, *, in_background: bool) -> None:
    progress = reading.snapshot()
    papers = [paper.ref for paper in reading.papers]
    read = fulltext.papers({paper.history for paper in papers})
    words = what_was_read(progress, [read[paper] for paper in papers if paper in read])
    with st.container(horizontal=True, vertical_alignment="center", key=_key("reading_ended", in_background)):
        st.caption(escape_markdown(words), width="content")
        if progress.can_resume:
            left = counted(progress.papers - progress.papers_done, "paper")
            st.button(f"Resume · {left}", key=_key("resume_reading", in_background),
                      on_click=guarded_callback(start_reading), args=(fulltext, reading.papers),
                      kwargs={"user": reading.user, "in_background": in_background})  # fmt: skip
        st.button("Dismiss", key=_key("dismiss_reading", in_background), type="tertiary", on_click=_put_aside,
                  args=(reading.id,))  # fmt: skip
    if progress.message:
        st.warning(escape_markdown(progress.message))
    if progress.problems:
        with st.expander(f"Not read ({len(progress.problems):,})", key=_key("not_read", in_background)):
            st.dataframe(
                problems_table(progress.problems, names), hide_index=True, alt="Papers that were not read, and why"
            )


def what_was_read(progress: ReadingProgress, papers: Iterable[ReadPaper]) -> str:
    """Return what became of a reading, in a line; nothing in it is escaped.

    Args:
        progress: how it ended.
        papers: what is read of its papers.
    """
    read = [paper for paper in papers if is_read(paper)]
    engines = list(dict.fromkeys(engine for paper in read for engine in paper.engines))
    bad = sum(len(paper.bad_pages) for paper in read)
    begun = "Stopped. " if progress.state == "stopped" else ""
    parts = [f"{begun}Read inside: {counted(len(read), 'paper')}, {counted(progress.pages_done, 'page')}"]
    if engines:
        parts.append(f"by {listed([engine_in_words(engine) for engine in engines])}")
    if bad:
        parts.append(f"{counted(bad, 'page')} badly legible")
    if progress.problems:
        parts.append(f"{counted(len(progress.problems), 'paper')} not read")
    return " · ".join(parts)


def engine_in_words(engine: str) -> str:
    """Return what read a page, as a sentence has it."""
    return "the PDFs' own text" if engine == "text layer" else engine


def problems_table(problems: Iterable[tuple[PaperRef, str]], names: PaperNames) -> pd.DataFrame:
    """Return which papers were not read, and why, as a table of texts."""
    rows = [(names.name(paper), why) for paper, why in problems]
    return pd.DataFrame(rows, columns=["Paper", "Why"])


def _put_aside(reading: str) -> None:
    st.session_state[SEEN_READINGS] = st.session_state.get(SEEN_READINGS, frozenset()) | {reading}


def _key(name: str, in_background: bool) -> str:
    return f"{name}_in_background" if in_background else name
