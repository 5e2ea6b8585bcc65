"""From what the service said to the four tables: nothing lost, everything typed, always the same."""

from collections import Counter

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.histories import FileHistory
from components.prosecution import Tables, code_table, read_histories, read_history
from tests.prosecution.conftest import Paper, make_history

CODES = [*code_table()["code"].sample(40, random_state=1), "A131-JP", "A131", "ZZ", "", "N417", "WFEE", "NPL", "NOA"]

papers = st.lists(
    st.tuples(
        st.sampled_from([None, 20180831, 20180901, 20190228, 20200229]),
        st.sampled_from(CODES) | st.text(max_size=6),
        st.text(max_size=12),
        st.sampled_from([None, 0, 1, 12]),
    ),
    max_size=30,
)


@given(papers=papers, office=st.sampled_from(["US14/000001", "EP99203729", "JP2020-1", "KR1020200001", ""]))
def test_no_document_is_ever_lost(papers: list[Paper], office: str):
    """Whatever arrives, every document has exactly one row, under its own id, with its own words."""
    history = make_history(papers, office)
    tables = read_history(history)
    documents = tables.documents
    given_rows = Counter(zip(history.documents.ids(), (paper[1] for paper in papers), strict=True))
    assert Counter(zip(documents["id"], documents["code"], strict=True)) == given_rows
    assert Counter(documents["description"]) == Counter(paper[2] for paper in papers)
    assert documents["date"].isna().sum() == sum(paper[0] is None for paper in papers)
    assert tables.submissions["documents"].sum() == len(papers)
    assert set(documents["submission"]) == set(tables.submissions["submission"])
    assert tables.submissions["submission"].is_unique
    assert set(documents["paper"]) <= set(documents["id"])
    assert set(tables.submissions["lead"]) <= set(documents["id"])


def test_every_document_of_the_real_histories_is_in_the_table(real_tables: Tables, index: dict[str, dict[str, str]]):
    """The number of documents of each application is the one the index states, and all their codes are known."""
    held = real_tables.documents.groupby("history").size()
    assert {apno: held[apno] for apno in index} == {apno: int(row["documents"]) for apno, row in index.items()}
    assert (real_tables.histories["documents_held"] == real_tables.histories["documents_told"]).all()
    assert not (real_tables.documents["category"] == "unclassified").any()


def test_columns_and_types_are_the_same_with_and_without_rows(real_tables: Tables):
    """Empty tables have every column with its type, so that they join and draw like full ones."""
    empty = read_histories([])
    bare = read_history(make_history([]))
    for name in ("documents", "submissions", "rounds", "histories"):
        full = getattr(real_tables, name)
        assert list(getattr(empty, name).dtypes.items()) == list(full.dtypes.items())
        assert list(getattr(bare, name).dtypes.items()) == list(full.dtypes.items())
    assert len(empty.histories) == 0
    assert len(bare.histories) == 1


def test_types_are_those_of_the_design(real_tables: Tables):
    """Dates are `datetime64`, text is pandas `str`, pages may be missing, categories are ordered."""
    types = real_tables.documents.dtypes
    assert str(types["date"]).startswith("datetime64")
    assert all(str(types[name]) == "str" for name in ("history", "id", "code", "description", "submission"))
    assert str(types["pages"]) == "Int64"
    assert types["category"].ordered
    assert types["side"].ordered
    assert str(types["key"]) == "bool"
    assert str(real_tables.histories.dtypes["retrieved"]) == "datetime64[us, UTC]"


def test_rounds_point_at_papers_of_their_history(real_tables: Tables):
    """Action and answer are documents of the file, and each submission's round is one of the file's."""
    papers = set(zip(real_tables.documents["history"], real_tables.documents["id"], strict=True))
    rounds = real_tables.rounds
    assert set(zip(rounds["history"], rounds["action"], strict=True)) <= papers
    answered = rounds[rounds["answer"] != ""]
    assert len(answered) > 100
    assert set(zip(answered["history"], answered["answer"], strict=True)) <= papers
    numbers = set(zip(rounds["history"], rounds["round"], strict=True))
    for table in (real_tables.submissions, real_tables.documents):
        numbered = table[table["round"].notna()]
        assert set(zip(numbered["history"], numbered["round"], strict=True)) <= numbers


def test_documents_are_in_reading_order(real_tables: Tables):
    """Oldest first; within a day the action before its attachments, the amendment before remarks and claims."""
    papers = real_tables.documents.query("history == 'US14/412875'")
    assert papers["date"].is_monotonic_increasing
    assert list(papers["seq"]) == list(range(1, 185))
    action = papers[papers["submission"] == "20161025-office"]["code"].tolist()
    assert action[:3] == ["CTNF", "892", "1449"]
    reply = papers[papers["submission"] == "20170425-applicant"]["code"].tolist()
    assert reply[:3] == ["A...", "REM", "CLM"]


def test_undated_documents_stand_last_each_on_its_own():
    """A paper without a date belongs to no day, and is read all the same."""
    tables = read_history(make_history([(None, "CTNF"), (20200102, "IDS"), (None, "CTNF")]))
    assert tables.documents["id"].tolist() == ["20200102-IDS-1", "undated-CTNF-1", "undated-CTNF-2"]
    assert tables.submissions["submission"].tolist() == ["20200102-applicant", "undated-CTNF-1", "undated-CTNF-2"]
    assert tables.histories.loc[0, "undated"] == 2
    assert tables.histories.loc[0, "actions"] == 1  # counted, though it has no position in time


def test_half_a_surrogate_pair_does_not_make_a_history_unreadable():
    """JSON may hold text that no file can: the broken character is replaced, the paper and its neighbours stay."""
    documents = read_history(
        make_history([(20200102, "CTNF", "red \ud83d"), (20200102, "892", "\U0001f600")])
    ).documents
    assert documents["description"].tolist() == ["red \ufffd", "\U0001f600"]


def test_dates_and_pages_are_what_was_delivered():
    """Dates become days, and 0 pages, which Japanese lists say of every paper, mean that none are known."""
    documents = read_history(make_history([(20240229, "CTNF", "x", 8), (20240301, "A...", "y", 0)])).documents
    assert documents["date"].tolist() == [pd.Timestamp("2024-02-29"), pd.Timestamp("2024-03-01")]
    assert documents["pages"].tolist() == [8, pd.NA]


def test_a_japanese_original_and_its_translation_are_one_paper(real_tables: Tables):
    """Both rows stay, and both name the same paper; the 24 rows of this file are 12 papers."""
    papers = real_tables.documents.query("history == 'JP2017-187096'")
    assert len(papers) == 24
    assert papers["paper"].nunique() == 12
    for _, rows in papers.groupby("paper"):
        assert len(rows) == 2
        assert rows["category"].nunique() == 1
        assert {text.rsplit(" (")[0] for text in rows["description"]} == {rows["description"].iloc[0].rsplit(" (")[0]}


def test_versions_pair_even_where_the_original_is_described_in_its_own_language():
    """A Japanese description cannot be compared, so originals and translations of a day pair in order."""
    history = make_history(
        [
            (20200102, "A131-JP", "拒絶理由通知書"),
            (20200102, "A131", "Reasons"),
            (20200103, "A131-JP", "拒絶理由通知書"),
        ],
        apno="JP2020-000001",
    )
    assert read_history(history).documents["paper"].tolist() == [
        "20200102-A131-1",
        "20200102-A131-1",
        "20200103-A131-JP-1",
    ]


@pytest.mark.parametrize("position", range(3))
def test_the_order_of_histories_is_the_order_asked_for(real_histories: list[FileHistory], position: int):
    """`read_histories` keeps order, and says of each history what `read` says."""
    chosen = real_histories[position * 5 : position * 5 + 3]
    together = read_histories(chosen)
    assert together.histories["history"].tolist() == [history.name for history in chosen]
    alone = pd.concat([read_history(history).documents for history in chosen], ignore_index=True)
    pd.testing.assert_frame_equal(together.documents, alone)


def test_reading_twice_gives_the_same(real_histories: list[FileHistory]):
    """No clock, no chance: the same history gives the same tables."""
    for name in ("documents", "submissions", "rounds", "histories"):
        first, second = (getattr(read_history(real_histories[40]), name) for _ in range(2))
        pd.testing.assert_frame_equal(first, second)


def test_papers_that_matter_include_what_came_with_a_reply():
    """Remarks and claims of a reply matter; claims filed on their own day and worksheets do not."""
    tables = read_history(
        make_history(
            [
                (20200102, "A..."),
                (20200102, "REM"),
                (20200102, "CLM"),
                (20200102, "WFEE"),
                (20210102, "CLM"),
                (20220102, "CTNF"),
                (20220102, "892"),
            ]
        )
    )
    assert tables.documents.query("key")["code"].tolist() == ["A...", "REM", "CLM", "CTNF"]
