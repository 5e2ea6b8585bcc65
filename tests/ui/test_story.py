"""What the pages say of an examination: words with their sources, rounds, what is due, what the list lacks."""

import re

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from components.desk import Desk
from components.ui.review.document_table import fold_versions
from components.ui.review.reviewed import ReviewedHistories, history_in_words, reviewed_histories
from components.ui.review.rounds_table import rounds_for_screen
from tests.ui.conftest import open_app
from tests.ui.test_pages import look_up, table, words

pytestmark = pytest.mark.usefixtures("served")


def reviewed(desk: Desk, number: str) -> ReviewedHistories:
    """Look a number up and read its tables as the page does."""
    look_up(desk, number)
    return reviewed_histories(desk.tables, desk.documents.tokens, desk.tables.of(desk.store.headlines()))


def summary_of(app: AppTest) -> str:
    """The numbered sentences on a page."""
    return "\n".join(part.value for part in app.markdown if re.match(r"\d+\. ", str(part.value)))


def test_a_file_is_told_in_words_with_links_to_its_papers(desk: Desk) -> None:
    """US 10,765,880 B2: whose days, the yardsticks, the course in a line, and a summary whose links are documents."""
    look_up(desk, "US10765880B2")
    app = open_app(patents="US10765880B2")
    text = words(app).replace("\\", "")  # punctuation is escaped for markdown
    assert "1,208 days with the Office" in text
    assert "845 with the applicant" in text
    assert ":orange[first action after 21.7 months, yardstick 14]" in text
    assert "As of the last listed document, 22 Nov 2022, the application stands as granted" in text
    assert "as of 22 Nov 2022 · retrieved just now" in text
    assert "184 of 184 documents" in text
    assert any("Granted" in str(element.value) for element in app.markdown)
    links = re.findall(r"\]\((/documents/[^ )]+) ", summary_of(app))
    assert len(links) > 20


def test_what_a_list_lacks_is_said_with_the_paper(desk: Desk) -> None:
    """JP 6768620 B2 is a granted patent whose list ends before the grant."""
    look_up(desk, "JP6768620B2")
    text = words(open_app(patents="JP6768620B2"))
    assert "is of a granted patent" in text
    assert "](/documents/" in text


def test_rounds_stand_in_a_table_with_both_papers(desk: Desk) -> None:
    """Each action with its answer, the extension marked as computed or by petition, and links to both papers."""
    tables = reviewed(desk, "US10765880B2").tables
    rounds = rounds_for_screen(tables.rounds, tables.documents, {"US14/412875": "US 10,765,880 B2"})
    second = rounds[rounds["Date"] == pd.Timestamp("2017-08-09")].iloc[0]
    assert (second["Action"], second["Answer"], second["Outcome"]) == ("Final rejection", "", "Abandoned")
    assert "notice of abandonment of 23 Feb 2018" in second["Explanation"]
    extended = rounds[rounds["Extension"] != ""]
    assert extended["Extension"].tolist() == ["3 months (computed)", "3 months (petition)"]
    assert rounds["Action PDF"].str.startswith("/documents/").all()
    assert rounds.loc[rounds["Answer"] != "", "Answer PDF"].str.startswith("/documents/").all()


def test_an_original_and_its_translation_are_one_row_with_two_links(desk: Desk) -> None:
    """JP 2017-187096 lists 24 documents: 12 papers, each as original and translation."""
    documents = reviewed(desk, "JP6768620B2").tables.documents
    assert len(documents) == 24
    rows, originals = fold_versions(documents)
    assert originals is not None
    assert (len(rows), originals.notna().sum()) == (12, 12)
    assert set(rows["link"]) | set(originals) == set(documents["link"])
    assert not rows["code"].str.endswith("-JP").any()


def test_an_original_without_its_translation_keeps_its_row(desk: Desk) -> None:
    """A filter that leaves only originals hides none of them."""
    documents = reviewed(desk, "JP6768620B2").tables.documents
    only = documents[documents["code"].str.endswith("-JP")]
    rows, originals = fold_versions(only.reset_index(drop=True))
    assert originals is not None
    assert len(rows) == 12
    assert originals.isna().all()


def test_the_portfolio_shows_course_and_days(desk: Desk) -> None:
    """Each file with its course in a line, whose days they were and the months of extension."""
    look_up(desk, "US10765880B2 US11646472B2")
    rows = table(open_app("portfolio"), "Course").set_index("Patent")  # type: ignore[attr-defined]
    assert rows.loc["US 11,646,472 B2", "Course"] == "Filed 2021 · Allowance → Fee paid · Issue 2023"
    assert rows.loc["US 10,765,880 B2", "Office's share"] == 59  # of 2,053 days 1,208
    columns = ["Office days", "Applicant days", "Extension months", "Rounds"]
    assert rows.loc["US 10,765,880 B2", columns].tolist() == [1208, 845, 6, 3]


def test_stories_are_told_only_where_they_are_shown(desk: Desk) -> None:
    """The Portfolio shows no summaries, so none is made for it; Review has one for each history."""
    look_up(desk, "US10765880B2")
    assert not summary_of(open_app("portfolio"))
    assert summary_of(open_app(patents="US10765880B2"))
    (line,) = desk.store.headlines()
    assert history_in_words(desk.tables, desk.documents.tokens, line).sentences
