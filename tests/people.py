"""Persons with a role: who looks only, who spends too, and who administers."""

from components.access import Person


def viewer(name: str) -> Person:
    """Return a person who may look at what is held, and no more."""
    return Person(name, email=name)


def spender(name: str) -> Person:
    """Return a person who may spend."""
    return Person(name, email=name, may_spend=True)


def administrator(name: str, *, may_spend: bool = True, workspace: str = "") -> Person:
    """Return a person who administers."""
    return Person(name, email=name, may_spend=may_spend, may_administer=True, workspace=workspace)
