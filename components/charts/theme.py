"""How things look: the colours of both themes, the marker of each category, the line of each outcome."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from components.charts.file_groups import GroupColour
from components.prosecution import category_table

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
