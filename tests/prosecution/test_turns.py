"""Whose turn it was, span by span."""

from datetime import date

import pandas as pd
import pytest

from components.prosecution import SIDES, Tables, open_periods, read_histories, read_history, waiting_files
from tests.prosecution.conftest import Paper, make_history


def spans(tables: Tables, history: str) -> list[tuple[str, date, date]]:
    """The turns of a history: side, first day, day after the last."""
    rows = tables.turns[tables.turns["history"] == history]
    return list(zip(rows["side"].astype(str), rows["first"].dt.date, rows["last"].dt.date, strict=True))


def test_turns_change_with_each_action_and_each_complete_reply(real_tables: Tables):
    """US14/412,875, read off its list: three rejections, an abandonment undone by RCE and petition, fee and issue."""
    days = [
        date(2015, 1, 5),  # filed
        date(2016, 10, 25),  # non-final
        date(2017, 4, 25),  # reply
        date(2017, 8, 9),  # final; abandoned on 23 Feb 2018
        date(2018, 6, 1),  # petition and RCE
        date(2019, 4, 12),  # non-final
        date(2019, 10, 14),  # reply
        date(2020, 1, 17),  # final
        date(2020, 4, 17),  # reply after final, which was entered
        date(2020, 4, 27),  # notice of allowance
        date(2020, 7, 27),  # issue fee
        date(2020, 8, 19),  # issue notification
    ]
    sides = ["office", "applicant"] * 6
    expected = list(zip(sides[: len(days) - 1], days, days[1:], strict=False))
    assert spans(real_tables, "US14/412875") == expected


def test_turns_adjoin_and_add_up_on_every_real_history(real_tables: Tables):
    """From filing to issue, abandonment or last document without gap or overlap, in days as the headline says."""
    assert real_tables.histories["office_days"].notna().all()
    for row in real_tables.histories.to_dict("records"):
        rows = real_tables.turns[real_tables.turns["history"] == row["history"]]
        ends = [row[name] for name in ("issued", "abandoned", "last_document") if pd.notna(row[name])]
        assert (rows["first"].iloc[0], rows["last"].iloc[-1]) == (row["filed"], ends[0])
        assert rows["first"].iloc[1:].tolist() == rows["last"].iloc[:-1].tolist()
        assert (rows["first"] < rows["last"]).all()
        assert (rows["side"].astype(str) != rows["side"].astype(str).shift()).all()
        days = (rows["last"] - rows["first"]).dt.days.groupby(rows["side"].astype(str)).sum()
        assert (days.get("office", 0), days.get("applicant", 0)) == (row["office_days"], row["applicant_days"])


def test_without_a_filing_there_are_no_turns_but_every_column():
    """A list that begins with an action says nothing of whose days went before; no histories, no turns either."""
    for tables in (read_history(make_history([(20200102, "CTNF"), (20200302, "A...")])), read_histories(())):
        assert tables.turns.empty
        assert list(tables.turns.columns) == ["history", "side", "first", "last"]
        assert list(tables.turns["side"].cat.categories) == list(SIDES)
        assert tables.turns["first"].dtype.kind == "M"


def test_an_open_file_ends_with_its_last_document():
    """An unanswered action leaves the last turn with the applicant, up to what is listed last."""
    history = make_history([(20200102, "SPEC"), (20200102, "CLM"), (20210104, "CTNF"), (20210201, "PA..")])
    assert spans(read_history(history), history.name) == [
        ("office", date(2020, 1, 2), date(2021, 1, 4)),
        ("applicant", date(2021, 1, 4), date(2021, 2, 1)),
    ]


REQUEST = [(20150105, "1001P"), (20150105, "CLMS"), (20150105, "DESC")]
COMMUNICATION = (20190107, "2001", "Communication from the Examining Division")
REPLY = (20190503, "EXRE3", "Reply to communication from the Examining Division")
LOSS = "Application deemed to be withdrawn (no reply to communication from the Examining Division)"
REFUSED = (20240301, "", "Decision to refuse the application (Examining Division)")
SUMMONS = (20240301, "", "Summons to attend oral proceedings")


@pytest.mark.parametrize(
    ("papers", "applicants"),
    [
        ([COMMUNICATION, REPLY, (20190801, "2004", "Communication about intention to grant a European patent")],
         [("2019-01-07", "2019-05-03")]),
        ([COMMUNICATION, (20190701, "", LOSS), (20190830, "", "Request for further processing"), (20190830, *REPLY[1:]),
          (20191001, "", "Decision to allow further processing")],
         [("2019-01-07", "2019-08-30")]),
        ([COMMUNICATION, REPLY, SUMMONS,
          (20240801, "", "Written submission in preparation to/during oral proceedings"),
          (20241001, "", "Minutes of the oral proceedings")],
         [("2019-01-07", "2019-05-03"), ("2024-03-01", "2024-08-01")]),
        ([COMMUNICATION, REPLY, SUMMONS, (20241001, "", "Minutes of the oral proceedings"),
          (20241115, "", "Decision to refuse the application (Examining Division)")],
         [("2019-01-07", "2019-05-03"), ("2024-03-01", "2024-10-01")]),
        ([COMMUNICATION, REPLY, REFUSED, (20240415, "", "Notice of appeal"),
          (20240628, "", "Statement of grounds of appeal"), (20250401, "", "Decision of the Board of Appeal")],
         [("2019-01-07", "2019-05-03"), ("2024-03-01", "2024-06-28")]),
    ],
    ids=["reply", "further processing", "submissions", "oral proceedings", "appeal"],
)  # fmt: skip
def test_in_europe_the_applicant_has_what_the_convention_asks_of_it(
    papers: list[Paper], applicants: list[tuple[str, str]]
):
    """From a communication to the reply, a summons to the submissions, a refusal to the grounds (Art. 94(3), 108 EPC).

    From a loss of rights to the request (Art. 121 EPC). Before the Board it is not the applicant's turn.
    """
    turns = read_histories([make_history([*REQUEST, *papers], apno="EP15000001")]).turns
    rows = turns[turns["side"] == "applicant"]
    assert list(zip(rows["first"].astype(str), rows["last"].astype(str), strict=True)) == applicants


@pytest.mark.parametrize(
    ("papers", "who"),
    [
        ([COMMUNICATION, REPLY], "EPO"),
        ([COMMUNICATION, REPLY, SUMMONS], "Applicant"),
        ([COMMUNICATION, REPLY, SUMMONS, (20241001, "", "Minutes of the oral proceedings")], "EPO"),
        ([REFUSED, (20240415, "", "Notice of appeal"), (20240628, "", "Statement of grounds of appeal")],
         "Board of Appeal"),
    ],
    ids=["reply", "summons", "oral proceedings", "appeal"],
)  # fmt: skip
def test_who_must_act_is_named_as_in_europe(papers: list[Paper], who: str):
    """After a reply and after oral proceedings the EPO, in an appeal the Board (Art. 21, 110 EPC)."""
    tables = read_histories([make_history([*REQUEST, *papers], apno="EP15000001")])
    assert waiting_files(tables, open_periods(tables.rounds, date(2024, 12, 1)))["who"].tolist() == [who]


def test_an_application_from_the_international_phase_is_with_the_office_from_its_entry_on():
    """The days before the entry are those of other offices (Rule 159 EPC)."""
    papers: list[Paper] = [
        (20180105, "", "Electronic request for grant of an International application"),
        (20190705, "1200", "Entry into European phase"),
        (20210107, *COMMUNICATION[1:]),
        (20210503, *REPLY[1:]),
    ]
    tables = read_histories([make_history(papers, apno="EP18000001")])
    assert tables.turns["first"].min() == pd.Timestamp("2019-07-05")
    assert tables.histories["entered"].tolist() == [pd.Timestamp("2019-07-05")]
