"""The refresh of a history: a click buys it at the price that its button showed, and only once."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial

import pandas as pd
import streamlit as st

from components.access import Person
from components.desk import Desk
from components.lookups import Lookups, MayNotSpend, Plan, PlanState
from components.store import Headline, Notice
from components.ui.asked import remember, take
from components.ui.review.heading import draw_heading
from components.ui.review.look_up import begin_look_up, may_begin, why_outdated
from components.ui.review.price_in_words import price_in_words, uncertain_in_words
from components.ui.state import JOB, REFRESH_ASKED

_DOUBLE_CLICK = timedelta(seconds=1)
"""A click within this time after a refresh began is taken for the second half of a double click."""


def draw_refreshable_heading(
    lookups: Lookups, headline: Headline, facts: pd.Series, *, fresh_days: int, notice: Notice | None, person: Person
) -> None:
    """Draw the heading of a history with the button that refreshes it, and begin the refresh that was asked for."""
    plan = plan_of_refresh(lookups, [headline.key], user=person.name)
    uncertain = plan.items_in(PlanState.UNCERTAIN)
    quote = lookups.quote(plan)
    doubt = f"{uncertain_in_words(uncertain)} " if uncertain else ""
    allowed = may_begin(plan, person)
    draw_heading(
        headline,
        facts,
        fresh_days=fresh_days,
        refresh=quote.label,
        price=doubt + (price_in_words(quote, plan) if allowed else MayNotSpend.advice),
        on_refresh=partial(_remember_plan, plan) if allowed else None,
    )
    asked = take(REFRESH_ASKED)
    if not isinstance(asked, Plan):
        return
    if objection := why_outdated(asked, plan):
        st.warning(objection)
    elif not _just_begun(lookups):
        begin_look_up(lookups, plan, notice=notice, person=person)


def plan_of_refresh(lookups: Lookups, keys: Sequence[str], *, user: str) -> Plan:
    """Return the plan that asks again for held histories; where some may have been charged already, for these alone."""
    plan = lookups.plan_refresh(keys, user=user)
    # The button then says so, and buys nothing else.
    return lookups.plan_buying_again(plan, user=user) if plan.items_in(PlanState.UNCERTAIN) else plan


def refresh_files(drawn: Plan, desk: Desk, person: Person) -> None:
    """Begin a refresh of several files that was asked for (`asked.ask_for`), unless the page was not up to date.

    Args:
        drawn: what its button showed.
        desk: of the person's workspace.
        person: who refreshes.
    """
    plan = plan_of_refresh(desk.lookups, [item.key for item in drawn.items if item.key], user=person.name)
    if objection := why_outdated(drawn, plan):
        st.toast(objection)
    elif not _just_begun(desk.lookups):
        begin_look_up(desk.lookups, plan, notice=desk.store.notice, person=person)


def _remember_plan(drawn: Plan) -> None:
    remember(REFRESH_ASKED, drawn)


def _just_begun(lookups: Lookups) -> bool:
    """Return whether this session began a refresh a moment ago."""
    job = lookups.job(st.session_state.get(JOB, ""))
    return job is not None and job.refresh and datetime.now(UTC) - job.started < _DOUBLE_CLICK
