"""A rule table is read as its class describes it, or the message says where it is damaged and what to do."""

from pathlib import Path
from typing import Annotated

import pytest

from components.rule_tables import (
    BY_BLANKS,
    BY_SEMICOLONS,
    EMPTY_IS_NONE,
    Flag,
    NumberOrZero,
    Row,
    RuleTableBroken,
    load_csv,
    load_toml,
    refuse_repetition,
)


class Rule(Row):
    """A row with a cell of each kind."""

    name: str
    months: NumberOrZero
    extendable: Flag
    codes: Annotated[tuple[str, ...], BY_BLANKS]
    phrases: Annotated[tuple[str, ...], BY_SEMICOLONS]
    limit: Annotated[int | None, EMPTY_IS_NONE]


HEAD = "name,months,extendable,codes,phrases,limit\n"


def table(folder: Path, text: str) -> Path:
    """Write a table of rules."""
    path = folder / "rules.csv"
    path.write_text(text, encoding="utf-8", newline="")
    return path


def test_each_kind_of_cell_is_read(tmp_path: Path) -> None:
    """Flags, numbers, words and phrases come as Python values; an empty cell is what its kind says."""
    rows = load_csv(table(tmp_path, HEAD + "a,3,yes,CTNF CTFR,one thing; another,9\nb,,no,,,\n"), Rule)
    assert [row.model_dump(exclude={"line"}) for row in rows] == [
        {
            "name": "a",
            "months": 3,
            "extendable": True,
            "codes": ("CTNF", "CTFR"),
            "phrases": ("one thing", "another"),
            "limit": 9,
        },
        {"name": "b", "months": 0, "extendable": False, "codes": (), "phrases": (), "limit": None},
    ]


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    """A row knows the line on which it begins, after blank lines and cells of several lines too."""
    rows = load_csv(table(tmp_path, HEAD + '"a\nb",1,no,,,\n\nc,1,no,,,\n'), Rule)
    assert [row.line for row in rows] == [2, 5]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HEAD + "a,1,no,,,\nb,1,maybe,,,\n", "rules.csv, line 3, column extendable: 'maybe': Write yes or no there. "),
        (HEAD + "a,x,no,,,\n", "rules.csv, line 2, column months: 'x': "),
        (HEAD + "a,1,no,,\n", "rules.csv, line 2: It has 5 cells where the table has 6 columns. Mend that line."),
        ("name,months\na,1\n", "rules.csv, line 2, column extendable: The table lacks this column. Add it."),
        ("colour," + HEAD + "red,a,1,no,,,\n", "rules.csv, line 2, column colour: The table has no such column. "),
        (HEAD + 'a,1,no,,"open,\n', "rules.csv, line 2: It is no CSV "),
        (HEAD, "rules.csv: It has no rows. Restore the file."),
        ("", "rules.csv: It has no rows. Restore the file."),
        (
            "name," + HEAD + "a,a,1,no,,,\n",
            "rules.csv, line 1, column name: The column stands there twice. Remove one.",
        ),
        ("line," + HEAD + "9,a,1,no,,,\n", "rules.csv, line 1, column line: The table has no such column. "),
    ],
    ids=["flag", "number", "cells", "column missing", "column unknown", "quote", "no rows", "nothing", "twice", "line"],
)
def test_damage_is_told_with_its_place_and_a_remedy(tmp_path: Path, text: str, message: str) -> None:
    """File, line and column, what is wrong, and what to do."""
    with pytest.raises(RuleTableBroken) as raised:
        load_csv(table(tmp_path, text), Rule)
    assert str(raised.value).startswith(message)


def test_a_table_saved_by_a_spreadsheet_is_read(tmp_path: Path) -> None:
    """The mark that Excel puts before UTF-8 belongs to no column."""
    (row,) = load_csv(table(tmp_path, "\ufeff" + HEAD + "a,1,no,,,\n"), Rule)
    assert row.name == "a"


def test_a_missing_table_is_told(tmp_path: Path) -> None:
    """The message names the file and says to restore it."""
    with pytest.raises(RuleTableBroken, match=r"^gone\.csv: It cannot be read .*Restore the file"):
        load_csv(tmp_path / "gone.csv", Rule)


class Pattern(Row):
    """An entry of a TOML table."""

    pattern: str


def test_toml_entries_know_their_lines(tmp_path: Path) -> None:
    """An entry is located by the line of its header."""
    path = tmp_path / "rules.toml"
    path.write_text("# patterns\n\n[[word]]\npattern = 'a'\n\n[[word]]\npatern = 'b'\n", encoding="utf-8")
    with pytest.raises(RuleTableBroken) as raised:
        load_toml(path, "word", Pattern)
    assert (raised.value.line, raised.value.column) == (6, "pattern")


@pytest.mark.parametrize(
    "text",
    ["[[wrod]]\npattern = 'a'\n", "[word]\npattern = 'a'\n", "word = 3\n", "[[ word ]]\npattern = 'a'\n"],
    ids=["another name", "one bracket", "no row", "blanks in the header"],
)
def test_a_toml_table_of_another_shape_is_refused(tmp_path: Path, text: str) -> None:
    """A misspelt header would otherwise leave its row out, or end in a trace."""
    path = tmp_path / "rules.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RuleTableBroken, match=r"^rules\.toml: .* a line \[\[word\]\]\. Mend it\.$"):
        load_toml(path, "word", Pattern)


def test_two_rows_for_the_same_thing_are_refused(tmp_path: Path) -> None:
    """The second would otherwise silently replace the first."""
    rows = load_csv(table(tmp_path, HEAD + "a,1,no,,,\nb,1,no,,,\na,2,no,,,\n"), Rule)
    with pytest.raises(RuleTableBroken, match=r"^rules\.csv, line 4, column name: Line 2 .*Remove one"):
        refuse_repetition("rules.csv", rows, lambda row: row.name, column="name")
