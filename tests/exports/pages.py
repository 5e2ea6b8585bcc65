"""Reading a page back with Python's own parser of HTML, which knows nothing of how it was written."""

import json
from collections import Counter
from html.parser import HTMLParser
from typing import Any

_VOID = {"meta", "link", "col", "input", "br", "hr", "img"}
_BLOCKS = {"dt", "dd", "td", "th"}


class Reader(HTMLParser):
    """What a browser would find: elements, their attributes, their text, and the cells of the tables."""

    def __init__(self, page: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: Counter[str] = Counter()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.tables: list[list[list[str]]] = []
        self.comments: list[str] = []
        self._open: list[str] = []
        self._words: list[str] = []
        self.feed(page.decode("utf-8"))
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the element."""
        self.tags[tag] += 1
        self.elements.append((tag, dict(attrs)))
        if tag not in _VOID:
            self._open.append(tag)
        if tag == "script":
            self.scripts.append((dict(attrs), ""))
        elif tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")

    def handle_endtag(self, tag: str) -> None:
        """See to it that elements end in the order in which they began."""
        assert self._open.pop() == tag, self.getpos()
        if tag in _BLOCKS:
            self._words.append(" ")

    def handle_comment(self, data: str) -> None:
        """Note the comment."""
        self.comments.append(data)

    def handle_data(self, data: str) -> None:
        """Note the text: of scripts apart, of cells in their table too."""
        if self._open and self._open[-1] == "script":
            attrs, text = self.scripts[-1]
            self.scripts[-1] = (attrs, text + data)
            return
        if self._open and self._open[-1] == "style":
            return
        self._words.append(data)
        if {"td", "th"} & set(self._open):
            self.tables[-1][-1][-1] += data

    @property
    def text(self) -> str:
        """All that can be read, with single blanks."""
        return " ".join("".join(self._words).split())

    def values(self, name: str) -> list[str]:
        """All values of an attribute."""
        return [attrs[name] or "" for _, attrs in self.elements if name in attrs]

    def block(self, name: str) -> Any:
        """The content of a block of data."""
        return next(json.loads(text) for attrs, text in self.scripts if attrs.get("id") == name)

    @property
    def papers(self) -> list[list[str]]:
        """The table of documents, its head first."""
        return self.tables[-1]
