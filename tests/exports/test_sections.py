"""The sections into which a selection is cut."""

from collections import Counter

from components.exports.sections import sections_of
from components.exports.selection import Selection
from components.prosecution import read_histories
from tests.exports.conftest import make_history, make_selection

EXAMINED = [
    (20170103, "SPEC", "Specification"),
    (20170103, "CLM", "Claims"),
    (20180301, "CTNF", "Non-Final Rejection"),
    (20180531, "A...", "Amendment/Request for Reconsideration-After Non-Final Rejection"),
    (20180531, "REM", "Applicant Arguments/Remarks Made in an Amendment"),
    (20180531, "CLM", "Claims"),
    (20180831, "CTFR", "Final Rejection"),
    (20181130, "RCEX", "Request for Continued Examination (RCE)"),
    (20190502, "NOA", "Notice of Allowance and Fees Due (PTOL-85)"),
    (20190701, "IFEE", "Issue Fee Payment (PTO-85B)"),
    (20190801, "ISSUE.NTF", "Issue Notification"),
    (20200901, "PA..", "Power of Attorney"),
    (None, "XXXX", "Paper without a date"),
]


def sections_in(selection: Selection) -> list[tuple[str, list[str]]]:
    """Give title and codes of each section."""
    codes = selection.documents["code"].tolist()
    return [(section.title, [codes[row] for row in section.rows]) for section in sections_of(selection)]


def test_rounds_stand_between_filing_and_what_follows() -> None:
    """A hand-made examination: each round with what opened and what answered it, and the rest around them."""
    selection = make_selection(read_histories([make_history(EXAMINED, apno="US15/397000")]))
    assert sections_in(selection) == [
        ("Filing and formalities", ["SPEC", "CLM"]),
        ("Round 1: Non-final rejection, 1 Mar 2018, answered 31 May 2018 by amendment", ["CTNF", "A...", "REM", "CLM"]),
        ("Round 2: Final rejection, 31 Aug 2018, answered 30 Nov 2018 by RCE", ["CTFR", "RCEX"]),
        (
            "Round 3: Notice of allowance, 2 May 2019, answered 1 Jul 2019 by issue fee",
            ["NOA", "IFEE", "ISSUE.NTF"],
        ),
        ("After the examination", ["PA.."]),
        ("Undated or out of place", ["XXXX"]),
    ]


def test_an_open_round_is_said_to_be_open() -> None:
    """A round without an answer says that it is open, or that it was abandoned and when."""
    open_round = make_selection(read_histories([make_history(EXAMINED[:3], apno="US15/397000")]))
    assert sections_in(open_round)[-1][0] == "Round 1: Non-final rejection, 1 Mar 2018, open"
    papers = [*EXAMINED[:3], (20181001, "ABN", "Abandonment")]
    abandoned = make_selection(read_histories([make_history(papers, apno="US15/397000")]))
    assert sections_in(abandoned)[1][0] == "Round 1: Non-final rejection, 1 Mar 2018, abandoned 1 Oct 2018"


def test_papers_between_rounds_are_not_said_to_be_after_the_examination() -> None:
    """A formalities notice before the examination leaves papers between it and the first action."""
    papers = [
        (20170103, "CLM", "Claims"),
        (20170201, "NTC.MISS.PRT", "Notice to File Missing Parts"),
        (20170301, "PEFR", "Applicant Response to Pre-Exam Formalities Notice"),
        (20170601, "NTC.PUB", "Notice of Publication"),
        (20180301, "CTNF", "Non-Final Rejection"),
    ]
    titles = [
        title for title, _ in sections_in(make_selection(read_histories([make_history(papers, apno="US15/397000")])))
    ]
    assert titles[2] == "Between rounds 1 and 2"
    unexamined = sections_in(make_selection(read_histories([make_history(papers[:-1], apno="US15/397000")])))
    assert unexamined[-1] == ("After round 1", ["NTC.PUB"])


def test_a_round_whose_papers_are_not_taken_has_no_section() -> None:
    """Only rounds with a selected document have a section, and keep their number."""
    tables = read_histories([make_history(EXAMINED, apno="US15/397000")])
    chosen = make_selection(tables, rows=tables.documents["code"].isin(["SPEC", "CTFR"]))
    assert [title.split(",")[0] for title, _ in sections_in(chosen)] == [
        "Filing and formalities",
        "Round 2: Final rejection",
    ]


def test_papers_keep_the_order_given_and_histories_stay_together() -> None:
    """Rows of two histories that were mixed are parted; within each the given order stays."""
    histories = [make_history(EXAMINED, apno="US15/397000"), make_history(EXAMINED, apno="US15/397001")]
    tables = read_histories(histories)
    mixed = make_selection(tables)
    rows = mixed.documents.sort_values("seq", ascending=False, kind="stable").reset_index(drop=True)
    selection = Selection(rows, mixed.histories, mixed.rounds, mixed.titles, mixed.findings, mixed.made)
    found = sections_of(selection)
    assert [section.history for section in found] == ["US15/397000"] * 6 + ["US15/397001"] * 6
    assert found[0].title == "After the examination"
    assert found[5].title == "Undated or out of place"
    assert all(list(section.rows) == sorted(section.rows) for section in found)


def test_every_real_document_stands_in_one_section(real_selection: Selection) -> None:
    """Of the 43 real histories no document is lost or doubled, and a round with documents has one section."""
    found = sections_of(real_selection)
    rows = Counter(row for section in found for row in section.rows)
    assert rows == Counter(range(len(real_selection.documents)))
    documents = real_selection.documents
    with_round = documents[documents["date"].notna() & documents["in_range"]].dropna(subset="round")
    documents_by_round = Counter(zip(with_round["history"], with_round["round"].astype(int), strict=True))
    assert Counter((s.history, s.round) for s in found if s.round is not None) == Counter(
        dict.fromkeys(documents_by_round, 1)
    )
    assert list(dict.fromkeys(section.history for section in found)) == real_selection.histories["history"].tolist()
