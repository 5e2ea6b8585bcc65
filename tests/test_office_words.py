"""Whatever is said of a European or Japanese file, in every form in which it is shown or taken away, is in its words.

The words that are looked for are those of US law and practice (35 USC, 37 CFR, MPEP), which other offices do not have.
Titles and codes are left out: what the office has written into its list is shown as it is. So is the CSV, whose column
`category` holds the names of the tables, which are the same for every office.
"""

import io
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any, Final

import pandas as pd
import pytest
from openpyxl import load_workbook

from components.charts import timeline
from components.exports import html_of, xlsx_of
from components.prosecution import (
    Tables,
    category_labels,
    counts_in_words,
    findings_of,
    measures_in_words,
    milestones_in_words,
    offices_of,
    open_periods,
    read_histories,
    status_in_words,
    summary_of,
    waiting_files,
)
from components.sandbox.recordings import RecordedHistory
from components.store import Headline
from components.ui.facts_table import facts_columns, facts_table
from components.ui.review.heading import status_help
from components.ui.review.measures import counts_markdown
from components.ui.review.open_dates import waiting_for_screen
from components.ui.review.rounds_table import rounds_for_screen
from tests.exports.conftest import make_selection
from tests.real_histories import real_recordings
from tests.seeding import history_of
from tests.us_words import US_WORDS

TODAY: Final = date(2026, 11, 26)
CLASS_OF_STATUS: Final = re.compile(r"In lists of several offices.*|; in common words.*")
"""Where an office has its own word for a status, its common class stands in the tooltip."""
FOREIGN: Final = {"EPO": "EP", "JPO": "JP"}


def foreign_recordings() -> list[RecordedHistory]:
    """The European and Japanese files among the real ones; as parameters they must not skip the whole module."""
    try:
        return [recording for recording in real_recordings() if recording.office in FOREIGN]
    except pytest.skip.Exception:
        return []


@pytest.fixture(params=foreign_recordings(), ids=lambda recording: recording.key)
def alone(request: pytest.FixtureRequest) -> Tables:
    """The tables of one such file."""
    return read_histories([history_of(request.param)])


def figure_texts(part: Any) -> Iterator[str]:
    """Yield every text of a figure, but not what plotly does not show."""
    if isinstance(part, dict):
        for name, value in part.items():
            if name not in ("customdata", "legendgroup", "uirevision", "font"):
                yield from figure_texts(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from figure_texts(value)
    elif isinstance(part, str):
        yield part


def frame_texts(frame: pd.DataFrame) -> Iterator[str]:
    """Yield the headings and the cells of a table."""
    yield from map(str, frame.columns)
    for name in frame:
        yield from frame[name].dropna().astype(str)


def spoken(tables: Tables) -> Iterator[tuple[str, str]]:
    """Yield what is said of a file: where, and the words."""
    facts = tables.histories.iloc[0]
    said = {
        "summary": [sentence.text for sentence in summary_of(tables, facts["history"])],
        "findings": findings_of(tables)["text"],
        "measures": [measure.text for measure in measures_in_words(facts.to_dict())],
        "counts": [count.words for count in counts_in_words(facts)],
        "milestones": [milestone.label for milestone in milestones_in_words(facts)],
        "status": [status_in_words(facts), status_help(facts)],
        "course": [facts["fingerprint"]],
        "submissions": tables.submissions["label"],
    }
    for place, texts in said.items():
        yield from ((place, str(text)) for text in texts)


def on_screen(tables: Tables) -> Iterator[tuple[str, str]]:
    """Yield the tables, tooltips and the timeline that a page shows."""
    facts, due = tables.histories, open_periods(tables.rounds, TODAY)
    row = facts.iloc[0]
    line = Headline(
        key=row["history"], patent_number=row["patent_number"], apno=row["history"], patent_id="", documents_held=1,
        documents_reported=1, complete=True, retrieved=datetime(2026, 1, 1, tzinfo=UTC),
    )  # fmt: skip
    documents = tables.documents.assign(link="")
    labels = category_labels(offices_of(facts))
    frames = {
        "facts table": facts_table((line,), facts, due),
        "rounds": rounds_for_screen(tables.rounds, documents, {row["history"]: "EP"}),
        "open dates": waiting_for_screen(waiting_files(tables, due), {row["history"]: "EP"}),
    }
    for place, frame in frames.items():
        yield from ((place, text) for text in frame_texts(frame))
    yield "counts line", counts_markdown(row)
    for config in facts_columns(facts).values():
        yield "help of a column", str((config or {}).get("help") or "")
    for name in tables.documents["category"].astype(str).unique():
        yield "category", labels[name]
    figure = timeline(
        tables.documents, order=[row["history"]], titles={}, dark=False, all_documents=True, rounds=tables.rounds,
        turns=tables.turns, histories=facts, today=TODAY,
    )  # fmt: skip
    yield from (("timeline", text) for text in figure_texts(figure))


_LEFT_OUT: Final = frozenset({"Description", "Code", "Status"})
"""Columns of the workbook with the office's titles and with the common class beside the office's own status."""


def taken_away(tables: Tables) -> Iterator[tuple[str, str]]:
    """Yield the words of the workbook and of the report."""
    selection = make_selection(tables)
    for sheet in load_workbook(io.BytesIO(xlsx_of(selection))).worksheets:
        header = [cell.value for cell in sheet[1]]
        for cells in sheet.iter_rows(values_only=True):
            shown = [value for value, name in zip(cells, header, strict=True) if name not in _LEFT_OUT]
            yield from ((f"sheet {sheet.title}", value) for value in shown if isinstance(value, str))
    page = html_of(selection, figure={"data": [], "layout": {}}).decode()
    page = re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.DOTALL)
    yield from (("report", text) for text in re.split(r"<[^>]*>", page))


def without_titles(text: str, tables: Tables) -> str:
    """Return a text without the titles that the office has given its papers, and without the class of a status."""
    text = CLASS_OF_STATUS.sub("", text)
    for title in tables.documents["description"].unique():
        text = text.replace(str(title), "")
    return text


def test_no_word_of_the_us_is_said_of_a_european_or_japanese_file(alone: Tables):
    """Neither in words, nor on the screen, nor in what is taken away."""
    texts = [*spoken(alone), *on_screen(alone), *taken_away(alone)]
    assert len(texts) > 100
    found = {
        (place, text) for place, text in texts if US_WORDS.search(text) and US_WORDS.search(without_titles(text, alone))
    }
    assert found == set()
