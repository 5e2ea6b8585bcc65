"""The guard that every page calls first: nobody sees or spends anything without passing it."""

import streamlit as st

from components.access import LOCAL_PERSON, Person
from components.settings import Settings
from components.ui.app.login import login_configured, may_enter


def require_access() -> Person:
    """Let a visitor pass, or end the page here.

    Returns:
        Who visits, and what this person may do.
    """
    if not login_configured():
        return LOCAL_PERSON
    if "is_logged_in" not in st.user:
        st.title("Prosecution Review")
        st.error(
            "A login is configured, but Streamlit cannot read it. Whoever runs this app should start it in the "
            "project's folder and check `.streamlit/secrets.toml` there."
        )
        st.stop()
    if not st.user.is_logged_in:
        st.title("Prosecution Review")
        st.write("Please log in to see file histories.")
        st.button("Log in", type="primary", on_click=st.login, key="log_in")
        st.stop()
    email = st.user.get("email")
    verified = st.user.get("email_verified", True)
    if not verified or not may_enter(email if isinstance(email, str) else None, allowed=Settings().allowed_people):
        st.title("Prosecution Review")
        st.write("Your account may not enter. Ask whoever runs this app to add your address to REVIEW_ALLOW.")
        st.button("Log out", on_click=st.logout, key="log_out_refused")
        st.stop()
    address = str(email).lower()
    return Person(address, email=address, may_spend=True)
