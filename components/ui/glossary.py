"""The table of document codes, searchable; below it the periods and the forms of numbers."""

import re
from collections.abc import Mapping

import pandas as pd
import streamlit as st

from components.prosecution import USUAL, category_labels, code_table, period_table
from components.ui.number_forms import draw_number_forms

_MARKS = re.compile(r"[\W_]+")
_SIDES = {"in": "Applicant", "out": "Office", "internal": "Office, internal"}


def draw_glossary() -> None:
    """Draw the search and the codes that it finds, the periods, and the forms of numbers that are understood."""
    table = code_table()
    left, right = st.columns([1, 3])
    offices = sorted(table["office"].astype(str).unique())
    with left:
        office = st.selectbox("Office", ["All", *offices], key="glossary_office")
    with right:
        find = st.text_input(
            "Find a code or a word", key="glossary_find", type="search", live="300ms", placeholder="CTNF, advisory …"
        )
    if office != "All":
        table = table[table["office"] == office]
    if find and find.strip():
        table = codes_matching(table, find.strip())
    st.caption("1 code" if len(table) == 1 else f"{len(table):,} codes")
    labels = category_labels()
    shown = table.assign(
        direction=table["direction"].map(_SIDES).fillna("Unclassified"),
        category=table["category"].astype(str).map(labels).fillna("Unclassified"),
    )[["office", "code", "name", "other_names", "direction", "category", "source"]]
    st.dataframe(
        shown.rename(
            columns={
                "office": "Office",
                "code": "Code",
                "name": "Meaning",
                "other_names": "Also called",
                "direction": "Side",
                "category": "Category",
                "source": "Source",
            }
        ),
        hide_index=True,
        height=620,
        column_config={
            "Office": st.column_config.TextColumn(width=60),
            "Code": st.column_config.TextColumn(width=110),
            "Meaning": st.column_config.TextColumn(width=330),
        },
        key="glossary",
        alt="Document codes with their meaning",
    )
    _draw_periods(labels)
    draw_number_forms()


def codes_matching(table: pd.DataFrame, words: str) -> pd.DataFrame:
    """Return the rows whose code or name contains the words, in any case and whatever marks stand between them."""
    text = table["code"] + " " + table["name"] + " " + table["other_names"].fillna("")
    matching = text.str.contains(words, case=False, regex=False)
    without_marks = _MARKS.sub(" ", words).strip()
    if without_marks:
        matching |= text.str.replace(_MARKS.pattern, " ", regex=True).str.contains(
            without_marks, case=False, regex=False
        )
    return table[matching]


def _draw_periods(labels: Mapping[str, str]) -> None:
    """Draw the rules from which due dates are computed, each with its authority."""
    with st.expander("Periods that are computed, with their authority"):
        table = period_table()
        table["category"] = table["category"].map(labels).fillna(table["category"])
        st.dataframe(
            table.rename(
                columns={
                    "office": "Office",
                    "category": "Paper",
                    "codes": "Codes",
                    "titles": "Titles with",
                    "since": "Papers from",
                    "until": "Papers until",
                    "period": "Period",
                    "runs_from": "Runs from",
                    "extension": "Extension",
                    "bar": "Statutory bar",
                    "authority": "Authority",
                    "note": "Note",
                }
            ),
            hide_index=True,
            height="content",
            key="periods",
            alt="Periods for an answer, by kind of paper",
        )
        st.caption(
            "Computed from document dates, months clamped to the month's end, the last day moved to the next working "
            "day in the District of Columbia, or to the next on which all filing offices of the EPO are open; not "
            f"legal advice. “{USUAL[:1].upper()}{USUAL[1:]}”: the paper itself names its period, which may be another. "
            "A European paper counts as notified on the tenth day after its date, since 1 November 2023 on its date "
            "(Rule 126(2) EPC). No period is computed where it depends on what a list of documents does not say."
        )
