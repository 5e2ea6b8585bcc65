"""The desk for a page, or the reason why there is none and what to do."""

from typing import Never

import streamlit as st
from pydantic import ValidationError

from components.access import Person
from components.desk import Desk, desk
from components.rule_tables import RuleTableBroken
from components.settings import setting_problems
from components.store import StoreError
from components.ui.escape import escape_markdown


def desk_or_stop(person: Person) -> Desk:
    """Return the desk of a person's workspace, or end the page with what to do where it cannot be opened."""
    try:
        return desk().for_workspace(person.workspace)
    except (StoreError, RuleTableBroken) as error:
        st.error(escape_markdown(error))
        if st.button("Try again", key="open_again"):
            st.rerun()
        st.stop()
    except ValidationError as error:
        _stop_for_wrong_settings(error)


def _stop_for_wrong_settings(error: ValidationError) -> Never:
    for problem in setting_problems(error):
        st.error(escape_markdown(problem))
    st.write("Correct the setting in the environment or in `.streamlit/secrets.toml`, then start the app again.")
    st.stop()
