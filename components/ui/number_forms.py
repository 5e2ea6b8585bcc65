"""The forms of numbers that are understood, office by office."""

import pandas as pd
import streamlit as st

from components.numbers import KnownForm, known_forms

_ALL = "All"


def draw_number_forms() -> None:
    """Draw the forms in which numbers are understood, each with an example and its source."""
    with st.expander("Numbers that are understood"):
        forms = known_forms()
        offices = sorted({f"{form.office} · {form.name}" for form in forms})
        chosen = st.selectbox("Office of the numbers", [_ALL, *offices], key="forms_office")
        shown = [form for form in forms if chosen in (_ALL, f"{form.office} · {form.name}")]
        st.caption("1 form" if len(shown) == 1 else f"{len(shown):,} forms")
        st.dataframe(
            _table(shown),
            hide_index=True,
            height=430,
            column_config={
                "Office": st.column_config.TextColumn(width=60),
                "Name": st.column_config.TextColumn(width=120),
                "Number of": st.column_config.TextColumn(width=170),
                "Example": st.column_config.TextColumn(width=160),
                "Read as": st.column_config.TextColumn(width=150),
                "Note": st.column_config.TextColumn(width=240),
            },
            key="forms",
            alt="Forms of numbers that are understood, with an example of each",
        )
        st.caption(
            "Blanks, hyphens, capitals, words such as “Patent No.” and zeros before a number make no difference. "
            "Digits behind the code of any other office are asked for as they stand. What has two meanings is asked "
            "about, and what is not known here is refused with the reason. The service covers every office but China; "
            "forms whose source says “unconfirmed” were not found in print. The examples show spellings: not each is "
            "the number of a file that the service or the sandbox holds."
        )


def _table(forms: list[KnownForm]) -> pd.DataFrame:
    """Return the forms as rows, by the headings of their columns."""
    return pd.DataFrame(
        [
            {
                "Office": form.office,
                "Name": form.name,
                "Number of": form.what[:1].upper() + form.what[1:],
                "Example": form.example,
                "Read as": form.reads or "Refused",
                "Note": form.note,
                "Source": form.source,
            }
            for form in forms
        ]
    )
