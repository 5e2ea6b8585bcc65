"""Handing a figure over without having each of its values looked at again."""

from typing import Any

from plotly.basedatatypes import BaseFigure


class _Ready(BaseFigure):  # type: ignore[misc]
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
    return _Ready(figure)
