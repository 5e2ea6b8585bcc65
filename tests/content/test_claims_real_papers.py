"""Real claims, from the scan to the words that came and went, as a person read them."""

import csv
from pathlib import Path

import pytest

from components.content.claims.claims import claims_in
from components.content.claims.compare import compare_sets
from components.content.records import ClaimSet
from components.content.text import ReadText
from components.page_reading import PageReader, find_engine
from components.settings import Settings

FILED = "us_16807146/95508_16807146_03-02-2020_CLM.PDF"
AMENDED = "us_16807146/95508_16807146_09-13-2022_CLM.PDF"


def truth(papers: Path) -> list[str]:
    """What a person read of the amended claims: each change."""
    with (papers / "truth.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["file"] == AMENDED]
    return [row["value"] for row in rows if row["kind"] == "claim_text_change"]


def scanned(reader: PageReader, file: Path) -> ClaimSet:
    """The claims of a scan of one page."""
    return claims_in(ReadText([reader.read(file.name, file.read_bytes, 1, languages=("eng",))]))


@pytest.mark.slow
def test_a_scanned_amendment_is_compared_as_by_hand(shared_data: Path) -> None:
    """16/807,146 of 13 September 2022: marks of the scan and words agree; only claim 1 changed."""
    engine = find_engine(Settings())
    if engine is None:
        pytest.skip("no Tesseract is installed")
    papers = shared_data / "papers"
    reader = PageReader(engine, page_seconds=60, engine_seconds=60)
    try:
        filed, amended = (scanned(reader, papers / name) for name in (FILED, AMENDED))
    finally:
        reader.close()
    changes = compare_sets(filed, amended)
    assert [each.status for each in changes] == ["currently amended", "original", "original", "original"]
    assert [each.is_changed for each in changes] == [True, False, False, False]
    assert not any(each.disagreements for each in changes)
    added = [mark.text.rstrip(";") for mark in amended.claims[0].marks if mark.kind == "added"]
    stated = [value.split("inserted (underlined): ")[1] for value in truth(papers) if "inserted" in value]
    assert len(added) == len(stated) == 4
    assert all(value.startswith(words) for value, words in zip(stated, added, strict=True))
    assert "each of" in changes[0].words("struck")
