"""Tables whose office or kind code stands in a column of its own, with a heading, an unusual one, or none.

Offices are those of WIPO standard ST.3, kind codes those of ST.16. The national part of a European patent bears the
number of the patent (Articles 2 and 64 EPC) or, in Germany, one of the DPMA's own (60 for the language of the grant).
"""

import io

import openpyxl
import pytest

from components.numbers import Standing, read_upload

THREE = ["US7654321B2", "EP2458380B1", "CA2467000C"]


def forms(rows: list[str], name: str = "list.csv") -> list[str]:
    """Return the normalised forms of a table, several of one number joined by a stroke; a refused one is empty."""
    if name.endswith("csv"):
        data = "\n".join(rows).encode()
    else:
        book = openpyxl.Workbook()
        assert book.active is not None
        for row in rows:
            book.active.append([int(cell) if cell.isdigit() else cell for cell in row.split(";")])
        buffer = io.BytesIO()
        book.save(buffer)
        data = buffer.getvalue()
    return ["|".join(reading.normalised for reading in number.readings) for number in read_upload(name, data)]


@pytest.mark.parametrize("name", ["list.csv", "list.xlsx"])
@pytest.mark.parametrize(
    "order",
    ["{0};{1};{2}", "{1};{2};{0}", "{1};{0};{2}", "P-1;{0};{1};{2};A gripper", "A gripper;{1};{2};{0}",
     "{0};{1};{2};Siemens AG", "2019-01-02;{0};{1};{2}"],
)  # fmt: skip
def test_offices_and_kind_codes_without_headings_are_joined_to_the_numbers(name: str, order: str) -> None:
    """Wherever the column of offices stands, no number is read as one of another office."""
    cells = [("US", "7654321", "B2"), ("EP", "2458380", "B1"), ("CA", "2467000", "C")]
    assert forms([order.format(*row) for row in cells], name) == THREE


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["US;7654321", "EP;2458380", "GB;2413271"], ["US7654321", "EP2458380", "GB2413271"]),
        (["7654321,US", "2458380,EP"], ["US7654321", "EP2458380"]),
        (["Germany;3106419", "Japan;4627367"], ["DE3106419", "JP4627367"]),
        (["EP,2458380,B1"], ["EP2458380B1"]),
        (["2458380;EP"], ["US2458380A|EP2458380"]),
        (["Our list", "EP;2458380", "US;7654321", "Total: 2"], ["EP2458380", "US7654321"]),
        (["JP;2004266582;A", "WO;2004050828;A2"], ["JP2004266582A", "WO2004050828A2"]),
        (["US;US7654321B2", "DE;US7654322B2"], ["US7654321B2", "US7654322B2"]),
    ],
)
def test_tables_without_headings_keep_the_office_of_each_number(rows: list[str], expected: list[str]) -> None:
    """Each number is of the office in its row, or asked about where that is in doubt."""
    assert forms(rows) == expected


@pytest.mark.parametrize(
    "heading",
    ["Country", "Ctry", "Ctry.", "CTRY", "Cntry", "Paese", "País", "Pais", "Pays", "Land", "国", "国名", "国コード",
     "국가", "Страна", "CC", "Country/Region"],
)  # fmt: skip
def test_a_heading_for_countries_in_any_usual_word_is_one_of_offices(heading: str) -> None:
    """Docketing systems abbreviate; Italian, Spanish, French, German, Japanese, Korean and Russian lists translate."""
    assert forms([f"{heading};Patent No.", "EP;2458380", "US;7654321"]) == ["EP2458380", "US7654321"]


@pytest.mark.parametrize(
    "rows",
    [["Where;Patent No.", "EP;2458380"], ["EP;US;2458380", "EP;DE;2458381"], ["2458380;Smith;CA", "2458381;Jones;DE"],
     ["ep;2458380"], ["2458380;de", "2458381;fr"]],
)  # fmt: skip
def test_codes_that_may_be_something_else_are_asked_about(rows: list[str]) -> None:
    """It may be an applicant's country: under an unknown heading, beside other codes, far off; or a language."""
    numbers = read_upload("list.csv", "\n".join([*rows, rows[-1].replace("8", "7")]).encode())
    offices = [{reading.office for reading in number.readings} for number in numbers]
    assert [number.standing for number in numbers] == [Standing.AMBIGUOUS] * len(numbers)
    assert all({"US"} < found for found in offices)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["Country;Patent No.", "EP-FR;2458381"], ["EP2458381"]),
        (["Country;Patent No.", "EP/DE;2458381"], ["EP2458381"]),
        (["Country;Patent No.", "FR (EP);2458381"], ["EP2458381"]),
        (["Country;Patent No.", "DE (EP);602010012345"], ["DE602010012345"]),
        (["EP-FR;2458381", "EP-DE;602010012345"], ["EP2458381", "DE602010012345"]),
        (["Country;EP Patent No.", "DE;2458380", "FR;2458381"], ["EP2458380", "EP2458381"]),
        (["Country;European Patent No.", "GB;2458380", "EP;2458381"], ["EP2458380", "EP2458381"]),
        (["Country;EP Patent No.", "DE;602010012345"], ["DE602010012345"]),
        (["Country;US Patent No.", "EP;2458380"], ["US2458380A|EP2458380"]),
        (["국가;등록번호", "KR;1027501140000", "US;7654321"], ["KR102750114B1", "US7654321"]),
        (["등록번호", "1027501140000"], ["KR102750114B1"]),
        (["출원번호", "1020150124192"], ["KR10-2015-0124192"]),
        (["공개번호", "1020150124192"], ["KR1020150124192A"]),
        (["国;特許番号", "US;7654321", "JP;4627367"], ["US7654321", "JP4627367"]),
    ],
)
def test_the_national_part_of_a_european_patent_is_that_patent(rows: list[str], expected: list[str]) -> None:
    """It is never a patent of the state with the same number; the heading of the column goes before the row."""
    assert forms(rows) == expected


@pytest.mark.parametrize("heading", ["Kind", "Kind Code", "KC", "KD", "Publication Kind Code", "Code", ""])
def test_kind_codes_belong_to_the_numbers_before_them(heading: str) -> None:
    """6,281,959 B1 and B2 are asked for as they are listed, with and without a column of offices."""
    rows = [f"Country;Patent Number;{heading}", "US;6281959;B1", "EP;2458380;B2"]
    assert forms(rows) == ["US6281959B1", "EP2458380B2"]
    assert forms([row.split(";", 1)[1] for row in rows[:2]]) == ["US6281959B1"]


@pytest.mark.parametrize("heading", ["", "Tier", "Relevance"])
def test_marks_of_one_letter_are_no_kind_codes(heading: str) -> None:
    """How relevant a patent is, "A" to "C", says nothing about its publication."""
    assert forms([f"Patent Number;{heading}", "7654321;A", "7654322;B"]) == ["US7654321", "US7654322"]
