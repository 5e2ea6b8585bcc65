"""Exploring a history: reading lists, order, ticks, notes and the reader, on a real file history."""

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from components.desk import Desk
from components.lookups import LOCAL_USER
from components.ui.state import OPEN_PAPER, READING_LIST, TICKED
from tests.ui.conftest import in_popover, open_app
from tests.ui.test_pages import look_up, table, words

NUMBER, KEY = "US10765880B2", "US14/412875"


@pytest.fixture
def desk_with_history(desk: Desk) -> Desk:
    """A desk that holds one file history of 184 documents."""
    look_up(desk, NUMBER)
    return desk


def listed(app: AppTest) -> pd.DataFrame:
    """The table of documents."""
    found = table(app, "Date (sent/received)")
    assert isinstance(found, pd.DataFrame)
    return found


def test_a_reading_list_in_the_address_is_drawn(desk_with_history: Desk) -> None:
    """The file of 14/412,875 has one paper of an interview, the examiner's summary, dated 27 April 2020."""
    del desk_with_history
    app = open_app(patents=NUMBER, list="interviews")
    found = listed(app)
    assert found["Code"].tolist() == ["EXIN"]
    assert [str(day.date()) for day in found["Date (sent/received)"]] == ["2020-04-27"]
    assert "184 of 184 documents" in words(app)


def test_an_unknown_reading_list_is_everything(desk_with_history: Desk) -> None:
    """An address may say anything."""
    del desk_with_history
    assert len(listed(open_app(patents=NUMBER, list="secrets", group="x", axis="y", hide="Nothing"))) == 184


def test_one_round_is_listed_alone(desk_with_history: Desk) -> None:
    """The filter takes a round by its number."""
    del desk_with_history
    app = open_app(patents=NUMBER, round="2")
    assert set(listed(app)["Round"]) == {2}
    assert len(listed(app)) == 31


def test_a_grouped_table_names_each_group_once(desk_with_history: Desk) -> None:
    """As in an outline: the first row of each of the six rounds and of what is outside them."""
    del desk_with_history
    app = open_app(patents=NUMBER, group="round", order="oldest")
    groups = listed(app)["Group"]
    numbers = [name.split(" · ")[0] for name in groups if name]
    assert numbers == ["1", "2", "3", "6", "7", "8", "Outside the rounds"]


def test_hidden_columns_are_not_drawn(desk_with_history: Desk) -> None:
    """Columns can be hidden, and the address keeps it."""
    del desk_with_history
    app = open_app(patents=NUMBER, hide="Side,Category")
    assert "hide" in app.query_params
    order = next(element for element in app.dataframe if "PDF" in element.value.columns).proto.column_order
    assert "Description" in order
    assert "Side" not in order


def test_a_chosen_document_opens_in_the_reader(desk_with_history: Desk) -> None:
    """The reader says what the paper is, of which round, and where it stands in the list."""
    del desk_with_history
    text = words(open_app(patents=NUMBER, doc=f"{KEY} 20190412-CTNF-1"))
    assert "Non\\-Final Rejection" in text
    assert "round 6: Non\\-final rejection of 12 Apr 2019, answered 14 Oct 2019" in text
    assert "of 184 listed" in text


def test_next_walks_in_the_order_of_the_list(desk_with_history: Desk) -> None:
    """From one rejection to the next in a list of rejections, oldest first, and no further than the last."""
    del desk_with_history
    app = open_app(patents=NUMBER, codes="CTNF,CTFR", order="oldest", doc=f"{KEY} 20161025-CTNF-1")
    walked = [app.session_state[OPEN_PAPER][1]]
    while not app.button(key="next_document").disabled:
        app.button(key="next_document").click().run()
        walked.append(app.session_state[OPEN_PAPER][1])
    assert walked == ["20161025-CTNF-1", "20170809-CTFR-1", "20190412-CTNF-1", "20200117-CTFR-1"]


def test_a_tick_and_a_note_are_kept_for_the_user_alone(desk_with_history: Desk) -> None:
    """What is ticked and noted in the reader is in the store under this user's name, and in the table."""
    app = open_app(patents=NUMBER, doc=f"{KEY} 20190412-CTNF-1")
    app.checkbox(key=f"read_{KEY}_20190412-CTNF-1").check().run()
    app.text_input(key=f"note_{KEY}_20190412-CTNF-1").set_value("= compare claim 1").run()
    mark = desk_with_history.store.marks(LOCAL_USER, [KEY])[KEY, "20190412-CTNF-1"]
    assert (mark.read, mark.note) == (True, "= compare claim 1")
    assert desk_with_history.store.marks("somebody@example.com", [KEY]) == {}
    rows = listed(app)
    assert rows[rows["Note"] != ""]["Code"].tolist() == ["CTNF"]
    assert "note" not in "".join(app.query_params)


def test_ticks_survive_a_filter_that_hides_them(desk_with_history: Desk) -> None:
    """They are ids, not positions; what is taken away is what is ticked."""
    del desk_with_history
    app = open_app(patents=NUMBER)
    app.session_state[TICKED] = frozenset({(KEY, "20190412-CTNF-1"), (KEY, "20161025-CTNF-1")})
    app.run()
    in_popover(app.multiselect, "filter_codes").set_value(["CTFR"]).run()
    assert "**2 ticked**" in words(app)
    assert "the 2 documents ticked" in words(app)
    in_popover(app.multiselect, "filter_codes").set_value([]).run()
    rows = app.session_state["documents"]["selection"]["rows"]
    assert sorted(listed(app)["Date (sent/received)"].iloc[rows].dt.strftime("%Y-%m-%d")) == [
        "2016-10-25",
        "2019-04-12",
    ]
    app.button(key="mark_read").click().run()
    assert listed(app)["Read"].sum() == 2


def test_no_open_date_makes_no_calendar(desk_with_history: Desk) -> None:
    """The button says why: the application is granted."""
    del desk_with_history
    app = open_app(patents=NUMBER)
    button = next(element for element in app.get("download_button") if element.proto.label == "Calendar")
    assert button.proto.disabled
    assert "No computed date is open" in button.proto.help


def test_a_filter_outlasts_a_reading_list_that_has_nothing_for_it(desk_with_history: Desk) -> None:
    """Interviews have no rejection among them; back at everything, the code and the dates are still chosen."""
    del desk_with_history
    app = open_app(patents=NUMBER, codes="CTNF", list="interviews", to="2022-11-15")
    assert "**0** listed" in words(app)
    app.selectbox(key=READING_LIST).set_value("everything").run()
    assert listed(app)["Code"].tolist() == ["CTNF", "CTNF"]
    assert app.query_params["to"] == "2022-11-15"


def test_other_numbers_close_the_paper_that_was_open(desk_with_history: Desk) -> None:
    """What was open in a file that is not on the screen any more is not in the address either."""
    look_up(desk_with_history, "US10000000B2")
    app = open_app(patents=NUMBER, doc=f"{KEY} 20190412-CTNF-1", events=f"{KEY} 20190412-CTNF-1")
    app.text_area(key="box").set_value("US10000000B2").run()
    assert app.query_params["patents"] == "US10000000B2"
    assert not {"doc", "events"} & set(app.query_params)
    assert len(listed(app)) == 75
