"""The words for what a side did on a day, as a prosecutor says them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.prosecution import Tables, read_history
from components.prosecution.law.categories import Category, category_named
from components.prosecution.papers.labels import label_of
from tests.prosecution.conftest import make_history


def label(*codes: str, office: str = "US") -> str:
    """Return the label of what was filed or sent on a later day of a history with these papers."""
    papers = [(20200102, code) for code in codes]
    submissions = read_history(make_history([(20190301, "XX"), *papers], apno=f"{office}2019123456")).submissions
    return str(submissions.loc[submissions["date"] == "2020-01-02", "label"].iloc[0])


def label_with(office: str, code: str, description: str = "", *categories: str) -> str:
    """Return the label of a submission of these categories, led by the paper with this code."""
    return label_of(office, frozenset(map(category_named, categories)), code, description)


@pytest.mark.parametrize("part", ["CLM", "SPEC", "DRW", "ABST"])
@pytest.mark.parametrize(
    ("code", "amendment", "response"),
    [
        ("A...", "Amendment", "Response"),
        ("A.NE", "Amendment after final", "Response after final"),
        ("A.QU", "Amendment after Quayle action", "Response to Quayle action"),
    ],
)
def test_an_answer_with_an_amended_part_is_an_amendment(code: str, amendment: str, response: str, part: str):
    """Claims, specification, drawings and abstract are amended by papers of their own (37 CFR 1.121)."""
    assert label(code, "REM", part) == amendment
    assert label(code, part, "WFEE", "N417") == amendment
    assert label(code, "REM") == response


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (("AMSB", "REM", "CLM", "RCEX"), "Amendment and RCE"),
        (("RCEX", "IDS", "NPL"), "RCE and IDS"),
        (("A.NE", "AMSB", "RCEX", "CLM", "REM"), "Amendment and RCE"),
        (("A.NE", "RCEX", "CLM"), "Amendment after final and RCE"),
        (("A...", "REM", "CLM", "XT/"), "Amendment and extension of time"),
        (("A...", "REM", "CLM", "IDS", "XT/"), "Amendment, IDS and extension of time"),
        (("A...", "REM", "CLM", "DIST"), "Amendment and terminal disclaimer"),
        (("IFEE", "WFEE", "N417"), "Issue fee"),
        (("IFEE", "A.NA", "REM", "SPEC"), "Issue fee with Rule 312 amendment"),
        (("A.NA", "REM", "SPEC"), "Rule 312 amendment"),
        (("ELC.", "REM"), "Election"),
        (("ELC.", "REM", "CLM"), "Election"),
        (("ELC.", "A...", "REM", "CLM"), "Election and amendment"),
        (("ELC.", "A...", "REM"), "Election"),
        (("PETWDISS", "RCEX", "AMSB", "CLM", "IDS"), "Petition to withdraw from issue, amendment, RCE and IDS"),
        (("PETWDISS", "RCEX"), "Petition to withdraw from issue and RCE"),
        (("PETWDISS",), "Petition to withdraw from issue"),
        (("N/AP", "AP.PRE.REQ"), "Notice of appeal with pre-appeal review request"),
        (("A.NE", "CLM", "N/AP"), "Amendment after final and notice of appeal"),
        (("NOA", "EX.A"), "Notice of allowance with examiner's amendment"),
        (("NOA", "EX.R", "EXIN"), "Notice of allowance, interview summary and reasons for allowance"),
        (("TRNA", "SPEC", "CLM", "ABST", "DRW", "ADS", "IDS"), "Application and IDS"),
        (("371P", "A.PE", "SPEC", "CLM"), "National stage application and preliminary amendment"),
        (("XT/",), "Extension of time"),
    ],
)
def test_papers_that_are_one_thing_together_are_said_together(codes: tuple[str, ...], expected: str):
    """The wanted words for the packages that file histories are made of."""
    assert label(*codes) == expected


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (("TRAN.LET", "DRW"), "Drawings"),
        (("TRAN.LET", "DRW", "WFEE", "N417"), "Drawings"),
        (("TRAN.LET", "SPEC", "DRW"), "Specification"),
        (("TRAN.LET", "CLM", "DRW"), "Claims"),
        (("TRAN.LET", "NPL"), "Reference or IDS attachment"),
        (("LET.", "DRW"), "Drawings"),
        (("LET.",), "Miscellaneous letter"),
        (("TRAN.LET", "N417"), "Transmittal letter"),
        (("TRAN.LET", "WFEE"), "Transmittal letter"),
    ],
)
def test_a_package_without_an_event_is_named_after_what_the_letter_covers(codes: tuple[str, ...], expected: str):
    """Drawings that come with a transmittal letter are drawings; a letter that covers nothing is a letter."""
    assert label(*codes) == expected


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (("PEFR", "XT/"), "Reply to formalities notice and extension of time"),
        (("PEFR", "OATH", "XT/", "WFEE"), "Reply to formalities notice and extension of time"),
        (("PEFRSEQ", "XT/"), "Reply to sequence notice and extension of time"),
        (("PEFR", "A.PE", "SPEC"), "Preliminary amendment and reply to a formalities notice"),
        (("PEFR", "PET."), "Petition and reply to a formalities notice"),
        (("PEFR", "IDS", "XT/"), "Reply to a formalities notice, IDS and extension of time"),
        (("PEFR",), "Reply to formalities notice"),
        (("A...", "CLM", "CFILE"), "Amendment"),
    ],
)
def test_a_reply_to_a_formalities_notice_is_named_beside_what_it_needs(codes: tuple[str, ...], expected: str):
    """What was extended is said too; a request for a corrected filing receipt beside an answer goes without saying."""
    assert label(*codes) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("RCE.NE", "RCE not entered"),
        ("CLM.NE", "Amendment not entered"),
        ("APDA", "Board decision: affirmed"),
        ("APDP", "Board decision: affirmed in part"),
        ("APDR", "Board decision: reversed"),
        ("NTC.A.NONCPL", "Notice of non-compliant amendment"),
        ("C105-I", "Requirement for information"),
        ("CTMS", "Office action with a shortened period"),
        ("NTC.MISS.PRT", "Notice to file missing parts"),
        ("NT.CR.APP.PA", "Notice to file corrected application papers"),
        ("M905", "Notice of missing national-stage requirements"),
        ("PEFN", "Pre-examination formalities notice"),
        ("SEQ.REQ.DISC", "Sequence disclosure requirements"),
        ("CDEN", "Certificate of correction denied"),
        ("COCOUT", "Certificate of correction"),
        ("APBD", "Notice of defective appeal brief"),
        ("APND", "Notice of defective notice of appeal"),
        ("AP_DK_M", "Appeal docketing notice"),
        ("RBNE", "Reply brief noted"),
        ("SFR.", "Supplemental final rejection"),
        ("sfr", "Supplemental final rejection"),
        ("SFR. SFR.", "Supplemental final rejection"),
        ("QPIDS.REQ", "QPIDS request"),
        ("RXCERT", "Reexamination certificate"),
        ("TRACK1.GRANT", "Track One request granted"),
        ("CTFR", "Final rejection"),
        ("IDS", "IDS"),
        ("RCEX", "RCE"),
        ("M844.UNKNOWN", "Unclassified"),
    ],
)
def test_a_paper_whose_category_says_too_little_is_called_by_its_own_name(code: str, expected: str):
    """The Board affirmed or reversed; a notice says what it asks for; what says enough stays as it is."""
    assert label(code) == expected


@pytest.mark.parametrize(
    ("office", "codes", "expected"),
    [
        ("EP", ("2001", "2906"), "Art. 94(3) communication"),
        ("EP", ("2004", "DREX", "2056"), "Intention to grant"),
        ("EP", ("2006A",), "Decision to grant"),
        ("EP", ("2007",), "Decision to refuse"),
        ("EP", ("2008A",), "Summons to oral proceedings"),
        ("EP", ("1226AA",), "Rules 161 and 162 communication"),
        ("EP", ("EXRE3", "CLMS"), "Reply with amended claims"),
        ("EP", ("EXRE3",), "Reply to communication"),
        ("EP", ("1503", "1703", "1507"), "European search report"),
        ("JP", ("A131", "A131-JP"), "Notice of reasons for refusal"),
        ("JP", ("A53", "A53-JP", "A523", "A523-JP"), "Written opinion and amendment"),
        ("JP", ("A871-JP",), "Request for accelerated examination"),
        ("JP", ("A01",), "Decision to grant"),
        ("JP", ("R150",), "Patent certificate"),
    ],
)
def test_an_office_is_quoted_in_its_own_words(office: str, codes: tuple[str, ...], expected: str):
    """The EPO and the JPO do not send notices of allowance."""
    assert label(*codes, office=office) == expected


@pytest.mark.parametrize(
    ("office", "description", "category", "expected"),
    [
        ("KR", "의견제출통지서", "communication", "Notice of grounds for rejection"),
        ("KR", "재심사청구서", "reply", "Request for re-examination"),
        ("KR", "등록결정서", "allowance", "Decision to grant"),
        ("CN", "第二次审查意见通知书", "communication", "Second Office action"),
        ("CN", "审查意见通知书", "communication", "Office action"),
        ("DE", "Prüfungsbescheid", "communication", "Examination report"),
        ("FR", "Décision de délivrance", "issue", "Decision to grant"),
        ("", "Office action", "communication", "Examination communication"),
    ],
)
def test_offices_without_codes_are_quoted_by_their_titles(office: str, description: str, category: str, expected: str):
    """What the title says of the lead paper goes into the label; else the office's or the general word."""
    assert label_with(office, "", description, category) == expected


def test_a_paper_that_was_taken_for_another_is_not_called_by_its_code():
    """An oath that stands for the application is said as the application, a corrected allowance as corrected."""
    assert label_with("US", "OATH", "", "application", "claims") == "Application"
    assert label_with("US", "OATH", "", "filing") == "Oath or declaration"
    assert label_with("US", "NOA", "", "corrected_allowance") == "Corrected notice of allowance"


@given(
    st.sampled_from(["US", "EP", "JP", "KR", "CN", "DE", ""]),
    st.sets(st.sampled_from(Category), min_size=1, max_size=8),
    st.text(max_size=12),
    st.text(max_size=30),
)
def test_every_set_of_papers_has_a_label(office: str, categories: set[Category], code: str, description: str):
    """A label is never empty, begins with a capital, says nothing twice, and the same papers have the same label."""
    text = label_of(office, frozenset(categories), code, description)
    assert text
    assert text[0] == text[0].upper()
    assert text == label_of(office, frozenset(categories), code, description)


def test_the_labels_of_real_files_are_those_of_their_logs(real_tables: Tables):
    """Labels of files that were read by hand beside the Office's own transaction log."""
    labels = real_tables.submissions.set_index(["history", "submission"])["label"]
    assert labels["US12/124027", "20130530-office"] == "Board decision: affirmed in part"
    assert labels["US12/124027", "20101013-office"] == "Reply brief noted"
    assert labels["US12/124027", "20140207-office"] == "Certificate of correction denied"
    assert labels["US11/408669", "20091204-applicant"] == "Petition to withdraw from issue, amendment, RCE and IDS"
    assert labels["US11/513450", "20090826-applicant"] == "Amendment after Quayle action and extension of time"
    assert labels["US11/512782", "20090908-applicant"] == "Amendment and RCE"
    assert labels["US12/060631", "20090305-applicant"] == "Issue fee with Rule 312 amendment"
    assert labels["US10/558844", "20080625-applicant"] == "Election"
    assert labels["EP99203729", "20020423-office"] == "Intention to grant"
    assert labels["JP2017-187096", "20200814-applicant"] == "Written opinion and amendment"
