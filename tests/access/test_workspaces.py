"""Who works in which workspace."""

import pytest

from components.access import SeveralWorkspaces, parse_workspaces, workspace_of

WALLS = parse_workspaces("merger = ann@example.com; Litigation 2 = @lit.example, groups:lit")


@pytest.mark.parametrize(
    ("email", "claims", "name"),
    [
        ("ann@example.com", {}, "merger"),
        ("bob@lit.example", {}, "Litigation 2"),
        ("cid@example.com", {"groups": ["lit"]}, "Litigation 2"),
        ("cid@example.com", {}, ""),
    ],
)
def test_a_person_works_in_the_workspace_of_its_list(email: str, claims: dict[str, object], name: str) -> None:
    """By address, domain or claim; all others share one."""
    assert workspace_of(WALLS, claims, email=email) == name


def test_a_person_on_two_lists_works_in_neither() -> None:
    """Nobody could say on which side of the wall."""
    with pytest.raises(SeveralWorkspaces, match="merger, Litigation 2"):
        workspace_of(WALLS, {"groups": "lit"}, email="ann@example.com")


@pytest.mark.parametrize(
    "text",
    ["merger", "merger =", "= ann@example.com", "a=b@x.example; a=c@x.example", "a#b = x@x.example", "a = nobody"],
)
def test_what_names_no_workspace_is_refused(text: str) -> None:
    """At the start, not as a wall that stands elsewhere."""
    with pytest.raises(ValueError, match=r"workspace|no e-mail"):
        parse_workspaces(text)
