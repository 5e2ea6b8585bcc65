"""How access is set up: read from the files and the environment, anew when they change, and closed when in doubt."""

from pathlib import Path

import pytest

from components.ui.app.access import access_setup

pytestmark = pytest.mark.usefixtures("secrets_file")


def write(file: Path, text: str, *, mode: int = 0o600) -> None:
    """Write the secrets file."""
    file.touch(mode)
    file.chmod(mode)
    file.write_text(text, encoding="utf-8")


def test_without_a_file_the_sandbox_is_open() -> None:
    """No login, and nothing wrong."""
    setup = access_setup()
    assert (setup.login, setup.problems, setup.warnings) == (None, (), ())


@pytest.mark.parametrize(
    "text",
    ["not toml [", "[Auth]\nclient_id = 'x'", "[auth]\nclient_id = 'x'", "REVIEW_ALLOW = '@example.com'"],
    ids=["broken", "misspelt", "not read by Streamlit", "without a section"],
)
def test_a_file_that_means_a_login_lets_nobody_in(secrets_file: Path, text: str) -> None:
    """It says what is missing; what was read before the file changed does not count."""
    assert not access_setup().problems
    write(secrets_file, text)
    assert access_setup().problems
    assert access_setup().admission is None
    secrets_file.unlink()
    assert not access_setup().problems


def test_a_wrong_setting_lets_nobody_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """And is named, without its value."""
    monkeypatch.setenv("PATSNAP_BASE_URL", "http://canary.example")
    (problem,) = access_setup().problems
    assert problem.startswith("PATSNAP_BASE_URL")
    assert "canary" not in problem


@pytest.mark.parametrize(("mode", "told"), [(0o600, False), (0o644, True), (0o640, True)])
def test_a_secrets_file_that_others_may_read_is_told_of(secrets_file: Path, mode: int, told: bool) -> None:
    """With what to do."""
    write(secrets_file, "REVIEW_CAP_DAY = 5\n", mode=mode)
    assert ["chmod 600" in warning for warning in access_setup().warnings] == [True] * told
