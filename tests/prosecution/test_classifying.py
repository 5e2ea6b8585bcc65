"""What kind of paper a document is, and who it is from."""

import pytest

from components.prosecution import read
from tests.prosecution.conftest import make_history


def seen(code: str, description: str = "", office: str = "US", beside: tuple = ()) -> tuple[str, str]:
    """Read a single paper (with others of its day) and give its category and side."""
    history = make_history([(20200102, code, description), *beside], apno=f"{office}2020123456")
    documents = read(history).documents
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
    ],
)
def test_codes_are_recognised_however_they_are_padded_cased_or_dotted(delivered: str, category: str):
    """Blanks, case, width and trailing dots do not change what a code means; inner dots and slashes do."""
    assert seen(delivered)[0] == category


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
    assert seen(code) == (category, side)


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
    assert seen(code)[1] == side


@pytest.mark.parametrize(
    ("description", "category", "side"),
    [
        ("Non-Final Rejection", "non_final_rejection", "office"),
        ("FINAL REJECTION", "final_rejection", "office"),
        ("Notice of Allowance and Fees Due (PTOL-85)", "allowance", "office"),
        ("Request for Continued Examination (RCE)", "rce", "applicant"),
        ("Information Disclosure Statement (IDS) Form (SB08)", "ids", "applicant"),
        ("Applicant Initiated Interview Summary (PTOL-413)", "interview", "office"),
        ("Communication from the Examining Division", "communication", "office"),
        ("拒絶理由通知書", "communication", "office"),
        ("意見書", "reply", "applicant"),
        ("手続補正書（自発・内容）", "amendment", "applicant"),
        ("拒絶査定", "refusal", "office"),
        ("특허출원서", "application", "applicant"),
        ("의견제출통지서", "communication", "office"),
        ("[명세서등]보정서", "amendment", "applicant"),
        ("의견서", "reply", "applicant"),
        ("거절결정서", "refusal", "office"),
        ("등록결정서", "allowance", "office"),
        ("Prüfungsbescheid", "communication", "office"),
        ("Patentansprüche", "claims", "applicant"),
        ("Rapport de recherche européenne", "search_report", "office"),
        ("Revendications", "claims", "applicant"),
        ("第一次审查意见通知书", "communication", "office"),
    ],
)
def test_offices_without_a_list_are_read_by_their_descriptions(description: str, category: str, side: str):
    """Common papers are recognised in English, Japanese, Korean, German, French and Chinese."""
    assert seen("X99", description, office="KR") == (category, side)


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
    assert seen(code, description) == ("unclassified", "unclassified")


def test_the_code_goes_before_the_description():
    """A notice of allowance described as a final rejection is still a notice of allowance."""
    assert seen("NOA", "Final Rejection") == ("allowance", "office")


def test_codes_of_one_office_are_not_used_for_another():
    """`A01` is a Japanese decision to grant, and nothing in a US file."""
    assert seen("A01", "", office="JP") == ("allowance", "office")
    assert seen("A01", "", office="US") == ("unclassified", "unclassified")
    assert seen("2004", "", office="EP") == ("allowance", "office")


def test_the_parts_of_a_japanese_application_are_told_apart_by_their_descriptions():
    """`A63` is the code of the request, the claims, the description and the drawings alike."""
    assert seen("A63", "特許願", office="JP")[0] == "application"
    assert seen("A63", "請求の範囲", office="JP")[0] == "claims"
    assert seen("A63-JP", "Drawings (ORIGINAL)", office="JP")[0] == "drawings"
    assert seen("A63", "Description (TRANSLATED)", office="JP")[0] == "specification"


def test_references_on_a_day_of_the_office_are_the_examiners():
    """`NPL` copies come with an action on its day; on the day of an IDS they are the applicant's."""
    assert seen("NPL", "a book", beside=((20200102, "CTNF"), (20200102, "892"))) == ("cited_reference", "office")
    assert seen("NPL", "a book", beside=((20200102, "IDS"),)) == ("cited_reference", "applicant")
    assert seen("NPL", "a book", beside=((20200102, "CTNF"), (20200102, "IDS"))) == ("cited_reference", "applicant")
    assert seen("NPL", "a book") == ("cited_reference", "applicant")


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
    assert read(make_history([(20200102, "CTNF")], apno, patent_number)).histories.loc[0, "office"] == office
