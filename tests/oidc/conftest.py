"""One provider for all tests of the login that a worker runs, and one app with an account for each module."""

from collections.abc import Callable, Iterator

import pytest

from tests.conftest import Service
from tests.oidc.apps import GuardedApp, app_with_login
from tests.oidc.provider import Provider, running_provider
from tests.oidc.raw_client import RawClient

API_KEY = "sk-canary-key-of-the-firm"


@pytest.fixture(scope="session")
def provider() -> Iterator[Provider]:
    """A provider that knows Ann, who may spend and administer, Bob, who may look, and Mallory, who is on no list."""
    with running_provider() as running:
        running.know("ann")
        running.know("bob")
        running.know("mallory", email="mallory@elsewhere.example")
        yield running


@pytest.fixture(scope="module")
def service(start_service: Callable[..., Service]) -> Service:
    """The service at which the app's account is, which counts what it charges."""
    return start_service(auth="api_key", synthetic=100, synthetic_documents=12)


@pytest.fixture(scope="module")
def guarded(
    tmp_path_factory: pytest.TempPathFactory, provider: Provider, service: Service
) -> Iterator[GuardedApp]:
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


@pytest.fixture(scope="module")
def ann(guarded: GuardedApp) -> Iterator[RawClient]:
    """Ann, logged in."""
    with RawClient(guarded.url) as visitor:
        visitor.log_in("ann")
        yield visitor


@pytest.fixture(scope="module")
def bob(guarded: GuardedApp) -> Iterator[RawClient]:
    """Bob, logged in."""
    with RawClient(guarded.url) as visitor:
        visitor.log_in("bob")
        yield visitor
