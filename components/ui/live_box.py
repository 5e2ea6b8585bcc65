"""Lets a text area take what is typed after a short pause, so that feedback and price follow the typing.

Streamlit's own text area waits for Ctrl+Enter or for the focus to leave. This presses Ctrl+Enter for the user; where
the script cannot run, the text area works as Streamlit made it.
"""

import streamlit as st

_PAUSE_MILLISECONDS = 400
_SCRIPT = """
export default function (component) {
  const { label, pause } = component.data;
  const root = component.parentElement.ownerDocument;
  let timer = 0;
  const typed = (event) => {
    const box = event.target;
    if (box.tagName !== "TEXTAREA" || box.getAttribute("aria-label") !== label) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      const keys = { key: "Enter", ctrlKey: true, bubbles: true, cancelable: true };
      box.dispatchEvent(new KeyboardEvent("keydown", keys));
    }, pause);
  };
  root.addEventListener("input", typed);
  return () => {
    clearTimeout(timer);
    root.removeEventListener("input", typed);
  };
}
"""
_component = None


def follow_typing(label: str) -> None:
    """Make the text area of this label take its text while somebody types into it."""
    global _component  # noqa: PLW0603 - a component is registered once a process, and only while the app runs
    if _component is None:
        _component = st.components.v2.component("live_box", js=_SCRIPT, isolate_styles=False)
    _component(key=f"live {label}", data={"label": label, "pause": _PAUSE_MILLISECONDS}, height=1)
