"""Exports of databases and docketing systems: one number a row, the right one, and what was left is said.

The headings are those of the products; rows are made up. Where a heading could not be confirmed, the table
`components/numbers/tables/headings.csv` says so.
"""

import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.numbers import NumberList, Standing, UploadRefused, read_list, read_typed

GOOGLE = """search URL:,https://patents.google.com/?q=US7654321B2&oq=gripper
id,title,assignee,inventor/author,priority date,filing/creation date,publication date,grant date,result link,\
representative figure link
US-11205304-B2,"Gripper, soft","Acme, Inc.",A B,2015-01-05,2016-01-05,2021-12-21,2021-12-21,\
https://patents.google.com/patent/US11205304B2/en,https://patentimages.storage.googleapis.com/aa/US11205304B2.png
WO-2006095001-A1,Pump,Acme,C,2010-01-05,2011-01-05,2014-01-05,,https://patents.google.com/patent/WO2006095001A1/en,
"""
LENS = """#,Jurisdiction,Kind,Display Key,Lens ID,Publication Date,Publication Year,Application Number,\
Priority Numbers,Title,URL,Cites Patent Count,Cited by Patent Count,Simple Family Size,Simple Family Members
1,US,B2,US 7654321 B2,008-525-073-655-546,2010-02-02,2010,US 70683805 A,US 70683804 P,Pump,\
https://lens.org/008-525-073-655-546,120,333,5,US 7654321 B2;;EP 2458380 B1
2,EP,A1,EP 2458380 A1,008-525-073-655-547,2010-02-02,2010,EP 10173239 A,US 70683804 P,Pump,\
https://lens.org/008-525-073-655-547,5,120,3,
"""
ESPACENET = (
    ("Espacenet search results",),
    (),
    ("Search:", "ta = gripper"),
    ("1,234 results found",),
    ("Exported on:", "2026-11-01"),
    (),
    ("No", "Title", "Inventors", "Applicants", "Publication number", "Earliest priority", "IPC", "CPC",
     "Publication date", "Earliest publication", "Family number"),
    (1, "Gripper", "A", "B", "US7654321B2", "2005-01-01", "B25J", "B25J", "2010-02-02", "2006-01-01", 19768124.0),
    (2, "Pump", "A", "B", "EP2458380B1", "2005-01-01", "B25J", "B25J", "2010-02-02", "2006-01-01", 19768125.0),
    (),
    ("© European Patent Office 2026",),
)  # fmt: skip
DEPATISNET = """\ufeffDEPATISnet;Trefferliste
Suchanfrage: (Greifer/ti)
Anzahl Treffer: 2

Veröffentlichungsnummer;Titel;Anmelder/Inhaber;Anmeldedatum;IPC-Hauptklasse
DE102004002000A1;Greifer, weich;Acme;05.01.2004;B25J
EP2458380B1;Pumpe;Acme;05.01.2004;F04B
"""
PATENTSCOPE = (
    ("PATENTSCOPE",),
    ("Query:", "EN_TI:gripper"),
    ("Results: 3",),
    (),
    ("Application Id", "Application Number", "Application Date", "Country", "Title", "IPC"),
    ("US126214371", "14706838", "07.05.2015", "US", "Gripper", "B25J"),
    ("EP14055325", "10173239", "07.05.2006", "EP", "Pump", "F04B"),
    ("WO2006095001", "PCT/EP2006/060001", "07.05.2006", "WO", "Pump", "F04B"),
)
ORBIT = (
    ("Questel unique family ID (FAN)", "Representative publication", "Publication numbers", "Title",
     "Application numbers"),
    (19768124, "US7654321 B2", "US7654321 B2\nEP2458380 B1", "Pump", "US14/706838\nEP10173239"),
    (19768125, "EP1000000 B1", "EP1000000 B1\nUS7654323 B2", "Pump", "EP10173239\nUS14/706839"),
)  # fmt: skip
DERWENT = """http://www.derwentinnovation.com/tip-innovation/
Publication Number,Title,Application Number,Priority Number,DWPI Family Members,INPADOC Family Members,\
Assignee/Applicant,Count of Citing Patents
US7654321B2,Pump,US2005706838A,US2004123456P,US7654321B2|EP2458380B1,US7654321B2,Acme,12
EP2458380B1,Pump,EP2010173239A,US2004123456P,US7654321B2|EP2458380B1,US7654321B2,Acme,7
"""
PATSNAP = (
    ("Publication Number", "Title", "Application Number", "Simple Family", "Publication URL"),
    ("US20150123456A1", "x", "US14/706838", "US20150123456A1|EP2458380A1", "https://example.com/p/US20150123456A1"),
    ("EP2458380A1", "x", "EP10173239", "US20150123456A1|EP2458380A1", ""),
)
PUBLIC_SEARCH = """Result #,Document/Patent number,Title,Inventor name,Publication date,Pages
1,US-7654321-B2,"Pump, hand-driven",A,2010-02-02,12
2,US-20150123456-A1,Pump,A,2015-05-07,1
"""
PUBLIC_SEARCH_LIST = """Document ID,Date Published,Family ID,Page Count,Title,Application Number
US 11205304 B2,2021-12-21,19768124,12,Pump,14/706838
US D1055174 S,2021-12-21,19768125,12,Pump,29/961259
"""
PATENT_CENTER = """Application #,Docket #,Customer #,Status,Patent #,Publication #,Confirmation #,Filing date
14/706838,12345-0067US01,123456,Patented,"9,876,543",US 2015-0123456 A1,1234,2015-05-07
17/248024,12345-0068US01,123456,Pending,,,1235,2021-01-05
"""
DOCKET = (
    ("Acme portfolio as of 2026-11-01",),
    ("Docket", "Country", "App. No.", "Filing date", "Patent No.", "Status"),
    ("P12345US", "US", "12/345,678", "2008-05-07", 7654321.0, "Granted"),
    ("P12345EP", "EP", "10173239.4", "2010-05-07", 2458380, "Granted"),
    ("P12346US", "United States", "17/248,024", "2021-05-07", None, "Pending"),
    ("P12348JP", "JP", "2010-001234", "2010-05-07", "4627367", "Granted"),
    ("P12349WO", "WO", "PCT/US2019/012345", "2019-05-07", None, "Pending"),
    ("Total", 5),
)


def workbook(*sheets: tuple[tuple[object, ...], ...]) -> bytes:
    """Make an Excel file."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"Sheet {number}")
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def csv(text: str) -> NumberList:
    """Read a CSV file."""
    return read_list("export.csv", text.encode())


def forms(found: NumberList) -> list[str]:
    """Return the normalised form of each number; all must be understood."""
    assert [number.reason for number in found.numbers if number.standing is not Standing.UNDERSTOOD] == []
    return [number.reading.normalised for number in found.numbers]


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("google.csv", GOOGLE.encode(), ["US11205304B2", "WO2006095001A1"]),
        ("lens.csv", LENS.encode(), ["US7654321B2", "EP2458380A1"]),
        ("espacenet.xlsx", workbook(ESPACENET), ["US7654321B2", "EP2458380B1"]),
        ("depatisnet.csv", DEPATISNET.encode(), ["DE102004002000A1", "EP2458380B1"]),
        ("depatisnet.csv", DEPATISNET.lstrip("\ufeff").encode("cp1252"), ["DE102004002000A1", "EP2458380B1"]),
        ("depatisnet.csv", DEPATISNET.encode("utf-16-le"), ["DE102004002000A1", "EP2458380B1"]),
        ("patentscope.xlsx", workbook(PATENTSCOPE), ["US14/706838", "EP10173239", "PCT/EP2006/060001"]),
        ("orbit.xlsx", workbook(ORBIT), ["US7654321B2", "EP1000000B1"]),
        ("derwent.csv", DERWENT.encode(), ["US7654321B2", "EP2458380B1"]),
        ("patsnap.xlsx", workbook(PATSNAP), ["US20150123456A1", "EP2458380A1"]),
        ("ppubs.csv", PUBLIC_SEARCH.encode(), ["US7654321B2", "US20150123456A1"]),
        ("ppubs.csv", PUBLIC_SEARCH_LIST.encode(), ["US11205304B2", "USD1055174"]),
        ("center.csv", PATENT_CENTER.encode(), ["US9876543", "US17/248024"]),
        ("docket.xlsx", workbook(DOCKET),
         ["US7654321", "EP2458380", "US17/248024", "JP4627367", "PCT/US2019/012345"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_an_export_gives_one_number_a_row(name: str, data: bytes, expected: list[str]) -> None:
    """Neither headings, titles, search addresses and footers, nor numbers of families, priorities or dockets."""
    assert forms(read_list(name, data)) == expected


@pytest.mark.parametrize("text", [GOOGLE, LENS, DEPATISNET, PUBLIC_SEARCH, PATENT_CENTER])
def test_a_pasted_export_and_one_saved_as_text_are_read_like_the_file(text: str) -> None:
    """What was copied out of a file, with its headings, is the same list."""
    expected = csv(text)
    assert read_typed(text) == expected
    assert read_list("export.txt", text.encode()) == expected


def test_a_pasted_table_asks_for_each_patent_once() -> None:
    """Cells copied from a spreadsheet are divided by tabs; the column of applications names the same patents."""
    found = read_typed("Patent No.\tTitle\tApp. No.\n7,654,321\tPump\t14/706,838\n7,654,322\tPump\t14/706,839\n")
    assert forms(found) == ["US7654321", "US7654322"]
    assert "“App. No.” was not read: it names the same patents." in found.remarks


@pytest.mark.parametrize(
    "text",
    ["Patent, application and title\nUS 7,654,321, US 14/706,838 and EP 2 458 380 B1\n",
     "The patent, application and title are these:\nUS 7,654,321, US 14/706,838 and EP 2 458 380 B1.\n",
     "US 7,654,321\nUS 14/706,838\nEP 2 458 380 B1\n",
     "US 7,654,321, US 14/706,838,\nEP 2 458 380 B1"],
)  # fmt: skip
def test_a_text_that_is_no_table_is_read_whole(text: str) -> None:
    """Words of a sentence are no headings."""
    assert forms(read_typed(text)) == ["US7654321", "US14/706838", "EP2458380B1"]


@pytest.mark.parametrize(
    ("text", "remarks"),
    [
        (GOOGLE, ("The numbers were read from “id”.", "“result link” was not read: it names the same patents.")),
        (
            "Publication number,Granted number\nUS20150123456A1,US9876543B2\n",
            ("The numbers were read from “Granted number”.",
             "“Publication number” was not read: it names the same patents."),
        ),
        (
            "Patent,Family members\nUS7654321B2,US7654321B2; EP2458380B1\n",
            ("The numbers were read from “Patent”.",
             "“Family members” was not read: it stands for other patents (families, citations, priorities)."),
        ),
        (
            "Patent,Rival\nUS7654321B2,EP2458380B1\n",
            ("The numbers were read from “Patent”.",
             "“Rival” was not read, though it holds numbers too. If these are meant, upload that column alone."),
        ),
        (
            PATENT_CENTER,
            (("The numbers were read from “Patent #”, and where it holds none that is understood, from “Application #” "
              "(1 row)."),
             "Otherwise “Application #” and “Publication #” were not read: they name the same patents."),
        ),
        (
            "US Patent No.,EP Patent No.\n7654321,2458380\n,2458381\n",
            ("The numbers were read from “US Patent No.”.",
             "“EP Patent No.” was not read, though it holds numbers too. If these are meant, upload that column alone.",
             "Nothing was read in row 3: no number stands there in “US Patent No.”."),
        ),
        (
            "Title,US7654321B2 and family\nPublication number,Title\nUS7654322B2,Pump\n",
            ("Above the headings stands US7654321B2, not read as part of the list.",),
        ),
        (
            'Patent,Title\n"US7654321B2; EP2458380B1",Pump\n',
            ("“Patent” holds several numbers in row 2: each of them is asked for.",),
        ),
        ("Patent,Title\nUS7654321B2,Pump\n", ()),
    ],
)  # fmt: skip
def test_what_was_left_is_said(text: str, remarks: tuple[str, ...]) -> None:
    """Which column was read and which was not, and why; nothing where nothing was left."""
    assert csv(text).remarks == remarks


@pytest.mark.parametrize(
    ("heading", "row", "read"),
    [
        ("Application number,Publication number", "14/706838,US20150123456A1", "US20150123456A1"),
        ("Application number,Patent number", "14/706838,US7654321B2", "US7654321B2"),
        ("Link,Application number", "https://patents.google.com/patent/US7654321B2/en,14/706838", "US14/706838"),
        ("result link,id", "https://patents.google.com/patent/US7654321B2/en,US-7654321-B2", "US7654321B2"),
        ("id,Publication number", "7000001,EP2458380B1", "EP2458380B1"),
        ("Family ID,Document ID", "19768124,US 11205304 B2", "US11205304B2"),
        ("Priority number,Publication", "US14/706838,EP2458380B1", "EP2458380B1"),
        ("Cited patents,Patent", "US7654322B2,US7654321B2", "US7654321B2"),
        ("Forward citations,Patent", "7654322,US7654321B2", "US7654321B2"),
        ("Parent application,Application", "14/706838,14/706839", "US14/706839"),
        ("Docket,Asset", "US2015-00123,US7654321B2", "US7654321B2"),
        ("Revenue,Asset", "7654322,US7654321B2", "US7654321B2"),
        ("Something,Asset", "7654322,US7654321B2", "US7654321B2"),
        ("Patent,Publication", "2010-01-05,US7654321B2", "US7654321B2"),
        ("PCT App. No.,App. No.,Patent No.", "PCT/US2019/012345,14/706838,7654321", "US7654321"),
        ("Publication numbers,Representative publication", "US7654321B2;EP2458380B1,EP2458380B1", "EP2458380B1"),
        ("Patent,,Application,\nDate,Number,Date,Number", "2010-01-05,US7654321B2,2009-01-05,14/706838",
         "US7654321B2"),
    ],
)  # fmt: skip
def test_the_better_column_is_read(heading: str, row: str, read: str) -> None:
    """Wherever it stands: publications before applications before links; never families, priorities, dates, sums."""
    assert forms(csv(f"{heading}\n{row}\n")) == [read]


@pytest.mark.parametrize(
    ("row", "typed", "read"),
    [
        ("US,7654321,B2", "US 7654321 B2", "US7654321B2"),
        ("EP,2458380,B1", "EP 2458380 B1", "EP2458380B1"),
        ("WO,2004050828,A2", "WO 2004050828 A2", "WO2004050828A2"),
        ("US,20150123456,A1", "US 20150123456 A1", "US20150123456A1"),
        ("JP,2004266582,A", "JP 2004266582 A", "JP2004266582A"),
        ("DE,102004002000,A1", "DE 102004002000 A1", "DE102004002000A1"),
        ("European Patent Office,2458380,B1", "European Patent Office 2458380 B1", "EP2458380B1"),
        ("Germany,102004002000,", "Germany 102004002000", "DE102004002000"),
        ("Deutschland,102004002000,A1", "Deutschland 102004002000 A1", "DE102004002000A1"),
        ("USA,7654321,Granted", "USA 7654321", "US7654321"),
        ("US,EP2458380B1,B1", "EP2458380B1", "EP2458380B1"),
        ("JP,D1747893,S", "JP D1747893 S", "JP1747893S"),
        ("US,RE49033,E1", "US RE49033 E1", "USRE49033E1"),
        ("US,USD1055174,S1", "USD1055174", "USD1055174"),
        ("TW,I393456,B", "TW I393456 B", "TWI393456B"),
        ("PCT,PCT/US2019/012345,", "PCT/US2019/012345", "PCT/US2019/012345"),
        ("US,7654321 B2,B2", "US 7654321 B2", "US7654321B2"),
    ],
)
def test_country_number_and_kind_in_three_columns_are_joined(row: str, typed: str, read: str) -> None:
    """A bare number gets the office and the kind code of its row; one that has them keeps its own."""
    found = csv(f"Jurisdiction,Number,Kind\n{row}\n")
    assert forms(found) == [read]
    assert found.numbers[0].typed == typed


def test_a_number_of_an_unknown_office_is_never_read_as_another_office() -> None:
    """Without its office, 1234567 would be a United States patent."""
    (number,) = csv("Country,Patent No.\nRuritania,1234567\n").numbers
    assert (number.standing, number.typed) == (Standing.REFUSED, "Ruritania 1234567")
    assert "names no patent office" in number.reason
    first, second = csv("Country,Patent No.\nEP,2458380\n,2458381\n").numbers
    assert (first.reading.normalised, second.standing) == ("EP2458380", Standing.REFUSED)
    assert "The column of offices is empty in this row" in second.reason


@pytest.mark.parametrize(
    ("heading", "cell", "read"),
    [
        ("Patent No.", "11205304", "US11205304"),
        ("Application No.", "11205304", "US11/205304"),
        ("Application No.", "8101840", "US08/101840"),
        ("EP Patent No.", "2458380", "EP2458380"),
        ("European Publication No.", "1000000", "EP1000000"),
        ("公開番号", "2004-266582", "JP2004266582A"),
        ("出願番号", "2004-266582", "JP2004-266582"),
        ("特許番号", "4627367", "JP4627367"),
        ("出願番号", "特願2004-266582", "JP2004-266582"),
        ("Anmeldenummer", "DE102004002000", "DE102004002000"),
        ("Application number", "CA2890000", "CA2890000"),
        ("Application number", "AU2015201234", "AU2015201234"),
        ("Application number", "US201514706838A", "US14/706838"),
        ("Application number", "US9876543B2", "US9876543B2"),
    ],
)
def test_the_heading_says_what_a_bare_number_is(heading: str, cell: str, read: str) -> None:
    """Digits that could be several things are what the heading calls them."""
    assert forms(csv(f"{heading},Title\n{cell},Pump\n")) == [read]


@pytest.mark.parametrize("cell", ["US20150706838", "US 70683815 A", "JP2004266582A", "GB1912345A", "WO2004050828"])
def test_an_application_in_the_form_of_a_publication_is_never_read_as_one(cell: str) -> None:
    """EPO databases write US 14/706,838 as US20150706838, which is also the form of a publication."""
    (number,) = csv(f"Application number,Title\n{cell},Pump\n").numbers
    assert number.standing is Standing.REFUSED


@pytest.mark.parametrize(
    "row",
    ["Docket,Family number,Cited patents\nP1,19768124,US7654321B2; US7654322B2\n",
     "Title,INPADOC family\nPump,US7654321B2\n",
     "Priority,No.,Title\nUS14/706838,1,x\nUS14/706839,2,y\n",
     "Name,City\nMiller,Rome\nMeyer,Bonn\n",
     "Application Date,Publication Date,Docket\n2010-01-05,2011-01-05,P1234567\n"],
)  # fmt: skip
def test_a_table_without_a_column_that_fits_is_refused(row: str) -> None:
    """The refusal says what to do."""
    with pytest.raises(UploadRefused, match="Give the column of patent numbers the heading “Publication number”"):
        csv(row)


def test_a_column_of_patents_or_applications_leaves_the_choice_open() -> None:
    """What "Patent/Application No." holds is told by each number, or asked."""
    for heading in ("Patent/App. No.", "Patent or Application Number", "Publication / Application number"):
        numbers = csv(f"{heading},Title\nUS7654321,x\n14/706838,y\n11205304,z\n").numbers
        assert [number.standing.value for number in numbers] == ["understood", "understood", "ambiguous"]


def test_a_row_whose_number_is_lost_is_read_from_the_next_column() -> None:
    """The application number names the same patent; what no column tells stays refused as it stands in the first."""
    found = csv(
        "Patent No.,App. No.\n7654321,11/706838\n1.1E+07,14/706838\npending,14/706839\n1.2E+07,\n"
        "CN101234567B,CN201510570472.5\n"
    )
    assert [number.typed for number in found.numbers] == [
        "7654321", "14/706838", "14/706839", "1.2E+07", "CN101234567B",
    ]  # fmt: skip
    assert [number.standing.value for number in found.numbers[3:]] == ["refused", "refused"]
    assert "from “App. No.” (2 rows)." in found.remarks[0]


@pytest.mark.parametrize(
    "line",
    ["Total: 120", "Total,120", "Total number of patents: 1,234", "120 results found", "Treffer: 12", "1.234 Treffer",
     "Results 1200", "Exported 2026-11-01 from Espacenet", "Exported on 1 Nov 2026 10:15", "Downloaded by A. Miller",
     "Generated: 2026-11-01T10:15:00Z", "Printed by Acme, Inc.", "© 2026 European Patent Office", "(c) Acme 2026",
     "Copyright 2026 Acme", "Page 1 of 3", "Page 12", "Seite 1 von 3", "End of report", "Stand: 01.11.2026",
     "search URL:,https://patents.google.com/?q=US7654329B2", "Query: pn=US7654329B2", "Suchanfrage: PN=US7654329B2",
     "https://patents.google.com/?q=US7654329B2&oq=x", "Source: Espacenet", "Confidential", '"",""', ",,,", "   "],
)  # fmt: skip
def test_a_line_around_a_list_is_no_number(line: str) -> None:
    """Above the heading, below the last row and between rows it is passed over without a word."""
    for text in (
        f"{line}\nPublication number,Title\nUS7654321B2,a\nEP2458380B1,b\n",
        f"Publication number,Title\nUS7654321B2,a\n{line}\nEP2458380B1,b\n",
        f"Publication number,Title\nUS7654321B2,a\nEP2458380B1,b\n\n{line}\n",
        f"Publication number\nUS7654321B2\nEP2458380B1\n{line}\n",
    ):
        assert forms(csv(text)) == ["US7654321B2", "EP2458380B1"]
        assert csv(text).remarks == ()


@pytest.mark.parametrize(
    "line", ["Exported from US7654322B2", "Patents: 7654322", "Source: CN101234567B", "See US7654322"]
)
def test_a_line_around_a_list_with_a_number_is_an_item(line: str) -> None:
    """What could be a number of the list is read, or refused with its reason."""
    assert len(csv(f"Publication number\nUS7654321B2\n{line}\n").numbers) == 2


def test_titles_footers_and_repeated_headings_are_no_items() -> None:
    """What stands around a list of one column is passed over; what could be a number is not."""
    found = csv(
        "Acme portfolio 2026\n\nPatent\nUS7654321B2\n\nPatent\nUS7654322B2\nCN101234567B\n1.1E+07\nTotal: 2\n"
        "Exported 2026-11-01 from Espacenet\n© 2026 Acme\nPage 1 of 3\nDownloaded by A. Miller\nEnd of report\n"
        "Report on US7654323B2\n"
    )
    assert [number.typed for number in found.numbers] == [
        "US7654321B2", "US7654322B2", "CN101234567B", "1.1E+07", "US7654323B2",
    ]  # fmt: skip


def test_a_lost_number_is_refused_and_an_exact_one_is_read() -> None:
    """A spreadsheet with a decimal comma writes 1,1205304E+07; nothing is made up where digits are lost."""
    found = csv(
        "Patent No.;Title\n1,1205304E+07;a\n1.07658800000E+07;b\n1,12053E+07;c\n1.12053E+07;d\n'7654321;e\n"
        '="7654322";f\n'
    )
    assert [number.standing.value for number in found.numbers] == [
        "understood", "understood", "refused", "refused", "understood", "understood",
    ]  # fmt: skip
    assert [number.reading.normalised for number in found.numbers if number.readings] == [
        "US11205304", "US10765880", "US7654321", "US7654322",
    ]  # fmt: skip
    assert {number.reason.split(". ")[1].partition(",")[0] for number in found.numbers if not number.readings} == {
        "Format the column as text"
    }


def test_counts_beside_the_numbers_do_not_shift_the_columns() -> None:
    """In `5,120,US7654321B2` two counts stand beside each other, not a number with a comma."""
    assert forms(csv("Rank,Claims,Publication number\n5,120,US7654321B2\n6,12,EP2458380B1\n")) == [
        "US7654321B2",
        "EP2458380B1",
    ]


def test_a_heading_over_lines_of_several_numbers_is_one_column() -> None:
    """Semicolons and commas between numbers divide no columns where the heading has none."""
    expected = ["US7654321B2", "EP2458380B1", "US7654322"]
    assert forms(csv("Family members\nUS7654321B2; EP2458380B1\n7,654,322\n")) == expected
    assert forms(csv("Patents\nUS7654321B2, EP2458380B1\nUS 7,654,322\n")) == expected


def test_offices_above_the_headings_belong_to_them() -> None:
    """A European patent is never read in place of a missing one of the United States, nor as one."""
    rows = (
        ("Portfolio of Acme, Inc.", None, None, None),
        ("US", None, "EP", None),
        ("Patent No.", "App. No.", "Patent No.", "App. No."),
        ("7,654,321", "11/706,838", "2458380", "10173239.4"),
        (None, None, "2458381", "10173240.2"),
    )
    found = read_list("matrix.xlsx", workbook(rows))
    assert forms(found) == ["US7654321"]
    assert found.remarks[1:] == (
        "“US App. No.” was not read: it names the same patents.",
        (
            "“EP Patent No.” and “EP App. No.” were not read, though they hold numbers too. If these are meant, upload "
            "one of these columns alone."
        ),
        "Nothing was read in row 5: no number stands there in “US Patent No.”.",
    )


def test_the_line_that_names_the_separator_is_followed() -> None:
    """`sep=;` is for the spreadsheet."""
    assert forms(csv("sep=|\nPatent|Title, short\nUS7654321B2|Pump; hand\n")) == ["US7654321B2"]


def test_a_japanese_export_is_read_in_its_encoding() -> None:
    """J-PlatPat and Japanese spreadsheets write Shift JIS."""
    text = "文献番号,出願番号,公開番号,発明の名称\n特開2004-266582,特願2003-001234,特開2004-266582,ポンプ\n"
    assert forms(read_list("list.csv", text.encode("cp932"))) == ["JP2004266582A"]


def test_a_formula_that_makes_a_link_gives_what_it_shows() -> None:
    """The label counts if it is a number, else the address; never both."""
    found = csv(
        "Patent;Title\n"
        '"=HYPERLINK(""https://patents.google.com/patent/US7654321B2/en"",""US7654321B2"")";a\n'
        '"=HYPERLINK(""https://patents.google.com/patent/EP2458380B1/en"",""open"")";b\n'
    )
    assert forms(found) == ["US7654321B2", "EP2458380B1"]


def test_the_sheet_with_the_list_is_read_and_the_others_are_named() -> None:
    """A cover with a number in its query is no list; an empty sheet is not worth a word."""
    data = workbook((("Search summary",), ("Query: US7654323B2",)), (), PATSNAP, (("US7654321B2",),))
    found = read_list("export.xlsx", data)
    assert forms(found) == ["US20150123456A1", "EP2458380A1"]
    assert found.remarks[-1] == "Only the sheet “Sheet 3” was read, not “Sheet 1” and “Sheet 4”."


def test_hidden_rows_and_sheets_are_not_read_but_told() -> None:
    """A filter hides what the user does not want to look up."""
    book = openpyxl.load_workbook(io.BytesIO(workbook((("US7654329B2",),), DOCKET)))
    book["Sheet 1"].sheet_state = "hidden"
    for row in (4, 6):
        book["Sheet 2"].row_dimensions[row].hidden = True
    file = io.BytesIO()
    book.active = 1
    book.save(file)
    found = read_list("docket.xlsx", file.getvalue())
    assert forms(found) == ["US7654321", "US17/248024", "PCT/US2019/012345"]
    assert found.remarks[-2:] == (
        "Only the sheet “Sheet 2” was read, not “Sheet 1”.",
        "Not read: 2 hidden rows. If these numbers are meant, show them (clear the filter), save and upload again.",
    )


_NUMBERS = st.lists(
    st.sampled_from(["US7654321B2", "US20150123456A1", "EP2458380B1", "WO2004050828A2", "US-11205304-B2", "D1055174"]),
    min_size=2, max_size=6, unique=True,
)  # fmt: skip
_BESIDE = {
    "Application number": "14/706838",
    "Priority numbers": "US14/706837; US14/706836",
    "Simple family": "US7654322B2; EP1000000B1",
    "Family ID": "19768124",
    "Title": "Pump, hand-driven, with 1,234,567 parts",
    "Filing date": "2010-01-05",
    "Cited by count": "7654321",
    "Docket": "12345-0067US01",
    "URL": "https://patents.google.com/patent/US7654323B2/en",
    "Value": "12345678",
}


@given(
    numbers=_NUMBERS,
    heading=st.sampled_from(["Publication number", "Patent No.", "Display Key", "Document/Patent number"]),
    beside=st.lists(st.sampled_from(sorted(_BESIDE)), unique=True),
    place=st.integers(0, 9),
    titles=st.sampled_from(["", "Acme portfolio 2026\n\n", "search URL:,https://patents.google.com/?q=EP1000000B1\n"]),
    footer=st.sampled_from(["", "Total: 120\n", "\n© 2026 Acme\n", "Exported 2026-11-01 from Espacenet\n"]),
)
def test_whatever_stands_around_the_column_its_numbers_are_read(
    *, numbers: list[str], heading: str, beside: list[str], place: int, titles: str, footer: str
) -> None:
    """Other columns in any order, titles and footers change nothing."""
    names = [*beside[:place], heading, *beside[place:]]
    rows = [[number if name == heading else _BESIDE[name] for name in names] for number in numbers]
    table = "\n".join(",".join(f'"{cell}"' for cell in row) for row in (names, *rows))
    found = csv(f"{titles}{table}\n{footer}")
    assert [number.typed for number in found.numbers] == numbers


def test_a_heading_decides_nothing_where_other_cells_of_its_column_are_applications() -> None:
    """Docketing systems put whatever number a case has into one column: eight digits may then be of either."""
    found = read_list("docket.csv", b"Docket,Patent\nA-1,US 8433457 B2\nA-2,17/248024\nA-3,11646472\n")
    assert [[reading.normalised for reading in number.readings] for number in found.numbers] == [
        ["US8433457B2"],
        ["US17/248024"],
        ["US11646472", "US11/646472"],
    ]
