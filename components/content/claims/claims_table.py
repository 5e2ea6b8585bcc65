"""The claims of papers as a table: one row for each claim of each set, with what changed in it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import pandas as pd

from components.content.claim_lists import in_words
from components.content.claims.claim_rounds import ClaimRound, changes_of
from components.content.claims.compare import ClaimChange
from components.content.records import Claim, DatedContent, MarkedWords, Verdicts

CLAIM_COLUMNS: Final = (
    "history", "paper", "date", "code", "name", "round", "claim", "status", "depends_on", "text", "added", "struck",
    "marked_added", "marked_struck", "disagreements", "not_compared", "page", "read_by", "confidence", "mark",
    "marked_by",
)  # fmt: skip
_BETWEEN: Final = " | "
"""Between words that do not stand together."""


def claims_table(papers: Sequence[DatedContent], verdicts: Verdicts) -> pd.DataFrame:
    """Return the claims of papers, one row for each claim of each set.

    Args:
        papers: what the papers say, of one file or of several.
        verdicts: the marks of findings by persons.

    Returns:
        Columns `CLAIM_COLUMNS`: `added` and `struck` are the words that came and went since the set before that has the
        claim, parted by ` | `; `marked_added` and `marked_struck` what the scan marks so; `mark` is `right`, `wrong` or
        empty. `round` and `confidence` are whole numbers, `date` a day or missing.
    """
    rows = [
        _row(dated, each, each.claim, verdicts)
        for history in dict.fromkeys(dated.paper.history for dated in papers)
        for dated, each in changes_of([dated for dated in papers if dated.paper.history == history])
        if each.claim is not None
    ]
    table = pd.DataFrame(rows, columns=list(CLAIM_COLUMNS))
    whole = {"round": "Int64", "claim": "int64", "page": "int64", "confidence": "int64"}
    return table.astype(whole).assign(date=pd.to_datetime(table["date"]))


def _row(dated: DatedContent, each: ClaimRound, claim: Claim, verdicts: Verdicts) -> tuple[object, ...]:
    change = each.change
    verdict = verdicts.get((dated.paper, claim.id))
    return (
        dated.paper.history,
        dated.paper.document,
        dated.day,
        dated.code,
        dated.name,
        dated.round,
        claim.number,
        claim.status,
        in_words(claim.depends_on),
        claim.text,
        _BETWEEN.join(change.words("added")) if change else "",
        _BETWEEN.join(change.words("struck")) if change else "",
        _marked(claim.marks, "added"),
        _marked(claim.marks, "struck"),
        "\n".join(_disagreements(dated, change, verdicts)) if change else "",
        each.not_compared,
        claim.quote.page,
        ", ".join(dated.content.engines),
        claim.confidence,
        "" if verdict is None else "right" if verdict.is_right else "wrong",
        "" if verdict is None else verdict.person,
    )


def _disagreements(dated: DatedContent, change: ClaimChange, verdicts: Verdicts) -> Iterator[str]:
    """Yield where marks and words do not agree, with how a person marked it: `… [marked wrong by Ada]`."""
    for words, name in zip(change.disagreements, change.disagreement_ids, strict=True):
        verdict = verdicts.get((dated.paper, name))
        marked = "" if verdict is None else f" [marked {'right' if verdict.is_right else 'wrong'} by {verdict.person}]"
        yield f"{words}{marked}"


def _marked(marks: Iterable[MarkedWords], kind: str) -> str:
    return _BETWEEN.join(mark.text for mark in marks if mark.kind == kind)
