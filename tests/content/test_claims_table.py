"""The claims of papers as a table: what came and went, how each was read, and how a person marked it."""

from datetime import UTC, date, datetime

import pandas as pd

from components.content.claims.claims_table import CLAIM_COLUMNS, claims_table
from components.content.records import DatedContent, PaperContent, Verdict
from components.histories import PaperRef
from tests.content.made_claims import claims_of, struck, underlined

FILED = claims_of("What is claimed is:\n1. A box having a lid.\n2. The box of claim 1.")
AMENDED = claims_of(
    "Listing of claims\n1. (Currently amended) A small box having a lid.\n2. (Canceled)\n3. (New) The box of claim 1.",
    [*underlined("small"), *struck("lid.")],
    confidence=90,
)


def paper(history: str, place: int, content: PaperContent) -> DatedContent:
    """A set of claims in its file."""
    return DatedContent(PaperRef(history, f"paper-{place}"), date(2010, place, 1), "CLM", "Claims", 1, place, content)


PAPERS = [
    paper("US1", 1, PaperContent("claims", claims=FILED, engines=("text layer",))),
    paper("US1", 5, PaperContent("claims", claims=AMENDED, engines=("Tesseract 5.3.0",))),
    paper("US2", 2, PaperContent("claims", claims=FILED, engines=("text layer",))),
]


def test_each_claim_of_each_set_is_a_row() -> None:
    """By file, in reading order."""
    table = claims_table(PAPERS, {})
    assert table[["history", "paper", "claim"]].to_numpy().tolist() == [
        ["US1", "paper-1", 1],
        ["US1", "paper-1", 2],
        ["US1", "paper-5", 1],
        ["US1", "paper-5", 2],
        ["US1", "paper-5", 3],
        ["US2", "paper-2", 1],
        ["US2", "paper-2", 2],
    ]
    assert list(table.columns) == list(CLAIM_COLUMNS)


def test_a_row_says_what_changed_and_how_it_was_read() -> None:
    """What the scan marks stands beside what the words say; a person's mark stands beside both."""
    verdict = Verdict(is_right=False, person="Ada", at=datetime(2026, 1, 1, tzinfo=UTC), words="claim 1")
    table = claims_table(PAPERS, {(PAPERS[1].paper, "claim 1"): verdict})
    row = table.iloc[2]
    assert (row["status"], row["text"], row["added"], row["struck"]) == (
        "currently amended",
        "A small box having a",
        "small",
        "lid.",
    )
    assert (row["marked_added"], row["marked_struck"]) == ("small", "lid.")
    assert (row["page"], row["read_by"], row["confidence"]) == (1, "Tesseract 5.3.0", 90)
    assert (row["mark"], row["marked_by"]) == ("wrong", "Ada")
    assert row["date"] == pd.Timestamp(2010, 5, 1)
    assert table["depends_on"].tolist() == ["", "1", "", "", "1", "", "1"]


def test_without_claims_the_table_is_empty_and_has_its_columns() -> None:
    """So that a sheet of it can be written."""
    table = claims_table([], {})
    assert table.empty
    assert list(table.columns) == list(CLAIM_COLUMNS)


def test_a_disagreement_says_how_it_is_marked() -> None:
    """By the person who marked it, beside its words; the claim itself is not marked by that."""
    before = claims_of("What is claimed is:\n1. A box having a red lid.")
    after = claims_of("Listing of claims\n1. (Currently amended) A box having a lid.", [])
    papers = [
        paper("US1", 1, PaperContent("claims", claims=before)),
        paper("US1", 5, PaperContent("claims", claims=after)),
    ]
    verdict = Verdict(is_right=False, person="Ada", at=datetime(2026, 1, 1, tzinfo=UTC), words="red")
    name = "flag changed, not marked claim 1 red was left out and is not struck"
    row = claims_table(papers, {(papers[1].paper, name): verdict}).iloc[1]
    assert row["disagreements"].endswith("“red” was left out and is not struck [marked wrong by Ada]")
    assert row["mark"] == ""
