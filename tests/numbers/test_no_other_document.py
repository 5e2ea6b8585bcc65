"""What stands around a number, or is missing of it, never makes it another document."""

import pytest

from components.numbers import Standing, parse


def readings(typed: str) -> list[str]:
    """Return the normalised forms of all readings of all numbers in a text."""
    return [reading.normalised for number in parse(typed) for reading in number.readings]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("1 2458380 EP B1 2019-01-02 Siemens AG", ["EP2458380B1"]),
        ("2458380 EP B1 2019-01-02 Siemens AG", ["EP2458380B1"]),
        ("1 2458380 EP B1", ["EP2458380B1"]),
        ("2 2004266582 JP A 2004-09-24 Canon KK", ["JP2004266582A"]),
        ("3 2004/050828 WO A2 2004-06-17 Foo Inc.", ["WO2004050828A2"]),
        ("4 2,467,000 CA C 05/12/2009 Bar Ltd.", ["CA2467000C"]),
        ("5 2 458 380 EP B1 01-2019 Siemens AG", ["EP2458380B1"]),
        ("6 3106419 DE A1 1982-09-02 Bosch", ["DE3106419A1"]),
        ("1 7654321 US B2 2010-01-26 Smith", ["US7654321B2"]),
        ("1 7654321 B2 2010-01-26 Smith", ["US7654321B2"]),
        ("1\t2458380\tEP\tB1\t2019-01-02\tSiemens AG", ["EP2458380B1"]),
        ("2458380|EP|B1", ["EP2458380B1"]),
        ("2 2458380 EP 2019-01-02 Siemens AG", ["US2458380A", "EP2458380"]),
        ("We cite 7,654,321 IN A METHOD of gripping", ["US7654321"]),
    ],
)
def test_rows_of_form_sb08_have_the_office_behind_the_number(row: str, expected: list[str]) -> None:
    """Source: form PTO/SB/08a, foreign documents: cite number, number, country code, kind code, date, name."""
    assert readings(row) == expected


@pytest.mark.parametrize(
    "words",
    ["about 1,000,000 cycles", "after 1,000,000 load cycles", "2,500,000 cells were seeded", "10,000,000 cells/ml",
     "2,500,000 T cells", "5,000,000 copies per ml", "4,000,000 sq. ft.", "4,000,000 square feet", "1,000,000 cu. ft.",
     "1,200,000 gallons", "3,000,000 litres", "2,000,000 kg", "1,500,000 Da", "3,000,000 base pairs",
     "1,000,000 Hz", "7,000,000 years", "1,920,000 pixels", "1,000,000 households", "6,000,000 barrels"],
)  # fmt: skip
def test_counts_and_measures_are_no_patents(words: str) -> None:
    """Grouped digits before what is counted or measured (NIST SP 811 for units) are never asked for."""
    assert readings(words) == []
    assert readings(f"The sample took {words} in the trial of last year.") == []


@pytest.mark.parametrize("words", ["7,654,321 reads on claim 1", "see 7,654,321 and cells", "7,654,321, years later"])
def test_a_number_beside_other_words_stays_one(words: str) -> None:
    """Only the very next word says what digits count."""
    assert readings(words) == ["US7654321"]


@pytest.mark.parametrize(
    "typed",
    ["PCT/US 7,654,321", "PCT/US 14/706,838", "PCT/EP2458380", "PCT/EP 2458380", "PCT-EP2458380", "PCTEP2458380",
     "PCT/US7654321", "PCT/US 7,654,321 B2", "RE7654321", "USRE7654321E1", "USD2000000S1", "D2,000,000", "USPP99999",
     "USH9999H1", "DE20201001234U1", "DE102020001234U1", "DE19630877U1"],
)  # fmt: skip
def test_what_is_no_number_of_its_form_is_refused(typed: str) -> None:
    """Administrative Instructions under the PCT, section 307; series of MPEP 901.04; DPMA notice 3/2003."""
    (number,) = parse(typed)
    assert (number.standing, number.readings) == (Standing.REFUSED, ())


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("KR2010/001234", ["KR1020100001234A", "PCT/KR2010/001234"]),
        ("KR 2010/001234", ["KR1020100001234A", "PCT/KR2010/001234"]),
        ("MX 2010/001234", ["MX/a/2010/001234", "PCT/MX2010/001234"]),
        ("MX2010/001234", ["MX/a/2010/001234", "PCT/MX2010/001234"]),
        ("MX 2010/001234 (A)", ["MX2010001234A"]),
        ("MX/a/2010/001234", ["MX/a/2010/001234"]),
        ("KR2010/0001234", ["KR1020100001234A"]),
        ("IB2007/051010", ["PCT/IB2007/051010"]),
        ("IB 2007/051010", ["PCT/IB2007/051010"]),
        ("PCT|US2004|011130", ["PCT/US2004/011130"]),
        ("PCT|US|2004|011130", ["PCT/US2004/011130"]),
        ("PCT;US2004/011130", ["PCT/US2004/011130"]),
        ("PCT\tEP2010\t060499", ["PCT/EP2010/060499"]),
        ("DE 202010001234.5", ["DE202010001234U1"]),
        ("DE 20 2010 001 234.5", ["DE202010001234U1"]),
        ("DE202010001234U1", ["DE202010001234U1"]),
        ("CA 3,012,345 A1", ["CA3012345A1"]),
    ],
)
def test_forms_that_several_offices_share_are_asked_about(typed: str, expected: list[str]) -> None:
    """A year, a slash and six digits are an international application without PCT (section 307), or national."""
    assert sorted(readings(typed)) == sorted(expected)
