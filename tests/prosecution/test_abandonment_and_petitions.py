"""Abandonment and what undoes it: petitions, decisions of the Office, and that examination went on.

35 USC 115(f), 133 and 151; 37 CFR 1.135, 1.137, 1.138 and 1.181; MPEP 706.07(h) and 711.03(c).
"""

from datetime import date

import pandas as pd
import pytest

from components.prosecution import Tables, open_periods, read_history, status_rests_on, summary_of
from components.prosecution.law.abandonment_papers import effect_of
from components.prosecution.law.categories import Category
from tests.prosecution.conftest import Paper, make_history

FILED: list[Paper] = [(20180102, "TRNA"), (20180102, "SPEC"), (20180102, "CLM"), (20180102, "OATH")]
FINAL: list[Paper] = [*FILED, (20200520, "CTFR")]
LOST: list[Paper] = [*FINAL, (20201125, "ABN")]
GRANTED, DISMISSED, DENIED = (f"Petition Decision - {how}" for how in ("Granted", "Dismissed", "Denied"))


def read(papers: list[Paper], apno: str = "US00/000001") -> Tables:
    """Read a hand-made history."""
    return read_history(make_history(papers, apno=apno))


def facts(papers: list[Paper], apno: str = "US00/000001") -> pd.Series:
    """Return the only row of `histories`."""
    return read(papers, apno).histories.loc[0]


def told(papers: list[Paper]) -> str:
    """Return the summary as one text."""
    tables = read(papers)
    return " ".join(sentence.text for sentence in summary_of(tables, str(tables.histories.loc[0, "history"])))


@pytest.mark.parametrize(
    ("papers", "status"),
    [
        # a petition of the notice's own day, with the RCE as the reply: 37 CFR 1.137(b)
        ([(20201125, "PET.OP"), (20201125, "RCEX"), (20210406, "PETDEC", GRANTED)], "Awaiting office"),
        ([(20201125, "PET.OP"), (20201125, "RCEX"), (20210406, "PETDEC")], "Awaiting office"),
        ([(20201125, "PET.OP"), (20201125, "RCEX")], "Abandoned"),
        ([(20201125, "PET.OP"), (20201125, "RCEX"), (20210406, "PETDEC", DISMISSED)], "Abandoned"),
        ([(20201125, "PET.OP"), (20201125, "RCEX"), (20210406, "PETDEC", DENIED)], "Abandoned"),
        # renewed after a dismissal: MPEP 711.03(c)
        ([(20201201, "PET.OP"), (20210101, "PETDEC", DISMISSED), (20210201, "PET.OP"),
          (20210401, "PETDEC", GRANTED)], "Awaiting office"),
        ([(20201201, "PET.OP"), (20210101, "PETDEC", DISMISSED), (20210201, "PET.OP")], "Abandoned"),
        ([(20201201, "PET.OP"), (20210101, "PETDEC", GRANTED), (20210201, "PETDEC", DISMISSED)], "Awaiting office"),
        # granted when it is filed: an ePetition
        ([(20201201, "PET.AUTO"), (20201201, "PET.DEC.AUTO"), (20201201, "RCEX")], "Awaiting office"),
        # a decision after more papers
        ([(20201201, "PET.OP"), (20201201, "A.NE"), (20201210, "IDS"), (20210110, "LET."), (20210115, "A..."),
          (20210301, "PETDEC", GRANTED)], "Awaiting office"),
        # the petition alone is listed: the reply came with it
        ([(20201201, "PET.OP"), (20210301, "PETDEC", GRANTED)], "Awaiting office"),
        # the Office withdraws its own holding: 37 CFR 1.181, MPEP 711.03(c), part I
        ([(20210301, "PETDEC", "Decision withdrawing holding of abandonment")], "Awaiting applicant"),
        ([(20210301, "", "Notice of Rescinded Abandonment")], "Awaiting applicant"),
        ([(20201201, "PET.OP"), (20210301, "PETDEC", "Petition to withdraw holding of abandonment - Granted")],
         "Awaiting office"),
        # signs of life, with or without a decision
        ([(20201201, "PET.OP"), (20201201, "RCEX"), (20210301, "CTNF")], "Awaiting applicant"),
        ([(20210301, "CTNF")], "Awaiting applicant"),
        ([(20210301, "NOA")], "Allowed"),
        ([(20201201, "RCEX"), (20210301, "CTNF")], "Awaiting applicant"),
        ([(20201201, "PET.OP"), (20210101, "PETDEC", DISMISSED), (20210301, "NOA")], "Allowed"),
        # an RCE alone: MPEP 706.07(h)
        ([(20201125, "RCEX"), (20201125, "AMSB")], "Abandoned"),
        ([(20201201, "RCEX"), (20201201, "AMSB")], "Abandoned"),
        ([(20201201, "RCEX"), (20210101, "NTC.RCE.DEF")], "Abandoned"),
        ([(20201201, "RCEX"), (20210101, "PET.OP")], "Abandoned"),
        ([(20201201, "RCEX"), (20210101, "PET.OP"), (20210401, "PETDEC", GRANTED)], "Awaiting office"),
        # other papers revive nothing
        ([(20201201, "A.NE")], "Abandoned"),
        ([(20201201, "A.NE"), (20201210, "CTAV")], "Abandoned"),
        ([(20201201, "N/AP")], "Abandoned"),
        ([(20201201, "PET.POA.WDRW"), (20210101, "PETDEC", "Request to withdraw as attorney - Granted")], "Abandoned"),
        ([(20201201, "PA.."), (20201210, "M327"), (20201212, "IDS")], "Abandoned"),
        # lost again
        ([(20201201, "PET.OP"), (20201201, "RCEX"), (20210301, "PETDEC", GRANTED), (20211001, "ABN")], "Abandoned"),
        ([(20201215, "ABN"), (20210101, "PET.OP"), (20210401, "PETDEC", GRANTED)], "Awaiting office"),
    ],
)  # fmt: skip
def test_an_abandonment_is_undone_by_what_the_law_knows_and_by_nothing_else(papers: list[Paper], status: str):
    """A granted petition, the Office's own withdrawal of its holding, or that it went on examining."""
    assert facts([*LOST, *papers])["status"] == status


@pytest.mark.parametrize(
    ("papers", "rests_on"),
    [
        ([], "notice of abandonment of 25 Nov 2020"),
        ([(20201125, "PET.OP"), (20201125, "RCEX"), (20210406, "PETDEC", GRANTED)], "RCE of 25 Nov 2020"),
        ([(20201125, "PET.OP"), (20201125, "RCEX"), (20210406, "PETDEC")],
         ("RCE of 25 Nov 2020, unless the notice of abandonment of 25 Nov 2020 stands: "
         "how the petition decision of 6 Apr 2021 went is not listed")),
        ([(20201125, "PET.OP"), (20201125, "RCEX")],
         "notice of abandonment of 25 Nov 2020; no decision on the petition of 25 Nov 2020 is listed"),
        ([(20201201, "PET.OP"), (20210406, "PETDEC", DISMISSED)],
         "notice of abandonment of 25 Nov 2020; the petition was refused with the decision of 6 Apr 2021"),
        ([(20210406, "PETDEC")],
         ("notice of abandonment of 25 Nov 2020, unless the petition decision of 6 Apr 2021 undid it: "
         "how it went is not listed, and no petition is listed")),
        ([(20201201, "RCEX")],
         ("notice of abandonment of 25 Nov 2020; the RCE of 1 Dec 2020 came without a petition to revive and revives "
         "nothing (MPEP 706.07(h))")),
        ([(20201201, "PET.OP"), (20210301, "PETDEC", GRANTED)], "petition decision of 1 Mar 2021"),
    ],
)  # fmt: skip
def test_what_the_list_leaves_open_is_told_beside_the_status(papers: list[Paper], rests_on: str):
    """Never a flat "stands as abandoned" where a petition, a decision or an RCE is listed."""
    rows = [*LOST, *papers]
    assert status_rests_on(facts(rows)) == rests_on
    evidence, between, doubt = rests_on.partition(", unless")
    assert f"({evidence.split(';')[0]}" in told(rows)
    assert f"{between}{doubt}" in told(rows)


@pytest.mark.parametrize(
    ("papers", "words"),
    [
        ([(20201125, "PET.OP"), (20201125, "RCEX"), (20210406, "PETDEC", GRANTED)],
         ("After the notice of abandonment of 25 Nov 2020 came the RCE and petition of 25 Nov 2020, and the petition "
         "decision of 6 Apr 2021; the petition was granted, and the application revived.")),
        ([(20201201, "PET.OP"), (20210406, "PETDEC", DENIED)], "; the petition was refused."),
        ([(20210406, "PETDEC", "Decision withdrawing holding of abandonment")],
         "; the Office withdrew its holding of abandonment."),
        ([(20210406, "PETDEC")],
         "; how the decision went is not listed, so that whether the application was revived is not listed."),
        ([(20210406, "PETDEC", "Decision withdrawing holding of abandonment"), (20210801, "CTNF")],
         ("; the Office withdrew its holding of abandonment, and examination went on with the non-final rejection of "
         "1 Aug 2021.")),
        ([(20201201, "PET.OP"), (20201201, "RCEX"), (20210801, "CTNF")],
         "; the application was revived, as the non-final rejection of 1 Aug 2021 shows."),
    ],
)  # fmt: skip
def test_the_summary_tells_the_decision_and_what_it_did(papers: list[Paper], words: str):
    """The decision is told, and whether it revived is said or said to be not listed."""
    assert words in told([*LOST, *papers])


@pytest.mark.parametrize(
    ("papers", "outcome", "words"),
    [
        ([(20201125, "PET.OP"), (20201125, "RCEX"), (20210406, "PETDEC", GRANTED)], "revived",
         "petition granted on 6 Apr 2021"),
        ([(20201201, "PET.OP"), (20210406, "PETDEC", DISMISSED)], "open", "petition refused on 6 Apr 2021"),
        ([(20210406, "PETDEC")], "open", "petition decision of 6 Apr 2021, of which it is not listed how it went"),
        ([(20201125, "RCEX")], "open", "the RCE of 25 Nov 2020 alone revives nothing (MPEP 706.07(h))"),
        ([(20201201, "RCEX")], "open", "the RCE of 1 Dec 2020 alone revives nothing (MPEP 706.07(h))"),
        ([(20210406, "PETDEC", "Holding of abandonment withdrawn")], "superseded", "The Office withdrew its holding"),
    ],
)  # fmt: skip
def test_the_round_of_an_abandonment_tells_what_was_decided(papers: list[Paper], outcome: str, words: str):
    """A round of the notice with the outcome and the reason, also where no petition is listed."""
    rounds = read([*LOST, *papers]).rounds
    row = rounds[rounds["kind"] == "abandonment"].iloc[0]
    assert row["outcome"] == outcome
    assert words in row["explanation"]


class TestPrematureNotice:
    """Action 2020-12-17, notice 2021-02-18, last day with extensions 2021-06-17: MPEP 711.03(c), part I."""

    EARLY: tuple[Paper, ...] = (*FILED, (20201217, "CTNF"), (20210218, "ABN"))
    FLAG = "the notice came before the last day to answer, 17 Jun 2021 (computed)"

    def test_it_is_flagged_beside_the_status_and_at_the_action(self):
        """The holding may be withdrawn."""
        tables = read([*self.EARLY])
        row = tables.histories.loc[0]
        assert row["status"] == "Abandoned"
        assert row["status_doubt"] == f"{self.FLAG}, so that the holding may be withdrawn (MPEP 711.03(c))"
        assert tables.rounds.loc[0, "explanation"].endswith(self.FLAG)

    @pytest.mark.parametrize("title", ["Petition Decision", GRANTED, "Decision withdrawing holding of abandonment"])
    def test_a_decision_without_a_petition_leaves_it_not_abandoned(self, title: str):
        """The Office withdrew its own holding; where the title does not say so, that is told."""
        row = facts([*self.EARLY, (20210601, "PETDEC", title)])
        assert row["status"] == "Awaiting applicant"
        assert pd.isna(row["abandoned"])
        assert row["status_doubt"].startswith("unless the notice") is (title == "Petition Decision")

    def test_a_notice_that_was_taken_back_lets_the_period_run_on(self):
        """The application was never abandoned: the reply can be given until the last day (35 USC 133)."""
        withdrawn: Paper = (20210601, "PETDEC", "Decision withdrawing holding of abandonment")
        owed = open_periods(read([*self.EARLY, withdrawn]).rounds, date(2021, 6, 2))
        assert owed["last"].tolist() == [pd.Timestamp("2021-06-17")]
        assert open_periods(read([*self.EARLY]).rounds, date(2021, 6, 2)).empty
        answered = read([*self.EARLY, (20210528, "A..."), withdrawn])
        assert answered.rounds.loc[0, ["outcome", "extension_months"]].tolist() == ["extended", 3]
        assert answered.histories.loc[0, "status"] == "Awaiting office"

    def test_a_notice_after_the_last_day_is_not_flagged(self):
        """The six months of 35 USC 133 were over."""
        assert facts([*FILED, (20200117, "CTNF"), (20200818, "ABN")])["status_doubt"] == ""

    def test_an_unpaid_issue_fee_is_flagged_only_within_its_three_months(self):
        """35 USC 151: 20 April 2020 was a Monday, and the fee could be paid on it."""
        assert facts([*FILED, (20200120, "NOA"), (20200421, "ABN")])["status_doubt"] == ""
        assert "20 Apr 2020" in facts([*FILED, (20200120, "NOA"), (20200415, "ABN")])["status_doubt"]

    def test_an_applicant_who_gave_it_up_let_no_period_run_out(self):
        """37 CFR 1.138, MPEP 711.01: the notice follows the letter, whenever it came."""
        row = facts([*FILED, (20201217, "CTNF"), (20210201, "EABN"), (20210218, "ABN")])
        assert row["status"] == "Abandoned"
        assert row["status_doubt"] == "the applicant gave it up on 1 Feb 2021 (37 CFR 1.138)"

    @pytest.mark.parametrize("code", ["ABN.EXPRESS", "PGEA.G"])
    def test_an_express_abandonment_needs_no_period(self, code: str):
        """37 CFR 1.138: who gives an application up lets no period run out."""
        row = facts([*FILED, (20201217, "CTNF"), (20210218, code)])
        assert (row["status"], row["status_doubt"]) == ("Abandoned", "")


@pytest.mark.parametrize("code", ["N/AP", "NTC.RCE.DEF", "RCEX", "A.NE"])
def test_nothing_is_owed_while_an_application_stands_as_abandoned(code: str):
    """A late appeal sets no period for a brief (37 CFR 1.135(a), 41.31)."""
    tables = read([*LOST, (20201201, code)])
    assert tables.histories.loc[0, "status"] == "Abandoned"
    assert open_periods(tables.rounds, date(2020, 12, 2)).empty
    assert set(tables.rounds.query("outcome == 'open'")["kind"]) <= {"abandonment"}


def test_a_notice_after_a_reply_in_time_is_told_with_the_reply():
    """MPEP 711.03(c), part I: a reply that was not matched with the file is a reason to withdraw the holding."""
    papers: list[Paper] = [*FILED, (20200117, "CTNF"), (20200417, "A..."), (20200901, "ABN")]
    row = facts(papers)
    assert row["status"] == "Abandoned"
    assert "of 17 Apr 2020 came before the notice, in time as computed" in row["status_doubt"]
    assert facts([*papers, (20210101, "PETDEC")])["status"] == "Awaiting office"


@pytest.mark.parametrize(
    ("papers", "is_told"),
    [
        ([], True),
        ([(20180302, "OATH")], False),
        ([(20180302, "", "Substitute Statement in Lieu of an Oath or Declaration")], False),
    ],
)
def test_a_missing_oath_is_told_as_a_possible_cause(papers: list[Paper], is_told: bool):
    """35 USC 115(f): the oath is due no later than the issue fee, in applications filed since 2012-09-16."""
    filed: list[Paper] = [(20180102, "TRNA"), (20180102, "SPEC"), (20180102, "CLM")]
    rows: list[Paper] = [*filed, *papers, (20200120, "NOA"), (20200325, "IFEE"), (20200625, "ABN")]
    assert ("35 USC 115(f)): a possible cause" in told(rows)) is is_told
    assert facts(rows)["status"] == "Abandoned"


@pytest.mark.parametrize(
    "papers",
    [
        [(20100102, "TRNA"), (20100102, "SPEC"), (20120120, "NOA"), (20120325, "IFEE"), (20120625, "ABN")],
        [(20200120, "NOA"), (20200325, "IFEE"), (20200625, "ABN")],
        [(20180102, "TRNA"), (20180102, "SPEC"), (20200120, "NOA"), (20200625, "ABN")],
    ],
)
def test_no_oath_is_missed_where_the_law_or_the_list_gives_no_reason(papers: list[Paper]):
    """An older application, a list that begins after the filing, and a fee that was not paid."""
    assert "115(f)" not in told(papers)


def test_a_lapsed_allowance_is_allowed_again_after_the_petition():
    """37 CFR 1.137 and 1.316: the fee is paid with the petition."""
    papers: list[Paper] = [(20200525, "ABN"), (20200625, "PET.OP"), (20200625, "IFEE"), (20200825, "PETDEC", GRANTED)]
    assert facts([*FILED, (20200120, "NOA"), *papers])["status"] == "Allowed"


@pytest.mark.parametrize(
    ("title", "status"),
    [("Decision to allow further processing", "Awaiting office"), ("Further processing rejected", "Abandoned")],
)
def test_further_processing_keeps_a_european_file_alive(title: str, status: str):
    """Art. 121 EPC: where it is allowed, the loss of rights is deemed not to have ensued."""
    papers: list[Paper] = [
        (20150101, "1001"),
        (20180101, "2001"),
        (20181001, "1205N", "Application deemed to be withdrawn"),
        (20181101, "", "Request for further processing"),
        (20181101, "", "Reply to communication from the Examining Division"),
        (20181201, "", title),
    ]
    assert facts(papers, apno="EP15000001")["status"] == status


@pytest.mark.parametrize(
    ("category", "code", "title", "effect"),
    [
        (Category.PETITION_DECISION, "PETDEC", "Petition Decision", "decided"),
        (Category.PETITION_DECISION, "PETDEC", "Petition Decision - Granted", "granted"),
        (Category.PETITION_DECISION, "PETDEC", "Petition to Revive Application - Granted", "granted"),
        (Category.PETITION_DECISION, "PETDEC", "Petition Decision - Dismissed", "refused"),
        (Category.PETITION_DECISION, "PETDEC", "Decision dismissing petition to revive", "refused"),
        (Category.PETITION_DECISION, "PETDEC", "Petition Decision - Denied", "refused"),
        (Category.PETITION_DECISION, "PETDEC", "Petition not granted", "refused"),
        (Category.PETITION_DECISION, "PET.OP.DEC", "Office of Petitions Decision (PTO-90)", "decided"),
        (Category.PETITION_DECISION, "PET.DEC.AUTO", "Petition Auto Grant letter from EFS-Web", "granted"),
        (Category.PETITION_DECISION, "TRACK1.GRANT", "TrackOne Request Granted", "unrelated"),
        (Category.PETITION_DECISION, "PETDEC", "Petition to make special - granted", "unrelated"),
        (Category.PETITION, "PET.AUTO", "Petition automatically granted by EFS", "granted"),
        (Category.PETITION, "PET.OP", "Petition for review by the Office of Petitions.", "petition"),
        (Category.PETITION, "PET.POA.WDRW", "Request for withdrawal as attorney or agent", "unrelated"),
        (Category.PETITION, "PPH.PET.652", "Petition to make special under Patent Prosecution Hwy", "unrelated"),
        (Category.OTHER_OFFICE_ACTION, "NTC.RCE.DEF", "Notice of Improper RCE", "unrelated"),
        (Category.OTHER_OFFICE_ACTION, "CTMS", "Miscellaneous Action with SSP", None),
        (Category.IDS, "IDS", "Information Disclosure Statement", None),
    ],
)
def test_what_a_paper_says_about_an_abandonment(category: Category, code: str, title: str, effect: str | None):
    """MPEP 711.03(c); the names of the USPTO document codes."""
    assert effect_of("US", category, code, title) == effect


def test_an_express_abandonment_and_the_notice_of_its_day():
    """37 CFR 1.138, MPEP 711.01: the notice tells of the letter, whichever the list names first."""
    given_up = [*FINAL, (20200820, "EABN"), (20200820, "ABN")]
    row = facts(given_up)
    assert row["status"] == "Abandoned"
    assert row["status_doubt"] == "the applicant gave it up on 20 Aug 2020 (37 CFR 1.138)"
    assert "No reply" not in told(given_up)


def test_a_reply_of_the_day_of_the_notice_is_told():
    """Which of the two came first is not listed: MPEP 711.03(c)."""
    tables = read([*FINAL, (20201120, "RCEX"), (20201120, "ABN")])
    doubt = str(tables.histories.loc[0, "status_doubt"])
    assert "the RCE of the day of the notice is listed too" in doubt
    answered = read([*FILED, (20200520, "CTNF"), (20201120, "A..."), (20201120, "ABN")])
    assert "the response of the day of the notice is listed too" in answered.histories.loc[0, "status_doubt"]
    assert "the response of the day of the notice is listed too" in answered.rounds.loc[0, "explanation"]


@pytest.mark.parametrize("code", ["PET.OP", "PET."])
@pytest.mark.parametrize(
    "title",
    ["Petition to withdraw holding of abandonment", "Petition to Withdraw the Holding of Abandonment",
     "Petition under 37 CFR 1.181"],
)  # fmt: skip
def test_a_holding_that_was_withdrawn_on_petition_was_no_abandonment(code: str, title: str):
    """37 CFR 1.181; MPEP 711.03(c), part I: what is granted is that there was no abandonment, not a revival."""
    papers: list[Paper] = [*LOST, (20201201, code, title), (20210301, "PETDEC", GRANTED)]
    row = facts(papers)
    assert (row["status"], row["revived"]) == ("Awaiting office", 0)
    assert "the Office withdrew its holding of abandonment" in told(papers)
    assert "revived" not in told([*papers, (20210601, "CTNF")])
    assert facts([*LOST, (20201201, code, title), (20210301, "PETDEC", DISMISSED)])["status"] == "Abandoned"
