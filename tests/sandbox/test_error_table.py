"""The error table of the sandbox."""

from pathlib import Path

import pytest

from components import sandbox
from components.rule_tables import RuleTableBroken, load_csv
from components.sandbox.refusals import ErrorCode, error_codes


def test_the_error_table_is_whole() -> None:
    """Every row can be read, and errors are sent with the statuses that the contract names."""
    sandbox.check_rule_tables()
    assert {row.http for row in error_codes().values()} == {200, 401, 403, 404}


def test_a_damaged_row_is_named_by_line_and_column(tmp_path: Path) -> None:
    """A code that is no number is found when the table is read."""
    table = tmp_path / "error_codes.csv"
    table.write_text("code,message,http\n68300004,Invalid parameter!,200\nE5,Failed!,200\n", encoding="utf-8")
    with pytest.raises(RuleTableBroken, match=r"^error_codes\.csv, line 3, column code: 'E5': .*Mend that cell\.$"):
        load_csv(table, ErrorCode)
