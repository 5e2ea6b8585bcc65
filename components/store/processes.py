"""Which process made a reservation, and whether that process is gone.

A process is named by machine start, process namespace, process id and start time, because ids are used again, and two
containers both have a process 1. Where the system does not tell (not Linux), the answer is "perhaps", never a guess.
"""

import os
import platform
from pathlib import Path

_PROC = Path("/proc")
_UNKNOWN = "-"


def this_process() -> str:
    """Name the running process."""
    pid = os.getpid()
    return "|".join((*_machine(), str(pid), _start_time(pid) or _UNKNOWN))


def is_gone(name: str, *, one_machine: bool) -> bool:
    """Tell whether the process so named has certainly ended. False may also mean that it cannot be known.

    Args:
        name: as `this_process` gave it.
        one_machine: that all processes run on this machine, so that one from before its start must be gone.
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
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return boot, str((_PROC / "self/ns/pid").stat().st_ino)
    except OSError:
        return platform.node().replace("|", "") or _UNKNOWN, _UNKNOWN


def _start_time(pid: int) -> str | None:
    """When the process started, in ticks since the machine did: field 22 of proc_pid_stat(5); `None` if it is gone."""
    try:
        line = (_PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    fields = line.rpartition(")")[2].split()  # the name before it may hold blanks and brackets
    return None if fields[0] in "ZX" else fields[19]


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
