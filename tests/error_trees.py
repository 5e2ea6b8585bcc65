"""Reading the tree of exceptions that stands in the docstring of a room's errors module."""

import inspect
import re
from types import ModuleType

_LINE = re.compile(r"(?P<before>[\s│├└─]*)(?P<name>[A-Z]\w+)(?:\s{2,}\S.*)?")


def drawn_tree(module: ModuleType) -> dict[str, str]:
    """Return the parent of each class as the module's docstring draws it; `Exception` for the root."""
    parents: dict[str, str] = {}
    branch: list[tuple[int, str]] = []
    for line in inspect.cleandoc(module.__doc__ or "").splitlines():
        match = _LINE.fullmatch(line)
        if match is None or not (branch or match["name"].endswith("Error")):
            continue
        depth = len(match["before"])
        branch = [(other, name) for other, name in branch if other < depth]
        parents[match["name"]] = branch[-1][1] if branch else "Exception"
        branch.append((depth, match["name"]))
    return parents


def real_tree(module: ModuleType) -> dict[str, str]:
    """Return the parent of each exception that the module defines."""
    return {
        name: found.__base__.__name__
        for name, found in vars(module).items()
        if inspect.isclass(found) and issubclass(found, Exception) and found.__module__ == module.__name__
    }
