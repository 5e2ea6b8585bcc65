"""The script that starts an engine: it gives up what the engine need not have, then becomes the engine.

It runs in a process of its own, where nothing else of the app is loaded. The first arguments are seconds of processor
time, bytes of memory and the files and folders that may be read; after `--` come the engine and its arguments.
"""

import ctypes
import os
import struct
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import Final

try:
    import resource
except ImportError:  # on Windows, where engines are started without this script
    resource = None  # type: ignore[assignment]

_LIBRARIES: Final = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache", "/nix/store")
"""Where Linux has its libraries."""
# Landlock, as `linux/landlock.h` and the tables of system calls have it, which are the same on every processor.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF, _NO_NEW_PRIVILEGES = 444, 445, 446, 38
_EXECUTE, _READ_FILE, _READ_FOLDER = 1 << 0, 1 << 2, 1 << 3
_FILE_RIGHTS: Final = (1 << 13) - 1
_TCP_RIGHTS: Final = 0b11
_OTHER_PROCESSES: Final = 0b11
"""Abstract sockets of others, and signals to them."""


def limit_this_process(*, cpu_seconds: int, memory: int) -> None:
    """Bound what the process may take, and keep it from writing files and starting others; it can undo none of that."""
    if resource is None:
        return
    limits = {"RLIMIT_AS": memory, "RLIMIT_CPU": cpu_seconds, "RLIMIT_FSIZE": 0, "RLIMIT_CORE": 0, "RLIMIT_NPROC": 0,
              "RLIMIT_NOFILE": 64}  # fmt: skip
    for name, limit in limits.items():
        if (kind := getattr(resource, name, None)) is not None:
            with suppress(ValueError, OSError):  # macOS refuses some
                resource.setrlimit(kind, (limit, limit))


def confine_to(readable: Iterable[str]) -> None:
    """Let the process read and start what is named and the system's libraries, and connect to nothing.

    Linux grants that to everybody since 5.13 (Landlock), the part about connections since 6.7; elsewhere, and where it
    is switched off, this does nothing.
    """
    if sys.platform != "linux":
        return
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), 1)
    if version < 1:
        return
    handled = struct.pack("=QQQ", _FILE_RIGHTS, _TCP_RIGHTS, _OTHER_PROCESSES)
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    rules = libc.syscall(_CREATE_RULESET, handled, ctypes.c_size_t(size), 0)
    if rules < 0:
        return
    for place in (*_LIBRARIES, *readable):
        with suppress(OSError):
            opened = os.open(place, os.O_RDONLY)
            rights = _EXECUTE | _READ_FILE | (_READ_FOLDER if os.path.isdir(place) else 0)  # noqa: PTH112 - starts fast
            libc.syscall(_ADD_RULE, rules, 1, struct.pack("=Qi", rights, opened), 0)
            os.close(opened)
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    libc.syscall(_RESTRICT_SELF, rules, 0)
    os.close(rules)


def main() -> None:
    """Give up rights and become the engine."""
    cpu_seconds, memory, *rest = sys.argv[1:]
    border = rest.index("--")
    program = rest[border + 1 :]
    confine_to(rest[:border])
    limit_this_process(cpu_seconds=int(cpu_seconds), memory=int(memory))
    os.execve(program[0], program, dict(os.environ))  # noqa: S606 - no shell is the point


if __name__ == "__main__":
    main()
