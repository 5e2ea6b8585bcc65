"""The two scripts that `streamlit run` can be given, each started as a process of its own."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import ROOT, App, free_port, serving

APP = "app.py"
PLAIN_SCRIPT = "components/ui/main.py"


@contextmanager
def started(
    entry: str,
    folder: Path,
    *,
    root: Path = ROOT,
    cwd: Path | None = None,
    port: int | None = None,
    listen: str = "127.0.0.1",
    **settings: str,
) -> Iterator[App]:
    """Run `streamlit run` on one of the project's scripts until the block ends; then it is asked to stop, and has.

    Args:
        entry: the script, by its path in the project.
        folder: an empty one, for the store and the log.
        root: the project.
        cwd: where it is started, if not in the project's folder.
        port: that it takes, if not any free one.
        listen: the address at which it listens; it is always reached at 127.0.0.1.
        settings: set in its environment.
    """
    port, store, log = port or free_port(), folder / "data" / "store.db", folder / "app.log"
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PATSNAP_", "REVIEW_", "PYTHON"))}
    env |= {"REVIEW_STORE_URL": f"sqlite:///{store}", "HOME": str(folder), **settings}
    # -P as the command `streamlit` has it: the folder where it is started is not where modules are looked for.
    command = [sys.executable, "-P", "-m", "streamlit", "run", str(root / entry) if cwd else entry,
               "--server.port", str(port), "--server.address", listen, "--server.headless", "true"]  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    with serving(command, f"{url}/_stcore/health", cwd=cwd or root, env=env, log=log) as pid:
        yield App(url, log, store, pid)
