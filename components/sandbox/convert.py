"""Writes the sandbox's recorded histories from a folder of CSV tables: `python -m components.sandbox.convert FOLDER`.

The folder holds `index.csv` (a line for each application: `file`, `apno`, `patent_number`, `publication_number`,
`title`, `office`) and `file_histories/<file>.csv` (`date`, `doc_code`, `description`, `page_number`). Nothing is
sorted, joined or repaired.
"""

import argparse
import csv
from collections.abc import Sequence
from pathlib import Path

from components.sandbox.recordings import FOLDER, RecordedDocument, RecordedHistory, encode, patent_id

INCLUDED = (
    "EP99203729", "JP2017187096", "JP2020123456", "US10310232", "US11328678", "US11408669", "US12124027",
    "US14412875", "US14643719", "US15123456", "US16123456", "US17248024",
)  # fmt: skip
"""The file histories of the sandbox; `recordings/README.md` says what each of them shows."""


def read_tables(folder: Path, keys: Sequence[str] = INCLUDED) -> list[RecordedHistory]:
    """Read histories from the CSV tables of a folder.

    Raises:
        FileNotFoundError: a table is not there.
        KeyError: the index does not hold one of the keys.
    """
    with (folder / "index.csv").open(encoding="utf-8", newline="") as file:
        index = {row["file"]: row for row in csv.DictReader(file)}
    histories = []
    for key in keys:
        row = index[key]
        with (folder / "file_histories" / f"{key}.csv").open(encoding="utf-8", newline="") as file:
            documents = tuple(
                RecordedDocument(
                    int(line["date"]),
                    line["doc_code"],
                    line["description"],
                    int(line["page_number"]) if line["page_number"] else None,
                )
                for line in csv.DictReader(file)
            )
        histories.append(
            RecordedHistory(
                key=key,
                apno=row["apno"],
                patent_number=row["patent_number"],
                publication_number=row["publication_number"],
                title=row["title"],
                office=row["office"],
                documents=documents,
                patent_id=patent_id(row["apno"]),
            )
        )
    return histories


def write_recordings(histories: Sequence[RecordedHistory], folder: Path = FOLDER) -> list[Path]:
    """Write histories into a folder in the compact format; return the paths of the files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for history in histories:
        file = folder / f"{history.key}.json"
        file.write_text(encode(history), encoding="utf-8", newline="\n")
        files.append(file)
    return files


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the recorded histories anew from the folder named on the command line."""
    parser = argparse.ArgumentParser(prog="python -m components.sandbox.convert", description=__doc__)
    parser.add_argument("folder", type=Path, help="folder with index.csv and file_histories/")
    parser.add_argument("--to", type=Path, default=FOLDER, help="folder to write to; default: the sandbox's own")
    options = parser.parse_args(arguments)
    write_recordings(read_tables(options.folder), options.to)


if __name__ == "__main__":
    main()
