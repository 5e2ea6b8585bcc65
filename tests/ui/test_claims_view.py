"""The view "Claims": a claim through its rounds, beside what it met; what is not read or not compared says so."""

from datetime import date
from typing import Any

from streamlit.testing.v1 import AppTest

from components.content.claims.claim_rounds import claim_rounds
from components.content.claims.claim_tree import claim_tree
from components.content.claims.compare import Piece
from components.content.records import Claim, ClaimSet, DatedContent, Ground, MarkedWords, PaperContent, Quote
from components.histories import PaperRef
from components.page_texts import Box
from components.ui.review.inside.claim_html import claim_html, tree_html
from components.ui.review.inside.claims_view import (
    choice_of_claims,
    notes_of_set,
    quote_with_marks,
    stages_of,
    state_of,
)

HISTORY = "US10/999999"
LINE = Box(0.1, 0.2, 0.8, 0.22)


def claim(number: int, text: str, status: str = "", depends_on: tuple[int, ...] = (), **more: Any) -> Claim:
    """A claim as one paper has it."""
    return Claim(f"claim {number}", number, status, text, Quote(text[:20], 1, (LINE,)), depends_on, **more)


def paper(place: int, content: PaperContent) -> DatedContent:
    """A paper of the file."""
    names = {"claims": "Claims", "action": "Non-final rejection"}
    ref = PaperRef(HISTORY, f"2010010{place}-X-1")
    return DatedContent(ref, date(2010, 1, place), "X", names[content.kind], 1, place, content)


FILED = ClaimSet((claim(1, "A box."), claim(2, "The box of claim 1.", depends_on=(1,))), "as filed")
AMENDED = ClaimSet(
    (
        claim(1, "A box <b>having</b> a lid.", "currently amended"),
        claim(2, "The box of claim 1.", "currently amended", (1,), marks_read=True),
    ),
    "1.121",
)
REJECTION = Ground("ground 103 1", "103", (1,), Quote("Claim 1 is rejected.", 3, (LINE,)))
PAPERS = [
    paper(1, PaperContent("claims", claims=FILED, engines=("Tesseract 5.3.0",), confidence=91)),
    paper(2, PaperContent("action", grounds=(REJECTION,))),
    paper(3, PaperContent("claims", claims=AMENDED)),
    paper(4, PaperContent("action", outcome="not read", why="It says “rejected”, and no ground was found.")),
]


def test_what_came_and_went_is_told_without_colour_and_nothing_is_markup() -> None:
    """Underlined and struck; text from outside stays text; a part of a word stands at its word."""
    html = claim_html(
        [
            Piece("same", "A box: cell"),
            Piece("added", "s", goes_on=True),
            Piece("struck", "<img src=x>;"),
            Piece("same", "end."),
        ],
        about='Claim "1"',
    )
    assert "A box:<br>cell<ins>s</ins> <del>&lt;img src=x&gt;;</del><br>end." in html
    assert 'aria-label="Claim &quot;1&quot;"' in html


def test_elements_of_a_claim_stand_in_lines_of_their_own() -> None:
    """As they are printed: "and" stands at the end of the line before the last."""
    html = claim_html([Piece("same", "A box: a lid; and"), Piece("added", "a key; or a lock.")], about="Claim 1")
    assert "A box:<br>a lid; and<br><ins>a key; or<br>a lock.</ins>" in html


def test_dependent_claims_stand_below_theirs() -> None:
    """Each list and each entry is closed."""
    claims = [claim(1, "A box."), claim(2, "x", depends_on=(1,)), claim(3, "x", depends_on=(2,)), claim(4, "A lid.")]
    html = tree_html(claim_tree(claims), lambda _: "<new>", chosen=3, about="Claims")
    assert html == (
        '<ul class="claim-tree" aria-label="Claims"><li><strong>1</strong> &lt;new&gt;'
        "<ul><li><strong>2</strong> &lt;new&gt;"
        '<ul><li aria-current="true">▸ <strong>3</strong> &lt;new&gt;</li></ul></li></ul></li>'
        "<li><strong>4</strong> &lt;new&gt;</li></ul>"
    )


def test_a_claim_is_chosen_from_the_tree() -> None:
    """Claims of actions alone come last."""
    labels = choice_of_claims(claim_tree(AMENDED.claims), (1, 2, 7))
    assert list(labels) == [1, 2, 7]
    assert labels[2] == "\u20032 · currently amended · The box of claim 1."
    assert labels[7] == "7 · not in the last set that is read"


def test_what_a_claim_met_stands_beside_the_set_that_met_it() -> None:
    """The rejection beside the claims as filed; the action that was not read beside the amended ones."""
    first, second = stages_of(claim_rounds(PAPERS, 1))
    assert first.of_set is not None
    assert first.of_set.dated is PAPERS[0]
    assert [met.grounds for met in first.met] == [(REJECTION,)]
    assert [met.dated.content.outcome for met in second.met] == ["not read"]


def test_the_passage_of_a_claim_marks_what_is_underlined() -> None:
    """On its own page only."""
    here, there = Box(0.3, 0.4, 0.5, 0.42), Box(0.1, 0.1, 0.2, 0.12)
    marks = (MarkedWords("added", "lid", 1, (here,)), MarkedWords("struck", "lock", 2, (there,)))
    assert quote_with_marks(claim(1, "A box having a lid.", marks=marks)).boxes == (LINE, here)


def test_a_set_says_with_what_it_is_compared_and_what_was_not_looked_at() -> None:
    """The page of claim 1 was not looked at for lines."""
    amended = claim_rounds(PAPERS, 1)[2]
    assert amended.claim is not None
    assert list(notes_of_set(amended, amended.claim)) == [
        "Compared with Claims of 1 Jan 2010.",
        "Its page was not looked at for lines under and through its words.",
    ]


def test_the_tree_says_how_each_claim_stands() -> None:
    """Status of the last set, and what the last action says of it."""
    one, two = claim_tree(AMENDED.claims)
    assert state_of(one, PAPERS[1]) == "currently amended · rejected: 103"
    assert state_of(two, PAPERS[1]) == "currently amended"


def view(papers: list[object], offices: dict[str, str]) -> None:
    """Draw the view as the tab does; Streamlit's harness runs the text of this function by itself."""
    from types import SimpleNamespace

    import pandas as pd

    from components.ui.review.inside.claims_view import draw_claims
    from components.ui.review.inside.viewed_files import ViewedFiles

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
    draw_claims(ViewedFiles(desk, read, reviewed, {}, "ada"))


def drawn(papers: list[DatedContent], **offices: str) -> AppTest:
    """The view of papers, run once."""
    app = AppTest.from_function(view, args=(papers, offices)).run()
    assert not app.exception
    return app


def words_of(app: AppTest) -> str:
    """All that is drawn as text."""
    return "\n".join(each.value for kind in ("markdown", "caption", "warning") for each in app.get(kind))


def test_the_view_draws_a_claim_beside_its_grounds() -> None:
    """What is from outside is escaped; what was not read says so."""
    app = drawn(PAPERS, **{HISTORY: "US"})
    assert app.selectbox[0].options == ["1 · currently amended · A box <b>having</b> a lid.",
                                        "\u20032 · currently amended · The box of claim 1."]  # fmt: skip
    html = "\n".join(each.proto.body for each in app.get("html"))
    assert "A box <ins>&lt;b&gt;having&lt;/b&gt; a lid.</ins>" in html
    words = words_of(app)
    assert "**103** · claim 1" in words
    assert "**Non\\-final rejection of 4 Jan 2010** · not read" in words


def test_a_disagreement_is_a_warning() -> None:
    """Claim 2 is said to be amended, and is not."""
    app = drawn(PAPERS, **{HISTORY: "US"})
    app.selectbox[0].select(2).run()
    assert [each.value for each in app.warning] == [
        "Marked\\, text unchanged\\: its status is “currently amended”\\, and no word came or went\\."
    ]


def test_nothing_read_and_other_offices_say_so() -> None:
    """Neither looks like a file without claims."""
    words = words_of(drawn([], US1="US", EP1="EP"))
    assert "No claim is read in this file so far" in words
    assert "Not read inside" in words
