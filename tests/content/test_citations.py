"""The references that papers cite: lists of examiners and applicants, what is not relied upon, remarks."""

from pathlib import Path

import pytest

from components.content.folder.folder import pages_of_file
from components.content.records import CitedReference, PaperKind
from components.content.references.citations import citations_in, has_list
from components.content.text import ReadText
from components.page_texts import Box, PageText, Word, WordMark
from tests.content.typed_text import typed

PAPERS = Path(__file__).parents[3] / "shared" / "data" / "papers"
NOTICE = """Notice of References Cited Application/Control No. 10/555,123 Applicant(s)/Patent Under Reexamination BROWN
Examiner Pat Doe Art Unit 2811 Page 1 of 1
U.S. PATENT DOCUMENTS
* Document Number Country Code-Number-Kind Code Date MM-YYYY Name Classification
* A US-6,282,362-B1 08-2001 Murphy et al. 386/46
B US-2005/0036656-A1 02-2005 Takahashi, Kenji 382/100
| C | US-2O04/0123456-A1 | 06-2004 | Frome et al. | 345/1.1
D US-
FOREIGN PATENT DOCUMENTS
* Document Number Country Code-Number-Kind Code Date MM-YYYY Country Name Classification
N EP 1 234 567 A1 03-2003 European Patent Office BRAUN H04L 12/00
O JP 2005-123456 A 05-2005 Japan Tanaka -
P CN 101234567 A 08-2008 China Li
NON-PATENT DOCUMENTS
* Include as applicable: Author, Title Date, Publisher, Edition or Volume, Pertinent Pages)
U Green, A. et al., "Lids and how they close", Journal of Lids, vol. 3, May 2001,
pp. 12-14.
V
*A copy of this reference is not being furnished with this Office action. (See MPEP § 707.05(a).)
U.S. Patent and Trademark Office PTO-892 (Rev. 01-2001) Notice of References Cited Part of Paper No. 20060303
"""
STATEMENT = """Substitute for form 1449/PTO Complete if Known
INFORMATION DISCLOSURE Application Number 10/555,123
STATEMENT BY APPLICANT Filing Date 2004-08-01
U.S. PATENT DOCUMENTS
Examiner Initials* Cite No.1 Document Number Publication Date MM-DD-YYYY Name of Patentee or Applicant of Cited Document
1 US-5,123,456 06-23-1992 Dalby
AA 6,123,456 09/2000 Grant
FOREIGN PATENT DOCUMENTS
3 0 123 456 11/07/1984 EP Blau
4 08-123456 05-1996 Japan Tanaka Abstract
5 WO 01/23456 04-05-2001 Weiss
NON PATENT LITERATURE DOCUMENTS
6 White, "Jars and their lids," 1999, pp. 1-20.
Examiner Signature /Pat Doe/ Date Considered 05/04/2006
EXAMINER: Initial if reference considered. Draw line through citation if not in conformance and not considered.
ALL REFERENCES CONSIDERED EXCEPT WHERE LINED THROUGH. /PD/
"""


def told(references: tuple[CitedReference, ...]) -> list[tuple[str, str, str]]:
    """Return number, name and date of references."""
    return [(each.reference.number, each.reference.name, each.dated) for each in references]


def test_a_notice_of_references_is_read_row_by_row() -> None:
    """The application's own number, empty rows and instructions are none."""
    references = citations_in(typed(NOTICE), kind="citations")
    assert told(references) == [
        ("US 6,282,362 B1", "Murphy et al.", "08-2001"),
        ("US 2005/0036656 A1", "Takahashi, Kenji", "02-2005"),
        ("US 2004/0123456 A1", "Frome et al.", "06-2004"),
        ("EP 1 234 567 A1", "BRAUN", "03-2003"),
        ("JP 2005-123456 A", "Tanaka", "05-2005"),
        ("CN 101234567 A", "Li", "08-2008"),
        ("", "Green, A. et al.", "May 2001"),
    ]
    assert {each.cited_in for each in references} == {"PTO-892"}
    assert references[-1].reference.title == "Lids and how they close"


def test_an_applicants_list_is_read_with_the_office_in_another_column() -> None:
    """Whether a reference was considered is not known where nobody looked for lines through it."""
    references = citations_in(typed(STATEMENT), kind="citations")
    assert told(references) == [
        ("US 5,123,456 A", "Dalby", "06-23-1992"),
        ("US 6,123,456 A", "Grant", "09/2000"),
        ("EP 0 123 456", "Blau", "11/07/1984"),
        ("JP H08-123456 A", "Tanaka", "05-1996"),
        ("WO 2001/023456", "Weiss", "04-05-2001"),
        ("", "White", ""),
    ]
    assert {(each.cited_in, each.considered) for each in references} == {("IDS", None)}


def test_a_reference_that_is_lined_through_was_not_considered() -> None:
    """Of the others nothing is said: a line can be missed among those of the table."""
    page = typed(STATEMENT).pages[0]
    struck = next(index for index, word in enumerate(page.words) if word.text == "6,123,456")
    marked = PageText(1, "read", "typed", words=page.words, marks=(WordMark(struck, "struck"),))
    references = citations_in(ReadText([marked]), kind="citations")
    assert [each.considered for each in references[:3]] == [None, False, None]


def test_numbers_that_no_office_gave_stand_as_they_are_printed() -> None:
    """Another number made of their last digits would be another document."""
    text = typed(
        "Substitute for form 1449/PTO\nU.S. PATENT DOCUMENTS\n1 US 98,011,305 B2 2009-06-16 Murphy\n"
        "2 US 2014/9021337 A1 2014-07-03 Dalby\nFOREIGN PATENT DOCUMENTS\n3 DE 10 2007 000 412 A1 2008-07-03 Braun GmbH"
    )
    assert [each.reference.number for each in citations_in(text, kind="citations")] == [
        "US 98,011,305 B2",
        "US 2014/9021337 A1",
        "DE 10 2007 000 412 A1",
    ]


def test_a_row_whose_number_cannot_be_read_is_not_lost() -> None:
    """It says so: what was not read is not "not cited"."""
    text = typed(
        "Notice of References Cited PTO-892\nU.S. PATENT DOCUMENTS\n* A US-6,2?2,3G2-B1 08-2001 Murphy et al. 386/46"
    )
    (reference,) = citations_in(text, kind="citations")
    assert (reference.legible, reference.reference.name, reference.reference.number) == (False, "Murphy et al.", "")


def test_a_row_that_a_line_made_illegible_is_one_that_was_not_considered() -> None:
    """An engine reads what is lined through as it can; a row below it is not taken for considered without more."""
    garbled = STATEMENT.replace("AA 6,123,456 09/2000 Grant", "AA US-6423-466-B4 99-26-2006 Hebel")
    page = typed(garbled).pages[0]
    struck = next(index for index, word in enumerate(page.words) if word.text == "US-6423-466-B4")
    for marks, considered in (((WordMark(struck, "struck"),), False), ((), None)):
        marked = PageText(1, "read", "typed", words=page.words, marks=marks)
        row = citations_in(ReadText([marked]), kind="citations")[1]
        assert (row.legible, row.considered, row.reference.name) == (False, considered, "Hebel")


def test_headings_and_frames_as_an_engine_reads_them_are_no_references() -> None:
    """Lines of the table stick to labels, words of the heads fall into rows of their own, `A1` is read as `Al`."""
    text = typed(
        "Substitute for form 1449/PTO\nFOREIGN PATENT DOCUMENTS\nExaminer |Cite |Foreign Patent Document Publication\n"
        "Initials* No.1 |Country Code3-Number4-Kind CodefDate\nQ [WO 2010/123456 Al 10-2010 WIPO Larsson\n"
        'NON PATENT LITERATURE DOCUMENTS\nExaminer |Cite\nInitials* No.1\nU_ |Green, A. "Lids", May 2001.\n'
        "V_|White, B. Jars, Academic Press.\nExaminer\nSignature\n/Pat Doe/ Date 05/04/2006"
    )
    assert told(citations_in(text, kind="citations")) == [
        ("WO 2010/123456 A1", "Larsson", "10-2010"),
        ("", "Green, A.", "May 2001"),
        ("", "White, B.", ""),
    ]


def test_a_list_that_was_read_column_by_column_is_put_together_by_the_places_of_its_words() -> None:
    """The quote is the line of the number as the engine has it."""
    columns = [
        (0.02, ["Notice of References Cited", "U.S. PATENT DOCUMENTS", "", ""]),
        (0.10, ["", "", "US-6,282,362-B1", "US-2005/0036656-A1"]),
        (0.40, ["", "", "08-2001", "02-2005"]),
        (0.60, ["", "", "Murphy", "Takahashi"]),
    ]
    words, line = [], 0
    for left, cells in columns:
        for row, cell in enumerate(cells):
            for number, word in enumerate(cell.split()):
                place = left + number * 0.08
                words.append(Word(word, Box(place, 0.1 + row * 0.05, place + 0.07, 0.12 + row * 0.05), line, 90))
            line += 1
    references = citations_in(ReadText([PageText(1, "read", "typed", words=tuple(words))]), kind="citations")
    assert told(references) == [
        ("US 6,282,362 B1", "Murphy", "08-2001"),
        ("US 2005/0036656 A1", "Takahashi", "02-2005"),
    ]
    assert [each.quote.text for each in references] == ["US-6,282,362-B1", "US-2005/0036656-A1"]


def test_the_form_page_of_an_action_names_the_lists_and_is_none() -> None:
    """It says which papers are attached."""
    form = typed(
        "Attachment(s)\n1) Notice of References Cited (PTO-892)\n3) Information Disclosure Statement(s) (PTO/SB/08)"
    )
    assert not has_list(form)
    assert citations_in(form, kind="action") == ()


def test_what_is_of_record_and_not_relied_upon_is_cited_so() -> None:
    """Up to the paragraph on whom to ask, whose telephone number is none."""
    text = typed(
        "The prior art made of record and not relied upon is considered pertinent to applicant's disclosure. Dalby (US"
        " 5,123,456) teaches a lid.\nUS Patent No. 8,980,465 to Frome\nUS 2007/0207377\n\nAny inquiry concerning this"
        " communication should be directed to Pat Doe at (571) 272-1234."
    )
    references = citations_in(text, kind="action")
    assert told(references) == [
        ("US 5,123,456 A", "Dalby", ""),
        ("US 8,980,465", "Frome", ""),
        ("US 2007/0207377 A1", "", ""),
    ]
    assert {each.cited_in for each in references} == {"not relied upon"}


def test_remarks_name_references_by_number_and_neither_a_postal_code_nor_an_application() -> None:
    """`CA 92660` is in California."""
    text = typed(
        "Claims 1-4 stand rejected under 35 U.S.C. 103 over U.S. Patent No. 6,123,456 to Dalby.\n\nDalby is silent.\n\n"
        "This application is a continuation of U.S. Patent No. 7,000,001.\n\nApplication No. 10/555,123\n\n"
        "Newport Beach, CA 92660"
    )
    assert told(citations_in(text, kind="remarks")) == [("US 6,123,456 A", "Dalby", "")]


def test_a_reference_has_the_same_id_wherever_it_stands_on_a_list() -> None:
    """A mark is kept under it."""
    ids = [each.id for each in citations_in(typed(NOTICE), kind="citations")]
    assert ids[0] == "reference PTO-892 US 6,282,362 B1"
    assert len(set(ids)) == len(ids)


@pytest.mark.skipif(not PAPERS.exists(), reason="the real papers are not on this machine")
@pytest.mark.parametrize(
    ("file", "kind", "expected"),
    [
        ("us_09933493/09933493-2004-10-21-00006-CTNF.txt", "action", ["US 6,772,194 B1", "US 6,430,558 B1"]),
        ("us_15173034/15173034_NOA_bodytext.txt", "allowance", []),
    ],
)
def test_references_of_real_papers_that_are_not_relied_upon(file: str, kind: PaperKind, expected: list[str]) -> None:
    """As a person read them."""
    references = citations_in(ReadText(pages_of_file(PAPERS / file)), kind=kind)
    assert [each.reference.number for each in references] == expected


@pytest.mark.parametrize("row", ["US-1,2,3 ", "EP 1 2 ", "A A A, "])
def test_a_list_without_end_is_read_all_the_same(row: str) -> None:
    """Its patterns have bounds."""
    text = typed("Notice of References Cited PTO-892\nU.S. PATENT DOCUMENTS\n" + row * 5_000 + "\nUS-6,282,362-B1")
    assert [each.reference.number for each in citations_in(text, kind="citations")] == ["US 6,282,362 B1"]


def test_a_legible_number_is_cited_as_printed_though_no_such_number_is_known() -> None:
    """It is neither illegible nor shortened to another document's number; the form's words are no reference."""
    page = """Substitute for form 1449/PTO INFORMATION DISCLOSURE STATEMENT BY APPLICANT
U.S. PATENT DOCUMENTS
1 US 97,111,222 B2 2009-06-16 Dalby
2 US-2013/8021446-A1 01-2014 Grant; Pat
FOREIGN PATENT DOCUMENTS
3 DE 98 2009 123 456 A1 2010-07-03 Blau
4 98 2009 123 457 A1 2010-07-03 Germany Grau
NON-PATENT LITERATURE
Include as applicable: Author, Title, Date, Publisher
/P.D./ 5 WHITE, L., "Jars and their lids", May 2015
CERTIFICATION
This statement is filed within three months."""
    found = citations_in(typed(page), kind="citations")
    assert [(each.reference.number, each.reference.name, each.legible) for each in found] == [
        ("US 97,111,222 B2", "Dalby", True),
        ("US 2013/8021446 A1", "Grant", True),
        ("DE 98 2009 123 456 A1", "Blau", True),
        ("DE 98 2009 123 457 A1", "Grau", True),
        ("", "WHITE, L.", True),
    ]
