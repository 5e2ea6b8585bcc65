"""Login sessions: begun, seen, and ended for ever."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import text

from components.store import SessionRecord

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock():
    """Let it be noon."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def session(session_id: str = "s1", *, person: str = "ada@example.com", begun: datetime = NOON) -> SessionRecord:
    """A session that began at noon."""
    return SessionRecord(id=session_id, person=person, email=person, workspace="", begun_at=begun)


def test_a_session_is_listed_from_its_login_on(store, open_store):
    """With who, where and since when; to every workspace and service of the store; the last begun first."""
    store.begin_session(session())
    store.begin_session(session())
    later = SessionRecord(id="s2", person="grace", email="", workspace="merger", begun_at=NOON + timedelta(minutes=1))
    store.for_workspace("merger").begin_session(later)
    seen = open_store("https://elsewhere/x").sessions(since=NOON)
    assert [(each.id, each.person, each.workspace, each.begun_at, each.seen_at) for each in seen] == [
        ("s2", "grace", "merger", NOON + timedelta(minutes=1), NOON),
        ("s1", "ada@example.com", "", NOON, NOON),
    ]
    assert [(each.ended_at, each.how) for each in seen] == [(None, "")] * 2


def test_that_a_session_is_seen_is_noted_once_a_minute(store, clock):
    """A request within the minute writes nothing; one after it does, and the list since then has the session."""
    store.begin_session(session())
    clock.move_to(NOON + timedelta(seconds=59))
    store.begin_session(session())
    assert store.sessions(since=NOON + timedelta(seconds=1)) == []
    clock.move_to(NOON + timedelta(seconds=61))
    store.begin_session(session())
    (seen,) = store.sessions(since=NOON + timedelta(seconds=1))
    assert (seen.begun_at, seen.seen_at) == (NOON, NOON + timedelta(seconds=61))


def test_the_first_end_of_a_session_stays(store, clock):
    """Neither another end nor a replayed cookie changes when and how it ended."""
    assert store.session_ended("s1") is None
    store.begin_session(session())
    assert store.session_ended("s1") is None
    store.end_session("s1", how="logged out")
    clock.move_to(NOON + timedelta(hours=1))
    store.end_session("s1", how="ended by an administrator")
    store.begin_session(session())
    assert store.session_ended("s1") == NOON
    (seen,) = store.sessions(since=NOON)
    assert (seen.ended_at, seen.how, seen.seen_at) == (NOON, "logged out", NOON)


def test_an_end_wins_over_a_later_beginning(store, clock):
    """A session that another process had not noted yet is ended all the same; it never begins."""
    store.end_session("s1", how="logged out")
    clock.move_to(NOON + timedelta(minutes=5))
    store.begin_session(session())
    assert store.session_ended("s1") == NOON
    assert store.sessions(since=NOON) == []


def test_sessions_of_long_ago_are_forgotten(store, clock):
    """The list does not grow for ever: what began more than 400 days ago goes when another begins."""
    store.begin_session(session())
    for days in (399, 401):
        clock.move_to(NOON + timedelta(days=days))
        store.begin_session(session(f"after {days}", begun=NOON + timedelta(days=days)))
        with store._database.read() as connection:
            left = set(connection.execute(text("SELECT id FROM sessions")).scalars())
        assert ("s1" in left) == (days == 399)
    assert left == {"after 399", "after 401"}
