"""Every way to a charge goes through the right to spend: read off the source, so that a new way without it fails here.

The way of a charge is `Client.fetch` ← `Worker.run` ← `Lookups.start`, which asks for the right. Who begins a look-up
names the person of the run, in code that runs after the guard of the page or the route.
"""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest

from components.lookups import Lookups
from tests.conftest import ROOT

SOURCES = [*sorted((ROOT / "components").rglob("*.py")), *sorted((ROOT / "pages").glob("*.py")), ROOT / "app.py"]
NEED_A_PERSON = ("start", "resume", "take_up", "take_back", "close_uncertain")
"""Methods of `Lookups` that spend or decide about what was spent."""


def module(file: Path) -> str:
    """Return the path of a source file inside the project."""
    return file.relative_to(ROOT).as_posix()


def calls(file: Path, receivers: tuple[str, ...], names: tuple[str, ...]) -> Iterator[ast.Call | ast.Attribute]:
    """Return each use of a method with one of these names, of an object that is called like one of these."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    called = {id(node.func): node for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in names and last_name(node.value) in receivers:
            yield called.get(id(node), node)


def last_name(node: ast.expr) -> str:
    """Return the last name of an expression without its underscore: `lookups` of `self._lookups` and `desk.lookups`."""
    name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    return name.removeprefix("_")


def users(receivers: tuple[str, ...], *names: str) -> list[str]:
    """Return the modules that use one of these methods of such an object, each once."""
    return [module(file) for file in SOURCES if any(calls(file, receivers, names))]


def test_only_the_worker_asks_the_service_and_only_lookups_starts_it() -> None:
    """What is charged passes `Lookups.start`; what the ledger says of it is decided in `Lookups` alone."""
    assert users(("client",), "fetch") == ["components/lookups/worker.py"]
    assert users(("store",), "reserve") == ["components/lookups/spend_guard.py"]
    assert users(("worker",), "run") == ["components/lookups/lookups.py"]
    assert users(("store", "desk"), "close_uncertain") == ["components/lookups/lookups.py"]
    source = inspect.getsource(Lookups)
    assert source.count("self._worker.run") == 1
    assert "self._worker.run" in inspect.getsource(Lookups.start)


def test_whoever_begins_a_look_up_names_the_person() -> None:
    """Nobody relies on the person who is taken where nobody logs in; a method handed on uncalled is not checked."""
    found = 0
    for file in SOURCES:
        for use in calls(file, ("lookups",), NEED_A_PERSON):
            found += 1
            where = f"{module(file)}:{use.lineno}"
            assert isinstance(use, ast.Call), f"{where} hands the method on"
            person = {keyword.arg: keyword.value for keyword in use.keywords}.get("user")
            assert person is not None, f"{where} names no person"
    assert found >= len(NEED_A_PERSON)


@pytest.mark.parametrize("name", [name for name in vars(Lookups) if name not in {*NEED_A_PERSON, "__init__"}])
def test_no_other_method_of_look_ups_spends(name: str) -> None:
    """A new one that starts a look-up must name the person too, and stand in the list above."""
    method = vars(Lookups)[name]
    if callable(method):
        source = inspect.getsource(method)
        assert "self.start(" not in source
        assert "_worker.run" not in source
        assert ".settle(" not in source
        assert ".close_uncertain(" not in source


def test_pages_spend_in_whole_runs_alone() -> None:
    """A callback runs before the guard of its page and a dialog without it: the person whom they know may be old.

    So each place in `ui` that begins a look-up takes the person from what `do_what_was_asked_for` hands it, or stands
    in a part of the page that the page's own run draws with the person of its guard, and no callback is made of it.
    """
    bound: list[str] = []
    for file in (each for each in SOURCES if "components/ui/" in module(each)):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                keywords = {keyword.arg: ast.unparse(keyword.value) for keyword in node.keywords}
                handed = " ".join(keywords.get(name, "") for name in ("on_click", "on_change", "args", "kwargs"))
                if "person" in handed.replace("person.name", "").replace("person.session", ""):
                    bound.append(f"{module(file)}:{node.lineno}")
        fragments = [
            node
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef)
            and any("fragment" in ast.unparse(each) for each in node.decorator_list)
        ]
        bound += [
            f"{module(file)}:{node.lineno} {node.name}"
            for node in fragments
            if any(argument.arg == "person" for argument in (*node.args.args, *node.args.kwonlyargs))
        ]
        bound += [
            f"{module(file)}:{node.lineno}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and "st.dialog" in ast.unparse(node.func) and "person" in ast.unparse(node)
        ]
    assert bound == []
