"""Small scripts in the browser, for what Streamlit has no element for. The page works without them, too."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from components.ui.app.base_path import base_path

_FOLDER = Path(__file__).parent / "scripts"
_PAUSE_MILLISECONDS = 400
_mounted: dict[str, Callable[..., Any]] = {}


def draw_copy_link() -> None:
    """Draw a button that copies the address of the page, which holds the whole view."""
    labels = {"label": "Copy link", "done": "Copied", "failed": "Copy it from the address bar"}
    _mount_script("copy_link", key="copy_link", data=labels, height="content")


def draw_log_in(providers: Sequence[str]) -> None:
    """Draw a button for each login provider; after the login one is where the page is now."""
    buttons = [
        {
            "label": "Log in" if name == "default" else f"Log in with {name}",
            "path": f"{base_path()}/login?{urlencode({'provider': name})}",
        }
        for name in providers
    ]
    _mount_script("log_in", key="log_in", data={"buttons": buttons}, height="content")


def draw_pdf(path: str, *, title: str, height: int) -> None:
    """Draw a PDF of this app in the browser's own viewer.

    Args:
        path: of the PDF in this app, with the parameters of the viewer after `#`.
        title: of the frame, read out by screen readers.
        height: of the frame in pixels.
    """
    _mount_script("pdf_frame", key="reader_frame", data={"path": path, "title": title, "height": height}, height=height)


def follow_typing(label: str) -> None:
    """Make the text area of this label take its text after a short pause, so that the price follows the typing.

    Streamlit's own waits for Ctrl+Enter or for the focus to leave. The script presses Ctrl+Enter for the user.
    """
    _mount_script("live_box", key=f"live {label}", data={"label": label, "pause": _PAUSE_MILLISECONDS})


def _mount_script(name: str, *, key: str, data: Mapping[str, Any], height: int | str = 1) -> None:
    """Run `scripts/<name>.js` on this page.

    Args:
        name: of the script, a module that exports one function.
        key: of the element.
        data: what the script is given; everything in it stays text.
        height: of the element in pixels, or `content`.
    """
    if name not in _mounted:  # a component is registered once a process, and only while the app runs
        source = (_FOLDER / f"{name}.js").read_text(encoding="utf-8")
        _mounted[name] = st.components.v2.component(name, js=source, isolate_styles=False)
    _mounted[name](key=key, data=dict(data), height=height)
