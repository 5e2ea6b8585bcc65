"""The columns of the grid of grounds: what one action says of each claim, and how it differs from the action before."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from components.content.grid.records import Cell, CellFinding, FellAway, GridAction, Reply
from components.content.records import (
    WITH_DEPENDENTS,
    ClaimSet,
    ClaimStatus,
    DatedContent,
    Ground,
    NamedReference,
    PaperContent,
    StatusKind,
)
from components.content.references.cited_numbers import are_one_number
from components.content.rejections.ground_labels import grounds_label, short_label
from components.histories import PaperRef
from components.words import listed

_SHOWN: Final[tuple[StatusKind, ...]] = ("rejected", "objected", "allowed", "withdrawn", "cancelled", "restricted")
"""The states that an action can give a claim, the first of several that it gives makes the cell's state."""
_ANSWERS: Final = frozenset({"claims", "remarks"})
_COLUMNS: Final = frozenset({"action", "advisory", "allowance"})
_ON_MERITS: Final = frozenset({"rejected", "objected", "allowed"})
_COMPLETE_SETS: Final = frozenset({"1.121", "as filed"})
"""The rules by which a set of claims lists every claim."""


@dataclass(frozen=True, slots=True)
class ActionColumn:
    """An action with what is needed to say what it says of a claim."""

    paper: DatedContent
    replies: tuple[Reply, ...]
    before: ClaimSet | None
    """The set of claims that was last read before it, if it lists every claim."""
    set_paper: PaperRef | None
    former: int | None
    """Index of the action with which it is compared."""
    not_compared: str
    on_claim: dict[int, list[Ground]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for ground in self.content.grounds:
            for claim in dict.fromkeys(ground.claims):
                self.on_claim.setdefault(claim, []).append(ground)

    @property
    def content(self) -> PaperContent:
        """What the action says."""
        return self.paper.content

    @property
    def claims(self) -> set[int]:
        """The claims that it names."""
        return {*self.on_claim, *(claim for status in self.content.statuses for claim in status.claims)}

    @property
    def is_read(self) -> bool:
        """Whether it was read."""
        return self.content.outcome == "read"

    def action(self) -> GridAction:
        """Return the head of the column."""
        content = self.content
        return GridAction(
            paper=self.paper.paper,
            day=self.paper.day,
            code=self.paper.code,
            name=self.paper.name,
            round=self.paper.round,
            kind=content.kind,
            finality="" if content.finality is None else content.finality.value,
            label=grounds_label(content),
            is_read=self.is_read,
            why=content.why,
            engines=content.engines,
            confidence=content.confidence,
            replies=self.replies,
            not_compared=self.not_compared,
        )

    def compared(self, claim: int, before: Cell | None, columns: Sequence["ActionColumn"]) -> Cell:
        """Return the cell of a claim with what is new in it and what fell away since the action before."""
        cell = self.cell(claim)
        if before is None or self.former is None or not self.is_read:
            return cell
        former = columns[self.former]
        return replace(
            cell,
            findings=tuple(self._with_news(finding, claim, before, former) for finding in cell.findings),
            fell_away=self._fell_away(claim, cell, former),
        )

    def cell(self, claim: int) -> Cell:
        """Return what the action by itself says of a claim."""
        statuses = [status for status in self.content.statuses if claim in status.claims]
        if not self.is_read:
            said = self._of_statuses(statuses, rejected=False)
            return Cell("not read", tuple(said), why=self.content.why or "The paper was not read")
        grounds = self.on_claim.get(claim, [])
        kinds = {status.kind for status in statuses} | ({"rejected"} if grounds else set())
        difference = self._difference(grounds, statuses)
        found = [self.of_ground(ground) for ground in grounds] + self._of_statuses(statuses, rejected=bool(grounds))
        for state in _SHOWN:
            if state in kinds:
                return Cell(state, tuple(found), difference=difference)
        return self._unmentioned(claim, statuses)

    def illegible(self) -> Cell | None:
        """Return the grounds and lines of the action whose claims are not legible."""
        if not self.is_read:
            return Cell("not read", why=self.content.why or "The paper was not read")
        grounds = [self.of_ground(ground) for ground in self.content.grounds if not ground.claims]
        said = {status.kind for status in self.content.statuses if status.legible}
        lines = (each for each in self.content.statuses if not each.legible and each.kind not in said)
        statuses = [_of_status(self.paper.paper, each) for each in lines]
        if not grounds and not statuses:
            return None
        return Cell("rejected" if grounds else "not known", (*grounds, *statuses), why="The claims are not legible")

    def illegible_labels(self) -> set[str]:
        """Return the labels of the grounds whose claims are not legible: any claim may have them."""
        return {short_label(ground) for ground in self.content.grounds if not ground.claims}

    def of_ground(self, ground: Ground) -> CellFinding:
        """Return a ground as a finding in a cell."""
        notes = ("provisional", *ground.notes) if ground.provisional else ground.notes
        if ground.claims_from in ("form", "paragraphs"):
            notes = (*notes, f"claims from the {'form' if ground.claims_from == 'form' else 'paragraphs below it'}")
        return CellFinding(
            label=short_label(ground),
            paper=self.paper.paper,
            finding=ground.id,
            quote=ground.quote,
            confidence=ground.confidence,
            notes=notes,
            references=tuple(each.printed or each.number or each.name for each in ground.references),
        )

    def _of_statuses(self, statuses: Sequence[ClaimStatus], *, rejected: bool) -> list[CellFinding]:
        """Return the findings of what is said besides grounds, each kind once, by the text rather than by the form."""
        by_kind: dict[str, ClaimStatus] = {}
        for status in sorted(statuses, key=lambda each: each.place != "body"):
            by_kind.setdefault(status.kind, status)
        return [
            _of_status(self.paper.paper, by_kind[kind])
            for kind in _SHOWN
            if kind in by_kind and not (rejected and kind == "rejected")
        ]

    def _unmentioned(self, claim: int, statuses: Sequence[ClaimStatus]) -> Cell:
        """Return the cell of a claim on which the action has no ground and to which it gives no status."""
        cancelled = self._by_the_set(claim)
        if cancelled.state == "cancelled" and not statuses and all(ground.claims for ground in self.content.grounds):
            return cancelled  # a line of the form that is not legible does not bring it back
        doubt = self._doubt()
        pending = [_of_status(self.paper.paper, each) for each in statuses if each.kind == "pending"][:1]
        if doubt:
            return Cell("not known", tuple(pending), why=doubt)
        if pending:
            return Cell("pending", tuple(pending))
        if any(each.kind == "pending" for each in self.content.statuses):
            return Cell("not pending")
        return self._by_the_set(claim)

    def _by_the_set(self, claim: int) -> Cell:
        """Return the cell of an unmentioned claim of an action that does not list what is pending.

        What was cancelled stays cancelled. What was pending then need not be now: a later amendment may not be read.
        """
        found = None if self.before is None else next((one for one in self.before.claims if one.number == claim), None)
        if found is not None and self.set_paper is not None and found.status.startswith("cancel"):
            said = CellFinding("cancelled", self.set_paper, found.id, found.quote, found.confidence)
            return Cell("cancelled", (replace(said, notes=("in the applicant's claims",)),))
        return Cell(
            "not known", why="The paper says nothing of it, and does not list what is pending, or was not read there"
        )

    def _doubt(self) -> str:
        """Return why a claim that is not mentioned may be meant all the same; empty if nothing speaks for it."""
        if any(not ground.claims for ground in self.content.grounds):
            return "The claims of a ground are not legible; this one may be among them"
        if any(not each.legible and each.kind != "pending" for each in self.content.statuses):
            return "A line of the form is not legible; this claim may be in it"
        if any(WITH_DEPENDENTS in ground.notes for ground in self.content.grounds):
            return "A ground is on dependent claims that it does not number; this claim may be one"
        return "Pages of the action are not read" if self.content.missing_pages else ""

    def _difference(self, grounds: Sequence[Ground], statuses: Sequence[ClaimStatus]) -> str:
        """Return how form and text differ on a claim, in words."""
        form = {each.kind for each in statuses if each.place == "form"} & set(_SHOWN)
        text = {each.kind for each in statuses if each.place == "body"} & set(_SHOWN)
        text |= {"rejected"} if grounds else set()
        sides_differ = bool(form and text and not form & text) or self._rejected_once(form, text)
        if not sides_differ:
            return ""
        return f"form: {_kinds_in_words(form) or 'not named'}; text: {_kinds_in_words(text) or 'no ground'}"

    def _rejected_once(self, form: set[StatusKind], text: set[StatusKind]) -> bool:
        """Return whether only one side rejects a claim, and the other could be read."""
        lines = [each for each in self.content.statuses if each.place == "form" and each.kind == "rejected"]
        form_known = bool(lines) and all(each.legible for each in lines)
        text_known = bool(self.content.grounds) and not self._doubt()
        return form_known and text_known and ("rejected" in form) != ("rejected" in text)

    def _with_news(self, finding: CellFinding, claim: int, before: Cell, former: "ActionColumn") -> CellFinding:
        """Return a ground with whether it is new on a claim that stood in the action before."""
        grounds = self.on_claim.get(claim, ())
        ground = next((each for each in grounds if each.id == finding.finding), None)
        if ground is None or before.state in ("not pending", "not known", "not read"):
            return finding
        same = [each for each in former.on_claim.get(claim, ()) if short_label(each) == short_label(ground)]
        if not same:
            doubtful = any(
                not each.claims and short_label(each) == short_label(ground) for each in former.content.grounds
            )
            return finding if doubtful else replace(finding, news="new")
        if all(_other_references(ground.references, each.references) for each in same):
            return replace(finding, news="other references")
        return finding

    def _fell_away(self, claim: int, cell: Cell, former: "ActionColumn") -> tuple[FellAway, ...]:
        """Return the grounds of the action before that are no longer on a claim."""
        if cell.state in ("not known", "not read"):
            return ()
        here = {short_label(ground) for ground in self.on_claim.get(claim, ())}
        here |= self.illegible_labels()
        gone = {short_label(ground): ground for ground in reversed(former.on_claim.get(claim, []))}
        if any(each.place == "form" and each.label == "rejected" for each in cell.findings):
            return ()  # rejected on the form, and no ground read: it may be any of them
        return tuple(
            FellAway(label, former.of_ground(ground), former.paper.day, self.replies)
            for label, ground in reversed(gone.items())
            if label not in here
        )


def columns_of(ordered: Sequence[DatedContent]) -> list[ActionColumn]:
    """Return the columns of a grid: actions, advisory actions and notices of allowance, the oldest first."""
    columns: list[ActionColumn] = []
    replies: list[Reply] = []
    before: tuple[PaperRef, ClaimSet] | None = None
    former: int | None = None
    why = "It is the first action"
    for paper in ordered:
        content = paper.content
        if content.claims is not None:
            before = (paper.paper, content.claims) if content.claims.rule in _COMPLETE_SETS else None
        if content.kind in _ANSWERS:
            replies.append(Reply(paper.paper, paper.day, paper.name))
        if content.kind not in _COLUMNS:
            continue
        compared = content.kind != "advisory"
        columns.append(
            ActionColumn(
                paper,
                tuple(replies),
                before[1] if before else None,
                before[0] if before else None,
                former if compared else None,
                why if compared else "Advisory actions are not compared",
            )
        )
        if content.kind == "action" and _is_on_the_merits(content):
            is_read = content.outcome == "read"
            former, replies = (len(columns) - 1 if is_read else None), []
            why = "" if is_read else "The action before was not read"
    return columns


def _is_on_the_merits(content: PaperContent) -> bool:
    """Return whether an action says more of claims than that they are restricted; one that was not read may."""
    stated = any(each.kind in _ON_MERITS for each in content.statuses)
    return content.outcome == "not read" or bool(content.grounds) or stated


def _of_status(paper: PaperRef, status: ClaimStatus) -> CellFinding:
    return CellFinding(
        label=status.kind,
        paper=paper,
        finding=status.id,
        quote=status.quote,
        confidence=status.confidence,
        place=status.place,
        notes=(status.note,) if status.note else (),
    )


def _kinds_in_words(kinds: set[StatusKind]) -> str:
    return listed([kind for kind in _SHOWN if kind in kinds])


def _other_references(ones: Sequence[NamedReference], others: Sequence[NamedReference]) -> bool:
    """Return whether two grounds are sure to rest on different references; where either names none, it is not known."""
    if not ones or not others:
        return False
    unmatched = [one for one in ones if not any(_same_reference(one, other) for other in others)]
    lacking = [other for other in others if not any(_same_reference(one, other) for one in ones)]
    return bool(unmatched or lacking)


def _same_reference(one: NamedReference, other: NamedReference) -> bool:
    """Return whether two names may mean one reference: by number where both have one, else by the first name.

    A kind code says nothing of which document it is, and under one name a digit that engines mistake is the same.
    """
    if one.number and other.number:
        alike = bool(_first_name(one)) and _first_name(one) == _first_name(other)
        return are_one_number(one.number, other.number, as_read=alike)
    return _first_name(one) == _first_name(other) or not _first_name(one) or not _first_name(other)


def _first_name(reference: NamedReference) -> str:
    letters = "".join(char if char.isalpha() else " " for char in reference.name.casefold()).split()
    return letters[0] if letters else ""
