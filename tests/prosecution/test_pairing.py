"""What answers what, on hand-made files: each rule of the table once, with its outcome."""

import csv
from datetime import date

import pandas as pd
import pytest

from components.prosecution import Tables, read_history
from components.prosecution.law.pairings import pairings_of
from components.prosecution.law.rule_files import FOLDER
from tests.prosecution.conftest import Paper, make_history


def rounds_of(*papers: Paper, apno: str = "US00/000001") -> pd.DataFrame:
    """Read a hand-made file and give its rounds."""
    return read_history(make_history(list(papers), apno=apno)).rounds


def summarised(rounds: pd.DataFrame) -> list[tuple[str, str, str]]:
    """Return each round as (kind, the code of the answer, outcome)."""
    return [
        (row.kind, row.answer.split("-", 1)[1].rsplit("-", 1)[0] if row.answer else "", row.outcome)
        for row in rounds.itertuples()
    ]


@pytest.mark.parametrize(
    ("papers", "expected"),
    [
        pytest.param(
            [(20150105, "CTRS"), (20150302, "ELC.")],
            [("restriction", "ELC.", "on time")],
            id="restriction and election",
        ),
        pytest.param(
            [(20150105, "CTRS"), (20150302, "A..."), (20150302, "REM")],
            [("restriction", "A...", "on time")],
            id="an election folded into an amendment",
        ),
        pytest.param(
            [(20150105, "CTRS"), (20150401, "CTNF"), (20150601, "A..."), (20150601, "N417")],
            [("restriction", "", "superseded"), ("non_final_rejection", "A...", "on time")],
            id="an election by telephone is in no list",
        ),
        pytest.param(
            [(20150105, "CTNF"), (20150605, "A..."), (20150605, "N417")],
            [("non_final_rejection", "A...", "extended")],
            id="reply in the fifth month",
        ),
        pytest.param(
            [(20150105, "CTNF"), (20150904, "A..."), (20150904, "N417")],
            [("non_final_rejection", "A...", "late")],
            id="reply after the statutory bar",
        ),
        pytest.param(
            [(20150105, "CTNF"), (20150601, "N/AP"), (20150601, "N417")],
            [("non_final_rejection", "N/AP", "extended"), ("notice_of_appeal", "", "open")],
            id="appeal from a second non-final rejection",
        ),
        pytest.param(
            [(20150105, "CTFR"), (20150304, "A.NE"), (20150320, "CTAV"), (20150405, "RCEX"), (20150405, "AMSB")],
            [("final_rejection", "RCEX", "on time")],
            id="after-final amendment, advisory action and RCE are one round",
        ),
        pytest.param(
            [(20150105, "CTFR"), (20150304, "A.NE"), (20150320, "NOA")],
            [("final_rejection", "A.NE", "on time"), ("allowance", "", "open")],
            id="an after-final amendment that leads to allowance is the answer",
        ),
        pytest.param(
            [(20150105, "CTFR"), (20150304, "A.NE"), (20150320, "CTAV"), (20150330, "A.NE"), (20150410, "NOA")],
            [("final_rejection", "A.NE", "on time"), ("allowance", "", "open")],
            id="the amendment after the advisory action is the answer",
        ),
        pytest.param(
            [(20150105, "CTFR"), (20150304, "A.NE"), (20150320, "CTAV"), (20150820, "ABN")],
            [("final_rejection", "", "abandoned")],
            id="an after-final amendment does not stop the clock",
        ),
        pytest.param(
            [(20150105, "CTFR"), (20150116, "SFR."), (20150406, "RCEX")],
            [("final_rejection", "", "superseded"), ("final_rejection", "RCEX", "on time")],
            id="a supplemental final rejection replaces the first",
        ),
        pytest.param(
            [(20150105, "CTFR"), (20150105, "CTFR"), (20150105, "SRFW"), (20150401, "RCEX")],
            [("final_rejection", "RCEX", "on time")],
            id="an action whose code stands twice is one",
        ),
        pytest.param(
            [(20150105, "CTNF"), (20150201, "W/AC"), (20150401, "CTNF"), (20150601, "A...")],
            [("non_final_rejection", "", "superseded"), ("non_final_rejection", "A...", "on time")],
            id="a withdrawn action asks for nothing",
        ),
        pytest.param(
            [(20150105, "CTEQ"), (20150305, "A.QU")],
            [("quayle", "A.QU", "on time")],
            id="Quayle",
        ),
        pytest.param(
            [(20150105, "NOA"), (20150406, "IFEE"), (20150406, "A.NA")],
            [("allowance", "IFEE", "on time")],
            id="allowance and issue fee",
        ),
        pytest.param(
            [(20150105, "NOA"), (20150210, "NOA"), (20150403, "IFEE")],
            [("allowance", "IFEE", "on time")],
            id="a corrected notice opens no round and sets no new period",
        ),
        pytest.param(
            [(20150105, "NOA"), (20150508, "ABN")],
            [("allowance", "", "abandoned")],
            id="the issue fee was not paid",
        ),
        pytest.param(
            [(20150105, "NOA"), (20150210, "RCEX"), (20150401, "NOA"), (20150601, "IFEE")],
            [("allowance", "", "superseded"), ("allowance", "IFEE", "on time")],
            id="an RCE instead of the issue fee",
        ),
        pytest.param(
            [(20150105, "N/AP"), (20150303, "AP.B"), (20150601, "APEA"), (20150730, "APRB"), (20170105, "APDA"),
             (20170301, "RCEX")],
            [("notice_of_appeal", "AP.B", "on time"), ("appeal_brief", "APEA", "answered"),
             ("examiners_answer", "APRB", "on time"), ("reply_brief", "APDA", "answered"),
             ("board_decision", "RCEX", "on time")],
            id="an appeal to the Board's decision",
        ),
        pytest.param(
            [(20150105, "N/AP"), (20150303, "AP.B"), (20150601, "CTNF"), (20150801, "A...")],
            [("notice_of_appeal", "AP.B", "on time"), ("appeal_brief", "CTNF", "answered"),
             ("non_final_rejection", "A...", "on time")],
            id="the examiner reopens after the brief",
        ),
        pytest.param(
            [(20150105, "N/AP"), (20150105, "AP.PRE.REQ"), (20150225, "AP.PRE.DEC"), (20150325, "AP.B")],
            [("notice_of_appeal", "AP.B", "on time"), ("pre_appeal_request", "AP.PRE.DEC", "answered"),
             ("appeal_brief", "", "open")],
            id="the pre-appeal decision prolongs the period of the brief",
        ),
        pytest.param(
            [(20150105, "CTFR"), (20150801, "ABN"), (20151001, "PET.OP"), (20151001, "RCEX"), (20160101, "PETDEC"),
             (20160301, "CTNF")],
            [("final_rejection", "", "abandoned"), ("abandonment", "PET.OP", "revived"),
             ("petition", "PETDEC", "answered"), ("non_final_rejection", "", "open")],
            id="abandonment, petition and revival",
        ),
        pytest.param(
            [(20150105, "CTFR"), (20150801, "ABN"), (20151001, "A...")],
            [("final_rejection", "", "abandoned")],
            id="a late reply revives nothing",
        ),
        pytest.param(
            [(20150105, "NTC.MISS.PRT"), (20150303, "PEFR"), (20160105, "CTNF")],
            [("formalities_notice", "PEFR", "on time"), ("non_final_rejection", "", "open")],
            id="missing parts",
        ),
        pytest.param(
            [(20150105, "CTNF"), (20150401, "A..."), (20150501, "NTC.A.NONCPL"), (20150601, "A...")],
            [("non_final_rejection", "A...", "on time"), ("other_office_action", "A...", "on time")],
            id="a non-compliant amendment is asked for again",
        ),
        pytest.param(
            [(20150105, "CTFR"), (20150301, "A.NE"), (20150315, "NTC.A.NONCPL"), (20150401, "A.NE"), (20150415, "NOA")],
            [("final_rejection", "A.NE", "on time"), ("other_office_action", "A.NE", "answered"),
             ("allowance", "", "open")],
            id="a non-compliant amendment after final gets no new period",
        ),
        pytest.param(
            [(20150105, "CTNF"), (20150401, "EABN"), (20150501, "ABN")],
            [("non_final_rejection", "EABN", "on time")],
            id="an express abandonment",
        ),
    ],
)  # fmt: skip
def test_an_action_meets_its_answer(papers: list[Paper], expected: list[tuple[str, str, str]]):
    """Each action in order, with the code of what answered it and what became of it (MPEP 700, 1200, 711, 1300)."""
    assert summarised(rounds_of(*papers)) == expected


def test_an_extension_without_a_reply_is_none():
    """A petition for time buys time; the application is abandoned all the same, and the reason names both."""
    row = rounds_of((20150105, "CTNF"), (20150706, "XT/"), (20150801, "ABN")).iloc[0]
    assert (row["outcome"], row["answer"]) == ("abandoned", "")
    assert "1 Aug 2015" in row["explanation"]
    assert "extension of time was asked for on 6 Jul 2015" in row["explanation"]


def test_extension_months_are_marked_as_computed_unless_a_petition_is_listed():
    """Since e-filing the petition often hides in the fee sheet: the months follow from the dates, and say so."""
    computed = rounds_of((20150105, "CTNF"), (20150605, "A..."), (20150605, "N417")).iloc[0]
    listed = rounds_of((20150105, "CTNF"), (20150605, "A..."), (20150605, "XT/"), (20150605, "N417")).iloc[0]
    assert (computed["extension_months"], computed["extension_source"]) == (2, "computed")
    assert (listed["extension_months"], listed["extension_source"]) == (2, "petition")


def test_a_paper_on_paper_may_arrive_within_a_week_of_its_due_day():
    """A certificate of mailing (37 CFR 1.8) bears the due day; a paper with an electronic receipt has no such grace."""
    by_mail = rounds_of((20150105, "CTNF"), (20150410, "A...")).iloc[0]
    by_wire = rounds_of((20150105, "CTNF"), (20150410, "A..."), (20150410, "N417")).iloc[0]
    assert (by_mail["outcome"], by_mail["extension_months"]) == ("on time", 0)
    assert "certificate of mailing" in by_mail["explanation"]
    assert (by_wire["outcome"], by_wire["extension_months"]) == ("extended", 1)


def test_a_prompt_reply_after_final_makes_the_period_end_with_the_advisory_action():
    """First reply within two months: the period ends at the later of three months and the advisory action's date."""
    prompt = rounds_of(
        (20150105, "CTFR"), (20150304, "A.NE"), (20150420, "CTAV"), (20150518, "RCEX"), (20150518, "N417")
    )
    slow = rounds_of((20150105, "CTFR"), (20150310, "A.NE"), (20150420, "CTAV"), (20150518, "RCEX"), (20150518, "N417"))
    assert (prompt.iloc[0]["due"].date(), prompt.iloc[0]["extension_months"]) == (date(2015, 4, 20), 1)
    assert (slow.iloc[0]["due"].date(), slow.iloc[0]["extension_months"]) == (date(2015, 4, 6), 2)


def test_a_letter_that_restarts_the_period_restarts_it_whole():
    """A reference was missing (NRES): three months and the six-month bar run anew from the letter."""
    row = rounds_of((20150105, "CTNF"), (20150302, "NRES"), (20150601, "A..."), (20150601, "N417")).iloc[0]
    assert [row[name].date() for name in ("due", "last", "bar")] == [
        date(2015, 6, 2), date(2015, 9, 2), date(2015, 9, 2)]  # fmt: skip
    assert (row["outcome"], row["extension_months"]) == ("on time", 0)


def test_the_two_months_after_final_end_on_a_working_day():
    """3 March 2019 was a Sunday: the amendment of Monday the 4th was in time to move the end to the advisory action."""
    rounds = rounds_of(
        (20190103, "CTFR"), (20190304, "A.NE"), (20190420, "CTAV"), (20190520, "RCEX"), (20190520, "N417")
    )
    assert (rounds.iloc[0]["due"].date(), rounds.iloc[0]["extension_months"]) == (date(2019, 4, 22), 1)


def test_no_brief_is_due_while_a_conference_is_asked_for():
    """A pre-appeal request lets the period rest (MPEP 1204.02): no date is computed before the decision."""
    pending = rounds_of((20190103, "CTFR"), (20190403, "N/AP"), (20190403, "AP.PRE.REQ"))
    assert pending.iloc[1][["due", "last"]].isna().all()
    reopened = rounds_of((20190103, "CTFR"), (20190403, "N/AP"), (20190403, "AP.PRE.REQ"), (20190520, "AP.PRE.DEC"),
                         (20190701, "CTNF"))  # fmt: skip
    assert summarised(reopened)[1:3] == [
        ("notice_of_appeal", "", "superseded"),
        ("pre_appeal_request", "AP.PRE.DEC", "answered"),
    ]
    assert "no brief was due" in reopened.iloc[1]["explanation"]
    assert pd.isna(reopened.iloc[1]["due"])


def test_the_days_of_a_conference_and_a_reopening_are_the_offices(real_tables: Tables):
    """US 8,433,457 B2: two conferences that reopened prosecution took 147 and 111 days of the Office."""
    assert real_tables.histories.set_index("history").loc["US11/328678", "applicant_days"] == 988 - 147 - 111


def test_after_a_reversal_the_office_must_act():
    """Reversed by the Board (37 CFR 41.54): the examiner allows or reopens; the applicant owes nothing."""
    rounds = rounds_of(
        (20150105, "N/AP"), (20150303, "AP.B"), (20150601, "APEA"), (20170105, "APDR"), (20170401, "NOA")
    )
    assert summarised(rounds)[-2] == ("board_decision", "NOA", "answered")
    assert pd.isna(rounds.iloc[-2]["due"])


def test_nothing_stays_open_in_a_granted_application():
    """A list without its allowance: the issue ends what no reply is listed to."""
    rounds = rounds_of((20190103, "CTNF"), (20190603, "IFEE"), (20190701, "ISSUE.NTF"))
    assert summarised(rounds) == [("non_final_rejection", "", "superseded")]


def test_examination_that_goes_on_without_a_petition_was_not_revived():
    """The holding of abandonment was withdrawn (37 CFR 1.181): nobody petitioned to revive."""
    history = read_history(make_history([(20190103, "CTNF"), (20190403, "A..."), (20190815, "ABN"), (20191101, "NOA")]))
    assert not history.histories.loc[0, "revived"]
    row = history.rounds[history.rounds["kind"] == "abandonment"].iloc[0]
    assert row["outcome"] == "superseded"
    assert "no petition to revive is listed" in row["explanation"]


def test_the_fee_may_be_paid_on_the_day_of_the_allowance():
    """Notices are sent electronically: both papers can bear one date."""
    assert summarised(rounds_of((20190103, "NOA"), (20190103, "IFEE"))) == [("allowance", "IFEE", "on time")]


def test_a_reply_of_the_actions_own_day_is_mentioned():
    """It may answer an earlier action: it is neither taken for the answer nor passed over."""
    row = rounds_of((20190103, "CTNF"), (20190103, "A..."), (20190801, "ABN")).iloc[0]
    assert (row["answer"], row["outcome"]) == ("", "abandoned")
    assert "a reply of the same day is listed" in row["explanation"]


def test_a_reply_found_not_compliant_says_so(real_tables: Tables):
    """12/124,027: the amendment of 13 April 2009 was asked for again on 14 July 2009 (37 CFR 1.135(c))."""
    rounds = real_tables.rounds
    row = rounds[(rounds["history"] == "US12/124027") & (rounds["opened"] == pd.Timestamp("2009-01-12"))].iloc[0]
    assert "Found not compliant on 14 Jul 2009" in row["explanation"]


def test_the_order_of_a_list_does_not_choose_what_leads():
    """Notice to file missing parts and filing receipt of one day, in either order: the notice names the submission."""
    for codes in (("APP.FILE.REC", "NTC.MISS.PRT"), ("NTC.MISS.PRT", "APP.FILE.REC")):
        tables = read_history(make_history([(20190103, code) for code in codes]))
        assert tables.documents["code"].tolist() == ["NTC.MISS.PRT", "APP.FILE.REC"]


def test_an_ids_after_an_issue_that_was_undone_is_judged_by_the_issue_that_stands():
    """Withdrawn from issue with an RCE and an IDS: that IDS is filed before the first action after the RCE (S1)."""
    papers: list[Paper] = [(20180103, "TRNA"), (20180103, "CLM"), (20190103, "NOA"), (20190303, "IFEE"),
                           (20190401, "ISSUE.NTF"), (20190410, "PETWDISS"), (20190410, "RCEX"), (20190410, "IDS"),
                           (20190601, "NOA"), (20190701, "IFEE"), (20190801, "ISSUE.NTF")]  # fmt: skip
    submissions = read_history(make_history(papers)).submissions.set_index("submission")
    assert submissions.loc["20190410-applicant", "stage"] == "S1"
    assert submissions.loc["20190701-applicant", "round"] == 2


def test_a_late_refused_amendment_is_not_the_answer():
    """Of two amendments after final the second counts, though the first came too late to prolong the period."""
    rounds = rounds_of(
        (20150105, "CTFR"), (20150401, "A.NE"), (20150410, "CTAV"), (20150420, "A.NE"), (20150501, "NOA")
    )
    assert rounds.iloc[0]["answer"] == "20150420-A.NE-1"


def test_every_computed_date_names_its_authority():
    """Due, last day and bar stand only beside the rule they follow from."""
    rounds = rounds_of((20150105, "CTRS"), (20150302, "ELC."), (20150401, "CTNF"))
    assert rounds["authority"].str.contains("37 CFR").all()
    assert rounds["due"].notna().all()
    second = rounds.iloc[1]
    assert [second[name].date() for name in ("due", "last", "bar")] == [
        date(2015, 7, 1), date(2015, 10, 1), date(2015, 10, 1)]  # fmt: skip


@pytest.mark.parametrize("apno", ["JP2017-187096", "KR1020150001234", "AU2015200001", ""])
def test_no_other_office_gets_a_computed_date(apno: str):
    """Their periods depend on what the list does not say: whose representative, which country, which notification."""
    words = [
        "Notice of reasons for refusal",
        "Communication",
        "Decision to grant",
        "Written amendment",
        "Search report",
    ]
    rounds = rounds_of(*[(20150105 + number, "", text) for number, text in enumerate(words)], apno=apno)
    assert rounds[["due", "last", "bar"]].isna().all().all()
    assert (rounds["authority"] == "").all()


def test_european_and_japanese_actions_meet_their_answers():
    """The same kinds in their own words: communication and reply, intention and approval, notice and argument."""
    europe = rounds_of((20150105, "2001", "Communication from the Examining Division"),
                       (20150504, "", "Reply to communication from the Examining Division"),
                       (20160105, "2004", "Communication about intention to grant a European patent"),
                       (20160501, "IGRA7", "Approval of the text"), apno="EP10000001")  # fmt: skip
    assert [(row.kind, row.outcome) for row in europe.itertuples()] == [
        ("communication", "on time"), ("allowance", "on time")]  # fmt: skip
    japan = rounds_of((20150105, "A131"), (20150304, "A53"), (20150304, "A523"), (20150801, "A01"), (20150820, "A61"),
                      apno="JP2012-000001")  # fmt: skip
    assert summarised(japan) == [("communication", "A53", "answered"), ("allowance", "A61", "answered")]


def test_days_of_office_and_applicant_add_up(real_tables: Tables):
    """Their sum is the pendency, in every real file; neither is negative."""
    rows = real_tables.histories
    known = rows[rows["pendency_days"].notna()]
    assert len(known) == 43
    assert (known["office_days"] + known["applicant_days"] == known["pendency_days"]).all()
    assert (known[["office_days", "applicant_days"]] >= 0).all().all()


def test_the_clock_runs_with_the_applicant_until_a_complete_reply():
    """Final 2015-01-05, refused amendment, RCE on 2015-04-05: 90 days are the applicant's, all others the Office's."""
    papers: list[Paper] = [(20140105, "SPEC"), (20140105, "CLM"), (20150105, "CTFR"), (20150304, "A.NE"),
                           (20150320, "CTAV"), (20150405, "RCEX"), (20150605, "NOA"), (20150705, "IFEE"),
                           (20150805, "ISSUE.NTF")]  # fmt: skip
    row = read_history(make_history(papers)).histories.loc[0]
    assert row["applicant_days"] == 90 + 30
    assert row["pendency_days"] == (date(2015, 8, 5) - date(2014, 1, 5)).days
    assert (row["first_action_days"], row["fee_days"], row["rounds"]) == (365, 30, 1)
    assert not row["first_action_allowance"]


def test_every_action_of_the_real_files_is_paired_or_explained(real_tables: Tables):
    """In 43 files each rejection, restriction and allowance opens a round that says what became of it."""
    documents = real_tables.documents
    kinds = ["restriction", "non_final_rejection", "final_rejection", "quayle", "allowance", "communication", "refusal"]
    actions = documents[documents["category"].isin(kinds)].drop_duplicates(["history", "date", "category"])
    rounds = real_tables.rounds[real_tables.rounds["kind"].isin(kinds)]
    assert len(actions) == len(rounds) > 90
    assert ((rounds["answer"] != "") | (rounds["explanation"] != "")).all()


def test_the_tables_of_rules_name_only_what_exists():
    """Each category of the pairings is one of the vocabulary, and each office can be read."""
    with (FOLDER / "pairings.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for office in sorted({row["office"] for row in rows}):
        pairings = pairings_of(office)
        found = [pairing for rows_of_category in pairings.values() for pairing in rows_of_category]
        assert len(found) == sum(row["office"] == office for row in rows)
        assert all(pairing.answered_by for pairing in found)
    assert {category.table_name for category in pairings_of("XX")} == {
        row["opens"] for row in rows if row["office"] == "*"
    }


def test_no_period_is_computed_in_an_accelerated_examination():
    """A petition to accelerate brings shorter periods (MPEP 708.02(a)): a date would mislead."""
    rounds = rounds_of((20070812, "PET.SPRE.ACX"), (20090108, "CTNF"), (20090915, "ABN"))
    action = rounds[rounds["kind"] == "non_final_rejection"].iloc[0]
    assert pd.isna(action["due"])
    assert action["outcome"] == "abandoned"


def test_a_list_that_begins_with_an_action_has_no_filing_day():
    """Claims that come with a reply are not the application: no pendency follows from them."""
    papers: list[Paper] = [
        (20190412, "CTNF"),
        (20190708, "A..."),
        (20190708, "CLM"),
        (20190708, "SPEC"),
        (20190901, "NOA"),
    ]
    row = read_history(make_history(papers)).histories.loc[0]
    assert row[["filed", "pendency_days", "office_days", "first_action_days"]].isna().all()


def test_the_office_is_not_waited_for_while_a_brief_is_owed():
    """After a notice of appeal the next step is the applicant's; after the brief it is the Office's."""
    rounds = rounds_of((20150105, "CTFR"), (20150401, "N/AP"), (20150601, "AP.B"), (20151001, "APEA"))
    waits = dict(zip(rounds["kind"], rounds["wait_days"], strict=True))
    assert pd.isna(waits["final_rejection"])
    assert waits["notice_of_appeal"] == 122


def test_time_before_a_request_for_examination_is_the_applicants(real_tables: Tables):
    """JP 2020-123456: filed 20 July 2020, examination asked for on 19 April 2023, 1,003 days later."""
    row = real_tables.histories.set_index("history").loc["JP2020-123456"]
    assert row["applicant_days"] == 1003 + (date(2024, 4, 24) - date(2024, 2, 27)).days + 15
    assert row["pendency_days"] == (date(2024, 8, 20) - date(2020, 7, 20)).days


def test_a_european_allowance_after_a_search_report_is_no_first_action_allowance(real_tables: Tables):
    """EP 1 000 000: the search report came first; only a file without any earlier word of the Office is such a one."""
    rows = real_tables.histories.set_index("history")
    assert not rows.loc["EP99203729", "first_action_allowance"]
    allowed = rows[rows["first_action_allowance"]].index.tolist()
    assert allowed == ["US11/633617", "US11/944150", "US12/060631", "US12/061725", "US17/248024"]
