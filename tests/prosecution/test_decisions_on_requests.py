"""What a European file is told by a title that says how a request or an appeal was decided."""

from datetime import date

import pandas as pd
import pytest

from components.prosecution import read_history
from components.prosecution.law.categories import Category
from components.prosecution.law.periods import rule_for
from components.prosecution.law.vocabulary import Status
from tests.prosecution.conftest import Paper, make_history

FILED = (20150112, "", "Request for grant of a European patent")
SEARCHED = (20150906, "", "European search report")
COMMUNICATION = (20170302, "", "Communication from the Examining Division")
LOST = (20171108, "", "Application deemed to be withdrawn (no reply to communication from the Examining Division)")
REFUSED = (20190331, "", "Decision to refuse the application")
APPEALED = (20190513, "", "Notice of appeal")
GROUNDS = (20190713, "", "Statement of grounds of appeal")
GRANTED = (20190506, "", "Decision to grant a European patent")


def facts_of(*papers: Paper) -> pd.Series:
    """Read an application of these papers and return its row of `histories`."""
    return read_history(make_history([FILED, SEARCHED, *papers], apno="EP15150000")).histories.iloc[0]


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("Decision of the Board of Appeal - appeal dismissed", "Refused"),
        ("Entscheidung der Beschwerdekammer - Beschwerde wird zurückgewiesen", "Refused"),
        ("Décision de la chambre de recours - recours rejeté", "Refused"),
        ("Decision of the Board of Appeal - decision set aside, remitted to the first instance", "Awaiting office"),
        ("Entscheidung der Beschwerdekammer - angefochtene Entscheidung aufgehoben", "Awaiting office"),
        ("Décision de la chambre de recours - décision annulée", "Awaiting office"),
    ],
)
def test_the_title_of_a_decision_of_the_board_can_say_what_it_decided(title: str, status: Status):
    """Art. 111(1) EPC: a dismissed appeal leaves the refusal; a decision that is set aside gives the file back."""
    facts = facts_of(COMMUNICATION, REFUSED, APPEALED, GROUNDS, (20230920, "", title))
    assert (facts["status"], facts["status_doubt"]) == (status, "")


@pytest.mark.parametrize(
    ("end", "letter", "status"),
    [
        ("Withdrawal of an appeal", "F3004 Communication of the Registry", "Refused"),
        ("Appeal rejected as inadmissible", "Reimbursement of the appeal fee", "Refused"),
        ("Decision of the Board of Appeal - appeal dismissed", "F3004 Communication of the Registry", "Refused"),
        (
            "Decision of the Board of Appeal: case remitted",
            "Remittal to the department of first instance",
            "Awaiting office",
        ),
    ],
)
def test_a_letter_of_the_registry_reopens_no_appeal(end: str, letter: str, status: Status):
    """It tells the parties, or sends the file back."""
    papers = (COMMUNICATION, REFUSED, APPEALED, GROUNDS, (20200620, "", end), (20200710, "", letter))
    assert facts_of(*papers)["status"] == status


def test_a_file_closed_after_a_remittal_is_not_refused_by_the_decision_set_aside():
    """What followed the remittal is not listed."""
    board = (20230920, "", "Decision of the Board of Appeal - decision set aside, remitted to the first instance")
    closed = (20240301, "", "Closing of application")
    assert facts_of(COMMUNICATION, REFUSED, APPEALED, GROUNDS, board, closed)["status"] == "Abandoned"


@pytest.mark.parametrize(
    "title",
    [
        "Decision to refuse the request for further processing",
        "Refusal of the request for further processing",
        "Décision rejetant la requête en poursuite de la procédure",
    ],
)
def test_a_refused_request_for_further_processing_refuses_no_application(title: str):
    """Art. 121 EPC: the loss of rights stands."""
    asked = (20180101, "", "Request for further processing")
    facts = facts_of(COMMUNICATION, LOST, asked, (20180420, "", title))
    assert (facts["status_words"], bool(facts["revived"])) == ("Deemed withdrawn", False)


@pytest.mark.parametrize(
    ("verb", "object_"),
    [
        (verb, object_)
        for verb in ("refuse", "grant")
        for object_ in ("correction of errors", "accelerated examination", "a refund of fees", "postponement")
    ],
)
def test_a_decision_on_another_request_decides_nothing_on_the_application(verb: str, object_: str):
    """Rule 111 EPC: many decisions are on a request alone."""
    decided = (20180301, "", f"Decision to {verb} the request for {object_}")
    assert facts_of(COMMUNICATION, decided)["status"] == "Awaiting applicant"


def test_a_finding_of_loss_that_is_set_aside_leaves_the_file_with_the_office():
    """Rule 112(2) EPC."""
    noted = (20180910, "", "Noting of loss of rights (Art. 94(4) EPC)")
    asked = (20181005, "", "Request for a decision pursuant to Rule 112(2) EPC")
    decided = (20181210, "", "Decision under Rule 112(2) EPC - loss of rights set aside")
    assert facts_of(COMMUNICATION, noted, asked)["status"] == "Abandoned"
    assert facts_of(COMMUNICATION, noted, asked, decided)["status"] == "Awaiting office"


@pytest.mark.parametrize("provision", ["Rule 160(1) EPC", "Art. 94(4) EPC", "R. 71(7) EPC", "Rule 70(3)"])
def test_a_loss_under_a_provision_on_the_whole_application_is_total(provision: str):
    """Each of them says that the application is deemed to be withdrawn."""
    noted = (20181220, "", f"Noting of loss of rights pursuant to {provision}")
    assert facts_of(noted)["status_words"] == "Deemed withdrawn"


def test_a_communication_on_re_establishment_is_no_examination():
    """It does not show that the application was pending again; the decision does."""
    asked = (20180120, "", "Request for re-establishment of rights")
    told = (20180215, "", "Communication from the Examining Division concerning the request for re-establishment")
    allowed = (20180610, "", "Decision on re-establishment of rights - allowed")
    assert facts_of(COMMUNICATION, LOST, asked, told)["status"] == "Abandoned"
    assert facts_of(COMMUNICATION, LOST, asked, told, allowed)["status"] == "Awaiting office"


def test_a_decision_on_re_establishment_leaves_no_invitation_open():
    """Whatever was asked on the request is settled by the decision on it (Rule 136(4) EPC)."""
    asked = (20180120, "", "Request for re-establishment of rights")
    told = (20180215, "", "Communication concerning the request for re-establishment of rights")
    allowed = (20180610, "", "Decision on re-establishment of rights - allowed")
    papers = [FILED, SEARCHED, COMMUNICATION, LOST, asked, told, allowed]
    rounds = read_history(make_history(papers, apno="EP15150000")).rounds
    assert "open" not in set(rounds["outcome"])


def test_an_invitation_in_the_limitation_procedure_is_a_round_of_its_own():
    """Rule 95(2) EPC: the proprietor is to answer it."""
    asked = (20200301, "", "Request for limitation")
    told = (20200601, "", "Communication regarding the request for limitation")
    reading = read_history(make_history([FILED, GRANTED, asked, told], apno="EP15150000"))
    assert "Communication in the limitation procedure" in set(reading.rounds["label"])
    assert reading.histories.iloc[0]["status"] == "Granted"


@pytest.mark.parametrize(
    "title",
    [
        "Application deemed to be withdrawn (translation of application not filed - R. 6(1), Art. 14(2))",
        "Application deemed to be withdrawn (Rule 36 (2) EPC)",
        "Application deemed to be withdrawn (non-compliance with R.16(1)(a))",
        "Anmeldung gilt als zurückgenommen (Regel 40(3) EPÜ)",
        "Demande réputée retirée (règle 51(2) CBE)",
    ],
)
def test_no_further_processing_is_offered_where_it_is_excluded(title: str):
    """Rule 135(2) EPC: Rules 6(1), 16(1)(a), 36(2), 40(3), 51(2) to (5), 52, 55, 56, 58, 59, 62a, 63, 64 and 164."""
    found = rule_for("EP", Category.ABANDONMENT, "", date(2018, 1, 2), title=title)
    assert found is not None
    assert found.owes == "Request for a decision on the loss of rights"


@pytest.mark.parametrize("title", ["Application deemed to be withdrawn (R. 160(1))", "Deemed withdrawal (R. 161)"])
def test_further_processing_is_offered_elsewhere(title: str):
    """Rule 160 is not among those that Rule 135(2) EPC names, and Rule 161 is not Rule 6(1) or 16(1)."""
    found = rule_for("EP", Category.ABANDONMENT, "", date(2018, 1, 2), title=title)
    assert found is not None
    assert found.owes == ""


@pytest.mark.parametrize(
    ("title", "months", "owes"),
    [
        ("Communication of notices of opposition (R. 79(1) EPC) and request to file observations", 4, ""),
        ("Communication under Rule 82(1) EPC", 2, ""),
        ("Communication under Rule 82(2) EPC", 3, "Fee and translations of the claims"),
        ("Mitteilung gemäß Regel 82 (2) EPÜ", 3, "Fee and translations of the claims"),
        ("Communication under R. 82(3) EPC", 2, "Fee and translations of the claims with the surcharge"),
    ],
)
def test_each_communication_in_an_opposition_has_its_own_period(title: str, months: int, owes: str):
    """Rule 79(1) (usually four months, Guidelines D-IV, 5.2) and Rule 82(1) to (3) EPC."""
    found = rule_for("EP", Category.OPPOSITION_COMMUNICATION, "", date(2018, 1, 2), title=title)
    assert found is not None
    assert (found.months, found.owes) == (months, owes)
