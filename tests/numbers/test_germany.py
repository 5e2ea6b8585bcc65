"""German numbers: file numbers and publications in the spellings of the office, of databases and of prose.

Authorities. DPMA: notice 3/83 (check digits until 1994, examples 30 25 842.5 and 31 30 619.5), notice 3/2003 (types of
right since 2004), "Aktenzeichenformate" (all formats since 1877), kinds of publications. Check digits of numbers since
1995 stand in decisions of the Federal Patent Court: 103 60 860.5, 10 2007 004 488.9.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.numbers import Number, NumberKind, Standing, parse
from components.numbers.doubles import comparison_form
from components.numbers.offices.check_digits import de_check_digit

PUBLICATION, APPLICATION = NumberKind.DE_PUBLICATION, NumberKind.DE_APPLICATION

UNDERSTOOD = [
    ("DE 10 2007 004 488.9", APPLICATION, "DE102007004488A1"),
    ("10 2007 004 488.9", APPLICATION, "DE102007004488A1"),
    ("10 2007 004 488 A1", PUBLICATION, "DE102007004488A1"),
    ("10 2007 004 488", PUBLICATION, "DE102007004488A1"),
    ("20 2004 012 345 U1", PUBLICATION, "DE202004012345U1"),
    ("102007004488.9", APPLICATION, "DE102007004488A1"),
    ("Az. 10 2007 004 488.9", APPLICATION, "DE102007004488A1"),
    ("DE Az. 10 2007 004 488", APPLICATION, "DE102007004488A1"),
    ("German Patent Application 10 2007 004 488.9", APPLICATION, "DE102007004488A1"),
    ("DE20071004488", APPLICATION, "DE102007004488A1"),
    ("DE200710004488", APPLICATION, "DE102007004488A1"),
    ("DE 103 60 860.5", APPLICATION, "DE10360860A1"),
    ("103 60 860.5", APPLICATION, "DE10360860A1"),
    ("DE19961030877", APPLICATION, "DE19630877A1"),
    ("P 31 30 619.5", APPLICATION, "DE3130619A1"),
    ("DE P 31 30 619.5", APPLICATION, "DE3130619A1"),
    ("P 30 25 842.5", APPLICATION, "DE3025842A1"),
    ("31 30 619.5", APPLICATION, "DE3130619A1"),
    ("DE19813130619", APPLICATION, "DE3130619A1"),
    ("G 81 23 456.2", APPLICATION, "DE8123456U1"),
    ("DE000019630877C2", PUBLICATION, "DE19630877C2"),
    ("DE000003106419A1", PUBLICATION, "DE3106419A1"),
    ("DE 31 06 419 A1", PUBLICATION, "DE3106419A1"),
    ("DE-OS 31 06 419", PUBLICATION, "DE3106419A1"),
    ("DE OS 3106419", PUBLICATION, "DE3106419A1"),
    ("DE-A1-3106419", PUBLICATION, "DE3106419A1"),
    ("DE-A-3106419", PUBLICATION, "DE3106419A1"),
    ("DE3106419A", PUBLICATION, "DE3106419A1"),
    ("Offenlegungsschrift 31 06 419", PUBLICATION, "DE3106419A1"),
    ("Offenlegungsschrift DE 31 06 419 A1", PUBLICATION, "DE3106419A1"),
    ("Offenlegungsschrift 3106419", PUBLICATION, "DE3106419A1"),
    ("German Offenlegungsschrift 3106419", PUBLICATION, "DE3106419A1"),
    ("DT-OS 23 45 678", PUBLICATION, "DE2345678A1"),
    ("DT2345678A1", PUBLICATION, "DE2345678A1"),
    ("Patentschrift 3106419", PUBLICATION, "DE3106419A1"),
    ("DBP 1 234 567", PUBLICATION, "DE1234567C"),
    ("DRP 879 456", PUBLICATION, "DE879456C"),
    ("DE-PS 31 06 419", PUBLICATION, "DE3106419C2"),
    ("DE-C2-3106419", PUBLICATION, "DE3106419C2"),
    ("DE102004002000B4", PUBLICATION, "DE102004002000B4"),
    ("DE10012345B4", PUBLICATION, "DE10012345B4"),
    ("DE10-2004-002000", PUBLICATION, "DE102004002000A1"),
    ("DE 11 2004 000 123 T5", PUBLICATION, "DE112004000123T5"),
    ("DE 50 2004 000 123 D1", PUBLICATION, "DE502004000123D1"),
    ("DE 60 2004 000 123 T2", PUBLICATION, "DE602004000123T2"),
    ("DE68912345", PUBLICATION, "DE68912345T2"),
    ("DE3882345", PUBLICATION, "DE3882345T2"),
    ("DE 20 2004 012 345 U1", PUBLICATION, "DE202004012345U1"),
    ("German Utility Model 20 2004 012 345", PUBLICATION, "DE202004012345U1"),
    ("Deutsches Gebrauchsmuster 20 2004 012 345", PUBLICATION, "DE202004012345U1"),
    ("Gebrauchsmuster 20 2004 012 345", PUBLICATION, "DE202004012345U1"),
    ("DE202010201234U1", PUBLICATION, "DE202010201234U1"),
    ("DE 295 12 345", PUBLICATION, "DE29512345U1"),
    ("DE29512345U1", PUBLICATION, "DE29512345U1"),
    ("DE-GM 81 23 456", PUBLICATION, "DE8123456U1"),
    ("DE-Gbm 81 23 456", PUBLICATION, "DE8123456U1"),
    ("DE 8123456", PUBLICATION, "DE8123456U1"),
    ("DE-U1-8123456", PUBLICATION, "DE8123456U1"),
    ("DE-GM 1 912 345", PUBLICATION, "DE1912345U"),
    ("DE1912345U", PUBLICATION, "DE1912345U"),
    ("DE1912345", PUBLICATION, "DE1912345A1"),
    ("DE 2 345 678 A1", PUBLICATION, "DE2345678A1"),
    ("DE-AS 21 06 419", PUBLICATION, "DE2106419B2"),
    ("DE-AS 12 34 567", PUBLICATION, "DE1234567B"),
    ("DE 1 234 567", PUBLICATION, "DE1234567B"),
    ("DE1234567B", PUBLICATION, "DE1234567B"),
    ("DE-PS 1 234 567", PUBLICATION, "DE1234567C"),
    ("DE 879 456 C", PUBLICATION, "DE879456C"),
    ("DE 879 456", PUBLICATION, "DE879456C"),
    ("DE-PS 879 456", PUBLICATION, "DE879456C"),
    ("DE000000879456C", PUBLICATION, "DE879456C"),
    ("DE 12345 C", PUBLICATION, "DE12345C"),
]

REFUSED = [
    ("DE P 31 30 619.4", "should be 5, not 4"),
    ("P 31 06 419.8", "should be 1, not 8"),
    ("G 81 23 456.7", "should be 2, not 7"),
    ("196 30 877.5", "should be 1, not 5"),
    ("10 2007 004 488.8", "should be 9, not 8"),
    ("DE 30 2010 012 345", "trademark"),
    ("DE 395 12 345", "trademark"),
    ("DE 40 2014 100 123", "registered design"),
    ("DE 12 2004 000 123", "protection certificate"),
    ("DE 22 2004 000 123", "topography"),
    ("DE 70 2004 000 123", "do not begin with 70"),
    ("DE 5123456", "do not begin with 51"),
    ("DE-OS 81 23 456", "contradict"),
    ("DE-GM 31 06 419", "contradict"),
]


def only(text: str) -> Number:
    """Parse a text that must be one item."""
    numbers = parse(text)
    assert len(numbers) == 1, numbers
    return numbers[0]


@pytest.mark.parametrize(("typed", "kind", "asked"), UNDERSTOOD)
def test_a_german_form_is_understood(typed: str, kind: NumberKind, asked: str) -> None:
    """Kind and the form asked for first are those of the file that the form names."""
    number = only(typed)
    assert (number.standing, number.typed) == (Standing.UNDERSTOOD, typed)
    assert (number.reading.kind, number.reading.request_forms[0]) == (kind, asked)


@pytest.mark.parametrize(("typed", "words"), REFUSED)
def test_a_german_form_is_refused_with_its_true_reason(typed: str, words: str) -> None:
    """The reason names what is wrong with this number."""
    number = only(typed)
    assert (number.standing, number.readings) == (Standing.REFUSED, ())
    assert words in number.reason


@pytest.mark.parametrize(
    "typed", ["KR 10 2004 002 000", "DE 2004 002 000", "DE 04 002 000", "DE 31 06 419 200", "DE 10 2004 002"]
)
def test_groups_that_are_left_over_make_no_other_german_number(typed: str) -> None:
    """Half of a number is another document."""
    assert [number.standing for number in parse(typed)] == [Standing.REFUSED]


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("US-Patentschrift 3106419", "US3106419A"),
        ("US Patentschrift 3106419", "US3106419A"),
        ("europäische Patentschrift EP 0 123 456 B1", "EP0123456B1"),
        ("Offenlegungsschrift EP 0 123 456 A1", "EP0123456A1"),
        ("französische Patentschrift 2 980 000", "FR2980000"),
    ],
)
def test_a_german_word_is_no_country_behind_another(typed: str, asked: str) -> None:
    """Patentschrift and Offenlegungsschrift are those of the office that stands beside them."""
    assert [form[: len(asked)] for number in parse(typed) for form in number.reading.request_forms[:1]] == [asked]


def test_the_reason_of_a_mistyped_file_number_says_no_more_than_that() -> None:
    """What would be asked for is of no use then."""
    assert only("196 30 877.5").reason == (
        "Read as a German file number. The check digit of DE 19630877 should be 1, not 5: a digit may be mistyped."
    )


def test_a_file_number_that_may_begin_with_its_year_is_asked_about() -> None:
    """A utility model of 2010 in the office's form, or an application of 2020 in that of databases."""
    number = only("DE202010201234")
    assert number.standing is Standing.AMBIGUOUS
    assert {reading.normalised for reading in number.readings} == {"DE202010201234U1", "DE102020201234"}


@pytest.mark.parametrize(
    ("digits", "check"),
    [
        ("3025842", "5"),  # the notice's example
        ("3130619", "5"),  # the notice's example
        ("7925842", "7"),  # 7*7 + 9*6 + 2*5 + 5*4 + 8*3 + 4*2 + 2*1 = 167, of which the last digit
        ("8130619", "9"),  # 8*8 + 1*7 + 3*6 + 0*5 + 6*4 + 1*3 + 9*2 = 134 = 12*11 + 2, and 11 - 2
    ],
)
def test_utility_models_have_the_check_digit_of_their_year(digits: str, check: str) -> None:
    """Notice 3/83 has one rule until 1980 and another from 1981, for patents and utility models alike."""
    assert de_check_digit(digits).digit == check


def test_an_old_utility_model_is_no_double_of_a_patent() -> None:
    """Until 1967 utility models were counted apart."""
    patent, utility = (only(typed).reading for typed in ("DE1912345A1", "DE1912345U"))
    assert comparison_form(patent) != comparison_form(utility)


@given(st.integers(2004, 2026), st.integers(1, 399_999))
def test_a_german_application_of_today_has_one_form(year: int, serial: int) -> None:
    """Groups, check digit, kind code and the form of databases: the same number."""
    digits = f"10{year}{serial:06}"
    check = de_check_digit(digits).digit
    grouped = f"10 {year} {serial // 1000:03} {serial % 1000:03}"
    forms = [f"DE{digits}", f"DE {grouped}", f"DE-Az. {grouped}", f"Aktenzeichen DE {grouped}"]
    forms += [f"DE{digits}.{check}", f"{grouped}.{check}", f"{digits}.{check}"] if check else []
    forms += [f"DE{year}10{serial:06}"] if year != 2020 else []
    assert {only(form).reading.normalised for form in forms} == {f"DE{digits}"}


@given(st.integers(81, 94), st.integers(1, 49_999))
def test_a_german_application_before_1995_has_one_form(year: int, serial: int) -> None:
    """With P, groups, check digit, words and the year in front: the same number."""
    digits = f"{year - 50}{serial:05}"
    check = de_check_digit(digits).digit
    grouped = f"{digits[:2]} {digits[2:4]} {digits[4:]}"
    forms = [f"DE{digits}", f"DE {grouped}", f"DE19{year}{digits}", f"DE P {grouped}", f"DE00000{digits}"]
    forms += [f"P {grouped}.{check}", f"DE {grouped}.{check}", f"{grouped}.{check}"] if check else []
    assert {only(form).reading.normalised for form in forms} == {f"DE{digits}"}
