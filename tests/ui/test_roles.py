"""Who may only look at what is held: no click is charged, drawn or forged, fresh or old, and the page says why."""

import pytest
from streamlit.testing.v1 import AppTest

from components.access import Person
from components.desk import Desk
from components.ui.state import ASKED_FOR
from tests.people import spender, viewer
from tests.ui.test_pages import look_up, words
from tests.ui.test_usage import may_charge, select

NUMBER, KEY = "US10765880B2", "US14/412875"
OTHER = "EP1000000B1"
ADVICE = "You may look at what is held. To look up more, ask whoever runs this app to add you to REVIEW_SPEND."
ADA, ADA_WHO_MAY_LOOK = spender("ada@example.com"), viewer("ada@example.com")


def open_page(person: Person, page: str, **address: str) -> AppTest:
    """Open a page as a person; what this person may do is read anew in each run, as the guard does."""

    def script(page: str) -> None:
        import streamlit as st

        from components.desk import desk
        from components.ui.review.page import draw_review
        from components.ui.usage.page import draw_usage

        if st.session_state["visitor"] is not None:
            (draw_review if page == "review" else draw_usage)(desk(), st.session_state["visitor"])

    app = AppTest.from_function(script, default_timeout=30, args=(page,))
    for name, value in address.items():
        app.query_params[name] = value
    return seen_by(app, person)


def open_review(person: Person, numbers: str = "") -> AppTest:
    """Open the Review page as a person."""
    return open_page(person, "review", patents=numbers)


def seen_by(app: AppTest, person: Person) -> AppTest:
    """Let the page be somebody else's, or the same person's with other rights, and run it."""
    app.session_state["visitor"] = person
    app.run()
    assert not app.exception
    return app


def click_as(app: AppTest, key: str, person: Person) -> AppTest:
    """Click a button, drawn for this person or for one with other rights; also one that a browser would not click."""
    app.session_state["visitor"] = person
    button = app.button(key=key)
    button.proto.disabled = False
    button.click().run()
    assert not app.exception
    return app


def charged(desk: Desk) -> int:
    """What the service has charged, after every look-up of this process has ended."""
    assert desk.sandbox is not None
    for job in desk.lookups._jobs.all():
        assert job.wait(30).ended
    return desk.sandbox.billing.total


def interrupt(desk: Desk, person: Person, *numbers: str) -> None:
    """Leave behind a look-up that its process could not finish."""
    desk.store.begin_look_up("run-1", user=person.name, numbers=[(number, number) for number in numbers])
    desk.store.end_look_up("run-1", state="interrupted")


def refusals(app: AppTest) -> list[str]:
    """The warnings that say that nothing was charged."""
    return [each.value.replace("\\", "") for each in app.warning if "Nothing was asked" in each.value]


def test_a_viewer_reads_why_nothing_can_be_looked_up(desk: Desk) -> None:
    """Once, beside the button, which shows its price and cannot be pressed; what is held is shown whole."""
    look_up(desk, NUMBER)
    app = open_review(viewer("vic@example.com"), f"{NUMBER},{OTHER}")
    button = app.button(key="look_up")
    assert (button.label, button.disabled) == ("Look up 2 · 1 charged", True)
    assert [each.value for each in app.caption if "REVIEW_SPEND" in each.value] == [ADVICE]
    assert "184 of 184 documents" in words(app)
    assert app.button(key=f"refresh_{KEY}").disabled
    assert ADVICE in app.button(key=f"refresh_{KEY}").help


def test_who_may_spend_reads_nothing_of_it(desk: Desk) -> None:
    """The button has its price, and can be pressed."""
    del desk
    app = open_review(ADA, NUMBER)
    assert not app.button(key="look_up").disabled
    assert "REVIEW_SPEND" not in words(app)


@pytest.mark.parametrize("key", ["look_up", f"refresh_{KEY}", "take_up_run-1"])
def test_a_viewer_who_clicks_what_cannot_be_clicked_is_charged_nothing(desk: Desk, key: str) -> None:
    """The message to the server is forged: its page would not send it."""
    look_up(desk, NUMBER)
    interrupt(desk, ADA, OTHER)
    app = open_review(ADA_WHO_MAY_LOOK, f"{NUMBER},{OTHER}" if key == "look_up" else NUMBER)
    assert app.button(key=key).disabled
    click_as(app, key, ADA_WHO_MAY_LOOK)
    assert charged(desk) == 1
    assert {row.user for row in desk.store.ledger()} == {"local"}


@pytest.mark.parametrize("key", ["look_up", f"refresh_{KEY}", "take_up_run-1"])
def test_a_click_on_a_page_from_before_the_right_was_taken_away_is_charged_nothing(desk: Desk, key: str) -> None:
    """The button could still be pressed there; the page says why nothing happened."""
    look_up(desk, NUMBER)
    interrupt(desk, ADA, OTHER)
    app = open_review(ADA, f"{NUMBER},{OTHER}" if key == "look_up" else NUMBER)
    assert not app.button(key=key).disabled
    click_as(app, key, ADA_WHO_MAY_LOOK)
    assert charged(desk) == 1
    assert refusals(app) == [f"{ADVICE} Nothing was asked and nothing was charged."]


def test_a_question_left_open_is_not_answered_once_the_right_is_taken_away(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """The confirmation of a high price stands there, with its button; whoever may spend again may press it."""
    monkeypatch.setenv("REVIEW_CONFIRM_ABOVE", "0")
    desk: Desk = request.getfixturevalue("desk")
    app = open_review(ADA, NUMBER)
    app.button(key="look_up").click().run()
    click_as(app, "confirm_look_up", ADA_WHO_MAY_LOOK)
    assert charged(desk) == 0
    assert len(refusals(app)) == 1
    seen_by(app, ADA).button(key="look_up").click().run()
    app.button(key="confirm_look_up").click().run()
    assert charged(desk) == 1


def test_a_look_up_is_not_resumed_once_the_right_is_taken_away(desk: Desk) -> None:
    """It ended early; its Resume was drawn for somebody who might spend."""
    app = open_review(ADA, NUMBER)
    desk.sandbox.switch(inject="67200005:1")  # type: ignore[union-attr]
    app.button(key="look_up").click().run()
    assert charged(desk) == 0
    assert not app.run().button(key="resume").disabled
    click_as(app, "resume", ADA_WHO_MAY_LOOK)
    assert charged(desk) == 0
    assert len(refusals(app)) == 1
    click_as(app.run(), "resume", ADA_WHO_MAY_LOOK)
    assert app.button(key="resume").disabled
    assert charged(desk) == 0
    click_as(seen_by(app, ADA), "resume", ADA)
    assert charged(desk) == 1


def test_what_may_have_been_charged_is_bought_again_only_by_who_may(desk: Desk) -> None:
    """The question about it cannot be answered by a viewer, who is not sent to the Usage page for it either."""
    app = open_review(ADA, NUMBER)
    desk.sandbox.switch(inject="500:1")  # type: ignore[union-attr]
    app.button(key="look_up").click().run()
    before = charged(desk)
    assert not app.run().button(key="buy_again").disabled
    click_as(app, "buy_again", ADA_WHO_MAY_LOOK)
    assert len(refusals(app)) == 1
    assert app.button(key="buy_again").disabled
    assert "Decide on the Usage page" not in words(app)
    click_as(app, "buy_again", ADA_WHO_MAY_LOOK)
    assert charged(desk) == before
    click_as(seen_by(app, ADA), "buy_again", ADA)
    assert charged(desk) == before + 1


def test_a_click_that_the_guard_has_stopped_is_not_made_up_for_later(desk: Desk) -> None:
    """Whoever comes back to the tab after more than a minute presses once more."""
    interrupt(desk, ADA, OTHER)
    app = open_review(ADA)
    app.session_state["visitor"] = None  # as where the guard ends the page: nothing below it runs
    app.button(key="take_up_run-1").click().run()
    action, at = app.session_state[ASKED_FOR]
    app.session_state[ASKED_FOR] = (action, at - 61)
    seen_by(app, ADA)
    assert charged(desk) == 0
    assert [record.run for record, _ in desk.lookups.interrupted(ADA.name)] == ["run-1"]


def test_an_example_is_not_looked_up_by_a_viewer(desk: Desk) -> None:
    """It fills the box, and the button cannot be pressed."""
    app = open_review(viewer("vic@example.com"))
    app.button(key=f"example_{NUMBER}").click().run()
    assert app.text_area(key="box").value == NUMBER
    assert charged(desk) == 0
    assert refusals(app) == []


def test_a_walled_off_workspace_is_named_with_what_it_means(desk: Desk) -> None:
    """It may pay again for what others hold."""
    del desk
    app = open_review(Person("ada", may_spend=True, workspace="merger_1"))
    assert "walled-off workspace merger\\_1" in words(app)
    assert "may pay again" in words(app)
    assert "walled-off" not in words(open_review(ADA))


# The Usage page


def test_what_is_in_doubt_is_not_decided_once_the_right_is_taken_away(desk: Desk) -> None:
    """Neither from a question left open, nor by a forged click; an administrator is named as who can."""
    may_charge(desk.store, "call-1", "US1", user=ADA.name)
    app = select(open_page(ADA, "usage"), "Why", 0)
    app.button(key="close_not_charged").click().run()
    app.text_input(key="closing_note").set_value("statement")
    click_as(app, "confirm_closing", ADA_WHO_MAY_LOOK)
    assert "Nothing was changed" in app.error[0].value
    assert "ask an administrator" in words(app)
    assert app.button(key="close_not_charged").disabled
    assert desk.store.totals().ever.uncertain == 1


def test_a_viewer_reads_on_the_usage_page_what_may_be_done(desk: Desk) -> None:
    """Why there is nothing of theirs; no file of answers is asked for."""
    del desk
    app = open_page(viewer("vic@example.com"), "usage")
    assert ADVICE in words(app)
    assert [each.label for each in app.expander] == []
    assert ADVICE not in words(open_page(ADA, "usage"))
