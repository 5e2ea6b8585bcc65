"""The progress of a look-up, which a worker carries out: it goes on when the page is left."""

import time

import pandas as pd
import streamlit as st

from components.lookups import ItemOutcome, Job, Lookups, Progress
from components.ui.escape import escape_markdown
from components.ui.review.look_up import watch_job
from components.ui.state import ARRIVED_AND_DRAWN, JOB

_SECONDS_BETWEEN_DRAWINGS = 3.0
_SILENT_STATES = {"held", "fetched", "passed over"}
_STATE_LABELS = {
    "waiting": "waiting",
    "fetching": "being fetched",
    "held": "held already",
    "fetched": "fetched",
    "not covered": "not covered",
    "failed": "failed",
    "stopped": "unfinished",
    "passed over": "not looked up",
}


def draw_look_up(lookups: Lookups, job: Job) -> None:
    """Draw how far a look-up is, with Stop while it runs and Resume when it left numbers undone."""
    if not job.ended:
        _watch_running(lookups, job.id)
        return
    st.session_state.pop(ARRIVED_AND_DRAWN, None)
    _draw_ended(lookups, job)


@st.fragment(run_every="0.5s")
def _watch_running(lookups: Lookups, job_id: str) -> None:
    """Draw the progress every half second; draw the page anew when histories have arrived or the look-up has ended."""
    job = lookups.job(job_id)
    if job is None:
        return
    progress = job.snapshot()
    share = progress.done / progress.total if progress.total else 1.0
    words = " · ".join(_progress_in_words(progress))
    st.progress(share, text=words)
    if progress.state == "stopping":
        st.caption("Stopping: the calls under way still end, and what they bring is kept.")
    else:
        st.button("Stop", key="stop", on_click=job.stop)
    arrived = sum(outcome.key is not None for outcome in progress.outcomes)
    seen, drawn = st.session_state.get(ARRIVED_AND_DRAWN, (0, 0.0))
    # The histories that have arrived are drawn, but not so often that the page never comes to rest.
    if progress.ended or (arrived != seen and time.monotonic() - drawn > _SECONDS_BETWEEN_DRAWINGS):
        st.session_state[ARRIVED_AND_DRAWN] = (arrived, time.monotonic())
        st.rerun(scope="app")


def _draw_ended(lookups: Lookups, job: Job) -> None:
    progress = job.snapshot()
    to_report = [outcome for outcome in progress.outcomes if outcome.state not in _SILENT_STATES]
    if progress.state == "halted":
        st.error(escape_markdown(progress.message))
    elif progress.state == "stopped" and not progress.can_resume:
        st.info("All had arrived before the stop.")
    elif progress.state == "stopped":
        st.warning("Stopped. What had arrived is kept; Resume charges only for the rest.")
    for outcome in to_report[:20]:
        st.markdown(
            f"**{escape_markdown(outcome.typed)}** {_STATE_LABELS[outcome.state]}: {escape_markdown(outcome.message)}"
        )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption("Last look-up: " + " · ".join(_progress_in_words(progress)), width="content")
        if progress.can_resume:
            st.button("Resume", key="resume", type="primary", on_click=_resume, args=(lookups, job))
        st.button("Dismiss", key="dismiss", type="tertiary", on_click=_dismiss)
    if any(outcome.state not in {"held", "fetched"} for outcome in progress.outcomes):
        with st.expander("What became of each number"):
            st.dataframe(_outcome_table(progress.outcomes), hide_index=True, alt="Outcome of each number typed")


def _progress_in_words(progress: Progress) -> list[str]:
    calls = "1 call" if progress.calls == 1 else f"{progress.calls:,} calls"
    words = [f"{progress.done:,} of {progress.total:,} done", f"{progress.charged:,} charged", calls]
    if progress.uncertain:
        words.append(f"{progress.uncertain:,} may have been charged although no answer arrived")
    return words


def _outcome_table(outcomes: tuple[ItemOutcome, ...]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Typed": [outcome.typed for outcome in outcomes],
            "Read as": [
                outcome.number.readings[0].display_form if len(outcome.number.readings) == 1 else ""
                for outcome in outcomes
            ],
            "Outcome": [_STATE_LABELS[outcome.state] for outcome in outcomes],
            "Note": [outcome.message for outcome in outcomes],
        }
    )


def _resume(lookups: Lookups, job: Job) -> None:
    watch_job(lookups.resume(job))


def _dismiss() -> None:
    st.session_state.pop(JOB, None)
