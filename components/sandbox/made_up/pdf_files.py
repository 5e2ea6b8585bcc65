"""Writes the pages of a made-up paper as a PDF: pages with a text layer by reportlab, scans as pictures."""

import io
import random
import time
import zlib
from collections.abc import Sequence
from itertools import groupby

import pypdf
from reportlab.pdfgen.canvas import Canvas

from components.sandbox.made_up.scanning import DPI, scan
from components.sandbox.made_up.sheets import HEIGHT, WIDTH, Sheet

_WRITTEN_ON = time.struct_time((2000, 1, 1, 0, 0, 0, 5, 1, 0))
"""The date in every PDF, so that the same paper gives the same bytes."""


def write_pdf(sheets: Sequence[Sheet], title: str, *, skew: float, turned: int = 0) -> bytes:
    """Return the PDF of a paper.

    Args:
        sheets: its pages, each of which says whether it has a text layer.
        title: what the PDF says that it is.
        skew: by how many degrees a scanned page lies askew at most.
        turned: number of the scanned page that lies on its side, from 1; 0 for none.
    """
    parts = []
    numbered = list(enumerate(sheets, start=1))
    for as_text, group in groupby(numbered, key=lambda item: item[1].look == "text"):
        pages = list(group)
        if as_text:
            parts.append(_text_pages([sheet for _, sheet in pages], title))
        else:
            parts.append(_scanned_pages(pages, title, skew, turned))
    return parts[0] if len(parts) == 1 else _joined(parts, title)


def _text_pages(sheets: Sequence[Sheet], title: str) -> bytes:
    """Return pages with a text layer."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), pageCompression=1, invariant=1)
    canvas.setTitle(title)
    canvas.setAuthor("Sandbox")
    for sheet in sheets:
        for run in sheet.runs:
            canvas.setFont(run.font, run.size)
            canvas.drawString(run.x, HEIGHT - run.y, run.text)
        for x1, y1, x2, y2, width in sheet.strokes:
            canvas.setLineWidth(width)
            canvas.line(x1, HEIGHT - y1, x2, HEIGHT - y2)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _scanned_pages(numbered: Sequence[tuple[int, Sheet]], title: str, skew: float, turned: int) -> bytes:
    """Return pages that are nothing but a picture."""
    pictures = []
    for number, sheet in numbered:
        seed = zlib.crc32(f"{title} {number}".encode())
        askew = random.Random(seed).uniform(-skew, skew)  # noqa: S311 - a scanner's chance, no secret
        pictures.append(scan(sheet, seed=seed, skew=askew, turned=number == turned))
    buffer = io.BytesIO()
    pictures[0].save(
        buffer, "PDF", resolution=DPI, save_all=True, append_images=pictures[1:],
        title=title, author="Sandbox", creationDate=_WRITTEN_ON, modDate=_WRITTEN_ON,
    )  # fmt: skip
    return buffer.getvalue()


def _joined(parts: Sequence[bytes], title: str) -> bytes:
    """Return several PDFs as one."""
    writer = pypdf.PdfWriter()
    for part in parts:
        writer.append(io.BytesIO(part))
    writer.metadata = {"/Title": title, "/Author": "Sandbox"}
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()
