"""In which order papers are read."""

import pandas as pd
import pytest

from components.prosecution import RuleTableBroken, Tables, code_table, in_reading_order, newest_first, read_history
from components.prosecution.law import rule_files
from components.prosecution.reading_guide import reading_order
from tests.prosecution.conftest import make_history, rows_of


def on(documents: pd.DataFrame, day: str) -> list[str]:
    """The codes of a day, in the order of the rows."""
    return documents.loc[documents["date"] == pd.Timestamp(day), "code"].tolist()


@pytest.fixture(name="shuffled")
def _shuffled(real_tables: Tables) -> pd.DataFrame:
    papers = real_tables.documents[real_tables.documents["history"] == "US14/412875"]
    return papers.sample(frac=1, random_state=7)


def test_an_action_stands_before_its_attachments_and_an_amendment_before_claims_and_remarks(shuffled: pd.DataFrame):
    """Days of US14/412,875 whatever the order given: the final of 2020, the reply after it, the RCE of 2018."""
    ordered = in_reading_order(shuffled)
    assert on(ordered, "2020-01-17") == ["CTFR", "892", "1449", "FWCLM", "SRFW", "SRNT"]
    assert on(ordered, "2020-04-27")[:6] == ["NOA", "EXIN", "A.NE.AFCP.D", "1449", "SRFW", "SRNT"]
    assert on(ordered, "2020-04-17")[:5] == ["TRAN.LET", "A.NE.AFCP", "A.NE", "CLM", "REM"]
    revival = on(ordered, "2018-06-01")
    assert revival.index("RCEX") < revival.index("AMSB") < revival.index("CLM") < revival.index("REM")
    assert revival[-1] == "N417"


def test_reading_runs_oldest_first_and_a_list_newest_first(shuffled: pd.DataFrame):
    """The days run one way or the other; each day is the same in both."""
    oldest, newest = in_reading_order(shuffled), newest_first(shuffled)
    assert oldest["date"].is_monotonic_increasing
    assert newest["date"].is_monotonic_decreasing
    assert (on(oldest, "2015-01-05"), len(oldest)) == (on(newest, "2015-01-05"), 184)
    assert set(oldest["id"]) == set(newest["id"]) == set(shuffled["id"])
    assert list(oldest.index) == list(newest.index) == list(range(184))


def test_papers_without_a_date_stand_last_both_ways():
    """What has no day has no place in time, and is not lost."""
    documents = read_history(make_history([(20200102, "CTNF"), (None, "NPL"), (20190102, "SPEC")])).documents
    assert in_reading_order(documents)["code"].tolist() == ["SPEC", "CTNF", "NPL"]
    assert newest_first(documents)["code"].tolist() == ["CTNF", "SPEC", "NPL"]


def test_of_one_day_each_history_stands_together():
    """Two files with papers of the same day are not mixed."""
    papers = [(20200102, "SRNT"), (20200102, "CTNF"), (20200102, "892")]
    histories = [read_history(make_history(papers, apno=apno)).documents for apno in ("US00/000002", "US00/000001")]
    ordered = in_reading_order(pd.concat(histories, ignore_index=True))
    assert ordered["history"].tolist() == ["US00/000001"] * 3 + ["US00/000002"] * 3
    assert ordered["code"].tolist() == ["CTNF", "892", "SRNT"] * 2


def test_a_code_of_one_office_means_nothing_in_another():
    """`SRNT` is the search of a US examiner; in a Korean list it is any paper and keeps its place."""
    papers = [(20200102, "ZZZ"), (20200102, "SRNT")]
    assert in_reading_order(read_history(make_history(papers)).documents)["code"].tolist() == ["SRNT", "ZZZ"]
    korean = read_history(make_history(papers, apno="KR10-2020-0000001")).documents
    assert in_reading_order(korean)["code"].tolist() == korean["code"].tolist()


def test_no_papers_are_in_order():
    """Empty in, empty out, with every column."""
    documents = read_history(make_history([])).documents
    assert list(in_reading_order(documents).columns) == list(newest_first(documents).columns) == list(documents.columns)


def test_the_table_names_each_paper_once_with_its_source():
    """A category or a code has one place, and each row says what it rests on."""
    rows = rows_of(rule_files.FOLDER / "reading_order.csv")
    names = [(row["office"], row["category"], row["code"]) for row in rows]
    assert len(set(names)) == len(names)
    assert all(row["source"] for row in rows)
    listed = {(row["office"], row["code"]) for row in code_table().to_dict("records")}
    assert {(row["office"], row["code"]) for row in rows if row["code"]} <= listed


def test_a_row_that_names_nothing_is_refused(tmp_path, monkeypatch: pytest.MonkeyPatch):
    """An unknown category is an error that names the file."""
    documents = read_history(make_history([(20200102, "CTNF")])).documents
    (tmp_path / "reading_order.csv").write_text("office,category,code,place,source\n,no_such,,1,\n", encoding="utf-8")
    monkeypatch.setattr(rule_files, "FOLDER", tmp_path)
    reading_order._ranks_by_category.cache_clear()
    try:
        with pytest.raises(RuleTableBroken, match=r"reading_order\.csv"):
            in_reading_order(documents)
    finally:
        reading_order._ranks_by_category.cache_clear()
