"""The arguments of `st.plotly_chart`: a figure that plotly does not check again, and the options for showing it."""

import re
from collections.abc import Mapping
from typing import Any, Final, Literal

from plotly.basedatatypes import BaseFigure

PLOTLY_CONFIG: Final[Mapping[str, Any]] = {
    "scrollZoom": False,
    "displaylogo": False,
    "showSendToCloud": False,
    "modeBarButtonsToRemove": ["lasso2d", "autoScale2d"],
    "toImageButtonOptions": {"format": "svg", "filename": "timeline"},
}
"""Plotly's options: dragging zooms, a double click zooms out, the wheel scrolls the page, no button sends data away."""

_UNSAFE: Final = re.compile(r"[^A-Za-z0-9_.-]+")
_MAX_NAME_LENGTH: Final = 120


def plotly_config(image: Literal["svg", "png"], *, name: str) -> dict[str, Any]:
    """Return `PLOTLY_CONFIG` with the format and the file name for the button that saves a picture.

    Args:
        image: the format; a PNG has twice the pixels of the screen in each direction.
        name: the file name without its extension. All characters but letters, digits and `._-` are removed.
    """
    clean = _UNSAFE.sub("", name).strip(".")[:_MAX_NAME_LENGTH] or "timeline"
    options: dict[str, Any] = {"format": image, "filename": clean}
    if image == "png":
        options["scale"] = 2
    buttons = list(PLOTLY_CONFIG["modeBarButtonsToRemove"])
    return {**PLOTLY_CONFIG, "modeBarButtonsToRemove": buttons, "toImageButtonOptions": options}


class _UncheckedFigure(BaseFigure):  # type: ignore[misc]
    """A plotly figure around a dict. Plotly validates plain dicts, but asks a figure for its dict and trusts it."""

    def __init__(self, figure: dict[str, Any]) -> None:
        self._figure = figure  # without `super().__init__`, which copies and checks each value

    def to_dict(self) -> dict[str, Any]:
        """Return the dict itself, not a copy."""
        return self._figure


def unchecked(figure: dict[str, Any]) -> BaseFigure:
    """Return a figure that `st.plotly_chart` serialises without validating it.

    Plotly would check each value and copy all of them twice, which takes longer than building and serialising a
    timeline. Tests show instead that every timeline is valid.

    Args:
        figure: the result of `timeline`; it must not be changed afterwards.

    Returns:
        A figure that `st.plotly_chart` draws exactly as it would draw the dict.
    """
    return _UncheckedFigure(figure)
