"""What every engine is: something that reads the picture of a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from components.page_texts import Word

SCAN_DPI: Final = 300
"""Dots an inch at which pages are drawn for an engine: those of the offices' scans."""


@dataclass(frozen=True, slots=True)
class Scan:
    """The picture of a page, in grey."""

    pixels: bytes
    """A byte a pixel, 0 for black, row by row from the top."""
    width: int
    height: int
    dpi: int


@dataclass(frozen=True, slots=True)
class EngineReading:
    """What an engine read on a page."""

    words: tuple[Word, ...]
    """In reading order; their boxes are those of the page as it was given, unturned."""
    languages: str
    """`eng` or `deu+eng`."""
    turned: int = 0
    """By how many degrees, clockwise, the page was turned to be read: 0, 90, 180 or 270."""


class Engine(Protocol):
    """An engine; used by several threads at once."""

    @property
    def name(self) -> str:
        """Its name with its version, as it is kept with each page: `Tesseract 5.3.0`."""

    @property
    def languages(self) -> frozenset[str]:
        """The languages that it has data for, as Tesseract names them: `eng`, `deu`, `jpn`."""

    def read(self, scan: Scan, *, languages: Sequence[str], seconds: float) -> EngineReading:
        """Return the words of a page.

        Args:
            scan: the picture.
            languages: wanted ones, the first most likely; those without data are left out, and without any of them
                `eng` is taken.
            seconds: how long it may take.

        Raises:
            NotRead: it took too long, took too much memory or ended; the engine's process is gone then.
        """

    def close(self) -> None:
        """End all its processes."""
