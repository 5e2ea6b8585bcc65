"""What a process takes from itself before it opens a file from outside; it can undo none of that."""

import ctypes
import os
import struct
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import Final

try:
    import resource
except ImportError:  # on Windows, where time, pixels and pages are bounded and memory is not
    resource = None  # type: ignore[assignment]

FONTS: Final = ("/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/X11/fonts")
"""Where PDFium looks for fonts on Linux."""
# Landlock, as `linux/landlock.h` and the tables of system calls have it, which are the same on every processor.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF, _NO_NEW_PRIVILEGES = 444, 445, 446, 38
_EXECUTE, _READ_FILE, _READ_FOLDER = 1 << 0, 1 << 2, 1 << 3
_FILE_RIGHTS: Final = (1 << 13) - 1
_TCP_RIGHTS: Final = 0b11
_OTHER_PROCESSES: Final = 0b11
"""Abstract sockets of others, and signals to them."""


def limit_this_process(memory: int, *, cpu_seconds: int | None = None) -> None:
    """Bound what the process may take, and keep it from writing files and starting others; it can undo none of that.

    Args:
        memory: bytes of address space.
        cpu_seconds: seconds of processor time; `None` sets no bound.
    """
    if resource is None:
        return
    limits = {"RLIMIT_AS": memory, "RLIMIT_FSIZE": 0, "RLIMIT_CORE": 0, "RLIMIT_NPROC": 0, "RLIMIT_NOFILE": 64}
    if cpu_seconds is not None:
        limits["RLIMIT_CPU"] = cpu_seconds
    for name, limit in limits.items():
        if (kind := getattr(resource, name, None)) is not None:
            with suppress(ValueError, OSError):  # macOS refuses some
                resource.setrlimit(kind, (limit, limit))


def confine_to_fonts() -> None:
    """Let the process open the system's fonts and nothing else; see `confine_to`.

    A PDF may name fonts that it does not hold, as many of Japan's do.
    """
    confine_to(FONTS)


def confine_to(readable: Iterable[str], *, may_start: bool = False) -> None:
    """Let the process open some files and folders and nothing else, connect to nothing, reach into no other process.

    Linux grants that to everybody since 5.13 (Landlock), the part about connections since 6.7; elsewhere, and where it
    is switched off, this does nothing.

    Args:
        readable: what it may read. What is not there is passed over.
        may_start: whether it may also start programs that are there, and load their libraries.
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
    for place in readable:
        with suppress(OSError):
            opened = os.open(place, os.O_RDONLY)
            rights = _READ_FILE | (_EXECUTE if may_start else 0)
            rights |= _READ_FOLDER if os.path.isdir(place) else 0  # noqa: PTH112 - pathlib takes long to load
            libc.syscall(_ADD_RULE, rules, 1, struct.pack("=Qi", rights, opened), 0)
            os.close(opened)
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    libc.syscall(_RESTRICT_SELF, rules, 0)
    os.close(rules)
