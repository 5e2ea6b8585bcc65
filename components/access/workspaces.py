"""Walled-off workspaces: who works in which, as `REVIEW_WORKSPACES` says."""

import re
from collections.abc import Mapping
from typing import Final

from components.access.people import Claims, PeopleList

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,39}")


class SeveralWorkspaces(Exception):
    """A person is on the lists of more than one workspace, so that nobody can say in which this person works.

    Attributes:
        names: of the workspaces.
    """

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        super().__init__("on the lists of several workspaces: " + ", ".join(names))


def parse_workspaces(text: str) -> dict[str, PeopleList]:
    """Return who works in each walled-off workspace: `merger = ann@example.com; litigation = groups:litigation`.

    Raises:
        ValueError: an entry is none, or a name comes twice; says its position.
    """
    workspaces: dict[str, PeopleList] = {}
    for position, part in enumerate((each.strip() for each in text.split(";")), start=1):
        if not part:
            continue
        name, equals, people = (each.strip() for each in part.partition("="))
        if not equals or not _NAME.fullmatch(name) or name in workspaces:
            raise ValueError(
                f"entry {position} is no workspace: a name of its own (letters, digits, blanks, dots, hyphens; at most "
                "40), "
                "an equals sign and a list of people, such as: merger = ann@example.com, groups:merger"
            )
        try:
            workspaces[name] = PeopleList.parse(people)
        except ValueError as error:
            raise ValueError(f"in entry {position}, {error}") from None
        if not workspaces[name]:
            raise ValueError(f"entry {position} is a workspace of nobody")
    return workspaces


def workspace_of(workspaces: Mapping[str, PeopleList], claims: Claims, *, email: str) -> str:
    """Return the name of the walled-off workspace of a person; empty for the one that all others share.

    Raises:
        SeveralWorkspaces: the person is on the lists of more than one: nothing may be shown.
    """
    names = tuple(name for name, people in workspaces.items() if people.includes(claims, email=email))
    if len(names) > 1:
        raise SeveralWorkspaces(names)
    return names[0] if names else ""
