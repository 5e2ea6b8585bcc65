"""A database server that stops, crashes or ends what takes too long: told, and used again when it is back."""

import signal
from collections.abc import Iterator
from contextlib import closing, suppress

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from components.store import Store, StoreUnreachable, StoreUnwritable
from tests.store.made import history, reservations
from tests.store.postgres import Server


@pytest.fixture
def server(postgres_server: Server) -> Iterator[Server]:
    """The server of the session, which runs again when the test has ended."""
    yield postgres_server
    if not postgres_server.processes:
        postgres_server.start()


@pytest.fixture
def durable_url(postgres_url: str) -> str:
    """The address of an empty schema whose commits outlast a crash of the server."""
    return f"{postgres_url}%20-csynchronous_commit%3Don"


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT], ids=["stopped", "crashed"])
def test_server_that_goes_is_told_and_used_again(server, durable_url, how):
    """Between two calls: reading and writing say that it does not answer; the same store works when it is back."""
    with closing(Store.open(durable_url, source="sandbox")) as store:
        store.reserve(reservations("q", "US1"))
        server.stop(how)
        for _ in range(2):
            with pytest.raises(StoreUnreachable, match="could not be read: the database server does not") as caught:
                store.headlines()
            assert "charged" not in str(caught.value)
            with pytest.raises(StoreUnreachable, match=r"does not answer.*Nothing was charged\."):
                store.reserve(reservations("next", "US2"))
            with pytest.raises(StoreUnreachable, match="may have been charged and is not saved"):
                store.settle("q", billed=["US1"], rest="released", histories={"US1": history()})
            with pytest.raises(StoreUnreachable) as caught:
                store.release(["US1"], holder="me")
            assert "charged" not in str(caught.value)
            with pytest.raises(StoreUnreachable):
                store.purge_links()
        assert isinstance(store.trouble.error, StoreUnreachable)
        with pytest.raises(StoreUnreachable, match="Nothing was charged"):
            Store.open(durable_url, source="sandbox")
        server.start()
        assert store.totals().ever.reserved == 1
        store.settle("q", billed=["US1"], rest="released", histories={"US1": history()})
        assert store.totals().ever.billed == 1
        assert store.trouble is None


def write_while_it_goes(store: Store, server: Server, how: signal.Signals, statement: str) -> None:
    """Write, have the server go, and go on with a statement, or to the commit."""
    with store._database.write("sandbox", cost="It is not kept.") as connection:
        connection.exec_driver_sql("INSERT INTO facts VALUES ('sandbox', 'limit', '1')")
        server.stop(how)
        if statement:
            connection.exec_driver_sql(statement)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT], ids=["stopped", "crashed"])
@pytest.mark.parametrize("statement", ["SELECT 1", ""], ids=["statement", "commit"])
def test_server_that_goes_within_a_transaction_is_told(server, durable_url, how, statement):
    """Whether a statement or the commit meets it, the error is the store's own and nothing was written."""
    with closing(Store.open(durable_url, source="sandbox")) as store:
        with pytest.raises(StoreUnreachable, match="It is not kept"):
            write_while_it_goes(store, server, how, statement)
        server.start()
        assert store.fact("limit") is None


def fail_while_it_goes(store: Store, server: Server) -> None:
    """Have the server go, and then make a mistake."""
    with store._database.write("sandbox"):
        server.stop(signal.SIGQUIT)
        raise ValueError("the first")


def test_first_error_is_the_one_that_is_told(server, postgres_url):
    """An error of undoing does not hide why something had to be undone."""
    with closing(Store.open(postgres_url, source="sandbox")) as store, pytest.raises(ValueError, match="the first"):
        fail_while_it_goes(store, server)


def go_on_regardless(store: Store, server: Server) -> None:
    """Take no notice of the first error, and ask again in the same transaction."""
    with store._database.write("sandbox") as connection:
        server.stop()
        with suppress(DBAPIError):
            connection.exec_driver_sql("SELECT 1")
        connection.exec_driver_sql("SELECT 1")


def test_later_error_of_a_lost_connection_is_told_as_such(server, postgres_url):
    """Going on in a transaction whose connection was lost is told as what it is."""
    with closing(Store.open(postgres_url, source="sandbox")) as store, pytest.raises(StoreUnreachable):
        go_on_regardless(store, server)


def take_too_long(store: Store) -> None:
    """Run a statement for longer than the server allows."""
    with store._database.write("sandbox") as connection:
        connection.exec_driver_sql("SET LOCAL statement_timeout = 1")
        connection.exec_driver_sql("SELECT pg_sleep(1)")


def sit_idle(store: Store) -> None:
    """Leave a transaction idle until the server ends it."""
    with store._database.write("sandbox") as connection:
        own = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 1")
        with store._database.read() as other:
            mine = text("SELECT count(*) FROM pg_stat_activity WHERE pid = :own")
            while other.execute(mine, {"own": own}).scalar_one():
                other.rollback()  # each transaction sees one state of that view
        connection.exec_driver_sql("SELECT 1")


@pytest.mark.parametrize(("fail", "words"), [(take_too_long, "took too long"), (sit_idle, "does not answer")])
def test_limits_of_the_server_are_told(postgres_url, fail, words):
    """A statement or a transaction that the server ends says so, and the next one is carried out."""
    with closing(Store.open(postgres_url, source="sandbox")) as store:
        with pytest.raises(StoreUnwritable, match=words):
            fail(store)
        store.reserve(reservations("q", "US1"))


def test_too_many_connections_are_told(postgres_server, postgres_url):
    """A server that takes no more connections is not reached."""
    Store.open(postgres_url, source="sandbox").close()
    with postgres_server.connect() as admin:
        admin.execute("CREATE ROLE few LOGIN CONNECTION LIMIT 0 PASSWORD 'few'")
        try:
            few = postgres_url.replace(f"review:{postgres_server.password}", "few:few")
            with pytest.raises(StoreUnreachable, match="Nothing was charged"):
                Store.open(few, source="sandbox")
        finally:
            admin.execute("DROP ROLE few")


def test_rights_taken_away_are_told(postgres_server, postgres_url):
    """A database user that may only read can read."""
    schema = postgres_url.rpartition("%3D")[2]
    with closing(Store.open(postgres_url, source="sandbox")) as store:
        store.save(history())
    with postgres_server.connect() as admin:
        admin.execute("CREATE ROLE reader LOGIN PASSWORD 'reader'")
        try:
            admin.execute(f"GRANT USAGE ON SCHEMA {schema} TO reader")
            admin.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO reader")
            reader = postgres_url.replace(f"review:{postgres_server.password}", "reader:reader")
            with closing(Store.open(reader, source="sandbox")) as store:
                assert store.headlines()
                assert "may not write" in str(store.trouble.error)
        finally:
            admin.execute("DROP OWNED BY reader")
            admin.execute("DROP ROLE reader")
