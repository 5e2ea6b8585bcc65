"""What the actions say in sentences, below the summary: each with a button to its page, the unread ones among them."""

from streamlit.testing.v1 import AppTest

from components.prosecution import read_history
from components.ui.review.inside.contents import InsideOfFiles
from components.ui.review.inside.said_view import said_in_words
from tests.content.papers import HISTORY, a_file
from tests.exports.inside import LISTED
from tests.prosecution.conftest import make_history


def test_an_action_that_nobody_has_read_is_said() -> None:
    """It is listed, and no paper of it was read."""
    documents = read_history(make_history(list(LISTED), apno=HISTORY)).documents
    said = said_in_words(InsideOfFiles(tuple(a_file())), documents)
    texts = [sentence.text for sentence in said[HISTORY]]
    assert texts[0].startswith("The non-final action of 12 Mar 2018 rejects claims 1–9 under 103 (Jung)")
    assert "The non-final rejection of 1 Aug 2019 was not read: It is not read inside yet." in texts


def test_without_a_read_paper_nothing_is_said() -> None:
    """The summary stays as it was."""
    documents = read_history(make_history(list(LISTED), apno=HISTORY)).documents
    assert said_in_words(InsideOfFiles(), documents) == {}


def _page() -> None:
    from dataclasses import replace

    from components.prosecution import read_history
    from components.ui.review.inside.contents import InsideOfFiles
    from components.ui.review.inside.said_view import draw_said
    from tests.content.papers import HISTORY, JUNG, a_file, action, ground
    from tests.exports.inside import LISTED
    from tests.prosecution.conftest import make_history

    documents = read_history(make_history(list(LISTED), apno=HISTORY)).documents
    evil = ground("103", (1,), 3, replace(JUNG, name="[x](https://evil.example)"))
    first = replace(a_file()[0], content=action(grounds=(evil,)))
    read = InsideOfFiles((first, *a_file()[1:]))
    draw_said(read, documents, numbers={HISTORY: "US 1", "EP1": "EP 1"}, offices={HISTORY: "US", "EP1": "EP"})


def test_each_sentence_has_a_button_to_its_page() -> None:
    """Its words stay words."""
    page = AppTest.from_function(_page).run()
    assert not page.exception
    labels = [button.label for button in page.button]
    assert labels[0] == "p. 3"
    assert len(labels) == sum("said" in (button.key or "") for button in page.button)
    assert len(labels) > 5
    assert not any("](https" in text.value for text in page.markdown)
    assert [each.value for each in page.caption if "Not read inside" in each.value and "EP 1" in each.value]
