"""Each page, run whole: what it shows, what it survives, and that opening it never spends."""

import time
import tomllib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from components.desk import Desk
from components.numbers import parse
from components.ui.address import PARAMETERS
from tests.conftest import ROOT
from tests.ui.conftest import open_app

PAGES = ("review", "portfolio", "usage", "glossary")
TYPED = "US11205304B2, cn101234567a, 14/412,875, US 10,000,000 B2; us10000000"


def look_up(desk: Desk, text: str) -> None:
    """Fetch histories as the worker does, to its end."""
    job = desk.lookups.start(desk.lookups.plan(parse(text)))
    assert job.wait(30).state == "finished"


def button(app: AppTest) -> str:
    """What the button that spends says."""
    return app.button(key="look_up").label


def words(app: AppTest) -> str:
    """All text of a page."""
    return "\n".join(str(element.value) for element in (*app.markdown, *app.caption, *app.subheader, *app.title))


def table(app: AppTest, column: str) -> object:
    """The table that has this column."""
    return next(element.value for element in app.dataframe if column in element.value.columns)


def test_an_empty_page_invites(desk: Desk) -> None:
    """Four examples, a box and a button without a price."""
    app = open_app()
    assert button(app) == "Look up"
    assert len([element for element in app.button if str(element.key).startswith("example_")]) == 4
    assert desk.sandbox is not None
    assert desk.sandbox.billing.calls == 0


def test_what_was_typed_is_told_apart_before_anything_is_spent(desk: Desk) -> None:
    """Understood, refused with the reason, understood, understood, doubled; and the price on the button."""
    app = open_app()
    app.text_area(key="box").set_value(TYPED).run()
    assert button(app) == "Look up 3 · 2 to 3 charged"
    text = words(app)
    assert "China" in text
    assert "doubled" in text
    assert desk.sandbox is not None
    assert desk.sandbox.billing.calls == 0


def test_a_click_looks_up_and_shows_the_file(desk: Desk) -> None:
    """One click, one charge; then the facts, the timeline and all 184 documents."""
    app = open_app()
    app.text_area(key="box").set_value("US10765880B2").run()
    app.button(key="look_up").click().run()
    end = time.monotonic() + 20
    while any(element.key == "look_up" for element in app.button) and time.monotonic() < end:
        app.run()
    assert "184 of 184 documents" in words(app)
    # Nothing is left to buy: the numbers are one line, and the box stands behind "Add numbers".
    assert [element.label for element in app.button if element.key == "remove_number_0"] == ["US 10\\,765\\,880 B2"]
    assert len(table(app, "PDF")) == 184  # type: ignore[arg-type]
    assert app.get("plotly_chart")
    assert desk.sandbox is not None
    assert desk.sandbox.billing.total == 1


def test_a_deep_link_draws_what_is_held_without_a_call(desk: Desk) -> None:
    """Numbers, codes and dates come from the address."""
    look_up(desk, "US10765880B2")
    calls = desk.sandbox.billing.calls  # type: ignore[union-attr]
    app = open_app(patents="US10765880B2", codes="CTNF,CTFR", **{"from": "2017-01-01", "to": "2019-12-31"})
    shown = table(app, "PDF")
    assert set(shown["Code"]) <= {"CTNF", "CTFR"}  # type: ignore[index]
    # The office's list of 14/412,875: a final of 2017-08-09 and a non-final of 2019-04-12 lie between these days.
    assert [str(day.date()) for day in shown["Date (sent/received)"]] == ["2019-04-12", "2017-08-09"]  # type: ignore[index]
    assert desk.sandbox.billing.calls == calls  # type: ignore[union-attr]


def test_a_deep_link_to_what_is_not_held_only_prefills(desk: Desk) -> None:
    """The price is stated; nothing is asked."""
    app = open_app(patents="US10765880B2,US10000000B2")
    assert button(app) == "Look up 2 · 2 charged"
    assert desk.sandbox.billing.calls == 0  # type: ignore[union-attr]


def test_several_patents_stand_on_one_timeline(desk: Desk) -> None:
    """US, EP and JP: one chart, a row of facts each, all documents in one table."""
    look_up(desk, "US10000000B2 EP1000000B1 JP6768620B2")
    app = open_app(patents="US10000000B2,EP1000000B1,JP6768620B2")
    assert len(app.get("plotly_chart")) == 1
    assert list(table(app, "Issue paper")["Patent"]) == ["US 10,000,000 B2", "EP 1 000 000 B1", "JP 6768620 B2"]  # type: ignore[index]
    assert "131 of 131 documents" in words(app)


@pytest.mark.usefixtures("desk")
def test_an_ambiguous_number_offers_a_choice() -> None:
    """11646472 can be a grant or an application; the choice makes it one."""
    app = open_app()
    app.text_area(key="box").set_value("11646472").run()
    assert button(app) == "Look up"
    choice = next(element for element in app.button_group if str(element.key).startswith("choice_"))
    assert len(choice.options) == 2
    choice.set_value("US11646472").run()
    assert button(app) == "Look up 1 · 1 charged"


def test_the_portfolio_lists_what_is_held(desk: Desk) -> None:
    """A row a history, with a link to Review; empty, it says where to begin."""
    assert "No file history" in words(open_app("portfolio"))
    look_up(desk, "US10765880B2 JP6768620B2")
    shown = table(open_app("portfolio"), "Review")
    assert sorted(shown["Review"]) == ["/?patents=JP6768620B2", "/?patents=US10765880B2"]  # type: ignore[index]


@pytest.mark.usefixtures("desk")
def test_the_glossary_finds_a_code_by_code_and_by_word() -> None:
    """`CTAV` is the advisory action, not a notice of abandonment."""
    app = open_app("glossary")
    app.text_input(key="glossary_find").set_value("ctav").run()
    found = table(app, "Meaning")
    assert any("Advisory" in name for name in found["Meaning"])  # type: ignore[index]
    app.text_input(key="glossary_find").set_value("no such word").run()
    assert len(table(app, "Meaning")) == 0  # type: ignore[arg-type]


@pytest.mark.usefixtures("desk")
def test_the_glossary_says_which_numbers_of_an_office_are_understood() -> None:
    """Each form with an example, what it is read as, and its source; China is told to be refused."""
    app = open_app("glossary")
    shown = table(app, "Example")
    assert {"US", "EP", "WO", "JP", "KR", "DE", "GB", "IN", "BR", "MX"} <= set(shown["Office"])  # type: ignore[index]
    assert set(shown["Read as"][shown["Office"] == "CN"]) == {"Refused"}  # type: ignore[index]
    app.selectbox(key="forms_office").set_value("IN · India").run()
    shown = table(app, "Example")
    assert "1234/DEL/2010" in set(shown["Example"])  # type: ignore[index]
    assert (set(shown["Office"]), all(shown["Source"])) == ({"IN"}, True)  # type: ignore[index]


@pytest.mark.parametrize("page", PAGES)
def test_opening_a_page_never_spends(desk: Desk, page: str) -> None:
    """Whatever stands in the address."""
    open_app(page, patents="US10765880B2,EP1000000B1", codes="CTNF", show="all", refresh="1", doc="US14/412875 x")
    assert desk.sandbox.billing.calls == 0  # type: ignore[union-attr]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(address=st.dictionaries(st.sampled_from(PARAMETERS), st.text(max_size=40)))
def test_no_address_breaks_the_page_or_spends(desk: Desk, address: dict[str, str]) -> None:
    """Nonsense in a link is left out."""
    open_app(**{"patents": "US10765880B2", **address})
    assert desk.sandbox.billing.calls == 0  # type: ignore[union-attr]


def test_a_link_may_name_what_a_file_does_not_have(desk: Desk) -> None:
    """A category, side or code without a document in this file filters nothing and breaks nothing."""
    look_up(desk, "JP6768620B2")
    app = open_app(patents="JP6768620B2", category="appeal_brief,allowance", side="third party", codes="CTNF")
    shown = table(app, "PDF")
    assert set(shown["Category"]) == {"Decision to grant"}  # type: ignore[index]


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("page", PAGES)
def test_the_version_stands_at_the_foot_of_every_page(page: str) -> None:
    """It is that of the project file."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert open_app(page).caption[-1].value == f"Prosecution Review {project['version']}"


def test_the_box_stays_where_it_is_while_somebody_types(desk: Desk) -> None:
    """After a look-up that brought nothing, a number that is held is typed: its file is drawn below the open box."""
    look_up(desk, "US10765880B2")
    app = open_app()
    app.text_area(key="box").set_value("US7654321B2").run()
    app.button(key="look_up").click().run()
    app.text_area(key="box").set_value("US7654321B2\nUS10765880B2").run()
    assert app.get("plotly_chart")
    assert [element.key for element in app.button if element.key == "look_up"] == ["look_up"]
    assert not [element.key for element in app.button if str(element.key).startswith("remove_number_")]
