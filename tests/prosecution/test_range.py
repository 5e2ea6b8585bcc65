"""Papers that cannot belong to the application: they stay in the table, and the story is read without them."""

from dataclasses import replace
from datetime import UTC, datetime

import pandas as pd
import pytest

from components.histories import DocumentList, FileHistory
from components.prosecution import read_history
from components.prosecution.law.number_formats import years_of
from tests.prosecution.conftest import make_history


def shifted(history: FileHistory, years: int, count: int = 40) -> FileHistory:
    """Return a history with its first papers once more, as if from another application, so many years off."""
    documents = history.documents
    ended = [date + years * 10_000 if date else None for date in documents.date[:count]]
    mixed = DocumentList(
        [*documents.date, *ended],
        [*documents.code, *documents.code[:count]],
        [*documents.description, *documents.description[:count]],
        [*documents.pages, *documents.pages[:count]],
    )
    return replace(history, documents=mixed, documents_reported=len(mixed), retrieved=datetime(2049, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize("years", [-25, 25])
@pytest.mark.parametrize("apno", ["US14/412875", "US11/512782", "US10/310232", "EP99203729", "JP2020-123456"])
def test_papers_of_another_application_do_not_change_the_story(
    real_histories: list[FileHistory], apno: str, years: int
):
    """Granted, pending and abandoned files polluted with papers 25 years off read as the clean ones do."""
    clean = next(history for history in real_histories if history.apno == apno)
    count = min(40, len(clean.documents) // 2)
    expected, polluted = read_history(clean), read_history(shifted(clean, years, count))
    assert polluted.histories.loc[0, "out_of_range"] == count
    assert len(polluted.documents) == len(clean.documents) + count
    same = ["status", "filed", "first_action", "allowed", "issued", "abandoned", "pendency_days", "office_days",
            "applicant_days", "actions", "finals", "rces", "idss", "extension_months", "fingerprint"]  # fmt: skip
    pd.testing.assert_frame_equal(polluted.histories[same], expected.histories[same])
    pd.testing.assert_frame_equal(
        polluted.rounds.drop(columns=["action", "answer"]), expected.rounds.drop(columns=["action", "answer"])
    )
    strange = polluted.documents[~polluted.documents["in_range"]]
    assert strange["round"].isna().all()
    assert ((strange["date"].dt.year - 2000) // 20 != (expected.histories.loc[0, "filed"].year - 2000) // 20).any()


def test_late_papers_of_a_closed_file_are_its_own():
    """A change of address twelve years after the grant is no stray paper; a rejection then is."""
    granted = [(20050105, "CTNF"), (20050301, "A..."), (20050601, "NOA"), (20050801, "IFEE"), (20050901, "ISSUE.NTF")]
    address = read_history(make_history([*granted, (20170905, "EBCC.AD")]))
    rejection = read_history(make_history([*granted, (20170905, "CTNF")]))
    assert address.histories.loc[0, "out_of_range"] == 0
    assert rejection.histories.loc[0, ["out_of_range", "status", "non_finals"]].tolist() == [1, "Granted", 1]


def test_a_paper_from_after_the_retrieval_is_out_of_range():
    """A mistyped year does not make an open file of a granted one, nor its pendency a century."""
    papers = [(20050105, "SPEC"), (20050105, "CLM"), (20060105, "CTNF"), (20990101, "A...")]
    row = read_history(make_history(papers)).histories.loc[0]
    assert (row["out_of_range"], row["status"]) == (1, "Awaiting applicant")
    assert row["last_document"] == pd.Timestamp("2006-01-05")


@pytest.mark.parametrize(
    ("office", "apno", "years"),
    [
        ("US", "US14/412875", (2013, 2016)),
        ("US", "US08/123456", (1993, 1997)),
        ("US", "US63/123456", (2020, 9999)),
        ("EP", "EP99203729", (1999, 1999)),
        ("EP", "EP05012345", (2005, 2005)),
        ("JP", "JP2017-187096", (2017, 2017)),
        ("KR", "KR10-2015-0012345", (2015, 2015)),
        ("US", "US00/000001", None),
        ("EP", "", None),
        ("XX", "XX2015", None),
    ],
)
def test_the_number_tells_the_years_of_filing(office: str, apno: str, years: tuple[int, int] | None):
    """US series by MPEP 503; European, Japanese and Korean numbers hold the year; a silent number says nothing."""
    assert years_of(office, apno) == years


def test_an_office_action_from_before_the_filing_is_another_applications(real_histories: list[FileHistory]):
    """14/412,875 was filed in 2015: a rejection of 2012 among its papers is no part of its story."""
    clean = next(history for history in real_histories if history.apno == "US14/412875")
    documents = clean.documents
    mixed = DocumentList([*documents.date, 20120101], [*documents.code, "CTNF"], [*documents.description, ""],
                         [*documents.pages, 9])  # fmt: skip
    row = read_history(replace(clean, documents=mixed)).histories.loc[0]
    assert (row["out_of_range"], row["non_finals"], row["applicant_days"]) == (1, 2, 845)


def test_filing_papers_of_a_later_series_begin_another_application(real_histories: list[FileHistory]):
    """10/310,232, abandoned in 2007, with the papers of 14/412,875, filed in 2015: eight years are no long silence."""
    first, second = (
        next(history for history in real_histories if history.apno == apno) for apno in ("US10/310232", "US14/412875")
    )
    of_first, of_second = first.documents, second.documents
    mixed = DocumentList(
        [*of_first.date, *of_second.date],
        [*of_first.code, *of_second.code],
        [*of_first.description, *of_second.description],
        [*of_first.pages, *of_second.pages],
    )
    row = read_history(replace(first, documents=mixed)).histories.loc[0]
    assert (row["out_of_range"], row["status"]) == (len(of_second), "Abandoned")
    assert row["pendency_days"] == read_history(first).histories.loc[0, "pendency_days"]


def test_an_open_application_may_rest_for_thirteen_years():
    """A secrecy order (35 USC 181): filed in 1995, rejected and answered in 1996, allowed and issued in 2009."""
    papers = [(19950105, "TRNA"), (19950105, "CLM"), (19960105, "CTNF"), (19960301, "A..."), (20090105, "NOA"),
              (20090301, "IFEE"), (20090401, "ISSUE.NTF")]  # fmt: skip
    row = read_history(make_history(papers)).histories.loc[0]
    assert (row["out_of_range"], row["status"]) == (0, "Granted")


def test_every_real_paper_is_in_range(real_histories: list[FileHistory]):
    """In 43 real files no paper is taken for a stray one, post-grant papers and international phase included."""
    assert sum(read_history(history).histories.loc[0, "out_of_range"] for history in real_histories) == 0
