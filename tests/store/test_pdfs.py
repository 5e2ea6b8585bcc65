"""PDFs that were fetched: kept through restarts and refreshes, within a bound, and never another paper's."""

import hashlib
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import event, text

from components.histories import DocumentList
from components.store import Store, StoreUnwritable
from tests.store.made import documents, history, kept_pdfs

KEY = "US14/706838"
TRNA, CTNF, REFS, UNDATED, FIRST, SECOND = documents().ids()
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MB = 1024 * 1024


def pdf(word: str, size: int = 100) -> bytes:
    """Bytes that begin like a PDF, told apart by `word`."""
    return (b"%PDF-1.7 " + word.encode() + b"." * size)[: max(size, 20)]


def test_a_kept_pdf_is_given_by_any_name_of_its_history(store):
    """Kept under one name, found under the others; nothing is given for another document or an unknown history."""
    store.save(history(), names=["US11205304"])
    store.keep_pdf("US11205304B2", CTNF, pdf("a"))
    for name in (KEY, "US11205304", "US11205304B2", "718ead9c-4f3c-4674-8f5a-24e126827269"):
        assert store.pdf(name, CTNF) == pdf("a")
    assert kept_pdfs(store, KEY) == {CTNF}
    assert store.pdf(KEY, TRNA) is None
    assert store.pdf("US1", CTNF) is None
    assert store.pdf_bytes() == len(pdf("a"))


def test_a_document_of_any_name_can_be_kept(store):
    """Japanese codes, quotes and half a surrogate pair in an id trouble neither database."""
    store.save(history())
    for name in (UNDATED, "20180831-XT/-1", "20180831-a'b\"-1", "20180831-\ud800\x00-1"):
        store.keep_pdf(KEY, name, pdf("x"))
        assert store.pdf(KEY, name) == pdf("x")


def test_a_pdf_of_a_history_that_is_not_held_is_not_kept(store):
    """There is nothing to which it could belong."""
    store.keep_pdf("US1", CTNF, pdf("a"))
    assert store.pdf_bytes() == 0


def test_keeping_again_replaces(store):
    """One PDF a document."""
    store.save(history())
    store.keep_pdf(KEY, CTNF, pdf("old"))
    store.keep_pdf(KEY, CTNF, pdf("newer", 300))
    assert store.pdf(KEY, CTNF) == pdf("newer", 300)
    assert store.pdf_bytes() == 300


def test_sources_do_not_share(open_store):
    """What the sandbox gave is never shown for the account's."""
    one, other = open_store("sandbox"), open_store("https://connect.patsnap.com/x")
    for store in (one, other):
        store.save(history())
    one.keep_pdf(KEY, CTNF, pdf("a"))
    assert other.pdf(KEY, CTNF) is None


def test_a_kept_pdf_outlasts_a_restart_and_a_refresh(store_url):
    """The same bytes after closing and opening, and after the history came again."""
    with closing(Store.open(store_url, source="sandbox")) as store:
        store.save(history())
        store.keep_pdf(KEY, CTNF, pdf("a", 3 * MB))
    with closing(Store.open(store_url, source="sandbox")) as store:
        store.save(history(days=1))
        kept = store.pdf(KEY, CTNF)
        assert kept is not None
        assert hashlib.sha256(kept).digest() == hashlib.sha256(pdf("a", 3 * MB)).digest()


def test_the_least_recently_used_go_first(store_url):
    """Three of 400 kB under 1 MB: the one that was opened last is not the one that goes."""
    with (
        time_machine.travel(NOON, tick=False) as clock,
        closing(Store.open(store_url, source="sandbox", pdf_megabytes=1)) as store,
    ):
        store.save(history())
        for position, name in enumerate((TRNA, CTNF)):
            clock.move_to(NOON + timedelta(minutes=position))
            store.keep_pdf(KEY, name, pdf(name, 400_000))
        clock.move_to(NOON + timedelta(hours=2))
        assert store.pdf(KEY, TRNA) is not None
        clock.move_to(NOON + timedelta(hours=3))
        store.keep_pdf(KEY, REFS, pdf("c", 400_000))
        assert kept_pdfs(store, KEY) == {TRNA, REFS}
        store.keep_pdf(KEY, FIRST, pdf("d", MB))
        assert kept_pdfs(store, KEY) == {FIRST}
        assert store.pdf_bytes() == MB


def test_a_pdf_larger_than_all_may_be_is_not_kept(store_url):
    """It would push everything else out, in vain."""
    with closing(Store.open(store_url, source="sandbox", pdf_megabytes=1)) as store:
        store.save(history())
        store.keep_pdf(KEY, CTNF, pdf("a"))
        store.keep_pdf(KEY, TRNA, pdf("b", MB + 1))
        assert kept_pdfs(store, KEY) == {CTNF}


def test_none_is_kept_where_none_may_be(store_url):
    """A bound of 0 keeps nothing, and takes away at the next opening what was kept before."""
    with closing(Store.open(store_url, source="sandbox")) as store:
        store.save(history())
        store.keep_pdf(KEY, CTNF, pdf("a"))
    with closing(Store.open(store_url, source="sandbox", pdf_megabytes=0)) as store:
        assert store.pdf_bytes() == 0
        store.keep_pdf(KEY, CTNF, pdf("a"))
        assert store.pdf(KEY, CTNF) is None


def test_a_use_is_noted_once_an_hour(store_url):
    """Reading again within the hour writes nothing."""
    with time_machine.travel(NOON, tick=False) as clock, closing(Store.open(store_url, source="sandbox")) as store:
        store.save(history())
        store.keep_pdf(KEY, CTNF, pdf("a"))
        written = []
        event.listen(
            store._database.engine,
            "before_cursor_execute",
            lambda _connection, _cursor, statement, *_: written.append(statement) if "UPDATE" in statement else None,
        )
        for minutes, expected in ((1, 0), (59, 0), (61, 1), (62, 1), (130, 2)):
            clock.move_to(NOON + timedelta(minutes=minutes))
            assert store.pdf(KEY, CTNF) == pdf("a")
            assert len(written) == expected


def test_a_damaged_pdf_is_dropped(store):
    """What does not match its checksum is never given, and can be fetched anew."""
    store.save(history())
    store.keep_pdf(KEY, CTNF, pdf("a"))
    with store._database.write("sandbox") as connection:
        connection.execute(text("UPDATE pdfs SET data = :data"), {"data": b"%PDF-1.7 something else"})
    assert store.pdf(KEY, CTNF) is None
    assert kept_pdfs(store, KEY) == set()
    store.keep_pdf(KEY, CTNF, pdf("a"))
    assert store.pdf(KEY, CTNF) == pdf("a")


def turned(columns: DocumentList) -> DocumentList:
    """The same papers listed the other way round."""
    return DocumentList(
        date=columns.date[::-1],
        code=columns.code[::-1],
        description=columns.description[::-1],
        pages=columns.pages[::-1],
    )


def test_a_refresh_that_turns_a_day_round_loses_only_that_days_pdfs(store):
    """The two amendments of a day change places, so their ids may lie; the others' cannot."""
    store.save(history())
    for name in (CTNF, FIRST, SECOND):
        store.keep_pdf(KEY, name, pdf(name))
    store.save(replace(history(days=1), documents=turned(documents())))
    assert kept_pdfs(store, KEY) == {CTNF}


def test_a_list_that_only_grows_at_its_end_keeps_all(store):
    """The last pages of a long list arrive: the ids of the first ones mean the same papers."""
    store.save(history(count=5, documents_reported=6, complete=False))
    store.keep_pdf(KEY, FIRST, pdf("a"))
    store.save(history())
    assert store.pdf(KEY, FIRST) == pdf("a")


def test_one_more_paper_of_the_same_code_and_day_in_front_loses_the_pdf(store):
    """A second amendment of that day listed first: the old id would mean the new paper."""
    columns = documents(5)
    store.save(replace(history(), documents=columns))
    store.keep_pdf(KEY, FIRST, pdf("a"))
    store.keep_pdf(KEY, CTNF, pdf("b"))
    more = DocumentList(*((getattr(documents(), name)[5], *getattr(columns, name))
                          for name in ("date", "code", "description", "pages")))  # fmt: skip
    store.save(replace(history(days=1), documents=more, documents_reported=6))
    assert kept_pdfs(store, KEY) == {CTNF}


def test_histories_that_turn_out_to_be_one_keep_the_pdfs_that_mean_the_same_paper(store):
    """A publication kept by its number becomes its application's; an id that means another paper is not trusted."""
    alone = history(apno="", patent_number="US20150000001A1", patent_id="", count=2, days=-1)
    store.save(alone)
    store.keep_pdf("US20150000001A1", TRNA, pdf("publication"))
    store.save(history(patent_number="US20150000001A1", patent_id=""))
    assert store.pdf(KEY, TRNA) == pdf("publication")

    other = history(apno="", patent_number="US9B2", patent_id="p", count=6, complete=False)
    renamed = tuple("Another paper" if code == "A..." else name for code, name in
                    zip(other.documents.code, other.documents.description, strict=True))  # fmt: skip
    store.save(replace(other, documents=replace(other.documents, description=renamed)))
    store.keep_pdf("US9B2", CTNF, pdf("other list"))
    store.keep_pdf("US9B2", TRNA, pdf("other list"))
    store.keep_pdf("US9B2", "20181130-A...-1", pdf("other list"))
    store.save(history(apno=KEY, patent_number="US9B2", patent_id="p", days=1))
    assert store.pdf("US9B2", TRNA) == pdf("publication")
    assert store.pdf("US9B2", CTNF) == pdf("other list")
    assert store.pdf("US9B2", "20181130-A...-1") is None


def test_no_query_for_anything_else_reads_a_pdf(store):
    """Histories, headlines, sizes and marks never name the column that holds the bytes."""
    store.save(history())
    store.keep_pdf(KEY, CTNF, pdf("a"))
    said = []
    event.listen(
        store._database.engine,
        "before_cursor_execute",
        lambda _connection, _cursor, statement, *_: said.append(statement),
    )
    store.load([KEY])
    store.headlines()
    store.link(KEY, CTNF)
    store.pdf_bytes()
    store.marks("ada", [KEY])
    assert said
    assert not [statement for statement in said if "pdfs.data" in statement]


def test_a_full_disk_keeps_what_was_kept(sqlite_url):
    """It says so, and what is kept can still be read, though its use cannot be noted."""
    with time_machine.travel(NOON, tick=False) as clock, closing(Store.open(sqlite_url, source="sandbox")) as store:
        store.save(history())
        store.keep_pdf(KEY, CTNF, pdf("a"))
        event.listen(
            store._database.engine, "checkout", lambda connection, *_: connection.execute("PRAGMA query_only = ON")
        )
        clock.move_to(NOON + timedelta(hours=5))
        with pytest.raises(StoreUnwritable, match="Nothing was charged"):
            store.keep_pdf(KEY, TRNA, pdf("b"))
        assert store.pdf(KEY, CTNF) == pdf("a")


def test_lowering_the_bound_of_a_store_that_cannot_be_written_opens_it_all_the_same(postgres_url):
    """A standby can be read, whatever the bound."""
    with closing(Store.open(postgres_url, source="sandbox")) as store:
        store.save(history())
        store.keep_pdf(KEY, CTNF, pdf("a"))
    standby = postgres_url + "%20-cdefault_transaction_read_only%3Don"
    with closing(Store.open(standby, source="sandbox", pdf_megabytes=0)) as store:
        assert store.pdf(KEY, CTNF) == pdf("a")


def test_an_evicted_pdf_leaves_no_bytes_in_the_file(sqlite_url):
    """Freed pages are overwritten: what was let go of is gone."""
    with closing(Store.open(sqlite_url, source="sandbox", pdf_megabytes=1)) as store:
        store.save(history())
        store.keep_pdf(KEY, CTNF, pdf("canary-paper"))
        store.keep_pdf(KEY, TRNA, pdf("b", MB))
        store._database.forget_deleted()
        folder = Path(sqlite_url.removeprefix("sqlite:///")).parent
        assert not [part.name for part in folder.iterdir() if b"canary-paper" in part.read_bytes()]
