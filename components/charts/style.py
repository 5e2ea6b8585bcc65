"""How each category of paper is said and drawn, from the table of categories."""

from dataclasses import dataclass
from functools import cache

from components.prosecution import categories


@dataclass(frozen=True, slots=True)
class Style:
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
def styles() -> tuple[Style, ...]:
    """Give the styles in legend order, from the table of categories."""
    rows = categories().to_dict("records")
    places = {row["category"]: place for place, row in enumerate(rows)}
    return tuple(
        Style(
            name=row["category"],
            label=row["label"],
            short=row["short"],
            lane=row["lane"],
            symbol=row["symbol"],
            light=row["colour_light"],
            dark=row["colour_dark"],
            key=row["key"],
            beside=places.get(row["beside"], -1),
        )
        for row in rows
    )
