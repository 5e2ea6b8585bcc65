"""The version of the project is the newest in CHANGELOG.md."""

import re
import tomllib
from datetime import date

from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
HEADING = re.compile(r"^## \[(?P<version>\d+\.\d+\.\d+)\] - (?P<day>\d{4}-\d{2}-\d{2})$", re.MULTILINE)


def test_the_changelog_ends_with_the_version_of_the_project() -> None:
    """Versions stand newest first, each with its date; the newest is the project's."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = [(found["version"], date.fromisoformat(found["day"])) for found in HEADING.finditer(text)]
    assert versions[0][0] == PROJECT["version"]
    assert len(versions) >= 3
    numbers = [tuple(map(int, version.split("."))) for version, _ in versions]
    assert numbers == sorted(numbers, reverse=True)
    assert [day for _, day in versions] == sorted((day for _, day in versions), reverse=True)
    assert text.count("\n## ") == len(versions) + 1  # and what is not released yet
