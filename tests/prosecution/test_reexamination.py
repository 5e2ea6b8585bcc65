"""Reexaminations, supplemental examination, reissues and trials: told as what they are, with their own periods.

35 USC 257, 302 to 307; 37 CFR 1.530, 1.550, 1.945 to 1.956; MPEP 2200, 2600 and 2800.
"""

from datetime import date

import pandas as pd
import pytest

from components.prosecution import USUAL, Tables, findings_of, open_periods, period_table, read_history, summary_of
from tests.prosecution.conftest import Paper, make_history

EX_PARTE = "US90/014444"
UNKNOWN = "US00/000001"
"""A number of no known series: what the file is, its codes tell."""

REQUEST: list[Paper] = [(20200106, "RXOSUB"), (20200106, "RXOSUB.R"), (20200302, "RXREXO")]
NON_FINAL: Paper = (20200901, "RXR.NF")
REPLY: list[Paper] = [(20201030, "A..."), (20201030, "REM")]
FINAL: Paper = (20210104, "RXFR..")
AFTER_FINAL: list[Paper] = [(20210303, "RXAAF."), (20210303, "REM")]
NIRC: Paper = (20210503, "RXNIRC")
COURSE: list[Paper] = [*REQUEST, NON_FINAL, *REPLY, FINAL, *AFTER_FINAL, NIRC]


def read(*papers: Paper, apno: str = EX_PARTE, patent_number: str = "") -> Tables:
    """Return the tables of a history of these papers."""
    return read_history(make_history(list(papers), apno=apno, patent_number=patent_number))


def story_of(tables: Tables) -> str:
    """Return the summary of the only history."""
    return " ".join(sentence.text for sentence in summary_of(tables, tables.histories.loc[0, "history"]))


@pytest.mark.parametrize(
    ("papers", "status"),
    [
        (REQUEST[:2], "Pending"),
        (REQUEST, "Awaiting applicant"),  # 37 CFR 1.530: the patent owner may state within two months
        ([*REQUEST, (20200430, "RXOR.T")], "Awaiting office"),
        ([*REQUEST, (20200430, "RXOR.T"), (20200630, "RXRR.T")], "Awaiting office"),  # the requester's reply, 1.535
        ([*REQUEST, NON_FINAL], "Awaiting applicant"),
        ([*REQUEST, NON_FINAL, *REPLY], "Awaiting office"),
        ([*REQUEST, NON_FINAL, *REPLY, FINAL], "Awaiting applicant"),
        ([*REQUEST, NON_FINAL, *REPLY, FINAL, *AFTER_FINAL], "Awaiting office"),
        ([*REQUEST, NON_FINAL, *REPLY, FINAL, *AFTER_FINAL, (20210401, "RXADV.")], "Awaiting applicant"),
        ([*REQUEST, NON_FINAL, *REPLY, FINAL, (20210303, "N/AP")], "On appeal"),
        ([*REQUEST, (20200901, "RXEPQ.")], "Awaiting applicant"),
        (COURSE, "Certificate to issue"),  # MPEP 2287
        ([*COURSE, (20210510, "RXLET.")], "Certificate to issue"),
        ([*COURSE, (20210701, "RXCERT")], "Certificate issued"),  # 35 USC 307, MPEP 2288
        ([*COURSE, (20210510, "RXWDNIRC")], "Awaiting office"),
        ([*REQUEST[:2], (20200302, "RXREXD")], "Reexamination ended"),  # 37 CFR 1.515(c)
        ([*REQUEST[:2], (20200302, "RXREXD"), (20200601, "RXPETG")], "Awaiting applicant"),
        ([*REQUEST, (20200901, "RXTERM")], "Reexamination ended"),
        ([*REQUEST, (20200401, "RXVACATE")], "Reexamination ended"),
        ([*REQUEST, (20200401, "VACATE.PROC")], "Reexamination ended"),  # MPEP 2246
        (
            [*REQUEST, (20200401, "", "Decision Vacating a Determination Ordering a Reexamination Proceeding")],
            "Reexamination ended",
        ),
        ([*REQUEST, NON_FINAL, (20201030, "RXTRLTR")], "Awaiting office"),  # MPEP 2266: a response was filed
        ([FINAL, *AFTER_FINAL, NIRC], "Certificate to issue"),
    ],
)
@pytest.mark.parametrize("apno", [EX_PARTE, UNKNOWN])
def test_a_reexamination_has_steps_of_its_own(papers: list[Paper], status: str, apno: str):
    """From the order to the notice of intent to issue a certificate and the certificate."""
    assert read(*papers, apno=apno).histories.loc[0, "status"] == status


@pytest.mark.parametrize("apno", [EX_PARTE, UNKNOWN])
def test_the_final_action_ends_in_a_certificate_to_come(apno: str):
    """MPEP 2260 to 2287: final, after final, notice of intent; two rounds, both answered, nothing open."""
    tables = read(*COURSE, apno=apno)
    row = tables.histories.loc[0]
    assert (row["actions"], row["non_finals"], row["finals"], row["rounds"]) == (2, 1, 1, 2)
    rounds = tables.rounds.set_index("label")
    final = rounds.loc["Final action in reexamination"]
    assert (final["outcome"], str(final["answered"].date())) == ("on time", "2021-03-03")
    assert rounds.loc["Order for reexamination", "outcome"] == "superseded"
    assert open_periods(tables.rounds, date(2021, 6, 1)).empty
    story = story_of(tables)
    assert "the ex parte reexamination has ended in a certificate to come" in story
    assert "application" not in story.casefold()
    assert findings_of(tables).empty


@pytest.mark.parametrize(
    ("papers", "due", "usual"),
    [
        ([*REQUEST], "2020-05-04", False),  # 35 USC 304, 37 CFR 1.530(b): two months, 2 May 2020 is a Saturday
        ([*REQUEST, NON_FINAL], "2020-11-02", True),  # MPEP 2263: two months, 1 Nov 2020 is a Sunday
        ([*REQUEST, FINAL], "2021-03-04", True),
        ([*REQUEST, (20210104, "RXEPQ.")], "2021-03-04", True),
        ([*REQUEST, FINAL, *AFTER_FINAL], "2021-05-04", True),  # MPEP 2265: a first reply in time adds two months
        ([*REQUEST, FINAL, (20210304, "RXAAF."), (20210404, "RXAAF.")], "2021-05-04", True),
        ([*REQUEST, FINAL, (20210405, "RXAAF.")], "2021-03-04", True),
        ([(20120302, "RXREXO"), (20130103, "RXFR.."), (20130301, "RXAAF.")], "2013-04-03", True),  # 8th ed.: one month
        ([*REQUEST, FINAL, (20210303, "N/AP")], "2021-05-03", False),  # 37 CFR 41.37(a), not 1.136(a)
    ],
)
@pytest.mark.parametrize("apno", [EX_PARTE, UNKNOWN])
def test_periods_are_the_usual_ones_and_no_month_is_bought(papers: list[Paper], due: str, usual: bool, apno: str):
    """37 CFR 1.136(a) is for applicants; in a reexamination time is extended under 37 CFR 1.550(c) alone."""
    tables = read(*papers, apno=apno)
    found = open_periods(tables.rounds, date(2020, 3, 3)).iloc[-1]
    assert (str(found["due"].date()), str(found["last"].date())) == (due, due)
    assert "extendable only under 37 CFR 1.550(c)" in found["words"]
    assert (USUAL in found["words"]) == usual
    assert ("usual" in found["authority"]) == usual


def test_a_reply_after_the_usual_period_may_have_been_given_time():
    """37 CFR 1.550(c): nothing shows whether time was extended but the list, and no month of extension is computed."""
    asked: Paper = (20201020, "RXRQ/T")
    row = read(*REQUEST, NON_FINAL, asked, (20201130, "A...")).rounds.iloc[-1]
    assert row["outcome"] == "answered"
    assert pd.isna(row["extension_months"])
    assert "37 CFR 1.550(c)" in row["explanation"]
    assert "asked for on 20 Oct 2020" in row["explanation"]


def test_the_periods_are_among_those_that_are_shown():
    """The table of periods for people says by which rule alone they are extended."""
    table = period_table()
    mine = table[table["codes"] == "RXR.NF"].iloc[0]
    assert (mine["period"], mine["extension"], mine["bar"]) == ("2 months", "only under 37 CFR 1.550(c)", "6 months")


def test_the_number_of_the_patent_makes_no_grant_of_a_reexamination():
    """The file of a reexamination may bear the number of the patent, and lacks no issue notification."""
    tables = read(*COURSE, patent_number="US7654321B2")
    assert tables.histories.loc[0, "status"] == "Certificate to issue"
    assert findings_of(tables).empty


def test_an_appeal_of_a_reexamination_ends_with_the_board():
    """MPEP 2273 to 2279: brief, answer, reply brief, decision; then the Federal Circuit (37 CFR 90.3)."""
    appeal: list[Paper] = [
        (20210303, "N/AP"), (20210430, "AP.B"), (20211001, "APEA"), (20211130, "APRB"), (20221201, "RXBDAF"),
    ]  # fmt: skip
    tables = read(*REQUEST, FINAL, *appeal)
    assert tables.histories.loc[0, "appeal_outcome"] == "board decision: affirmed"
    last = tables.rounds.iloc[-1]
    assert (last["label"], str(last["due"].date())) == ("Board decision: affirmed", "2023-02-02")
    ended = read(*REQUEST, FINAL, *appeal, (20230401, "RXNIRC")).rounds.iloc[-1]
    assert (ended["outcome"], str(ended["ended"].date())) == ("superseded", "2023-04-01")
    reversed_ = read(*REQUEST, FINAL, *appeal[:-1], (20221201, "RXBDRV"), (20230301, "RXNIRC"))
    assert reversed_.histories.loc[0, "status"] == "Certificate to issue"
    assert reversed_.rounds.iloc[-1]["outcome"] == "answered"


INTER_PARTES: list[Paper] = [
    (20120106, "XI.OSUB"), (20120302, "RXREXO"), (20120302, "RXR.NF"), (20120501, "XI.A..."), (20120530, "XI.RNFRC"),
    (20121001, "XI.ACP"),
]  # fmt: skip


def test_inter_partes_reexamination():
    """37 CFR 1.945 to 1.956: action, response, comments, action closing prosecution, right of appeal notice."""
    tables = read(*INTER_PARTES, apno="US95/002033")
    assert tables.histories.loc[0, "status"] == "Awaiting applicant"
    assert "the inter partes reexamination awaits the patent owner" in story_of(tables)
    closing = open_periods(tables.rounds, date(2012, 10, 2)).iloc[0]
    assert str(closing["due"].date()) == "2012-11-01"  # one month or 30 days: MPEP 2671.02
    assert "extendable only under 37 CFR 1.956" in closing["words"]
    notice: list[Paper] = [(20121031, "XI.ACPOC"), (20130301, "XI.RAN.")]
    appeal = open_periods(read(*INTER_PARTES, *notice, apno="US95/002033").rounds, date(2013, 3, 2)).iloc[0]
    assert str(appeal["due"].date()) == "2013-04-01"
    assert "not extendable" in appeal["words"]  # 37 CFR 1.953(c), 41.61(e)
    assert set(tables.documents.query("code == 'XI.RNFRC'")["side"]) == {"third party"}


def test_supplemental_examination():
    """35 USC 257: a certificate within three months; where a question is found, a reexamination without a statement."""
    asked: Paper = (20140106, "SE.REQ.ORIG")
    done = read(asked, (20140402, "SE.CRT.SNQ.N"), apno="US96/000033")
    assert done.histories.loc[0, "status"] == "Certificate issued"
    assert "supplemental examination" in story_of(done)
    ordered = read(asked, (20140402, "SE.CRT.SNQ.Y"), (20141002, "RXR.NF"), apno="US96/000033")
    assert ordered.rounds["label"].tolist() == ["Non-final action in reexamination"]  # 35 USC 257(b): no statement
    assert str(ordered.rounds.loc[0, "due"].date()) == "2014-12-02"


APPLICATION: list[Paper] = [
    (20160104, "TRNA"), (20170103, "CTNF"), (20170403, "A..."), (20170703, "NOA"), (20170925, "IFEE"),
    (20171101, "ISSUE.NTF"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("papers", "told"),
    [
        ([(20190106, "RXOSUB"), (20190302, "RXREXO"), (20190901, "RXR.NF"), (20200104, "RXFR.."), (20200701, "RXCERT")],
         "reexamination certificate of 1 Jul 2020"),
        ([(20190302, "RXREXO"), (20200104, "RXFR..")], "final action in reexamination of 4 Jan 2020"),
        ([(20190106, "TRIAL.PET.RQ"), (20190706, "TRIAL.REQ.G"), (20200706, "TRIAL.TRMFWD"), (20210101, "TRIAL.CERT")],
         "trial certificate of 1 Jan 2021"),
        ([(20190106, "SE.REQ.ORIG"), (20190402, "SE.CRT.SNQ.N")], "supplemental examination certificate of 2 Apr 2019"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("apno", ["US15/000001", UNKNOWN])
def test_in_the_file_of_the_patent_they_reopen_nothing(papers: list[Paper], told: str, apno: str):
    """The patent stays granted: its examination has the actions that it had, and the rest is told as what it is."""
    tables = read(*APPLICATION, *papers, apno=apno, patent_number="US9800001B2")
    row = tables.histories.loc[0]
    assert (row["status"], row["actions"], row["rounds"], row["pendency_days"]) == ("Granted", 1, 1, 667)
    assert open_periods(tables.rounds, date(2018, 1, 1)).empty
    assert told in story_of(tables)


def test_a_reissue_is_an_application():
    """35 USC 251, MPEP 1440: actions, periods and allowance as in any application."""
    reissue: list[Paper] = [(20160104, "TRREISS"), (20160104, "REIS.DECL"), (20170103, "CTNF")]
    tables = read(*reissue, apno="US15/000001")
    found = open_periods(tables.rounds, date(2017, 1, 4)).iloc[0]
    assert (str(found["due"].date()), str(found["last"].date())) == ("2017-04-03", "2017-07-03")
    assert "the reissue application" in story_of(tables).casefold()


REISSUE: list[Paper] = [(20160104, "TRREISS"), (20160104, "SPEC"), (20160104, "CLM"), (20160104, "REIS.DECL")]


@pytest.mark.parametrize(
    "number",
    ["US7318131B2", "US5123456A", "US7318131C1", "US5012236B1", "USD812345S1", "USPP12009P2", "US 7318131 B2"],
)
@pytest.mark.parametrize(
    "filed",
    [
        REISSUE,
        [(20160104, "SPEC"), (20160104, "CLM"), (20160104, "REIS.DECL")],
        [(20160104, "", "Reissue Patent Application Transmittal"), (20160104, "SPEC"), (20160104, "CLM")],
        [(20160104, "SPEC"), (20160104, "CLM"), (20160104, "", "Reissue Oath or Declaration")],
    ],
)
def test_the_number_of_the_surrendered_patent_is_no_grant_of_its_reissue(filed: list[Paper], number: str):
    """35 USC 251, 37 CFR 1.178: the original patent stands until the reissue is granted, which has an RE number."""
    pending = read(*filed, (20170301, "CTNF"), apno="US15/000001", patent_number=number)
    assert pending.histories.loc[0, "status"] == "Awaiting applicant"
    found = open_periods(pending.rounds, date(2017, 3, 10)).iloc[0]
    assert (str(found["due"].date()), str(found["last"].date())) == ("2017-06-01", "2017-09-01")
    ended = read(*filed, (20170301, "CTNF"), (20171001, "ABN"), apno="US15/000001", patent_number=number)
    assert (ended.histories.loc[0, "status"], ended.histories.loc[0, "status_doubt"]) == ("Abandoned", "")
    assert "no_grant" not in set(findings_of(ended)["kind"])


@pytest.mark.parametrize("number", ["USRE49033E", "USRE49033E1", "US49033E1", "USRE41192C1", "USRE49033"])
def test_a_reissue_is_granted_by_its_own_number(number: str):
    """MPEP 901.04(a), 1455: reissue patents have kind code E and a series of their own."""
    tables = read(*REISSUE, (20170301, "CTNF"), apno="US15/000001", patent_number=number)
    assert tables.histories.loc[0, "status"] == "Granted"


@pytest.mark.parametrize("paper", [(20170305, "COCOUT"), (20170305, "", "Patent Expired"), (20170305, "RXREXO")])
def test_papers_of_the_surrendered_patent_end_no_period_of_its_reissue(paper: Paper):
    """35 USC 251: before its allowance a reissue has no patent of its own to correct or to end."""
    tables = read(*REISSUE, (20170301, "CTNF"), paper, apno="US15/000001", patent_number="US7318131B2")
    assert tables.histories.loc[0, "status"] == "Awaiting applicant"
    assert list(open_periods(tables.rounds, date(2017, 3, 10))["due"].astype(str)) == ["2017-06-01"]


def test_a_reissue_paper_in_the_file_of_a_patent_leaves_it_granted():
    """37 CFR 1.178: a paper about its reissue comes into the file of a patent after its own allowance."""
    papers: list[Paper] = [(20100104, "TRNA"), (20110601, "NOA"), (20110801, "IFEE"), (20160104, "REIS.DECL")]
    assert read(*papers, apno="US12/900001", patent_number="US8000001B2").histories.loc[0, "status"] == "Granted"


@pytest.mark.parametrize(
    ("code", "description", "told"),
    [
        ("IPR2019-00123", "Petition for Inter Partes Review", "petition for inter partes review of 3 Jun 2019"),
        ("", "Petition for Inter Partes Review of U.S. Patent No. 9,800,001", "petition for inter partes review"),
        ("PGR2019-00007", "Final Written Decision", "final written decision of the Board of 3 Jun 2019"),
        ("", "Inter Partes Review Certificate", "inter partes review certificate of 3 Jun 2019"),
        ("", "Ex Parte Reexamination Certificate", "ex parte reexamination certificate of 3 Jun 2019"),
        (
            "",
            "Notice of Intent to Issue Ex Parte Reexamination Certificate",
            "notice of intent to issue a reexamination certificate of 3 Jun 2019",
        ),
    ],
)
def test_papers_of_a_trial_are_told_after_the_grant(code: str, description: str, told: str):
    """37 CFR part 42: what the Board does with the patent is no step of its examination."""
    tables = read(*APPLICATION, (20190603, code, description), apno="US15/000001", patent_number="US9800001B2")
    row = tables.histories.loc[0]
    assert (row["status"], row["actions"], row["unclassified"]) == ("Granted", 1, 0)
    assert told in story_of(tables)


def test_an_information_statement_of_a_reexamination_has_no_stage():
    """37 CFR 1.97 is for applications; the patent owner's statement falls under 37 CFR 1.555."""
    row = read(*REQUEST, (20200501, "IDS"), (20200502, "RXIDS.")).histories.loc[0]
    assert (row["idss"], row["ids_s1"], row["ids_s2"], row["ids_s3"], row["ids_s4"]) == (2, 0, 0, 0, 0)


@pytest.mark.parametrize("code", ["RXVACATE", "VACATE.PROC"])
def test_after_a_vacated_order_nothing_is_due(code: str):
    """MPEP 2246: an order that should not have been made is vacated, and the proceeding with it."""
    tables = read(*REQUEST, (20200401, code))
    assert open_periods(tables.rounds, date(2020, 4, 2)).empty
    assert "has ended without a certificate" in story_of(tables)


def test_in_the_file_of_an_application_the_code_may_be_of_an_interference():
    """The same code stands for a decision that vacates an interference, which ends no application."""
    row = read(*APPLICATION[:3], (20170601, "VACATE.PROC"), apno="US15/000001").histories.loc[0]
    assert row["status"] == "Awaiting office"


def test_after_a_supplemental_examination_the_office_acts_next():
    """35 USC 257(b), 37 CFR 1.625(d)(1), MPEP 2823: no statement of the patent owner, and no period for one."""
    found: list[Paper] = [(20140106, "SE.REQ.ORIG"), (20140402, "SE.CRT.SNQ.Y")]
    tables = read(*found, apno="US96/000033")
    assert tables.histories.loc[0, "status"] == "Awaiting office"
    assert open_periods(tables.rounds, date(2014, 4, 3)).empty
    assert "the supplemental examination awaits the Office" in story_of(tables)
    story = story_of(read(*found, (20141002, "RXR.NF"), apno="US96/000033"))
    assert "began the supplemental examination" in story
    assert "the ex parte reexamination awaits the patent owner" in story


ASKED: Paper = (20201020, "RXRQ/T")
GRANTED: Paper = (20201026, "RXEXTG")


@pytest.mark.parametrize("papers", [[ASKED, GRANTED], [GRANTED]])
def test_a_granted_extension_moves_the_last_day(papers: list[Paper]):
    """37 CFR 1.550(c), MPEP 2265: the decision names the day, which a list of documents does not show."""
    tables = read(*REQUEST, NON_FINAL, *papers)
    told = "but extended by the grant of 26 Oct 2020 to the day that it names, which is not listed (37 CFR 1.550(c))"
    assert told in open_periods(tables.rounds, date(2020, 10, 27)).iloc[0]["words"]
    assert told in story_of(tables)
    answered = read(*REQUEST, NON_FINAL, *papers, (20201201, "A...")).rounds.iloc[-1]
    assert answered["outcome"] == "answered"
    assert "granted on 26 Oct 2020" in answered["explanation"]


def test_an_extension_of_another_action_extends_nothing():
    """MPEP 2265: what was granted for the first action does not move the day of the next."""
    tables = read(*REQUEST, NON_FINAL, GRANTED, *REPLY, FINAL)
    assert "extended by the grant" not in open_periods(tables.rounds, date(2021, 1, 5)).iloc[-1]["words"]


def test_the_transmittal_of_a_response_shows_a_response():
    """MPEP 2266: with it the patent owner responded that day."""
    row = read(*REQUEST, NON_FINAL, (20201102, "RXTRLTR"), (20210104, "RXFR..")).rounds.iloc[1]
    assert (row["outcome"], str(row["answered"].date())) == ("on time", "2020-11-02")


def test_comments_answer_the_action_closing_prosecution_only():
    """37 CFR 1.949 and 1.951(a): an action without a response was followed by the action that closes prosecution."""
    papers: list[Paper] = [(20100601, "RXR.NF"), (20110301, "XI.ACP"), (20110401, "XI.ACPOC")]
    first, closing = read(*papers, apno="US95/000123").rounds.to_dict("records")
    assert (first["outcome"], first["answer"]) == ("superseded", "")
    assert (closing["outcome"], str(closing["answered"].date())) == ("on time", "2011-04-01")


def test_an_unpaid_appeal_ends_in_a_certificate():
    """37 CFR 1.550(d), 1.570, 41.45: there is no application to abandon."""
    appeal: list[Paper] = [(20210303, "N/AP"), (20210430, "AP.B"), (20211001, "APEA")]
    tables = read(*REQUEST, FINAL, *appeal)
    words = open_periods(tables.rounds, date(2021, 10, 2)).iloc[0]["words"]
    assert "the reexamination is concluded with a certificate (37 CFR 1.550(d), 1.570, 41.45(b))" in words
    assert "application" not in words
    assert "application" not in story_of(read(*REQUEST, FINAL, *appeal[:2], (20210901, "RXAP/W")))


@pytest.mark.parametrize(
    ("papers", "told"),
    [
        ([(20200401, "RXRPET")], "unless the petition of 1 Apr 2020 for review of the denial is granted"),
        ([(20200402, "RXPET.")], "unless the petition of 2 Apr 2020 for review of the denial is granted"),
        ([(20200601, "RXRPET")], "the petition of 1 Jun 2020 came after the month for the review of a denial"),
        ([], ""),
        ([(20200401, "RXRPET"), (20200701, "RXPETD")], ""),
    ],
)
def test_a_denial_is_final_when_the_petition_is_decided(papers: list[Paper], told: str):
    """37 CFR 1.515(c), MPEP 2248: within one month the requester may ask the Director to review the denial."""
    tables = read(*REQUEST[:2], (20200302, "RXREXD"), *papers)
    row = tables.histories.loc[0]
    assert row["status"] == "Reexamination ended"
    assert row["status_doubt"].partition(" (37 CFR")[0] == told
    assert told in story_of(tables)


def test_an_appeal_in_a_reexamination_is_none_of_the_application():
    """35 USC 134(b), 306: in the file of the patent its appeal is told, and not counted for the application."""
    papers: list[Paper] = [
        (20190106, "RXOSUB"), (20190302, "RXREXO"), (20200301, "RXFR.."), (20200501, "N/AP"), (20200701, "AP.B"),
        (20201001, "APEA"), (20210601, "RXBDRV"), (20210901, "RXNIRC"),
    ]  # fmt: skip
    tables = read(*APPLICATION, *papers, apno="US15/000001", patent_number="US9800001B2")
    row = tables.histories.loc[0]
    assert (row["appeals"], row["appeal_outcome"], row["status"]) == (0, "", "Granted")
    assert "Board decision" in story_of(tables)
    assert read(*REQUEST, FINAL, (20210303, "N/AP")).histories.loc[0, "appeals"] == 1
