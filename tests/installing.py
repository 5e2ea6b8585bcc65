"""Programs that the tests bring where they may: one process of the suite installs, the others wait for it."""

import getpass
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock


def can_install() -> bool:
    """Return whether Debian's packages can be installed here: as root, with apt-get."""
    return bool(shutil.which("apt-get")) and hasattr(os, "geteuid") and os.geteuid() == 0


@contextmanager
def installing() -> Iterator[None]:
    """Hold back the other processes of the suite: two apt-get at once refuse each other.

    Look again whether the program is there before installing it: another process may just have brought it.
    """
    with FileLock(Path(tempfile.gettempdir()) / f"prosecution-review-installing-{getpass.getuser()}.lock"):
        yield


def apt_install(package: str) -> str:
    """Install a package of Debian; give what went wrong, or nothing."""
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", package]):
        done = subprocess.run(
            ["apt-get", *command], env=env, check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL
        )
        if done.returncode:
            return f"apt-get {' '.join(command)} failed: {done.stderr.strip()[-500:]}"
    return ""
