"""The headline facts of the chosen histories, above the timeline, and warnings about their lists."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from components.access import Person
from components.documents import Tokens
from components.history_tables import HeldTables, HistoryTables
from components.lookups import Lookups
from components.store import Headline, Notice
from components.ui.escape import escape_markdown
from components.ui.facts_table import facts_columns, facts_table
from components.ui.history_names import title
from components.ui.review.groups import groups_in_state, names_of_groups
from components.ui.review.heading import draw_warnings
from components.ui.review.refresh import draw_refreshable_heading
from components.ui.review.reviewed import ReviewedHistories, reviewed_histories

_MOST_ROWS: Final = 6
"""Files whose facts are in sight at once; the table of more scrolls."""
_ROW: Final = 35
"""Height of a row in pixels."""
_HEADER: Final = 38
"""Height of the header with the frame, in pixels; a height known ahead keeps what stands below from moving."""


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
    reviewed = reviewed_histories(tables, tokens, held)
    if len(held.headlines) == 1:
        (headline,), facts = held.headlines, held.tables.histories.iloc[0]
        draw_refreshable_heading(lookups, headline, facts, fresh_days=fresh_days, notice=notice, person=person)
        draw_warnings(headline)
    else:
        _draw_facts_of_several(held, reviewed)
    return reviewed


def _draw_facts_of_several(held: HeldTables, reviewed: ReviewedHistories) -> None:
    rows = len(held.headlines)
    st.dataframe(
        facts_table(
            held.headlines,
            held.tables.histories,
            reviewed.due,
            groups=names_of_groups(groups_in_state()),
        ),
        hide_index=True,
        height=_HEADER + rows * _ROW if rows <= _MOST_ROWS else (_MOST_ROWS + 1) * _ROW + _ROW // 2,
        column_config=facts_columns(held.tables.histories),
        key="facts",
        placeholder="–",
        alt="Headline facts of each file history",
    )
    for headline in held.headlines:
        draw_warnings(headline, name=title(headline))
