"""A European loss of rights, and what undoes it: further processing, re-establishment, a decision (Art. 121, 122 EPC).

Titles and dates are those of a Register list, or made up in its words; what became of each is reckoned by hand.
"""

import pandas as pd
import pytest

from components.prosecution import Tables, read_history
from tests.prosecution.conftest import Paper, make_history

COMMUNICATION = (20190607, "2001", "Communication from the Examining Division")
LOST = (20200117, "", "Application deemed to be withdrawn (no reply to communication from the Examining Division)")
REQUESTED = (20200327, "", "Request for further processing")
ALLOWED = (20200403, "", "Decision to allow further processing")
FILED = (20170918, "1001P", "Request for grant of a European patent")


def read(*papers: Paper) -> Tables:
    """Read an application of these papers."""
    return read_history(make_history([FILED, *papers], apno="EP17191704"))


def the_round(tables: Tables, opened: int) -> pd.Series:
    """Return the one round that was opened on a day."""
    found = tables.rounds[tables.rounds["opened"] == pd.Timestamp(str(opened))]
    assert len(found) == 1
    return found.iloc[0]


def test_further_processing_answers_the_action_whose_time_had_run_out():
    """Art. 121(3) EPC: the request, allowed, undoes the loss, so the communication is answered after all."""
    tables = read(COMMUNICATION, LOST, REQUESTED, ALLOWED)
    communication, loss = the_round(tables, 20190607), the_round(tables, 20200117)
    assert (communication["outcome"], communication["answered"]) == ("revived", pd.Timestamp("2020-03-27"))
    assert communication["explanation"] == (
        "Answered after the deemed withdrawal of 17 Jan 2020; request granted on 3 Apr 2020"
    )
    assert (loss["outcome"], loss["answered"]) == ("revived", pd.Timestamp("2020-03-27"))
    facts = tables.histories.iloc[0]
    assert (facts["status"], facts["revived"]) == ("Awaiting office", True)


def test_the_completed_act_answers_rather_than_a_bare_request():
    """The reply that comes days after the fee and the request is the answer."""
    reply = (20200330, "EXRE3", "Reply to communication from the Examining Division")
    tables = read(COMMUNICATION, LOST, REQUESTED, reply, ALLOWED)
    assert the_round(tables, 20190607)["answered"] == pd.Timestamp("2020-03-30")


def test_the_completed_act_alone_is_enough_if_examination_went_on():
    """Rule 135(1) EPC: paying the fee requests it, and a list need not show the payment."""
    reply = (20200310, "EXRE3", "Reply to communication from the Examining Division")
    tables = read(COMMUNICATION, LOST, reply, (20201014, "2001", "Communication from the Examining Division"))
    assert the_round(tables, 20190607)["outcome"] == "revived"
    assert the_round(tables, 20200117)["answered"] == pd.Timestamp("2020-03-10")
    assert tables.histories.iloc[0]["status"] == "Awaiting applicant"


@pytest.mark.parametrize(
    ("decision", "status", "doubt"),
    [
        (
            (20200403, "", "Decision to reject the request for further processing"),
            "Abandoned",
            "the request was refused with the decision of 3 Apr 2020",
        ),
        (None, "Abandoned", "no decision on the request for further processing of 27 Mar 2020 is listed"),
    ],
)
def test_without_an_allowed_request_the_application_stays_deemed_withdrawn(
    decision: Paper | None, status: str, doubt: str
):
    """The loss stands until the request is allowed."""
    facts = read(COMMUNICATION, LOST, REQUESTED, *([decision] if decision else [])).histories.iloc[0]
    assert (facts["status"], facts["status_words"]) == (status, "Deemed withdrawn")
    assert doubt in facts["status_doubt"]


def test_a_loss_after_the_first_one_stands_by_itself():
    """EP 17 191 704.4: further processing once, and deemed withdrawn again in the next round."""
    second = (20201014, "2001", "Communication from the Examining Division")
    again = (20210520, *LOST[1:])
    tables = read(COMMUNICATION, LOST, REQUESTED, ALLOWED, second, again)
    facts = tables.histories.iloc[0]
    assert (facts["status_words"], facts["abandoned"]) == ("Deemed withdrawn", pd.Timestamp("2021-05-20"))
    assert the_round(tables, 20201014)["outcome"] == "abandoned"
    assert (
        the_round(tables, 20201014)["explanation"] == "No reply is listed before the deemed withdrawal of 20 May 2021"
    )


def test_a_loss_for_want_of_a_fee_says_nothing_of_a_reply_in_time():
    """EP 08 863 620.0: replied in time, and deemed withdrawn because the renewal fee was not paid."""
    reply = (20190801, "EXRE3", "Reply to communication from the Examining Division")
    fee = (20200801, "", "Application deemed to be withdrawn (non-payment of renewal fee)")
    facts = read(COMMUNICATION, reply, fee).histories.iloc[0]
    assert (facts["status_words"], facts["status_doubt"]) == ("Deemed withdrawn", "")


def test_a_finding_set_aside_leaves_the_application_as_it_was():
    """Rule 112(2) EPC: the applicant may ask for a decision, and the finding may be wrong."""
    asked = (20200201, "", "Request for a decision pursuant to Rule 112(2) EPC")
    reply = (20191001, "EXRE3", "Reply to communication from the Examining Division")
    decided = (20200301, "", "Decision to allow re-establishment of rights")
    tables = read(COMMUNICATION, reply, LOST, asked, decided)
    assert tables.histories.iloc[0]["status"] == "Awaiting office"


def test_a_notice_that_does_not_say_which_right_was_lost_is_told():
    """Rule 112(1) EPC: the same title stands over the loss of a priority and of the whole application."""
    noted = (20200117, "", "Noting of loss of rights pursuant to Rule 112(1) EPC")
    facts = read(COMMUNICATION, noted).histories.iloc[0]
    assert facts["status"] == "Awaiting applicant"
    noted_words = "unless the notice of a loss of rights (Rule 112(1)) of 17 Jan 2020 is of the whole application"
    assert facts["status_doubt"] == f"{noted_words}: its title does not say"


def test_a_loss_is_final_once_the_file_is_closed():
    """EP 08 863 620.0: nothing can be requested after the closing of the application."""
    tables = read(COMMUNICATION, LOST, (20200801, "", "Closing of application"))
    loss = the_round(tables, 20200117)
    assert loss["outcome"] == "superseded"
    assert (
        loss["explanation"] == "No decision that undid the loss of rights is listed; the file was closed on 1 Aug 2020"
    )
    facts = tables.histories.iloc[0]
    assert (facts["status_words"], facts["abandoned"]) == ("Deemed withdrawn", pd.Timestamp("2020-01-17"))


@pytest.mark.parametrize("shown_by", [REQUESTED, (20200801, "", "Closing of application")])
def test_a_bare_notice_is_of_the_application_where_what_follows_shows_it(shown_by: Paper):
    """Further processing is asked for, and a file closed, only where the application was lost."""
    noted = (20200117, "", "Noting of loss of rights pursuant to Rule 112(1) EPC")
    assert read(COMMUNICATION, noted, shown_by).histories.iloc[0]["status_words"] == "Deemed withdrawn"


def test_a_bare_notice_after_which_examination_went_on_is_no_end():
    """A lost priority ends nothing."""
    noted = (20190801, "", "Noting of loss of rights pursuant to Rule 112(1) EPC")
    tables = read(COMMUNICATION, noted, (20201014, "2001", "Communication from the Examining Division"), REQUESTED)
    assert tables.histories.iloc[0]["status"] == "Awaiting applicant"


def test_a_request_that_is_not_decided_yet_leaves_the_office_to_act():
    """Nothing more is owed once the act is completed and the fee paid."""
    loss = the_round(read(COMMUNICATION, LOST, REQUESTED), 20200117)
    assert (loss["outcome"], loss["answered"]) == ("answered", pd.Timestamp("2020-03-27"))


def test_an_extension_that_was_granted_is_told_of_a_round_that_ended_in_a_loss():
    """EP 17 191 704.4: asked for on 7 Oct 2019 and granted on 11 Oct 2019."""
    asked = (20191007, "EXRE92", "Request for extension of time limit to communication from the Examining Division")
    granted = (20191011, "2944A", "Grant of extension of time limit (examination procedure)")
    explanation = the_round(read(COMMUNICATION, asked, granted, LOST), 20190607)["explanation"]
    assert explanation.endswith("asked for on 7 Oct 2019; an extension of time was granted on 11 Oct 2019")


def test_a_loss_stands_once_the_request_was_refused():
    """Art. 121 EPC: the rights stay lost, and nothing is open."""
    refused = (20200403, "", "Decision to reject the request for further processing")
    assert the_round(read(COMMUNICATION, LOST, REQUESTED, refused), 20200117)["outcome"] == "abandoned"


def test_an_allowed_further_processing_means_that_the_act_was_done():
    """Rule 135(1) and (3) EPC: it is allowed only once the omitted act was completed, whatever is listed of it."""
    filed = (20200320, "", "Amended claims with annotations")
    tables = read(COMMUNICATION, LOST, filed, ALLOWED)
    assert tables.histories.iloc[0]["status"] == "Awaiting office"
    communication = the_round(tables, 20190607)
    assert (communication["outcome"], communication["answered"]) == ("revived", pd.Timestamp("2020-03-20"))


def test_a_withdrawal_after_a_loss_is_no_second_notice():
    """The applicant may give up what it had asked to be restored."""
    withdrawn = (20200401, "", "Withdrawal of the application")
    tables = read(COMMUNICATION, LOST, REQUESTED, withdrawn)
    assert tables.histories.iloc[0]["status_words"] == "Withdrawn"
    assert the_round(tables, 20200117)["explanation"] == "Another notice followed, or the withdrawal of the application"


def test_claims_that_may_be_the_reply_are_a_doubt_about_whose_turn_it_is():
    """Amended claims without a letter, on the last days of the period."""
    filed = (20191001, "", "Amended claims with annotations")
    facts = read(COMMUNICATION, filed).histories.iloc[0]
    assert facts["status"] == "Awaiting applicant"
    assert facts["status_doubt"] == "unless the answer came with the claims of 1 Oct 2019"
