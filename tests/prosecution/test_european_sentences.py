"""European prosecutions read aloud: hand-made lists with the Register's titles, and what a client may be told."""

from datetime import date

import pytest

from components.prosecution import findings_of, open_periods, read_history, summary_of
from tests.prosecution.conftest import Paper, make_history

FILED: list[Paper] = [(20180305, "", "Request for grant of a European patent"), (20180305, "", "Claims"),
                      (20180305, "", "Description"), (20180906, "", "European search report")]  # fmt: skip
COMMUNICATION: Paper = (20200302, "", "Communication from the Examining Division")
REPLY: Paper = (20200710, "", "Reply to communication from the Examining Division")
REFUSED: Paper = (20210310, "", "Decision to refuse a European patent application")
NO_REPLY: Paper = (20200911, "", "Application deemed to be withdrawn (no reply to the communication)")
GRANTED: list[Paper] = [*FILED, (20200302, "", "Communication about intention to grant a European patent"),
                        (20200701, "", "Filing of the translations of the claims"),
                        (20200723, "", "Decision to grant a European patent")]  # fmt: skip


def told(*papers: Paper, apno: str = "EP18300000") -> str:
    """Return the summary of a hand-made list as one text."""
    tables = read_history(make_history(list(papers), apno=apno))
    return " ".join(sentence.text for sentence in summary_of(tables, str(tables.histories["history"].iloc[0])))


def test_an_application_was_filed_and_its_search_report_has_a_date():
    """Nobody says that an application is of a day."""
    text = told(*FILED)
    assert text.startswith("The application was filed on 5 Mar 2018.")
    assert "The European search report is dated 6 Sep 2018." in text


def test_what_follows_is_never_said_as_if_it_had_followed():
    """Art. 108 EPC: while the period for the grounds runs, the appeal is not yet inadmissible."""
    appealed: list[Paper] = [(20230803, "", REFUSED[2]), (20231002, "", "Notice of appeal")]
    tables = read_history(make_history([*FILED, COMMUNICATION, REPLY, *appealed], apno="EP18300007"))
    words = open_periods(tables.rounds, date(2023, 11, 1))["words"].iloc[0]
    assert "; else the appeal is inadmissible (Art. 108 and Rule 101(1) EPC)" in words
    summary = " ".join(sentence.text for sentence in summary_of(tables, "EP18300007"))
    assert "; else the appeal is inadmissible" in summary


def test_a_period_of_the_law_is_not_called_a_usual_one():
    """Art. 108 EPC sets two months for the appeal, and four for its grounds."""
    text = told(*FILED, COMMUNICATION, REPLY, REFUSED, (20210507, "", "Notice of appeal"))
    assert "answered with the appeal of 7 May 2021 (Art. 108 EPC), within the two-month period." in text


@pytest.mark.parametrize(
    ("between", "said"),
    [
        ([], ", after the usual period, which only Rule 132(2) EPC extends."),
        (
            [(20200701, "", "Request for extension of time limit")],
            ", after the usual period, of which an extension was requested on 1 Jul 2020 (Rule 132(2) EPC).",
        ),
        (
            [
                (20200701, "", "Request for extension of time limit"),
                (20200708, "", "Grant of extension of time limit (examination procedure)"),
            ],
            ", after the usual period, which was extended on 8 Jul 2020 (Rule 132(2) EPC).",
        ),
    ],
)
def test_a_listed_extension_is_told_with_a_reply_after_the_usual_period(between: list[Paper], said: str):
    """Rule 132(2) EPC; for how long an extension was granted, no list tells."""
    assert said in told(*FILED, COMMUNICATION, *between, (20200908, "", REPLY[2]))


def test_a_reply_with_a_request_for_further_processing_came_after_the_loss():
    """Art. 121 EPC: the communication was not answered in time, or there would be no loss."""
    text = told(*FILED, COMMUNICATION, NO_REPLY, (20201105, "", "Request for further processing"),
                (20201105, "", "Claims"), (20201120, "", "Decision to allow further processing"),
                (20210510, "", COMMUNICATION[2]))  # fmt: skip
    assert "2 Mar 2020 was answered only after the deemed withdrawal of 11 Sep 2020" in text


def test_no_appeal_against_a_decision_is_no_missing_reply():
    """A decision to refuse ends the matter unless it is appealed (Art. 97(2), 108 EPC)."""
    text = told(*FILED, COMMUNICATION, REPLY, REFUSED, (20210816, "", "Closing of application"))
    assert "No notice of appeal against the decision to refuse of 10 Mar 2021" in text
    assert "before the closing of the application of 16 Aug 2021" in text


def test_oral_proceedings_that_were_cancelled_needed_no_submissions():
    """Rule 116(1) EPC: submissions are for the oral proceedings to come."""
    text = told(*FILED, COMMUNICATION, REPLY, (20210310, "", "Summons to attend oral proceedings"),
                (20210715, "", "Cancellation of oral proceedings"), (20210902, "", COMMUNICATION[2]))  # fmt: skip
    assert "10 Mar 2021 (Rule 115(1) EPC) was followed by the cancellation of oral proceedings of 15 Jul 2021." in text


def test_the_first_action_may_be_the_intention_to_grant():
    """Rule 71(3) EPC; no communication under Art. 94(3) need come before it."""
    assert "The first action listed is the intention to grant of 2 Mar 2020" in told(*GRANTED)


@pytest.mark.parametrize(
    ("title", "cause"),
    [
        ("Application deemed to be withdrawn (non-payment of renewal fee)", "because the renewal fee was not paid"),
        ("Application deemed to be withdrawn (no reply to communication from the Examining Division)",
         "for want of a reply"),
        ("Application deemed to be withdrawn ( translations of claims/payment missing)",
         "for want of the translations of the claims or the fee for grant and publishing"),
        ("Application deemed to be withdrawn (non-entry into European phase)",
         "because the application did not enter the European phase in time"),
        ("Application deemed to be withdrawn", ""),
    ],
)  # fmt: skip
def test_why_an_application_was_lost_is_what_the_title_says(title: str, cause: str):
    """Art. 86(1), 94(4), Rules 71(7) and 160(1) EPC; a title without a cause has none."""
    lost = f"The deemed withdrawal of 11 Sep 2020 (Rule 112(1) EPC){f' {cause}' if cause else ''} stands"
    assert lost in told(*FILED, (20200911, "", title), (20201230, "", "Closing of application"))


def test_for_a_renewal_fee_no_further_processing_is_missed():
    """Rule 135(2) EPC excludes it; what remains is re-establishment (Art. 122) or a decision (Rule 112(2))."""
    text = told(*FILED, (20200911, "", "Application deemed to be withdrawn (non-payment of renewal fee)"),
                (20201230, "", "Closing of application"))  # fmt: skip
    assert "stands: no request for re-establishment of rights or for a decision is listed." in text
    assert "further processing" not in text


def test_a_loss_does_not_stand_before_the_period_to_undo_it_has_passed():
    """Rule 135(1) EPC: two months from the notification of the loss; ten days of notification (Rule 126(2))."""
    text = told(*FILED, COMMUNICATION, NO_REPLY)
    assert "is listed, and no request for further processing yet; " in text
    assert "the last day for it is 23 Nov 2020" in text  # 21 November 2020 was a Saturday


def test_what_was_granted_is_a_patent():
    """Art. 97(1) EPC: the patent is granted, not the application."""
    assert "the patent has been granted (decision to grant of 23 Jul 2020)" in told(*GRANTED)


OPPOSED: list[Paper] = [*GRANTED, (20210315, "", "Notice of opposition"),
                        (20210914, "", "Reply of the patent proprietor to the notice(s) of opposition")]  # fmt: skip


def test_an_opposition_is_told_with_its_decision_and_its_appeal():
    """Art. 99, 101, 106 and 111 EPC: who opposed when, what was decided, and how the appeal ended."""
    text = told(*OPPOSED, (20220705, "", "Decision rejecting the opposition"), (20220901, "", "Notice of appeal"),
                (20230104, "", "Statement of grounds of appeal"),
                (20250410, "", "Decision of the Board of Appeal"))  # fmt: skip
    assert "opposed on 15 Mar 2021 (Art. 99 EPC), and the proprietor replied on 14 Sep 2021." in text
    assert "The decision to reject the opposition of 5 Jul 2022 was appealed on 1 Sep 2022 (Art. 108 EPC)" in text
    assert "and the appeal ended with the decision of the Board of Appeal of 10 Apr 2025 (Art. 111 EPC)." in text
    assert "of note" not in text


def test_a_pending_opposition_or_its_appeal_is_told_as_such():
    """Art. 101(1) and 106(1) EPC: without a decision nothing is settled."""
    assert "14 Sep 2021; no decision on the opposition is listed." in told(*OPPOSED)
    decided: Paper = (20220705, "", "Decision rejecting the opposition")
    appealed = told(*OPPOSED, decided, (20220901, "", "Notice of appeal"))
    assert "and no decision of the Board is listed." in appealed


def test_the_opposition_period_is_told_without_a_tense_where_the_grant_has_no_date():
    """Art. 99(1) EPC: nine months from a day that the list does not have, long past or still to come."""
    assert "The opposition period is 9 months from the mention of the grant" in told(*GRANTED)


@pytest.mark.parametrize(
    ("title", "called"),
    [
        ("Request for further processing", "request for further processing of 5 Nov 2020 (Art. 121 EPC)"),
        ("Request for re-establishment of rights", "request for re-establishment of 5 Nov 2020 (Art. 122 EPC)"),
    ],
)
def test_what_was_requested_is_called_by_its_title_beside_other_papers(title: str, called: str):
    """Art. 121 and 122 EPC are two remedies, and only one was asked for."""
    text = told(*FILED, COMMUNICATION, NO_REPLY, (20201105, "", "Claims"), (20201105, "", REPLY[2]),
                (20201105, "", title), (20210510, "", COMMUNICATION[2]))  # fmt: skip
    assert called in text
    assert "processing or" not in text


def test_the_publication_is_told_by_its_title():
    """Rule 67 EPC; lists of the Register have no codes."""
    published: Paper = (20190801, "", "Notification of forthcoming publication")
    assert "A notification of forthcoming publication is of 1 Aug 2019." in told(*FILED, published)


def test_a_paper_that_ended_the_application_is_told_once():
    """The EPO confirms a withdrawal, which took effect when it was received."""
    text = told(*FILED, GRANTED[4], (20200514, "", "Application withdrawn by applicant"),
                (20200528, "", "Confirmation of withdrawal of application"))  # fmt: skip
    assert text.count("28 May 2020") <= 2
    assert "is listed. The withdrawal" not in text


def course(*papers: Paper, apno: str = "EP18300000") -> str:
    """Return the fingerprint of a hand-made list."""
    return str(read_history(make_history(list(papers), apno=apno)).histories["fingerprint"].iloc[0])


def test_a_course_from_the_international_phase_begins_with_the_entry():
    """Art. 153(2) EPC: the filing is the international one, often years before."""
    entered: list[Paper] = [(20180118, "", "Request for entry into the European phase"), COMMUNICATION]
    assert course(*entered).startswith("Entered 2018 · ")
    assert course(*FILED, COMMUNICATION).startswith("Filed 2018 · ")


def test_a_loss_is_told_once_in_a_course():
    """Art. 121 EPC: undone, with what undid it; standing, as the end."""
    undone = course(*FILED, COMMUNICATION, NO_REPLY, (20201105, "", "Request for further processing"),
                    (20201105, "", REPLY[2]), (20201120, "", "Decision to allow further processing"),
                    (20210510, "", COMMUNICATION[2]))  # fmt: skip
    assert "Deemed withdrawn → Further processing · Art. 94(3) …" in undone
    assert undone.count("Deemed withdrawn") == 1
    stands = course(*FILED, COMMUNICATION, NO_REPLY, (20201230, "", "Closing of application"))
    assert stands.endswith("Art. 94(3) ✕ · Deemed withdrawn 2020")


def test_re_establishment_is_no_further_processing_in_a_course():
    """Art. 121 and 122 EPC."""
    requested: Paper = (20201105, "", "Request for re-establishment of rights")
    assert "Deemed withdrawn → Re-establishment" in course(*FILED, COMMUNICATION, NO_REPLY, requested)


def test_a_course_ends_with_how_an_opposition_was_decided():
    """Art. 101(2) EPC."""
    assert course(*OPPOSED, (20220705, "", "Decision rejecting the opposition")).endswith(
        "Decision to reject the opposition 2022"
    )


def test_an_appeal_ends_with_its_application():
    """A withdrawn or closed application has no pending appeal."""
    appealed: list[Paper] = [*FILED, COMMUNICATION, REPLY, REFUSED, (20210507, "", "Notice of appeal")]
    for end, outcome in (
        ((20210915, "", "Application withdrawn by applicant"), "ended with the withdrawal of the application"),
        ((20210915, "", "Closing of application"), "ended with the file"),
    ):
        row = read_history(make_history([*appealed, end], apno="EP18300000")).histories.iloc[0]
        assert row["appeal_outcome"] == outcome


def test_silence_that_led_to_the_loss_was_the_applicants_time():
    """Rules 70(3) and 70a(3) EPC: from the invitation to the loss the EPO had nothing to do."""
    asked = "Reminder period for payment of examination fee/designation fee and correction of deficiencies"
    papers: list[Paper] = [*FILED, (20181001, "", asked), (20190501, "", NO_REPLY[2])]
    lost = read_history(make_history(papers, apno="EP18300000")).histories.iloc[0]
    assert (lost["applicant_days"], lost["pendency_days"]) == (212, 422)  # from 1 Oct 2018 to 1 May 2019


@pytest.mark.parametrize(
    ("apno", "sent", "called"),
    [
        ("EP09100015", 20091214, "Invitation under Rules 69 and 70"),
        ("EP18300000", 20181022, "Invitation under Rules 69 and 70a"),
    ],
)
def test_a_rule_is_not_named_before_it_was_in_force(apno: str, sent: int, called: str):
    """Rule 70a EPC is in force from 1 April 2010 (OJ EPO 2009, 299)."""
    title = "Reminder period for payment of examination fee/designation fee and correction of deficiencies"
    filed: list[Paper] = [(sent - 10_000, "", paper[2]) for paper in FILED if len(paper) > 2]
    rounds = read_history(make_history([*filed, (sent, "", title)], apno=apno)).rounds
    assert rounds["label"].tolist() == [called]


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Appeal deemed not to have been filed", "was deemed not to have been filed by a paper of 1 Sep 2021."),
        ("Appeal inadmissible", "was rejected as inadmissible on 1 Sep 2021."),
    ],
)
def test_an_appeal_ended_as_the_title_says(title: str, said: str):
    """Art. 108 EPC, second sentence; Rule 101 EPC."""
    text = told(*FILED, COMMUNICATION, REPLY, REFUSED, (20210507, "", "Notice of appeal"), (20210901, "", title))
    assert f"The appeal of 7 May 2021 {said}" in text


def test_how_an_application_stands_has_the_day_that_is_running():
    """Art. 108, Rules 71(3) and 135(1) EPC: an appeal, an approval, further processing."""
    refused = told(*FILED, COMMUNICATION, REPLY, REFUSED)
    assert "of 10 Mar 2021; notice of appeal due 20 May 2021, usual" in refused
    intended = told(*GRANTED[:5])
    assert "no later step is listed; approval of the text due 13 Jul 2020, usual" in intended


def test_a_partial_search_report_is_told_with_the_one_that_completed_it():
    """Rule 64(1) EPC: the European search report follows the partial one."""
    partial: Paper = (20180601, "", "Partial European search report")
    assert (
        "The partial European search report is dated 1 Jun 2018 and the European search report is dated 6 Sep 2018."
        in told(*FILED[:3], partial, FILED[3])
    )


def test_a_refusal_that_nobody_appealed_lacks_no_reply():
    """Art. 97(2) and 108 EPC."""
    papers: list[Paper] = [*FILED, COMMUNICATION, REPLY, REFUSED, (20210816, "", "Closing of application")]
    findings = findings_of(read_history(make_history(papers, apno="EP18300000")))
    assert "unanswered" not in set(findings["kind"])


def test_an_intention_to_grant_that_the_grant_followed_stood():
    """Rule 71a(2) EPC: examination resumed would need a new communication under Rule 71(3)."""
    text = told(*GRANTED[:6], (20200710, "", COMMUNICATION[2]), GRANTED[6])
    assert "and the decision to grant of 23 Jul 2020" in text
    assert "it does not stand" not in text


def test_a_loss_that_the_office_took_back_is_no_end_of_the_course():
    """Rule 112(2) EPC: the finding was inaccurate, and examination goes on."""
    papers = [*FILED, COMMUNICATION, NO_REPLY, (20201005, "", "Cancellation of loss of rights")]
    assert "Deemed withdrawn 2020" not in course(*papers, (20210510, "", COMMUNICATION[2]))


def test_a_loss_is_not_taken_for_a_sign_that_its_communication_was_answered():
    """Art. 94(4) EPC: the loss follows from the silence."""
    papers: list[Paper] = [*FILED, COMMUNICATION, NO_REPLY, (20201005, "", "Cancellation of loss of rights")]
    tables = read_history(make_history([*papers, (20210510, "", COMMUNICATION[2])], apno="EP18300000"))
    assert "unanswered" not in set(findings_of(tables)["kind"])
