"""How things look: the colours of both themes, the marker of each category, the line of each outcome."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from components.charts.file_groups import GroupColour
from components.prosecution import category_table

_EVENT_SIZE: Final = 12.5
"""Size of the marker of a key event, in pixels."""
_PAPER_SIZE: Final = 8.5
"""Size of the marker of any other paper."""
_IN_COMPACT: Final = 0.73
"""By how much markers of the compact form are smaller."""
_WEIGHT: Final = {
    "octagon": 1.13,
    "diamond": 1.08,
    "star": 1.12,
    "star-diamond": 1.1,
    "bowtie": 1.1,
    "hourglass": 1.05,
    "circle": 0.92,
    "square": 0.88,
    "star-square": 0.95,
    "star-triangle-up": 0.9,
    "triangle-up": 1.08,
    "triangle-down": 1.08,
}
"""Factors that make plotly's symbols look equally large; 1 for all others."""
_EXTENTS: Final = {
    "asterisk": (1.2, 1.2),
    "cross": (1.2, 1.2),
    "diamond": (1.3, 1.3),
    "diamond-cross": (1.3, 1.3),
    "diamond-tall": (0.7, 1.4),
    "diamond-wide": (1.4, 0.7),
    "hexagram": (1.15, 1.32),
    "line-ew": (1.4, 0.2),
    "line-ns": (0.2, 1.4),
    "octagon": (0.92, 0.92),
    "star": (1.33, 1.4),
    "star-diamond": (1.4, 1.4),
    "star-square": (1.1, 1.1),
    "star-triangle-up": (1.4, 1.6),
    "triangle-down": (1.16, 1.0),
    "triangle-left": (1.0, 1.16),
    "triangle-ne": (1.2, 1.2),
    "triangle-nw": (1.2, 1.2),
    "triangle-right": (1.0, 1.16),
    "triangle-sw": (1.2, 1.2),
    "triangle-up": (1.16, 1.0),
    "x": (1.13, 1.13),
    "y-up": (1.2, 1.6),
}
"""How wide and high plotly draws a symbol of size 1: twice what it reaches from its middle on the side where it reaches
farther, measured in a browser. 1 for all others."""
_VARIANTS: Final = ("", "-dot", "-open-dot", "-open")
"""What is appended to the name of a plotly symbol that another category already has."""


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of a light or dark figure, other than those of categories and outcomes."""

    dark: bool
    page: str
    """The background, the same as that of the page; a saved picture has it too and can be read anywhere."""
    text: str
    muted: str
    """Less important text."""
    grid: str
    band: str
    """Behind every other lane."""
    divide: str
    """Lines between the Office's lanes and the applicant's."""
    halo: str
    """A thin rim round filled markers, so that overlapping ones can be told apart."""
    hover: str
    """The background of hover texts."""
    period: str
    """The strips for the time to answer."""
    today: str
    office: str
    """The bars of the Office's turns."""
    applicant: str
    """The bars of the applicant's turns."""
    charged: str
    """The bars of what was charged; like the next, at least 3 : 1 against the page (WCAG 2.2, 1.4.11)."""
    uncertain: str
    """The hatched bars of what may have been charged."""

    def colour(self, style: "CategoryStyle | OutcomeStyle") -> str:
        """Return the colour of a category or an outcome in this theme."""
        return style.dark if self.dark else style.light

    def of_group(self, colour: GroupColour) -> str:
        """Return the colour of a group of files in this theme."""
        return colour.dark if self.dark else colour.light


LIGHT: Final = Theme(
    dark=False,
    page="#ffffff",
    text="#1b2430",
    muted="#5b6675",
    grid="rgba(27,36,48,0.10)",
    band="rgba(27,36,48,0.035)",
    divide="rgba(27,36,48,0.28)",
    halo="#ffffff",
    hover="#ffffff",
    period="#8c8f96",
    today="#b3261e",
    office="#6d8fc9",
    applicant="#b58a4a",
    charged="#1f4e79",
    uncertain="#b45309",
)
DARK: Final = Theme(
    dark=True,
    page="#12171e",
    text="#e6eaf0",
    muted="#9aa6b5",
    grid="rgba(230,234,240,0.11)",
    band="rgba(230,234,240,0.045)",
    divide="rgba(230,234,240,0.30)",
    halo="#12171e",
    hover="#1c232d",
    period="#7b7f88",
    today="#ff8a80",
    office="#5b82c4",
    applicant="#9a7440",
    charged="#7fb2e5",
    uncertain="#e0a458",
)


@dataclass(frozen=True, slots=True)
class CategoryStyle:
    """How a category of papers is named and drawn: a row of the table of categories."""

    name: str
    """The category itself, such as `final_rejection`."""
    label: str
    """Its name in the legend."""
    short: str
    """Its name beside a marker; may be empty."""
    lane: str
    symbol: str
    """Plotly's name of the marker symbol."""
    light: str
    """Colour in the light theme."""
    dark: str
    """Colour in the dark theme."""
    key: bool
    """Whether its papers are key events."""
    beside: int
    """Index of the category that it only accompanies when both are of one day; -1 for none."""

    @property
    def outlined(self) -> bool:
        """Whether its marker is an outline rather than filled."""
        return "-open" in self.symbol

    @property
    def _shape(self) -> str:
        return self.symbol.removesuffix("-dot").removesuffix("-open")

    def size(self, *, compact: bool) -> float:
        """Return the size of its marker as plotly counts it, in pixels."""
        size = (_EVENT_SIZE if self.key else _PAPER_SIZE) * _WEIGHT.get(self._shape, 1.0)
        size *= 0.86 if self.outlined and self.key else 1.0
        return round(size * (_IN_COMPACT if compact else 1.0), 1)

    def reach(self, *, compact: bool) -> tuple[float, float]:
        """Return how far its marker reaches from its middle to the sides, and up or down, in pixels."""
        width, height = _EXTENTS.get(self._shape, (1.0, 1.0))
        half = self.size(compact=compact) / 2
        return width * half, height * half


@cache
def category_styles() -> tuple[CategoryStyle, ...]:
    """Return the styles of all categories in the order of the legend, which is that of the table of categories."""
    rows = category_table().to_dict("records")
    symbols = _distinct_symbols(rows)
    index = {row["category"]: number for number, row in enumerate(rows)}
    return tuple(
        CategoryStyle(
            name=row["category"],
            label=row["label"],
            short=row["short"],
            lane=row["lane"],
            symbol=symbols[row["category"]],
            light=row["colour_light"],
            dark=row["colour_dark"],
            key=row["key"],
            beside=index.get(row["beside"], -1),
        )
        for row in rows
    )


def _distinct_symbols(rows: Sequence[Mapping[Hashable, Any]]) -> dict[str, str]:
    """Return a symbol for each category that no other in its lane has, nor another of the same colour elsewhere.

    If the table has one symbol for two such categories, the later one gets a variant of it, for example with a dot.
    """
    in_table = {(row["lane"], row["symbol"]) for row in rows}
    symbols: dict[str, str] = {}
    used: set[tuple[str, str]] = set()
    for row in rows:
        for variant in _VARIANTS:
            symbol = row["symbol"] + variant
            marks = {(row[name], symbol) for name in ("lane", "colour_light", "colour_dark")}
            if not marks & used and not (variant and marks & in_table):
                break
        symbols[row["category"]] = symbol
        used |= marks
    return symbols


@dataclass(frozen=True, slots=True)
class OutcomeStyle:
    """How the lines of rounds with one outcome are named and drawn."""

    name: str
    """Its name in the legend."""
    light: str
    """Colour in the light theme."""
    dark: str
    """Colour in the dark theme."""
    dash: str
    """Plotly's dash pattern for SVG."""
    webgl_dash: str
    """The most similar of the patterns that plotly has for WebGL."""
    width: float


OUTCOMES: Final = {
    "on time": OutcomeStyle("Answered on time", "#0B7A5B", "#3CC79B", "solid", "solid", 1.6),
    "extended": OutcomeStyle("Answered with extension", "#C77700", "#F5B041", "solid", "solid", 1.6),
    "late": OutcomeStyle("Answered late", "#B3261E", "#FF8A80", "8px,3px,2px,3px", "dashdot", 1.8),
    "answered": OutcomeStyle("Answered", "#7A8699", "#7D8CA3", "solid", "solid", 1.3),
    "superseded": OutcomeStyle("Superseded", "#7B8494", "#8B95A5", "2px,3px", "dot", 1.5),
    "abandoned": OutcomeStyle("Unanswered", "#B3261E", "#FF8A80", "6px,4px", "dash", 1.8),
    "revived": OutcomeStyle("Revived", "#7E3FB0", "#C9A0F0", "6px,3px,2px,3px", "longdashdot", 1.6),
    "open": OutcomeStyle("Open", "#1D5FA8", "#7FB2E5", "3px,3px", "dot", 1.8),
}
"""Outcome → line, in the order of the legend. The colours differ for readers who confuse red and green, too."""
FIRST_RANK: Final = 1_001
"""Rank of the first outcome in the legend: after the categories, which have plotly's default rank of 1,000."""


@dataclass(frozen=True, slots=True)
class CellStyle:
    """How the cells of the grid of grounds with one state are named and drawn."""

    name: str
    """Its name in the legend."""
    light: str
    """Colour of the ground of the cell in the light theme: pale, so that the text on it can be read."""
    dark: str
    light_edge: str
    """Colour of its rim and its hatching in the light theme, at least 3 : 1 against the page (WCAG 2.2, 1.4.11)."""
    dark_edge: str
    hatch: str = ""
    """Plotly's hatching, for states that say that something is not known; empty for a plain ground."""

    def fill(self, theme: Theme) -> str:
        """Return the colour of the ground of a cell in a theme."""
        return self.dark if theme.dark else self.light

    def edge(self, theme: Theme) -> str:
        """Return the colour of the rim of a cell in a theme."""
        return self.dark_edge if theme.dark else self.light_edge


CELL_STATES: Final[Mapping[str, CellStyle]] = {
    "rejected": CellStyle("Rejected", "#F8D3CC", "#5A2723", "#B3261E", "#FF8A80"),
    "objected": CellStyle("Objected to", "#FBE9BF", "#4A3A12", "#8A5A00", "#E0A458"),
    "allowed": CellStyle("Allowed", "#CFE3F7", "#1B3E63", "#1D5FA8", "#7FB2E5"),
    "restricted": CellStyle("Restricted", "#D6EDE4", "#143F35", "#0B7A5B", "#3CC79B"),
    "withdrawn": CellStyle("Withdrawn", "#E6E1F1", "#372F50", "#6B4FA0", "#B9A5E8"),
    "cancelled": CellStyle("Cancelled", "#E1E5EA", "#2B323C", "#5B6675", "#9AA6B5"),
    "pending": CellStyle("Pending, nothing said", "#FFFFFF", "#12171E", "#7B8494", "#8B95A5"),
    "not pending": CellStyle("Not pending", "#F6F7F9", "#171D25", "#7B8494", "#8B95A5"),
    "not known": CellStyle("Not known", "#FFFFFF", "#12171E", "#7A5A1E", "#B08A4A", "/"),
    "not read": CellStyle("Action not read", "#FFFFFF", "#12171E", "#5B6675", "#9AA6B5", "x"),
}
"""State of a cell → how it is drawn, in the order of the legend. It stands in the cell in words, too: nothing hangs on
colour."""
