"""What papers say as tables, one row a finding, for workbooks, CSV files and reports.

Every row says where its finding stands, by what it was read, how sure the reading is, and a person's mark of it. A
paper that could not be read has a row that says so: it is never merely missing.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from components.content.claim_lists import in_words
from components.content.records import DatedContent, Ground, NamedReference, Quote, ReplyPeriod, Verdicts
from components.content.rejections.ground_labels import NOT_READ, grounds_label, short_label
from components.words import counted, listed

READ_BY_MACHINE: Final = "read by machine"
_PAPER: Final = ("history", "paper", "date", "code", "name", "round")
_READING: Final = ("quote", "page", "read_by", "confidence", "how_read", "mark", "marked_by", "marked_on")
GROUND_COLUMNS: Final = (
    *_PAPER, "finality", "ground", "statute", "claims", "claims_from", "references", "numbers", "over", "provisional",
    "pre_aia", "notes", *_READING, "differences",
)  # fmt: skip
STATUS_COLUMNS: Final = (*_PAPER, "status", "claims", "legible", "place", "note", *_READING, "differences")
FLAG_COLUMNS: Final = (*_PAPER, "flag", "what", *_READING)
ACTION_COLUMNS: Final = (
    *_PAPER, "outcome", "why", "finality", "grounds", "pending", "rejected", "objected", "allowed", "withdrawn",
    "cancelled", "examiner", "art_unit", "reply_period", "reply_period_read_on", "read_by", "confidence", "how_read",
)  # fmt: skip
"""The columns of each table, in order; dates are `datetime64`, rounds, pages and confidences whole numbers or missing,
`provisional`, `pre_aia` and `legible` booleans or missing, all others text."""
_NUMBERS: Final = frozenset({"round", "page", "confidence", "reply_period_read_on"})
_DAYS: Final = frozenset({"date", "marked_on"})
_TRUTHS: Final = frozenset({"provisional", "pre_aia", "legible"})
_DIFFER: Final = frozenset({"form and body differ", "finality differs"})
_DECIDES: Final = frozenset({"action", "advisory", "allowance"})


def grounds_table(papers: Sequence[DatedContent], verdicts: Verdicts) -> pd.DataFrame:
    """Return the grounds of rejection, one row each, with the columns `GROUND_COLUMNS`.

    An action that could not be read has one row without a statute, whose notes say why.
    """
    rows: list[dict[str, object]] = []
    for paper in papers:
        content = paper.content
        if content.outcome == NOT_READ and content.kind in _DECIDES:
            rows.append(columns_of_paper(paper) | {"ground": NOT_READ, "notes": content.why})
        rows += [_ground_row(paper, ground, verdicts) for ground in content.grounds]
    return table_of(rows, GROUND_COLUMNS)


def statuses_table(papers: Sequence[DatedContent], verdicts: Verdicts) -> pd.DataFrame:
    """Return what papers say how claims stand, one row a line, with the columns `STATUS_COLUMNS`."""
    rows = [
        columns_of_paper(paper)
        | columns_of_reading(paper, status.id, status.quote, status.confidence, verdicts)
        | {
            "status": status.kind,
            "claims": in_words(status.claims) or "not legible",
            "legible": status.legible,
            "place": "text" if status.place == "body" else status.place,
            "note": status.note,
            "differences": differences(paper),
        }
        for paper in papers
        for status in paper.content.statuses
    ]
    return table_of(rows, STATUS_COLUMNS)


def flags_table(papers: Sequence[DatedContent], verdicts: Verdicts) -> pd.DataFrame:
    """Return what a person should look at, one row each, with the columns `FLAG_COLUMNS`.

    The page is that of the first of its quotes; a paper that could not be read has a row that says why.
    """
    rows: list[dict[str, object]] = []
    for paper in papers:
        if paper.content.outcome == NOT_READ and not any(flag.kind == NOT_READ for flag in paper.content.flags):
            rows.append(columns_of_paper(paper) | {"flag": NOT_READ, "what": paper.content.why})
        for flag in paper.content.flags:
            first = flag.quotes[0] if flag.quotes else None
            row = columns_of_reading(paper, flag.id, first, paper.content.confidence, verdicts)
            row["quote"] = " … ".join(quote.text for quote in flag.quotes)
            rows.append(columns_of_paper(paper) | row | {"flag": flag.kind, "what": flag.words})
    return table_of(rows, FLAG_COLUMNS)


def actions_table(papers: Sequence[DatedContent]) -> pd.DataFrame:
    """Return what each action says as a whole, one row an action, with the columns `ACTION_COLUMNS`.

    Claims are those of form and text together; the facts of the form page are empty where they were not read.
    """
    rows = []
    for paper in papers:
        content = paper.content
        if content.kind not in _DECIDES:
            continue
        rows.append(
            columns_of_paper(paper)
            | {
                "outcome": content.outcome,
                "why": content.why,
                "finality": _finality(paper),
                "grounds": grounds_label(content),
                **{kind: in_words(content.status(kind)) for kind in ("pending", "objected", "allowed")},
                **{kind: in_words(content.status(kind)) for kind in ("withdrawn", "cancelled")},
                "rejected": in_words(
                    {*content.status("rejected"), *(claim for each in content.grounds for claim in each.claims)}
                ),
                "examiner": content.examiner.value if content.examiner else "",
                "art_unit": content.art_unit.value if content.art_unit else "",
                "reply_period": period_in_words(content.reply_period),
                "reply_period_read_on": content.reply_period.quote.page if content.reply_period else None,
                "read_by": engines_in_words(content.engines),
                "confidence": content.confidence,
                "how_read": READ_BY_MACHINE if content.outcome == "read" else "",
            }
        )
    return table_of(rows, ACTION_COLUMNS)


def columns_of_paper(paper: DatedContent) -> dict[str, object]:
    """Return the columns that say in which paper a finding stands."""
    return {
        "history": paper.paper.history,
        "paper": paper.paper.document,
        "date": paper.day,
        "code": paper.code,
        "name": paper.name,
        "round": paper.round,
    }


def columns_of_reading(
    paper: DatedContent, finding: str, quote: Quote | None, confidence: int | None, verdicts: Verdicts
) -> dict[str, object]:
    """Return the columns that say where a finding stands, how it was read, and how a person has marked it.

    Args:
        paper: its paper.
        finding: its id.
        quote: the words; `None` where it has none.
        confidence: how sure the reading of it is, in per cent.
        verdicts: the marks; those of other findings are not looked at.
    """
    verdict = verdicts.get((paper.paper, finding))
    return {
        "quote": "" if quote is None else f"{quote.text}{' …' if quote.goes_on else ''}",
        "page": quote.page if quote is not None and quote.page else None,
        "read_by": engines_in_words(paper.content.engines),
        "confidence": confidence,
        "how_read": READ_BY_MACHINE,
        "mark": "" if verdict is None else "right" if verdict.is_right else "wrong",
        "marked_by": "" if verdict is None else verdict.person,
        "marked_on": None if verdict is None else verdict.at.date(),
    }


def table_of(rows: Sequence[Mapping[str, object]], columns: Sequence[str]) -> pd.DataFrame:
    """Return rows as a table with these columns, in the types of the module's own columns; what is lacking is empty."""
    made: dict[str, pd.Series[Any]] = {}
    for name in columns:
        values = [row.get(name) for row in rows]
        if name in _NUMBERS:
            made[name] = pd.Series(values, dtype="Int64")
        elif name in _DAYS:
            made[name] = pd.to_datetime(pd.Series(values, dtype="object"), errors="coerce")
        elif name in _TRUTHS:
            made[name] = pd.Series(values, dtype="boolean")
        else:
            made[name] = pd.Series(["" if value is None else str(value) for value in values], dtype="str")
    return pd.DataFrame(made)


def printed_reference(reference: NamedReference) -> str:
    """Return a reference with its name and its number: `Jung et al. (US 2015/0380679 A1)`."""
    name = reference.name or reference.title
    evidence = ", as evidence" if reference.is_evidence else ""
    if name and reference.number:
        return f"{name} ({reference.number}{evidence})"
    return f"{name or reference.number or reference.printed}{' (as evidence)' if evidence else ''}"


def differences(paper: DatedContent) -> str:
    """Return where form and text of a paper differ, in words; empty where they agree."""
    return " ".join(flag.words for flag in paper.content.flags if flag.kind in _DIFFER)


def period_in_words(period: ReplyPeriod | None) -> str:
    """Return the period for reply that a paper sets: `3 months`, `1 month or 30 days, whichever is longer`."""
    if period is None:
        return ""
    months = "" if period.months is None else counted(period.months, "month")
    days = "" if period.days is None else counted(period.days, "day")
    if months and days:
        return f"{months} or {days}, whichever is longer"
    return months or days or "not legible"


def engines_in_words(engines: Sequence[str]) -> str:
    """Return what read a paper: `Tesseract 5.3.0 and the PDF's own text`."""
    names = [name for name in dict.fromkeys(engines) if name and name != "text layer"]
    return listed([*names, *(["the PDF's own text"] if "text layer" in engines else [])])


def _ground_row(paper: DatedContent, ground: Ground, verdicts: Verdicts) -> dict[str, object]:
    return (
        columns_of_paper(paper)
        | columns_of_reading(paper, ground.id, ground.quote, ground.confidence, verdicts)
        | {
            "finality": _finality(paper),
            "ground": short_label(ground),
            "statute": ground.statute,
            "claims": in_words(ground.claims) or "not legible",
            "claims_from": ground.claims_from,
            "references": "; ".join(printed_reference(each) for each in ground.references),
            "numbers": "; ".join(each.number for each in ground.references if each.number),
            "over": ground.over,
            "provisional": ground.provisional,
            "pre_aia": ground.pre_aia,
            "notes": "; ".join(ground.notes),
            "differences": differences(paper),
        }
    )


def _finality(paper: DatedContent) -> str:
    return "" if paper.content.finality is None else paper.content.finality.value
