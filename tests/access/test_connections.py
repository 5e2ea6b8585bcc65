"""Which connections are served."""

import pytest

from components.access import Connection, Login, ServingRules
from components.settings import Settings

ACCOUNT = Settings(patsnap_api_key="sk-x")
LOCAL = ServingRules.of(None, ACCOUNT)


def served(rules: ServingRules, client: str | None = "127.0.0.1", host: str = "localhost:8501", **headers: str) -> bool:
    """Whether a connection is served."""
    fields = {"host": host, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return not rules.refusal(Connection(client, fields))


@pytest.mark.parametrize("client", ["127.0.0.1", "127.8.9.10", "::1", "::ffff:127.0.0.1"])
@pytest.mark.parametrize("host", ["localhost:8501", "LOCALHOST", "127.0.0.1:8501", "[::1]:8501"])
def test_an_account_without_a_login_serves_this_machine(client: str, host: str) -> None:
    """Under its own names."""
    assert served(LOCAL, client, host)


@pytest.mark.parametrize("client", ["192.0.2.2", "fd00::2", "::ffff:192.0.2.2", None, "", "localhost.evil.example"])
def test_no_other_machine(client: str | None) -> None:
    """Nor a client that nobody can name."""
    assert not served(LOCAL, client)


@pytest.mark.parametrize(
    "host",
    ["evil.example", "rebind.evil.example:8501", "192.0.2.2:8501", "localhost.evil.example", "evil@localhost", "",
     "localhost/x", "127.0.0.1.evil.example", "localhost:99999", "0.0.0.0:8501", "localhost\\evil"],
)  # fmt: skip
def test_under_no_foreign_name(host: str) -> None:
    """A name of somebody else's may lead here."""
    assert not served(LOCAL, host=host)


@pytest.mark.parametrize(
    "name", ["forwarded", "x_forwarded_for", "x_forwarded_proto", "x_forwarded_host", "x_real_ip", "via"]
)
def test_not_through_a_proxy(name: str) -> None:
    """Its client is not this machine, whatever the socket says."""
    assert not served(LOCAL, **{name: "127.0.0.1"})


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "null",
     "https://localhost:8501", "", "http://localhost:9999", "https://localhost:8501.evil.example", "http://localhost",
     "file://", "chrome-extension://localhost:8501", "http://127.0.0.1:8501"],
)  # fmt: skip
def test_not_for_a_page_of_another_address(origin: str) -> None:
    """The port counts, and so does the name."""
    assert not served(LOCAL, origin=origin)


def test_for_its_own_page() -> None:
    """As a websocket has it, or a form of a page that sends no referrer."""
    assert served(LOCAL, origin="null", sec_fetch_site="same-origin")
    assert not served(LOCAL, origin="null", sec_fetch_site="cross-site")
    assert served(LOCAL, origin="http://localhost:8501")
    assert served(LOCAL, host="localhost", origin="http://localhost:80")


def test_the_network_is_served_where_a_setting_says_so() -> None:
    """By any address, under names that are set."""
    rules = ServingRules.of(None, Settings(patsnap_api_key="sk-x", review_serve="network", review_hosts="review.lan"))
    assert served(rules, "192.0.2.9", "192.0.2.2:8501", x_forwarded_for="192.0.2.9")
    assert served(rules, "192.0.2.9", "review.lan")
    assert not served(rules, "192.0.2.9", "evil.example")
    assert not served(rules, "192.0.2.9", "review.lan", origin="http://evil.example")


def test_a_login_serves_everybody_under_its_own_name() -> None:
    """That of its redirect, those of the setting, no others."""
    login = Login("https://review.example.com:8443/oauth2callback", ("default",))
    rules = ServingRules.of(login, Settings(review_hosts="intern.example.com"))
    assert served(rules, "192.0.2.9", "review.example.com:8443", origin="https://review.example.com:8443")
    assert served(rules, "10.0.0.3", "review.example.com", origin="https://review.example.com:8443", forwarded="for=x")
    assert served(rules, "192.0.2.9", "intern.example.com", origin="https://intern.example.com")
    assert not served(rules, "192.0.2.9", "evil.example")
    assert not served(rules, "127.0.0.1", "localhost:8501")
    assert not served(rules, "192.0.2.9", "review.example.com:8443", origin="https://review.example.com:9999")


def test_a_login_on_this_machine_takes_all_its_names() -> None:
    """Somebody tries it out."""
    rules = ServingRules.of(Login("http://localhost:8501/oauth2callback", ("default",)), Settings())
    assert served(rules, "127.0.0.1", "127.0.0.1:8501")


def test_the_sandbox_is_open() -> None:
    """Nothing is spent, and what it shows is public."""
    assert served(ServingRules.of(None, Settings()), "192.0.2.9", "evil.example", origin="http://evil.example")
