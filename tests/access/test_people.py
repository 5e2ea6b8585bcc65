"""Lists of people: addresses, domains and claims."""

import pytest

from components.access import PeopleList

LIST = PeopleList.parse("Ann@Example.com, @firm.example , groups:patent attorneys")


@pytest.mark.parametrize("email", ["ann@example.com", "bob@firm.example"])
def test_an_address_or_its_domain_is_on_the_list(email: str) -> None:
    """Whatever the case in which it was written."""
    assert LIST.includes({}, email=email)


@pytest.mark.parametrize(
    "email",
    [
        "",
        "ann",
        "bob@example.com",
        "bob@sub.firm.example",
        "bob@notfirm.example",
        "a@b@firm.example",
        "@firm.example",
    ],
)
def test_other_addresses_are_not(email: str) -> None:
    """No address, a subdomain, a longer name, two @."""
    assert not LIST.includes({}, email=email)


@pytest.mark.parametrize("groups", ["patent attorneys", ["staff", "patent attorneys"]])
def test_a_claim_is_on_the_list_by_any_of_its_values(groups: object) -> None:
    """As providers send groups."""
    assert LIST.includes({"groups": groups}, email="")


@pytest.mark.parametrize("groups", [None, 1, "Patent Attorneys", ["patent"], {"patent attorneys": True}, []])
def test_a_claim_of_another_value_is_not(groups: object) -> None:
    """To the letter; no other types."""
    assert not LIST.includes({"groups": groups, "group": "patent attorneys"}, email="")


def test_an_empty_list_includes_nobody() -> None:
    """Nor one of commas alone."""
    empty = PeopleList.parse(" , ,")
    assert not empty
    assert not empty.includes({"email": ""}, email="ann@example.com")


@pytest.mark.parametrize("text", ["ann", "ann@@x", "a b@x.example", "groups:", ":x", "*"])
def test_what_is_no_entry_is_refused(text: str) -> None:
    """Rather than a list that includes others than was thought."""
    with pytest.raises(ValueError, match="no e-mail address"):
        PeopleList.parse(text)
