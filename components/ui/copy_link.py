"""A button that copies the address of the page, which holds the whole view."""

from components.ui.script import run_script


def draw_copy_link() -> None:
    """Draw the button."""
    words = {"label": "Copy link", "done": "Copied", "failed": "Copy it from the address bar"}
    run_script("copy_link", key="copy_link", data=words, height="content")
