"""The rule tables of the room: sound as they stand, and a damaged one is reported by its name."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from components.numbers import check_rule_tables, rules
from components.rule_tables import RuleTableBroken

TABLES = (
    "asides.toml",
    "country_words.csv",
    "de_numbers.csv",
    "documented_forms.csv",
    "eras.csv",
    "heading_words.csv",
    "headings.csv",
    "jp_registers.csv",
    "jp_series.csv",
    "kinds.csv",
    "kr_documents.csv",
    "national_forms.csv",
    "native_words.csv",
    "no_numbers.toml",
    "offices.csv",
    "plurals.csv",
    "shared_numbers.csv",
    "urls.toml",
    "us_filing_years.csv",
    "us_kinds.csv",
    "us_series.csv",
    "words.toml",
)


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """A copy of the tables that may be damaged."""
    return Path(shutil.copytree(rules.FOLDER, tmp_path / "tables"))


def report_of(folder: Path) -> RuleTableBroken:
    """Return what the check reports of a folder."""
    with pytest.raises(RuleTableBroken) as caught:
        check_rule_tables(folder)
    return caught.value


def test_the_tables_are_sound() -> None:
    """The tables that the app comes with pass the check, and are all that the folder holds."""
    check_rule_tables()
    assert tuple(sorted(path.name for path in rules.FOLDER.iterdir())) == TABLES


@pytest.mark.parametrize("name", TABLES)
def test_a_missing_table_is_reported_by_name(tables: Path, name: str) -> None:
    """A table that is not there is named, whichever it is."""
    (tables / name).unlink()
    assert report_of(tables).file == name


@pytest.mark.parametrize(
    ("name", "before", "after", "fault"),
    [
        ("eras.csv", "H,平,1988", "H,平,many", (3, "before")),
        ("eras.csv", "H,平,1988,1,31", "H,平,1988,31,1", (3, "last")),
        ("eras.csv", "S,昭", "T,大", (0, "")),
        ("eras.csv", "H,平", "S,平", (3, "letter")),
        ("eras.csv", "0,令和", "none,令和", (4, "numbered")),
        ("jp_series.csv", "1972,1996", "1996,1972", (6, "last")),
        ("jp_series.csv", "kokoku,JP", "kokuku,JP", (6, "series")),
        ("jp_registers.csv", "U Y,1,", "U Y,one,", (3, "first")),
        ("kr_documents.csv", "publication,KR", "publications,KR", (3, "series")),
        ("kr_documents.csv", "A,yes", "A,perhaps", (3, "dated")),
        ("plurals.csv", "Pats,en", "Patents,en", (5, "word")),
        ("native_words.csv", "JP,特願,patent", "QQ,特願,patent", (9, "office")),
        ("native_words.csv", "JP,特願,patent", "JP,特許,patent", (9, "word")),
        ("native_words.csv", "JP,特願,patent,application", "JP,特願,patent,applied", (9, "stage")),
        ("kinds.csv", "US,grant,6167569,,", "US,grant,6167568,,", (3, "first")),
        ("kinds.csv", "EP,publication", "QQ,publication", (14, "office")),
        ("national_forms.csv", "AP/P/2010/001234,AP/P/2010/001234", "AP/P/2010/001234,AP/P/2010/1234", (2, "")),
        ("national_forms.csv", "AP,application,application of another office", "AP,application,US grant", (2, "")),
        ("national_forms.csv", "P/(?P<year>", "P/(", (2, "")),
        ("national_forms.csv", "P/(?P<year>", "P/((?P<year>", (2, "pattern")),
        ("country_words.csv", "CA,en,", "Canada,en,", (11, "offices")),
        ("country_words.csv", "Canadian;Canada;", "Canadian;France;", (13, "words")),
        ("documented_forms.csv", 'US,patent,"US 10', 'GB,patent,"US 10', (2, "office")),
        ("offices.csv", "AR,Argentina", "AR,Argentina,South America", (3, "")),
        ("offices.csv", "AR,Argentina", "AP,Argentina", (3, "code")),
        ("us_filing_years.csv", "12,2007,2010", "12,2010,2007", (12, "last")),
        ("us_filing_years.csv", "12,2007,2010", "11,2007,2010", (12, "series")),
        ("us_kinds.csv", "I1,patent,X,", "I1,patent,Y,", (18, "series")),
        ("us_kinds.csv", "I1,patent,X,1,9999", "I1,patent,X,9999,1", (18, "last")),
        ("us_kinds.csv", "I2,patent,RX", "I1,patent,X", (19, "kinds")),
        ("no_numbers.toml", "example = '2004-2010'", "example = '2004'", (64, "")),
        ("us_series.csv", "19,19,US application", "19,19,US aplication", (3, "kind")),
        ("us_series.csv", "19,19,", "18,19,", (3, "first")),
        ("shared_numbers.csv", "BR,INPI", "AU,INPI", (3, "office")),
        ("shared_numbers.csv", "BR,INPI", "QQ,INPI", (3, "office")),
        ("asides.toml", "example = 'Total: 120'", "example = 'Sum of squares: 120'", (17, "")),
        ("headings.csv", "patent number,grant", "patent no,grant", (2, "words")),
        ("headings.csv", "patent,grant", "number patent,grant", (3, "words")),
        ("headings.csv", "patent,grant", "patent,granted", (3, "role")),
        ("heading_words.csv", "pubn,", "publ,", (15, "word")),
        ("heading_words.csv", "us,,US,,", "us,,QQ,,", (60, "office")),
        ("heading_words.csv", "family,,,others,", "family,,,other,", (134, "role")),
        ("words.toml", r"numbers?\b|num\.", r"(?:numbers?\b|num\.", (15, "pattern")),
        ("words.toml", r"numbers?\b|num\.", r"(numbers?\b|num\.)", (15, "")),
        ("words.toml", "example = 'number'", "example = 'digits'", (15, "")),
        ("words.toml", "office = 'EP'", "office = 'QQ'", (35, "office")),
        ("urls.toml", r"/applications/(\d{8})", r"/applications/(\d{8}", (34, "pattern")),
        ("urls.toml", r"/applications/(\d{8})", r"/applications/\d{8}", (34, "")),
        ("urls.toml", "office = 'US'", "office = 'AU'", (34, "office")),
    ],
)
def test_a_damaged_table_is_reported_with_its_line(
    tables: Path, name: str, before: str, after: str, fault: tuple[int, str]
) -> None:
    """A wrong cell, a bad pattern, or rows that contradict one another: file, line and column are reported."""
    text = (tables / name).read_text(encoding="utf-8")
    assert before in text
    (tables / name).write_text(text.replace(before, after, 1), encoding="utf-8")
    report = report_of(tables)
    assert (report.file, report.line, report.column) == (name, *fault)


def test_no_table_is_read_at_import() -> None:
    """A damaged table is reported by the check, never as an import that fails."""
    watched = (
        "import sys; opened = []\n"
        "sys.addaudithook(lambda event, names: opened.append(str(names[0])) if event == 'open' else None)\n"
        "import components.numbers\n"
        "print([name for name in opened if name.endswith(('.csv', '.toml'))])"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", watched], cwd=root, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "[]"
