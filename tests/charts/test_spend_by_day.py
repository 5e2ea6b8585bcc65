"""The picture of what was spent by day."""

from datetime import date

import pandas as pd
import plotly.graph_objects as go
import pytest

from components.charts import spend_by_day
from components.charts.theme import DARK, LIGHT

DAYS = pd.DataFrame(
    {
        "day": [date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 26)],
        "charged": [12, 0, 1],
        "uncertain": [3, 0, 0],
        "words": ["24 Nov 2026: 12 charged", "<b>25</b>", "26 Nov 2026: 1 charged"],
    }
)


@pytest.mark.parametrize("dark", [False, True])
def test_plotly_takes_it(dark: bool) -> None:
    """In both themes: a bar for each day and state, none where there was nothing."""
    figure = spend_by_day(DAYS, dark=dark)
    go.Figure(figure)
    charged, uncertain = figure["data"]
    assert charged["x"] == uncertain["x"] == ["2026-11-24", "2026-11-25", "2026-11-26"]
    assert (charged["y"], uncertain["y"]) == ([12, None, 1], [3, None, None])


def test_states_are_told_apart_without_colour() -> None:
    """What may have been charged is hatched and named."""
    charged, uncertain = spend_by_day(DAYS, dark=False)["data"]
    assert "pattern" not in charged["marker"]
    assert uncertain["marker"]["pattern"]["shape"]
    assert [charged["name"], uncertain["name"]] == ["Charged", "May have been charged"]


def test_words_stay_text() -> None:
    """Plotly reads some HTML."""
    assert spend_by_day(DAYS, dark=False)["data"][0]["hovertext"][1] == "&lt;b&gt;25&lt;/b&gt;"


@pytest.mark.parametrize(("most", "step"), [(0, 1), (1, 1), (5, 1), (6, 2), (30, 10), (99, 20), (4_000, 1_000)])
def test_ticks_are_whole_numbers(most: int, step: int) -> None:
    """Nobody is charged a half; an axis has at most five ticks above nought."""
    days = DAYS.assign(charged=[most, 0, 0], uncertain=[0, 0, 0])
    assert spend_by_day(days, dark=False)["layout"]["yaxis"]["dtick"] == step


def test_no_days_make_an_empty_picture() -> None:
    """Rather than an error."""
    figure = go.Figure(spend_by_day(DAYS.iloc[:0], dark=False))
    assert [len(trace.x) for trace in figure.data] == [0, 0]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_bars_stand_out_from_the_page(theme: object) -> None:
    """At least 3 : 1 (WCAG 2.2, 1.4.11)."""
    for colour in (theme.charged, theme.uncertain):  # type: ignore[attr-defined]
        assert contrast(colour, theme.page) >= 3  # type: ignore[attr-defined]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, as WCAG 2.2 defines it."""

    def luminance(colour: str) -> float:
        parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
