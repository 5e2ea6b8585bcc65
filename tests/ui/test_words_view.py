"""The view "In their own words": quotes by kind and ground, and what it means that there are none."""

from datetime import date
from typing import Any

from streamlit.testing.v1 import AppTest

from components.content.records import DatedContent, Interview, PaperContent, PaperKind, Quote, Statement, StatementKind
from components.histories import PaperRef
from components.page_texts import Box
from components.ui.review.inside.words_view import nothing_said, shown_statement, statements_shown

HISTORY = "US10/999999"
LINE = Box(0.1, 0.2, 0.8, 0.22)


def statement(kind: StatementKind, words: str, statute: str = "", **more: Any) -> Statement:
    """Return a statement of a paper."""
    return Statement(f"{kind} {words}", kind, Quote(words, 2, (LINE,), 91), statute=statute, confidence=91, **more)


def paper(place: int, kind: PaperKind, *statements: Statement, **more: Any) -> DatedContent:
    """Return a paper of the file."""
    names = {"allowance": "Notice of allowance", "remarks": "Remarks", "action": "Non-final rejection"}
    content = PaperContent(kind, statements=statements, engines=("Tesseract 5.3.0",), confidence=90, **more)
    ref = PaperRef(HISTORY, f"2010010{place}-X-1")
    return DatedContent(ref, date(2010, 1, place), "X", names[kind], 1, place, content)


PAPERS = [
    paper(
        1,
        "remarks",
        statement("remark", "The rejection is traversed.", "103", note="traverses", telling=2),
        statement("estoppel", "Dalby lacks [a lid](https://example.com).", "103", note="does not teach", telling=6),
        statement("estoppel", "The lid is limited to felt.", "112(b)", note="is limited to", telling=8),
        interview=Interview(date(2010, 1, 1), ("Ann Brown",), "not agreed"),
    ),
    paper(2, "allowance", statement("reason for allowance", "No art shows a lid.", claims=(1, 2), telling=9)),
    paper(3, "allowance"),
]  # fmt: skip


def test_statements_stand_by_kind_in_a_fixed_order() -> None:
    """An interview is shown although nobody quotes anything of it."""
    shown = statements_shown(PAPERS)
    assert {kind: sum(len(said) for _, said in papers) for kind, papers in shown.items()} == {
        "reason for allowance": 1,
        "interview": 0,
        "estoppel": 2,
        "remark": 1,
    }
    assert list(shown) == ["reason for allowance", "interview", "estoppel", "remark"]


def test_statements_are_chosen_by_kind_and_by_the_ground_that_they_answer() -> None:
    """Both together."""
    ((_, said),) = statements_shown(PAPERS, kind="estoppel", ground="112(b)")["estoppel"]
    assert [each.note for each in said] == ["is limited to"]
    assert statements_shown(PAPERS, kind="interview", ground="103") == {}


def test_a_statement_says_what_makes_it_tell() -> None:
    """And which ground it answers, which claims it names, and how surely it was read."""
    shown = shown_statement(statement("estoppel", "x", "103", claims=(1, 2, 4), note="is limited to"))
    assert (shown.words, shown.confidence) == ("Is limited to · answers 103 · names claims 1-2, 4", 91)


def test_what_is_not_said_and_what_is_not_read_are_told_apart() -> None:
    """A notice without reasons says so; a file of which nothing is read does not look like it."""
    assert list(nothing_said(PAPERS, is_filtered=False, shown=True)) == [
        "Notice of allowance of 3 Jan 2010: no reasons for allowance were found in it."
    ]
    assert list(nothing_said([], is_filtered=False, shown=False)) == [
        "Nothing is read in this file so far, so it is not known what was said in it."
    ]
    assert list(nothing_said(PAPERS[:1], is_filtered=True, shown=False)) == ["None of this kind."]


def view(papers: list[object], offices: dict[str, str]) -> None:
    """Draw the view as the tab does; Streamlit's harness runs the text of this function by itself."""
    from types import SimpleNamespace

    import pandas as pd

    from components.ui.review.inside.viewed_files import ViewedFiles
    from components.ui.review.inside.words_view import draw_words

    reviewed: Any = SimpleNamespace(
        headlines=[SimpleNamespace(key=key) for key in offices],
        numbers={key: key for key in offices},
        tables=SimpleNamespace(
            histories=pd.DataFrame({"history": list(offices), "office": list(offices.values())}),
            documents=pd.DataFrame({"history": [], "id": [], "code": [], "description": []}, dtype="str"),
        ),
    )
    desk: Any = SimpleNamespace()
    read: Any = papers
    draw_words(ViewedFiles(desk, read, reviewed, {}, "ada"))


def words_of(app: AppTest) -> str:
    """Return all that is drawn as text."""
    return "\n".join(each.value for kind in ("markdown", "caption") for each in app.get(kind))


def test_the_view_draws_quotes_with_their_pages_and_nothing_of_them_is_markup() -> None:
    """The most telling first; read by which engine; each can be marked."""
    app = AppTest.from_function(view, args=(PAPERS, {HISTORY: "US"})).run()
    assert not app.exception
    words = words_of(app)
    assert words.index("Is limited to") < words.index("Does not teach")
    assert "](https" not in words
    assert "Tesseract 5\\.3\\.0\\, 90 % confidence" in words.replace("\\%", "%")
    assert "1 Jan 2010 · Ann Brown · not agreed" in words
    assert [button.label for button in app.button].count("p. 2") == 4
    assert [button.label for button in app.button].count("Wrong") == 4


def test_other_offices_and_files_without_a_read_paper_say_so() -> None:
    """Neither looks like silence."""
    app = AppTest.from_function(view, args=([], {"US1": "US", "EP1": "EP"})).run()
    words = words_of(app)
    assert "Nothing is read in this file so far" in words
    assert "Not read inside" in words
