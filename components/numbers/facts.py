"""The tables beside this code, read once: kind codes, US series, eras, offices, words and addresses."""

import csv
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from components.numbers.model import Kind

FOLDER = Path(__file__).resolve().parent / "tables"
HIGHEST_GRANT = 12_999_999
"""No US patent number above this is expected yet (12.5 million were reached in 2025): raise it as grants grow.
A bare number of eight digits above it can only be an application."""
LAST_YEAR = 2049
"""Two-digit years up to 49 belong to this century; no year above is a year."""


class Series(NamedTuple):
    """A series code of US applications."""

    kind: Kind
    note: str


class Era(NamedTuple):
    """A Japanese era: year n of it is `before + n`."""

    before: int
    first: int
    last: int


class Word(NamedTuple):
    """What a word before a number says of it; either may be empty."""

    office: str
    what: str


class Address(NamedTuple):
    """Where the number stands in an address of a patent database."""

    host: str
    pattern: re.Pattern[str]
    office: str
    what: str


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


@cache
def _kinds() -> dict[tuple[str, str], list[tuple[int, int, tuple[str, ...]]]]:
    table: dict[tuple[str, str], list[tuple[int, int, tuple[str, ...]]]] = {}
    for row in _rows("kinds.csv"):
        span = int(row["first"]), int(row["last"] or 10**15), tuple(row["kinds"].split())
        table.setdefault((row["office"], row["series"]), []).append(span)
    return table


def kinds(office: str, series: str, number: int = 1) -> tuple[str, ...]:
    """Give the kind codes that a number of a series can have, likeliest first; empty if the table has none."""
    for first, last, codes in _kinds().get((office, series), ()):
        if first <= number <= last:
            return codes
    return ()


@cache
def us_series() -> dict[int, Series]:
    """Give the series codes of US applications that are in use."""
    return {
        code: Series(Kind(row["kind"]), row["note"])
        for row in _rows("us_series.csv")
        for code in range(int(row["first"]), int(row["last"]) + 1)
    }


@cache
def eras() -> dict[str, Era]:
    """Give the Japanese eras by Latin letter and by sign."""
    table = {}
    for row in _rows("eras.csv"):
        table[row["letter"]] = table[row["sign"]] = Era(int(row["before"]), int(row["first"]), int(row["last"]))
    return table


@cache
def offices() -> dict[str, str]:
    """Give the offices: code of WIPO standard ST.3 to name."""
    return {row["code"]: row["name"] for row in _rows("offices.csv")}


@cache
def words() -> tuple[re.Pattern[str], tuple[Word, ...]]:
    """Give one pattern for any word before a number (group n + 1 is row n), and what each row says."""
    rows = tomllib.loads((FOLDER / "words.toml").read_text(encoding="utf-8"))["word"]
    pattern = re.compile("|".join(f"({row['pattern']})" for row in rows), re.IGNORECASE)
    return pattern, tuple(Word(row.get("office", ""), row.get("what", "")) for row in rows)


@cache
def addresses() -> tuple[Address, ...]:
    """Give the addresses of patent databases, in the order in which they are tried."""
    rows = tomllib.loads((FOLDER / "urls.toml").read_text(encoding="utf-8"))["url"]
    return tuple(
        Address(row.get("host", ""), re.compile(row["pattern"]), row.get("office", ""), row.get("what", ""))
        for row in rows
    )


def century(year: str, first: int) -> int | None:
    """Give the four-digit year of a two- or four-digit one, or `None` outside `first` to `LAST_YEAR`."""
    value = int(year)
    if len(year) == 2:
        value += 1900 if value > LAST_YEAR % 100 else 2000
    return value if first <= value <= LAST_YEAR else None
