"""What other look-ups are buying: known at once, however many numbers they have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.lookups import Job, Plan, PlanItem, PlanState, job
from components.lookups.plan import names_of
from components.numbers import Number, parse
from tests.lookups.conftest import MakeSetup
from tests.people import spender

STATES = ("waiting", "fetching", "held", "fetched", "not covered", "failed", "stopped")


def numbers(first: int, count: int) -> list[Number]:
    """Grants without a kind code, each of which has two names to ask for."""
    return parse("\n".join(f"US{number}" for number in range(first, first + count)))


def buying(first: int, count: int) -> Job:
    """A look-up under way that is to buy all of them."""
    return Job(
        Plan(tuple(PlanItem(number, PlanState.CHARGED) for number in numbers(first, count))),
        user=spender("ada"),
        worst_case=count,
    )


@given(
    marks=st.lists(st.tuples(st.integers(0, 5), st.sampled_from(STATES)), max_size=30),
    held=st.sets(st.integers(0, 5), max_size=3),
)
def test_a_look_up_covers_what_it_is_still_to_buy(marks: list[tuple[int, str]], held: set[int]) -> None:
    """Of six numbers, the fourth typed twice, those are covered that wait or are being fetched; never those held."""
    typed = [*numbers(9_900_001, 5), *numbers(9_900_004, 1)]
    states = [PlanState.HELD if index in held else PlanState.CHARGED for index in range(6)]
    watched = Job(Plan(tuple(map(PlanItem, typed, states))), user=spender("ada"), worst_case=6)
    now = ["waiting"] * 6
    for index, state in marks:
        watched.set_outcome([index], state)
        now[index] = state
    still = {
        name for index in range(6) if index not in held and now[index] in STATES[:2] for name in names_of(typed[index])
    }
    assert watched.to_buy == still
    for number in typed:
        assert watched.will_buy(names_of(number)) is not still.isdisjoint(names_of(number))
    watched.end()
    assert watched.to_buy == set()


def test_planning_beside_long_look_ups_does_not_go_through_their_numbers(
    make_setup: MakeSetup, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three hundred running numbers are not named anew for each of a hundred typed."""
    setup = make_setup()
    running = [buying(9_900_001, 150), buying(9_910_001, 150)]
    for job_under_way in running:
        setup.lookups._jobs.add(job_under_way)
    named = []
    monkeypatch.setattr(job, "names_of", lambda number: named.append(number) or names_of(number))
    plan = setup.lookups.plan([*numbers(9_900_101, 50), *numbers(9_920_001, 50)])
    assert [item.state for item in plan.items] == [PlanState.FREE] * 50 + [PlanState.CHARGED] * 50
    assert {item.note for item in plan.items_in(PlanState.FREE)} == {"being fetched already"}
    assert named == []
    for job_under_way in running:
        job_under_way.end()
