"""The script behind every address: frame and navigation.

It stands here, not beside `pages/`, because Streamlit serves a `pages/` folder beside its entry script on its own:
a deep link on a fresh process would then open a page past this script.
"""

import streamlit as st

from components.ui.frame import draw_frame
from components.ui.guard import require_access

st.set_page_config(page_title="Prosecution Review", page_icon="📑", layout="wide")
page = st.navigation(
    [
        st.Page("../../pages/review.py", title="Review", url_path="review", default=True),
        st.Page("../../pages/portfolio.py", title="Portfolio", url_path="portfolio"),
        st.Page("../../pages/usage.py", title="Usage", url_path="usage"),
        st.Page("../../pages/glossary.py", title="Glossary", url_path="glossary"),
    ],
    position="top",
)
require_access()
draw_frame()
page.run()
