"""What must be done next over several files, and which of them wait. Days are those of a calendar and 37 CFR 1.134."""

from datetime import date

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from components.prosecution import Tables, by_urgency, open_periods, read_histories, read_history, waiting_files
from tests.prosecution.conftest import Paper, make_history
from tests.prosecution.test_summary import PAPERS

FILED: list[Paper] = [(20160104, "TRNA"), (20160104, "SPEC"), (20160104, "CLM")]


def read_files(*files: tuple[str, list[Paper]]) -> Tables:
    """Read hand-made lists, each with its application number; their filing is included."""
    return read_histories([make_history([*FILED, *papers], apno=apno) for apno, papers in files])


def waiting_on(tables: Tables, today: date) -> pd.DataFrame:
    """The files of these tables that wait on a day."""
    return waiting_files(tables, open_periods(tables.rounds, today))


def test_the_next_day_is_the_due_day_and_then_the_last_one():
    """On 1 Aug 2019 the reply to 12 Apr runs with extensions until 15 Oct, the fee of 10 May until 12 Aug."""
    tables = read_files(
        ("US15/000001", [(20190412, "CTNF")]),
        ("US15/000002", [(20190510, "NOA")]),
        ("US15/000003", [(20180105, "CTNF")]),
        ("US15/000004", [(20190701, "CTNF")]),
    )
    rows = by_urgency(open_periods(tables.rounds, date(2019, 8, 1)))
    # 10 Aug 2019 is a Saturday; six months from 5 Jan 2018 end on 5 Jul 2018, which has passed.
    assert [
        (row.history, row.next.date(), row.days_left_next, row.extended) for row in rows.itertuples(index=False)
    ] == [
        ("US15/000002", date(2019, 8, 12), 11, False),
        ("US15/000004", date(2019, 10, 1), 61, False),
        ("US15/000001", date(2019, 10, 15), 75, True),
        ("US15/000003", date(2018, 7, 5), -392, True),
    ]


def test_without_open_periods_nothing_is_next():
    """The columns are there all the same."""
    rows = by_urgency(open_periods(read_histories(()).rounds, date(2019, 8, 1)))
    assert rows.empty
    assert {"next", "days_left_next", "extended"} <= set(rows)


@given(papers=PAPERS, today=st.dates(date(1990, 1, 1), date(2040, 1, 1)))
def test_any_periods_can_be_put_in_order(papers, today):
    """None is lost, and what has not passed stands above what has."""
    due = open_periods(read_history(make_history(papers, apno="US15/000001")).rounds, today)
    left = by_urgency(due)["days_left_next"].astype(int).tolist()
    ahead = [days for days in left if days >= 0]
    assert len(left) == len(due)
    assert left[: len(ahead)] == sorted(ahead)


def test_an_answered_file_waits_for_the_office():
    """Since the answer, not since the action; a file that has only been filed since its filing."""
    tables = read_files(
        ("US15/000001", [(20170105, "CTNF"), (20170405, "A..."), (20170405, "REM")]),
        ("US15/000002", []),
        ("US15/000003", [(20170301, "CTFR"), (20170601, "N/AP"), (20170801, "AP.B")]),
    )
    rows = waiting_on(tables, date(2017, 9, 1))
    assert [(row.history, row.owed, row.since.date(), row.paper) for row in rows.itertuples(index=False)] == [
        ("US15/000002", "", date(2016, 1, 4), ""),
        ("US15/000001", "", date(2017, 4, 5), "20170405-A...-1"),
        ("US15/000003", "", date(2017, 8, 1), "20170801-AP.B-1"),
    ]


def test_what_is_owed_by_no_computed_day_is_told_too():
    """What the JPO gives depends on the residence and the day of transmittal; the table of periods says so."""
    japanese: list[Paper] = [(20160104, "A63"), (20170104, "A621"), (20190412, "A131")]
    rows = waiting_on(read_histories([make_history(japanese, apno="JP2016-000001")]), date(2019, 6, 1))
    assert [(row.owed, row.since.date(), row.paper) for row in rows.itertuples(index=False)] == [
        ("Reply", date(2019, 4, 12), "20190412-A131-1")
    ]
    assert rows["undated"].item().startswith("60 days for applicants in Japan, three months for those abroad")


def test_closed_files_and_those_with_an_open_date_do_not_wait():
    """They stand elsewhere."""
    tables = read_files(
        ("US15/000001", [(20170105, "CTNF")]),
        ("US15/000002", [(20170105, "CTNF"), (20170801, "ABN")]),
        ("US15/000003", [(20170105, "NOA"), (20170202, "IFEE"), (20170302, "ISSUE.NTF")]),
    )
    assert waiting_on(tables, date(2017, 2, 1)).empty
    assert waiting_on(read_histories(()), date(2017, 2, 1)).empty


@given(papers=PAPERS, today=st.dates(date(1990, 1, 1), date(2040, 1, 1)))
def test_every_open_file_is_either_due_or_waiting(papers, today):
    """Nothing that is open falls out of sight."""
    tables = read_history(make_history(papers, apno="US15/000001"))
    due = open_periods(tables.rounds, today)
    closed = {"Revoked", "Lapsed", "Granted", "Abandoned", "Refused", "Certificate issued", "Reexamination ended"}
    is_open = str(tables.histories.iloc[0]["status"]) not in closed
    assert len(waiting_files(tables, due)) == (is_open and due.empty)
