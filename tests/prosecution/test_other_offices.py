"""Lists of papers as the offices other than the USPTO and the EPO make them, and what became of each application.

KR10-2019-0100885 begins with the public administrative history of that application (KIPRIS, 19 Aug 2019 to 1 Jul
2020); the days of the German list to 2015 are those that the Federal Patent Court tells in 7 W (pat) 12/15 for 10 2012
019 863.9. All else is composed, with the titles that stand in `test_titles_of_offices.py`. What each list means was
written down by hand.
"""

from typing import NamedTuple

import pytest

from components.prosecution import read_histories, summary_of
from tests.prosecution.conftest import Paper, make_history

JAPAN: list[Paper] = [
    (20150619, "", "特許願"),
    (20180601, "", "出願審査請求書"),
    (20190315, "", "拒絶理由通知書"),
    (20190514, "", "意見書"),
    (20190514, "", "手続補正書"),
    (20190920, "", "最後の拒絶理由通知書"),
    (20191118, "", "意見書"),
    (20191118, "", "手続補正書"),
    (20200110, "", "補正の却下の決定"),
    (20200110, "", "拒絶査定"),
    (20200410, "", "審判請求書"),
    (20200410, "", "手続補正書"),
    (20200420, "", "審査前置移管通知"),
    (20200701, "", "前置報告書"),
    (20210105, "", "審尋"),
    (20210305, "", "回答書"),
    (20210901, "", "審決"),
    (20210930, "", "設定納付書"),
    (20211020, "", "特許証"),
]
JAPAN_IN_ENGLISH: list[Paper] = [
    (20170104, "A63", "Request for a Patent (TRANSLATED)"),
    (20190701, "A621", "Request for Examination (TRANSLATED)"),
    (20200601, "", "Notice of Reasons for Refusal"),
    (20200828, "", "Written Argument"),
    (20200828, "", "Written Amendment"),
    (20201210, "", "Decision of Refusal"),
    (20210401, "", "Written Request for Appeal"),
    (20210401, "", "Written Amendment"),
    (20210610, "", "Decision to Grant a Patent"),
    (20210706, "", "Payment of Registration Fee"),
]
KOREA: list[Paper] = [
    (20190819, "", "[분할출원]특허출원서"),
    (20191112, "", "의견제출통지서"),
    (20200110, "", "[지정기간연장]기간연장(단축, 경과구제)신청서"),
    (20200212, "", "[명세서등 보정]보정서"),
    (20200212, "", "[거절이유 등 통지에 따른 의견]의견(답변, 소명)서"),
    (20200601, "", "거절결정서"),
    (20200701, "", "[거절이유 등 통지에 따른 의견]의견서·답변서·소명서"),
    (20200701, "", "[명세서등 보정]보정서(재심사)"),
    (20200902, "", "특허결정서"),
    (20201002, "", "[설정등록]특허료납부서"),
    (20201005, "", "특허증"),
]
TAIWAN: list[Paper] = [
    (20190705, "", "發明專利申請書"),
    (20190705, "", "實體審查申請書"),
    (20190910, "", "核發申請號通知函"),
    (20201101, "", "審查意見通知函"),
    (20210201, "", "申復書"),
    (20210201, "", "修正申請書"),
    (20210601, "", "核駁審定書"),
    (20210801, "", "再審查申請書"),
    (20220201, "", "審查意見通知函"),
    (20220401, "", "申復書"),
    (20220701, "", "再審查核准審定書"),
    (20220901, "", "領證申請書"),
    (20221001, "", "專利證書"),
]
GERMANY: list[Paper] = [
    (20121010, "", "Antrag: Erteilung eines Patents"),
    (20121010, "", "Prüfungsantrag"),
    (20121105, "", "Bibliografie-Mitteilung Standard"),
    (20140604, "", "Prüfungsbescheid"),
    (20141001, "", "Eingabe"),
    (20150302, "", "Zurückweisungsbeschluss"),
    (20150320, "", "Beschwerde"),
    (20161104, "", "Beschluss des Bundespatentgerichts"),
    (20170201, "", "Prüfungsbescheid"),
    (20170501, "", "Erwiderung auf den Prüfungsbescheid"),
    (20170901, "", "Erteilungsbeschluss"),
    (20171214, "", "Patenturkunde"),
]
FRANCE: list[Paper] = [
    (20191105, "", "Requête en délivrance"),
    (20200701, "", "Rapport de recherche préliminaire"),
    (20200701, "", "Opinion écrite"),
    (20201001, "", "Réponse au rapport de recherche préliminaire"),
    (20210301, "", "Mise en demeure avant rejet"),
    (20210501, "", "Observations du déposant"),
    (20210801, "", "Paiement de la redevance de délivrance"),
    (20211001, "", "Décision de délivrance"),
]
BRITAIN: list[Paper] = [
    (20190828, "", "Form 1"),
    (20190828, "", "Form 9A"),
    (20191201, "", "Preliminary examination report"),
    (20200210, "", "Search report under section 17(5)"),
    (20210301, "", "Form 10"),
    (20210601, "", "Examination report under section 18(3)"),
    (20211001, "", "Response to examination report"),
    (20211101, "", "Abbreviated examination report"),
    (20220201, "", "Amended claims"),
    (20220301, "", "Intention to grant"),
    (20220501, "", "Notification of grant"),
    (20220601, "", "Certificate of grant"),
]
AUSTRALIA: list[Paper] = [
    (20190110, "", "Patent Request"),
    (20190110, "", "Complete Specification"),
    (20210301, "", "Direction to request examination"),
    (20210401, "", "Request for examination"),
    (20210901, "", "Examination Report No. 1"),
    (20220601, "", "Response to Examination Report No. 1"),
    (20220615, "", "Examination report No 2"),
    (20220801, "", "Statement of proposed amendments"),
    (20220820, "", "Notice of Acceptance"),
    (20220901, "", "Acceptance fee"),
    (20221215, "", "Notice of grant"),
]
CANADA: list[Paper] = [
    (20170929, "", "National Entry Request"),
    (20170929, "", "Claims"),
    (20210324, "", "Request for Examination"),
    (20220401, "", "Examiner Requisition"),
    (20220801, "", "Amendment"),
    (20221001, "", "Examiner Requisition"),
    (20230210, "", "Deemed Abandoned - Failure to Respond to an Examiner's Requisition"),
    (20230401, "", "Request for reinstatement"),
    (20230401, "", "Amendment"),
    (20230420, "", "Notice of reinstatement"),
    (20230601, "", "Final Action"),
    (20230901, "", "Response to Final Action"),
    (20231001, "", "Notice of Allowance"),
    (20231201, "", "Final Fee"),
    (20240105, "", "Electronic Grant Certificate"),
]
NUMBERS = {
    "JP": "JP2015-123456",
    "KR": "KR10-2019-0100885",
    "TW": "TW108123456",
    "DE": "DE102012019863",
    "FR": "FR1912345",
    "GB": "GB1912345.6",
    "AU": "AU2019200123",
    "CA": "CA2980911",
}


class Whole(NamedTuple):
    """A whole list, and what was read from it by hand."""

    office: str
    papers: list[Paper]
    rounds: list[tuple[str, int, int]]
    """What opens it, on which day, and on which it was answered."""
    actions: int
    allowances: int
    issued: int


WHOLE = [
    Whole(
        "JP",
        JAPAN,
        [
            ("Request for examination", 20180601, 20190315),
            ("Notice of reasons for refusal", 20190315, 20190514),
            ("Notice of reasons for refusal", 20190920, 20191118),
            ("Decision of refusal", 20200110, 20200410),
            ("Appeal against refusal", 20200410, 20210901),
            ("Communication of the panel", 20210105, 20210305),
        ],
        actions=3,
        allowances=0,
        issued=20211020,
    ),
    Whole(
        "KR",
        KOREA,
        [
            ("Notice of grounds for rejection", 20191112, 20200212),
            ("Decision of refusal", 20200601, 20200701),
            ("Decision to grant", 20200902, 20201002),
        ],
        actions=2,
        allowances=1,
        issued=20201005,
    ),
    Whole(
        "TW",
        TAIWAN,
        [
            ("Notice of examination opinions", 20201101, 20210201),
            ("Decision of refusal", 20210601, 20210801),
            ("Notice of examination opinions", 20220201, 20220401),
            ("Decision to grant", 20220701, 20220901),
        ],
        actions=3,
        allowances=1,
        issued=20221001,
    ),
    Whole(
        "DE",
        GERMANY,
        [
            ("Examination report", 20140604, 20141001),
            ("Decision of refusal", 20150302, 20150320),
            ("Appeal", 20150320, 20161104),
            ("Examination report", 20170201, 20170501),
        ],
        actions=3,
        allowances=0,
        issued=20170901,
    ),
    Whole(
        "FR",
        FRANCE,
        [("Search report", 20200701, 20201001), ("Notice before rejection", 20210301, 20210501)],
        actions=1,
        allowances=0,
        issued=20211001,
    ),
    Whole(
        "GB",
        BRITAIN,
        [("Examination report", 20210601, 20211001), ("Examination report", 20211101, 20220201)],
        actions=2,
        allowances=1,
        issued=20220501,
    ),
    Whole(
        "AU",
        AUSTRALIA,
        [
            ("Direction to request examination", 20210301, 20210401),
            ("Examination report", 20210901, 20220601),
            ("Examination report", 20220615, 20220801),
            ("Notice of acceptance", 20220820, 20220901),
        ],
        actions=2,
        allowances=1,
        issued=20221215,
    ),
    Whole(
        "CA",
        CANADA,
        [
            ("Examiner's requisition", 20220401, 20220801),
            ("Examiner's requisition", 20221001, 20230401),
            ("Deemed abandonment", 20230210, 20230401),
            ("Final action", 20230601, 20230901),
            ("Notice of allowance", 20231001, 20231201),
        ],
        actions=3,
        allowances=1,
        issued=20240105,
    ),
]


def number(day: object) -> int:
    """Return a date of a table as `yyyymmdd`."""
    return int(f"{day:%Y%m%d}")


@pytest.mark.parametrize("whole", WHOLE, ids=lambda whole: whole.office)
def test_each_communication_is_paired_with_its_answer(whole: Whole):
    """Communication and reply, refusal and appeal or re-examination, allowance and fee, by the office's law."""
    tables = read_histories([make_history(whole.papers, apno=NUMBERS[whole.office])])
    rounds = [(row.label, number(row.opened), number(row.answered)) for row in tables.rounds.itertuples()]
    assert rounds == whole.rounds


@pytest.mark.parametrize("whole", WHOLE, ids=lambda whole: whole.office)
def test_actions_allowances_and_grant_are_counted_and_dated(whole: Whole):
    """Nothing of such a list is unclassified, no period is computed, and the certificate is no second grant."""
    tables = read_histories([make_history(whole.papers, apno=NUMBERS[whole.office])])
    facts = tables.histories.iloc[0]
    assert (facts["actions"], facts["allowances"]) == (whole.actions, whole.allowances)
    assert (facts["status"], number(facts["issued"])) == ("Granted", whole.issued)
    assert (facts["unclassified"], tables.rounds["due"].notna().sum()) == (0, 0)


@pytest.mark.parametrize(
    ("office", "papers", "status", "words", "evidence"),
    [
        ("JP", JAPAN[:6], "Awaiting applicant", "Awaiting applicant", "notice of reasons for refusal of 20 Sep 2019"),
        ("JP", JAPAN[:10], "Refused", "Refused", "decision of refusal of 10 Jan 2020"),
        ("JP", JAPAN[:12], "On appeal", "Appeal pending", "appeal against refusal of 10 Apr 2020"),
        ("JP", JAPAN[:14], "On appeal", "Appeal pending", "reconsideration report of 1 Jul 2020"),
        ("JP", JAPAN[:17], "Pending", "Appeal decided", "appeal decision of 1 Sep 2021"),
        ("JP", JAPAN_IN_ENGLISH, "Allowed", "Decision to grant", "decision to grant of 10 Jun 2021"),
        (
            "JP",
            [*JAPAN[:14], (20200801, "", "審判請求取下書")],
            "Refused",
            "Refused",
            "end of the appeal of 1 Aug 2020",
        ),
        (
            "JP",
            [*JAPAN[:16], (20210901, "", "審決（請求不成立）")],
            "Refused",
            "Refused",
            "appeal decision of 1 Sep 2021",
        ),
        (
            "JP",
            [JAPAN[0], (20180720, "", "未審査請求によるみなし取下")],
            "Abandoned",
            "Deemed withdrawn",
            "deemed withdrawal of 20 Jul 2018",
        ),
        (
            "JP",
            [JAPAN[0], (20151001, "", "却下理由通知書"), (20160104, "", "出願却下の処分")],
            "Abandoned",
            "Dismissed",
            "dismissal of the application of 4 Jan 2016",
        ),
        (
            "JP",
            [*JAPAN[:8], (20200110, "", "補正の却下の決定")],
            "Awaiting office",
            "Awaiting office",
            "decision to dismiss an amendment of 10 Jan 2020",
        ),
        ("KR", KOREA[:6], "Refused", "Refused", "decision of refusal of 1 Jun 2020"),
        ("KR", KOREA[:8], "Awaiting office", "Awaiting office", "written opinion of 1 Jul 2020"),
        ("KR", KOREA[:9], "Allowed", "Decision to grant", "decision to grant of 2 Sep 2020"),
        ("KR", KOREA, "Granted", "Registered", "patent certificate of 5 Oct 2020"),
        (
            "KR",
            [*KOREA[:6], (20200701, "", "거절결정불복심판청구서"), (20210701, "", "심결")],
            "Pending",
            "Trial decided",
            "trial decision of 1 Jul 2021",
        ),
        (
            "KR",
            [*KOREA[:9], (20200915, "", "직권재심사통지서")],
            "Awaiting office",
            "Awaiting office",
            "ex officio re-examination of 15 Sep 2020",
        ),
        ("TW", TAIWAN[:7], "Refused", "Refused", "decision of refusal of 1 Jun 2021"),
        ("TW", TAIWAN[:8], "Awaiting office", "Awaiting office", "request for re-examination of 1 Aug 2021"),
        ("TW", TAIWAN[:11], "Allowed", "Approved", "decision to grant of 1 Jul 2022"),
        ("DE", GERMANY[:7], "On appeal", "Appeal pending", "appeal of 20 Mar 2015"),
        ("DE", GERMANY[:8], "Pending", "Appeal decided", "decision of the Federal Patent Court of 4 Nov 2016"),
        (
            "DE",
            GERMANY[-1:],
            "Granted",
            "Granted",
            "certificate of the patent of 14 Dec 2017; no decision to grant is listed",
        ),
        (
            "FR",
            [*FRANCE[:5], (20210801, "", "Décision de rejet")],
            "Refused",
            "Rejected",
            "decision of refusal of 1 Aug 2021",
        ),
        (
            "GB",
            [*BRITAIN[:6], (20220501, "", "Application treated as refused under section 20")],
            "Refused",
            "Refused",
            "decision to refuse of 1 May 2022",
        ),
        (
            "GB",
            [*BRITAIN[:4], (20210901, "", "Application treated as withdrawn")],
            "Abandoned",
            "Treated as withdrawn",
            "deemed withdrawal of 1 Sep 2021",
        ),
        ("GB", BRITAIN[:10], "Allowed", "Intention to grant", "intention to grant of 1 Mar 2022"),
        ("AU", [*AUSTRALIA[:5], (20221001, "", "Notice of lapse")], "Abandoned", "Lapsed", "lapse of 1 Oct 2022"),
        ("AU", AUSTRALIA[:9], "Allowed", "Accepted", "notice of acceptance of 20 Aug 2022"),
        ("CA", CANADA[:7], "Abandoned", "Deemed abandoned", "deemed abandonment of 10 Feb 2023"),
        ("CA", CANADA[:11], "Awaiting applicant", "Awaiting applicant", "final action of 1 Jun 2023"),
    ],
)
def test_the_status_is_the_offices_own(office: str, papers: list[Paper], status: str, words: str, evidence: str):
    """Refused until an appeal is listed, deemed withdrawn without a request for examination, and so on."""
    facts = read_histories([make_history(papers, apno=NUMBERS[office])]).histories.iloc[0]
    assert (facts["status"], facts["status_words"]) == (status, words)
    assert facts["status_evidence"] == evidence


@pytest.mark.parametrize(
    ("office", "papers", "evidence"),
    [
        ("JP", [*JAPAN[:11], (20200427, "", "手続補正書")], "appeal against refusal of 10 Apr 2020"),
        (
            "KR",
            [*KOREA[:6], (20200701, "", "거절결정불복심판청구서"), (20200801, "", "[명세서등 보정]보정서")],
            "appeal against refusal of 1 Jul 2020",
        ),
        ("DE", [*GERMANY[:7], (20150601, "", "Geänderte Anmeldungsunterlagen")], "appeal of 20 Mar 2015"),
    ],
)
def test_an_amendment_in_a_pending_appeal_leaves_it_pending(office: str, papers: list[Paper], evidence: str):
    """It goes to those who decide the appeal (Patent Act (Japan), Art. 17-2(1)(iv): until 2009 within thirty days)."""
    facts = read_histories([make_history(papers, apno=NUMBERS[office])]).histories.iloc[0]
    assert (facts["status"], facts["status_evidence"]) == ("On appeal", evidence)


def test_an_appeal_decision_says_nothing_of_its_outcome():
    """The title 審決 is that of a grant and of a refusal: the doubt stays in sight."""
    facts = read_histories([make_history(JAPAN[:17], apno=NUMBERS["JP"])]).histories.iloc[0]
    assert facts["status_doubt"] == "the list does not say how the appeal was decided"


def test_the_national_phase_is_an_entry_and_no_filing():
    """国内書面 shows when an international application came to the JPO, not when it was filed."""
    papers: list[Paper] = [
        (20150619, "A632", "国内書面"),
        (20150619, "A6333", "請求の範囲"),
        (20180601, "A621", "出願審査請求書"),
    ]
    facts = read_histories([make_history(papers, apno=NUMBERS["JP"])]).histories.iloc[0]
    assert (str(facts["filed"]), number(facts["entered"])) == ("NaT", 20150619)


US_WORDS = (
    "non-final",
    "final rejection",
    "rce",
    "issue fee",
    "notice of abandonment",
    "issue notification",
    "petition",
)


@pytest.mark.parametrize("whole", WHOLE, ids=lambda whole: whole.office)
def test_no_round_or_submission_is_called_by_an_american_name(whole: Whole):
    """Labels, what is owed, and explanations speak the language of the office."""
    tables = read_histories([make_history(whole.papers, apno=NUMBERS[whole.office])])
    rounds = tables.rounds
    said = " | ".join(
        [
            *tables.submissions["label"],
            *rounds["label"],
            *rounds["answer_label"],
            *rounds["owed"],
            *rounds["explanation"],
        ]
    ).casefold()
    assert [word for word in US_WORDS if word in said] == []


def summary(papers: list[Paper], office: str) -> str:
    """Return the summary of a list."""
    tables = read_histories([make_history(papers, apno=NUMBERS[office])])
    return " ".join(sentence.text for sentence in summary_of(tables, str(tables.histories.iloc[0]["history"])))


def test_a_grant_that_the_appeal_decided_lacks_no_allowance():
    """A panel of the JPO decides on the grant itself (Patent Act (Japan), Art. 159(3))."""
    assert "The patent certificate of 20 Oct 2021 is listed." in summary(JAPAN, "JP")
    assert "is listed without a decision to grant." in summary([*JAPAN[:8], *JAPAN[-2:]], "JP")


def test_a_withdrawn_appeal_in_japan_cites_no_american_rule():
    """The refusal is final then, which the status says."""
    told = summary([*JAPAN[:14], (20200801, "", "審判請求取下書")], "JP")
    assert "refused (end of the appeal of 1 Aug 2020)." in told
    assert "MPEP" not in told
