"""What papers say in their own words as a table, one row a statement, for workbooks and CSV files."""

from collections.abc import Sequence
from typing import Final

import pandas as pd

from components.content.claim_lists import in_words
from components.content.records import DatedContent, Interview, Statement, Verdicts
from components.words import day

STATEMENT_COLUMNS: Final = (
    "history", "paper", "date", "code", "name", "round", "kind", "statute", "claims", "what_tells", "quote", "page",
    "read_by", "confidence", "how_read", "mark", "marked_by", "marked_on",
)  # fmt: skip
READ_BY_MACHINE: Final = "read by machine"


def statements_table(papers: Sequence[DatedContent], verdicts: Verdicts) -> pd.DataFrame:
    """Return the statements of papers, one row each, in the order of the papers and of their pages.

    Args:
        papers: what the papers say, of one file or of several.
        verdicts: the marks of findings by people.

    Returns:
        Columns `STATEMENT_COLUMNS`: `date` and `marked_on` are days or missing, `round`, `page` and `confidence` whole
        numbers or missing, all others text.
    """
    rows = [_row(paper, statement, verdicts) for paper in papers for statement in paper.content.statements]
    table = pd.DataFrame(rows, columns=list(STATEMENT_COLUMNS))
    whole = dict.fromkeys(("round", "page", "confidence"), "Int64")
    text = dict.fromkeys(set(STATEMENT_COLUMNS) - {*whole, "date", "marked_on"}, "str")
    days = {name: pd.to_datetime(table[name], errors="coerce") for name in ("date", "marked_on")}
    return table.astype({**whole, **text}).assign(**days)


def interview_in_words(interview: Interview) -> str:
    """Return who spoke when, and what came of it: `5 Mar 2020 · Ann Brown, Carl Dent · agreed`."""
    agreed = interview.agreed or "whether agreement was reached is not said in words"
    parts = [day(interview.day) if interview.day else "day not read", ", ".join(interview.people), agreed]
    return " · ".join(filter(None, parts))


def _row(paper: DatedContent, statement: Statement, verdicts: Verdicts) -> tuple[object, ...]:
    quote = statement.quote
    verdict = verdicts.get((paper.paper, statement.id))
    return (
        paper.paper.history,
        paper.paper.document,
        paper.day,
        paper.code,
        paper.name,
        paper.round,
        statement.kind,
        statement.statute,
        in_words(statement.claims),
        statement.note,
        f"{quote.text} …" if quote.goes_on else quote.text,
        quote.page or None,
        ", ".join(paper.content.engines),
        statement.confidence,
        READ_BY_MACHINE,
        "" if verdict is None else "right" if verdict.is_right else "wrong",
        "" if verdict is None else verdict.person,
        None if verdict is None else verdict.at.date(),
    )
