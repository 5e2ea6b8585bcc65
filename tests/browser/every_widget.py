"""A page of its own that draws hostile texts in every widget that reads markdown. `test_foreign_text.py` starts it.

Each widget has a container with its name, in which its texts stand in their order, a harmless one first: it shows what
the widget itself puts around a text.
"""

import os
from collections.abc import Callable, Sequence
from typing import Any, Final

import streamlit as st

from components.ui.escape import escape_markdown
from tests.browser.hostile_texts import BETWEEN, HARMLESS, hostile_texts

Draw = Callable[[str, str], Any]
"""Draws one text, in a widget with this key."""
DrawAll = Callable[[Sequence[str]], Any]


def _bare(element: Callable[..., Any], shape: str = "{}", **more: Any) -> Draw:
    return lambda text, _: element(shape.replace("{}", text), **more)


def _labelled(widget: Callable[..., Any], *before: Any, **more: Any) -> Draw:
    return lambda text, key: widget(text, *before, key=key, **more)


def _options(widget: Callable[..., Any]) -> DrawAll:
    """Draw texts as the options of one widget."""
    return lambda texts: widget("x", range(len(texts)), format_func=lambda index: texts[index], key=widget.__name__)


def _tabs(texts: Sequence[str]) -> None:
    st.tabs(list(texts))


def _radio(texts: Sequence[str]) -> None:
    st.radio("x", range(len(texts)), format_func=lambda index: texts[index], captions=texts)


def _table(texts: Sequence[str]) -> None:
    st.table({"x": list(texts)}, hide_index=True, hide_header=True)


HERE: Final = st.Page(lambda: None, title="Here", url_path="here")
ONE_BY_ONE: Final[dict[str, Draw]] = {
    "markdown": _bare(st.markdown),
    "write": _bare(st.write),
    "caption": _bare(st.caption),
    "small": _bare(st.markdown, ":small[{}]"),
    "coloured": _bare(st.markdown, ":orange[{}]"),
    "bold": _bare(st.markdown, "**{}**"),
    "after_bold": _bare(st.markdown, "**Name**: {}"),
    "item": _bare(st.markdown, "- {}"),
    "numbered": _bare(st.markdown, "1. {}"),
    "link": _bare(st.markdown, "[{}](/here)"),
    "tip": _bare(st.markdown, '[tip](/here "{}")'),
    "after_icon": _bare(st.markdown, ":material/check: {}"),
    "after_time": _bare(st.markdown, "at 07:08:09: {}"),
    "title": _bare(st.title, anchor=False),
    "subheader": _bare(st.subheader, anchor=False),
    "error": _bare(st.error, "Error {}"),
    "alert_title": lambda text, _: st.error("x", title=text),
    "badge": _bare(st.badge),
    "button": _labelled(st.button),
    "expander": lambda text, _: st.expander(text),
    "checkbox": _labelled(st.checkbox),
    "metric": lambda text, _: st.metric(text, text, delta=text, delta_arrow="off", delta_description=text),
    "progress": lambda text, _: st.progress(0.5, text=text),
}
"""Drawn once for each text; from `small` to `after_time` in the ways in which the app writes around a text."""
IN_ONE: Final[dict[str, DrawAll]] = {
    "radio": _radio,
    "pills": _options(st.pills),
    "segmented_control": _options(st.segmented_control),
    "tabs": _tabs,
    "table": _table,
}
"""Drawn once, with all texts."""
LABELS: Final[dict[str, Draw]] = {
    "link_button": lambda text, _: st.link_button(text, "/here"),
    "download": _labelled(st.download_button, b""),
    "page_link": lambda text, _: st.page_link(HERE, label=text),
    "popover": lambda text, _: st.popover(text),
    "text_input": _labelled(st.text_input),
    "text_area": _labelled(st.text_area),
    "number_input": _labelled(st.number_input),
    "date_input": _labelled(st.date_input),
    "selectbox": _labelled(st.selectbox, ["x"]),
    "multiselect": _labelled(st.multiselect, ["x"]),
    "pills_label": _labelled(st.pills, ["x"]),
    "upload": _labelled(st.file_uploader),
    "status": lambda text, _: st.status(text, state="complete"),
    "menu": _labelled(st.menu_button, ["x"]),
    "toggle": _labelled(st.toggle),
}
"""Drawn once, with all texts in one label: these are slow to draw."""


def draw_lasting(texts: Sequence[str]) -> None:
    """Draw what stands on a page as long as the page does."""
    st.navigation([HERE], position="hidden").run()
    for name, draw in ONE_BY_ONE.items():
        with st.container(key=f"sink_{name}", gap=None):
            for index, text in enumerate(texts):
                draw(text, f"{name} {index}")
    for name, draw_all in IN_ONE.items():
        with st.container(key=f"sink_{name}"):
            draw_all(texts)
    for name, draw in LABELS.items():
        with st.container(key=f"sink_label_{name}"):
            draw(BETWEEN.join(texts), name)


def draw_passing(texts: Sequence[str]) -> None:
    """Draw what comes and goes, and the names of pages."""
    pages = [st.Page(lambda: None, title=text, url_path=f"page_{index}") for index, text in enumerate(texts)]
    st.navigation(pages, expanded=True).run()
    st.button("Help", help="\n\n".join(texts))
    st.toast("\n\n".join(texts), duration="infinite")
    if st.button("Dialog"):
        st.dialog(BETWEEN.join(texts))(lambda: st.write("x"))()


texts = [escape_markdown(text) for text in (HARMLESS, *hostile_texts(os.environ["LISTENER"]))]
(draw_passing if "passing" in st.query_params else draw_lasting)(texts)
with st.container(key="drawn_to_the_end"):
    st.write("x")
