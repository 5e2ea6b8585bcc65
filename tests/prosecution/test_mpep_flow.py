"""The flow of prosecution as the Manual of Patent Examining Procedure has it, on lists made by hand.

Each case names its authority: what the papers mean, how the file stands after them, what counts and what is told.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd
import pytest

from components.prosecution import Tables, open_periods, read_history, summary_of
from tests.prosecution.conftest import Paper, make_history

FILED: list[Paper] = [(20160104, "TRNA"), (20160104, "CLM"), (20160104, "SPEC")]
NON_FINAL: list[Paper] = [(20170103, "CTNF"), (20170403, "A..."), (20170403, "REM"), (20170403, "CLM")]
FINAL: Paper = (20170703, "CTFR")
NOTICE: Paper = (20171003, "N/AP")
BRIEF: Paper = (20171204, "AP.B")
ANSWER: Paper = (20180305, "APEA")
FEE: Paper = (20180504, "WFEE.APPEAL")
REPLY_BRIEF: Paper = (20180504, "APRB")
REJECTED: list[Paper] = [*FILED, *NON_FINAL, FINAL]
APPEALED: list[Paper] = [*REJECTED, NOTICE, BRIEF, ANSWER, FEE, REPLY_BRIEF]
ALLOWED: list[Paper] = [*FILED, *NON_FINAL, (20170703, "NOA")]
PAID: list[Paper] = [*ALLOWED, (20170925, "IFEE")]


@dataclass(frozen=True)
class Case:
    """Papers, and what a practitioner reads from them."""

    authority: str
    papers: list[Paper]
    status: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    """Columns of `histories`."""
    told: tuple[str, ...] = ()
    """Words of the summary."""
    due: str = ""
    """When the last open period ends, with every extension; empty where nothing is open."""


def decided(code: str, *later: Paper) -> list[Paper]:
    """Return an appeal with a decision of the Board of 3 Jun 2019."""
    return [*APPEALED, (20190603, code), *later]


APPEALS: dict[str, Case] = {
    "reversed": Case(
        "37 CFR 41.54; MPEP 1214.04", decided("APDR"), "Awaiting office",
        {"appeal_outcome": "board decision: reversed"}, ("awaits the Office (Board decision (reversed) of 3 Jun 2019",),
    ),
    "brief filed with the notice": Case(
        "37 CFR 41.37(a); MPEP 1205.01", [*REJECTED, NOTICE, (20171003, "AP.B")], "On appeal",
        {"appeals": 1, "appeal_outcome": "pending"},
        ("came the appeal brief of 3 Oct 2017, and its end is not listed. ",),
    ),
    "brief filed with the notice, answered": Case(
        "37 CFR 41.37(a), 41.45(a)", [*REJECTED, NOTICE, (20171003, "AP.B"), ANSWER], "On appeal", {}, (),
        due="2018-05-07",
    ),
    "brief and notice of a second appeal": Case(
        "37 CFR 41.31(a)(1), 41.37(a); MPEP 1204.01",
        [*APPEALED, (20180601, "CTNF"), (20180904, "N/AP"), (20180904, "AP.B")], "On appeal", {"appeals": 2},
    ),
    "RCE filed with the notice": Case(
        "37 CFR 1.114(d); MPEP 706.07(h), 1204.01", [*REJECTED, NOTICE, (20171003, "RCEX"), (20171003, "AMSB")],
        "Awaiting office", {"rces": 1, "appeal_outcome": "ended by an RCE"},
        ("appeal of 3 Oct 2017 ended with the RCE", "awaits the Office (RCE of 3 Oct 2017)"),
    ),
    "RCE filed with the brief": Case(
        "37 CFR 1.114(d); MPEP 1215.01", [*REJECTED, NOTICE, BRIEF, (20171204, "RCEX")], "Awaiting office",
        {"rces": 1, "appeal_outcome": "ended by an RCE"}, ("awaits the Office (RCE of 4 Dec 2017)",),
    ),
    "withdrawn with an RCE of the day": Case(
        "37 CFR 1.114(d); MPEP 1215.01", [*REJECTED, NOTICE, BRIEF, (20180201, "AP/W"), (20180201, "RCEX")],
        "Awaiting office", {"rces": 1, "appeal_outcome": "ended by an RCE"},
        ("ended with the withdrawal of the appeal and RCE of 1 Feb 2018", "awaits the Office (RCE of 1 Feb 2018)"),
    ),
    "withdrawn with a response": Case(
        "MPEP 1215.01", [*REJECTED, NOTICE, BRIEF, (20180201, "AP/W"), (20180201, "A...")], "Awaiting office", {},
        ("ended with the withdrawal of the appeal and response of 1 Feb 2018",),
    ),
    "reversed, then allowed": Case(
        "MPEP 1214.04", decided("APDR", (20190801, "NOA")), "Allowed",
        {"allowances": 1, "appeal_outcome": "board decision: reversed"}, ("followed by the notice of allowance",),
        due="2019-11-01",
    ),
    "affirmed: the court or an RCE": Case(
        "37 CFR 90.3(a); MPEP 1214.06, 1216", decided("APDA"), "On appeal",
        {"appeal_outcome": "board decision: affirmed"}, ("answer due 5 Aug 2019",), due="2019-08-05",
    ),
    "affirmed, then RCE": Case(
        "37 CFR 1.114(d); MPEP 706.07(h), 1214.06", decided("APDA", (20190801, "RCEX"), (20190801, "AMSB")),
        "Awaiting office", {"rces": 1, "appeal_outcome": "board decision: affirmed"}, ("answered with the amendment",),
    ),
    "affirmed, then to the Federal Circuit": Case(
        "37 CFR 90.3; MPEP 1216.01", decided("APDA", (20190801, "CAFC.AP.NTC")), "On appeal", {},
        ("appeal to the Federal Circuit of 1 Aug 2019",),
    ),
    "affirmed, nothing allowed": Case(
        "MPEP 1214.06", decided("APDA", (20190903, "ABN")), "Abandoned", {"appeal_outcome": "board decision: affirmed"},
    ),
    "affirmed in part": Case(
        "MPEP 1214.06", decided("APDP", (20190903, "NOA")), "Allowed",
        {"allowances": 1, "appeal_outcome": "board decision: affirmed in part"}, ("affirmed in part",),
        due="2019-12-03",
    ),
    "remanded": Case("37 CFR 41.50(a); MPEP 1211", decided("APPR"), "Awaiting office", {}, ("remand",)),
    "remanded, then rejected anew": Case(
        "MPEP 1211, 1207.04", decided("APPR", (20190801, "CTNF")), "Awaiting applicant", {"non_finals": 2},
        due="2020-02-03",
    ),
    "new ground of rejection": Case(
        "37 CFR 41.50(b); MPEP 1214.01", decided("APDN"), "Awaiting applicant", {}, ("new ground of rejection",),
        due="2019-08-05",
    ),
    "new ground, prosecution reopened by the reply": Case(
        "37 CFR 41.50(b)(1); MPEP 1214.01", decided("APDN", (20190801, "BD.A"), (20190801, "REM")), "Awaiting office",
    ),
    "new ground, rehearing denied": Case(
        "37 CFR 41.50(b)(2), 90.3; MPEP 1214.03", decided("APDN", (20190801, "BDRR"), (20191202, "APD1")), "On appeal",
        due="2020-02-03",
    ),
    "rehearing granted": Case(
        "MPEP 1214.03, 1214.04", decided("APDA", (20190801, "BDRR"), (20191202, "APD2")), "Awaiting office",
    ),
    "dismissed for want of a brief": Case(
        "37 CFR 41.37(b); MPEP 1205.01, 1215.04", [*REJECTED, NOTICE, (20180601, "APDS")], "Awaiting office",
        {"appeal_outcome": "withdrawn or dismissed"}, ("without an allowed claim the application becomes abandoned",),
    ),
    "dismissed, then abandoned": Case(
        "MPEP 1215.04", [*REJECTED, NOTICE, (20180601, "APDS"), (20180611, "ABN")], "Abandoned",
    ),
    "withdrawn": Case(
        "37 CFR 1.197; MPEP 1215.01", [*REJECTED, NOTICE, BRIEF, ANSWER, (20180404, "AP/W")], "Awaiting office",
        {"appeal_outcome": "withdrawn or dismissed"}, ("without an allowed claim the application becomes abandoned",),
    ),
    "withdrawn by an RCE": Case(
        "37 CFR 1.114(d); MPEP 1215.01", [*REJECTED, NOTICE, BRIEF, (20180404, "RCEX"), (20180404, "AMSB")],
        "Awaiting office", {"rces": 1, "appeal_outcome": "ended by an RCE"},
    ),
    "reopened after the brief": Case(
        "MPEP 1207.04", [*REJECTED, NOTICE, BRIEF, (20180305, "CTNF")], "Awaiting applicant",
        {"appeal_outcome": "reopened", "non_finals": 2}, ("prosecution was reopened with the non-final rejection",),
        due="2018-09-05",
    ),
    "answer with a new ground, reply that reopens": Case(
        "37 CFR 41.39(b)(1); MPEP 1207.03", [*REJECTED, NOTICE, BRIEF, ANSWER, (20180504, "A..."), (20180801, "CTNF")],
        "Awaiting applicant", {"appeal_outcome": "reopened"}, due="2019-02-01",
    ),
    "returned undocketed": Case("37 CFR 41.35; MPEP 1210", [*APPEALED, (20180901, "APRD")], "Awaiting office"),
    "defective brief": Case(
        "37 CFR 41.37(d); MPEP 1205.03", [*REJECTED, NOTICE, BRIEF, (20180105, "APBD")], "Awaiting applicant",
    ),
    "allowed after the brief": Case(
        "MPEP 1207.02", [*REJECTED, NOTICE, BRIEF, (20180305, "NOA")], "Allowed", {"appeal_outcome": "allowed"},
        due="2018-06-05",
    ),
}  # fmt: skip

EXAMINATION: dict[str, Case] = {
    "suspension on request": Case(
        "37 CFR 1.103; MPEP 709", [*FILED, *NON_FINAL, (20170410, "M856"), (20170501, "AISP")], "Awaiting office", {},
        ("letter of suspension of 1 May 2017 is listed", "37 CFR 1.103"),
    ),
    "suspension by the Office": Case(
        "37 CFR 1.103(e); MPEP 709.01", [*FILED, (20170410, "L.SP")], "Pending", {}, ("letter of suspension",),
    ),
    "secrecy order": Case(
        "35 USC 181; MPEP 120", [*FILED, *NON_FINAL, (20170601, "L_R OUT", "Secrecy order")], "Awaiting office", {},
        ("secrecy order of 1 Jun 2017", "35 USC 181"),
    ),
    "secrecy order in an unknown code": Case(
        "35 USC 181; MPEP 120", [*FILED, *NON_FINAL, (20170601, "ZZ", "Secrecy Order Mailed")], "Awaiting office",
        {"unclassified": 0}, ("secrecy order of 1 Jun 2017",),
    ),
    "express abandonment, not recognised yet": Case(
        "37 CFR 1.138(b); MPEP 711.01", [*FILED, *NON_FINAL, (20170601, "EABN")], "Awaiting office", {},
        ("express abandonment of 1 Jun 2017",),
    ),
    "express abandonment recognised": Case(
        "37 CFR 1.138; MPEP 711.01", [*FILED, *NON_FINAL, (20170601, "EABN"), (20170615, "ABN")], "Abandoned", {},
        ("express abandonment of 1 Jun 2017 was followed by the notice of abandonment of 15 Jun 2017",),
    ),
    "interview after final": Case(
        "37 CFR 1.133; MPEP 713.09", [*REJECTED, (20170815, "EXIN")], "Awaiting applicant",
        {"interviews": 1, "rounds": 1}, due="2018-01-03",
    ),
    "advisory action after a reply within two months": Case(
        "MPEP 706.07(f)", [*REJECTED, (20170901, "A.NE"), (20170901, "REM"), (20171115, "CTAV")], "Awaiting applicant",
        {"advisories": 1}, ("answer due 15 Nov 2017",), due="2018-01-03",
    ),
    "supplemental advisory action": Case(
        "MPEP 714.13", [*REJECTED, (20170901, "A.NE"), (20170901, "REM"), (20170915, "CTAV"), (20170920, "SADV")],
        "Awaiting applicant", {"advisories": 2}, due="2018-01-03",
    ),
    "AFCP request, decision and advisory action": Case(
        "78 FR 29117 (AFCP 2.0, ended on 14 Dec 2024)",
        [*REJECTED, (20170901, "A.NE.AFCP"), (20170901, "A.NE"), (20170901, "REM"), (20170915, "A.NE.AFCP.D"),
         (20170915, "CTAV"), (20170915, "EXIN")],
        "Awaiting applicant", {"interviews": 1, "advisories": 1}, due="2018-01-03",
    ),
    "AFCP request that led to an allowance": Case(
        "78 FR 29117", [*REJECTED, (20170901, "A.NE.AFCP"), (20170901, "CLM"), (20170915, "A.NE.AFCP.D"), (20170920,
        "NOA")],
        "Allowed", {"rounds": 2, "rces": 0}, due="2017-12-20",
    ),
    "vacated action": Case(
        "MPEP 706.07(e)", [*FILED, (20170103, "CTNF"), (20170201, "W/AC")], "Awaiting office", {"rounds": 0},
        ("was followed by the withdrawal of the Office action of 1 Feb 2017",),
    ),
    "vacated final, replaced": Case(
        "MPEP 706.07(e)", [*REJECTED, (20170801, "W/AC"), (20170901, "CTNF")], "Awaiting applicant", due="2018-03-01",
    ),
    "vacated allowance": Case(
        "MPEP 1308.01", [*ALLOWED, (20170801, "W/AC")], "Awaiting office",
    ),
    "supplemental final restarts the period": Case(
        "MPEP 706.07(e), 710.06", [*REJECTED, (20170717, "SFR.")], "Awaiting applicant", {"finals": 2},
        due="2018-01-17",
    ),
    "letter that restarts the period": Case(
        "MPEP 710.06", [*FILED, (20170103, "CTNF"), (20170201, "NRES")], "Awaiting applicant", {},
        ("answer due 1 May 2017",), due="2017-08-01",
    ),
    "non-compliant amendment": Case(
        "37 CFR 1.121(h), 1.135(c); MPEP 714.03", [*FILED, *NON_FINAL, (20170501, "NTC.A.NONCPL")],
        "Awaiting applicant",
        {"rounds": 1}, due="2017-11-01",
    ),
    "notice of non-compliance withdrawn": Case(
        "MPEP 714.03", [*FILED, *NON_FINAL, (20170501, "NTC.A.NONCPL"), (20170505, "NT.WD.NONCPL")], "Awaiting office",
    ),
    "requirement for information": Case(
        "37 CFR 1.105; MPEP 704.10", [*FILED, (20170103, "C105-I"), (20170301, "C105")], "Awaiting office",
        {"actions": 0},
    ),
    "restriction and rejection in one mailing": Case(
        "37 CFR 1.111(b), 1.142(a); MPEP 810, 817", [*FILED, (20170103, "CTRS"), (20170103, "CTNF")],
        "Awaiting applicant", {"actions": 1, "restrictions": 1, "non_finals": 1},
        ("restriction requirement of 3 Jan 2017", "answer due 3 Apr 2017"), due="2017-07-03",
    ),
    "restriction and rejection in one mailing, answered": Case(
        "37 CFR 1.111(b), 1.142(a); MPEP 810, 817",
        [*FILED, (20170103, "CTRS"), (20170103, "CTNF"), (20170403, "A..."), (20170403, "N417")],
        "Awaiting office", {"actions": 1, "rounds": 1, "extension_months": 0}, ("on the last day of the period",),
    ),
    "missing parts, answered in the fifth month of extension": Case(
        "37 CFR 1.53(f), 1.136(a); MPEP 506", [*FILED, (20160201, "NTC.MISS.PRT"), (20160901, "PEFR")], "Pending",
        {"actions": 0}, ("reply to formalities notice of 1 Sep 2016, after the computed period",),
    ),
    "response to a new ground in the examiner's answer": Case(
        "37 CFR 41.39(b)(1); MPEP 1207.03", [*REJECTED, NOTICE, BRIEF, ANSWER, (20180504, "A...")], "Awaiting office",
        {}, ("no fee is due if it answers a new ground of rejection in the examiner's answer",), due="2018-05-07",
    ),
    "improper RCE": Case(
        "37 CFR 1.114; MPEP 706.07(h)", [*REJECTED, (20171003, "RCEX"), (20171020, "NTC.RCE.DEF")],
        "Awaiting applicant", {"rces": 0}, ("only the improper RCE of 3 Oct 2017", "notice of improper RCE of 20 Oct"),
        due="2018-01-03",
    ),
    "improper RCE, by the title of the notice": Case(
        "MPEP 706.07(h)",
        [*REJECTED, (20171003, "RCEX"), (20171020, "", "Notice of Improper Request for Continued Examination (RCE)")],
        "Awaiting applicant", {"rces": 0}, ("only the improper RCE of 3 Oct 2017",), due="2018-01-03",
    ),
    "RCE not entered": Case(
        "MPEP 706.07(h)", [*REJECTED, (20171003, "RCE.NE")], "Awaiting applicant", {"rces": 0},
        ("only the RCE not entered of 3 Oct 2017", "answer due 3 Oct 2017"), due="2018-01-03",
    ),
    "RCE, then one not entered": Case(
        "MPEP 706.07(h)", [*REJECTED, (20171003, "RCEX"), (20171020, "RCE.NE")], "Awaiting applicant", {"rces": 0},
        ("only the improper RCE of 3 Oct 2017 and the RCE not entered of 20 Oct 2017",), due="2018-01-03",
    ),
    "improper RCE, then a proper one": Case(
        "37 CFR 1.136(a); MPEP 706.07(h)",
        [*REJECTED, (20171003, "RCEX"), (20171020, "NTC.RCE.DEF"), (20171222, "RCEX"), (20171222, "N417")],
        "Awaiting office", {"rces": 1, "extension_months": 3},
        ("came the improper RCE of 3 Oct 2017", "answered with the RCE of 22 Dec 2017, with three months of extension"),
    ),
    "improper RCE, then abandoned": Case(
        "35 USC 133; MPEP 706.07(h)",
        [*REJECTED, (20171003, "RCEX"), (20171020, "NTC.RCE.DEF"), (20180301, "ABN")], "Abandoned", {"rces": 0},
    ),
    "improper RCE with an amendment": Case(
        "37 CFR 1.116; MPEP 706.07(h)",
        [*REJECTED, (20171003, "RCEX"), (20171003, "AMSB"), (20171020, "NTC.RCE.DEF")], "Awaiting applicant",
        {"rces": 0}, ("only the amendment and improper RCE of 3 Oct 2017",), due="2018-01-03",
    ),
    "improper RCE before prosecution is closed": Case(
        "37 CFR 1.114(b); MPEP 706.07(h): its amendment is a reply",
        [*FILED, (20170103, "CTNF"), (20170403, "RCEX"), (20170403, "AMSB"), (20170420, "NTC.RCE.DEF")],
        "Awaiting applicant", {"rces": 0, "rounds": 1},
    ),
    "an earlier RCE was proper": Case(
        "MPEP 706.07(h)",
        [*REJECTED, (20171003, "RCEX"), (20180103, "CTFR"), (20180403, "RCEX"), (20180420, "NTC.RCE.DEF")],
        "Awaiting applicant", {"rces": 1}, ("only the improper RCE of 3 Apr 2018",), due="2018-07-03",
    ),
    "improper RCE in an appeal": Case(
        "37 CFR 1.114(d); MPEP 706.07(h), 1215.01: it withdraws the appeal, with or without fee and submission",
        [*REJECTED, NOTICE, (20171115, "RCEX"), (20171201, "NTC.RCE.DEF")], "Awaiting applicant",
        {"rces": 0, "appeal_outcome": "withdrawn by an improper RCE"},
    ),
    "improper RCE after the allowance": Case(
        "37 CFR 1.114(a)(1); MPEP 706.07(h)", [*ALLOWED, (20170801, "RCEX"), (20170810, "NTC.RCE.DEF")],
        "Awaiting applicant", {"rces": 0}, due="2017-10-03",
    ),
    "first action interview": Case(
        "MPEP 713.02; First Action Interview Pilot Program",
        [*FILED, (20170103, "OA.FAI.PRELM"), (20170203, "FAI.REQ.INTV"), (20170301, "EXIN"), (20170315, "OA.FAI"),
         (20170415, "FAI.A.."), (20170415, "REM"), (20170703, "NOA")],
        "Allowed", {"allowances": 1}, ("answered with the interview request of 3 Feb 2017",), due="2017-10-03",
    ),
    "Quayle action": Case(
        "MPEP 714.14", [*FILED, (20161003, "CTEQ"), (20161201, "A.QU"), (20170103, "NOA")], "Allowed",
        {"quayles": 1, "rounds": 1}, due="2017-04-03",
    ),
    "restriction by telephone, elected in the reply": Case(
        "37 CFR 1.142; MPEP 812.01", [*FILED, (20161003, "CTNF"), (20170103, "A..."), (20170103, "ELC.")],
        "Awaiting office", {"restrictions": 0, "rounds": 1},
    ),
    "continued prosecution application": Case(
        "37 CFR 1.53(d); MPEP 201.06(d)",
        [(19990104, "TRNA"), (20000103, "CTFR"), (20000403, "ACPA"), (20000703, "CTNF")], "Awaiting applicant",
        {"finals": 1, "non_finals": 1, "rces": 0},
        ("continued prosecution application of 3 Apr 2000",), due="2001-01-03",
    ),
    "submission under Rule 129": Case(
        "37 CFR 1.129(a); MPEP 706.07(g)",
        [(19940104, "TRNA"), (19960103, "CTFR"), (19960403, "R129"), (19960701, "CTNF")],
        "Awaiting applicant", {"rces": 0},
        ("submission under Rule 129 of 3 Apr 1996",), due="1997-01-02",
    ),
    "missing parts before examination": Case(
        "37 CFR 1.53(f); MPEP 506", [*FILED, (20160201, "NTC.MISS.PRT"), (20160401, "PEFR")], "Pending", {"actions": 0},
        ("notice to file missing parts of 1 Feb 2016 was answered",),
    ),
    "national stage": Case(
        "37 CFR 1.495; MPEP 1893.01", [(20160104, "371P"), (20160301, "M905"), (20160428, "PEFR"), (20160601, "M903")],
        "Pending", {}, ("national stage of an international application",),
    ),
    "Track One": Case(
        "37 CFR 1.102(e); MPEP 708.02(b)", [*FILED, (20160104, "TRACK1.REQ"), (20160301, "TRACK1.GRANT"), *NON_FINAL],
        "Awaiting office", {}, ("Track One request",),
    ),
    "interference": Case(
        "35 USC 135; MPEP 2300", [*FILED, *NON_FINAL, (20170601, "INT.DECL"), (20180601, "INT.DEC.FAV")],
        "Awaiting office",
        {"actions": 1},
    ),
    "protest": Case(
        "37 CFR 1.291; MPEP 1901", [*FILED, (20161003, "PROTEST"), *NON_FINAL], "Awaiting office", {"rounds": 1},
    ),
}  # fmt: skip

ALLOWANCE: dict[str, Case] = {
    "rejected after allowance": Case(
        "MPEP 1303.01, 1308.01", [*ALLOWED, (20170801, "CTNF")], "Awaiting applicant",
        {"allowances": 1, "allowed": None},
        ("does not stand: prosecution was reopened with the non-final rejection",),
        due="2018-02-01",
    ),
    "withdrawn from issue by the Office": Case(
        "37 CFR 1.313(b); MPEP 1308.01", [*PAID, (20171002, "ISSUE.WD.NTC")], "Awaiting office", {"allowed": None},
        ("withdrawal from issue of 2 Oct 2017",),
    ),
    "withdrawn, rejected, allowed anew": Case(
        "37 CFR 1.313; MPEP 1308",
        [*PAID, (20171002, "N416"), (20171101, "CTNF"), (20180201, "A..."), (20180402, "NOA"), (20180601, "IFEE"),
         (20180702, "ISSUE.NTF")],
        "Granted", {"allowances": 2, "allowed": pd.Timestamp("2018-04-02")},
    ),
    "RCE after allowance": Case(
        "37 CFR 1.114, 1.313(a); MPEP 706.07(h)", [*ALLOWED, (20170901, "RCEX"), (20170901, "IDS")], "Awaiting office",
        {"rces": 1, "allowed": None, "ids_s1": 1}, ("RCE and IDS of 1 Sep 2017",),
    ),
    "abandoned after a late fee": Case(
        "35 USC 151; 37 CFR 1.316", [*ALLOWED, (20171103, "IFEE"), (20171115, "ABN")], "Abandoned",
        {
            "status_doubt": "the issue fee of 3 Nov 2017 came after the last day, 3 Oct 2017 "
            "(computed): a possible cause"
        },
    ),
    "abandoned after a fee in time": Case(
        "35 USC 151; 37 CFR 1.181; MPEP 711.03(c)",
        [*ALLOWED, (20170925, "IFEE"), (20170925, "OATH"), (20171115, "ABN")], "Abandoned",
        {"status_doubt": "the issue fee of 25 Sep 2017 came before the notice, in time as computed"},
    ),
    "abandoned after a late response": Case(
        "35 USC 133; MPEP 711.02", [*FILED, (20170103, "CTNF"), (20170714, "A..."), (20170801, "ABN")], "Abandoned",
        {
            "status_doubt": "the response of 14 Jul 2017 came after the last day, 3 Jul 2017 "
            "(computed): a possible cause"
        },
    ),
    "Rule 312 amendment": Case(
        "37 CFR 1.312; MPEP 714.16", [*ALLOWED, (20170801, "A.NA"), (20170810, "N271"), (20170925, "IFEE")], "Allowed",
        {"allowances": 1, "rounds": 1}, ("Rule 312 amendment of 1 Aug 2017",),
    ),
    "examiner's amendment": Case(
        "37 CFR 1.121(g); MPEP 1302.04", [*ALLOWED, (20170703, "EX.A"), (20170703, "EXIN")], "Allowed",
        {"allowances": 1},
        due="2017-10-03",
    ),
    "IDS before the fee": Case(
        "37 CFR 1.97(d); MPEP 609.04(b)", [*ALLOWED, (20170801, "IDS"), (20170925, "IFEE")], "Allowed", {"ids_s3": 1},
    ),
    "IDS after the fee": Case(
        "37 CFR 1.97(i); MPEP 609.04(b)", [*PAID, (20171002, "IDS")], "Allowed", {"ids_s4": 1},
    ),
    "express abandonment after the fee": Case(
        "37 CFR 1.138, 1.313(c)(3); MPEP 711.01",
        [*PAID, (20171002, "PETWDISS"), (20171002, "EABN"), (20171010, "PETDEC"), (20171020, "ABN")], "Abandoned",
    ),
}  # fmt: skip

CASES = {**APPEALS, **EXAMINATION, **ALLOWANCE}


def read(case: Case) -> Tables:
    """Return the tables of a case."""
    return read_history(make_history(case.papers))


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_how_a_file_stands(case: Case):
    """The status after the last paper, and the columns that the authority decides."""
    row = read(case).histories.loc[0]
    assert row["status"] == case.status, case.authority
    found = {column: None if pd.isna(row[column]) else row[column] for column in case.facts}
    assert found == case.facts, case.authority


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_is_told(case: Case):
    """The summary says what the papers are."""
    tables = read(case)
    story = " ".join(sentence.text for sentence in summary_of(tables, tables.histories.loc[0, "history"]))
    assert [words for words in case.told if words not in story] == [], case.authority


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_is_still_owed(case: Case):
    """The last day of the last open period; none where the Office has to act."""
    found = open_periods(read(case).rounds, date(2016, 1, 1)).sort_values("opened")
    last = "" if found.empty else str(found.iloc[-1]["last"].date())
    assert last == case.due, case.authority


FINAL_PERIODS: list[tuple[str, list[Paper], str, int]] = [
    # first reply in two months, advisory before the third month ends: the later advisory counts for nothing
    ("MPEP 706.07(f), 714.13", [(20170901, "A.NE"), (20170920, "CTAV"), (20171002, "A.NE"), (20171016, "CTAV"),
                                (20171106, "RCEX"), (20171106, "N417")], "2017-10-03", 2),
    # a supplemental advisory action, without a second reply
    ("MPEP 706.07(f), 714.13", [(20170901, "A.NE"), (20170920, "CTAV"), (20171016, "SADV"), (20171106, "RCEX"),
                                (20171106, "N417")], "2017-10-03", 2),
    # the first advisory comes after three months: it sets the day, and a second one does not move it
    ("MPEP 706.07(f)", [(20170901, "A.NE"), (20171010, "CTAV"), (20171020, "A.NE"), (20171030, "CTAV"),
                        (20171106, "RCEX"), (20171106, "N417")], "2017-10-10", 1),
    # two replies before the only advisory: it decides on the first
    ("MPEP 706.07(f)", [(20170901, "A.NE"), (20170915, "A.NE"), (20171016, "CTAV"), (20171106, "RCEX"),
                        (20171106, "N417")], "2017-10-16", 1),
    # the first reply comes in the third month
    ("MPEP 706.07(f)", [(20170915, "A.NE"), (20171016, "CTAV"), (20171106, "RCEX"), (20171106, "N417")],
     "2017-10-03", 2),
]  # fmt: skip


@pytest.mark.parametrize(("authority", "papers", "due", "months"), FINAL_PERIODS)
def test_only_the_advisory_action_on_the_first_reply_moves_the_period(
    authority: str, papers: list[Paper], due: str, months: int
):
    """The final rejection is of 3 Jul 2017, so that its three months end on 3 Oct 2017."""
    final = read(Case(authority, [*REJECTED, *papers], "")).rounds.query("kind == 'final_rejection'").iloc[0]
    assert (str(final["due"].date()), final["extension_months"]) == (due, months), authority


LAPSES: dict[str, tuple[str, list[Paper], str]] = {
    "response after the bar": (
        "35 USC 133; MPEP 711.02", [*FILED, (20170103, "CTNF"), (20170714, "A..."), (20170714, "N417")],
        "the response of 14 Jul 2017 came after the last day, 3 Jul 2017 (computed): if so, the application is aband",
    ),
    "notice of appeal after the bar": (
        "35 USC 133; MPEP 711.02", [*REJECTED, (20180120, "N/AP"), (20180120, "N417")],
        "the notice of appeal of 20 Jan 2018 came after the last day, 3 Jan 2018 (computed): if so, the application is",
    ),
    "brief after seven months": (
        "37 CFR 41.37(b); MPEP 1215.04", [*REJECTED, NOTICE, (20180520, "AP.B"), (20180520, "N417")],
        "the appeal brief of 20 May 2018 came after the last day, 3 May 2018 (computed): if so, the appeal stands dis",
    ),
    "RCE after the time for the court": (
        "37 CFR 1.197(b), 90.3(a); MPEP 1214.06", decided("APDA", (20190901, "RCEX"), (20190901, "N417")),
        "the RCE of 1 Sep 2019 came after the last day, 5 Aug 2019 (computed): if so, the proceedings ended",
    ),
    "late issue fee": (
        "35 USC 151; 37 CFR 1.316", [*ALLOWED, (20171103, "IFEE"), (20171103, "N417")],
        "the issue fee of 3 Nov 2017 came after the last day, 3 Oct 2017 (computed): if so, the application is aband",
    ),
    "the Office went on": ("MPEP 711.02", [*FILED, (20170103, "CTNF"), (20170714, "A..."), (20170901, "NOA")], ""),
    "a granted patent": ("35 USC 151", [*ALLOWED, (20171103, "IFEE"), (20171201, "ISSUE.NTF")], ""),
    "on the last day": ("37 CFR 1.7, 1.136(a)", [*FILED, (20170103, "CTNF"), (20170703, "A...")], ""),
}  # fmt: skip


@pytest.mark.parametrize(("authority", "papers", "doubt"), LAPSES.values(), ids=LAPSES)
def test_an_answer_after_the_last_day_leaves_a_doubt(authority: str, papers: list[Paper], doubt: str):
    """The application is abandoned, or the appeal dismissed, by law, before any notice says so."""
    told = read(Case(authority, papers, "")).histories.loc[0, "status_doubt"]
    assert told[: len(doubt)] == doubt, authority
    assert bool(told) == bool(doubt), authority


def test_a_brief_is_due_only_if_the_notice_of_appeal_came_in_time():
    """35 USC 133: an appeal in an abandoned application has no brief."""
    _, papers, _ = LAPSES["notice of appeal after the bar"]
    words = open_periods(read(Case("35 USC 133", papers, "")).rounds, date(2018, 2, 1))["words"]
    assert ["if the notice of appeal came in time" in line for line in words] == [True]


def test_an_improper_rce_is_said_to_be_one():
    """The period of the final rejection ran on (MPEP 706.07(h))."""
    final = read(EXAMINATION["improper RCE"]).rounds.query("kind == 'final_rejection'").iloc[0]
    assert "improper RCE of 3 Oct 2017 did not stop the period" in final["explanation"]


def test_an_rce_before_one_that_was_not_entered_may_stand():
    """A code alone does not show to which of two papers it belongs."""
    final = read(EXAMINATION["RCE, then one not entered"]).rounds.query("kind == 'final_rejection'").iloc[0]
    assert "unless the RCE not entered of 20 Oct 2017 is another than that of 3 Oct 2017" in final["condition"]


def test_an_application_that_was_given_up_lacks_no_oath():
    """37 CFR 1.138: where the applicant gave it up, no other cause is looked for (35 USC 115(f))."""
    case = ALLOWANCE["express abandonment after the fee"]
    assert "oath" not in read(case).histories.loc[0, "status_doubt"]


@pytest.mark.parametrize(
    ("papers", "course"),
    [
        ([(20000103, "CTFR"), (20000403, "ACPA"), (20000703, "CTNF")], "Final → CPA"),
        ([(20000103, "CTFR"), (20000403, "DCPA")], "Final → CPA"),
        ([(20000103, "CTFR"), (20000403, "R129")], "Final → Rule 129"),
        ([(20010103, "CTFR"), (20010403, "RCEX")], "Final → RCE"),
    ],
)
def test_a_continued_prosecution_application_is_no_rce_in_the_course(papers: list[Paper], course: str):
    """37 CFR 1.53(d), 1.129(a): neither is a request for continued examination (37 CFR 1.114)."""
    row = read_history(make_history([(19990104, "TRNA"), *papers])).histories.loc[0]
    assert course in row["fingerprint"]
    assert ("RCE" in row["fingerprint"]) == (row["rces"] > 0)


@pytest.mark.parametrize(
    ("papers", "told"),
    [
        ([(20170801, "L.SP")], "while it lasts the Office does not act"),
        ([(20170801, "AISP"), (20180801, "CTNF")], "the Office did not act while it lasted"),
        ([(20170801, "L.SP"), (20180801, "NOA")], "the Office did not act while it lasted"),
        ([(20170301, "CTNF"), (20170801, "L.SP")], "while it lasts the Office does not act"),
        ([(20171002, "CTFR"), (20171130, "A.NE.AFCP"), (20171130, "A.NE"), (20171220, "A.NE.AFCP.D")],
         "a request under the After Final Consideration Pilot (78 FR 29117), and the decision on it is of 20 Dec 2017"),
        ([(20241101, "CTFR"), (20241220, "A.NE.AFCP"), (20241220, "A.NE")], "until 14 Dec 2024 only (89 FR 79899)"),
    ],
)  # fmt: skip
def test_pilots_and_suspensions_are_told(papers: list[Paper], told: str):
    """37 CFR 1.103, MPEP 709: a suspension ends with its time; AFCP 2.0 took requests from 19 May 2013."""
    tables = read_history(make_history([(20160104, "TRNA"), *papers]))
    story = " ".join(sentence.text for sentence in summary_of(tables, tables.histories.loc[0, "history"]))
    assert told in story


@pytest.mark.parametrize(
    ("papers", "status", "outcome"),
    [
        ([], "Awaiting applicant", "open"),
        ([(20170901, "PEFR")], "Awaiting office", "answered"),
        ([(20170901, "PEFR"), (20180301, "CTNF")], "Awaiting applicant", "answered"),
    ],
)
def test_missing_parts_of_a_continued_prosecution_application_are_owed(papers: list[Paper], status: str, outcome: str):
    """37 CFR 1.53(d), (f): the applicant has to answer, though actions came in the application before it."""
    start: list[Paper] = [(20160104, "TRNA"), (20170301, "CTFR"), (20170601, "ACPA"), (20170701, "MCPA")]
    tables = read_history(make_history([*start, *papers], apno="US29/550001"))
    assert tables.histories.loc[0, "status"] == status
    notice = tables.rounds[tables.rounds["kind"] == "other_office_action"].iloc[0]
    assert notice["outcome"] == outcome


def told_of(*papers: Paper, apno: str = "US15/000001") -> str:
    """Return the summary of a hand-made history."""
    tables = read_history(make_history(list(papers), apno=apno))
    return " ".join(sentence.text for sentence in summary_of(tables, str(tables.histories.loc[0, "history"])))


@pytest.mark.parametrize("apno", ["US62/600001", "US60/123456", "US61/123456"])
def test_a_provisional_application_is_never_examined(apno: str):
    """35 USC 111(b)(5) and (8): it ends twelve months after its filing."""
    assert "a provisional application is not examined, and ends 12 months after its filing" in told_of(
        *FILED, apno=apno
    )
    assert "provisional" not in told_of(*FILED)


def test_a_notice_on_a_rule_312_amendment_leaves_the_application_allowed():
    """MPEP 714.03, 714.16: it sets no period of its own; the issue fee is due as before (35 USC 151)."""
    papers = [*FILED, (20170901, "NOA"), (20171002, "A.NA"), (20171010, "NTC.A.NONCPL")]
    tables = read_history(make_history(papers))
    assert tables.histories.loc[0, "status"] == "Allowed"
    assert list(open_periods(tables.rounds, date(2017, 10, 15))["due"].astype(str)) == ["2017-12-01"]
    reopened = [*FILED, (20170301, "CTNF"), (20170501, "A..."), (20170510, "NTC.A.NONCPL")]
    assert read_history(make_history(reopened)).histories.loc[0, "status"] == "Awaiting applicant"
