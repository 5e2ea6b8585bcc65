"""What the actions of a file say, in sentences, each of which leads to its paper and page.

Templates say what was read and what was not; they never draw a conclusion from it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from components.content.claim_lists import in_words
from components.content.grid.grid import CellFinding, Grid, grid_of
from components.content.records import (
    ClaimStatus,
    DatedContent,
    Flag,
    Ground,
    NamedReference,
    PaperContent,
    Quote,
    Statement,
    StatusKind,
)
from components.content.rejections.ground_labels import short_label
from components.histories import PaperRef
from components.prosecution import Sentence
from components.words import day, listed, shortened

_NOUNS: Final = {
    "non-final": "non-final action",
    "final": "final action",
    "Quayle": "Quayle action",
    "advisory": "advisory action",
    "allowance": "notice of allowance",
}
"""Kind of an action → what it is called in a sentence."""
_KINDS: Final = {"advisory": "advisory action", "allowance": "notice of allowance"}
_VERBS: Final[tuple[tuple[StatusKind, str], ...]] = (
    ("objected", "objects to"),
    ("allowed", "allows"),
    ("restricted", "restricts"),
)
_STANDING: Final[tuple[tuple[StatusKind, str], ...]] = (("withdrawn", "withdrawn"), ("cancelled", "cancelled"))
_ON_FORM: Final[tuple[tuple[StatusKind, str], ...]] = (
    ("rejected", "rejected"),
    ("objected", "objected to"),
    ("allowed", "allowed"),
    ("withdrawn", "withdrawn"),
)
_LONGEST_QUOTE: Final = 240
_MOST_REFERENCES: Final = 4
_READ_INSIDE: Final = frozenset({"action", "advisory", "allowance"})


@dataclass(frozen=True, slots=True)
class ReadSentence(Sentence):
    """A sentence about what a paper says; `documents` has its id, and that of the action with which it is compared."""

    paper: PaperRef
    page: int
    """Where the first of what it says stands; 1 where nothing was read."""
    finding: str = ""
    """The id of that finding; empty where nothing was read."""
    quote: Quote | None = None
    """Its words; `None` where the sentence is about the paper as a whole."""


def content_in_words(papers: Sequence[DatedContent], *, compared: bool = True) -> tuple[ReadSentence, ...]:
    """Return what the actions of one file say, the oldest first, at least a sentence for each action.

    Args:
        papers: what the papers of the file say; as for `grid_of`.
        compared: whether to say what is new in an action and what fell away; False where an action may be missing.
    """
    ordered = sorted(papers, key=lambda paper: paper.place)
    grid = grid_of(ordered)
    index_of = {action.paper: index for index, action in enumerate(grid.actions)}
    sentences: list[ReadSentence] = []
    for paper in ordered:
        if paper.content.kind in _READ_INSIDE:
            sentences += _sentences_of(paper, grid if compared else None, index_of[paper.paper])
    return tuple(sentences)


def claims_in_words(claims: Iterable[int]) -> str:
    """Return claims with their noun: `claim 1`, `claims 1–9 and 12`; `claims that are not legible` for none."""
    numbers = sorted(set(claims))
    if not numbers:
        return "claims that are not legible"
    ranges = in_words(numbers).replace("-", "\u2013").split(", ")
    return f"{'claim' if len(numbers) == 1 else 'claims'} {listed(ranges)}"


def name_of_action(paper: DatedContent) -> str:
    """Return what an action is called in a sentence: `non-final action of 12 Mar 2018`."""
    content = paper.content
    finality = "" if content.finality is None else content.finality.value
    noun = _NOUNS.get(finality) or _KINDS.get(content.kind) or f"{paper.name[:1].lower()}{paper.name[1:]}" or "action"
    return f"{noun} of {day(paper.day)}" if paper.day is not None else f"undated {noun}"


def _sentences_of(paper: DatedContent, grid: Grid | None, index: int) -> list[ReadSentence]:
    name, content = name_of_action(paper), paper.content
    if content.outcome == "not read":
        why = f": {content.why.rstrip('.')}" if content.why else ""
        on_form = [
            f"{claims_in_words(content.status(kind))} as {words}" for kind, words in _ON_FORM if content.status(kind)
        ]
        form = f"; its form has {listed(on_form)}" if on_form else ""
        return [_sentence(paper, f"The {name} was not read{why}{form}.")]
    parts = [_main_sentence(paper, name)]
    parts += [] if grid is None else _changes(paper, grid, index)
    parts += [_flagged(paper, name, flag) for flag in content.flags]
    parts += [_reason(paper, name, each) for each in content.statements if each.kind == "reason for allowance"][:1]
    return parts


def _main_sentence(paper: DatedContent, name: str) -> ReadSentence:
    """Return what an action says of claims in one sentence, which leads to the first of it."""
    content = paper.content
    said = [part for part in (_rejections(content), *_other_verbs(content)) if part]
    standing = [
        f"{claims_in_words(content.status(kind))} {'is' if len(content.status(kind)) == 1 else 'are'} {words}"
        for kind, words in _STANDING
        if content.status(kind)
    ]
    if not said and not standing:
        return _sentence(paper, f"In the {name} no ground was found and no claim that it names.")
    text = f"The {name} {listed(said)}" if said else f"By the {name}"
    if standing:
        text += f"; {listed(standing)}" if said else f" {listed(standing)}"
    first = _first_finding(content)
    return _sentence(paper, f"{text}.", first.quote, first.id) if first else _sentence(paper, f"{text}.")


def _first_finding(content: PaperContent) -> Ground | ClaimStatus | None:
    if content.grounds:
        return content.grounds[0]
    order = [kind for kind, _ in (*_VERBS, *_STANDING)]
    stated = sorted(
        (each for each in content.statuses if each.kind in order),
        key=lambda each: (order.index(each.kind), each.place != "body"),
    )
    return stated[0] if stated else next(iter(content.statuses), None)


def _rejections(content: PaperContent) -> str:
    """Return `rejects claims 1–9 under 103 (Jung) and claim 2 under 112(b)`."""
    if content.grounds:
        return f"rejects {listed([_one_rejection(ground) for ground in content.grounds])}"
    rejected = content.status("rejected")
    return f"rejects {claims_in_words(rejected)} on grounds that were not read" if rejected else ""


def _one_rejection(ground: Ground) -> str:
    label = short_label(ground)
    why = f"for {label}" if label.endswith("double patenting") else f"under {label}"
    named = _names(ground.references)
    more = [f"{len(named) - _MOST_REFERENCES} more"] if len(named) > _MOST_REFERENCES else []
    over = listed([*named[:_MOST_REFERENCES], *more])
    provisionally = "provisionally " if ground.provisional else ""
    return f"{provisionally}{claims_in_words(ground.claims)} {why}{f' ({over})' if over else ''}"


def _names(references: Sequence[NamedReference]) -> list[str]:
    """Return references by their short names, those who share one by their numbers."""
    by_name = {(short_name(reference), reference.number): reference for reference in references}
    different = list(by_name.values())
    names = [short_name(reference) for reference in different]
    named = [
        reference.number if reference.number and names.count(name) > 1 else name
        for name, reference in zip(names, different, strict=True)
    ]
    return list(dict.fromkeys(named))


def short_name(reference: NamedReference) -> str:
    """Return a reference as it is named among others: `Jung`; by its number where it has no name."""
    name = reference.name.split(" et al")[0].split(",")[0].strip()
    return name or reference.number or shortened(reference.title or reference.printed, 40)


def _other_verbs(content: PaperContent) -> list[str]:
    return [f"{verb} {claims_in_words(content.status(kind))}" for kind, verb in _VERBS if content.status(kind)]


def _changes(paper: DatedContent, grid: Grid, index: int) -> list[ReadSentence]:
    """Return what is new in an action, and what of the action before is not in it, which leads to that action."""
    new: dict[str, list[int]] = {}
    first: dict[str, tuple[Quote, str]] = {}
    gone: dict[str, dict[str, list[int]]] = {}
    former: dict[str, CellFinding] = {}
    for claim in grid.claims:
        cell = grid.cells[claim, index]
        for finding in cell.findings:
            if finding.news == "new":
                new.setdefault(finding.label, []).append(claim)
                first.setdefault(finding.label, (finding.quote, finding.finding))
        for each in cell.fell_away:
            gone.setdefault(each.what_happened, {}).setdefault(each.label, []).append(claim)
            former.setdefault(each.what_happened, each.former)
    sentences = []
    if new:
        sentences.append(_sentence(paper, f"New in it: {_on_claims(new)}.", *next(iter(first.values()))))
    for how, labels in gone.items():
        named, ground = _on_claims(labels), former[how]
        text = f"{named[:1].upper()}{named[1:]} {how}."
        papers = (ground.paper.document, paper.paper.document)
        sentences.append(ReadSentence(text, papers, ground.paper, max(ground.page, 1), ground.finding, ground.quote))
    return sentences


def _on_claims(labels: Mapping[str, Sequence[int]]) -> str:
    return listed([f"{label} on {claims_in_words(claims)}" for label, claims in labels.items()])


def _flagged(paper: DatedContent, name: str, flag: Flag) -> ReadSentence:
    first = flag.quotes[0] if flag.quotes else None
    return _sentence(paper, f"To be looked at in the {name}: {flag.words.rstrip('.')}.", first, flag.id)


def _reason(paper: DatedContent, name: str, statement: Statement) -> ReadSentence:
    words = shortened(statement.quote.text, _LONGEST_QUOTE)
    text = f"The {name} gives as a reason for allowance: \u201c{words}\u201d"
    return _sentence(paper, text, statement.quote, statement.id)


def _sentence(paper: DatedContent, text: str, quote: Quote | None = None, finding: str = "") -> ReadSentence:
    page = max(quote.page, 1) if quote is not None else 1
    return ReadSentence(text, (paper.paper.document,), paper.paper, page, finding, quote)
