"""Reading paper after paper in the reader: neighbours, order, and what is said of each."""

import pandas as pd
import pytest

from components.desk import Desk
from components.prosecution import Tables
from components.ui.review.citation import citation
from components.ui.review.paper_refs import refs_of
from components.ui.review.reader import ListPosition, list_position, paper_facts_markdown
from components.ui.review.reader_text import citation_of, reading_label
from components.ui.state import OPEN_PAPER
from tests.ui.conftest import open_app
from tests.ui.test_explore import desk_with_history
from tests.ui.test_pages import words

__all__ = ["desk_with_history"]

KEY, NUMBER = "US14/412875", "US10765880B2"
ACTIONS = [
    (KEY, "20161025-CTNF-1"),
    (KEY, "20170809-CTFR-1"),
    (KEY, "20190412-CTNF-1"),
    (KEY, "20200117-CTFR-1"),
]
"""The rejections of 14/412,875, oldest first."""


@pytest.mark.parametrize(("position", "before", "after"), [(0, None, 1), (1, 0, 2), (2, 1, 3), (3, 2, None)])
def test_each_paper_leads_to_its_neighbours(position: int, before: int | None, after: int | None) -> None:
    """The ends are ends."""
    steps = list_position(ACTIONS[position], ACTIONS)
    assert steps.before == (None if before is None else ACTIONS[before])
    assert steps.after == (None if after is None else ACTIONS[after])
    assert steps.in_words == f"{position + 1} of 4 listed"


def test_another_order_is_another_way() -> None:
    """Newest first, what was the last is the first."""
    assert list_position(ACTIONS[3], ACTIONS[::-1]) == ListPosition(None, ACTIONS[2], 1, 4)


def test_a_paper_that_is_hidden_leads_to_the_first_listed() -> None:
    """It says that it is not among those listed; with nothing listed there is no way."""
    steps = list_position(ACTIONS[1], [ACTIONS[0], ACTIONS[2]])
    assert (steps.before, steps.after) == (None, ACTIONS[0])
    assert steps.in_words == "not among those listed"
    assert list_position(ACTIONS[1], []).after is None


def test_walking_visits_every_paper_once(file: Tables) -> None:
    """Next from the first of 184 to the last, and Previous all the way back; thousands are written with a comma."""
    order = refs_of(file.documents)
    walked = [order[0]]
    while (after := list_position(walked[-1], order).after) is not None:
        walked.append(after)
    assert walked == order
    back = [walked[-1]]
    while (before := list_position(back[-1], order).before) is not None:
        back.append(before)
    assert back == order[::-1]
    papers = [(KEY, str(number)) for number in range(1_200)]
    assert list_position(papers[1_033], papers).in_words == "1,034 of 1,200 listed"


def paper(file: Tables, document: str) -> pd.Series:
    """The row of a document."""
    return file.documents[file.documents["id"] == document].iloc[0]


def test_a_paper_is_told_by_day_side_category_pages_and_round(file: Tables) -> None:
    """The rejection of 25 October 2016, 8 pages by the office's list, answered after 182 days on 25 April 2017."""
    facts = paper_facts_markdown(paper(file, "20161025-CTNF-1"), file.rounds, "", "US")
    assert facts.startswith("25 Oct 2016 · Office · Non-final rejection · 8 pages · round 1")
    assert facts.endswith("answered 25 Apr 2017 by Amendment after 182 days")


def test_a_paper_of_several_files_is_told_with_its_number(file: Tables) -> None:
    """One page is one page; what belongs to no round says so."""
    first = paper(file, "20150105-TRNA-1").copy()
    first["pages"] = 1
    facts = paper_facts_markdown(first, file.rounds, "US 10,765,880 B2", "US")
    assert facts.replace("\\", "").startswith("US 10,765,880 B2 · 5 Jan 2015 · Applicant · ")
    assert facts.endswith(" · 1 page · of no round")


def test_a_paper_without_a_page_count_claims_none(file: Tables) -> None:
    """Neither zero pages nor unknown ones."""
    unpaged = paper(file, "20161025-CTNF-1").copy()
    unpaged["pages"] = pd.NA
    assert "page" not in paper_facts_markdown(unpaged, file.rounds, "", "US")


def test_the_ends_of_the_list_are_ends_on_the_page(desk_with_history: Desk) -> None:
    """At the first of four rejections, newest first, there is no way back; at the last none on."""
    del desk_with_history
    app = open_app(patents=NUMBER, codes="CTNF,CTFR", doc=" ".join(ACTIONS[3]))
    assert "1 of 4 listed" in words(app)
    assert app.button(key="previous_document").disabled
    for _ in range(3):
        app.button(key="next_document").click().run()
    assert app.session_state[OPEN_PAPER] == ACTIONS[0]
    assert app.button(key="next_document").disabled
    assert not app.button(key="previous_document").disabled


def test_a_paper_that_the_filters_hide_stays_open_and_says_so(desk_with_history: Desk) -> None:
    """One click lists all again, and the paper is among them."""
    del desk_with_history
    app = open_app(patents=NUMBER, codes="CTNF", doc=" ".join(ACTIONS[3]))
    assert "not among those listed" in words(app)
    app.button(key="list_all").click().run()
    assert "codes" not in app.query_params
    assert app.query_params["doc"] == " ".join(ACTIONS[3])
    assert " of 184 listed" in words(app)


def test_a_page_is_cited_by_the_papers_name_its_day_and_its_number(file: Tables) -> None:
    """With the file's number in front where several files are on the screen."""
    rejection = paper(file, "20200117-CTFR-1")
    assert citation_of(rejection, number="", office="US").of_page(3) == "(Final Rejection of 17 Jan 2020, p. 3)"
    assert citation_of(rejection, number="US 10,765,880 B2", office="US").of_page(12) == (
        "(US 10,765,880 B2, Final Rejection of 17 Jan 2020, p. 12)"
    )


def test_a_paper_without_a_description_or_a_day_is_cited_by_what_is_known(file: Tables) -> None:
    """By the name of its category; what a description holds stays as it is, on one line."""
    unnamed = paper(file, "20161025-CTNF-1").copy()
    unnamed["description"] = " "
    assert citation_of(unnamed, number="", office="US").of_page(1) == "(Non-final rejection of 25 Oct 2016, p. 1)"
    assert citation("Reply {page}\n<b>", None).of_page(2) == "(Reply {page} <b>, p. 2)"


def test_the_button_that_reads_a_paper_says_how_much_and_that_it_is_free() -> None:
    """Also where no list says how many pages the paper has, and where some are read already."""
    assert reading_label(4, begun=False) == "Read this paper (4 pages, free)"
    assert reading_label(1, begun=True) == "Read the rest of this paper (1 page, free)"
    assert reading_label(0, begun=False) == "Read this paper (free)"
