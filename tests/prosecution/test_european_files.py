"""European file histories against tables made by hand from the Register's lists and from the EPC.

| file | one row is |
|---|---|
| `european_acts.csv` | an act: its category, by what and when it was answered, and what became of it |
| `european_dates.csv` | the usual last day of an act, reckoned by hand (Rules 126, 131, 134 EPC) |
| `european_files.csv` | a file: its status, its days, how many acts of each kind it has, and whose turn it is |
| `european_papers.csv` | a paper of a file that was made up, true to life, where no real list is at hand |

Where a cell of an act has several words, each of them is right.

The real lists are no part of this repository; what the tables say of them are facts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from components.prosecution import Tables, read_history
from components.prosecution.check.folder import read_folder
from components.prosecution.law.categories import category_named
from components.prosecution.law.vocabulary import CLOSED_STATUSES
from tests.prosecution.conftest import DATA, make_history, rows_of

HERE = Path(__file__).parent
ACTS = rows_of(HERE / "european_acts.csv")
DATES = rows_of(HERE / "european_dates.csv")
FILES = rows_of(HERE / "european_files.csv")
PAPERS = rows_of(HERE / "european_papers.csv")
MADE_UP = frozenset(row["file"] for row in PAPERS)
ROUNDS = frozenset(
    [
        "communication",
        "refusal",
        "allowance",
        "summons",
        "notice_of_appeal",
        "abandonment",
        "amendment_invitation",
        "examination_invitation",
        "search_invitation",
    ]
)
"""The acts whose rounds the table has all of; it may leave out those on formalities, petitions and oppositions."""
ANSWERED = frozenset({"on time", "extended", "late", "answered"})
"""All say that an answer is listed; which of them depends on whether a period is computed."""


@dataclass(frozen=True)
class Read:
    """A file as it is read."""

    tables: Tables
    by_id: pd.DataFrame

    def papers(self, date: str, title: str) -> list[str]:
        """Return the categories of the papers of a day whose titles begin so."""
        papers = self.tables.documents
        chosen = papers[(papers["date"].astype(str) == date) & papers["description"].str.startswith(title)]
        return sorted(set(chosen["category"].astype(str)))

    def rounds(self) -> Iterator[tuple[str, str, str, str, str]]:
        """Yield of each round the day, the act, what answered it on which day, and what became of it."""
        columns = [self.tables.rounds[name] for name in ("opened", "kind", "answer", "answered", "outcome")]
        for opened, kind, answer, answered, outcome in zip(*columns, strict=True):
            answering = str(self.by_id["category"][answer]) if answer else ""
            yield day(opened), str(kind), answering, day(answered), "answered" if outcome in ANSWERED else str(outcome)


def day(moment: pd.Timestamp) -> str:
    """Return a day as the tables have it; empty where there is none."""
    return "" if pd.isna(moment) else f"{moment:%Y-%m-%d}"


@pytest.fixture(scope="module")
def read() -> dict[str, Read]:
    """The files that are at hand, by name: those made up, and the real ones where their lists are beside."""
    histories = {
        name: make_history(
            [(int(row["date"]), row["code"], row["title"]) for row in PAPERS if row["file"] == name], apno=name
        )
        for name in MADE_UP
    }
    for folder in (DATA / "register", DATA):
        if folder.is_dir():
            known = {row["file"] for row in FILES} & {row["file"] for row in rows_of(folder / "index.csv")}
            histories |= {name: found.history for name in known for found in read_folder(folder, [name])}
    tables = {name: read_history(history) for name, history in histories.items()}
    return {name: Read(found, found.documents.set_index("id")) for name, found in tables.items()}


def one(read: dict[str, Read], name: str) -> Read:
    """Return a file, or skip: only the real lists may be missing."""
    if name not in read and name not in MADE_UP:
        pytest.skip("the Register's lists are not beside this checkout")
    return read[name]


def named(row: dict[str, str]) -> str:
    """Return the name of a test."""
    return " ".join(filter(None, (row["file"], row.get("date"), row.get("act", "").replace(" ", "|"))))


@pytest.mark.parametrize("row", [row for row in ACTS if row["title"]], ids=named)
def test_each_paper_that_matters_is_what_the_register_says(read: dict[str, Read], row: dict[str, str]):
    """A title and a day are enough to know an act, whatever its code."""
    found = one(read, row["file"]).papers(row["date"], row["title"])
    assert found, f"{row['title']} is not listed on {row['date']}"
    assert set(found) <= set(row["act"].split())


@pytest.mark.parametrize("row", [row for row in ACTS if row["outcome"]], ids=named)
def test_each_act_has_its_answer_and_its_outcome(read: dict[str, Read], row: dict[str, str]):
    """What answered it, on which day, and what became of it."""
    rounds = list(one(read, row["file"]).rounds())
    of_the_act = [found for found in rounds if found[0] == row["date"] and found[1] in row["act"].split()]
    outcomes = row["outcome"].split()
    assert [found for found in of_the_act if found[3] == row["answered"] and found[4] in outcomes], of_the_act
    answers = {found[2] for found in of_the_act if found[3] == row["answered"]}
    if row["answer"]:
        assert answers & set(row["answer"].split()), answers


@pytest.mark.parametrize("row", FILES, ids=named)
def test_no_act_is_read_that_the_file_does_not_have(read: dict[str, Read], row: dict[str, str]):
    """Every round of these kinds is one of the table."""
    known = {(act["date"], kind) for act in ACTS if act["file"] == row["file"] for kind in act["act"].split()}
    found = {found[:2] for found in one(read, row["file"]).rounds() if found[1] in ROUNDS}
    assert found - known == set()


@pytest.mark.parametrize("row", FILES, ids=named)
def test_each_file_stands_as_the_register_says(read: dict[str, Read], row: dict[str, str]):
    """The common class, the office's own word, and the days of filing, entry, first action, grant and loss."""
    (facts,) = one(read, row["file"]).tables.histories.to_dict("records")
    found = {"status": str(facts["status"]), "words": facts["status_words"]}
    found |= {name: day(facts[name]) for name in ("filed", "entered", "issued", "abandoned")}
    found["first"] = day(facts["first_merits_action"])
    assert found == {name: row[name] for name in found}


@pytest.mark.parametrize("row", FILES, ids=named)
def test_each_file_has_as_many_acts_as_the_register_lists(read: dict[str, Read], row: dict[str, str]):
    """Communications, refusals, intentions to grant, consultations and appeals; and whether it was revived."""
    (facts,) = one(read, row["file"]).tables.histories.to_dict("records")
    columns = {
        "communications": "non_finals",
        "refusals": "finals",
        "intentions": "allowances",
        "consultations": "interviews",
        "appeals": "appeals",
    }
    found = {name: str(facts[column]) for name, column in columns.items()}
    found["revived"] = "yes" if facts["revived"] else "no"
    assert found == {name: row[name] for name in found}


@pytest.mark.parametrize("row", FILES, ids=named)
def test_it_is_known_whose_turn_it_is_at_the_end(read: dict[str, Read], row: dict[str, str]):
    """Nobody's in a file that is over; the applicant's while an act is open that he owes; else the office's."""
    tables = one(read, row["file"]).tables
    owed = tables.rounds[(tables.rounds["outcome"] == "open") & (tables.rounds["owed"] != "")]
    turn = "office" if owed.empty else "applicant"
    assert ("nobody" if tables.histories["status"].iloc[0] in CLOSED_STATUSES else turn) == row["turn"]


@pytest.mark.parametrize("row", DATES, ids=named)
def test_the_usual_last_day_is_that_of_the_rules(read: dict[str, Read], row: dict[str, str]):
    """Notified ten days after a paper before November 2023, on its day since; the months; a day that is open."""
    rounds = one(read, row["file"]).tables.rounds
    of_the_act = rounds[(rounds["opened"].astype(str) == row["date"]) & (rounds["kind"].astype(str) == row["act"])]
    assert [day(due) for due in of_the_act["due"]] == [row["due"]]


@pytest.mark.parametrize(("name", "lost"), [("EP08863620", "2014-08-01"), ("EP10000099", "2012-12-03")])
def test_further_processing_is_not_asked_for_where_it_is_ruled_out(read: dict[str, Read], name: str, lost: str):
    """A renewal fee that was not paid in time leaves re-establishment alone (Rules 51(2) and 135(2) EPC)."""
    rounds = one(read, name).tables.rounds
    owed = rounds.loc[rounds["opened"].astype(str) == lost, "owed"]
    assert [words for words in owed if "further processing" in words.casefold()] == []


@pytest.mark.parametrize("table", [ACTS, FILES, PAPERS], ids=["acts", "files", "papers"])
def test_the_tables_are_whole(table: Sequence[dict[str, str]]):
    """Every file of one is in the others, and every category is one of ours."""
    names = {row["file"] for row in FILES}
    assert {row["file"] for row in table} <= names
    assert {row["file"] for row in ACTS} == names
    for row in ACTS:
        for name in f"{row['act']} {row['answer']}".split():
            assert category_named(name).table_name == name
