"""Which process made a reservation, and whether that process has ended.

A process is named by the start of the machine, process namespace, process id and start time, because ids are reused,
and two containers both have a process 1. Where the system does not say (not Linux), the answer is "perhaps", never a
guess.
"""

import os
import platform
from pathlib import Path

_PROC = Path("/proc")
_UNKNOWN = "-"


def this_process() -> str:
    """Return the name of the running process."""
    pid = os.getpid()
    return "|".join((*_machine(), str(pid), _start_time(pid) or _UNKNOWN))


def has_ended(name: str, *, one_machine: bool) -> bool:
    """Return whether the process of this name has certainly ended. `False` may also mean that it cannot be known.

    Args:
        name: as `this_process` returned it.
        one_machine: whether all processes run on this machine, so that one from before its start must have ended.
    """
    parts = name.split("|")
    if len(parts) != 4 or not parts[2].isdigit():
        return False
    boot, namespace, pid, started = parts
    here_boot, here_namespace = _machine()
    if (_PROC / "self").exists():
        if boot != here_boot:
            return one_machine
        return namespace == here_namespace and _start_time(int(pid)) != started
    return os.name == "posix" and (boot, namespace) == (here_boot, here_namespace) and not _exists(int(pid))


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
