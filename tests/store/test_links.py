"""Signed links: found by document until they expire, and then gone for good."""

import re
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import pytest
import time_machine
from sqlalchemy import text

from components.histories import DocumentList, Link
from components.patsnap.links import LinkReader
from components.store import Store
from tests.store.made import documents, history, linked

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ONE = NOON + timedelta(hours=1)
IDS = [
    "20140508-TRNA-1",
    "20180831-CTNF-1",
    "20180831-892-1",
    "undated-拒絶理由-1",
    "20181130-A...-1",
    "20181130-A...-2",
]


@pytest.fixture(autouse=True)
def clock():
    """Let it be noon."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def test_link_is_found_by_document_id(store):
    """Each document's link is found under the id that the document list gives, by any name of the history."""
    store.save(linked(history(), ONE), names=["US11205304"])
    for index, name in enumerate(IDS):
        assert store.link("US14/706838", name) == Link(f"https://open.patsnap.com/sign/{index}", ONE)
    assert store.link("US11205304", IDS[1]) == Link("https://open.patsnap.com/sign/1", ONE)
    assert store.link("US14/706838", "20180831-CTNF-9") is None
    assert store.link("US1", IDS[0]) is None


def test_missing_links_stay_missing(store):
    """Documents without a link have none; those beside them keep theirs, each with its own expiry."""
    some = [None, Link("https://x/1", ONE), None, Link("https://x/3", ONE + timedelta(seconds=5)), None, None]
    store.save(history(links=some))
    assert [store.link("US14/706838", name) for name in IDS] == some


def test_link_ends_at_its_expiry(store, clock):
    """A link is given until the second in which its signature ends, and not afterwards."""
    store.save(linked(history(), ONE))
    clock.move_to(ONE - timedelta(seconds=1))
    assert store.link("US14/706838", IDS[0]) is not None
    clock.move_to(ONE)
    assert store.link("US14/706838", IDS[0]) is None
    assert store.load(["US14/706838"])["US14/706838"] == history()


def test_expired_link_is_never_kept(store):
    """A link that has expired on arrival is not stored at all."""
    store.save(linked(history(), NOON))
    assert store.purge_links() == 0


def test_purging_tells_how_many(store, clock):
    """All expired links go, the living ones stay."""
    store.save(linked(history(), ONE))
    store.save(linked(history(apno="US2", patent_number="", patent_id="", count=2), ONE + timedelta(hours=1)))
    clock.move_to(ONE)
    assert store.purge_links() == 6
    assert store.purge_links() == 0
    assert store.link("US2", IDS[0]) is not None


@pytest.mark.parametrize("purged_by", ["link", "opening"])
def test_nothing_of_an_expired_link_stays_in_the_files(sqlite_url, clock, purged_by):
    """After the purge no byte of a signature is left, neither in the database file nor in its log."""
    with closing(Store.open(sqlite_url, source="sandbox")) as store:
        store.save(linked(history(), ONE, word="canary-signature"))
        folder = Path(sqlite_url.removeprefix("sqlite:///")).parent
        assert any(b"canary-signature" in part.read_bytes() for part in folder.iterdir())
        clock.move_to(ONE)
        if purged_by == "link":
            assert store.link("US14/706838", IDS[0]) is None
        else:
            Store.open(sqlite_url, source="other").close()
        assert not [part.name for part in folder.iterdir() if b"canary-signature" in part.read_bytes()]


def test_continued_history_keeps_the_links_of_its_first_pages(store):
    """The second page brings links of its own documents only; those of the first page stay."""
    store.save(linked(history(count=3, documents_reported=6, complete=False), ONE, word="first"))
    second = linked(history(), ONE + timedelta(minutes=1), word="second")
    store.save(replace(second, links=[None] * 3 + list(second.links[3:])))
    words = [store.link("US14/706838", name).url.split("/")[-2] for name in IDS]
    assert words == ["first"] * 3 + ["second"] * 3


def test_finished_refresh_keeps_the_links_of_its_first_pages(store):
    """Links that a begun refresh brought are used once it replaces the complete history, and not before."""
    store.save(history(count=4))
    store.save(linked(history(count=3, documents_reported=6, complete=False, days=1), ONE, word="first"))
    assert store.link("US14/706838", IDS[0]) is None
    store.save(history(days=1))
    assert [store.link("US14/706838", name) is not None for name in IDS] == [True] * 3 + [False] * 3


def test_refreshed_links_replace_the_old_ones(store):
    """After a refresh of the same documents the later signature is given."""
    store.save(linked(history(), ONE, word="old"))
    store.save(linked(history(days=1), ONE + timedelta(hours=1), word="new"))
    assert store.link("US14/706838", IDS[2]).url == "https://open.patsnap.com/new/2"


def test_old_link_never_opens_another_paper(store):
    """When a refresh lists the papers of a day the other way round, old links are forgotten: ids would lie."""
    store.save(linked(history(), ONE))
    columns = documents()
    turned = DocumentList(
        date=columns.date[::-1],
        code=columns.code[::-1],
        description=columns.description[::-1],
        pages=columns.pages[::-1],
    )
    store.save(replace(history(days=1), documents=turned))
    assert [store.link("US14/706838", name) for name in IDS] == [None] * 6


def test_no_link_is_among_the_documents(store):
    """Neither what is loaded nor how the store shows itself holds an address of a paper."""
    store.save(linked(history(), ONE, word="canary"))
    shown = repr(store.load(["US14/706838"])) + repr(store) + repr(store.headlines())
    shown += repr(store.link("US14/706838", IDS[0]))
    assert not re.search("canary", shown)


def test_addresses_that_have_much_in_common_are_kept_once(store):
    """What the links of an answer have in common is stored once, and each is found as it was."""
    path = "https://open.patsnap.com/{0}/d.pdf?sign=q-sign-time=1;{1}%26s={0}&response-expires=soon"
    paths = [path.format(index, int(ONE.timestamp())) for index in range(len(IDS))]
    columns = LinkReader(NOON).read_all(paths)
    assert columns.shared is not None
    store.save(history(links=columns))
    assert [store.link("US14/706838", name).url for name in IDS] == paths
    with store._database.read() as connection:
        assert connection.execute(text("SELECT urls FROM links")).scalar_one().count("response-expires") == 1


def test_links_by_document_id_are_read_on(store):
    """Rows that an earlier version wrote are found, purged, and joined by the links of further pages."""
    store.save(linked(history(count=3, documents_reported=6, complete=False), ONE, word="first"))
    by_id = orjson.dumps({name: f"https://open.patsnap.com/first/{name}" for name in IDS[:3]}).decode()
    with store._database.write("sandbox") as connection:
        connection.execute(text("UPDATE links SET urls = :urls"), {"urls": by_id})
    assert store.link("US14/706838", IDS[2]).url == f"https://open.patsnap.com/first/{IDS[2]}"
    second = linked(history(), ONE, word="second")
    store.save(replace(second, links=[None] * 3 + list(second.links[3:])))
    words = [store.link("US14/706838", name).url.split("/")[-2] for name in IDS]
    assert words == ["first"] * 3 + ["second"] * 3
