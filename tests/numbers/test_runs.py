"""Digits that take their office from the number before them, or from a heading above them."""

import pytest

from components.numbers import Number, Standing, parse
from components.numbers.doubles import comparison_form


def _meanings(number: Number) -> frozenset[str]:
    """Return the documents that a number may be, without kind codes."""
    return frozenset(map(comparison_form, number.readings))


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("EP 1234567, 1234568", "EP1234567", "EP1234568"),
        ("EP1234567B1, 1234568", "EP1234567", "EP1234568"),
        ("EP 2458380; 2458381", "EP2458380", "EP2458381"),
        ("EP 2458380 / 2458381", "EP2458380", "EP2458381"),
        ("EP 2458380 und 2458381", "EP2458380", "EP2458381"),
        ("EP 2458380 et 2458381", "EP2458380", "EP2458381"),
        ("EP 2458380, and 2458381", "EP2458380", "EP2458381"),
        ("GB 2413271, 2413272", "GB2413271", "GB2413272"),
        ("CA 2467000, 2467001", "CA2467000", "CA2467001"),
        ("CA: 2,467,000; 2,467,001", "CA2467000", "CA2467001"),
        ("JP 4627367, 4627368", "JP4627367", "JP4627368"),
        ("特許4627367、4627368", "JP4627367", "JP4627368"),
        ("DE 3106419 and 19630877", "DE3106419", "DE19630877"),
        ("FR 2901234 & 2901235", "FR2901234", "FR2901235"),
        ("AU 784257; EP 2458380, 2458381", "EP2458380", "EP2458381"),
        ("We cite EP 2458380 and No. 2458381 in the notice of opposition.", "EP2458380", "EP2458381"),
    ],
)
def test_a_second_number_of_a_list_is_never_silently_american(text: str, first: str, second: str) -> None:
    """Both are of one office, as people write lists (MPEP 609.04(a) asks for the country of each); it is asked."""
    numbers = parse(text)[-2:]
    assert _meanings(numbers[0]) == {first}
    assert second in _meanings(numbers[1])
    assert numbers[1].standing is Standing.AMBIGUOUS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Canadian Patent Nos. 2,467,000 and 2,467,001", ["CA2467000", "CA2467001"]),
        ("Canadian Patents 2,467,000, 2,467,001, and 2,467,002", ["CA2467000", "CA2467001", "CA2467002"]),
        ("European Patent Nos. 2 458 380, 2 458 381 and 2 458 382", ["EP2458380", "EP2458381", "EP2458382"]),
        ("EP patents 2458380 and 2458381", ["EP2458380", "EP2458381"]),
        ("EP 1 234 567, 1 234 568", ["EP1234567", "EP1234568"]),
        ("EP 1 234 567 B1, 1 234 568 B1", ["EP1234567", "EP1234568"]),
        ("特許第4627367号、第4627368号", ["JP4627367", "JP4627368"]),
        ("European patents:\n2458380\n2458381", ["EP2458380", "EP2458381"]),
        ("European Patent Numbers\n2458380\n2458381", ["EP2458380", "EP2458381"]),
        ("**Canadian patents**\n- 2,467,000\n- 2,467,001", ["CA2467000", "CA2467001"]),
        ("Canadian Patent Nos. 2,467,000,\n2,467,001 and\n2,467,002", ["CA2467000", "CA2467001", "CA2467002"]),
        ("EP patents:\n1. 2 458 380\n2. 2 458 381", ["EP2458380", "EP2458381"]),
        ("US patents:\n7654321\nEuropean patents:\n2458380", ["US7654321", "EP2458380"]),
        ("European patents:\n2458380\nUS patents:\n7654321", ["EP2458380", "US7654321"]),
    ],
)
def test_plural_words_say_the_office_of_all_numbers(text: str, expected: list[str]) -> None:
    """The words or the form leave nothing to ask."""
    assert [comparison_form(number.reading) for number in parse(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("EP:\n2458380\n2458381", ["EP2458380", "EP2458381"]),
        ("EP\n2458380, 2458381", ["EP2458380", "EP2458381"]),
        ("CA:\n2,467,000", ["CA2467000"]),
        ("Patents\nEP:\n2458380", ["EP2458380"]),
        ("EP documents\n2458380", ["EP2458380"]),
        ("European references:\n2458380", ["EP2458380"]),
        ("EP 2458380,\n2458381,\n2458382", ["EP2458381", "EP2458382"]),
        ("European patents:\n2458380\n\n2458381\n2458382", ["EP2458382"]),
    ],
)
def test_numbers_below_a_heading_are_asked_about(text: str, expected: list[str]) -> None:
    """A code alone in its line may be meant for all lines below it."""
    numbers = parse(text)[-len(expected) :]
    assert [number.standing for number in numbers] == [Standing.AMBIGUOUS] * len(expected)
    assert [form in _meanings(number) for number, form in zip(numbers, expected, strict=True)] == [True] * len(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("US 7,654,321, 7,654,322", ["US7654321", "US7654322"]),
        ("7654321\n7654322", ["US7654321", "US7654322"]),
        ("EP 2458380\n7654322", ["EP2458380", "US7654322"]),
        ("EP2458380,\nUS7654321,\n7654322", ["EP2458380", "US7654321", "US7654322"]),
        ("List for the IT department\n7654321", ["US7654321"]),
        ("US 7,654,321; EP 2 458 380; JP 6768620", ["US7654321", "EP2458380", "JP6768620"]),
        ("EP 2458380, US 7654321, 7654322", ["EP2458380", "US7654321", "US7654322"]),
        ("EP 2458380 and 14/706,838", ["EP2458380", "US14/706838"]),
        ("EP:\nUS 7654321\n7654322", ["US7654321", "US7654322"]),
        ("EP 2458380 was followed by 7,654,321", ["EP2458380", "US7654321"]),
        ("KR 10-2750114, 10-2750115", ["KR102750114", "KR102750115"]),
        ("EP 2458380, 2019", ["EP2458380"]),
    ],
)
def test_other_lists_stay_as_they_are(text: str, expected: list[str]) -> None:
    """Digits follow no office where they are not joined to its number, or have a form that it does not know."""
    assert [comparison_form(number.reading) for number in parse(text) if number.readings] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2458380/EP", "EP2458380"),
        ("2458380 / EP", "EP2458380"),
        ("See 2467000/CA in the report.", "CA2467000"),
        ("2458380, EP", "EP2458380"),
        ("3,106,419, DE", "DE3106419"),
        ("[EP] 2458379, 2458380", "EP2458380"),
        ("(CA) 2,466,999 and 2,467,000", "CA2467000"),
        ("EP-DE 2458379, 2458380", "EP2458380"),
        ("EP;2458379;2458380", "EP2458380"),
    ],
)
def test_a_code_in_brackets_or_behind_a_number_is_heard(text: str, expected: str) -> None:
    """The code is the office's (WIPO ST.3), wherever it stands; where it may be an applicant's country, it is asked."""
    assert expected in _meanings(parse(text)[-1])


@pytest.mark.parametrize(
    "text",
    [
        "17,654,321,000",
        "The sum of 17,654,321,000 was paid.",
        "7,654,321円",
        "7,654,321円です",
        "7,654,321 원",
        "7 654 321 руб.",
        "ATCC 1234567",
        "DSM 1234567",
        "ATCC Accession No. 1234567",
        "TM Reg. No. 4567890",
        "VAT No. GB123456789",
        "USt-IdNr. DE123456789",
        "USt-IdNr.: DE 123456789",
        "Tax ID 12-3456789",
    ],
)
def test_other_numbers_are_no_patents(text: str) -> None:
    """Sums (four groups of thousands), deposits (Budapest Treaty), trade marks and taxpayers have digits too."""
    assert [number for number in parse(text) if number.readings] == []


@pytest.mark.parametrize("text", ["App. 7654321", "app. 7654321"])
def test_a_doubtful_abbreviation_is_asked_about(text: str) -> None:
    """“App.” is an application or an appendix (The Bluebook, tables T1 and BT1): US 7,654,321 or 07/654,321."""
    assert [_meanings(number) for number in parse(text)] == [{"US7654321", "US07/654321"}]


@pytest.mark.parametrize(
    ("text", "offices"),
    [
        ("2458380 (EP), 2458381", [{"US", "EP"}]),
        ("2467000/CA, 2467001", [{"US", "CA"}]),
        ("2458380 (EP), 7,654,321 (US)", [{"US"}]),
        ("2458380 (EP), 2467000 (CA)", [{"US", "CA"}]),
        ("7,654,321 (US), 7,654,322", [{"US"}]),
    ],
)
def test_a_code_behind_the_first_of_several_numbers_makes_the_next_doubtful(text: str, offices: list[set[str]]) -> None:
    """Each number is bought: digits that may be of the office named once are asked about."""
    assert [{reading.office for reading in number.readings} for number in parse(text)[1:]] == offices
