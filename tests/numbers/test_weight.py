"""Weight: what is far more than a list of numbers is refused soon, and what is long for a good reason is read."""

import pytest

from components.numbers import Number, Standing, TextRefused, UploadRefused, parse, read_text, read_upload

FILE = 2 * 1024 * 1024
BOX = 999_999
TOO_MUCH = r"holds (?:more than 10,000 numbers\. Split|too much besides .*\. Keep only)"
PROSE = "We refer to our letter of last week and would like to hear whether the client agrees with the draft. "


def forms(numbers: list[Number]) -> list[str]:
    """Return the normalised forms of what was understood or doubled."""
    return [number.reading.normalised for number in numbers if len(number.readings) == 1]


@pytest.mark.parametrize(
    "piece",
    ["1,", "12345678 ", "almost US10765880B ", "1\ta\t",
     *(pytest.param(piece, marks=pytest.mark.slow) for piece in (
         "US1;", "EP1000000B1 ", "word\n", "http://a/1,",
         "US Patent Application Publication No. US Patent Application Publication No. 1 "))],
)  # fmt: skip
def test_a_text_of_far_more_than_ten_thousand_items_is_refused(piece: str) -> None:
    """The refusal says what is too much and what to do."""
    with pytest.raises(TextRefused, match=TOO_MUCH):
        read_text(piece * (BOX // len(piece)))


@pytest.mark.parametrize("piece", ["1,", "word\n"])
@pytest.mark.slow
def test_a_file_of_far_more_than_ten_thousand_items_is_refused(piece: str) -> None:
    """A file is refused in the words of the box."""
    with pytest.raises(UploadRefused, match=TOO_MUCH):
        read_upload("list.txt", (piece * (FILE // len(piece))).encode())


@pytest.mark.parametrize(
    ("start", "piece", "end"),
    [("http://a/", ",", ""), ("http://a/", "1", ""), ("1234567.", "1", "a"), ("$", " ", "7,654,321"), ("1", "/", "a"),
     ("US", " ", "1234567"), ("a", ".", "1"), ("", "\u200b", "1"), ("", "9", ""), ("", "x", "1"), ("[", "-", "] 1")],
)  # fmt: skip
def test_a_run_of_one_character_is_read_in_one_pass(start: str, piece: str, end: str) -> None:
    """No pattern goes back over a long run again and again, which would take hours here; nothing shown is long."""
    numbers = parse(start + piece * (BOX - 30) + end)
    assert len(numbers) <= 1
    assert all(len(number.typed) <= 300 and len(number.reason) <= 300 for number in numbers)


def test_grouped_numbers_on_one_long_line_are_read_in_one_pass() -> None:
    """How far a number stands from the beginning of its line does not matter."""
    text = " ".join(f"{number:,}" for number in range(7_000_000, 7_006_000))
    assert len(read_text(text)) == 6_000


def test_a_long_mail_thread_gives_its_numbers() -> None:
    """A pasted thread of 200 kB with 30 numbers in it is read as ever."""
    header = "From: A <a@example.com>\nDate: Mon, 5 Jan 2015 10:11:12 +0100\nSubject: Re: our ref. 4711, 3 of 5\n\n"
    mails = [f"{header}> {PROSE * 64}\nUS 7,654,{number} B2 is cited.\n" for number in range(301, 331)]
    text = "\n".join(mails)
    assert len(text) > 190_000
    assert forms(read_text(text)) == [f"US7654{n}B2" for n in range(301, 331)]


@pytest.mark.slow
def test_a_wide_table_gives_its_column_of_numbers() -> None:
    """A CSV export of 2 MB with 8,000 rows and 20 columns of text beside the numbers is read."""
    rows = [
        f"US{7_000_000 + row}B2," + ",".join(f"text {row % 97} {column}" for column in range(20))
        for row in range(8_000)
    ]
    data = "\n".join(["Number," + ",".join(f"Column {column}" for column in range(20)), *rows]).encode()
    assert 1_700_000 < len(data) < FILE
    assert forms(read_upload("export.csv", data)) == [f"US{7_000_000 + row}B2" for row in range(8_000)]


def test_a_pasted_table_gives_its_numbers() -> None:
    """5,000 rows with title, date and name in cells beside the number are read."""
    rows = [f"US{7_000_000 + row}B2\tA gripper with a hand\t2009-01-05\tMiller" for row in range(5_000)]
    assert len(forms(read_text("\n".join(rows)))) == 5_000


@pytest.mark.slow
def test_the_box_takes_ten_thousand_addresses() -> None:
    """Ten thousand numbers fit, even as addresses of a patent database."""
    text = "\n".join(f"https://patents.google.com/patent/US{number}B2/en" for number in range(7_000_000, 7_010_000))
    assert len(forms(read_text(text))) == 10_000


def test_one_number_more_than_ten_thousand_is_refused() -> None:
    """The limit of the box is that of a file."""
    lines = [f"US{number}B2" for number in range(7_000_000, 7_010_001)]
    assert len(read_text("\n".join(lines[:-1]))) == 10_000
    with pytest.raises(TextRefused, match="more than 10,000"):
        read_text(", ".join(lines))


def test_a_heading_does_not_count_as_a_number() -> None:
    """A table of ten thousand numbers may have a heading."""
    lines = ["Publication number", *(f"US{number}B2" for number in range(7_000_000, 7_010_000))]
    assert len(read_upload("list.csv", "\n".join(lines).encode())) == 10_000


def test_a_text_of_a_million_characters_is_refused() -> None:
    """The box takes fewer, so that a text that was cut there is never read as if it were whole."""
    with pytest.raises(TextRefused, match=r"longer than 1,000,000 characters.*Keep only"):
        read_text("US7654321B2\n" + " " * 1_000_000)


def test_a_table_of_too_many_rows_is_refused() -> None:
    """A CSV of more than 50,000 rows is no list of 10,000 numbers."""
    with pytest.raises(UploadRefused, match=r"more than 50,000 rows. Keep"):
        read_upload("list.csv", b"a,1\n" * 50_001)


def test_parse_never_raises() -> None:
    """Where a text cannot be refused, it is one refused item that says why."""
    (number,) = parse("1," * 500_000)
    assert (number.standing, number.readings, len(number.typed) <= 60) == (Standing.REFUSED, (), True)
    assert "Keep only the numbers" in number.reason
