"""Glossary: what the document codes of each office mean, and which numbers are understood."""

import streamlit as st

from components.ui.app.guard import require_access
from components.ui.glossary import draw_glossary

require_access()

st.title("Glossary", anchor=False)
draw_glossary()
