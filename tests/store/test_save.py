"""File histories: loaded as they were saved, found by every name, and never replaced by something lesser."""

import hashlib
import json
import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from components.histories import DocumentList, FileHistory
from components.store import HistoryDamaged
from tests.store.made import PAPERS, RETRIEVED, documents, history


def test_loads_what_was_saved(store):
    """A history comes back column by column, with its names, counts, findings and time, and without links."""
    saved = history(documents_reported=9, findings=("3 documents have no date",))
    assert store.save(saved) == "US14/706838"
    loaded = store.load(["US14/706838"])["US14/706838"]
    assert loaded == saved
    columns = (loaded.documents.date, loaded.documents.code, loaded.documents.description, loaded.documents.pages)
    assert tuple(zip(*columns, strict=True)) == PAPERS
    assert loaded.links == ()
    assert loaded.retrieved.utcoffset() == timedelta(0)


def test_survives_reopening(open_store):
    """What one process saved, another one finds."""
    open_store().save(history(), names=["US11205304"])
    again = open_store()
    assert again.resolve(["US11205304"]) == {"US11205304": "US14/706838"}
    assert again.load(["US14/706838"])["US14/706838"] == history()


def test_is_found_by_every_name(store):
    """Application number, patent number, PatSnap's id and what was asked all lead to the one history."""
    store.save(history(), names=["14/706838", "US11205304"])
    names = ["US14/706838", "US11205304B2", "718ead9c-4f3c-4674-8f5a-24e126827269", "14/706838", "US11205304"]
    assert store.resolve([*names, "US1"]) == dict.fromkeys(names, "US14/706838")
    assert set(store.load(names)) == set(names)


def test_publication_and_grant_become_one(store):
    """Two publications of one application are one history with both names."""
    store.save(history(patent_number="US20150310000A1", patent_id="aaa"), names=["US20150310000A1"])
    store.save(history(patent_number="US11205304B2", patent_id="bbb", days=1), names=["US11205304B2"])
    assert [line.key for line in store.headlines()] == ["US14/706838"]
    assert set(store.resolve(["US20150310000A1", "US11205304B2", "aaa", "bbb"]).values()) == {"US14/706838"}


def test_history_without_application_number_joins_when_the_number_is_learned(store):
    """Kept first by patent number alone, it moves under its application number and loses no name."""
    assert store.save(history(apno="", patent_id=""), names=["US11205304"]) == "US11205304B2"
    assert store.save(history(patent_id="", days=1)) == "US14/706838"
    assert len(store.headlines()) == 1
    assert store.resolve(["US11205304", "US11205304B2"]) == dict.fromkeys(["US11205304", "US11205304B2"], "US14/706838")


def test_history_without_application_number_goes_where_its_patent_is_held(store):
    """An answer that lacks the application number belongs to the history that knows it, and does not unlearn it."""
    store.save(history())
    assert store.save(history(apno="", days=1)) == "US14/706838"
    assert store.load(["US11205304B2"])["US11205304B2"].apno == "US14/706838"


def test_two_applications_stay_two(store):
    """A patent number claimed by two applications does not melt them; it leads to the later answer."""
    store.save(history(apno="US14/000001"))
    store.save(history(apno="US14/000002", days=1))
    assert {line.key for line in store.headlines()} == {"US14/000001", "US14/000002"}
    assert store.resolve(["US11205304B2", "US14/000001"]) == {
        "US11205304B2": "US14/000002",
        "US14/000001": "US14/000001",
    }


def test_history_without_any_name_is_kept_by_what_was_asked(store):
    """Paid for is paid for: a nameless answer is found by the number that was asked."""
    nameless = history(apno="", patent_number="", patent_id="")
    assert store.save(nameless, names=["US7654321B2"]) == "US7654321B2"
    assert store.load(["US7654321B2"])["US7654321B2"] == nameless
    with pytest.raises(ValueError, match="without any name"):
        store.save(nameless)


def test_incomplete_is_replaced_by_a_fuller_one(store):
    """Page after page the kept history grows, and at the end it is complete."""
    for count in (2, 4):
        store.save(history(count=count, documents_reported=6, complete=False))
    assert store.load(["US14/706838"])["US14/706838"].documents_held == 4
    assert store.unfinished(["US11205304B2"])["US11205304B2"].documents_held == 4
    store.save(history(count=6))
    assert store.load(["US14/706838"])["US14/706838"] == history(count=6)
    assert store.unfinished(["US14/706838"]) == {}


def test_incomplete_is_not_replaced_by_a_lesser_one(store):
    """A second beginning does not undo what the first one had reached."""
    store.save(history(count=4, documents_reported=6, complete=False))
    store.save(history(count=2, documents_reported=6, complete=False, days=1), names=["US11205304"])
    assert store.load(["US14/706838"])["US14/706838"].documents_held == 4
    assert store.resolve(["US11205304"]) == {"US11205304": "US14/706838"}


def test_refresh_with_fewer_documents_says_so(store):
    """The later answer is shown, with a finding of how many there were before; no name is lost."""
    store.save(history(count=6), names=["US11205304"])
    store.save(history(count=5, days=30, findings=("odd",)))
    loaded = store.load(["US11205304"])["US11205304"]
    assert loaded.documents_held == 5
    assert loaded.findings == ("odd", "This refresh brought 5 documents; 6 were held before (retrieved 2 Mar 2026)")


def test_begun_refresh_does_not_hide_the_complete_history(store):
    """Until a refresh has come to its end, the complete history stays in view; then the refresh replaces it."""
    store.save(history(count=4))
    store.save(history(count=3, documents_reported=6, complete=False, days=1))
    assert store.load(["US14/706838"])["US14/706838"] == history(count=4)
    assert store.unfinished(["US14/706838"])["US14/706838"] == history(
        count=3, documents_reported=6, complete=False, days=1
    )
    assert [line.documents_held for line in store.headlines()] == [4]
    store.save(history(count=6, days=1))
    assert store.load(["US14/706838"])["US14/706838"] == history(count=6, days=1)
    assert store.unfinished(["US14/706838"]) == {}


def test_late_answer_does_not_undo_a_later_one(store):
    """Of two complete histories the one retrieved later is kept, whichever is saved last."""
    store.save(history(count=6, days=2))
    store.save(history(count=5, days=1))
    assert store.load(["US14/706838"])["US14/706838"] == history(count=6, days=2)


def test_sources_never_mix(open_store):
    """Nothing of one source is seen from another: not histories, names, absences, facts, leases or ledger."""
    sandbox, real = open_store("sandbox"), open_store("https://connect.patsnap.com")
    sandbox.save(history(), names=["US1"])
    sandbox.save_absent(["US2"])
    sandbox.save_fact("limit", "100")
    assert sandbox.lease(["US3"], holder="a") == {"US3"}
    assert real.resolve(["US1", "US14/706838"]) == {}
    assert real.load(["US14/706838"]) == {}
    assert real.headlines() == []
    assert real.absent(["US2"]) == {}
    assert real.fact("limit") is None
    assert real.lease(["US3"], holder="b") == {"US3"}
    real.save(history(count=2))
    assert sandbox.load(["US1"])["US1"].documents_held == 6


def test_headlines_come_newest_first(store):
    """The list of what is held begins with the last retrieved and tells counts and times."""
    store.save(history(apno="US14/000001", patent_number="US1B2", patent_id="a", days=1))
    store.save(
        history(apno="US14/000002", patent_number="US2B2", patent_id="b", days=3, documents_reported=9, complete=False)
    )
    store.save(history(apno="US14/000003", patent_number="US3B2", patent_id="c", days=2))
    lines = store.headlines()
    assert [line.key for line in lines] == ["US14/000002", "US14/000003", "US14/000001"]
    first = lines[0]
    assert (first.patent_number, first.patent_id, first.documents_held, first.documents_reported, first.complete) == (
        "US2B2",
        "b",
        6,
        9,
        False,
    )
    assert first.retrieved == RETRIEVED + timedelta(days=3)


def test_times_of_any_zone_become_utc(store):
    """A time in Tokyo is the same instant when it comes back; one without a zone is refused."""
    tokyo = datetime(2026, 3, 2, 18, 30, tzinfo=timezone(timedelta(hours=9)))
    store.save(replace(history(), retrieved=tokyo))
    assert store.headlines()[0].retrieved == datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    assert store.headlines()[0].retrieved.tzinfo is UTC


def test_keeps_empty_and_strange_documents(store):
    """Nothing that was paid for is refused: no documents, NUL, half surrogates, numbers beyond 64 bits."""
    store.save(history(apno="US14/000001", patent_number="", patent_id="", count=0))
    assert store.load(["US14/000001"])["US14/000001"].documents == DocumentList()
    strange = DocumentList(date=(20180831,), code=("\ud800X\x00",), description=("\udfff",), pages=(10**30,))
    store.save(
        replace(history(patent_number="US\x001"), documents=strange, documents_reported=10**30, findings=("\ud800",))
    )
    kept = store.load(["US14/706838"])["US14/706838"]
    assert kept.documents.code == ("\ufffdX\ufffd",)
    assert kept.patent_number == "US\ufffd1"
    assert kept.findings == ("\ufffd",)
    assert store.resolve(["US\x001"]) == {"US\x001": "US14/706838"}


@pytest.mark.parametrize(("count", "unpack"), [(len(PAPERS), bytes), (1000, zlib.decompress)], ids=["short", "long"])
def test_blob_is_columns_with_their_checksum(store, count, unpack):
    """What lies in the database is plain JSON in columns, long ones under zlib; the checksum is that of the JSON."""
    store.save(history(count=count))
    with store._database.read() as connection:
        row = connection.execute(text("SELECT documents, sha256 FROM histories")).one()
    data = unpack(row.documents)
    assert json.loads(data)["date"] == list(documents(count).date)
    assert set(json.loads(data)) == {"date", "code", "description", "pages"}
    assert row.sha256 == hashlib.sha256(data).hexdigest()
    assert store.load(["US14/706838"])["US14/706838"] == history(count=count)


def test_short_blobs_of_earlier_versions_are_read(store):
    """Earlier versions compressed short lists too."""
    store.save(history())
    with store._database.write("sandbox") as connection:
        plain = connection.execute(text("SELECT documents FROM histories")).scalar_one()
        connection.execute(text("UPDATE histories SET documents = :blob"), {"blob": zlib.compress(plain)})
    assert store.load(["US14/706838"])["US14/706838"] == history()


@pytest.mark.parametrize("damage", [b"", b"not zlib", zlib.compress(b"{}"), zlib.compress(b'{"date": []}')])
def test_damaged_history_is_told_and_can_be_replaced(store, damage):
    """One damaged blob is named with what a refresh costs; the others load, and saving again mends it."""
    store.save(history())
    store.save(history(apno="US14/000002", patent_number="US2B2", patent_id="b"))
    with store._database.write("sandbox") as connection:
        connection.execute(text("UPDATE histories SET documents = :blob WHERE key = 'US14/706838'"), {"blob": damage})
    with pytest.raises(HistoryDamaged, match=r"US14/706838 is damaged.*other.*Refresh") as caught:
        store.load(["US11205304B2"])
    assert caught.value.key == "US14/706838"
    assert store.load(["US2B2"])["US2B2"].documents_held == 6
    assert store.resolve(["US11205304B2"]) == {"US11205304B2": "US14/706838"}
    store.save(history(days=1))
    assert store.load(["US11205304B2"])["US11205304B2"] == history(days=1)


def test_resolves_more_names_than_one_statement_takes(store):
    """Ten thousand names are looked up at once."""
    store.save(history(), names=[f"US{number}" for number in range(2000)])
    assert len(store.resolve([f"US{number}" for number in range(10_000)])) == 2000


YEAR_1990, YEAR_2100 = datetime(1990, 1, 1), datetime(2100, 1, 1)  # noqa: DTZ001  # hypothesis adds the zone

texts = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
papers = st.lists(
    st.tuples(
        st.none() | st.integers(17900101, 20991231), texts, texts, st.none() | st.integers(-(2**63) + 1, 2**63 - 1)
    ),
    max_size=20,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=papers,
    documents_reported=st.integers(0, 2**31),
    complete=st.booleans(),
    when=st.datetimes(YEAR_1990, YEAR_2100, timezones=st.sampled_from([UTC, timezone(timedelta(hours=-5))])),
)
def test_any_documents_come_back_as_they_were(store, rows, documents_reported, complete, when):
    """Whatever text and numbers a history has, loading gives the same."""
    columns = [tuple(column) for column in zip(*rows, strict=True)] if rows else [(), (), (), ()]
    saved = FileHistory(
        apno=f"US{hashlib.sha256(repr((rows, documents_reported, complete, when)).encode()).hexdigest()}",
        patent_number="",
        patent_id="",
        documents=DocumentList(*columns),
        documents_reported=documents_reported,
        complete=complete,
        retrieved=when,
    )
    store.save(saved)
    assert store.load([saved.apno])[saved.apno] == saved


def test_a_refresh_counts_as_later_although_the_clock_was_set_back(store):
    """What is held was retrieved in the future: it was retrieved before the jump, and the refresh is paid for."""
    future = history(days=20_000)
    store.save(future)
    store.save(history(count=7, days=1))
    assert store.load(["US14/706838"])["US14/706838"].documents_held == 7
