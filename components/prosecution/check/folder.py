"""File histories from a folder of tables, with the office's own log beside them.

| file | columns |
|---|---|
| `index.csv` | `apno`; optional: `file` (name of the two tables below), `patent_number`, `status`, `grant_date` |
| `file_histories/<file>.csv` | `date` (`yyyymmdd`, `yyyy-mm-dd`), `doc_code`; optional: `description`, `page_number` |
| `transactions/<file>.csv` | `date`, `description`; optional: `code`. Any of them, or the folder, may be missing |

Without a `file` the tables are named after the letters and digits of `apno`: `US14412875.csv` holds US14/412875.
"""

import csv
import io
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from components.histories import DocumentList, FileHistory
from components.prosecution.errors import FolderUnreadable

INDEX: Final = "index.csv"
LISTS: Final = "file_histories"
LOGS: Final = "transactions"


@dataclass(frozen=True, slots=True)
class LoggedTransaction:
    """One line of an office's log of an application."""

    date: date
    code: str
    """Another vocabulary than the document codes, though some look alike; often empty."""
    description: str


@dataclass(frozen=True, slots=True)
class FolderHistory:
    """One application of a folder."""

    history: FileHistory
    """`retrieved` is when the table of its documents was last changed (UTC), because a folder does not say more."""
    row: Mapping[str, str]
    """Its row of the index, by the columns that the index has."""
    transactions: tuple[LoggedTransaction, ...] | None
    """The office's own log, in the order of the table, without undated lines; `None` where the folder holds none."""


def read_folder(path: Path, only: Collection[str] = ()) -> list[FolderHistory]:
    """Return the file histories of a folder, in the order of its index.

    Args:
        path: the folder that holds `index.csv`.
        only: application numbers, patent numbers or names of files; empty for all.

    Raises:
        FolderUnreadable: a table or a column is missing or damaged, or the index does not know a name of `only`.
    """
    if not path.is_dir():
        raise FolderUnreadable(f"There is no folder {str(path)!r}. Give the folder that holds {INDEX}.")
    rows = _table(
        path, INDEX, ("apno",), "Put a table there with one row an application, or give the folder that has it."
    )
    if not rows:
        raise FolderUnreadable(f"{INDEX} names no application. Add a row for each table under {LISTS}.")
    chosen = [row for row in rows if not only or _names(row) & set(only)]
    unknown = set(only).difference(*(_names(row) for row in chosen))
    if unknown:
        raise FolderUnreadable(f"{INDEX} has no {_listed(unknown)}. Write it as there, under apno or file.")
    twice = {name for name, count in Counter(_name(row) for row in chosen).items() if count > 1}
    if twice:
        raise FolderUnreadable(f"{INDEX} names {_listed(twice)} more than once. Keep one row of each.")
    return [_folder_history(path, row) for row in chosen]


def _folder_history(path: Path, row: Mapping[str, str]) -> FolderHistory:
    file = f"{_file(row)}.csv"
    listed = f"{LISTS}/{file}"
    papers = _table(path, listed, ("date", "doc_code"), f"Put it there, or take {_name(row)} out of {INDEX}.")
    documents = DocumentList(
        date=[_number_of(_date(paper["date"])) for paper in papers],
        code=[paper["doc_code"] for paper in papers],
        description=[paper.get("description", "") for paper in papers],
        pages=[_pages(paper.get("page_number", "")) for paper in papers],
    )
    history = FileHistory(
        apno=row["apno"].strip(),
        patent_number=row.get("patent_number", "").strip(),
        patent_id="",
        documents=documents,
        documents_reported=len(papers),
        complete=True,
        retrieved=datetime.fromtimestamp((path / listed).stat().st_mtime, UTC),
    )
    return FolderHistory(history, row, _log(path, f"{LOGS}/{file}"))


def _log(folder: Path, name: str) -> tuple[LoggedTransaction, ...] | None:
    if not (folder / name).exists():
        return None
    rows = _table(folder, name, ("date", "description"))
    dated = ((_date(row["date"]), row) for row in rows)
    return tuple(LoggedTransaction(day, row.get("code", ""), row["description"]) for day, row in dated if day)


def _table(folder: Path, name: str, columns: Sequence[str], remedy: str = "") -> list[dict[str, str]]:
    """Read a table and check that it has its columns; a row that is too short is filled up with empty cells."""
    try:
        with io.StringIO((folder / name).read_text(encoding="utf-8-sig"), newline="") as file:
            reader = csv.DictReader(file, restval="")
            rows = [{head: cell for head, cell in row.items() if isinstance(head, str)} for row in reader]
            header = reader.fieldnames or ()
    except FileNotFoundError:
        raise FolderUnreadable(f"There is no {name} in {str(folder)!r}. {remedy}") from None
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise FolderUnreadable(f"{name} cannot be read ({error}). Save it as a CSV in UTF-8.") from error
    missing = [column for column in columns if column not in header]
    if missing:
        raise FolderUnreadable(f"{name} has no column {' and no '.join(missing)}. Name its columns in the first line.")
    return rows


def _file(row: Mapping[str, str]) -> str:
    return row.get("file", "").strip() or "".join(filter(str.isalnum, _name(row)))


def _name(row: Mapping[str, str]) -> str:
    """Return the name of the history.

    Raises:
        FolderUnreadable: the row has none.
    """
    name = row["apno"].strip() or row.get("patent_number", "").strip()
    if not name:
        raise FolderUnreadable(f"{INDEX} has a row without an application number. Fill in apno, or remove the row.")
    return name


def _names(row: Mapping[str, str]) -> set[str]:
    return {_name(row), _file(row), row.get("patent_number", "").strip()} - {""}


def _listed(names: Collection[str]) -> str:
    return ", ".join(sorted(names))


def _date(text: str) -> date | None:
    """Return the date of `yyyymmdd` or `yyyy-mm-dd`; `None` for anything else."""
    try:
        return date.fromisoformat(text.strip()) if text.isascii() else None
    except ValueError:
        return None


def _number_of(day: date | None) -> int | None:
    return int(f"{day:%Y%m%d}") if day and day.year >= 1000 else None


def _pages(text: str) -> int | None:
    return int(text) if text.strip().isascii() and text.strip().isdigit() else None
