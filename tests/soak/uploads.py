"""What uploads leave in memory: `python -m tests.soak.uploads`, which takes about three minutes.

Somebody who is logged in sends 249 files of 2 MB and closes the tab. Streamlit keeps a closed session for 120 s, for a
browser that comes back; then the files must go.
"""

import tempfile
import time
from pathlib import Path

from tests.oidc.apps import app_with_login
from tests.oidc.provider import running_provider
from tests.oidc.raw_client import RawClient, logged_in
from tests.oidc.uploading import memory, upload

_FILES, _SIZE = 249, 2_000_000
_PATIENCE = 180.0
"""Seconds; Streamlit's own 120 and its next round of cleaning."""


def main() -> None:
    """Print how much memory the app holds: before, with the files, at each half minute after the tab was closed."""
    with running_provider() as provider, tempfile.TemporaryDirectory() as folder:
        provider.know("ann")
        with app_with_login(provider, Path(folder)) as app, logged_in(app, "ann") as ann:
            before = memory(app.app.pid)
            _fill(ann)
            closed = time.monotonic()
            print(f"before {before / 1e6:.0f} MB, with the files {memory(app.app.pid) / 1e6:.0f} MB")  # noqa: T201
            while time.monotonic() - closed < _PATIENCE:
                time.sleep(30)
                seconds = time.monotonic() - closed
                print(f"{seconds:.0f} s after the tab was closed {memory(app.app.pid) / 1e6:.0f} MB")  # noqa: T201


def _fill(client: RawClient) -> None:
    with client.visit() as tab:
        tab.open()
        statuses = {upload(client, tab, position, b"0" * _SIZE) for position in range(_FILES)}
        print(f"answers: {statuses}")  # noqa: T201


if __name__ == "__main__":
    main()
