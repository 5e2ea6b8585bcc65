"""How each category of paper is said and drawn, from the table of categories."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from components.prosecution import categories

_VARIANTS: Final = ("", "-dot", "-open-dot", "-open")
"""What is put to a symbol that another category has."""


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
    symbols = _told_apart(rows)
    places = {row["category"]: place for place, row in enumerate(rows)}
    return tuple(
        Style(
            name=row["category"],
            label=row["label"],
            short=row["short"],
            lane=row["lane"],
            symbol=symbols[row["category"]],
            light=row["colour_light"],
            dark=row["colour_dark"],
            key=row["key"],
            beside=places.get(row["beside"], -1),
        )
        for row in rows
    )


def _told_apart(rows: Sequence[Mapping[Hashable, Any]]) -> dict[str, str]:
    """Give each category a symbol that no other one of its lane has, nor one of another lane in the same colour.

    Where the table gives two categories one symbol, the later one has a dot in it.
    """
    wanted = {(row["lane"], row["symbol"]) for row in rows}
    found: dict[str, str] = {}
    taken: set[tuple[str, str]] = set()
    for row in rows:
        for variant in _VARIANTS:
            symbol = row["symbol"] + variant
            marks = {(row[name], symbol) for name in ("lane", "colour_light", "colour_dark")}
            if not marks & taken and not (variant and marks & wanted):
                break
        found[row["category"]] = symbol
        taken |= marks
    return found
