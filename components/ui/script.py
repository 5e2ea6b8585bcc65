"""Small scripts in the browser, for what Streamlit has no element for."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

_FOLDER = Path(__file__).parent / "scripts"
_mounted: dict[str, Callable[..., Any]] = {}


def run_script(name: str, *, key: str, data: Mapping[str, Any], height: int | str = 1) -> None:
    """Run `scripts/<name>.js` on this page; where it cannot run, the page works without.

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
