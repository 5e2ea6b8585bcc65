"""Reading a figure: its markers, their heights, and every text in it."""

import base64
from collections.abc import Iterator
from typing import Any

import numpy as np

from components.charts import timeline
from components.prosecution import Tables


def draw(tables: Tables, *order: str, **options: Any) -> dict[str, Any]:
    """Draw the named histories, or all if none is named, under their own keys in the light theme."""
    options = {"titles": {}, "dark": False} | options
    return timeline(tables.documents, order=order or tables.histories["history"].tolist(), **options)


def heights(trace: dict[str, Any]) -> list[float]:
    """Read the heights of a trace, to a tenth of a pixel."""
    return [round(number, 1) for number in numbers(trace["y"])]


def numbers(column: dict[str, str]) -> list[float]:
    """Read a typed array."""
    assert column["dtype"] == "f4"
    return [float(number) for number in np.frombuffer(base64.b64decode(column["bdata"]), dtype="<f4")]


def markers(figure: dict[str, Any]) -> list[tuple[str, str, float, str]]:
    """Return (category label, date, height, lead) of every marker."""
    return [
        (trace["name"], day, height, lead)
        for trace in figure["data"]
        if "customdata" in trace
        for day, height, lead in zip(trace["x"], heights(trace), trace["customdata"], strict=True)
    ]


def hover(figure: dict[str, Any], document: str) -> list[str]:
    """Return the lines of the hover text of the event of a document, put together as the hover template does."""
    for trace in figure["data"]:
        if "customdata" not in trace:
            continue
        days = numbers(trace["x"]) if isinstance(trace["x"], dict) else trace["x"]
        for lead, day, text in zip(trace["customdata"], days, trace["hovertext"], strict=True):
            if lead.endswith(f"|{document}"):
                template = trace["hovertemplate"].replace("%{x|%-d %b %Y}", str(day)).replace("%{hovertext}", text)
                assert template.endswith("<extra></extra>")
                return template.removesuffix("<extra></extra>").split("<br>")
    raise AssertionError(document)


def strings(value: Any) -> Iterator[str]:
    """Yield every string of a figure but the ids in `customdata`, which are never shown, and the hover templates."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in ("customdata", "hovertemplate"):
                yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def notes(figure: dict[str, Any]) -> list[str]:
    """Return the texts of the annotations of a figure."""
    return [note["text"] for note in figure["layout"]["annotations"]]
