"""PDFs to take away: placeholders of the right length for real documents, and small ones made by hand."""

import io
from collections.abc import Iterator

import pandas as pd
from pypdf import PdfReader, PdfWriter
from pypdf.generic import Destination

from components.exports.selection import Selection
from components.sandbox.placeholder import placeholder_pdf
from components.sandbox.recordings import RecordedDocument, RecordedHistory


def placeholders(selection: Selection) -> Iterator[bytes]:
    """Give a placeholder for each document, with as many pages as it is listed with."""
    rows = selection.documents
    columns = (rows["history"], rows["date"], rows["code"], rows["description"], rows["pages"])
    for history, day, code, description, pages in zip(*columns, strict=True):
        document = RecordedDocument(int(f"{day:%Y%m%d}"), code, description, None if pd.isna(pages) else int(pages))
        yield placeholder_pdf(RecordedHistory("key", history, history, "", "", "", (document,), ""), 0)


def blank(pages: int = 1, *, width: float = 612, height: float = 792) -> bytes:
    """Make a PDF of empty pages."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(width, height)
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    """Give what a writer writes."""
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def by_hand(*objects: str) -> bytes:
    """Write a PDF from the texts of its objects; the first is the catalogue."""
    data = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(data)
    rows = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    count = len(objects) + 1
    data += f"xref\n0 {count}\n0000000000 65535 f \n{rows}trailer\n<< /Size {count} /Root 1 0 R >>\n".encode()
    return bytes(data + f"startxref\n{start}\n%%EOF\n".encode())


def stream(text: str, fields: str = "") -> str:
    """Give the text of a stream object."""
    return f"<< /Length {len(text)} {fields} >>\nstream\n{text}\nendstream"


def outline(reader: PdfReader) -> list[tuple[int, str, int]]:
    """Read the bookmarks: depth, title and page from 0, in their order."""

    def walk(items: list[object], depth: int) -> Iterator[tuple[int, str, int]]:
        for item in items:
            if isinstance(item, Destination):
                yield depth, str(item.title), reader.get_destination_page_number(item)
            else:
                yield from walk(item, depth + 1)

    return list(walk(reader.outline, 0))
