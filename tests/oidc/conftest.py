"""One provider, and one app with an account, for all tests of the login that a worker runs."""

from collections.abc import Iterator

import pytest

from tests.browser.conftest import browser_context_args, browser_type_launch_args, page  # noqa: F401 - fixtures
from tests.conftest import Service, starting_services
from tests.oidc.apps import GuardedApp, app_with_login
from tests.oidc.provider import Provider, running_provider
from tests.oidc.raw_client import RawClient, logged_in

API_KEY = "sk-canary-key-of-the-firm"


@pytest.fixture(scope="session")
def provider() -> Iterator[Provider]:
    """A provider that knows the people of `USUAL_LISTS`, and Mallory, who is on none."""
    with running_provider() as running:
        for name in ("ann", "bob", "cleo", "dan"):
            running.know(name)
        running.know("mallory", email="mallory@elsewhere.example")
        yield running


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service at which the app's account is, which counts what it charges. Each test takes a number of its own."""
    with starting_services(tmp_path_factory) as start:
        yield start(auth="api_key", synthetic=100, synthetic_documents=12)


@pytest.fixture(scope="session")
def guarded(tmp_path_factory: pytest.TempPathFactory, provider: Provider, service: Service) -> Iterator[GuardedApp]:
    """An app with an account and a login."""
    with app_with_login(
        provider,
        tmp_path_factory.mktemp("guarded"),
        PATSNAP_API_KEY=API_KEY,
        PATSNAP_BASE_URL=service.url,
        PATSNAP_PDF_ORIGINS=service.url,
    ) as app:
        yield app


@pytest.fixture
def client(guarded: GuardedApp) -> Iterator[RawClient]:
    """A visitor who has not logged in."""
    with RawClient(guarded.url) as visitor:
        yield visitor


@pytest.fixture(scope="session")
def ann(guarded: GuardedApp) -> Iterator[RawClient]:
    """Ann, logged in, who may spend and administer."""
    with logged_in(guarded, "ann") as visitor:
        yield visitor


@pytest.fixture(scope="session")
def bob(guarded: GuardedApp) -> Iterator[RawClient]:
    """Bob, logged in, who may look."""
    with logged_in(guarded, "bob") as visitor:
        yield visitor
