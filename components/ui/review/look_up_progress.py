"""The progress of a look-up, which a worker carries out: it goes on when the page is left."""

import time
from functools import partial

import pandas as pd
import streamlit as st

from components.access import Person
from components.desk import Desk
from components.lookups import ItemOutcome, Job, Lookups, MayNotSpend, Plan, Progress
from components.patsnap import ServiceCondition
from components.ui.app.guard import guarded_callback, guarded_fragment
from components.ui.asked import ask_for
from components.ui.escape import escape_markdown
from components.ui.review.look_up import may_begin, watch_begun, watched_job, why_outdated
from components.ui.state import ARRIVED_AND_DRAWN, INTAKE_FOLDED, JOB
from components.ui.take_away import offer_file

_SECONDS_BETWEEN_DRAWINGS = 3.0
_SILENT_STATES = {"held", "fetched", "passed over"}
_LINES = 20
"""Outcomes that are told in a line each, together with all numbers that share them."""
_NAMED = 4
"""Numbers that such a line names."""
_STATE_LABELS = {
    "waiting": "waiting",
    "fetching": "being fetched",
    "held": "held already",
    "fetched": "fetched",
    "not covered": "not covered",
    "unsaved": "arrived, not saved yet",
    "failed": "failed",
    "uncertain": "may have been charged",
    "stopped": "unfinished",
    "passed over": "not looked up",
}


def draw_look_up(lookups: Lookups, job: Job, *, person: Person) -> None:
    """Draw how far a look-up is, with Stop while it runs and Resume when it left numbers undone."""
    if not job.ended:
        _watch_running(lookups, job.id)
        return
    st.session_state.pop(ARRIVED_AND_DRAWN, None)
    if not (st.session_state.get(INTAKE_FOLDED) and _went_well(job.snapshot())):
        _draw_ended(lookups, job, person=person)


def say_how_it_went(lookups: Lookups, plan: Plan, *, user: str) -> None:
    """Draw how a look-up that brought everything went, in a few words in the line of the numbers."""
    job = watched_job(lookups, plan, user=user)
    if job is None or not job.ended or not _went_well(job.snapshot()):
        return
    progress = job.snapshot()
    st.caption("Last look-up: " + " · ".join(_progress_in_words(progress)), width="content")
    st.button("Dismiss", key="dismiss", type="tertiary", on_click=_dismiss)


def _went_well(progress: Progress) -> bool:
    """Return whether a look-up brought everything, so that nothing is left to do or to read."""
    silent = all(outcome.state in {"held", "fetched"} for outcome in progress.outcomes)
    return silent and progress.state == "finished" and progress.unsaved <= 0 and not progress.uncertain


@guarded_fragment(run_every=0.5)
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
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button("Stop", key="stop", on_click=guarded_callback(job.stop))
            if waiting := _waiting_in_words(lookups.condition()):
                st.markdown(f":orange[{waiting}]")
    arrived = sum(outcome.key is not None for outcome in progress.outcomes)
    seen, drawn = st.session_state.get(ARRIVED_AND_DRAWN, (0, 0.0))
    # The histories that have arrived are drawn, but not so often that the page never comes to rest.
    if progress.ended or (arrived != seen and time.monotonic() - drawn > _SECONDS_BETWEEN_DRAWINGS):
        st.session_state[ARRIVED_AND_DRAWN] = (arrived, time.monotonic())
        st.rerun(scope="app")


def _draw_ended(lookups: Lookups, job: Job, *, person: Person) -> None:
    progress = job.snapshot()
    _draw_outcomes(progress)
    if progress.unsaved > 0:
        _offer_unsaved(lookups, job)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption("Last look-up: " + " · ".join(_progress_in_words(progress)), width="content")
        if progress.can_resume:
            rest = lookups.plan_rest(job)
            label = f"Resume {rest.wanted:,} · {lookups.quote(rest).price}" if rest.wanted else "Resume"
            st.button(label, key="resume", type="primary", on_click=_resume, args=(job, rest),
                      disabled=not may_begin(rest, person),
                      help=None if may_begin(rest, person) else MayNotSpend.advice)  # fmt: skip
        st.button("Dismiss", key="dismiss", type="tertiary", on_click=_dismiss)
    if any(outcome.state not in {"held", "fetched"} for outcome in progress.outcomes):
        with st.expander("What became of each number"):
            st.dataframe(_outcome_table(progress.outcomes), hide_index=True, alt="Outcome of each number typed")


def _draw_outcomes(progress: Progress) -> None:
    """Draw why a look-up ended early, and what became of the numbers that it did not bring."""
    if progress.state == "halted":
        st.error(escape_markdown(progress.message))
    elif progress.state == "stopped" and not progress.can_resume:
        st.info("All had arrived before the stop.")
    elif progress.state == "stopped":
        st.warning("Stopped. What had arrived is kept; Resume charges only for the rest.")
    alike: dict[tuple[str, str], list[str]] = {}
    for outcome in progress.outcomes:
        if outcome.state not in _SILENT_STATES:
            alike.setdefault((_STATE_LABELS[outcome.state], outcome.message), []).append(outcome.typed)
    for (label, message), typed in list(alike.items())[:_LINES]:
        named = ", ".join(escape_markdown(name) for name in typed[:_NAMED])
        more = f" and {len(typed) - _NAMED:,} more" if len(typed) > _NAMED else ""
        st.markdown(f"**{named}{more}** {label}: {escape_markdown(message)}")
    if len(alike) > _LINES:
        st.caption(f"and {len(alike) - _LINES:,} more, in the table below")


def _progress_in_words(progress: Progress) -> list[str]:
    calls = "1 call" if progress.calls == 1 else f"{progress.calls:,} calls"
    words = [f"{progress.done:,} of {progress.total:,} done", f"{progress.charged:,} charged", calls]
    if progress.uncertain:
        words.append(f"{progress.uncertain:,} may have been charged although no answer arrived")
    if progress.unsaved > 0:
        words.append(f"{progress.unsaved:,} arrived and not saved yet")
    return words


def _waiting_in_words(condition: ServiceCondition) -> str:
    """Return that calls wait because the service is down; empty if it is not."""
    if condition.down_since is None:
        return ""
    again = f"; one call tries again in {condition.tries_again_in:.0f} s" if condition.tries_again_in else ""
    return f"PatSnap fails since {condition.down_since:%H:%M} UTC{again}. The look-up goes on by itself."


@guarded_fragment(run_every=2)
def _offer_unsaved(lookups: Lookups, job: Job) -> None:
    """Draw the download of what the store could not take, until it could."""
    unsaved = lookups.unsaved(job.user)
    if not unsaved:
        st.rerun(scope="app")
    offer_file(
        f"Download {unsaved:,} not saved yet",
        data=partial(lookups.unsaved_file, job.user),
        file_name="unsaved-answers.json",
        mime="application/json",
        key="unsaved_answers",
        words="It is saved by itself as soon as the store can be written. Should the app end before that, take this "
        "file back in on the Usage page, without a charge.",
    )


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


def _resume(job: Job, drawn: Plan) -> None:
    ask_for(partial(_begin_rest, job.id, drawn))


def _begin_rest(job_id: str, drawn: Plan, desk: Desk, person: Person) -> None:
    job = desk.lookups.job(job_id)
    if job is None:
        st.toast("This look-up is not remembered any more: look its numbers up again.")
    elif objection := why_outdated(drawn, desk.lookups.plan_rest(job)):
        st.toast(objection)
    else:
        watch_begun(lambda: desk.lookups.resume(job, user=person))


def _dismiss() -> None:
    st.session_state.pop(JOB, None)
