"""How the outcomes of rounds are said and drawn: told apart by colour and by dashes."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Line:
    """The line from an action to its answer, or to where it ended without one."""

    name: str
    light: str
    dark: str
    dash: str
    plain_dash: str
    """The nearest of the dashes that WebGL knows."""
    width: float


OUTCOMES: Final = {
    "on time": Line("Answered on time", "#0B7A5B", "#3CC79B", "solid", "solid", 1.6),
    "extended": Line("Answered with extension", "#C77700", "#F5B041", "solid", "solid", 1.6),
    "late": Line("Answered late", "#B3261E", "#FF8A80", "8px,3px,2px,3px", "dashdot", 1.8),
    "answered": Line("Answered", "#7A8699", "#7D8CA3", "solid", "solid", 1.3),
    "superseded": Line("Superseded", "#7B8494", "#8B95A5", "2px,3px", "dot", 1.5),
    "abandoned": Line("Unanswered", "#B3261E", "#FF8A80", "6px,4px", "dash", 1.8),
    "revived": Line("Revived", "#7E3FB0", "#C9A0F0", "6px,3px,2px,3px", "longdashdot", 1.6),
    "open": Line("Open", "#1D5FA8", "#7FB2E5", "3px,3px", "dot", 1.8),
}
"""Outcome → line, in the order of the legend. The colours stay apart for readers who confuse red and green."""
RANK: Final = 1_001
"""Where their entries in the legend begin: after those for events, which plotly ranks 1,000."""
