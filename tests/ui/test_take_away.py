"""Which documents are taken away: those that are ticked, or else those that are listed."""

import hashlib
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from components.desk import Desk
from components.page_texts import Box, PageText, Word
from components.prosecution import Tables
from components.ui.review.downloads import documents_to_take, selected_in_words
from components.ui.review.text_to_take import size_in_words
from components.ui.state import SEARCHABLE_PDF
from tests.ui.conftest import open_app, recording_of
from tests.ui.test_pages import look_up

KEY = "US14/412875"
PAPERS = recording_of("US14412875").documents
NON_FINALS = frozenset({(KEY, "20161025-CTNF-1"), (KEY, "20190412-CTNF-1")})


def rejections(file: Tables) -> pd.DataFrame:
    """The four rejections, newest first."""
    rows = file.documents[file.documents["code"].isin(["CTNF", "CTFR"])]
    return rows.sort_values("date", ascending=False).reset_index(drop=True)


def test_without_a_tick_what_is_listed_is_taken(file: Tables) -> None:
    """All of it, in the order of the list."""
    listed = rejections(file)
    rows = documents_to_take(file.documents, listed, frozenset())
    assert rows["id"].tolist() == ["20200117-CTFR-1", "20190412-CTNF-1", "20170809-CTFR-1", "20161025-CTNF-1"]
    assert selected_in_words(rows, listed) == "4 documents listed"
    assert selected_in_words(listed.head(1), listed.head(2)) == "1 document ticked"


def test_just_what_is_ticked_is_taken_in_the_order_of_the_list(file: Tables) -> None:
    """Two of four."""
    listed = rejections(file)
    rows = documents_to_take(file.documents, listed, NON_FINALS)
    assert rows["id"].tolist() == ["20190412-CTNF-1", "20161025-CTNF-1"]
    assert selected_in_words(rows, listed) == "2 documents ticked"


def test_what_is_ticked_and_hidden_is_taken_after_what_is_listed(file: Tables) -> None:
    """In the order of the file."""
    listed = rejections(file)
    finals = listed[listed["code"] == "CTFR"]
    ticks = NON_FINALS | {(KEY, "20170809-CTFR-1")}
    assert documents_to_take(file.documents, finals, ticks)["id"].tolist() == [
        "20170809-CTFR-1", "20161025-CTNF-1", "20190412-CTNF-1",
    ]  # fmt: skip
    nothing = listed.iloc[:0]
    rows = documents_to_take(file.documents, nothing, NON_FINALS)
    assert rows["id"].tolist() == ["20161025-CTNF-1", "20190412-CTNF-1"]
    assert selected_in_words(rows, nothing) == "2 documents ticked"


def test_a_tick_in_another_file_takes_nothing_from_this_one(file: Tables) -> None:
    """It is still ticked when that file is shown again; here the list is taken as if nothing were."""
    listed = rejections(file)
    rows = documents_to_take(file.documents, listed, frozenset({("US14/643719", "20161025-CTNF-1")}))
    assert selected_in_words(rows, listed) == "4 documents listed"


def test_nothing_listed_and_nothing_ticked_is_nothing(file: Tables) -> None:
    """And is said as such; 184 are said as such too."""
    nothing = file.documents.iloc[:0]
    assert selected_in_words(documents_to_take(file.documents, nothing, frozenset()), nothing) == "0 documents listed"
    whole = documents_to_take(file.documents, file.documents, frozenset())
    assert selected_in_words(whole, file.documents) == f"{len(PAPERS)} documents listed"


@pytest.fixture
def read_desk(desk: Desk) -> Desk:
    """A desk that holds that file, with its first non-final rejection kept and read from its picture."""
    look_up(desk, "US10765880B2")
    pdf = b"%PDF-1.7" + bytes(2_000_000)
    desk.store.keep_pdf(KEY, "20161025-CTNF-1", pdf)
    digest = hashlib.sha256(pdf).hexdigest()
    desk.store.texts.begin(KEY, "20161025-CTNF-1", digest, pages=1)
    words = (Word("Rejected", Box(0.1, 0.1, 0.2, 0.12), 0, 91),)
    desk.store.texts.keep(digest, PageText(1, "read", "Tesseract 5.3.0", "eng", words))
    return desk


def test_the_size_of_one_pdf_is_told_before(read_desk: Desk) -> None:
    """One of two PDFs is kept and read: so much at least, with its text and without."""
    del read_desk
    app = open_app(patents="US10765880B2", codes="CTNF")
    captions = [caption.value for caption in app.caption]
    assert "One PDF · more than 2.0 MB, of which 0.1 MB text; 1 PDF not fetched before" in captions
    app.checkbox(SEARCHABLE_PDF).uncheck().run()
    captions = [caption.value for caption in app.caption]
    assert "One PDF · more than 2.0 MB, without text; 1 PDF not fetched before" in captions


def test_what_was_read_can_be_saved_as_text(read_desk: Desk) -> None:
    """Where something of the selection was read; else the button says that nothing was."""
    del read_desk
    button = saved_as(open_app(patents="US10765880B2", codes="CTNF"), "Text")
    assert (button.disabled, button.help) == (False, "What 1 document of 2 say on 1 page, as far as read")
    app = open_app(patents="US10765880B2", codes="CTFR")
    button = saved_as(app, "Text")
    assert (button.disabled, button.help) == (True, "None of these papers was read inside so far")
    assert not [box for box in app.checkbox if box.key == SEARCHABLE_PDF]


def saved_as(app: AppTest, label: str) -> Any:
    """The button that saves a file of this kind."""
    return next(element.proto for element in app.get("download_button") if element.proto.label == label)


@pytest.mark.parametrize(
    ("pdfs", "text", "unknown", "words"),
    [
        (11_700_000, 300_000, 0, "One PDF · about 12.0 MB, of which 0.3 MB text"),
        (11_700_000, 0, 0, "One PDF · about 11.7 MB, without text"),
        (1_234_000_000, 4_000, 1, "One PDF · more than 1,234.0 MB, of which 0.1 MB text; 1 PDF not fetched before"),
        (0, 3_200, 1_200, "One PDF · more than 0.1 MB, of which 0.1 MB text; 1,200 PDFs not fetched before"),
    ],
)
def test_sizes_are_told_in_megabytes(pdfs: int, text: int, unknown: int, words: str) -> None:
    """All together, and the text of it; what is not known is said."""
    assert size_in_words(pdfs, text, unknown=unknown) == words
