"""The grid of grounds: what each action says of each claim, what changed, and what is not known."""

import csv
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from components.content.folder.folder import pages_of_file
from components.content.grid.grid import Grid, grid_of, grounds_label, label_of_statute
from components.content.grid.words import lines_of_cell
from components.content.paper_kinds import kind_of
from components.content.reading import read_content
from components.content.records import NamedReference, PaperContent
from tests.content.papers import JUNG, LEE, a_file, action, claim_set, ground, numbers, paper, status

_TRUTH = re.compile(r"(?:statute=([^;]+); claims=|(objected|allowed)\b[^:]*: )([\d, -]+)(?:;.*)?")


@pytest.fixture(scope="module")
def grid() -> Grid:
    """Return the grid of the invented file."""
    return grid_of(a_file())


def test_actions_are_columns_and_claims_are_rows(grid: Grid) -> None:
    """Replies make no column; a claim that only a set of claims or a form names has a row."""
    assert [action.code for action in grid.actions] == ["CTNF", "CTFR", "CTAV", "CTNF", "NOA"]
    assert [action.label for action in grid.actions] == [
        "103 · 112(b) · double patenting", "103 · 101 · 102(a)(1)", "", "not read", "allowed",
    ]  # fmt: skip
    assert grid.claims == numbers(1, 13)


@pytest.mark.parametrize(
    ("claim", "states"),
    [
        (1, ["rejected", "rejected", "not known", "not read", "allowed"]),
        (2, ["rejected", "rejected", "not known", "not read", "not known"]),
        (10, ["objected", "not known", "cancelled", "not read", "cancelled"]),
        (11, ["withdrawn", "not known", "not known", "not read", "not known"]),
        (13, ["not pending", "rejected", "not known", "not read", "allowed"]),
    ],
)
def test_a_cell_says_how_the_claim_stands(grid: Grid, claim: int, states: list[str]) -> None:
    """An action that was not read is never an empty cell, nor one that does not let us say."""
    assert [cell.state for cell in grid.row(claim)] == states


def test_what_is_not_known_says_why(grid: Grid) -> None:
    """A ground of the final has claims that are not legible; claim 10 may be among them."""
    assert "not legible" in grid.cells[10, 1].why
    assert "no ground could be read" in grid.cells[1, 3].why
    assert all(cell.why for cell in grid.cells.values() if cell.state in ("not known", "not read"))


def test_a_final_shows_what_came_new_and_what_fell_away(grid: Grid) -> None:
    """Claim 1: 101 is new, 103 rests on other references, double patenting fell away after the reply of 1 June."""
    cell = grid.cells[1, 1]
    assert (cell.news("new"), cell.news("other references")) == (("101",), ("103",))
    assert [each.words for each in cell.fell_away] == ["double patenting fell away after the reply of 1 Jun 2018"]
    assert cell.fell_away[0].former.page == 6


def test_a_claim_that_was_not_pending_has_nothing_new(grid: Grid) -> None:
    """Claim 13 came with the amendment: each ground on it is its first."""
    assert grid.cells[13, 1].news("new") == ()


def test_nothing_is_compared_with_an_action_that_was_not_read(grid: Grid) -> None:
    """What the allowance let go of is not known: the action before it is."""
    assert grid.cells[1, 4].fell_away == ()
    assert grid.actions[4].not_compared == "The action before was not read"


def test_a_claim_rejected_on_the_form_alone_keeps_its_grounds() -> None:
    """Its ground in the text may not have been found: nothing fell away."""
    papers = [
        paper(1, date(2018, 1, 2), "CTNF", "Non-final rejection", action(grounds=(ground("103", (1, 2), 3, JUNG),))),
        paper(2, date(2018, 9, 2), "CTFR", "Final rejection", action(
            grounds=(ground("103", (1,), 3, JUNG),), statuses=(status("rejected", (1, 2)),),
        )),
    ]  # fmt: skip
    cell = grid_of(papers).cells[2, 1]
    assert (cell.state, cell.fell_away, cell.difference) == ("rejected", (), "form: rejected; text: no ground")


def test_form_and_text_are_both_shown_where_they_differ(grid: Grid) -> None:
    """The final's form allows claim 13, its text rejects it."""
    cell = grid.cells[13, 1]
    assert cell.labels == ("103", "allowed")
    assert cell.difference == "form: allowed; text: rejected"
    assert [finding.page for finding in cell.findings] == [3, 2]


def test_grounds_with_illegible_claims_have_a_row(grid: Grid) -> None:
    """Of the final's 102(a)(1)."""
    assert [cell.labels if cell else None for cell in grid.illegible] == [None, ("102(a)(1)",), None, (), None]


def test_without_illegible_claims_there_is_no_such_row() -> None:
    """Of a file with one clean action."""
    only = paper(1, date(2018, 1, 2), "CTNF", "Non-final rejection", action(grounds=(ground("103", (1,), 3, JUNG),)))
    assert grid_of([only]).illegible == ()


def test_an_illegible_ground_before_is_no_news() -> None:
    """The 103 of the first action may have been on claim 2 as well."""
    papers = [
        paper(1, date(2018, 1, 2), "CTNF", "Non-final rejection", action(
            grounds=(ground("103", (), 3, JUNG), ground("112(b)", (2,), 4)), statuses=(status("pending", (1, 2)),),
        )),
        paper(2, date(2018, 9, 2), "CTFR", "Final rejection", action(grounds=(ground("103", (2,), 3, LEE),))),
    ]  # fmt: skip
    cell = grid_of(papers).cells[2, 1]
    assert cell.news("new") == ()
    assert [each.label for each in cell.fell_away] == ["112(b)"]
    assert cell.fell_away[0].words == "112(b) fell away since the action of 2 Jan 2018; no reply in between was read"


def test_references_are_the_same_by_number_or_name() -> None:
    """A name alone is matched with the same name; a further reference makes a difference."""
    first = action(grounds=(ground("103", (1, 2), 3, JUNG),))
    second = action(grounds=(ground("103", (1,), 3, replace(JUNG, number="")), ground("103", (2,), 4, JUNG, LEE)))
    grid = grid_of([
        paper(1, date(2018, 1, 2), "CTNF", "Non-final rejection", first),
        paper(2, date(2018, 9, 2), "CTFR", "Final rejection", second),
    ])  # fmt: skip
    assert [grid.cells[claim, 1].findings[0].news for claim in (1, 2)] == ["", "other references"]


def test_a_kind_code_that_was_misread_makes_no_other_reference() -> None:
    """The scan of the first action had `A1` as `Al`, and the code was lost."""
    first = action(grounds=(ground("103", (1,), 3, replace(JUNG, number=JUNG.number.rpartition(" ")[0])),))
    grid = grid_of([
        paper(1, date(2018, 1, 2), "CTNF", "Non-final rejection", first),
        paper(2, date(2018, 9, 2), "CTFR", "Final rejection", action(grounds=(ground("103", (1,), 3, JUNG),))),
    ])  # fmt: skip
    assert grid.cells[1, 1].findings[0].news == ""


def test_claims_that_behave_alike_share_a_row(grid: Grid) -> None:
    """Claims 2 and 3, 4 to 9, 11 and 12 of the invented file; 116 claims of a reissue are one."""
    assert [each.words for each in grid.ranges()] == ["1", "2-3", "4-9", "10", "11-12", "13"]
    many = action(grounds=(ground("251", numbers(138, 253), 3),))
    assert [each.words for each in grid_of([paper(1, date(2020, 1, 2), "CTNF", "", many)]).ranges()] == ["138-253"]


def test_a_form_is_shown_though_its_action_was_not_read() -> None:
    """The grounds were not found; what the form says of claims stands beside "not read"."""
    content = PaperContent("action", "not read", "no ground", statuses=(status("rejected", (1, 2)),))
    cell = grid_of([paper(1, date(2018, 1, 2), "CTNF", "Non-final rejection", content)]).cells[1, 0]
    assert (cell.state, lines_of_cell(cell)) == ("not read", ["not read", "form: rejected"])
    assert cell.findings[0].page == 2


def test_a_requirement_for_restriction_makes_nothing_new() -> None:
    """It says nothing on the merits: the action after it is compared with the one before it, or with none."""
    restriction = action(statuses=(status("restricted", (1, 2)), status("pending", (1, 2))))
    first = action(grounds=(ground("103", (1, 2), 3, JUNG),))
    papers = [
        paper(1, date(2018, 1, 2), "CTRS", "Restriction", restriction),
        paper(2, date(2018, 3, 2), "REM", "Remarks", action(kind="remarks")),
        paper(3, date(2018, 9, 2), "CTNF", "Non-final rejection", first),
    ]
    grid = grid_of(papers)
    assert [cell.state for cell in grid.row(1)] == ["restricted", "rejected"]
    assert grid.cells[1, 1].news("new") == ()
    assert grid.actions[1].not_compared == "It is the first action"


def test_the_grid_of_a_real_file_is_what_a_person_read(shared_data: Path) -> None:
    """A reissue of four actions: each ground, objection and allowance of `truth.csv` is in its cell."""
    folder = shared_data / "papers"
    files = sorted((folder / "us_10913441").glob("*.txt"))
    papers = [
        paper(place, date(2006 + place, 1, 1), file.stem[-4:], "Action", read_content(
            pages_of_file(file), kind=kind_of(file.stem[-4:]), code=file.stem[-4:]
        ))
        for place, file in enumerate(files)
    ]  # fmt: skip
    grid = grid_of(papers)
    column = {f"us_10913441/{file.name}": index for index, file in enumerate(files)}
    with (folder / "truth.csv").open(encoding="utf-8", newline="") as truth:
        rows = [row for row in csv.DictReader(truth) if row["file"] in column and row["sure"] == "sure"]
    seen = 0
    for row in rows:
        words = _TRUTH.fullmatch(row["value"])
        if words is None or row["kind"] not in ("ground", "allowable"):
            continue
        for first, last in re.findall(r"(\d+)(?:-(\d+))?", words[3]):
            for claim in range(int(first), int(last or first) + 1):
                assert (words[1] or words[2]) in grid.cells[claim, column[row["file"]]].labels, (row["file"], claim)
                seen += 1
    assert seen == 283
    assert len(grid.ranges()) <= 12


def test_a_file_without_papers_has_an_empty_grid() -> None:
    """Rather than an error."""
    grid = grid_of([])
    assert (grid.actions, grid.claims, grid.illegible) == ((), (), ())


@pytest.mark.parametrize(
    ("statute", "label"),
    [
        ("103", "103"), ("112(b)", "112(b)"), ("112 second paragraph", "112 ¶ 2"), ("102(a)(1)", "102(a)(1)"),
        ("nonstatutory double patenting", "double patenting"),
        ("statutory double patenting", "statutory double patenting"),
    ],
)  # fmt: skip
def test_grounds_have_short_names(statute: str, label: str) -> None:
    """As they stand in a cell."""
    assert label_of_statute(statute) == label


@pytest.mark.parametrize(
    ("content", "label"),
    [
        (action(grounds=(ground("103", (1,), 2), ground("103", (2,), 3), ground("112(b)", (1,), 4))), "103 · 112(b)"),
        (PaperContent("action", outcome="not read"), "not read"),
        (action(statuses=(status("rejected", (1,)),)), "rejected, no ground read"),
        (action(statuses=(status("allowed", (1,)), status("objected", (2,)))), "objected to"),
        (action(kind="allowance"), "allowed"),
        (action(), "no ground read"),
        (action(kind="advisory"), ""),
        (PaperContent("claims", outcome="not read"), ""),
    ],
)
def test_an_action_has_a_label(content: PaperContent, label: str) -> None:
    """What the timeline shows; "not read" is never empty."""
    assert grounds_label(content) == label


@pytest.mark.parametrize(
    ("before", "after", "news"),
    [
        ("DE 98 2009 123 456", "DE 98 2009 123 456 A1", ""),
        ("US 7,111,222 B1", "US 7,111,222", ""),
        ("US 7,118,222 B1", "US 7,113,222 B1", ""),
        ("US 7,111,222 B1", "US 7,654,321 B1", "other references"),
    ],
)
def test_a_kind_code_or_a_mistaken_digit_makes_no_other_reference(before: str, after: str, news: str) -> None:
    """Dalby stays Dalby; another number of Dalby is another document."""
    papers = [
        paper(
            place, date(2020, place, 1), "CTNF", "Action",
            action(grounds=(ground("103", (1,), 2, NamedReference("Dalby", number, f"Dalby ({number})")),)),
        )
        for place, number in ((1, before), (2, after))
    ]  # fmt: skip
    assert grid_of(papers).cells[1, 1].findings[0].news == news


def test_a_claim_that_the_last_set_cancels_is_cancelled_though_the_form_is_not_legible() -> None:
    """And a line of the form that the text says as well makes no row of its own."""
    amended = PaperContent("claims", claims=claim_set((1, "currently amended"), (4, "canceled")))
    notice = action(kind="allowance", statuses=(
        status("allowed", (), legible=False), status("allowed", (1,), 3, "body"),
    ))  # fmt: skip
    grid = grid_of([
        paper(1, date(2020, 1, 1), "CLM", "Claims", amended), paper(2, date(2020, 2, 1), "NOA", "Notice", notice)
    ])  # fmt: skip
    assert {claim: grid.cells[claim, 0].state for claim in grid.claims} == {1: "allowed", 4: "cancelled"}
    assert grid.illegible == ()
