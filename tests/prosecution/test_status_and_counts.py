"""The headline facts, against the offices' own transaction logs and statuses, and against hand-made cases.

The transaction log is another record of the same application, with another vocabulary; it is never an input.
"""

from collections.abc import Callable

import pandas as pd
import pytest

from components.prosecution import Tables, read_history, summary_of
from tests.prosecution.conftest import Paper, make_history

LOGGED = {
    "non_final_rejection": ("Mail Non-Final Rejection",),
    "final_rejection": ("Mail Final Rejection (PTOL - 326)",),
    "restriction": ("Mail Restriction Requirement",),
    "quayle": ("Mail Ex Parte Quayle Action (PTOL - 326)",),
    "advisory_action": ("Mail Advisory Action (PTOL - 303)",),
    "rce": ("Request for Continued Examination (RCE)",),
    "notice_of_appeal": ("Notice of Appeal Filed",),
    "pre_appeal_decision": ("Mail Appeals conf. Reopen Prosec.",),
    "examiners_answer": ("Mail Examiner's Answer",),
    "board_decision": ("Mail BPAI Decision on Appeal - Affirmed in Part",),
    "election": ("Response to Election / Restriction Filed",),
    "allowance": ("Mail Notice of Allowance",),
    "further_allowance": ("Mailing Corrected Notice of Allowability", "Mail Corrected Notice of Allowance"),
    "issue": ("Issue Notification Mailed", "Mail Patent eGrant Notification"),
    "abandonment": ("Mail Abandonment for Failure to Respond to Office Action",),
}
DEVIATIONS = {
    ("US11/408669", "rce"): "the log dates the RCE of 2009-12-04 to 2006-12-04, before any action",
}


@pytest.mark.parametrize("category", LOGGED)
def test_dates_agree_with_the_offices_own_log(
    category: str, real_tables: Tables, index: dict[str, dict[str, str]], logged: Callable[..., set[str]]
):
    """For the 40 US applications, each kind of event has the dates of its transactions, and only those."""
    documents = real_tables.documents[real_tables.documents["category"] == category]
    compared = 0
    for apno, application in index.items():
        if application["office"] == "USPTO" and (apno, category) not in DEVIATIONS:
            found = documents.loc[documents["history"] == apno, "date"].dt.strftime("%Y%m%d")
            assert set(found) == logged(apno, *LOGGED[category]), apno
            compared += 1
    assert compared >= 39


def test_the_deviation_is_still_there(real_tables: Tables, logged: Callable[..., set[str]]):
    """The exception of the comparison above is a real one: the two records differ exactly so."""
    rce = real_tables.documents.query("history == 'US11/408669' and category == 'rce'")["date"].dt.strftime("%Y%m%d")
    assert (set(rce), logged("US11/408669", *LOGGED["rce"])) == ({"20091204"}, {"20061204"})


def test_an_advisory_action_beside_the_examiners_answer_is_recognised_as_mis_indexed(
    real_tables: Tables, logged: Callable[..., set[str]]
):
    """12/124,027: the Office's log names no advisory action; the paper keeps its code and is not counted as one."""
    papers = real_tables.documents.query("history == 'US12/124027' and code == 'CTAV'")
    assert papers["category"].tolist() == ["misindexed"]
    assert logged("US12/124027", *LOGGED["advisory_action"]) == set()
    assert real_tables.histories.set_index("history").loc["US12/124027", "advisories"] == 0


@pytest.mark.parametrize(
    ("count", "categories"),
    [
        ("non_finals", ("non_final_rejection",)),
        ("finals", ("final_rejection",)),
        ("restrictions", ("restriction",)),
        ("appeals", ("notice_of_appeal",)),
        ("allowances", ("allowance",)),
        ("actions", ("restriction", "non_final_rejection", "final_rejection", "quayle")),
    ],
)
def test_counts_agree_with_the_offices_own_log(
    count: str,
    categories: tuple[str, ...],
    real_tables: Tables,
    index: dict[str, dict[str, str]],
    logged: Callable[..., set[str]],
):
    """An action that is listed twice on a day is counted once; a corrected notice is no second allowance."""
    counts = real_tables.histories.set_index("history")[count]
    compared = 0
    for apno, application in index.items():
        if application["office"] == "USPTO":
            assert counts[apno] == sum(len(logged(apno, *LOGGED[category])) for category in categories), apno
            compared += 1
    assert compared == 40


def test_status_agrees_with_the_offices_own(real_tables: Tables, index: dict[str, dict[str, str]]):
    """The last decisive paper leads to the status that the office itself states, where it states one."""
    meanings = {"Patented Case": "Granted", "Docketed New Case - Ready for Examination": "Awaiting office"}
    statuses = real_tables.histories.set_index("history")["status"]
    stated = {apno: row["status"] for apno, row in index.items() if row["status"]}
    assert len(stated) == 40
    for apno, text in stated.items():
        expected = "Abandoned" if text.startswith("Abandoned") else meanings[text]
        assert statuses[apno] == expected, apno


def test_dates_stand_in_their_relation_to_the_published_ones(real_tables: Tables, index: dict[str, dict[str, str]]):
    """No file begins after its filing date, and the issue notification goes out at most two months before the grant."""
    rows = real_tables.histories.set_index("history")
    assert sum(row["office"] == "USPTO" and bool(row["grant_date"]) for row in index.values()) > 20
    for apno, application in index.items():
        if application["office"] != "USPTO":
            continue
        assert rows.loc[apno, "filed"] <= pd.Timestamp(application["filing_date"])
        if application["grant_date"]:
            waited = (pd.Timestamp(application["grant_date"]) - rows.loc[apno, "issued"]).days
            assert 0 <= waited <= 60, apno
            assert pd.isna(rows.loc[apno, "abandoned"])


def test_a_revived_application_was_not_abandoned(real_tables: Tables):
    """US 10,765,880 B2: abandoned in 2018, revived, allowed twice (the second a correction), granted in 2020."""
    row = real_tables.histories.set_index("history").loc["US14/412875"]
    assert (row["status"], row["actions"], row["finals"], row["rces"], row["allowances"]) == ("Granted", 4, 2, 1, 1)
    assert row["allowed"] == pd.Timestamp("2020-04-27")
    assert row["issued"] == pd.Timestamp("2020-08-19")
    assert pd.isna(row["abandoned"])
    assert row["pendency_days"] == 2053  # 2015-01-05 to 2020-08-19
    assert row["documents_held"] == 184


def test_an_allowance_after_an_rce_is_a_second_one(real_tables: Tables):
    """US 10,000,000 B2: allowed, RCE, allowed again; the notice after the Rule 312 amendment is a correction."""
    row = real_tables.histories.set_index("history").loc["US14/643719"]
    assert (row["allowances"], row["allowed"]) == (2, pd.Timestamp("2018-02-26"))


@pytest.mark.parametrize(
    ("codes", "status"),
    [
        ((), "Pending"),
        (("TRNA", "IDS", "APP.FILE.REC"), "Pending"),
        (("TRNA", "CTNF"), "Awaiting applicant"),
        (("TRNA", "CTNF", "XT/"), "Awaiting applicant"),
        (("TRNA", "CTNF", "A..."), "Awaiting office"),
        (("CTNF", "A...", "CTFR", "A.NE", "CTAV"), "Awaiting applicant"),
        (("CTFR", "RCEX"), "Awaiting office"),
        (("CTFR", "N/AP"), "On appeal"),
        (("CTFR", "N/AP", "AP.B", "APEA", "APRB", "RBNE"), "On appeal"),
        (("CTFR", "N/AP", "CTNF"), "Awaiting applicant"),
        (("N/AP", "AP/W"), "Awaiting office"),
        (("CTNF", "A...", "NOA"), "Allowed"),
        (("NOA", "IFEE", "A.NA"), "Allowed"),
        (("NOA", "NOA"), "Allowed"),
        (("NOA", "PETWDISS", "RCEX"), "Awaiting office"),
        (("NOA", "IFEE", "ISSUE.NTF"), "Granted"),
        (("NOA", "ISSUE.NTF", "COCIN", "COCOUT"), "Granted"),
        (("NOA", "ABN"), "Abandoned"),
        (("CTNF", "ABN"), "Abandoned"),
        (("CTNF", "ABN", "A..."), "Abandoned"),
        (("CTNF", "ABN", "PET.OP"), "Abandoned"),
        (("CTFR", "ABN", "RCEX"), "Abandoned"),
        (("CTFR", "ABN", "PET.OP", "PETDEC", "CTNF"), "Awaiting applicant"),
    ],
)
def test_status_follows_the_last_decisive_paper(codes: tuple[str, ...], status: str):
    """Receipts, extensions, petitions and corrections decide nothing; a late reply revives nothing."""
    papers = [(20200101 + number, code) for number, code in enumerate(codes)]
    assert read_history(make_history(papers)).histories.loc[0, "status"] == status


def test_a_reply_of_the_day_of_an_action_does_not_answer_it():
    """Of the papers of one day the more decisive counts, whichever is listed first."""
    for papers in ([(20200102, "A..."), (20200102, "CTFR")], [(20200102, "CTFR"), (20200102, "A...")]):
        assert read_history(make_history(papers)).histories.loc[0, "status"] == "Awaiting applicant"
    assert (
        read_history(make_history([(20200102, "A.NE"), (20200102, "N/AP")])).histories.loc[0, "status"] == "On appeal"
    )


def test_a_second_notice_is_a_correction_only_where_nothing_reopened_in_between():
    """An RCE, a withdrawal from issue or a new action between two notices makes the second an allowance of its own."""

    def allowances(*codes: str) -> int:
        papers = [(20200101 + number, code) for number, code in enumerate(codes)]
        return int(read_history(make_history(papers)).histories.loc[0, "allowances"])

    assert allowances("NOA", "NOA") == 1
    assert allowances("NOA", "A.NA", "N271", "NOA", "NOA") == 1
    assert allowances("NOA", "RCEX", "NOA") == 2
    assert allowances("NOA", "ISSUE.WD.NTC", "NOA") == 2
    assert allowances("NOA", "PETWDISS", "RCEX", "NOA", "NOA") == 2
    assert allowances("NOA", "CTNF", "A...", "NOA") == 2


def test_a_supplemental_final_rejection_is_an_action_of_its_own_day():
    """11/463,337 had a final rejection on 3 June 2009 and a supplemental one on 16 June 2009."""
    row = read_history(make_history([(20090603, "CTFR"), (20090603, "CTFR"), (20090616, "SFR.")])).histories.loc[0]
    assert (row["actions"], row["finals"]) == (2, 2)


def test_missing_facts_are_missing():
    """Without filing papers or an end there is no date and no pendency, rather than a guess."""
    row = read_history(make_history([(20200102, "CTNF")])).histories.loc[0]
    assert pd.isna(row["filed"])
    assert pd.isna(row["issued"])
    assert pd.isna(row["pendency_days"])
    assert row["first_action"] == pd.Timestamp("2020-01-02")
    assert (row["first_document"], row["last_document"]) == (pd.Timestamp("2020-01-02"),) * 2


@pytest.mark.parametrize(("apno", "codes", "status"), [
    ("EP10000001", ("2001", "2007"), "Refused"),
    ("JP2012-000001", ("A131", "A53", "A02"), "Refused"),
    ("JP2012-000001", ("A131", "A02", "C60"), "On appeal"),
])  # fmt: skip
def test_a_refusal_is_said_as_one(apno: str, codes: tuple[str, ...], status: str):
    """A decision of refusal ends the examination of the EPO or the JPO, until an appeal is filed."""
    papers = [(20150101 + number, code) for number, code in enumerate(codes)]
    assert read_history(make_history(papers, apno=apno)).histories.loc[0, "status"] == status


OPEN: list[Paper] = [(20160104, "TRNA"), (20170301, "CTNF")]
CLOSED: list[Paper] = [*OPEN, (20170601, "A..."), (20171002, "CTFR")]
PATENTED: list[Paper] = [*OPEN, (20170601, "A..."), (20170901, "NOA"), (20171115, "IFEE"), (20180110, "ISSUE.NTF")]
RCE: Paper = (20180601, "RCEX")


@pytest.mark.parametrize(
    ("apno", "papers", "rces", "told"),
    [
        ("US15/000001", [*OPEN, (20170601, "RCEX")], 0, "when prosecution was open (37 CFR 1.114): it is not proper"),
        ("US15/000001", [*OPEN[:1], (20160601, "RCEX")], 1, "proper only if such an action is merely not listed"),
        ("US29/550001", [*CLOSED, (20180102, "RCEX")], 0, "in a design application, in which none can be"),
        ("US29550001", [*CLOSED, (20180102, "RCEX")], 0, "37 CFR 1.114(e)(4)"),
        ("US62/550001", [(20160104, "TR.PROV"), (20160601, "RCEX")], 0, "in a provisional application"),
        ("US15/000001", [*PATENTED, RCE], 0, "after the issue notification of 10 Jan 2018 (37 CFR 1.114(a))"),
        ("US15/000001", [*CLOSED, (20180420, "ABN"), RCE], 0, ""),  # MPEP 706.07(h): it revives nothing
        ("US15/000001", [*CLOSED, (20180420, "ABN"), RCE, (20180601, "PETDEC", "Petition denied")], 0, ""),
        (
            "US15/000001",
            [
                *CLOSED,
                (20180420, "ABN"),
                RCE,
                (20180601, "PET.OP"),
                (20180801, "PETDEC", "Petition to revive dismissed"),
            ],
            0,
            "",
        ),
        # Proper ones: 37 CFR 1.114(a) and (b)
        ("US15/000001", [*CLOSED, (20180102, "RCEX")], 1, ""),
        ("US15/000001", [*OPEN, (20170601, "N/AP"), (20170701, "RCEX")], 1, ""),
        ("US15/000001", [*OPEN, (20170601, "A..."), (20170901, "CTEQ"), (20171001, "RCEX")], 1, ""),
        ("US15/000001", [*PATENTED[:-2], (20171001, "RCEX")], 1, ""),
        ("US15/000001", [*CLOSED, (20180420, "ABN"), RCE, (20180601, "PET.OP"), (20180801, "CTNF")], 1, ""),
        ("US15/000001", [*CLOSED, (20180301, "CTNF"), (20180301, "RCEX")], 1, ""),  # of one day: not shown
    ],
)
def test_an_rce_that_was_not_proper_is_not_counted(apno: str, papers: list[Paper], rces: int, told: str):
    """37 CFR 1.114(a), (b), (e); MPEP 706.07(h): prosecution must be closed, and the file one in which it can be."""
    tables = read_history(make_history(papers, apno=apno))
    assert tables.histories.loc[0, "rces"] == rces
    story = " ".join(sentence.text for sentence in summary_of(tables, tables.histories.loc[0, "history"]))
    assert told in story
    assert ("proper" in story) == bool(told)
