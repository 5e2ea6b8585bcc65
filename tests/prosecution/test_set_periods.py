"""The period that a paper itself sets. Days are those of 35 USC 133, 37 CFR 1.7 and 1.136(a), found with a calendar."""

from datetime import date

import pandas as pd
import pytest

from components.histories import SetPeriod
from components.prosecution import basis_of, open_periods, read_history, set_words_of, summary_of
from tests.prosecution.conftest import Paper, make_history

FILED: list[Paper] = [(20160104, "TRNA"), (20160104, "SPEC"), (20160104, "CLM")]
TODAY = date(2019, 7, 2)


def rounds_of(papers: list[Paper], periods: dict[str, SetPeriod], apno: str = "US15/000001") -> pd.DataFrame:
    """Return the rounds of a hand-made list whose papers set these periods."""
    history = make_history([*FILED, *papers], apno=apno)
    return read_history(history, set_periods=periods).rounds


@pytest.mark.parametrize(
    ("months", "days", "due", "last", "words"),
    [
        (3, None, "2019-07-12", "2019-10-15", "as set in the paper, page 2"),
        # The form always says "or thirty days, whichever is longer": after one month alone they can be.
        (3, 30, "2019-07-12", "2019-10-15", "as set in the paper, page 2"),
        (2, None, "2019-06-12", "2019-10-15", "as set in the paper, page 2 (2 months, not the usual 3 months)"),
        # One month ends on Sunday 12 May; five more end one month before the statutory six do.
        (1, None, "2019-05-13", "2019-10-15", "as set in the paper, page 2 (1 month, not the usual 3 months)"),
        (1, 30, "2019-05-13", "2019-10-15", "as set in the paper, page 2 (1 month or 30 days, not the usual 3 months)"),
        (None, 30, "2019-05-13", "2019-10-15", "as set in the paper, page 2 (30 days, not the usual 3 months)"),
        (6, None, "2019-10-15", "2019-10-15", "as set in the paper, page 2 (6 months, not the usual 3 months)"),
    ],
)
def test_the_period_of_the_paper_goes_before_the_usual_one(months, days, due, last, words):
    """From Friday 12 Apr 2019; the six months of the statute end on a Saturday before Columbus Day, and bound all."""
    rounds = rounds_of([(20190412, "CTNF")], {"20190412-CTNF-1": SetPeriod(months, days, 2)})
    row = rounds.iloc[0]
    assert (row["due"], row["last"], row["bar"]) == tuple(map(pd.Timestamp, (due, last, "2019-10-15")))
    assert row["authority"] == f"{words}; 35 USC 133; 37 CFR 1.134, 1.136(a); MPEP 710.02(b)"
    assert set_words_of(row["authority"]) == words
    assert basis_of(row["authority"]) == f"computed, {words}"


@pytest.mark.parametrize(("months", "days"), [(0, None), (7, None), (43, None), (None, 400), (None, None)])
def test_what_no_paper_can_set_counts_for_nothing(months, days):
    """A digit misread: 35 USC 133 gives six months at most."""
    usual = rounds_of([(20190412, "CTNF")], {})
    said = {"20190412-CTNF-1": SetPeriod(months, days, 1)}
    assert rounds_of([(20190412, "CTNF")], said).equals(usual)


def test_only_the_paper_that_says_it_has_the_period():
    """The next action has the usual one again."""
    papers: list[Paper] = [(20190412, "CTNF"), (20190601, "A..."), (20190801, "CTFR")]
    rounds = rounds_of(papers, {"20190412-CTNF-1": SetPeriod(2, None, 1)})
    assert rounds["due"].tolist() == [pd.Timestamp("2019-06-12"), pd.Timestamp("2019-11-01")]
    assert set_words_of(rounds["authority"].iloc[1]) == ""


def test_an_answer_is_in_time_or_extended_by_the_period_of_the_paper():
    """An answer of 1 July is in time within three months, and one month late within two."""
    papers: list[Paper] = [(20190412, "CTNF"), (20190701, "A...")]
    usual, set_in_paper = (
        rounds_of(papers, periods).iloc[0] for periods in ({}, {"20190412-CTNF-1": SetPeriod(2, None, 1)})
    )
    assert (usual["outcome"], usual["extension_months"]) == ("on time", 0)
    assert (set_in_paper["outcome"], set_in_paper["extension_months"]) == ("extended", 1)


@pytest.mark.parametrize("code", ["NOA", "NTC.MISS.PRT", "N/AP"])
def test_periods_of_the_law_itself_are_not_set_by_papers(code):
    """The three months of an issue fee are those of 35 USC 151, whatever else the page gives time for."""
    usual = rounds_of([(20230103, code)], {})
    assert usual["due"].notna().all()
    assert rounds_of([(20230103, code)], {f"20230103-{code}-1": SetPeriod(1, None, 1)}).equals(usual)


def test_where_nothing_is_computed_the_paper_alone_decides_nothing():
    """Accelerated examination sets periods that nothing extends: a period without that rule would be wrong."""
    papers: list[Paper] = [(20160104, "PET.SPRE.ACX"), (20190412, "CTNF")]
    rounds = rounds_of(papers, {"20190412-CTNF-1": SetPeriod(1, None, 1)})
    assert rounds["due"].isna().all()
    assert set(rounds["authority"]) == {""}


def test_a_reexaminations_usual_period_gives_way_and_is_extended_by_request_alone():
    """One month where a court waits (MPEP 2263): from 12 Apr 2019 to Sunday 12 May, so Monday."""
    periods = {"20190412-RXR.NF-1": SetPeriod(1, None, 3)}
    rounds = rounds_of([(20190104, "RXNREQFD"), (20190412, "RXR.NF")], periods, apno="US90/014001")
    row = rounds[rounds["action"] == "20190412-RXR.NF-1"].iloc[0]
    assert (row["due"], row["last"]) == (pd.Timestamp("2019-05-13"), pd.Timestamp("2019-05-13"))
    assert row["authority"] == (
        "as set in the paper, page 3 (1 month, not the usual 2 months); 35 USC 305; 37 CFR 1.550(b); MPEP 2263"
    )
    found = open_periods(rounds, TODAY).iloc[0]
    assert not found["usual"]
    assert "; extendable only under 37 CFR 1.550(c); " in found["words"]


def test_open_dates_and_the_summary_say_that_the_paper_sets_it():
    """In the line of the date, and behind the day."""
    tables = read_history(
        make_history([*FILED, (20190412, "CTNF")], apno="US15/000001"),
        set_periods={"20190412-CTNF-1": SetPeriod(2, None, 2)},
    )
    words = "as set in the paper, page 2 (2 months, not the usual 3 months)"
    assert open_periods(tables.rounds, TODAY).iloc[0]["words"] == (
        f"Reply was due 12 Jun 2019; {words}; with 4 months of extension until 15 Oct 2019; "
        "computed from document dates; not legal advice"
    )
    summary = " ".join(sentence.text for sentence in summary_of(tables, tables.histories["history"].iloc[0]))
    assert f"due 12 Jun 2019, computed, {words}" in summary
