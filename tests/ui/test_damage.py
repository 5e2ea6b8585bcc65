"""What the app cannot start with, a store, a setting or a rule table: said on the page, with what to do."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.desk import close_desk, desk
from tests.conftest import ROOT
from tests.ui.conftest import MAIN


@pytest.fixture
def damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store file that is no database."""
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    file = folder / "store.db"
    file.write_bytes(b"this was a database once" * 400)
    file.chmod(0o600)
    monkeypatch.setenv("REVIEW_STORE_URL", f"sqlite:///{file}")
    close_desk()
    return file


def test_a_damaged_store_is_set_aside_and_nothing_is_bought_before_somebody_agrees(damaged: Path) -> None:
    """First the error, then an empty store with a notice; the look-up waits until the notice is acknowledged."""
    app = AppTest.from_file(str(MAIN), default_timeout=30).run()
    assert not app.exception
    assert "set aside" in app.error[0].value
    assert [file for file in damaged.parent.iterdir() if file.name.startswith("store.db.damaged-")]

    app.button(key="open_again").click().run()
    assert "charged again" in app.warning[0].value
    app.text_area(key="box").set_value("US10765880B2").run()
    app.button(key="look_up").click().run()
    sandbox = desk().sandbox
    assert sandbox is not None
    assert sandbox.billing.calls == 0
    assert any("notice" in warning.value for warning in app.warning)

    app.button(key="acknowledge").click().run()
    assert not app.warning
    app.button(key="look_up").click().run()
    job = desk().lookups.job(app.session_state["job"])
    assert job is not None
    assert job.wait(20).charged == 1
    close_desk()


def test_a_wrong_setting_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its name and what it must be; no value is repeated."""
    monkeypatch.setenv("REVIEW_STORE_URL", f"sqlite:///{tmp_path / 'data' / 'store.db'}")
    monkeypatch.setenv("PATSNAP_BATCH", "canary")
    close_desk()
    app = AppTest.from_file(str(MAIN), default_timeout=30).run()
    assert not app.exception
    told = "".join(element.value for element in (*app.error, *app.text))
    assert "PATSNAP_BATCH" in told
    assert "canary" not in told


START = """
from streamlit.testing.v1 import AppTest
app = AppTest.from_file("components/ui/main.py", default_timeout=60).run()
print(len(app.exception), *(error.value for error in app.error), sep="\\n")
"""


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        pytest.param("prosecution/law/periods.csv", "periods.csv, line 2", marks=pytest.mark.slow),
        ("prosecution/law/categories.csv", "categories.csv, line 2"),
        pytest.param("numbers/tables/kinds.csv", "kinds.csv, line 2", marks=pytest.mark.slow),
        pytest.param("patsnap/faults.csv", "faults.csv, line 2", marks=pytest.mark.slow),
    ],
)
def test_a_damaged_rule_table_is_a_page_and_not_a_trace(tmp_path: Path, table: str, expected: str) -> None:
    """The page names the file and the line; nothing is raised, neither by an import nor by a page."""
    for name in ("components", "pages"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    file = tmp_path / "components" / table
    head, first, *rest = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join((head, "damaged," + first, *rest)) + "\n", encoding="utf-8")
    store = {"REVIEW_STORE_URL": f"sqlite:///{tmp_path / 'data' / 'store.db'}", "PATH": "/usr/bin:/bin"}
    started = subprocess.run(
        [sys.executable, "-c", START], cwd=tmp_path, env=store, capture_output=True, text=True, check=False
    )
    exceptions, *errors = started.stdout.splitlines()
    assert exceptions == "0", started.stderr
    assert len(errors) == 1
    assert expected in errors[0].replace("\\", "")  # as it is escaped for markdown
