"""Refresh on the page: the price on the button, the question above the threshold, and to whom it is booked."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from streamlit.testing.v1 import AppTest

from components.desk import Desk
from tests.ui.conftest import open_app
from tests.ui.test_pages import look_up, words

NUMBER, KEY = "US10765880B2", "US14/412875"
REFRESH = f"refresh_{KEY}"


@pytest.fixture
def strict(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Desk:
    """A desk that holds a history and has every charge confirmed."""
    monkeypatch.setenv("REVIEW_CONFIRM_ABOVE", "0")
    desk: Desk = request.getfixturevalue("desk")
    look_up(desk, NUMBER)
    return desk


def charged(desk: Desk) -> int:
    """What the service has charged."""
    assert desk.sandbox is not None
    return desk.sandbox.billing.total


def ended(desk: Desk) -> None:
    """Wait until every look-up of this process has ended."""
    for job in desk.lookups._jobs.all():
        assert job.wait(30).ended


def test_the_button_states_the_price_and_what_a_long_file_may_cost(desk: Desk) -> None:
    """As the button of every look-up does; drawing it spends nothing."""
    look_up(desk, NUMBER)
    button = open_app(patents=NUMBER).button(key=REFRESH)
    assert button.label == "Refresh · 1 charged"
    assert "never over 5 in all" in button.help
    assert charged(desk) == 1


def test_one_click_refreshes_and_shows_how_it_ended(desk: Desk) -> None:
    """Below the threshold; the page says what it cost."""
    look_up(desk, NUMBER)
    app = open_app(patents=NUMBER)
    app.button(key=REFRESH).click().run()
    assert not app.exception
    ended(desk)
    assert charged(desk) == 2
    assert "1 charged · 1 call" in words(app.run())


def test_above_the_threshold_it_is_confirmed_first(strict: Desk) -> None:
    """The click opens a question with the price; only its button spends."""
    app = open_app(patents=NUMBER)
    app.button(key=REFRESH).click().run()
    assert not app.exception
    assert charged(strict) == 1
    assert "**1** look-up will be charged" in words(app)
    assert app.button(key="confirm_look_up").label == "Charge 1"
    app.button(key="confirm_look_up").click().run()
    ended(strict)
    assert charged(strict) == 2


def test_it_can_be_called_off(strict: Desk) -> None:
    """Cancel closes the question, and nothing was spent."""
    app = open_app(patents=NUMBER)
    app.button(key=REFRESH).click().run()
    app.button(key="cancel_look_up").click().run()
    ended(strict)
    assert charged(strict) == 1


def test_after_a_damaged_store_the_notice_is_read_first(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """As for every look-up: an earlier store was set aside, and nothing is bought before somebody agrees."""
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    (folder / "store.db.damaged-20260101T000000Z").write_bytes(b"broken")
    desk: Desk = request.getfixturevalue("desk")
    look_up(desk, NUMBER)
    app = open_app(patents=NUMBER)
    app.button(key=REFRESH).click().run()
    ended(desk)
    assert charged(desk) == 1
    assert any("Read the notice" in element.value for element in app.warning)
    app.button(key="acknowledge").click().run()
    app.button(key=REFRESH).click().run()
    ended(desk)
    assert charged(desk) == 2


def test_it_is_booked_to_whoever_clicked(desk: Desk) -> None:
    """The ledger has the name under which the visitor came in."""
    look_up(desk, NUMBER)

    def page() -> None:
        from components.desk import desk
        from components.ui.review.history_facts import draw_facts
        from tests.people import spender

        opened = desk()
        draw_facts(
            opened.lookups,
            opened.tables,
            opened.documents.tokens,
            opened.store.headlines(["US14/412875"]),
            fresh_days=7,
            notice=None,
            person=spender("ada@example.com"),
        )

    app = AppTest.from_function(page, default_timeout=30).run()
    app.button(key=REFRESH).click().run()
    ended(desk)
    assert desk.store.totals(user="ada@example.com").ever.billed == 1
    assert desk.store.totals(user="local").ever.billed == 1


def test_a_double_click_is_one_click(desk: Desk) -> None:
    """Even where the service is so quick that the first half has ended before the second."""
    look_up(desk, NUMBER)
    app = open_app(patents=NUMBER)
    app.button(key=REFRESH).click().run()
    ended(desk)
    app.button(key=REFRESH).click().run()
    ended(desk)
    assert charged(desk) == 2
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=2)):
        app.button(key=REFRESH).click().run()
        ended(desk)
    assert charged(desk) == 3


def test_a_page_that_is_older_than_the_last_refresh_buys_nothing(desk: Desk) -> None:
    """Two windows: what the other one has refreshed is shown, with its price, and only a new click buys it again."""
    look_up(desk, NUMBER)
    first, second = open_app(patents=NUMBER), open_app(patents=NUMBER)
    first.button(key=REFRESH).click().run()
    ended(desk)
    second.button(key=REFRESH).click().run()
    ended(desk)
    assert charged(desk) == 2
    assert any("was refreshed after the page was drawn" in element.value for element in second.warning)
    second.button(key=REFRESH).click().run()
    ended(desk)
    assert charged(desk) == 3


def test_a_price_that_has_risen_since_the_page_was_drawn_is_not_paid(desk: Desk) -> None:
    """The service takes fewer documents a call than when the page was drawn: two calls instead of one."""
    look_up(desk, NUMBER)
    app = open_app(patents=NUMBER)
    assert app.button(key=REFRESH).label == "Refresh · 1 charged"
    desk.store.save_fact("limit", "100")
    app.button(key=REFRESH).click().run()
    ended(desk)
    assert charged(desk) == 1
    assert any("2 charged" in element.value for element in app.warning)
    assert app.button(key=REFRESH).label == "Refresh · 2 charged"


@pytest.mark.parametrize("change", ["dearer", "renewed"])
def test_a_question_is_not_answered_for_what_has_changed_meanwhile(strict: Desk, change: str) -> None:
    """Between the question and its answer the price rises, or somebody else refreshes: nothing is bought."""
    app = open_app(patents=NUMBER)
    app.button(key=REFRESH).click().run()
    if change == "dearer":
        strict.store.save_fact("limit", "100")
    else:
        strict.lookups.start(strict.lookups.plan_refresh([KEY])).wait(30)
    before = charged(strict)
    app.button(key="confirm_look_up").click().run()
    ended(strict)
    assert charged(strict) == before
    assert [element.value for element in app.toast if "nothing was" in element.value]
