"""How plotly should show the figure, and what its camera saves."""

import re
from collections.abc import Mapping
from typing import Any, Final, Literal

CONFIG: Final[Mapping[str, Any]] = {
    "scrollZoom": False,
    "displaylogo": False,
    "showSendToCloud": False,
    "modeBarButtonsToRemove": ["lasso2d", "autoScale2d"],
    "toImageButtonOptions": {"format": "svg", "filename": "timeline"},
}
"""Dragging zooms in time, a double click shows all again, the wheel is left to the page, and nothing is
sent anywhere."""

_FOREIGN: Final = re.compile(r"[^A-Za-z0-9_.-]+")
_LONGEST: Final = 120


def config_for(image: Literal["svg", "png"], *, name: str) -> dict[str, Any]:
    """Give `CONFIG` with a camera that saves one format.

    Args:
        image: the format; a PNG has two pixels for each one on the screen.
        name: what the file is called, without its ending. Other characters than letters, digits and `._-` go.
    """
    clean = _FOREIGN.sub("", name).strip(".")[:_LONGEST] or "timeline"
    options: dict[str, Any] = {"format": image, "filename": clean}
    if image == "png":
        options["scale"] = 2
    buttons = list(CONFIG["modeBarButtonsToRemove"])
    return {**CONFIG, "modeBarButtonsToRemove": buttons, "toImageButtonOptions": options}
