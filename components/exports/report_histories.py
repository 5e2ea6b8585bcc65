"""The part of a report on each file history: facts, days, summary, open dates, rounds, and what is missing."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from components.exports.checksums import data_sha256
from components.exports.read_papers import anything_read, extent_in_words, extent_read, refs_of
from components.exports.report_documents import (
    CitedDocument,
    DocumentRow,
    cited_document,
    with_thousands,
)
from components.exports.report_inside import ReportedInside, reported_inside
from components.exports.selection import Selection
from components.histories import PaperRef
from components.numbers import display_form
from components.prosecution import (
    Sentence,
    WhoseDays,
    action_named,
    columns_of,
    completeness_in_words,
    counts_in_words,
    extension_in_words,
    measures_in_words,
    milestones_in_words,
    office_reading,
    open_periods,
    pendency_in_words,
    status_rests_on,
    time_left,
    whose_days,
)
from components.words import day, moment

_TableRow = Mapping[Hashable, Any]


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence with the documents on which it is based."""

    text: str
    sources: tuple[CitedDocument, ...]


@dataclass(frozen=True, slots=True)
class OpenDate:
    """A computed date by which an answer is due."""

    what: str
    words: str
    left: str
    passed: bool
    authority: str


@dataclass(frozen=True, slots=True)
class ReportedRound:
    """A row of the report's table of rounds, every cell as text."""

    number: str
    action: str
    action_source: CitedDocument
    grounds: str
    """What the action says of claims in one line, if it is in the report and papers were read by rules; else empty."""
    opened: str
    due: str
    last: str
    bar: str
    answer: str
    answer_source: CitedDocument | None
    answered: str
    days: str
    extension: str
    outcome: str
    explanation: str
    authority: str


@dataclass(frozen=True, slots=True)
class ReportedHistory:
    """What a report says of one file history."""

    key: str
    anchor: str
    title: str
    application: str
    """Its application number; empty if that is the title."""
    group: str
    """The name of the group in which the user has put it; empty for none."""
    status: str
    status_rests_on: str
    """A paper with its day, or the number of a granted patent, and what may be otherwise; may be empty."""
    reading: str
    """How the papers of the office are read, where that is in doubt; else empty."""
    as_of: str
    dates: tuple[tuple[str, str], ...]
    """Milestones as label and date; `–` stands for a date that is not listed."""
    pendency: tuple[str, str]
    """Label and length; both empty if the filing is not listed."""
    counts: tuple[tuple[str, str], ...]
    days: WhoseDays | None
    figures: tuple[str, ...]
    course: str
    summary: tuple[Statement, ...]
    open_dates: tuple[OpenDate, ...]
    rounds: tuple[ReportedRound, ...]
    completeness: str
    findings: tuple[Statement, ...]
    read_inside: str
    """How many of the documents listed were read inside, in words; empty where nothing was in the whole report."""
    inside: ReportedInside | None
    """What its papers say; `None` where nothing was read in the whole report, or none of its actions is listed."""
    retrieved: str
    listed: str
    """How many of the documents held the report lists: `all 98` or `12 of 98`."""
    sha256: str


def reported_histories(selection: Selection, papers: Sequence[DocumentRow]) -> list[ReportedHistory]:
    """Return what the report says of each history of a selection, in its order.

    Args:
        selection: What the report is made from.
        papers: The rows of its documents, to which the statements link.
    """
    named = {paper.name: paper for paper in papers}
    owed = open_periods(selection.rounds, selection.made.date())
    inside, said = _read_inside(selection), reported_inside(selection, named)
    rows = selection.histories.to_dict("records")
    return [
        _reported_history(selection, facts, index, named, owed, inside=inside, said=said)
        for index, facts in enumerate(rows, 1)
    ]


def _reported_history(
    selection: Selection,
    facts: _TableRow,
    index: int,
    papers: Mapping[str, DocumentRow],
    owed: pd.DataFrame,
    *,
    inside: Mapping[str, str],
    said: Mapping[str, ReportedInside],
) -> ReportedHistory:
    key = str(facts["history"])
    title = selection.title_of(key)
    application = display_form(key)
    rows_of_history = [
        frame[frame["history"] == key] for frame in (selection.documents, selection.findings, selection.rounds)
    ]
    documents, findings, rounds = rows_of_history
    return ReportedHistory(
        key=key,
        anchor=f"h{index}",
        title=title,
        application=application if application != title else "",
        group=selection.groups.get(key, ""),
        status=str(facts["status_words"]),
        status_rests_on=status_rests_on(facts),
        reading=_reading(str(facts["office"])),
        as_of=day(facts["last_document"]),
        dates=tuple((milestone.label, day(milestone.day)) for milestone in milestones_in_words(facts)),
        pendency=_pendency(facts),
        counts=tuple((count.label, with_thousands(count.number)) for count in counts_in_words(facts)),
        days=whose_days(facts),
        figures=tuple(_figures(facts)),
        course=str(facts["fingerprint"]),
        summary=tuple(_stated(line, key, papers) for line in selection.stories.get(key, ())),
        open_dates=tuple(_open_date(row) for row in owed[owed["history"] == key].to_dict("records")),
        rounds=tuple(_round(row, key, papers) for row in rounds.to_dict("records")),
        completeness=_completeness(facts),
        findings=tuple(
            _stated(Sentence(text, (document,) if document else ()), key, papers)
            for text, document in zip(findings["text"], findings["document"], strict=True)
        ),
        read_inside=inside.get(key, ""),
        inside=said.get(key),
        retrieved=moment(facts["retrieved"]),
        listed=_listed(len(documents), int(facts["documents_held"])),
        sha256=data_sha256(selection.documents, key),
    )


def _read_inside(selection: Selection) -> dict[str, str]:
    """Return how much of each history's documents was read inside; of none, where nothing was at all."""
    if not anything_read(selection):
        return {}
    papers: dict[str, list[PaperRef]] = {}
    for ref in refs_of(selection):
        papers.setdefault(ref.history, []).append(ref)
    return {history: extent_in_words(extent_read(selection, refs)) for history, refs in papers.items()}


def _reading(office: str) -> str:
    reading = office_reading(office)
    return f"{reading.note[:1].upper()}{reading.note[1:]}: {reading.sure}" if reading.note else ""


_COMPARED_DATES: Final = ("filed", "first_action", "allowed", "issued", "abandoned")
_COMPARED_COUNTS: Final = ("actions", "finals", "rces", "allowances", "appeals")
_MOST_COUNTS: Final = 3


@dataclass(frozen=True, slots=True)
class Comparison:
    """Dates and counts of several histories beside each other."""

    dates: tuple[str, ...]
    """The headings of the dates, in the words that the offices share."""
    counts: tuple[str, ...]
    """The headings of the counts."""
    dates_of: Mapping[str, tuple[str, ...]]
    """The dates of each history, by its key."""
    counts_of: Mapping[str, tuple[str, ...]]

    @property
    def until(self) -> str:
        """Until when the length of an application runs: `issue paper or notice of abandonment`."""
        return " or ".join(f"{label[:1].lower()}{label[1:]}" for label in self.dates[-2:])


def comparison_of(histories: pd.DataFrame) -> Comparison:
    """Return the dates and counts of some rows of `histories` as a table compares them."""
    labels = columns_of(histories)
    counts = [name for name in _COMPARED_COUNTS if name in labels][:_MOST_COUNTS]
    rows = histories.to_dict("records")
    return Comparison(
        tuple(labels.get(name, "") for name in _COMPARED_DATES),
        tuple(labels[name] for name in counts),
        {str(row["history"]): tuple(day(row[name]) for name in _COMPARED_DATES) for row in rows},
        {str(row["history"]): tuple(with_thousands(row[name]) for name in counts) for row in rows},
    )


def _pendency(facts: _TableRow) -> tuple[str, str]:
    pendency = pendency_in_words(facts)
    return (pendency.label, pendency.words) if pendency else ("", "")


def _figures(facts: _TableRow) -> list[str]:
    """Return further figures in words; one that exceeds a yardstick is followed by the yardstick and its source."""
    return [
        f"{measure.text[:1].upper()}{measure.text[1:]}"
        + (f" (yardstick {measure.exceeds.months} months, {measure.exceeds.authority})" if measure.exceeds else "")
        for measure in measures_in_words(facts)
    ]


def _stated(line: Sentence, history: str, papers: Mapping[str, DocumentRow]) -> Statement:
    return Statement(line.text, tuple(cited_document(document, history, papers) for document in line.documents))


def _open_date(row: _TableRow) -> OpenDate:
    left = int(row["days_left_last"])
    return OpenDate(
        what=action_named(row),
        words=str(row["words"]),
        left=f"{time_left(left)} when this report was made" if left >= 0 else time_left(left),
        passed=left < 0,
        authority=str(row["authority"]),
    )


def _round(row: _TableRow, history: str, papers: Mapping[str, DocumentRow]) -> ReportedRound:
    paper = papers.get(PaperRef.spell(history, str(row["action"])))
    return ReportedRound(
        number=with_thousands(row["round"]),
        action=str(row["label"]),
        action_source=cited_document(str(row["action"]), history, papers),
        grounds=paper.grounds if paper is not None else "",
        **{name: day(row[name]) for name in ("opened", "due", "last", "bar", "answered")},
        answer=str(row["answer_label"]),
        answer_source=cited_document(str(row["answer"]), history, papers) if row["answer"] else None,
        days=with_thousands(row["days"]),
        extension=extension_in_words(row["extension_months"], row["extension_source"], row["mailing"]),
        outcome=str(row["outcome_words"]).capitalize(),
        explanation=str(row["explanation"]),
        authority=str(row["authority"]),
    )


def _completeness(facts: _TableRow) -> str:
    completeness = completeness_in_words(facts)
    return completeness.words if completeness.to_its_end else f"{completeness.words}, the list not fetched to its end"


def _listed(count: int, held: int) -> str:
    return f"all {held:,}" if count == held else f"{count:,} of {held:,}"
