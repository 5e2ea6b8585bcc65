"""What the selected papers say in their own words: as tables for workbooks and CSV files, and a word for each document.

Only selected documents are taken away; an action that was not read is among them and says so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from components.content.claims.claims_table import claims_table
from components.content.in_words import ReadSentence, content_in_words
from components.content.records import DatedContent
from components.content.references.references import files_with_unread_lists, references_table
from components.content.rejections.ground_labels import grounds_label
from components.content.statements.statements_table import statements_table
from components.content.tables import READ_BY_MACHINE as BY_MACHINE
from components.content.tables import actions_table, flags_table, grounds_table, statuses_table
from components.content.unread import READ_OFFICES, with_unread
from components.exports.cells import cell_values
from components.exports.read_papers import refs_of
from components.exports.selection import Selection
from components.exports.sheets import Column, PdfLink
from components.histories import PaperRef
from components.prosecution import category_labels

NOT_READ_INSIDE: Final = "not read inside"
READ_BY_MACHINE: Final = (
    "Read by machine from the pages of the papers, by rules, each with its page: what was not read is not shown, and "
    "what is shown can be wrong. The papers themselves are authoritative."
)
"""Said wherever findings inside papers are taken away."""
_WIDTHS: Final = {
    "date": 12, "code": 9, "name": 24, "round": 7, "ground": 16, "statute": 18, "claims": 18, "references": 40,
    "numbers": 28, "over": 30, "notes": 30, "quote": 70, "text": 80, "page": 7, "read_by": 18, "confidence": 11,
    "how_read": 16, "mark": 8, "marked_by": 14, "marked_on": 12, "differences": 50, "added": 40, "struck": 40,
    "what": 70, "words": 70, "why": 40, "disagreements": 40, "note": 24, "grounds": 28,
}  # fmt: skip
"""Column → its width in characters; of any other 13."""
_WRAPPED: Final = 30
"""A column at least so wide wraps its text."""
_SPELLED: Final = {
    "history": "Application", "read_by": "Read by", "how_read": "How read", "pre_aia": "Pre-AIA",
    "not_in": "Not cited in", "ground": "Ground",
}  # fmt: skip
_HIDDEN: Final = frozenset({"paper"})
"""The id of a document, for which a link stands."""


@dataclass(frozen=True, slots=True)
class InsideTable:
    """Findings inside papers as a table."""

    name: str
    """What its sheet is called."""
    file: str
    """What its CSV file is called."""
    rows: pd.DataFrame

    @property
    def columns(self) -> list[Column]:
        """The columns of its sheet."""
        columns = [Column("Patent", 17)] if self._is_of_files() else []
        for name in self._shown():
            width = _WIDTHS.get(name, 13)
            header = "Paper" if name == "name" and self._leads_to_paper() else _header(name)
            columns.append(Column(header, width, wrapped=width >= _WRAPPED))
        return [*columns, Column("PDF", 13)] if self._leads_to_paper() else columns

    def cells(self, selection: Selection) -> Iterator[Sequence[object]]:
        """Yield the rows of its sheet, each with a link to the page of its paper."""
        columns: list[list[object]] = [self._plain_cells(name) for name in self._shown()]
        if self._is_of_files():
            patents = selection.patent_numbers()
            columns.insert(0, [patents.get(history, "") for history in self.rows["history"]])
        if self._leads_to_paper():
            columns.append(self._links(selection))
        return zip(*columns, strict=True)

    def csv_rows(self, selection: Selection) -> Iterator[Sequence[object]]:
        """Yield the rows of its CSV file: as its sheet has them, with the address in place of a link."""
        for row in self.cells(selection):
            yield [cell.address if isinstance(cell, PdfLink) else cell for cell in row]

    def csv_columns(self) -> list[str]:
        """Return the columns of its CSV file."""
        names = ["patent_number"] if self._is_of_files() else []
        names += ["application_number" if name == "history" else name for name in self._shown()]
        return [*names, "link"] if self._leads_to_paper() else names

    def _plain_cells(self, name: str) -> list[object]:
        return [_plain(value) for value in cell_values(self.rows[name])]

    def _links(self, selection: Selection) -> list[object]:
        addresses = selection.pdf_addresses()
        pages = cell_values(self.rows["page"]) if "page" in self.rows else [None] * len(self.rows)
        names = zip(self.rows["history"], self.rows["paper"], pages, strict=True)
        return [_link(addresses.get((history, paper), ""), page) for history, paper, page in names]

    def _shown(self) -> list[str]:
        return [name for name in self.rows.columns if name not in _HIDDEN]

    def _is_of_files(self) -> bool:
        return "history" in self.rows

    def _leads_to_paper(self) -> bool:
        return "paper" in self.rows and self._is_of_files()


def inside_tables(selection: Selection) -> list[InsideTable]:
    """Return the tables of what was read inside the selected papers; none where nothing was read in any.

    What changed in a claim is told from all papers that were read, also from those that are not selected.
    """
    papers, verdicts = contents_of(selection), selection.verdicts
    if not selection.contents or not papers:
        return []
    claims = _selected(selection, claims_table(selection.contents, verdicts)).assign(how_read=BY_MACHINE)
    references = _references(selection, papers).assign(how_read=BY_MACHINE)
    return [
        InsideTable("Actions", "actions.csv", actions_table(papers)),
        InsideTable("Grounds", "grounds.csv", grounds_table(papers, verdicts)),
        InsideTable("Claims", "claims.csv", claims),
        InsideTable("Claim status", "claim_status.csv", statuses_table(papers, verdicts)),
        InsideTable("References", "references.csv", references),
        InsideTable("Statements", "statements.csv", statements_table(papers, verdicts)),
        InsideTable("Flags", "flags.csv", flags_table(papers, verdicts)),
    ]


def contents_of(selection: Selection) -> tuple[DatedContent, ...]:
    """Return what the selected papers say, with the selected actions that were not read, by file in reading order."""
    chosen = set(refs_of(selection))
    read = [paper for paper in selection.contents if paper.paper in chosen]
    rows = selection.documents[selection.documents["history"].isin(files_read_inside(selection))]
    return with_unread(read, rows, labels=category_labels(READ_OFFICES))


def sentences_of(selection: Selection) -> dict[str, tuple[ReadSentence, ...]]:
    """Return what the selected papers of each file say in words; no file of which nothing was read.

    What is new in an action and what fell away is said only where every action of the file is known.
    """
    chosen = set(refs_of(selection))
    sentences: dict[str, tuple[ReadSentence, ...]] = {}
    for history, file in known_files(selection).items():
        said = [
            each
            for each in content_in_words(file.papers, compared=file.is_whole)
            if all(PaperRef(history, document) in chosen for document in each.documents)
        ]
        if said:
            sentences[history] = tuple(said)
    return sentences


@dataclass(frozen=True, slots=True)
class KnownFile:
    """What is known from inside the papers of a file, those included that are not selected."""

    papers: tuple[DatedContent, ...]
    is_whole: bool
    """Whether every action that opens a round is among them, be it as one that was not read."""


def known_files(selection: Selection) -> dict[str, KnownFile]:
    """Return what is known from inside the papers of each file, by the key of its history; files without are absent."""
    everything = {paper.paper: paper for paper in (*contents_of(selection), *selection.contents)}
    files: dict[str, KnownFile] = {}
    for history in dict.fromkeys(paper.paper.history for paper in selection.contents):
        papers = tuple(paper for ref, paper in everything.items() if ref.history == history)
        actions = selection.rounds.loc[selection.rounds["history"] == history, "action"]
        files[history] = KnownFile(papers, all(PaperRef(history, action) in everything for action in actions))
    return files


def grounds_by_document(selection: Selection) -> list[str]:
    """Return what each selected document says of claims in one line, `103 · 112(b)`; empty where it is no action.

    An action that was not read is `not read`, the papers of an office without rules are `not read inside`.
    """
    found = {paper.paper: grounds_label(paper.content) for paper in contents_of(selection)}
    inside = files_read_inside(selection)
    keys, sides = selection.documents["key"].tolist(), selection.documents["side"].astype("str").tolist()
    return [
        found.get(ref, "") if ref.history in inside else NOT_READ_INSIDE if key and side == "office" else ""
        for ref, key, side in zip(refs_of(selection), keys, sides, strict=True)
    ]


def _references(selection: Selection, papers: Sequence[DatedContent]) -> pd.DataFrame:
    """Return the references of selected papers; files by what they are called on the screen."""
    rows, files = selection.documents, files_read_inside(selection)
    unread = files_with_unread_lists(rows[rows["history"].isin(files)], papers)
    screen = [name for name in selection.histories["history"] if name in files]
    return references_table(papers, files=screen, unread=unread)


def _selected(selection: Selection, table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a table that are of selected documents."""
    chosen = set(refs_of(selection))
    names = zip(table["history"], table["paper"], strict=True)
    return table[[PaperRef(*name) in chosen for name in names]].reset_index(drop=True)


def files_read_inside(selection: Selection) -> set[str]:
    """Return the files whose papers are read by rules, by the key of their history."""
    facts = selection.histories
    return set(facts.loc[facts["office"].isin(READ_OFFICES), "history"])


def _header(name: str) -> str:
    words = name.replace("_", " ")
    return _SPELLED.get(name) or f"{words[:1].upper()}{words[1:]}"


def _plain(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else None
    return value


def _link(address: str, page: object) -> object:
    """Return a link to a page of a paper; none without an address."""
    if not address:
        return None
    return PdfLink(f"Open page {page}", f"{address}#page={page}") if page else PdfLink("Open PDF", address)
