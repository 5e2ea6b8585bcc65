"""Whose turn it was, span by span."""

from datetime import date

import pandas as pd

from components.prosecution import SIDES, Tables, read_histories, read_history
from tests.prosecution.conftest import make_history


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
