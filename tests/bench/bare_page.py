"""The page that the benchmarks of the Review page compare with: as little as Streamlit can show.

The address says what: `?chart=N` draws one plain chart of N points; `?first=N` a button that draws it; `?floor` a
fragment with nothing but a button and the number of its runs.
"""

import streamlit as st

from components.charts import unchecked
from tests.bench.plain_chart import plain_figure


def draw_chart(points: int) -> None:
    """Draw so many points."""
    st.plotly_chart(unchecked(plain_figure(points)), key="chart")


@st.fragment
def draw_floor() -> None:
    """Draw a button and how often this has run."""
    st.session_state["runs"] = st.session_state.get("runs", 0) + 1
    st.button("Again")
    st.markdown(f"Run {st.session_state['runs']}")


st.set_page_config(page_title="Bare", layout="wide")
if "floor" in st.query_params:
    draw_floor()
elif "first" in st.query_params:
    if st.button("Draw"):
        draw_chart(int(st.query_params["first"]))
else:
    draw_chart(int(st.query_params["chart"]))
