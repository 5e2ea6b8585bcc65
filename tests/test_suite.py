"""The tests themselves: none of them is written so that it cannot fail."""

import ast
from collections.abc import Iterator

import pytest

from tests.conftest import ROOT

TESTS = ROOT / "tests"
MODULES = sorted(path.relative_to(TESTS).as_posix() for path in TESTS.rglob("*.py"))
ALWAYS_TRUE = (ast.Constant, ast.Tuple, ast.List, ast.Set, ast.Dict, ast.JoinedStr, ast.GeneratorExp, ast.Lambda)
"""What is asserted by mistake for what stands in it; an empty list or dict would always be false."""
EXPECTING = ("expect", "assert", "fail", "raises", "warns", "run_state_machine_as_test")
"""How the names of what fails a test begin: the test's own helpers, pytest's, Playwright's and Hypothesis's."""


def faults(source: str) -> list[str]:
    """Return what in a module of tests could not fail, each with its line."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Assert):
            found += [f"{node.lineno}: {fault}" for fault in _faults_of(node.test)]
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not _expects(node):
            found.append(f"{node.lineno}: {node.name} expects nothing")
    return found


def _faults_of(asserted: ast.expr) -> Iterator[str]:
    if isinstance(asserted, ast.BoolOp) and isinstance(asserted.op, ast.Or):
        yield "an alternative passes whatever the first part says"
    if isinstance(asserted, ALWAYS_TRUE):
        yield "this is always true"
    if isinstance(asserted, ast.Compare):
        sides = [asserted.left, *asserted.comparators]
        for operator, left, right in zip(asserted.ops, sides, sides[1:], strict=False):
            if isinstance(left, ast.Call) and ast.unparse(left.func) == "len" and isinstance(operator, ast.GtE):
                if ast.unparse(right) == "0":
                    yield "no length is below zero"
            elif ast.unparse(left) == ast.unparse(right) and len(sides) == 2 and not isinstance(left, ast.Call):
                yield "both sides are the same"


def _expects(test: ast.FunctionDef) -> bool:
    for node in ast.walk(test):
        if isinstance(node, ast.Assert):
            return True
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name.startswith(EXPECTING):
                return True
    return False


@pytest.mark.parametrize("module", MODULES)
def test_every_test_can_fail(module: str) -> None:
    """No assertion has an alternative or is true whatever happens, and each test expects something.

    Instead of `assert a or b`: say when which of the two holds.
    """
    assert faults((TESTS / module).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "line",
    [
        "assert one in text or text",
        "assert (one, 'message')",
        "assert 'words'",
        "assert (x for x in found)",
        "assert len(found) >= 0",
        "assert found.name == found.name",
        "open_the_page()",
    ],
)
def test_what_cannot_fail_is_found(line: str) -> None:
    """The rule above sees each kind of it, and leaves the sound form alone."""
    assert len(faults(f"def test_it():\n    {line}\n    work()\n" + "    assert found\n" * ("open" not in line))) == 1


@pytest.mark.parametrize(
    "line",
    ["assert one in text", "assert found == work()", "assert make() == make()", "expect(page).to_be_visible()"],
)
def test_what_can_fail_is_left_alone(line: str) -> None:
    """A sound assertion is no fault, nor is the same call twice: it asks whether the answer stays the same."""
    assert faults(f"def test_it():\n    {line}\n") == []
