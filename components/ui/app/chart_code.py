"""The browser's code for charts and tables, fetched before it is needed: Streamlit loads it with the first chart alone.

It is some six megabytes, most of it plotly's. Which files hold it says the list of files that Streamlit is built with;
where that is missing or written otherwise nothing is fetched ahead, and the page works as it does without.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import streamlit as st

from components.ui.app.browser_scripts import mount_script

_MANIFEST: Final = Path(st.__file__).parent / "static" / "manifest.json"
_ENTRY: Final = "index.html"
_ELEMENTS: Final = (
    "PlotlyChart",
    "DataFrame",
    "Multiselect",
    "Selectbox",
    "DateInput",
    "TextInput",
    "Checkbox",
    "ButtonGroup",
)
"""Elements of a review that the empty page has not, by the names of their files; the one that takes longest first."""


@dataclass(frozen=True, slots=True)
class ChartCode:
    """The files of that code, relative to the address of the app: `static/js/PlotlyChart.D9Z0_fxz.js`."""

    parts: tuple[str, ...] = ()
    """What is started, in this order; each brings what it imports."""
    files: tuple[str, ...] = ()
    """All files that the page has not loaded with its own code; the largest are among the first."""


def fetch_chart_code() -> None:
    """Have the browser fetch the code of charts and tables, once in a visit, when it has nothing else to do."""
    code = chart_code()
    if code.parts:
        mount_script("chart_code", key="chart_code", data={"parts": list(code.parts), "files": list(code.files)})


@cache
def chart_code(manifest: Path = _MANIFEST) -> ChartCode:
    """Return the files of the code of charts and tables.

    Args:
        manifest: Streamlit's list of its files, as Vite writes it. Nothing is returned where it is missing or unlike.
    """
    try:
        listed = json.loads(manifest.read_text(encoding="utf-8"))
        wanted = [key for name in _ELEMENTS for key, entry in listed.items() if entry.get("name") == name]
        present = _with_imports([_ENTRY], listed)
        files = {key: str(listed[key]["file"]) for key in _with_imports(wanted, listed) if key not in present}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return ChartCode()
    return ChartCode(tuple(files[key] for key in wanted if key in files), tuple(files.values()))


def _with_imports(keys: Iterable[str], listed: Mapping[str, Mapping[str, Any]]) -> dict[str, None]:
    """Return keys and those of all that they import when they are loaded, in the order in which they are found."""
    found: dict[str, None] = {}
    waiting = list(keys)
    while waiting:
        key = waiting.pop(0)
        if key not in found:
            found[key] = None
            waiting.extend(listed[key].get("imports", ()))
    return found
