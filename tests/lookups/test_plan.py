"""What a look-up would do and cost, before anything is asked."""

import pytest

from components.lookups import PlanState
from tests.lookups.conftest import MakeSetup

TYPED = "US11205304B2, cn101234567a, 14/412,875, US 10,000,000 B2; us10000000"


def states(plan: object) -> list[str]:
    """The states of a plan's items, in order."""
    return [item.state.value for item in plan.items]  # type: ignore[attr-defined]


def test_a_mixed_list_is_told_apart_and_priced(make_setup: MakeSetup) -> None:
    """Understood ones are charged, Chinese ones refused, repeated ones bought once; the order stays."""
    setup = make_setup()
    plan = setup.plan(TYPED)
    assert states(plan) == ["charged", "refused", "charged", "charged", "doubled"]
    quote = setup.lookups.quote(plan)
    assert quote.label == "Look up 3 · 2 to 3 charged"
    assert (quote.wanted, quote.least, quote.charged, quote.calls) == (3, 2, 3, 2)
    assert not quote.needs_confirmation


def test_planning_and_quoting_ask_nothing(make_setup: MakeSetup) -> None:
    """Whatever is typed, the service hears nothing of it before the click."""
    setup = make_setup()
    for _ in range(3):
        setup.lookups.quote(setup.plan(TYPED))
    assert setup.billing.calls == 0


def test_what_is_held_is_free_under_each_of_its_names(make_setup: MakeSetup) -> None:
    """Patent number, application number and the bare number name one history, which is listed once."""
    setup = make_setup()
    setup.run("US10765880B2")
    plan = setup.plan("US 10,765,880 B2\n14/412,875\nUS10000000B2")
    assert states(plan) == ["held", "doubled", "charged"]
    assert "US 10,765,880 B2" in plan.items[1].note
    assert setup.lookups.quote(plan).label == "Look up 2 · 1 charged"
    assert plan.keys == ("US14/412875",)
    assert setup.lookups.quote(setup.plan("US10765880")).label == "Look up 1 · free"


def test_a_number_known_not_to_be_covered_is_not_asked_again_at_once(make_setup: MakeSetup) -> None:
    """The answer "not covered" holds for a day."""
    setup = make_setup()
    setup.run("US10999999B2")
    plan = setup.plan("US10999999B2")
    assert states(plan) == ["free"]
    calls = setup.billing.calls
    job = setup.lookups.start(plan)
    assert job.wait(20).outcomes[0].state == "not covered"
    assert setup.billing.calls == calls


@pytest.mark.parametrize(("count", "asks"), [(25, False), (26, True)])
def test_more_than_the_threshold_is_confirmed(make_setup: MakeSetup, count: int, asks: bool) -> None:
    """`REVIEW_CONFIRM_ABOVE` is the largest number that one click may charge."""
    setup = make_setup()
    plan = setup.plan("\n".join(f"US{number}B2" for number in range(9_900_001, 9_900_001 + count)))
    assert setup.lookups.quote(plan).needs_confirmation is asks


def test_the_quote_follows_the_limit_that_the_service_accepts(make_setup: MakeSetup) -> None:
    """Where 100 documents are the most that a call brings, a long file costs more, and the quote says so."""
    setup = make_setup(switches={"limit_cap": 100})
    assert setup.lookups.quote(setup.plan("US10765880B2")).documents_a_call == 1000
    setup.run("US10765880B2")
    quote = setup.lookups.quote(setup.plan("US10000000B2"))
    assert quote.documents_a_call == 100
    assert quote.worst_case == 50


def test_an_ambiguous_number_waits_for_a_choice(make_setup: MakeSetup) -> None:
    """Nothing is guessed at the user's expense."""
    plan = make_setup().plan("11646472")
    assert plan.items[0].state is PlanState.AMBIGUOUS
    assert plan.wanted == 0
