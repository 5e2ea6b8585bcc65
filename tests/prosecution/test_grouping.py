"""What one side did on one day, and how a prosecutor says it."""

import pytest

from components.prosecution import Tables, read_history
from tests.prosecution.conftest import make_history


def label(*codes: str, apno: str = "US14/000001") -> str:
    """Return the label of the first submission of a day with these papers."""
    return str(read_history(make_history([(20200102, code) for code in codes], apno)).submissions.loc[0, "label"])


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (("AMSB", "REM", "CLM", "RCEX", "WFEE", "N417"), "Amendment and RCE"),
        (("RCEX", "IDS"), "RCE and IDS"),
        (("A.NE", "RCEX", "IDS"), "Response after final, RCE and IDS"),
        (("A...", "REM", "CLM", "XT/"), "Amendment and extension of time"),
        (("CTNF", "892", "1449", "SRNT", "FWCLM"), "Non-final rejection"),
        (("CTFR", "CTFR", "SRFW"), "Final rejection"),
        (("NOA", "EX.A", "EXIN"), "Notice of allowance with examiner's amendment and interview summary"),
        (("IFEE", "A.NA"), "Issue fee with Rule 312 amendment"),
        (("N/AP", "AP.PRE.REQ"), "Notice of appeal with pre-appeal review request"),
        (("CTAV", "EXIN"), "Advisory action and interview summary"),
        (("A...", "AF/D", "REM"), "Response and affidavit"),
        (("TRNA", "SPEC", "CLM", "A.PE", "IDS"), "Application, preliminary amendment and IDS"),
        (("PA..",), "Power of attorney"),
        (("PET.OP", "RCEX", "AMSB"), "Amendment, RCE and petition"),
        (("ZZ99",), "Unclassified"),
    ],
)
def test_a_submission_is_named_as_a_prosecutor_names_it(codes: tuple[str, ...], expected: str):
    """The events of the day are named; transmittals, worksheets and receipts go without saying."""
    assert label(*codes) == expected


def test_an_office_is_quoted_in_its_own_words():
    """The EPO intends to grant and the JPO gives reasons for refusal; neither sends a notice of allowance."""
    assert label("2004", "DREX", apno="EP99203729") == "Intention to grant"
    assert label("2001", apno="EP99203729") == "Art. 94(3) communication"
    assert label("A131", "A131-JP", apno="JP2020-1") == "Notice of reasons for refusal"


def test_receipts_and_fee_sheets_go_with_what_the_applicant_filed_that_day():
    """They stay what they are, but belong to the submission; alone they are on their own."""
    tables = read_history(
        make_history(
            [
                (20200102, "A..."),
                (20200102, "N417"),
                (20200102, "WFEE"),
                (20200102, "SCORE"),
                (20200102, "N417.PYMT"),
                (20200203, "WFEE"),
                (20200304, "N417"),
            ]
        )
    )
    assert tables.submissions["submission"].tolist() == ["20200102-applicant", "20200203-internal", "20200304-office"]
    assert tables.submissions["documents"].tolist() == [5, 1, 1]
    assert tables.documents.set_index("code").loc["SCORE", "side"] == "internal"


def test_internal_papers_go_with_the_action_of_their_day():
    """The search notes of an action are part of its package; dated days earlier they stand alone."""
    tables = read_history(
        make_history([(20200102, "SRNT"), (20200105, "CTNF"), (20200105, "SRNT"), (20200105, "FWCLM")])
    )
    assert tables.submissions[["submission", "documents"]].values.tolist() == [
        ["20200102-internal", 1],
        ["20200105-office", 3],
    ]


def test_both_sides_of_a_day_and_third_parties_stay_apart():
    """What the Office sent and what it received on one date are two submissions, and a protest is a third."""
    submissions = read_history(make_history([(20200102, "IDS"), (20200102, "CTNF"), (20200102, "PROTEST")])).submissions
    assert submissions["side"].tolist() == ["office", "applicant", "third party"]
    assert submissions["kind"].tolist() == ["non_final_rejection", "ids", "third_party_submission"]


@pytest.mark.parametrize(
    ("codes", "lead"),
    [
        (("IDS", "AMSB", "RCEX"), "RCEX"),
        (("A...", "N/AP"), "N/AP"),
        (("A.NE", "AP.B"), "AP.B"),
        (("A...", "A.NE"), "A.NE"),
        (("ELC.", "A..."), "A..."),
        (("A.NA", "IFEE"), "A.NA"),
        (("PET.OP", "IFEE"), "IFEE"),
        (("A.PE", "PET.OP"), "PET.OP"),
        (("AMSB", "A.PE"), "A.PE"),
        (("EABN", "AMSB"), "AMSB"),
        (("IDS", "COCIN"), "COCIN"),
        (("PEFR", "IDS"), "IDS"),
        (("PA..", "PEFR"), "PEFR"),
        (("LET.", "PA.."), "PA.."),
        (("892", "SRNT", "CTFR"), "CTFR"),
        (("CTAV", "APEA"), "APEA"),
    ],
)
def test_the_paper_that_names_a_submission(codes: tuple[str, ...], lead: str):
    """RCE before appeal before amendment before fee before petition before IDS, as files show."""
    submission = read_history(make_history([(20200102, code) for code in codes])).submissions.loc[0]
    assert submission["lead"] == f"20200102-{lead}-1"


def test_the_story_of_a_real_file_is_told_in_its_events(real_tables: Tables):
    """US 10,765,880 B2, checked by hand: abandonment, petition with RCE, two rounds, corrected allowance, grant."""
    rows = real_tables.submissions.query("history == 'US14/412875' and key")
    labels = dict(zip(rows["submission"], rows["label"], strict=True))
    assert labels["20161025-office"] == "Non-final rejection"
    assert labels["20180223-office"] == "Notice of abandonment"
    assert labels["20180601-applicant"] == "Amendment, RCE, petition and extension of time"
    assert labels["20191014-applicant"] == "Amendment and extension of time"
    assert labels["20200427-office"] == "Notice of allowance and interview summary"
    assert labels["20200615-office"] == "Further notice of allowance"
    assert labels["20200819-office"] == "Issue notification"


def test_pages_are_summed_and_missing_only_where_none_is_known():
    """A submission of which no paper has pages has none; otherwise those known are added."""
    papers = [(20200102, "A...", "", 3), (20200102, "REM", "", None), (20200103, "A53", "", 0)]
    pages = read_history(make_history(papers)).submissions["pages"]
    assert pages[0] == 3
    assert pages.isna().tolist() == [False, True]
