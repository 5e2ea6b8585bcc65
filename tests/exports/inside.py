"""The invented file of `tests.content.papers` as a selection of documents of which some were read inside."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from components.content.records import Verdict
from components.exports.selection import Selection
from components.histories import PaperRef
from components.prosecution import read_histories
from tests.content.papers import HISTORY, a_file
from tests.exports.conftest import make_history, make_selection

LISTED = [
    (20180312, "CTNF", "Non-Final Rejection", 9), (20180601, "CLM", "Claims", 4), (20180601, "REM", "Remarks", 8),
    (20180920, "CTFR", "Final Rejection", 11), (20181105, "CTAV", "Advisory Action", 2),
    (20190110, "A.NE", "Response After Final Action", 5), (20190402, "CTNF", "Non-Final Rejection", 7),
    (20190801, "CTNF", "Non-Final Rejection", 6), (20191209, "NOA", "Notice of Allowance", 5),
]  # fmt: skip
"""The papers of the file, and one more action at which nobody has looked, of 1 August 2019."""
OTHER = "EP18000001"
MARKED = Verdict(False, "ada", datetime(2020, 5, 4, tzinfo=UTC), "112(b) on claims 2-3")


def read_selection(**options: Any) -> Selection:
    """Return the file and one of an office without rules, and what the file's papers say."""
    ours = make_history(list(LISTED), apno=HISTORY, patent_number="US10999999B2")
    other = make_history([(20190101, "2001", "Communication from the Examining Division", 3)], apno=OTHER)
    selection = make_selection(read_histories([ours, other]), **options)
    marks = {(PaperRef(HISTORY, "20180312-CTNF-1"), "ground 112(b) 2 3"): MARKED}
    places = dict(zip(selection.documents["id"], selection.documents["seq"], strict=True))
    contents = tuple(replace(paper, place=int(places[paper.paper.document])) for paper in a_file())
    return replace(selection, contents=contents, verdicts=marks)


def only(selection: Selection, *documents: str) -> Selection:
    """Return a selection of these documents of the file alone."""
    rows = selection.documents
    return replace(selection, documents=rows[rows["id"].isin(documents)].reset_index(drop=True))
