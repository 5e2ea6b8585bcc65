"""Every rule table of the room is read when the app starts, so that a damaged one is found then."""

from pathlib import Path

import pytest

from components import content, rule_tables
from components.content.rejections import sections
from components.content.rule_checks import check_rule_tables
from components.rule_tables import RuleTableBroken

FOLDER = Path(content.__file__).parent
TABLES = {path.name for ending in ("csv", "toml") for path in FOLDER.rglob(f"*.{ending}")}


def test_each_table_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of this version are no error."""
    for load in (rule_tables.load_csv, rule_tables.load_toml):
        load.cache_clear()
    opened: set[str] = set()
    read = rule_tables._text

    def noted(path: Path) -> str:
        opened.add(path.name)
        return read(path)

    monkeypatch.setattr(rule_tables, "_text", noted)
    check_rule_tables()
    assert opened == TABLES
    assert len(TABLES) >= 5


def test_a_heading_that_is_no_pattern_is_refused_by_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says which cell to mend."""
    table = tmp_path / "headings.csv"
    table.write_text("kind,words,source\ngone,claim (rejections,made for this test\n", encoding="utf-8")
    monkeypatch.setattr(sections, "_TABLE", table)
    with pytest.raises(RuleTableBroken, match=r"^headings\.csv, line 2, column words: .* is no pattern "):
        check_rule_tables()
