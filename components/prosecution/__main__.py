"""Compare the reading of file histories with what the offices say: `python -m components.prosecution FOLDER`.

With `--json` the tables of each history are written instead, one JSON object a line.
"""

import argparse
import io
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from components.prosecution.check.comparison import compare
from components.prosecution.check.comparison_text import render
from components.prosecution.check.folder import INDEX, LISTS, LOGS, read_folder
from components.prosecution.errors import ProsecutionError
from components.prosecution.reading import read_history
from components.rule_tables import RuleTableBroken


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the comparison or the tables; return the exit status: 0, or 2 if nothing was read."""
    parser = argparse.ArgumentParser(
        prog="python -m components.prosecution",
        description="Compare the reading of file histories with the office's own log, and with the status it states.",
        epilog=f"The folder holds {INDEX}, {LISTS}/FILE.csv and, where there is a log, {LOGS}/FILE.csv. "
        "Their columns are explained in components/prosecution/check/folder.py.",
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="folder of file histories")
    parser.add_argument("--json", action="store_true", help="write the tables of each history, one a line")
    parser.add_argument(
        "--history", action="append", default=[], metavar="NAME", help="application number or file; may be repeated"
    )
    chosen = parser.parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    try:
        texts = _lines(chosen.folder, chosen.history) if chosen.json else _comparison(chosen.folder, chosen.history)
        for text in texts:
            sys.stdout.write(text)
        sys.stdout.flush()
    except (ProsecutionError, RuleTableBroken) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except BrokenPipeError:  # the reader had enough; what Python still holds goes nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _comparison(folder: Path, only: Sequence[str]) -> Iterator[str]:
    yield render(compare(folder, only))


def _lines(folder: Path, only: Sequence[str]) -> Iterator[str]:
    """Yield each history as a line of JSON; dates are `yyyy-mm-dd`, what is missing is null."""
    for folder_history in read_folder(folder, only):
        tables = read_history(folder_history.history)
        record = {
            "history": folder_history.history.name,
            "documents": _records(tables.documents),
            "submissions": _records(tables.submissions),
            "rounds": _records(tables.rounds),
            "histories": _records(tables.histories),
            "turns": _records(tables.turns),
        }
        yield json.dumps(record, ensure_ascii=False, allow_nan=False) + "\n"


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    columns = [_values(frame[name]) for name in frame.columns]
    return [dict(zip(frame.columns, row, strict=True)) for row in zip(*columns, strict=True)]


def _values(column: "pd.Series[Any]") -> list[Any]:
    """Return the values of a column as JSON has them."""
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        column = column.map(pd.Timestamp.isoformat, na_action="ignore")
    elif pd.api.types.is_datetime64_dtype(column):
        column = column.dt.strftime("%Y-%m-%d")
    return [None if missing else value for value, missing in zip(column.tolist(), column.isna(), strict=True)]


if __name__ == "__main__":
    sys.exit(main())
