"""What categories and lanes are called on a timeline: in the words of the offices whose files are drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from components.charts.theme import category_styles
from components.prosecution import category_labels, lane_names, short_names


@dataclass(frozen=True, slots=True)
class CategoryWords:
    """The words for categories and lanes."""

    labels: Sequence[str]
    """The name of each category in the legend and in hover texts: of one office its own, of several the common one."""
    shorts: Sequence[Sequence[str]]
    """For each history what is written beside a marker of each category; its office's own words."""
    lanes: Sequence[Mapping[str, str]]
    """For each history the name of each of its lanes on the left."""


def words_of_categories(histories: pd.DataFrame | None, order: Sequence[str]) -> CategoryWords:
    """Return the words for the files that are drawn.

    Args:
        histories: rows of the `histories` table, for the offices; without them the common words are used.
        order: the keys of the histories that are drawn.
    """
    known = {} if histories is None else dict(zip(histories["history"], histories["office"].astype(str), strict=True))
    offices = [known.get(name, "US") for name in order]
    together = frozenset(offices)
    labels = category_labels(together)
    return CategoryWords(
        labels=[labels[style.name] for style in category_styles()],
        shorts=[short_names(office) for office in offices],
        lanes=[lane_names(office) for office in offices],
    )
