"""Numbers of offices without a module of their own, in the forms in which these offices and databases write them.

Expected forms are those of the source of each row of `tables/national_forms.csv`: offices' notices, the WIPO Handbook
and the guide to WIPO's digital access service (DAS), MPEP 201.14(d), Espacenet's help.
"""

from collections.abc import Callable

import pytest

from components.numbers import KnownForm, Number, NumberKind, Standing, known_forms, parse
from components.numbers.doubles import comparison_form
from components.numbers.offices import other
from components.numbers.offices.national import national_form_rows

APPLICATION, PUBLICATION = NumberKind.OTHER_APPLICATION, NumberKind.OTHER

APPLICATIONS = [
    # typed, the service's form, the form for the screen
    ("GB 1912345.6", "GB1912345.6", "GB 1912345.6"),
    ("GB1912345.6", "GB1912345.6", "GB 1912345.6"),
    ("GB 19 12345.6", "GB1912345.6", "GB 1912345.6"),
    ("gb 1912345.6", "GB1912345.6", "GB 1912345.6"),
    ("GB 19/12345.6", "GB1912345.6", "GB 1912345.6"),
    ("UK Patent Application No. 1912345.6", "GB1912345.6", "GB 1912345.6"),
    ("GB 0512345.6", "GB0512345.6", "GB 0512345.6"),
    ("GB1912345", "GB201912345", "GB 201912345"),
    ("GB application 2413271", "GB202413271", "GB 202413271"),
    ("GB20190012345", "GB201912345", "GB 201912345"),
    ("GB201912345A", "GB201912345", "GB 201912345"),
    ("GB 41352/70", "GB41352/70", "GB 41352/70"),
    ("IN 1234/DEL/2010", "IN1234/DEL/2010", "IN 1234/DEL/2010"),
    ("1234/DEL/2010", "IN1234/DEL/2010", "IN 1234/DEL/2010"),
    ("01234/DEL/2010", "IN1234/DEL/2010", "IN 1234/DEL/2010"),
    ("1234/CHENP/2009", "IN1234/CHENP/2009", "IN 1234/CHENP/2009"),
    ("1234/MUM/2010", "IN1234/MUM/2010", "IN 1234/MUM/2010"),
    ("1234/KOLNP/2008", "IN1234/KOLNP/2008", "IN 1234/KOLNP/2008"),
    ("IN/PCT/2001/00123/MUM", "IN/PCT/2001/123/MUM", "IN/PCT/2001/123/MUM"),
    ("IN1234DEL2010A", "IN1234/DEL/2010", "IN 1234/DEL/2010"),
    ("201741012345", "IN201741012345", "IN 201741012345"),
    ("IN 201611000001", "IN201611000001", "IN 201611000001"),
    ("BR 10 2012 012345 6", "BR102012012345", "BR 102012012345"),
    ("BR102012012345-6", "BR102012012345", "BR 102012012345"),
    ("BR 1020150062087", "BR102015006208", "BR 102015006208"),
    ("BR 11 2014 012345-6", "BR112014012345", "BR 112014012345"),
    ("BR 20 2012 012345-6", "BR202012012345", "BR 202012012345"),
    ("BR 30 2012 001234-5", "BR302012001234", "BR 302012001234"),
    ("PI 0612345-6", "BRPI0612345", "BR PI0612345"),
    ("BR PI0612345-6", "BRPI0612345", "BR PI0612345"),
    ("MU 8501234-5", "BRMU8501234", "BR MU8501234"),
    ("FR 12 58765", "FR12/58765", "FR 12/58765"),
    ("FR 12/58765", "FR12/58765", "FR 12/58765"),
    ("FR1909731", "FR19/09731", "FR 19/09731"),
    ("FR20120058765", "FR12/58765", "FR 12/58765"),
    ("A 1234/2010", "ATA1234/2010", "AT A1234/2010"),
    ("AT A 1/2019", "ATA1/2019", "AT A1/2019"),
    ("AT 1234/2010", "ATA1234/2010", "AT A1234/2010"),
    ("AT A 50123/2014", "ATA50123/2014", "AT A50123/2014"),
    ("AT GM 1/2019", "ATGM1/2019", "AT GM1/2019"),
    ("GM 123/2010", "ATGM123/2010", "AT GM123/2010"),
    ("AU 2003212220", "AU2003212220", "AU 2003212220"),
    ("AU 2003/212220", "AU2003212220", "AU 2003212220"),
    ("AU 2003 212 220", "AU2003212220", "AU 2003212220"),
    ("AU 69179/91", "AU69179/91", "AU 69179/91"),
    ("AU-B-12345/98", "AU12345/98", "AU 12345/98"),
    ("TW 98123456", "TW098123456", "TW 098123456"),
    ("TW 098123456", "TW098123456", "TW 098123456"),
    ("TW105101234", "TW105101234", "TW 105101234"),
    ("IT 102015000012345", "IT102015000012345", "IT 102015000012345"),
    ("102015000012345", "IT102015000012345", "IT 102015000012345"),
    ("MI2010A001234", "ITMI2010A001234", "IT MI2010A001234"),
    ("IT MI2010A001234", "ITMI2010A001234", "IT MI2010A001234"),
    ("RM2010A000123", "ITRM2010A000123", "IT RM2010A000123"),
    ("P201012345", "ESP201012345", "ES P201012345"),
    ("ES U201012345", "ESU201012345", "ES U201012345"),
    ("SE 1101235-4", "SE1101235-4", "SE 1101235-4"),
    ("SE 0501234-5", "SE0501234-5", "SE 0501234-5"),
    ("CH 1234/10", "CH01234/10", "CH 01234/10"),
    ("CH 01234/10", "CH01234/10", "CH 01234/10"),
    ("CH 15978/70", "CH15978/70", "CH 15978/70"),
    ("RU 2012123456/08", "RU2012123456", "RU 2012123456"),
    ("RU 2012123456/08(018765)", "RU2012123456", "RU 2012123456"),
    ("RU 2012123456", "RU2012123456", "RU 2012123456"),
    ("RU 95112345/13", "RU95112345", "RU 95112345"),
    ("MX/a/2018/012345", "MX/a/2018/012345", "MX/a/2018/012345"),
    ("MX/A/2018/012345", "MX/a/2018/012345", "MX/a/2018/012345"),
    ("MX a 2018 012345", "MX/a/2018/012345", "MX/a/2018/012345"),
    ("MX 2018012345", "MX/a/2018/012345", "MX/a/2018/012345"),
    ("MX/u/2018/000123", "MX/u/2018/000123", "MX/u/2018/000123"),
    ("PA/a/2004/012345", "MXPA/a/2004/012345", "MXPA/a/2004/012345"),
    ("IL 244009", "IL244009", "IL 244009"),
    ("ZA 2010/01234", "ZA2010/01234", "ZA 2010/01234"),
    ("ZA 2010/1234", "ZA2010/01234", "ZA 2010/01234"),
    ("ZA 70/4865", "ZA70/4865", "ZA 70/4865"),
    ("DK PA 2010 00123", "DKPA201000123", "DK PA201000123"),
    ("NO 20101234", "NO20101234", "NO 20101234"),
    ("FI 20110123", "FI20110123", "FI 20110123"),
    ("FI U20110123", "FIU20110123", "FI U20110123"),
    ("PL P.398765", "PLP.398765", "PL P.398765"),
    ("PL P398765", "PLP.398765", "PL P.398765"),
    ("CZ PV 2010-123", "CZPV2010-123", "CZ PV2010-123"),
    ("CZ 2025-1", "CZPV2025-1", "CZ PV2025-1"),
    ("SK PP 12345-2025", "SKPP12345-2025", "SK PP12345-2025"),
    ("HU P1000123", "HUP1000123", "HU P1000123"),
    ("TR 2010/01234", "TR2010/01234", "TR 2010/01234"),
    ("UA a 2010 12345", "UAA201012345", "UA A201012345"),
    ("EA 199600014", "EA199600014", "EA 199600014"),
    ("SG 10201401234X", "SG10201401234X", "SG 10201401234 X"),
    ("10201401234X", "SG10201401234X", "SG 10201401234 X"),
    ("SG 200701234-5", "SG200701234-5", "SG 200701234-5"),
    ("HK 00100037.3", "HK00100037.3", "HK 00100037.3"),
    ("HK 22019000112.7", "HK22019000112.7", "HK 22019000112.7"),
    ("NZ 567890", "NZ567890", "NZ 567890"),
    ("AR P20200100025", "ARP20200100025", "AR P20200100025"),
    ("AR P 10 01 01234", "ARP100101234", "AR P100101234"),
    ("PH 1-2010-012345", "PH1-2010-012345", "PH 1-2010-012345"),
    ("VN 1-2010-01234", "VN1-2010-01234", "VN 1-2010-01234"),
    ("ID P00201001234", "IDP00201001234", "ID P00201001234"),
    ("TH 1001001234", "TH1001001234", "TH 1001001234"),
    ("PI 2010001234", "MYPI2010001234", "MY PI2010001234"),
    ("CL 1234-2018", "CL1234-2018", "CL 1234-2018"),
    ("CL 202301234", "CL202301234", "CL 202301234"),
    ("CO NC2019/9876543", "CONC2019/9876543", "CO NC2019/9876543"),
    ("CU/P/2022/0062087", "CU/P/2022/0062087", "CU/P/2022/0062087"),
    ("AP/P/2010/001234", "AP/P/2010/001234", "AP/P/2010/001234"),
    ("KE/P/2010/1234", "KE/P/2010/1234", "KE/P/2010/1234"),
    ("GCC/P/2010/15678", "GC2010-15678", "GC 2010-15678"),
    ("OA 1201000123", "OA1201000123", "OA 1201000123"),
]

PUBLICATIONS = [
    # typed, the forms to ask for in order
    ("GB2413271A", ("GB2413271A",)),
    ("GB 2 413 271", ("GB2413271B", "GB2413271A")),
    ("GB 2,413,271 B", ("GB2413271B",)),
    ("GB1234567A", ("GB1234567A",)),
    ("GB 1,234,567", ("GB1234567A",)),
    ("IN 201741012345 A", ("IN201741012345A",)),
    ("IN2010DE01234A", ("IN2010DE01234A",)),
    ("IN 234567", ("IN234567B",)),
    ("BR 11 2014 012345-6 A2", ("BR112014012345A2",)),
    ("PI0612345-6 A2", ("BRPI0612345A2",)),
    ("BRPI0612345A2", ("BRPI0612345A2",)),
    ("FR 2 980 000 A1", ("FR2980000A1",)),
    ("FR-A-2 980 000", ("FR2980000A1",)),  # a single letter stands for the kind codes that begin with it
    ("RU 2512345 C", ("RU2512345C1", "RU2512345C2")),
    ("FR2980000", ("FR2980000B1", "FR2980000A1")),
    ("FR 1.258.765", ("FR1258765A",)),
    ("AT 500 123 B1", ("AT500123B1",)),
    ("AT E 123456", ("ATE123456T1", "ATE123456T")),
    ("ATE123456T1", ("ATE123456T1",)),
    ("AU 2003212220 A1", ("AU2003212220A1",)),
    ("AU784257B2", ("AU784257B2",)),
    ("CA2467000", ("CA2467000C", "CA2467000A1")),
    ("CA2467000C", ("CA2467000C",)),
    ("CA1234567", ("CA1234567A",)),
    ("TW I393456", ("TWI393456B",)),
    ("TW 201012345 A", ("TW201012345A",)),
    ("TWM123456U", ("TWM123456U",)),
    ("TWD123456S", ("TWD123456S",)),
    ("IT1234567B", ("IT1234567B",)),
    ("ITMI20101234A1", ("ITMI20101234A1",)),
    ("ES 2 345 678 T3", ("ES2345678T3",)),
    ("ES 1 012 345 U", ("ES1012345U",)),
    ("SE 501234 C2", ("SE501234C2",)),
    ("SE 1050123-4 A1", ("SE1050123A1",)),
    ("NL1012345C2", ("NL1012345C2",)),
    ("CH 701234 A2", ("CH701234A2",)),
    ("RU 2 512 345 C1", ("RU2512345C1",)),
    ("RU2012123456A", ("RU2012123456A",)),
    ("RU 123456 U1", ("RU123456U1",)),
    ("SU 1234567 A1", ("SU1234567A1",)),
    ("MX 345678 B", ("MX345678B",)),
    ("MXPA05006297A", ("MXPA05006297A",)),
    ("IL 123456 A", ("IL123456A",)),
    ("ZA201001234B", ("ZA201001234B",)),
    ("DK/EP 1234567 T3", ("DK1234567T3",)),
    ("DK/EP 0512345 T3", ("DK0512345T3",)),
    ("DK 176543 B1", ("DK176543B1",)),
    ("NO 20101234 A", ("NO20101234A",)),
    ("FI 123456 B", ("FI123456B",)),
    ("PL 234567 B1", ("PL234567B1",)),
    ("EA 012345 B1", ("EA012345B1",)),
    ("HK 1123456 A", ("HK1123456A",)),
    ("AR 071041 A1", ("AR071041A1",)),
    ("MY-123456-A", ("MY123456A",)),
    ("EM 001234567-0001", ("EM001234567-0001",)),
]

PADDED = [
    # as DEPATISnet writes them: twelve characters, zeros before the number
    ("GB000002413271A", "GB2413271A"),
    ("FR000002980000A1", "FR2980000A1"),
    ("BR000PI0502229A", "BRPI0502229A"),
    ("MX00PA05006297A", "MXPA05006297A"),
    ("AT_00213320_B", "AT213320B"),
    ("AR000000071041A1", "AR071041A1"),
    ("IT000001259603B", "IT1259603B"),
    ("ITVR0020130124A", "ITVR20130124A"),
    ("CA000002467000A1", "CA2467000A1"),
    ("ES000002345678A1", "ES2345678A1"),
    ("TW00000I393456B", "TWI393456B"),
    ("AU002003212220A1", "AU2003212220A1"),
    ("SE000000501234C2", "SE501234C2"),
    ("NL000001012345C2", "NL1012345C2"),
    ("CH000000701234A2", "CH701234A2"),
    ("RU000002512345C1", "RU2512345C1"),
    ("SU000001234567A1", "SU1234567A1"),
    ("ZA000201001234B", "ZA201001234B"),
    ("EA000000012345B1", "EA012345B1"),
    ("BE000001012345A3", "BE1012345A3"),
]

AMBIGUOUS = [
    ("FR 1258765", {"FR12/58765", "FR1258765A"}),  # a patent of 1961 or an application of 2012
    ("FR1258765A", {"FR12/58765", "FR1258765A"}),  # applications bear the kind A in the exchange format
    ("FR2434232", {"FR24/34232", "FR2434232"}),  # WIPO DAS gives it as an application; a publication of 1980 has it too
    ("GB0512345", {"GB200512345", "GB512345A"}),
    ("GB2019/012345", {"GB201912345", "PCT/GB2019/012345"}),
    ("TR 2022/012345", {"TR2022/012345", "PCT/TR2022/012345"}),
    ("PL 234567", {"PL234567B1", "PL234567A1"}),  # patents and applications are counted apart
    ("UA 98765", {"UA98765C2", "UA98765U"}),
    ("AT 12345", {"AT12345B", "AT12345U1"}),
    ("2010/01234", {"ZA2010/01234", "TR2010/01234"}),
    ("U201012345", {"ESU201012345", "UAU201012345"}),
    ("PA 2010 00123", {"PA201000123", "DKPA201000123"}),
    ("BA 2010 00123", {"BA201000123", "DKBA201000123"}),
]

CALLED_BY_WORDS = [
    # a word for the country keeps a number from being one of the United States
    ("Indian Patent No. 234567", "IN234567B"),
    ("Indian Patent Application No. 1234/DEL/2010", "IN1234/DEL/2010"),
    ("Brazilian patent PI 0612345-6", "BRPI0612345"),
    ("Swedish patent No. 501234", "SE501234"),
    ("Spanish Patent 2 345 678", "ES2345678"),
    ("Dutch patent 1012345", "NL1012345"),
    ("Mexican patent 345678", "MX345678B"),
    ("Swiss patent 701234", "CH701234"),
    ("Russian Patent No. 2512345", "RU2512345"),
    ("Taiwan Patent No. I393456", "TWI393456B"),
    ("Austrian Patent 500 123", "AT500123"),
    ("österreichisches Patent Nr. 500123", "AT500123"),
    ("französisches Patent 2 980 000", "FR2980000"),
    ("New Zealand Patent 567890", "NZ567890"),
    ("South African application 2010/01234", "ZA2010/01234"),
    ("Israeli Patent No. 123456", "IL123456"),
    ("Canadian Patent 2,467,000", "CA2467000"),
    ("UK application 1912345.6", "GB1912345.6"),
    ("Kenyan patent 234567", "KE234567"),
    ("EP(GB) 2458380", "EP2458380"),  # the European patent in the United Kingdom
    ("EP (DE/FR) 2 458 380 B1", "EP2458380B1"),
]

REFUSED = [
    # no such form, or no office: refused with the office's own forms, not with those of another
    ("GB 123.456.7", "GB 1912345.6"),
    ("IN 12-XYZ-2010", "1234/DEL/2010"),
    ("FR 12-3456", "FR 12 58765"),
    ("CH 12/3456789", "CH 1234/10"),
    ("US 1.2.3.4", "US 10,765,880 B2"),
]


def only(text: str) -> Number:
    """Parse a text that must be one item."""
    numbers = parse(text)
    assert len(numbers) == 1, numbers
    return numbers[0]


@pytest.mark.parametrize(("typed", "asked", "shown"), APPLICATIONS)
def test_an_application_is_asked_for_as_such(typed: str, asked: str, shown: str) -> None:
    """Its number goes to the field of application numbers, with a note that the form is unconfirmed."""
    number = only(typed)
    assert (number.standing, number.typed) == (Standing.UNDERSTOOD, typed)
    reading = number.reading
    assert (reading.kind, reading.field, reading.request_forms) == (APPLICATION, "apno", (asked,))
    assert (reading.display_form, "unconfirmed" in reading.note) == (shown, True)


@pytest.mark.parametrize(("typed", "asked"), PUBLICATIONS)
def test_a_publication_is_asked_for_with_its_kind_codes(typed: str, asked: tuple[str, ...]) -> None:
    """The kind code that was typed, else those that such a number can have, likeliest first."""
    number = only(typed)
    assert (number.standing, number.typed) == (Standing.UNDERSTOOD, typed)
    assert (number.reading.kind, number.reading.field) == (PUBLICATION, "patent_number")
    assert number.reading.request_forms == asked


@pytest.mark.parametrize(("typed", "asked"), PADDED)
def test_zeros_before_a_number_are_padding(typed: str, asked: str) -> None:
    """The forms of databases that pad are those of the offices."""
    assert only(typed).reading.request_forms == (asked,)


@pytest.mark.parametrize(("typed", "forms"), AMBIGUOUS)
def test_a_form_with_two_meanings_is_asked_about(typed: str, forms: set[str]) -> None:
    """Two series of one office, two offices, or an international application without its PCT."""
    number = only(typed)
    assert (number.standing, {reading.normalised for reading in number.readings}) == (Standing.AMBIGUOUS, forms)
    assert "choose one" in number.reason


@pytest.mark.parametrize(("typed", "normalised"), CALLED_BY_WORDS)
@pytest.mark.parametrize("sentence", ["{}", "We have looked at the {} of our client in some detail."])
def test_a_word_for_a_country_names_the_office(typed: str, normalised: str, sentence: str) -> None:
    """Alone and in running text."""
    assert [number.reading.normalised for number in parse(sentence.format(typed))] == [normalised]


@pytest.mark.parametrize(("typed", "example"), REFUSED)
def test_an_unknown_form_is_refused_with_the_forms_of_its_office(typed: str, example: str) -> None:
    """It is said that the form is not known here, never that the office has none, and how the office writes numbers."""
    number = only(typed)
    assert (number.standing, number.readings) == (Standing.REFUSED, ())
    assert "is not known here" in number.reason
    assert example in number.reason


@pytest.mark.parametrize("typed", ["see 7,654,321", "SEE7654321", "the 7,654,321", "TH E7654321", "IN A 7654321"])
def test_letters_before_the_digits_count_only_where_the_office_has_them(typed: str) -> None:
    """No number becomes one of Sweden or Thailand by the letters of a word."""
    assert not {"SE", "TH", "IN"} & {reading.office for number in parse(typed) for reading in number.readings}


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("GR 12345678", "GR12345678"),
        ("SM 123456", "SM123456"),
        ("UZ 1234567890123", "UZ1234567890123"),
        ("KZ 12345 A", "KZ12345A"),
    ],
)
def test_digits_in_no_known_form_are_asked_for_as_they_stand(typed: str, asked: str) -> None:
    """The note says that the result will tell."""
    reading = only(typed).reading
    assert (reading.kind, reading.request_forms) == (PUBLICATION, (asked,))
    assert "the result will tell" in reading.note


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("GB 1912345.6", True),
        ("IN 1234/DEL/2010", True),
        ("CH 1234/10", True),
        ("SE 0501234-5", True),
        ("ES U201012345", True),
        ("DK PA 2010 00123", True),
        ("GB 2 413 271", False),
        ("IN 7,654,321", False),
        ("SE E7654321", False),
    ],
)
def test_marks_and_letters_show_whose_number_it_is(typed: str, expected: bool) -> None:
    """Digits alone do not: they may be anybody's behind letters that are a word."""
    assert other.has_own_form(typed, 3, typed[:2]) is expected


def test_a_number_without_its_code_is_read_in_running_text_only_if_it_is_unmistakable() -> None:
    """An Indian or Italian application is; a year and a serial number with a slash are not."""
    text = "We have looked at the applications 1234/DEL/2010 and MI2010A001234 but not at 2010/01234 of last year."
    assert [number.reading.normalised for number in parse(text) if number.readings] == [
        "IN1234/DEL/2010",
        "ITMI2010A001234",
    ]


@pytest.mark.parametrize("form", known_forms(), ids=lambda form: f"{form.office} {form.example}")
def test_every_form_of_the_glossary_is_read_as_it_says(form: KnownForm) -> None:
    """An example that is asked about has what the Glossary says among its readings, and the Glossary tells so."""
    number = only(form.example)
    readings = [reading.normalised for reading in number.readings]
    assert (form.reads in readings) == bool(form.reads)
    assert (number.standing is Standing.REFUSED) == (not form.reads)
    assert (number.standing is Standing.AMBIGUOUS) == ("asked about" in form.note)


WRAPPED = ["{}.", "({})", "- {}", "[3] {}", "“{}”", "{};", "{} et al.", "We have looked at {}, cited by the examiner."]


def read_otherwise(change: Callable[[str], str]) -> list[tuple[str, str]]:
    """Return the examples of the table that are read as another number when they are changed, with what was typed."""
    return [
        (row.example, number.typed)
        for row in national_form_rows()
        if not row.noun  # words are no part of the number
        for number in parse(change(row.example))
        if number.readings and not _forms([number]) & _forms(parse(row.example))
    ]


def _forms(numbers: list[Number]) -> set[str]:
    """Return the forms by which the readings of numbers are compared: without kind codes."""
    return {comparison_form(reading) for number in numbers for reading in number.readings}


@pytest.mark.parametrize("wrapped", WRAPPED)
def test_what_stands_around_a_number_does_not_make_it_another(wrapped: str) -> None:
    """Punctuation, bullets, a sentence: it is read as ever, or not at all where its form is weak in a sentence."""
    assert read_otherwise(wrapped.format) == []


@pytest.mark.parametrize(
    "change",
    [
        str.lower,
        str.upper,
        lambda typed: typed.replace(" ", "\u00a0"),
        lambda typed: typed.replace(" ", "-"),
        lambda typed: typed.replace(" ", ""),
    ],
    ids=["small", "capitals", "no break", "hyphens", "joined"],
)
def test_capitals_and_blanks_do_not_make_a_number_another(change: Callable[[str], str]) -> None:
    """An office's code in small letters may be a word, but then its number is asked about or refused."""
    assert read_otherwise(change) == []


def test_every_row_names_its_source() -> None:
    """A form without an authority would be a guess; one that was not found in print says that it is unconfirmed."""
    assert not [row.line for row in national_form_rows() if len(row.source) < 5]
    assert not [form for form in known_forms() if not form.source]
