"""The open files in which no computed date is running: who must act, and since when."""

from typing import Any, Final

import pandas as pd

from components.prosecution.law.office_words import words_for
from components.prosecution.law.vocabulary import CLOSED_STATUSES
from components.prosecution.tables import DATE, Tables

_COLUMNS: Final = {
    "history": "str",
    "status": "str",
    "owed": "str",
    "who": "str",
    "since": DATE,
    "after": "str",
    "paper": "str",
    "last_document": DATE,
    "undated": "str",
}


def waiting_files(tables: Tables, due: pd.DataFrame) -> pd.DataFrame:
    """Return the open files without an open period, those first that have waited longest.

    Args:
        tables: of one history or of many.
        due: their `open_periods`.

    Returns:
        Columns `history`, `status` (in the office's own word), `owed` (what the applicant owes by a day that is not
        computed; empty where the Office must act), `who` (who must act then: "Applicant", "EPO", "Board of Appeal"),
        `since` (the day of the action that is not answered, of the answer that the Office has not acted on, or else of
        the filing or the entry; may be missing), `after` (what that paper is called), `paper` (its document id; empty
        for the filing), `last_document` (up to when the list tells anything) and `undated` (why no day is computed for
        what the applicant owes; may be empty).
    """
    facts = tables.histories
    still_open = ~facts["status"].astype(str).isin(CLOSED_STATUSES) & ~facts["history"].isin(due["history"])
    rounds = tables.rounds
    rows = [_waiting(row, rounds[rounds["history"] == row["history"]]) for row in facts[still_open].to_dict("records")]
    columns = {name: pd.Series([row[name] for row in rows], dtype=kind) for name, kind in _COLUMNS.items()}
    return pd.DataFrame(columns).sort_values("since", kind="stable").reset_index(drop=True)


def _waiting(facts: Any, rounds: pd.DataFrame) -> dict[str, Any]:  # noqa: ANN401 - a row by column
    """Return the row of one file."""
    running = rounds[rounds["outcome"] == "open"]
    owing = running[running["owed"] != ""]
    own = {"history": facts["history"], "status": str(facts["status_words"]), "last_document": facts["last_document"]}
    if not owing.empty:
        row = owing.sort_values("opened", kind="stable").iloc[-1]
        return own | {
            "owed": row["owed"],
            "who": "Applicant",
            "since": row["opened"],
            "after": row["label"],
            "paper": row["action"],
            "undated": row["undated"],
        }
    waits = [(facts["filed"], "Filing", ""), (facts["entered"], "Entry", "")]
    waits += list(zip(running["opened"], running["label"], running["action"], strict=True))
    answered = rounds[(rounds["owed"] != "") & rounds["answered"].notna()]
    waits += list(zip(answered["answered"], answered["answer_label"], answered["answer"], strict=True))
    since, after, paper = max((wait for wait in waits if pd.notna(wait[0])), default=(pd.NaT, "", ""), key=_day)
    board = facts["status"] == "On appeal"  # from the notice of appeal on, unless the grounds are owed
    who = words_for(str(facts["office"]), "who_acts_on_appeal" if board else "who_acts")
    return own | {"owed": "", "who": who, "since": since, "after": after, "paper": paper, "undated": ""}


def _day(wait: tuple[pd.Timestamp, str, str]) -> pd.Timestamp:
    return wait[0]
