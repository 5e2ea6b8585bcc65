"""Who may enter where a login is configured."""

import pytest

from components.ui.app.login import may_enter

LIST = frozenset({"@example.com", "partner@example.org"})


@pytest.mark.parametrize("email", ["a@example.com", "A@Example.COM", "partner@example.org"])
def test_people_on_the_list_enter(email: str) -> None:
    """By address or by domain, in any case."""
    assert may_enter(email, allowed=LIST)


@pytest.mark.parametrize(
    "email",
    [None, "", "a@example.org", "a@sub.example.com", "a@example.com.evil", "@example.com@evil", "a@b@example.com"],
)
def test_others_do_not(email: str | None) -> None:
    """Neither a look-alike domain nor an address with two at-signs passes."""
    assert not may_enter(email, allowed=LIST)


def test_an_empty_list_lets_nobody_in() -> None:
    """A login without a list of people is closed, not open."""
    assert not may_enter("a@example.com", allowed=frozenset())
