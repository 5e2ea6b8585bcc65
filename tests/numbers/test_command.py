"""`python -m components.numbers` as a process of its own: what goes in, what comes out, and how it ends."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from components.numbers.__main__ import main

ROOT = Path(__file__).parents[2]
KEYS = ["typed", "state", "shown", "normalised", "kind", "office", "asks", "candidates", "reason"]


def run(*arguments: str, text: str = "") -> subprocess.CompletedProcess[bytes]:
    """Run the command in this process, with a text on its standard input and streams of another encoding."""
    written, told = io.BytesIO(), io.BytesIO()
    streams = {
        "stdin": io.TextIOWrapper(io.BytesIO(text.encode())),
        "stdout": io.TextIOWrapper(written, "latin-1", newline="\n"),
        "stderr": io.TextIOWrapper(told, "latin-1", newline="\n"),
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, stream in streams.items():
            patch.setattr(sys, name, stream)
        code = main(arguments)
        sys.stdout.flush()
        sys.stderr.flush()
    return subprocess.CompletedProcess(arguments, code, written.getvalue(), told.getvalue())


def records(*arguments: str, text: str | bytes = "") -> list[dict[str, Any]]:
    """Return what the command writes, which must succeed."""
    done = run(*arguments, text=text)
    assert (done.returncode, done.stderr) == (0, b"")
    return [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]


def test_the_module_is_a_command() -> None:
    """It reads standard input and writes a line for each number."""
    command = [sys.executable, "-m", "components.numbers"]
    done = subprocess.run(command, cwd=ROOT, input=b"US7654321B2", capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr, json.loads(done.stdout)["shown"]) == (0, b"", "US 7,654,321 B2")


def test_each_number_is_a_line_of_json_in_order() -> None:
    """Understood, refused, ambiguous and doubled numbers, each with all keys in their order."""
    lines = records(text="US7654321\nfoo\n11205304\nUS 7,654,321 B2\n")
    assert [list(line) for line in lines] == [KEYS] * 4
    assert [line["state"] for line in lines] == ["understood", "refused", "ambiguous", "doubled"]
    assert lines[0] == {
        "typed": "US7654321",
        "state": "understood",
        "shown": "US 7,654,321",
        "normalised": "US7654321",
        "kind": "US grant",
        "office": "US",
        "asks": ["US7654321B2", "US7654321B1"],
        "candidates": [],
        "reason": "No kind code was given: B2, then B1 is tried.",
    }
    nothing = {"shown": None, "normalised": None, "kind": None, "asks": []}
    assert {key: lines[1][key] for key in (*nothing, "office", "candidates")} == {
        **nothing,
        "office": None,
        "candidates": [],
    }
    assert "no number in it" in lines[1]["reason"]
    assert {key: lines[2][key] for key in (*nothing, "office", "candidates")} == {
        **nothing,
        "office": "US",
        "candidates": ["US11205304", "US11/205304"],
    }
    assert (lines[3]["normalised"], lines[3]["office"]) == ("US7654321B2", "US")
    assert "item 1" in lines[3]["reason"]


def test_the_office_is_null_where_readings_differ() -> None:
    """A WO or a US publication: neither office is named."""
    (line,) = records(text="2015/012345")
    assert (line["state"], line["office"]) == ("ambiguous", None)
    assert set(line["candidates"]) == {"WO2015012345", "US20150012345A1"}


def test_what_is_written_is_utf_8_and_not_escaped() -> None:
    """Japanese is written as it was typed, whatever the locale."""
    done = run(text="\ufeff特開2004-266582\n")
    assert "特開2004-266582".encode() in done.stdout
    assert b"\\u" not in done.stdout


def test_an_international_application_has_the_office_wo() -> None:
    """The International Bureau's code stands for PCT applications."""
    (line,) = records(text="PCT/US2019/012345")
    assert (line["office"], line["kind"]) == ("WO", "PCT application")


def test_no_text_gives_no_line() -> None:
    """Nothing typed is no error."""
    assert records(text="\n") == []


def workbook() -> bytes:
    """Return a workbook with a heading and two numbers."""
    book = openpyxl.Workbook()
    for cell in ("Publication number", "US7654321B2", "EP2458380B1"):
        book.active.append([cell])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("list.txt", b"US7654321B2\nEP2458380B1\n"),
        ("list.csv", b"Number,Title\nUS7654321B2,Gripper\nEP2458380B1,Hand\n"),
        ("list.xlsx", workbook()),
        ("letter.md", b"Please see US7654321B2 and its sister EP2458380B1.\n"),
        ("letter", b"\xef\xbb\xbfUS7654321B2, EP2458380B1"),
    ],
)
def test_a_file_is_read_by_its_kind(tmp_path: Path, name: str, data: bytes) -> None:
    """Lists and tables are read as an upload is, any other file as text."""
    file = tmp_path / name
    file.write_bytes(data)
    assert [line["normalised"] for line in records(str(file))] == ["US7654321B2", "EP2458380B1"]


def test_several_files_are_read_one_after_the_other(tmp_path: Path) -> None:
    """They are one list: a number of the first is doubled in the second. Standard input is not read."""
    for name, number in (("b.txt", "US7654321B2"), ("a.txt", "EP2458380B1")):
        (tmp_path / name).write_text(f"{number}\nDE3106419A1", encoding="utf-8")
    lines = records(str(tmp_path / "b.txt"), str(tmp_path / "a.txt"), text="JP4627367B2")
    assert [line["normalised"] for line in lines] == ["US7654321B2", "DE3106419A1", "EP2458380B1", "DE3106419A1"]
    assert lines[3]["state"] == "doubled"


@pytest.mark.parametrize(
    ("name", "data"),
    [("gone.txt", None), ("bad.xlsx", b"no workbook"), ("empty.csv", b""), ("long", b"US7654321B2 " * 90_000)],
)
def test_what_cannot_be_read_ends_with_2_and_one_line(tmp_path: Path, name: str, data: bytes | None) -> None:
    """The message names the file; nothing is written to standard output."""
    file = tmp_path / name
    if data is not None:
        file.write_bytes(data)
    done = run(str(file))
    message = done.stderr.decode("utf-8")
    assert (done.returncode, done.stdout, message.count("\n")) == (2, b"", 1)
    assert name in message


def test_a_text_that_is_too_long_ends_with_2() -> None:
    """Standard input has the limit of the box."""
    done = run(text="US7654321B2 " * 90_000)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode("utf-8").startswith("The text is longer than 1,000,000 characters")


def test_what_of_a_table_was_left_is_said_beside_the_lines() -> None:
    """Only lines of JSON stand on standard output; the column that names the same patents is named on the other."""
    done = run(text="Patent No.\tApp. No.\n7,654,321\t14/706,838\n7,654,322\t14/706,839\n")
    assert [json.loads(line)["shown"] for line in done.stdout.splitlines()] == ["US 7,654,321", "US 7,654,322"]
    assert (done.returncode, done.stderr.decode("utf-8").splitlines()) == (
        0,
        ["The numbers were read from “Patent No.”.", "“App. No.” was not read: it names the same patents."],
    )
