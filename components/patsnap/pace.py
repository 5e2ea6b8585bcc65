"""The pace of calls: all threads of a process, and all processes that share a store, take turns together.

When the next turn is, and how a refusal changes the pace, is decided in `pace_state.py`. Here threads wait, in slices,
so that somebody who stops a look-up is heard; nobody holds a lock or a transaction while waiting. The state is in this
process, or where a `SharedPace` keeps it. If that fails, this process goes on with a pace of its own: the call is not
lost, and what fails is reported by the ledger right afterwards.
"""

import logging
import math
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Protocol

from components.patsnap.pace_state import HOLD, PaceRule, PaceState
from components.patsnap.slow_start import SlowStart

SLICE = 0.25
"""Longest wait, in seconds, between two checks whether the wait is still wanted."""
AHEAD = 0.4
"""Seconds before a turn at which it is taken, so that taking it delays no call."""
LATE = 0.05
"""Seconds after its turn up to which a call is not late: less than bursts are further apart than they must be."""
CONNECTING = 0.2
"""Seconds that the first calls after a rest may take longer on their way, because they open connections."""
CONNECTIONS_LAST = 30.0
"""Seconds without a call after which connections may be closed."""
TOGETHER = 0.03
"""Seconds within which turns are of one burst."""
CLOCK_STEP = 0.5
"""Seconds by which the shared clock must differ for it to have been set anew."""
READ_AGAIN = 1.0
"""Seconds after which what other processes have learned is read again."""
SHARE_AGAIN = 5.0
"""Seconds after which a shared pace that failed is tried again."""
_MICRO = 1e6
_log = logging.getLogger(__name__)


class SharedPace(Protocol):
    """Keeps the state of the pace where all processes find it, and has a clock that they share."""

    def read_pace(self) -> tuple[str, float]:
        """Return the state that was last written, `""` if there is none, and the time in seconds."""

    def change_pace(self, change: Callable[[str, float], str | None]) -> None:
        """Replace the state by what `change` makes of it and the time, while nobody else does; `None` leaves it."""


def _go_on() -> None:
    """Never end the wait."""


def _generation(turn: float) -> int:
    """Return the name of a turn: its moment in microseconds."""
    return round(turn * _MICRO)


class Pace:
    """Lets calls through at the pace that the account allows.

    Args:
        qps: calls a second by the settings; `None`: not known. As many as come, until one is refused.
        shared: where the state is kept for several processes; by default in this one.
        window: seconds over which the service is taken to count; tests make it short.
    """

    def __init__(self, qps: float | None, *, shared: SharedPace | None = None, window: float = 1.0) -> None:
        self._rule = PaceRule(qps, window)
        self._shared = shared
        self._share_again_at = 0.0
        self._lock = Lock()  # for all below except the queue; its holder may be waiting for the store
        self._state = PaceState()
        self._behind = 0.0
        self._read_at = -math.inf
        self._slow_start = SlowStart(window)
        self._sent: deque[float] = deque(maxlen=1000)
        self._taken: deque[float] = deque()
        self._late: dict[int, tuple[float, float]] = {}
        self._last_sent = -math.inf
        self._connecting_until = -math.inf
        self._queue = Lock()
        self._waiting = 0

    def wait(self, check: Callable[[], None] = _go_on) -> int:
        """Wait until shortly before the turn of one call; `sending` waits for the rest.

        Args:
            check: called every quarter of a second; raises to end the wait.

        Returns:
            The moment of the turn, which `sending` needs, and `slow` if the call is refused.

        Raises:
            Exception: whatever `check` raises.
        """
        while True:
            turn = self._next_turn(check)
            ahead = turn - HOLD - self._now()
            if ahead > 0:
                time.sleep(ahead)
            if ahead <= 0 or self._is_kept(turn):
                return _generation(turn)

    def sending(self, generation: int) -> None:
        """Wait the last moment until the turn of a call that is sent right afterwards.

        What is done before a call, such as writing the ledger, takes now more, now less time. Calls that are sent at
        their turns do not come closer to each other by that. Of one that is late, or opens a connection, it is noted
        when it arrives.

        Args:
            generation: as returned by `wait`.
        """
        turn, now = generation / _MICRO, self._now()
        if now < turn:
            time.sleep(turn - now)
            now = turn
        if now - self._last_sent >= CONNECTIONS_LAST:
            self._connecting_until = now + CONNECTING
        self._last_sent = now
        connecting = now < self._connecting_until
        arrives = now + CONNECTING if connecting else now - LATE
        if arrives > turn and self._rule.rate(self._state, now) is not None:
            # Without the lock, whose holder may be waiting for the store.
            self._late[generation] = (arrives, CONNECTING if connecting else TOGETHER)

    def slow(self, generation: int, pause: float) -> None:
        """Lower the pace and let all pause.

        Refusals of calls that were let through before the pace was lowered do not lower it again.

        Args:
            generation: as returned by `wait` before the refused call.
            pause: seconds for which no call is sent.
        """
        turn = generation / _MICRO

        def lower(state: PaceState, now: float) -> bool:
            self._rule.lower(state, now, turn=turn, pause=pause, sent=list(self._sent))
            return True

        with self._lock:
            self._taken.clear()
            self._change(lower)

    @property
    def rate(self) -> float | None:
        """Calls a second at present; `None` if they are not limited here."""
        return self._rule.rate(self._state, self._now())

    @contextmanager
    def _locked(self, check: Callable[[], None]) -> Iterator[None]:
        """Hold the lock, whose holder may be waiting for the store; go on checking until it is free."""
        while not self._lock.acquire(timeout=SLICE):
            check()
        try:
            yield
        finally:
            self._lock.release()

    def _now(self) -> float:
        """Return the time by the clock of the state."""
        return time.monotonic() - self._behind

    def _next_turn(self, check: Callable[[], None]) -> float:
        """Wait until there is a turn for one call, which is at most `AHEAD` away; return its moment."""
        with self._queue:
            self._waiting += 1
        try:
            while True:
                check()
                with self._locked(check):
                    self._read_if_older(READ_AGAIN)
                    now = self._now()  # only now: what was read has set the clock
                    due = self._due(now)
                    if due <= now and (turn := self._take(now)) is not None:
                        return turn
                time.sleep(min(SLICE, max(0.0, due - now)))
        finally:
            with self._queue:
                self._waiting -= 1

    def _due(self, now: float) -> float:
        """Return when to ask for a turn, as far as this process knows."""
        if self._taken:
            return now
        if self._rule.rate(self._state, now) is None:
            return max(self._rule.next_turn(self._state, now), self._slow_start.next_turn(now))
        if self._late:
            self._change(lambda state, _: self._note_late(state))
        return self._rule.next_turn(self._state, now) - AHEAD

    def _take(self, now: float) -> float | None:
        """Take a turn; `None` if others were first."""
        if self._rule.rate(self._state, now) is None:
            now = math.ceil(now * _MICRO) / _MICRO
            self._slow_start.take_turn(now)
            self._sent.append(now)
            return now
        while self._taken:
            turn = self._taken.popleft()
            if turn > now - SLICE:
                return turn
        self._change(self._take_for_all)
        return self._taken.popleft() if self._taken else None

    def _take_for_all(self, state: PaceState, now: float) -> bool:
        """Take the next turns, at most one for each waiting thread; return whether there were any."""
        self._taken.clear()
        noted = self._note_late(state)
        while len(self._taken) < self._waiting and (turn := self._rule.next_turn(state, now)) <= now + AHEAD:
            turn = math.ceil(max(turn, now) * _MICRO) / _MICRO
            self._rule.take_turn(state, turn)
            self._taken.append(turn)
        return noted or bool(self._taken)

    def _note_late(self, state: PaceState) -> bool:
        """Note which calls were sent late; return whether there were any."""
        late = sorted((generation / _MICRO, self._late.pop(generation)) for generation in list(self._late))
        for turn, (arrives, together) in late:
            self._rule.note_late(state, turn, arrives, together=together)
        return bool(late)

    def _is_kept(self, turn: float) -> bool:
        """Return whether a turn that was given ahead was not withdrawn because the pace was lowered."""
        if self._lock.acquire(blocking=False):  # whoever holds it is reading or changing the state
            try:
                self._read_if_older(HOLD)
            finally:
                self._lock.release()
        return self._state.lowered_at is None or turn > self._state.lowered_at

    def _read_if_older(self, seconds: float) -> None:
        """Read the state again if this process read it so long ago."""
        if time.monotonic() - self._read_at >= seconds:
            self._read()

    def _read(self) -> None:
        """Read what other processes have done to the state."""
        shared = self._shared_now()
        if shared is not None:
            try:
                text, now = shared.read_pace()
            except Exception as failure:  # noqa: BLE001 - whatever the store raises, see `_go_on_alone`
                self._go_on_alone(failure)
            else:
                self._adopt(PaceState.from_json(text, now), now)
        self._read_at = time.monotonic()

    def _change(self, change: Callable[[PaceState, float], bool]) -> None:
        """Change the state, and write it where all find it if `change` returns that there is something to write."""
        shared = self._shared_now()
        if shared is not None:

            def change_shared(text: str, now: float) -> str | None:
                state = PaceState.from_json(text, now)
                changed = change(state, now)
                self._adopt(state, now)
                return state.to_json() if changed else None

            try:
                shared.change_pace(change_shared)
            except Exception as failure:  # noqa: BLE001 - whatever the store raises, see `_go_on_alone`
                self._go_on_alone(failure)
            else:
                self._read_at = time.monotonic()
                return
        change(self._state, self._now())

    def _shared_now(self) -> SharedPace | None:
        """Return the shared pace, unless it has failed just now."""
        return self._shared if time.monotonic() >= self._share_again_at else None

    def _adopt(self, state: PaceState, now: float) -> None:
        """Go on with a state that was read, and with the clock that it is written by."""
        self._state = state
        # What passed since the time was told makes it look earlier, never later: the latest is nearest to the truth.
        observed = time.monotonic() - now
        if not observed - CLOCK_STEP < self._behind <= observed:
            self._behind = observed

    def _go_on_alone(self, failure: Exception) -> None:
        """Keep to a pace of this process alone for a while; the ledger, in the same store, will say what fails."""
        self._share_again_at = time.monotonic() + SHARE_AGAIN
        _log.warning("The shared pace cannot be used (%s); keeping to a pace of this process", type(failure).__name__)
