"""Every rule table is checked when the app starts, and none is read before."""

import csv
import inspect
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from components.prosecution import RuleTableBroken, check_rule_tables, errors
from components.prosecution.law import rule_files
from components.prosecution.law.categories import Category

TABLES = sorted(path.name for path in rule_files.FOLDER.glob("*.csv"))


@pytest.fixture
def copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a copy of every rule table, from which they are read."""
    for name in TABLES:
        shutil.copy(rule_files.FOLDER / name, tmp_path / name)
    monkeypatch.setattr(rule_files, "FOLDER", tmp_path)
    return tmp_path


def test_sound_tables_pass():
    """The tables of this version are no error."""
    check_rule_tables()
    assert len(TABLES) >= 39


@pytest.mark.parametrize("name", TABLES)
def test_a_table_with_an_unknown_column_is_named(name: str, copies: Path):
    """Each table of the folder is read, and the message says which one to mend, where."""
    lines = (copies / name).read_text(encoding="utf-8").splitlines()
    (copies / name).write_text(f"{lines[0]},surplus\n{lines[1]},x\n", encoding="utf-8")
    with pytest.raises(RuleTableBroken, match=rf"^{name}, line 2, column surplus: ") as caught:
        check_rule_tables()
    assert (caught.value.file, caught.value.line, caught.value.column) == (name, 2, "surplus")


@pytest.mark.parametrize("name", TABLES)
def test_a_missing_table_is_named(name: str, copies: Path):
    """An installation that lost a file says which."""
    (copies / name).unlink()
    with pytest.raises(RuleTableBroken, match=rf"^{name}: .*Restore the file"):
        check_rule_tables()


def rewritten(copies: Path, name: str, order: list[int]) -> None:
    """Write some rows of a table, counted from 1, in another order."""
    lines = (copies / name).read_text(encoding="utf-8").splitlines()
    chosen = [lines[0], *(lines[row] for row in order)]
    (copies / name).write_text("\n".join(chosen) + "\n", encoding="utf-8")


def test_categories_in_another_order_than_the_enumeration_are_refused(copies: Path):
    """Arrays hold the numbers of the enumeration, so the table must agree with it."""
    rewritten(copies, "categories.csv", [2, 1, *range(3, len(Category) + 1)])
    with pytest.raises(RuleTableBroken, match=r"categories\.csv, line 2, column category: .*restriction.*order"):
        check_rule_tables()


def test_a_category_without_a_row_is_refused(copies: Path):
    """Each category has facts."""
    rewritten(copies, "categories.csv", list(range(1, len(Category))))
    with pytest.raises(RuleTableBroken, match=r"categories\.csv: .*one row"):
        check_rule_tables()


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("category_sets.csv", "set"),
        ("closures.csv", "date"),
        ("reading_lists.csv", "name"),
        ("reading_order.csv", "code"),
        ("us.csv", "code"),
        ("yardsticks.csv", "measure"),
    ],
)
def test_what_stands_in_a_table_twice_is_refused(name: str, column: str, copies: Path):
    """Of two rows for the same, one would be passed over in silence."""
    rewritten(copies, name, [1, 2, 1])
    with pytest.raises(RuleTableBroken, match=rf"^{name}, line 4, column {column}: Line 2 is for the same"):
        check_rule_tables()


@pytest.mark.parametrize("name", ["cited_rules.csv", "notifications.csv", "pairings.csv", "periods.csv"])
def test_a_row_that_ends_before_it_begins_is_refused(name: str, copies: Path):
    """It would be for no paper at all, in silence."""
    with (copies / name).open(encoding="utf-8", newline="") as file:
        first, *others = csv.DictReader(file)
    with (copies / name).open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, first)
        table.writeheader()
        table.writerows([first | {"since": "2020-01-02", "until": "2020-01-01"}, *others])
    with pytest.raises(RuleTableBroken, match=rf"^{name}, line 2: It ends before it begins"):
        check_rule_tables()


def test_an_unknown_set_of_categories_is_refused(copies: Path):
    """`@actions` in a cell is a row of `category_sets.csv`."""
    text = (copies / "pairings.csv").read_text(encoding="utf-8").replace("@replies", "@responses", 1)
    (copies / "pairings.csv").write_text(text, encoding="utf-8")
    with pytest.raises(RuleTableBroken, match=r"pairings\.csv, line \d+, column answered_by: .*responses"):
        check_rule_tables()


def test_importing_the_room_reads_no_table():
    """A damaged table is reported on a page, which needs the modules to be there."""
    program = (
        "import components.prosecution, components.prosecution.__main__\n"
        "from components.rule_tables import load_csv\n"
        "print(load_csv.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"


def test_the_tree_of_errors_names_every_error():
    """The docstring of the module is where a reader looks for them."""
    classes = [
        name for name, found in inspect.getmembers(errors, inspect.isclass) if found.__module__ == errors.__name__
    ]
    tree = (errors.__doc__ or "").partition("```\n")[2].partition("```")[0]
    assert {line.strip("├└─│ ").split()[0] for line in tree.splitlines() if line.strip()} == set(classes)
