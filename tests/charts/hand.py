"""Rounds written by hand, from what the documents of a real file history say."""

from typing import Any

import pandas as pd

from components.prosecution.tables import DATE, HISTORIES, ROUNDS, TURNS, empty

ONE = "US14/412875"


def make_rounds(*rows: dict[str, Any], history: str = ONE) -> pd.DataFrame:
    """Make a `rounds` table of rows that say only what matters; the columns have the types they always have."""
    blank = {name: {"str": "", DATE: pd.NaT, "Int64": pd.NA}.get(kind, "unclassified") for name, kind in ROUNDS.items()}
    complete = [blank | {"history": history, "round": number} | row for number, row in enumerate(rows, 1)]
    return pd.DataFrame(complete, columns=list(ROUNDS)).astype(empty(ROUNDS).dtypes.to_dict())


def hand_rounds() -> pd.DataFrame:
    """The rounds of US 10,765,880 B2: extended, unanswered, revived, extended, and twice on time."""
    authority = "37 CFR 1.134, 1.136(a); MPEP 710.02(b)"
    return make_rounds(
        {
            "action": "20161025-CTNF-1", "kind": "non_final_rejection", "label": "Non-final rejection",
            "opened": "2016-10-25", "due": "2017-01-25", "last": "2017-04-25", "bar": "2017-04-25",
            "answer": "20170425-A...-1", "answer_label": "Amendment", "answered": "2017-04-25", "days": 182,
            "extension_months": 3, "extension_source": "computed", "ended": "2017-04-25", "outcome": "extended",
            "authority": authority,
        },
        {
            "action": "20170809-CTFR-1", "kind": "final_rejection", "label": "Final rejection",
            "opened": "2017-08-09", "due": "2017-11-09", "last": "2018-02-09", "bar": "2018-02-09",
            "ended": "2018-02-23", "outcome": "abandoned", "authority": authority,
            "explanation": "No complete reply is listed before the notice of abandonment of 23 Feb 2018",
        },
        {
            "action": "20180223-ABN-1", "kind": "abandonment", "label": "Abandonment",
            "opened": "2018-02-23", "answer": "20180601-RCEX-1", "answer_label": "RCE + petition",
            "answered": "2018-06-01", "days": 98, "ended": "2018-06-01", "outcome": "revived",
        },
        {
            "action": "20190412-CTNF-1", "kind": "non_final_rejection", "label": "Non-final rejection",
            "opened": "2019-04-12", "due": "2019-07-12", "last": "2019-10-15", "bar": "2019-10-15",
            "answer": "20191014-A...-1", "answer_label": "Amendment", "answered": "2019-10-14", "days": 185,
            "extension_months": 3, "extension_source": "computed", "ended": "2019-10-14", "outcome": "extended",
            "authority": authority,
        },
        {
            "action": "20200117-CTFR-1", "kind": "final_rejection", "label": "Final rejection",
            "opened": "2020-01-17", "due": "2020-04-17", "last": "2020-07-17", "bar": "2020-07-17",
            "answer": "20200417-A.NE-1", "answer_label": "Reply after final", "answered": "2020-04-17", "days": 91,
            "extension_months": 0, "ended": "2020-04-17", "outcome": "on time", "authority": authority,
        },
        {
            "action": "20200427-NOA-1", "kind": "allowance", "label": "Allowance",
            "opened": "2020-04-27", "due": "2020-07-27", "last": "2020-07-27", "bar": "2020-07-27",
            "answer": "20200727-IFEE-1", "answer_label": "Issue fee", "answered": "2020-07-27", "days": 91,
            "extension_months": 0, "ended": "2020-07-27", "outcome": "on time", "authority": "35 USC 151",
        },
    )  # fmt: skip


def make_turns(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    """Make a `turns` table of (history, side, first day, day after the last)."""
    return pd.DataFrame(rows, columns=list(TURNS)).astype(empty(TURNS).dtypes.to_dict())


def make_facts(*rows: dict[str, Any]) -> pd.DataFrame:
    """Make a `histories` table of rows that say only what matters."""
    kinds = empty(HISTORIES).dtypes.to_dict()
    blank = {name: {"str": "", DATE: pd.NaT, "Int64": pd.NA}.get(kind, 0) for name, kind in HISTORIES.items()}
    blank |= {"status": "Pending", "retrieved": pd.Timestamp("2020-01-01", tz="UTC")}
    return pd.DataFrame([blank | row for row in rows], columns=list(HISTORIES)).astype(kinds)
