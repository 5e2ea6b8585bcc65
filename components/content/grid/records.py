"""The records of the grid of grounds: what an action says of a claim, what is new in it and what fell away."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Literal

from components.content.claim_lists import in_words
from components.content.records import Place, Quote
from components.histories import PaperRef
from components.words import day as day_in_words
from components.words import listed

CellState = Literal[
    "rejected", "objected", "allowed", "withdrawn", "cancelled", "restricted", "pending", "not pending", "not known",
    "not read",
]  # fmt: skip
"""How a claim stands in an action. "pending": it is pending, and the action says nothing of it; "not pending": it is
not among the claims that the action lists as pending; "not known": the action was read, but does not let us say;
"not read": the action itself was not read."""
News = Literal["", "new", "other references"]


@dataclass(frozen=True, slots=True)
class CellFinding:
    """One finding in a cell, and where it stands."""

    label: str
    """`103`; of a status what it is: `allowed`."""
    paper: PaperRef
    finding: str
    """Its id."""
    quote: Quote
    confidence: int
    place: Place = "body"
    news: News = ""
    """Whether the action before had no such ground on this claim, or had it with other references."""
    notes: tuple[str, ...] = ()
    """`provisional`; `allowable if rewritten`; what is odd about it."""
    references: tuple[str, ...] = ()
    """As printed."""

    @property
    def page(self) -> int:
        """The page on which it stands."""
        return self.quote.page


@dataclass(frozen=True, slots=True)
class Reply:
    """A paper of the applicant between two actions."""

    paper: PaperRef
    day: date | None
    name: str


@dataclass(frozen=True, slots=True)
class FellAway:
    """A ground that the action before had on a claim, and this one has not."""

    label: str
    former: CellFinding
    """The ground in the action before."""
    former_day: date | None
    replies: tuple[Reply, ...]
    """The applicant's papers between both, as far as they were read."""

    @property
    def words(self) -> str:
        """What fell away and after what: `103 fell away after the reply of 2 May 2019`."""
        return f"{self.label} {self.what_happened}"

    @property
    def what_happened(self) -> str:
        """The same without the ground: `fell away after the reply of 2 May 2019`."""
        days = list(dict.fromkeys(day_in_words(reply.day) for reply in self.replies if reply.day is not None))
        if self.replies and days:
            return f"fell away after the {'reply' if len(days) == 1 else 'replies'} of {listed(days)}"
        if self.replies:
            return "fell away after an undated reply"
        former = "" if self.former_day is None else f" of {day_in_words(self.former_day)}"
        return f"fell away since the action{former}; no reply in between was read"


@dataclass(frozen=True, slots=True)
class Cell:
    """What one action says of one claim."""

    state: CellState
    findings: tuple[CellFinding, ...] = ()
    fell_away: tuple[FellAway, ...] = ()
    difference: str = ""
    """How form and text of the action differ on this claim: `form: allowed; text: rejected`; empty where they agree."""
    why: str = ""
    """Why the state is not known, in words."""

    @property
    def labels(self) -> tuple[str, ...]:
        """What stands in the cell, each once, in the order of the paper."""
        return tuple(dict.fromkeys(finding.label for finding in self.findings))

    def news(self, kind: News) -> tuple[str, ...]:
        """Return the labels of grounds that are new, or rest on other references than before."""
        return tuple(dict.fromkeys(finding.label for finding in self.findings if finding.news == kind))


@dataclass(frozen=True, slots=True)
class GridAction:
    """An action, a column of the grid."""

    paper: PaperRef
    day: date | None
    code: str
    name: str
    round: int | None
    kind: str
    finality: str
    """`non-final`, `final`; empty where the paper does not say."""
    label: str
    """Its grounds in one line, see `grounds_label`."""
    is_read: bool
    why: str
    """Why it was not read, in words."""
    engines: tuple[str, ...]
    confidence: int | None
    replies: tuple[Reply, ...]
    """The applicant's papers since the action before, as far as they were read."""
    not_compared: str
    """Why nothing is said about what is new in it and what fell away; empty where it is compared."""


@dataclass(frozen=True, slots=True)
class ClaimRange:
    """Claims that every action treats alike."""

    claims: tuple[int, ...]
    cells: tuple[Cell, ...]
    """One for each action."""

    @property
    def words(self) -> str:
        """The claims: `1-9`."""
        return in_words(self.claims)


@dataclass(frozen=True, slots=True)
class Grid:
    """Claims × actions of one file."""

    history: str
    actions: tuple[GridAction, ...]
    claims: tuple[int, ...]
    """In rising order."""
    cells: Mapping[tuple[int, int], Cell]
    """By claim and index of the action; there is one for each."""
    illegible: tuple[Cell | None, ...] = ()
    """For each action its grounds and lines whose claims are not legible, `None` where it has none; empty if no action
    has any."""

    def row(self, claim: int) -> tuple[Cell, ...]:
        """Return the cells of a claim, one for each action."""
        return tuple(self.cells[claim, index] for index in range(len(self.actions)))

    def ranges(self) -> tuple[ClaimRange, ...]:
        """Return the claims in rising order, neighbours together that every action treats alike."""
        rows = [(claim, self.row(claim)) for claim in self.claims]
        return tuple(
            ClaimRange(tuple(claim for claim, _ in together), together[0][1])
            for _, run in groupby(rows, key=lambda claim_and_cells: self._alike(claim_and_cells[1]))
            if (together := list(run))
        )

    def _alike(self, cells: tuple[Cell, ...]) -> object:
        """Return what claims that are treated alike have in common: all but where the applicant's claims stand."""
        return [
            (
                replace(cell, findings=()),
                [finding if finding.paper == action.paper else finding.label for finding in cell.findings],
            )
            for cell, action in zip(cells, self.actions, strict=True)
        ]
