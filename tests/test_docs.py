"""The documentation: every room and every public class is explained, and what it names exists."""

import importlib
import inspect
import re
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from tests.conftest import ROOT

DOCS = ROOT / "docs"
ARCHITECTURE = DOCS / "architecture.md"
GLOSSARY = DOCS / "glossary.md"
PAGES = [ARCHITECTURE, GLOSSARY, *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")),
         DOCS / "deploy.md", *sorted((DOCS / "deploy").glob("*.md")),
         *sorted((DOCS / "decisions").glob("*.md"))]  # fmt: skip
ROOMS = sorted(
    path.stem
    for path in (ROOT / "components").iterdir()
    if (path / "__init__.py").is_file() or (path.suffix == ".py" and path.stem != "__init__")
)
"""The packages and modules directly under `components/`."""

HERE = Path(__file__).resolve()
SOURCES = {".csv", ".py", ".toml"}
"""Files in which names of the code stand."""

FENCED = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
CODE_OR_BOLD = re.compile(r"`([^`\n]+)`|\*\*([^*\n]+)\*\*")
PATH = re.compile(r"(?<![\w./-])(?:components|docs|pages|tests)/[\w./*<>-]*")
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)")
ENTRY = re.compile(r"- \*\*([^*]+)\*\*: \S.*[.!]")


def text_of(page: Path) -> str:
    """Read a page of the documentation."""
    return page.read_text(encoding="utf-8")


def words_set_apart(page: Path) -> set[str]:
    """Return every word that a page writes in code font or bold."""
    spans = CODE_OR_BOLD.findall(FENCED.sub("", text_of(page)))
    return {word for code, bold in spans for word in re.findall(r"\w+", code or bold)}


def headings(page: Path) -> set[str]:
    """Return every word of the headings of a page."""
    return {word for line in re.findall(r"^#+ (.*)$", text_of(page), re.MULTILINE) for word in re.findall(r"\w+", line)}


def public_classes(room: ModuleType) -> set[str]:
    """Return the classes that a room exports; of a single module all that are public and its own."""
    names = getattr(room, "__all__", None)
    if names is None:
        return {
            name
            for name, cls in inspect.getmembers(room, inspect.isclass)
            if cls.__module__ == room.__name__ and not name.startswith("_")
        }
    return {name for name in names if inspect.isclass(getattr(room, name))}


def paths_named(page: Path) -> set[str]:
    """Return the paths of the repository that a page names, and the files that it links, from the root.

    A path with a placeholder (`tests/<room>`) names no file.
    """
    named = {path.rstrip(".") for path in PATH.findall(text_of(page)) if "<" not in path}
    linked = {(page.parent / target).resolve().relative_to(ROOT).as_posix() for target in LINK.findall(text_of(page))}
    return named | linked


def test_every_room_stands_in_the_architecture() -> None:
    """A new package or module directly under `components/` has to be explained."""
    assert {"numbers", "prosecution", "store", "ui", "words"} <= set(ROOMS)
    assert set(ROOMS) - headings(ARCHITECTURE) - words_set_apart(ARCHITECTURE) == set()


def test_the_layers_of_the_architecture_are_those_of_the_import_contract() -> None:
    """The table of layers says what `lint-imports` enforces."""
    contracts = tomllib.loads(text_of(ROOT / "pyproject.toml"))["tool"]["importlinter"]["contracts"]
    enforced = [set(re.findall(r"components\.(\w+)", layer)) for layer in contracts[0]["layers"]]
    rows = text_of(ARCHITECTURE).split("| layer | rooms |\n| --- | --- |\n")[1].split("\n\n")[0].splitlines()
    assert [set(re.findall(r"`(\w+)`", row)) for row in rows] == enforced
    assert set().union(*enforced) == set(ROOMS)


def test_every_public_class_is_explained() -> None:
    """Each class that a room exports stands in code font or bold in the glossary or the architecture."""
    classes = {
        f"{room}.{name}" for room in ROOMS for name in public_classes(importlib.import_module(f"components.{room}"))
    }
    assert len(classes) > 100
    explained = words_set_apart(GLOSSARY) | words_set_apart(ARCHITECTURE)
    assert {name for name in classes if name.partition(".")[2] not in explained} == set()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_what_a_page_names_exists(path: Path) -> None:
    """Every path of the repository and every link to a file leads somewhere; `*` stands for at least one file."""
    assert {name for name in paths_named(path) if not any(ROOT.glob(name.rstrip("/")))} == set()


@pytest.mark.parametrize("path", [ARCHITECTURE, GLOSSARY], ids=lambda path: path.name)
def test_names_in_code_font_stand_in_the_code(path: Path) -> None:
    """A name that was changed or removed everywhere in the code is found here; `draw_<page>` names nothing."""
    folders = (ROOT / name for name in ("components", "pages", "tests"))
    files = [file for folder in folders for file in folder.rglob("*") if file.suffix in SOURCES and file != HERE]
    code = "\n".join(file.read_text(encoding="utf-8") for file in (*files, ROOT / "app.py", ROOT / "pyproject.toml"))
    known = set(re.findall(r"\w+", code)) | {word for file in files for word in re.findall(r"\w+", file.name)}
    spans = re.findall(r"`([^`\n]+)`", FENCED.sub("", text_of(path)))
    named = {word for span in spans if "<" not in span for word in re.findall(r"\w+", span)}
    assert len(named) > 50
    assert named - known == set()


def test_paths_are_found_where_they_are_named() -> None:
    """The test above looks at what people write: paths in code, folders, patterns, sentences and links."""
    counts = {page.name: len(paths_named(page)) for page in PAGES}
    assert counts["architecture.md"] > 60
    assert counts["README.md"] > 5
    assert counts["SECURITY.md"] > 10
    assert sum(counts.values()) > 100
    assert PATH.findall("See `components/words.py`, docs/decisions/ and tests/<room>/*.py.") == [
        "components/words.py", "docs/decisions/", "tests/<room>/*.py.",
    ]  # fmt: skip
    assert not any(ROOT.glob("components/no_such_room.py"))


def test_the_glossary_has_one_line_for_each_word_in_alphabetical_order() -> None:
    """A word is found where it is looked for, and once in its section."""
    sections = re.split(r"^#+ .*$", text_of(GLOSSARY), flags=re.MULTILINE)
    lists = [[line for line in section.splitlines() if line.startswith(("-", " "))] for section in sections]
    words = [[match[1].casefold() for match in map(ENTRY.fullmatch, lines) if match] for lines in lists]
    assert [len(found) for found in words] == [len(lines) for lines in lists]
    assert sum(map(len, words)) > 200
    assert words == [sorted(set(found)) for found in words]
