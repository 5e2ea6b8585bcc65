"""The open dates and the rounds: what they list, and which paper a click opens."""

from datetime import date

import pytest
import streamlit as st

from components.histories import PaperRef, SetPeriod
from components.prosecution import Tables, by_urgency, open_periods, read_histories, read_history, waiting_files
from components.ui.review.clicked_cells import forget_other_papers, open_clicked_paper
from components.ui.review.open_dates import dates_for_screen, waiting_for_screen
from components.ui.review.rounds_table import papers_of_cells, rounds_for_screen
from components.ui.state import OPEN_PAPER
from tests.prosecution.conftest import Paper, make_history

FILED: list[Paper] = [(20220110, "SPEC"), (20220110, "CLM")]
NUMBERS = {"US18/400001": "18/400,001", "US18/400002": "18/400,002", "US18/400003": "18/400,003"}


@pytest.fixture(scope="module")
def tables() -> Tables:
    """A rejection that is open, a fee that is due first, and an answered rejection."""
    files: list[tuple[str, list[Paper]]] = [
        ("US18/400001", [(20240710, "CTNF")]),
        ("US18/400002", [(20240701, "NOA")]),
        ("US18/400003", [(20240105, "CTNF"), (20240329, "A...")]),
    ]
    return read_histories([make_history([*FILED, *papers], apno=apno) for apno, papers in files])


def test_the_nearest_date_stands_first_with_what_must_be_done(tables: Tables) -> None:
    """Seen on 1 Aug 2024: the fee on 1 Oct (35 USC 151), the reply on 10 Oct, at the latest on 10 Jan 2025."""
    due = by_urgency(open_periods(tables.rounds, date(2024, 8, 1)))
    table = dates_for_screen(due, NUMBERS)
    assert table["Patent"].tolist() == ["18/400,002", "18/400,001"]
    assert table["What must be done"].tolist() == [
        "Issue fee (Notice of allowance of 1 Jul 2024)",
        "Reply (Non-final rejection of 10 Jul 2024)",
    ]
    assert [day.date() for day in table["Due"]] == [date(2024, 10, 1), date(2024, 10, 10)]
    assert [day.date() for day in table["Last day"]] == [date(2024, 10, 1), date(2025, 1, 10)]
    assert table["Days left"].tolist() == [61, 70]
    assert table["Authority"].str.contains("37 CFR|35 USC").all()
    assert "Patent" not in dates_for_screen(due, {"US18/400001": "18/400,001"})


def test_a_period_that_the_paper_sets_is_the_basis_of_its_date() -> None:
    """Two months from 10 Jul 2024; the table of rounds says it beside the due day."""
    history = make_history([*FILED, (20240710, "CTNF")], apno="US18/400001")
    tables = read_history(history, set_periods={"20240710-CTNF-1": SetPeriod(2, None, 2)})
    words = "as set in the paper, page 2 (2 months, not the usual 3 months)"
    table = dates_for_screen(by_urgency(open_periods(tables.rounds, date(2024, 8, 1))), NUMBERS)
    assert [day.date() for day in table["Due"]] == [date(2024, 9, 10)]
    assert table["Basis"].tolist() == [f"computed, {words}"]
    rounds = rounds_for_screen(tables.rounds, tables.documents.assign(link=None), NUMBERS)
    assert rounds["Due date is"].tolist() == [words]


def test_files_that_wait_for_the_office_say_since_when(tables: Tables) -> None:
    """The amendment of 29 Mar 2024 has not been acted on."""
    waiting = waiting_files(tables, open_periods(tables.rounds, date(2024, 8, 1)))
    table = waiting_for_screen(waiting, NUMBERS)
    assert table["Patent"].tolist() == ["18/400,003"]
    assert table["Who must act"].tolist() == ["Office"]
    assert [day.date() for day in table["Since"]] == [date(2024, 3, 29)]


def test_a_cell_of_the_rounds_opens_its_action_or_its_answer(tables: Tables) -> None:
    """Links open a tab by themselves; an action without an answer has nothing to open in the column of answers."""
    rounds = tables.rounds.reset_index(drop=True)
    columns = ["Patent", "Round", "Action", "Action PDF", "Answer", "Answered", "Answer PDF", "Outcome"]
    papers = papers_of_cells(rounds, columns)
    answered = rounds.index[rounds["history"] == "US18/400003"].item()
    assert papers[answered, "Action"] == PaperRef("US18/400003", "20240105-CTNF-1")
    assert papers[answered, "Answer"] == papers[answered, "Answered"] == PaperRef("US18/400003", "20240329-A...-1")
    assert papers[answered, "Outcome"] == papers[answered, "Action"]
    opened = rounds.index[rounds["history"] == "US18/400001"].item()
    assert (opened, "Answer") not in papers
    assert not {"Action PDF", "Answer PDF"} & {name for _, name in papers}


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """A session state of its own."""
    made: dict[str, object] = {}
    monkeypatch.setattr(st, "session_state", made)
    return made


def clicked(*cells: tuple[int, str]) -> dict[str, object]:
    """A table with these cells marked, as Streamlit keeps it."""
    return {"selection": {"rows": [], "columns": [], "cells": list(cells)}}


def test_a_click_opens_a_paper_and_a_mark_goes_with_it(state: dict[str, object]) -> None:
    """Once another paper is in the reader, or none, the cell can be clicked again."""
    paper, other = PaperRef("US1", "20240105-CTNF-1"), PaperRef("US1", "20240329-A...-1")
    papers = {(0, "Action"): paper}
    state["rounds"] = clicked((0, "Action"))
    open_clicked_paper("rounds", papers)
    assert state[OPEN_PAPER] == paper
    forget_other_papers("rounds", papers)
    assert state["rounds"] == clicked((0, "Action"))
    state[OPEN_PAPER] = other
    forget_other_papers("rounds", papers)
    assert state["rounds"] == clicked()


@pytest.mark.parametrize("cell", [(7, "Action"), (0, "Action PDF")], ids=["gone", "link"])
def test_a_click_elsewhere_opens_nothing(state: dict[str, object], cell: tuple[int, str]) -> None:
    """A row that is not there any more, and a link."""
    state["rounds"] = clicked(cell)
    open_clicked_paper("rounds", {(0, "Action"): PaperRef("US1", "20240105-CTNF-1")})
    assert OPEN_PAPER not in state
