"""How things look: the colours of both themes, the symbol of each category, the line of each outcome."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from components.prosecution import categories

_VARIANTS: Final = ("", "-dot", "-open-dot", "-open")
"""What is put to a symbol that another category has."""


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of everything that is no event: text, bands, lines."""

    dark: bool
    page: str
    """The background, as the page has it, so that a picture saved from the page can be read anywhere."""
    text: str
    muted: str
    grid: str
    band: str
    divide: str
    halo: str
    """A thin rim round filled markers, which keeps overlapping ones apart."""
    ring: str
    """Round marked events."""
    hover: str
    period: str
    """The time that an answer was due in, with extensions, and its statutory end."""
    today: str
    office: str
    """The Office's turns; `applicant` are the applicant's."""
    applicant: str

    def colour(self, of: "CategoryStyle | OutcomeStyle") -> str:
        """Return the colour of a category or an outcome."""
        return of.dark if self.dark else of.light


LIGHT: Final = Theme(
    dark=False,
    page="#ffffff",
    text="#1b2430",
    muted="#5b6675",
    grid="rgba(27,36,48,0.10)",
    band="rgba(27,36,48,0.035)",
    divide="rgba(27,36,48,0.28)",
    halo="#ffffff",
    ring="#1f4e79",
    hover="#ffffff",
    period="#8c8f96",
    today="#b3261e",
    office="#6d8fc9",
    applicant="#b58a4a",
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
    ring="#7fb2e5",
    hover="#1c232d",
    period="#7b7f88",
    today="#ff8a80",
    office="#5b82c4",
    applicant="#9a7440",
)


@dataclass(frozen=True, slots=True)
class CategoryStyle:
    """How a category is said and drawn."""

    name: str
    label: str
    short: str
    lane: str
    symbol: str
    light: str
    dark: str
    key: bool
    beside: int
    """Place of the category on whose day this one is not drawn; -1: none."""


@cache
def category_styles() -> tuple[CategoryStyle, ...]:
    """Give the styles in legend order, from the table of categories."""
    rows = categories().to_dict("records")
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
    """Give each category a symbol that no other one of its lane has, nor one of another lane in the same colour.

    Where the table gives two categories one symbol, the later one has a dot in it.
    """
    in_table = {(row["lane"], row["symbol"]) for row in rows}
    found: dict[str, str] = {}
    used: set[tuple[str, str]] = set()
    for row in rows:
        for variant in _VARIANTS:
            symbol = row["symbol"] + variant
            marks = {(row[name], symbol) for name in ("lane", "colour_light", "colour_dark")}
            if not marks & used and not (variant and marks & in_table):
                break
        found[row["category"]] = symbol
        used |= marks
    return found


@dataclass(frozen=True, slots=True)
class OutcomeStyle:
    """The line from an action to its answer, or to where it ended without one."""

    name: str
    light: str
    dark: str
    dash: str
    webgl_dash: str
    """The nearest of the dashes that WebGL knows."""
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
"""Outcome → line, in the order of the legend. The colours stay apart for readers who confuse red and green."""
FIRST_RANK: Final = 1_001
"""Where their entries in the legend begin: after those for events, which plotly ranks 1,000."""
