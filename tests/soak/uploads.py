"""What uploads leave in memory: `python -m tests.soak.uploads`, which takes about two and a half minutes.

Somebody who is logged in sends 249 files of 2 MB and closes the tab. Streamlit keeps a closed session for 120 s, for a
browser that comes back. It lets go of it when a tab is opened or closed after that, and the memory is free once Python
has collected all its garbage: not when the time is over, but after some dozens of tabs.
"""

import tempfile
import time
from pathlib import Path

from tests.oidc.apps import app_with_login
from tests.oidc.provider import running_provider
from tests.oidc.raw_client import RawClient, logged_in
from tests.oidc.uploading import memory, upload

_FILES, _SIZE = 249, 2_000_000
_KEPT = 125.0
"""Seconds; Streamlit's own 120, and a few."""


def main() -> None:
    """Print how much memory the app holds: before, with the files, when they may go, and as the next tabs come."""
    with running_provider() as provider, tempfile.TemporaryDirectory() as folder:
        provider.know("ann")
        with app_with_login(provider, Path(folder)) as app, logged_in(app, "ann") as ann:
            before = memory(app.app.pid)
            _fill(ann)
            print(f"before {before / 1e6:.0f} MB, with the files {memory(app.app.pid) / 1e6:.0f} MB")  # noqa: T201
            time.sleep(_KEPT)
            print(f"{_KEPT:.0f} s after the tab was closed {memory(app.app.pid) / 1e6:.0f} MB")  # noqa: T201
            for tabs in range(1, 61):
                ann.page("glossary")
                if tabs in {1, 2, 3, 10, 20, 30, 40, 50, 60}:
                    print(f"after {tabs} more tabs {memory(app.app.pid) / 1e6:.0f} MB")  # noqa: T201


def _fill(client: RawClient) -> None:
    with client.visit() as tab:
        tab.open()
        statuses = {upload(client, tab, position, b"0" * _SIZE) for position in range(_FILES)}
        print(f"answers: {statuses}")  # noqa: T201


if __name__ == "__main__":
    main()
