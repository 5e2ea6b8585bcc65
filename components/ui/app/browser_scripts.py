"""Small scripts in the browser, for what Streamlit has no element for. The page works without them, too."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import streamlit as st

from components.documents import WIDTHS
from components.page_texts import Box
from components.ui.app.base_path import base_path
from components.ui.state import WINDOW_WIDTH

_FOLDER = Path(__file__).parent / "scripts"
_STYLES = Path(__file__).parent / "styles"
_PAUSE_MILLISECONDS = 400
_WIDTH_SCRIPT: Final = "window_width_script"
_USUAL_WINDOW: Final = 1280
_NARROWEST, _WIDEST = 200, 20_000
"""In pixels; a browser that tells another width is not believed."""
_PAGES: Final = "page_pictures"
_BEFORE_PAGES: Final = ("page_text",)
_mounted: dict[str, Callable[..., Any]] = {}


def draw_copy_link() -> None:
    """Draw a button that copies the address of the page, which holds the whole view."""
    labels = {"label": "Copy link", "done": "Copied", "failed": "Copy it from the address bar"}
    mount_script("copy_link", key="copy_link", data=labels, height="content", width="content")


def draw_log_in(providers: Sequence[str]) -> None:
    """Draw a button for each login provider; after the login one is where the page is now."""
    buttons = [
        {
            "label": "Log in" if name == "default" else f"Log in with {name}",
            "path": f"{base_path()}/login?{urlencode({'provider': name})}",
        }
        for name in providers
    ]
    mount_script("log_in", key="log_in", data={"buttons": buttons}, height="content")


@dataclass(frozen=True, slots=True)
class OpenedPaper:
    """How the reader shows a paper."""

    title: str
    """Read out by screen readers."""
    page: int | None
    """At which it opens; `None` for its beginning."""
    find: str
    """What is marked in it; empty for nothing."""
    citation: tuple[str, str]
    """What stands before and behind the number of the page where a passage is cited."""
    stamp: str
    """Changes whenever more of it has been read: what was read is then asked for anew."""
    marked: Sequence[Box] = ()
    """The lines of a passage on that page: they are marked, and nothing is searched for at first."""
    opening: int = 0
    """Changes when a passage is opened again, which is then shown again."""


def draw_pages(path: str, opened: OpenedPaper) -> None:
    """Draw the pages of a paper of this app as pictures, one at a time, with their text and links to the PDF itself.

    They fill the window from where they stand to its end, at least 400 pixels, and scroll there. The zoom is kept from
    paper to paper, and whether the text stands beside the picture.

    Args:
        path: of the paper in this app: `/documents/<token>`, below the path at which the app is served.
        opened: how it is shown.
    """
    data = {"paper": path, "path": path, "open": path, "download": f"{path}/download", **_shown(opened)}
    mount_script(_PAGES, key=_PAGES, data=data, height="content", after=_BEFORE_PAGES)


def draw_pages_without_routes(
    draw: Callable[[int, int], Mapping[str, Any]],
    find: Callable[[str], Mapping[str, Any]],
    *,
    paper: str,
    opened: OpenedPaper,
) -> None:
    """Draw the pages of a paper where the app has no routes: each is drawn by a rerun of this part of the page.

    Args:
        draw: returns a page, by its number and its width in pixels: `url` (a `data:` address) and `pages` (how many
            there are), or `problem` (with `title` and `text`) and `pages`; and `text`, what was read on it.
        find: returns the places that match what was typed.
        paper: names the paper.
        opened: how it is shown.
    """
    told: Mapping[str, Any] = st.session_state.get(_PAGES, {})
    asked: Mapping[str, Any] = told.get("wanted") or {}
    typed: Mapping[str, Any] = told.get("find") or {}
    data: dict[str, Any] = {"paper": paper, **_shown(opened)}
    if asked.get("paper") == paper:
        drawn = draw(int(asked["page"]), int(asked["width"]))
        data["drawn"] = {**drawn, "address": asked["address"]}
    words = str(typed.get("words", "")) if typed.get("paper") == paper else opened.find.strip()
    if words:
        data["found"] = find(words)
    mount_script(
        _PAGES,
        key=_PAGES,
        data=data,
        height="content",
        after=_BEFORE_PAGES,
        on_wanted_change=_draw_anew,
        on_find_change=_draw_anew,
    )


def _shown(opened: OpenedPaper) -> dict[str, Any]:
    return {
        "title": opened.title,
        "widths": WIDTHS,
        "page": opened.page,
        "find": opened.find,
        "cite": list(opened.citation),
        "stamp": opened.stamp,
        "marked": [list(box) for box in opened.marked],
        "opening": opened.opening,
    }


def follow_typing(label: str) -> None:
    """Make the text area of this label take its text after a short pause, so that the price follows the typing.

    Streamlit's own waits for Ctrl+Enter or for the focus to leave. The script presses Ctrl+Enter for the user.
    """
    mount_script("live_box", key=f"live {label}", data={"label": label, "pause": _PAUSE_MILLISECONDS})


def watch_pane(*, on_paper: Callable[[str], None]) -> None:
    """Keep in sight what was clicked while the reader opens, changes its width and closes, and catch clicks on links.

    Args:
        on_paper: called with the path of the link to a paper that was clicked in the summary or the findings.
    """
    key = "reader_pane"
    mount_script("reader_pane", key=key, data={}, on_paper_change=lambda: _tell(key, "paper", on_paper))


def _draw_anew() -> None:
    """Do nothing: this part of the page is drawn anew because its script told a value."""


def keep_focus() -> None:
    """Give the focus of the keyboard back where an answer of the server removes or disables what had it."""
    mount_script("keep_focus", key="keep_focus", data={})


def _tell(key: str, name: str, on_value: Callable[[str], None]) -> None:
    """Hand on what a script told under this name, if it is a text."""
    value = getattr(st.session_state.get(key), name, None)
    if isinstance(value, str):
        on_value(value)


def window_width() -> int:
    """Return the width of the window in pixels without its scroll bar, to the next multiple of 8 below.

    Until a browser has told it, it is that of a small laptop.
    """
    known: int = st.session_state.get(WINDOW_WIDTH, _USUAL_WINDOW)
    return known


def watch_window_width() -> None:
    """Let the browser tell the width of the window, now and whenever it changes; what draws this is drawn anew then."""

    def keep() -> None:
        width = getattr(st.session_state.get(_WIDTH_SCRIPT), "width", None)
        if isinstance(width, int | float) and _NARROWEST <= width <= _WIDEST:
            st.session_state[WINDOW_WIDTH] = int(width)

    mount_script("window_width", key=_WIDTH_SCRIPT, data={"width": window_width()}, on_width_change=keep)


def mount_script(
    name: str,
    *,
    key: str,
    data: Mapping[str, Any],
    height: int | str = 1,
    width: int | str = "stretch",
    styled: bool = False,
    after: Sequence[str] = (),
    **callbacks: Callable[[], None],
) -> None:
    """Run `scripts/<name>.js` on this page.

    Args:
        name: of the script, a module that exports one function.
        key: of the element.
        data: what the script is given; everything in it stays text.
        height: of the element in pixels, or `content`.
        width: likewise, or `stretch`.
        styled: whether `styles/<name>.css` goes with it.
        after: names of further scripts, which stand before it in the same module and export nothing.
        callbacks: `on_<name>_change`, called when the script tells a value of that name.
    """
    if name not in _mounted:  # a component is registered once a process, and only while the app runs
        source = "\n".join((_FOLDER / f"{part}.js").read_text(encoding="utf-8") for part in (*after, name))
        style = (_STYLES / f"{name}.css").read_text(encoding="utf-8") if styled else None
        _mounted[name] = st.components.v2.component(name, js=source, css=style, isolate_styles=False)
    _mounted[name](key=key, data=dict(data), height=height, width=width, **callbacks)
