"""What papers say as tables: a row a finding, with where it stands, how it was read, and a person's mark of it."""

from datetime import UTC, datetime

import pandas as pd
import pytest

from components.content.records import NamedReference, ReplyPeriod, Verdict
from components.content.tables import (
    ACTION_COLUMNS,
    FLAG_COLUMNS,
    GROUND_COLUMNS,
    STATUS_COLUMNS,
    actions_table,
    flags_table,
    grounds_table,
    period_in_words,
    printed_reference,
    statuses_table,
)
from components.histories import PaperRef
from tests.content.papers import HISTORY, JUNG, a_file, quote

AT = datetime(2020, 5, 4, 12, 0, tzinfo=UTC)
MARKS = {
    (PaperRef(HISTORY, "20180312-CTNF-1"), "ground 112(b) 2 3"): Verdict(False, "ada", AT, "112(b) on claims 2-3"),
    (PaperRef(HISTORY, "20180920-CTFR-1"), "ground 112(b) 2 3"): Verdict(True, "bob", AT, "of another paper"),
}


def test_a_ground_has_a_row() -> None:
    """With paper, claims as ranges, references by name and number, quote and page."""
    table = grounds_table(a_file(), {})
    assert table["ground"].tolist() == [
        "103", "112(b)", "double patenting", "103", "101", "102(a)(1)", "not read",
    ]  # fmt: skip
    first = table.iloc[0]
    assert (first["history"], first["paper"], first["code"]) == ("US16/100200", "20180312-CTNF-1", "CTNF")
    assert (first["date"], first["round"], first["page"]) == (pd.Timestamp("2018-03-12"), 1, 3)
    assert (first["claims"], first["references"]) == ("1-9", "Jung et al. (US 2015/0380679 A1)")
    assert first["quote"] == "Claims 1, 2, 3, 4, 5, 6, 7, 8, 9 are rejected under 35 U.S.C. 103."
    assert (first["read_by"], first["confidence"], first["how_read"]) == ("Tesseract 5.3.0", 91, "read by machine")
    assert table["provisional"].tolist()[:3] == [False, False, True]


def test_an_action_that_was_not_read_has_a_row_that_says_so() -> None:
    """It is never merely missing among the grounds."""
    last = grounds_table(a_file(), {}).iloc[-1]
    assert (last["paper"], last["ground"], last["statute"]) == ("20190402-CTNF-1", "not read", "")
    assert "no ground could be read" in last["notes"]
    assert "20190402-CTNF-1" in flags_table(a_file(), {})["paper"].tolist()


def test_claims_that_are_not_legible_say_so() -> None:
    """Of the final's 102(a)(1)."""
    table = grounds_table(a_file(), {}).set_index("ground")
    assert table.loc["102(a)(1)", "claims"] == "not legible"


def test_a_mark_stands_beside_its_finding_alone() -> None:
    """A mark of the same ground in another paper does not count."""
    table = grounds_table(a_file(), MARKS)
    assert table["mark"].tolist() == ["", "wrong", "", "", "", "", ""]
    assert table["marked_by"].tolist()[1] == "ada"
    assert table["marked_on"].tolist()[1] == pd.Timestamp("2020-05-04")


def test_statuses_say_where_they_stand() -> None:
    """On the form or in the text."""
    table = statuses_table(a_file(), {})
    assert table[["status", "claims", "place", "note"]].to_numpy().tolist()[2:5] == [
        ["objected", "10", "form", ""],
        ["withdrawn", "11-12", "form", ""],
        ["objected", "10", "text", "allowable if rewritten"],
    ]
    final = table[table["code"] == "CTFR"]
    assert set(final["differences"]) == {"Form and text differ on claim 13."}


def test_an_action_has_a_row_of_all_that_it_says() -> None:
    """Claims that the text alone rejects are among those rejected; the advisory action says nothing of any."""
    table = actions_table(a_file()).set_index("paper")
    assert table.loc["20180920-CTFR-1", ["grounds", "rejected", "allowed"]].tolist() == [
        "103 · 101 · 102(a)(1)", "1-9, 13", "13",
    ]  # fmt: skip
    assert table.loc["20181105-CTAV-1", ["outcome", "rejected"]].tolist() == ["read", ""]
    assert table.loc["20190402-CTNF-1", ["outcome", "grounds", "how_read"]].tolist() == ["not read", "not read", ""]


def test_empty_tables_have_their_columns() -> None:
    """Of their types, so that any writer takes them."""
    assert tuple(grounds_table([], {})) == GROUND_COLUMNS
    assert tuple(statuses_table([], {})) == STATUS_COLUMNS
    assert tuple(flags_table([], {})) == FLAG_COLUMNS
    assert tuple(actions_table([])) == ACTION_COLUMNS
    assert str(grounds_table([], {})["date"].dtype).startswith("datetime64")


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        (JUNG, "Jung et al. (US 2015/0380679 A1)"),
        (NamedReference("Jung"), "Jung"),
        (NamedReference("", "US 9,559,747 B1"), "US 9,559,747 B1"),
        (NamedReference("Lee", "US 9,559,747 B1", is_evidence=True), "Lee (US 9,559,747 B1, as evidence)"),
        (NamedReference("Lee", is_evidence=True), "Lee (as evidence)"),
    ],
)
def test_a_reference_has_name_and_number(reference: NamedReference, words: str) -> None:
    """As far as either is known."""
    assert printed_reference(reference) == words


@pytest.mark.parametrize(
    ("months", "days", "words"),
    [
        (3, None, "3 months"), (1, 30, "1 month or 30 days, whichever is longer"), (None, 30, "30 days"),
        (None, None, "not legible"),
    ],
)  # fmt: skip
def test_a_period_for_reply_in_words(months: int | None, days: int | None, words: str) -> None:
    """A digit that cannot be read is not left out in silence."""
    assert period_in_words(ReplyPeriod("period", months, days, quote("SHALL EXPIRE", 2))) == words
