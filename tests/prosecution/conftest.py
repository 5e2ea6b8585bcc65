"""What the tests of this room read: real file histories, the offices' own logs, and small hand-made histories."""

import csv
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from components.histories import DocumentList, FileHistory
from components.prosecution import Tables, read_histories

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
RETRIEVED = datetime(2025, 6, 1, 12, 0, tzinfo=UTC)

Paper = tuple[int | None, str] | tuple[int | None, str, str] | tuple[int | None, str, str, int | None]


def rows_of(path: Path) -> list[dict[str, str]]:
    """Read a CSV of the shared data."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def make_history(papers: list[Paper], apno: str = "US00/000001", patent_number: str = "") -> FileHistory:
    """Make a complete history from (date, code[, description[, pages]]); its number does not show its age."""
    padded = [(*paper, *("", None)[len(paper) - 2 :]) for paper in papers]
    columns = [list(column) for column in zip(*padded, strict=True)] or [[], [], [], []]
    return FileHistory(
        apno=apno,
        patent_number=patent_number,
        patent_id="",
        documents=DocumentList(*columns),
        documents_reported=len(papers),
        complete=True,
        retrieved=RETRIEVED,
    )


@pytest.fixture(scope="session")
def data() -> Path:
    """The shared data; tests that need them skip where the folder does not exist."""
    if not DATA.is_dir():
        pytest.skip("the shared file histories are not beside this checkout")
    return DATA


@pytest.fixture(scope="session")
def index(data: Path) -> dict[str, dict[str, str]]:
    """The 43 applications by application number."""
    return {row["apno"]: row for row in rows_of(data / "index.csv")}


@pytest.fixture(scope="session")
def real_histories(data: Path, index: dict[str, dict[str, str]]) -> list[FileHistory]:
    """The 43 real file histories, in the order of the index."""

    def number(text: str) -> int | None:
        return int(text) if text else None

    found = []
    for apno, application in index.items():
        rows = rows_of(data / "file_histories" / f"{application['file']}.csv")
        documents = DocumentList(
            [number(row["date"]) for row in rows],
            [row["doc_code"] for row in rows],
            [row["description"] for row in rows],
            [number(row["page_number"]) for row in rows],
        )
        found.append(
            FileHistory(
                apno=apno,
                patent_number=application["patent_number"],
                patent_id="",
                documents=documents,
                documents_reported=len(rows),
                complete=True,
                retrieved=RETRIEVED,
            )
        )
    return found


@pytest.fixture(scope="session")
def real_tables(real_histories: list[FileHistory]) -> Tables:
    """The four tables of the 43 real file histories."""
    return read_histories(real_histories)


@pytest.fixture(scope="session")
def logged(data: Path, index: dict[str, dict[str, str]]) -> Callable[..., set[str]]:
    """Return from an office's own log the dates (`yyyymmdd`) of transactions with given descriptions."""

    def dates(apno: str, *descriptions: str) -> set[str]:
        rows = rows_of(data / "transactions" / f"{index[apno]['file']}.csv")
        return {row["date"] for row in rows if row["description"].strip() in descriptions}

    return dates
