"""One provider for all tests of the login that a worker runs."""

from collections.abc import Iterator

import pytest

from tests.oidc.provider import Provider, running_provider


@pytest.fixture(scope="session")
def provider() -> Iterator[Provider]:
    """A provider that knows Ann, Bob and a few whom nobody should let in."""
    with running_provider() as running:
        running.know("ann")
        running.know("bob")
        yield running
