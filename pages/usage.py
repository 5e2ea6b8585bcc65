"""Usage: what was spent, on what, and what may have been."""

import streamlit as st

from components.ui.app.guard import require_access
from components.ui.app.page_desk import desk_or_stop
from components.ui.usage.page import draw_usage

person = require_access()

st.title("Usage", anchor=False)
desk = desk_or_stop(person)
draw_usage(desk, person)
