"""The page that the benchmarks compare with: all documents in one chart and one table, drawn anew at every click.

It is written as a first page is: the file is read once (`st.cache_data`), everything else runs from top to bottom.
`NAIVE_DOCUMENTS` names the CSV of the documents.
"""

import os

import pandas as pd
import plotly.express as px
import streamlit as st


@st.cache_data
def documents_of(path: str) -> pd.DataFrame:
    """Read the documents."""
    return pd.read_csv(path, parse_dates=["date"])


st.set_page_config(page_title="Documents", layout="wide")
documents = documents_of(os.environ["NAIVE_DOCUMENTS"])
chosen = st.multiselect("Document codes", sorted(documents["code"].unique()), key="filter_codes")
shown = documents[documents["code"].isin(chosen)] if chosen else documents
figure = px.scatter(
    shown, x="date", y="category", color="side", symbol="side", hover_data=["code", "description", "pages", "round"]
)
st.plotly_chart(figure, key="timeline")
st.markdown(f"**{len(shown):,} documents**")
st.dataframe(shown, hide_index=True, column_config={"link": st.column_config.LinkColumn(display_text="Open PDF")})
