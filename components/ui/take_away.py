"""Files to take away. They may hold private notes, so they go to their maker alone, by a route of this app.

Streamlit's own download button serves a file to anybody who has its address. It stays where the plain script runs,
which has no routes.
"""

from collections.abc import Callable
from typing import Final

import streamlit as st

from components.documents import OfferedFile, OfferedFiles, file_path
from components.ui.app.base_path import base_path
from components.ui.app.guard import require_access
from components.ui.app.lifespan import routes_are_served
from components.ui.state import offer_key

OFFERED_FILES: Final = OfferedFiles()
"""What the pages of this process offer to take away."""


def offer_file(
    label: str,
    *,
    data: Callable[[], bytes],
    file_name: str,
    mime: str,
    key: str,
    words: str = "",
    disabled: bool = False,
) -> None:
    """Draw the button that saves a file, which is made when somebody asks for it.

    Args:
        label: what stands on the button.
        data: returns the bytes; called outside of the page's session.
        file_name: under which it is saved, of `[A-Za-z0-9._-]`.
        mime: its media type.
        key: of the button, one on its page.
        words: what is said when the mouse rests on it.
        disabled: whether there is nothing to save.
    """
    if not routes_are_served():
        st.download_button(
            label,
            data=data,
            file_name=file_name,
            mime=mime,
            key=key,
            on_click="ignore",
            help=words or None,
            disabled=disabled,
        )
        return
    if disabled:  # a disabled link of Streamlit's is still a link
        st.button(label, key=key, help=words or None, disabled=True)
        return
    offer = OfferedFile(file_name, mime, data, require_access())
    # The page is drawn again and again; its link stays the same, so that an open menu or a slow click still hits it.
    token = OFFERED_FILES.offer(offer, token=st.session_state.get(offer_key(key), ""))
    st.session_state[offer_key(key)] = token
    st.link_button(label, f"{base_path()}{file_path(token)}", key=key, help=words or None)
