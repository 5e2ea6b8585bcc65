"""The steps of the worker that decide: how names are put into batches, and how long a number is waited for."""

from datetime import UTC, datetime, timedelta

import pytest

from components.lookups import PlanItem, PlanState
from components.lookups.worker import awaited_outcome, batches_of
from components.numbers import parse
from components.store import Headline

PLANNED = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
NAME = "US11205304B2"


def held_since(retrieved: datetime) -> dict[str, Headline]:
    """The history that the number leads to, retrieved then."""
    headline = Headline(
        key="US14/706838", patent_number=NAME, apno="US14/706838", patent_id="", documents_held=40,
        documents_reported=40, complete=True, retrieved=retrieved,
    )  # fmt: skip
    return {NAME: headline}


@pytest.mark.parametrize(
    ("names", "size", "batches"),
    [
        ({}, 2, []),
        ({0: "A", 1: "B", 2: "C"}, 2, [{"A": (0,), "B": (1,)}, {"C": (2,)}]),
        ({0: "A", 1: "B", 2: "A"}, 2, [{"A": (0, 2), "B": (1,)}]),
    ],
    ids=["nothing", "three in twos", "one name twice"],
)
def test_names_are_asked_for_once_and_in_batches(
    names: dict[int, str], size: int, batches: list[dict[str, tuple[int, ...]]]
) -> None:
    """A name that answers two numbers stands in one batch, with both."""
    assert batches_of(names, size=size) == batches


@pytest.mark.parametrize(
    ("held", "absent", "being_bought", "refresh", "state"),
    [
        ({}, (), {NAME}, False, None),
        (held_since(PLANNED), (), {NAME}, False, None),
        (held_since(PLANNED), (), (), False, "held"),
        (held_since(PLANNED), (), (), True, "stopped"),
        (held_since(PLANNED + timedelta(minutes=1)), (), (), True, "held"),
        ({}, {NAME}, (), False, "not covered"),
        ({}, (), (), False, "stopped"),
    ],
    ids=["under way", "held and under way", "held", "refresh failed", "refreshed", "not covered", "ended without it"],
)
def test_a_number_is_waited_for_until_the_other_look_up_has_ended(
    held: dict[str, Headline], absent: set[str], being_bought: set[str], refresh: bool, state: str | None
) -> None:
    """Then it is held, not covered or unfinished; a refresh that brought nothing newer is unfinished."""
    (number,) = parse(NAME)
    item = PlanItem(number, PlanState.FREE, "US14/706838", PLANNED)
    outcome = awaited_outcome(item, held=held, absent=absent, being_bought=being_bought, refresh=refresh)
    assert (outcome and outcome.state) == state


def test_a_number_that_the_other_look_up_left_in_doubt_is_asked_about() -> None:
    """It is not called unfinished, which a Resume would buy."""
    item = PlanItem(parse(NAME)[0], PlanState.FREE)
    outcome = awaited_outcome(item, held={}, absent=(), uncertain={NAME}, being_bought=(), refresh=False)
    assert outcome is not None
    assert outcome.state == "uncertain"
