"""Portfolio: all file histories held here, side by side."""

import streamlit as st

from components.ui.app.guard import require_access
from components.ui.app.page_desk import desk_or_stop
from components.ui.portfolio import draw_portfolio

person = require_access()

st.title("Portfolio", anchor=False)
desk = desk_or_stop(person)
draw_portfolio(desk, person)
