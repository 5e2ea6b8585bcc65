"""Who a login lets in, and as whom."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from components.access import AdmissionRules, Login, LoginSession, NotAdmitted, Person
from components.settings import Settings

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
ORIGIN = "https://review.example.com"
LOGIN = Login(f"{ORIGIN}/oauth2callback", ("default",))
ISSUER = "https://login.microsoftonline.com/0a1b/v2.0"
CLAIMS: dict[str, Any] = {
    "is_logged_in": True,
    "origin": ORIGIN,
    "iss": "https://accounts.example",
    "sub": "7",
    "email": "Ann@Example.com",
    "email_verified": True,
    "exp": (NOW + timedelta(hours=1)).timestamp(),
}


def rules(**settings: Any) -> AdmissionRules:
    """The rules of a firm."""
    lists = {"review_allow": "@example.com", "review_spend": "groups:spend", "review_admin": "boss@example.com"}
    return AdmissionRules.of(LOGIN, Settings(**{**lists, **settings}))


def admit(claims: dict[str, Any], *, age: timedelta = timedelta(0), **settings: Any) -> Person:
    """Whom a login with these claims lets in, so long after it."""
    return rules(**settings).admit(LoginSession("id", CLAIMS | claims, NOW - age), now=NOW)


def refused(claims: dict[str, Any], *, age: timedelta = timedelta(0), **settings: Any) -> str:
    """Why a login with these claims lets nobody in."""
    with pytest.raises(NotAdmitted) as refusal:
        admit(claims, age=age, **settings)
    return refusal.value.reason


def test_a_listed_person_may_look_and_no_more() -> None:
    """Spending and administering have lists of their own."""
    assert admit({}) == Person("ann@example.com", email="ann@example.com", session="id")


def test_roles_come_from_their_lists() -> None:
    """By claim, or by address."""
    assert admit({"groups": ["spend"]}).may_spend
    boss = admit({"email": "boss@example.com"})
    assert (boss.may_spend, boss.may_administer) == (False, True)


@pytest.mark.parametrize("verified", ["false", "true", None, 0, 1, False, "", [True]])
def test_only_true_says_that_an_address_is_verified(verified: object) -> None:
    """Not a text, not a number."""
    assert refused({"email_verified": verified}) == "not verified"


def test_a_provider_that_does_not_say_so_lets_nobody_in() -> None:
    """Absent is not true."""
    claims = {name: value for name, value in CLAIMS.items() if name != "email_verified"}
    with pytest.raises(NotAdmitted):
        rules().admit(LoginSession("id", claims, NOW), now=NOW)


def of_issuer(**claims: object) -> LoginSession:
    """A login of a provider that never says whether it has verified an address."""
    kept = {name: value for name, value in CLAIMS.items() if name != "email_verified"}
    return LoginSession("id", kept | {"iss": ISSUER} | claims, NOW)


def test_a_trusted_issuer_need_not_say_so() -> None:
    """Then the account's own id is the person: an address may be given to somebody else."""
    trusting = rules(review_trusted_issuer=ISSUER)
    assert trusting.admit(of_issuer(), now=NOW).name == f"{ISSUER}#7"
    assert trusting.admit(of_issuer(tid="t", oid="o"), now=NOW).name == "t/o"
    assert trusting.admit(of_issuer(), now=NOW).email == "ann@example.com"


@pytest.mark.parametrize(
    "claims", [{"iss": ISSUER + "/"}, {"iss": "https://evil.example"}, {"email_verified": False}, {"sub": ""}]
)
def test_another_issuer_or_a_no_lets_nobody_in(claims: dict[str, object]) -> None:
    """The issuer to the letter, and a provider that says no is believed."""
    with pytest.raises(NotAdmitted):
        rules(review_trusted_issuer=ISSUER).admit(of_issuer(**claims), now=NOW)


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ({"email": "eve@evil.example"}, "not listed"),
        ({"email": ["ann@example.com"]}, "not listed"),
        ({"email": None}, "not listed"),
        ({"origin": "https://other.example"}, "no login"),
        ({"is_logged_in": "true"}, "no login"),
        ({"exp": NOW.timestamp() - 1}, "ended"),
        ({"exp": "1"}, "ended"),
        ({"exp": float("nan")}, "ended"),
        ({"exp": 1e20}, "ended"),
        ({"provider": "taken out"}, "no login"),
    ],
)
def test_whoever_is_not_meant_is_not_let_in(claims: dict[str, object], why: str) -> None:
    """Not listed, another deployment's cookie, an id token that had ended at the login."""
    assert refused(claims) == why


def test_an_address_in_other_letters_is_nobodys() -> None:
    """In lower case the Kelvin sign becomes a k."""
    assert refused({"email": "ann@ban\u212a.example"}, review_allow="@bank.example") == "not listed"


def test_whoever_has_no_address_is_named_by_the_issuer_too() -> None:
    """So that no account is called as somebody's address."""
    person = admit({"email": None, "sub": "ann@example.com", "groups": "spend"}, review_allow="groups:spend")
    assert person.name == "https://accounts.example#ann@example.com"


def test_a_session_ends_some_hours_after_its_login() -> None:
    """To the second, whatever the id token says."""
    hours = timedelta(hours=2)
    assert admit({"exp": NOW.timestamp() + 9e6}, age=hours - timedelta(seconds=1), review_session_hours=2)
    assert refused({"exp": NOW.timestamp() + 9e6}, age=hours, review_session_hours=2) == "ended"


def test_a_session_outlives_its_token_unless_a_setting_says_otherwise() -> None:
    """Providers give tokens that live for an hour."""
    past = {"exp": NOW.timestamp() - 60}
    assert admit(past, age=timedelta(hours=1))
    assert refused(past, age=timedelta(hours=1), review_session_with_token=True) == "ended"


def test_a_login_of_the_future_is_none() -> None:
    """Its session would not end."""
    assert refused({}, age=-timedelta(hours=1)) == "ended"


def test_whoever_is_on_two_workspaces_lists_sees_neither() -> None:
    """And is told so."""
    walls = "a = ann@example.com; b = @example.com"
    assert refused({}, review_workspaces=walls) == "several workspaces"
    assert admit({"email": "bob@example.com"}, review_workspaces=walls).workspace == "b"
