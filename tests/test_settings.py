"""The settings: where they come from, what they refuse, and that the README documents each."""

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from components.settings import Settings
from tests.conftest import ROOT

pytestmark = pytest.mark.usefixtures("secrets_file")


def test_without_credentials_the_sandbox_serves() -> None:
    """Nothing set: no account."""
    assert Settings().account == "sandbox"


def test_the_environment_goes_before_the_secrets_file(secrets_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is read where the environment is silent; its tables are not settings."""
    secrets_file.write_text('PATSNAP_BATCH = 7\nPATSNAP_API_KEY = "sk-file"\n[auth]\nclient_id = "x"\n')
    monkeypatch.setenv("PATSNAP_BATCH", "9")
    held = Settings()
    assert held.patsnap_batch == 9
    assert held.account == "api key"


def test_an_empty_variable_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """As container platforms leave them."""
    monkeypatch.setenv("PATSNAP_API_KEY", "")
    monkeypatch.setenv("REVIEW_CAP_DAY", "")
    assert Settings().account == "sandbox"
    assert Settings().review_cap_day is None


def test_half_of_the_client_credentials_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Said at the start, not by the service."""
    monkeypatch.setenv("PATSNAP_CLIENT_ID", "id")
    with pytest.raises(ValidationError, match="must be set together"):
        Settings()


@pytest.mark.parametrize(
    "base", ["http://connect.patsnap.com", "connect.patsnap.com", "file:///etc", "http://127.0.0.1.evil"]
)
def test_a_base_that_would_send_secrets_in_the_clear_is_refused(monkeypatch: pytest.MonkeyPatch, base: str) -> None:
    """Plain http is for this machine only."""
    monkeypatch.setenv("PATSNAP_BASE_URL", base)
    with pytest.raises(ValidationError, match="https"):
        Settings()


@pytest.mark.parametrize("megabytes", ["-1", "1.5", "lots"])
def test_room_for_pdfs_is_a_whole_number_from_nought(monkeypatch: pytest.MonkeyPatch, megabytes: str) -> None:
    """500 MB unless set; 0 keeps none."""
    assert Settings().review_pdf_mb == 500
    monkeypatch.setenv("REVIEW_PDF_MB", "0")
    assert Settings().review_pdf_mb == 0
    monkeypatch.setenv("REVIEW_PDF_MB", megabytes)
    with pytest.raises(ValidationError, match="review_pdf_mb"):
        Settings()


def test_no_secret_stands_in_the_repr(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor in its text form."""
    monkeypatch.setenv("PATSNAP_API_KEY", "sk-canary")
    monkeypatch.setenv("REVIEW_STORE_URL", "postgresql+psycopg://u:canary@h/db")
    assert "canary" not in repr(Settings()) + str(Settings())


def test_the_readme_tells_of_each_setting_and_each_page() -> None:
    """What can be set is documented, and nothing is documented that cannot."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme.split("## Settings")[1].split("##")[0]
    named = set(re.findall(r"`((?:PATSNAP|REVIEW)_[A-Z_]+)`", table))
    assert named == {name.upper() for name in Settings.model_fields}


def test_the_checks_run_the_readmes_test_command() -> None:
    """`.ci/run` takes it from the README, so the two cannot differ."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = [line for line in readme.splitlines() if line.startswith("python3 -m venv ")]
    assert [command.split()[-1] for command in commands] == ["app.py", ".venv/bin/pytest"]
    assert "README.md" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_what_may_have_been_charged_is_repeated_once_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    """By default never; more than once cannot be set."""
    assert Settings().patsnap_repeat_uncertain == 0
    monkeypatch.setenv("PATSNAP_REPEAT_UNCERTAIN", "1")
    assert Settings().patsnap_repeat_uncertain == 1
    for refused in ("2", "-1", "yes"):
        monkeypatch.setenv("PATSNAP_REPEAT_UNCERTAIN", refused)
        with pytest.raises(ValidationError):
            Settings()
