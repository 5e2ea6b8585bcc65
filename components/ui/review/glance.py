"""The line above the timeline: counts of a single history, and the switches of the timeline."""

import streamlit as st

from components.ui.review.measures import counts_markdown
from components.ui.review.reviewed import ReviewedHistories
from components.ui.review.timeline_view import draw_switches


def draw_glance(reviewed: ReviewedHistories) -> None:
    """Draw the counts at the left, where there is a single history, and the switches at the right."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="glance"):
        with st.container():
            if len(reviewed.headlines) == 1:
                st.markdown(f":small[{counts_markdown(reviewed.tables.histories.iloc[0])}]")
        draw_switches(reviewed)
