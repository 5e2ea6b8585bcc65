"""A PDF written from beginning to end, so that nothing that has been written need be kept.

A PDF refers to its objects by number and lists their offsets at its end. Pages can therefore be written as they arrive,
and their order afterwards. pypdf provides the objects and how they are serialised; its own writer would keep them all
in memory.
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
"""The bytes of the comment show programs that transfer files that this one is binary (ISO 32000-1, 7.5.2)."""


@dataclass(slots=True)
class Bookmark:
    """A bookmark of the outline, with the bookmarks below it."""

    title: str
    page: IndirectObject
    below: list["Bookmark"] = field(default_factory=list)
    open: bool = False
    """Whether the bookmarks below it are shown at first."""


class PdfFile:
    """A PDF that is being written."""

    def __init__(self, into: BinaryIO) -> None:
        self._into = into
        self._written = 0
        self._offsets: list[int] = []
        self._write(_HEADER)
        self._tree = self.reserve()

    @property
    def next_number(self) -> int:
        """The number that the next object will get."""
        return len(self._offsets) + 1

    def add(self, value: PdfObject) -> IndirectObject:
        """Write an object and return a reference to it."""
        reference = self.reserve()
        self.put(reference, value)
        return reference

    def reserve(self) -> IndirectObject:
        """Return a reference to an object that is written later, by `put`."""
        self._offsets.append(0)
        return IndirectObject(len(self._offsets), 0, None)

    def put(self, reference: IndirectObject, value: PdfObject) -> None:
        """Write the object for which a reference was reserved."""
        self._put(reference, serialised(value))

    def extend(self, objects: Iterable[bytes]) -> None:
        """Write serialised objects that refer to one another by the numbers from `next_number` on."""
        for body in objects:
            self._put(self.reserve(), body)

    def add_page(self, page: DictionaryObject) -> IndirectObject:
        """Write a page and return a reference to it; `close` takes the pages in their order."""
        page[NameObject("/Parent")] = self._tree
        return self.add(page)

    def close(self, pages: Sequence[IndirectObject], *, title: str, outline: Sequence[Bookmark]) -> None:
        """Write what makes the objects a document: page tree, catalogue, outline, and the table of offsets.

        Args:
            pages: All pages in their order.
            title: The document's title, which viewers show as the title of the window; its only property.
            outline: The bookmarks of the highest level.
        """
        tree: dict[str, PdfObject] = {
            "/Type": NameObject("/Pages"),
            "/Kids": ArrayObject(pages),
            "/Count": NumberObject(len(pages)),
        }
        self.put(self._tree, pdf_dictionary(tree))
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
        root = self.reserve()
        first, last, shown = self._level(bookmarks, root)
        fields = {"/Type": NameObject("/Outlines"), "/First": first, "/Last": last, "/Count": NumberObject(shown)}
        self.put(root, pdf_dictionary(fields))
        return root

    def _level(
        self, bookmarks: Sequence[Bookmark], parent: IndirectObject
    ) -> tuple[IndirectObject, IndirectObject, int]:
        """Write the bookmarks of one level and those below them.

        Returns:
            References to the first and the last, and how many bookmarks are visible once the parent is open.
        """
        own = [self.reserve() for _ in bookmarks]
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
            self.put(own[index], pdf_dictionary(fields))
        return own[0], own[-1], seen

    def _put(self, reference: IndirectObject, body: bytes) -> None:
        self._offsets[reference.idnum - 1] = self._written
        for text in (b"%d 0 obj\n" % reference.idnum, body, b"\nendobj\n"):
            self._write(text)

    def _write(self, text: bytes) -> None:
        self._into.write(text)
        self._written += len(text)


def whole_page(page: IndirectObject) -> ArrayObject:
    """Return the destination that shows a page as a whole."""
    return ArrayObject([page, NameObject("/Fit")])


def pdf_dictionary(fields: dict[str, PdfObject]) -> DictionaryObject:
    """Return a Python dictionary as a dictionary of PDF."""
    return DictionaryObject({NameObject(name): value for name, value in fields.items()})


def serialised(value: PdfObject) -> bytes:
    """Return an object as the bytes that stand for it in a file."""
    buffer = io.BytesIO()
    value.write_to_stream(buffer)
    return buffer.getvalue()
