"""Papers made for tests: pages of text, scans of them as they come from offices, and pages that are both."""

import io
import random
from collections.abc import Sequence
from pathlib import Path

import reportlab
from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

Lines = Sequence[str]
ACTION: Lines = (
    "DETAILED ACTION",
    "Claim Rejections under 35 USC 103",
    "Claims 1-4 and 6 are rejected under 35 U.S.C. 103 as being",
    "unpatentable over the lantern of Quillfeather in view of the",
    "reflector of Ambleside. Regarding claim 1, the lantern comprises",
    "a housing, a lamp and a reflector that is tilted towards the ground.",
    "It would have been obvious to combine both, because the light",
    "then falls where people walk. Claim 5 is objected to.",
)
"""The lines of a made-up action."""
FONT_FILE = str(Path(reportlab.__file__).parent / "fonts" / "Vera.ttf")
_WIDTH, _HEIGHT = LETTER
_SIZE, _LEADING, _MARGIN = 12, 20, 72


def text_pdf(*pages: Lines, size: float = _SIZE) -> bytes:
    """Return a PDF whose pages are text, with a text layer of their own."""
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=LETTER, invariant=1)
    for lines in pages:
        write_lines(canvas, lines, size=size)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def write_lines(canvas: Canvas, lines: Lines, *, size: float = _SIZE, hidden: bool = False) -> None:
    """Write lines on the page of a canvas, as scans have them at the same place; hidden ones as OCR leaves them."""
    text = canvas.beginText(_MARGIN, _HEIGHT - _MARGIN - size)
    text.setFont("Helvetica", size)
    text.setLeading(size * _LEADING / _SIZE)
    text.setTextRenderMode(3 if hidden else 0)
    text.textLines(list(lines))
    canvas.drawText(text)


def picture_of(
    lines: Lines, *, dpi: int = 300, skew: float = 0, speckle: float = 0, turned: int = 0, colour: bool = False
) -> Image.Image:
    """Return the picture of a page, as a scanner makes it.

    Args:
        lines: what stands on it.
        dpi: dots an inch.
        skew: by how many degrees the paper lay askew, clockwise.
        speckle: share of its dots that are black specks.
        turned: by how many degrees, clockwise, the paper lay turned: 0, 90, 180 or 270.
        colour: on yellow paper in blue ink, instead of black and white.
    """
    dot = dpi / 72
    paper, ink = ((250, 240, 200), (20, 30, 140)) if colour else (255, 0)
    image = Image.new("RGB" if colour else "L", (round(_WIDTH * dot), round(_HEIGHT * dot)), paper)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(FONT_FILE, round((_SIZE - 1) * dot))
    for number, line in enumerate(lines):
        draw.text((_MARGIN * dot, (_MARGIN + number * _LEADING) * dot), line, ink, font)
    if skew:
        image = image.rotate(-skew, Image.Resampling.BICUBIC, fillcolor=paper)
    if turned:
        image = image.rotate(-turned, expand=True)
    if speckle:
        chance = random.Random(7)  # noqa: S311
        dots = image.load()
        for _ in range(round(speckle * image.width * image.height)):
            dots[chance.randrange(image.width), chance.randrange(image.height)] = ink
    return image if colour else image.point(lambda shade: 255 if shade > 127 else 0).convert("1")


def images_pdf(*images: Image.Image, rotate: int = 0, stamp: str = "", hidden: Lines = ()) -> bytes:
    """Return a PDF with an image on each page and no other text than is asked for.

    Args:
        images: fill a page each, which is as wide or as high as it.
        rotate: what the pages' /Rotate says.
        stamp: a line of text at the top of each page.
        hidden: lines of unseen text behind each image.
    """
    written = io.BytesIO()
    canvas = Canvas(written, invariant=1)
    for image in images:
        width, height = (_HEIGHT, _WIDTH) if image.width > image.height else (_WIDTH, _HEIGHT)
        canvas.setPageSize((width, height))
        canvas.drawImage(ImageReader(image), 0, 0, width, height)
        if stamp:
            canvas.setFont("Helvetica", 8)
            canvas.drawString(36, height - 20, stamp)
        write_lines(canvas, hidden, hidden=True)
        canvas.showPage()
    canvas.save()
    return turned_pdf(written.getvalue(), rotate) if rotate else written.getvalue()


def turned_pdf(pdf: bytes, rotate: int) -> bytes:
    """Return the PDF with pages that say by how many degrees, clockwise, they are to be turned to be shown."""
    writer = PdfWriter(PdfReader(io.BytesIO(pdf)))
    for page in writer.pages:
        page.rotation = rotate
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def scan_pdf(
    *pages: Lines,
    dpi: int = 300,
    skew: float = 0,
    speckle: float = 0,
    turned: int = 0,
    colour: bool = False,
    rotate: int = 0,
    stamp: str = "",
    hidden: Lines = (),
) -> bytes:
    """Return a PDF whose pages are scans; the arguments are those of `picture_of` and `images_pdf`."""
    pictures = (picture_of(lines, dpi=dpi, skew=skew, speckle=speckle, turned=turned, colour=colour) for lines in pages)
    return images_pdf(*pictures, rotate=rotate, stamp=stamp, hidden=hidden)


def joined_pdf(*pdfs: bytes) -> bytes:
    """Return a PDF with the pages of others, one after the other: one of mixed pages."""
    writer = PdfWriter()
    for pdf in pdfs:
        writer.append(PdfReader(io.BytesIO(pdf)))
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def locked_pdf(pdf: bytes, password: str) -> bytes:
    """Return the PDF protected by a password; an empty one opens it for everybody."""
    writer = PdfWriter(PdfReader(io.BytesIO(pdf)))
    writer.encrypt(password, "owner's", algorithm="RC4-128")
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()
