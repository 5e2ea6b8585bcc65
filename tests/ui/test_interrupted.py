"""A look-up that was interrupted is offered again on the Review page."""

from streamlit.testing.v1 import AppTest

from components.desk import Desk
from tests.ui.conftest import open_app


def interrupt(desk: Desk, *numbers: str) -> None:
    """Leave behind a look-up that its process could not finish."""
    desk.store.begin_look_up("run-1", user="local", numbers=[(number, number) for number in numbers])
    desk.store.end_look_up("run-1", state="interrupted")


def text_of(app: AppTest) -> str:
    """All text of the page, without the marks that keep it from being read as markdown."""
    return "\n".join(element.value for element in app.markdown).replace("\\", "")


def test_its_rest_is_taken_up_at_the_price_on_the_button(desk: Desk) -> None:
    """One click fills the box, begins the look-up and ends the offer."""
    interrupt(desk, "US10765880B2", "EP1000000B1")
    app = open_app()
    assert "the look-up of 2 numbers begun on" in text_of(app)
    button = app.button(key="take_up_run-1")
    assert button.label == "Take up 2 · 2 charged"
    button.click().run()
    assert not app.exception
    assert app.text_area(key="box").value == "US10765880B2\nEP1000000B1"
    assert desk.lookups.interrupted("local") == []


def test_a_price_that_must_be_confirmed_is_not_paid_by_it(desk: Desk) -> None:
    """Above the threshold of the settings its numbers are shown, and the usual button asks."""
    interrupt(desk, *(f"US{number}B2" for number in range(9_800_001, 9_800_031)))
    app = open_app()
    assert [button.key for button in app.button if str(button.key).startswith("take_up")] == []
    assert "The rest: 30 charged." in text_of(app)
    app.button(key="show_run-1").click().run()
    assert app.button(key="look_up").label == "Look up 30 · 30 charged"


def test_it_can_be_dismissed(desk: Desk) -> None:
    """Who wants to hear no more of it is not asked again."""
    interrupt(desk, "US10765880B2")
    app = open_app()
    app.button(key="dismiss_run-1").click().run()
    assert desk.lookups.interrupted("local") == []
    assert desk.sandbox is not None
    assert desk.sandbox.billing.calls == 0
