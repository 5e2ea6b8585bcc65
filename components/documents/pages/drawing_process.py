"""The process that draws pages of PDFs, and the messages between it and the app.

Run as a script it takes orders on its standard input and answers each on its standard output, until the input ends,
which it does when the app closes it or dies. Nothing else of the app is loaded here: what a hostile PDF may reach is
this process alone, which was given no secret, and a page. `drawing` starts it, and ends it where it takes too long.

A message is two lengths (4 bytes each, the greater end first), then facts as JSON, then bytes.
"""

import ctypes
import io
import json
import math
import os
import queue
import struct
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import PIL.Image

try:
    import resource
except ImportError:  # on Windows, where time, pixels and pages are bounded and memory is not
    resource = None  # type: ignore[assignment]

MAX_PAGES: Final = 5_000
"""Pages of one PDF that are told and drawn; of those after them only the PDF itself shows anything."""
MAX_PIXELS: Final = 12_000_000
"""Pixels of one picture: an A4 page is 8 million at the greatest width asked for, and three bytes each while drawn."""
MAX_SIDE: Final = 10_000
"""Pixels along one side, which bounds pages of extreme proportions."""
MAX_MEMORY: Final = 768 * 1024 * 1024
"""Bytes of address space of the process; pages of scans at 300 dots an inch took up to 230 MB."""
MAX_MESSAGE: Final = 64 * 1024 * 1024
"""Bytes of one message, a little more than what a PDF may have (see `components/patsnap/download.py`)."""

_LENGTHS: Final = struct.Struct(">II")
_PASSWORD: Final = 4
"""PDFium's error code for a password that is wanted (FPDF_ERR_PASSWORD)."""
_COLOUR_NOISE: Final = 12
"""By how much the channels of a pixel may differ on a page without colour: compression of a scan alone does that."""
_TONES: Final = 16
"""Shades of grey that are kept of a page of text and lines."""
_MOST_HALFTONES: Final = 0.2
"""Up to which share of pixels between black and white a page is one of text and lines, and not of photographs."""
_BLACK, _WHITE = 64, 192
_JPEG_QUALITY: Final = 85

_FONTS: Final = ("/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/X11/fonts")
"""Where PDFium looks for fonts on Linux."""
# Landlock, as `linux/landlock.h` and the tables of system calls have it, which are the same on every processor.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF, _NO_NEW_PRIVILEGES = 444, 445, 446, 38
_READ_FILE, _READ_FOLDER = 1 << 2, 1 << 3
_FILE_RIGHTS: Final = (1 << 13) - 1
_TCP_RIGHTS: Final = 0b11
_OTHER_PROCESSES: Final = 0b11
"""Abstract sockets of others, and signals to them."""

Facts = Mapping[str, int | str]


def write_message(stream: IO[bytes], facts: Facts, data: bytes) -> None:
    """Write a message.

    Raises:
        OSError: nobody reads any more.
    """
    head = json.dumps(dict(facts)).encode()
    stream.write(_LENGTHS.pack(len(head), len(data)) + head)
    stream.write(data)
    stream.flush()


def read_message(stream: IO[bytes]) -> tuple[dict[str, Any], bytes]:
    """Read a message.

    Raises:
        EOFError: the stream has ended, or what comes is no message.
    """
    head, data = _LENGTHS.unpack(_exactly(stream, _LENGTHS.size))
    if head + data > MAX_MESSAGE:
        raise EOFError
    try:
        facts = json.loads(_exactly(stream, head))
    except ValueError:
        raise EOFError from None
    if not isinstance(facts, dict):
        raise EOFError
    return facts, _exactly(stream, data)


def _exactly(stream: IO[bytes], size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data


class _CannotDraw(Exception):
    """There is no picture; the argument is the problem as `drawing` names it."""


class _Drawer:
    """Draws pages of the PDF that it was given last."""

    def __init__(self) -> None:
        # The app itself, which imports this module for the messages, need not load either library.
        import pypdfium2  # noqa: PLC0415
        from PIL import Image, ImageChops  # noqa: PLC0415

        Image.preinit()  # nothing can be loaded later
        self._pdfium = pypdfium2
        self._images, self._chops = Image, ImageChops
        self._paper: Any = None
        self._bytes = b""

    def answer(self, order: Mapping[str, Any], pdf: bytes) -> tuple[dict[str, int | str], bytes]:
        """Return what is told of a page, and its picture.

        Args:
            order: `page` (from 1), `width` (pixels), `new` (whether a PDF comes with it, or the one before is meant).
            pdf: the new PDF.
        """
        pages = 0
        try:
            if order["new"]:
                self._open(pdf)
            if self._paper is None:
                return {"problem": "broken"}, b""
            pages = min(len(self._paper), MAX_PAGES)
            kind, picture = self._picture(int(order["page"]), int(order["width"]), pages)
        except _CannotDraw as error:
            return {"problem": str(error), "pages": pages}, b""
        except MemoryError:
            return {"problem": "memory", "pages": pages}, b""
        return {"kind": kind, "pages": pages}, picture

    def _open(self, pdf: bytes) -> None:
        if self._paper is not None:
            self._paper.close()
            self._paper = None
        raw = self._pdfium.raw
        opened = raw.FPDF_LoadMemDocument64(pdf, len(pdf), None)
        if not opened:
            raise _CannotDraw("password" if raw.FPDF_GetLastError() == _PASSWORD else "broken")
        self._bytes = pdf  # PDFium reads them as long as the paper is open
        paper = self._pdfium.PdfDocument(opened)
        if len(paper) < 1:
            paper.close()
            raise _CannotDraw("no pages")
        paper.init_forms()  # what was typed into a form is drawn; its scripts are not part of this build
        self._paper = paper

    def _picture(self, number: int, width: int, pages: int) -> tuple[str, bytes]:
        if not 1 <= number <= pages:
            raise _CannotDraw("no such page")
        try:
            page = self._paper[number - 1]
        except self._pdfium.PdfiumError:
            raise _CannotDraw("broken page") from None
        try:
            bitmap = page.render(scale=scale_for(*page.get_size(), width=width), rev_byteorder=True)
            return self._encoded(bitmap.to_pil())
        finally:
            page.close()

    def _encoded(self, image: "PIL.Image.Image") -> tuple[str, bytes]:
        """Return a PNG of a page of text and lines, and a JPEG of one with colour or photographs.

        Of 1,200 pixels' width a scanned page of text took 15 ms and 160 kB as a PNG of 16 shades, 3 ms and 290 kB as a
        JPEG with shadows around its letters, 45 ms and 210 kB as WebP.
        """
        red, green, blue = image.split()
        differences = [self._chops.difference(red, other).histogram() for other in (green, blue)]
        coloured = any(sum(counts[_COLOUR_NOISE:]) for counts in differences)
        file = io.BytesIO()
        if coloured or sum(red.histogram()[_BLACK:_WHITE]) > _MOST_HALFTONES * image.width * image.height:
            (image if coloured else red).save(file, "JPEG", quality=_JPEG_QUALITY)
            return "jpeg", file.getvalue()
        step = 255 // (_TONES - 1)
        shades = red.point([(tone + step // 2) // step for tone in range(256)])
        packed = self._images.frombytes("P", shades.size, shades.tobytes())
        packed.putpalette([tone * step for tone in range(_TONES) for _ in range(3)])
        packed.save(file, "PNG", bits=4, compress_level=1)
        return "png", file.getvalue()


def scale_for(page_width: float, page_height: float, *, width: int) -> float:
    """Return the pixels for each point of a page that is to be `width` pixels wide, within what one picture may have.

    Raises:
        _CannotDraw: the page has no size.
    """
    sizes = (page_width, page_height)
    if not all(math.isfinite(size) and size > 0 for size in sizes):
        raise _CannotDraw("broken page")
    most = math.sqrt(MAX_PIXELS / page_width / page_height)
    return min(width / page_width, most, MAX_SIDE / max(sizes))


def _limit_this_process() -> None:
    """Bound what the process may take, and keep it from writing files and starting others; it can undo none of that."""
    if resource is None:
        return
    limits = {"RLIMIT_AS": MAX_MEMORY, "RLIMIT_FSIZE": 0, "RLIMIT_CORE": 0, "RLIMIT_NPROC": 0, "RLIMIT_NOFILE": 32}
    for name, limit in limits.items():
        if (kind := getattr(resource, name, None)) is not None:
            with suppress(ValueError, OSError):  # macOS refuses some
                resource.setrlimit(kind, (limit, limit))


def _confine_to_fonts() -> None:
    """Let the process open the system's fonts and nothing else, connect to nothing, and reach into no other process.

    Linux grants that to everybody since 5.13 (Landlock), the part about connections since 6.7; elsewhere, and where it
    is switched off, this does nothing. A PDF may name fonts that it does not hold, as many of Japan's do.
    """
    if sys.platform != "linux":
        return
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), 1)
    if version < 1:
        return
    handled = struct.pack("=QQQ", _FILE_RIGHTS, _TCP_RIGHTS, _OTHER_PROCESSES)
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    rules = libc.syscall(_CREATE_RULESET, handled, ctypes.c_size_t(size), 0)
    if rules < 0:
        return
    for folder in _FONTS:
        with suppress(OSError):
            opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            libc.syscall(_ADD_RULE, rules, 1, struct.pack("=Qi", _READ_FILE | _READ_FOLDER, opened), 0)
            os.close(opened)
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    libc.syscall(_RESTRICT_SELF, rules, 0)
    os.close(rules)


def _answers() -> IO[bytes]:
    """Return the standard output, and lead what libraries print elsewhere: it would break the messages."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    return answers


def _take_orders(orders: "queue.SimpleQueue[tuple[dict[str, Any], bytes]]") -> None:
    """Hand on orders, and end the process at once when no more can come, whatever is being drawn."""
    while True:
        try:
            orders.put(read_message(sys.stdin.buffer))
        except (EOFError, OSError):
            os._exit(0)


def main() -> None:
    """Answer orders until there are no more."""
    answers = _answers()
    drawer = _Drawer()
    _confine_to_fonts()  # before there is another thread, which it would not hold for
    orders: queue.SimpleQueue[tuple[dict[str, Any], bytes]] = queue.SimpleQueue()
    threading.Thread(target=_take_orders, args=(orders,), daemon=True).start()
    _limit_this_process()
    write_message(answers, {"ready": 1}, b"")
    while True:
        write_message(answers, *drawer.answer(*orders.get()))


if __name__ == "__main__":
    main()
