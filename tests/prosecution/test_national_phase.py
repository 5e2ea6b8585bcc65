"""An international application in the list of the office that it entered: filing, entry and what came before it."""

import pandas as pd

from components.prosecution import read_history
from tests.prosecution.conftest import make_history

BEFORE = [
    (20181218, "DESC", "Description"),
    (20181218, "CLMS", "Claims"),
    (20181218, "ABST", "Abstract"),
    (20190627, "ISR", "Copy of the international search report"),
]
ENTRY = (20200713, "1200P", "Request for entry into the European phase")
AFTER = [
    (20210205, "CLMS", "Claims"),
    (20220329, "2001", "Communication from the Examining Division"),
    (20221007, "EXRE3", "Reply to communication from the Examining Division"),
]


def test_the_entry_is_no_filing():
    """Art. 11(3) PCT: the filing date is the international one, which this list does not name."""
    facts = read_history(make_history([*BEFORE, ENTRY, *AFTER], apno="EP18826609")).histories.iloc[0]
    assert pd.isna(facts["filed"])
    assert facts["entered"] == pd.Timestamp("2020-07-13")


def test_papers_before_the_entry_are_of_the_international_phase():
    """What the receiving Office and the searching authority hold is drawn in a lane of its own."""
    documents = read_history(make_history([*BEFORE, ENTRY, *AFTER], apno="EP18826609")).documents
    before = documents[documents["date"] < "2020-07-13"]
    assert set(before["category"].astype(str)) == {"international_phase", "international_report"}
    assert documents.loc[documents["date"] == "2021-02-05", "category"].astype(str).to_list() == ["claims"]


def test_what_is_measured_from_the_beginning_is_measured_from_the_entry():
    """The EPO cannot act before the entry (Art. 23, 40 PCT): 13 Jul 2020 to 29 Mar 2022 are 624 days."""
    facts = read_history(make_history([*BEFORE, ENTRY, *AFTER], apno="EP18826609")).histories.iloc[0]
    assert facts["first_action_days"] == 624


def test_a_direct_application_keeps_its_filing_day():
    """Without an entry nothing changes, though a search report of an international authority is listed."""
    papers = [(20100709, "1001P", "Request for grant of a European patent"), *BEFORE[:0], *AFTER]
    facts = read_history(make_history(papers, apno="EP10007106")).histories.iloc[0]
    assert (facts["filed"], pd.isna(facts["entered"])) == (pd.Timestamp("2010-07-09"), True)
