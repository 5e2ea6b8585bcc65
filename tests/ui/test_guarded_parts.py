"""What is drawn or changed without its page asks first whether the session lasts."""

import ast

import pytest

from tests.conftest import ROOT

GUARD = "components/ui/app/guard.py"
SOURCES = sorted([*(ROOT / "components" / "ui").rglob("*.py"), *(ROOT / "pages").glob("*.py")])


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_part_is_drawn_without_the_guard(file: object) -> None:
    """Fragments and dialogs run without their page: `guarded_fragment` and `guarded_dialog` make them."""
    path = str(file).removeprefix(f"{ROOT}/")
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    bare = {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    expected = {"st.fragment", "st.dialog"} if path == GUARD else set()
    assert bare & {"st.fragment", "st.dialog"} == expected
