"""The papers of a folder: which files it has, and the pages of those that are text already.

A text file has no places: its words stand nowhere on their page. Pages are told apart by the running head that an
office prints on each, or by form feeds; a text with neither is one page with the number 0.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from datetime import date
from html import unescape
from pathlib import Path
from typing import Final, NamedTuple

from components.content.folder.word_files import NotAWordFile, lines_of_word_file
from components.content.folder.written_lines import Line, Mark, Stretch
from components.page_texts import Box, PageText, Word, WordMark

TEXT_FILE: Final = "text file"
"""What stands for an engine where nothing had to be read from a picture."""
TEXT_ENDINGS: Final = (".txt", ".md", ".docx")
ENDINGS: Final = (".pdf", *TEXT_ENDINGS)
"""The files that can be read; others are left alone."""
LIST_OF_PAPERS: Final = "index.csv"
LARGEST_TEXT: Final = 20_000_000
"""A text file of more bytes is not read: it is no paper."""

_NOWHERE: Final = Box(0, 0, 0, 0)
_LONGEST_HEAD: Final = 110
_HEAD: Final = re.compile(
    r"\W{0,8}(?:\w{8,14}\s?\W?\s?Contro.\s{0,2}N\w{1,7}|(?:Serial|Application)\s+N(?:umber|o)\b)", re.IGNORECASE
)
_HEAD_PAGE: Final = re.compile(r"\bPage\W{0,4}(\w{1,4})(?!\w)", re.IGNORECASE)
_PAGE_ALONE: Final = re.compile(r"\W{0,4}Page\W{0,4}(\w{1,4})\W{0,4}", re.IGNORECASE)
_DIGITS: Final = str.maketrans({"l": "1", "I": "1", "|": "1", "i": "1", "O": "0", "o": "0", "S": "5", "B": "8"})
_MOST_LEFT_OUT: Final = 5
"""A head may be so many pages ahead of the one before it, whose heads were lost; more is a misread number."""
_OPENS: Final = re.compile(r"^([\"'(\[]{0,2})[*_]{1,3}(?=[^\s*_])")
_CLOSES: Final = re.compile(r"(?<=[^\s*_\\])[*_]{1,3}(?=[^\w*]{0,3}$)")
_SIGNS_ALONE: Final = re.compile(r"[*_#|>~`=:+-]{1,200}")
_ESCAPED: Final = re.compile(r"\\([\\`*_{}\[\]()#+.!~<>|-])")
_MARK_TAGS: Final = re.compile(r"~~|</?(?:u|ins|s|del|strike)\s*>", re.IGNORECASE)
_NAME_DATES: Final = (
    (re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)"), (1, 2, 3)),
    (re.compile(r"(?<!\d)(\d\d)-(\d\d)-(\d{4})(?!\d)"), (3, 1, 2)),
)
_NAME_APPLICATION: Final = re.compile(r"(?<!\d)\d{8}(?!\d)")
_NAME_CODE: Final = re.compile(r"(?<![A-Za-z])[A-Z][A-Z0-9./]{2,9}(?![A-Za-z])")


class FileProblem(Exception):
    """A file, or a folder, cannot be read; `str()` says why, in words for the user."""


class PaperFile(NamedTuple):
    """A paper of a folder."""

    path: Path
    name: str
    """The file as the list names it, or its path in the folder."""
    application: str = ""
    """The digits of its application number; empty where unknown."""
    day: date | None = None
    code: str = ""
    """Its document code, `CTNF`."""
    kind: str = ""
    """What the list says it is, in words."""
    problem: str = ""
    """Why it cannot be read, where that is known already."""


def papers_in(folder: Path) -> list[PaperFile]:
    """Return the papers of a folder that can be read: those of its `index.csv`, or without one all of their endings.

    Raises:
        FileProblem: it is no folder, its list cannot be read, or nothing is in it.
    """
    if not folder.is_dir():
        raise FileProblem(f"{folder} is no folder.")
    listed = folder / LIST_OF_PAPERS
    papers = list(_listed(folder, listed) if listed.is_file() else _found(folder))
    if not papers:
        raise FileProblem(f"{folder} has no papers: no file ends with {', '.join(ENDINGS)}.")
    return papers


def pages_of_file(path: Path) -> list[PageText]:
    """Return the pages of a text file, a Markdown file or a Word file.

    Raises:
        FileProblem: it cannot be read, is too large, or is of another kind.
    """
    ending = path.suffix.lower()
    if ending not in TEXT_ENDINGS:
        raise FileProblem(f"{path.name} does not end with {', '.join(TEXT_ENDINGS)}.")
    try:
        if path.stat().st_size > LARGEST_TEXT:
            raise FileProblem(f"{path.name} is too large to be a paper.")
        data = path.read_bytes()
    except OSError as failure:
        raise FileProblem(f"{path.name} cannot be read: {failure.strerror or 'unknown reason'}.") from failure
    if ending == ".docx":
        try:
            return _pages(lines_of_word_file(data), are_marked=True)
        except NotAWordFile as failure:
            raise FileProblem(f"{path.name} cannot be read: {failure}.") from failure
    text = _decoded(data)
    if ending == ".md":
        lines = list(_markdown(text))
        return _pages(lines, are_marked=any(stretch.mark for line in lines for stretch in line))
    return _pages([(Stretch(line),) for line in _lines(text)], are_marked=False)


def _decoded(data: bytes) -> str:
    """Return a text file's text: UTF-8 or UTF-16, else what Windows wrote by default."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _lines(text: str) -> list[str]:
    """Return the lines of a text; a form feed stands at the beginning of its line."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\f").split("\n")


def _markdown(text: str) -> Iterator[Line]:
    """Yield the lines of Markdown without its signs; what is struck or underlined is said so."""
    mark: Mark = ""
    for line in _lines(text):
        stretches = []
        begin = 0
        for tag in _MARK_TAGS.finditer(line):
            stretches.append(Stretch(_bare(line[begin : tag.start()]), mark))
            opens: Mark = "underlined" if tag[0].strip("</> ").lower() in ("u", "ins") else "struck"
            mark = "" if mark == opens else opens
            begin = tag.end()
        stretches.append(Stretch(_bare(line[begin:]), mark))
        if not line.strip():  # a mark does not go on across paragraphs
            mark = ""
        yield tuple(stretches)


def _bare(text: str) -> str:
    """Return a piece of Markdown without emphasis, headings and escapes; blanks stay as they are."""
    words = re.split(r"(\s+)", text)
    return "".join(word if not word.strip() else _bare_word(word) for word in words)


def _bare_word(word: str) -> str:
    if _SIGNS_ALONE.fullmatch(word):
        return word if word in ("-", "+", "=", "--", ":") else ""
    word = _CLOSES.sub("", _OPENS.sub(r"\1", word.replace("**", "")))
    return unescape(_ESCAPED.sub(r"\1", word))


def _pages(lines: Sequence[Line], *, are_marked: bool) -> list[PageText]:
    """Return the pages of lines, told apart by form feeds or else by running heads."""
    texts = ["".join(stretch.text for stretch in line) for line in lines]
    numbers = _by_form_feeds(texts) or _by_heads(texts)
    pages: dict[int, list[Line]] = {}
    for number, line in zip(numbers, lines, strict=True):
        pages.setdefault(number, []).append(line)
    found = [_page(number, its_lines, are_marked=are_marked) for number, its_lines in pages.items()]
    return [page for page in found if page.words] or found[:1]


def _by_form_feeds(texts: Sequence[str]) -> list[int]:
    """Return the page of each line, from 1, or nothing where no form feed parts the text."""
    numbers, page = [], 1
    for text in texts:
        page += text.startswith("\f")
        numbers.append(page)
    last = len(texts) - 1
    while last >= 0 and not texts[last].strip():
        last -= 1
    return numbers if last >= 0 and numbers[last] > 1 else []


def _by_heads(texts: Sequence[str]) -> list[int]:
    """Return the page of each line by the number in the running head above it: 1 before the first, 0 without any."""
    numbers, page, heads = [], 1, 0
    for index in range(len(texts)):
        printed = _printed_page(texts, index)
        if printed is not None:
            heads += 1
            page = printed if page <= printed <= page + _MOST_LEFT_OUT else page + 1
        numbers.append(page)
    return numbers if heads else [0] * len(texts)


def _printed_page(texts: Sequence[str], index: int) -> int | None:
    """Return the number in the running head on a line; 0 where it cannot be read; `None` where no head is there."""
    text = texts[index].strip()
    if len(text) > _LONGEST_HEAD or not _HEAD.match(text):
        return None
    found = _HEAD_PAGE.search(text) or next(
        filter(None, map(_PAGE_ALONE.fullmatch, texts[index + 1 : index + 4])), None
    )
    if found is None:
        return None
    digits = found[1].translate(_DIGITS)
    return int(digits) if digits.isascii() and digits.isdigit() else 0


def _page(number: int, lines: Sequence[Line], *, are_marked: bool) -> PageText:
    words: list[Word] = []
    marks: list[WordMark] = []
    for index, line in enumerate(lines):
        text = "".join(stretch.text for stretch in line)
        signs = [stretch.mark for stretch in line for _ in stretch.text]
        for found in re.finditer(r"\S+", text):
            marks += _marks(len(words), signs[found.start() : found.end()])
            words.append(Word(found[0], _NOWHERE, index, 100))
    return PageText(
        number, "read" if words else "empty", TEXT_FILE, words=tuple(words), marks=tuple(marks) if are_marked else None
    )


def _marks(word: int, signs: Sequence[str]) -> Iterator[WordMark]:
    """Yield the marks of a word from those of its characters."""
    begin = 0
    for end in range(1, len(signs) + 1):
        if end == len(signs) or signs[end] != signs[begin]:
            if signs[begin] == "underlined":
                yield WordMark(word, "underlined", begin / len(signs), end / len(signs))
            elif signs[begin] == "struck":
                yield WordMark(word, "struck", begin / len(signs), end / len(signs))
            begin = end


def _listed(folder: Path, listed: Path) -> Iterator[PaperFile]:
    """Yield the papers of a list.

    Raises:
        FileProblem: the list cannot be read, or has no column `file`.
    """
    try:
        rows = list(csv.DictReader(_decoded(listed.read_bytes()).splitlines()))
    except (OSError, csv.Error) as failure:
        raise FileProblem(f"{listed} cannot be read.") from failure
    if rows and "file" not in rows[0]:
        raise FileProblem(f"{listed} has no column “file”.")
    for row in rows:
        name = (row.get("file") or "").strip()
        if not name.lower().endswith(ENDINGS):
            continue
        path = folder / name
        yield PaperFile(
            path=path,
            name=name,
            application=re.sub(r"\D", "", row.get("application_number") or ""),
            day=_day(row.get("date") or ""),
            code=(row.get("document_code") or "").strip(),
            kind=(row.get("kind") or "").strip(),
            problem=_problem(folder, path),
        )


def _problem(folder: Path, path: Path) -> str:
    """Return why a listed file cannot be read."""
    if "\0" in path.name:
        return "this is no name of a file"
    if not _is_inside(folder, path):
        return "the file is not in this folder"
    return "" if path.is_file() else "there is no such file"


def _is_inside(folder: Path, path: Path) -> bool:
    """Return whether a file lies in a folder, also if it is a link."""
    return path.resolve().is_relative_to(folder.resolve())


def _found(folder: Path) -> Iterator[PaperFile]:
    """Yield the papers of a folder without a list; what is known of them is what their names say."""
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in ENDINGS and path.is_file() and _is_inside(folder, path):
            application = _NAME_APPLICATION.search(path.stem)
            codes = _NAME_CODE.findall(path.stem)
            yield PaperFile(
                path=path,
                name=path.relative_to(folder).as_posix(),
                application=application[0] if application else "",
                day=_day_in(path.stem),
                code=codes[-1] if codes else "",
            )


def _day_in(name: str) -> date | None:
    """Return the day in a file's name, `2019-01-31` or `01-31-2019`."""
    for pattern, (year, month, day) in _NAME_DATES:
        found = pattern.search(name)
        if found:
            return _day(f"{found[year]}-{found[month]}-{found[day]}")
    return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
