"""Korean numbers: every document in the spellings of the office, of databases and of prose.

Authorities. EPO: "Numbering system - Korea" of its Asian patent information (types of right 10, 20, 30, 40; two digits
of the year until the nineties; examined publications by year until 1997). Reference: the table of forms that the
service takes, by which a number of today without words or kind code is a publication.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.numbers import Number, NumberKind, Standing, parse

PATENT, PUBLICATION = NumberKind.KR_PATENT, NumberKind.KR_PUBLICATION
APPLICATION, EXAMINED = NumberKind.KR_APPLICATION, NumberKind.KR_EXAMINED
UTILITY, DESIGN = NumberKind.KR_UTILITY, NumberKind.KR_DESIGN

UNDERSTOOD = [
    ("10-2015-0124192", PUBLICATION, "KR1020150124192A"),
    ("KR 10-2015-0124192 A", PUBLICATION, "KR1020150124192A"),
    ("KR-10-2015-0124192-A", PUBLICATION, "KR1020150124192A"),
    ("KR1020150124192A", PUBLICATION, "KR1020150124192A"),
    ("KR20150124192A", PUBLICATION, "KR1020150124192A"),
    ("KR2015124192-A", PUBLICATION, "KR1020150124192A"),
    ("KR 2015-0124192 A", PUBLICATION, "KR1020150124192A"),
    ("KR 10-2015-124192", PUBLICATION, "KR1020150124192A"),
    ("공개특허 10-2015-0124192", PUBLICATION, "KR1020150124192A"),
    ("공개특허공보 제10-2015-0124192호", PUBLICATION, "KR1020150124192A"),
    ("공개번호 10-2015-0124192", PUBLICATION, "KR1020150124192A"),
    ("제１０－２０１５－０１２４１９２호", PUBLICATION, "KR1020150124192A"),
    ("Korean Laid-open Patent Publication No. 10-2015-0124192", PUBLICATION, "KR1020150124192A"),
    ("KR950012345A", PUBLICATION, "KR1019950012345A"),
    ("공개특허 95-12345", PUBLICATION, "KR1019950012345A"),
    ("출원번호 10-2015-0124192", APPLICATION, "KR10-2015-0124192"),
    ("특허출원 제10-2015-0124192호", APPLICATION, "KR10-2015-0124192"),
    ("Korean Patent Application No. 10-2015-0124192", APPLICATION, "KR10-2015-0124192"),
    ("특허출원 95-12345", APPLICATION, "KR10-1995-0012345"),
    ("KR 10-2015-7012345", APPLICATION, "KR10-2015-7012345"),
    ("10-2015-7012345", APPLICATION, "KR10-2015-7012345"),
    ("KR20157012345A", APPLICATION, "KR10-2015-7012345"),
    ("10-1234567", PATENT, "KR101234567B1"),
    ("KR 10-1234567", PATENT, "KR101234567B1"),
    ("KR101234567", PATENT, "KR101234567B1"),
    ("KR 10 1234567 B1", PATENT, "KR101234567B1"),
    ("KR101234567B1", PATENT, "KR101234567B1"),
    ("KR101234567B", PATENT, "KR101234567B1"),
    ("KR1234567B1", PATENT, "KR101234567B1"),
    ("KR00101234567B1", PATENT, "KR101234567B1"),
    ("제10-1234567호", PATENT, "KR101234567B1"),
    ("특허 제10-1234567호", PATENT, "KR101234567B1"),
    ("특허 제1234567호", PATENT, "KR101234567B1"),
    ("대한민국 등록특허 제10-1234567호", PATENT, "KR101234567B1"),
    ("등록특허 10-1234567", PATENT, "KR101234567B1"),
    ("등록번호 10-1234567-0000", PATENT, "KR101234567B1"),
    ("등록번호 10-1234567-00-00", PATENT, "KR101234567B1"),
    ("Korean Registered Patent 10-1234567", PATENT, "KR101234567B1"),
    ("Korean Patent Registration No. 1234567", PATENT, "KR101234567B1"),
    ("KR 10-123456", PATENT, "KR100123456B1"),
    ("KR100123456B1", PATENT, "KR100123456B1"),
    ("KR000100123456B1", PATENT, "KR100123456B1"),
    ("KR950012345B1", EXAMINED, "KR1019950012345B1"),
    ("KR9512345-B", EXAMINED, "KR1019950012345B1"),
    ("KR 95-12345 B1", EXAMINED, "KR1019950012345B1"),
    ("KR1019950012345B1", EXAMINED, "KR1019950012345B1"),
    ("특허공고 95-12345", EXAMINED, "KR1019950012345B1"),
    ("KR20150012345U", UTILITY, "KR2020150012345U"),
    ("KR2020150012345U", UTILITY, "KR2020150012345U"),
    ("공개실용신안 20-2015-0012345", UTILITY, "KR2020150012345U"),
    ("20-0412345", UTILITY, "KR200412345Y1"),
    ("KR200412345Y1", UTILITY, "KR200412345Y1"),
    ("실용신안등록 제20-0412345호", UTILITY, "KR200412345Y1"),
    ("Korean Utility Model Registration No. 20-0412345", UTILITY, "KR200412345Y1"),
    ("실용신안등록출원 제20-2015-0012345호", APPLICATION, "KR20-2015-0012345"),
    ("KR 30-0712345", DESIGN, "KR300712345S"),
    ("디자인등록 제30-0712345호", DESIGN, "KR300712345S"),
    ("KR300712345S", DESIGN, "KR300712345S"),
    ("30-2015-0012345", APPLICATION, "KR30-2015-0012345"),
]

OLD = {"KR1019950012345A", "KR1019950012345B1", "KR10-1995-0012345"}
AMBIGUOUS = [
    ("KR 95-12345", OLD),
    ("특1995-0012345", OLD),
    ("1019950012345", OLD),
    ("KR1019950012345", OLD),
    ("특1998-0012345", {"KR1019980012345A", "KR10-1998-0012345"}),
    ("실1995-0012345", {"KR2019950012345U", "KR2019950012345Y1", "KR20-1995-0012345"}),
]

REFUSED = [
    ("KR 40-0812345", "trademark"),
    ("40-2015-0012345", "trademark"),
    ("상표등록 제40-0812345호", "trademark"),
    ("Korean Trademark 40-0812345", "trademark"),
    ("KR1020150124192B1", "end in 1997"),
    ("KR101234567A", "contradict"),
    ("실용신안 제10-1234567호", "contradict"),
    ("KR 15-1234567", "not with 15"),
]


def only(text: str) -> Number:
    """Parse a text that must be one item."""
    numbers = parse(text)
    assert len(numbers) == 1, numbers
    return numbers[0]


@pytest.mark.parametrize(("typed", "kind", "asked"), UNDERSTOOD)
def test_a_korean_form_is_understood(typed: str, kind: NumberKind, asked: str) -> None:
    """Kind and normalised form are those of the document that the form names."""
    number = only(typed)
    assert (number.standing, number.typed) == (Standing.UNDERSTOOD, typed)
    assert (number.reading.kind, number.reading.normalised) == (kind, asked)


@pytest.mark.parametrize(("typed", "forms"), AMBIGUOUS)
def test_an_old_korean_number_is_asked_about(typed: str, forms: set[str]) -> None:
    """Applications, publications and examined publications were numbered alike."""
    number = only(typed)
    assert number.standing is Standing.AMBIGUOUS
    assert {reading.normalised for reading in number.readings} == forms
    assert "choose one" in number.reason


@pytest.mark.parametrize(("typed", "words"), REFUSED)
def test_a_korean_form_is_refused_with_its_true_reason(typed: str, words: str) -> None:
    """The reason names what is wrong with this number."""
    number = only(typed)
    assert (number.standing, number.readings) == (Standing.REFUSED, ())
    assert words in number.reason


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("미국특허 제7,654,321호", "US7654321B2"),
        ("미국 등록특허 제7654321호", "US7654321B2"),
        ("미국 공개특허 제2015/0123456호", "US20150123456A1"),
        ("유럽특허 제2458380호", "EP2458380B1"),
        ("일본특허 제4627367호", "JP4627367B2"),
        ("한국특허 10-1234567", "KR101234567B1"),
    ],
)
def test_a_country_in_korean_names_the_office(typed: str, asked: str) -> None:
    """특허 is the word for a patent of any country: what stands before it says which."""
    assert only(typed).reading.request_forms[0] == asked


def test_a_patent_of_a_country_that_is_not_known_is_never_a_korean_one() -> None:
    """It is refused, and the reason asks for the code of the office."""
    number = only("스위스특허 제1234567호")
    assert (number.standing, number.readings) == (Standing.REFUSED, ())
    assert "country" in number.reason


@pytest.mark.parametrize(
    "text", ["등록 2015년 10월 5일", "출원 2015년", "출원일 2015.10.05", "특허법 제29조", "등록 20150101"]
)
def test_dates_and_laws_are_no_korean_numbers(text: str) -> None:
    """They stand in the same papers, with the same words."""
    assert [number for number in parse(text) if number.readings] == []


def test_a_number_of_today_tells_that_an_application_has_its_shape() -> None:
    """Nothing is said about it: the service's form is a publication's."""
    assert "application has the same shape" in only("10-2015-0124192").reading.note


def test_an_old_publication_is_asked_for_in_both_forms() -> None:
    """Offices exchange numbers of the nineties with two digits of the year."""
    assert only("KR 95-12345 B1").reading.request_forms == ("KR1019950012345B1", "KR950012345B1")


@given(st.integers(1999, 2026), st.integers(1, 399_999))
def test_each_korean_document_has_one_form(year: int, serial: int) -> None:
    """Words, kind codes and the forms of databases: the same document."""
    number = f"{year}-{serial:07}"
    publication = [f"KR{year}{serial:07}A", f"KR10{year}{serial:07}A", f"공개특허 제10-{number}호", f"KR 10-{number} A"]
    application = [f"출원번호 10-{number}", f"특허출원 제10-{year}-{serial}호", f"KR application 10-{number}"]
    utility = [f"KR{year}{serial:07}U", f"KR20{year}{serial:07}U", f"공개실용신안 20-{number}", f"KR 20-{number} U"]
    patent = [f"KR10{serial:07}B1", f"등록특허 10-{serial:07}", f"KR00010{serial:07}B1", f"KR 10-{serial:07}-0000"]
    registered = [f"KR20{serial:07}Y1", f"등록실용신안 제20-{serial:07}호", f"20-{serial:07}"]
    for forms, expected in (
        (publication, f"KR10{year}{serial:07}A"),
        (application, f"KR10-{number}"),
        (utility, f"KR20{year}{serial:07}U"),
        (patent, f"KR10{serial:07}B1"),
        (registered, f"KR20{serial:07}Y1"),
    ):
        assert {only(form).reading.normalised for form in forms} == {expected}
