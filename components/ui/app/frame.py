"""What stands around every page: the banner of the sandbox, notices of the store, and the error that stops it."""

from typing import Never

import streamlit as st
from pydantic import ValidationError

from components.desk import Desk, desk
from components.rule_tables import RuleTableBroken
from components.store import StoreError
from components.ui.escape import escape_markdown

# Streamlit writes chosen options in the primary colour. On a dark background no colour is both light enough to be read
# there and dark enough behind the white words of a button (WCAG 2.2, 1.4.3), so chosen options keep the text's colour.
_CHOSEN_IN_DARK = '<style>[data-selected="true"] p { color: #e6eaf0; }</style>'


def draw_frame() -> None:
    """Draw what stands above every page, or the reason why there is no page."""
    if st.context.theme.type == "dark":
        st.html(_CHOSEN_IN_DARK)
    here = the_desk()
    if here.sandbox is not None:
        st.info(
            "**Sandbox**: no PatSnap account is connected. Real file histories of a few patents, placeholder PDFs, "
            "simulated charges. The README says how to connect an account."
        )
    if here.store.notice:
        st.warning(escape_markdown(here.store.notice.message))
        st.button("Begin afresh", key="acknowledge", on_click=here.store.acknowledge)


def the_desk() -> Desk:
    """Return the process's desk, or end the page with what to do where it cannot be opened."""
    try:
        return desk()
    except (StoreError, RuleTableBroken) as error:
        st.error(escape_markdown(error))
        if st.button("Try again", key="open_again"):
            st.rerun()
        st.stop()
    except ValidationError as error:
        _settings_wrong(error)


def _settings_wrong(error: ValidationError) -> Never:
    for line in error.errors(include_input=False, include_url=False, include_context=False):
        name = "_".join(str(part) for part in line["loc"]).upper()
        st.error(f"{escape_markdown(name or 'Settings')}: {escape_markdown(line['msg'].removeprefix('Value error, '))}")
    st.write("Correct the setting in the environment or in `.streamlit/secrets.toml`, then start the app again.")
    st.stop()
