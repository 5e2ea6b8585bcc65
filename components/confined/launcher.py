"""What starts a program that reads files from outside: it gives up what the program need not have, then becomes it.

It runs in a process of its own (`LAUNCH`), where nothing else of the app is loaded.
"""

import os
import sys
from typing import Final

from components.confined.limits import confine_to, limit_this_process

LAUNCH: Final = "import sys; sys.path.insert(0, sys.argv.pop(1)); from components.confined.launcher import main; main()"
"""The script. Its first argument is the folder that holds `components`, those after it are those of `main`."""
_LIBRARIES: Final = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache", "/nix/store")
"""Where Linux has its libraries."""


def main() -> None:
    """Give up rights and become the program.

    The first arguments are seconds of processor time, bytes of memory and the files and folders that may be read; after
    `--` come the program and its arguments.
    """
    cpu_seconds, memory, *rest = sys.argv[1:]
    border = rest.index("--")
    program = rest[border + 1 :]
    confine_to((*_LIBRARIES, *rest[:border]), may_start=True)
    limit_this_process(int(memory), cpu_seconds=int(cpu_seconds))
    os.execve(program[0], program, dict(os.environ))  # noqa: S606 - no shell is the point
