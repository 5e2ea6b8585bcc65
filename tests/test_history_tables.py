"""The tables of held histories: read once each time one is retrieved, and never changed by a caller."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import httpx
import pandas as pd
import pytest
import uvicorn
from sqlalchemy import text
from starlette.applications import Starlette

from components.desk import Desk, open_desk
from components.histories import PaperRef, SetPeriod
from components.numbers import parse
from components.prosecution import reading
from components.prosecution.papers.sorted_documents import sort_documents
from components.settings import Settings
from components.store import ContentOf, KeptContent, KeptContents, StoreUnreachable
from components.ui.review.reviewed import reviewed_histories
from tests.documents.visitors import routes_of
from tests.serving import serve

KEY, NUMBER = "US14/412875", "US10765880B2"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk on the in-process sandbox that holds one history."""
    opened = open_desk(Settings(review_store_url=f"sqlite:///{tmp_path / 'data' / 'store.db'}"))
    try:
        opened.lookups.start(opened.lookups.plan(parse(NUMBER))).wait(20)
        yield opened
    finally:
        opened.close()


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The keys of the histories that were read into tables, in order, beginning now."""
    done: list[str] = []

    def noted(history: object, **how: str) -> object:
        done.append(how.get("key", ""))
        return sort_documents(history, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "sort_documents", noted)
    return done


def test_pages_and_routes_read_a_history_once(desk: Desk, readings: list[str]) -> None:
    """Twelve askers at once, a page, and a PDF for each of ten papers: one reading for all of them."""
    with ThreadPoolExecutor(12) as pool:
        held = list(pool.map(lambda _: desk.tables.of(desk.store.headlines([KEY])), range(12)))
    assert {len(history.tables.documents) for history in held} == {184}
    assert len(reviewed_histories(desk.tables, desk.documents.tokens, held[0]).tables.documents) == 184
    papers = held[0].tables.documents["id"].tolist()[:10]
    for paper in papers:
        desk.store.keep_pdf(KEY, paper, b"%PDF-1.7")
    app = Starlette(routes=routes_of(desk))
    with serve(uvicorn.Config(app, log_level="warning")) as url:
        names = [
            httpx.get(url + desk.documents.tokens.document_path(KEY, paper) + ending).headers["content-disposition"]
            for paper in papers
            for ending in ("", "/view", "/download")
        ]
    assert len({name.partition("_")[2] for name in names}) == 10
    assert readings == [KEY]


def test_what_is_retrieved_anew_is_read_anew(desk: Desk, readings: list[str]) -> None:
    """A refresh is another state of the store; going back to look at it again is not."""
    before = desk.tables.of(desk.store.headlines([KEY]))
    desk.store.save(replace(desk.store.load([KEY])[KEY], retrieved=before.headlines[0].retrieved.replace(year=2100)))
    after = desk.tables.of(desk.store.headlines([KEY]))
    desk.tables.of(desk.store.headlines([KEY]))
    assert readings == [KEY, KEY]
    assert after.tables.histories.loc[0, "retrieved"].year == 2100


@pytest.mark.parametrize("several", [False, True])
def test_nobody_changes_what_the_others_see(desk: Desk, *, several: bool) -> None:
    """Whoever writes into a table writes into a copy: columns, cells, single values and the arrays below them."""
    if several:
        desk.lookups.start(desk.lookups.plan(parse("US10000000B2"))).wait(20)
    lines = sorted(desk.store.headlines(), key=lambda line: line.key)
    whole = desk.tables.of(lines).tables
    changed = desk.tables.of(lines).tables
    changed.documents["link"] = "/somewhere"
    changed.documents.loc[0, "description"] = "scribbled"
    changed.documents["pages"].array[0] = 999
    changed.documents["category"].array[:] = "claims"
    changed.submissions["date"].array[:] = pd.Timestamp("1999-01-01")
    del changed.rounds["outcome"]
    changed.histories.index = ["x"] * len(changed.histories)
    changed.turns.loc[:, "history"] = "another"
    again = desk.tables.of(lines).tables
    for name in ("documents", "submissions", "rounds", "histories", "turns"):
        pd.testing.assert_frame_equal(getattr(again, name), getattr(whole, name))
    assert "link" not in again.documents
    assert again.documents.loc[0, "description"] != "scribbled"


def test_a_damaged_history_is_told_beside_the_sound_ones(desk: Desk) -> None:
    """The others are read; once it is mended it is read, too."""
    desk.lookups.start(desk.lookups.plan(parse("US10000000B2"))).wait(20)
    lines = desk.store.headlines()
    whole = desk.store.load([KEY])[KEY]
    with desk.store._database.write("sandbox") as connection:
        connection.execute(text("UPDATE histories SET documents = :blob WHERE key = :key"), {"blob": b"", "key": KEY})
    held = desk.tables.of(lines)
    assert [line.key for line in held.headlines] == ["US14/643719"]
    assert set(held.tables.documents["history"]) == {"US14/643719"}
    (words,) = held.damaged
    assert f"{KEY} is damaged" in words
    desk.store.save(replace(whole, retrieved=whole.retrieved.replace(year=2100)))
    assert len(desk.tables.of(desk.store.headlines()).headlines) == 2


def test_several_histories_are_one_set_of_tables_in_the_order_asked_for(desk: Desk) -> None:
    """Each table has the rows of all of them; of none it has none, with every column."""
    desk.lookups.start(desk.lookups.plan(parse("US10000000B2"))).wait(20)
    lines = sorted(desk.store.headlines(), key=lambda line: line.key)
    held = desk.tables.of(reversed(lines))
    assert held.tables.histories["history"].tolist() == ["US14/643719", "US14/412875"]
    assert len(held.tables.documents) == 184 + 75
    nothing = desk.tables.of([])
    assert len(nothing.tables.documents) == 0
    assert list(nothing.tables.documents) == list(held.tables.documents)


CTNF = PaperRef(KEY, "20190412-CTNF-1")


def say_period(desk: Desk, months: int) -> None:
    """Let the store know that a paper sets a period, as was read inside it."""
    desk.store.texts.begin(*CTNF, "aa", pages=1)
    found = KeptContent(1, "1 of 1", b"", SetPeriod(months, None, 2), "reply period")
    desk.store.contents.keep(ContentOf("aa", "action", "CTNF"), found)


def due_of(desk: Desk) -> tuple[str, str]:
    """Return when an answer to the paper is due, and by what authority."""
    rounds = desk.tables.of(desk.store.headlines([KEY])).tables.rounds
    row = rounds[rounds["action"] == CTNF.document].iloc[0]
    return row["due"].date().isoformat(), row["authority"]


def test_the_period_that_a_paper_sets_is_that_of_its_round(desk: Desk, readings: list[str]) -> None:
    """As soon as it is known, until a person says that it was read wrong; and read anew only then."""
    usual = due_of(desk)
    say_period(desk, 1)
    assert [due_of(desk), due_of(desk)] == [
        ("2019-05-13", f"as set in the paper, page 2 (1 month, not the usual 3 months); {usual[1]}")
    ] * 2
    assert readings == [KEY, KEY]
    desk.store.judge("ada", CTNF, "reply period", is_right=False, words="1 month")
    assert due_of(desk) == usual == ("2019-07-12", "35 USC 133; 37 CFR 1.134, 1.136(a); MPEP 710.02(b)")
    assert readings == [KEY, KEY]


def test_a_store_that_cannot_be_asked_leaves_the_periods_as_they_were(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is in memory is shown all the same, and no date jumps."""
    say_period(desk, 1)
    lines = desk.store.headlines([KEY])
    before = desk.tables.of(lines)

    def gone(_: object, histories: object) -> None:
        raise StoreUnreachable("the database", cause=f"no answer for {histories}", advice="Wait.")

    monkeypatch.setattr(KeptContents, "periods", gone)
    pd.testing.assert_frame_equal(desk.tables.of(lines).tables.rounds, before.tables.rounds)
