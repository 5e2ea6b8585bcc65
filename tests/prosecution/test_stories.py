"""Seven real files, each told as a prosecutor would tell it.

The expected stories were read off the offices' own lists by hand; where a transaction log exists it says the same.
"""

import pandas as pd
import pytest

from components.prosecution import Tables

ACTIONS = ["restriction", "non_final_rejection", "final_rejection", "quayle", "allowance", "notice_of_appeal",
           "appeal_brief", "examiners_answer", "reply_brief", "board_decision", "abandonment"]  # fmt: skip


def story(tables: Tables, history: str) -> list[tuple[str, str, str, str]]:
    """Return the rounds of one file as (opened, kind, answered by on, outcome)."""
    rounds = tables.rounds[(tables.rounds["history"] == history) & tables.rounds["kind"].isin(ACTIONS)]
    return [
        (f"{row.opened:%Y-%m-%d}", row.kind, row.answer.rsplit("-", 1)[0] if row.answer else "", row.outcome)
        for row in rounds.itertuples()
    ]


def facts(tables: Tables, history: str) -> pd.Series:
    """Return the headline facts of one file."""
    return tables.histories.set_index("history").loc[history]


def one_round(tables: Tables, history: str, opened: str) -> pd.Series:
    """Return the round that was opened on a day."""
    rounds = tables.rounds
    return rounds[(rounds["history"] == history) & (rounds["opened"] == pd.Timestamp(opened))].iloc[0]


def test_abandoned_and_revived(real_tables: Tables):
    """US 10,765,880 B2: an unanswered final, abandonment, revival with an RCE, a second final, allowance.

    Both replies to non-finals came at the six-month limit; the amendment after the second final was under AFCP 2.0.
    """
    assert story(real_tables, "US14/412875") == [
        ("2016-10-25", "non_final_rejection", "20170425-A...", "extended"),
        ("2017-08-09", "final_rejection", "", "abandoned"),
        ("2018-02-23", "abandonment", "20180601-PET.PCT", "revived"),
        ("2019-04-12", "non_final_rejection", "20191014-A...", "extended"),
        ("2020-01-17", "final_rejection", "20200417-A.NE.AFCP", "on time"),
        ("2020-04-27", "allowance", "20200727-IFEE", "on time"),
    ]
    row = facts(real_tables, "US14/412875")
    assert row["revived"]
    assert row["status"] == "Granted"
    assert pd.isna(row["abandoned"])
    second = one_round(real_tables, "US14/412875", "2019-04-12")
    # 12 October 2019 was a Saturday and the Monday after it Columbus Day, so the six months ended on the 15th.
    assert [f"{second[name]:%Y-%m-%d}" for name in ("due", "bar")] == ["2019-07-12", "2019-10-15"]
    assert (second["extension_months"], second["extension_source"]) == (3, "petition")
    first = one_round(real_tables, "US14/412875", "2016-10-25")
    assert (first["extension_months"], first["extension_source"]) == (3, "computed")
    revival = one_round(real_tables, "US14/412875", "2018-02-23")["explanation"]
    assert "2 Oct 2018" in revival
    assert "21 Mar 2019" in revival


def test_reissue_withdrawn_from_issue(real_tables: Tables):
    """US RE41,192 E1: allowed and paid, withdrawn from issue with an RCE, allowed again, paid again, reissued.

    An IDS had come after the issue fee, too late to be considered (37 CFR 1.97(i)).
    """
    assert story(real_tables, "US11/408669") == [
        ("2009-01-09", "non_final_rejection", "20090407-A...", "on time"),
        ("2009-09-24", "allowance", "20091103-IFEE", "on time"),
        ("2010-01-04", "allowance", "20100113-IFEE", "on time"),
    ]
    row = facts(real_tables, "US11/408669")
    assert (row["allowances"], row["rces"], row["status"]) == (2, 1, "Granted")
    submissions = real_tables.submissions[real_tables.submissions["history"] == "US11/408669"].set_index("submission")
    assert submissions.loc["20091123-applicant", "stage"] == "S4"
    assert submissions.loc["20091204-applicant", "stage"] == "S1"
    withdrawal = one_round(real_tables, "US11/408669", "2009-12-04")
    assert (withdrawal["kind"], withdrawal["answer"]) == ("petition_to_withdraw", "20091207-PET.DEC.TC-1")


def test_three_appeals(real_tables: Tables):
    """US 8,433,457 B2: two appeals ended with reopened prosecution after a conference, the third with an allowance.

    The first reopening began with a restriction requirement.
    """
    assert story(real_tables, "US11/328678") == [
        ("2009-01-16", "non_final_rejection", "20090408-A...", "on time"),
        ("2009-08-10", "final_rejection", "20091102-N/AP", "on time"),
        ("2009-11-02", "notice_of_appeal", "", "superseded"),
        ("2010-03-29", "restriction", "20100420-ELC.", "on time"),
        ("2010-05-25", "non_final_rejection", "20100825-A...", "on time"),
        ("2010-11-10", "final_rejection", "20110210-N/AP", "on time"),
        ("2011-02-10", "notice_of_appeal", "", "superseded"),
        ("2011-06-01", "non_final_rejection", "20110901-A...", "on time"),
        ("2011-11-04", "final_rejection", "20120206-N/AP", "on time"),
        ("2012-02-06", "notice_of_appeal", "20120403-AP.B", "on time"),
        ("2012-04-03", "appeal_brief", "20130110-NOA", "answered"),
        ("2013-01-10", "allowance", "20130401-IFEE", "on time"),
    ]
    row = facts(real_tables, "US11/328678")
    assert (row["appeals"], row["appeal_outcome"]) == (3, "reopened; reopened; allowed")
    assert (row["non_finals"], row["finals"], row["restrictions"]) == (3, 3, 1)
    # 4 February 2012 was a Saturday: the notice of appeal of Monday the 6th needed no extension.
    assert one_round(real_tables, "US11/328678", "2011-11-04")["extension_months"] == 0


def test_the_boards_decision(real_tables: Tables):
    """US 8,620,758 B2: finally rejected, appealed, affirmed in part by the Board, amended, allowed.

    The brief took a month of extension; the decision came two and a half years after the reply brief.
    """
    assert story(real_tables, "US12/124027") == [
        ("2009-01-12", "non_final_rejection", "20090413-A...", "on time"),
        ("2009-11-24", "final_rejection", "20100223-N/AP", "on time"),
        ("2010-02-23", "notice_of_appeal", "20100520-AP.B", "extended"),
        ("2010-05-20", "appeal_brief", "20100804-APEA", "answered"),
        ("2010-08-04", "examiners_answer", "20101004-APRB", "on time"),
        ("2010-10-04", "reply_brief", "20130530-APDP", "answered"),
        ("2013-05-30", "board_decision", "20130628-A...", "on time"),
        ("2013-08-09", "allowance", "20131111-IFEE", "on time"),
    ]
    row = facts(real_tables, "US12/124027")
    assert "affirmed in part" in row["appeal_outcome"].lower()
    assert row["advisories"] == 0
    brief = one_round(real_tables, "US12/124027", "2010-02-23")
    assert (brief["extension_months"], brief["extension_source"]) == (1, "petition")


def test_first_action_allowance(real_tables: Tables):
    """US 11,646,472 B2: allowed without any rejection, corrected once, fee paid within three months, granted."""
    assert story(real_tables, "US17/248024") == [("2023-01-03", "allowance", "20230330-IFEE", "on time")]
    row = facts(real_tables, "US17/248024")
    assert row["first_action_allowance"]
    assert (row["actions"], row["allowances"], row["corrected_allowances"], row["rounds"]) == (0, 1, 1, 0)
    assert row["first_action"] == row["first_merits_action"] == pd.Timestamp("2023-01-03")


def test_an_extension_without_a_reply(real_tables: Tables):
    """US 2017/0071586 A1: time was bought on the last day of six months, no reply followed, the file was abandoned."""
    assert story(real_tables, "US15/123456") == [("2018-03-14", "non_final_rejection", "", "abandoned")]
    explanation = one_round(real_tables, "US15/123456", "2018-03-14")["explanation"]
    assert "10 Oct 2018" in explanation
    assert "extension of time was asked for on 14 Sep 2018" in explanation
    row = facts(real_tables, "US15/123456")
    assert (row["status"], row["abandoned"], row["extensions"]) == ("Abandoned", pd.Timestamp("2018-10-10"), 1)


def test_an_unanswered_final(real_tables: Tables):
    """US 2003/0133974 A1: answered at the end of six months, finally rejected, an interview, no reply, abandoned."""
    assert story(real_tables, "US10/310232") == [
        ("2005-11-23", "non_final_rejection", "20060522-A...", "extended"),
        ("2006-08-09", "final_rejection", "", "abandoned"),
    ]
    row = facts(real_tables, "US10/310232")
    assert (row["status"], row["interviews"], row["rounds"]) == ("Abandoned", 1, 1)
    assert "9 Mar 2007" in one_round(real_tables, "US10/310232", "2006-08-09")["explanation"]


def test_a_european_file(real_tables: Tables):
    """EP 1 000 000 B1: a reminder under Rule 50(1) EPC 1973, intention to grant, approval, decision to grant."""
    rounds = real_tables.rounds[real_tables.rounds["history"] == "EP99203729"]
    assert [(row.kind, f"{row.opened:%Y-%m-%d}", row.answer) for row in rounds.itertuples()] == [
        ("examination_invitation", "2000-05-23", ""),
        ("allowance", "2002-04-23", "20020729-AGRA31-1"),
    ]  # fmt: skip
    row = facts(real_tables, "EP99203729")
    assert (row["status"], row["issued"]) == ("Granted", pd.Timestamp("2003-01-07"))


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        (
            "JP2017-187096",
            [("communication", "2020-07-21", "20200814-A53"), ("allowance", "2020-09-01", "")],
        ),
        (
            "JP2020-123456",
            [("communication", "2024-02-27", "20240424-A53"), ("allowance", "2024-07-09", "20240724-A61")],
        ),
    ],
)
def test_two_japanese_files(real_tables: Tables, history: str, expected: list[tuple[str, str, str]]):
    """Notice of reasons for refusal, written opinion with amendment, decision to grant, registration fee."""
    rounds = real_tables.rounds[real_tables.rounds["history"] == history]
    found = [
        (row.kind, f"{row.opened:%Y-%m-%d}", row.answer.rsplit("-", 1)[0] if row.answer else "")
        for row in rounds.itertuples()
        if row.kind != "examination_request"
    ]
    assert found == expected
