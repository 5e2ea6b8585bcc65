"""Lets a text area take what is typed after a short pause, so that feedback and price follow the typing.

Streamlit's own text area waits for Ctrl+Enter or for the focus to leave. The script presses Ctrl+Enter for the user;
where it cannot run, the text area works as Streamlit made it.
"""

from components.ui.script import run_script

_PAUSE_MILLISECONDS = 400


def follow_typing(label: str) -> None:
    """Make the text area of this label take its text while somebody types into it."""
    run_script("live_box", key=f"live {label}", data={"label": label, "pause": _PAUSE_MILLISECONDS})
