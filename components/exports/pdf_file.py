"""A PDF written from its beginning to its end: what has gone out need not be kept.

A PDF names its objects by number and lists their places last, so that pages may be written as they arrive and their
order be told at the end. pypdf has the objects and their spelling; its own writer would hold them all in memory.
"""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

_HEADER: Final = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
"""The bytes of the comment tell programs that carry files about that this one is not text."""


@dataclass(slots=True)
class Bookmark:
    """One line of the outline, with those below it."""

    title: str
    page: IndirectObject
    below: list["Bookmark"] = field(default_factory=list)
    open: bool = False
    """Whether those below it are shown at first."""


class PdfFile:
    """A PDF in the making."""

    def __init__(self, into: BinaryIO) -> None:
        self._into = into
        self._written = 0
        self._offsets: list[int] = []
        self._write(_HEADER)
        self._tree = self._reserve()

    @property
    def next_number(self) -> int:
        """The number that the next object will have."""
        return len(self._offsets) + 1

    def add(self, value: PdfObject) -> IndirectObject:
        """Write an object and give the reference to it."""
        reference = self._reserve()
        self._put(reference, serialised(value))
        return reference

    def extend(self, objects: Iterable[bytes]) -> None:
        """Write objects, already spelt, that refer to one another by the numbers from `next_number` on."""
        for body in objects:
            self._put(self._reserve(), body)

    def add_page(self, page: DictionaryObject) -> IndirectObject:
        """Write a page; its place among the pages is told by `close`."""
        page[NameObject("/Parent")] = self._tree
        return self.add(page)

    def close(self, pages: Sequence[IndirectObject], *, title: str, outline: Sequence[Bookmark]) -> None:
        """Write what makes the objects a document.

        Args:
            pages: every page in its order.
            title: shown in the window's title; the only property of the document.
            outline: the bookmarks.
        """
        tree: dict[str, PdfObject] = {
            "/Type": NameObject("/Pages"),
            "/Kids": ArrayObject(pages),
            "/Count": NumberObject(len(pages)),
        }
        self._put(self._tree, serialised(pdf_dictionary(tree)))
        catalog: dict[str, PdfObject] = {
            "/Type": NameObject("/Catalog"),
            "/Pages": self._tree,
            "/ViewerPreferences": DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(True)}),
        }
        if outline:
            catalog |= {"/Outlines": self._outline(outline), "/PageMode": NameObject("/UseOutlines")}
        root = self.add(pdf_dictionary(catalog))
        info = self.add(pdf_dictionary({"/Title": TextStringObject(title)}))
        start = self._written
        rows = [f"{offset:010d} 00000 n \n" for offset in self._offsets]
        count = len(rows) + 1
        self._write(f"xref\n0 {count}\n0000000000 65535 f \n{''.join(rows)}".encode("ascii"))
        trailer = serialised(pdf_dictionary({"/Size": NumberObject(count), "/Root": root, "/Info": info}))
        self._write(b"trailer\n%b\nstartxref\n%d\n%%%%EOF\n" % (trailer, start))

    def _outline(self, bookmarks: Sequence[Bookmark]) -> IndirectObject:
        root = self._reserve()
        first, last, shown = self._level(bookmarks, root)
        fields = {"/Type": NameObject("/Outlines"), "/First": first, "/Last": last, "/Count": NumberObject(shown)}
        self._put(root, serialised(pdf_dictionary(fields)))
        return root

    def _level(
        self, bookmarks: Sequence[Bookmark], parent: IndirectObject
    ) -> tuple[IndirectObject, IndirectObject, int]:
        """Write bookmarks of one level and those below them.

        Returns:
            The first and the last, and how many lines are seen once the parent is open.
        """
        own = [self._reserve() for _ in bookmarks]
        seen = len(own)
        for index, bookmark in enumerate(bookmarks):
            fields: dict[str, PdfObject] = {
                "/Title": TextStringObject(bookmark.title),
                "/Parent": parent,
                "/Dest": whole_page(bookmark.page),
            }
            if index:
                fields["/Prev"] = own[index - 1]
            if index + 1 < len(own):
                fields["/Next"] = own[index + 1]
            if bookmark.below:
                first, last, below = self._level(bookmark.below, own[index])
                seen += below if bookmark.open else 0
                fields |= {"/First": first, "/Last": last, "/Count": NumberObject(below if bookmark.open else -below)}
            self._put(own[index], serialised(pdf_dictionary(fields)))
        return own[0], own[-1], seen

    def _reserve(self) -> IndirectObject:
        self._offsets.append(0)
        return IndirectObject(len(self._offsets), 0, None)

    def _put(self, reference: IndirectObject, body: bytes) -> None:
        self._offsets[reference.idnum - 1] = self._written
        for text in (b"%d 0 obj\n" % reference.idnum, body, b"\nendobj\n"):
            self._write(text)

    def _write(self, text: bytes) -> None:
        self._into.write(text)
        self._written += len(text)


def whole_page(page: IndirectObject) -> ArrayObject:
    """Give the destination that shows a whole page."""
    return ArrayObject([page, NameObject("/Fit")])


def pdf_dictionary(fields: dict[str, PdfObject]) -> DictionaryObject:
    """Make a dictionary of PDF from one of Python."""
    return DictionaryObject({NameObject(name): value for name, value in fields.items()})


def serialised(value: PdfObject) -> bytes:
    """Spell an object as it stands in a file."""
    buffer = io.BytesIO()
    value.write_to_stream(buffer)
    return buffer.getvalue()
