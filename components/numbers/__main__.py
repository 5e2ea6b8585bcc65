"""Say how numbers are read, one line of JSON for each: `python -m components.numbers [FILE ...]`.

Without a file the text is read from standard input; several files are one list. Nothing is asked of the service. What
of a table was left is said on standard error. Each line on standard output is an object:

- `typed`: what was typed for this number.
- `state`: `understood`, `ambiguous`, `refused` or `doubled`.
- `shown`, `normalised`, `kind`: its display form, the service's form and what it identifies, in words; null where it
  has not exactly one reading.
- `office`: code of the office, two letters; null where there is none, or where the readings differ.
- `asks`: the request forms in their order; empty where nothing would be asked.
- `candidates`: the normalised form of each reading of an ambiguous number; empty for every other.
- `reason`: why it is refused, ambiguous or doubled, or the note about its reading; may be empty.
"""

import argparse
import io
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from components.numbers import Number, NumberList, NumbersError, Standing, mark_doubles, read_list, read_typed
from components.rule_tables import RuleTableBroken

_TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm")
"""Endings of the files that are read as an upload; any other file is read as text."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Write a line for each number; return the exit status: 0, or 2 if a file or a text cannot be read."""
    parser = argparse.ArgumentParser(
        prog="python -m components.numbers",
        description="Say how patent, publication and application numbers are read, one line of JSON a number.",
    )
    parser.add_argument(
        "files", nargs="*", type=Path, metavar="FILE", help=".txt, .csv, .tsv or .xlsx; none for standard input"
    )
    chosen = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    try:
        for number in mark_doubles(list(_numbers(chosen.files))):
            sys.stdout.write(json.dumps(record(number), ensure_ascii=False) + "\n")
        sys.stdout.flush()
    except (NumbersError, OSError, RuleTableBroken) as error:
        if isinstance(error, BrokenPipeError):  # the reader had enough; what Python still holds goes nowhere
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


def record(number: Number) -> dict[str, Any]:
    """Return what is written about a number; the keys are explained in the module's docstring."""
    readings = number.readings
    reading = readings[0] if len(readings) == 1 else None
    offices = {candidate.office for candidate in readings}
    return {
        "typed": number.typed,
        "state": number.standing.value,
        "shown": reading.display_form if reading else None,
        "normalised": reading.normalised if reading else None,
        "kind": reading.kind.value if reading else None,
        "office": offices.pop() if len(offices) == 1 else None,
        "asks": list(reading.request_forms) if reading else [],
        "candidates": [candidate.normalised for candidate in readings] if number.standing is Standing.AMBIGUOUS else [],
        "reason": number.reason or (reading.note if reading else ""),
    }


def _numbers(files: Sequence[Path]) -> Iterator[Number]:
    """Yield the numbers of the files, or of standard input if there are none.

    Raises:
        NumbersError: there are too many, or too much besides; the message names the file.
        OSError: a file cannot be opened.
    """
    if not files:
        yield from _told(read_typed(_decoded(sys.stdin.buffer.read())))
    for file in files:
        try:
            data = file.read_bytes()
            if file.suffix.lower() in _TABLES:
                yield from _told(read_list(file.name, data))
            else:
                yield from _told(read_typed(_decoded(data)))
        except NumbersError as error:
            raise NumbersError(f"{file}: {error}") from error


def _told(found: NumberList) -> tuple[Number, ...]:
    """Return the numbers of a list, after what of a table was left is written to standard error."""
    for remark in found.remarks:
        sys.stderr.write(f"{remark}\n")
    return found.numbers


def _decoded(data: bytes) -> str:
    """Return text as UTF-8, with or without its mark; what is none of it is replaced."""
    return data.decode("utf-8-sig", errors="replace")


if __name__ == "__main__":
    sys.exit(main())
