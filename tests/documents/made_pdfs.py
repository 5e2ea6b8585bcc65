"""PDFs made for tests, object by object: good ones, broken ones, and ones that would take all time or memory."""

import io
import zlib

from PIL import Image
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas


def pdf_of(objects: list[bytes]) -> bytes:
    """Return a PDF of these objects, numbered from 1; the first is its catalogue."""
    written = io.BytesIO()
    written.write(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(written.tell())
        written.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = written.tell()
    written.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    written.writelines(b"%010d 00000 n \n" % place for place in places)
    written.write(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return written.getvalue()


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """Return a stream object."""
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), entries, data)


def page_pdf(
    content: bytes, *, box: bytes = b"0 0 612 792", resources: bytes = b"", more: list[bytes] | None = None
) -> bytes:
    """Return a PDF of one page; `more` are objects from number 5 on, which the resources may name."""
    return pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Resources<<%s>>/Contents 4 0 R>>" % (box, resources),
            stream(content),
            *(more or []),
        ]
    )


def text_pdf(pages: int, *, words: str = "Page") -> bytes:
    """Return a PDF of so many pages, each of which says which it is."""
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=A4, pageCompression=1, invariant=1)
    for number in range(1, pages + 1):
        canvas.setFont("Helvetica", 40)
        canvas.drawString(72, 700, f"{words} {number} of {pages}")
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def endless_pdf() -> bytes:
    """Return a PDF of some kilobytes whose page takes ages to draw: it is tinted 200,000 times."""
    tints = zlib.compress(b"/T gs " + b"0 0 612 792 re f " * 200_000, 9)
    pages = page_pdf(b"", resources=b"/ExtGState<</T<</ca .01/BM/Luminosity>>>>")
    return pages.replace(stream(b""), stream(tints, b"/Filter/FlateDecode"))


def nested_pdf() -> bytes:
    """Return a PDF with a form that draws another ten times, which does the same, and so on: it takes memory."""
    depth, first = 14, 5
    inner = b"/Type/XObject/Subtype/Form/BBox[0 0 600 700]"
    forms = [
        stream(b"/F Do " * 10, inner + b"/Resources<</XObject<</F %d 0 R>>>>" % below)
        for below in range(first + 1, first + depth)
    ]
    last = stream(b"0 0 600 700 re f " * 10, inner)
    return page_pdf(b"/F Do", resources=b"/XObject<</F %d 0 R>>" % first, more=[*forms, last])


def bomb_pdf() -> bytes:
    """Return a PDF of some kilobytes with an image that unpacks to 2.7 GB."""
    side = 30_000
    packed = zlib.compress(b"\x81\x55" * (side * side * 3 // 128), 9)  # 128 bytes of one value each (RunLengthDecode)
    image = stream(
        packed,
        b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace/DeviceRGB"
        b"/Filter[/FlateDecode/RunLengthDecode]" % (side, side),
    )
    return page_pdf(b"612 0 0 792 0 0 cm /I Do", resources=b"/XObject<</I 5 0 R>>", more=[image])


def locked_pdf(password: str) -> bytes:
    """Return a PDF that opens with this password; with an empty one it only says what may not be done with it."""
    writer = PdfWriter(PdfReader(io.BytesIO(text_pdf(2))))
    writer.encrypt(password, "owner's", algorithm="RC4-128")
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def form_pdf(value: str) -> bytes:
    """Return a PDF with a form field into which this was typed."""
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=A4, invariant=1)
    canvas.acroForm.textfield(name="field", value=value, x=72, y=600, width=400, height=40, fontSize=24)
    canvas.showPage()
    canvas.save()
    return written.getvalue()


def image_pdf(image: Image.Image) -> bytes:
    """Return a PDF of one page that an image fills."""
    written = io.BytesIO()
    image.save(written, "PDF", resolution=72)
    return written.getvalue()
