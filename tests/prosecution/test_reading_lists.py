"""Which papers to read: by what they are, and by what they are read for."""

import pandas as pd
import pytest

from components.prosecution import Tables, in_reading_list, in_reading_order, read_history, reading_lists
from components.prosecution.law.categories import categories_in
from components.prosecution.law.codes import code_table
from components.prosecution.law.rule_files import FOLDER
from tests.prosecution.conftest import make_history, rows_of


def chosen(tables: Tables, history: str, name: str) -> list[str]:
    """The ids of the papers of a history that are in a list, in reading order."""
    papers = in_reading_order(tables.documents[tables.documents["history"] == history])
    return papers.loc[in_reading_list(papers, name), "id"].tolist()


def test_lists_are_offered_presets_first_each_with_its_purpose():
    """Nine lists by name, six by what papers are and three by what they are for; each with words of help."""
    lists = reading_lists()
    names = ["everything", "key", "actions", "claims", "art", "interviews", "estoppel", "validity", "allowance"]
    assert [reading_list.name for reading_list in lists] == names
    assert [reading_list.kind for reading_list in lists] == ["preset"] * 6 + ["purpose"] * 3
    assert all(reading_list.label and reading_list.help for reading_list in lists)
    assert all(row["source"] for row in rows_of(FOLDER / "reading_lists.csv") if row["categories"])


def test_everything_is_everything_and_key_papers_are_the_marked_ones(real_tables: Tables):
    """No paper is missing from the first; the second is the column `key`."""
    documents = real_tables.documents
    assert in_reading_list(documents, "everything").all()
    assert in_reading_list(documents, "key").tolist() == documents["key"].tolist()


def test_office_actions_and_interviews_of_a_real_file(real_tables: Tables):
    """US14/412,875: four rejections with the decision on the pilot's request; one interview."""
    assert chosen(real_tables, "US14/412875", "actions") == [
        "20161025-CTNF-1", "20170809-CTFR-1", "20190412-CTNF-1", "20200117-CTFR-1", "20200427-A.NE.AFCP.D-1",
    ]  # fmt: skip
    assert chosen(real_tables, "US14/412875", "interviews") == ["20200427-EXIN-1"]


def test_prior_art_of_record_of_a_real_file(real_tables: Tables):
    """US14/412,875: four 892, three initialled lists, three IDSs and the eight copies that came with two of them."""
    found = [name.split("-")[1] for name in chosen(real_tables, "US14/412875", "art")]
    assert {code: found.count(code) for code in found} == {"IDS": 3, "892": 4, "1449": 3, "FOR": 8}


def test_estoppel_lists_what_the_applicant_said_and_why_it_was_allowed(real_tables: Tables):
    """US14/412,875: each amendment with its claims and remarks, the interview, the allowances, the Rule 312 paper."""
    assert chosen(real_tables, "US14/412875", "estoppel") == [
        "20150105-A.PE-1", "20150105-CLM-1", "20150105-REM-1",
        "20170425-A...-1", "20170425-CLM-1", "20170425-REM-1",
        "20180601-AMSB-1", "20180601-CLM-1", "20180601-REM-1",
        "20191014-A...-1", "20191014-CLM-1", "20191014-REM-1",
        "20200417-A.NE.AFCP-1", "20200417-A.NE-1", "20200417-CLM-1", "20200417-REM-1",
        "20200427-NOA-1", "20200427-EXIN-1", "20200615-NOA-1", "20200727-A.NA-1", "20200727-REM-1",
    ]  # fmt: skip


def test_the_allowance_story_begins_with_the_last_rejection(real_tables: Tables):
    """US14/412,875: the final of January 2020, what answered it, the allowance, and all until the issue."""
    assert chosen(real_tables, "US14/412875", "allowance") == [
        "20200117-CTFR-1",
        "20200417-A.NE.AFCP-1", "20200417-A.NE-1", "20200417-CLM-1", "20200417-REM-1",
        "20200427-NOA-1", "20200427-EXIN-1", "20200427-A.NE.AFCP.D-1", "20200615-NOA-1",
        "20200727-A.NA-1", "20200727-REM-1", "20200819-ISSUE.NTF-1",
    ]  # fmt: skip


def test_an_allowance_after_an_appeal_tells_of_the_appeal(real_tables: Tables):
    """US12/124,027: final, notice, brief, answer, reply brief, the Board's decision, amendment, allowance, issue."""
    found = chosen(real_tables, "US12/124027", "allowance")
    steps = ["CTFR", "N/AP", "AP.B", "APEA", "APRB", "APDP", "A...", "NOA", "A.NA", "N271", "ISSUE.NTF"]
    codes = [name.split("-")[1] for name in found]
    assert [code for code in codes if code in steps] == steps
    assert found[0] == "20091124-CTFR-1"


def test_an_allowance_without_a_rejection_begins_with_itself(real_tables: Tables):
    """US17/248,024 was allowed at the first action."""
    expected = ["20230103-NOA-1", "20230113-NOA-1", "20230419-ISSUE.NTF-1"]
    assert chosen(real_tables, "US17/248024", "allowance") == expected


def test_without_an_allowance_there_is_no_story_of_one(real_tables: Tables):
    """US15/123,456 was abandoned after its first action."""
    assert chosen(real_tables, "US15/123456", "allowance") == []


def test_an_election_before_the_allowance_stands_for_the_answer_where_nothing_was_rejected():
    """Restriction, election, allowance: all of it; what was filed before is not."""
    papers = [(20200102, "SPEC"), (20200102, "CLM"), (20210104, "CTRS"), (20210201, "ELC."), (20210201, "REM"),
              (20210601, "NOA")]  # fmt: skip
    tables = read_history(make_history(papers))
    codes = [name.split("-")[1] for name in chosen(tables, "US00/000001", "allowance")]
    assert codes == ["CTRS", "ELC.", "REM", "NOA"]


def test_what_reopens_prosecution_ends_the_story_of_the_allowance():
    """A rejection after the allowance, and all that follows it, is another story."""
    papers = [(20200102, "SPEC"), (20200102, "CLM"), (20210104, "CTNF"), (20210201, "A..."), (20210601, "NOA"),
              (20210701, "RCEX"), (20211001, "CTNF"), (20211201, "A...")]  # fmt: skip
    codes = [name.split("-")[:2] for name in chosen(read_history(make_history(papers)), "US00/000001", "allowance")]
    assert codes == [["20210104", "CTNF"], ["20210201", "A..."], ["20210601", "NOA"], ["20210701", "RCEX"]]


def test_lists_work_for_other_offices_by_their_categories(real_tables: Tables):
    """JP2017-187096: refusal reasons, search report, argument and amendment, each with its original."""
    history = "JP2017-187096"
    assert chosen(real_tables, history, "actions") == [
        "20200521-A971007-1", "20200521-A971007-JP-1", "20200721-A131-1", "20200721-A131-JP-1",
    ]  # fmt: skip
    assert {name.split("-")[1] for name in chosen(real_tables, history, "allowance")} == {
        "A131", "A53", "A523", "A971015", "A01",
    }  # fmt: skip


def test_validity_holds_the_art_the_search_and_the_actions(real_tables: Tables):
    """Every paper of the prior art is in it, and every action on the merits."""
    documents = real_tables.documents
    validity = in_reading_list(documents, "validity")
    assert validity[in_reading_list(documents, "art")].all()
    assert validity[documents["category"].isin(["non_final_rejection", "final_rejection", "allowance"])].all()
    assert validity[documents["code"].isin(["SRNT", "SRFW"])].all()
    assert not validity[documents["category"].isin(["fees", "receipt", "power_of_attorney"])].any()


def test_further_codes_are_those_of_their_office():
    """A comment on the reasons for allowance is listed as N427, which means so only in a US file."""
    papers = [(20200102, "SPEC"), (20210601, "NOA"), (20210701, "N427")]
    assert chosen(read_history(make_history(papers)), "US00/000001", "estoppel")[-1] == "20210701-N427-1"
    korean = read_history(make_history([(20210701, "N427")], apno="KR10-2020-0000001"))
    assert chosen(korean, "KR10-2020-0000001", "estoppel") == []


def test_answers_are_parallel_to_the_rows_given(real_tables: Tables):
    """Rows in any order keep their index; no rows give no answers."""
    documents = real_tables.documents.sample(frac=1, random_state=3)
    for reading_list in reading_lists():
        found = in_reading_list(documents, reading_list.name)
        pd.testing.assert_index_equal(found.index, documents.index)
        pd.testing.assert_series_equal(found.sort_index(), in_reading_list(real_tables.documents, reading_list.name))
        assert in_reading_list(documents.iloc[:0], reading_list.name).empty


def test_an_unknown_list_is_no_list(real_tables: Tables):
    """A name from outside must be looked up among the lists first."""
    with pytest.raises(KeyError):
        in_reading_list(real_tables.documents, "no such list")


def test_every_name_in_the_table_is_known():
    """Categories, sets and codes are of the vocabulary; no list is empty for lack of a name."""
    listed = {(row["office"], row["code"]) for row in code_table().to_dict("records")}
    named = set()
    for row in rows_of(FOLDER / "reading_lists.csv"):
        if categories_in(row["categories"]):
            named.add(row["name"])
        codes = [tuple(code.strip().split(" ", 1)) for code in row["codes"].split(";") if code.strip()]
        assert set(codes) <= listed
    # These two take whole what the table calls their frame: all documents, and the story's.
    assert {row["name"] for row in rows_of(FOLDER / "reading_lists.csv")} - named == {"everything", "key"}
