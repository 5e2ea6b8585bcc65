"""What kind of paper a document is, and who it is from."""

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import components.prosecution
from components.prosecution import read_history
from components.prosecution.law.codes import base_code, normalise_code
from components.prosecution.papers.classification import classification_of, classify
from tests.prosecution.conftest import make_history

CODES = Path(components.prosecution.__file__).parent / "law"


def listed(table: str, column: str, office: str = "") -> set[str]:
    """Read one column of a table as it stands in the file."""
    with (CODES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return {row[column] for row in csv.DictReader(file) if row.get("office", office) == office}


US_CODES = {code.rstrip(".").upper() for code in listed("us", "code")}
US_BEGINNINGS = tuple(listed("code_prefixes", "prefix", "US"))


def is_unlisted(code: str) -> bool:
    """Return whether the USPTO's list has neither this code, however padded, dotted or doubled, nor its family."""
    name = " ".join(code.upper().split())
    parts = {part.rstrip(".") for part in name.replace(",", " ").replace(";", " ").split()} | {name.rstrip(".")}
    return not parts & US_CODES and not name.startswith(US_BEGINNINGS)


def classified_as(code: str, description: str = "", office: str = "US", beside: tuple = ()) -> tuple[str, str]:
    """Read a single paper (with others of its day) and give its category and side."""
    history = make_history([(20200102, code, description), *beside], apno=f"{office}2020123456")
    documents = read_history(history).documents
    row = documents[(documents["code"] == code) & (documents["description"] == description)].iloc[0]
    return str(row["category"]), str(row["side"])


@pytest.mark.parametrize(
    ("delivered", "category"),
    [
        ("CTNF", "non_final_rejection"),
        (" ctnf ", "non_final_rejection"),
        ("A...    ", "reply_to_non_final"),
        ("A", "reply_to_non_final"),
        ("a..", "reply_to_non_final"),
        ("XT/", "extension"),
        ("L_R  OUT", "office_letter"),
        ("fr   trans", "priority"),
        ("N/AP", "notice_of_appeal"),
        ("ＣＴＦＲ", "final_rejection"),
        ("ELC", "election"),
        ("SFR", "final_rejection"),
        ("RCEX.", "rce"),
        ("A…", "reply_to_non_final"),
        ("ＸＴ／", "extension"),
        ("\ufeffCTNF\u200b", "non_final_rejection"),
        ("\tNOA\u00a0\u3000", "allowance"),
    ],
)
def test_codes_are_recognised_however_they_are_padded_cased_or_dotted(delivered: str, category: str):
    """Blanks, case, width and trailing dots do not change what a code means; inner dots and slashes do."""
    assert classified_as(delivered)[0] == category


@pytest.mark.parametrize(
    ("delivered", "code"),
    [
        ("CTNF CTNF", "CTNF"),
        ("CTNF,CTNF", "CTNF"),
        ("ctnf ; CTNF", "CTNF"),
        ("A... A...", "A..."),
        ("XT/, XT/", "XT/"),
        ("L_R OUT L_R OUT", "L_R OUT"),
        ("Ａ１３１　Ａ１３１", "A131"),
    ],
)
def test_a_code_that_stands_twice_in_a_cell_is_that_code(delivered: str, code: str):
    """The same code twice, parted by a blank, comma or semicolon, names one paper."""
    assert normalise_code(delivered) == code


@pytest.mark.parametrize("delivered", ["CTNF CTFR", "CTNF,NOA", "A131/A131", "CTNFCTNF", "CTNF.CTNF", "CTNF CTNF CTFR"])
def test_different_codes_in_a_cell_are_not_resolved(delivered: str):
    """Which of two codes is meant cannot be known; a slash, a dot or nothing between them is part of a code."""
    assert normalise_code(delivered) == delivered
    assert classified_as(delivered) == ("unclassified", "unclassified")


def test_a_doubled_original_is_a_version_of_the_translation():
    """`A131-JP` written twice is still the original beside `A131`."""
    assert base_code("a131-jp, A131-JP") == "A131"
    assert classified_as("A131-JP A131-JP", office="JP") == ("communication", "office")


def test_no_listed_code_is_changed_by_normalising():
    """A list that held a code written twice, or in lower case, could never be matched."""
    for table in ("us", "ep", "jp"):
        assert {code for code in listed(table, "code") if normalise_code(code) != code} == set()


@pytest.mark.parametrize(
    ("code", "description", "category"),
    [
        ("NOA", "Final Rejection", "allowance"),
        ("A", "Final Rejection", "reply_to_non_final"),
        ("PET.NEWKIND", "Final Rejection", "petition"),
        ("ZZ99", "Final Rejection", "final_rejection"),
        ("ZZ99", "Finally, a paper", "unclassified"),
    ],
)
def test_exact_code_then_dots_then_family_then_words(code: str, description: str, category: str):
    """Each step is tried only where the one before it found nothing."""
    assert classified_as(code, description)[0] == category


@pytest.mark.parametrize(
    ("code", "category"),
    [("2001A", "communication"), ("2004C", "allowance"), ("2006P", "issue"), ("200103", "unclassified")],
)
def test_a_form_number_is_followed_by_letters_only(code: str, category: str):
    """EPO form 2001A is a 2001; a number of six digits that begins so is none."""
    assert classified_as(code, office="EP")[0] == category


@pytest.mark.parametrize("code", ["IDS.NEWKIND", "TRACK1.NEWKIND", "SEQ.NEWKIND", "TERM.NEWKIND", "A.NE.NEWKIND"])
def test_a_family_that_holds_papers_of_both_sides_says_nothing(code: str):
    """`IDS.3P` is a third party's and `TRACK1.GRANT` the Office's: an unlisted member could be either."""
    assert classified_as(code) == ("unclassified", "unclassified")


@pytest.mark.parametrize(
    ("code", "category", "side"),
    [
        ("PET.DEC.NEWKIND", "petition_decision", "office"),
        ("PET.NEWKIND", "petition", "applicant"),
        ("RXNEW", "reexamination_or_trial", "unclassified"),
        ("3P.NEW", "third_party_submission", "third party"),
        ("P.999", "international_phase", "unclassified"),
    ],
)
def test_a_code_of_a_known_family_is_recognised_by_how_it_begins(code: str, category: str, side: str):
    """The longest prefix decides; a family that both sides use leaves the side open."""
    assert classified_as(code) == (category, side)


@pytest.mark.parametrize(
    ("code", "side"),
    [
        ("N417", "office"),
        ("INTV.SUM.APP", "office"),
        ("1449", "office"),
        ("CTAV", "office"),
        ("CTEQ", "office"),
        ("EX.A", "office"),
        ("IDS", "applicant"),
        ("IFEE", "applicant"),
        ("A.NE", "applicant"),
        ("DISQ", "internal"),
        ("FWCLM", "internal"),
        ("SRNT", "internal"),
        ("SRFW", "internal"),
        ("BIB", "internal"),
        ("IIFW", "internal"),
        ("WFEE", "internal"),
        ("WCLM", "internal"),
        ("ANE.I", "internal"),
        ("SCORE", "internal"),
        ("IMIS", "internal"),
        ("IDS.3P", "third party"),
        ("PROTEST", "third party"),
        ("T844", "third party"),
    ],
)
def test_the_sides_that_are_easily_mistaken(code: str, side: str):
    """Receipts, interview summaries and initialled IDS lists are the Office's; worksheets are internal."""
    assert classified_as(code)[1] == side


OFFICIAL_TITLES = [  # titles of papers as the offices write them: language, title, category, side
    ("English", "Non-Final Rejection", "non_final_rejection", "office"),
    ("English", "FINAL REJECTION", "final_rejection", "office"),
    ("English", "Notice of Allowance and Fees Due (PTOL-85)", "allowance", "office"),
    ("English", "Request for Continued Examination (RCE)", "rce", "applicant"),
    ("English", "Information Disclosure Statement (IDS) Form (SB08)", "ids", "applicant"),
    ("English", "Applicant Initiated Interview Summary (PTOL-413)", "interview", "office"),
    ("English", "Examiner Interview Summary Record (PTOL - 413)", "interview", "office"),
    ("English", "Communication from the Examining Division", "communication", "office"),
    ("English", "Communication pursuant to Article 94(3) EPC", "communication", "office"),
    ("English", "Communication under Rule 71(3) EPC", "allowance", "office"),
    ("English", "Reply to communication from the Examining Division", "reply", "applicant"),
    ("English", "Decision to grant a European patent", "issue", "office"),
    ("English", "Decision to Grant a Patent (TRANSLATED)", "allowance", "office"),
    ("English", "Notice of Reasons for Refusal (TRANSLATED)", "communication", "office"),
    ("English", "Notification of reason for refusal", "communication", "office"),
    ("English", "Decision to Refuse a Patent", "refusal", "office"),
    ("English", "Decision of Refusal", "refusal", "office"),
    ("English", "Appeal against Examiner's Decision of Refusal", "notice_of_appeal", "applicant"),
    ("English", "[Divisional Application] Patent Application", "application", "applicant"),
    ("English", "[Amendment to Description, etc.] Amendment", "amendment", "applicant"),
    ("English", "Amendment to Description, etc(Reexamination)", "amendment", "applicant"),
    ("English", "Written Opinion (TRANSLATED)", "reply", "applicant"),
    ("English", "European search report", "search_report", "office"),
    ("English", "Copy of the international search report", "international_report", "office"),
    ("English", "Request for examination", "examination_request", "applicant"),
    ("English", "Petition for Extension of Time", "extension", "applicant"),
    ("English", "Petition to Withdraw from Issue", "petition_to_withdraw", "applicant"),
    ("English", "Decision on Petition", "petition_decision", "office"),
    ("English", "Notice of Abandonment", "abandonment", "office"),
    ("English", "Application deemed to be withdrawn", "abandonment", "office"),
    ("English", "Withdrawal of application", "withdrawal", "applicant"),
    ("English", "Priority document", "priority", "applicant"),
    ("English", "Power of Attorney", "power_of_attorney", "applicant"),
    ("English", "Payment of registration fee", "issue_fee", "applicant"),
    ("English", "Certificate of Patent", "issue", "office"),
    ("English", "Claims", "claims", "applicant"),
    ("English", "Description", "specification", "applicant"),
    ("English", "Drawings (ORIGINAL)", "drawings", "applicant"),
    ("English", "Abstract", "abstract", "applicant"),
    ("English", "Third-Party Submission under 37 CFR 1.290", "third_party_submission", "third party"),
    ("Japanese", "拒絶理由通知書", "communication", "office"),
    ("Japanese", "意見書", "reply", "applicant"),
    ("Japanese", "手続補正書（自発・内容）", "amendment", "applicant"),
    ("Japanese", "手続補正書（方式）", "formalities_reply", "applicant"),
    ("Japanese", "拒絶査定", "refusal", "office"),
    ("Japanese", "特許査定", "allowance", "office"),
    ("Japanese", "補正の却下の決定", "other_office_action", "office"),
    ("Japanese", "審判請求書", "notice_of_appeal", "applicant"),
    ("Japanese", "出願審査請求書", "examination_request", "applicant"),
    ("Japanese", "検索報告書", "search_report", "office"),
    ("Japanese", "応対記録", "interview", "office"),
    ("Japanese", "優先権証明書提出書", "priority", "applicant"),
    ("Japanese", "出願取下書", "withdrawal", "applicant"),
    ("Japanese", "特許証", "issue", "office"),
    ("Japanese", "特許請求の範囲", "claims", "applicant"),
    ("Japanese", "刊行物等提出書", "third_party_submission", "third party"),
    ("Korean", "[특허출원]특허출원서", "application", "applicant"),
    ("Korean", "[분할출원]특허출원서", "application", "applicant"),
    ("Korean", "의견제출통지서", "communication", "office"),
    ("Korean", "[거절이유 등 통지에 따른 의견]의견서·답변서·소명서", "reply", "applicant"),
    ("Korean", "[거절이유 등 통지에 따른 의견]의견(답변, 소명)서", "reply", "applicant"),
    ("Korean", "[명세서등 보정]보정서", "amendment", "applicant"),
    ("Korean", "[명세서등]보정서", "amendment", "applicant"),
    ("Korean", "[명세서등 보정]보정서(재심사)", "amendment", "applicant"),
    ("Korean", "의견서", "reply", "applicant"),
    ("Korean", "거절결정서", "refusal", "office"),
    ("Korean", "거절 결정서", "refusal", "office"),
    ("Korean", "등록결정서", "allowance", "office"),
    ("Korean", "특허결정서", "allowance", "office"),
    ("Korean", "특허증", "issue", "office"),
    ("Korean", "심사청구서", "examination_request", "applicant"),
    ("Korean", "[심사청구]심사청구서·우선심사신청서", "examination_request", "applicant"),
    ("Korean", "[우선심사신청]심사청구서·우선심사신청서", "petition", "applicant"),
    ("Korean", "[지정기간연장]기간연장(단축, 경과구제)신청서", "extension", "applicant"),
    ("Korean", "보정요구서", "formalities_notice", "office"),
    ("Korean", "[출원취하]취하(포기)서", "withdrawal", "applicant"),
    ("Korean", "위임장", "power_of_attorney", "applicant"),
    ("Chinese", "第一次审查意见通知书", "communication", "office"),
    ("Chinese", "意见陈述书", "reply", "applicant"),
    ("Chinese", "驳回决定", "refusal", "office"),
    ("Chinese", "授予发明专利权通知书", "allowance", "office"),
    ("Chinese", "权利要求书", "claims", "applicant"),
    ("Chinese", "说明书", "specification", "applicant"),
    ("Chinese", "说明书附图", "drawings", "applicant"),
    ("Chinese", "说明书摘要", "abstract", "applicant"),
    ("German", "Prüfungsbescheid", "communication", "office"),
    ("German", "Bescheid der Prüfungsabteilung", "communication", "office"),
    ("German", "Mitteilung gemäß Artikel 94 (3) EPÜ", "communication", "office"),
    ("German", "Erwiderung auf den Prüfungsbescheid", "reply", "applicant"),
    ("German", "Eingabe", "correspondence", "applicant"),
    ("German", "Erteilungsbeschluss", "issue", "office"),
    ("German", "Zurückweisungsbeschluss", "refusal", "office"),
    ("German", "Recherchebericht", "search_report", "office"),
    ("German", "Europäischer Recherchenbericht", "search_report", "office"),
    ("German", "Prüfungsantrag", "examination_request", "applicant"),
    ("German", "Antrag auf Erteilung eines Patents", "application", "applicant"),
    ("German", "Mitteilung über die beabsichtigte Erteilung eines europäischen Patents", "allowance", "office"),
    ("German", "Beschwerde", "notice_of_appeal", "applicant"),
    ("German", "Einspruch", "opposition", "third party"),
    ("German", "Patentansprüche", "claims", "applicant"),
    ("German", "Beschreibung", "specification", "applicant"),
    ("German", "Fristverlängerungsgesuch", "extension", "applicant"),
    ("French", "Rapport de recherche européenne", "search_report", "office"),
    ("French", "Notification établie conformément à l’article 94(3) CBE", "communication", "office"),
    ("French", "Réponse à la notification", "reply", "applicant"),
    ("French", "Décision de délivrance", "issue", "office"),
    ("French", "Décision de rejet", "refusal", "office"),
    ("French", "Requête en délivrance", "application", "applicant"),
    ("French", "Document de priorité", "priority", "applicant"),
    ("French", "Revendications", "claims", "applicant"),
    ("French", "Dessins", "drawings", "applicant"),
    ("French", "Abrégé", "abstract", "applicant"),
]


@pytest.mark.parametrize(("language", "title", "category", "side"), OFFICIAL_TITLES)
def test_offices_without_a_list_are_read_by_their_descriptions(language: str, title: str, category: str, side: str):
    """The titles that offices give to common papers are recognised in six languages."""
    assert language
    assert classified_as("X99", title, office="KR") == (category, side)


@pytest.mark.parametrize(("language", "title", "category", "side"), OFFICIAL_TITLES)
def test_case_width_and_blanks_of_a_title_do_not_matter(language: str, title: str, category: str, side: str):
    """A title in capitals, with full-width brackets and blanks around it, is the same title."""
    written = title.upper().replace("(", "（").replace(")", "）").replace(" ", "\u00a0 ")
    assert classified_as("X99", f"  {written}\u3000", office="KR") == (category, side), language


@pytest.mark.parametrize(
    ("title", "category"),
    [
        ("Response to Final Office Action", "reply_after_final"),
        ("Response to Non-Final Office Action", "reply_to_non_final"),
        ("Response to Restriction Requirement", "election"),
        ("Response to Notice of Reasons for Refusal", "reply"),
        ("Amendment after Notice of Allowance", "amendment_after_allowance"),
        ("Request for reconsideration after final rejection", "reply_after_final"),
        ("Notice of Rescinded Abandonment", "action_withdrawn"),
        ("Reply Brief Noted - Patent Board", "appeal_notice"),
        ("Annex to the communication", "action_attachment"),
        ("Request for Amendment", "formalities_notice"),
        ("Report of Prior Art Search", "search_report"),
        ("Request for Prior Art Search", "examiner_search"),
        ("拒絶査定不服審判請求書", "notice_of_appeal"),
        ("意見書提出期間延長請求書", "extension"),
        ("手続補正指令書", "formalities_notice"),
        ("訂正審判請求書", "reexamination_or_trial"),
        ("手数料返還請求書（出願審査請求）", "fees"),
        ("거절결정불복심판청구서", "notice_of_appeal"),
        ("의견서 제출기간연장 신청서", "extension"),
        ("특허권존속기간연장등록출원서", "post_grant_request"),
        ("재심사청구서", "reply"),
        ("선행기술조사의뢰서", "examiner_search"),
        ("선행기술조사보고서", "search_report"),
        ("우선권주장취하서", "priority"),
        ("무효심판청구서", "reexamination_or_trial"),
        ("对第一次审查意见通知书的答复", "reply"),
        ("国际检索报告", "international_report"),
        ("Mitteilung über den Ablauf der Einspruchsfrist", "post_grant_notice"),
        ("Anlage zum Bescheid", "action_attachment"),
        ("Beschwerdebegründung", "appeal_brief"),
        ("Internationaler Recherchenbericht", "international_report"),
        ("Réponse au rapport de recherche", "reply"),
        ("Annexe à la notification", "action_attachment"),
        ("Rapport de recherche internationale", "international_report"),
    ],
)
def test_a_title_that_contains_another_is_not_taken_for_it(title: str, category: str):
    """An appeal against a refusal, a reply to an action or the annex of one is what it says first, or says at most."""
    assert classified_as("X99", title, office="KR")[0] == category


@pytest.mark.parametrize(
    "title",
    [
        "Withdrawal of Notice of Abandonment",
        "Petition regarding the finality of a final rejection",
        "Letter regarding the Notice of Allowance",
        "Comments on Reasons for Allowance",
        "Copy of Non-Final Rejection mailed in parent application",
        "Transmittal of Office Action to applicant",
        "Response to Notice of Allowance",
        "Unclaimed drawings",
        "Claims worksheet",
        "Claims-free statement",
        "Description of Relevance",
        "Abstract of title",
        "Amendment After Final or under 37CFR 1.312, initialed by the examiner",
        "Written Opinion",
        "Request for Trial Granted",
        "Withdrawal of Application for Patent Term Extension",
        "Non-compliance",
        "Amendments received by mistake",
        "Nonfinality of things",
        "Search reports of other offices",
        "拒絶査定不服審判の手続",
        "図面の提出書",
        "請求の範囲の補正書の提出に関する通知",
        "사업자등록증",
        "출원서류 송달",
        "특허결정취소통지서",
        "Einspruchsfrist",
        "Beschwerdegebühr",
        "Zurückweisung einer Vertreterbestellung",
        "Vollmachtsurkunde fehlt",
        "Notification de changement",
        "Demande de renseignements",
    ],
)
def test_a_title_that_only_resembles_another_is_not_guessed(title: str):
    """An unknown code with a doubtful description stays unclassified."""
    assert classified_as("X99", title) == ("unclassified", "unclassified")


@pytest.mark.parametrize(
    "title",
    [
        "Issue Notification returned undelivered",
        "Issue Notification - Undeliverable",
        "Notice of Allowance Rescinded",
        "NOTICE OF ALLOWANCE (VOID)",
        "Final Rejection Withdrawn",
        "Non-Final Rejection (Vacated)",
        "Restriction requirement withdrawn",
        "Notice of Appeal Dismissed",
        "Request for Continued Examination denied",
        "Request for Continued Examination (RCE), improper",
        "Notice of abandonment withdrawn/rescinded",
        "Appeal brief - defective",
        "Preliminary amendment not entered",
        "Power of attorney revoked",
        "Interview request cancelled",
        "Interview request canceled",
        "Erteilungsbeschluss aufgehoben",
        "Prüfungsantrag zurückgenommen",
        "Décision de délivrance annulée",
        "Requête en examen retirée",
        "拒絶査定取消",
        "特許査定の取消通知",
        "意見書却下",
        "手続補正書（取下）",
        "거절결정취소통지서",
        "의견서 반려통지",
        "심사청구서 취하",
        "보정서 각하",
    ],
)
def test_a_title_that_takes_back_what_it_names_is_not_what_it_names(title: str):
    """What was withdrawn, dismissed or returned has not happened; what the paper is instead is not guessed."""
    assert classified_as("X99", title, office="KR") == ("unclassified", "unclassified")


@pytest.mark.parametrize(
    ("title", "category"),
    [
        ("Application deemed to be withdrawn", "abandonment"),
        ("Withdrawn from issue", "withdrawn_from_issue"),
        ("Notice of Rescinded Abandonment", "action_withdrawn"),
        ("Amendment not entered", "not_entered"),
        ("Decision on Petition - Denied", "petition_decision"),
        ("Petition Decision (dismissed)", "petition_decision"),
        ("Advisory Action - amendment not entered", "advisory_action"),
        ("Interview summary to avoid appeal", "interview"),
        ("Anmeldung gilt als zurückgenommen", "abandonment"),
        ("Demande réputée retirée", "abandonment"),
        ("補正の却下の決定", "other_office_action"),
        ("審判請求取下書", "appeal_ended"),
        ("却下理由通知に対する弁明書", "formalities_reply"),
        ("보정각하결정", "other_office_action"),
        ("출원취하서", "withdrawal"),
        ("视为撤回通知书", "abandonment"),
    ],
)
def test_a_negating_word_that_belongs_to_the_title_does_not_negate_it(title: str, category: str):
    """Titles that have the word themselves, decisions of which it is the outcome, and what a paper answers."""
    assert classified_as("X99", title, office="KR")[0] == category


LAST_WORDS = [  # titles whose last word says what the paper is: office, title, category, side
    ("JP", "拒絶理由通知に対する意見書", "reply", "applicant"),
    ("JP", "拒絶理由通知書に対する意見書（2）", "reply", "applicant"),
    ("JP", "最後の拒絶理由通知に対する意見書", "reply", "applicant"),
    ("JP", "拒絶理由通知に対する手続補正書", "amendment", "applicant"),
    ("JP", "拒絶査定に対する審判請求書", "notice_of_appeal", "applicant"),
    ("JP", "拒絶査定不服審判請求書", "notice_of_appeal", "applicant"),
    ("JP", "拒絶査定に対する不服審判請求書", "notice_of_appeal", "applicant"),
    ("JP", "拒絶査定に対する上申書", "correspondence", "applicant"),
    ("JP", "意見書に対する拒絶理由通知書", "communication", "office"),
    ("JP", "意見書提出期間延長請求書", "extension", "applicant"),
    ("JP", "特許協力条約第３４条補正の翻訳文提出書", "preliminary_amendment", "applicant"),
    ("JP", "拒絶理由通知書１", "communication", "office"),
    ("JP", "無効審判請求書", "reexamination_or_trial", "unclassified"),
    ("KR", "의견제출통지서에 대한 의견서", "reply", "applicant"),
    ("KR", "의견제출통지서에 대한 의견서(2)", "reply", "applicant"),
    ("KR", "거절이유통지에 대한 답변서", "reply", "applicant"),
    ("KR", "의견제출통지서에 대한 보정서", "amendment", "applicant"),
    ("KR", "거절결정에 대한 심판청구서", "notice_of_appeal", "applicant"),
    ("KR", "거절결정에 대한 불복심판청구서", "notice_of_appeal", "applicant"),
    ("KR", "거절결정불복심판청구서", "notice_of_appeal", "applicant"),
    ("KR", "우선심사신청서에 대한 거절결정서", "refusal", "office"),
    ("KR", "등록료납부서", "issue_fee", "applicant"),
    ("KR", "설정등록료납부서", "issue_fee", "applicant"),
    ("KR", "[설정등록]등록료 납부서", "issue_fee", "applicant"),
    ("KR", "연차등록료납부서", "fees", "applicant"),
    ("KR", "[연차등록]등록료납부서", "fees", "applicant"),
    ("KR", "등록료 납부서(연차등록)", "fees", "applicant"),
    ("KR", "특허권존속기간연장등록출원서", "post_grant_request", "applicant"),
    ("CN", "答复第一次审查意见通知书", "reply", "applicant"),
    ("CN", "答复第二次审查意见通知书", "reply", "applicant"),
    ("CN", "答复第3次审查意见通知书", "reply", "applicant"),
    ("CN", "答复审查意见通知书", "reply", "applicant"),
    ("CN", "对第一次审查意见通知书的答复", "reply", "applicant"),
    ("CN", "第一次审查意见通知书答复", "reply", "applicant"),
    ("CN", "针对第一次审查意见通知书的意见陈述书", "reply", "applicant"),
    ("CN", "关于第二次审查意见通知书的意见陈述", "reply", "applicant"),
    ("CN", "第一次审查意见通知书", "communication", "office"),
    ("CN", "针对驳回决定的复审请求书", "notice_of_appeal", "applicant"),
    ("CN", "答复补正通知书", "formalities_reply", "applicant"),
    ("CN", "补正通知书", "formalities_notice", "office"),
]


@pytest.mark.parametrize(("office", "title", "category", "side"), LAST_WORDS)
def test_the_last_word_of_an_unspaced_title_says_what_the_paper_is(office: str, title: str, category: str, side: str):
    """A reply or an appeal is not the notice that it answers, however long that notice's name is."""
    assert classified_as("X99", title, office=office) == (category, side)


def test_a_title_means_what_the_office_of_the_file_means_by_it():
    """A written opinion is the applicant's argument at the JPO; in a US file it could be that of the ISA."""
    assert classified_as("X99", "Written Opinion", office="JP") == ("reply", "applicant")
    assert classified_as("X99", "Written Opinion", office="US") == ("unclassified", "unclassified")
    assert classified_as("X99", "Office action", office="US") == ("other_office_action", "office")
    assert classified_as("X99", "Office action", office="KR") == ("communication", "office")


def test_words_never_contradict_a_listed_code():
    """Read by its name alone, no listed paper is taken for another kind: the lists are a test of the words.

    Except for names that two kinds of paper share: the Board's decisions and withdrawals of appeals are so called in
    reexamination too, a decision on a petition may order or deny one, `A63` is the code of every part of an
    application, 特許料納付書 is also the name of an annuity; an action closing prosecution is counted as a non-final
    one, but no period is computed from its title alone.
    """
    allowed = {"A63", "A63-JP", "RXAP/W", "RXBDAF", "RXBDAP", "RXBDRV", "RXPETD", "RXPETG", "PET.DEC.COCI", "R100"}
    allowed.add("XI.ACP")
    wrong = {}
    for table in ("us", "ep", "jp"):
        with (CODES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                for name in (row["name"], *filter(None, row["other_names"].split("; "))):
                    found = classification_of(table.upper(), "", name).category.table_name
                    if found not in (row["category"], "unclassified") and row["code"] not in allowed:
                        wrong[row["code"], name] = found
    assert wrong == {}


@pytest.mark.parametrize(
    ("code", "description"),
    [
        ("ZZ99", "A paper that no office ever sent"),
        ("", ""),
        ("QQ", "Certified copy of the list of claims-free goods"),
        ("ZZ", "Nonfinality of things"),
        ("ZZ", "🙂"),
    ],
)
def test_what_no_table_knows_stays_visible_as_unclassified(code: str, description: str):
    """An unknown paper is in the table, from an unclassified side, and is not guessed at."""
    assert classified_as(code, description) == ("unclassified", "unclassified")


@given(
    st.lists(
        st.tuples(
            st.text(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcxyz0123456789./_-&' ,;"), max_size=12).filter(
                is_unlisted
            ),
            st.sampled_from(["", "Zzz", "A paper that no office ever sent", "123"]),
        ),
        max_size=12,
    )
)
def test_every_unseen_us_code_is_unclassified_and_kept(papers: list[tuple[str, str]]):
    """Whatever letters and numbers a new code has, its paper is in the table, unclassified, from no side."""
    documents = read_history(make_history([(20200102, *paper) for paper in papers])).documents
    assert sorted(zip(documents["code"], documents["description"], strict=True)) == sorted(papers)
    assert set(documents["category"]) <= {"unclassified"}
    assert set(documents["side"]) <= {"unclassified"}


@given(
    st.lists(st.tuples(st.text(max_size=30), st.text(max_size=60)), max_size=8), st.sampled_from(["US", "JP", "KR", ""])
)
def test_whatever_is_delivered_is_classified_paper_by_paper(papers: list[tuple[str, str]], office: str):
    """Classifying many papers says of each what looking it up alone says; no text makes it fail."""
    categories, sides = classify(office, [code for code, _ in papers], [words for _, words in papers])
    alone = [classification_of(office, code, words) for code, words in papers]
    assert categories.tolist() == [rule.category for rule in alone]
    assert sides.tolist() == [rule.side for rule in alone]
    assert (categories.dtype, sides.dtype) == (np.int16, np.int8)


def test_a_code_or_title_of_any_length_is_read():
    """Texts longer than an office writes are classified like others."""
    assert classified_as("Q" * 5_000, "Final Rejection " + "x" * 5_000) == ("final_rejection", "office")
    assert classified_as("CTNF" + " " * 5_000) == ("non_final_rejection", "office")


def test_codes_without_their_descriptions_are_refused():
    """Parallel columns of different lengths are an error of the caller, not something to be cut."""
    with pytest.raises(ValueError, match="2 codes and 1 descriptions"):
        classify("US", ["CTNF", "CTFR"], [""])


def test_the_code_goes_before_the_description():
    """A notice of allowance described as a final rejection is still a notice of allowance."""
    assert classified_as("NOA", "Final Rejection") == ("allowance", "office")


def test_codes_of_one_office_are_not_used_for_another():
    """`A01` is a Japanese decision to grant, and nothing in a US file."""
    assert classified_as("A01", "", office="JP") == ("allowance", "office")
    assert classified_as("A01", "", office="US") == ("unclassified", "unclassified")
    assert classified_as("2004", "", office="EP") == ("allowance", "office")


def test_the_parts_of_a_japanese_application_are_told_apart_by_their_descriptions():
    """`A63` is the code of the request, the claims, the description and the drawings alike."""
    assert classified_as("A63", "特許願", office="JP")[0] == "application"
    assert classified_as("A63", "請求の範囲", office="JP")[0] == "claims"
    assert classified_as("A63-JP", "Drawings (ORIGINAL)", office="JP")[0] == "drawings"
    assert classified_as("A63", "Description (TRANSLATED)", office="JP")[0] == "specification"


def test_references_on_a_day_of_the_office_are_the_examiners():
    """`NPL` copies come with an action on its day; on the day of an IDS they are the applicant's."""
    assert classified_as("NPL", "a book", beside=((20200102, "CTNF"), (20200102, "892"))) == (
        "cited_reference",
        "office",
    )
    assert classified_as("NPL", "a book", beside=((20200102, "IDS"),)) == ("cited_reference", "applicant")
    assert classified_as("NPL", "a book", beside=((20200102, "CTNF"), (20200102, "IDS"))) == (
        "cited_reference",
        "applicant",
    )
    assert classified_as("NPL", "a book") == ("cited_reference", "applicant")


@pytest.mark.parametrize(
    ("apno", "patent_number", "office"),
    [
        ("US14/706838", "", "US"),
        ("", "EP1000000B1", "EP"),
        ("jp2017-187096", "US1", "JP"),
        ("", "", ""),
        ("12", "", ""),
    ],
)
def test_the_office_is_read_from_the_number(apno: str, patent_number: str, office: str):
    """The application number's letters count, else the patent number's; without letters no office is assumed."""
    assert read_history(make_history([(20200102, "CTNF")], apno, patent_number)).histories.loc[0, "office"] == office
