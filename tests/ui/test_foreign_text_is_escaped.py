"""The code of the pages: what others wrote goes through `escape_markdown` wherever a widget reads markdown.

It follows the words of a call into the variables and the functions of its module, and knows what others wrote by name.
What it does not see, the browser's tests of hostile texts do (`tests/browser/test_foreign_text.py`).
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

Functions = dict[str, ast.FunctionDef]

READ_MARKDOWN = {
    "markdown", "write", "caption", "error", "warning", "info", "success", "badge", "pills", "segmented_control",
    "radio", "expander", "toast", "metric", "checkbox", "toggle", "text_area", "text_input", "status", "number_input",
    "date_input", "file_uploader", "progress", "spinner", "page_link", "link_button", "button", "tabs", "dialog",
    "download_button", "popover", "title", "header", "subheader", "table", "selectbox", "multiselect",
}  # fmt: skip
"""Calls of Streamlit whose words are read as markdown."""
WORDS = {"label", "body", "help", "text", "title", "delta", "value", "captions", "format_func"}
"""Arguments with such words, beside the first ones."""
OPTIONS_AS_THEY_ARE = {"selectbox", "multiselect"}
"""Their options are no markdown, so that escapes would be seen."""
WRITTEN_BY_OTHERS = {
    "typed", "message", "note", "reason", "description", "apno", "patent_number", "email", "service_words", "run",
    "request_id", "display_form", "fingerprint", "person.name",
}  # fmt: skip
"""Attributes and columns with words of the service, a user, the address or the store."""
NAMES_OF_HISTORIES = {"display_form", "short_title", "title"}
"""Functions that return such words."""
HAND_ON = {"join", "format", "str", "list", "filter", "strip", "dict"}
"""Functions that show what they are given."""
_NOTHING = ast.Module([], [])


def modules() -> Iterator[Path]:
    """Yield the modules that draw."""
    yield from sorted((ROOT / "components" / "ui").rglob("*.py"))
    yield from sorted((ROOT / "pages").glob("*.py"))


def exposed(module: ast.Module) -> list[str]:
    """Return what others wrote and a widget of this module reads as markdown without an escape."""
    functions = {each.name: each for each in ast.walk(module) if isinstance(each, ast.FunctionDef)}
    found = set()
    above = ast.Module([each for each in module.body if not isinstance(each, ast.FunctionDef | ast.ClassDef)], [])
    for scope in (above, *functions.values()):
        for call in ast.walk(scope):
            if isinstance(call, ast.Call) and (widget := widget_of(call)):
                for words in words_of(call, widget):
                    found |= {f"{call.lineno}: {each}" for each in unescaped(words, scope, functions, set())}
    return sorted(found)


def widget_of(call: ast.Call) -> str:
    """Return which widget that reads markdown is drawn; empty if none is."""
    called = re.search(r"\bst\.(\w+)\)?$", ast.unparse(call.func))
    return called[1] if called and called[1] in READ_MARKDOWN else ""


def words_of(call: ast.Call, widget: str) -> Iterator[ast.expr]:
    """Yield the arguments whose words the widget reads; options that are named by a function are not shown."""
    named = any(each.arg == "format_func" for each in call.keywords) or widget in OPTIONS_AS_THEY_ARE
    yield from call.args[: 1 if named else None]
    words = WORDS - ({"format_func"} if widget in OPTIONS_AS_THEY_ARE else set())
    yield from (each.value for each in call.keywords if each.arg in words)


def unescaped(node: ast.AST, scope: ast.AST, functions: Functions, seen: set[str]) -> Iterator[str]:
    """Yield the parts of an expression that others wrote, unless they are escaped or only counted or asked about."""
    if isinstance(node, ast.Call) and ast.unparse(node.func) in {"escape_markdown", "len"}:
        return
    if is_written_by_others(node):
        yield ast.unparse(node)
    for expression, where in followed(node, scope, functions):
        if (name := ast.unparse(node)) not in seen:
            yield from unescaped(expression, where, functions, seen | {name})
    for part in parts_shown(node):
        yield from unescaped(part, _NOTHING if is_opaque(node) else scope, functions, seen)


def parts_shown(node: ast.AST) -> list[ast.AST]:
    """Return the parts of an expression that may be shown: not the question of a choice."""
    return [node.body, node.orelse] if isinstance(node, ast.IfExp) else list(ast.iter_child_nodes(node))


def is_opaque(node: ast.AST) -> bool:
    """Return whether an expression is a call that may show something else than the variables that it is given."""
    return isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] not in HAND_ON


def is_written_by_others(node: ast.AST) -> bool:
    """Return whether an expression by itself is words of others."""
    if isinstance(node, ast.Attribute):
        return node.attr in WRITTEN_BY_OTHERS or ast.unparse(node) in WRITTEN_BY_OTHERS
    if isinstance(node, ast.Subscript):
        return isinstance(node.slice, ast.Constant) and node.slice.value in WRITTEN_BY_OTHERS
    if isinstance(node, ast.Call):
        return ast.unparse(node.func) in NAMES_OF_HISTORIES
    return isinstance(node, ast.Name) and node.id == "error"


def followed(node: ast.AST, scope: ast.AST, functions: Functions) -> Iterator[tuple[ast.expr, ast.AST]]:
    """Yield what a variable holds by its function, and what a function of the module returns, each with its place."""
    if isinstance(node, ast.Name):
        for part in ast.walk(scope):
            yield from ((value, scope) for value in held_by(node.id, part))
    if isinstance(node, ast.Call) and (called := functions.get(ast.unparse(node.func))):
        for part in ast.walk(called):
            if isinstance(part, ast.Return) and part.value is not None:
                yield part.value, called


def held_by(name: str, statement: ast.AST) -> list[ast.expr]:
    """Return what a statement puts into a variable."""
    if isinstance(statement, ast.Assign):
        target, value = statement.targets[0], statement.value
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            pairs = zip(target.elts, value.elts, strict=True)
            return [each for variable, each in pairs if ast.unparse(variable) == name]
        return [value] if ast.unparse(target) == name else []
    if isinstance(statement, ast.AugAssign | ast.NamedExpr) and ast.unparse(statement.target) == name:
        return [statement.value]
    added = isinstance(statement, ast.Call) and ast.unparse(statement.func) in {f"{name}.append", f"{name}.extend"}
    return statement.args if added else []


@pytest.mark.parametrize("path", list(modules()), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_widget_reads_what_others_wrote_as_markdown(path: Path) -> None:
    """Each word of the service, a user, an exception or the store is escaped on its way into the widget."""
    assert exposed(ast.parse(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "line",
    [
        "st.error(error)",
        "st.badge(item.typed)",
        'st.caption("x", help=f"Typed: {item.typed}")',
        "words = f'{row.note}'\n    st.write(words)",
        "words = []\n    words.append(row.note)\n    st.write(', '.join(words))",
        "st.pills('x', rows, format_func=lambda row: row.note)",
        "(st.info if row else st.error)(told(row))",
        "st.markdown(row['description'])",
        "st.subheader(title(headline))",
    ],
)
def test_foreign_text_that_is_not_escaped_is_found(line: str) -> None:
    """By whatever way it comes to the widget, and only until it is escaped."""
    code = f"def told(row):\n    return row.message\n\ndef draw():\n    {line}\n"
    assert exposed(ast.parse(code))
    escaped = re.sub(
        r"(row\.\w+|row\['\w+'\]|item\.typed|title\(headline\)|error(?=\)$))", r"escape_markdown(\1)", code
    )
    assert exposed(ast.parse(escaped)) == []
