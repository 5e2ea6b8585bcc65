"""A granted patent stays granted: what the number shows, and what is listed after the issue notification.

35 USC 151, 153; 37 CFR 1.313, 1.314; MPEP 901.04(a), 1308, 1309; kind codes of the offices (WIPO ST.16).
"""

from datetime import date

import pandas as pd
import pytest

from components.prosecution import Tables, open_periods, read_histories, read_history, status_in_words, summary_of
from components.prosecution.law.codes import document_codes
from components.prosecution.law.number_formats import grant_kind_of, is_grant
from tests.prosecution.conftest import Paper, make_history

FILED: list[Paper] = [(20180102, "TRNA"), (20180102, "SPEC"), (20180102, "CLM"), (20180102, "OATH")]
ISSUED: list[Paper] = [*FILED, (20200120, "NOA"), (20200325, "IFEE"), (20200506, "ISSUE.NTF")]
TODAY = date(2021, 7, 1)


def read(papers: list[Paper], apno: str = "US00/000001", patent_number: str = "") -> Tables:
    """Read a hand-made history."""
    return read_history(make_history(papers, apno=apno, patent_number=patent_number))


def facts(tables: Tables) -> pd.Series:
    """Return the only row of `histories`."""
    return tables.histories.loc[0]


def last_sentence(tables: Tables) -> str:
    """Return how the summary says that it stands."""
    return summary_of(tables, str(facts(tables)["history"]))[-1].text


@pytest.mark.parametrize(
    ("office", "number"),
    [
        # MPEP 901.04(a): kind codes of the USPTO since 2 Jan 2001, whose first patent is 6,167,569
        ("US", "US6167569B1"),
        ("US", "US11205304B2"),
        ("US", "US6167568A"),
        ("US", "US5012236A"),
        ("US", "US1A"),
        ("US", "USRE41192E1"),
        ("US", "USRE49033E"),
        ("US", "US49033E"),
        ("US", "USD822109S1"),
        ("US", "USD456789S"),
        ("US", "USPP12009P2"),
        ("US", "USPP30000P3"),
        ("US", "USPP11000P"),
        ("US", "US12009P2"),
        # certificates are of a granted patent: B1 to B3 until 2 Jan 2001, then C, F, J, K
        ("US", "US5012236B1"),
        ("US", "US5012236B3"),
        ("US", "US5012236C1"),
        ("US", "USRE37141C1"),
        ("US", "US6778074F1"),
        ("US", "US6778074K1"),
        # EPO
        ("EP", "EP1000000B1"),
        ("EP", "EP0007054B2"),
        ("EP", "EP2458380B3"),
        ("EP", "EP2458380B9"),
        # JPO: 2,500,001 of 29 May 1996 is the first patent of the new law
        ("JP", "JP2500001B2"),
        ("JP", "JP6768620B2"),
        ("JP", "JP7533889B1"),
        ("JP", "JP3012345U"),
        ("JP", "JP1747893S"),
        # KIPO, CNIPA, DPMA
        ("KR", "KR102750114B1"),
        ("KR", "KR100123456B1"),
        ("KR", "KR200412345Y1"),
        ("CN", "CN101234567B"),
        ("CN", "CN100596351B"),
        ("CN", "CN1398102C"),
        ("DE", "DE102005000001B4"),
        ("DE", "DE19630877C1"),
        ("DE", "DE3106419C2"),
        ("DE", "DE602016095006T2"),
        # others
        ("TW", "TWI234567B"),
        ("RU", "RU2345678C2"),
        ("GB", "GB2345678B"),
        ("FR", "FR2678901B1"),
        # without a kind code: the USPTO has no other publication of these forms (MPEP 901.04, 503, 1120)
        ("US", "US10765880"),
        ("US", "US7318131"),
        ("US", "USRE49033"),
        ("US", "USD812345"),
        ("US", "USPP12009"),
        # B alone where no number of the old law has so high a serial number; amended patents
        ("JP", "JP6768620B"),
        ("GB", "GB2345678C"),
        # kind codes of further offices (WIPO Handbook, part 7.3)
        ("CN", "CN213456789U"),
        ("CN", "CN201234567Y"),
        ("CN", "CN306789012S"),
        ("CA", "CA2345678C"),
        ("CA", "CA1234567A"),
        ("ES", "ES2345678B1"),
        ("ES", "ES2345678B2"),
        ("ES", "ES2345678T3"),
        ("AT", "AT512345B1"),
        ("AT", "AT401234B"),
        ("CH", "CH701234B1"),
        ("CH", "CH678901A5"),
        ("NL", "NL1034567C2"),
        ("NL", "NL2012345B1"),
        ("SE", "SE531234C2"),
        ("DK", "DK178123B1"),
        ("DK", "DK2345678T3"),
        ("FI", "FI123456B"),
        ("NO", "NO341234B1"),
        ("BR", "BRPI0512345B1"),
        ("BR", "BR112012012345B1"),
        ("MX", "MX345678B"),
        ("EA", "EA012345B1"),
        ("IE", "IE84123B1"),
        ("IT", "IT1412345B1"),
    ],
)
def test_a_number_shows_a_grant(office: str, number: str):
    """By form, kind code and range, as the offices' lists of kind codes give them."""
    assert is_grant(office, number)


@pytest.mark.parametrize(
    ("office", "number"),
    [
        ("US", "US20170071586A1"),
        ("US", "US20010012345P1"),
        ("US", "US20030001234A9"),
        ("US", "US14/706838"),
        ("US", "USH2345H"),  # a statutory invention registration is no patent: pre-AIA 35 USC 157
        ("US", "US12009P4"),
        ("US", ""),
        ("EP", "EP1000000A1"),
        ("EP", "EP4137511A4"),
        ("JP", "JP2019061579A"),
        ("JP", "JPH0812345B2"),  # kokoku: an examined application
        ("JP", "JP2499999B2"),
        ("JP", "JP1234567B2"),
        ("JP", "JPS6012345B"),
        ("JP", "JPH0612345U"),
        ("KR", "KR970001234B1"),  # until October 1997 an examined application
        ("KR", "KR910004567B1"),
        ("KR", "KR1020150124192A"),
        ("CN", "CN1003001B"),  # until 30 December 1992 an examined application
        ("CN", "CN1019808B"),
        ("CN", "CN85100001B"),
        ("CN", "CN101234567A"),
        ("DE", "DE1234567B"),  # Auslegeschrift, 1957 to 1981
        ("DE", "DE2456789B2"),
        ("DE", "DE1122334B1"),
        ("DE", "DE3106419A1"),
        ("DE", "DE602016095006T1"),
        ("DE", "DE202015000001U1"),
        ("AU", "AU2005202049B2"),  # acceptance, open to opposition before the grant: Patents Act 1990, section 59
        ("TW", "TW234567B"),
        ("WO", "WO2015000001A1"),
        # without a kind code: publications of applications have eleven digits, applications a slash (MPEP 503, 1120)
        ("US", "US20170071586"),
        ("US", "US14706838"),
        ("US", "US15/000001"),
        # may be the examined application H05-012345, or the application H05-012345 of a utility model
        ("JP", "JP5012345B"),
        ("JP", "JP5012345U"),
        ("CA", "CA2345678A1"),
        ("ES", "ES2345678A1"),
        ("CH", "CH678901A3"),  # examined application
        ("CH", "CH701234A2"),
        ("NL", "NL190123B"),  # examined applications that were published for opposition
        ("NL", "NL8601234A"),
        ("SE", "SE431234B"),
        ("DK", "DK151234B"),
        ("FI", "FI80123B"),
        ("NO", "NO171234B"),
        ("CN", "CN87201234U"),
        ("CN", "CN2012345U"),
        ("BR", "BRPI0512345A2"),
        ("MX", "MX2012012345A"),
        ("EA", "EA201200123A1"),
    ],
)
def test_a_number_shows_no_grant(office: str, number: str):
    """Applications, and examined applications that were published for opposition before any grant."""
    assert not is_grant(office, number)


@pytest.mark.parametrize(
    ("number", "shown_as"),
    [
        ("US5012236B1", "reexamination certificate"),
        ("US6167568B2", "reexamination certificate"),
        ("US6167569B2", "number"),
        ("US5012236C1", "reexamination certificate"),
        ("US8697359K1", "inter partes review certificate"),
        ("US5012236A", "number"),
    ],
)
def test_a_certificate_is_called_one(number: str, shown_as: str):
    """MPEP 901.04(a): B1 and B2 were reexamination certificates until 2 Jan 2001 and are patents since."""
    kind = grant_kind_of("US", number)
    assert kind is not None
    assert kind.shown_as == shown_as


@pytest.mark.parametrize("later", [20200520, 20210610])
@pytest.mark.parametrize(
    "code",
    ["A...", "A.NE", "A.NA", "AMSB", "A.PE", "ELC.", "LET.", "PET.OP", "PETDEC", "IDS", "RCEX", "N/AP", "AP.B", "COCIN",
     "COCOUT", "XT/", "IFEE", "PA..", "M327", "CTMS", "RXOSUB", "RXREXO", "RXCERT", "REIS.DECL"],
)  # fmt: skip
def test_nothing_that_is_filed_after_the_issue_notification_reopens(code: str, later: int):
    """37 CFR 1.313 and 1.314: only a withdrawal from issue stops the issue."""
    tables = read([*ISSUED, (later, code)])
    assert (facts(tables)["status"], facts(tables)["status_evidence"]) == (
        "Granted",
        "issue notification of 6 May 2020",
    )
    assert facts(tables)["issued"] == pd.Timestamp("2020-05-06")
    assert open_periods(tables.rounds, TODAY).empty


def test_no_paper_of_any_code_reopens_a_patent_a_year_after_its_issue():
    """Whatever code the Office or the applicant uses, the patent stays one, and nobody owes an answer."""
    codes = [row.code for row in document_codes("US")]
    numbered = enumerate(codes)
    tables = read_histories(make_history([*ISSUED, (20210610, code)], apno=f"US00/{n:06}") for n, code in numbered)
    assert len(codes) > 500
    assert [code for code, status in zip(codes, tables.histories["status"], strict=True) if status != "Granted"] == []
    assert open_periods(tables.rounds, TODAY).empty


@pytest.mark.parametrize(
    ("office", "granted"),
    [
        ("EP", [(20040101, "1001"), (20070101, "2004"), (20080101, "2006A")]),
        ("JP", [(20040101, "A63"), (20070101, "A01"), (20080101, "R150")]),
    ],
)
def test_no_paper_of_any_code_reopens_a_patent_of_another_office(office: str, granted: list[Paper]):
    """Two years after the decision to grant, or the certificate, the examination is over (Art. 97 EPC)."""
    codes = [row.code for row in document_codes(office)]
    apno = {"EP": "EP0400{:04}", "JP": "JP2004-00{:04}"}[office]
    histories = (make_history([*granted, (20100610, code)], apno=apno.format(n)) for n, code in enumerate(codes))
    tables = read_histories(histories)
    assert [code for code, status in zip(codes, tables.histories["status"], strict=True) if status != "Granted"] == []
    opened = tables.rounds.query("opened == '2010-06-10'")
    assert set(opened["kind"]) <= {"notice_of_appeal", "opposition"}


def test_many_papers_after_the_issue_leave_a_patent_a_patent():
    """A misfiled reply, an action, an appeal, an RCE and a notice of abandonment, a year later."""
    later = ["A...", "CTNF", "N/AP", "RCEX", "ABN", "PET.OP", "PETDEC", "NOA"]
    tables = read([*ISSUED, *((20210601 + number, code) for number, code in enumerate(later))])
    row = facts(tables)
    assert (row["status"], row["issued"]) == ("Granted", pd.Timestamp("2020-05-06"))
    assert pd.isna(row["abandoned"])
    assert row["fingerprint"].endswith("Issue 2020")
    assert set(tables.rounds["label"]) == {"Notice of allowance", "Petition"}
    assert open_periods(tables.rounds, TODAY).empty
    told = " ".join(sentence.text for sentence in summary_of(tables, str(row["history"])))
    assert "After the issue notification of 6 May 2020 came" in told
    assert last_sentence(tables).endswith("the application stands as granted (issue notification of 6 May 2020).")


@pytest.mark.parametrize(
    ("papers", "status", "doubt"),
    [
        # 37 CFR 1.313(c), MPEP 1308: withdrawn from issue between the notification and the day of issue
        ([(20200512, "ISSUE.WD.NTC")], "Awaiting office", ""),
        ([(20200512, "PETWDISS"), (20200512, "RCEX"), (20200514, "PETDEC", "Petition Decision - Granted")],
         "Awaiting office", ""),
        ([(20200512, "PETWDISS"), (20200512, "PET.AUTO"), (20200512, "PET.DEC.AUTO"), (20200512, "RCEX")],
         "Awaiting office", ""),
        ([(20200512, "PETWDISS"), (20200514, "PETDEC", "Petition Decision - Granted")], "Awaiting office", ""),
        ([(20200512, "PETWDISS"), (20200512, "RCEX"), (20200514, "PETDEC"), (20200901, "CTNF")],
         "Awaiting applicant", ""),
        # an RCE in that time of which the Office took notice
        ([(20200512, "RCEX"), (20200901, "CTNF")], "Awaiting applicant", ""),
        # how it was decided is not listed
        ([(20200512, "PETWDISS"), (20200512, "RCEX"), (20200514, "PETDEC")], "Awaiting office",
         ("unless the petition to withdraw from issue of 12 May 2020 was refused: "
         "how the petition decision of 14 May 2020 went is not listed")),
        ([(20200512, "PETWDISS"), (20200512, "RCEX")], "Granted",
         "unless the petition to withdraw from issue of 12 May 2020 was granted: no decision on it is listed"),
        ([(20200512, "PETWDISS"), (20200514, "PETDEC", "Petition Decision - Dismissed")], "Granted", ""),
        # too late: the patent has issued
        ([(20210512, "PETWDISS"), (20210514, "PETDEC", "Petition Decision - Granted")], "Granted", ""),
        ([(20210512, "ISSUE.WD.NTC")], "Granted", ""),
        ([(20200526, "EGRANT.NTF"), (20200528, "ISSUE.WD.NTC")], "Granted", ""),
        # withdrawn, allowed and notified again
        ([(20200512, "ISSUE.WD.NTC"), (20200512, "RCEX"), (20200901, "NOA"), (20200915, "IFEE"),
          (20201021, "ISSUE.NTF"), (20211021, "A...")], "Granted", ""),
    ],
)  # fmt: skip
def test_only_a_withdrawal_from_issue_undoes_an_issue_notification(papers: list[Paper], status: str, doubt: str):
    """37 CFR 1.313(c) and (d); MPEP 1308: a withdrawal counts before the day of issue, if it was granted."""
    row = facts(read([*ISSUED, *papers]))
    assert (row["status"], row["status_doubt"]) == (status, doubt)


@pytest.mark.parametrize("petition", [[], [(20200512, "PETWDISS")]])
@pytest.mark.parametrize("decision", [[], [(20200514, "PET.OP.DEC")], [(20200514, "PETDEC", "Petition granted")]])
@pytest.mark.parametrize("after", [(20200901, "NOA"), (20200901, "NOA", "Notice of Allowance and Fees Due (PTOL-85)")])
def test_an_allowance_after_a_withdrawal_from_issue_is_what_counts(
    petition: list[Paper], decision: list[Paper], after: Paper
):
    """37 CFR 1.114, 1.313(c)(2); MPEP 1308: an RCE after the fee was examined, and allowed again: a new fee is due."""
    tables = read([*ISSUED, *petition, (20200512, "RCEX"), *decision, after])
    row = facts(tables)
    assert (row["status"], row["status_evidence"]) == ("Allowed", "notice of allowance of 1 Sep 2020")
    assert [str(due.date()) for due in open_periods(tables.rounds, date(2020, 9, 2))["due"]] == ["2020-12-01"]


@pytest.mark.parametrize(
    ("papers", "status", "doubt"),
    [
        # within the weeks until the grant: no abandonment is listed that withdrew it from issue (37 CFR 1.313)
        ([(20200512, "ABN")], "Granted", "unless the notice of abandonment of 12 May 2020 came before the grant"),
        ([(20200601, "ABN")], "Granted", "unless the notice of abandonment of 1 Jun 2020 came before the grant"),
        # the notice was taken back (MPEP 711.03(c)), or came after the day of issue
        ([(20200512, "ABN"), (20200518, "PETDEC", "Decision withdrawing holding of abandonment")], "Granted", ""),
        ([(20200526, "EGRANT.NTF"), (20200601, "ABN")], "Granted", ""),
        ([(20200901, "ABN")], "Granted", ""),
        # given up by the applicant (37 CFR 1.138, 1.313(c)(3)), or revived later: then no patent had issued
        ([(20200508, "EABN"), (20200512, "ABN")], "Abandoned", None),
        ([(20200512, "ABN.EXPRESS")], "Abandoned", None),
        ([(20200512, "ABN"), (20200601, "PET.OP"), (20200801, "PET.OP.DEC", "Petition decision - granted")],
         "Awaiting office", None),
        ([(20200512, "ISSUE.WD.NTC"), (20200518, "ABN")], "Abandoned", None),
    ],
)  # fmt: skip
def test_a_notice_of_abandonment_after_the_issue_notification(papers: list[Paper], status: str, doubt: str | None):
    """A patent stays granted unless it was withdrawn from issue: 37 CFR 1.313, 1.314; MPEP 1308."""
    row = facts(read([*ISSUED, *papers]))
    assert row["status"] == status
    if doubt is not None:
        assert row["status_doubt"] == doubt


def test_a_second_notification_is_the_one_that_stands():
    """After a withdrawal from issue the patent issues with the later notification."""
    again: list[Paper] = [(20200512, "ISSUE.WD.NTC"), (20200901, "NOA"), (20200915, "IFEE"), (20201021, "ISSUE.NTF")]
    assert facts(read([*ISSUED, *again]))["issued"] == pd.Timestamp("2020-10-21")


def test_a_number_given_before_a_withdrawal_from_issue_is_no_evidence():
    """MPEP 1308: the number of a patent withdrawn from issue is not used again."""
    row = facts(read([*ISSUED, (20200512, "ISSUE.WD.NTC")], patent_number="US10765880B2"))
    assert (row["status"], row["issued"]) == ("Awaiting office", pd.NaT)
    assert row["status_doubt"] == "the number US 10,765,880 B2 is of a granted patent"


def test_a_number_goes_before_a_withdrawal_that_is_only_suggested():
    """An RCE after the notification, and an action after it, suggest a withdrawal from issue; the number denies it."""
    row = facts(read([*ISSUED, (20200512, "RCEX"), (20200901, "CTNF")], patent_number="US10765880B2"))
    assert status_in_words(row) == (
        "Granted (by the number US 10,765,880 B2; the list ends with the non-final rejection of 1 Sep 2020)"
    )


@pytest.mark.parametrize(
    ("apno", "number", "papers", "evidence"),
    [
        ("US00/000001", "US11205304B2", [*FILED, (20200120, "NOA")],
         "by the number US 11,205,304 B2; the list ends with the notice of allowance of 20 Jan 2020"),
        ("US00/000001", "US11205304B2", [*FILED, (20200120, "CTNF")],
         "by the number US 11,205,304 B2; the list ends with the non-final rejection of 20 Jan 2020"),
        ("US00/000001", "US11205304B2", [*FILED, (20200120, "CTFR"), (20200825, "ABN")],
         "by the number US 11,205,304 B2; the list ends with the notice of abandonment of 25 Aug 2020"),
        ("US07/000001", "US5012236B1", [(19890120, "CTNF")],
         ("by the reexamination certificate US 5,012,236 B1; "
         "the list ends with the non-final rejection of 20 Jan 1989")),
        ("EP10000001", "EP2458380B1", [(20150101, "2001"), (20160101, "2007")],
         "by the number EP 2 458 380 B1; the list ends with the decision to refuse of 1 Jan 2016"),
        ("JP2017-187096", "JP6768620B2", [(20200901, "A01")],
         "by the number JP 6768620 B2; the list ends with the decision to grant of 1 Sep 2020"),
    ],
)  # fmt: skip
def test_the_number_shows_a_grant_that_the_list_does_not_reach(
    apno: str, number: str, papers: list[Paper], evidence: str
):
    """The status says that it rests on the number, and with what the list ends; nothing is left to answer."""
    tables = read(papers, apno=apno, patent_number=number)
    row = facts(tables)
    assert (row["status"], row["status_evidence"]) == ("Granted", evidence)
    assert status_in_words(row) == f"Granted ({evidence})"
    stands = "application stands as granted" if row["office"] == "US" else "patent has been granted"
    assert last_sentence(tables).endswith(f"the {stands} ({evidence}).")
    assert pd.isna(row["issued"])
    assert open_periods(tables.rounds, TODAY).empty


def test_an_empty_list_of_a_patent_is_of_a_granted_one():
    """Nothing is listed, and the number is that of a patent."""
    row = facts(read([], patent_number="US11205304B2"))
    assert status_in_words(row) == "Granted (by the number US 11,205,304 B2; no paper is listed)"


@pytest.mark.parametrize("number", ["US20190012345A1", "", "14/706,838"])
def test_the_number_of_an_application_shows_no_grant(number: str):
    """A publication of an application leaves the status to the papers."""
    row = facts(read([*FILED, (20200120, "NOA")], patent_number=number))
    assert (row["status"], row["status_evidence"]) == ("Allowed", "notice of allowance of 20 Jan 2020")


def test_the_number_of_the_application_itself_shows_no_grant():
    """MPEP 503: 10/765,880 is an application of 2004, and 10,765,880 a patent of 2020."""
    row = facts(read([*FILED, (20200120, "CTNF")], apno="US10/765880", patent_number="US10765880"))
    assert row["status"] == "Awaiting applicant"


def test_an_examined_application_of_japan_is_not_granted():
    """Kokoku numbers of the old law are of applications published for opposition (EPO, numbering of Japan)."""
    row = facts(read([(19940120, "A01")], apno="JP1990-000001", patent_number="JPH0612345B2"))
    assert row["status"] == "Allowed"


def test_a_certificate_of_correction_shows_a_grant():
    """35 USC 254 and 255: only a patent is corrected by a certificate."""
    row = facts(read([*FILED, (20200120, "NOA"), (20200220, "IFEE"), (20200920, "COCOUT")]))
    assert (row["status"], row["status_evidence"]) == (
        "Granted",
        "certificate of correction of 20 Sep 2020; no issue notification is listed",
    )


@pytest.mark.parametrize(
    ("apno", "number", "papers", "status"),
    [
        # Art. 101(2) and (3)(b) EPC; an appeal has suspensive effect: Art. 106(1)
        ("EP04000001", "", [(20080120, "2006A"),
                            (20100120, "", "Decision revoking the European patent (Art. 101(3)(b) EPC)")], "Revoked"),
        ("EP04000001", "EP1500000B1", [(20080120, "", "Decision revoking the European patent")], "Revoked"),
        ("EP04000001", "", [(20080120, "", "Decision revoking the European patent")], "Revoked"),
        ("EP04000001", "", [(20080120, "2006A"), (20100120, "", "Decision revoking the European patent"),
                            (20100320, "", "Notice of appeal")], "Granted"),
        ("EP04000001", "", [(20080120, "2006A"), (20100120, "", "Decision rejecting the opposition")], "Granted"),
        ("EP04000001", "", [(20080120, "2006A"),
                            (20080620, "", "Letter relating to the revocation of the automatic debiting procedure")],
         "Granted"),
        # 37 CFR 1.362(g): the patent expires where a maintenance fee is not paid; reinstated by 37 CFR 1.378
        ("US00/000001", "", [(20200120, "NOA"), (20200505, "ISSUE.NTF"),
                             (20240601, "", "Patent Expired Due to NonPayment of Maintenance Fees")], "Lapsed"),
        ("US00/000001", "", [(20200120, "NOA"), (20200505, "ISSUE.NTF"), (20240601, "", "Patent Expired"),
                             (20241001, "", "Patent Reinstated")], "Granted"),
        # Patent Act of Japan, Art. 114 and 125
        ("JP2010-000001", "JP5000001B2", [(20120120, "A01"), (20150120, "", "取消決定")], "Revoked"),
        ("JP2010-000001", "JP5000001B2", [(20120120, "A01"), (20150120, "", "審決（無効）")], "Revoked"),
        ("DE102005000001", "DE102005000001B4", [(20150120, "", "Beschluss über den Widerruf des Patents")], "Revoked"),
    ],
)  # fmt: skip
def test_what_ended_a_patent_goes_before_its_grant(apno: str, number: str, papers: list[Paper], status: str):
    """Revocation and lapse as the titles of the papers tell them; an undecided appeal lets the patent stand."""
    assert facts(read(papers, apno=apno, patent_number=number))["status"] == status


def test_an_application_withdrawn_by_its_applicant_stays_so_whatever_its_number():
    """Papers go before the number; the contradiction is told."""
    row = facts(read([(20120120, "A63"), (20150120, "A761")], apno="JP2012-000001", patent_number="JP5000001B2"))
    assert (row["status"], row["status_doubt"]) == ("Abandoned", "the number JP 5000001 B2 is of a granted patent")


@pytest.mark.parametrize("allowed", [[], [(20200120, "NOA")], [(20200120, "NOA"), (20200220, "IFEE")]])
@pytest.mark.parametrize(
    ("code", "noun"),
    [
        ("TRIAL.PET.RQ", "petition for trial"),
        ("TRIAL.REQ.G", "grant of the trial"),
        ("TRIAL.CERT", "trial certificate"),
        ("RXCERT", "reexamination certificate"),
    ],
)
def test_a_proceeding_about_a_patent_shows_its_grant(allowed: list[Paper], code: str, noun: str):
    """35 USC 257, 302, 311 and 321: only a patent is reexamined or tried before the Board."""
    tables = read([*FILED, *allowed, (20210120, code)], apno="US15/000001")
    row = facts(tables)
    evidence = f"{noun} of 20 Jan 2021; no issue notification is listed"
    assert (row["status"], row["status_evidence"]) == ("Granted", evidence)
    assert open_periods(tables.rounds, TODAY).empty


@pytest.mark.parametrize(
    ("papers", "status"),
    [
        # a reissue application, whose file may hold papers about the patent that it is to replace: MPEP 1442
        ([(20180102, "TRREISS"), (20190101, "CTNF"), (20190301, "TRIAL.PET.RQ")], "Awaiting applicant"),
        # the Office went on examining: the paper is about another patent
        ([*FILED, (20190301, "TRIAL.PET.RQ"), (20190401, "CTNF")], "Awaiting applicant"),
        # before a grant: 35 USC 135
        ([*FILED, (20190101, "CTNF"), (20190301, "INT.DECL")], "Awaiting applicant"),
    ],
)
def test_a_trial_that_is_of_no_patent_of_this_file_shows_no_grant(papers: list[Paper], status: str):
    """An interference is of an application, and a reissue application is none of a patent granted on it."""
    assert facts(read(papers, apno="US15/000001"))["status"] == status


def told_of(tables: Tables) -> str:
    """Return the summary of the only history."""
    return " ".join(sentence.text for sentence in summary_of(tables, str(facts(tables)["history"])))


def test_what_is_filed_after_the_issue_is_told_though_it_changes_nothing():
    """37 CFR 1.313: a stray notice of allowance or express abandonment years later is told as listed."""
    told = told_of(read([*ISSUED, (20210601, "NOA"), (20210701, "EABN")]))
    assert "After the issue notification of 6 May 2020 came the further notice of allowance of 1 Jun 2021" in told
    assert "the express abandonment of 1 Jul 2021" in told


def test_a_trial_is_told_where_the_grant_is_known_by_the_number():
    """35 USC 311: the petition is about the patent, whose issue the list does not reach."""
    tables = read([*FILED, (20200120, "NOA"), (20210301, "TRIAL.PET.RQ")], patent_number="US11205304B2")
    assert "The list also holds, of the granted patent, the petition for trial of 1 Mar 2021" in told_of(tables)


@pytest.mark.parametrize("day", [None, 19000101])
def test_papers_without_a_plausible_date_are_not_called_none(day: int | None):
    """The list holds a paper, only its day is not known."""
    row = facts(read([(day, "CTNF")], apno="US15/000001", patent_number="US11205304B2"))
    assert status_in_words(row) == "Granted (by the number US 11,205,304 B2; no paper with a plausible date is listed)"
