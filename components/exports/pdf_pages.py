"""Copying the pages of a PDF into another one: what they show, without links, forms, scripts or attachments.

Of a page its size, its contents, and their fonts and images are copied. Annotations become stamps that look the same:
marks and filled-in fields remain visible, but nothing can be clicked. Links, scripts, attachments, actions on opening,
forms, outlines, settings of layers and metadata of the document are not copied, because nothing that is copied refers
to them; a resource that contains such a thing becomes null.
"""

import io
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pypdf import PageObject, PdfReader
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    StreamObject,
)

from components.exports.document_pdfs import UnfetchedPdf
from components.exports.pdf_file import pdf_dictionary, serialised
from components.exports.pdf_text_layer import FONT_NAME, PageFrame

_OF_PAGE: Final = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Contents", "/Group")
_LETTER: Final = (0, 0, 612, 792)
"""The size of a page that states none, in points."""
_UNWANTED_TYPES: Final = frozenset(
    {"/Page", "/Pages", "/Catalog", "/Annot", "/Action", "/Filespec", "/F", "/EmbeddedFile", "/Outlines", "/Sig"}
    | {"/ObjStm", "/XRef", "/StructTreeRoot", "/StructElem"}
)
_ACTIONS: Final = frozenset(
    {
        "/JavaScript",
        "/Launch",
        "/URI",
        "/GoTo",
        "/GoToR",
        "/GoToE",
        "/SubmitForm",
        "/ImportData",
        "/ResetForm",
        "/Named",
    }
    | {"/Rendition", "/Movie", "/Sound", "/Hide", "/Thread", "/Trans", "/GoTo3DView", "/RichMediaExecute"}
)
"""The kinds of actions (ISO 32000-1, table 198; 32000-2, table 201)."""
_OUTSIDE: Final = ("/F", "/FFilter", "/FDecodeParms", "/Ref", "/OPI", "/AF", "/Metadata", "/PieceInfo", "/AA", "/A")
"""Entries of a stream that point to other files or embed them."""
_HIDDEN: Final = 1 << 1
_UNTOUCHABLE: Final = 1 << 6 | 1 << 7
"""Flags of an annotation: hidden; read-only and locked (ISO 32000-1, table 165)."""
_UNREADABLE: Final = "the file is not a readable PDF"


@dataclass(frozen=True)
class CopiedPages:
    """The pages of one PDF as objects of another one."""

    pages: list[DictionaryObject]
    frames: list[PageFrame | None]
    """What of each page is shown, where text is to be put behind them; `None` for one of which nobody knows."""
    objects: list[bytes]
    """The objects that the pages refer to, serialised, in the order of their numbers."""


def copy_pages(pdf: bytes, *, first: int, font: IndirectObject | None = None) -> CopiedPages | UnfetchedPdf:
    """Return copies of the pages of a PDF.

    A PDF that only restricts what may be done with it opens with the empty password; the copies are not restricted.

    Args:
        pdf: The bytes of the PDF.
        first: The number to give to the first object that the pages refer to.
        font: A font that every page is to have as `FONT_NAME`; text is put behind such pages with `put_behind`.

    Returns:
        The pages, or why they cannot be copied. Nothing is drawn or decompressed: a page whose contents are damaged is
        copied as it is.
    """
    try:
        # Objects of a reader refer to one another in circles; closed, it holds nothing large until they are collected.
        with io.BytesIO(pdf) as file, PdfReader(file) as reader:
            if reader.is_encrypted and not reader.decrypt(""):
                return UnfetchedPdf("the file is protected by a password")
            copier = _Copier(first, font)
            pages = [copier.page(page) for page in reader.pages]
            frames = [_frame(page) for page in reader.pages] if font is not None else []
            objects = list(copier.objects())
    except Exception:  # noqa: BLE001 - a damaged file breaks a reader in any way, and the other documents are to come
        return UnfetchedPdf(_UNREADABLE)
    return CopiedPages(pages, frames, objects) if pages else UnfetchedPdf("the file has no pages")


def put_behind(page: DictionaryObject, text: IndirectObject) -> None:
    """Have a copied page draw a text first, so that all else of the page covers it."""
    contents = page.raw_get("/Contents") if "/Contents" in page else ArrayObject()
    drawn = list.__iter__(contents) if isinstance(contents, ArrayObject) else [contents]
    page[NameObject("/Contents")] = ArrayObject([text, *drawn])


def _frame(page: PageObject) -> PageFrame | None:
    """Return what is shown of a page, as viewers take it: its crop box, as far as that is on the page.

    `None` where its boxes or its turn are no numbers: the page is copied all the same.
    """
    try:
        media, crop = (_sides(page, name) for name in ("/MediaBox", "/CropBox"))
        turn = int(float(str(page.get("/Rotate", 0))) / 90) % 4 * 90
    except (ValueError, OverflowError):
        return None
    page_sides = media or _LETTER
    left, bottom, right, top = crop or page_sides
    shown = max(left, page_sides[0]), max(bottom, page_sides[1]), min(right, page_sides[2]), min(top, page_sides[3])
    if shown[0] >= shown[2] or shown[1] >= shown[3]:
        shown = page_sides
    return PageFrame(*shown, turn)


def _sides(page: PageObject, name: str) -> tuple[float, float, float, float] | None:
    """Return the sides of a box of a page, the smaller ones first; `None` for one that it lacks or that is flat."""
    box = [float(str(side.get_object())) for side in _members(page.get(name))]
    if len(box) != 4 or not all(map(math.isfinite, box)) or box[0] == box[2] or box[1] == box[3]:
        return None
    return min(box[::2]), min(box[1::2]), max(box[::2]), max(box[1::2])


class _Copier:
    """Copies objects and gives new numbers to those that other objects refer to."""

    def __init__(self, first: int, font: IndirectObject | None) -> None:
        self._first = first
        self._font = font
        self._found: dict[tuple[int, int], int] = {}
        self._waiting: list[IndirectObject] = []

    def page(self, page: DictionaryObject) -> DictionaryObject:
        """Return a copy of a page; the objects that it refers to are copied by `objects`."""
        fields = {name: self._copied(page.raw_get(name)) for name in _OF_PAGE if name in page}
        fields.setdefault("/MediaBox", ArrayObject(NumberObject(side) for side in _LETTER))
        if self._font is not None:
            fields["/Resources"] = self._with_font(page.get("/Resources"), self._font)
            fields |= self._contents(page)
        stamps = [stamp for raw in _members(page.get("/Annots")) if (stamp := self._stamp(raw)) is not None]
        if stamps:
            fields["/Annots"] = ArrayObject(stamps)
        return pdf_dictionary({"/Type": NameObject("/Page"), **fields})

    def _with_font(self, resources: PdfObject | None, font: IndirectObject) -> DictionaryObject:
        """Return a copy of a page's resources with one more font."""
        copied = _dictionary(self._copied(_dictionary(resources)))
        own = _dictionary(resources).get("/Font")
        fonts = _dictionary(self._copied(_dictionary(own)))
        fonts[NameObject(FONT_NAME)] = font
        copied[NameObject("/Font")] = fonts
        return copied

    def _contents(self, page: DictionaryObject) -> dict[str, PdfObject]:
        """Return the contents of a page as an array, before whose members another stream can be put."""
        if "/Contents" not in page:
            return {}
        found = page["/Contents"].get_object()
        streams = list.__iter__(found) if isinstance(found, ArrayObject) else [page.raw_get("/Contents")]
        copied = [self._copied(stream) for stream in streams]
        return {"/Contents": ArrayObject(stream for stream in copied if isinstance(stream, IndirectObject))}

    def objects(self) -> Iterator[bytes]:
        """Yield, serialised, all objects that are referred to, directly or not, in the order of their new numbers."""
        index = 0
        while index < len(self._waiting):
            yield serialised(self._object(self._waiting[index].get_object()))
            index += 1

    def _object(self, value: PdfObject | None) -> PdfObject:
        if isinstance(value, StreamObject):
            return NullObject() if _unwanted(value) else self._stream(value)
        return NullObject() if isinstance(value, IndirectObject) else self._copied(value)

    def _stream(self, stream: StreamObject) -> StreamObject:
        """Renumber the references of a stream in place: each is visited once, and its data need not be copied."""
        for name in list(stream):
            if name in _OUTSIDE:
                del stream[name]
            else:
                stream[NameObject(name)] = self._copied(stream.raw_get(name))
        return stream

    def _copied(self, value: PdfObject | None) -> PdfObject:
        if isinstance(value, IndirectObject):
            return self._reference(value)
        if value is None or isinstance(value, StreamObject):
            return NullObject()
        if isinstance(value, DictionaryObject):
            return (
                NullObject() if _unwanted(value) else pdf_dictionary({k: self._copied(value.raw_get(k)) for k in value})
            )
        if isinstance(value, ArrayObject):
            return ArrayObject(self._copied(member) for member in list.__iter__(value))
        return value

    def _reference(self, reference: IndirectObject) -> IndirectObject:
        key = reference.idnum, reference.generation
        if key not in self._found:
            self._found[key] = self._first + len(self._waiting)
            self._waiting.append(reference)
        return IndirectObject(self._found[key], 0, None)

    def _stamp(self, raw: PdfObject) -> DictionaryObject | None:
        """Return a stamp that looks like an annotation and cannot be clicked; None if the annotation shows nothing."""
        note = raw.get_object()
        if not isinstance(note, DictionaryObject) or "/Rect" not in note or note.get("/Subtype") == "/Popup":
            return None
        flags = note.get("/F")
        flags = int(flags) if isinstance(flags, NumberObject) else 0
        drawn = _drawn(note)
        if drawn is None or flags & _HIDDEN:
            return None
        fields = {
            "/Type": NameObject("/Annot"),
            "/Subtype": NameObject("/Stamp"),
            "/Rect": self._copied(note.raw_get("/Rect")),
            "/F": NumberObject(flags | _UNTOUCHABLE),
            "/AP": pdf_dictionary({"/N": self._reference(drawn)}),
        }
        return pdf_dictionary(fields)


def _drawn(note: DictionaryObject) -> IndirectObject | None:
    """Return the stream that draws an annotation in its present state; None if it has none."""
    appearances = note.get("/AP")
    appearances = appearances.get_object() if appearances is not None else None
    if not isinstance(appearances, DictionaryObject) or "/N" not in appearances:
        return None
    raw, state = appearances.raw_get("/N"), note.get("/AS")
    normal = raw.get_object()
    if isinstance(normal, DictionaryObject) and not isinstance(normal, StreamObject) and state in normal:
        raw = normal.raw_get(state)
        normal = raw.get_object()
    return raw if isinstance(raw, IndirectObject) and isinstance(normal, StreamObject) else None


def _dictionary(value: PdfObject | None) -> DictionaryObject:
    """Return a value if it is a dictionary, else an empty one."""
    found = value.get_object() if value is not None else None
    return found if isinstance(found, DictionaryObject) and not isinstance(found, StreamObject) else DictionaryObject()


def _members(value: PdfObject | None) -> list[PdfObject]:
    array = value.get_object() if value is not None else None
    return list(list.__iter__(array)) if isinstance(array, ArrayObject) else []


def _unwanted(value: DictionaryObject) -> bool:
    """Return whether a dictionary is more than something drawn: an action, a file, a page or the document itself."""
    kind, action = value.get("/Type"), value.get("/S")
    return (isinstance(kind, NameObject) and kind in _UNWANTED_TYPES) or (
        isinstance(action, NameObject) and action in _ACTIONS
    )
