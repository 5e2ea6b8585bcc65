"""How fast calls may be sent at present, and when the next one may be: a log of turns and a rule, without any waiting.

At most N calls are let through in any P seconds (a sliding log). A service that counts by the second, in fixed or in
sliding windows, or that hands out tokens, accepts N calls at once; sending them so, and not evenly spaced, leaves the
whole margin between one N and the next, where it takes up what delays a call on its way. Calls are spaced evenly where
the configured rate is no whole number, where it is not known, and once calls were refused that merely followed each
other too closely.

A refusal lowers the rate once: a call that was let through before the rate was last lowered lowers it no more. From
half of what it was the rate rises again in steps of a burst each. Where a refusal shows what the service accepts, that
becomes the ceiling, which is probed in steps so small that few calls are refused.

Nothing here waits, locks or reads a clock, so that threads and processes can share one state (`pace.py`).
"""

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Self

SLOWEST = 0.1
"""Calls a second below which the rate never falls."""
MARGIN = 0.14
"""Share by which a burst takes longer than the configured rate asks for."""
LOWERED_FOR_DELAY = 0.8
"""What is left of the rate after a refusal that a delay on the way explains; after others it is half."""
STEP = 0.2
"""Share of the full rate by which the rate rises in one step."""
PROBE = 1.001
"""Factor by which the ceiling rises with each call while nothing is refused."""
FAST_PROBE = 1.03
"""The same while the ceiling is a guess from one burst, or seems far too low."""
SEEMS_TOO_LOW = 200
"""After so many calls without a refusal the ceiling seems far too low."""
FORGOTTEN_AFTER = 600.0
"""Seconds after the last refusal in which what refusals taught is forgotten."""
OFTEN = 3
"""So many refusals within `OFTEN_CALLS` calls say that the service allows less than is configured."""
OFTEN_CALLS = 40
DELAY = 0.2
"""Seconds by which two calls may come closer to each other on their way."""
HOLD = 0.15
"""Seconds before its turn at which a call is let through, for what must still be done before it is sent."""
TRIAL = 0.1
"""Seconds after the first two calls ever, sent at once, in which a refusal shows that bursts are not accepted."""
_TURNS_KEPT = 60
_SURELY_UNLIMITED = 10_000.0
"""Calls a second at which a ceiling is none."""


@dataclass(slots=True)
class PaceState:
    """What all who call the service at the same pace have in common. Times are seconds of one clock.

    Attributes:
        turns: when the last calls were let through, in order.
        paused_until: no call is let through before.
        lowered_at: when the rate was last lowered.
        lowered_to: the rate at that time.
        resumed_at: when the first call after that was let through.
        ceiling: the most calls a second that the service seems to accept; `None` if nothing is known.
        unsure: whether the ceiling is a guess from one burst.
        refused: how many calls of that burst were refused.
        evenly: whether calls that followed each other closely were refused.
        calls: how many calls were let through since the rate was last lowered.
        calls_between: how many there had been at each of the last refusals.
    """

    turns: list[float] = field(default_factory=list)
    paused_until: float = 0.0
    lowered_at: float | None = None
    lowered_to: float = 0.0
    resumed_at: float | None = None
    ceiling: float | None = None
    unsure: bool = False
    refused: int = 0
    evenly: bool = False
    calls: int = 0
    calls_between: list[int] = field(default_factory=list)

    @classmethod
    def from_json(cls, text: str, now: float) -> Self:
        """Return the state that `to_json` wrote; a fresh one if it cannot be read or is of another clock."""
        try:
            state = cls(**json.loads(text))
        except (ValueError, TypeError):  # another version of the app wrote it, or nobody yet
            return cls()
        return cls() if max([*state.turns, state.lowered_at or 0.0]) > now + 1 else state

    def to_json(self) -> str:
        """Return the state as JSON."""
        return json.dumps(asdict(self))


@dataclass(frozen=True, slots=True)
class PaceRule:
    """Decides about turns and rate.

    Args:
        qps: calls a second by the settings; `None`: not known.
        window: seconds over which the service is taken to count.
    """

    qps: float | None
    window: float = 1.0

    def rate(self, state: PaceState, now: float) -> float | None:
        """Return the calls a second at present; `None` if they are not limited."""
        full = self._full_rate(state, now)
        if full is None or state.lowered_at is None:
            return full
        step_seconds = max(1.1 * self.window, _full_burst(full, evenly=False)[1])
        steps = 0 if state.resumed_at is None else int((now - state.resumed_at) / step_seconds)
        return max(SLOWEST, min(full, state.lowered_to + max(0, steps) * STEP * full))

    def next_turn(self, state: PaceState, now: float) -> float:
        """Return the earliest time at which the next call may be let through; it may lie in the past."""
        rate = self.rate(state, now)
        if rate is None:
            return state.paused_until
        count, seconds = self._burst(state, now, rate)
        earliest = state.turns[-1] if state.turns else 0.0
        if len(state.turns) >= count:
            earliest = max(earliest, state.turns[-count] + seconds)
        elif len(state.turns) == 2:  # the first burst ever
            earliest += TRIAL * self.window
        return max(state.paused_until, earliest)

    def take_turn(self, state: PaceState, now: float) -> None:
        """Let one call through at a time, now or a little later; only while the rate is limited."""
        rate = self.rate(state, now)
        if self._is_forgotten(state, now):
            state.ceiling, state.evenly, state.unsure = None, False, False
        if state.ceiling is not None and rate == self._full_rate(state, now):
            state.ceiling *= FAST_PROBE if state.unsure or state.calls >= SEEMS_TOO_LOW else PROBE
        if state.resumed_at is None:
            state.resumed_at = now
        if len(state.turns) == 2 and now - state.turns[-1] < 2 * TRIAL * self.window:
            state.turns = [now, now]  # they and the rest of the first burst count as sent together
        state.calls += 1
        state.turns = [*state.turns, now][-max(_TURNS_KEPT, math.ceil(2 * (rate or 0))) :]

    def lower(self, state: PaceState, now: float, *, turn: float, pause: float, sent: Sequence[float]) -> None:
        """Lower the rate after a refusal, unless it was lowered since the refused call was let through.

        Args:
            state: is changed.
            now: the time.
            turn: when the refused call was let through.
            pause: seconds for which no call is let through.
            sent: when the last calls were let through, if the rate was not limited; else the state knows.
        """
        state.paused_until = max(state.paused_until, now + pause)
        if state.lowered_at is not None and (turn <= state.lowered_at or self._was_unaware(state, turn)):
            self._count_straggler(state, turn, sent)
            return
        rate = self.rate(state, now)
        if rate is None:
            state.turns, state.refused = sorted(sent)[-_TURNS_KEPT:], 0
        delayed = self._may_be_delay(state, turn)
        if not delayed:
            # More calls than the service allows have reached it, and it may count the refused ones too.
            state.paused_until = max(state.paused_until, max(state.turns, default=turn) + 1.1 * self.window)
        self._learn(state, now, turn, rate)
        # Turns that were given ahead are withdrawn, except those whose calls are about to be sent.
        state.lowered_at, state.resumed_at = max([now, *state.turns]), None
        state.turns = [moment for moment in state.turns if moment <= now + HOLD]
        full = self._full_rate(state, now) or SLOWEST
        state.lowered_to = max(SLOWEST, min(rate or full, full) * (LOWERED_FOR_DELAY if delayed else 0.5))
        state.calls_between = [*state.calls_between, state.calls][-OFTEN:]
        state.calls = 0

    def note_late(self, state: PaceState, turn: float, sent: float, *, together: float) -> None:
        """Take note that a call was sent later than at its turn.

        The calls of the same burst count as sent then, too, so that the next one stays together: a burst that is spread
        out leaves less of the margin to the delays on the way.

        Args:
            state: is changed.
            turn: the turn.
            sent: when the call was sent.
            together: seconds before the turn within which other turns are of the same burst.
        """
        state.turns = [sent if turn - together <= moment < sent else moment for moment in state.turns]

    def _was_unaware(self, state: PaceState, turn: float) -> bool:
        """Return whether a process let the call through that did not know yet that the rate had been lowered.

        While the rate is not limited, a process reads once a second what others have learned.
        """
        since = turn - (state.lowered_at or 0.0)
        return self.qps is None and since < 1.1 * self.window and turn not in state.turns

    def _count_straggler(self, state: PaceState, turn: float, sent: Sequence[float]) -> None:
        """Take note that another call of the burst that was refused was refused too, perhaps of another process."""
        if state.unsure and state.resumed_at is None:
            state.turns = sorted({*state.turns, *sent})[-_TURNS_KEPT:]
            self._guess(state, turn)
            state.lowered_to = max(SLOWEST, (state.ceiling or SLOWEST) / 2)

    def _guess(self, state: PaceState, turn: float) -> None:
        """Set the ceiling to what was accepted of a burst, of which one more call was refused."""
        together = sum(moment > turn - self.window for moment in state.turns)
        state.refused += 1
        state.ceiling, state.unsure = max(1, together - state.refused) / self.window, True

    def _learn(self, state: PaceState, now: float, turn: float, rate: float | None) -> None:
        """Set the ceiling, or the spacing, by what the refusal of a call shows."""
        if rate is None:
            self._guess(state, turn)
            return
        full = self._full_rate(state, now) or rate
        accepted = sum(turn - self.window < moment < turn for moment in state.turns) / self.window
        if self.qps is None:
            state.ceiling, state.unsure = max(SLOWEST, full / 2, min(accepted or full / 2, 0.93 * rate)), False
        elif rate >= full and not self._may_be_delay(state, turn):
            if state.evenly or self.qps < 2:
                state.ceiling = max(SLOWEST, full / 2, min(accepted, 0.95 * full))
            else:
                state.evenly = True
        elif len(state.calls_between) >= OFTEN and sum(state.calls_between[1:]) + state.calls < OFTEN_CALLS:
            state.ceiling = max(0.8 * full, min(accepted, 0.9 * full))

    def _may_be_delay(self, state: PaceState, turn: float) -> bool:
        """Return whether so many calls were sent about that time that delays on the way can explain the refusal."""
        if self.qps is None:
            return False
        span = max(1.0, 1 / self.qps) * (1 + DELAY + 0.05) * self.window
        near = sum(turn - span < moment < turn + DELAY * self.window for moment in state.turns)
        return near > math.floor(self.qps)

    def _full_rate(self, state: PaceState, now: float) -> float | None:
        """Return the rate that is aimed for: what is configured, or what the service accepts as far as known."""
        known = state.ceiling
        if known is None or known > _SURELY_UNLIMITED / self.window or self._is_forgotten(state, now):
            return self.qps
        return known if self.qps is None else min(self.qps, known)

    def _burst(self, state: PaceState, now: float, rate: float) -> tuple[int, float]:
        """Return how many calls may be let through within how many seconds."""
        if self.qps is None:
            return 1, 1.02 / rate
        full = self._full_rate(state, now) or rate
        count, seconds = _full_burst(full, evenly=state.evenly)
        count_now = count * rate / full
        return (1, seconds / count_now) if count_now < 1 else (int(count_now + 1e-9), seconds)

    @staticmethod
    def _is_forgotten(state: PaceState, now: float) -> bool:
        """Return whether the last refusal is so long ago that it teaches nothing any more."""
        return state.lowered_at is None or now - state.lowered_at > FORGOTTEN_AFTER


def _full_burst(rate: float, *, evenly: bool) -> tuple[int, float]:
    """Return how many calls may be sent within how many seconds, at a rate that has fully risen.

    The seconds are more than the rate asks for, so that delays on the way do no harm.
    """
    whole = int(rate + 1e-9)
    if evenly or whole < 0.93 * rate:
        return 1, (1 + MARGIN) / rate
    return whole, whole / rate * (1 + MARGIN)
