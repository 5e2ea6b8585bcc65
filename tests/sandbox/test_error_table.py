"""The error table of the sandbox."""

from components import sandbox
from components.sandbox.refusals import error_codes


def test_the_error_table_is_whole() -> None:
    """Every row can be read, and errors are sent with the statuses that the contract names."""
    sandbox.check_rule_tables()
    assert {row.http for row in error_codes().values()} == {200, 401, 403, 404}
