"""Turns and rates in simulated time, against services that count in the three usual ways."""

import itertools
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.patsnap.pace_state import PaceRule, PaceState
from tests.patsnap.rate_limits import FixedWindows, RateLimit, SlidingWindow, TokenBucket
from tests.patsnap.rate_simulation import Outcome, look_up

LIMITS = [FixedWindows, SlidingWindow, TokenBucket]
each_limit = pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.__name__)
Limit = Callable[[float], RateLimit]


def look_ups(limit: Limit, qps: float, *, known: bool, runs: int = 30, **more: float) -> list[Outcome]:
    """Make look-ups of 200 calls each, every one with chances of its own, against a limit."""
    return [look_up(limit(qps), qps if known else None, seed=run, **more) for run in range(runs)]


def refused_of_hundred(outcomes: list[Outcome]) -> float:
    """Say how many of a hundred calls were refused."""
    return 100 * sum(outcome.refused for outcome in outcomes) / sum(outcome.served for outcome in outcomes)


@each_limit
@pytest.mark.parametrize("qps", [1.0, 2.0, 5.0, 10.0])
def test_at_the_configured_rate_no_call_is_refused(limit: Limit, qps: float) -> None:
    """200 calls take at most 1.15 times as long as they must."""
    outcomes = look_ups(limit, qps, known=True, runs=3)
    assert [outcome.refused for outcome in outcomes] == [0, 0, 0]
    assert max(outcome.seconds for outcome in outcomes) <= 1.15 * 200 / qps


@each_limit
@pytest.mark.parametrize("qps", [20.0, 50.0])
def test_at_a_high_rate_too_no_call_is_refused(limit: Limit, qps: float) -> None:
    """With as many calls under way as the rate needs."""
    outcomes = look_ups(limit, qps, known=True, runs=3, workers=32)
    assert [outcome.refused for outcome in outcomes] == [0, 0, 0]
    assert max(outcome.seconds for outcome in outcomes) <= 1.15 * 200 / qps


def test_a_rate_that_is_no_whole_number_is_kept() -> None:
    """2.5 calls a second are not two, and not three."""
    (outcome,) = look_ups(TokenBucket, 2.5, known=True, runs=1)
    assert outcome.refused == 0
    assert outcome.seconds <= 1.15 * 200 / 2.5


@each_limit
@pytest.mark.parametrize(("qps", "workers"), [(5.0, 8), (10.0, 16), (20.0, 32), (50.0, 32)])
def test_delays_on_the_way_cost_few_refusals(limit: Limit, qps: float, workers: int) -> None:
    """Of calls that arrive up to 100 ms sooner or later at most one in a hundred is refused."""
    outcomes = look_ups(limit, qps, known=True, jitter=0.1, workers=workers)
    assert refused_of_hundred(outcomes) <= 1
    assert sum(outcome.seconds for outcome in outcomes) / len(outcomes) <= 1.15 * 200 / qps


@each_limit
@pytest.mark.parametrize("qps", [1.0, 2.0, 2.5, 5.0, 10.0, 20.0, 50.0])
def test_a_rate_that_is_not_known_is_learned(limit: Limit, qps: float) -> None:
    """At most five in a hundred calls are refused, and none is given up."""
    outcomes = look_ups(limit, qps, known=False, runs=10)
    assert refused_of_hundred(outcomes) <= 5
    assert sum(outcome.given_up for outcome in outcomes) == 0
    assert max(outcome.seconds for outcome in outcomes) <= 2.5 * 200 / qps


def test_a_service_that_wants_calls_spaced_gets_them_spaced() -> None:
    """A bucket that holds one token refuses one of the first two calls, and none after that."""
    outcome = look_up(TokenBucket(10.0, capacity=1), 10.0)
    assert outcome.refused == 1


def test_a_configured_rate_that_is_too_high_is_corrected() -> None:
    """The account allows five calls a second, the settings say ten."""
    outcome = look_up(SlidingWindow(5.0), 10.0)
    assert outcome.given_up == 0
    assert outcome.refused <= 10


@given(
    qps=st.sampled_from([1.0, 2.0, 3.0, 5.0, 7.5, 10.0, 20.0, 50.0]),
    rests=st.lists(st.sampled_from([0.0, 0.0, 0.01, 0.1, 0.4, 1.0, 3.0]), min_size=60, max_size=120),
)
def test_never_more_calls_in_a_second_than_configured(qps: float, rests: list[float]) -> None:
    """Whenever calls come."""
    rule, state, now, turns = PaceRule(qps), PaceState(), 100.0, []
    for rest in rests:
        now = max(now + rest, rule.next_turn(state, now + rest))
        rule.take_turn(state, now)
        turns.append(now)
    allowed = int(qps)
    assert all(later - earlier > 1 for earlier, later in zip(turns, turns[allowed:], strict=False))


def started(qps: float | None, calls: int) -> tuple[PaceRule, PaceState]:
    """Give a pace at which so many calls were let through, from second 100 on."""
    rule, state, now = PaceRule(qps), PaceState(), 100.0
    for _ in range(calls):
        now = max(now, rule.next_turn(state, now))
        rule.take_turn(state, now)
    return rule, state


def test_a_refusal_lowers_the_rate_once() -> None:
    """Refusals of calls that were let through before do not lower it again; a later one does."""
    rule, state = started(5.0, 11)
    now = state.turns[-1] + 0.1
    for turn in state.turns[-5:]:
        rule.lower(state, now, turn=turn, pause=0.5, sent=())
    assert rule.rate(state, now) == 4.0
    now = rule.next_turn(state, now)
    rule.take_turn(state, now)
    rule.lower(state, now + 0.1, turn=now, pause=0.5, sent=())
    assert rule.rate(state, now + 0.1) == 2.0


def test_a_refusal_that_no_delay_explains_halves_the_rate() -> None:
    """Fewer calls were sent than the account allows in a second: others use it, or the service wants them spaced."""
    rule, state = started(5.0, 4)
    now = state.turns[-1] + 0.1
    rule.lower(state, now, turn=state.turns[-1], pause=0.5, sent=())
    assert rule.rate(state, now) == 2.5
    assert rule.next_turn(state, now) > state.turns[-1] + 1


def test_the_rate_rises_in_steps() -> None:
    """From half to the configured rate within seconds, never above it, and in small steps."""
    rule, state = started(10.0, 25)
    now = state.turns[-1]
    rule.lower(state, now, turn=now, pause=1.0, sent=())
    now = rule.next_turn(state, now)
    assert now >= state.turns[-1] + 1.0
    rates = []
    for _ in range(60):
        now = max(now, rule.next_turn(state, now))
        rule.take_turn(state, now)
        rates.append(rule.rate(state, now))
    assert rates[0] == 8.0
    assert rates[-1] == 10.0
    assert all(0 <= after - before <= 2.0 for before, after in itertools.pairwise(rates))


def test_a_pause_asked_for_is_kept_by_all() -> None:
    """No call is let through before it has passed, of whichever refusal."""
    rule, state = started(5.0, 3)
    rule.lower(state, 110.0, turn=state.turns[0], pause=7.0, sent=())
    rule.lower(state, 110.0, turn=state.turns[1], pause=9.0, sent=())
    assert rule.next_turn(state, 110.0) == 119.0


def test_a_free_rate_becomes_what_was_accepted() -> None:
    """Of eight calls sent at once three are refused: five a second are accepted, and half of that comes first."""
    rule, state = PaceRule(None), PaceState()
    sent = [100 + call / 1000 for call in range(8)]
    for turn in (sent[2], sent[7], sent[5]):
        rule.lower(state, 100.1, turn=turn, pause=0.0, sent=sent)
    assert rule.rate(state, 100.1) == 2.5
    assert rule.rate(state, 100.1 + 601) is None


def test_a_state_of_another_clock_is_not_used() -> None:
    """After a restart of the machine the clock begins again; damaged states begin anew, too."""
    _, state = started(5.0, 3)
    assert PaceState.from_json(state.to_json(), 103.0) == state
    for text, now in ((state.to_json(), 5.0), ("", 5.0), ("{}x", 5.0), ('{"unknown": 1}', 5.0)):
        assert PaceState.from_json(text, now) == PaceState()


def test_a_burst_counts_as_sent_when_its_last_call_was() -> None:
    """The next burst stays together and comes a second after that call."""
    rule, state = started(5.0, 5)
    first = state.turns[0]
    rule.note_late(state, state.turns[-1], first + 0.3, together=0.2)
    now, turns = first, []
    for _ in range(5):
        now = max(now, rule.next_turn(state, now))
        rule.take_turn(state, now)
        turns.append(now)
    assert turns[0] > first + 0.3 + 1
    assert turns == [turns[0]] * 5


def test_a_process_that_did_not_know_of_the_refusal_lowers_the_rate_no_further() -> None:
    """It let calls through freely until it read what the other had learned."""
    rule, state = PaceRule(None), PaceState()
    rule.lower(state, 100.1, turn=100.03, pause=0.0, sent=[100.0, 100.01, 100.02, 100.03])
    lowered_at = state.lowered_at
    rule.lower(state, 100.4, turn=100.3, pause=0.0, sent=[100.2, 100.3])
    assert state.lowered_at == lowered_at
