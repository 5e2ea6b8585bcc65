"""Which documents are taken away: those that are ticked, or else those that are listed."""

import pandas as pd

from components.prosecution import Tables
from components.ui.review.downloads import documents_to_take, selected_in_words
from tests.ui.conftest import recording_of

KEY = "US14/412875"
PAPERS = recording_of("US14412875").documents
NON_FINALS = frozenset({(KEY, "20161025-CTNF-1"), (KEY, "20190412-CTNF-1")})


def rejections(file: Tables) -> pd.DataFrame:
    """The four rejections, newest first."""
    rows = file.documents[file.documents["code"].isin(["CTNF", "CTFR"])]
    return rows.sort_values("date", ascending=False).reset_index(drop=True)


def test_without_a_tick_what_is_listed_is_taken(file: Tables) -> None:
    """All of it, in the order of the list."""
    listed = rejections(file)
    rows = documents_to_take(file.documents, listed, frozenset())
    assert rows["id"].tolist() == ["20200117-CTFR-1", "20190412-CTNF-1", "20170809-CTFR-1", "20161025-CTNF-1"]
    assert selected_in_words(rows, listed) == "4 documents listed"
    assert selected_in_words(listed.head(1), listed.head(2)) == "1 document ticked"


def test_just_what_is_ticked_is_taken_in_the_order_of_the_list(file: Tables) -> None:
    """Two of four."""
    listed = rejections(file)
    rows = documents_to_take(file.documents, listed, NON_FINALS)
    assert rows["id"].tolist() == ["20190412-CTNF-1", "20161025-CTNF-1"]
    assert selected_in_words(rows, listed) == "2 documents ticked"


def test_what_is_ticked_and_hidden_is_taken_after_what_is_listed(file: Tables) -> None:
    """In the order of the file."""
    listed = rejections(file)
    finals = listed[listed["code"] == "CTFR"]
    ticks = NON_FINALS | {(KEY, "20170809-CTFR-1")}
    assert documents_to_take(file.documents, finals, ticks)["id"].tolist() == [
        "20170809-CTFR-1", "20161025-CTNF-1", "20190412-CTNF-1",
    ]  # fmt: skip
    nothing = listed.iloc[:0]
    rows = documents_to_take(file.documents, nothing, NON_FINALS)
    assert rows["id"].tolist() == ["20161025-CTNF-1", "20190412-CTNF-1"]
    assert selected_in_words(rows, nothing) == "2 documents ticked"


def test_a_tick_in_another_file_takes_nothing_from_this_one(file: Tables) -> None:
    """It is still ticked when that file is shown again; here the list is taken as if nothing were."""
    listed = rejections(file)
    rows = documents_to_take(file.documents, listed, frozenset({("US14/643719", "20161025-CTNF-1")}))
    assert selected_in_words(rows, listed) == "4 documents listed"


def test_nothing_listed_and_nothing_ticked_is_nothing(file: Tables) -> None:
    """And is said as such; 184 are said as such too."""
    nothing = file.documents.iloc[:0]
    assert selected_in_words(documents_to_take(file.documents, nothing, frozenset()), nothing) == "0 documents listed"
    whole = documents_to_take(file.documents, file.documents, frozenset())
    assert selected_in_words(whole, file.documents) == f"{len(PAPERS)} documents listed"
