"""How a figure is handed over: as it is, and with the options that say how plotly shows and saves it."""

import re
from collections.abc import Mapping
from typing import Any, Final, Literal

from plotly.basedatatypes import BaseFigure

CONFIG: Final[Mapping[str, Any]] = {
    "scrollZoom": False,
    "displaylogo": False,
    "showSendToCloud": False,
    "modeBarButtonsToRemove": ["lasso2d", "autoScale2d"],
    "toImageButtonOptions": {"format": "svg", "filename": "timeline"},
}
"""Dragging zooms in time, a double click shows all again, the wheel is left to the page, and nothing is
sent anywhere."""

_UNSAFE: Final = re.compile(r"[^A-Za-z0-9_.-]+")
_MAX_NAME_LENGTH: Final = 120


def config_for(image: Literal["svg", "png"], *, name: str) -> dict[str, Any]:
    """Give `CONFIG` with a camera that saves one format.

    Args:
        image: the format; a PNG has two pixels for each one on the screen.
        name: what the file is called, without its ending. Other characters than letters, digits and `._-` go.
    """
    clean = _UNSAFE.sub("", name).strip(".")[:_MAX_NAME_LENGTH] or "timeline"
    options: dict[str, Any] = {"format": image, "filename": clean}
    if image == "png":
        options["scale"] = 2
    buttons = list(CONFIG["modeBarButtonsToRemove"])
    return {**CONFIG, "modeBarButtonsToRemove": buttons, "toImageButtonOptions": options}


class _UncheckedFigure(BaseFigure):  # type: ignore[misc]
    """A figure for plotly's own functions, which ask a figure for its dict and check only what is none."""

    def __init__(self, figure: dict[str, Any]) -> None:
        self._figure = figure  # the base would copy and check each value

    def to_dict(self) -> dict[str, Any]:
        """Give the figure as it is."""
        return self._figure


def ready(figure: dict[str, Any]) -> BaseFigure:
    """Wrap a figure that is known to be valid, so that `st.plotly_chart` serialises it at once.

    Plotly would look at each value and copy all of them twice, which takes longer than making and writing a timeline.
    That every timeline is valid is shown by tests instead.

    Args:
        figure: what `timeline` gave. It must not be changed afterwards.

    Returns:
        What `st.plotly_chart` takes in place of the dict, to the same effect.
    """
    return _UncheckedFigure(figure)
