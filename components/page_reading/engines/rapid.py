"""RapidOCR as an engine: an extra that reads Chinese, Japanese and Korean without further data, and takes its time.

Each page is read in a process of its own, which loads the models that lie in the package, opens no connection and
ends with its page.
"""

import importlib.metadata
import importlib.util
import json
import sys
import sysconfig
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from components.page_reading.engines import rapid_process
from components.page_reading.engines.cleaning import at_dots
from components.page_reading.engines.engine import EngineReading, Scan
from components.page_reading.engines.running import Programs
from components.page_reading.errors import EngineUnusable, NotRead
from components.page_texts import Box, Word

_PACKAGES: Final = ("rapidocr", "onnxruntime")
_READ_DPI: Final = 200
_MEMORY: Final = 4 * 1024 * 1024 * 1024
"""Bytes of address space, most of which libraries reserve and do not use."""
_MOST_LINES: Final = 2_000


class RapidOcr:
    """RapidOCR, where its packages are installed; an `Engine`.

    Raises:
        EngineUnusable: they are not; says what to install.
    """

    def __init__(self) -> None:
        if any(importlib.util.find_spec(package) is None for package in _PACKAGES):
            raise EngineUnusable('RapidOCR is not installed: pip install "rapidocr>=3.10,<4" "onnxruntime>=1.23".')
        self._version = importlib.metadata.version("rapidocr")
        found = (importlib.util.find_spec(package) for package in (*_PACKAGES, "numpy", "PIL"))
        origins = [Path(spec.origin).resolve().parents[1] for spec in found if spec is not None and spec.origin]
        self._folders = list(dict.fromkeys(map(str, origins)))
        python = [sys.prefix, sys.base_prefix, sysconfig.get_path("stdlib"), str(Path(sys.executable).resolve())]
        own = [str(Path(rapid_process.__file__).resolve()), "/dev/null", "/proc", "/sys/devices/system/cpu"]
        threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "OPENCV_FOR_THREADS_NUM"), "1")
        self._programs = Programs([*python, *self._folders, *own], threads, memory=_MEMORY)

    @property
    def name(self) -> str:
        """`RapidOCR` and its version."""
        return f"RapidOCR {self._version}"

    @property
    def languages(self) -> frozenset[str]:
        """What its models read together; it is not told which of them a page is in."""
        return frozenset({"eng", "deu", "fra", "chi_sim", "chi_tra", "jpn", "kor"})

    def read(self, scan: Scan, *, languages: Sequence[str], seconds: float) -> EngineReading:
        """Return the words of a page; see `Engine`.

        Raises:
            NotRead: it took too long, too much memory, or ended.
        """
        known = [language for language in dict.fromkeys(languages) if language in self.languages] or ["eng"]
        page = at_dots(scan, _READ_DPI)
        picture = b"P5 %d %d 255\n" % (page.width, page.height) + page.pixels
        command = [sys.executable, "-I", str(Path(rapid_process.__file__)), *self._folders]
        answer = self._programs.output(command, picture, seconds=seconds)
        try:
            lines = json.loads(answer)
        except ValueError:
            raise NotRead("ended") from None
        return EngineReading(tuple(_words_of(lines, page.width, page.height)), "+".join(known))

    def close(self) -> None:
        """End all its processes."""
        self._programs.close()


def _words_of(lines: list[tuple[str, float, float, float, float, float]], width: int, height: int) -> Iterator[Word]:
    """Yield the words of lines; each has the share of its line's box that its letters are of the line's letters."""
    for number, (text, score, left, top, right, bottom) in enumerate(lines[:_MOST_LINES]):
        shown = "".join(letter if letter.isprintable() else " " for letter in str(text))
        for begin, word in _places_in(shown):
            ends = (left + (right - left) * place / len(shown) for place in (begin, begin + len(word)))
            across = [min(max(end / width, 0.0), 1.0) for end in ends]
            down = [min(max(end / height, 0.0), 1.0) for end in (top, bottom)]
            confidence = round(100 * min(max(float(score), 0.0), 1.0))
            yield Word(word, Box(across[0], down[0], across[1], down[1]), number, confidence)


def _places_in(text: str) -> Iterator[tuple[int, str]]:
    """Yield the words of a line, each with the number of characters before it."""
    begin = 0
    for word in text.split():
        begin = text.index(word, begin)
        yield begin, word
        begin += len(word)
