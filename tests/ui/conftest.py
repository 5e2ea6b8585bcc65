"""Pages run by Streamlit's own test harness, on a desk of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.lookups import Desk, close_desk, desk
from tests.conftest import ROOT

MAIN = ROOT / "components" / "ui" / "main.py"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """The desk of this process, in the sandbox and with an empty store."""
    for name in ("PATSNAP_API_KEY", "PATSNAP_CLIENT_ID", "PATSNAP_CLIENT_SECRET"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("REVIEW_STORE_URL", f"sqlite:///{tmp_path / 'data' / 'store.db'}")
    close_desk()
    yield desk()
    close_desk()


def open_app(page: str = "review", **address: str) -> AppTest:
    """Open a page as a visitor with this address would."""
    app = AppTest.from_file(str(MAIN), default_timeout=30)
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    if page != "review":
        app.switch_page(f"../../pages/{page}.py").run()
    assert not app.exception
    return app
