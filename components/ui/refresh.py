"""Refreshing the history on the page: what its button promised is what its click buys, and only once."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pandas as pd
import streamlit as st

from components.lookups import Desk, Quote
from components.store import Headline
from components.ui.headline import draw_headline
from components.ui.intake import JOB, begin, price_in_words

_ASKED = "refresh_asked"
"""Session state: the history, as it was drawn, whose refresh was clicked, and the charges that its button told of."""
_DOUBLE_CLICK = timedelta(seconds=1)
"""A click so soon after a refresh was begun is the second half of a double click."""


def draw_refreshable(desk: Desk, line: Headline, facts: pd.Series, *, user: str) -> None:
    """Draw the facts of a history with the button that refreshes it, and begin the refresh that was asked for."""
    plan = desk.lookups.plan_refresh([line.key])
    quote = desk.lookups.quote(plan)
    draw_headline(
        desk,
        line,
        facts,
        refresh=quote.label,
        price=price_in_words(quote, plan),
        on_refresh=partial(_ask, line, quote.charged),
    )
    asked = st.session_state.pop(_ASKED, None)
    if asked is None:
        return
    hindrance = _hindrance(line, quote, *asked)
    if hindrance:
        st.warning(hindrance)
    elif not _just_begun(desk):
        begin(desk, plan, user=user)


def _ask(drawn: Headline, charges: int) -> None:
    st.session_state[_ASKED] = (drawn, charges)


def _hindrance(line: Headline, quote: Quote, drawn: Headline, charges: int) -> str:
    """Say why the click buys nothing: what the page showed when it was drawn is not so any more."""
    if drawn.key != line.key or drawn.retrieved != line.retrieved:
        return "This file was refreshed after the page was drawn: nothing was asked again, nothing was charged."
    if quote.charged > charges:
        return f"The price has risen since the page was drawn: {quote.price}. Nothing was asked; press again to pay it."
    return ""


def _just_begun(desk: Desk) -> bool:
    """Tell whether this session has begun a refresh a moment ago."""
    job = desk.lookups.job(st.session_state.get(JOB, ""))
    return job is not None and job.refresh and datetime.now(UTC) - job.started < _DOUBLE_CLICK
