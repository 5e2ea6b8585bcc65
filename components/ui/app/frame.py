"""What stands around every page: sandbox banner, notices of the store, the error that stops a page, the version."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Final, Never

import streamlit as st
from pydantic import ValidationError

from components.desk import Desk, desk
from components.rule_tables import RuleTableBroken
from components.store import StoreError
from components.ui.escape import escape_markdown

_PROJECT_FILE: Final = Path(__file__).resolve().parents[3] / "pyproject.toml"
# Streamlit writes chosen options in the primary colour. On a dark background no colour is both light enough to be read
# there and dark enough behind the white words of a button (WCAG 2.2, 1.4.3), so chosen options keep the text's colour.
_CHOSEN_IN_DARK: Final = '<style>[data-selected="true"] p { color: #e6eaf0; }</style>'


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


def draw_foot() -> None:
    """Draw the version below a page."""
    st.caption(f"Prosecution Review {version()}")


@cache
def version() -> str:
    """Return the version of the app, which stands in `pyproject.toml`; `CHANGELOG.md` says what it brought."""
    return str(tomllib.loads(_PROJECT_FILE.read_text(encoding="utf-8"))["project"]["version"])


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
