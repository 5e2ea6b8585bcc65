"""The headline facts of the chosen histories, above the timeline: figures, warnings, findings and summaries."""

from collections.abc import Sequence

import streamlit as st

from components.access import Person
from components.documents import Tokens
from components.history_tables import HeldTables, HistoryTables
from components.lookups import Lookups
from components.store import Headline, Notice
from components.ui.escape import escape_markdown
from components.ui.facts_table import MORE_COLUMNS_NOTE, completeness_of, facts_columns, facts_table, lists_are_whole
from components.ui.history_names import title
from components.ui.review.heading import draw_warnings
from components.ui.review.measures import draw_measures
from components.ui.review.refresh import draw_refreshable_heading
from components.ui.review.reviewed import ReviewedHistories, history_in_words, reviewed_histories
from components.ui.review.summary import draw_findings, draw_summaries


def draw_facts(
    lookups: Lookups,
    tables: HistoryTables,
    tokens: Tokens,
    headlines: Sequence[Headline],
    *,
    fresh_days: int,
    notice: Notice | None,
    person: Person,
) -> ReviewedHistories | None:
    """Draw the headline facts of the chosen histories and return their tables, if any can be read.

    Args:
        lookups: price and carry out a refresh.
        tables: of the held histories.
        tokens: make the links to documents.
        headlines: the chosen histories.
        fresh_days: after how many days the list of an open file is called old.
        notice: of a damaged store, which must be acknowledged before anything is bought.
        person: who may refresh.
    """
    held = tables.of(headlines)
    for damage in held.damaged:
        st.error(escape_markdown(damage))
    if not held.headlines:
        return None
    if len(held.headlines) == 1:
        (headline,), facts = held.headlines, held.tables.histories.iloc[0]
        draw_refreshable_heading(lookups, headline, facts, fresh_days=fresh_days, notice=notice, person=person)
        draw_measures(facts)
        draw_warnings(headline, held.oddities[headline.key])
    else:
        _draw_facts_of_several(held)
    stories = {title(headline): history_in_words(tables, tokens, headline) for headline in held.headlines}
    listed = completeness_of(held.headlines).words if lists_are_whole(held.headlines) else ""
    draw_findings(stories, listed=listed)
    draw_summaries(stories)
    return reviewed_histories(tables, tokens, held)


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
    st.caption(MORE_COLUMNS_NOTE)
    for headline in held.headlines:
        draw_warnings(headline, held.oddities[headline.key], name=title(headline))
