"""How a European application or patent stands: after an appeal, the closing of the file, an opposition, the grant."""

import pandas as pd
import pytest

from components.prosecution import read_history
from tests.prosecution.conftest import Paper, make_history

FILED = (20100709, "1001P", "Request for grant of a European patent")
REFUSED = (20150331, "", "Decision to refuse the application (Examining Division)")
APPEAL = (20150513, "", "Notice of appeal")
GROUNDS = (20150713, "", "Statement of grounds of appeal")
BOARD = (20200409, "", "Decision of the Board of Appeal")
CLOSED = (20200801, "", "Closing of application")
INTENDED = (20210111, "2004", "Communication about intention to grant a European patent")
APPROVED = (20210401, "IGRA7", "Filing of the translations of the claims")
DECIDED = (20210506, "2006A", "Decision to grant a European patent")
CERTIFICATE = (20210608, "2047", "Transmission of the certificate for a European patent pursuant to Rule 74 EPC")
OPPOSED = (20220201, "", "Notice of opposition")


def facts_of(*papers: Paper) -> pd.Series:
    """Read an application of these papers and return its row of `histories`."""
    return read_history(make_history([FILED, *papers], apno="EP10007106")).histories.iloc[0]


@pytest.mark.parametrize(
    ("papers", "status", "words"),
    [
        ((REFUSED,), "Refused", "Refused"),
        ((REFUSED, APPEAL), "On appeal", "Appeal pending"),
        ((REFUSED, APPEAL, GROUNDS), "On appeal", "Appeal pending"),
        ((REFUSED, APPEAL, GROUNDS, BOARD), "Awaiting office", "Awaiting office"),
        ((REFUSED, APPEAL, GROUNDS, BOARD, CLOSED), "Refused", "Refused"),
        ((REFUSED, CLOSED), "Refused", "Refused"),
        ((CLOSED,), "Abandoned", "Closed"),
        ((INTENDED,), "Allowed", "Intention to grant"),
        ((INTENDED, (20220801, *CLOSED[1:])), "Abandoned", "Closed"),
        ((INTENDED, APPROVED, DECIDED), "Granted", "Granted"),
        ((INTENDED, APPROVED, DECIDED, CERTIFICATE), "Granted", "Granted"),
        ((INTENDED, APPROVED, DECIDED, CERTIFICATE, OPPOSED), "Granted", "Granted, opposition pending"),
        ((INTENDED, APPROVED, CERTIFICATE), "Granted", "Granted"),
    ],
)
def test_the_last_decisive_paper_tells_how_it_stands(papers: tuple[Paper, ...], status: str, words: str):
    """Art. 97, 106, 111 EPC: a refusal stands unless appealed; the closed file shows that the appeal failed."""
    facts = facts_of(*papers)
    assert (facts["status"], facts["status_words"]) == (status, words)


def test_a_board_decision_alone_does_not_say_how_the_board_decided():
    """The title of the decision is the same, whether the appeal succeeded or failed."""
    assert "unless the Board dismissed the appeal" in facts_of(REFUSED, APPEAL, GROUNDS, BOARD)["status_doubt"]


def test_the_certificate_is_no_second_grant():
    """Rule 74 EPC: it follows the mention; the decision stays the paper of the grant."""
    facts = facts_of(INTENDED, APPROVED, DECIDED, CERTIFICATE)
    assert (facts["issued"], facts["status_evidence"]) == (
        pd.Timestamp("2021-05-06"),
        "decision to grant of 6 May 2021",
    )


def test_the_grant_is_of_the_day_of_its_mention_where_that_is_listed():
    """Art. 97(3) EPC: the decision takes effect on the date on which the mention of the grant is published."""
    mention = (20210602, "", "Publication of the mention of the grant of the European patent")
    assert facts_of(INTENDED, APPROVED, DECIDED, mention)["issued"] == pd.Timestamp("2021-06-02")


def test_the_grounds_of_appeal_are_a_round_of_their_own():
    """Art. 108 EPC: the notice answers the refusal, the grounds complete the appeal, and then the Board has to act."""
    rounds = read_history(make_history([FILED, REFUSED, APPEAL, GROUNDS, BOARD], apno="EP10007106")).rounds
    told = rounds[["opened", "owed", "answered"]].astype(str).to_numpy().tolist()
    assert told == [
        ["2015-03-31", "Notice of appeal", "2015-05-13"],
        ["2015-05-13", "Statement of grounds", "2015-07-13"],
        ["2015-07-13", "", "2020-04-09"],
    ]


def test_a_text_can_be_approved_by_fees_that_no_list_shows():
    """Rule 71(5) EPC: fees and translations are the approval; the grant shows that it was given."""
    rounds = read_history(make_history([FILED, INTENDED, DECIDED], apno="EP10007106")).rounds
    assert rounds["explanation"].to_list() == [
        "The decision to grant of 6 May 2021 shows that it was answered; no approval of the text is listed"
    ]


def test_a_listed_payment_is_the_approval_of_the_text():
    """Of the fees of a day a list does not say for what they are: the grant that follows shows it."""
    paid = (20210401, "", "Payment of fees and costs")
    rounds = read_history(make_history([FILED, INTENDED, paid, DECIDED], apno="EP10007106")).rounds
    assert rounds["answered"].astype(str).to_list() == ["2021-04-01"]


def test_amended_claims_are_the_answer_where_no_title_says_so():
    """Older lists show a reply only by what was filed with it; the Office went on after it."""
    asked = (20120301, "", "Communication from the Examining Division")
    papers = [FILED, asked, (20120628, "", "Amended claims with annotations"), INTENDED, APPROVED, DECIDED]
    rounds = read_history(make_history(papers, apno="EP10007106")).rounds
    assert rounds["answered"].astype(str).to_list() == ["2012-06-28", "2021-04-01"]


def test_claims_filed_before_the_office_goes_on_are_told():
    """Whether they are the whole reply, only the paper says."""
    asked = (20120301, "", "Communication from the Examining Division")
    papers = [FILED, asked, (20120628, "", "Amended claims with annotations")]
    rounds = read_history(make_history(papers, apno="EP10007106")).rounds
    assert "which may be the answer" in rounds["explanation"].iloc[0]


def test_claims_after_an_intention_to_grant_are_a_request_for_another_text():
    """Rule 71(6) EPC: the next intention to grant shows that the text was not approved."""
    other = (20210301, "", "Claims")
    again = (20210505, *INTENDED[1:])
    rounds = read_history(make_history([FILED, INTENDED, other, again], apno="EP10007106")).rounds
    assert rounds["answered"].dt.strftime("%Y-%m-%d").fillna("").to_list() == ["2021-03-01", ""]


def test_a_withdrawal_after_the_grant_does_not_undo_it():
    """Rule 74 EPC: the certificate is sent once the mention of the grant was published."""
    withdrawn = (20210520, "", "Withdrawal of the application")
    assert facts_of(INTENDED, APPROVED, DECIDED, withdrawn, CERTIFICATE)["status"] == "Granted"
    assert facts_of(INTENDED, APPROVED, DECIDED, withdrawn)["status_words"] == "Withdrawn"


def test_what_an_opponent_owes_in_its_appeal_is_not_owed_by_the_proprietor():
    """Art. 107 EPC: any party adversely affected may appeal."""
    rejected = (20230301, "", "Decision rejecting the opposition")
    papers = [FILED, INTENDED, APPROVED, DECIDED, OPPOSED, rejected, (20230420, "", "Notice of appeal of the opponent")]
    rounds = read_history(make_history(papers, apno="EP10007106")).rounds
    assert rounds.loc[rounds["opened"] >= "2023-04-20", "owed"].to_list() == []
    papers.append((20230628, "", "Statement of grounds of appeal of the opponent"))
    papers.append((20250115, "", "Decision of the Board of Appeal"))
    assert read_history(make_history(papers, apno="EP10007106")).histories.iloc[0]["status_words"] == (
        "Granted, opposition rejected"
    )


def test_a_payment_answers_an_invitation_to_pay():
    """Rule 164(2)(a) EPC: the answer is the further search fee, and then the Office has to search."""
    invited = (20120301, "", "Invitation to pay search fees (Rule 164(2)(a) EPC)")
    facts = facts_of(invited, (20120412, "", "Letter concerning fees and payments"))
    assert facts["status"] == "Awaiting office"


def test_the_decision_of_the_board_outranks_the_minutes_of_its_day():
    """A decision is pronounced at the end of the oral proceedings, whose minutes have its date."""
    minutes = (20200409, "", "Minutes of the oral proceedings before the Board of Appeal")
    assert facts_of(REFUSED, APPEAL, GROUNDS, minutes, BOARD)["status"] == "Awaiting office"


def test_a_decision_of_revocation_can_be_appealed_for_two_months():
    """Art. 108 EPC: a decision of 28 Sep 2023 counts as notified on 8 Oct 2023; the last day is 8 Dec 2023."""
    revoked = (20230928, "", "Decision revoking the European patent")
    papers = [FILED, INTENDED, APPROVED, DECIDED, OPPOSED, revoked]
    rounds = read_history(make_history(papers, apno="EP10007106")).rounds
    found = rounds[rounds["opened"] == "2023-09-28"].iloc[0]
    assert (found["owed"], found["outcome"], str(found["due"].date())) == ("Notice of appeal", "open", "2023-12-08")


def test_two_appeals_against_one_decision_stand_side_by_side():
    """Art. 107 EPC: proprietor and opponent may both be adversely affected by an interlocutory decision."""
    papers = [
        FILED, INTENDED, APPROVED, DECIDED, OPPOSED,
        (20230301, "", "Interlocutory decision in opposition proceedings"),
        (20230428, "", "Notice of appeal"),
        (20230510, "", "Notice of appeal"),
        (20230703, "", "Statement of grounds of appeal"),
        (20230710, "", "Statement of grounds of appeal"),
        (20250115, "", "Decision of the Board of Appeal"),
    ]  # fmt: skip
    rounds = read_history(make_history(papers, apno="EP10007106")).rounds
    appeals = rounds[rounds["kind"].isin(["notice_of_appeal", "appeal_brief"])]
    assert "superseded" not in set(appeals["outcome"])


def test_a_communication_under_rule_69_of_1973_notes_a_loss_of_rights():
    """Rule 69(1) EPC 1973 is today's Rule 112(1); today's Rule 69(1) is the reminder of the examination fee."""
    noted = (20001005, "", "Communication pursuant to Rule 69(1) EPC")
    asked = (20001102, "", "Request for further processing")
    older = [(19980709, "1001", FILED[2]), noted, asked]
    assert read_history(make_history(older, apno="EP98300023")).histories.iloc[0]["status_words"] == "Deemed withdrawn"
    newer = [FILED, (20110117, *noted[1:])]
    assert read_history(make_history(newer, apno="EP10007106")).histories.iloc[0]["status"] == "Awaiting applicant"


@pytest.mark.parametrize("closing", [(), ((20160801, "", "Closing of application"),)])
def test_a_refusal_is_final_once_the_appeal_is_withdrawn(closing: tuple[Paper, ...]):
    """Art. 106(1) EPC: the suspensive effect ends with the appeal, whether the file is closed or not."""
    withdrawn = (20160620, "", "Withdrawal of the appeal")
    assert facts_of(REFUSED, APPEAL, GROUNDS, withdrawn, *closing)["status_words"] == "Refused"


def test_a_revocation_is_final_once_the_appeal_is_withdrawn():
    """Art. 106(1) EPC: the decision under appeal takes effect."""
    revoked, appeal = (20230310, "", "Decision revoking the European patent"), (20230520, "", "Notice of appeal")
    papers = [INTENDED, APPROVED, DECIDED, OPPOSED, revoked, appeal]
    assert facts_of(*papers)["status"] == "Granted"
    assert facts_of(*papers, (20231001, "", "Withdrawal of the appeal"))["status_words"] == "Revoked"


@pytest.mark.parametrize(
    "papers",
    [
        [(20230310, "", "Termination of opposition proceedings")],
        [(20230310, "", "New European patent specification")],
        [
            (20230310, "", "Decision rejecting the opposition"),
            (20230510, "", "Notice of appeal"),
            (20230710, "", "Statement of grounds of appeal"),
            (20240610, "", "Decision of the Board of Appeal"),
            (20240910, "", "Revocation of the European patent"),
        ],
    ],
)
def test_no_appeal_period_is_told_where_nobody_can_appeal(papers: list[Paper]):
    """Art. 107 EPC: only a decision that adversely affects a party, and none by which the Board's is carried out."""
    history = make_history([FILED, INTENDED, APPROVED, DECIDED, OPPOSED, *papers], apno="EP10007106")
    rounds = read_history(history).rounds
    still_open = rounds[(rounds["owed"] == "Notice of appeal") & (rounds["outcome"] == "open")]
    assert still_open.empty


def test_a_loss_is_confirmed_by_the_closing_of_the_file():
    """Rule 112(2) EPC: a decision of which the title says nothing, and then the file is closed."""
    noted = (20150331, "", "Noting of loss of rights pursuant to Rule 112(1) EPC")
    asked = (20150513, "", "Request for a decision pursuant to Rule 112(2) EPC")
    decided = (20150713, "", "Decision pursuant to Rule 112(2) EPC")
    assert facts_of(noted, asked, decided, CLOSED)["status_words"] == "Deemed withdrawn"


@pytest.mark.parametrize(
    "title", ["F2331 Decision revoking the European patent", "DECISION  REVOKING the European Patent"]
)
def test_a_decision_is_known_however_its_title_is_written(title: str):
    """The number of a form, capitals and double blanks say nothing."""
    assert facts_of(INTENDED, APPROVED, DECIDED, OPPOSED, (20230310, "", title))["status"] == "Revoked"
