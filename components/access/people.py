"""A person who uses the app, and the lists that say who may do what."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Self

Claims = Mapping[str, Any]
"""What the login provider says about a person: `email`, `sub`, `groups` and others (OpenID Connect Core 1.0, 5.1)."""

_ADDRESS: Final = re.compile(r"[^\s@,;:]*@[^\s@,;:]+")
_CLAIM: Final = re.compile(r"([A-Za-z][\w./-]*):(\S(?:.*\S)?)")


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks, what this person may do, and where."""

    name: str
    """For the ledger, ticks and notes: the e-mail address; `local` without a login."""
    email: str = ""
    """What others are shown; empty without a login."""
    may_spend: bool = False
    may_administer: bool = False
    workspace: str = ""
    """Name of the walled-off workspace; empty for the one that all others share."""
    session: str = ""
    """Id of the login session; empty without a login."""
    spend_check: Callable[[], bool] | None = field(default=None, compare=False, repr=False)
    """Tells whether this person may spend by the lists as they are by then; `None` where nobody logs in."""

    def may_still_spend(self) -> bool:
        """Return whether this person may spend now: for what goes on by itself after a page was drawn."""
        return self.may_spend and (self.spend_check is None or self.spend_check())


LOCAL_PERSON: Final = Person("local", may_spend=True, may_administer=True)
"""The one person where nobody logs in."""


@dataclass(frozen=True, slots=True)
class PeopleList:
    """A list of people: addresses, domains, and values of claims."""

    addresses: frozenset[str] = frozenset()
    """In lower case."""
    domains: frozenset[str] = frozenset()
    """In lower case, each with its `@`."""
    claims: frozenset[tuple[str, str]] = frozenset()
    """Name and value of a claim: whoever has it is on the list."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the list that a setting names: `ann@example.com, @example.org, groups:attorneys`.

        Raises:
            ValueError: an entry is none of these; says its position.
        """
        addresses: set[str] = set()
        domains: set[str] = set()
        claims: set[tuple[str, str]] = set()
        for position, entry in enumerate((part.strip() for part in text.split(",")), start=1):
            if not entry:
                continue
            if _ADDRESS.fullmatch(entry):
                (domains if entry.startswith("@") else addresses).add(entry.lower())
            elif parts := _CLAIM.fullmatch(entry):
                claims.add((parts[1], parts[2]))
            else:
                # Not the entry itself: whoever is told that the app stands still need not know whose names are listed.
                raise ValueError(f"entry {position} is no e-mail address, no @domain and no claim:value")
        return cls(frozenset(addresses), frozenset(domains), frozenset(claims))

    def __bool__(self) -> bool:
        """Whether anybody can be on it."""
        return bool(self.addresses or self.domains or self.claims)

    def includes(self, claims: Claims, *, email: str) -> bool:
        """Return whether a person is on the list; an empty list includes nobody.

        Args:
            claims: what the provider says. A claim with several values, such as `groups`, counts by each of them.
            email: the address that counts, in lower case; empty if there is none.
        """
        account, at, domain = email.partition("@")
        if account and domain and "@" not in domain and (email in self.addresses or at + domain in self.domains):
            return True
        return any(value in _values(claims.get(name)) for name, value in self.claims)


def _values(value: object) -> frozenset[str]:
    """Return the values of a claim, a text or a list of texts; anything else has none."""
    if isinstance(value, str):
        return frozenset({value})
    if isinstance(value, list | tuple):
        return frozenset(each for each in value if isinstance(each, str))
    return frozenset()
