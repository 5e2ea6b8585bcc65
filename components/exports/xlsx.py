"""The selected documents as an Excel workbook, with rounds, figures and findings of their file histories."""

import io
from collections.abc import Iterator, Sequence
from datetime import UTC
from typing import Any, Final

import pandas as pd

from components.exports.cells import cell_values
from components.exports.inside_papers import READ_BY_MACHINE, grounds_by_document, inside_tables
from components.exports.read_papers import (
    anything_read,
    extent_in_words,
    extent_read,
    named_engines,
    papers_read,
    refs_of,
)
from components.exports.selection import Selection, first_named
from components.exports.sheets import Column, PdfLink, WorkbookWriter
from components.page_texts import ReadPaper
from components.prosecution import COMPUTED_NOTICE, category_labels, columns_of, extent_of, offices_of

_NUMBERS: Final = (Column("Patent", 17), Column("Application", 17))
_DOCUMENTS: Final = (
    *_NUMBERS,
    Column("Date (sent/received)", 13),
    Column("Code", 12),
    Column("Description", 52),
    Column("Category", 26),
    Column("Side", 12),
    Column("Round", 8),
    Column("Pages", 8),
    Column("PDF", 11),
    Column("Read", 7),
    Column("Note", 44, wrapped=True),
)
_INSIDE: Final = (Column("Pages read", 9), Column("Read by", 24), Column("Confidence", 12))
"""Follow where something was read inside the papers; a confidence is in per cent."""
_GROUNDS: Final = Column("Grounds", 28)
"""Follows where a paper was read by rules."""
_ROUNDS: Final = (
    *_NUMBERS,
    Column("Round", 8),
    Column("Action", 24),
    Column("Opened", 12),
    Column("Due (computed)", 12),
    Column("With extensions (computed)", 13),
    Column("Statutory bar (computed)", 12),
    Column("Answer", 30),
    Column("Answered", 12),
    Column("Days", 7),
    Column("Extension months", 11),
    Column("Extension known from", 14),
    Column("Office's next act after days", 13),
    Column("Outcome", 12),
    Column("Explanation", 60, wrapped=True),
    Column("Authority", 40, wrapped=True),
)
_FINDINGS: Final = (*_NUMBERS, Column("Finding", 90, wrapped=True), Column("Document", 24))
_WIDTHS: Final = {
    "office": 8,
    "status": 18,
    "status_words": 22,
    "status_evidence": 40,
    "status_doubt": 40,
    "last_document": 12,
    "filed": 12,
    "entered": 12,
    "first_action": 12,
    "first_merits_action": 13,
    "allowed": 12,
    "issued": 12,
    "issued_by": 18,
    "abandoned": 14,
    "refused": 12,
    "first_action_days": 10,
    "first_action_allowance": 11,
    "pendency_days": 10,
    "office_days": 9,
    "applicant_days": 10,
    "rounds": 8,
    "actions": 9,
    "restrictions": 12,
    "non_finals": 10,
    "finals": 8,
    "advisories": 10,
    "quayles": 9,
    "allowances": 11,
    "corrected_allowances": 11,
    "oral_proceedings": 12,
    "oppositions": 12,
    "rces": 7,
    "interviews": 10,
    "interviews_before_allowance": 14,
    "idss": 7,
    "ids_s1": 14,
    "ids_s2": 14,
    "ids_s3": 14,
    "ids_s4": 14,
    "appeals": 9,
    "appeal_outcome": 18,
    "terminal_disclaimers": 11,
    "petitions": 10,
    "extensions": 11,
    "extension_months": 11,
    "mailing_doubts": 14,
    "fee_days": 11,
    "revived": 9,
    "post_grant": 10,
    "fingerprint": 60,
    "documents_held": 11,
    "documents_told": 11,
    "complete": 10,
    "undated": 9,
    "out_of_range": 10,
    "unclassified": 12,
    "pages": 9,
    "first_document": 12,
    "retrieved": 18,
}
"""Column of the `histories` table → its width in characters, in the order of the sheet."""
_FLAGS: Final = ("first_action_allowance", "revived", "complete")
_SUMMED: Final = ("documents_held", "documents_told", "pages")
_MAX_NAMED: Final = 3
"""How many histories the title names."""


def xlsx_of(selection: Selection) -> bytes:
    """Return the selection as a workbook.

    Its sheets: "Documents", in the order of the selection, each with a link to its PDF; "Rounds", each action with its
    answer and the dates computed for it; "Metrics", one row for each history; "Findings", what is missing from the
    lists; if papers were read inside, a sheet each for actions, grounds of rejection, claims and more, each row with
    its page and how it was read; "About", when and from what the workbook was made. Dates and numbers are typed,
    everything else is text, and a missing value is an empty cell. The same selection gives the same bytes.
    """
    file = io.BytesIO()
    workbook = WorkbookWriter(file, title=_title(selection), made=selection.made)
    inside = _inside(selection)
    columns = [*_DOCUMENTS, *(_INSIDE if inside else ())]
    if selection.contents:
        columns.append(_GROUNDS)
        inside = [*inside, [label or None for label in grounds_by_document(selection)]]
    workbook.add_table("Documents", columns, _documents(selection, inside))
    workbook.add_table(
        "Rounds", _ROUNDS, _rounds(selection), notice=f"Dates and months of extension: {COMPUTED_NOTICE}"
    )
    labels = columns_of(selection.histories)
    figures = [Column(labels[name], width) for name, width in _WIDTHS.items() if name in labels]
    figures += [Column("Group", 24)] if selection.groups else []
    workbook.add_table("Metrics", [*_NUMBERS, *figures], _metrics(selection), total=_total(selection))
    workbook.add_table("Findings", _FINDINGS, _findings(selection))
    for table in inside_tables(selection):
        workbook.add_table(table.name, table.columns, table.cells(selection), notice=READ_BY_MACHINE)
    workbook.add_facts("About", _about(selection), width=90)
    workbook.close()
    return file.getvalue()


def _inside(selection: Selection) -> list[list[object]]:
    """Return what was read inside each document, column by column; no column where nothing was read in any."""
    if not anything_read(selection):
        return []
    papers = papers_read(selection)
    return [
        [None if paper is None else paper.read + paper.empty for paper in papers],
        [None if paper is None else _read_by(paper) for paper in papers],
        [None if paper is None else paper.confidence for paper in papers],
    ]


def _read_by(paper: ReadPaper) -> str:
    return f"not read: {paper.problem}" if paper.problem and not paper.done else named_engines(paper.engines)


def _documents(selection: Selection, inside: Sequence[Sequence[object]]) -> Iterator[Sequence[object]]:
    rows, labels = selection.documents, category_labels(offices_of(selection.histories))
    return zip(
        *_numbers(selection, rows["history"]),
        cell_values(rows["date"]),
        rows["code"],
        rows["description"],
        rows["category"].astype("str").map(labels),
        [side.capitalize() for side in rows["side"].astype("str")],
        cell_values(rows["round"]),
        cell_values(rows["pages"]),
        [PdfLink("Open PDF", selection.address_of(link)) if link else None for link in rows["link"]],
        ["yes" if ticked else None for ticked in rows["read"]],
        rows["note"],
        *inside,
        strict=True,
    )


def _rounds(selection: Selection) -> Iterator[Sequence[object]]:
    rows, addresses = selection.rounds, selection.pdf_addresses()

    def papers(document: str, label: str) -> list[object]:
        columns = zip(rows["history"], rows[document], rows[label], strict=True)
        return [_paper(label, addresses.get((history, name))) for history, name, label in columns]

    return zip(
        *_numbers(selection, rows["history"]),
        cell_values(rows["round"]),
        papers("action", "label"),
        *(cell_values(rows[name]) for name in ("opened", "due", "last", "bar")),
        papers("answer", "answer_label"),
        *(
            cell_values(rows[name])
            for name in ("answered", "days", "extension_months", "extension_source", "wait_days")
        ),
        *(cell_values(rows[name]) for name in ("outcome_words", "explanation", "authority")),
        strict=True,
    )


def _metrics(selection: Selection) -> Iterator[Sequence[object]]:
    facts = selection.histories
    columns = {name: cell_values(facts[name]) for name in _shown(facts)}
    for name in _FLAGS:
        if name in columns:
            columns[name] = ["yes" if flag else "no" for flag in columns[name]]
    groups = [[selection.groups.get(name, "") for name in facts["history"]]] if selection.groups else []
    return zip(*_numbers(selection, facts["history"]), *columns.values(), *groups, strict=True)


def _shown(facts: pd.DataFrame) -> list[str]:
    """Return the columns of the sheet that the offices of its files have."""
    labels = columns_of(facts)
    return [name for name in _WIDTHS if name in labels]


def _total(selection: Selection) -> list[object]:
    facts = selection.histories
    sums = [int(facts[name].sum()) if name in _SUMMED else None for name in _shown(facts)]
    return ["All", None, *sums, *([None] if selection.groups else [])]


def _findings(selection: Selection) -> Iterator[Sequence[object]]:
    rows, addresses = selection.findings, selection.pdf_addresses()
    names = list(zip(rows["history"], rows["document"], strict=True))
    return zip(
        *_numbers(selection, rows["history"]),
        rows["text"],
        [_paper(name[1], addresses.get(name)) for name in names],
        strict=True,
    )


def _about(selection: Selection) -> Iterator[tuple[str, object]]:
    facts = selection.histories
    retrieved = facts["retrieved"].dropna()
    yield "File histories", ", ".join(selection.title_of(name) for name in facts["history"])
    yield "Made (UTC)", selection.made.astimezone(UTC)
    if len(retrieved):
        yield "Oldest retrieval (UTC)", retrieved.min().to_pydatetime()
    extent = extent_of(selection.documents)
    held, reported = (int(facts[column].sum()) for column in ("documents_held", "documents_told"))
    yield "Documents", f"{extent.documents:,} of {held:,} held; the service tells of {reported:,}"
    yield "Pages listed", extent.pages
    yield "Without a page count", extent.without_page_count
    if anything_read(selection):
        yield "Read inside", f"{extent_in_words(extent_read(selection, refs_of(selection)))}."
    if selection.contents:
        yield "What papers say", READ_BY_MACHINE
    yield "Dates", "Sent or received: the service does not say which. A document without a date has an empty cell."
    yield "Due dates", f"Due dates, last days, statutory bars and months of extension are {COMPUTED_NOTICE}."
    yield "Status", "As of the last listed document; newer papers may exist."
    if selection.base_url and selection.has_links():
        yield "PDFs", f"Open through {selection.base_url}"


def _numbers(selection: Selection, histories: "pd.Series[Any]") -> tuple[list[str], list[str]]:
    """Return the patent number and the application number of each row in the service's own form."""
    patents = selection.patent_numbers()
    return [patents.get(name, "") for name in histories], list(histories)


def _paper(text: str, address: str | None) -> object:
    """Return a text as a link to its document, if the selection contains that."""
    return PdfLink(text, address) if text and address else text


def _title(selection: Selection) -> str:
    names = [selection.title_of(name) for name in selection.histories["history"]]
    return f"Prosecution history: {first_named(names, most=_MAX_NAMED)}"
