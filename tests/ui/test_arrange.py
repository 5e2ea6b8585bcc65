"""The order of the documents, and what groups them."""

import pytest

from components.prosecution import Tables, read_history
from components.ui.review.arrangement import arrange_documents
from tests.prosecution.conftest import data, index, make_history, real_histories, real_tables

__all__ = ["data", "index", "real_histories", "real_tables"]


@pytest.fixture
def tables() -> Tables:
    """An application, a rejection with its references, and the reply with claims and remarks."""
    return read_history(
        make_history(
            [
                (20170105, "TRNA", "Transmittal of New Application", 2),
                (20180301, "892", "List of references cited by examiner", 1),
                (20180301, "CTNF", "Non-Final Rejection", 9),
                (20180601, "REM", "Applicant Arguments/Remarks Made in an Amendment", 8),
                (20180601, "CLM", "Claims", 4),
                (20180601, "A...", "Amendment/Req. Reconsideration-After Non-Final Reject", 1),
            ]
        )
    )


def codes(tables: Tables, **wanted: object) -> list[str]:
    """The codes in the order arranged."""
    options = {"group": "none", "oldest_first": False} | wanted
    found = arrange_documents(tables.documents, submissions=tables.submissions, rounds=tables.rounds, **options)  # type: ignore[arg-type]
    return found.documents["code"].tolist()


def test_the_newest_day_stands_first_and_an_action_before_its_attachments(tables: Tables) -> None:
    """The order of a file on screen: MPEP 719.01(a); within a day as the papers lie in the wrapper."""
    assert codes(tables) == ["A...", "CLM", "REM", "CTNF", "892", "TRNA"]


def test_a_file_is_read_oldest_first(tables: Tables) -> None:
    """The reading order turns the days about, not the papers within one."""
    assert codes(tables, oldest_first=True) == ["TRNA", "CTNF", "892", "A...", "CLM", "REM"]


def test_submissions_are_named_by_day_and_contents(tables: Tables) -> None:
    """What one side did on one day is one group."""
    found = arrange_documents(
        tables.documents, group="submission", oldest_first=True, submissions=tables.submissions, rounds=tables.rounds
    )
    assert found.groups is not None
    assert found.groups.nunique() == 3
    assert found.groups.iloc[1].startswith("1 Mar 2018 · Non-final rejection")
    assert found.groups.iloc[1] == found.groups.iloc[2]


def test_papers_of_no_round_come_last_when_newest_first(tables: Tables) -> None:
    """A group for each round, and one for what belongs to none."""
    found = arrange_documents(
        tables.documents, group="round", oldest_first=False, submissions=tables.submissions, rounds=tables.rounds
    )
    assert found.groups is not None
    assert found.groups.tolist() == ["1 · Non-final rejection, 1 Mar 2018"] * 5 + ["Outside the rounds"]
    assert found.documents["code"].tolist()[-1] == "TRNA"


@pytest.mark.parametrize("oldest_first", [False, True])
@pytest.mark.parametrize("group", ["none", "submission", "round"])
def test_arranging_loses_nothing_and_keeps_groups_together(real_tables: Tables, group: str, oldest_first: bool) -> None:
    """Whatever the order, every document of the real files is there once, and no group is torn apart."""
    found = arrange_documents(
        real_tables.documents,
        group=group,
        oldest_first=oldest_first,
        submissions=real_tables.submissions,
        rounds=real_tables.rounds,
    )
    rows = found.documents["history"] + "|" + found.documents["id"]
    assert sorted(rows) == sorted(real_tables.documents["history"] + "|" + real_tables.documents["id"])
    if found.groups is not None:
        column = "submission" if group == "submission" else "round"
        names = found.documents["history"] + "|" + found.documents[column].astype("str").fillna("none")
        assert (names != names.shift()).sum() == names.nunique()
