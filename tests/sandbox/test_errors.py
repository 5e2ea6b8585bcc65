"""The errors and the error table of the sandbox."""

import inspect
import re

from components import sandbox
from components.sandbox import errors
from components.sandbox.refusals import error_codes


def test_the_docstring_is_the_tree() -> None:
    """Each error stands under its parent, once."""
    parents: dict[str, str] = {}
    path: list[tuple[int, str]] = []
    for line in (errors.__doc__ or "").splitlines():
        found = re.match(r"([│├└─ ]*)([A-Z]\w+)(?: {2}|$)", line)
        if found:
            while path and path[-1][0] >= len(found[1]):
                path.pop()
            assert found[2] not in parents
            parents[found[2]] = path[-1][1] if path else "Exception"
            path.append((len(found[1]), found[2]))
    classes = [kind for _, kind in inspect.getmembers(errors, inspect.isclass)]
    assert parents == {kind.__name__: kind.__bases__[0].__name__ for kind in classes}


def test_the_error_table_is_whole() -> None:
    """Every row can be read, and errors are sent with the statuses that the contract names."""
    sandbox.check_rule_tables()
    assert {row.http for row in error_codes().values()} == {200, 401, 403, 404}
