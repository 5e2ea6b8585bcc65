"""Which process reserved or leased something, and whether that process is dead.

A process is named by the start of the machine, process namespace, process id and start time, because ids are reused,
and two containers both have a process 1. On this machine the system says whether it runs. Of a process elsewhere (on
another machine, in another container, or where the system does not say) only its heartbeat is known: a number in the
store that grows every second while it has calls or leases. It is dead once that number has not grown for some seconds
by the monotonic clock of the process that watches; the time of day is never used, because it may jump.
"""

import os
import platform
import threading
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path

from sqlalchemy import delete, insert, select, update

from components.store import storable
from components.store.schema import processes
from components.store.transaction import StoreTransaction

HEARTBEAT_SECONDS = 1.0
"""How often a process with calls or leases shows that it lives."""
SILENT_SECONDS = 6.0
"""After so many seconds without a heartbeat a process elsewhere counts as dead."""
_LONGEST_GAP = 3.0
"""Seconds between two looks after which watching begins anew: while the store is away, nobody can show a heartbeat."""
_PROC = Path("/proc")
_UNKNOWN = "-"


class ProcessState(Enum):
    """What the system says of a process."""

    RUNNING = "running"
    ENDED = "ended"
    UNKNOWN = "unknown"
    """It may run elsewhere."""


def this_process() -> str:
    """Return the name of the running process."""
    return _name_of_mine(os.getpid())


@cache
def _name_of_mine(pid: int) -> str:
    """Return the name of this process, which keeps it; after a fork its id is another."""
    return "|".join((*_machine(), str(pid), _start_time(pid) or _UNKNOWN))


def state_of(name: str, *, one_machine: bool) -> ProcessState:
    """Return what the system says of the process of this name.

    Args:
        name: as `this_process` returned it.
        one_machine: whether all processes run on this machine, so that one from before its start must have ended.
    """
    parts = name.split("|")
    if len(parts) != 4 or not parts[2].isdigit():
        return ProcessState.UNKNOWN
    boot, namespace, pid, started = parts
    here = _machine()
    if (_PROC / "self").exists():
        if boot != here[0]:
            return ProcessState.ENDED if one_machine else ProcessState.UNKNOWN
        if namespace != here[1]:
            return ProcessState.UNKNOWN
        return ProcessState.RUNNING if _start_time(int(pid)) == started else ProcessState.ENDED
    if os.name != "posix" or (boot, namespace) != here:
        return ProcessState.UNKNOWN
    # The id of a process that has ended may have been given to another one: only its absence says something.
    return ProcessState.UNKNOWN if _exists(int(pid)) else ProcessState.ENDED


@dataclass(slots=True)
class _Watched:
    """A process elsewhere, as it was seen last."""

    beat: int | None
    unchanged_since: float
    seen: float


class Liveness:
    """Tells which processes are dead; safe for all threads.

    Args:
        one_machine: whether all processes of the store run on this machine, as with an SQLite file.
        clock: seconds that never jump.
    """

    def __init__(self, *, one_machine: bool, clock: Callable[[], float] = time.monotonic) -> None:
        self._one_machine = one_machine
        self._clock = clock
        self._lock = threading.Lock()
        self._watched: dict[str, _Watched] = {}

    def dead(self, names: Collection[str], beats: Mapping[str, int]) -> set[str]:
        """Return those of the processes that are dead.

        Args:
            names: of processes.
            beats: the heartbeat of each process that ever showed one.
        """
        states = {name: state_of(name, one_machine=self._one_machine) for name in set(names)}
        dead = {name for name, state in states.items() if state is ProcessState.ENDED}
        with self._lock:
            for name, state in states.items():
                if state is ProcessState.UNKNOWN and self._is_silent(name, beats.get(name)):
                    dead.add(name)
        return dead

    def _is_silent(self, name: str, beat: int | None) -> bool:
        """Return whether a process elsewhere has shown no heartbeat for long enough."""
        now = self._clock()
        watched = self._watched.get(name)
        if watched is None or watched.beat != beat or now - watched.seen > _LONGEST_GAP:
            self._watched[name] = _Watched(beat, now, now)
            return False
        watched.seen = now
        return now - watched.unchanged_since >= SILENT_SECONDS


def show_heartbeat(tx: StoreTransaction) -> None:
    """Let the heartbeat of this process grow."""
    name = this_process()
    grown = update(processes).where(processes.c.process == name).values(beat=processes.c.beat + 1)
    if not tx.execute(grown).rowcount:
        tx.execute(insert(processes).values(process=name, beat=1))


def heartbeats(tx: StoreTransaction, names: Collection[str]) -> dict[str, int]:
    """Return the heartbeat of each of these processes; those that never showed one are left out."""
    beats: dict[str, int] = {}
    for batch in storable.batches(names):
        query = select(processes.c.process, processes.c.beat).where(processes.c.process.in_(batch))
        beats.update((row.process, row.beat) for row in tx.execute(query))
    return beats


def forget(tx: StoreTransaction, names: Collection[str]) -> None:
    """Delete the heartbeats of dead processes."""
    for batch in storable.batches(names):
        tx.execute(delete(processes).where(processes.c.process.in_(batch)))


def machine_start() -> str:
    """Return a name for the time since this machine was started; outside Linux, the machine's name."""
    return _machine()[0]


def _machine() -> tuple[str, str]:
    """Return the start of this machine and the process namespace; outside Linux, the machine's name."""
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return boot, str((_PROC / "self/ns/pid").stat().st_ino)
    except OSError:
        return platform.node().replace("|", "") or _UNKNOWN, _UNKNOWN


def _start_time(pid: int) -> str | None:
    """Return when a process started, in ticks since the machine did; `None` if it has ended.

    Source: field 22 of proc_pid_stat(5).
    """
    try:
        line = (_PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    fields = line.rpartition(")")[2].split()  # the program's name before it may hold blanks and brackets
    return None if fields[0] in "ZX" else fields[19]


def _exists(pid: int) -> bool:
    """Return whether a process of this id runs."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
