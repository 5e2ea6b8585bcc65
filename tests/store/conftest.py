"""Both databases, for real: every behaviour of the store is tested on an SQLite file and on a PostgreSQL server."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from components.store import Caps, Store
from tests.store.postgres import NoPostgres, Server, running_server


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """A PostgreSQL server that runs until the session ends; fails if there can be none."""
    with ExitStack() as stack:
        try:
            server = stack.enter_context(running_server())
        except NoPostgres as error:
            pytest.fail(str(error), pytrace=False)
        yield server


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of an SQLite file that does not exist yet, in a folder that does not either."""
    return f"sqlite:///{tmp_path / 'data' / 'store.db'}"


@pytest.fixture
def postgres_url(postgres_server: Server) -> str:
    """The address of an empty schema."""
    return postgres_server.url(postgres_server.schema())


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty store, on each of the two databases."""
    return str(request.getfixturevalue({"sqlite": "sqlite_url", "postgresql": "postgres_url"}[request.param]))


@pytest.fixture
def open_store(store_url: str) -> Iterator[Callable[..., Store]]:
    """Open the test's store, as often as wanted; all are closed at the end."""
    with ExitStack() as stack:

        def opened(source: str = "sandbox", caps: Caps | None = None) -> Store:
            return stack.enter_context(Store.open(store_url, source=source, caps=caps))

        yield opened


@pytest.fixture
def store(open_store: Callable[..., Store]) -> Store:
    """A fresh store without caps."""
    return open_store()
