"""The cover of the one PDF: whose file history it is, how the examination went, what is included, what is missing."""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from components.content.rejections.ground_labels import grounds_label
from components.content.unread import DECIDING_KINDS
from components.exports.inside_papers import contents_of
from components.exports.pdf_contents import GREY, INK, LEFT, RIGHT, RULE, draw_footer
from components.exports.pdf_text import BOLD, SANS, cut_to_width, draw_text, encodable, wrap_to_width
from components.exports.selection import DISCLAIMER, Selection, first_named, how_much_is_listed
from components.numbers import display_form
from components.prosecution import counts_in_words, milestones_in_words, status_in_words
from components.words import MISSING, counted, day, moment

_TOP, _BOTTOM = A4[1] - 76, 136.0
_COLUMNS: Final = 4
_MAX_NAMED: Final = 3
"""How many histories a heading names."""
_LINES: Final = 5
"""How many lines a text of the cover may take at most."""

_HistoryRow = Mapping[Any, Any]


@dataclass(frozen=True, slots=True)
class PdfExtent:
    """How much of the selection is in the PDF, and how many of its documents are missing."""

    documents: int
    pages: int
    missing: int
    searchable: str = ""
    """Behind how many of the pages text was put, in words; empty where none was."""


def draw_cover(selection: Selection, included: PdfExtent) -> bytes:
    """Return the cover as a PDF: one page for a single history, more if the histories do not fit on one."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, pageCompression=1, invariant=1)
    pages = _CoverPages(canvas)
    selected = set(selection.documents["history"])
    facts = [row for row in selection.histories.to_dict("records") if row["history"] in selected or not selected]
    pages.text("Prosecution history", 10, colour=GREY)
    pages.down(14)
    if len(facts) == 1:
        _draw_history(pages, selection, facts[0], included)
    else:
        _draw_histories(pages, selection, facts, included)
    pages.close()
    return buffer.getvalue()


def pdf_heading(selection: Selection) -> str:
    """Return the title of the PDF: `US 10,765,880 B2`, or the first few histories and how many more."""
    histories = dict.fromkeys(selection.documents["history"]) or dict.fromkeys(selection.histories["history"])
    return first_named([selection.title_of(history) for history in histories], most=_MAX_NAMED)


def _draw_history(pages: "_CoverPages", selection: Selection, facts: _HistoryRow, included: PdfExtent) -> None:
    title = selection.title_of(facts["history"])
    pages.text(title, 27, font=BOLD)
    pages.down(9)
    pages.text("  ·  ".join(_named(facts, title)), 11, colour=GREY)
    pages.down(20)
    pages.rule()
    pages.grid(_dates(facts))
    pages.grid(_days(facts))
    pages.rule()
    pages.rows("Examination", [("Counts", _counts(facts)), ("As of", _as_of(facts)), *_grounds(selection)])
    pages.rows(
        "In this file",
        [*_included(selection, included), ("Completeness", how_much_is_listed(facts)), _retrieved([facts])],
    )


def _draw_histories(
    pages: "_CoverPages", selection: Selection, facts: Sequence[_HistoryRow], included: PdfExtent
) -> None:
    pages.text(f"{len(facts):,} file histories", 27, font=BOLD)
    pages.down(20)
    pages.rule()
    pages.rows("In this file", [*_included(selection, included), _retrieved(facts)])
    pages.heading("File histories")
    for row in facts:
        title = selection.title_of(row["history"])
        dates = [f"{label} {value}" for label, value in _dates(row) if value]
        days = [f"{label} {value}" for label, value in _days(row) if value]
        pages.block(
            title,
            [
                " · ".join(_named(row, title)),
                " · ".join((*dates, *days)),
                " · ".join(text for text in (_counts(row), how_much_is_listed(row)) if text),
            ],
        )


def _named(facts: _HistoryRow, title: str) -> list[str]:
    """Return the application number of a history, unless it is the title, and its status."""
    patent, application = facts["patent_number"], display_form(facts["history"])
    numbers = [f"Application {application}"] if application not in (title, patent) else []
    return [*numbers, status_in_words(facts)]


def _dates(facts: _HistoryRow) -> list[tuple[str, str]]:
    milestones = milestones_in_words(facts)
    lost = any(each.column in ("abandoned", "refused") and each.day for each in milestones)
    without = "issued" if lost else "abandoned"
    return [(each.label, _day(each.day)) for each in milestones if each.column != without or each.day]


def _days(facts: _HistoryRow) -> list[tuple[str, str]]:
    labels = (
        ("Pendency", "pendency_days"),
        ("With the Office", "office_days"),
        ("With the applicant", "applicant_days"),
    )
    days = [(label, "" if pd.isna(facts[name]) else counted(int(facts[name]), "day")) for label, name in labels]
    return [*days, ("Answered actions", f"{int(facts['rounds']):,}")]


def _counts(facts: _HistoryRow) -> str:
    return ", ".join(count.words for count in counts_in_words(facts) if count.number)


def _grounds(selection: Selection) -> list[tuple[str, str]]:
    """Return what the selected actions say, action by action; nothing where no paper was read inside."""
    if not selection.contents:
        return []
    actions = [paper for paper in contents_of(selection) if paper.content.kind in DECIDING_KINDS]
    said = [f"{day(paper.day)} {paper.code}: {grounds_label(paper.content) or MISSING}" for paper in actions]
    return [("Grounds", f"{'; '.join(said)}. Read by machine")] if said else []


def _as_of(facts: _HistoryRow) -> str:
    last = _day(facts["last_document"])
    return f"the last listed document, {last}" if last else ""


def _included(selection: Selection, included: PdfExtent) -> Iterator[tuple[str, str]]:
    asked = included.documents + included.missing
    yield "Documents", f"{included.documents:,} of {counted(asked, 'selected document')}"
    if included.missing:
        yield "Missing", f"{counted(included.missing, 'document')}; the contents say which and why"
    yield "Pages", f"{included.pages:,}"
    yield "Searchable", included.searchable
    yield "Made", moment(selection.made)


def _retrieved(facts: Iterable[_HistoryRow]) -> tuple[str, str]:
    moments = sorted(row["retrieved"] for row in facts)
    ends = dict.fromkeys(moment(when) for when in (moments[:1] + moments[-1:]))
    return "Retrieved", " to ".join(ends)


def _day(value: Any) -> str:  # noqa: ANN401 - a timestamp or NaT
    return "" if pd.isna(value) else day(value)


class _CoverPages:
    """The pages of the cover, filled from top to bottom."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._y = _TOP
        self._page = 1

    def text(self, text: str, size: float, *, font: str = SANS, colour: object = INK) -> None:
        """Write one line over the whole width."""
        self._y -= size
        self._canvas.setFillColor(colour)
        draw_text(
            self._canvas, cut_to_width(encodable(text), RIGHT - LEFT, size, font), LEFT, self._y, size=size, font=font
        )

    def down(self, space: float) -> None:
        """Leave some space."""
        self._y -= space

    def rule(self) -> None:
        """Draw a line over the whole width."""
        self._canvas.setStrokeColor(RULE)
        self._canvas.setLineWidth(0.5)
        self._canvas.line(LEFT, self._y, RIGHT, self._y)
        self.down(18)

    def grid(self, cells: list[tuple[str, str]]) -> None:
        """Write labels with values below them, side by side."""
        width = (RIGHT - LEFT) / _COLUMNS
        for index, (label, value) in enumerate(cells):
            self._canvas.setFillColor(GREY)
            draw_text(self._canvas, cut_to_width(label, width - 6, 8), LEFT + index * width, self._y - 8, size=8)
            self._canvas.setFillColor(INK)
            draw_text(self._canvas, value or "–", LEFT + index * width, self._y - 24, size=11.5)
        self.down(44)

    def heading(self, text: str) -> None:
        """Write a heading."""
        self._need(60)
        self.text(text, 10, font=BOLD)
        self.down(6)

    def rows(self, heading: str, rows: Iterable[tuple[str, str]]) -> None:
        """Write labels with values beside them, below a heading; a row without a value is left out."""
        self.heading(heading)
        for label, value in rows:
            for index, part in enumerate(
                wrap_to_width(encodable(value), RIGHT - LEFT - 96, 9.5, lines=_LINES) if value else []
            ):
                self._y -= 14
                if index == 0:
                    self._canvas.setFillColor(GREY)
                    draw_text(self._canvas, label, LEFT, self._y, size=9.5)
                self._canvas.setFillColor(INK)
                draw_text(self._canvas, part, LEFT + 96, self._y, size=9.5)
        self.down(22)

    def block(self, title: str, lines: list[str]) -> None:
        """Write a few lines about one history, all on the same page."""
        texts = [
            part for line in lines if line for part in wrap_to_width(encodable(line), RIGHT - LEFT, 8.5, lines=_LINES)
        ]
        self._need(26 + 11 * len(texts))
        self.down(6)
        self.text(title, 10, font=BOLD)
        for text in texts:
            self.down(2.5)
            self.text(text, 8.5, colour=GREY)
        self.down(6)

    def close(self) -> None:
        """Finish the last page with the disclaimer."""
        self._canvas.setFillColor(GREY)
        y = 112.0
        for line in wrap_to_width(DISCLAIMER, RIGHT - LEFT, 8, lines=_LINES):
            draw_text(self._canvas, line, LEFT, y, size=8)
            y -= 11
        draw_footer(self._canvas, "Prosecution Review", self._page)
        self._canvas.showPage()
        self._canvas.save()

    def _need(self, space: float) -> None:
        if self._y - space >= _BOTTOM:
            return
        draw_footer(self._canvas, "Prosecution Review", self._page)
        self._canvas.showPage()
        self._page += 1
        self._y = _TOP
