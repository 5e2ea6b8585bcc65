"""The view "References": one table for all files, what is not known, and numbers that are put into the box."""

from datetime import date
from typing import Any

from streamlit.testing.v1 import AppTest

from components.content.records import (
    CitedIn,
    CitedReference,
    DatedContent,
    Ground,
    NamedReference,
    PaperContent,
    PaperKind,
    Quote,
)
from components.content.references.references import files_of, references_of
from components.histories import PaperRef
from components.page_texts import Box
from components.ui.review.inside.references_view import (
    found,
    numbers_to_look_up,
    of_choice,
    places_of,
    table_for_screen,
    unequal_note,
)
from components.ui.state import INTAKE_FOLDED, NUMBERS_TEXT

WORDS = Quote("words of the page", 2, (Box(0.1, 0.2, 0.8, 0.22),), 91)
NUMBERS = {"US1": "US 9,000,001 B2", "US2": "16/123,456", "US3": "17/123,456"}


def cited(cited_in: CitedIn, number: str, name: str, considered: bool | None = None) -> CitedReference:
    """Return a reference as a paper cites it."""
    return CitedReference(f"{cited_in} {number}", NamedReference(name, number), cited_in, WORDS, considered, 91)


def paper(history: str, kind: PaperKind, *references: CitedReference, grounds: tuple[Ground, ...] = ()) -> DatedContent:
    """Return a paper of a file."""
    content = PaperContent(kind, references=references, grounds=grounds)
    ref = PaperRef(history, f"20200101-{kind}-1")
    return DatedContent(ref, date(2020, 1, 1), kind, kind.title(), 1, 0, content)


DALBY = NamedReference("Dalby et al.", "US 5,123,456")
PAPERS = [
    paper("US1", "citations", cited("PTO-892", "US 5,123,456 A", "Dalby"), cited("IDS", "CN 101234567 A", "Li")),
    paper(
        "US1",
        "action",
        grounds=(Ground("g", "103", (1, 2), WORDS, references=(DALBY, NamedReference("Dalby"))),),
    ),
    paper("US2", "citations", cited("IDS", "CN 101234567 A", "Li", considered=False)),
]
SCREEN = files_of(PAPERS, files=NUMBERS)


def test_the_table_has_a_row_for_each_document_and_says_in_which_file_it_is_missing() -> None:
    """The third file is not read, so that nothing is said of it but that."""
    table = table_for_screen(references_of(PAPERS), SCREEN, NUMBERS)
    assert table.fillna("").to_dict("records") == [
        {
            "Number": "US 5,123,456 A",
            "Name": "Dalby",
            "Cited by": "examiner",
            "Against claims": "1-2",
            "Used in": "103 against claims 1-2 (Action of 1 Jan 2020)",
            "Where": "examiner's list (PTO-892); ground of rejection",
            "Cited in": "US 9,000,001 B2",
            "Not cited in": "16/123,456",
            "Not known in": "17/123,456",
        },
        {
            "Number": "CN 101234567 A",
            "Name": "Li",
            "Cited by": "applicant",
            "Against claims": "",
            "Used in": "",
            "Where": "applicant's list (1449, SB/08); lined through",
            "Cited in": "US 9,000,001 B2, 16/123,456",
            "Not cited in": "",
            "Not known in": "17/123,456",
        },
    ]


def test_references_are_chosen_and_found() -> None:
    """Signs of a number do not count."""
    references = references_of(PAPERS)
    names = ("used", "unequal", "lined")
    chosen = {name: [each.name for each in of_choice(references, name, SCREEN)] for name in names}
    assert chosen == {"used": ["Dalby"], "unequal": ["Dalby"], "lined": ["Li"]}
    assert [each.name for each in found(references, "us5123456 dal")] == ["Dalby"]
    assert found(references, "nobody") == []


def test_files_whose_lists_are_not_read_are_not_compared() -> None:
    """Which is said."""
    assert unequal_note(SCREEN, NUMBERS).startswith(
        "Compared: US 9,000,001 B2 and 16/123,456, all of whose lists are read. Not compared: 17/123,456,"
    )


def test_a_ground_that_names_a_reference_twice_is_one_place() -> None:
    """By number first, then by name."""
    dalby = references_of(PAPERS)[0]
    assert [(place.paper.code, place.cited_in) for place in places_of(dalby)] == [
        ("citations", "PTO-892"),
        ("action", "ground"),
    ]


def test_only_numbers_that_can_be_asked_for_are_put_into_the_box() -> None:
    """China's are not covered."""
    assert numbers_to_look_up(references_of(PAPERS)) == ["US 5,123,456 A"]


def box() -> None:
    """Draw the box and the button that fills it; Streamlit's harness runs the text of this function by itself."""
    import streamlit as st

    from components.ui.review.inside.references_view import put_into_box
    from components.ui.state import NUMBERS_TEXT

    st.text_area("Numbers", key=NUMBERS_TEXT)
    st.button("Put", on_click=put_into_box, args=(["US 9,000,001 B2", "US 5,123,456 A"],))


def test_numbers_are_added_to_the_box_once_and_the_box_is_unfolded() -> None:
    """What stands there stays: these are the files on the screen."""
    app = AppTest.from_function(box)
    app.session_state[NUMBERS_TEXT] = "US 9,000,001 B2\n"
    app.session_state[INTAKE_FOLDED] = True
    app.run()
    app.button[0].click().run()
    assert app.text_area[0].value == "US 9,000,001 B2\nUS 5,123,456 A"
    assert app.session_state[INTAKE_FOLDED] is False


def view(papers: list[object], numbers: dict[str, str]) -> None:
    """Draw the view as the tab does; Streamlit's harness runs the text of this function by itself."""
    from types import SimpleNamespace

    import pandas as pd

    from components.ui.review.inside.references_view import draw_references
    from components.ui.review.inside.viewed_files import ViewedFiles

    reviewed: Any = SimpleNamespace(
        headlines=[SimpleNamespace(key=key) for key in numbers],
        numbers=numbers,
        tables=SimpleNamespace(
            histories=pd.DataFrame({"history": list(numbers), "office": [key[:2] for key in numbers]}),
            documents=pd.DataFrame({"history": [], "id": [], "code": [], "description": []}, dtype="str"),
        ),
    )
    desk: Any = SimpleNamespace()
    read: Any = papers
    draw_references(ViewedFiles(desk, read, reviewed, {}, "ada"))


def words_of(app: AppTest) -> str:
    """Return all that is drawn as text."""
    return "\n".join(each.value for kind in ("markdown", "caption") for each in app.get(kind))


def test_the_view_draws_the_table_and_asks_for_ticks() -> None:
    """Its choices are those that have rows."""
    app = AppTest.from_function(view, args=(PAPERS, NUMBERS)).run()
    assert not app.exception
    assert len(app.dataframe[0].value) == 2
    assert app.segmented_control[0].options == ["All", "Used in grounds", "Not cited in every file", "Lined through"]
    assert "Tick references" in words_of(app)


def test_nothing_read_and_other_offices_say_so() -> None:
    """Neither looks like a file without references."""
    words = words_of(AppTest.from_function(view, args=([], {"US1": "US1", "EP1": "EP1"})).run())
    assert "it is not known what is cited in them" in words
    assert "EP1\\: Not read inside" in words
