"""The records: what a paper says, each finding with the page and the words in which it stands.

A finding is what was read by machine in one place of a paper. It has a `Quote`, which stands on its page word for word,
and an `id` that stays the same when the paper is read again: a person's mark of it is kept under that id.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Literal, NamedTuple

from components.histories import PaperRef
from components.page_texts import Box

PaperKind = Literal["action", "advisory", "allowance", "claims", "remarks", "interview", "citations", ""]
"""What rules a paper is read by: an action on the merits; an advisory action; a notice of allowance; a set of claims;
an applicant's arguments; an interview summary; a list of references (PTO-892, PTO-1449, SB/08). Empty: by none."""
Outcome = Literal["read", "not read"]
"""Whether what the paper should say was found in it: "not read" is never "says nothing"."""
StatusKind = Literal["pending", "withdrawn", "cancelled", "allowed", "rejected", "objected", "restricted"]
Place = Literal["form", "body"]
"""Where in an action something stands: on its form page (PTOL-326, PTOL-303, PTOL-37, PTO-90C), or in its text."""
Finality = Literal["non-final", "final", "Quayle", "advisory", "allowance"]
FlagKind = Literal[
    "form and body differ", "claims not legible", "not read", "wider than pending", "finality differs",
    "marked, text unchanged", "changed, not marked", "badly legible",
]  # fmt: skip
StatementKind = Literal[
    "reason for allowance", "reasons elsewhere", "allowable subject matter", "interview", "remark", "estoppel",
    "amended to overcome",
]  # fmt: skip
"""What words say. "reasons elsewhere": a notice gives no reasons of its own and points to an applicant's arguments.
"estoppel" and "amended to overcome" are candidates: whether they limit a claim is for a person to say."""
Agreed = Literal["agreed", "agreed in part", "not agreed", ""]
"""What came of an interview."""
WITH_DEPENDENTS: Final = "Claims that depend on them are rejected as well; the sentence does not number them."
"""The note of a ground that has more claims than could be read."""
CitedIn = Literal["ground", "PTO-892", "IDS", "remarks", "not relied upon"]


class Quote(NamedTuple):
    """Words of a page."""

    text: str
    """The words as they stand there, with a blank between them."""
    page: int
    """Number of the page, from 1; 0 for a text that has no pages."""
    boxes: tuple[Box, ...] = ()
    """Their places, one for each line; none for a text without places."""
    confidence: int = 100
    """How sure the engine was of them, in per cent: the mean, each word weighing as many letters as it has."""
    goes_on: bool = False
    """Whether the sentence goes on on the next page."""

    @property
    def box(self) -> Box | None:
        """The place of all lines together."""
        if not self.boxes:
            return None
        lefts, tops, rights, bottoms = zip(*self.boxes, strict=True)
        return Box(min(lefts), min(tops), max(rights), max(bottoms))


@dataclass(frozen=True, slots=True)
class NamedReference:
    """A reference as an examiner or an applicant names it."""

    name: str
    """`Fujiyoshi et al.`; empty where only a number stands there."""
    number: str = ""
    """The number in the form in which this app writes it, `US 2015/0380679 A1`; empty where none can be read."""
    printed: str = ""
    """Name and number as they are printed."""
    title: str = ""
    """Of an article, or of a web page."""
    is_evidence: bool = False
    """Whether it is named "as evidenced by" only."""


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground of rejection."""

    id: str
    statute: str
    """`101`, `102(a)(1)`, `103`, `103(a)`, `112(a)`, `112(b)`, `112 second paragraph`, `nonstatutory double patenting`,
    `statutory double patenting`."""
    claims: tuple[int, ...]
    """In rising order; empty where they cannot be read."""
    quote: Quote
    """The sentence that rejects."""
    claims_from: Literal["sentence", "form", "paragraphs", ""] = "sentence"
    """Where the claims stand: in that sentence, only on the form page, or only in the paragraphs below it."""
    references: tuple[NamedReference, ...] = ()
    over: str = ""
    """The sentence's words on what is relied on where no reference is named: `claims 1-15 of US 9,559,747 B1`."""
    provisional: bool = False
    pre_aia: bool = False
    """Whether the paper says that the law from before 16 March 2013 applies."""
    confidence: int = 100
    """How sure the reading is, in per cent."""
    notes: tuple[str, ...] = ()
    """What is odd about it, in words."""


@dataclass(frozen=True, slots=True)
class ClaimStatus:
    """What a paper says how claims stand."""

    id: str
    kind: StatusKind
    claims: tuple[int, ...]
    place: Place
    quote: Quote
    legible: bool = True
    """False where the line has claims that cannot be read, or cannot be meant."""
    note: str = ""
    """`informality`, `allowable if rewritten`, or why the claims are doubted."""
    confidence: int = 100


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of a form page: the examiner, the art unit."""

    id: str
    value: str
    quote: Quote
    confidence: int = 100


@dataclass(frozen=True, slots=True)
class FinalityFact:
    """What kind of action it is, by its code and its words, never by a tick box."""

    value: Finality
    id: str = "finality"
    quote: Quote | None = None
    """The words that say so; `None` where only the document code does."""


@dataclass(frozen=True, slots=True)
class ReplyPeriod:
    """The period for reply that a paper sets."""

    id: str
    months: int | None
    """`None` where the digit cannot be read."""
    days: int | None
    """Of "or thirty days, whichever is longer"; `None` where no days stand there."""
    quote: Quote
    confidence: int = 100


@dataclass(frozen=True, slots=True)
class Flag:
    """What a person should look at: two readings that differ, or what could not be read."""

    id: str
    kind: FlagKind
    words: str
    """In a sentence or two."""
    quotes: tuple[Quote, ...] = ()
    """Both sides of a difference."""


@dataclass(frozen=True, slots=True)
class MarkedWords:
    """Words of a claim that are underlined or struck through on the scan, or stand in double brackets."""

    kind: Literal["added", "struck"]
    text: str
    """The words, or the part of a word, that are marked; empty where nothing was read of what is struck."""
    page: int
    boxes: tuple[Box, ...] = ()
    by: Literal["line", "brackets"] = "line"
    at: int = -1
    """Where in `Claim.text` they stand, or stood before they were struck; -1 where that is not known."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim as one paper has it."""

    id: str
    number: int
    status: str
    """Its status identifier (37 CFR 1.121(c)) in the usual form, `currently amended`; empty where none stands there."""
    text: str
    """As it is to stand: what is struck is left out."""
    quote: Quote
    """Its first words."""
    depends_on: tuple[int, ...] = ()
    marks: tuple[MarkedWords, ...] = ()
    marks_read: bool = False
    """Whether its pages were looked at for lines through and under words; no marks then means that there are none."""
    confidence: int = 100


@dataclass(frozen=True, slots=True)
class ClaimSet:
    """The claims of one paper."""

    claims: tuple[Claim, ...]
    rule: Literal["1.121", "1.173", "1.530", "as filed", ""] = ""
    """How amendments are marked: 37 CFR 1.121, a reissue's 1.173, a reexamination's 1.530; empty where unknown."""
    not_compared: str = ""
    """Why it is not compared with other sets, in words; empty where it is."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Words of a paper that matter later: reasons for allowance, what was agreed, what an applicant argued."""

    id: str
    kind: StatementKind
    quote: Quote
    claims: tuple[int, ...] = ()
    statute: str = ""
    """The ground that a remark answers, as in `Ground.statute`, or two of them, `102 and 103`; empty where it answers
    none or all."""
    confidence: int = 100
    note: str = ""
    """What makes it tell: `does not teach`, `is limited to`."""
    telling: int = 0
    """How telling it is beside the others of its paper, from 0 to 9."""


@dataclass(frozen=True, slots=True)
class Interview:
    """What an interview summary says: who spoke when, and what came of it."""

    day: date | None
    people: tuple[str, ...]
    agreed: Agreed
    """Whether agreement was reached; in part where one sentence says so and another denies it; empty where it does not
    say."""
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class CitedReference:
    """A reference in a list, or named in a text."""

    id: str
    reference: NamedReference
    cited_in: CitedIn
    quote: Quote
    considered: bool | None = None
    """Of a 1449 or SB/08: False where the examiner has lined it through; `None` where no line through it was found."""
    confidence: int = 100
    dated: str = ""
    """Its date as the list prints it; empty where none stands there."""
    legible: bool = True
    """False for a row of a list of patents whose number cannot be read: its words are `reference.printed`."""


@dataclass(frozen=True, slots=True)
class PaperContent:
    """What one paper says."""

    kind: PaperKind
    outcome: Outcome = "read"
    why: str = ""
    """Why it was not read, in words for the user."""
    grounds: tuple[Ground, ...] = ()
    statuses: tuple[ClaimStatus, ...] = ()
    examiner: Fact | None = None
    art_unit: Fact | None = None
    finality: FinalityFact | None = None
    reply_period: ReplyPeriod | None = None
    flags: tuple[Flag, ...] = ()
    claims: ClaimSet | None = None
    statements: tuple[Statement, ...] = ()
    interview: Interview | None = None
    references: tuple[CitedReference, ...] = ()
    engines: tuple[str, ...] = field(default=())
    """What read its pages, each named once."""
    confidence: int | None = None
    """Mean of its pages, in per cent."""
    missing_pages: tuple[int, ...] = ()
    """Numbers of its pages that are not read yet, or could not be: what stands on them is not known."""

    def status(self, kind: StatusKind, place: Place | None = None) -> tuple[int, ...]:
        """Return the claims of a status, in rising order, of one place or of both."""
        found = (each for each in self.statuses if each.kind == kind and place in (None, each.place))
        return tuple(sorted({claim for each in found for claim in each.claims}))


@dataclass(frozen=True, slots=True)
class DatedContent:
    """What a paper says, and where the paper stands in its file history."""

    paper: PaperRef
    day: date | None
    code: str
    name: str
    """What the paper is called: `Non-final rejection`."""
    round: int | None
    """The round that it opens, answers or falls into."""
    place: int
    """Its place in reading order, the oldest first."""
    content: PaperContent


class Verdict(NamedTuple):
    """A person's mark of a finding."""

    is_right: bool
    person: str
    at: datetime
    words: str
    """What was marked, in words: it stays legible where a later reading no longer finds it."""
    against: tuple[str, ...] = ()
    """The people whose own, earlier mark of it says the opposite."""


Verdicts = Mapping[tuple[PaperRef, str], Verdict]
"""The marks of findings, by paper and id of the finding."""


def finding_id(kind: str, *parts: object) -> str:
    """Return the id of a finding from what it is, not from where it was found: `ground 103 1-4,6`.

    Two findings of one paper with the same id get ` #2`, ` #3` from `numbered`.
    """
    return " ".join((kind, *(str(part) for part in parts if part not in ("", ()))))


def numbered(ids: Iterable[str]) -> list[str]:
    """Return ids with ` #2` behind the second of the same name, and so on."""
    seen: dict[str, int] = {}
    result = []
    for name in ids:
        seen[name] = seen.get(name, 0) + 1
        result.append(name if seen[name] == 1 else f"{name} #{seen[name]}")
    return result
