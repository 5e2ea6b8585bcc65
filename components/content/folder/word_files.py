"""The paragraphs of a Word file (`.docx`) by the standard library: their text, automatic numbers, and marks.

Deleted and inserted text that is still tracked counts as struck and underlined, as it does to whoever opens the file.
"""

import io
import zipfile
from collections.abc import Iterator
from typing import Final, NamedTuple
from xml.etree import ElementTree

from components.content.folder.written_lines import Line, Mark, Stretch

_DEEPEST: Final = 300
"""So many elements stand in one another; a table within a table adds four."""
LARGEST_PART: Final = 50_000_000
"""A part of the file that says it is larger than this, in bytes, is not unpacked."""
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_OFF: Final = frozenset({"0", "false", "off", "none"})
_ROMAN: Final = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
                 (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


class NotAWordFile(Exception):
    """The file is none that can be read; `str()` says why."""


class _Level(NamedTuple):
    form: str
    text: str
    """`%1.`, where `%1` stands for the number on the first level."""
    start: int


def lines_of_word_file(data: bytes) -> list[Line]:
    """Return the paragraphs of a Word file, an empty line between two.

    Raises:
        NotAWordFile: it is none, is broken, or is too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            body = _part(archive, "word/document.xml")
            numbering = _part(archive, "word/numbering.xml") if "word/numbering.xml" in archive.namelist() else None
            styles = _part(archive, "word/styles.xml") if "word/styles.xml" in archive.namelist() else None
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError, EOFError) as failure:
        raise NotAWordFile("it is no Word file") from failure
    numbers = _Numbers(numbering, styles)
    lines: list[Line] = []
    for paragraph in _paragraphs(body):
        number = numbers.next_of(paragraph)
        before = (Stretch(f"{number} "),) if number else ()
        for line in _lines(paragraph):
            lines.append((*before, *line))
            before = ()
        lines.append(())
    return lines


def _part(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    """Return a part of the file.

    Raises:
        NotAWordFile: it is too large, or no XML.
        KeyError: there is none of this name.
    """
    if archive.getinfo(name).file_size > LARGEST_PART:
        raise NotAWordFile("it is too large")
    with archive.open(name) as stream:
        xml = stream.read(LARGEST_PART + 1)
    if len(xml) > LARGEST_PART or b"<!DOCTYPE" in xml[:2_000]:  # a Word file declares no entities
        raise NotAWordFile("it is no Word file")
    try:
        root = ElementTree.fromstring(xml)  # noqa: S314 - expands no entities: without a DOCTYPE there are none
    except ElementTree.ParseError as failure:
        raise NotAWordFile("it is damaged") from failure
    if _is_deep(root):
        raise NotAWordFile("its parts are nested too deeply")
    return root


def _is_deep(root: ElementTree.Element) -> bool:
    """Return whether elements stand in one another deeper than any word processor writes them."""
    level = [root]
    for _ in range(_DEEPEST):
        level = [child for element in level for child in element]
        if not level:
            return False
    return True


def _paragraphs(element: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """Yield all paragraphs in order, those of tables too; what is drawn in two ways is taken once."""
    for child in element:
        if child.tag == f"{_W}p":
            yield child
        elif child.tag != _FALLBACK:
            yield from _paragraphs(child)


def _lines(paragraph: ElementTree.Element) -> Iterator[Line]:
    """Yield the lines of a paragraph: more than one where a line break stands in it."""
    line: list[Stretch] = []
    for stretch in _stretches(paragraph, ""):
        first, *others = stretch.text.split("\n")
        line.append(Stretch(first, stretch.mark))
        for text in others:
            yield tuple(line)
            line = [Stretch(text, stretch.mark)]
    yield tuple(line)


def _stretches(element: ElementTree.Element, mark: Mark) -> Iterator[Stretch]:
    for child in element:
        name = child.tag.removeprefix(_W)
        if name in ("t", "delText"):
            yield Stretch(child.text or "", mark)
        elif name in _SIGNS:
            yield Stretch(_SIGNS[name], mark)
        elif name in ("rPr", "pPr") or child.tag == _FALLBACK:
            continue
        else:
            yield from _stretches(child, _mark_of(child, name) or mark)


_SIGNS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def _mark_of(element: ElementTree.Element, name: str) -> Mark:
    """Return the mark that an element puts on the text in it."""
    if name in ("del", "moveFrom"):
        return "struck"
    if name in ("ins", "moveTo"):
        return "underlined"
    properties = element.find(f"{_W}rPr") if name == "r" else None
    if properties is None:
        return ""
    if any(_is_on(properties.find(f"{_W}{kind}")) for kind in ("strike", "dstrike")):
        return "struck"
    return "underlined" if _is_on(properties.find(f"{_W}u")) else ""


def _is_on(switch: ElementTree.Element | None) -> bool:
    return switch is not None and switch.get(f"{_W}val", "true").lower() not in _OFF


class _Numbers:
    """The automatic numbers of lists: they stand in no text of the file, but are counted."""

    def __init__(self, numbering: ElementTree.Element | None, styles: ElementTree.Element | None) -> None:
        self._levels = _levels(numbering)
        self._of_styles = _list_styles(styles)
        self._counted: dict[tuple[str, int], int] = {}

    def next_of(self, paragraph: ElementTree.Element) -> str:
        """Return the number of a paragraph, `1.`; empty where it has none."""
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            return ""
        style = properties.find(f"{_W}pStyle")
        listed = _list_of(properties) or self._of_styles.get(style.get(f"{_W}val", "") if style is not None else "")
        if listed is None:
            return ""
        name, depth = listed
        level = self._levels.get(listed)
        if level is None or level.form in ("bullet", "none"):
            return ""
        self._counted[listed] = self._counted.get(listed, level.start - 1) + 1
        for deeper in [key for key in self._counted if key[0] == name and key[1] > depth]:
            del self._counted[deeper]
        return self._written(name, level)

    def _written(self, name: str, level: _Level) -> str:
        text = level.text
        for depth in range(9):
            if f"%{depth + 1}" in text:
                other = self._levels.get((name, depth), level)
                count = self._counted.get((name, depth), other.start)
                text = text.replace(f"%{depth + 1}", _number(count, other.form))
        return text


def _list_of(properties: ElementTree.Element) -> tuple[str, int] | None:
    number = properties.find(f"{_W}numPr/{_W}numId")
    depth = properties.find(f"{_W}numPr/{_W}ilvl")
    if number is None:
        return None
    return number.get(f"{_W}val", ""), _whole(depth.get(f"{_W}val") if depth is not None else None)


def _list_styles(styles: ElementTree.Element | None) -> dict[str, tuple[str, int]]:
    """Return the lists of paragraph styles, by the name of the style."""
    found = {}
    for style in styles.iter(f"{_W}style") if styles is not None else ():
        properties = style.find(f"{_W}pPr")
        listed = _list_of(properties) if properties is not None else None
        if listed is not None:
            found[style.get(f"{_W}styleId", "")] = listed
    return found


def _levels(numbering: ElementTree.Element | None) -> dict[tuple[str, int], _Level]:
    """Return how lists are numbered, by the number of the list and the level."""
    if numbering is None:
        return {}
    abstract = {each.get(f"{_W}abstractNumId"): each for each in numbering.iter(f"{_W}abstractNum")}
    levels = {}
    for number in numbering.iter(f"{_W}num"):
        refers = number.find(f"{_W}abstractNumId")
        pattern = abstract.get(refers.get(f"{_W}val") if refers is not None else None)
        for level in pattern.iter(f"{_W}lvl") if pattern is not None else ():
            levels[number.get(f"{_W}numId", ""), _whole(level.get(f"{_W}ilvl"))] = _Level(
                _value(level, "numFmt", "decimal"), _value(level, "lvlText", ""), _whole(_value(level, "start", "1"))
            )
        for override in number.iter(f"{_W}lvlOverride"):
            key = number.get(f"{_W}numId", ""), _whole(override.get(f"{_W}ilvl"))
            if key in levels and override.find(f"{_W}startOverride") is not None:
                levels[key] = levels[key]._replace(start=_whole(_value(override, "startOverride", "1")))
    return levels


def _value(element: ElementTree.Element, name: str, otherwise: str) -> str:
    found = element.find(f"{_W}{name}")
    return found.get(f"{_W}val", otherwise) if found is not None else otherwise


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 6 else 0


def _number(count: int, form: str) -> str:
    """Return a number as a list writes it."""
    if form.endswith("Letter"):
        letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1) if 0 < count <= 260 else str(count)
        return letters.upper() if form.startswith("upper") else letters
    if form.endswith("Roman"):
        roman = ""
        for value, sign in _ROMAN:
            while count >= value and len(roman) < 20:
                roman, count = roman + sign, count - value
        return roman.upper() if form.startswith("upper") else roman
    return str(count)
