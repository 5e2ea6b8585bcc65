"""The parts of the Review page between the numbers and the timeline: which histories, and their facts."""

from collections.abc import Collection, Sequence

import streamlit as st

from components.desk import Desk
from components.lookups import Plan, PlanState
from components.numbers import Kind, Number
from components.store import Headline
from components.ui.escape import plain
from components.ui.headline import (
    MORE_COLUMNS,
    completeness_of,
    draw_warnings,
    facts_columns,
    facts_table,
    is_whole,
    title,
)
from components.ui.reading import Shown, show
from components.ui.refresh import draw_refreshable
from components.ui.story import draw_findings, draw_measures, draw_summaries

MOST_AT_ONCE = 30
"""Histories drawn at once; more are chosen from a list."""
_CHOICE = "chosen_histories"


def patents_of(plan: Plan) -> str:
    """Give the numbers of a plan as the address holds them: the service's forms, each once; else as typed."""
    items = plan.of(PlanState.HELD, PlanState.FREE, PlanState.CHARGED, PlanState.AMBIGUOUS)
    return ",".join(dict.fromkeys(_in_address(item.number) for item in items))


def address_of(line: Headline, *, claimed: Collection[str] = ()) -> str:
    """Give the number by which the address names a history that is held.

    Args:
        line: the history.
        claimed: keys of the histories whose publication number would open another one (`claimed_by_others`).
    """
    published = line.patent_number if line.key not in claimed else ""
    return published or _of_application(line.apno) or line.key


def claimed_by_others(desk: Desk, lines: Sequence[Headline]) -> frozenset[str]:
    """Give the keys of those histories whose publication number another application has claimed since."""
    leads = desk.store.resolve({line.patent_number for line in lines if line.patent_number})
    return frozenset(line.key for line in lines if leads.get(line.patent_number, line.key) != line.key)


def _in_address(number: Number) -> str:
    if len(number.readings) != 1:
        return number.typed
    name = number.reading.normalised
    return _of_application(name) if number.reading.kind is Kind.JP_APPLICATION else name


def _of_application(name: str) -> str:
    """Mark a Japanese application, because a publication may bear the same figures."""
    return f"特願{name.removeprefix('JP')}" if name.startswith("JP") else name


def choose_histories(desk: Desk, plan: Plan) -> tuple[str, ...]:
    """Give the keys of the histories to draw: all that are held, or those picked where there are several."""
    keys = plan.keys
    if len(keys) <= 1:
        return keys
    names = {line.key: title(line) for line in desk.store.headlines(keys)}
    keys = tuple(key for key in keys if key in names)
    # A change of the numbers begins with all of them again; a pick made for other numbers means nothing.
    picked = st.multiselect(
        "File histories",
        keys,
        default=keys[:MOST_AT_ONCE],
        format_func=lambda key: names[key],
        max_selections=MOST_AT_ONCE,
        key=f"{_CHOICE}_{hash(keys)}",
    )
    chosen = tuple(key for key in keys if key in picked)
    if len(chosen) < len(keys):
        st.caption(f"{len(chosen):,} of {len(keys):,} file histories shown; the timeline holds up to {MOST_AT_ONCE}.")
    return chosen


def draw_facts(desk: Desk, keys: Sequence[str], *, user: str) -> Shown | None:
    """Draw the headline facts of the chosen histories and give their tables, if any can be read."""
    shown = show(desk, keys, in_words=True)
    for damage in shown.damaged:
        st.error(plain(damage))
    if not shown.headlines:
        return None
    if len(shown.headlines) == 1:
        line = shown.headlines[0]
        draw_refreshable(desk, line, shown.histories.iloc[0], user=user)
        draw_measures(shown.histories.iloc[0])
        draw_warnings(line, shown.stories[line.key].oddities)
    else:
        st.dataframe(
            facts_table(shown.headlines, shown.histories),
            hide_index=True,
            height="content",
            column_config=facts_columns(),
            key="facts",
            placeholder="–",
            alt="Headline facts of each file history",
        )
        st.caption(MORE_COLUMNS)
        for line in shown.headlines:
            draw_warnings(line, shown.stories[line.key].oddities, name=title(line))
    stories = {title(line): shown.stories[line.key] for line in shown.headlines}
    listed = completeness_of(shown.headlines).words if is_whole(shown.headlines) else ""
    draw_findings(stories, listed=listed)
    draw_summaries(stories)
    return shown
