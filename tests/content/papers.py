"""Papers as the rules would have read them, written by hand: a file of four actions and its replies."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from components.content.records import (
    Claim,
    ClaimSet,
    ClaimStatus,
    DatedContent,
    FinalityFact,
    Flag,
    Ground,
    NamedReference,
    PaperContent,
    Quote,
    Statement,
    finding_id,
)
from components.histories import PaperRef
from components.page_texts import Box

HISTORY = "US16/100200"
JUNG = NamedReference("Jung et al.", "US 2015/0380679 A1", "Jung et al. (US 2015/0380679)")
LEE = NamedReference("Lee", "US 9,559,747 B1", "Lee (US 9,559,747)")
BOX = Box(0.1, 0.2, 0.9, 0.25)


def numbers(first: int, last: int) -> tuple[int, ...]:
    """Return the claims from one to another."""
    return tuple(range(first, last + 1))


def quote(text: str, page: int) -> Quote:
    """Return words on a page."""
    return Quote(text, page, (BOX,), 93)


def ground(statute: str, claims: Sequence[int], page: int, *references: NamedReference, **more: Any) -> Ground:
    """Return a ground with an invented sentence."""
    named = ", ".join(map(str, claims)) or "***"
    text = f"Claims {named} are rejected under 35 U.S.C. {statute}."
    return Ground(
        finding_id("ground", statute, *claims), statute, tuple(claims), quote(text, page), references=references,
        confidence=91, **more,
    )  # fmt: skip


def status(kind: Any, claims: Sequence[int], page: int = 2, place: Any = "form", **more: Any) -> ClaimStatus:
    """Return what a paper says how claims stand, on its form unless said otherwise."""
    text = f"Claim(s) {', '.join(map(str, claims))} is/are {kind}"
    return ClaimStatus(
        finding_id("status", kind, place, *claims), kind, tuple(claims), place, quote(text, page), **more
    )


def paper(  # noqa: PLR0917 - as in a table
    place: int, day: date, code: str, name: str, content: PaperContent, round_: int | None = None
) -> DatedContent:
    """Return a paper of the file."""
    ref = PaperRef(HISTORY, f"{day:%Y%m%d}-{code}-1")
    return DatedContent(ref, day, code, name, round_, place, content)


def action(*, kind: Any = "action", finality: Any = None, **parts: Any) -> PaperContent:
    """Return what an action says."""
    said = None if finality is None else FinalityFact(finality)
    return PaperContent(kind, finality=said, engines=("Tesseract 5.3.0",), confidence=92, **parts)


def claim_set(*claims: tuple[int, str], rule: Any = "1.121") -> ClaimSet:
    """Return a set of claims with their status identifiers."""
    return ClaimSet(
        tuple(
            Claim(f"claim {number}", number, said, f"A device of {number}.", quote(f"{number}. A device", 2))
            for number, said in claims
        ),
        rule,
    )


def a_file() -> list[DatedContent]:
    """Non-final, amendment, final, reply, advisory, RCE's amendment, non-final that was not read, reply, allowance."""
    return [
        paper(1, date(2018, 3, 12), "CTNF", "Non-final rejection", action(
            finality="non-final",
            grounds=(
                ground("103", numbers(1, 9), 3, JUNG),
                ground("112(b)", (2, 3), 5),
                ground("nonstatutory double patenting", (1,), 6, provisional=True),
            ),
            statuses=(
                status("pending", numbers(1, 12)), status("rejected", numbers(1, 9)), status("objected", (10,)),
                status("withdrawn", (11, 12)),
                status("objected", (10,), 7, "body", note="allowable if rewritten"),
            ),
        ), 1),
        paper(2, date(2018, 6, 1), "CLM", "Claims", PaperContent(
            "claims", claims=claim_set(*[(each, "original") for each in numbers(1, 9)], (10, "canceled"), (13, "new")),
            engines=("Tesseract 5.3.0",), confidence=95,
        ), 1),
        paper(3, date(2018, 6, 1), "REM", "Remarks", PaperContent(
            "remarks", statements=(
                Statement("remark 1", "remark", quote("Jung does not teach a hinge.", 8), (1,), "103", 90),
            ), engines=("Tesseract 5.3.0",), confidence=95,
        ), 1),
        paper(4, date(2018, 9, 20), "CTFR", "Final rejection", action(
            finality="final",
            grounds=(
                ground("103", (1, 4, 5, 6, 7, 8, 9, 13), 3, JUNG, LEE),
                ground("101", (1,), 8),
                ground("102(a)(1)", (), 9, JUNG),
            ),
            statuses=(
                status("pending", (*numbers(1, 9), 13)), status("rejected", numbers(1, 9)), status("allowed", (13,)),
            ),
            flags=(Flag("differ 1", "form and body differ", "Form and text differ on claim 13.",
                        (quote("Claim(s) 13 is/are allowed", 2),)),),
        ), 2),
        paper(5, date(2018, 11, 5), "CTAV", "Advisory action", action(kind="advisory", finality="advisory"), 2),
        paper(6, date(2019, 1, 10), "A.NE", "Remarks", PaperContent("remarks"), 2),
        paper(7, date(2019, 4, 2), "CTNF", "Non-final rejection", PaperContent(
            "action", outcome="not read", why="It says “rejected under” and no ground could be read.",
        ), 3),
        paper(8, date(2019, 12, 9), "NOA", "Notice of allowance", action(
            kind="allowance", finality="allowance",
            statuses=(status("allowed", (1, 4, 5, 6, 7, 8, 9, 13), 2, note=""),),
            statements=(Statement("reason 1", "reason for allowance", quote("No art shows such a hinge.", 4), (1,)),),
        ), 4),
    ]  # fmt: skip
