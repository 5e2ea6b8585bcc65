"""Kill a process that looks numbers up, at random moments, and see whether anything is lost or bought twice.

Run as `python -m tests.soak.kills --rounds 100`; pytest runs a few rounds (tests/lookups/test_kills.py). The process
has the shipped defaults and an SQLite store, which all rounds share; the service bills in another process than the
killed one. Each round ends as a person would end it: the interrupted look-up is taken up, what may have been charged
is closed by the service's own billing log, and what was not charged is bought.
"""

import argparse
import random
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from multiprocessing.connection import Connection
from pathlib import Path

import time_machine

from components.access import LOCAL_PERSON
from components.desk import Desk
from components.lookups import Plan, PlanState
from components.numbers import parse
from tests.patsnap.service import Server
from tests.soak.billing_service import BillingService
from tests.soak.buyer import kill, open_shipped, start_buyer

MOST_IN_FLIGHT = 8 * 25
"""Patents in flight at most with the shipped defaults: eight calls of 25."""
_FIRST_CALL_SECONDS = 15.0
_PATIENCE = 120.0


class Ending(StrEnum):
    """How the process is ended, and what is different afterwards."""

    KILLED = "SIGKILL"
    CLOCK_BACK = "SIGKILL, and the next process's clock is an hour behind"
    WAITED_FOR = "SIGKILL, while two other processes wait for its numbers"
    DEPLOYED = "SIGTERM"


@dataclass
class Round:
    """What happened in one round."""

    ending: Ending
    moment: str = ""
    """Where the process was: before the first call, in flight, between calls, after the end."""
    asked: int = 0
    held: int = 0
    in_doubt: int = 0
    first_call: float | None = None
    """Seconds from opening the store anew until the first call of the rest had arrived; `None` without a rest."""
    violations: list[str] = field(default_factory=list)

    def expect(self, holds: object, words: str) -> None:
        """Note a violation unless something holds."""
        if not holds:
            self.violations.append(words)


@dataclass(frozen=True)
class Ground:
    """What all rounds share: the service and the store."""

    service: BillingService
    base_url: str
    store: Path
    dice: random.Random

    @property
    def store_url(self) -> str:
        """The store's address."""
        return f"sqlite:///{self.store}"


@contextmanager
def ground(folder: Path, *, seed: int) -> Iterator[Ground]:
    """Serve on a free port, with a store in this folder."""
    dice = random.Random(seed)  # noqa: S311 - dice, not secrets
    service = BillingService(dice)
    with Server(service).running() as server:
        yield Ground(service, server.base, folder / "data" / "store.db", dice)


def _play(ground: Ground, ending: Ending, grants: list[str]) -> Round:
    """Play one round with numbers that no other round has."""
    done = Round(ending, asked=len(grants))
    try:
        _end_a_buyer(ground, done, grants)
        clock = datetime.now(UTC) - timedelta(hours=1)
        behind = time_machine.travel(clock) if ending is Ending.CLOCK_BACK else nullcontext()
        began = time.monotonic()
        with behind, closing(open_shipped(ground.base_url, ground.store_url)) as desk:
            opening = time.monotonic() - began
            _check_what_is_left(ground, done, desk, grants)
            _take_up(ground, done, desk, grants, opening)
            _decide(ground, done, desk, grants)
    except TimeoutError as late:
        done.violations.append(str(late))
    return done


def _end_a_buyer(ground: Ground, done: Round, grants: list[str]) -> None:
    """Start a process that buys, and end it at a random moment."""
    dice, service = ground.dice, ground.service
    waiters = 2 if done.ending is Ending.WAITED_FOR else 0
    (process, pipe), *waiting = [
        start_buyer(ground.base_url, ground.store_url, grants, seed=dice.random()) for _ in range(1 + waiters)
    ]
    for _, other_pipe in waiting:
        _hear(other_pipe, "opened")
    pipe.send("go")
    if waiting:
        _until(lambda: service.first_arrival(after=0, among=set(grants)), "a call")
    elif dice.random() < 0.9:  # else it is killed while it starts
        _hear(pipe, dice.choice(["opened", "begun"]))
    for _, other_pipe in waiting:
        other_pipe.send("go")
    waves = 1 + len(grants) // MOST_IN_FLIGHT
    time.sleep(dice.uniform(0, waves * service.latency[1]))
    done.moment = _moment(service, grants)
    if done.ending is Ending.DEPLOYED:
        process.terminate()
        process.join(_PATIENCE)
    else:
        kill(process)
    for other, other_pipe in waiting:
        state = _last_word(other_pipe)
        other.join(_PATIENCE)
        done.expect(state == "finished", f"a process that waited ended as {state}")


def _moment(service: BillingService, grants: list[str]) -> str:
    """Return where the process is."""
    if service.first_arrival(after=0, among=set(grants)) is None:
        return "before the first call"
    if service.under_way:
        return "in flight"
    return "between calls" if len(service.bills_of(grants)) < len(grants) else "after the last call"


def _check_what_is_left(ground: Ground, done: Round, desk: Desk, grants: list[str]) -> None:
    """Check the store and the plan before anything else is bought."""
    store = desk.store
    with closing(sqlite3.connect(ground.store)) as seen:
        done.expect(seen.execute("PRAGMA integrity_check").fetchall() == [("ok",)], "the store is damaged")
    done.expect(store.totals().ever.reserved == 0, f"{store.totals().ever.reserved} are reserved for ever")
    if done.ending is not Ending.WAITED_FOR:
        _until(lambda: ground.service.is_quiet, "the end of the calls that were cut off")
    plan = desk.lookups.plan(parse("\n".join(grants)))
    states = {item.number.reading.normalised: item.state for item in plan.items}
    open_rows = {row.number for row in store.ledger(current=True) if row.state == "uncertain"}
    billed = ground.service.bills_of(grants)
    lost = [grant for grant in billed if states[grant] not in {PlanState.HELD, PlanState.UNCERTAIN}]
    done.expect(not lost, f"{len(lost)} were billed and would be bought again: {lost[:3]}")
    twice = [grant for grant, times in billed.items() if times > 1]
    done.expect(not twice, f"{len(twice)} were bought twice: {twice[:3]}")
    doubtful = {grant for grant, state in states.items() if state is PlanState.UNCERTAIN}
    done.held, done.in_doubt = len(plan.items_in(PlanState.HELD)), len(doubtful)
    done.expect(doubtful <= open_rows, "the plan calls uncertain what the ledger does not")
    most = 0 if done.ending is Ending.DEPLOYED else MOST_IN_FLIGHT
    done.expect(done.in_doubt <= most, f"{done.in_doubt} are in doubt, at most {most} were in flight")
    _check_the_offer(done, desk, plan)


def _check_the_offer(done: Round, desk: Desk, plan: Plan) -> None:
    """Check that the look-up is offered again with figures that add up, if it was begun and did not end."""
    offers = desk.lookups.interrupted("local")
    done.expect(len(offers) <= 1, f"{len(offers)} look-ups are offered again")
    was_cut_off = done.moment in {"in flight", "between calls"} and len(plan.items_in(PlanState.HELD)) < done.asked
    done.expect(offers or not was_cut_off, "the interrupted look-up is not offered again")
    for record, rest in offers:
        figures = Counter(item.state for item in rest.items)
        done.expect(len(record.numbers) == done.asked, f"{len(record.numbers)} of {done.asked} numbers were recorded")
        done.expect(figures == Counter(item.state for item in plan.items), "the offer says other figures than a plan")
        total = sum(figures[state] for state in (PlanState.HELD, PlanState.UNCERTAIN, PlanState.CHARGED))
        done.expect(total == done.asked, f"held, open and rest make {total} of {done.asked}")


def _take_up(ground: Ground, done: Round, desk: Desk, grants: list[str], opening: float) -> None:
    """Take up what is offered, or look the numbers up anew, and check that only the rest is bought."""
    before = ground.service.bills_of(grants)
    began = time.monotonic()
    offers = desk.lookups.interrupted("local")
    plan = desk.lookups.plan(parse("\n".join(grants)))
    rest = {item.number.reading.normalised for item in plan.items_in(PlanState.CHARGED)}
    job = desk.lookups.take_up(offers[0][0], user=LOCAL_PERSON) if offers else desk.lookups.start(plan)
    progress = job.wait(_PATIENCE)
    done.expect(progress.state == "finished", f"the look-up of the rest: {progress.state}: {progress.message}")
    first = ground.service.first_arrival(after=began, among=rest)
    if rest:
        done.expect(first is not None, "the rest was never asked for")
        done.first_call = opening + (first or time.monotonic()) - began
        done.expect(done.first_call <= _FIRST_CALL_SECONDS, f"the first call came after {done.first_call:.1f} s")
    after = ground.service.bills_of(grants)
    again = [grant for grant in before if after[grant] != before[grant]]
    done.expect(not again, f"{len(again)} were bought a second time: {again[:3]}")
    done.expect(not desk.lookups.interrupted("local"), "it is offered again although it was taken up")


def _decide(ground: Ground, done: Round, desk: Desk, grants: list[str]) -> None:
    """Close what may have been charged by the service's own log, buy what was not, and compare the bills."""
    _until(lambda: ground.service.is_quiet, "the end of all calls")
    billed = ground.service.bills_of(grants)
    wanted = set(grants)
    rows = [row for row in desk.store.ledger(current=True) if row.state == "uncertain" and row.number in wanted]
    for charged in (True, False):
        charges = [(row.request_id, row.number) for row in rows if (row.number in billed) is charged]
        closed = desk.store.close_uncertain(charges, charged=charged, note="by the service's own log")
        done.expect(closed == len(charges), f"{closed} of {len(charges)} could be closed")
    plan = desk.lookups.plan(parse("\n".join(grant for grant in grants if grant not in billed)))
    job = desk.lookups.start(plan)
    done.expect(job.wait(_PATIENCE).state == "finished", "what was not charged could not be bought")
    times = set(ground.service.bills_of(grants).values())
    done.expect(times == {1}, f"numbers were billed {sorted(times)} times")
    told, real = desk.store.totals().ever, ground.service.billed.total()
    done.expect(
        (told.billed, told.uncertain, told.reserved) == (real, 0, 0), f"the ledger says {told}, the bill {real}"
    )


def _hear(hears: Connection, word: str) -> None:
    """Wait until a process says a word."""
    while hears.poll(_PATIENCE):
        if hears.recv() == word:
            return
    raise TimeoutError(f"a process did not say {word!r}")


def _last_word(hears: Connection) -> str:
    """Wait for how a process's look-up ended, and return its state, or what is known instead."""
    while hears.poll(_PATIENCE):
        try:
            said = hears.recv()
        except EOFError:
            return "died"
        if isinstance(said, tuple):
            return str(said[0])
    return "still running"


def _until(right: Callable[[], object], what: str) -> None:
    """Wait until something is right."""
    end = time.monotonic() + _PATIENCE
    while not right():
        if time.monotonic() > end:
            raise TimeoutError(f"{what} did not come within {_PATIENCE:.0f} s")
        time.sleep(0.005)


def rounds(count: int, folder: Path, *, seed: int, numbers: int, endings: Sequence[Ending]) -> Iterator[Round]:
    """Play rounds, one after another, on one store.

    Args:
        count: how many rounds.
        folder: for the store.
        seed: of the dice.
        numbers: how many each round looks up at most.
        endings: how the processes are ended, in turn.
    """
    with ground(folder, seed=seed) as shared:
        first = 1
        for index in range(count):
            asked = shared.dice.randint(numbers // 2, numbers)
            grants = [f"US99{number:05}B2" for number in range(first, first + asked)]
            first += asked
            yield _play(shared, endings[index % len(endings)], grants)


def main() -> int:
    """Play rounds, print each that went wrong and a summary; return 1 if one did."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak.kills", description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--numbers", type=int, default=600, help="looked up in a round at most; default: 600")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--ending", choices=[ending.name for ending in Ending], action="append", help="default: all")
    options = parser.parse_args()
    endings = [Ending[name] for name in options.ending or Ending.__members__]
    played: list[Round] = []
    say = sys.stdout.write
    with tempfile.TemporaryDirectory() as folder:
        for done in rounds(options.rounds, Path(folder), seed=options.seed, numbers=options.numbers, endings=endings):
            played.append(done)
            words = "; ".join(done.violations) or "holds"
            say(f"{len(played):4} {done.ending} {done.moment}: {done.asked} asked, {done.held} held, "
                f"{done.in_doubt} in doubt: {words}\n")  # fmt: skip
    say(summary(played))
    return int(any(done.violations for done in played))


def summary(played: Sequence[Round]) -> str:
    """Return the figures of all rounds, one a line."""
    lines = [f"{len(played)} rounds, {sum(done.asked for done in played):,} numbers"]
    for name, counts in (("ended by", Counter(done.ending for done in played)),
                         ("ended when", Counter(done.moment for done in played))):  # fmt: skip
        lines.append(f"{name}: " + ", ".join(f"{word} {count}" for word, count in counts.most_common()))
    lines.append(f"in doubt at most: {max(done.in_doubt for done in played)} (in flight at most {MOST_IN_FLIGHT})")
    times = [done.first_call for done in played if done.first_call is not None]
    lines.append(f"seconds until the first call of the rest at most: {max(times, default=0):.2f}")
    lines.append(f"rounds that went wrong: {sum(bool(done.violations) for done in played)}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
