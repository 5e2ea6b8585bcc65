"""How long any list keeps the page, compared with a good one. Run: `python -m tests.bench.bench_lists [kind …]`.

The yardstick is a list of 10,000 good numbers, read as text in the same run. Printed is each kind's time in seconds of
CPU, which other programs on the machine disturb less, and as a ratio to it, at the longest that a file (2 MB) or the
box (just below its limit) takes. The aim is at most 2. "Other thread" is the median time of a piece of work in another
thread meanwhile, divided by its median alone; the aim is at most 2, because Python runs one thread at a time.
"""

import base64
import gc
import io
import json
import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator
from random import Random

import openpyxl

from components.numbers import TextRefused, mark_doubles, read_text, read_upload

FILE = 2 * 1024 * 1024
BOX = 999_999
COUNT = 10_000
_RANDOM = Random(1)  # noqa: S311 - the same texts in every run
_SENTENCE = "Please review US 11,205,304 B2, filed on January 5, 2015, and the invoice 4711 of $ 1,250 for it. "
_PROSE = "We refer to our letter of last week and would like to hear whether the client agrees with the draft. "

GOOD: dict[str, Callable[[int], str]] = {
    "US grants": lambda n: f"US{7_000_000 + n:,}B2",
    "US grants, bare": lambda n: f"{7_000_000 + n}",
    "applications": lambda n: f"14/{100_000 + n}",
    "mixed offices": lambda n: (
        f"US {7_000_000 + n:,} B2",
        f"EP {1_000_000 + n:,} B1".replace(",", " "),
        f"WO 2004/{100_000 + n} A1",
        f"JP {4_000_000 + n} B2",
        f"KR 10-{1_000_000 + n}",
        f"DE 10 2004 {100_000 + n:,} A1".replace(",", " "),
        f"US 2015/{1_000_000 + n} A1",
        f"U.S. Patent Application No. 14/{100_000 + n}",
    )[n % 8],
    "addresses": lambda n: f"https://patents.google.com/patent/US{7_000_000 + n}B2/en",
}
"""Lists of good numbers, one a line."""

REPEATED: dict[str, str] = {
    "a.": "a.",
    "a. lines": "a.\n",
    "word": "word ",
    "word lines": "word\n",
    "1,": "1,",
    "1 lines": "1\n",
    "US1;": "US1;",
    "digits only": "1234567890",
    "letters only": "abcdefghij",
    "7 digits": "7654321 ",
    "8 digits": "12345678 ",
    "kind codes": "B2 A1 ",
    "US": "US",
    "US ": "US ",
    "US EP": "US EP WO ",
    "US1": "US1 ",
    "almost": "US10765880B ",
    "almost lines": "US107658801234B2\n",
    "EP doubled": "EP1000000B1\n",
    "EP one line": "EP1000000B1 ",
    "EP commas": "EP1000000B1,",
    "nested brackets": "([{<",
    "brackets and digits": "([1])",
    "full-width": "ＵＳ１２，３４５，６７８　",
    "unicode digits": "١٢٣٤٥٦٧٨ ",
    "emoji": "👍🏽",
    "zero-width": "1\u200b",
    "zero-width only": "\u200b",
    "CRLF": "\r\n",
    "blanks": " ",
    "blanks and 1": " " * 50 + "1",
    "tabs": "\t",
    "tabs and 1": "1\t",
    "table rows": "1\tA gripper, with a hand\tUS7654321B2\t2009-01-05\tMiller\n",
    "table without numbers": "1\tA gripper 2\t4711\t2009-01-05\tMiller 7\n",
    "semicolons": ";",
    "commas": ",",
    "dashes": "- ",
    "prose": _PROSE,
    "prose lines": _PROSE + "\n",
    "letters with numbers": _SENTENCE,
    "letters with numbers, lines": _SENTENCE + "\n",
    "mail": "From: A <a@example.com>\nDate: Mon, 5 Jan 2015 10:11:12 +0100\nSubject: Re: 4711\n\n> " + _PROSE + "\n",
    "addresses": "http://example.com/1 ",
    "address lines": "https://patents.google.com/patent/US7654321B2/en\n",
    "addresses without": "http://a ",
    "addresses joined": "http://a/1,",
    "XML": '<n id="4711"><p>US</p></n>',
    "leading words": "US Patent Application Publication No. ",
    "leading words, 1": "US Patent Application Publication No. " * 12 + "1 ",
    "published": "published ",
    "No.": "No. 1 ",
    "money": "$ 7,654,321 ",
    "groups": "7,654,321,",
    "decimals": "1234567.1",
    "scientific": "1.1E+07 ",
    "slashes": "14/",
    "applications": "14/123,456 ",
    "dates": "2015-01-05 ",
    "Korean words": "대한민국특허",
    "Japanese words": "特許出願公開",
    "JP years": "特開平1-",
    "China": "CN101234567B ",
    "PCT": "PCT/US2019/",
    "lookalikes": "US-US1234-",
    "dots": "a.b.",
    "hyphens": "a-b-",
}
"""Texts that repeat something, to the longest that is taken."""

LONG: dict[str, Callable[[int], str]] = {
    "one line of digits": lambda size: "1234567." + "1" * (size - 9) + "a",
    "address and commas": lambda size: "http://x/" + "," * (size - 9),
    "address of one piece": lambda size: "http://x/" + "1" * (size - 9),
    "address of patterns": lambda size: ("https://worldwide.espacenet.com/" + "?CC=US&NR=1" * (size // 11))[:size],
    "percent signs": lambda size: ("http://x/" + "%31" * (size // 3))[:size],
    "blanks before money": lambda size: ("$" + " " * 40 + "7,654,321 ") * (size // 51),
    "lines of 2 kB": lambda size: ("1 a " * 500 + "\n") * (size // 2001),
    "JSON": lambda size: json.dumps([{"id": n, "title": f"A gripper {n}"} for n in range(size // 40)])[:size],
    "base64": lambda size: base64.b64encode(_RANDOM.randbytes(size * 3 // 4)).decode()[:size],
    "random latin-1": lambda size: _RANDOM.randbytes(size).replace(b"\x00", b"0").decode("latin-1"),
    "random letters": lambda size: "".join(
        _RANDOM.choices("abcdefghijklmnopqrstuvwxyzUSEPWO0123456789 .,;/-\n", k=size)
    ),
    "random UTF-16": lambda size: _RANDOM.randbytes(size).decode("utf-16-le", errors="ignore"),
}
"""Other texts of a size."""


def repeated(piece: str, size: int) -> str:
    """Return a text that repeats a piece, of so many bytes in UTF-8 at most."""
    return piece * (size // len(piece.encode()))


def texts(size: int) -> Iterator[tuple[str, str]]:
    """Yield each kind of text with its name."""
    for name, piece in REPEATED.items():
        yield name, repeated(piece, size)
    for name, make in LONG.items():
        yield name, make(size)


def table(rows: int, columns: int, cell: Callable[[int, int], object]) -> list[list[object]]:
    """Return a table with a column of numbers and others."""
    return [[f"US{7_000_000 + row}B2", *(cell(row, column) for column in range(1, columns))] for row in range(rows)]


def csv_of(rows: list[list[object]]) -> bytes:
    """Write a table as CSV."""
    return "\n".join(",".join(map(str, row)) for row in rows).encode()


def xlsx_of(rows: list[list[object]]) -> bytes:
    """Write a table as Excel does, with its texts in a list of their own."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def words_of(row: int, column: int) -> str:
    """Return the text of a cell: of the 13 bytes that bring 8,000 rows of 21 columns to 2 MB."""
    return f"word {row * column % 9973}"


def tables() -> Iterator[tuple[str, str, bytes]]:
    """Yield the tables: name, name of the file, bytes."""
    yield "8,000 rows, 20 columns of words", "a.csv", csv_of(table(8_000, 21, words_of))
    yield "8,000 rows, 20 columns of numbers", "a.csv", csv_of(table(8_000, 21, lambda row, _: 4_000_000 + row))
    yield "400 rows of 100 numbers", "a.csv", csv_of(table(400, 100, lambda row, column: 4_000_000 + row * column))
    yield "10,000 good", "a.xlsx", xlsx_of(table(10_000, 1, words_of))
    yield "3,000 rows, 20 columns of words", "a.xlsx", xlsx_of(table(3_000, 21, words_of))
    yield "8,000 rows, 20 columns of words", "a.xlsx", xlsx_of(table(8_000, 21, words_of))
    yield "8,000 rows, 20 columns of numbers", "a.xlsx", xlsx_of(table(8_000, 21, lambda row, _: row))
    yield "190,000 cells in a row", "a.xlsx", xlsx_of([list(range(16_000))] * 12)
    yield "20,000 rows of prose", "a.xlsx", xlsx_of([[f"{row} {_PROSE}"] for row in range(20_000)])
    yield "60,000 dates", "a.xlsx", xlsx_of(table(3_000, 21, lambda row, _: row / 7))


def timed(read: Callable[[], object]) -> tuple[float, str]:
    """Return the seconds of CPU that reading took, and what came of it."""
    gc.collect()
    start = time.thread_time()
    try:
        found = read()
        what = f"{len(found):,} items" if isinstance(found, list) else ""
    except TextRefused as refused:
        what = f"refused: {str(refused)[:40]}…"
    return time.thread_time() - start, what


class OtherThread:
    """A thread that does the same piece of work again and again, and says how long each took."""

    def __init__(self) -> None:
        self._seconds: list[float] = []
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def _work(self) -> None:
        numbers = read_text("\n".join(GOOD["US grants"](n) for n in range(1_000)))
        while not self._ended.is_set():
            start = time.perf_counter()
            mark_doubles(numbers)
            self._seconds.append(time.perf_counter() - start)
            time.sleep(0.002)

    def count(self) -> int:
        """Return how often the work was done since the last call of `median`."""
        return len(self._seconds)

    def median(self) -> float:
        """Return the median since the last call."""
        seconds, self._seconds = self._seconds, []
        return statistics.median(seconds) if seconds else float("nan")

    def end(self) -> None:
        """End the thread."""
        self._ended.set()
        self._thread.join()


def cases(wanted: list[str]) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield what is read: its name, and a function that reads it."""
    for name, text in texts(BOX):
        if not wanted or name in wanted:
            yield f"box  {name}", lambda text=text: read_text(text)
    for name, text in texts(FILE):
        data = text.encode("utf-8", errors="replace")[:FILE]
        for ending in ("txt", "csv"):
            if not wanted or name in wanted:
                yield f"{ending}  {name}", lambda data=data, ending=ending: read_upload(f"a.{ending}", data)
    for name, file, data in tables():
        if not wanted or name in wanted:
            yield f"{file[2:]} {name} ({len(data):,} B)", lambda file=file, data=data: read_upload(file, data)


def main() -> None:
    """Print the numbers."""
    wanted = sys.argv[1:]
    lists = {name: "\n".join(map(make, range(COUNT))) for name, make in GOOD.items()}
    best: dict[str, float] = {}
    for name, text in lists.items():
        best[name] = statistics.median(timed(lambda text=text: read_text(text))[0] for _ in range(3))
        print(f"{name:45s}{best[name]:7.3f} s", flush=True)  # noqa: T201
    yardstick = best["US grants"]
    print(f"ratio to US grants ({yardstick:.3f} s), and the other thread's time meanwhile")  # noqa: T201
    worst = 0.0
    for name, read in cases(wanted):
        alone, what = timed(read)
        other = OtherThread()
        while other.count() < 20:
            time.sleep(0.01)
        before = other.median()
        timed(read)
        meanwhile = other.median() / before
        other.end()
        worst = max(worst, alone / yardstick)
        print(f"{name:45s}{alone:7.3f} s{alone / yardstick:7.2f}{meanwhile:7.2f}  {what}", flush=True)  # noqa: T201
    again = statistics.median(timed(lambda: read_text(lists["US grants"]))[0] for _ in range(3))
    print(f"largest ratio {worst:.2f}; the good list again: {again:.3f} s")  # noqa: T201


if __name__ == "__main__":
    main()
