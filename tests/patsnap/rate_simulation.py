"""Look-ups against a service with a limit of calls, in simulated time: thousands of calls in a moment.

Workers ask the pace for turns, are refused or served, and try again as the client does: after a random wait of up to
1, 2, 4 and 8 seconds, for which all pause.
"""

import heapq
import itertools
import random
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from components.patsnap.pace_state import PaceRule, PaceState
from components.patsnap.slow_start import SlowStart
from tests.patsnap.rate_limits import RateLimit


@dataclass
class Outcome:
    """What became of a simulated look-up."""

    seconds: float = 0.0
    served: int = 0
    refused: int = 0
    given_up: int = 0


def look_up(
    limit: RateLimit,
    qps: float | None,
    *,
    calls: int = 200,
    jitter: float = 0.0,
    workers: int = 8,
    latency: float = 0.3,
    seed: int = 1,
) -> Outcome:
    """Make so many calls and say what became of them.

    Args:
        limit: how the service counts.
        qps: as it is configured; `None`: not known.
        calls: how many are to be served.
        jitter: seconds by which a call may arrive sooner or later than others.
        workers: calls under way at once.
        latency: seconds that an answer takes; a refusal takes a few thousandths.
        seed: of the random waits and delays.
    """
    simulation = _Simulation(limit, PaceRule(qps), calls, jitter, latency, random.Random(seed))  # noqa: S311
    simulation.run(workers)
    return simulation.outcome


@dataclass
class _Simulation:
    """A look-up under way: what happens next, in order of time."""

    limit: RateLimit
    rule: PaceRule
    left: int
    jitter: float
    latency: float
    chance: random.Random
    outcome: Outcome = field(default_factory=Outcome)
    state: PaceState = field(default_factory=PaceState)
    slow_start: SlowStart = field(default_factory=SlowStart)
    sent: deque[float] = field(default_factory=lambda: deque(maxlen=1000))
    events: list[tuple[float, int, Callable[[float], None]]] = field(default_factory=list)
    order: Iterator[int] = field(default_factory=itertools.count)

    def run(self, workers: int) -> None:
        """Let everything happen."""
        for _ in range(workers):
            self.plan(self.chance.uniform(0, 0.002), self.next_call)
        while self.events:
            moment, _, happens = heapq.heappop(self.events)
            happens(moment)

    def plan(self, moment: float, happens: Callable[[float], None]) -> None:
        """Let something happen at a moment."""
        heapq.heappush(self.events, (moment, next(self.order), happens))

    def next_call(self, now: float) -> None:
        """Let a worker begin the next call, if there is one."""
        if self.left:
            self.left -= 1
            self.ask(now, 0)

    def ask(self, now: float, tries: int) -> None:
        """Ask for a turn; take it if it is due."""
        due = self.rule.next_turn(self.state, now)
        unlimited = self.rule.rate(self.state, now) is None
        if unlimited:
            due = max(due, self.slow_start.next_turn(now))
        if due > now + 1e-9:
            self.plan(due + self.chance.uniform(0.0003, 0.004), lambda later: self.ask(later, tries))
            return
        if unlimited:
            self.slow_start.take_turn(now)
            self.sent.append(now)
        else:
            self.rule.take_turn(self.state, now)
        on_the_way = 0.003 + self.chance.uniform(0, 2 * self.jitter)
        self.plan(now + on_the_way, lambda arrival: self.arrive(arrival, now, tries))

    def arrive(self, now: float, turn: float, tries: int) -> None:
        """Reach the service."""
        if self.limit.admits(now):
            self.plan(now + self.latency, self.serve)
        else:
            self.outcome.refused += 1
            self.plan(now + self.chance.uniform(0.002, 0.006), lambda later: self.refuse(later, turn, tries))

    def serve(self, now: float) -> None:
        """Bring an answer."""
        self.outcome.served += 1
        self.outcome.seconds = now
        self.next_call(now)

    def refuse(self, now: float, turn: float, tries: int) -> None:
        """Bring a refusal."""
        if tries == 4:
            self.outcome.given_up += 1
            self.next_call(now)
            return
        wait = self.chance.uniform(0, 2**tries)
        self.rule.lower(self.state, now, turn=turn, pause=wait, sent=self.sent)
        self.plan(now + wait, lambda later: self.ask(later, tries + 1))
