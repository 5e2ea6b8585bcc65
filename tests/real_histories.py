"""The real file histories that lie beside this checkout, for tests that look at more than the sandbox holds.

They are read from the tables of `../shared/data` and `../shared/data/register`, row for row. A test that needs them is
skipped, with the reason, where those are not there: `real_recordings` sees to it.
"""

import csv
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import pytest

from components.sandbox.convert import read_tables
from components.sandbox.recordings import RecordedHistory
from tests.conftest import SHARED
from tests.seeding import seed

_FOLDERS = (SHARED / "data", SHARED / "data" / "register")


def real_recordings() -> list[RecordedHistory]:
    """Return all real file histories, first those of the general collection, then those of the registers."""
    if not all((folder / "index.csv").exists() for folder in _FOLDERS):
        pytest.skip("the real file histories lie in ../shared/data, which is not beside this checkout")
    return list(_recordings())


def thirty_recordings() -> list[RecordedHistory]:
    """Return thirty of them: all of the European Register, and as many of the others as are missing."""
    recordings = real_recordings()
    european = [recording for recording in recordings if recording.office == "EPO"]
    others = [recording for recording in recordings if recording.office != "EPO"]
    return [*others[: 30 - len(european)], *european]


def seed_real(store: Path, recordings: Iterable[RecordedHistory] | None = None) -> None:
    """Save real file histories into an SQLite file, all of them unless some are named, as `seeding.seed` does."""
    seed(store, real_recordings() if recordings is None else recordings)


def numbers_of(recordings: Sequence[RecordedHistory]) -> str:
    """Return what the parameter `patents` of the address says to open these histories."""
    return ",".join(
        recording.patent_number or recording.publication_number or recording.apno for recording in recordings
    )


@cache
def _recordings() -> tuple[RecordedHistory, ...]:
    return tuple(recording for folder in _FOLDERS for recording in read_tables(folder, _keys(folder)))


def _keys(folder: Path) -> list[str]:
    with (folder / "index.csv").open(encoding="utf-8", newline="") as file:
        return [row["file"] for row in csv.DictReader(file)]
