"""Pages run by Streamlit's own test harness, on a desk of their own."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
import streamlit as st
from anyio.from_thread import start_blocking_portal
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import ButtonGroup

from components.desk import Desk, close_desk
from components.desk import desk as desk_of_process
from components.prosecution import Tables, read_history
from components.sandbox.recordings import RecordedHistory, recorded_histories
from components.ui.app.lifespan import lifespan
from tests.conftest import ROOT
from tests.seeding import history_of

_Widget = TypeVar("_Widget")
MAIN = ROOT / "components" / "ui" / "main.py"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """The desk of this process, in the sandbox and with an empty store."""
    for name in ("PATSNAP_API_KEY", "PATSNAP_CLIENT_ID", "PATSNAP_CLIENT_SECRET"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("REVIEW_STORE_URL", f"sqlite:///{tmp_path / 'data' / 'store.db'}")
    close_desk()
    yield desk_of_process()
    close_desk()


@pytest.fixture(scope="module")
def served() -> Iterator[None]:
    """The app's own routes, as `app.py` brings them; without them the pages run as in a plain script."""
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(lifespan(st.App(MAIN))):
        yield


def open_app(page: str = "review", /, **address: str) -> AppTest:
    """Open a page as a visitor with this address would."""
    app = AppTest.from_file(str(MAIN), default_timeout=30)
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    if page != "review":
        app.switch_page(f"../../pages/{page}.py").run()
    assert not app.exception
    return app


def options_of(app: AppTest, key: str) -> ButtonGroup:
    """The row of options of this choice."""
    return in_popover(app.button_group, key)


def in_popover(widgets: Iterable[_Widget], key: str) -> _Widget:
    """The widget of a choice, which has a key that also counts the widgets it has had if it stands in a popover."""
    return next(
        widget for widget in widgets if re.fullmatch(rf"(\d+_)?{re.escape(key)}", getattr(widget, "key", None) or "")
    )


@pytest.fixture(scope="session")
def file() -> Tables:
    """The tables of 14/412,875: 184 documents in the office's order, as a page has them before anybody marks one."""
    tables = read_history(history_of(recording_of("US14412875")))
    links = ["/documents/" + name for name in tables.documents["id"]]
    return replace(tables, documents=tables.documents.assign(link=links, read=False, note=""))


def recording_of(key: str) -> RecordedHistory:
    """Return what the office's list of an application says, by the name of its file in the sandbox."""
    return next(recording for recording in recorded_histories() if recording.key == key)
