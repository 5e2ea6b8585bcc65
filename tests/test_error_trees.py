"""The docstring of each module of errors is the tree of its errors, complete and right."""

import importlib
import inspect
import re
from pathlib import Path
from types import ModuleType

import pytest

from tests.conftest import ROOT

MODULES = sorted(path.relative_to(ROOT) for path in (ROOT / "components").rglob("errors.py"))
BRANCH = re.compile(r"[│├└─ ]*[├└]── (?P<name>\w+)")


def module_of(path: Path) -> ModuleType:
    """Import a module by its path in the repository."""
    return importlib.import_module(".".join(path.with_suffix("").parts))


def tree_of(module: ModuleType) -> dict[str, str]:
    """Read the tree in a module's docstring: each error with the error above it, the root with none."""
    lines = (module.__doc__ or "").splitlines()
    first = next(i for i, line in enumerate(lines) if BRANCH.match(line))
    root = lines[first - 1].split()[0]
    found, above = {root: ""}, [(0, root)]
    for branch in filter(None, map(BRANCH.match, lines[first:])):
        while above[-1][0] >= branch.start("name") and len(above) > 1:
            above.pop()
        found[branch["name"]] = above[-1][1]
        above.append((branch.start("name"), branch["name"]))
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.parts[1])
def test_the_docstring_of_errors_is_their_tree(path: Path) -> None:
    """Every error of the module stands in its docstring below its base class, and nothing else does."""
    module = module_of(path)
    errors = {
        name: cls
        for name, cls in inspect.getmembers(module, inspect.isclass)
        if issubclass(cls, Exception) and cls.__module__ == module.__name__
    }
    bases = {name: cls.__base__.__name__ for name, cls in errors.items()}
    assert tree_of(module) == {name: base if base in errors else "" for name, base in bases.items()}
