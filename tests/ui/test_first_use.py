"""The empty page, the numbers that the app names as examples, and what is said where the sandbox lacks one."""

import ast
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from components.desk import Desk
from components.numbers import parse
from components.prosecution import read_history
from components.settings import Settings
from components.ui.review.first_use import EXAMPLES, where_numbers_go
from components.ui.review.first_use_picture import PICTURES, SHOWN, SIZE
from components.ui.state import OPEN_TAB
from tests.conftest import ROOT
from tests.sandbox.test_recordings import FOLDER
from tests.ui.conftest import open_app

NAMED = re.compile(
    r"\bUS \d{1,2},\d{3},\d{3} B[12]\b|\b\d\d/\d{3},\d{3}\b|\bEP \d \d{3} \d{3} B1\b|\b(?:US|EP|JP)\d{7,8}[AB]\d\b"
)
"""A number as the app writes it for people, or as the service does."""
TOLD_BY = ("ui", "lookups", "documents", "exports", "patsnap", "access", "store", "charts", "numbers/text")
"""Where in `components` there are words for people; the forms of the Glossary show spellings and say so."""


def words(app: AppTest) -> str:
    """All text of a page."""
    shown = (*app.markdown, *app.caption, *app.subheader, *app.code, *app.info, *app.warning)
    return "\n".join(str(element.value) for element in shown)


def texts_of(file: Path) -> Iterator[str]:
    """The texts in a module that are no docstrings."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare:
            yield node.value


def numbers_named_by_the_app() -> set[str]:
    """Each number that a text of the app or its README names."""
    files = [file for folder in TOLD_BY for file in (ROOT / "components" / folder).rglob("*.py")]
    texts = [text for file in files for text in texts_of(file)]
    texts.append((ROOT / "README.md").read_text(encoding="utf-8"))
    return {match[0] for text in texts for match in NAMED.finditer(text)}


def looked_up(desk: Desk, text: str) -> dict[str, str]:
    """What becomes of numbers when they are looked up: typed → outcome."""
    job = desk.lookups.start(desk.lookups.plan(parse(text)))
    return {outcome.typed: outcome.state for outcome in job.wait(30).outcomes}


def test_every_number_named_as_an_example_arrives(desk: Desk) -> None:
    """In texts of the app, in the box, in the examples and in the README: the sandbox has the file of each."""
    named = numbers_named_by_the_app()
    assert {"US 10,765,880 B2", "14/412,875", "EP 1 000 000 B1", "JP6768620B2", "US10902286B2"} <= named
    became = {number: list(looked_up(desk, number).values()) for number in sorted(named)}
    assert {number: states for number, states in became.items() if states not in (["fetched"], ["held"])} == {}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.label)
def test_one_click_on_an_example_brings_its_files(desk: Desk, example) -> None:  # type: ignore[no-untyped-def]
    """In the sandbox the click looks its numbers up, and the timeline stands there."""
    app = open_app()
    app.button(key=f"example_{example.numbers.replace(' ', '')}").click().run()
    count = len(example.numbers.split(","))
    assert desk.sandbox is not None
    for _ in range(100):
        if app.get("plotly_chart") and desk.sandbox.billing.total == count:
            break
        app.run()
    assert app.get("plotly_chart")
    assert desk.sandbox.billing.total == count


def test_the_example_that_is_read_inside_opens_that_tab(desk: Desk) -> None:
    """A click on it: the tab in which papers are read and searched is open, and the heading says that it is made up."""
    app = open_app()
    app.button(key="example_US20209999016A1").click().run()
    for _ in range(100):
        if app.get("plotly_chart"):
            break
        app.run()
    assert str(app.session_state[OPEN_TAB]).startswith("Inside")
    assert "Made up" in words(app)
    assert desk.store.resolve(["US20209999016A1"]) == {"US20209999016A1": "US99/999016"}


def test_the_made_up_application_reads_like_a_real_one(desk: Desk) -> None:
    """Granted after two actions, each answered in time, an RCE and an interview; no paper is left unclassified."""
    looked_up(desk, "US 2020/9999016 A1")
    [history] = desk.store.load(["US99/999016"]).values()
    tables = read_history(history)
    facts = tables.histories.iloc[0]
    assert facts["status"] == "Granted"
    counts = {name: int(facts[name]) for name in ("actions", "finals", "rces", "interviews", "ids_s1", "unclassified")}
    assert counts == {"actions": 2, "finals": 1, "rces": 1, "interviews": 1, "ids_s1": 1, "unclassified": 0}
    assert list(tables.rounds["outcome"]) == ["on time", "on time", "on time"]


def test_an_account_is_not_offered_the_made_up_application() -> None:
    """No office knows its number, so that a look-up with an account would be in vain."""
    assert [example.in_sandbox_only for example in EXAMPLES] == [False, False, False, True]


def test_the_empty_page_says_how_an_account_is_connected(desk: Desk) -> None:
    """It names the settings as README does, the file and the restart; what looking up costs, and where numbers go."""
    del desk
    text = words(open_app())
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for setting in ("PATSNAP_API_KEY", "PATSNAP_CLIENT_ID", "PATSNAP_CLIENT_SECRET", "PATSNAP_BASE_URL"):
        assert f"`{setting} = " in text
        assert f"`{setting}=" in readme
    assert "https://connect.zhihuiya.com" in text
    assert ".streamlit/secrets.toml" in text
    assert "Start the app again" in text
    assert "charged 1, and 1 more for each further 1,000 documents" in text
    assert "Nowhere." in text


def test_where_numbers_go_with_an_account(monkeypatch: pytest.MonkeyPatch) -> None:
    """To the host of the account, by a button alone; kept in a file here or in the database."""
    monkeypatch.delenv("REVIEW_STORE_URL", raising=False)
    here = where_numbers_go(Settings(patsnap_base_url="https://connect.example.com"), in_sandbox=False)
    assert "To PatSnap (connect\\.example\\.com), when you press" in here
    assert "on the machine on which the app runs" in here
    shared = Settings(review_store_url="postgresql+psycopg://ann:secret@db/review")  # type: ignore[arg-type]
    assert "in the database of this app" in where_numbers_go(shared, in_sandbox=False)
    assert "secret" not in where_numbers_go(shared, in_sandbox=False)


def test_where_the_sandbox_does_not_cover_a_number_it_says_what_it_holds(desk: Desk) -> None:
    """All thirteen applications, as numbers that can be copied into the box, and none before it was asked."""
    app = open_app()
    app.text_area(key="box").set_value("US 11,205,304 B2").run()
    assert "The sandbox holds" not in words(app)
    assert looked_up(desk, "US 11,205,304 B2") == {"US 11,205,304 B2": "not covered"}
    app.run()
    assert "13 applications and no others; US 2020\\/9999016 A1 is made up" in words(app)
    [listed] = [str(element.value) for element in app.code if "10,765,880" in str(element.value)]
    numbers = parse(listed)
    assert len(numbers) == len(list(FOLDER.glob("*.json"))) + 1 == 13
    assert set(looked_up(desk, listed).values()) == {"fetched"}


def test_pictures_are_small_and_of_the_size_that_the_page_reserves() -> None:
    """Two, one for each theme, sharp on fine screens; what they show is a file of the sandbox."""
    assert re.sub("[ ,]", "", SHOWN) == "US10765880B2"
    for path in PICTURES.values():
        data = path.read_bytes()
        assert len(data) < 60_000
        assert Image.open(BytesIO(data)).size == (2 * SIZE[0], 2 * SIZE[1])
