"""The part of the Review page between the numbers and the timeline: which histories are drawn, and their facts."""

from collections.abc import Mapping, Sequence

import streamlit as st

from components.desk import Desk
from components.history_tables import HeldTables
from components.lookups import Plan
from components.store import Headline, Store
from components.ui.escape import escape_markdown
from components.ui.facts_table import MORE_COLUMNS, completeness_of, facts_columns, facts_table, is_whole
from components.ui.history_names import title
from components.ui.review.headline import draw_warnings
from components.ui.review.refresh import draw_refreshable
from components.ui.review.reviewed import ReviewedHistories, history_in_words, reviewed_histories
from components.ui.review.summary import draw_findings, draw_measures, draw_summaries
from components.ui.state import OFFERED_HISTORIES, PICKED_HISTORIES

MOST_AT_ONCE = 30
"""Histories drawn at once; more are chosen from a list."""


def choose_histories(store: Store, plan: Plan) -> tuple[Headline, ...]:
    """Return the histories to draw: all that are held, or those picked where there are several."""
    by_key = {headline.key: headline for headline in store.headlines(plan.keys)}
    keys = tuple(key for key in plan.keys if key in by_key)
    if len(plan.keys) > 1:
        keys = _pick(keys, {key: title(by_key[key]) for key in keys})
    return tuple(by_key[key] for key in keys)


def _pick(keys: tuple[str, ...], titles: Mapping[str, str]) -> tuple[str, ...]:
    """Draw the choice among several histories and return the keys of those picked, in the order given."""
    # Other numbers begin with all their histories picked, because a pick among other histories means nothing.
    if st.session_state.get(OFFERED_HISTORIES) != keys or PICKED_HISTORIES not in st.session_state:
        st.session_state[OFFERED_HISTORIES] = keys
        st.session_state[PICKED_HISTORIES] = list(keys[:MOST_AT_ONCE])
    picked = st.multiselect(
        "File histories",
        keys,
        format_func=lambda key: titles[key],
        max_selections=MOST_AT_ONCE,
        key=PICKED_HISTORIES,
    )
    chosen = tuple(key for key in keys if key in picked)
    if len(chosen) < len(keys):
        st.caption(f"{len(chosen):,} of {len(keys):,} file histories shown; the timeline holds up to {MOST_AT_ONCE}.")
    return chosen


def draw_facts(desk: Desk, headlines: Sequence[Headline], *, user: str) -> ReviewedHistories | None:
    """Draw the headline facts of the chosen histories and return their tables, if any can be read."""
    held = desk.tables.of(headlines)
    for damage in held.damaged:
        st.error(escape_markdown(damage))
    if not held.headlines:
        return None
    if len(held.headlines) == 1:
        _draw_facts_of_one(desk, held, user=user)
    else:
        _draw_facts_of_several(held)
    tables, tokens = desk.tables, desk.documents.tokens
    stories = {title(headline): history_in_words(tables, tokens, headline) for headline in held.headlines}
    listed = completeness_of(held.headlines).words if is_whole(held.headlines) else ""
    draw_findings(stories, listed=listed)
    draw_summaries(stories)
    return reviewed_histories(tables, tokens, held)


def _draw_facts_of_one(desk: Desk, held: HeldTables, *, user: str) -> None:
    (headline,), facts = held.headlines, held.tables.histories.iloc[0]
    draw_refreshable(
        desk.lookups,
        headline,
        facts,
        fresh_days=desk.settings.review_fresh_days,
        notice=desk.store.notice,
        user=user,
    )
    draw_measures(facts)
    draw_warnings(headline, held.oddities[headline.key])


def _draw_facts_of_several(held: HeldTables) -> None:
    st.dataframe(
        facts_table(held.headlines, held.tables.histories),
        hide_index=True,
        height="content",
        column_config=facts_columns(),
        key="facts",
        placeholder="–",
        alt="Headline facts of each file history",
    )
    st.caption(MORE_COLUMNS)
    for headline in held.headlines:
        draw_warnings(headline, held.oddities[headline.key], name=title(headline))
