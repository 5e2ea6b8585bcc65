"""Looking into a figure: its markers, their places, and everything it says."""

import base64
from collections.abc import Iterator
from typing import Any

import numpy as np

from components.charts import timeline
from components.prosecution import Tables


def draw(tables: Tables, *order: str, **options: Any) -> dict[str, Any]:
    """Draw histories, without any named all that there are, under their own keys on a light ground."""
    options = {"titles": {}, "dark": False} | options
    return timeline(tables.documents, order=order or tables.histories["history"].tolist(), **options)


def heights(trace: dict[str, Any]) -> list[float]:
    """Read the heights of a trace, to a tenth of a pixel."""
    assert trace["y"]["dtype"] == "f4"
    numbers = np.frombuffer(base64.b64decode(trace["y"]["bdata"]), dtype="<f4")
    return [round(float(number), 1) for number in numbers]


def markers(figure: dict[str, Any]) -> list[tuple[str, str, float, str]]:
    """Give (category label, date, height, lead) of every marker, without rings."""
    return [
        (trace["name"], day, height, lead)
        for trace in figure["data"]
        if "customdata" in trace
        for day, height, lead in zip(trace["x"], heights(trace), trace["customdata"], strict=True)
    ]


def hover(figure: dict[str, Any], document: str) -> list[str]:
    """Give the lines shown on hovering over the event of a document, as the trace's template puts them together."""
    for trace in figure["data"]:
        for lead, day, text in zip(trace.get("customdata", ()), trace["x"], trace.get("hovertext", ()), strict=False):
            if lead.endswith(f"|{document}"):
                head, _, tail = trace["hovertemplate"].partition("%{x|%-d %b %Y}")
                assert tail == "<br>%{hovertext}<extra></extra>"
                return f"{head}{day}<br>{text}".split("<br>")
    raise AssertionError(document)


def strings(value: Any) -> Iterator[str]:
    """Give every string of a figure but the ids in `customdata`, which are never shown, and the hover templates."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in ("customdata", "hovertemplate"):
                yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)
