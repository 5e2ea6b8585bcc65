"""A report for a client or a colleague: one HTML file that opens anywhere, without login and without a network.

The file contains everything it needs, plotly's script above all (4.8 MB, the same in every report). Its content
security policy forbids every request to any host and allows only the scripts written here, by their hashes. Without
scripts everything but the timeline can be read.
"""

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
import pandas as pd
from markupsafe import Markup
from plotly.io.json import to_json_plotly
from plotly.offline import get_plotlyjs

from components.exports.checksums import all_sha256, canonical_json
from components.exports.report_documents import DocumentRow, document_rows, totals_in_words
from components.exports.report_histories import ReportedHistory, comparison_of, reported_histories
from components.exports.selection import Selection, first_named
from components.words import MISSING, counted, moment

_TEMPLATES = Path(__file__).with_name("templates")
_CONFIG = {
    "displaylogo": False,
    "showSendToCloud": False,
    "responsive": True,
    "scrollZoom": False,
    "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d"],
    "toImageButtonOptions": {"format": "svg", "filename": "timeline"},
}
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]+")
_FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif"
_MAX_NAMED = 4


def html_of(selection: Selection, *, figure: dict[str, Any]) -> bytes:
    """Return the report of a selection as HTML in UTF-8.

    Args:
        selection: What to report.
        figure: Its timeline in light colours, as `charts.timeline` makes it: the `customdata` of each point is
            `"<history>|<document id>"`. It is not changed.
    """
    documents = document_rows(selection)
    histories = reported_histories(selection, documents)
    drawn = _json({"figure": _as_svg(figure), "config": _CONFIG, "anchors": _anchors(figure, documents)})
    data = ",".join(canonical_json(selection.documents, history.key) for history in histories)
    script = _asset("report.js")
    page = _environment().get_template("report.html.jinja")
    return page.render(
        policy=_security_policy((_plotly(), script)),
        title=_titles_in_words(histories),
        histories=histories,
        comparison=comparison_of(selection.histories),
        documents=documents,
        totals=totals_in_words(selection.documents),
        made=moment(selection.made),
        retrieved=_retrieved(selection.histories),
        sha256=all_sha256({history.key: history.sha256 for history in histories}),
        alt=_alternative_text(figure, histories),
        said_inside=any(history.inside and history.inside.actions for history in histories),
        columns={
            "title": len(histories) > 1,
            "read": any(document.read for document in documents),
            "note": any(document.note for document in documents),
            "href": any(document.href for document in documents),
        },
        style=_asset("report.css"),
        script=script,
        plotly=_plotly(),
        drawn=drawn,
        data=_script_safe(f"[{data}]"),
    ).encode()


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _visible(value: object) -> object:
    """Return a value without control and direction characters; Jinja escapes it afterwards."""
    return _INVISIBLE.sub(" ", value) if isinstance(value, str) and not isinstance(value, Markup) else value


@cache
def _asset(name: str) -> Markup:
    return Markup((_TEMPLATES / name).read_text(encoding="utf-8"))  # noqa: S704 - written here, beside this module


@cache
def _plotly() -> Markup:
    return Markup(get_plotlyjs())  # noqa: S704 - the script of the installed package


def _security_policy(scripts: Sequence[str]) -> str:
    """Return a content security policy that forbids every request and allows these scripts, by their hashes.

    Inline styles are allowed because plotly sets them on what it draws.
    """
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    hashes = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {hashes}",
            "style-src 'unsafe-inline'",
            "img-src data: blob:",
            "connect-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _as_svg(figure: Mapping[str, Any]) -> dict[str, Any]:
    """Return a figure with every trace as SVG.

    WebGL prints blank, and its shaders are scripts that the policy forbids.
    """
    layout = dict(figure["layout"])
    template = layout.get("template", {})
    common = dict(template.get("data", {}))
    if "scattergl" in common:
        common["scatter"] = [_plain_kind(trace) for trace in common.pop("scattergl")]
        layout["template"] = {**template, "data": common}
    layout["font"] = {**layout.get("font", {}), "family": _FONT}
    return {"data": [_plain_kind(trace) for trace in figure["data"]], "layout": layout}


def _plain_kind(trace: Mapping[str, Any]) -> dict[str, Any]:
    return {**trace, "type": "scatter"} if trace.get("type") == "scattergl" else dict(trace)


def _anchors(figure: Mapping[str, Any], documents: Sequence[DocumentRow]) -> dict[str, str]:
    """Return, for each event of the timeline, the anchor of the row to which a click on it leads."""
    rows = {document.name: document.anchor for document in documents}
    return {name: rows[name] for name in _events(figure) if name in rows}


def _events(figure: Mapping[str, Any]) -> list[str]:
    """Return the document that each drawn event stands for: `<history>|<document id>`."""
    names = (name for trace in figure["data"] for name in trace.get("customdata", ()))
    return [name for name in names if isinstance(name, str)]


def _alternative_text(figure: Mapping[str, Any], histories: Sequence[ReportedHistory]) -> str:
    titles, events = _titles_in_words(histories), counted(len(_events(figure)), "event")
    lanes = "what the Office sent above, what the applicant sent below"
    return f"Timeline of the examination of {titles}: {events}, {lanes}. The tables below list the same papers."


def _json(value: object) -> Markup:
    return _script_safe(to_json_plotly(value, engine="json"))


def _script_safe(text: str) -> Markup:
    """Return JSON that is safe inside a script element: no text in it can end the element or begin a comment."""
    for mark in "<>&":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return Markup(text)  # noqa: S704 - no mark of HTML is left in it


def _titles_in_words(histories: Sequence[ReportedHistory]) -> str:
    """Return the titles of the histories, of many the first few."""
    return first_named([history.title for history in histories], most=_MAX_NAMED)


def _retrieved(histories: pd.DataFrame) -> str:
    """Return when the data were retrieved; for several histories the first and the last moment."""
    moments = histories["retrieved"].dropna()
    if moments.empty:
        return MISSING
    first, last = moment(moments.min()), moment(moments.max())
    return first if first == last else f"between {first} and {last}"
