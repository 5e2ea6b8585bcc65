"""Whether people log in, and who may enter."""

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from components.settings import has_login_section


def login_configured() -> bool:
    """Return whether an `[auth]` section is set, in the project's secrets file or wherever Streamlit finds one.

    May be called outside a page. When in doubt a login is assumed, so that a broken file never lets anybody in.
    """
    if has_login_section():
        return True
    try:
        return "auth" in st.secrets
    except (StreamlitSecretNotFoundError, FileNotFoundError):
        return False


def may_enter(email: str | None, *, allowed: frozenset[str]) -> bool:
    """Return whether this person is on the list; an empty list lets nobody in.

    Args:
        email: as the login provider gives it.
        allowed: lower-case addresses, and domains that begin with `@`.
    """
    if not email or email.count("@") != 1:
        return False
    email = email.lower()
    return email in allowed or email[email.index("@") :] in allowed
