"""The figures of an examination: days of each side, counts, pendency against its yardsticks, and its course."""

from html import escape
from typing import Final

import pandas as pd
import streamlit as st

from components.prosecution import counts_in_words, measures_in_words, whose_days
from components.ui.escape import escape_markdown
from components.words import counted

_COLOURS: Final = {False: ("#1f4e79", "#64748b"), True: ("#8fc1f0", "#94a3b8")}
"""Dark theme or not → colours of Office and applicant, each with a contrast of at least 4.5 : 1 to the background."""


def draw_measures(facts: pd.Series) -> None:
    """Draw the days of each side, the counts, the pendency against its yardsticks, and the course in one line."""
    bar = days_html(facts, dark=st.context.theme.type == "dark")
    with st.container(gap="xsmall"):
        if bar:
            st.html(bar)
            st.markdown(days_markdown(facts))
        st.markdown(counts_markdown(facts))
        # Small text, not captions: these are too pale for the colour of figures beyond a yardstick.
        for label, line in (
            ("Pendency", " · ".join(_pendency_figures(facts))),
            ("Course", escape_markdown(str(facts["fingerprint"]))),
        ):
            if line:
                st.markdown(f":small[{label}: {line}]")


def _pendency_figures(facts: pd.Series) -> list[str]:
    """Return the pendency figures as markdown; those beyond their yardstick are coloured."""
    return [
        f":orange[{escape_markdown(measure.text)}, yardstick {measure.exceeds.months}]"
        if measure.exceeds
        else escape_markdown(measure.text)
        for measure in measures_in_words(facts.to_dict())
    ]


def days_html(facts: pd.Series, *, dark: bool) -> str:
    """Return a bar in HTML of whose days they were: the Office's filled, the applicant's hatched; empty if unknown."""
    days = whose_days(facts)
    if days is None:
        return ""
    filled, hatched = _COLOURS[dark]
    words = f"{days.office:,} days with the Office, {days.applicant:,} days with the applicant"
    hatch = f"repeating-linear-gradient(135deg,{hatched} 0 4px,transparent 4px 8px)"
    common = "box-sizing:border-box;height:0.7rem"
    parts = [
        f'<div style="{common};flex:{length} 1 0;{style}"></div>'
        for length, style in (
            (days.office, f"background:{filled}"),
            (days.applicant, f"background:{hatch};border:1px solid {hatched}"),
        )
        if length
    ]
    return (
        f'<div role="img" aria-label="{escape(words)}" title="{escape(words)}" '
        f'style="display:flex;gap:2px">{"".join(parts)}</div>'
    )


def days_markdown(facts: pd.Series) -> str:
    """Return whose days they were as markdown, with the patterns of the bar as its legend; empty if unknown."""
    days = whose_days(facts)
    if days is None:
        return ""
    return (
        f"■ **{days.office:,} days with the Office** ({days.office_percent} %) · "
        f"▨ **{days.applicant:,} with the applicant** ({days.applicant_percent} %)"
    )


def counts_markdown(facts: pd.Series) -> str:
    """Return the counts of a history as one line of markdown; pages only where the office counts them."""
    words = [count.words for count in counts_in_words(facts)]
    words += [f"{counted(int(facts['rounds']), 'round')} answered", counted(int(facts["documents_held"]), "document")]
    if facts["pages"]:
        words.append(counted(int(facts["pages"]), "page"))
    return " · ".join(_bold_number(text) for text in words)


def _bold_number(words: str) -> str:
    """Return words that begin with a number, as markdown with that number in bold."""
    number, _, rest = words.partition(" ")
    return f"**{number}** {rest}"
