"""Tables on the page: what was read of a file or of pasted cells, and what was left."""

import pytest

from components.ui.escape import escape_markdown
from components.ui.state import NUMBERS_TEXT, UPLOADED_LIST
from tests.ui.conftest import open_app

GOOGLE = b"""search URL:,https://patents.google.com/?q=gripper
id,title,result link
US-10765880-B2,"Gripper, soft",https://patents.google.com/patent/US10765880B2/en
EP-1000000-B1,Pump,https://patents.google.com/patent/EP1000000B1/en
"""


@pytest.mark.usefixtures("desk")
def test_the_page_says_which_column_of_a_file_was_read() -> None:
    """An export of Google Patents gives its rows, once each; the links beside them are said to be left."""
    app = open_app()
    app.session_state[UPLOADED_LIST] = ("gp-search.csv", GOOGLE)
    app.run()
    said = "The numbers were read from “id”. “result link” was not read: it names the same patents."
    assert escape_markdown(said) in [box.value for box in app.info]
    assert any("2 numbers: 2 to be charged" in caption.value for caption in app.caption)


@pytest.mark.usefixtures("desk")
def test_the_page_says_which_column_of_pasted_cells_was_read() -> None:
    """The application beside a patent is not bought again; headings are shown as text, whatever they hold."""
    app = open_app()
    app.text_area(key=NUMBERS_TEXT).set_value(
        "Patent No.\tApp. No.\t**Mine**\n7,654,321\t14/706,838\tEP1000000B1\n"
    ).run()
    said = "“App. No.” was not read: it names the same patents. “**Mine**” was not read, though"
    assert len([box for box in app.info if escape_markdown(said) in box.value]) == 1
    assert any(" · to be charged" in chip.value for chip in app.markdown)


@pytest.mark.usefixtures("desk")
def test_a_table_without_patent_numbers_is_refused_on_the_page() -> None:
    """Nothing of it is offered for a look-up."""
    app = open_app()
    app.session_state[UPLOADED_LIST] = ("families.csv", b"Docket,Family members\nP1,US7654321B2\n")
    app.run()
    assert len(app.error) == 1
    assert "Give the column of patent numbers the heading" in app.error[0].value
