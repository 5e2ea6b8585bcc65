"""Interviews before the allowance. Expected numbers were counted by hand in the offices' lists of documents."""

from pathlib import Path

import pytest

from components.histories import DocumentList, FileHistory
from components.prosecution import Tables, read_histories, read_history
from tests.prosecution.conftest import RETRIEVED, Paper, make_history, rows_of

FILED: list[Paper] = [(20160104, "TRNA"), (20160104, "SPEC"), (20160104, "CLM"), (20170105, "CTNF")]


def before_allowance(*papers: Paper) -> int:
    """Return the number for a hand-made list, its filing and first action included."""
    return int(read_history(make_history([*FILED, *papers])).histories.iloc[0]["interviews_before_allowance"])


def test_real_files_of_the_uspto(real_tables: Tables):
    """Of 41 US files three list an interview, each one, in the second together with the notice of allowance."""
    numbers = real_tables.histories.set_index("history")["interviews_before_allowance"]
    found = numbers[numbers > 0].to_dict()
    # 10/310,232 was abandoned after an interview summary of 9 Mar 2007; 14/412,875 has one of 27 Apr 2020, the day of
    # its notice; 16/123,456 one of 9 Jun 2020 with a notice of 23 Sep. JP: record of 25 Aug 2020, grant 1 Sep 2020.
    assert found == {"US10/310232": 1, "US14/412875": 1, "US16/123456": 1, "JP2017-187096": 1}


def test_real_files_of_the_register(data: Path):
    """Consultations by telephone before the intention to grant: three of the nine European files have one."""
    histories = []
    for row in rows_of(data / "register" / "index.csv"):
        listed = rows_of(data / "register" / "file_histories" / f"{row['file']}.csv")
        documents = DocumentList(
            [int(paper["date"]) if paper["date"] else None for paper in listed],
            [paper["doc_code"] for paper in listed],
            [paper["description"] for paper in listed],
            [int(paper["page_number"]) if paper["page_number"] else None for paper in listed],
        )
        histories.append(
            FileHistory(
                apno=row["apno"],
                patent_number=row["patent_number"],
                patent_id="",
                documents=documents,
                documents_reported=len(listed),
                complete=True,
                retrieved=RETRIEVED,
            )
        )
    table = read_histories(histories).histories
    numbers = table.set_index("history")["interviews_before_allowance"]
    # 29 Aug 2022 before 11 Oct 2022; 18 Dec 2024 before 14 Jan 2025; 28 Nov 2024 before 13 May 2025.
    assert numbers[numbers > 0].to_dict() == {"EP10007106": 1, "EP18826609": 1, "EP23182542": 1}


@pytest.mark.parametrize(
    ("papers", "number"),
    [
        ([(20170301, "EXIN")], 1),
        ([(20170301, "EXIN"), (20170301, "INTV.SUM.APP")], 1),
        ([(20170301, "EXIN"), (20170601, "NOA"), (20170701, "EXIN")], 1),
        ([(20170301, "EXIN"), (20170601, "NOA"), (20170601, "EXIN")], 2),
        ([(20170301, "EXIN"), (20170601, "NOA"), (20170701, "RCEX"), (20170801, "EXIN")], 2),
        ([(20170301, "EXIN"), (20170601, "NOA"), (20170701, "RCEX"), (20170801, "EXIN"), (20170901, "NOA")], 2),
        ([(20170601, "NOA"), (20170701, "EXIN"), (20170901, "ISSUE.NTF")], 0),
        ([(20170601, "NOA"), (20170901, "ISSUE.NTF"), (20180101, "EXIN"), (20180601, "NOA")], 0),
    ],
    ids=["open", "one day", "later", "with the notice", "reopened", "second notice", "issued", "after issue"],
)
def test_what_counts_is_the_first_notice_that_stands(papers: list[Paper], number: int):
    """An interview after it is none before allowance; after a reopening the next notice counts (37 CFR 1.114)."""
    assert before_allowance(*papers) == number


def test_an_undated_interview_counts_only_while_nothing_is_allowed():
    """Nobody knows on which side of the notice it stands."""
    assert before_allowance((None, "EXIN")) == 1
    assert before_allowance((None, "EXIN"), (20170601, "NOA")) == 0
