"""The script behind every address: frame and navigation.

`app.py` puts the ASGI app around it. A host that can only start plain scripts starts this one; then PDFs are missing.

It stands here, not beside `pages/`, because Streamlit serves a `pages/` folder beside its entry script on its own:
a deep link on a fresh process would then open a page past this script.
"""

import sys
from pathlib import Path

import streamlit as st

# Started alone, Streamlit looks for modules beside this script only. First, so that no other `components` comes before.
_ROOT = str(Path(__file__).resolve().parents[2])
if _ROOT not in sys.path:
    sys.path.insert(0, _ROOT)

from components.ui.app.guard import require_access  # noqa: E402
from components.ui.app.page_frame import draw_page_foot, draw_page_header, run_page  # noqa: E402
from components.ui.app.plain_script import prepare_plain_script  # noqa: E402

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
prepare_plain_script()
with st.container(key="page", gap="xsmall"):
    desk = draw_page_header(require_access())
    run_page(page.run)
    draw_page_foot(in_sandbox=desk.sandbox is not None)
