"""Quick path information disclosure statements: what was filed on condition that prosecution is reopened.

77 FR 27443 (10 May 2012), 37 CFR 1.97(i) and 1.313(c)(2), MPEP 609.09 and 1308: after payment of the issue fee an IDS
comes with a petition to withdraw from issue and an RCE. Unless the examiner finds that prosecution must be reopened,
the RCE is not processed, and a corrected notice of allowability is sent.
"""

import pytest

from components.prosecution import Tables, read_history, summary_of
from tests.prosecution.conftest import Paper, make_history

BEFORE: list[Paper] = [
    (20160104, "TRNA"),
    (20170103, "CTNF"),
    (20170403, "A..."),
    (20170703, "NOA"),
    (20170925, "IFEE"),
]
PATH: list[Paper] = [(20171002, "QPIDS.REQ"), (20171002, "IDS"), (20171002, "RCEX"), (20171002, "PET.AUTO")]
NOTICE: Paper = (20171016, "NOA")
REOPENED: Paper = (20171016, "Q.DEC.REOP")
ISSUED: list[Paper] = [(20171101, "ISSUE.NTF")]


def read(*papers: Paper) -> Tables:
    """Return the tables of a history of these papers."""
    return read_history(make_history(list(papers)))


def story_of(tables: Tables) -> str:
    """Return the summary of the only history."""
    return " ".join(sentence.text for sentence in summary_of(tables, tables.histories.loc[0, "history"]))


NOT_REOPENED: dict[str, list[Paper]] = {
    "corrected notice and issue": [*PATH, NOTICE, *ISSUED],
    "corrected notice under its own code": [*PATH, (20171016, "CNOA"), *ISSUED],
    "issue without a notice": [*PATH, *ISSUED],
    "request listed alone, others a day later": [
        (20171002, "QPIDS.REQ"), (20171003, "IDS"), (20171003, "RCEX"), (20171003, "PET.AUTO"), NOTICE, *ISSUED,
    ],
    "RCE listed a day before the request": [(20171001, "RCEX"), *PATH[:2], PATH[3], NOTICE, *ISSUED],
    "petition under its other code": [*PATH[:3], (20171002, "PETWDISS"), NOTICE, *ISSUED],
    "automatic grant listed": [*PATH, (20171002, "PET.DEC.AUTO"), NOTICE, *ISSUED],
    "petition granted in a decision": [*PATH, (20171004, "PETDEC"), NOTICE, *ISSUED],
    "notice of withdrawal from issue": [*PATH, (20171003, "ISSUE.WD.NTC"), NOTICE, *ISSUED],
    "request by its description": [
        (20171002, "", "Quick Path Information Disclosure Statement"), *PATH[1:], NOTICE, *ISSUED,
    ],
}  # fmt: skip


@pytest.mark.parametrize("papers", NOT_REOPENED.values(), ids=NOT_REOPENED)
def test_a_conditional_rce_that_was_not_needed_is_no_rce(papers: list[Paper]):
    """One allowance, no RCE, an IDS after the fee (37 CFR 1.97(i)), a corrected notice: 77 FR 27443."""
    tables = read(*BEFORE, *papers)
    row = tables.histories.loc[0]
    assert (row["status"], row["rces"], row["allowances"], row["idss"]) == ("Granted", 0, 1, 1)
    assert str(row["allowed"].date()) == "2017-07-03"
    assert (row["ids_s1"], row["ids_s2"], row["ids_s3"], row["ids_s4"]) == (0, 0, 0, 1)
    assert "RCE" not in row["fingerprint"].replace("Conditional RCE", "")
    assert set(tables.documents.query("code == 'RCEX'")["category"]) == {"conditional_rce"}
    fee = tables.rounds.query("kind == 'allowance'")
    assert (len(fee), fee.iloc[0]["outcome"]) == (1, "on time")
    story = story_of(tables)
    assert "conditional RCE" in story
    assert "no reopening is listed" in story


@pytest.mark.parametrize(
    ("papers", "expected"),
    [
        ([*PATH, REOPENED], ("Awaiting office", 1, 1)),
        ([*PATH, (20171016, "Q.DEC.REOPEN")], ("Awaiting office", 1, 1)),
        ([*PATH, (20171016, "", "Reopen prosecution after QPIDS request")], ("Awaiting office", 1, 1)),
        ([*PATH, REOPENED, (20171120, "CTNF")], ("Awaiting applicant", 1, 1)),
        ([*PATH, (20171120, "CTNF")], ("Awaiting applicant", 1, 1)),
        ([*PATH, REOPENED, (20171120, "CTNF"), (20180220, "A..."), (20180501, "NOA")], ("Allowed", 1, 2)),
        ([*PATH, REOPENED, (20171120, "NOA"), (20180220, "IFEE"), (20180401, "ISSUE.NTF")], ("Granted", 1, 2)),
    ],
)  # fmt: skip
def test_reopened_it_counts(papers: list[Paper], expected: tuple[str, int, int]):
    """Where prosecution is reopened the RCE is processed as one: 77 FR 27443, 37 CFR 1.114."""
    tables = read(*BEFORE, *papers)
    row = tables.histories.loc[0]
    assert (row["status"], row["rces"], row["allowances"]) == expected
    assert row["ids_s1"] == 1  # the IDS is the submission of the RCE: 37 CFR 1.97(b)(4)
    assert "conditional" not in story_of(tables)


def test_a_request_without_a_decision_is_open():
    """Until the Office decides nothing is reopened: the application stays allowed, the fee paid."""
    tables = read(*BEFORE, *PATH)
    row = tables.histories.loc[0]
    assert (row["status"], row["rces"], row["allowances"], row["ids_s4"]) == ("Allowed", 0, 1, 1)
    assert "whether prosecution is reopened is not listed" in story_of(tables)
    assert "conditional RCE" in tables.submissions.iloc[-1]["label"]


def test_of_two_requests_each_is_judged_by_what_followed_it():
    """The first led to a corrected notice, the second to reopened prosecution: one RCE, two allowances."""
    second: list[Paper] = [(20171101, "QPIDS.REQ"), (20171101, "IDS"), (20171101, "RCEX"), (20171101, "PET.AUTO")]
    end: list[Paper] = [(20171115, "Q.DEC.REOP"), (20180110, "NOA"), (20180301, "IFEE"), (20180401, "ISSUE.NTF")]
    row = read(*BEFORE, *PATH, NOTICE, *second, *end).histories.loc[0]
    assert (row["status"], row["rces"], row["allowances"], row["corrected_allowances"]) == ("Granted", 1, 2, 1)
    assert (row["ids_s1"], row["ids_s4"]) == (1, 1)
    both = read(*BEFORE, *PATH, NOTICE, *second, (20171115, "NOA"), (20180101, "ISSUE.NTF")).histories.loc[0]
    assert (both["rces"], both["allowances"], both["corrected_allowances"], both["ids_s4"]) == (0, 1, 2, 2)


def test_an_rce_of_another_time_is_an_ordinary_one():
    """An RCE with a petition under 37 CFR 1.313(c)(2), some weeks after a request that led to a correction, reopens."""
    later: list[Paper] = [(20171110, "PETWDISS"), (20171110, "RCEX"), (20171201, "NOA")]
    row = read(*BEFORE, *PATH, NOTICE, *later).histories.loc[0]
    assert (row["rces"], row["allowances"]) == (1, 2)
    plain = read(*BEFORE, (20171002, "IDS"), (20171002, "RCEX"), (20171002, "PETWDISS"), NOTICE).histories.loc[0]
    assert (plain["rces"], plain["allowances"]) == (1, 2)


def test_a_request_of_the_day_of_the_fee_is_after_it():
    """A quick path statement presupposes the fee: 37 CFR 1.97(i), 77 FR 27443."""
    papers: list[Paper] = [*BEFORE[:-1], (20171002, "IFEE"), *PATH, NOTICE, *ISSUED]
    row = read(*papers).histories.loc[0]
    assert (row["ids_s3"], row["ids_s4"]) == (0, 1)


def test_without_an_allowance_a_request_is_none():
    """A quick path statement that was filed before any allowance makes no RCE conditional (37 CFR 1.114)."""
    papers: list[Paper] = [
        *BEFORE[:3],
        (20170703, "CTFR"),
        (20171002, "QPIDS.REQ"),
        (20171002, "RCEX"),
        (20171201, "NOA"),
    ]
    row = read(*papers).histories.loc[0]
    assert (row["rces"], row["allowances"], row["status"]) == (1, 1, "Allowed")


def test_the_notice_after_the_request_sets_no_period():
    """The fee was paid: a corrected notice of allowability asks for none (MPEP 1308)."""
    tables = read(*BEFORE, *PATH, NOTICE)
    assert tables.rounds["kind"].tolist() == ["non_final_rejection", "allowance"]
    assert tables.histories.loc[0, "status"] == "Allowed"
    assert set(tables.documents.query("code == 'NOA'")["category"]) == {"allowance", "corrected_allowance"}


UNPAID: list[Paper] = BEFORE[:-1]


@pytest.mark.parametrize(
    ("papers", "rces", "due"),
    [
        ([*PATH[:3], NOTICE], 1, "2018-01-16"),
        ([*PATH, NOTICE], 1, "2018-01-16"),
        ([(20171001, "RCEX"), *PATH[:2], NOTICE], 1, "2018-01-16"),
        ([*PATH[:3], (20171009, "IFEE"), NOTICE], 1, "2018-01-16"),  # paid after the request, for the first notice
    ],
)
def test_before_the_fee_is_listed_the_rce_is_an_ordinary_one(papers: list[Paper], rces: int, due: str):
    """77 FR 27443, MPEP 609.09: a request presupposes the fee; an RCE before it needs no condition (37 CFR 1.114)."""
    tables = read(*UNPAID, *papers)
    row = tables.histories.loc[0]
    assert (row["rces"], row["allowances"], row["corrected_allowances"]) == (rces, 2, 0)
    assert (row["ids_s1"], row["ids_s4"]) == (1, 0)  # 37 CFR 1.97(b)(4): before the first action after the RCE
    notice = tables.rounds.query("kind == 'allowance'").iloc[-1]
    assert str(notice["due"].date()) == due  # three months from the new notice (35 USC 151)
    assert "unless the fee had been paid and is merely not listed" in story_of(tables)


@pytest.mark.parametrize(
    "papers", [PATH[:3], PATH, [*PATH[:3], (20171002, "PETWDISS")], [*PATH, NOTICE], [*PATH, *ISSUED]]
)
def test_the_statement_of_a_quick_path_is_told_with_it(papers: list[Paper]):
    """37 CFR 1.97(i): an IDS after payment of the fee, whatever else came with it."""
    story = story_of(read(*BEFORE, *papers))
    assert "came with the IDS of 2 Oct 2017 (by its date under 37 CFR 1.97(i)) and the conditional RCE" in story
