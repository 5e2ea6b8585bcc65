"""The pinned requirements: complete with their extras, in agreement with `pyproject.toml`, and installable by pip.

pip refuses a file with hashes as soon as one package asks for an extra (`coverage[toml]`) of another that is pinned
without it (`coverage`) while a newer release exists: it then looks for the extra among all releases.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import metadata
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT

FILES = ("requirements.txt", "requirements-dev.txt")
PLATFORMS = (
    {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"},
    {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
)
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
ENVIRONMENTS = [
    {**platform, "python_version": python, "python_full_version": f"{python}.0"}
    for platform in PLATFORMS
    for python in PYTHONS
]
"""Where the pins are to be installed; markers are read for each of them."""


@dataclass
class Pin:
    """One package as a file pins it, under whichever markers."""

    versions: set[str] = field(default_factory=set)
    extras: set[str] = field(default_factory=set)
    lines: list[Requirement] = field(default_factory=list)


def pins_in(text: str) -> dict[str, Pin]:
    """Read the pins of a requirements file, by the package's canonical name."""
    found: dict[str, Pin] = {}
    for line in re.findall(r"^(?![\s#-])(.+?)(?:\s*\\)?$", text, re.MULTILINE):
        requirement = Requirement(line)
        pin = found.setdefault(canonicalize_name(requirement.name), Pin())
        pin.versions |= {str(specifier.version) for specifier in requirement.specifier if specifier.operator == "=="}
        pin.extras |= {canonicalize_name(extra) for extra in requirement.extras}
        pin.lines.append(requirement)
    return found


def pins_of(name: str) -> dict[str, Pin]:
    """Read the pins of one of the project's files."""
    return pins_in((ROOT / name).read_text(encoding="utf-8"))


def applies(requirement: Requirement, extras: Iterable[str] = ()) -> bool:
    """Return whether a requirement applies anywhere where the pins are installed, with these extras of its package."""
    if requirement.marker is None:
        return True
    return any(
        requirement.marker.evaluate({**environment, "extra": extra})
        for environment in ENVIRONMENTS
        for extra in ("", *extras)
    )


def asked_by_packages(pins: Mapping[str, Pin]) -> Iterator[tuple[str, Requirement]]:
    """Yield what each pinned and installed package asks for, as its own metadata say."""
    for name, pin in pins.items():
        try:
            package = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue  # for another platform; `test_the_pinned_packages_are_the_installed_ones` sees to the others
        for text in package.requires or ():
            requirement = Requirement(text)
            if applies(requirement, pin.extras):
                yield name, requirement


def lacks(pins: Mapping[str, Pin], asked: Iterable[tuple[str, Requirement]]) -> list[str]:
    """Return what is asked for and not pinned so: not at all, without an extra, or in a version that does not fit."""
    found = []
    for asker, requirement in asked:
        pin = pins.get(canonicalize_name(requirement.name))
        if pin is None:
            found.append(f"{asker} asks for {requirement}, which is not pinned")
            continue
        missing = {canonicalize_name(extra) for extra in requirement.extras} - pin.extras
        if missing:
            found.append(f"{asker} asks for {requirement}, which is pinned without {sorted(missing)}")
        found += [
            f"{asker} asks for {requirement}, and {version} is pinned"
            for version in pin.versions
            if not requirement.specifier.contains(version, prereleases=True)
        ]
    return found


def project() -> dict[str, Any]:
    """Read `pyproject.toml`."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def group(groups: Mapping[str, list[Any]], name: str) -> Iterator[str]:
    """Yield what a dependency group asks for, with the groups that it includes."""
    for entry in groups[name]:
        if isinstance(entry, str):
            yield entry
        else:
            yield from group(groups, entry["include-group"])


def asked_by_the_project(name: str) -> list[tuple[str, Requirement]]:
    """Return what the project asks for of the packages in this file."""
    settings = project()
    asked = list(settings["project"]["dependencies"])
    if name == "requirements-dev.txt":
        asked += group(settings["dependency-groups"], "dev")
    return [("pyproject.toml", Requirement(text)) for text in asked]


@pytest.mark.parametrize("name", FILES)
def test_each_extra_that_a_package_asks_for_is_pinned_with_it(name: str) -> None:
    """Nor is anything missing, or pinned in a version that somebody who asks for it refuses."""
    pins = pins_of(name)
    assert lacks(pins, asked_by_packages(pins)) == []


def test_a_pin_that_lost_its_extra_is_found() -> None:
    """As `coverage` once stood there, and as `streamlit` did, although the project itself asks for its extras."""
    text = (ROOT / "requirements-dev.txt").read_text(encoding="utf-8")
    bare = re.sub(r"^([a-z0-9-]+)\[[^]]*\]==", r"\1==", text, flags=re.MULTILINE)
    pins = pins_in(bare)
    assert [words for words in lacks(pins, asked_by_packages(pins)) if "coverage[toml]" in words]
    missing = lacks(pins, asked_by_the_project("requirements-dev.txt"))
    assert [words for words in missing if "streamlit" in words]
    assert [words for words in missing if "psycopg" in words]


@pytest.mark.parametrize("name", FILES)
def test_pins_and_project_agree(name: str) -> None:
    """Each dependency of the project is pinned, with its extras, in a version that the project accepts."""
    assert lacks(pins_of(name), asked_by_the_project(name)) == []


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_pinned_that_nobody_asks_for(name: str) -> None:
    """A package that was given up goes from the pins too."""
    pins = pins_of(name)
    asked = [*asked_by_the_project(name), *asked_by_packages(pins)]
    wanted = {canonicalize_name(requirement.name) for _, requirement in asked}
    assert set(pins) <= wanted


def test_tests_run_on_what_the_app_runs_on() -> None:
    """The packages of the app are pinned alike in both files."""
    here, there = pins_of("requirements.txt"), pins_of("requirements-dev.txt")
    assert {name: pin.versions for name, pin in here.items()} == {name: there[name].versions for name in here}


@pytest.mark.parametrize("name", FILES)
def test_the_pinned_packages_are_the_installed_ones(name: str) -> None:
    """Else the metadata read here would be those of other releases. If this fails, install the pins anew."""
    wrong = []
    for package, pin in pins_of(name).items():
        if not any(line.marker is None or line.marker.evaluate() for line in pin.lines):
            continue
        try:
            installed = metadata.version(package)
        except metadata.PackageNotFoundError:
            installed = "nothing"
        if installed not in pin.versions:
            wrong.append(f"{package}: {installed} is installed, {sorted(pin.versions)} pinned")
    assert wrong == []


@pytest.mark.parametrize("name", [*FILES, "requirements-supply.txt"])
def test_each_pin_is_one_version_with_its_hashes_and_no_address(name: str) -> None:
    """What `pip install --require-hashes` needs, from whichever registry somebody uses."""
    text = (ROOT / name).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", text.strip())
    assert [entry for entry in entries if not re.match(r"[a-z0-9-]+(\[[a-z, -]+\])?==[^ ]+ ", entry)] == []
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert "://" not in text


def test_starlette_stays_where_streamlit_was_tried_with_it() -> None:
    """The project's range for it ends before the next minor version, and lies within Streamlit's own."""
    (own,) = [
        requirement for _, requirement in asked_by_the_project("requirements.txt") if requirement.name == "starlette"
    ]
    (pinned,) = pins_of("requirements.txt")["starlette"].versions
    major, minor, *_ = (int(part) for part in pinned.split("."))
    assert own.specifier.contains(pinned)
    assert not own.specifier.contains(f"{major}.{minor + 1}.0")
    (allowed,) = [
        Requirement(text)
        for text in metadata.requires("streamlit") or ()
        if Requirement(text).name == "starlette" and Requirement(text).marker is None
    ]
    assert allowed.specifier.contains(pinned)
