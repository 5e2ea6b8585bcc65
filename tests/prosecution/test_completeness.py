"""What a list lacks: true findings on cut and faulty lists, silence on whole ones."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.histories import DocumentList, FileHistory
from components.prosecution import read_histories, read_history
from components.prosecution.law import rule_files
from components.prosecution.law.number_formats import is_grant
from components.prosecution.law.prerequisites import prerequisites_of
from components.prosecution.story.completeness import FINDING_COLUMNS, findings_of
from components.rule_tables import RuleTableBroken
from tests.prosecution.conftest import Paper, make_history
from tests.prosecution.test_summary import PAPERS, is_well_written

WHOLE: list[Paper] = [
    *((20160104, "TRNA"), (20160104, "SPEC"), (20160104, "CLM"), (20160104, "DRW"), (20160301, "IDS")),
    *((20170601, "CTRS"), (20170703, "ELC.", "", 1)),
    *((20171002, "CTNF"), (20171002, "892"), (20180102, "A...", "", 1), (20180102, "REM"), (20180102, "CLM")),
    *((20180301, "CTFR"), (20180501, "A.NE"), (20180501, "REM"), (20180501, "CLM"), (20180515, "CTAV")),
    *((20180601, "XT/"), (20180601, "RCEX"), (20180601, "AMSB")),
    *((20180901, "NOA"), (20181102, "A.NA"), (20181102, "IFEE"), (20181205, "ISSUE.NTF"), (20190102, "COCIN")),
]
"""A prosecution of which nothing is missing: each reply, its parts, and all that an issue presupposes."""


def findings_in(papers: list[Paper], apno: str = "US15/000001", patent_number: str = "") -> list[tuple[str, str, str]]:
    """Return kind, document and text of each finding on a hand-made list."""
    findings = findings_of(read_history(make_history(papers, apno=apno, patent_number=patent_number)))
    return list(zip(findings["kind"], findings["document"], findings["text"], strict=True))


def without(*codes: str) -> list[Paper]:
    """Return the whole list less some codes."""
    return [paper for paper in WHOLE if paper[1] not in codes]


def test_a_whole_list_gives_no_finding():
    """Each office: application, actions, answers, fee and certificate."""
    assert findings_in(WHOLE, patent_number="US10000001B2") == []
    european = [(20160104, "1001"), (20160104, "CLMS"), (20160104, "DESC"), (20161001, "1503"), (20170101, "2001")]
    european += [(20170501, "EXRE3"), (20180101, "2004"), (20180401, "IGRA7"), (20180601, "2006")]
    assert findings_in(european, apno="EP16000001", patent_number="EP3000001B1") == []
    japanese = [(20160104, "A63"), (20180104, "A621"), (20190104, "A131"), (20190304, "A53"), (20190304, "A523")]
    japanese += [(20190604, "A01"), (20190701, "A61"), (20190901, "R150")]
    assert findings_in(japanese, apno="JP2016-000001", patent_number="JP6500001B2") == []


def test_an_open_prosecution_lacks_nothing():
    """What has not happened yet is not missing."""
    assert findings_in(WHOLE[:-7]) == []
    assert findings_in([paper for paper in WHOLE if paper[0] <= 20171002], patent_number="US20170000001A1") == []
    assert findings_in([]) == []


def test_the_43_real_lists_have_four_findings_and_all_are_true(real_tables):
    """Each was checked against the list itself and, for the US, against the office's own log."""
    findings = findings_of(real_tables)
    assert list(findings.columns) == list(FINDING_COLUMNS)
    assert list(zip(findings["history"], findings["kind"], findings["document"], strict=True)) == [
        ("JP2017-187096", "no_grant", "20200901-A01-1"),  # patent 6768620 was granted, the list ends before
        ("US10/310232", "without_prerequisite", "20031104-XT/-1"),  # nothing was due before the first action of 2005
        ("US12/124027", "misindexed", "20100804-CTAV-1"),  # the log has no advisory action
        ("US15/123456", "without_prerequisite", "20171011-DISQ-1"),  # no terminal disclaimer was ever filed
    ]
    assert findings["text"].iloc[0] == (
        "The number JP6768620B2 is of a granted patent; the list ends with the decision to grant of 1 Sep 2020: "
        "no patent certificate is listed."
    )


@pytest.mark.parametrize(
    ("papers", "kind", "document", "words"),
    [
        (
            without("A...", "REM", "CLM"),
            "unanswered",
            "20171002-CTNF-1",
            "though the final rejection of 1 Mar 2018 followed",
        ),
        (without("ELC."), "unanswered", "20170601-CTRS-1", "though the non-final rejection of 2 Oct 2017 followed"),
        (
            without("A..."),
            "nameless_reply",
            "20180102-REM-1",
            "after the non-final rejection of 2 Oct 2017 without a paper",
        ),
        (without("CTRS"), "without_prerequisite", "20170703-ELC.-1", "before it no restriction requirement"),
        (
            without("A.NE", "REM", "CLM"),
            "without_prerequisite",
            "20180515-CTAV-1",
            "before it no reply after the final",
        ),
        (without("AMSB", "A.NE", "CTAV", "REM"), "empty_reply", "20180601-RCEX-1", "without the submission"),
        (without("NOA"), "without_prerequisite", "20181102-A.NA-1", "before it no notice of allowance"),
        (without("IFEE"), "without_prerequisite", "20181205-ISSUE.NTF-1", "before it no issue fee"),
        (
            without("TRNA", "SPEC", "CLM", "DRW"),
            "no_filing",
            "20160301-IDS-1",
            "the list begins with the IDS of 1 Mar 2016",
        ),
        ([*WHOLE, (20190301, "APRB")], "without_prerequisite", "20190301-APRB-1", "before it no examiner's answer"),
        ([*WHOLE[:12], (20180201, "AP.B")], "without_prerequisite", "20180201-AP.B-1", "before it no notice of appeal"),
    ],
)
def test_a_list_that_was_cut_says_what_is_missing(papers, kind, document, words):
    """Each case is the whole list without some of its papers, or with one that presupposes another."""
    matching = [finding for finding in findings_in(papers) if finding[:2] == (kind, document)]
    assert len(matching) == 1, findings_in(papers)
    assert words in matching[0][2]


def test_a_reply_is_empty_only_if_its_paper_is_short_and_alone():
    """A one-page amendment without remarks and claims; a longer one may hold them itself."""
    short = [(20180102, "A...", "", 1)]
    rest = [paper for paper in WHOLE if paper[1] not in ("A...", "REM") and paper[:2] != (20180102, "CLM")]
    assert [finding[:2] for finding in findings_in([*rest, *short])] == [("empty_reply", "20180102-A...-1")]
    assert findings_in([*rest, (20180102, "A...", "", 12)]) == []
    assert findings_in([*rest, *short, (20180102, "AF/D")]) == []


def test_a_supplemental_action_or_a_withdrawn_one_needs_no_reply():
    """The Office replaces its own action (MPEP 710.06), or withdraws it."""
    begun = [paper for paper in WHOLE if paper[0] <= 20180301]
    assert findings_in([*begun, (20180312, "SFR."), (20180501, "RCEX"), (20180501, "AMSB")]) == []
    assert findings_in([*begun, (20180312, "W/AC"), (20180412, "CTNF")]) == []
    assert [finding[0] for finding in findings_in([*begun, (20180312, "CTNF")])] == ["unanswered"]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("US10000001B2", ["no_grant"]),
        ("US6167568A", ["no_grant"]),
        ("USRE41192E1", ["no_grant"]),
        ("US20170000001A1", []),
        ("", []),
    ],
)
def test_the_number_of_a_granted_patent_asks_for_a_grant(number, expected):
    """Kind codes of the USPTO; a publication number says nothing about a grant."""
    ended = [paper for paper in WHOLE if paper[0] < 20181205]
    assert [finding[0] for finding in findings_in(ended, patent_number=number)] == expected


@pytest.mark.parametrize(
    ("office", "number", "granted"),
    [
        ("EP", "EP1000000B1", True),
        ("EP", "EP1000000A1", False),
        ("JP", "JP6768620B2", True),
        ("JP", "JP2019061579A", False),
        ("KR", "KR101234567B1", True),
        ("KR", "KR1020150000001A", False),
        ("CN", "CN101234567B", True),
        ("CN", "CN101234567A", False),
        ("DE", "DE102005000001B4", True),
        ("DE", "DE102005000001A1", False),
        ("WO", "WO2015000001A1", False),
    ],
)
def test_kind_codes_of_other_offices_are_known(office, number, granted):
    """By the offices' own lists of kind codes (WIPO ST.16)."""
    assert is_grant(office, number) is granted


def test_papers_without_a_place_in_time_are_counted_and_the_first_named():
    """Undated papers and those of another time: five named, the others counted, the first pointed at."""
    papers = [*WHOLE, *((None, "LET.") for _ in range(7)), (19800101, "PA.."), (20991231, "CTNF")]
    kinds = {kind: (document, text) for kind, document, text in findings_in(papers)}
    assert kinds["undated"] == (
        "undated-LET.-1",
        "Seven documents are listed without a date: LET., LET., LET., LET., LET. and two more.",
    )
    document, text = kinds["out_of_range"]
    assert document == "19800101-PA..-1"
    assert text == (
        "Two documents are listed dated when an application of this number cannot have had papers: "
        "PA.. of 1 Jan 1980 and CTNF of 31 Dec 2099."
    )


def test_a_long_silence_is_not_called_impossible():
    """A secrecy order or an interference may let an application rest; a number of 1990 allows any later day."""
    filed: list[Paper] = [(19900110, "TRNA"), (19900110, "SPEC"), (19900110, "CLM"), (19900601, "CTNF")]
    assert [
        text
        for kind, _, text in findings_in([*filed, (20190103, "CTNF")], apno="US07/500001")
        if kind == "out_of_range"
    ] == ["One document is listed apart from the rest by more than ten years without any paper: CTNF of 3 Jan 2019."]
    later = findings_in([*WHOLE, (20310101, "LET.")])  # made on 1 Jun 2025
    assert [text for kind, _, text in later if kind == "out_of_range"] == [
        "One document is listed dated when an application of this number cannot have had papers: LET. of 1 Jan 2031."
    ]


def test_a_reply_of_the_day_of_an_action_is_no_missing_reply():
    """Of papers of one day nobody can tell which came first."""
    filed: list[Paper] = [(20180110, "TRNA"), (20180110, "SPEC"), (20180110, "CLM")]
    reply: list[Paper] = [(20190103, "A..."), (20190103, "REM")]
    assert findings_in([*filed, (20190103, "CTNF"), *reply, (20190501, "CTFR")]) == []
    assert findings_in([*filed, (20181001, "CTNF"), *reply, (20190103, "CTFR")]) == []
    assert findings_in([*filed, (20190103, "NOA"), (20190103, "IFEE"), (20190301, "ISSUE.NTF")]) == []


def test_an_rce_may_rest_on_an_earlier_submission():
    """37 CFR 1.114(c), MPEP 706.07(h): an amendment after final or an IDS since the action is enough."""
    filed: list[Paper] = [(20180110, "TRNA"), (20180110, "SPEC"), (20180110, "CLM"), (20181001, "CTNF")]
    final: list[Paper] = [*filed, (20181101, "A..."), (20181101, "REM"), (20190103, "CTFR")]
    rce: list[Paper] = [(20190401, "RCEX")]
    assert findings_in([*final, (20190203, "AMSB"), (20190203, "REM"), (20190301, "CTAV"), *rce]) == []
    assert findings_in([*final, (20190203, "A.NE"), (20190203, "REM"), (20190301, "CTAV"), *rce]) == []
    assert findings_in([*final, (20190203, "IDS"), *rce]) == []
    assert findings_in([*final, *rce, (20190401, "IDS")]) == []
    assert [finding[:2] for finding in findings_in([*final, *rce])] == [("empty_reply", "20190401-RCEX-1")]


def test_unknown_papers_are_counted():
    """They stay in the list; a finding says how many and which codes."""
    assert findings_in([*WHOLE, (20180103, "QQQ1"), (20180104, "QQQ1")]) == [
        ("unclassified", "20180103-QQQ1-1", "Two documents are listed of no known kind: QQQ1."),
    ]


def test_what_was_told_but_not_delivered_comes_first():
    """The service said 31 and delivered fewer; or its pages were not fetched to the end."""
    history = make_history(without("NOA"))
    short = findings_of(read_history(replace(history, documents_reported=31)))
    assert short["kind"].tolist() == ["not_held", "without_prerequisite"]
    assert short["text"].iloc[0] == f"The service tells of 31 documents, of which {history.documents_held} are held."
    assert short["document"].iloc[0] == ""
    partial = findings_of(read_history(replace(history, complete=False)))
    assert partial["text"].iloc[0] == f"The list was not fetched to its end: {history.documents_held} documents so far."


def test_a_european_reply_and_a_japanese_examination_presuppose_their_causes():
    """A Japanese examination begins with a request (Patent Act, Art. 48-2), a European grant with Rule 71(3) EPC."""
    japanese = [(20160104, "A63"), (20190104, "A131"), (20190304, "A53")]
    assert [text for _, _, text in findings_in(japanese, apno="JP2016-000001")] == [
        "The notice of reasons for refusal of 4 Jan 2019 is listed, but before it no request for examination."
    ]
    european = [(20160104, "1001"), (20160104, "CLMS"), (20160104, "DESC"), (20180601, "2006")]
    assert [text for _, _, text in findings_in(european, apno="EP16000001")] == [
        "The decision to grant of 1 Jun 2018 is listed, but before it no intention to grant."
    ]


def without_codes(history: FileHistory, codes: set[str]) -> FileHistory:
    """Return a history less some codes, as if the service had never had those papers."""
    documents = history.documents
    kept = [index for index, code in enumerate(documents.code) if code not in codes]
    columns = (documents.date, documents.code, documents.description, documents.pages)
    return replace(
        history,
        documents=DocumentList(*([column[index] for index in kept] for column in columns)),
        documents_reported=len(kept),
    )


@pytest.mark.parametrize(
    ("codes", "kinds"),
    [
        ({"NOA"}, {"without_prerequisite"}),
        ({"IFEE"}, {"without_prerequisite"}),
        ({"ISSUE.NTF", "EGRANT.NTF", "EGRANT.PDF"}, {"no_grant"}),
        ({"A..."}, {"nameless_reply", "unanswered", "empty_reply"}),
    ],
)
def test_every_real_patent_misses_what_is_taken_out_of_its_list(real_histories, codes, kinds):
    """Each US list that held such a paper and ends with an issue: something is found, of the kind to be expected."""
    examined = 0
    for history in real_histories:
        held = set(history.documents.code)
        if not history.apno.startswith("US") or "ISSUE.NTF" not in held or not codes & held:
            continue
        before = findings_of(read_history(history))["text"].tolist()
        after = findings_of(read_history(without_codes(history, codes)))
        assert kinds & set(after.loc[~after["text"].isin(before), "kind"]), history.apno
        examined += 1
    assert examined >= 3


def test_findings_of_several_histories_stand_in_their_order():
    """One table for a portfolio."""
    histories = [make_history(without("IFEE"), apno="US15/000002"), make_history(without("NOA"), apno="US15/000001")]
    findings = findings_of(read_histories(histories))
    assert findings["history"].tolist() == ["US15/000002", "US15/000001"]
    assert findings_of(read_histories(())).empty


def test_a_broken_table_is_refused_with_its_row(monkeypatch, tmp_path):
    """A category that does not exist would silence a check for ever."""
    prerequisites_of.cache_clear()
    text = "office,category,needs,missing,source\nUS,issue,no_such_thing,x,y\n"
    (tmp_path / "prerequisites.csv").write_text(text, encoding="utf-8")
    monkeypatch.setattr(rule_files, "FOLDER", tmp_path)
    with pytest.raises(RuleTableBroken, match=r"prerequisites\.csv, line 2, column needs: .*no_such_thing"):
        prerequisites_of("US")
    prerequisites_of.cache_clear()


@given(papers=PAPERS, apno=st.sampled_from(("US15/000001", "EP15000001", "JP2015-000001", "KR1020150000001", "")))
def test_any_list_can_be_examined(papers, apno):
    """Whatever codes and dates: well-written sentences that point at documents of the list, if at any."""
    tables = read_history(make_history(papers, apno=apno, patent_number="US9999999B2"))
    findings = findings_of(tables)
    assert findings.equals(findings_of(tables))
    assert set(findings["document"]) <= {*tables.documents["id"], ""}
    assert all(is_well_written(text) or any(paper[1].strip() in text for paper in papers) for text in findings["text"])
