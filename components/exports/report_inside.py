"""The part of a report on what the papers of a file say: in sentences, then action by action with quotes and pages."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from components.content.claim_lists import in_words
from components.content.grid.grid import Cell, Grid, grid_of
from components.content.grid.words import STATE_WORDS, lines_of_cell
from components.content.in_words import ReadSentence, claims_in_words, name_of_action
from components.content.records import ClaimStatus, DatedContent, Ground, Quote, Statement, StatementKind, Verdicts
from components.content.rejections.ground_labels import grounds_label, short_label
from components.content.tables import engines_in_words, period_in_words, printed_reference
from components.content.unread import DECIDING_KINDS
from components.exports.inside_papers import contents_of, files_read_inside, known_files, sentences_of
from components.exports.read_papers import refs_of
from components.exports.report_documents import CitedDocument, DocumentRow, cited_document
from components.exports.selection import Selection
from components.histories import PaperRef
from components.words import day, shortened

_KINDS: Final[Mapping[StatementKind, str]] = {
    "reason for allowance": "Reasons for allowance",
    "allowable subject matter": "Allowable subject matter",
}
"""The statements of actions → what they are called."""
_LONGEST_QUOTE: Final = 600
_NOT_READ_INSIDE: Final = "Not read inside: the papers of this office are searched only, by no rules."


@dataclass(frozen=True, slots=True)
class ReportedPassage:
    """Words of a paper, and where they stand."""

    text: str
    page: str
    """`page 3`; empty for a text without pages."""
    href: str
    """The address of that page of the PDF; empty if the address of this app is not known."""
    sure: str
    """`read with 91 % confidence`."""
    mark: str
    """How a person has marked the finding: `marked right by ada`; empty where nobody has."""


@dataclass(frozen=True, slots=True)
class ReportedFinding:
    """What an action says of claims, or a statement in it."""

    label: str
    """`103`, `Allowed`, `Reasons for allowance`."""
    claims: str
    detail: str
    """The references, the note, or where the claims stand; may be empty."""
    passage: ReportedPassage


@dataclass(frozen=True, slots=True)
class ReportedFlag:
    """What is to be looked at in an action."""

    words: str
    pages: str


@dataclass(frozen=True, slots=True)
class ReportedAction:
    """What one action says."""

    title: str
    """`Non-final action of 12 Mar 2018`."""
    source: CitedDocument
    label: str
    """Its grounds in one line."""
    not_read: str
    """Why it was not read; empty where it was."""
    how: str
    """`Read by machine (Tesseract 5.3.0), confidence 92 %`."""
    facts: str
    """Examiner, art unit and period for reply, as far as they were read."""
    grounds: tuple[ReportedFinding, ...]
    statuses: tuple[ReportedFinding, ...]
    reasons: tuple[ReportedFinding, ...]
    flags: tuple[ReportedFlag, ...]


@dataclass(frozen=True, slots=True)
class ReportedSentence:
    """A sentence about what a paper says, with the paper and the page."""

    text: str
    source: CitedDocument
    page: int


@dataclass(frozen=True, slots=True)
class ReportedCell:
    """A cell of the grid of grounds."""

    state: str
    """`rejected`, `not-read`: a name for its style."""
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportedGrid:
    """The grid of grounds of the selected actions: claims down, actions across."""

    heads: tuple[tuple[str, str], ...]
    """Name and day of each action."""
    rows: tuple[tuple[str, tuple[ReportedCell | None, ...]], ...]
    """Claims, and a cell for each action."""


@dataclass(frozen=True, slots=True)
class ReportedInside:
    """What the papers of one file say."""

    sentences: tuple[ReportedSentence, ...] = ()
    actions: tuple[ReportedAction, ...] = ()
    grid: ReportedGrid | None = None
    """`None` where an action may be missing, so that what changed cannot be told."""
    note: str = ""
    """That nothing is read inside the papers of this office; empty where it is."""


def reported_inside(selection: Selection, papers: Mapping[str, DocumentRow]) -> dict[str, ReportedInside]:
    """Return what the selected papers of each history say, by its key; nothing where no paper was read at all.

    Args:
        selection: what the report is made from.
        papers: the rows of its documents, by `<history>|<document id>`.
    """
    if not selection.contents:
        return {}
    sentences, read = sentences_of(selection), files_read_inside(selection)
    actions = [paper for paper in contents_of(selection) if paper.content.kind in DECIDING_KINDS]
    files, chosen = known_files(selection), set(refs_of(selection))
    found: dict[str, ReportedInside] = {}
    for history in selection.histories["history"]:
        own = [_action(paper, papers, selection.verdicts) for paper in actions if paper.paper.history == history]
        if history not in read:
            found[history] = ReportedInside(note=_NOT_READ_INSIDE)
        elif own:
            said = sentences.get(history, ())
            file = files.get(history)
            grid = _grid(grid_of(file.papers), chosen) if file is not None and file.is_whole else None
            found[history] = ReportedInside(tuple(_sentence(each, papers) for each in said), tuple(own), grid)
    return found


def _grid(grid: Grid, chosen: Collection[PaperRef]) -> ReportedGrid | None:
    """Return the columns of the selected actions; nothing where no claim could be read."""
    shown = [index for index, action in enumerate(grid.actions) if action.paper in chosen]
    rows: list[tuple[str, tuple[Cell | None, ...]]] = [(claims.words, claims.cells) for claims in grid.ranges()]
    rows += [("not legible", grid.illegible)] if grid.illegible else []
    if not shown or not rows:
        return None
    return ReportedGrid(
        tuple((grid.actions[index].name, day(grid.actions[index].day)) for index in shown),
        tuple((claims, tuple(_cell(cells[index]) for index in shown)) for claims, cells in rows),
    )


def _cell(cell: Cell | None) -> ReportedCell | None:
    return None if cell is None else ReportedCell(cell.state.replace(" ", "-"), tuple(lines_of_cell(cell)))


def _sentence(each: ReadSentence, papers: Mapping[str, DocumentRow]) -> ReportedSentence:
    return ReportedSentence(each.text, cited_document(each.paper.document, each.paper.history, papers), each.page)


def _action(paper: DatedContent, papers: Mapping[str, DocumentRow], verdicts: Verdicts) -> ReportedAction:
    content, title = paper.content, name_of_action(paper)
    passages = _Passages(paper, papers, verdicts)
    is_read = content.outcome == "read"
    engines = engines_in_words(content.engines)
    confidence = "" if content.confidence is None else f", confidence {content.confidence} %"
    return ReportedAction(
        title=f"{title[:1].upper()}{title[1:]}",
        source=cited_document(paper.paper.document, paper.paper.history, papers),
        label=grounds_label(content),
        not_read="" if is_read else content.why or "It could not be read",
        how=f"Read by machine{f' ({engines})' if engines else ''}{confidence}" if is_read else "",
        facts=" · ".join(_facts(paper)),
        grounds=tuple(passages.ground(each) for each in content.grounds),
        statuses=tuple(passages.status(each) for each in content.statuses if each.kind != "pending"),
        reasons=tuple(passages.statement(each) for each in content.statements if each.kind in _KINDS),
        flags=tuple(ReportedFlag(flag.words, _pages(flag.quotes)) for flag in content.flags),
    )


def _facts(paper: DatedContent) -> list[str]:
    content = paper.content
    pending = content.status("pending")
    facts = (
        ("Pending", in_words(pending)),
        ("Examiner", content.examiner.value if content.examiner else ""),
        ("Art unit", content.art_unit.value if content.art_unit else ""),
        ("Period for reply", period_in_words(content.reply_period)),
    )
    return [f"{label} {value}" for label, value in facts if value]


@dataclass(frozen=True, slots=True)
class _Passages:
    """Makes the findings of one paper ready for a report."""

    paper: DatedContent
    papers: Mapping[str, DocumentRow]
    verdicts: Verdicts

    def ground(self, ground: Ground) -> ReportedFinding:
        """Return a ground."""
        details = ["; ".join(printed_reference(each) for each in ground.references) or ground.over]
        details += ["provisional"] if ground.provisional else []
        details += [f"claims from the {ground.claims_from}"] if ground.claims_from in ("form", "paragraphs") else []
        return ReportedFinding(
            label=short_label(ground),
            claims=claims_in_words(ground.claims),
            detail="; ".join(part for part in (*details, *ground.notes) if part),
            passage=self._passage(ground.id, ground.quote, ground.confidence),
        )

    def status(self, status: ClaimStatus) -> ReportedFinding:
        """Return a line on how claims stand."""
        where = "on the form" if status.place == "form" else "in the text"
        doubt = "" if status.legible else "not all of it legible"
        return ReportedFinding(
            label=STATE_WORDS[status.kind].capitalize(),
            claims=claims_in_words(status.claims),
            detail="; ".join(part for part in (where, status.note, doubt) if part),
            passage=self._passage(status.id, status.quote, status.confidence),
        )

    def statement(self, statement: Statement) -> ReportedFinding:
        """Return reasons for allowance and the like."""
        return ReportedFinding(
            label=_KINDS[statement.kind],
            claims=claims_in_words(statement.claims) if statement.claims else "",
            detail="",
            passage=self._passage(statement.id, statement.quote, statement.confidence),
        )

    def _passage(self, finding: str, quote: Quote, confidence: int) -> ReportedPassage:
        row = self.papers.get(str(self.paper.paper))
        address = row.href if row is not None else ""
        verdict = self.verdicts.get((self.paper.paper, finding))
        said = "" if verdict is None else f"marked {'right' if verdict.is_right else 'wrong'} by {verdict.person}"
        return ReportedPassage(
            text=shortened(quote.text, _LONGEST_QUOTE) + (" \u2026" if quote.goes_on else ""),
            page=f"page {quote.page}" if quote.page else "",
            href=f"{address}#page={quote.page}" if address and quote.page else address,
            sure=f"read with {confidence} % confidence",
            mark=said,
        )


def _pages(quotes: Sequence[Quote]) -> str:
    numbers = sorted({quote.page for quote in quotes if quote.page})
    if not numbers:
        return ""
    return f"{'page' if len(numbers) == 1 else 'pages'} {in_words(numbers)}"
